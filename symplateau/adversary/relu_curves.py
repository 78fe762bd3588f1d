"""Saddles of two outputs that no straight line leaves: the loss falls along no line, only along a curve.

With one output there are none (B/corollary-4.4). ReLU; two neurons A, B; all samples are fitted in the first
output, and residuals e_k in the second make A an escape neuron. The second-order form is >= 0 on the flat
cone; where it is 0, the terms of order 3 vanish, and those of order 4 are half a square along a line,
negative along a curve. Found by hand; so are the losses along the curves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..relu.network import ReluNetwork
from ..relu.vectors import zeros

Rows = Sequence[Sequence[Any]]

# A alone sees (4, -24), B alone (-24, 4). The curve: w = (1, t - 6 t^2), (-t - 6 t^2, 1), h = (1 + 5 t, -t),
# (1 - 5 t, -t); the loss changes by -3196 t^4 + O(t^6).
FOUR = [[5, 3], [4, -24], [3, 5], [-24, 4]], [[1, 0], [0, 1]], [[1, 1], [0, 0]], (8, -4, -8, 4)
# A sees the first three, B the last three. The curve: w = (1, -2 t, -3 t^2), (-1 + 4 t^2, 0, 1), h = (1, t),
# (1, -t); the loss changes by -16 t^4 + O(t^6).
FIVE = ([[1, 1, 0], [1, -1, 0], [3, 0, 4], [-1, 0, 0], [-2, 0, -1]], [[1, 0, 0], [-1, 0, 1]],
        [[1, 1], [0, 0]], (2, -2, 0, 0, 0))
# A has a kink at the fourth sample, whose residual changes g_2 but not G_A; the curve is on one side of it:
# w = (1, 3 t, -6 t^2), (-2 + 13 t^2, -1, 1), h = (1, -t), (1, 2 t); by -656 t^4 + O(t^6).
ONE_SIDED = ([[1, 1, 0], [1, -1, 0], [1, 0, 0], [0, 1, 0], [6, 0, 13], [-1, 0, -1], [-2, 0, -3]],
             [[1, 0, 0], [-2, -1, 1]], [[1, 1], [0, 0]], ("1/2", "-1/2", 0, 8, 0, 0, 0))


def curved() -> Iterator[tuple[ReluNetwork, int]]:
    """Each with the neuron A; of the first two also with a kink of A at which G_A > 0 on one side."""
    four, five, one_sided = (_with_residuals(*x) for x in (FOUR, FIVE, ONE_SIDED))
    for network in (four, five, one_sided):
        yield network, 0
    yield _with_kink(four, [0, -1]), 0
    yield _with_kink(five, [0, 1, -1]), 0


def _with_residuals(X: Rows, W: Rows, H: Rows, second: Sequence[Any]) -> ReluNetwork:
    """Labels for which the residuals are 0 in the first output, and these in the second."""
    outputs = ReluNetwork.from_arrays(X, zeros(len(X), 2), W, H).outputs
    Y = [[f, g - Fraction(e)] for (f, g), e in zip(outputs, second, strict=True)]
    return ReluNetwork.from_arrays(X, Y, W, H)


def _with_kink(network: ReluNetwork, x: Sequence[int]) -> ReluNetwork:
    """One more sample, at a kink of A and not seen by B, with the residual (1, 0)."""
    label = (Fraction(-1), Fraction(0))
    return replace(network, X=(*network.X, tuple(map(Fraction, x))), Y=(*network.Y, label))
