"""Closed intervals with dyadic endpoints.

`Interval(lo, hi, prec)` is the set of reals x with lo <= x * 2**prec <= hi. Every operation returns an
interval that contains every exact result for members of its arguments: lower ends are rounded down, upper
ends up. Rationals mix in exactly. Elementary functions are enclosed at the end points (increasing ones),
or at the midpoint with a bound on the slope (sin, cos).
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, reduce
from math import isqrt
from typing import Any

from .format import require

GUARD, MAX_EXPONENT = 32, 1 << 20


class Interval:
    """lo, hi: integers, in units of 2**-prec."""

    __slots__ = ("hi", "lo", "prec")

    def __init__(self, lo: int, hi: int, prec: int) -> None:
        self.lo, self.hi, self.prec = lo, hi, prec

    # A number as an interval of this precision.
    def like(self, x: Any) -> "Interval": return x if isinstance(x, Interval) else enclose(x, self.prec)

    def __add__(self, other: Any) -> "Interval":
        y = self.like(other)
        return Interval(self.lo + y.lo, self.hi + y.hi, self.prec)

    def __neg__(self) -> "Interval": return Interval(-self.hi, -self.lo, self.prec)

    def __sub__(self, other: Any) -> "Interval": return self.__add__(-other)

    def __mul__(self, other: Any) -> "Interval":
        if isinstance(other, Interval):
            a, b, c, d = self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi
            return Interval(min(a, b, c, d) >> self.prec, -(-max(a, b, c, d) >> self.prec), self.prec)
        p, q = other.numerator, other.denominator
        lo, hi = (self.lo * p, self.hi * p) if p >= 0 else (self.hi * p, self.lo * p)
        return Interval(lo // q, -(-hi // q), self.prec)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> "Interval":
        require(exponent >= 0, "an exponent of 0 or more", exponent)
        result = reduce(Interval.__mul__, [self] * exponent, self.like(1))
        return Interval(max(result.lo, 0), result.hi, self.prec) if exponent % 2 == 0 else result

    def __repr__(self) -> str:
        return f"[{self.lo / (1 << self.prec):.9g}, {self.hi / (1 << self.prec):.9g}]"

    def inv(self) -> "Interval":
        require(self.lo > 0 or self.hi < 0, "a divisor that is not zero", self)
        return Interval((1 << 2 * self.prec) // self.hi, -((-1 << 2 * self.prec) // self.lo), self.prec)

    def sqrt(self) -> "Interval":
        """The root, for use in bounds. Where it must be smooth, its derivative divides by it."""
        require(self.lo >= 0, "a root of a non-negative number", self)
        return Interval(isqrt(self.lo << self.prec), isqrt(self.hi << self.prec) + 1, self.prec)

    def widened(self, r: Fraction) -> "Interval": return self + Interval(-1, 1, 0).finer(self.prec) * r

    # The largest absolute value.
    def size(self) -> Fraction: return Fraction(max(-self.lo, self.hi), 1 << self.prec)

    __abs__ = size

    def finer(self, bits: int) -> "Interval":
        """The same interval in units smaller by 2**bits; coarser ones, rounded outward, for bits < 0."""
        scaled = self * (1 << bits if bits >= 0 else Fraction(1, 1 << -bits))
        return Interval(scaled.lo, scaled.hi, self.prec + bits)

    # 1 or -1 when certain, else 0.
    def sign(self) -> int: return (self.lo > 0) - (self.hi < 0)


def enclose(value: Fraction | int, prec: int) -> Interval:
    """A rational as an interval: a point when it is dyadic enough."""
    low, rest = divmod(value.numerator << prec, value.denominator)
    return Interval(low, low + (rest > 0), prec)


def series(term: Interval, factor: Interval, ratio: Any) -> Interval:
    """Encloses sum_n t_n with t_0 = term, t_n = t_(n-1) factor ratio(n).

    Assumes |factor| ratio(m) <= 1/2 for all m > n once it is so for n: each ratio below decreases, or is
    at most 1 with |factor| < 1/2. After a term of at most one unit the tail is then at most one unit.
    """
    total, n = term, 0
    while max(-term.lo, term.hi) > 1 or abs(factor) * ratio(n + 1) > Fraction(1, 2):
        n += 1
        term = term * factor * ratio(n)
        total = total + term
    return Interval(total.lo - 1, total.hi + 1, total.prec)


# sum_n z s^n / (2n+1): artanh z with s = z^2, arctan z with s = -z^2.
def odd_series(z: Interval, s: Interval) -> Interval: return series(z, s, lambda n: 1 - Fraction(2, 2*n + 1))


@lru_cache(maxsize=64)
# log 2 = 2 artanh(1/3).
def log2(p: int) -> Interval: return odd_series(enclose(Fraction(1, 3), p), enclose(Fraction(1, 9), p)) * 2


@lru_cache(maxsize=64)
def pi(prec: int) -> Interval: return (at_arctan(enclose(1, prec + GUARD)) * 4).finer(-GUARD)


def at_exp(point: Interval) -> Interval:
    """x = k log 2 + 256 r with 0 <= r < 2**-7; the series of exp(r) on plain integers, squared eight times.

    All roundings go down; errors are in units of 2**-wide, for prec < 2**14. r is off by |k| / 256 <=
    2**12 times the width of log 2, below 2**15; each of fewer than 2**12 terms by at most 4, and once one
    vanishes the tail is below 8. So exp(r) is off by less than 2**28, and after eight squarings, all
    below 2.1, by less than 2**38.
    """
    wide = point.prec + 2 * GUARD
    k, r = divmod(point.lo << 2 * GUARD, log2(wide).lo)
    if k < -wide:
        return Interval(0, 1, point.prec)
    require(k <= MAX_EXPONENT, "an argument of exp of moderate size", point)
    r, total, term, n = r >> 8, 0, 1 << wide, 0
    while term:
        total, n = total + term, n + 1
        term = ((term * r) >> wide) // n
    for _ in range(8):
        total = (total * total) >> wide
    return Interval(total - (1 << 38), total + (1 << 38), wide - k).finer(k - 2 * GUARD)


def at_log(point: Interval) -> Interval:
    """x = 2**k (1+z)/(1-z) with 0 <= z < 1/3: k log 2 + 2 artanh z."""
    require(point.lo > 0, "a positive argument of log", point)
    k, wide = point.lo.bit_length() - 1, point.prec + GUARD
    low = ((point.lo - (1 << k)) << wide) // (point.lo + (1 << k))
    z = Interval(low, low + 1, wide)
    return (odd_series(z, z**2) * 2 + log2(wide) * (k - point.prec)).finer(-GUARD)


def at_arctan(point: Interval) -> Interval:
    """arctan x = 2 arctan(x / (1 + sqrt(1 + x^2))), four times; then |x| < 1/10."""
    x = point.finer(GUARD)
    for _ in range(4):
        x = x * (1 + (1 + x**2).sqrt()).inv()
    return (odd_series(x, -(x**2)) * 16).finer(-GUARD)


def at_erf(point: Interval) -> Interval:
    """2/sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (2n+1)!!, all terms of one sign.

    For x >= 0, 0 <= 1 - erf x <= exp(-x^2), which is below one unit for x^2 > prec.
    """
    square, limit = (point.lo * point.lo) >> (2 * point.prec), (1 if point.lo > 0 else -1) << point.prec
    if square > point.prec:
        return Interval(limit - 1, limit + 1, point.prec)
    extra = GUARD + 2 * square
    x = point.finer(extra)
    total = series(x, x**2, lambda n: Fraction(2, 2 * n + 1))
    return (total * FUNCTIONS["exp"](-(x**2)) * pi(x.prec).sqrt().inv() * 2).finer(-extra)


def circular(x: Interval, quadrant: int) -> Interval:
    """sin(x + quadrant pi/2): reduction of the midpoint to |r| < 1, and slope at most 1 around it."""
    extra = GUARD + max(x.lo.bit_length(), x.hi.bit_length())
    middle = enclose(Fraction(x.lo + x.hi, 2 << x.prec), x.prec + extra)
    half_pi = pi(middle.prec) * Fraction(1, 2)
    quarters = (2 * middle.lo + half_pi.lo) // (2 * half_pi.lo)
    r, turn = middle - half_pi * quarters, (quarters + quadrant) % 4
    odd, start = turn % 2, middle.like(1) if turn % 2 else r  # cos r, else sin r
    value = series(start, -(r**2), lambda n: Fraction(1, 2 * n * (2 * n + 1 - 2 * odd)))
    return (value if turn < 2 else -value).finer(-extra).widened(Fraction(x.hi - x.lo, 2 << x.prec))


def increasing(at: Any) -> Callable[[Interval], Interval]:
    """An increasing function, from its enclosures at points."""
    def enclosure(x: Interval) -> Interval:
        low = at(Interval(x.lo, x.lo, x.prec))
        return low if x.lo == x.hi else Interval(low.lo, at(Interval(x.hi, x.hi, x.prec)).hi, x.prec)
    return enclosure


FUNCTIONS: dict[str, Callable[[Interval], Interval]] = {
    at.__name__[3:]: increasing(at) for at in (at_exp, at_log, at_arctan, at_erf)} | {
    "inv": Interval.inv, "sqrt": Interval.sqrt, "tanh": lambda x: FUNCTIONS["logistic"](x * 2) * 2 - 1,
    "logistic": lambda x: (FUNCTIONS["exp"](-x) + 1).inv(), "sin": lambda x: circular(x, 0),
    "softplus": lambda x: FUNCTIONS["log"](FUNCTIONS["exp"](x) + 1), "cos": lambda x: circular(x, 1),
    "pos": lambda x: Interval(max(x.lo, 0), max(x.hi, 0), x.prec),
    "pos2": lambda x: FUNCTIONS["pos"](x) ** 2, "pos3": lambda x: FUNCTIONS["pos"](x) ** 3,
}
