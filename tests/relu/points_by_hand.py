"""Points with several outputs, each with its type and the reason for it, found by hand.

Notation: w = (1, t) for a neuron near (1, 0), h = (1 + a, b); q is the form on the flat cone. With residuals
e on the second output g_2(t) = sum e_k t.x_k, and the least N b^2 / 2 + g b over b is -g^2 / (2 N).
"""

from dataclasses import dataclass

from symplateau.relu.network import ReluNetwork

from .networks import F, pair


@dataclass(frozen=True)
class Point:
    """kind: of a local minimum. order: of the descent. curved: whether it needs a curve."""

    name: str
    network: ReluNetwork
    verdict: str
    kind: int | None = None
    order: int | None = None
    curved: bool = False


def swapped(p: int, q: int, a: int, b: int, residuals: tuple[F | int, F | int], sign: int) -> ReluNetwork:
    """Neurons A = (1, 0), B = (0, 1) with h = (1, 0) both; samples (p, q), (a, -b) and their mirror images.

    Both see (p, q), (q, p); A alone sees (a, -b), B alone (-b, a). Residuals: on the second output only,
    (e, f) on (p, q), (a, -b), and sign * (e, f) on the mirror images. Nothing is at a kink.
    """
    e, f = residuals
    X = [[p, q], [a, -b], [q, p], [-b, a]]
    Y = [[F(p + q), -F(e)], [F(a), -F(f)], [F(p + q), -sign * F(e)], [F(a), -sign * F(f)]]
    return ReluNetwork.from_arrays(X, Y, [[1, 0], [0, 1]], [[1, 1], [0, 0]])


# Every line rises, a curve falls. With s, d for sums and differences over the neurons (a: dh_1, b: dh_2,
# t): q = 20 (s_a - 2/5 s_t)^2 + 5 (d_b + 4 s_t)^2 + 384/5 s_t^2 + 5 (d_a - 5 d_t)^2 + 20 (s_b + d_t)^2,
# zero at (a, b, t) = (5, -1, 1), (-5, -1, -1). There D1 has the values (8, -8), (-4, -4), (-8, -8), (4, -4)
# on the samples, D2 (40, 2), (-120, 24), (40, -2), (-120, -24): D1.D2 = 0, and |D2|^2 / 2 > 0. Yet on w_A =
# (1, t - 6 t^2), w_B = (-t - 6 t^2, 1), h_A = (1 + 5 t, -t), h_B = (1 - 5 t, -t) the loss is 80 - 3196 t^4
# + 545040 t^6.
CURVE_ONLY = swapped(5, 3, 4, 24, (8, -4), -1)


def fitted(X: list[list[int]], W: list[list[int]], H: list[list[int]], second: list[str]) -> ReluNetwork:
    """Two outputs: all samples fitted, but for these residuals in the second output."""
    base = ReluNetwork.from_arrays(X, [[0, 0]] * len(X), W, H)
    Y = [[f[0], f[1] - F(e)] for f, e in zip(base.outputs, second, strict=True)]
    return ReluNetwork.from_arrays(X, Y, W, H)


# The same with five samples. A sees the first three, B the last three. Up to positive squares in the first
# output, q = (t + 2 b)^2 + 3/2 (b + b')^2, t and b of A, b' of B: zero at t = -2, b = 1, b' = -1. There D1
# is (-2, 1), (2, 1), (0, 2), (0, -1), (0, -1), D2 (0, -2), (0, 2), 0, 0, 0. On w_A = (1, -2 s, -3 s^2), h_A
# = (1, s), w_B = (-1 + 4 s^2, 0, 1), h_B = (1, -s) the loss is 4 - 16 s^4 + 328 s^6.
FIVE = fitted([[1, 1, 0], [1, -1, 0], [3, 0, 4], [-1, 0, 0], [-2, 0, -1]], [[1, 0, 0], [-1, 0, 1]],
              [[1, 1], [0, 0]], ["2", "-2", "0", "0", "0"])

