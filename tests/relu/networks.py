"""Networks for the tests, and the loss once more, from the definitions in the paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from symplateau.arrays import Matrix
from symplateau.relu.network import Direction, ReluNetwork

F = Fraction
SLOPES = ((1, 0), (0, 1), (1, "1/10"), (1, -1), ("-1/2", 2))
TINY = Fraction(1, 10**9)


def plain_loss(network: ReluNetwork) -> Fraction:
    """Half the sum over samples and outputs, in plain loops, as eq. (1), (2) are printed."""
    high, low = network.slopes
    total = F(0)
    for x, y in zip(network.X, network.Y, strict=True):
        for j, target in enumerate(y):
            output = F(0) if network.c is None else network.c[j]
            for i, w in enumerate(network.W):
                z = sum((a * b for a, b in zip(w, x, strict=True)), F(0))
                output += network.H[j][i] * (high * z if z >= 0 else low * z)
            total += (output - target) ** 2
    return total / 2


def at(network: ReluNetwork, direction: Direction, t: Fraction) -> ReluNetwork:
    def sums(a: Matrix, b: Matrix) -> Matrix:
        return tuple(tuple(x + t * y for x, y in zip(p, q, strict=True)) for p, q in zip(a, b, strict=True))

    c = network.c
    if c is not None and direction.c is not None:
        c = tuple(a + t * b for a, b in zip(c, direction.c, strict=True))
    return ReluNetwork(network.X, network.Y, sums(network.W, direction.W), sums(network.H, direction.H),
                       network.slopes, c)


def interpolated(loss: Callable[[Fraction], Fraction], step: Fraction = TINY) -> list[Fraction]:
    """The coefficients of the polynomial of degree 4 through the loss at 0, step, ..., 4 step."""
    nodes = [step * n for n in range(5)]
    total = [F(0)] * 5
    for node in nodes:
        factors, scale = [F(1)], loss(node)
        for other in nodes:
            if other != node:
                factors = [a - other * b for a, b in zip([F(0), *factors], [*factors, F(0)], strict=True)]
                scale /= node - other
        total = [a + scale * b for a, b in zip(total, factors, strict=True)]
    return total


def row(random: Random, length: int, least: int = -2, most: int = 2) -> tuple[Fraction, ...]:
    return tuple(F(random.randint(least, most), random.randint(1, 2)) for _ in range(length))


def random_direction(random: Random, network: ReluNetwork) -> Direction:
    return Direction(tuple(row(random, network.n_inputs) for _ in network.W),
                     tuple(row(random, network.n_hidden) for _ in network.H))


def random_network(random: Random, inputs: int = 0, outputs: int = 0) -> ReluNetwork:
    """Small whole entries: kinks, zero samples, w = 0 and repeated samples are frequent."""
    d, n_outputs = inputs or random.randint(1, 3), outputs or random.randint(1, 2)
    n, m = random.randint(1, 4), random.randint(1, 3)
    whole = [[random.randint(-1, 1) for _ in range(d)] for _ in range(n)]
    return ReluNetwork.from_arrays(whole, [row(random, n_outputs) for _ in range(n)],
                                   [[random.randint(-1, 1) for _ in range(d)] for _ in range(m)],
                                   [[random.randint(-1, 2) for _ in range(m)] for _ in range(n_outputs)],
                                   random.choice(SLOPES))


def with_bias(random: Random, network: ReluNetwork) -> ReluNetwork:
    """The same residuals with an output bias."""
    c = row(random, network.n_outputs)
    return replace(network, c=c, Y=tuple(tuple(y + b for y, b in zip(line, c, strict=True))
                                         for line in network.Y))


def null_space(rows: Sequence[Sequence[Fraction]], size: int) -> list[list[Fraction]]:
    """By Gauss-Jordan elimination."""
    left, pivots = [list(r) for r in rows], []
    for column in range(size):
        place = next((r for r in range(len(pivots), len(left)) if left[r][column]), None)
        if place is None:
            continue
        k = len(pivots)
        left[k], left[place] = left[place], left[k]
        left[k] = [x / left[k][column] for x in left[k]]
        left = [r if p == k else [x - r[column] * y for x, y in zip(r, left[k], strict=True)]
                for p, r in enumerate(left)]
        pivots.append(column)
    basis = []
    for free in set(range(size)) - set(pivots):
        vector = [F(int(a == free)) for a in range(size)]
        for k, column in enumerate(pivots):
            vector[column] = -left[k][free]
        basis.append(vector)
    return basis


def balanced(random: Random, inputs: int, outputs: int, samples: int = 6, bias: bool = False) -> ReluNetwork:
    """dL/dh = 0 everywhere, and no force of the samples off the kink: the kinks alone decide.

    The residuals lie in the null space of the activations, and of each neuron's linear part on its tangent
    space: sum_k slope e_kj x_k = 0 for every j (slope: of the leg, or the mean of both at the kink).
    With a bias the residuals also have the sum 0.
    """
    base = random_network(random, inputs, outputs)
    X = [[F(random.randint(-1, 1)) for _ in range(inputs)] for _ in range(samples)]
    W = base.W[: random.randint(1, 2)]
    H = [r[: len(W)] for r in base.H]
    high, low = base.slopes
    rows = [[F(1)] * samples] if bias else []
    for w in W:
        values = [sum((a * b for a, b in zip(w, x, strict=True)), F(0)) for x in X]
        slopes = [high if z > 0 else low if z < 0 else (high + low) / 2 for z in values]
        rows += [[s * x[a] for s, x in zip(slopes, X, strict=True)] for a in range(inputs)]
    basis = null_space(rows, samples)
    shares = [row(random, len(basis)) for _ in range(outputs)]
    errors = [[sum((s * b[k] for s, b in zip(share, basis, strict=True)), F(0)) for share in shares]
              for k in range(samples)]
    network = ReluNetwork.from_arrays(X, [[0] * outputs] * samples, W, H, base.slopes)
    Y = [[f - e for f, e in zip(*pair, strict=True)] for pair in zip(network.outputs, errors, strict=True)]
    found = ReluNetwork.from_arrays(X, Y, W, H, base.slopes)
    return with_bias(random, found) if bias else found


def corner(target: int = -1, h: int | str = 1) -> ReluNetwork:
    """ReLU, w = (1, 0), samples (1, 0), fitted, and (0, 1), at the kink with residual -target."""
    return ReluNetwork.from_arrays([[1, 0], [0, 1]], [F(h), target], [[1, 0]], [h])


def pair(error: int | str, samples: int = 3) -> ReluNetwork:
    """Two outputs, h = (1, 0), w = (1, 0); g_1 = 0, g_2(t) = 2 error t_2, an escape neuron.

    All samples on the positive leg: q = (N dh_1^2 + 2 t_2^2 + N dh_2^2) / 2 + 2 error dh_2 t_2 for N samples,
    positive if and only if error^2 < N / 2.
    """
    X = [[1, 1], [1, -1]] + [[1, 0]] * (samples - 2)
    errors = [F(error), -F(error)] + [F(0)] * (samples - 2)
    return ReluNetwork.from_arrays(X, [[F(1), -e] for e in errors], [[1, 0]], [[1], [0]])
