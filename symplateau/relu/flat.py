"""The second-order form on the flat cone, where the first order vanishes (paper B, appendix F.2.1, eq. (18)).

q(D) = |dY D|^2 / 2 + sum_i sum_j dh_ji g_ji(t_i) over {G_i(t_i) = 0}, on one cone of the kinks at a time: an
ordinary form in dh, dc (free) and in the factors of generators (lineality free, rays >= 0). The scaling
(w_i, h_i) -> (s w_i, h_i / s) keeps the loss: for w_i != 0 only tangential moves are considered.

If q > 0 on all cones, P is a local minimum: for moves D of size r, L(P + D) - L(P) >= q + o(r^2) wherever the
first order is O(r^2), and the first order is >= 0. What does not matter is left out: dead neurons; w_i of a
neuron with h_i = 0 that is no escape neuron, since the loss stays the same when it alone moves, and the form
changes continuously. With a neuron at w_i = 0 the form is never positive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from ..arrays import Matrix, Vector
from ..errors import Undecided
from .derivatives import moved_slopes
from .network import Direction, ReluNetwork
from .piecewise import neuron_slopes
from .quadratic import Negative, Positive, decide_sign, is_shown_positive
from .vectors import ZERO, Integers, dot, sign
from .zeros import flat_generators

MAX_CONES = 64


@dataclass(frozen=True)
class Move:
    """One coordinate of the form: neuron, and either the output whose weight moves, or the tangential t.

    Without a neuron: the output whose bias moves.

    change: of the outputs at first order, sample by sample, output by output. slopes: g_ji(t) per output.
    """

    neuron: int | None
    output: int | None
    t: Integers
    change: Vector
    slopes: Vector


Cone = tuple[tuple[Integers, ...], tuple[Integers, ...]]  # a basis of the lineality space, and rays


def decide_form(network: ReluNetwork, escaping: Sequence[int]) -> Direction | str:
    """A direction with q < 0 on the flat cone; or "positive", or "semidefinite", for all of it.

    Assumes a stationary point with these escape neurons. Raises Undecided where the cones are too many.
    """
    living = [i for i in range(network.n_hidden) if not network.is_dead(i)]
    weights = [*bias_moves(network), *(move for i in living for move in weight_moves(network, i))]
    moving = [i for i in living if any(network.output_weights(i)) or i in escaping]
    cones = {i: flat_cones(network, i) for i in moving}
    semidefinite, count = False, prod(map(len, cones.values()))
    if count == 1:  # quick, where it is positive; where it is not, one neuron mostly shows it
        moves = _moves(network, weights, next(_choices(cones, False)))
        if is_shown_positive(_form(moves)):
            return "positive"
    for single in (True, False):
        if not single and count > MAX_CONES:
            raise Undecided("flat cones: too many combinations of cones of kinks over the neurons",
                            "remove samples at the kinks")
        for choice in _choices(cones, single):
            found = _sign(network, weights, choice)
            if isinstance(found, Direction):
                return found
            semidefinite |= found == "semidefinite" and not single
    return "semidefinite" if semidefinite else "positive"


def _choices(cones: dict[int, list[Cone]], single: bool) -> Iterator[dict[int, Cone]]:
    """A cone of one escape neuron alone, which is quick; or of every neuron."""
    if single:
        yield from ({i: cone} for i, many in cones.items() for cone in many)
    else:
        yield from (dict(zip(cones, choice, strict=True)) for choice in product(*cones.values()))


def flat_cones(network: ReluNetwork, neuron: int) -> list[Cone]:
    """The largest cones of {G = 0} on which no kink is crossed.

    Rays that are on the same side of every kink, two by two, lie in one cone of the arrangement.
    """
    total = neuron_slopes(network, neuron).total
    flat = flat_generators(total)
    sides = {r: [sign(dot(x, r)) for x in total.kinks] for r in flat.rays}

    def agree(a: Integers, b: Integers) -> bool:
        return all(p * q >= 0 for p, q in zip(sides[a], sides[b], strict=True))

    found: list[tuple[Integers, ...]] = []

    def grow(chosen: tuple[Integers, ...], candidates: list[Integers], seen: list[Integers]) -> None:
        if len(found) > MAX_CONES:
            raise Undecided("flat cones: too many cones of kinks at one neuron",
                            "remove samples at the kinks")
        if not candidates and not seen:
            found.append(chosen)
        for r in list(candidates):
            grow((*chosen, r), [s for s in candidates if s != r and agree(r, s)],
                 [s for s in seen if agree(r, s)])
            candidates.remove(r)
            seen.append(r)

    grow((), list(flat.rays), [])
    return [(flat.lineality, rays) for rays in found]


def bias_moves(network: ReluNetwork) -> list[Move]:
    """The moves of c_j, one per output j; none without an output bias."""
    outputs = range(0 if network.c is None else network.n_outputs)
    return [Move(None, j, (0,) * network.n_inputs,
                 tuple(Fraction(j == own) for _ in network.X for own in outputs), ()) for j in outputs]


def weight_moves(network: ReluNetwork, neuron: int) -> list[Move]:
    """The moves of h_ji, one per output j."""
    none = (0,) * network.n_inputs
    return [Move(neuron, j, none,
                 tuple(z if j == own else ZERO for z in network.activations[neuron]
                       for own in range(network.n_outputs)), ())
            for j in range(network.n_outputs)]


def tangential_move(network: ReluNetwork, neuron: int, t: Integers) -> Move:
    """The move of w_i along t."""
    slopes = moved_slopes(network, neuron, tuple(map(Fraction, t)))
    values = [s * dot(t, x) for s, x in zip(slopes, network.X, strict=True)]
    outputs = range(network.n_outputs)
    return Move(neuron, None, t, tuple(network.H[j][neuron] * z for z in values for j in outputs),
                tuple(dot(values, [e[j] for e in network.residuals]) for j in outputs))


def _moves(network: ReluNetwork, weights: Sequence[Move], choice: dict[int, Cone]) -> list[Move]:
    lines = [tangential_move(network, i, t) for i, (lineality, _) in choice.items() for t in lineality]
    rays = [tangential_move(network, i, t) for i, (_, rays) in choice.items() for t in rays]
    return [*weights, *lines, *rays]


def _form(moves: Sequence[Move]) -> Matrix:
    return tuple(tuple(_entry(a, b) for b in moves) for a in moves)


def _sign(network: ReluNetwork, weights: Sequence[Move], choice: dict[int, Cone]) -> Direction | str:
    moves = _moves(network, weights, choice)
    free = len(moves) - sum(len(rays) for _, rays in choice.values())
    found = decide_sign(_form(moves), free)
    if isinstance(found, Negative):
        return _direction(network, moves, found.x)
    return "positive" if isinstance(found, Positive) else "semidefinite"


def _entry(a: Move, b: Move) -> Fraction:
    """Of 2 q: the first-order changes of the outputs, and g_ji(t) between h_ji and t of the same neuron."""
    entry = dot(a.change, b.change)
    if a.neuron is not None and a.neuron == b.neuron and (a.output is None) != (b.output is None):
        weight, turn = (b, a) if a.output is None else (a, b)
        entry += turn.slopes[weight.output or 0]  # never None: it is the one with an output
    return entry


def _direction(network: ReluNetwork, moves: Sequence[Move], x: Vector) -> Direction:
    W = [[ZERO] * network.n_inputs for _ in network.W]
    H = [[ZERO] * network.n_hidden for _ in network.H]
    c = [ZERO] * network.n_outputs
    for move, factor in zip(moves, x, strict=True):
        if move.neuron is None:
            c[move.output or 0] += factor  # never None: a move without a neuron has an output
        elif move.output is None:
            W[move.neuron] = [a + factor * b for a, b in zip(W[move.neuron], move.t, strict=True)]
        else:
            H[move.output][move.neuron] += factor
    return Direction(tuple(map(tuple, W)), tuple(map(tuple, H)), None if network.c is None else tuple(c))
