"""What is certified about one point: is it stationary, does the loss fall, does it rise, nearby?

Every answer is True, False or None (undecided), with the steps of kernel arguments that show it. Nothing here
is decided by a float: floats only propose directions.
"""

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..argument import Argument, polynomial, texts
from ..errors import Undecided
from ..investigation import Investigation, investigate
from ..kernel.format import Rejected
from ..kernel.network import Fact, State
from ..kernel.numbers import Vector, dot
from ..network import Network
from ..perturbations import SplitCurve
from ..spectrum import diagonalize, eigen, floats, short
from ..stationary import PREC
from .answers import UNKNOWN, Finding, both, decided, shown, sign_or_zero

NEAR = Fraction(1, 2**10)  # within so much of each pre-activation an idle neuron is watched
TIMES = ("1/4", "1/64", "1/65536")  # how far a path is tried, at most
MAX_ORDER = 6  # derivatives of the activation that are looked at
EXACT_SIZE = 16  # parameters up to which an exact Hessian is diagonalized
SILENT = "all hidden values are 0 all around"


class Place:
    """A point of an argument: the network's own parameters (no start), or where the step `start` leads.

    barred: claims that no step may rest on. known: further steps about the same place, which say more.
    refuted: the step that denies stationarity. lost: the place cannot be written down; all is undecided.
    """

    def __init__(self, argument: Argument, start: int | None, known: Iterable[int] = (),
                 barred: frozenset[str] = frozenset(), refuted: int | None = None,
                 lost: bool = False) -> None:
        self.argument, self.start, self.barred, self.refuted = argument, start, barred, refuted
        self.lost = lost
        self.known = [step for step in known if self.allows(step)]

    def allows(self, step: int) -> bool:
        """Whether a step rests on nothing that is barred."""
        return not self.argument.facts[step].rests_on & self.barred

    def attempt(self, rule: str, source: int | None, **given: Any) -> int | None:
        """A step, or None when the kernel rejects it or what it rests on is barred."""
        try:
            step = self.argument.step(rule, source, **given)
        except Rejected:
            return None
        return step if self.allows(step) else None

    @cached_property
    def fact(self) -> Fact:
        return Fact(self.argument.problem) if self.start is None else self.argument.facts[self.start]

    @cached_property
    def exact(self) -> State | None:
        """The network there in exact arithmetic, where all values are rational."""
        try:
            return self.fact.state(None, 2)
        except Rejected:
            return None

    @cached_property
    def state(self) -> State | None:
        """Exactly, or else enclosed; None where it cannot be evaluated."""
        if self.exact is not None:
            return self.exact
        try:
            return self.fact.state(PREC, 2)
        except (Rejected, ArithmeticError):
            return None

    @cached_property
    def stationary(self) -> Finding:
        if self.start is not None or self.lost:
            return shown(self.argument, self.start)
        step = self.attempt("nonzero gradient", None, prec=PREC) if self.refuted is None else self.refuted
        return ~shown(self.argument, step)

    @cached_property
    def hessian(self) -> tuple[list[list[Fraction]], list[int]]:
        """Directions of certain or likely curvature, and its signs. A step of exact inertia becomes known."""
        state = self.exact
        if self.start is None:
            return [], []
        if state is not None and self.fact.size() <= EXACT_SIZE:
            basis, signs, null = diagonalize(state.hessian())
            step = self.attempt("inertia", self.start, basis=[texts(row) for row in basis], signs=signs,
                                null=[texts(column) for column in null])
            self.known += [] if step is None else [step]
            return [list(column) for column in zip(*basis, strict=True)] if signs else [], signs
        return self._approximate_hessian()

    def _approximate_hessian(self) -> tuple[list[list[Fraction]], list[int]]:
        try:
            values, vectors = eigen(floats(self.fact.state(PREC, 2).hessian()))
        except (Rejected, ArithmeticError, Undecided):
            return [], []
        chosen = [k for k in (0, len(values) - 1) if abs(values[k]) > 1e-9]
        columns = [[short(Fraction(float(x)), NEAR) for x in vectors[:, k]] for k in chosen]
        return columns, [1 if values[k] > 0 else -1 for k in chosen]

    def along(self, sense: int) -> Finding:
        """Whether the loss falls (-1) or rises (+1) arbitrarily near, along a line: True or undecided."""
        word, (columns, signs) = {-1: "falls", 1: "rises"}[sense], self.hessian
        for column, sign in zip(columns, signs, strict=True):
            for until in TIMES if sign == sense else ():
                step = self.attempt("curve", self.start, prec=PREC, order=2, until=until,
                                    displacement=[polynomial((Fraction(0), x)) for x in column])
                if step is not None and word in self.argument.facts[step].curves:
                    return shown(self.argument, step)
        place = {-1: 2, 1: 0}[sense]
        for step in self.known:
            inertia = self.argument.facts[step].inertia
            if inertia is not None and inertia[place] > 0:
                return shown(self.argument, step)
        return UNKNOWN

    @cached_property
    def falls(self) -> Finding:
        return self.along(-1)

    @cached_property
    def rises(self) -> Finding:
        return self.along(1)

    @cached_property
    def minimum(self) -> Finding:
        """A certified local minimum: by its type, by a residual of zero, by the means, or without idle
        neurons."""
        if self.start is not None and self.fits_means:
            return self._typed("minimum") or self._zero_residual() or Finding(
                True, self.stationary.proof, ("the outputs are the mean labels of equal samples",))
        return self._typed("minimum") or self._without_idle()

    @cached_property
    def fits_means(self) -> bool:
        """Whether the outputs are the mean labels of equal samples: no network of any width does better."""
        if self.exact is None:
            return False
        sums: dict[tuple[Fraction, ...], Fraction] = {}
        for row, e in zip(self.argument.problem.X, self.exact.e, strict=True):
            sums[row] = sums.get(row, Fraction(0)) + e
        return not any(sums.values())

    @cached_property
    def nondegenerate(self) -> Finding:
        """Whether the Hessian has no eigenvalue 0."""
        _ = self.hessian
        for step in self.known:
            inertia = self.argument.facts[step].inertia
            if inertia is not None:
                return shown(self.argument, step)._replace(value=inertia[1] == 0)
        return UNKNOWN

    @cached_property
    def maximum(self) -> Finding:
        """A certified local maximum: by its type, by the kernel's rule, or because the loss is constant."""
        if self.start is None:
            return UNKNOWN
        if self.silent:
            return Finding(True, self.stationary.proof, (SILENT,))
        found = self._typed("maximum")
        if found:
            return found
        return shown(self.argument, self.attempt("local maximum", self.start, prec=PREC, around="1/1024"))

    def _typed(self, kind: str) -> Finding | None:
        _ = self.hessian
        for step in self.known:
            if (self.argument.facts[step].type or "").endswith(kind):
                return shown(self.argument, step)
        return None

    def _zero_residual(self) -> Finding | None:
        step = None if self.start is None else self.attempt("zero residual", self.start)
        return None if step is None else shown(self.argument, step)

    def _without_idle(self) -> Finding:
        """A neuron that is 0 all around adds nothing to the loss nearby: the others decide.

        And where all neurons are constant all around, the loss is a convex function of v alone.
        """
        if self.start is None or self.exact is None:
            return UNKNOWN
        idle = [self.idle(i) is True for i in range(len(self.exact.v))]
        if all(idle):
            return Finding(True, self.stationary.proof, ("all neurons are constant nearby",))
        dead = [x and not any(z) for x, z in zip(idle, self.exact.sigma[0], strict=True)]
        if not any(dead):
            return UNKNOWN
        network = self.own()
        kept = [i for i, x in enumerate(dead) if not x]
        rest = own_place(network.with_neurons(kept), self.barred)
        if rest.start is None or not rest.minimum.value:
            return UNKNOWN
        return Finding(True, (*self.stationary.proof, *rest.minimum.proof),
                       (*rest.minimum.because, "neurons that are 0 all around left out"))

    def own(self) -> Network:
        """The network whose own parameters are this place, where it is exact."""
        from ..splitting import split

        network = self.argument.network
        for neuron, shares in self.fact.splits:
            network = split(network, neuron, shares)
        return network

    @cached_property
    def silent(self) -> bool:
        """Whether all outputs are 0 all around, so that the loss is constant."""
        return (self.exact is not None and not self.argument.problem.bias
                and all(self.idle(i) is True and not any(z) for i, z in enumerate(self.exact.sigma[0])))

    @cached_property
    def constant(self) -> Finding:
        if self.silent:
            return Finding(True, self.stationary.proof, (SILENT,))
        return both(self.local_minimum, self.local_maximum)

    @cached_property
    def local_minimum(self) -> Finding:
        return decided(self.stationary, self.minimum, lambda: self.falls)

    @cached_property
    def local_maximum(self) -> Finding:
        return decided(self.stationary, self.maximum, lambda: self.rises)

    @cached_property
    def saddle(self) -> Finding:
        return both(self.stationary, ~self.local_minimum, ~self.local_maximum)

    def angles(self, neuron: int, widen: Fraction | None = None) -> list[Any]:
        """The pre-activations of a neuron, exact or enclosed; with `widen` everything within so much."""
        state = self.state if widen is None else self.fact.state(PREC, 0)
        if state is None:
            return []
        rows = [dot(Vector(state.W[neuron]), Vector(row)) for row in self.argument.problem.X]
        return [state.angle(t) if widen is None else t.widened(widen) for t in rows]

    def tower(self, neuron: int) -> list[list[Any]]:
        """sigma, sigma', ... at the pre-activations of a neuron, as far as they can be evaluated."""
        angles = self.angles(neuron)
        for order in range(MAX_ORDER, -1, -1):  # where an order can be evaluated, so can the lower ones
            with suppress(Rejected, ArithmeticError):
                towers = [self.argument.problem.tower(t, order) for t in angles]
                return [[tower[o] for tower in towers] for o in range(order + 1)]
        return []

    def idle(self, neuron: int) -> bool | None:
        """Whether sigma(u.x_k) does not depend on u near w, for all samples: (15)."""
        rows = self.argument.problem.X
        try:
            for t, row in zip(self.angles(neuron, NEAR), rows, strict=True):
                slope = self.argument.problem.tower(t, 1)[1] if any(row) else 0
                if sign_or_zero(slope) != 0:
                    break
            else:
                return True
        except (Rejected, ArithmeticError):
            pass
        # Along x_k, some derivative of sigma that is not 0 shows that the value at sample k moves.
        moves = any(sign_or_zero(x) for values in self.tower(neuron)[1:]
                    for x, row in zip(values, rows, strict=True) if any(row))
        return False if moves else None


