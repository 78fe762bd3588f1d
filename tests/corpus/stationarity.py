"""Points that are nearly stationary, or near a stationary one, and points where nothing moves."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F

from symplateau.network import Network

from .cases import CONSTANT, MOVING, SADDLE, STRICT, Case
from .exact import Reduced, residual_of_moments
from .minima import exponential
from .saddles import CUBIC, SAMPLES, threshold


def vanishing_exponentials() -> Iterator[Case]:
    """f = v exp(w x) with target 0, one sample: dL/dv = v exp(2 w x) vanishes only at v = 0. Far out the
    gradient is tiny, and nothing stationary is near."""
    for k in (10, 50, 200, 1000):
        yield Case(f"w = -{k}", Network.from_arrays("exp", [[1]], [0], [1], [[-k]]), MOVING)


def vanishing_tails() -> Iterator[Case]:
    """f = v s(w x) with target 0, s logistic: the same with its tail; v = 1, w = -k log 2."""
    for k in (10, 60, 300):
        yield Case(
            f"w = -{k} log 2", Network.from_arrays("sigmoid", [[1]], [0], [1], [[-k]], W_unit=2), MOVING
        )


def lifted_double_roots() -> Iterator[Case]:
    """sigma = t^2 + eps, target 0, w = 0, v = 1: L = v^2 (w^2 + eps)^2 / 2 is stationary only at v = 0,
    and the gradient is eps^2."""
    for k in (2, 6, 12, 40):
        yield Case(f"eps = 10^-{k}", Network.from_arrays(f"t**2 + 1/{10**k}", [[1]], [0], [1], [[0]]), MOVING)


def ghosts_of_a_pair_of_stationary_points() -> Iterator[Case]:
    """Reduced to one variable (exact.Reduced), R' = eps + O(eps) s + 3 a s^2 + ... with eps a > 0, small: no
    stationary point is near, though a small change of the targets makes two."""
    for X in SAMPLES:
        for size in (F(1, 10**9), F(1, 10**20)):
            m = threshold(X)
            third = Reduced(CUBIC, X, residual_of_moments(X, {1: m, 2: -2 * m, 3: m})).series(3)[3]
            for eps in (size, -size):  # <e, z> stays 0, <e, z' x> becomes eps
                found = Reduced(CUBIC, X, residual_of_moments(X, {1: m - eps, 2: -2 * m + eps, 3: m}))
                if found.series(1)[1] * third > 0:
                    yield Case(f"x = {X}, eps = {eps}", found.network(), MOVING)


def beside_a_strict_minimum() -> Iterator[Case]:
    """A fitted strict minimum with v moved by a step: not stationary (its neighbourhood has only that
    point), but within the default distance of it. Asked for a smaller distance the answer is about the
    given point."""
    for step in (F(1, 10**8), F(1, 2**60)):
        exact = exponential([1], [1], [0, 1])
        moved = replace(exact, v=(exact.v[0] + step,))
        yield Case(f"step {step}", moved, STRICT, fitted=True, inertia=(2, 0, 0))
        yield Case(f"step {step}, asked within a thousandth", moved, MOVING, within=step / 1000)


def beside_a_saddle() -> Iterator[Case]:
    """v = 0, <e, z> = 0, <e, z' x> not 0 is a saddle of determinant -g^2; moved by a step as before."""
    for step in (F(1, 10**8), F(1, 2**60)):
        moved = Network.from_arrays("t + t**2", [[1], [2]], [3, -1], [step], [[1 + step]])
        yield Case(f"step {step}", moved, SADDLE, inertia=(1, 0, 1))
        yield Case(f"step {step}, asked within a thousandth", moved, MOVING, within=step / 1000)


def dead_smooth_neurons() -> Iterator[Case]:
    """sigma = max(t, 0)^3, and every w.x < 0: all outputs are 0 nearby."""
    for X, W in (([[1], [2]], [[-1]]), ([[1, 0], [1, 1]], [[-1, 0], [-2, 1]]), ([[1]], [[F(-1, 1000)]])):
        network = Network.from_arrays("relu_cubed", X, [1] * len(X), [1] * len(W), W)
        yield Case(f"X = {X}, W = {W}", network, CONSTANT)


def samples_that_are_zero() -> Iterator[Case]:
    """All samples are 0 and sigma(0) = 0: the outputs do not move."""
    for activation in ("tanh", "t**2", "gelu"):
        yield Case(activation, Network.from_arrays(activation, [[0], [0]], [1, 2], [1], [[3]]), CONSTANT)


FAMILIES = (
    vanishing_exponentials,
    vanishing_tails,
    lifted_double_roots,
    ghosts_of_a_pair_of_stationary_points,
    beside_a_strict_minimum,
    beside_a_saddle,
    dead_smooth_neurons,
    samples_that_are_zero,
)
