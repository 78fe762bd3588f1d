"""A scene: a narrow network at a point, the neuron to split, coefficients, and the split point."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..argument import texts
from ..errors import Undecided
from ..formulas import ACTIVATIONS
from ..investigation import investigate
from ..kernel.fact import signs_of
from ..kernel.format import Rejected
from ..kernel.numbers import Vector, dot
from ..network import Network
from ..neurons import CONSTANT, EFFECTIVE, decide, effects
from ..perturbations import descent_curve
from ..plateaus import EFFECT_ORDERS, find_inner_hessian, find_minimum
from ..spectrum import diagonalize
from ..splitting import replicate
from ..stationary import PREC
from .answers import UNKNOWN, Finding, both, either, exactly, shown, sign_or_zero
from .evidence import Place, curve_path, given_place, place_of

PROPOSITION_1 = "A/proposition-1"
# Activations with sigma'' = 0 != sigma' wherever sigma = 0 (or sigma != 0 throughout), and some that are not.
STRAIGHT = ("tanh", "arctan", "erf", "sin", "sigmoid", "exp", "softplus", "gaussian")
BENT = ("square", "cube", "relu_cubed", "silu", "gelu", "t**4")


class Narrow:
    """The narrow network of many scenes: what is known of it is found once."""

    def __init__(self, network: Network, neuron: int, barred: frozenset[str] = frozenset()) -> None:
        self.network, self.neuron, self.barred = network, neuron, barred
        self.found = investigate(network, seconds=20)
        self.place = place_of(self.found, barred)
        self.scenes: dict[tuple[Fraction, ...], Scene] = {}

    @cached_property
    def inner(self) -> int | None:
        """The step that knows the inner Hessian of the neuron."""
        if self.found.point is None:
            return None
        step = find_inner_hessian(self.found, self.neuron)
        return step if self.found.argument.facts[step].inner is not None else None

    @cached_property
    def exact_inner(self) -> tuple[Any, list[int], list[Any]] | None:
        """Basis, signs and null vectors of the inner Hessian, where it is rational."""
        state = self.place.exact
        return None if state is None else diagonalize(state.inner_hessian(self.neuron))

    @cached_property
    def directions(self) -> list[tuple[int, tuple[Fraction, ...]]]:
        """Directions in which the inner Hessian bends, with the sign, where they are certain."""
        state = self.place.state
        if self.place.start is None or state is None:
            return []
        matrix = state.inner_hessian(self.neuron)
        units = [tuple(Fraction(int(j == k)) for j in range(len(matrix))) for k in range(len(matrix))]
        found = [(sign, unit) for k, unit in enumerate(units) if (sign := sign_or_zero(matrix[k][k]))]
        if self.exact_inner is not None:
            basis, signs, _ = self.exact_inner
            columns = [tuple(x) for x in zip(*basis, strict=True)] if signs else []
            found += list(zip(signs, columns, strict=True))
        return found

    @cached_property
    def inertia(self) -> tuple[int, int, int] | None:
        """The inertia of the inner Hessian by exact arithmetic, or (lower bounds) by the kernel."""
        if self.exact_inner is not None:
            _, signs, null = self.exact_inner
            return signs.count(1), len(null), signs.count(-1)
        known = None if self.inner is None else self.found.argument.facts[self.inner].inner
        return None if known is None else known[1]

    @cached_property
    def idle(self) -> Finding:
        """(15)."""
        return exactly(self.place.idle(self.neuron), "the derivatives of sigma near the pre-activations")

    @cached_property
    def effective(self) -> Finding:
        """(14): a derivative of F(u) = sum_k e_k sigma(u.x_k) at w that is not 0; or F is 0 all around."""
        place = self.place
        with suppress(Rejected):
            orders = EFFECT_ORDERS if place.start is not None else ()
            for order, a in effects(place.fact, self.neuron, PREC, orders):
                step = place.attempt("effective neuron", place.start, prec=PREC, neuron=self.neuron,
                                     order=order, direction=texts(a))
                if step is not None:
                    return shown(place.argument, step)
        if place.exact is None or place.fact.within is not None:
            return UNKNOWN
        try:
            found = decide(self.network, self.neuron)
        except Undecided:
            return UNKNOWN
        if found == CONSTANT:  # then F(u) = F(w) nearby
            value = dot(Vector(place.exact.e), Vector(place.exact.sigma[0][self.neuron])) != 0
            return exactly(value, "F is constant around w_r")
        return exactly(found == EFFECTIVE, "F around w_r")

    def scene(self, shares: tuple[Fraction, ...] = ()) -> "Scene":
        """The scene with these coefficients; always the same object."""
        return self.scenes.setdefault(shares, Scene(self, shares))


class Scene:
    """A narrow network, and coefficients (none: only the narrow network is looked at)."""

    def __init__(self, narrow: Narrow, shares: tuple[Fraction, ...] = ()) -> None:
        self.source, self.shares = narrow, shares
        self.narrow = narrow.place

    @cached_property
    def wide(self) -> Place:
        """The split point: by the kernel's rule, or as a network of its own where that rule is barred."""
        barred, neuron, start = self.source.barred, self.source.neuron, self.narrow.start
        if PROPOSITION_1 in barred or sum(self.shares) != 1 or start is None:
            if self.narrow.fact.within is not None:  # its split is no network with rational weights
                return Place(self.narrow.argument, None, (), barred, lost=True)
            return self.apart
        step = self.narrow.attempt("split", start, neuron=neuron, coefficients=texts(self.shares))
        if step is None:  # what is known of an enclosed saddle leads to a barred claim
            return Place(self.narrow.argument, None, (), barred, lost=True)
        return Split(self.narrow, step, self.source, self.shares)

    @cached_property
    def apart(self) -> Place:
        """The split point as a network of its own."""
        network = replicate(self.source.network, self.source.neuron, self.shares)
        return given_place(network, self.source.barred)

    @property
    def sum_one(self) -> Finding:
        return exactly(sum(self.shares) == 1, "the coefficients")

    @property
    def spread(self) -> Finding:
        return exactly(sorted(self.shares) != [0] * (len(self.shares) - 1) + [1], "the coefficients")

    def region(self, holds: Callable[[int, int, int], bool]) -> Finding:
        return exactly(holds(*signs_of(self.shares)), "the coefficients")

    def inner(self, judge: Callable[[int, int, int, int], bool | None]) -> Finding:
        counts = self.source.inertia
        if counts is None:
            return UNKNOWN
        step = self.source.inner
        value = judge(*counts, len(self.narrow.argument.problem.X[0]))
        if step is None or not self.narrow.allows(step):
            return exactly(value, "the inner Hessian")
        return shown(self.narrow.argument, step)._replace(value=value)

    @property
    def idle(self) -> Finding:
        return self.source.idle

    @property
    def effective(self) -> Finding:
        return self.source.effective

    @property
    def loss_not_zero(self) -> Finding:
        return self._any(lambda state: state.e, "the residuals")

    @property
    def hidden_value_not_zero(self) -> Finding:
        return self._any(lambda state: [z for values in state.sigma[0] for z in values], "hidden values")

    def _any(self, numbers: Callable[[Any], Sequence[Any]], what: str) -> Finding:
        """Whether one of these numbers is certainly not zero."""
        state = self.narrow.state
        signs = [None] if state is None else [sign_or_zero(x) for x in numbers(state)]
        return exactly(True if any(signs) else None if None in signs else False, what)

    @property
    def output_weights_zero(self) -> Finding:
        return ~self._any(lambda state: state.v, "the output weights")

    @property
    def output_weight_zero(self) -> Finding:
        return ~self._any(lambda state: state.v[self.source.neuron :][:1], "the output weight")

    @property
    def straight(self) -> Finding:
        name = {x: y for y, x in ACTIVATIONS.items()}.get(self.source.network.activation)
        name = name or self.source.network.activation
        return exactly(True if name in STRAIGHT else False if name in BENT else None, "the activation")

    @property
    def same_loss(self) -> Finding:
        """By exact arithmetic, on the two networks apart."""
        if self.narrow.fact.within is not None or self.narrow.exact is None or self.apart.exact is None:
            return UNKNOWN
        losses = [sum(e**2 for e in state.e) for state in (self.narrow.exact, self.apart.exact)]
        return exactly(losses[0] == losses[1], "the residuals")

    @property
    def another_point(self) -> Finding:
        """Whether the split differs from the one that leaves all to the first daughter."""
        whole = tuple(Fraction(int(j == 0)) for j in range(len(self.shares)))
        if self.shares == whole:
            return exactly(False, "the coefficients")
        return ~self.output_weight_zero

    def minimum_or_saddle(self, place: Place) -> Finding:
        return both(place.stationary, either(place.local_minimum, ~place.local_maximum))

    def saddle_or_maximum(self, place: Place) -> Finding:
        return both(place.stationary, ~place.local_minimum)


