"""The types of the corpus against the loss itself, which is evaluated from its definition near each point."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from random import Random
from typing import Any

import mpmath

from symplateau.activations import get
from symplateau.network import Network
from symplateau.relu.network import ReluNetwork
from symplateau.splitting import split

from ..relu.networks import plain_loss
from .cases import CONSTANT, MAXIMUM, MINIMUM, MOVING, STRICT, Case

DIGITS = 600
NEAR = F(1, 10**40)  # smaller than the distance at which any type changes
# Families whose points are given in floating point, or moved: the type is that of a point nearby.
NEARBY = ("beside_a", "irrational", "nearly_stationary")


def contradictions(case: Case) -> Iterator[str]:
    """What the loss near an exact point says against the type of a case."""
    network = point(case)
    here = loss(network)
    # An activation with transcendental values is evaluated to DIGITS digits.
    noise = 0 if isinstance(network, ReluNetwork) else mpmath.mpf(10) ** (30 - DIGITS) * (1 + here)
    around = [loss(network, steps) - here for steps in steps_near(network)]
    if case.truth != MOVING and case.fitted != (abs(here) <= noise):
        yield f"the loss is {float(here)}"
    if case.truth in (MINIMUM, STRICT, CONSTANT) and min(around) < -noise:
        yield "it falls"
    if case.truth in (MAXIMUM, CONSTANT, "maximum with a kink") and max(around) > noise:
        yield "it rises"
    if case.truth == STRICT and min(around) <= noise:
        yield "it does not rise"
    if case.truth == MOVING and not min(around) < 0 < max(around):
        yield "it does not fall and rise along parameters"
    for steps, sign in ((case.falls, -1), (case.rises, 1)):
        if steps is not None and not (loss(network, steps) - here) * sign > noise:
            yield f"it does not {'rise' if sign > 0 else 'fall'} along the given step"


def is_exact(family: str) -> bool:
    """Whether the types of a family are those of the points as given."""
    return not any(word in family for word in NEARBY)


def point(case: Case) -> Network | ReluNetwork:
    """The point that a case is about: the network, or its split."""
    if case.at is None:
        return case.network
    assert isinstance(case.network, Network)
    return split(case.network, case.at[0], list(case.at[1]))


def loss(network: Network | ReluNetwork, steps: tuple[F, ...] | None = None) -> Any:
    """The loss at theta + steps: exactly for ReLU-like networks, else to DIGITS digits."""
    if isinstance(network, ReluNetwork):
        return plain_loss(network if steps is None else moved(network, steps))
    with mpmath.workdps(DIGITS):
        moves = steps or (F(0),) * network.n_parameters
        m, d = network.n_hidden, network.n_inputs + (network.b is not None)
        unit = mpmath.mpf(1) if network.W_unit is None else mpmath.log(number(network.W_unit))
        theta = [number(x + s) for x, s in zip(network.theta(), moves, strict=True)]
        sigma, total = get(network.activation), mpmath.mpf(0)
        for row, y in zip(network.X, network.y, strict=True):
            x = [*map(number, row), *([mpmath.mpf(1)] if network.b is not None else [])]
            z = [unit * sum(theta[m + i * d + j] * x[j] for j in range(d)) for i in range(m)]
            output = sum(theta[i] * sigma.mp(z[i]) for i in range(m))
            total += (output + (theta[-1] if network.c is not None else 0) - number(y)) ** 2
        return total / 2


def number(x: F) -> Any:
    return mpmath.mpf(x.numerator) / x.denominator


def moved(network: ReluNetwork, steps: tuple[F, ...]) -> ReluNetwork:
    left = iter(steps)
    W = tuple(tuple(x + next(left) for x in row) for row in network.W)
    return replace(network, W=W, H=tuple(tuple(x + next(left) for x in row) for row in network.H))


def steps_near(network: Network | ReluNetwork) -> Iterator[tuple[F, ...]]:
    """Steps of each parameter alone, and in random directions with sizes far apart."""
    if isinstance(network, Network):
        size = network.n_parameters
    else:
        size = network.n_hidden * (network.n_inputs + network.n_outputs)
    random = Random(0)
    for k in range(size):
        for sign in (1, -1):
            yield tuple(sign * NEAR if j == k else F(0) for j in range(size))
    for _ in range(12):
        yield tuple(NEAR ** random.choice((1, 1, 2)) * random.randint(-9, 9) for _ in range(size))
