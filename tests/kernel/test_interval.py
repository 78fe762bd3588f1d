"""The laws of enclosures: the exact value lies inside, and two precisions overlap. Against FLINT's balls."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symplateau.kernel.format import Rejected
from symplateau.kernel.interval import FUNCTIONS, Interval, enclose

ARB: dict[str, Callable[[Any], Any]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "tanh": lambda x: x.tanh(),
    "erf": lambda x: x.erf(),
    "logistic": lambda x: 1 / (1 + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
    "arctan": lambda x: x.atan(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "inv": lambda x: 1 / x,
    "sqrt": lambda x: x.sqrt(),
    "pos": lambda x: max(x, flint.arb(0)),
    "pos2": lambda x: max(x, flint.arb(0)) ** 2,
    "pos3": lambda x: max(x, flint.arb(0)) ** 3,
}
POSITIVE = ("log", "sqrt", "inv")
numbers = st.one_of(
    st.fractions(-40, 40, max_denominator=10**6),
    st.integers(-40, 40).map(Fraction),
    st.integers(1, 200).map(lambda k: Fraction(1, 2**k)),
)


def ball(x: Fraction) -> Any:
    return flint.arb(flint.fmpq(x.numerator, x.denominator))


def outside(value: Any, x: Interval) -> bool:
    """Whether the ball lies certainly beside the interval."""
    scaled = value * flint.arb(2) ** x.prec
    return bool(scaled < flint.arb(flint.fmpz(x.lo)) or scaled > flint.arb(flint.fmpz(x.hi)))


@pytest.mark.parametrize("function", FUNCTIONS)
@given(low=numbers, width=st.fractions(0, 3), inside=st.fractions(0, 1), prec=st.sampled_from([24, 64, 200]))
@settings(max_examples=60, deadline=None)
def test_the_exact_value_is_contained(
    function: str, low: Fraction, width: Fraction, inside: Fraction, prec: int
) -> None:
    low = abs(low) + Fraction(1, 1000) if function in POSITIVE else low
    ends = enclose(low, prec).lo, enclose(low + width, prec).hi
    if function in POSITIVE and ends[0] <= 0:
        return
    x = Interval(*ends, prec)
    with flint.ctx.workprec(600):
        assert not outside(ARB[function](ball(low + inside * width)), FUNCTIONS[function](x))


@pytest.mark.parametrize("function", FUNCTIONS)
@given(value=numbers, precs=st.tuples(st.integers(20, 90), st.integers(100, 300)))
@settings(max_examples=40, deadline=None)
def test_two_precisions_overlap(function: str, value: Fraction, precs: tuple[int, int]) -> None:
    value = abs(value) + Fraction(1, 1000) if function in POSITIVE else value
    coarse, fine = (FUNCTIONS[function](enclose(value, prec)) for prec in precs)
    shift = fine.prec - coarse.prec
    assert (coarse.lo << shift) <= fine.hi and fine.lo <= (coarse.hi << shift)


@given(a=numbers, b=numbers, c=numbers, d=numbers, s=st.fractions(0, 1), t=st.fractions(0, 1))
@settings(max_examples=200, deadline=None)
def test_arithmetic_contains_the_exact_results(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction, s: Fraction, t: Fraction
) -> None:
    prec = 40
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    x = Interval(enclose(a, prec).lo, enclose(b, prec).hi, prec)
    y = Interval(enclose(c, prec).lo, enclose(d, prec).hi, prec)
    u, v = a + s * (b - a), c + t * (d - c)
    for found, exact in (
        (x + y, u + v),
        (x * y, u * v),
        (x * v, u * v),
        (-x, -u),
        (x**2, u**2),
        (x**3, u**3),
    ):
        assert found.lo <= exact * 2**prec <= found.hi


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [("inv", -1, 1), ("inv", 0, 1), ("log", 0, 1), ("log", -2, -1), ("sqrt", -1, 1), ("exp", 10**6, 10**6)],
)
def test_outside_the_domain(function: str, low: int, high: int) -> None:
    with pytest.raises(Rejected):
        FUNCTIONS[function](Interval(low << 64, high << 64, 64))


def test_extremes() -> None:
    far = enclose(Fraction(10**9), 64)
    one = 1 << 64
    for function in ("tanh", "logistic", "erf"):
        assert one - 4 <= FUNCTIONS[function](far).lo <= FUNCTIONS[function](far).hi <= one + 4
    assert FUNCTIONS["exp"](-far).lo >= 0 and FUNCTIONS["exp"](-far).hi <= 1