class Split(Place):
    """A split point: a place that also knows the constructions of the paper."""

    def __init__(self, narrow: Place, step: int, source: Narrow, shares: tuple[Fraction, ...]) -> None:
        super().__init__(narrow.argument, step, (), source.barred)
        self.parent, self.source, self.shares = narrow, source, shares

    @cached_property
    def falls(self) -> Finding:
        found = self.along(-1)
        return found if found.value else self._bent("falls", 1)

    @cached_property
    def rises(self) -> Finding:
        found = self.along(1)
        return found if found.value else self._bent("rises", -1)

    def _bent(self, sense: str, turn: int) -> Finding:
        """Along the curves that the paper constructs, or those for the opposite curvature."""
        if self.parent.start is None:
            return UNKNOWN
        for sign, a in self.source.directions:
            curve = descent_curve(self.shares, sign * turn, a)
            if curve is not None:
                found = curve_path(self, self.parent.start, self.source.neuron, curve, sense)
                if found.value:
                    return found
        return UNKNOWN

    @cached_property
    def minimum(self) -> Finding:
        found = super().minimum
        return found if found.value else self._split_minimum()

    def _split_minimum(self) -> Finding:
        inner = self.source.inner
        if inner is None:
            return UNKNOWN
        try:
            step = find_minimum(self.argument, inner, self.source.neuron, self.shares) \
                if self._may_be_minimum(inner) else None
        except (Rejected, Undecided, ArithmeticError):
            return UNKNOWN
        return shown(self.argument, step if step is not None and self.allows(step) else None)

    def _may_be_minimum(self, inner: int) -> bool:
        """Whether the rule `split minimum` has anything to say here."""
        positive, zero, negative = signs_of(self.shares)
        counts, size = self.source.inertia or (0, 0, 0), len(self.argument.problem.X[0])
        convex, concave = counts[0] == size and zero + negative == 0, counts[2] == size and (
            positive, zero) == (1, 0)
        return convex or concave