# At a kink of A, the sample (0, 1, 0), with h.e = 0: g_2 is 9 t for t > 0, t for t < 0. For t > 0
# q = (27 b^2 + 18 b t + 3 t^2) / 2 + 3/2 (b' + 2 b)^2, zero on one ray only: t = 3, b = -1, b' = 2. On
# w_A = (1, 3 s, -6 s^2), h_A = (1, -s), w_B = (-2 + 13 s^2, -1, 1), h_B = (1, 2 s)
# the loss changes by -656 s^4 + 29068 s^6.
ONE_SIDED = fitted([[1, 1, 0], [1, -1, 0], [1, 0, 0], [0, 1, 0], [6, 0, 13], [-1, 0, -1], [-2, 0, -3]],
                   [[1, 0, 0], [-2, -1, 1]], [[1, 1], [0, 0]], ["1/2", "-1/2", "0", "8", "0", "0", "0"])


def with_sample(network: ReluNetwork, x: list[int], residual: list[F | int]) -> ReluNetwork:
    """One more sample, with these residuals."""
    wide = ReluNetwork((*network.X, tuple(map(F, x))), (*network.Y, (F(0),) * network.n_outputs), network.W,
                       network.H, network.slopes)
    target = tuple(f - e for f, e in zip(wide.outputs[-1], residual, strict=True))
    return ReluNetwork(wide.X, (*network.Y, target), network.W, network.H, network.slopes)


def bent(residual: int | str) -> ReluNetwork:
    """pair(1/2) with a sample (0, 1) at the kink, where h.e = 0.

    For t > 0, 2 q = 3 a^2 + 3 t^2 + 3 b^2 + 2 g b t with g = 1 + residual, so that |g| = 3 divides; for
    t < 0 it is 3 a^2 + 2 t^2 + 3 b^2 + 2 b t, positive.
    """
    return with_sample(pair("1/2"), [0, 1], [0, F(residual)])


def truncated(error: str) -> ReluNetwork:
    """Three outputs, rank 2: W and H are parts of the unit matrix, residual +- error in the third output.

    That output: 2 t_1^2 + 2 t_2^2 + (10 b_1^2 + 16 b_1 b_2 + 10 b_2^2) / 2 + 4 error (b_1 t_1 + b_2 t_2), at
    best b_1^2 (5 - 2 error^2) + 8 b_1 b_2 + b_2^2 (5 - 2 error^2): positive if and only if 2 error^2 < 1.
    The first two outputs are a convex function of h w^T, up to the exchanges of the two neurons.
    """
    X, e = [[1, 2, 1], [1, 2, -1], [2, 1, 1], [2, 1, -1]], F(error)
    Y = [[x[0], x[1], -e * x[2]] for x in X]
    return ReluNetwork.from_arrays(X, Y, [[1, 0, 0], [0, 1, 0]], [[1, 0], [0, 1], [0, 0]])


def approximation(first: F, second: F, left: tuple[F, F], right: tuple[F, F]) -> ReluNetwork:
    """One neuron, at first * left right^T; targets X (first left right^T + second left' right'^T)^T.

    left, right: unit vectors; left', right' orthogonal to them. Samples right +- right': X^T X = 2 I, and all
    are on the positive leg. By Eckart and Young the point is a best approximation of rank 1 if |second| <=
    first, else a saddle. g(t) = -2 second (t.right') left': an escape neuron unless second = 0.
    """
    across = [(-v[1], v[0]) for v in (left, right)]
    X = [[a + s * b for a, b in zip(right, across[1], strict=True)] for s in (1, -1)]
    M = [[first * left[j] * right[p] + second * across[0][j] * across[1][p] for p in range(2)]
         for j in range(2)]
    Y = [[sum(m * x for m, x in zip(row, xs, strict=True)) for row in M] for xs in X]
    return ReluNetwork.from_arrays(X, Y, [right], [[first * left[0]], [first * left[1]]])


def replicated(network: ReluNetwork) -> ReluNetwork:
    """The first neuron as two halves of its output weights."""
    H = [[row[0] / 2, row[0] / 2, *row[1:]] for row in network.H]
    return ReluNetwork.from_arrays(network.X, network.Y, [network.W[0], *network.W], H, network.slopes)


def beside(error: int, other: int) -> ReluNetwork:
    """pair(error) and pair(other) in one: neither neuron sees a sample of the other, where w.x = -9."""
    a, b = pair(error), pair(other)
    X = [[*x, -9, 0] for x in a.X] + [[-9, 0, *x] for x in b.X]
    return ReluNetwork.from_arrays(X, [*a.Y, *b.Y], [[1, 0, 0, 0], [0, 0, 1, 0]], [[1, 1], [0, 0]])


FOURTH = swapped(2, 1, 1, 2, (F(1, 9), F(-1, 3)), 1)
THIRD = swapped(4, 3, 1, 2, (F(21, 5), F(-21, 5)), -1)

