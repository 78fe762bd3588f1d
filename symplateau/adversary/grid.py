"""Exact small networks with a neuron to split: a deterministic stream, the degenerate cases first.

Generic random points are never degenerate; here the degenerate ones are built. Each network is labelled with
the cases that it really belongs to, computed from its numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain, islice, product, zip_longest
from random import Random
from typing import Any

from ..design import design
from ..errors import InputError, Undecided
from ..formulas import ACTIVATIONS
from ..network import Network
from ..neurons import residuals
from ..splitting import example_coefficients, sign_patterns
from .scene import Narrow

SHIFTED = "pos3(t + 1)"  # not homogeneous, and constant left of -1: dead neurons beside nondegenerate minima
QUARTIC = "t**4"
EXACT_UNITS = ("tanh", "sigmoid", "exp")  # rational at multiples of log(2)
INPUTS = ([[1], [2], [-1], [3], [-2]], [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1]])
WIDE_INPUTS = [*INPUTS[1], [3, 1], [1, 3], [-2, 1], [2, 2], [3, -2], [-1, 3]]
TARGETS = {1: ("+", "-", "0"), 2: ("++", "--", "+-", "+0", "-0", "00")}

# Coefficients of all sign patterns of two and three daughters, boundary ones included, each with others.
COEFFICIENTS = tuple(dict.fromkeys(chain(
    (example_coefficients(pattern) for n in (2, 3) for pattern in sign_patterns(n)),
    (tuple(map(Fraction, text.split())) for text in (
        "1/8 7/8", "10 -9", "0 1", "1/6 1/3 1/2", "5/4 -1/8 -1/8", "2/3 0 1/3", "4 0 -3", "3/2 1/2 -1")))))
OTHER_SUMS = tuple(tuple(map(Fraction, text.split())) for text in ("1 1", "1/2 1/4", "1 -1", "0 0", "1 1 -3"))


@dataclass(frozen=True)
class Case:
    """A network, and the neuron of it that is split."""

    network: Network
    neuron: int


def grid(seed: int = 0) -> Iterator[Case]:
    """The stream: the smallest of every activation, one of each family in turn, then random ones, endless."""
    smallest = plain()
    families = [smallest, repeated(), dead(), homogeneous(), designed(), extended()]
    built = (case for row in zip_longest(*families) for case in row if case is not None)
    return chain(islice(smallest, 2 * len(ACTIVATIONS) + 2), built, random_ones(seed))


def _net(activation: str, X: Any, y: Any, v: Any, W: Any, **more: Any) -> Network:
    return Network.from_arrays(activation, X, y, v, W, **more)


def plain() -> Iterator[Case]:
    """One neuron, one sample: the input weight or the input is 0, the output weight 1, -1 or 0."""
    for y, v, activation in product((1, 0, -1), (1, 0, -1), (*ACTIVATIONS, QUARTIC)):
        yield Case(_net(activation, [[1]], [y], [v], [[0]]), 0)
    for activation in (*ACTIVATIONS, QUARTIC):
        yield Case(_net(activation, [[0]], [1], [1], [[1]]), 0)  # a sample that is zero
        yield Case(_net(activation, [[0]], [0], [1], [[1]]), 0)


def repeated() -> Iterator[Case]:
    """Samples that repeat with opposite residuals, and the same with a residual of zero."""
    for activation, weight in product((*ACTIVATIONS, QUARTIC), (0, 1)):
        unit = "log(2)" if activation in EXACT_UNITS and weight else None
        for apart in (1, 0):
            for X in ([[1], [1]], [[1], [1], [2], [2]], [[0], [1], [1]]):
                start = _net(activation, X, [0] * len(X), [1], [[weight]], W_unit=unit)
                outputs = values(start)
                if outputs is not None:
                    signs = [0] * (len(X) % 2) + [1, -1] * (len(X) // 2)
                    y = [f + apart * s for f, s in zip(outputs, signs, strict=True)]
                    yield Case(_net(activation, X, y, [1], [[weight]], W_unit=unit), 0)


def values(network: Network) -> list[Fraction] | None:
    """The outputs, where they are rational."""
    try:
        return [e + y for e, y in zip(residuals(network), network.y, strict=True)]
    except (Undecided, ArithmeticError):
        return None


def dead() -> Iterator[Case]:
    """Neurons that are constant all around: left of the kink, or because all inputs are 0."""
    for v, y in product((1, 0, -2), ([1, 2], [0, 0])):
        yield Case(_net("relu_cubed", [[1], [2]], y, [v], [[-1]]), 0)
        yield Case(_net("relu_cubed", [[-1], [-2]], y, [v, 1], [[1], [2]]), 1)
    for v in (1, 0):
        yield Case(_net("exp", [[0], [0]], [v - 1, v + 1], [v], [[1]]), 0)
    X = [[1], [2], [3], [4], [5]]
    large: list[Any] = [[[Fraction(-400)]], "+", "-"]
    for target, v in product(large, (1, 0)):
        start = _net(SHIFTED, X, [0] * 5, [1], [["1/2"]])
        narrow = attempt(start, 0, target, minimum=isinstance(target, str))
        if narrow is not None:
            both = _net(SHIFTED, X, narrow.y, [1, v], [["1/2"], [-3]])
            yield Case(both, 1)
            yield Case(both, 0)


def homogeneous() -> Iterator[Case]:
    """Square, cube, quartic, cubed ReLU: minima and maxima with singular Hessians, and weights of zero."""
    names = ("square", "cube", "relu_cubed", QUARTIC)
    for activation, y, v in product(names, ([1, 4], [1, 0]), (1, -1)):
        for w in (0, 1, -1):
            yield Case(_net(activation, [[1], [2]], y, [v], [[w]]), 0)
        yield Case(_net(activation, [[1, 0], [0, 1]], y, [v], [[0, 0]]), 0)
        yield Case(_net(activation, [[1, 0], [0, 1]], y, [v, v], [[0, 0], [1, 0]]), 0)
        yield Case(_net(activation, [[1], [2]], y, [v, 0], [[0], [0]]), 1)


def attempt(network: Network, neuron: int, target: Any, minimum: bool = True) -> Network | None:
    """A designed network, or None where the activation obstructs it."""
    try:
        return design(network, neuron, target, minimum)
    except (Undecided, InputError, ArithmeticError):
        return None


def designed() -> Iterator[Case]:
    """Stationary points with inner Hessians of each signature: minima and, with large residuals, saddles."""
    for activation in (*ACTIVATIONS, "t - t**3/3 + t**4/5 + t**6/9", SHIFTED):
        unit = "log(2)" if activation in EXACT_UNITS else None
        weight: Any = 1 if unit else "1/2"
        start = _net(activation, INPUTS[0], [0] * 5, [1], [[weight]], W_unit=unit)
        for target, minimum in product(TARGETS[1], (True, False)):
            yield from _case(start, 0, target, minimum)
        for large in (400, -400):
            yield from _case(start, 0, [[Fraction(large)]], False)
        other: Any = [[weight], [2 if unit else 1]]
        mute = _net(activation, [*INPUTS[0], [4], [5]], [0] * 7, [1, 0], other, W_unit=unit)
        yield from _case(mute, 1, "0", False)
    for activation, target in product(("tanh", "sigmoid", "t - t**3/3 + t**4/5 + t**6/9", "softplus", "gelu"),
                                      TARGETS[2]):
        unit = "log(2)" if activation in EXACT_UNITS else None
        w: Any = [1, -1] if unit else ["1/2", "-1/3"]
        start = _net(activation, INPUTS[1], [0] * 8, [1], [w], W_unit=unit)
        yield from _case(start, 0, target, True)
        yield from _case(start, 0, target, False)


def extended() -> Iterator[Case]:
    """Two neurons, hidden and output biases, other losses."""
    for activation, target in product(("tanh", "sigmoid", "exp"), ("++", "--", "+-", "+0")):
        start = _net(activation, WIDE_INPUTS, [0] * 14, [1, 2], [[1, 0], [1, -1]], W_unit="log(2)")
        yield from _case(start, 1, target, True)
        for scale in (400, -400):  # large residuals make the other neuron bend downwards
            two = _net(activation, [*INPUTS[0], [4], [-3]], [0] * 7, [1, -1], [[2], [1]], W_unit="log(2)")
            yield from _case(two, 1, [[Fraction(scale)]], False)
        biased = _net(activation, INPUTS[0] + [[4], [-3]], [0] * 7, [1], [[1]], b=[1], c=1,
                      W_unit="log(2)", loss="mean")
        yield from _case(biased, 0, target, True)


def _case(network: Network, neuron: int, target: Any, minimum: bool) -> Iterator[Case]:
    found = attempt(network, neuron, target, minimum)
    if found is not None:
        yield Case(found, neuron)


def random_ones(seed: int) -> Iterator[Case]:
    """Small integers as weights and inputs, targets of every signature; without end."""
    random = Random(seed)
    names = [*ACTIVATIONS, QUARTIC, SHIFTED]
    while True:
        activation, m, d = random.choice(names), random.choice((1, 1, 2)), random.choice((1, 1, 2))
        unit = "log(2)" if activation in EXACT_UNITS else None
        n = m * (1 + d) + d * (d + 1) // 2 + random.randint(0, 2)
        X = [[random.randint(-3, 3) for _ in range(d)] for _ in range(n)]
        W = [[random.randint(-2, 2) if unit else Fraction(random.randint(-4, 4), 2) for _ in range(d)]
             for _ in range(m)]
        start = _net(activation, X, [random.randint(-2, 2) for _ in range(n)],
                     [random.choice((1, -1, 2, 0)) for _ in range(m)], W, W_unit=unit)
        neuron, target = random.randrange(m), random.choice(TARGETS[d])
        yield from _case(start, neuron, target, random.random() < 0.6)
        yield Case(start, neuron)


def first(count: int, seed: int = 0) -> list[Case]:
    return list(islice(grid(seed), count))


@lru_cache(maxsize=4)
def labels(narrow: Narrow) -> frozenset[str]:
    """The cases that a network belongs to; where its numbers are not rational, only what is certain."""
    network, place, found = narrow.network, narrow.place, set[str]()
    found.add(f"activation {network.activation}")
    state = place.exact
    simple = {
        "one sample": network.n_samples == 1,
        "one neuron": network.n_hidden == 1,
        "v_r = 0": network.v[narrow.neuron] == 0,
        "w_r = 0": not any(network.W[narrow.neuron]),
        "a sample is zero": any(not any(row) for row in network.X),
        "repeated samples": len(set(network.X)) < network.n_samples,
        "hidden bias": network.b is not None,
        "output bias": network.c is not None,
        "another loss": network.loss != "half_sum",
        "not stationary": place.start is None,
    }
    found |= {name for name, holds in simple.items() if holds}
    if state is not None:
        values, slopes = ([x for neuron in tower for x in neuron] for tower in state.sigma[:2])
        flat = any(not (z or s) for z, s in zip(values, slopes, strict=True))
        found |= {"sigma = sigma' = 0 at a sample"} if flat else set()
        found |= {"zero residual"} if not any(state.e) else set()
    if place.start is None:
        return frozenset(found)
    found |= {"locally constant neuron"} if narrow.idle.value else set()
    found |= _curvature(narrow.inertia, len(place.argument.problem.X[0]))
    if place.local_minimum.value and place.nondegenerate.value is False:
        found.add("degenerate minimum")
    found |= {f"narrow {name}" for name in ("local_minimum", "local_maximum", "saddle")
              if getattr(place, name).value}
    return frozenset(found)


def _curvature(inertia: tuple[int, int, int] | None, size: int) -> set[str]:
    if inertia is None or sum(inertia) < size:
        return set()
    a, b, c = inertia
    return {"H zero" if a + c == 0 else "H indefinite" if a and c else "H semidefinite" if b
            else "H definite"}
