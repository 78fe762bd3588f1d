"""Two laws of every function: it contains the exact value (Arb's); it overlaps itself at another
precision."""

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

import pytest
from flint import arb, ctx, fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from symplateau.kernel.format import MAX_PREC, Rejected
from symplateau.kernel.numbers import FUNCTIONS, Interval, Vector, dot, enclose, log2, pi

EXACT: dict[str, Callable[[arb], arb]] = {
    "exp": arb.exp,
    "log": arb.log,
    "inv": lambda x: 1 / x,
    "sqrt": arb.sqrt,
    "sin": arb.sin,
    "cos": arb.cos,
    "tanh": arb.tanh,
    "logistic": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
    "arctan": arb.atan,
    "erf": arb.erf,
    "pos": lambda x: x if x > 0 else arb(0),
    "pos2": lambda x: x**2 if x > 0 else arb(0),
    "pos3": lambda x: x**3 if x > 0 else arb(0),
}
POSITIVE, NON_ZERO = ("log", "sqrt"), ("inv",)
PRECISIONS = st.sampled_from([16, 17, 53, 64, 128, 200, 512])


@st.composite
def dyadic(draw: st.DrawFn, largest: int = 12) -> Fraction:
    """A dyadic number, of any size from tiny to 2**largest, on both sides of zero."""
    exponent = draw(st.integers(-largest - 40, largest - 20))
    return Fraction(draw(st.integers(-(2**20), 2**20))) * Fraction(2) ** exponent


def around(x: Fraction, prec: int) -> Interval:
    return enclose(x, prec)


def exact(name: str, x: Fraction, prec: int) -> arb:
    """A ball that contains f(x) and is far smaller than 2**-prec."""
    ctx.prec = 3 * prec + 400
    return EXACT[name](arb(fmpq(x.numerator, x.denominator)))


def contains(interval: Interval, ball: arb) -> bool:
    """Whether no point of the ball is certainly outside."""
    unit = arb(fmpz(2)) ** interval.prec
    scaled = ball * unit
    return not scaled < fmpz(interval.lo) and not scaled > fmpz(interval.hi)


def defined(name: str, low: Fraction, high: Fraction) -> bool:
    return not (name in POSITIVE and low <= 0) and not (name in NON_ZERO and low <= 0 <= high)


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data())
def test_contains_the_exact_value(name: str, data: st.DataObject) -> None:
    prec = data.draw(PRECISIONS)
    low, width = data.draw(dyadic()), abs(data.draw(dyadic(4))) * data.draw(st.sampled_from([0, 1, 1000]))
    x = Interval(around(low, prec).lo, around(low + width, prec).hi, prec)
    bottom, top = Fraction(x.lo, 1 << prec), Fraction(x.hi, 1 << prec)
    if not defined(name, bottom, top):
        return
    found = FUNCTIONS[name](x)
    assert found.prec == prec
    share = data.draw(st.fractions(0, 1, max_denominator=64))
    for point in (bottom, top, bottom + share * (top - bottom)):
        assert contains(found, exact(name, point, prec))


@pytest.mark.parametrize("name", FUNCTIONS)
@given(data=st.data())
def test_overlaps_itself_at_another_precision(name: str, data: st.DataObject) -> None:
    one, other = data.draw(PRECISIONS), data.draw(PRECISIONS)
    point = Fraction(round(data.draw(dyadic()) * 2**16), 2**16)
    if not defined(name, point, point):
        return
    x, y = (FUNCTIONS[name](around(point, prec)) for prec in (one, other))
    low, high = ([Fraction(z.lo, 1 << z.prec) for z in (x, y)], [Fraction(z.hi, 1 << z.prec) for z in (x, y)])
    assert max(low) <= min(high)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("prec", [64, 128, 1000])
def test_is_sharp_at_points_of_moderate_size(name: str, prec: int) -> None:
    for point in (Fraction(1, 3), Fraction(1), Fraction(22, 7), Fraction(6)):
        x = FUNCTIONS[name](around(point, prec))
        assert x.hi - x.lo <= 2**12


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_interval_is_not_enlarged_much(name: str) -> None:
    """The image of [1/2, 3/4] is little wider than its end points' values; sin and cos use slope 1."""
    x = FUNCTIONS[name](Interval(1 << 63, 3 << 62, 64))
    ends = [FUNCTIONS[name](around(Fraction(k, 4), 64)) for k in (2, 3)]
    low, high = min(z.lo for z in ends), max(z.hi for z in ends)
    slack = 2**64 // 4 if name in ("sin", "cos") else 2**8
    assert low - slack <= x.lo and x.hi <= high + slack


EXTREMES = [
    Fraction(0),
    Fraction(1, 2**16),
    Fraction(-1, 2**16),
    Fraction(10**5),
    Fraction(-(10**5)),
    Fraction(700_000),
    Fraction(-700_000),
    Fraction(-(2**40)),
    Fraction(2**40),
    Fraction(355, 113) / 2,
    Fraction(64),
    Fraction(-8),
    Fraction(23, 4),
]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("prec", [16, 128])
def test_extremes(name: str, prec: int) -> None:
    for point in EXTREMES:
        try:
            found = FUNCTIONS[name](around(point, prec))
        except Rejected:
            moderate = abs(point) < 600_000
            assert not moderate or not defined(name, point, around(point, prec).hi * Fraction(1))
            continue
        low = Fraction(around(point, prec).lo, 1 << prec)
        if name in ("sin", "cos") or abs(point) <= 700_000:
            assert contains(found, exact(name, low, prec))
        elif name not in ("exp", "softplus", "inv", "sqrt", "log", "arctan", "pos", "pos2", "pos3"):
            assert -(1 << prec) - 1 <= found.lo <= found.hi <= (1 << prec) + 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_highest_precision(name: str) -> None:
    x = FUNCTIONS[name](around(Fraction(5, 4), MAX_PREC))
    assert contains(x, exact(name, Fraction(5, 4), MAX_PREC)) and x.hi - x.lo < 2**20


