"""The exact stationary point near a trained network, in Q (MATH section 8).

Fix the samples on each side of every kink and at it. The neurons of one pattern g only matter by their sum
U_g = sum_i h_i w_i^T, and the outputs are linear in it: f(x_k) = sum_g slope_gk U_g x_k. So the outputs at a
stationary point of free U_g are those of a least-squares problem with U_g x_k = 0 at the kinks, unique and
rational. They are given back to the neurons: few entries of W, or else of H, carry the correction. With one
output this always succeeds; with several only where the directions of the neurons suffice. Then everything is
decided anew, from the rationals alone: a guess that was wrong is refused, never believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..arrays import Matrix, read_number
from ..errors import InputError, Undecided
from .guesses import Guess, guesses, quiet
from .network import ReluNetwork
from .passive import Kept, settle
from .patterns import Pattern, fitted_outputs, patterns
from .repairs import held, released
from .shares import approach, solve_near
from .stationarity import Stationary, decide_stationarity
from .vectors import combination, dot

MAX_GUESSES = 80
ROUNDS, REPAIRED = 16, 12


@dataclass(frozen=True)
class ExactPoint:
    """An exact stationary point near a given one.

    network: the point. given: the network it is near, exactly as given. distance: the largest difference
    between a weight of the two. groups: the neurons that shape the outputs, by equal pattern.
    kinks: per neuron, the samples with w_i.x_k = 0 (zero samples included). kept: what became of the other
    neurons, dead or small. stationarity: its certificates. tried: the number of patterns tried.
    """

    network: ReluNetwork
    given: ReluNetwork
    distance: Fraction
    groups: tuple[tuple[int, ...], ...]
    kinks: tuple[tuple[int, ...], ...]
    kept: tuple[Kept, ...]
    stationarity: Stationary
    tried: int


def find_exact_point(W: Any, H: Any = None, X: Any = None, Y: Any = None, slopes: Any = (1, 0),
                     within: Any = None) -> ExactPoint:
    """An exact stationary point near the given network: W or a ReluNetwork in place of it.

    W: (n_hidden, n_inputs). H: (n_outputs, n_hidden), or (n_hidden,). X: (n_samples, n_inputs).
    Y: (n_samples, n_outputs), or (n_samples,). within: the largest distance allowed (maximum norm).
    Raises InputError; Undecided where no pattern tried leads to a stationary point.
    """
    network = W if isinstance(W, ReluNetwork) else ReluNetwork.from_arrays(X, Y, W, H, slopes)
    limit = read_limit(within)
    with quiet():
        return _search(network, limit)


def read_limit(within: Any) -> Fraction | None:
    """A distance >= 0, or None for any. Raises InputError."""
    limit = None if within is None else read_number(within, "within")
    if limit is not None and limit < 0:
        raise InputError(None, "within", "a distance >= 0", within)
    return limit


def _search(network: ReluNetwork, limit: Fraction | None) -> ExactPoint:
    best, tried = _given(network), 0
    for guess in guesses(network)[:MAX_GUESSES] if best is None else ():
        reach = best.distance if best else limit
        if reach is not None and guess.move > reach:
            break
        tried += 1
        best = _nearer(network, guess, limit, best, ROUNDS if tried <= REPAIRED else 1) or best
    if best is None:
        raise Undecided(f"nearby: none of {tried} guesses of the samples at the kinks is a stationary point",
                        "train longer, or allow a larger distance")
    return replace(best, tried=tried)


def distance(a: ReluNetwork, b: ReluNetwork) -> Fraction:
    """The largest difference between two weights."""
    pairs = zip((*a.W, *a.H, a.c or ()), (*b.W, *b.H, b.c or ()), strict=True)
    return max((abs(x - y) for rows in pairs for x, y in zip(*rows, strict=True)), default=Fraction(0))


def _given(network: ReluNetwork) -> ExactPoint | None:
    """The given point, where it is stationary as it is."""
    found = decide_stationarity(network)
    if not isinstance(found, Stationary):
        return None
    return _point(network, network, (), (), found)


def _point(network: ReluNetwork, given: ReluNetwork, groups: Sequence[Pattern], kept: tuple[Kept, ...],
           stationarity: Stationary) -> ExactPoint:
    kinks = tuple(network.kink_samples(i) for i in range(network.n_hidden))
    return ExactPoint(network, given, distance(network, given), tuple(g.neurons for g in groups), kinks, kept,
                      stationarity, 0)


def _nearer(given: ReluNetwork, guess: Guess, limit: Fraction | None, best: ExactPoint | None,
            rounds: int = ROUNDS) -> ExactPoint | None:
    """The stationary point that the guess, or a repaired one, leads to: near enough, nearer than the best."""
    seen: set[Guess] = set()
    while guess not in seen and len(seen) < rounds:
        seen.add(guess)
        found = _attempt(given, guess, limit, best)
        if not isinstance(found, Guess):
            return found
        guess = found
    return None


def _attempt(given: ReluNetwork, guess: Guess, limit: Fraction | None,
             best: ExactPoint | None) -> ExactPoint | Guess | None:
    """The stationary point of this pattern; or a better guess; or None."""
    groups = patterns(given, guess)
    if groups is None:
        return None
    outputs = fitted_outputs(given, groups)
    errors = tuple(tuple(f - y for f, y in zip(*rows, strict=True))
                   for rows in zip(outputs, given.Y, strict=True))
    others = [i for i in range(given.n_hidden) if i not in guess.active]
    kept = tuple(settle(given, i, errors) for i in others)
    near = _placed(approach(given, groups, outputs), kept)
    repaired: Guess | None = None
    for give_back in (give_back_to_inputs, give_back_to_outputs):
        network = give_back(near, groups, outputs)
        if network is None:
            continue
        if not all(group.holds(network) for group in groups):
            repaired = repaired or held(given, network, guess, groups)
            continue
        far = distance(network, given)
        if (limit is not None and far > limit) or (best is not None and far >= best.distance):
            continue
        try:
            found = decide_stationarity(network)
        except Undecided:
            continue
        if isinstance(found, Stationary):
            return _point(network, given, groups, kept, found)
        repaired = repaired or released(given, network, guess, found)
    return repaired


def give_back_to_inputs(near: ReluNetwork, groups: Sequence[Pattern], outputs: Matrix) -> ReluNetwork | None:
    """W, and the output bias, such that the outputs are these; None where there are none."""
    places = [(g, i) for g in groups for i in g.neurons]
    biases = near.c or ()
    start = (*(c for g, i in places for c in g.coordinates(near.W[i])), *biases)
    rows, right = [], []
    for k, x in enumerate(near.X):
        units = [tuple(g.slopes[k] * dot(b, x) for b in g.basis) for g, _ in places]
        for j in range(near.n_outputs):
            rows.append(tuple(near.H[j][i] * u for (_, i), many in zip(places, units, strict=True)
                              for u in many) + tuple(Fraction(own == j) for own in range(len(biases))))
            right.append(outputs[k][j])
    found = solve_near(rows, right, start)
    if found is None:
        return None
    W, entries = list(near.W), iter(found)
    for g, i in places:
        W[i] = combination([next(entries) for _ in g.basis], g.basis, near.n_inputs)
    return replace(near, W=tuple(W), c=None if near.c is None else tuple(entries))


def give_back_to_outputs(near: ReluNetwork, groups: Sequence[Pattern], outputs: Matrix) -> ReluNetwork | None:
    """H, and the output bias, such that the outputs are these; None where there are none."""
    places = [(g, i) for g in groups for i in g.neurons]
    one = () if near.c is None else (Fraction(1),)
    rows = [(*(g.slopes[k] * dot(near.W[i], x) for g, i in places), *one) for k, x in enumerate(near.X)]
    H, c = [list(row) for row in near.H], list(near.c or ())
    for j, row in enumerate(H):
        found = solve_near(rows, [f[j] for f in outputs], (*(row[i] for _, i in places), *c[j : j + 1]))
        if found is None:
            return None
        for (_, i), h in zip(places, found, strict=False):
            row[i] = h
        c[j : j + 1] = found[len(places) :]
    return replace(near, H=tuple(map(tuple, H)), c=None if near.c is None else tuple(c))


def _placed(network: ReluNetwork, kept: Sequence[Kept]) -> ReluNetwork:
    W, H = list(network.W), [list(row) for row in network.H]
    for one in kept:
        W[one.neuron] = one.w
        for row, h in zip(H, one.h, strict=True):
            row[one.neuron] = h
    return replace(network, W=tuple(W), H=tuple(map(tuple, H)))
