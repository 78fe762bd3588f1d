"""Intervals whose end points are exact binary numbers; each operation rounds outwards by Arb.

An Arb ball around [0, r] reaches below 0, which would lose the signs of what is only just not negative.
The precision is that of flint.ctx, which `certificate.check` sets and restores.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, ctx, fmpq

from .rejection import Rejected, demand

MAX_EXPONENT = 2**16


@dataclass(frozen=True)
class Range:
    """All numbers from low to high, two arbs of radius 0, low <= high, finite."""

    low: arb
    high: arb

    def __add__(self, other: "Range") -> "Range":
        return between(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Range":
        return Range(-self.high, -self.low)

    def __sub__(self, other: "Range") -> "Range":
        return self + -other

    def __mul__(self, other: "Range") -> "Range":
        if self.low >= 0 and other.low >= 0:
            return between(self.low * other.low, self.high * other.high)
        if self.low == self.high:
            return hull([self.low * other.low, self.low * other.high])
        return hull([x * y for x in (self.low, self.high) for y in (other.low, other.high)])

    def __pow__(self, exponent: int) -> "Range":
        if exponent == 1:
            return self
        if exponent % 2 == 0 and self.low < 0 < self.high:
            return Range(arb(0), hull([self.low**exponent, self.high**exponent]).high)
        return hull([self.low**exponent, self.high**exponent])

    def ball(self) -> arb:
        """A ball that contains it; itself where it is one number."""
        if self.low == self.high:
            return self.low
        middle = ((self.low + self.high) / 2).mid()
        return arb(middle, larger((self.high - middle).upper(), (middle - self.low).upper()))

    def meet(self, other: "Range") -> "Range":
        """What both contain: something, since both contain the same value."""
        return Range(larger(self.low, other.low), smaller(self.high, other.high))


def larger(x: arb, y: arb) -> arb:
    return x if x >= y else y


def smaller(x: arb, y: arb) -> arb:
    return x if x <= y else y


def between(low: arb, high: arb) -> Range:
    """From the least of one ball to the largest of another."""
    found = Range(floor(low), ceiling(high))
    demand(found.low <= found.high, "an interval")
    return found


def hull(balls: list[arb]) -> Range:
    low, high = floor(balls[0]), ceiling(balls[0])
    for x in balls[1:]:
        low, high = smaller(low, floor(x)), larger(high, ceiling(x))
    return Range(low, high)


def floor(x: arb) -> arb:
    """An exact number that is no larger: the number itself if it is exact."""
    demand(x.is_finite(), "finite numbers")
    return x if x.is_exact() else x.lower()


def ceiling(x: arb) -> arb:
    demand(x.is_finite(), "finite numbers")
    return x if x.is_exact() else x.upper()


def of(value: arb | fmpq) -> Range:
    """The range of a ball or a rational."""
    x = arb(value)
    return between(x, x)


def fraction(x: arb) -> fmpq:
    """The rational that an exact number is. Raises Rejected for one that would be long."""
    mantissa, exponent = x.man_exp()
    demand(abs(exponent) <= MAX_EXPONENT, "a number that is neither tiny nor huge")
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def rising(f: Callable[[arb], arb]) -> Callable[[Range], Range]:
    """An increasing function on ranges."""
    return lambda u: between(f(u.low), f(u.high)) if u.low < u.high else of(f(u.low))


def logistic(x: arb) -> arb:
    return 1 / (1 + (-x).exp())


def softplus(x: arb) -> arb:
    return x + (-x).exp().log1p() if x > 0 else x.exp().log1p()


def clipped(u: Range, exponent: int) -> Range:
    """max(t, 0)^exponent."""
    return Range(larger(u.low, arb(0)), larger(u.high, arb(0))) ** exponent


def inverse(u: Range) -> Range:
    demand(u.low > 0 or u.high < 0, "inv of what is not 0")
    return between(1 / u.high, 1 / u.low)


def log(u: Range) -> Range:
    demand(u.low > 0, "log of what is > 0")
    return rising(arb.log)(u)


def sqrt(u: Range) -> Range:
    demand(u.low >= 0, "sqrt of what is >= 0")
    return rising(arb.sqrt)(u)


def wave(u: Range, f: Callable[[arb], arb], shift: fmpq) -> Range:
    """cos(u - shift*pi): extremes are at the integers k with k*pi in u - shift*pi."""
    if not u.high - u.low < 6:
        return Range(arb(-1), arb(1))
    first, last = (u.low / arb.pi() - shift).lower().ceil(), (u.high / arb.pi() - shift).upper().floor()
    start, end = first.unique_fmpz(), last.unique_fmpz()
    if start is None or end is None:
        raise Rejected("expected an argument of sin or cos that the precision can reduce")
    if end - start > 2:  # the argument is too large for this precision
        return Range(arb(-1), arb(1))
    extremes = [arb(-1 if k % 2 else 1) for k in range(int(start), int(end) + 1)]
    found = hull([f(u.low), f(u.high), *extremes])
    return Range(larger(found.low, arb(-1)), smaller(found.high, arb(1)))


FUNCTIONS: dict[str, Callable[[Range], Range]] = {
    "exp": rising(arb.exp), "log": log, "inv": inverse, "sqrt": sqrt,
    "sin": lambda u: wave(u, arb.sin, fmpq(1, 2)), "cos": lambda u: wave(u, arb.cos, fmpq(0)),
    "tanh": rising(arb.tanh), "logistic": rising(logistic), "softplus": rising(softplus),
    "arctan": rising(arb.atan), "erf": rising(arb.erf),
    "pos": lambda u: clipped(u, 1), "pos2": lambda u: clipped(u, 2), "pos3": lambda u: clipped(u, 3)}


class precision:
    """So many bits within the block; what they were before, after it."""

    def __init__(self, bits: int) -> None:
        self.bits, self.before = bits, 0

    def __enter__(self) -> None:
        self.before, ctx.prec = int(ctx.prec), self.bits

    def __exit__(self, *_error: object) -> None:
        ctx.prec = self.before
