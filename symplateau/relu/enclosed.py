"""Several outputs: a stationary point that is irrational, proved to exist near a given one, and its type.

The unknowns of tied patterns are enclosed by contraction (`reduced`), all others follow over Q (`rankone`).
Then every sample off the kinks keeps its side in the whole box, and at the kinks, which are kept exactly,
G_i >= 0 with slack (`slack`): all conditions of Definition 3.3 hold at one exact point in the box.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from ..errors import Undecided
from .guesses import Guess, guesses, quiet
from .nearby import ExactPoint, distance, find_exact_point, read_limit
from .network import ReluNetwork
from .passive import Kept
from .patterns import Pattern, patterns
from .rankone import Balls, Layout, layout, weights
from .rational import rounded
from .reduced import PREC, enclose_stationary
from .repairs import held, let_go
from .singular import Equation, singular_equation
from .slack import decide_enclosed_type, find_loose_kinks, has_slack, sides_hold
from .vectors import combination, sign

TOLERANCES = (1e-6, 1e-3, 3e-2)
MAX_GUESSES, ROUNDS = 40, 8


@dataclass(frozen=True)
class EnclosedPoint:
    """An exact stationary point, of which each weight differs by at most `radius` from that of `centre`.

    distance: that to the given network is at most this (maximum norm). verdict: local minimum, saddle
    or undecided, with the reason. tied, free: the neurons of the patterns of either kind (`rankone`).
    inertia: (n+, n-) of the Hessian of the reduced loss. equation: for a single tied pattern, that of mu; the
    loss is (|Y|^2 - mu) / 2, Y the targets without what free patterns fit. kept: the other neurons.
    """

    centre: ReluNetwork
    given: ReluNetwork
    radius: Fraction
    distance: Fraction
    verdict: str
    reason: str
    tied: tuple[tuple[int, ...], ...]
    free: tuple[tuple[int, ...], ...]
    kinks: tuple[tuple[int, ...], ...]
    inertia: tuple[int, int]
    equation: Equation | None
    kept: tuple[Kept, ...]
    trust: str = "ball"


def find_enclosed_point(W: Any, H: Any = None, X: Any = None, Y: Any = None, slopes: Any = (1, 0),
                        within: Any = None) -> EnclosedPoint:
    """The stationary point proved to exist near the given network; arguments as of `find_exact_point`.

    Raises InputError; Undecided where no pattern tried leads to one.
    """
    network = W if isinstance(W, ReluNetwork) else ReluNetwork.from_arrays(X, Y, W, H, slopes)
    limit = read_limit(within)
    with quiet():
        return _search(network, limit)


def _search(network: ReluNetwork, limit: Fraction | None) -> EnclosedPoint:
    best: EnclosedPoint | None = None
    for guess in guesses(network)[:MAX_GUESSES]:
        reach = best.distance if best else limit
        if reach is not None and guess.move > reach:
            break
        for tolerance in TOLERANCES:
            found = _repaired(network, guess, tolerance)
            if found is not None and (reach is None or found.distance <= reach):
                best, reach = found, found.distance
    if best is None:
        raise Undecided("nearby: no stationary point of tied patterns was proved to exist near the given one",
                        "train longer, or allow a larger distance")
    return best


def find_nearest_point(W: Any, H: Any = None, X: Any = None, Y: Any = None, slopes: Any = (1, 0),
                       within: Any = None) -> ExactPoint | EnclosedPoint:
    """The nearer of the two points that `find_exact_point` and `find_enclosed_point` find."""
    network = W if isinstance(W, ReluNetwork) else ReluNetwork.from_arrays(X, Y, W, H, slopes)
    try:
        exact = find_exact_point(network, within=within)
    except Undecided:
        if network.n_outputs == 1:
            raise
        return find_enclosed_point(network, within=within)
    if network.n_outputs == 1:
        return exact
    try:
        return find_enclosed_point(network, within=exact.distance)
    except Undecided:
        return exact


def _repaired(given: ReluNetwork, guess: Guess, tolerance: float) -> EnclosedPoint | None:
    """The point that the guess, or what it is repaired to, leads to."""
    for _ in range(ROUNDS):
        found = _attempt(given, guess, tolerance)
        if not isinstance(found, Guess):
            return found
        guess = found
    return None


def _attempt(given: ReluNetwork, guess: Guess, tolerance: float) -> EnclosedPoint | Guess | None:
    groups = patterns(given, guess)
    plan = layout(given, groups, tolerance) if groups else None
    if plan is None:
        return None
    kept = tuple(_kept(given, i) for i in range(given.n_hidden) if i not in guess.active)
    near = _near(given, plan.free, kept)
    if not all(group.holds(near) for group in plan.free):
        return None
    try:
        enclosure = enclose_stationary(plan.problem, [x for tied in plan.tied for x in tied.start])
    except Undecided:
        return None
    with ctx.workprec(PREC):
        balls = weights(near, plan, enclosure)
        if balls is None:
            return None
        centre, radius = _centre(near, balls)
        if not sides_hold(near, plan, balls):
            return held(given, centre, guess, [t.pattern for t in plan.tied])
        if loose := find_loose_kinks(near, plan, balls):
            return let_go(given, guess, loose)
        if not has_slack(near, plan, balls):
            return None
        verdict, reason = decide_enclosed_type(given, plan, enclosure, balls, kept)
    return EnclosedPoint(
        centre, given, radius, distance(centre, given) + radius, verdict, reason,
        tuple(t.pattern.neurons for t in plan.tied), tuple(g.neurons for g in plan.free), _kinks(near, plan),
        enclosure.inertia, singular_equation(plan, enclosure), kept)


def _kept(given: ReluNetwork, neuron: int) -> Kept:
    """A dead neuron stays as it is, any other gets weights 0."""
    w, h = given.W[neuron], given.output_weights(neuron)
    if given.is_dead(neuron):
        return Kept(neuron, "dead", w, h)
    return Kept(neuron, "all weights 0", (Fraction(0),) * len(w), (Fraction(0),) * len(h))


def _near(given: ReluNetwork, free: Sequence[Pattern], kept: Sequence[Kept]) -> ReluNetwork:
    """The given network, free patterns exactly at their kinks, the other neurons at their places."""
    W, columns = list(given.W), [given.output_weights(i) for i in range(given.n_hidden)]
    for g in free:
        for i in g.neurons:
            W[i] = combination(g.coordinates(given.W[i]), g.basis, given.n_inputs)
    for one in kept:
        W[one.neuron], columns[one.neuron] = one.w, one.h
    return replace(given, W=tuple(W), H=tuple(zip(*columns, strict=True)))


def _centre(network: ReluNetwork, balls: Balls) -> tuple[ReluNetwork, Fraction]:
    """Dyadic weights in the middle, and how far any weight of the enclosed point may be from them."""
    radius = Fraction(0)

    def middle(x: Any) -> Fraction:
        nonlocal radius
        exact = _fraction(x.mid())
        short = rounded([exact], 64)[0]
        radius = max(radius, abs(exact - short) + _fraction(arb(x.rad()).upper()))
        return short

    W = tuple(tuple(map(middle, row)) for row in balls.W)
    H = tuple(tuple(map(middle, row)) for row in balls.H)
    c = None if network.c is None else tuple(map(middle, balls.c))
    return replace(network, W=W, H=H, c=c), radius


def _fraction(x: Any) -> Fraction:
    exact = x.fmpq()
    return Fraction(int(exact.p), int(exact.q))


def _kinks(network: ReluNetwork, plan: Layout) -> tuple[tuple[int, ...], ...]:
    sides = {i: g.sides for g in (*(t.pattern for t in plan.tied), *plan.free) for i in g.neurons}
    return tuple(tuple(k for k, s in enumerate(sides.get(i, map(sign, network.pre_activations[i]))) if not s)
                 for i in range(network.n_hidden))
