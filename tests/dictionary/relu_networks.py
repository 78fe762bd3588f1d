"""Exact networks with a ReLU-like activation: kinks by construction, stationary where asked.

Shares no line with the package; one-sided derivatives a second time by sympy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt
from random import Random
from typing import Any

import sympy

from .networks import ONE, Matrix, Row, combined, dot, mean, random_row, solution, square, times

ZERO = Fraction(0)
LEGS = tuple((Fraction(a), Fraction(b, 2)) for a, b in (
    (1, 0), (3, 1), (2, -2), (-1, 1), (0, 2), (3, 4)))  # alpha+, alpha-


@dataclass(frozen=True)
class Move:
    """A direction in the space of all weights: h (m, J) and W (m, d)."""

    h: Matrix
    W: Matrix


@dataclass(frozen=True)
class Data:
    """Samples X (n, d), labels y (n, J), and the activation rho(z) = a max(z, 0) - b max(-z, 0)."""

    a: Fraction
    b: Fraction
    X: Matrix
    y: Matrix

    @property
    def samples(self) -> range:
        return range(len(self.X))

    @property
    def targets(self) -> range:
        return range(len(self.y[0]))

    def rho(self, z: Fraction) -> Fraction:
        return (self.a if z > 0 else self.b) * z

    def side(self, z: Fraction, step: Fraction = ZERO) -> Fraction:
        """The slope of the leg on which z, or else z + dt * step, lies; 0 if neither is off the kink."""
        sign = z or step
        return self.a if sign > 0 else self.b if sign < 0 else ZERO


@dataclass(frozen=True)
class Kinked(Data):
    """f_j(x) = sum_i h_ji rho(w_i.x); h (m, J), W (m, d): the output weights h[i] are those of neuron i."""

    h: Matrix
    W: Matrix

    @property
    def neurons(self) -> range:
        return range(len(self.W))

    def pre(self, i: int) -> Row:
        """w_i.x_k for all samples."""
        return times(self.X, self.W[i])

    def hidden(self, i: int) -> Row:
        return tuple(self.rho(z) for z in self.pre(i))

    def kinks(self, i: int) -> list[int]:
        return [k for k, z in enumerate(self.pre(i)) if z == 0]

    @property
    def outputs(self) -> Matrix:
        """(n, J)."""
        hidden = [self.hidden(i) for i in self.neurons]
        return tuple(mean([z[k] for z in hidden], self.h) for k in self.samples)

    @property
    def residuals(self) -> Matrix:
        """e_kj, (n, J)."""
        return tuple(combined(f, -1, y) for f, y in zip(self.outputs, self.y, strict=True))

    def residual(self, j: int) -> Row:
        return tuple(e[j] for e in self.residuals)

    def loss_at(self, j: int) -> Fraction:
        """The part of output j."""
        return square(self.residual(j)) / 2

    @property
    def loss(self) -> Fraction:
        return square(flat(self.residuals)) / 2

    def slopes(self, i: int, v: Row | None = None) -> Row:
        """Of the legs of w_i.x_k + dt v.x_k; without v, 0 at a kink."""
        steps = times(self.X, v) if v is not None else (ZERO,) * len(self.X)
        return tuple(map(self.side, self.pre(i), steps))

    def rates(self, i: int, v: Row) -> Row:
        """The one-sided slopes of rho(w_i.x_k) along v."""
        return tuple(s * dot(v, x) for s, x in zip(self.slopes(i, v), self.X, strict=True))

    def d(self, i: int, j: int, v: Row | None = None) -> Row:
        """d_ji, or d^v_ji."""
        weights = [s * e for s, e in zip(self.slopes(i, v), self.residual(j), strict=True)]
        return mean(weights, self.X)

    def push(self, i: int, j: int) -> Fraction:
        """dL/dh_ji, as the chain rule has it."""
        return dot(self.residual(j), self.hidden(i))

    def g(self, i: int, v: Row) -> Row:
        """d^v_ji.v for all outputs."""
        return tuple(dot(self.d(i, j, v), v) for j in self.targets)

    def G(self, i: int, v: Row) -> Fraction:
        """The derivative along v of the input weights of neuron i."""
        return dot(self.h[i], self.g(i, v))

    def only(self, i: int, v: Row | None = None, g: Row | None = None) -> Move:
        """The move of neuron i alone: v of its input weights, g of its output weights."""
        h, W = zeros(self.h), zeros(self.W)
        return Move((*h[:i], g or h[i], *h[i + 1 :]), (*W[:i], v or W[i], *W[i + 1 :]))

    def moved(self, move: Move, t: Fraction | int = 1) -> "Kinked":
        return replace(self, h=added(self.h, t, move.h), W=added(self.W, t, move.W))

    def short(self, move: Move, t: Fraction = ONE) -> Fraction:
        """A time of at most t, before which no pre-activation off the kink changes its sign."""
        pairs = [(z, dot(m, x)) for i, m in enumerate(move.W)
                 for z, x in zip(self.pre(i), self.X, strict=True)]
        return min([t, *(abs(z / step) / 2 for z, step in pairs if z and step)])

    def coefficients(self, move: Move) -> tuple[Row, Row]:
        """Of t and of t^2 in the outputs along a move, at all pairs of a sample and an output."""
        first, second = (ZERO,) * len(flat(self.y)), (ZERO,) * len(flat(self.y))
        for i in self.neurons:
            rates, hidden = self.rates(i, move.W[i]), self.hidden(i)
            first = combined(first, 1, combined(outer(hidden, move.h[i]), 1, outer(rates, self.h[i])))
            second = combined(second, 1, outer(rates, move.h[i]))
        return first, second

    def part(self, i: int, end: "Kinked") -> Row:
        """What neuron i adds to the change of the outputs towards the other network; all pairs."""
        return combined(outer(end.hidden(i), end.h[i]), -1, outer(self.hidden(i), self.h[i]))

    def without(self, i: int, k: int, j: int) -> Fraction:
        """What the other neurons add to an output."""
        return self.outputs[k][j] - self.h[i][j] * self.hidden(i)[k]

    def with_neurons(self, i: int, h: Sequence[Row], W: Sequence[Row]) -> "Kinked":
        """Neuron i replaced by these."""
        return replace(
            self, h=(*self.h[:i], *h, *self.h[i + 1 :]), W=(*self.W[:i], *W, *self.W[i + 1 :]))

    def plus(self, h: Row, w: Row) -> "Kinked":
        """One more neuron, the last."""
        return replace(self, h=(*self.h, h), W=(*self.W, w))

    def resting(self, i: int) -> "Kinked":
        """The same with w_i = 0, where every sample is at the kink and every direction tangential."""
        return replace(self, W=(*self.W[:i], (ZERO,) * len(self.W[i]), *self.W[i + 1 :]))

    def fitted(self) -> "Kinked":
        """The same weights, with labels that leave no residuals."""
        return replace(self, y=self.outputs)

    def with_residuals(self, residuals: Matrix) -> "Kinked":
        """The same weights, with labels that leave these residuals."""
        return replace(self, y=added(self.outputs, -1, residuals))

    def slope_by_sympy(self, move: Move) -> Fraction:
        """The one-sided derivative of the loss along a move."""
        t = sympy.Symbol("t")
        W, h = (ray(start, step, t) for start, step in ((self.W, move.W), (self.h, move.h)))
        by_output = [list(column) for column in zip(*h, strict=True)]
        return slope_of(self.a, self.b, self.X, self.y, [W, by_output], t)


@dataclass(frozen=True)
class Deep(Data):
    """Several hidden layers, layers[l - 1] = W^(l), and then H (J, width)."""

    layers: tuple[Matrix, ...]
    H: Matrix

    def hidden(self, layer: int, k: int) -> Row:
        """x_k^(layer); layer 0 is the input."""
        return tuple(map(self.rho, self.pre(layer, k))) if layer else self.X[k]

    def pre(self, layer: int, k: int) -> Row:
        return times(self.layers[layer - 1], self.hidden(layer - 1, k))

    def output(self, k: int) -> Row:
        return times(self.H, self.hidden(len(self.layers), k))

    @property
    def residuals(self) -> Row:
        """All pairs of a sample and an output."""
        return flat(tuple(combined(self.output(k), -1, y) for k, y in enumerate(self.y)))

    @property
    def loss(self) -> Fraction:
        return square(self.residuals) / 2

    def moved(self, layer: int, i: int, m: Row, t: Fraction) -> "Deep":
        rows = list(self.layers[layer - 1])
        rows[i] = combined(rows[i], t, m)
        return replace(self, layers=(*self.layers[: layer - 1], tuple(rows), *self.layers[layer:]))

    def starts(self, layer: int, i: int, m: Row, k: int, at: int) -> Row:
        """The slopes of the pre-activations of layer `at`, when neuron i of `layer` moves along m."""
        if at <= layer:
            return tuple(dot(m, self.hidden(layer - 1, k)) if (at, p) == (layer, i) else ZERO
                         for p in range(len(self.layers[at - 1])))
        return times(self.layers[at - 1], self.rates(layer, i, m, k, at - 1))

    def sides(self, layer: int, i: int, m: Row, k: int, at: int) -> Row:
        """alpha_k^(at)."""
        return tuple(map(self.side, self.pre(at, k), self.starts(layer, i, m, k, at)))

    def rates(self, layer: int, i: int, m: Row, k: int, at: int) -> Row:
        """The slopes of the hidden values of layer `at`."""
        return tuple(s * d for s, d in zip(
            self.sides(layer, i, m, k, at), self.starts(layer, i, m, k, at), strict=True))

    def back(self, layer: int, i: int, m: Row, k: int, j: int, at: int) -> Row:
        """D^(at) for output j, by the recursion of appendix B."""
        if at == len(self.layers):
            return self.H[j]
        weights = [s * D for s, D in zip(
            self.sides(layer, i, m, k, at + 1), self.back(layer, i, m, k, j, at + 1), strict=True)]
        return mean(weights, self.layers[at])

    def short(self, layer: int, i: int, m: Row) -> Fraction:
        """A time before which no pre-activation changes the side that it starts on."""
        pairs = [
            (n, d) for k in range(len(self.X)) for at in range(1, len(self.layers) + 1)
            for n, d in zip(self.pre(at, k), self.starts(layer, i, m, k, at), strict=True)]
        return min([ONE, *(abs(n / d) / 2 for n, d in pairs if n and d)])

    def slope_by_sympy(self, layer: int, i: int, m: Row) -> Fraction:
        t = sympy.Symbol("t")
        weights = [ray(W, zeros(W), t) for W in (*self.layers, self.H)]
        weights[layer - 1][i] = ray((self.layers[layer - 1][i],), (m,), t)[0]
        return slope_of(self.a, self.b, self.X, self.y, weights, t)


def ray(start: Matrix, step: Matrix, t: Any) -> list[list[Any]]:
    def exact(x: Fraction) -> Any:
        return sympy.Rational(x.numerator, x.denominator)

    return [[exact(x) + t * exact(m) for x, m in zip(*rows, strict=True)]
            for rows in zip(start, step, strict=True)]


def slope_of(
    a: Fraction, b: Fraction, X: Matrix, y: Matrix, weights: list[list[list[Any]]], t: Any
) -> Fraction:
    """d/dt of the loss at t = 0+, for weights that are polynomials in t; the last ones are those of H."""
    legs = [sympy.Rational(x.numerator, x.denominator) for x in (a, b)]

    def activated(z: Any) -> Any:
        lowest = next((c for c in reversed(sympy.Poly(z, t).all_coeffs()) if c != 0), 0)
        return sympy.expand(legs[0 if lowest > 0 else 1] * z)

    loss = sympy.Integer(0)
    for row, labels in zip(X, y, strict=True):
        values: list[Any] = ray((row,), (row,), 0)[0]
        for layer in weights[:-1]:
            values = [activated(sum(w * x for w, x in zip(ws, values, strict=True))) for ws in layer]
        for ws, label in zip(weights[-1], ray((labels,), (labels,), 0)[0], strict=True):
            loss += (sum(w * x for w, x in zip(ws, values, strict=True)) - label) ** 2 / 2
    found = sympy.diff(loss, t).subs(t, 0)
    return Fraction(int(found.p), int(found.q))


def zeros(matrix: Matrix) -> Matrix:
    return tuple((ZERO,) * len(row) for row in matrix)


def added(x: Matrix, factor: Fraction | int, y: Matrix) -> Matrix:
    return tuple(combined(p, factor, q) for p, q in zip(x, y, strict=True))


def flat(matrix: Sequence[Row]) -> Row:
    return tuple(x for row in matrix for x in row)


def outer(x: Row, y: Row) -> Row:
    """x_k y_j at all pairs."""
    return tuple(p * q for p in x for q in y)


def multiple(factor: Fraction | int, x: Row) -> Row:
    return tuple(factor * p for p in x)


def parts(z: Fraction) -> tuple[Fraction, Fraction]:
    """max(z, 0) and max(-z, 0)."""
    return max(z, ZERO), max(-z, ZERO)


def length(x: Row) -> Fraction:
    """The norm of a vector that has a rational one."""
    found = square(x)
    root = Fraction(isqrt(found.numerator), isqrt(found.denominator))
    assert root**2 == found
    return root


def unit(random: Random, size: int) -> Row:
    """A rational unit vector, by stereographic projection."""
    q = tuple(Fraction(random.randint(-3, 3), random.randint(1, 3)) for _ in range(size - 1))
    s, sign = square(q), random.choice([-1, 1])
    return tuple(sign * x / (s + 1) for x in (*multiple(2, q), s - 1))


def tangent(random: Random, w: Row) -> Row:
    """A rational unit vector orthogonal to w, whose norm is rational; any unit vector if w = 0."""
    if not any(w):
        return unit(random, len(w))
    mirror = combined(multiple(1 / length(w), w), -1, (ONE, *(ZERO,) * (len(w) - 1)))
    x = (ZERO, *unit(random, len(w) - 1))
    return combined(x, -2 * dot(mirror, x) / square(mirror), mirror) if any(mirror) else x


def random_entries(random: Random, *shape: int) -> Matrix:
    rows, columns = shape
    return tuple(tuple(Fraction(random.choice([-3, -2, -1, 1, 2, 3])) for _ in range(columns))
                 for _ in range(rows))


def random_move(random: Random, net: Kinked) -> Move:
    """Of all weights; the input weights that are not 0 move both radially and tangentially."""
    return Move(*(tuple(tuple(Fraction(random.randint(-3, 3)) for _ in row) for row in matrix)
                  for matrix in (net.h, net.W)))


def random_kinked(
    random: Random, *, outputs: int | None = None, inputs: int | None = None, neurons: int | None = None,
    kinks: int = 1, samples: int | None = None, legs: tuple[Any, Any] | None = None, one_sided: bool = False,
) -> Kinked:
    """Any point. Every neuron has input weights of rational norm, and `kinks` samples w_i.x_k = 0 of its own.

    one_sided: the first input is positive at all samples.
    """
    a, b = legs or random.choice(LEGS)
    J, d, m = outputs or random.randint(1, 3), inputs or random.randint(2, 3), neurons or random.randint(1, 3)
    n = samples or m * (d + kinks) + 3
    while True:
        W = tuple(multiple(random.randint(1, 4), unit(random, d)) for _ in range(m))
        X = list(random_entries(random, n, d))
        for i, w in enumerate(W):
            for k in range(i * kinks, (i + 1) * kinks):
                X[k] = combined(X[k], -dot(X[k], w) / square(w), w)
        if one_sided:
            X = [multiple(1 if x[0] > 0 else -1, x) for x in X]
        net = Kinked(Fraction(a), Fraction(b), tuple(X), random_entries(random, n, J),
                     random_entries(random, m, J), W)
        if [len(net.kinks(i)) for i in range(m)] == [kinks] * m and all(any(x) for x in X) and (
                not one_sided or all(x[0] > 0 for x in X)):
            return net


def stationary(
    random: Random, idle: Sequence[int] = (), shared: Sequence[int] = (), zero: Sequence[int] = (),
    **shape: Any,
) -> Kinked:
    """A random network, see random_kinked, at a local minimum of type 1 but for the neurons named.

    idle: neurons with h = 0 that are escape neurons; zero: the same, with w = 0.
    shared: escape neurons with h != 0; they need two outputs, and no kinks.
    """
    while True:
        net = random_kinked(random, **shape)
        net = replace(
            net, h=tuple((ZERO,) * len(h) if i in (*idle, *zero) else h for i, h in enumerate(net.h)),
            W=tuple((ZERO,) * len(w) if i in zero else w for i, w in enumerate(net.W)))
        found = labelled(random, net, [*idle, *zero], shared)
        if found is not None and all(
                any(escapes(found, i, tangent(random, found.W[i])) for _ in range(4))
                for i in (*idle, *shared, *zero)):
            return found


def labelled(random: Random, net: Kinked, idle: Sequence[int], shared: Sequence[int]) -> Kinked | None:
    """The same weights with labels that make them stationary, by a linear system; None if there are none.

    Where sum_k c e_kj x_k = 0, with c = (a + b)/2 at a kink, what is left of d^v_ji.v is (a - b)/2 times the
    sum of e_kj |v.x_k| over the kinks: the e_kj prescribed there make the derivative along v positive.
    """
    J, sign = len(net.targets), 1 if net.a > net.b else -1
    system: list[tuple[Row, Fraction]] = []

    def ask(j: int, weights: Row, value: Fraction = ZERO) -> None:
        """The sum of e_kj times the weights is the value."""
        system.append((outer(weights, tuple(Fraction(p == j) for p in net.targets)), value))

    for i in net.neurons:
        slopes = [(net.a + net.b) / 2 if k in net.kinks(i) else s for k, s in enumerate(net.slopes(i))]
        columns = [tuple(s * x[p] for s, x in zip(slopes, net.X, strict=True)) for p in range(len(net.X[0]))]
        free = i in idle or i in shared
        for j in net.targets:
            for column in [net.hidden(i)] if free else columns:
                ask(j, column)
            for k in [] if free else net.kinks(i):
                size = random.randint(1, 2) * sign * net.h[i][j]
                ask(j, tuple(Fraction(p == k) for p in net.samples), size)
        system += [(outer(column, net.h[i]), ZERO) for column in columns if i in shared]
    residual = solution(random, *zip(*system, strict=True))
    if residual is None or not any(residual):
        return None
    return net.with_residuals(tuple(residual[k * J : (k + 1) * J] for k in net.samples))


def is_stationary(net: Kinked, random: Random) -> bool:
    """Definition 3.3, for 12 random tangential directions of each neuron."""
    def direction(w: Row) -> Row:
        v = random_row(random, len(w))
        return combined(v, -dot(v, w) / square(w), w) if any(w) else v

    still = not any(net.push(i, j) for i in net.neurons for j in net.targets)
    return still and all(net.G(i, direction(net.W[i])) >= 0 for i in net.neurons for _ in range(12))


def escapes(net: Kinked, i: int, v: Row) -> bool:
    """Whether v is a direction of Definition 4.1."""
    return net.G(i, v) == 0 and any(net.g(i, v))
