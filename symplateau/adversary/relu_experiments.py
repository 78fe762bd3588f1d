"""The data of paper B's experiments (section 4.1.1, appendix I), and the points that claims name."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..relu.network import ReluNetwork
from ..relu.vectors import ZERO

Data = tuple[Sequence[Sequence[Any]], Sequence[Sequence[Any]]]  # inputs, labels
LINE: Data = ([["-1", 1], ["-3/5", 1], ["-1/10", 1], ["3/10", 1], ["7/10", 1]],
              [["7/25"], ["-1/10"], ["3/100"], ["23/100"], ["-11/50"]])
SPACE: Data = (
    [["-3/10", "-3/4", "-1/2"], ["-1/5", "-1/5", "2/5"], ["-3/5", 1, -1], ["-2/5", "2/5", "3/10"],
     ["3/5", "-1/10", "-7/10"], ["2/5", "-9/10", "3/10"], ["1/5", "1/5", "-1/2"]],
    [["-1/2"], ["1/10"], ["-3/5"], ["3/10"], ["4/5"], ["-3/10"], ["-1/10"]])
PLANE: Data = ([["-3/10", "1/2"], [1, 1], ["-3/5", -1], ["2/5", "-2/5"]],
               [["3/5", "-1/2"], ["1/2", -1], ["-2/5", "3/5"], ["4/5", "1/5"]])
SIZE = Fraction(231, 26900)  # of group 1 on the second plateau of section 4.1.1
FITTED = (("-3", "2"), ("1", "2"), ("-3", "-2")), (("29/114", "1/6", "-2/19"), ("-8/57", "-1/3", "3/19"))


def has_data(network: ReluNetwork, data: Data) -> bool:
    """Whether these are its data, and ReLU its activation."""
    X, Y = (tuple(tuple(map(Fraction, row)) for row in rows) for rows in data)
    return (network.X, network.Y, network.slopes) == (X, Y, (Fraction(1), ZERO))


def vanishes(network: ReluNetwork, neuron: int) -> bool:
    return not any(network.W[neuron]) and not any(network.output_weights(neuron))


def group_1(network: ReluNetwork, neuron: int) -> Fraction | None:
    """h c where w = c (-10, 7), c > 0, h > 0, one output; None elsewhere."""
    w, h = network.W[neuron], network.output_weights(neuron)
    along = len(w) == 2 and len(h) == 1 and w[0] < 0 and w[0] * 7 == -10 * w[1]
    return h[0] * w[1] / 7 if along and h[0] > 0 else None


def second_plateau(network: ReluNetwork) -> bool:
    """Group 1 of the size that section 4.1.1 has there, and neurons that vanish, one at least."""
    neurons = range(network.n_hidden)
    shares = [group_1(network, i) for i in neurons if not vanishes(network, i)]
    return len(shares) < network.n_hidden and None not in shares and sum(x or ZERO for x in shares) == SIZE


def end_of_training(network: ReluNetwork) -> bool:
    """Groups 1 and 2 of section 4.1.1, which make the regression line, and dead neurons."""
    if (network.n_inputs, network.n_outputs) != (2, 1):
        return False
    size, line = ZERO, [ZERO, ZERO]
    for i, z in enumerate(network.pre_activations):
        share, h = group_1(network, i), network.H[0][i]
        if share is not None:
            size += share
        elif min(z) > 0:
            line = [a + h * x for a, x in zip(line, network.W[i], strict=True)]
        elif max(z) >= 0:
            return False
    return line == [10 * size - Fraction(693, 4630), Fraction(1067, 46300) - 7 * size]


def fits_three(network: ReluNetwork) -> bool:
    """Whether the first three samples are fitted, and no neuron sees the fourth: w_i.x_4 < 0."""
    return network.n_samples == 4 and not any(map(any, network.residuals[:3])) and all(
        z[3] < 0 for z in network.pre_activations)


def in_dead_sector(network: ReluNetwork, neuron: int) -> bool:
    """Whether w = m (10, -7) + n (-1, -1) with m, n >= 0."""
    w = network.W[neuron]
    if len(w) != 2:
        return False
    m, n = (w[0] - w[1]) / 17, (-7 * w[0] - 10 * w[1]) / 17
    return m >= 0 and n >= 0


def unseeing(network: ReluNetwork, neuron: int) -> bool:
    return not any(network.activations[neuron])


Placed = Iterator[tuple[ReluNetwork, int]]


def experiments() -> Placed:
    """Networks at the points of the claims and beside them, also with other labels; each with a neuron."""
    net = ReluNetwork.from_arrays
    for X, Y in (LINE, PLANE, SPACE):
        size, none = len(X[0]), [[0]] * len(Y[0])
        yield net(X, Y, [[0] * size], none), 0
        yield net(X, [[0] * len(Y[0])] * len(X), [[0] * size], none), 0
        yield net(X, Y, [[1] * size], none), 0
        yield net(X, Y, [[1] * size, [0] * size], [[1, 0]] * len(Y[0])), 1
    yield from _with_one_output()
    yield from _with_two_outputs()


def _with_one_output() -> Placed:
    """Section 4.1.1: its second plateau, and the end of training."""
    net, (X, Y), a = ReluNetwork.from_arrays, LINE, Fraction(1, 50)
    line = [Fraction(693, 4630) - 10 * a, 7 * a - Fraction(1067, 46300)]  # with h = -1: positive at all x
    for labels in (Y, [[-Fraction(y)] for [y] in Y]):
        yield net(X, labels, [[-10, 7], [0, 0]], [SIZE, 0]), 1
        yield net(X, labels, [[-20, 14], [-10, 7], [0, 0]], [SIZE / 4, SIZE / 2, 0]), 0
        yield net(X, labels, [[-10, 7], line], [a, -1]), 0
        yield net(X, labels, [[-10, 7], [2 * x for x in line], [9, -8]], [a, "-1/2", 5]), 2
    yield net(X, Y, [[-10, 7], [0, 0]], [2 * SIZE, 0]), 0
    yield net(X, Y, [[-10, 7], line, [0, 0]], [a, -1, 0]), 2


def _with_two_outputs() -> Placed:
    """Appendix I.0.2: the end of training, and zero loss."""
    net, (X, Y), (W, H) = ReluNetwork.from_arrays, PLANE, FITTED
    for labels in (Y, [*Y[:3], [0, 0]], [*Y[:2], [1, 1], Y[3]]):
        yield net(X, labels, W, H), 0
        yield net(X, labels, [*W, (0, 0)], [(*row, 0) for row in H]), 3
    # A neuron (1, -1) sees samples 3 and 4, by 2/5 and 4/5, and fits the fourth: zero loss.
    fourth = [Fraction(1), Fraction(1, 4)]
    third = [(Fraction(y) - Fraction(2, 5) * h) / Fraction(19, 5) for y, h in zip(Y[2], fourth, strict=True)]
    rows = [[*row[:2], x, h, 0] for row, x, h in zip(H, third, fourth, strict=True)]
    yield net(X, Y, [*W, (1, -1), (0, 0)], rows), 4
