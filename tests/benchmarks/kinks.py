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
from symplateau.errors import Undecided
from symplateau.relu.nearby import find_exact_point
from symplateau.relu.network import ReluNetwork
from symplateau.relu.piecewise import neuron_slopes
from symplateau.relu.points import decide_type
from symplateau.relu.positivity import decide_by_duals, decide_by_rays
from symplateau.relu.vectors import combination, dot, null_space, sign

STEPS = (-2, -1, 0, 1, 2)


def kinked_network(directions: int, copies: int, inputs: int, kinks: int, falling: int = 0,
                   outputs: int = 1, seed: int = 1) -> ReluNetwork:
    """directions * copies neurons, each with `kinks` samples at its kink; 5 * directions * kinks samples.

    falling: how many kinks of each neuron bend downwards, each the sum of two that bend upwards at least
    twice as much, so that G >= 0 still holds, by the triangle inequality.
    """
    random = Random(seed)
    lines = [tuple(Fraction(random.randint(-9, 9)) for _ in range(inputs)) for _ in range(directions)]
    X: list[Vector] = []
    errors: list[Vector] = []
    for own, w in enumerate(lines):
        others = lines[:own] + lines[own + 1 :]
        for x, height in _kinks(random, w, others, kinks, falling):
            s = Fraction(random.randint(-3, 3), 4)
            step = _step(x, w, others)
            X += [tuple(a + tau * step * b for a, b in zip(x, w, strict=True)) for tau in STEPS]
            share = [Fraction(1), *(Fraction(random.randint(-3, 3), 9) for _ in range(outputs - 1))]
            errors += [tuple(height * r * part for part in share)
                       for r in (1 - s, 2 * s - 2, Fraction(2), -2 - 2 * s, 1 + s)]
    W = [tuple(copy * a for a in w) for w in lines for copy in range(1, copies + 1)]
    H = [[Fraction(random.randint(4, 9)) / (1 if j == 0 else 9) for _ in W] for j in range(outputs)]
    plain = ReluNetwork.from_arrays(X, [[0] * outputs] * len(X), W, H)
    Y = [[f - x for f, x in zip(*rows, strict=True)] for rows in zip(plain.outputs, errors, strict=True)]
    return ReluNetwork.from_arrays(X, Y, W, H)


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


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return round(time.perf_counter() - start, 3), result


def fresh(network: ReluNetwork) -> ReluNetwork:
    """Without what was found of it before."""
    return ReluNetwork(network.X, network.Y, network.W, network.H, network.slopes)


def types() -> dict[str, Any]:
    """Stationarity and type with 100 neurons, 1,000 samples, 10 inputs, 20 kink samples per neuron."""
    rows = []
    for falling in (0, 6, 10):
        network = kinked_network(10, 10, 10, 20, falling)
        seconds, found = timed(lambda network=network: decide_type(network))  # type: ignore[misc]
        rows.append({"neurons": network.n_hidden, "samples": network.n_samples, "falling": falling,
                     "seconds": seconds, "verdict": found.verdict, "kind": found.kind})
    return {"seconds": rows[0]["seconds"], "rows": rows, "growth": growth()}


def growth() -> list[dict[str, Any]]:
    """One neuron, 10 inputs, more and more kink samples: the verdict, and its three routes apart.

    duals: linear programs. rays: generators of the arrangement, 2 per kink as long as the kinks are
    independent (at most 9 here), and many more from then on: there they no longer pay.
    """
    rows = []
    for kinks in (1, 2, 4, 8, 9, 10, 11, 12, 13, 16, 20):
        network = kinked_network(1, 1, 10, kinks)
        total = neuron_slopes(network, 0).total
        row: dict[str, Any] = {"kinks": kinks, "verdict": timed(lambda n=network: decide_type(fresh(n)))[0]}
        row["duals"] = timed(lambda g=total: decide_by_duals(g))[0]
        try:
            row["rays"], found = timed(lambda g=total: decide_by_rays(g))
            row["number"] = len(found.generators.rays)
        except Undecided as error:
            row["rays"] = error.reason
        rows.append(row)
    return rows


DATA: dict[str, tuple[list[list[str]], list[list[str]], float, int, float]] = {
    "section 4.1.1": ([["-1", "1"], ["-0.6", "1"], ["-0.1", "1"], ["0.3", "1"], ["0.7", "1"]],
                      [["0.28"], ["-0.1"], ["0.03"], ["0.23"], ["-0.22"]], 5e-6, 60_000, 0.005),
    "appendix I.0.1": ([["-0.3", "-0.75", "-0.5"], ["-0.2", "-0.2", "0.4"], ["-0.6", "1", "-1"],
                        ["-0.4", "0.4", "0.3"], ["0.6", "-0.1", "-0.7"], ["0.4", "-0.9", "0.3"],
                        ["0.2", "0.2", "-0.5"]],
                       [["-0.5"], ["0.1"], ["-0.6"], ["0.3"], ["0.8"], ["-0.3"], ["-0.1"]], 9.51e-11, 60_000,
                       0.02),
    "appendix I.0.2": ([["-0.3", "0.5"], ["1", "1"], ["-0.6", "-1"], ["0.4", "-0.4"]],
                       [["0.6", "-0.5"], ["0.5", "-1"], ["-0.4", "0.6"], ["0.8", "0.2"]], 9.51e-11, 60_000,
                       0.02),
}


def end_points() -> list[dict[str, Any]]:
    """The exact point near the end of a training with 50 neurons on the paper's data sets, and its type."""
    rows = []
    for name, (X, Y, size, epochs, step) in DATA.items():
        W, H = trained(X, Y, size, epochs, step)
        found, point = timed(lambda a=(W, H, X, Y): find_exact_point(*a))  # type: ignore[misc]
        decided, kind = timed(lambda p=point: decide_type(fresh(p.network)))  # type: ignore[misc]
        rows.append({"data": name, "seconds": found + decided, "distance": float(point.distance),
                     "verdict": kind.verdict, "global": kind.is_global, "loss": float(point.network.loss)})
    return rows


def trained(X: list[list[str]], Y: list[list[str]], size: float, epochs: int, step: float) -> tuple[Any, Any]:
    """50 neurons of ReLU after gradient descent, in floats."""
    import numpy as np

    x, y, draw = np.array(X, float), np.array(Y, float), np.random.default_rng(0)
    W, H = size * draw.normal(size=(50, x.shape[1])), size * draw.normal(size=(y.shape[1], 50))
    for _ in range(epochs):
        z = W @ x.T
        values = np.maximum(z, 0)
        errors = values.T @ H.T - y
        W, H = W - step * ((H.T @ errors.T) * (z > 0)) @ x, H - step * errors.T @ values.T
    return W, H
