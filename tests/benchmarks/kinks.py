"""Exact stationary points with many samples at the kinks, and how long their verdicts take.

Around a sample x at the kink of w four more lie on the line x + tau w, tau = -2, -1, 1, 2 steps. Residuals of
sum 0 and of moment 0 along the line cancel for every neuron that sees the whole line on one side; at the
kink itself they leave (h r / 2) (|x.t| + s x.t - s x.t), for any s in (-1, 1) that is chosen: G(t) = sum of
c_k |x_k.t| after all, but no sample alone shows it.
"""

import time
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from symplateau.arrays import Vector
from symplateau.relu.network import ReluNetwork
from symplateau.relu.points import decide_type
from symplateau.relu.vectors import combination, dot, null_space, sign

STEPS = (-2, -1, 0, 1, 2)


def kinked_network(directions: int, copies: int, inputs: int, kinks: int, falling: int = 0,
                   seed: int = 1) -> ReluNetwork:
    """directions * copies neurons, each with `kinks` samples at its kink; 5 * directions * kinks samples.

    falling: how many kinks of each neuron bend downwards, each the sum of two that bend upwards at least
    twice as much, so that G >= 0 still holds, by the triangle inequality.
    """
    random = Random(seed)
    lines = [tuple(Fraction(random.randint(-9, 9)) for _ in range(inputs)) for _ in range(directions)]
    X: list[Vector] = []
    errors: list[Fraction] = []
    for own, w in enumerate(lines):
        others = lines[:own] + lines[own + 1 :]
        for x, height in _kinks(random, w, others, kinks, falling):
            s = Fraction(random.randint(-3, 3), 4)
            step = _step(x, w, others)
            X += [tuple(a + tau * step * b for a, b in zip(x, w, strict=True)) for tau in STEPS]
            errors += [height * r for r in (1 - s, 2 * s - 2, Fraction(2), -2 - 2 * s, 1 + s)]
    W = [tuple(copy * a for a in w) for w in lines for copy in range(1, copies + 1)]
    H = [Fraction(random.randint(1, 9), random.randint(1, 9)) for _ in W]
    plain = ReluNetwork.from_arrays(X, [0] * len(X), W, H)
    return ReluNetwork.from_arrays(X, [f[0] - e for f, e in zip(plain.outputs, errors, strict=True)], W, H)


def _kinks(random: Random, w: Vector, others: list[Vector], kinks: int,
           falling: int) -> list[tuple[Vector, Fraction]]:
    """Samples orthogonal to w and to no other line, with the sizes of their residuals."""
    basis, found = null_space([w], len(w)), []  # type: list[tuple[Fraction, ...]], list[tuple[Vector, Fraction]]
    while len(found) < kinks - falling:
        x = combination([random.randint(-2, 2) for _ in basis], basis, len(w))
        if any(x) and all(dot(x, other) for other in others):
            found.append((x, Fraction(random.randint(4, 8))))
    while len(found) < kinks:
        a, b = random.sample(range(kinks - falling), 2)
        x = tuple(p + q for p, q in zip(found[a][0], found[b][0], strict=True))
        if any(x) and all(dot(x, other) for other in others):
            found.append((x, -Fraction(2, falling)))
    return found


def _step(x: Vector, w: Vector, others: list[Vector]) -> Fraction:
    """So small that no other line is crossed."""
    step = Fraction(1, 4)
    while any(sign(dot(other, x)) != sign(dot(other, x) + side * 2 * step * dot(other, w))
              for other in others for side in (-1, 1)):
        step /= 2
    return step