POINTS = (
    Point("one neuron, error^2 = 1 < 3/2", pair(1), "local minimum", 2),
    Point("the same, error^2 = 36/25 < 3/2", pair("6/5"), "local minimum", 2),
    Point("the same, error^2 = 25/16 > 3/2", pair("5/4"), "saddle", order=2),
    # h w^T is a best approximation of rank 1 of diag(1, -1), whose singular values are equal: they form a
    # circle.
    Point("two equal singular values", pair(1, samples=2), "local minimum", 2),
    Point("the smaller singular value kept", pair(2, samples=2), "saddle", order=2),
    Point("a third output, always 0", ReluNetwork.from_arrays(
        pair(1).X, [[*y, 0] for y in pair(1).Y], [[1, 0]], [[1], [0], [0]]), "local minimum", 2),
    # G = rho(t_2), g_1 = G, g_2 = 0: no escape neuron.
    Point("a kink, the first kind", ReluNetwork.from_arrays(
        [[1, 0], [0, 1]], [[1, 0], [-1, 0]], [[1, 0]], [[1], [0]]), "local minimum", 1),
    # G = rho(t) leaves the side t <= 0, on which q is that of pair.
    Point("a kink, the second kind", with_sample(pair(1), [0, 1], [1, 0]), "local minimum", 2),
    Point("a kink, and a saddle on its flat side", with_sample(pair(2), [0, 1], [1, 0]), "saddle", order=2),
    Point("bent on one side, g = 2", bent(1), "local minimum", 2),
    Point("bent on one side, g = 3: a null ray, one neuron", bent(2), "local minimum", 2),
    Point("bent on one side, g = 4", bent(3), "saddle", order=2),
    Point("bent the other way, g = -3", bent(-4), "local minimum", 2),
    Point("bent the other way, g = -4", bent(-5), "saddle", order=2),
    Point("all residuals 0", ReluNetwork.from_arrays(
        [[1, 0], [0, 1]], [[2, 1], [0, 0]], [[1, 0]], [[2], [1]]), "local minimum", 1),
    Point("dead neurons", ReluNetwork.from_arrays(
        [[1, 0], [1, 1]], [[1, 2], [3, 4]], [[-1, 0]], [[5], [6]]), "locally constant", 1),
    Point("rank 2, 2 error^2 = 1/2", truncated("1/2"), "local minimum", 2),
    Point("rank 2, 2 error^2 = 2", truncated("1"), "saddle", order=2),
    # dh = (0, +-b), t = +-(0, t): the outputs keep still at first order, and q = 2 g b t has both signs.
    Point("a minimum of the second kind, replicated", replicated(pair(1)), "saddle", order=2),
    # The terms of order 4 at best: 65/2 - 61/2 = 2 for (a, b, t) = (3/2, -1/2, 1) and its mirror image.
    Point("null line, the fourth order rises", FOURTH, "local minimum", 2),
    # q is zero where both neurons move alike, (a, b, t) = (-47, -105, 50) / 50 and (-47, 105, 50) / 50. There
    # the third order is 882 a / 50 - 6 b^2 = -43.0416.
    Point("null line, the third order falls", THIRD, "saddle", order=3),
    Point("every line rises, a curve falls", CURVE_ONLY, "saddle", order=4, curved=True),
    # The new sample is at the kink of A alone. G_A = rho(-t): the line and the curve have t > 0 for A.
    Point("the same, not differentiable", with_sample(CURVE_ONLY, [0, -1], [1, 0]), "saddle", order=4,
          curved=True),
    Point("the same with five samples", FIVE, "saddle", order=4, curved=True),
    Point("five samples and a kink", with_sample(FIVE, [0, 1, -1], [1, 0]), "saddle", order=4, curved=True),
    Point("a curve falls on one side of a kink", ONE_SIDED, "saddle", order=4, curved=True),
    # On the flat side of the new kink there are fewer moves than before.
    Point("the fourth order rises, and a kink", with_sample(FOURTH, [0, -1], [1, 0]), "local minimum", 2),
    Point("the third order falls on the flat side", with_sample(THIRD, [0, -1], [1, 0]), "saddle", order=3),
    Point("a fall beside a minimum", beside(1, 2), "saddle", order=2),
    Point("two minima side by side", beside(1, 1), "local minimum", 2),
)
