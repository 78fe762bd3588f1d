"""The problem `network`, and its output, gradient and Hessians at a point, exactly or enclosed.

Numbers are fmpq in exact evaluation and arb in enclosures: `Numbers` says which.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from .activation import Activation, Enclosure
from .range import Range, between
from .reading import fields, matrix, rational, rationals, rows, sequence
from .rejection import Rejected, demand

Number = Any  # fmpq or arb
Matrix = Any  # fmpq_mat or arb_mat
SCALES = {"mean": 1, "half_mean": 2}
UNIT = re.compile(r"log\((.*)\)")


class Network:
    """What the fields say. X has the bias input, W the hidden biases; W without the unit."""

    def __init__(self, problem: Any) -> None:
        fields(problem, "kind activation X y v W", "b c W_unit loss")
        self.X = rows(problem["X"])
        self.y = rationals(problem["y"], len(self.X))
        self.v = rationals(problem["v"], len(sequence(problem["v"])))
        demand(len(self.v) > 0, "at least one neuron")
        self.W = matrix(problem["W"], len(self.v), len(self.X[0]))
        if "b" in problem:
            self.X = [[*x, fmpq(1)] for x in self.X]
            biases = rationals(problem["b"], len(self.v))
            self.W = [[*w, b] for w, b in zip(self.W, biases, strict=True)]
        self.c = rational(problem["c"]) if "c" in problem else None
        self.unit = read_unit(problem["W_unit"]) if "W_unit" in problem else None
        self.scale = fmpq(1, 2)
        if "loss" in problem:
            demand(type(problem["loss"]) is str and problem["loss"] in SCALES, "a known loss")
            self.scale = fmpq(1, SCALES[problem["loss"]] * len(self.X))
        self.d = len(self.X[0])
        self.activation = Activation(problem["activation"], self.unit)

    def norms(self) -> list[fmpq]:
        """The squares of the Euclidean norms of the samples."""
        return [sum((x * x for x in row), fmpq(0)) for row in self.X]


def read_unit(value: Any) -> fmpq:
    found = UNIT.fullmatch(value) if type(value) is str else None
    if found is None:
        raise Rejected("expected log(q)")
    unit = rational(found[1])
    demand(unit > 0 and unit != 1, "q > 0, not 1")
    return unit


@dataclass(frozen=True)
class Parameters:
    """v, W by neuron, and c or None: all fmpq and W in its unit, or all arb and W itself."""

    v: list[Number]
    W: list[list[Number]]
    c: Number | None

    def count(self) -> int:
        return len(self.v) * (1 + len(self.W[0])) + (self.c is not None)

    def moved(self, change: Callable[[int, Number], Number]) -> "Parameters":
        """Each parameter changed; the change is told its place in theta."""
        d = len(self.W[0])
        m = len(self.v)
        return Parameters([change(i, x) for i, x in enumerate(self.v)],
                          [[change(m + i * d + j, x) for j, x in enumerate(w)] for i, w in enumerate(self.W)],
                          None if self.c is None else change(m + m * d, self.c))

    def split(self, neuron: int, shares: Sequence[fmpq]) -> "Parameters":
        daughters = [self.v[neuron] * share for share in shares]
        return Parameters([*self.v[:neuron], *daughters, *self.v[neuron + 1:]],
                          [*self.W[:neuron], *([self.W[neuron]] * len(shares)), *self.W[neuron + 1:]], self.c)


class State:
    """A network at parameters (exact) or at all points of a box (not exact: enclosed)."""

    def __init__(self, network: Network, at: Parameters, exact: bool) -> None:
        self.network, self.at, self.is_exact = network, at, exact
        self.zero: Number = fmpq(0) if exact else arb(0)
        self.known: dict[tuple[int, int], list[Number]] = {}
        self.near: dict[int, list[Enclosure]] = {}

    def matrix(self, entries: Sequence[Sequence[Number]]) -> Matrix:
        return (fmpq_mat if self.is_exact else arb_mat)([list(row) for row in entries])

    def inner(self, neuron: int) -> list[Number]:
        """w.x_k for each k."""
        w = self.at.W[neuron]
        return [sum((a * b for a, b in zip(w, x, strict=True)), self.zero) for x in self.network.X]

    def sigma(self, order: int, neuron: int) -> list[Number]:
        """The derivative of that order at w.x_k for each k; the lower ones are defined there, too."""
        if (order, neuron) not in self.known:
            if order > 0:
                self.sigma(order - 1, neuron)
            self.known[order, neuron] = self.exact(order, neuron) if self.is_exact else [
                near.order(order).ball() for near in self.enclosures(neuron)]
        return self.known[order, neuron]

    def exact(self, order: int, neuron: int) -> list[fmpq]:
        return [self.network.activation.exact(order, t) for t in self.inner(neuron)]

    def enclosures(self, neuron: int) -> list[Enclosure]:
        if neuron not in self.near:
            self.near[neuron] = [self.network.activation.around(between(t, t)) for t in self.inner(neuron)]
        return self.near[neuron]

    def require(self, order: int) -> None:
        """Demand that the activation and its derivatives exist at all neurons, up to that order."""
        for neuron in range(len(self.at.v)):
            self.sigma(order, neuron)

    def residuals(self) -> list[Number]:
        found = [(self.zero if self.at.c is None else self.at.c) - y for y in self.network.y]
        for i, v in enumerate(self.at.v):
            found = [e + v * s for e, s in zip(found, self.sigma(0, i), strict=True)]
        return found

    def jacobian(self) -> list[list[Number]]:
        """By sample, the derivatives of its output by v, W and c."""
        neurons = range(len(self.at.v))
        found: list[list[Number]] = []
        for k, x in enumerate(self.network.X):
            row: list[Number] = [self.sigma(0, i)[k] for i in neurons]
            for i in neurons:
                slope = self.at.v[i] * self.sigma(1, i)[k]
                row += [slope * a for a in x]
            found.append(row + ([] if self.at.c is None else [self.zero + 1]))
        return found

    def gradient(self) -> list[Number]:
        found = self.matrix([self.residuals()]) * self.matrix(self.jacobian())
        return [2 * self.network.scale * x for x in found.entries()]

    def hessian(self) -> Matrix:
        J = self.matrix(self.jacobian())
        found = (J.transpose() * J).tolist()
        e, m, d = self.residuals(), len(self.at.v), self.network.d
        for i in range(m):
            mixed = self.weighted([[a * s for a, s in zip(e, self.sigma(1, i), strict=True)]])[0]
            curved = self.inner_hessian(i, unscaled=True)
            for row, column in ((row, column) for row in range(d) for column in range(d)):
                found[m + i * d + row][m + i * d + column] += curved[row, column]
            for j in range(d):
                found[i][m + i * d + j] += mixed[j]
                found[m + i * d + j][i] += mixed[j]
        return self.matrix([[2 * self.network.scale * x for x in row] for row in found])

    def weighted(self, weights: list[list[Number]]) -> list[list[Number]]:
        """Sums over the samples of weight times sample."""
        return list((self.matrix(weights) * self.matrix(self.network.X)).tolist())

    def inner_hessian(self, neuron: int, unscaled: bool = False) -> Matrix:
        self.require(2)
        factor = self.at.v[neuron] * (1 if unscaled else 2 * self.network.scale)
        curvature = [factor * e * s for e, s in zip(self.residuals(), self.sigma(2, neuron), strict=True)]
        return self.moments(curvature)

    def moments(self, weights: list[Number]) -> Matrix:
        """The sum over the samples of weight x x^T."""
        X = self.matrix(self.network.X)
        scaled = [[a * s for a in x] for s, x in zip(weights, self.network.X, strict=True)]
        return X.transpose() * self.matrix(scaled)


def tube(t: Number, radius: arb) -> Range:
    """All numbers within the radius of those in a ball."""
    return between(arb(t) - radius, arb(t) + radius)
