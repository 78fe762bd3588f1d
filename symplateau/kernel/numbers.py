"""The numbers that a network is evaluated in, and their linear algebra: Fractions, or Intervals.

`Interval(lo, hi, prec)` is the set of reals x with lo <= x * 2**prec <= hi. Every operation returns an
interval that contains every exact result for members of its arguments: lower ends are rounded down, upper
ends up. Rationals mix in exactly. Elementary functions are enclosed at the end points (increasing ones),
or at the midpoint with a bound on the slope (sin, cos).

A network whose weights are in units of log q has pre-activations `Angle(k, q)`, meaning k log q. At whole
k, exp, tanh and the logistic function are rational; whatever is not rational is refused, and intervals
must serve instead.
"""

from collections import namedtuple
from fractions import Fraction
from functools import cached_property, lru_cache, partial, reduce
from math import factorial, isqrt, lcm
from operator import mul
from typing import Any

from .format import listed, near, require
from .polynomial import Polynomial

GUARD, MAX_EXPONENT, MAX_MULTIPLE, MAX_BITS, pairs = 32, 1 << 20, 512, 2**15, partial(zip, strict=True)
AT_ZERO = dict(exp=1, cos=1, logistic=Fraction(1, 2), tanh=0, sin=0, arctan=0, erf=0, pos=0, pos2=0, pos3=0)
Angle = namedtuple("Angle", "multiple base")  # multiple * log(base)


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
        lo, hi = sorted((self.lo * other.numerator, self.hi * other.numerator))
        return Interval(lo // other.denominator, -(-hi // other.denominator), self.prec)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: int) -> "Interval":
        require(exponent >= 0, "an exponent of 0 or more", exponent)
        half = self ** (exponent // 2) if exponent > 1 else self.like(1)
        result = half * half * self if exponent % 2 else half * half
        return Interval(max(result.lo, 0), result.hi, self.prec) if exponent % 2 == 0 else result

    def __repr__(self) -> str: return f"[{near(self.lo, self.prec):.9g}, {near(self.hi, self.prec):.9g}]"

    def inv(self) -> "Interval":
        require(self.lo > 0 or self.hi < 0, "a divisor that is not zero", self)
        return Interval((1 << 2 * self.prec) // self.hi, -((-1 << 2 * self.prec) // self.lo), self.prec)

    def sqrt(self) -> "Interval":
        """The root, for use in bounds. Where it must be smooth, its derivative divides by it."""
        require(self.lo >= 0, "a root of a non-negative number", self)
        return Interval(isqrt(self.lo << self.prec), isqrt(self.hi << self.prec) + 1, self.prec)

    def widened(self, r: Fraction) -> "Interval": return self + Interval(-1, 1, 0).finer(self.prec) * r

    # The largest absolute value.
    def __abs__(self) -> Fraction: return Fraction(max(-self.lo, self.hi), 1 << self.prec)

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
        n, term = n + 1, term * factor * ratio(n + 1)
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
    """arctan x = +-pi/2 - arctan 1/x for |x| > 1; else 2 arctan(x / (1 + sqrt(1 + x^2))), four times: then
    |x| < 1/10."""
    x = point.finer(GUARD)
    if abs(x) > 1:
        return (pi(x.prec) * Fraction(x.sign(), 2) - at_arctan(x.inv())).finer(-GUARD)
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
    x = point.finer(GUARD + 2 * square)
    total = series(x, x**2, lambda n: Fraction(2, 2 * n + 1))
    return (total * hull(at_exp, -(x**2)) * pi(x.prec).sqrt().inv() * 2).finer(point.prec - x.prec)


def sine(x: Interval, shift: int) -> Interval:
    """sin(x + shift pi/2): reduction of the midpoint to |r| < 2, and slope at most 1 around it."""
    require((extra := GUARD + max(x.lo.bit_length(), x.hi.bit_length())) < MAX_BITS // 4, "a small angle", x)
    half_turn = pi(x.prec + extra)
    angle = enclose(Fraction(x.lo + x.hi, 2 << x.prec), half_turn.prec) + half_turn * Fraction(shift, 2)
    turns = (2 * angle.lo + half_turn.lo) // (2 * half_turn.lo)
    r = angle - half_turn * turns
    value = series(r, -(r**2), lambda n: Fraction(1, 2 * n * (2 * n + 1)))
    return (-value if turns % 2 else value).finer(-extra).widened(Fraction(x.hi - x.lo, 2 << x.prec))


def hull(at: Any, x: Interval) -> Interval:
    """The values of an increasing function, from its enclosures at points."""
    found = [at(Interval(end, end, x.prec)) for end in sorted({x.lo, x.hi})]
    return Interval(found[0].lo, found[-1].hi, x.prec)


FUNCTIONS: dict[str, Any] = {
    at.__name__[3:]: partial(hull, at) for at in (at_exp, at_log, at_arctan, at_erf)} | {
    "inv": Interval.inv, "sqrt": Interval.sqrt, "tanh": lambda x: FUNCTIONS["logistic"](x * 2) * 2 - 1,
    "logistic": lambda x: (FUNCTIONS["exp"](-x) + 1).inv(), "sin": lambda x: sine(x, 0),
    "softplus": lambda x: FUNCTIONS["log"](FUNCTIONS["exp"](x) + 1), "cos": lambda x: sine(x, 1),
    "pos": lambda x: Interval(max(x.lo, 0), max(x.hi, 0), x.prec),
    "pos2": lambda x: FUNCTIONS["pos"](x) ** 2, "pos3": lambda x: FUNCTIONS["pos"](x) ** 3}


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
        q = x.base ** (int(x.multiple) if whole else 0)
        known = {"exp": q, "logistic": q / (1 + q), "tanh": (q * q - 1) / (q * q + 1)} if whole else {}
    elif x == 0:
        known = AT_ZERO
    else:
        positive, root = max(x, Fraction(0)), Fraction(isqrt(abs(x.numerator)), isqrt(x.denominator))
        known = {"inv": 1 / x, "pos": positive, "pos2": positive**2, "pos3": positive**3}
        known |= {"sqrt": root} if root * root == x else {}
    require(function in known, "a rational value", f"{function}({x})")
    return Fraction(known[function])


def evaluate(polynomial: Polynomial, atom: Any) -> Any:
    """The value of a polynomial at the given values of its atoms."""
    return total(reduce(mul, (atom(name) ** k for name, k in m), x) for m, x in polynomial.terms.items())


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

    @cached_property
    def whole(self) -> tuple[list[int], int] | None:
        """Rationals as integers over a common denominator; None where that is long."""
        bottom = 1
        for x in self.values:
            bottom = lcm(bottom, x.denominator)
            if bottom.bit_length() > MAX_BITS:
                return None
        return [x.numerator * (bottom // x.denominator) for x in self.values], bottom


def dot(x: Vector, y: Vector) -> Any:
    """sum x_k y_k, exactly, or as an interval: midpoints exactly, around them max|x| max|y| - |x_mid|
    |y_mid|."""
    require(len(x.values) == len(y.values), "vectors of one length")
    prec = y.prec if x.prec is None else x.prec
    if prec is None and x.whole and y.whole:
        return short(Fraction(sum(map(mul, x.whole[0], y.whole[0])), x.whole[1] * y.whole[1]))
    if prec is None:
        return total(map(mul, x.values, y.values))
    a, b = x.parts(prec), y.parts(prec)
    middle, around = sum(map(mul, a[0], b[0])), sum(map(mul, a[2], b[2])) - sum(map(mul, a[1], b[1]))
    return Interval((middle - around) >> (prec + 2), -(-(middle + around) >> (prec + 2)), prec)


# The product of two power series, as far as they go.
def times(x: Any, y: Any) -> Any: return [dot(Vector(x[:k+1]), Vector(y[k::-1])) for k in range(len(x))]


def composed(values: list[Any], step: list[Any]) -> list[Any]:
    """The power series of f(x + step), step without constant term, from f(x), f'(x), f''(x), ..."""
    found = [Fraction(0)] * len(values)
    for order in reversed(range(len(values))):
        found = times(found, step)
        found[0] = values[order] * Fraction(1, factorial(order))
    return found


def congruence(matrix: Any, basis: Any, signs: Any) -> tuple[Fraction, Fraction]:
    """Z < 1 with ||S^T M S - D|| <= Z in the maximum norm, for every symmetric M in the (interval) matrix.

    basis: the rows of S (P, k); signs: the diagonal of D, entries +1 or -1 (k). Then S^T M S has the
    inertia of D; for k = P so has M, and all its eigenvalues are at least (1 - Z) / |S|^2 from zero, the
    second number returned. For k < P, M has at least as many positive and negative eigenvalues as D.
    Raises Rejected if Z >= 1.
    """
    require(all(type(sign) is int and abs(sign) == 1 for sign in listed(signs)), "signs +1 or -1", signs)
    require(len(basis) == len(matrix) and {len(row) for row in basis} == {len(signs)}, "a basis (P, k)")
    columns, rows = list(map(Vector, pairs(*basis))), list(map(Vector, matrix))
    images = [Vector([dot(row, column) for row in rows]) for column in columns]
    products = [[dot(column, image) - sign * (j == k) for j, image in enumerate(images)]
                for k, (column, sign) in enumerate(pairs(columns, signs))]
    gap: Fraction = max((sum(map(abs, row)) for row in products), default=Fraction(0))
    require(gap < 1, "a matrix within 1 of its signs", gap)
    return gap, (1 - gap) / max(Fraction(1), sum(x * x for row in basis for x in row))
