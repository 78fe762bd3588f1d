"""Linear programs over Q: the simplex method with upper bounds, by Bland's rule, which ends without a limit.

What it returns is exact, and its callers multiply it out once more. Inside, the rationals are FLINT's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from .arrays import Vector

Row = list[Any]
ZERO, ONE = fmpq(0), fmpq(1)
Bound = Fraction | None


@dataclass(frozen=True)
class Optimum:
    """A minimum of the cost, at x."""

    x: Vector
    cost: Fraction


@dataclass(frozen=True)
class Infeasible:
    """y with y.b > max of y.Ax over 0 <= x <= u: no x solves A x = b (Farkas)."""

    y: Vector


@dataclass(frozen=True)
class Unbounded:
    """The cost has no minimum."""


def minimize(columns: Sequence[Sequence[Fraction | int]], right: Sequence[Fraction | int],
             upper: Sequence[Bound] | None = None,
             costs: Sequence[Fraction | int] | None = None) -> Optimum | Infeasible | Unbounded:
    """Minimize costs.x over A x = b, 0 <= x <= u. Without costs: any such x.

    columns: those of A, each as long as right (b). upper: None where a variable has no upper bound.
    """
    table = _Table(columns, right, list(upper or [None] * len(columns)))
    table.price([ZERO] * len(columns) + [ONE] * len(right))
    table.descend()
    if table.row[-1]:  # minus the sum of the artificial variables
        return Infeasible(table.multipliers())
    if costs is not None:
        table.price([_rational(x) for x in costs] + [ZERO] * len(right))
        if not table.descend():
            return Unbounded()
    x = table.solution()
    return Optimum(x, sum((Fraction(p * q) for p, q in zip(costs or (), x, strict=bool(costs))), Fraction(0)))


def _rational(x: Fraction | int) -> Any:
    return fmpq(x.numerator, x.denominator)


def _fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


class _Table:
    """Rows of B^-1 [A I | b]. A variable at its upper bound is counted down from there (turned)."""

    def __init__(self, columns: Sequence[Sequence[Fraction | int]], right: Sequence[Fraction | int],
                 upper: list[Bound]) -> None:
        self.n, size = len(columns), len(right)
        self.signs = [-1 if b < 0 else 1 for b in right]
        self.rows: list[Row] = [
            [_rational(s * column[i]) for column in columns] + [ONE if i == k else ZERO for k in range(size)]
            + [_rational(s * right[i])] for i, s in enumerate(self.signs)]
        self.upper = [None if u is None else _rational(u) for u in upper] + [None] * size
        self.turned = [False] * (self.n + size)
        self.basis = list(range(self.n, self.n + size))
        self.row: Row = []

    def price(self, costs: Row) -> None:
        """Set the reduced costs; the last entry is minus the cost of the present solution."""
        self.row = [-x if turned else x for x, turned in zip(costs, self.turned, strict=True)] + [
            -sum((c * u for c, u, turned in zip(costs, self.upper, self.turned, strict=True)
                  if turned and u is not None), ZERO)]
        for k, basic in enumerate(self.basis):
            if price := self.row[basic]:
                self.row = [x - price * y for x, y in zip(self.row, self.rows[k], strict=True)]

    def descend(self) -> bool:
        """Pivot until no reduced cost is negative; False where the cost falls for ever."""
        while (enters := next((j for j in range(self.n) if self.row[j] < 0), None)) is not None:
            steps: list[tuple[Any, int, int]] = []  # how far, which variable stops, in which row
            if (own := self.upper[enters]) is not None:
                steps.append((own, enters, -1))
            for k, (row, basic) in enumerate(zip(self.rows, self.basis, strict=True)):
                bound = ZERO if basic >= self.n and not row[-1] else self.upper[basic]
                if row[enters] > 0:
                    steps.append((row[-1] / row[enters], basic, k))
                elif row[enters] < 0 and bound is not None:
                    steps.append(((row[-1] - bound) / row[enters], basic, k))
            if not steps:
                return False
            _, leaves, k = min(steps)
            if k < 0:
                self._turn(enters)
                continue
            if self.rows[k][enters] < 0 and leaves < self.n:
                self._turn(leaves)
                self.rows[k] = [-x for x in self.rows[k]]
            self._pivot(k, enters)
        return True

    def _turn(self, j: int) -> None:
        """Replace x_j by u_j - x_j."""
        bound = self.upper[j]
        if bound is None:
            raise ArithmeticError("simplex: only a bounded variable can be counted down from its bound")
        for row in (*self.rows, self.row):
            row[-1] -= bound * row[j]
            row[j] = -row[j]
        self.turned[j] = not self.turned[j]

    def _pivot(self, k: int, enters: int) -> None:
        head = self.rows[k]
        head = self.rows[k] = [x / head[enters] for x in head]
        for other in range(len(self.rows)):
            if other != k and (factor := self.rows[other][enters]):
                self.rows[other] = [x - factor * y if y else x
                                    for x, y in zip(self.rows[other], head, strict=True)]
        factor = self.row[enters]
        self.row = [x - factor * y if y else x for x, y in zip(self.row, head, strict=True)]
        self.basis[k] = enters

    def multipliers(self) -> Vector:
        """y of the first phase: an artificial variable has the reduced cost 1 - y_i."""
        return tuple(_fraction(s * (1 - self.row[self.n + i])) for i, s in enumerate(self.signs))

    def solution(self) -> Vector:
        values = [ZERO] * len(self.upper)
        for basic, row in zip(self.basis, self.rows, strict=True):
            values[basic] = row[-1]
        return tuple(_fraction((u or ZERO) - x if turned else x) for x, u, turned in
                     zip(values, self.upper, self.turned, strict=True))[: self.n]
