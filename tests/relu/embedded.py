"""Stationary points and embeddings of them, at random, corner cases frequent, and two by hand."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from symplateau.relu.embeddings import (
    Embedding,
    inactive_propagation,
    negative_units,
    orthogonal_units,
    positive_units,
    unit_replication,
)
from symplateau.relu.expansion import Path
from symplateau.relu.network import ReluNetwork
from symplateau.relu.stationarity import Stationary, decide_stationarity

from .networks import SLOPES, F, at, balanced, null_space, pair, plain_loss, row

Row = tuple[Fraction, ...]


def level(random: Random, samples: int = 5) -> ReluNetwork:
    """dL/dh = 0 everywhere, and as little else as possible: forces off the kinks, w = 0, h = 0, dead neurons.

    The residuals lie in the null space of the activations, and of (1, ..., 1) with an output bias. Stationary
    only where the kinks hold the neurons.
    """
    d, outputs, m = random.randint(1, 3), random.randint(1, 3), random.randint(1, 3)
    size = random.randint(1, 2)
    X = [[F(random.randint(-size, size)) for _ in range(d)] for _ in range(samples)]
    W = [[F(random.randint(-1, 1)) for _ in range(d)] for _ in range(m)]
    H = [[F(random.choice([-1, 0, 1, 1, 2])) for _ in range(m)] for _ in range(outputs)]
    c = [F(random.randint(-1, 1)) for _ in range(outputs)] if random.random() < 0.3 else None
    base = ReluNetwork.from_arrays(X, [[0] * outputs] * samples, W, H, random.choice(SLOPES), c)
    basis = null_space([*base.activations, *([F(1)] * samples for _ in c or ())], samples)
    shares = [row(random, len(basis), 0 if random.random() < 0.1 else -2, 0 if random.random() < 0.1 else 2)
              for _ in range(outputs)]
    errors = [[sum((s * b[k] for s, b in zip(share, basis, strict=True)), F(0)) for share in shares]
              for k in range(samples)]
    Y = [[f - e for f, e in zip(*two, strict=True)] for two in zip(base.outputs, errors, strict=True)]
    return ReluNetwork.from_arrays(X, Y, W, H, base.slopes, c)


def stationary(random: Random) -> ReluNetwork:
    """A stationary point: balanced, level, a dead neuron or a minimum of type 2."""
    while True:
        draw = random.random()
        if draw < 0.45:
            found = balanced(random, random.randint(1, 3), random.randint(1, 2))
        elif draw < 0.9:
            found = level(random)
        else:
            found = pair(F(random.randint(-8, 8), 8), random.randint(3, 5))
        if isinstance(decide_stationarity(found), Stationary):
            return found


def replication(random: Random, network: ReluNetwork) -> Embedding:
    """1 to 3 daughters; gamma < 0 and gamma = 0 are frequent."""
    count = random.randint(1, 3)
    beta = [F(random.randint(1, 5), random.randint(1, 3)) for _ in range(count)]
    while True:
        gamma = [F(random.randint(-1, 2), random.randint(1, 2)) for _ in range(count - 1)]
        last = (1 - sum((b * c for b, c in zip(beta, gamma, strict=False)), F(0))) / beta[-1]
        if last >= 0 or random.random() < 0.3:
            return unit_replication(network, random.randrange(network.n_hidden), beta, [*gamma, last])


def orthogonal(random: Random, network: ReluNetwork) -> Embedding:
    """One or two units with w = 0, or in the null space of the samples."""
    basis = null_space(network.X, network.n_inputs)
    rows = [[F(0)] * network.n_inputs for _ in range(random.randint(1, 2))]
    for vector in basis if random.random() < 0.7 else ():
        factor = random.randint(-1, 2)
        rows[0] = [a + factor * b for a, b in zip(rows[0], vector, strict=True)]
    return orthogonal_units(network, rows, output_weights(random, network, len(rows)))


def output_weights(random: Random, network: ReluNetwork, count: int) -> list[Row]:
    least, most = random.choice([(-2, 2), (-2, 2), (0, 0)])
    return [row(random, count, least, most) for _ in range(network.n_outputs)]


def inactive(random: Random, network: ReluNetwork) -> Embedding:
    """w = 0, a multiple of an old one, at a kink, or anything."""
    rows: list[list[Fraction]] = []
    for _ in range(random.randint(1, 2)):
        old = random.choice(network.W)
        factor = F(random.randint(-1, 3), 2)
        rows.append([factor * x for x in old] if random.random() < 0.5
                    else [F(random.randint(-1, 1)) for _ in old])
    return inactive_propagation(network, rows)


def one_sided(random: Random, network: ReluNetwork) -> ReluNetwork:
    """The same samples with one more input, which is large: then the samples lie on one side of a plane.

    The input weights get 0 there, so that outputs and slopes stay. Stationary where no kinks hold a neuron.
    """
    X = [(*x, F(3)) for x in network.X]
    W = [(*w, F(0)) for w in network.W]
    slopes = random.choice([(F(1), F(0)), (F(0), F(1)), (F(0), F(-2)), (F(-1, 2), F(0))])
    return replace(network, X=tuple(X), W=tuple(W), slopes=slopes)


def dead_unit(random: Random, network: ReluNetwork) -> Embedding:
    """A negative or a positive unit, where a leg has slope 0 and the last input is large and positive."""
    count = random.randint(1, 2)
    side = 1 if network.slopes[0] == 0 else -1
    rows = [[*(F(random.randint(-1, 1), 2) for _ in range(network.n_inputs - 1)), F(side)]
            for _ in range(count)]
    H = output_weights(random, network, count)
    return (positive_units if side > 0 else negative_units)(network, rows, H)


def sample(label: int | str = 1, w: tuple[int, int] = (-1, 0)) -> ReluNetwork:
    """ReLU, one sample (1, 0) with this label, one neuron, as it stands dead: the ledger has it for M, N."""
    return ReluNetwork.from_arrays([[1, 0]], [F(label)], [w], [3])


def second_type() -> ReluNetwork:
    """A local minimum with two outputs, d_1 = 0 and d_2 = (0, -2): B/section-4.3/local-minimality."""
    return ReluNetwork.from_arrays([[1, 1], [1, -1]], [[2, 1], [2, -1]], [[1, 0]], [[2], [0]])


def assert_falls(network: ReluNetwork, path: Path | None) -> None:
    assert path is not None
    for part in (F(1, 10**6), F(1, 10), F(1)):
        assert plain_loss(at(network, path.direction, part * path.until)) < plain_loss(network)
