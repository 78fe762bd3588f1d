"""Moves of the parameters of a ReLU-like network, to be tried, and what exact arithmetic says of each."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import isqrt
from random import Random

from ..arrays import Vector
from ..relu.derivatives import directional_derivative
from ..relu.expansion import expand, leg_limit
from ..relu.hessian import decompose
from ..relu.network import Direction, ReluNetwork, moved
from ..relu.vectors import ZERO, dot, null_space

TANGENTS, RANDOM_MOVES = 4, 8  # of a neuron; of all neurons at once
ONE = Fraction(1)


def moves(network: ReluNetwork) -> tuple[Direction, ...]:
    """Each output weight; each neuron radially, tangentially, with its output weight; two; all at random."""
    singles = [[*_of_neuron(network, i)] for i in range(network.n_hidden)]
    found = [move for many in singles for move in many]
    if len(singles) > 1:
        found += [added(a, scaled(b, -ONE)) for a, b in zip(*singles[:2], strict=False)]
    random = Random(0)
    for _ in range(RANDOM_MOVES):
        W = tuple(tuple(Fraction(random.randint(-2, 2)) for _ in row) for row in network.W)
        H = tuple(tuple(Fraction(random.randint(-2, 2)) for _ in row) for row in network.H)
        found.append(Direction(W, H))
    return tuple(dict.fromkeys(found))


def _of_neuron(network: ReluNetwork, neuron: int) -> Iterator[Direction]:
    none = (ZERO,) * network.n_inputs
    weights = [tuple(sign * ONE if j == k else ZERO for j in range(network.n_outputs))
               for k in range(network.n_outputs) for sign in (1, -1)]
    own = network.output_weights(neuron)
    weights += [own, negative(own)] if network.n_outputs > 1 and any(own) else []
    radial = network.W[neuron]
    lines = [*islice(tangents(network, neuron), TANGENTS)]
    for w in [radial, negative(radial), *lines]:
        yield Direction.of_neuron(network, neuron, w=w)
    for w in [none, *lines]:
        for h in weights:
            yield Direction.of_neuron(network, neuron, w=w, h=h)


def tangents(network: ReluNetwork, neuron: int) -> Iterator[Vector]:
    """Vectors orthogonal to w_i: the samples at the kink first, then a basis, with both signs."""
    w = network.W[neuron]
    lines = [network.X[k] for k in network.kink_samples(neuron) if any(network.X[k])]
    lines += [tuple(map(Fraction, line)) for line in null_space([w], network.n_inputs)]
    for line in dict.fromkeys(lines):
        yield line
        yield negative(line)


def negative(vector: Vector) -> Vector:
    return tuple(-x for x in vector)


def scaled(move: Direction, factor: Fraction) -> Direction:
    W, H = (tuple(tuple(factor * x for x in row) for row in rows) for rows in (move.W, move.H))
    return Direction(W, H)


def added(a: Direction, b: Direction) -> Direction:
    W, H = (tuple(tuple(x + y for x, y in zip(p, q, strict=True)) for p, q in zip(rows, others, strict=True))
            for rows, others in ((a.W, b.W), (a.H, b.H)))
    return Direction(W, H)


def combined(network: ReluNetwork, entries: Sequence[Fraction | int]) -> Direction:
    """The move with these entries: W row by row, then H."""
    given = iter(map(Fraction, entries))
    W, H = (tuple(tuple(next(given) for _ in row) for row in rows) for rows in (network.W, network.H))
    return Direction(W, H)


def unit_moves(network: ReluNetwork) -> list[Direction]:
    """One of each parameter, in that order."""
    size = network.n_hidden * (network.n_inputs + network.n_outputs)
    return [combined(network, [int(a == b) for b in range(size)]) for a in range(size)]


def square(move: Direction) -> Fraction:
    """|Delta|^2 over all parameters."""
    return sum((dot(row, row) for rows in (move.W, move.H) for row in rows), ZERO)


def shortened(move: Direction, radius_squared: Fraction) -> Direction:
    """The move, made as long as that radius but for a part in a thousand; not longer."""
    ratio = radius_squared / (square(move) or ONE) * 2**20
    return scaled(move, Fraction(isqrt(ratio.numerator // ratio.denominator), 2**10))


def first_change(network: ReluNetwork, move: Direction) -> tuple[int, int]:
    """Order and sign of the first change of the loss along the ray; (0, 0) where it stays the same."""
    found = expand(network, move)
    if found.order is None:
        return 0, 0
    return found.order, 1 if found.coefficients[found.order] > 0 else -1


def slope_by_losses(network: ReluNetwork, move: Direction) -> Fraction | None:
    """The slope at the start by Lagrange's formula from losses at five points, or None if a sixth is off.

    Up to the first change of a leg the loss is a polynomial of degree at most 4, if Lemma 3.2 holds.
    """
    limit = leg_limit(network, move)
    step = (ONE if limit is None else min(ONE, limit)) / 8
    losses = [moved(network, move, k * step).loss for k in range(6)]
    fifth = [-1, 5, -10, 10, -5, 1]
    if sum(c * x for c, x in zip(fifth, losses, strict=True)):
        return None
    weights = (Fraction(-25, 12), Fraction(4), Fraction(-3), Fraction(4, 3), Fraction(-1, 4))
    return sum((c * x for c, x in zip(weights, losses, strict=False)), ZERO) / step


def agrees_with_lemma(network: ReluNetwork, move: Direction) -> bool:
    """Whether the loss along the ray has the slope that Lemma 3.2 gives."""
    return slope_by_losses(network, move) == directional_derivative(network, move)


def moving(move: Direction) -> tuple[frozenset[int], frozenset[int]]:
    """The neurons whose input weights move, and those whose output weights move."""
    inputs = frozenset(i for i, row in enumerate(move.W) if any(row))
    return inputs, frozenset(i for row in move.H for i, x in enumerate(row) if x)


def single(network: ReluNetwork, move: Direction) -> str:
    """What it moves, if that is an "output weight", one neuron "radially" or "tangentially"; else ""."""
    inputs, outputs = moving(move)
    if not inputs and sum(bool(x) for row in move.H for x in row) == 1:
        return "output weight"
    if outputs or len(inputs) != 1:
        return ""
    [neuron] = inputs
    c, t = decompose(network, neuron, move.W[neuron])
    return "" if c and any(t) else "radially" if c else "tangentially"
