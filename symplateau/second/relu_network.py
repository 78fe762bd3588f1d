"""The problem `relu network`, its residuals, and the functions of directions at its kinks."""

from itertools import product
from typing import Any

from flint import fmpq

from .reading import fields, matrix, rationals, rows, sequence
from .rejection import demand

MAX_BENT_DOWN = 10


class ReluNetwork:
    """The problem, and its residuals. z[i][k] is w_i.x_k, e[k][j] the residual of output j."""

    def __init__(self, problem: Any) -> None:
        fields(problem, "kind X Y W H slopes", "c")
        self.X, self.Y = rows(problem["X"]), rows(problem["Y"])
        demand(len(self.X) == len(self.Y), "as many targets as samples")
        self.d, self.J = len(self.X[0]), len(self.Y[0])
        self.W = matrix(problem["W"], len(sequence(problem["W"])), self.d)
        self.H = matrix(problem["H"], self.J, len(self.W))
        self.a, self.b = rationals(problem["slopes"], 2)
        demand(self.a != self.b, "two different slopes")
        self.c = rationals(problem["c"], self.J) if "c" in problem else None
        self.z = [[dot(w, x) for x in self.X] for w in self.W]
        self.e = [[self.output(k, j) - y for j, y in enumerate(row)] for k, row in enumerate(self.Y)]

    def rho(self, s: fmpq) -> fmpq:
        return (self.a if s >= 0 else self.b) * s

    def leg(self, s: fmpq) -> fmpq | None:
        """The slope at s, None at the kink."""
        return None if s == 0 else self.a if s > 0 else self.b

    def output(self, k: int, j: int) -> fmpq:
        start = fmpq(0) if self.c is None else self.c[j]
        return sum((self.H[j][i] * self.rho(z[k]) for i, z in enumerate(self.z)), start)

    def flat(self) -> bool:
        """All derivatives by H, and by c, are 0."""
        by_output = [[e[j] for e in self.e] for j in range(self.J)]
        by_H = all(dot(e, [self.rho(s) for s in z]) == 0 for z in self.z for e in by_output)
        return by_H and (self.c is None or all(sum(e, fmpq(0)) == 0 for e in by_output))

    def g(self, j: int) -> list[fmpq]:
        """g_ji for any i: a weight for each sample, by which rho_ik(x_k.t) is multiplied."""
        return [e[j] for e in self.e]

    def G(self, i: int) -> list[fmpq]:
        return [sum((self.H[j][i] * e[j] for j in range(self.J)), fmpq(0)) for e in self.e]

    def at(self, i: int, weights: list[fmpq], t: list[fmpq]) -> fmpq:
        """The value at a direction t."""
        found = fmpq(0)
        for weight, z, x in zip(weights, self.z[i], self.X, strict=True):
            slope, s = self.leg(z), dot(x, t)
            found += weight * (self.rho(s) if slope is None else slope * s)
        return found

    def dual(self, i: int, weights: list[fmpq], given: Any, less: fmpq | int = 0) -> None:
        """D(F, given): F of these weights, minus `less` times the sum of |rho| over the kinks."""
        linear, kinks = [fmpq(0)] * self.d, list[tuple[fmpq, list[fmpq]]]()
        for weight, z, x in zip(weights, self.z[i], self.X, strict=True):
            slope, bend = self.leg(z), fmpq(0)
            if slope is None:
                slope = (self.a + self.b) / 2
                bend = weight * (self.a - self.b) / 2 - less * (abs(self.a) + abs(self.b)) / 2
                shift = -less * (abs(self.a) - abs(self.b)) / 2
                linear = [a + shift * y for a, y in zip(linear, x, strict=True)]
                if bend != 0 and any(y != 0 for y in x):
                    kinks.append((bend, x))
            linear = [a + weight * slope * y for a, y in zip(linear, x, strict=True)]
        self.balance(linear, kinks, given)

    def balance(self, linear: list[fmpq], kinks: list[tuple[fmpq, list[fmpq]]], given: Any) -> None:
        down = sum(bend < 0 for bend, _ in kinks)
        demand(down <= MAX_BENT_DOWN, "few kinks that bend downwards")
        for pattern, shares in zip(product((1, -1), repeat=down), sequence(given, 2**down), strict=True):
            signs, factors = iter(pattern), iter(rationals(shares, len(kinks) - down))
            total = linear
            for bend, x in kinks:
                factor = next(factors) if bend > 0 else fmpq(next(signs))
                demand(abs(factor) <= 1, "shares from -1 to 1")
                total = [a + factor * bend * y for a, y in zip(total, x, strict=True)]
            demand(all(a == 0 for a in total), "shares that balance")


def dot(u: list[fmpq], w: list[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(u, w, strict=True)), fmpq(0))
