"""Closed intervals with dyadic endpoints.

`Interval(lo, hi, prec)` is the set of reals x with lo <= x * 2**prec <= hi. Every operation returns an interval that
contains every exact result for members of its arguments: lower ends are rounded down, upper ends up. Rationals mix in
exactly. Elementary functions are enclosed at the end points (increasing ones), or at the midpoint with a bound on the
slope (sin, cos).
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Any, Union

from .format import require

GUARD, MAX_EXPONENT = 32, 1 << 14
Number = Union["Interval", Fraction, int]


def up(value: int, shift: int) -> int:
    """value / 2**shift, rounded up; -up(-value, shift) rounds down."""
    return -(-value >> shift) if shift >= 0 else value << -shift


class Interval:
    """lo, hi: integers, in units of 2**-prec."""

    __slots__ = ("hi", "lo", "prec")

    def __init__(self, lo: int, hi: int, prec: int) -> None:
        self.lo, self.hi, self.prec = lo, hi, prec

    def like(self, value: Number) -> "Interval":
        """The value as an interval of this precision."""
        return value if isinstance(value, Interval) else enclose(value, self.prec)

    def __add__(self, other: Number) -> "Interval":
        y = self.like(other)
        return Interval(self.lo + y.lo, self.hi + y.hi, self.prec)

    def __neg__(self) -> "Interval":
        return Interval(-self.hi, -self.lo, self.prec)

    def __sub__(self, other: Number) -> "Interval":
        return self + -other

    def __mul__(self, other: Number) -> "Interval":
        if isinstance(other, Interval):
            a, b, c, d = self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi
            return Interval(min(a, b, c, d) >> self.prec, -(-max(a, b, c, d) >> self.prec), self.prec)
        p, q = other.numerator, other.denominator
        lo, hi = (self.lo * p, self.hi * p) if p >= 0 else (self.hi * p, self.lo * p)
        return Interval(lo // q, -(-hi // q), self.prec)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> "Interval":
        require(exponent > 0, "a positive exponent", exponent)
        result = self
        for _ in range(exponent - 1):
            result = result * self
        return Interval(max(result.lo, 0), result.hi, self.prec) if exponent % 2 == 0 else result

    def __repr__(self) -> str:
        return f"[{self.lo / (1 << self.prec):.9g}, {self.hi / (1 << self.prec):.9g}]"

    def inv(self) -> "Interval":
        require(self.lo > 0 or self.hi < 0, "a divisor that is not zero", self)
        square = 1 << (2 * self.prec)
        return Interval(square // self.hi, -(-square // self.lo), self.prec)

    def sqrt(self) -> "Interval":
        """The root, for use in bounds. Where it must be smooth, its derivative divides by it."""
        require(self.lo >= 0, "a root of a non-negative number", self)
        return Interval(isqrt(self.lo << self.prec), isqrt(self.hi << self.prec) + 1, self.prec)

    def widened(self, radius: Fraction) -> "Interval":
        grow = enclose(radius, self.prec).hi
        return Interval(self.lo - grow, self.hi + grow, self.prec)

    def size(self) -> Fraction:
        """The largest absolute value."""
        return Fraction(max(-self.lo, self.hi), 1 << self.prec)

    def finer(self, bits: int) -> "Interval":
        """The same interval in units smaller by 2**bits; coarser ones, rounded outward, for bits < 0."""
        return Interval(-up(-self.lo, -bits), up(self.hi, -bits), self.prec + bits)

    def sign(self) -> int:
        """1 or -1 when certain, else 0."""
        return (self.lo > 0) - (self.hi < 0)


def enclose(value: Fraction | int, prec: int) -> Interval:
    """A rational as an interval: a point when it is dyadic enough."""
    low, rest = divmod(value.numerator << prec, value.denominator)
    return Interval(low, low + (rest > 0), prec)


def series(term: Interval, factor: Interval, ratio: Callable[[int], Fraction]) -> Interval:
    """Encloses sum_n t_n with t_0 = term, t_n = t_(n-1) factor ratio(n).

    Assumes |factor| ratio(m) <= 1/2 for all m > n once it is so for n: each ratio below decreases, or is at most 1
    with |factor| < 1/2. The tail is then at most twice its first term.
    """
    total, n = term, 1
    while True:
        term = term * factor * ratio(n)
        n += 1
        if max(-term.lo, term.hi) <= 1 and factor.size() * ratio(n) <= Fraction(1, 2):
            return Interval(total.lo - 2, total.hi + 2, total.prec)
        total = total + term


def odd_powers(n: int) -> Fraction:
    """Ratio for sum z^(2n+1) / (2n+1): artanh z with factor z^2, arctan z with factor -z^2."""
    return Fraction(2 * n - 1, 2 * n + 1)


@lru_cache(maxsize=64)
def log2(prec: int) -> Interval:
    """log 2 = 2 artanh(1/3)."""
    return series(enclose(Fraction(1, 3), prec), enclose(Fraction(1, 9), prec), odd_powers) * 2


@lru_cache(maxsize=64)
def pi(prec: int) -> Interval:
    """pi = 16 arctan(1/5) - 4 arctan(1/239)."""
    x, y = (series(enclose(Fraction(1, q), prec), enclose(Fraction(-1, q * q), prec), odd_powers) for q in (5, 239))
    return x * 16 - y * 4


def at_exp(point: Interval) -> Interval:
    """x = k log 2 + 256 r with 0 <= r < 2**-7; the series of exp(r), squared eight times.

    In the series, on plain integers for speed, all roundings go down: term n is short by e_n <= e_(n-1) r/n + 2 <= 4
    units, and once a term vanishes the tail is below 8 units. exp(r + s) <= exp(r) (1 + 2s) for 0 <= s <= 1.
    """
    x, prec = point.lo, point.prec
    wide, two = prec + GUARD, log2(prec + GUARD + 16)
    k = (x << (GUARD + 16)) // two.hi
    if k < -wide:
        return Interval(0, 1, prec)
    require(k <= MAX_EXPONENT, "an argument of exp of moderate size", point)
    rest = (enclose(Fraction(x, 1 << prec), two.prec) - two * k).finer(-16)
    if rest.lo < 0:
        k, rest = k - 1, rest + two.finer(-16)
    r, rest_hi = rest.lo >> 8, up(rest.hi, 8)
    total, term, n = 0, 1 << wide, 0
    while term:
        total, n = total + term, n + 1
        term = ((term * r) >> wide) // n
    lo, hi = total, total + 4 * n + 8
    hi += 2 * up(hi * (rest_hi - r), wide) + 1
    for _ in range(8):
        lo, hi = (lo * lo) >> wide, up(hi * hi, wide)
    return Interval(-up(-lo, GUARD - k), up(hi, GUARD - k), prec)


def at_log(point: Interval) -> Interval:
    """x = 2**k (1+z)/(1-z) with 0 <= z < 1/3: k log 2 + 2 artanh z."""
    require(point.lo > 0, "a positive argument of log", point)
    k, wide = point.lo.bit_length() - 1, point.prec + GUARD
    z = enclose(Fraction(point.lo - (1 << k), point.lo + (1 << k)), wide)
    return (series(z, z**2, odd_powers) * 2 + log2(wide) * (k - point.prec)).finer(-GUARD)


def at_logistic(point: Interval) -> Interval:
    decayed = at_exp(Interval(-abs(point.lo), -abs(point.lo), point.prec))
    upper = (decayed + 1).inv()
    return upper if point.lo >= 0 else -upper + 1


def at_softplus(point: Interval) -> Interval:
    decayed = increasing(at_log)(at_exp(Interval(-abs(point.lo), -abs(point.lo), point.prec)) + 1)
    return decayed + point if point.lo > 0 else decayed


def at_arctan(point: Interval) -> Interval:
    """arctan x = 2 arctan(x / (1 + sqrt(1 + x^2))), four times; then |x| < 1/10."""
    x = point.finer(GUARD)
    for _ in range(4):
        x = x * (1 + (1 + x**2).sqrt()).inv()
    return (series(x, -(x**2), odd_powers) * 16).finer(-GUARD)


def at_erf(point: Interval) -> Interval:
    """2/sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (2n+1)!!, all terms of one sign; 0 <= 1 - erf x <= exp(-x^2), x >= 0."""
    square = (point.lo * point.lo) >> (2 * point.prec)
    if square > point.prec:
        one = 1 << point.prec
        return Interval(one - 1, one, point.prec) if point.lo > 0 else Interval(-one, 1 - one, point.prec)
    extra = GUARD + 2 * square
    x = point.finer(extra)
    total = series(x, x**2, lambda n: Fraction(2, 2 * n + 1))
    return (total * increasing(at_exp)(-(x**2)) * pi(x.prec).sqrt().inv() * 2).finer(-extra)


def circular(x: Interval, quadrant: int) -> Interval:
    """sin(x + quadrant pi/2): reduction of the midpoint to |r| < 1, and slope at most 1 around it."""
    extra = GUARD + max(x.lo.bit_length(), x.hi.bit_length())
    middle = enclose(Fraction(x.lo + x.hi, 2 << x.prec), x.prec + extra)
    half_pi = pi(middle.prec) * Fraction(1, 2)
    quarters = (2 * middle.lo + half_pi.lo) // (2 * half_pi.lo)
    r, turn = middle - half_pi * quarters, (quarters + quadrant) % 4
    odd = turn % 2  # cos r, else sin r
    value = series(middle.like(1) if odd else r, -(r**2), lambda n: Fraction(1, 2 * n * (2 * n + 1 - 2 * odd)))
    return (value if turn < 2 else -value).finer(-extra).widened(Fraction(x.hi - x.lo, 2 << x.prec))


def increasing(at: Callable[[Interval], Interval]) -> Callable[[Interval], Interval]:
    """An increasing function, from its enclosures at points."""
    def enclosure(x: Interval) -> Interval:
        low = at(Interval(x.lo, x.lo, x.prec))
        return low if x.lo == x.hi else Interval(low.lo, at(Interval(x.hi, x.hi, x.prec)).hi, x.prec)
    return enclosure


FUNCTIONS: dict[str, Callable[[Any], Interval]] = {
    "inv": Interval.inv, "sqrt": Interval.sqrt, "exp": increasing(at_exp), "log": increasing(at_log),
    "logistic": increasing(at_logistic), "softplus": increasing(at_softplus), "arctan": increasing(at_arctan),
    "erf": increasing(at_erf), "tanh": lambda x: FUNCTIONS["logistic"](x * 2) * 2 - 1,
    "sin": lambda x: circular(x, 0), "cos": lambda x: circular(x, 1),
    "pos": increasing(lambda x: x if x.lo > 0 else x * 0),
    "pos2": lambda x: FUNCTIONS["pos"](x) ** 2, "pos3": lambda x: FUNCTIONS["pos"](x) ** 3,
}
