"""Exact small ReLU-like networks with a neuron each: a deterministic stream, the degenerate cases first.

Random points are seldom stationary and never degenerate; here both are built.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, product, zip_longest
from random import Random
from typing import Any

from ..relu.network import ReluNetwork
from ..relu.piecewise import neuron_slopes
from ..relu.vectors import primitive
from .relu_design import fitted
from .relu_experiments import experiments
from .relu_scene import ReluSource

SLOPES: tuple[tuple[Any, Any], ...] = ((1, 0), (1, -1), (1, "1/10"), (0, 1), (2, -3))
SCALES = tuple(map(Fraction, ("1", "1/2", "1/3")))
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class ReluCase:
    """A network, and a neuron of it."""

    network: ReluNetwork
    neuron: int


def relu_grid(seed: int = 0) -> Iterator[ReluCase]:
    """The stream: one of each family in turn, then random ones, endless."""
    families = [plain(), corners(), several_outputs(), independent_labels(), single_out(), maxima(),
                designed(), crowded(), lifted(), (ReluCase(*x) for x in experiments())]
    built = (case for row in zip_longest(*families) for case in row if case is not None)
    return chain(built, random_ones(seed))


def _net(X: Rows, Y: Any, W: Rows, H: Any, slopes: Any = (1, 0)) -> ReluNetwork:
    return ReluNetwork.from_arrays(X, Y, W, H, slopes)


def plain() -> Iterator[ReluCase]:
    """One input, one neuron, one or two samples: weights, inputs and residuals that are 0, in all slopes."""
    for slopes, w, h in product(SLOPES, (0, 1, -1), (0, 1)):
        yield ReluCase(_net([[1]], [1], [[w]], [h], slopes), 0)
    for w, y in product((0, 1, -1), (0, 1)):
        yield ReluCase(_net([[0]], [y], [[w]], [1]), 0)
        yield ReluCase(_net([[1], [1]], [1, 2 * y - 1], [[w]], [y]), 0)


def corners() -> Iterator[ReluCase]:
    """Two inputs: a fitted sample, and one at the kink, with residuals of both signs and 0; dead neurons."""
    for slopes, residual, h in product(SLOPES, (1, -1, 0), (1, -1, 0)):
        yield ReluCase(_net([[1, 0], [0, 1]], [Fraction(slopes[0]) * h, -residual], [[1, 0]], [h], slopes), 0)
    for h in (1, 0, -1):
        yield ReluCase(_net([[1, 0]], [1], [[-1, 0]], [h]), 0)
        yield ReluCase(_net([[1, 0], [1, 1]], [0, 2], [[-1, 0], [0, 0]], [1, h]), 1)


def several_outputs() -> Iterator[ReluCase]:
    """Two outputs: minima of both types, saddles; the origin; appendix F.2.1 with other labels."""
    for e, more in product(map(Fraction, ("1", "1/2", "2", "0")), (0, 1)):
        X = [[1, 1], [1, -1], *([[1, 0]] * more)]
        Y = [[1, -e], [1, e], *([[1, 0]] * more)]
        yield ReluCase(_net(X, Y, [[1, 0]], [[1], [0]], (1, "1/10") if more else (1, 0)), 0)
        yield ReluCase(_net(X, Y, [[1, 0], [-1, 0]], [[1, 1], [0, 1]]), 0)
    for y in ([[1, 0], [0, 1]], [[0, 0], [0, 0]], [[2, 1], [2, -1]]):
        yield ReluCase(_net([[1, 1], [1, -1]], y, [[0, 0]], [[0], [0]]), 0)
        yield ReluCase(_net([[1, 1], [1, -1]], y, [[1, 0]], [[2], [0]], (1, -1)), 0)


def independent_labels() -> Iterator[ReluCase]:
    """The samples of appendix F.2.1, labels at acute and obtuse angles, at a stationary point."""
    ranks = ((3, 1, "3/5", "1/5"), (2, 1, "4/5", "-3/5"), (2, "1/2", 1, 0), (1, 2, 2, 1), (1, 3, 1, "1/2"))
    for q, slopes in ((0, (1, 0)), (1, (1, -1)), (-2, (1, "1/10"))):
        for s, t, a, b in ranks:
            yield _rank_one((s, t, a, b, q), slopes)


def _rank_one(numbers: Sequence[Any], slopes: Any) -> ReluCase:
    """Labels M x_k, M = s p r' + t P R', r = (a, b), R = (-b, a), p = (1, q), P = (-q, 1); h = s p, w = r.

    The vectors are not normalized: s and t are the singular values up to a common factor.
    numbers: s, t, a, b, q.
    """
    s, t, a, b, q = map(Fraction, numbers)
    X = [[1, 1], [1, -1]]
    pairs = [(s * (a * x + b * y), t * (-b * x + a * y)) for x, y in X]
    Y = [[f - q * g, q * f + g] for f, g in pairs]
    return ReluCase(_net(X, Y, [[a, b]], [[s], [s * q]], slopes), 0)


def single_out() -> Iterator[ReluCase]:
    """Each lacks one property of a claim: parallel samples, dependent labels, copies, idle neurons."""
    corners_of_square, labels = [[1, 1], [1, -1]], [[2, 1], [2, -1]]
    for slopes in ((1, 0), (1, "1/10")):
        yield ReluCase(_net([[1], [2]], [[1, 0], [1, 1]], [[1]], [["3/5"], ["2/5"]], slopes), 0)
        yield ReluCase(_net(corners_of_square, labels, [[1, 0], [1, 0]], [[1, 1], [0, 0]], slopes), 0)
        yield ReluCase(_net(corners_of_square, labels, [[1, 0]], [[1], [1]], slopes), 0)
        yield ReluCase(_net(corners_of_square, [[1, 0], [1, 0]], [[1, 0]], [[1], [0]], slopes), 0)
        yield ReluCase(_net(corners_of_square, [1, -1], [[1, 0]], [0], slopes), 0)
        yield ReluCase(_net([[1, 0], [1, 1]], [1, 1], [[1, 0], [0, 1]], [1, 0], slopes), 0)
    yield ReluCase(_net(corners_of_square, labels, [[-1, 0]], [[1], [1]]), 0)
    yield ReluCase(_net(corners_of_square, [1, -1], [[-1, 0], [1, 0]], [1, 0]), 0)
    yield ReluCase(_net(corners_of_square, [1, -1], [[1, 0], [1, 0]], [0, 0]), 0)
    yield ReluCase(_net([[1], [1], [1], [-1]], [1, 1, 1, 0], [[1]], [1], (1, -1)), 0)
    yield ReluCase(_net(corners_of_square, [[2, 0], [-1, -1]], [[1, 1]], [[1], [0]], (1, -1)), 0)


def maxima() -> Iterator[ReluCase]:
    """All hidden values 0: maxima that are not stationary, constants, and saddles beside them."""
    for slopes, y, h in product(((1, 0), (1, -1), (0, 1), (1, "1/10")), (1, -1), (1, -1)):
        yield ReluCase(_net([[0, 1]], [y], [[1, 0]], [h], slopes), 0)
        yield ReluCase(_net([[1]], [y], [[0]], [h], slopes), 0)
    yield ReluCase(_net([[0, 1], [0, -1]], [1, 1], [[1, 0]], [1]), 0)
    yield ReluCase(_net([[0, 1], [0, -1]], [[1, 1], [1, 0]], [[1, 0], [1, 0]], [[1, 1], [0, 1]]), 0)
    yield ReluCase(_net([[0, 1], [0, 2]], [1, 0], [[1, 0]], [1]), 0)


PLANE = [[1, 0], [0, 1], [0, 1], [1, 1], [2, -1], [0, -1], [1, 2]]
LINE = [[1], [2], [-1], [-2], [0], [3]]
SPACE = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1], [0, 1, -1], [1, 1, 0], [1, 0, 1], [2, -1, 1]]


def designed() -> Iterator[ReluCase]:
    """Stationary points by design: kinks, also parallel and repeated ones, one to three inputs."""
    random, number = Random(1), 0
    for slopes in SLOPES:
        for X, W in ((LINE, [[1]]), (PLANE, [[1, 0]]), (PLANE, [[1, 0], [-1, 1]]), (SPACE, [[1, 0, 0]])):
            for H in ([[1] * len(W)], [[1] * len(W), [-1] + [2] * (len(W) - 1)]):
                share = (0, "1/2", 1)[number % 3]
                yield ReluCase(fitted(X, W, H, slopes, [share] * len(X), random), 0)
                number += 1
        yield ReluCase(fitted(PLANE, [[1, 0], [0, 0]], [[1, 0]], slopes, [0] * 7, random), 1)


def crowded() -> Iterator[ReluCase]:
    """Kinks that bend down: G = |a| + |b| - |a + b| and the like, flat on cones; more outputs than one."""
    X = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 1]]
    for scale, h, slopes in product(SCALES, ([1], [1, 0], [1, -1]), ((1, 0), (1, -1))):
        # With (1, 0) a kink adds e rho(t.x); pairs x, -x make it e |t.x|.
        mirrored = X if slopes == (1, -1) else [*X, *([-a for a in x] for x in X[1:])]
        bends = [Fraction(0), Fraction(1), Fraction(1), -scale]
        e = bends if slopes == (1, -1) else [*bends, *bends[1:]]
        outputs = [[Fraction(x) if k == 0 else -bend * (2 if x == 0 else x) for x in h]
                   for k, bend in enumerate(e)]
        yield ReluCase(_net(mirrored, outputs, [[1, 0, 0]], [[x] for x in h], slopes), 0)


def lifted() -> Iterator[ReluCase]:
    """Stationary points with a daughter of output weight 0 or negative, or with one more neuron at w = 0."""
    random = Random(2)
    for share, (beta, gamma) in product((0, "1/2"), (("1 1", "1 0"), ("1 2", "2 -1/2"), ("1 1", "1/2 1/2"))):
        for W, H in (([[1, 0]], [[1]]), ([[1, 0]], [[1], [1]]), ([[1, 1]], [[2]])):
            base = fitted(PLANE, W, H, (1, 0), [share] * 7, random)
            betas, gammas = beta.split(), gamma.split()
            rows = [[Fraction(b) * x for x in W[0]] for b in betas]
            wide = [[Fraction(g) * h[0] for g in gammas] for h in H]
            yield ReluCase(_net(PLANE, base.Y, rows, wide), 1)
            yield ReluCase(_net(PLANE, base.Y, [*W, [0, 0]], [[*h, 0] for h in H]), 1)


def random_ones(seed: int) -> Iterator[ReluCase]:
    """Small whole entries, so that kinks are frequent; two of three with designed residuals; without end."""
    random = Random(seed)
    while True:
        d, outputs, m = random.choice((1, 2, 2, 3)), random.choice((1, 1, 2)), random.choice((1, 1, 2))
        slopes = random.choice(SLOPES)
        X = [[random.randint(-1, 2) for _ in range(d)] for _ in range(random.randint(2, 5))]
        W = [[random.randint(-1, 1) for _ in range(d)] for _ in range(m)]
        H = [[random.choice((1, 1, -1, 0, 2)) for _ in range(m)] for _ in range(outputs)]
        neuron = random.randrange(m)
        share = [random.choice((0, Fraction(1, 2), 1, -1)) for _ in X]
        for _ in range(2):
            yield ReluCase(fitted(X, W, H, slopes, share, random), neuron)
        Y = [[random.randint(-2, 2) for _ in range(outputs)] for _ in X]
        yield ReluCase(_net(X, Y, W, H, slopes), neuron)


@lru_cache(maxsize=4)
def relu_labels(source: ReluSource) -> frozenset[str]:
    """The cases that a network belongs to, computed from its numbers; where undecided, none."""
    network, place, neuron = source.network, source.place, source.neuron
    bends = neuron_slopes(network, neuron).total.coefficients
    kinks = [primitive(network.X[k])[0] for k in network.kink_samples(neuron) if any(network.X[k])]
    simple = {
        f"slopes {' '.join(map(str, network.slopes))}": True,
        f"{network.n_inputs} inputs": True,
        "several outputs": network.n_outputs > 1,
        "one sample": network.n_samples == 1,
        "several neurons": network.n_hidden > 1,
        "w_i = 0": not any(network.W[neuron]),
        "h_i = 0": not any(network.output_weights(neuron)),
        "dead neuron": network.is_dead(neuron),
        "a sample is zero": not all(map(any, network.X)),
        "repeated samples": len(set(network.X)) < network.n_samples,
        "kinks": bool(kinks),
        "parallel kinks": len(set(kinks)) < len(kinks),
        "a kink bends down": any(c < 0 for c in bends),
        "zero residual": network.loss == 0,
        "all hidden values zero": not any(map(any, network.activations)),
        place.type.verdict: True,
        f"type {place.type.kind}": place.type.kind is not None,
        "local maximum": bool(place.local_maximum.value),
        "escape neuron": bool(place.stationary.value and place.has_escape.value),
    }
    return frozenset(name for name, holds in simple.items() if holds)


def relu_first(count: int, seed: int = 0) -> list[ReluCase]:
    return list(islice(relu_grid(seed), count))
