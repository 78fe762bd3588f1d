"""The numbers that a network is evaluated in, and their linear algebra: Fractions or Intervals.

A network whose weights are in units of log q has pre-activations `Angle(k, q)`, meaning k log q. At whole k, exp, tanh
and the logistic function are rational; whatever is not rational is refused, and intervals must be used instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from operator import mul
from typing import Any

from .format import require
from .interval import FUNCTIONS, Interval, enclose
from .polynomial import Polynomial

MAX_MULTIPLE = 512
AT_ZERO = {"tanh": 0, "sin": 0, "arctan": 0, "erf": 0, "exp": 1, "cos": 1, "logistic": Fraction(1, 2)}


@dataclass(frozen=True)
class Angle:
    """multiple * log(base). It can be scaled, and be the only term of a sum."""

    multiple: Fraction
    base: Fraction

    def __rmul__(self, factor: Fraction) -> "Angle":
        return Angle(self.multiple * factor, self.base)

    def __radd__(self, zero: object) -> "Angle":
        require(zero == 0, "a rational value", self)
        return self


def call(function: str, x: Any) -> Any:
    """f(x): an enclosure of an interval's values, or the exact value where it is known to be rational."""
    if isinstance(x, Interval):
        return FUNCTIONS[function](x)
    if isinstance(x, Angle):
        require(function in ("exp", "logistic", "tanh") and x.multiple.denominator == 1, "a rational value", x)
        require(abs(x.multiple) <= MAX_MULTIPLE, f"a multiple of at most {MAX_MULTIPLE}", x.multiple)
        q = x.base ** int(x.multiple)
        return {"exp": q, "logistic": q / (1 + q), "tanh": (q * q - 1) / (q * q + 1)}[function]
    if x == 0 and function in AT_ZERO:
        return Fraction(AT_ZERO[function])
    if function == "inv" and x != 0:
        return 1 / Fraction(x)
    if function.startswith("pos"):
        return max(Fraction(x), Fraction(0)) ** int(function[3:] or 1)
    root = Fraction(isqrt(x.numerator), isqrt(x.denominator)) if x > 0 else Fraction(0)
    require(function == "sqrt" and x > 0 and root * root == x, "a rational value", f"{function}({x})")
    return root


def evaluate(polynomial: Polynomial, atom: Callable[[str], Any]) -> Any:
    """The value of a polynomial at the given values of its atoms."""
    total: Any = Fraction(0)
    for monomial, term in polynomial.terms.items():
        value: Any = term
        for name, power in monomial:
            value = value * (atom(name) if power == 1 else atom(name) ** power)
        total = total + value
    return total


class Vector:
    """Numbers ready for dot products; rationals take part at the precision of the other side."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values, self.known = list(values), dict[int, tuple[list[int], ...]]()
        self.prec: int | None = next((x.prec for x in self.values if isinstance(x, Interval)), None)

    def parts(self, prec: int) -> tuple[list[int], ...]:
        """Twice the midpoints, their absolute values, the widths, and |2 mid| + width, in units of 2**-prec."""
        if prec not in self.known:
            pairs = [x if isinstance(x, Interval) else enclose(x, prec) for x in self.values]
            mids, widths = [x.lo + x.hi for x in pairs], [x.hi - x.lo for x in pairs]
            sizes = list(map(abs, mids))
            self.known[prec] = mids, sizes, widths, list(map(int.__add__, sizes, widths))
        return self.known[prec]


def dot(x: Vector, y: Vector) -> Any:
    """sum x_k y_k, exactly, or as an interval: midpoints exactly, |x_mid| y_rad + x_rad (|y_mid| + y_rad) around them."""
    require(len(x.values) == len(y.values), "vectors of one length")
    prec = y.prec if x.prec is None else x.prec
    if prec is None:
        return sum(map(mul, x.values, y.values), Fraction(0))
    a, b = x.parts(prec), y.parts(prec)
    middle, around = sum(map(mul, a[0], b[0])), sum(map(mul, a[1], b[2])) + sum(map(mul, a[2], b[3]))
    return Interval((middle - around) >> (prec + 2), -(-(middle + around) >> (prec + 2)), prec)


def magnitude(x: Any) -> Fraction:
    """The largest absolute value."""
    return x.size() if isinstance(x, Interval) else abs(x)


def congruence(matrix: Sequence[Sequence[Any]], basis: Any, signs: Any) -> tuple[Fraction, Fraction]:
    """Z < 1 with ||S^T M S - D|| <= Z in the maximum norm, for every symmetric M in the (interval) matrix.

    basis: the rows of S (P, k); signs: the diagonal of D, entries +1 or -1 (k). Then S^T M S has the inertia of D; for
    k = P so has M, and all its eigenvalues are at least (1 - Z) / |S|^2 from zero, the second number returned. For
    k < P, M has at least as many positive and negative eigenvalues as D. Raises Rejected if Z >= 1.
    """
    require(type(signs) is list and all(type(s) is int and s in (1, -1) for s in signs), "signs +1 or -1", signs)
    require(len(basis) == len(matrix) and {len(row) for row in basis} == {len(signs)}, "a basis with P rows of k")
    columns, rows = [Vector(column) for column in zip(*basis, strict=True)], [Vector(row) for row in matrix]
    images = [Vector([dot(row, column) for row in rows]) for column in columns]
    products = [[dot(column, image) for image in images] for column in columns]
    for k, sign in enumerate(signs):
        products[k][k] -= sign
    gap = max((sum(map(magnitude, row)) for row in products), default=Fraction(0))
    require(gap < 1, "a matrix within 1 of its signs", float(gap))
    return gap, (1 - gap) / max(1, sum(x * x for row in basis for x in row))