def given_place(network: Network, barred: frozenset[str] = frozenset()) -> Place:
    """The network's own parameters, stationary exactly or not at all; nothing is searched."""
    argument = Argument(network)
    try:
        return Place(argument, argument.step("stationary point"), (), barred)
    except Rejected:
        return Place(argument, None, (), barred)


def own_place(network: Network, barred: frozenset[str] = frozenset()) -> Place:
    """The network's own parameters, or the exact stationary point that is proved near them."""
    return place_of(investigate(network, seconds=20), barred)


def place_of(found: Investigation, barred: frozenset[str] = frozenset()) -> Place:
    """The point that was investigated; of what is known, only what rests on nothing barred."""
    if found.point is None:
        return Place(found.argument, None, (), barred, found.refuted)
    start = next((k for k, step in enumerate(found.argument.steps)
                  if step["rule"] in ("stationary point", "nondegenerate point")), found.point)
    return Place(found.argument, start, range(len(found.argument.steps)), barred)


def curve_path(place: Place, source: int, neuron: int, curve: SplitCurve, sense: str) -> Finding:
    """The kernel's sign of the loss along a split curve: True if it is the one wanted, else undecided."""
    for until in TIMES if curve.order is not None else ():
        step = place.attempt(
            "split path", source, prec=PREC, order=curve.order, until=until, neuron=neuron,
            coefficients=[polynomial(x) for x in curve.lam], shifts=[polynomial(x) for x in curve.c],
            direction=texts(curve.direction))
        if step is not None and (place.argument.facts[step].path or {})["sense"] == sense:
            return shown(place.argument, step)
    return UNKNOWN