@pytest.mark.parametrize(
    "name, low, high",
    [
        ("inv", 0, 0),
        ("inv", -1, 1),
        ("inv", 0, 1),
        ("inv", -1, 0),
        ("log", 0, 1),
        ("log", -1, -1),
        ("log", -1, 1),
        ("sqrt", -1, 4),
        ("exp", 2**21, 2**21),
        ("exp", 0, 2**30),
        ("logistic", -(2**21), 0),
        ("softplus", 2**21, 2**21),
        ("tanh", -(2**21), 0),
    ],
)
def test_outside_the_domain(name: str, low: int, high: int) -> None:
    with pytest.raises(Rejected):
        FUNCTIONS[name](Interval(low << 32, high << 32, 32))


@pytest.mark.parametrize("prec", [16, 64, 1000, 4096, 12384, 2**14 + 64])
def test_constants(prec: int) -> None:
    ctx.prec = prec + 64
    assert contains(log2(prec), arb(2).log()) and contains(pi(prec), arb.pi())
    # What at_exp presupposes.
    assert log2(prec).hi - log2(prec).lo < 2**15


NUMBERS = st.fractions(-50, 50, max_denominator=97)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval of 40 bits and a rational in it."""
    low, width = draw(NUMBERS), abs(draw(NUMBERS)) * draw(st.sampled_from([0, Fraction(1, 1000), 1]))
    point = low + width * draw(st.fractions(0, 1, max_denominator=9))
    return Interval(enclose(low, 40).lo, enclose(low + width, 40).hi, 40), point


def inside(interval: Interval, value: Fraction) -> bool:
    return interval.lo <= value * 2**interval.prec <= interval.hi


@given(intervals(), intervals(), NUMBERS)
def test_arithmetic(one: tuple[Interval, Fraction], other: tuple[Interval, Fraction], q: Fraction) -> None:
    (x, a), (y, b) = one, other
    for found, value in (
        (x + y, a + b),
        (x - y, a - b),
        (x * y, a * b),
        (-x, -a),
        (x + q, a + q),
        (q + x, a + q),
        (x - q, a - q),
        (x * q, a * q),
        (q * x, a * q),
        (x * 3, a * 3),
        (2 + x, a + 2),
        (x * -1, -a),
        (x * 0, Fraction(0)),
    ):
        assert inside(found, value)


@given(intervals(), st.integers(0, 9))
def test_powers(one: tuple[Interval, Fraction], k: int) -> None:
    x, a = one
    assert inside(x**k, a**k)
    if k % 2 == 0:
        assert (x**k).lo >= 0


def test_no_negative_powers() -> None:
    with pytest.raises(Rejected):
        around(Fraction(2), 16) ** -1


@given(intervals(), st.fractions(0, 3, max_denominator=50), st.integers(-20, 20))
def test_shapes(one: tuple[Interval, Fraction], radius: Fraction, bits: int) -> None:
    x, a = one
    for shift in (-radius, Fraction(0), radius):
        assert inside(x.widened(radius), a + shift)
    assert inside(x.finer(bits), a) and x.finer(bits).prec == 40 + bits
    assert abs(a) <= abs(x)
    assert x.sign() in (0, (a > 0) - (a < 0))
    assert x.like(x) is x and inside(x.like(a), a)


@given(intervals())
def test_roots_and_inverses(one: tuple[Interval, Fraction]) -> None:
    x, a = one
    if x.lo > 0 or x.hi < 0:
        assert inside(x.inv(), 1 / a)
    if x.lo >= 0:
        low, high = (Fraction(z, 2**40) for z in (x.sqrt().lo, x.sqrt().hi))
        assert low**2 <= a <= high**2


@pytest.mark.parametrize(
    "value", [Fraction(0), Fraction(1, 3), Fraction(-1, 3), Fraction(7), Fraction(-5, 8)], ids=str
)
def test_a_rational_is_enclosed_sharply(value: Fraction) -> None:
    x = enclose(value, 20)
    assert inside(x, value) and x.hi - x.lo == ((value * 2**20).denominator != 1)


@given(st.lists(st.tuples(intervals(), intervals(), st.booleans(), st.booleans()), max_size=6))
def test_inner_products(rows: list[Any]) -> None:
    """Intervals and rationals mixed; the error is that of one rounding."""
    xs, ys, total = [], [], Fraction(0)
    for (x, a), (y, b), rational, other in rows:
        xs.append(a if rational else x)
        ys.append(b if other else y)
        total += a * b
    found = dot(Vector(xs), Vector(ys))
    if isinstance(found, Interval):
        assert inside(found, total)
    else:
        assert found == total


def test_an_inner_product_of_points_is_rounded_once() -> None:
    x = [around(Fraction(1, 3), 64)] * 100
    found = dot(Vector(x), Vector(x))
    assert found.hi - found.lo <= 200


def test_arb_and_the_kernel_know_the_same_square_root() -> None:
    assert isqrt(2 << 200) in range(
        FUNCTIONS["sqrt"](around(Fraction(2), 100)).lo, FUNCTIONS["sqrt"](around(Fraction(2), 100)).hi + 1
    )
