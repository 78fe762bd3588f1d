"""Intervals on the way to a function: none is turned round, and a sum is cut where its tail is small."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from symplateau.kernel import numbers
from symplateau.kernel.format import Rejected
from symplateau.kernel.numbers import FUNCTIONS, Interval, enclose, series
from symplateau.kernel.polynomial import DERIVATIVE


@pytest.fixture
def upright(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Every interval that is made has lo <= hi; the widths of all of them."""
    made = list[int]()

    def make(self: Interval, lo: int, hi: int, prec: int) -> None:
        assert lo <= hi
        made.append(hi - lo)
        self.lo, self.hi, self.prec = lo, hi, prec

    numbers.log2.cache_clear()
    numbers.pi.cache_clear()
    monkeypatch.setattr(Interval, "__init__", make)
    yield made
    numbers.log2.cache_clear()
    numbers.pi.cache_clear()


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", ["1/3", "2", "1", "99/7", "1/1000000"])
def test_no_interval_is_turned_round(name: str, x: str, upright: list[int]) -> None:
    for value in (Fraction(x), -Fraction(x)):
        if value > 0 or name not in ("log", "sqrt"):
            FUNCTIONS[name](enclose(value, 40))
    assert upright


@pytest.mark.parametrize("first", range(1, 9))
def test_a_geometric_series_in_units(first: int) -> None:
    """first (1 + 1/2 + 1/4 + ...) is 2 first, also where the terms are a few units only."""
    found = series(Interval(first, first, 8), enclose(Fraction(1, 2), 8), lambda n: Fraction(1))
    assert found.lo <= 2 * first <= found.hi


def test_there_is_an_enclosure_for_each_function_of_formulas() -> None:
    assert set(FUNCTIONS) == set(DERIVATIVE)


@pytest.mark.parametrize("prec", [16, 64, 300])
@pytest.mark.parametrize("power", [0, 1, 15, 47, 48, 49, 97, 1000, 9000])
def test_arctan_of_large_arguments_ends_and_is_close(power: int, prec: int) -> None:
    """pi/2 - arctan x lies between 1/x - 1/(3 x^3) and 1/x."""
    x, quarter = Fraction(2**power), enclose(1, prec + 40)
    right = FUNCTIONS["arctan"](quarter) * 2  # pi/2
    for sign in (1, -1):
        found = FUNCTIONS["arctan"](enclose(sign * x, prec)).finer(40)
        low, high = right - 1 / x, right - (1 / x - 1 / (3 * x**3))
        ends = (low.lo, high.hi) if sign > 0 else (-high.hi, -low.lo)
        assert found.lo <= ends[1] and ends[0] <= found.hi and found.hi - found.lo <= 8 << 40


@pytest.mark.parametrize("name", ["sin", "cos"])
def test_the_largest_angles(name: str) -> None:
    for power in (8000, 8094):
        found = FUNCTIONS[name](enclose(Fraction(2**power), 64))
        assert -(1 << 64) - 8 <= found.lo <= found.hi <= (1 << 64) + 8
    with pytest.raises(Rejected, match="a small angle"):
        FUNCTIONS[name](enclose(Fraction(2**8095), 64))  # 1 bit, 8095 more, and 64 + 32 of precision
