"""The numbers that a network is evaluated in, and their linear algebra: Fractions or Intervals.

A network whose weights are in units of log q has pre-activations `Angle(k, q)`, meaning k log q. At whole
k, exp, tanh and the logistic function are rational; whatever is not rational is refused, and intervals
must serve instead.
"""

from collections import namedtuple
from fractions import Fraction
from functools import reduce
from math import isqrt
from operator import mul
from typing import Any

from .format import listed, require
from .interval import FUNCTIONS, Interval, enclose
from .polynomial import Polynomial

MAX_MULTIPLE, MAX_BITS = 512, 2**15
AT_ZERO: dict[str, Any] = dict(tanh=0, sin=0, arctan=0, erf=0, exp=1, cos=1, logistic=Fraction(1, 2))


Angle = namedtuple("Angle", "multiple base")  # multiple * log(base)


def short(x: Any) -> Any:
    """The number itself. Raises Rejected when it has so many bits that arithmetic would take long."""
    ends = (x.lo, x.hi) if isinstance(x, Interval) else (x.numerator, x.denominator)
    require(max(map(abs, ends)).bit_length() <= MAX_BITS, f"numbers of at most {MAX_BITS} bits")
    return x


# The sum of numbers that stay short.
def total(values: Any) -> Any: return reduce(lambda found, x: short(found + x), values, Fraction(0))


def call(function: str, x: Any) -> Any:
    """f(x): an enclosure of an interval's values, or the exact value where it is known to be rational."""
    if isinstance(x, Interval):
        return FUNCTIONS[function](x)
    if isinstance(x, Angle):
        whole = x.multiple.denominator == 1 and abs(x.multiple) <= MAX_MULTIPLE
        require(whole and function in ("exp", "logistic", "tanh"), "a rational value", f"{function}({x})")
        q = x.base ** int(x.multiple)
        return {"exp": q, "logistic": q / (1 + q), "tanh": (q * q - 1) / (q * q + 1)}[function]
    if x == 0 and function in AT_ZERO:
        return Fraction(AT_ZERO[function])
    if function == "inv" and x != 0:
        return 1 / x
    if function.startswith("pos"):
        return max(x, Fraction(0)) ** int(function[3:] or 1)
    root = Fraction(isqrt(max(x.numerator, 0)), isqrt(x.denominator))
    require(function == "sqrt" and x > 0 and root * root == x, "a rational value", f"{function}({x})")
    return root


def evaluate(polynomial: Polynomial, atom: Any) -> Any:
    """The value of a polynomial at the given values of its atoms."""
    def factors(monomial: Any) -> Any: return (atom(x) if k == 1 else atom(x) ** k for x, k in monomial)
    return total(reduce(mul, factors(monomial), x) for monomial, x in polynomial.terms.items())


class Vector:
    """Numbers ready for dot products; rationals take part at the precision of the other side."""

    def __init__(self, values: Any) -> None:
        self.values, self.known = list(values), dict[int, tuple[list[int], ...]]()
        self.prec: int | None = next((x.prec for x in self.values if isinstance(x, Interval)), None)

    def parts(self, prec: int) -> tuple[list[int], ...]:
        """Twice the midpoints, their absolute values, and twice the largest ones, in units of 2**-prec."""
        if prec not in self.known:
            found = [x if isinstance(x, Interval) else enclose(x, prec) for x in self.values]
            mids = [x.lo + x.hi for x in found]
            self.known[prec] = mids, list(map(abs, mids)), [2 * max(-x.lo, x.hi) for x in found]
        return self.known[prec]


def dot(x: Vector, y: Vector) -> Any:
    """sum x_k y_k, exactly, or as an interval: midpoints exactly, around them max|x| max|y| - |x_mid|
    |y_mid|."""
    require(len(x.values) == len(y.values), "vectors of one length")
    prec = y.prec if x.prec is None else x.prec
    if prec is None:
        return total(map(mul, x.values, y.values))
    a, b = x.parts(prec), y.parts(prec)
    middle, around = sum(map(mul, a[0], b[0])), sum(map(mul, a[2], b[2])) - sum(map(mul, a[1], b[1]))
    return Interval((middle - around) >> (prec + 2), -(-(middle + around) >> (prec + 2)), prec)


def congruence(matrix: Any, basis: Any, signs: Any) -> tuple[Fraction, Fraction]:
    """Z < 1 with ||S^T M S - D|| <= Z in the maximum norm, for every symmetric M in the (interval) matrix.

    basis: the rows of S (P, k); signs: the diagonal of D, entries +1 or -1 (k). Then S^T M S has the
    inertia of D; for k = P so has M, and all its eigenvalues are at least (1 - Z) / |S|^2 from zero, the
    second number returned. For k < P, M has at least as many positive and negative eigenvalues as D.
    Raises Rejected if Z >= 1.
    """
    require(all(type(sign) is int and abs(sign) == 1 for sign in listed(signs)), "signs +1 or -1", signs)
    require(len(basis) == len(matrix) and {len(row) for row in basis} == {len(signs)}, "a basis (P, k)")
    columns, rows = list(map(Vector, zip(*basis, strict=True))), list(map(Vector, matrix))
    images = [Vector([dot(row, column) for row in rows]) for column in columns]
    products = [[dot(column, image) - sign * (j == k) for j, image in enumerate(images)]
                for k, (column, sign) in enumerate(zip(columns, signs, strict=True))]
    gap: Fraction = max((sum(map(abs, row)) for row in products), default=Fraction(0))
    require(gap < 1, "a matrix within 1 of its signs", gap)
    return gap, (1 - gap) / max(Fraction(1), sum(x * x for row in basis for x in row))
