"""Enclosures without guard bits: what is rounded must still contain the value, by its own proof.

The guard bits make results sharp, and would hide an error of one unit in all but one case of 2^32.
"""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from symplateau.kernel import numbers
from symplateau.kernel.numbers import FUNCTIONS, Interval, enclose, log2, pi, series

from .test_interval import contains, exact

PRECISIONS = (16, 19, 24, 31)
POINTS = [Fraction(n, 97) for n in range(-700, 701, 13)] + [Fraction(n, 7) for n in range(-30, 31)]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No guard bits; nothing from before is remembered, nor afterwards."""
    monkeypatch.setattr(numbers, "GUARD", 0)
    for constant in (log2, pi):
        constant.cache_clear()
    yield
    for constant in (log2, pi):
        constant.cache_clear()


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("name", ["log", "arctan", "erf", "sin", "cos", "exp"])
@pytest.mark.parametrize("prec", PRECISIONS)
def test_a_function_without_guard_bits(name: str, prec: int) -> None:
    for x in POINTS:
        point = enclose(x, prec)
        if (name == "log" and point.lo <= 0) or (name == "exp" and x > 100):
            continue
        found = FUNCTIONS[name](point)
        for end in (point.lo, point.hi):
            assert contains(found, exact(name, Fraction(end, 1 << prec), prec))
            assert contains(found, exact(name, x, prec)) and found.prec == prec


@pytest.mark.usefixtures("bare")
def test_constants_without_guard_bits() -> None:
    for prec in range(8, 200):
        assert contains(pi(prec), exact("arctan", Fraction(1), prec) * 4)
        assert contains(log2(prec), exact("log", Fraction(2), prec))


@pytest.mark.parametrize("name", ["log", "arctan", "erf", "sin", "cos", "exp"])
def test_with_guard_bits_a_value_is_known_to_a_few_units(name: str) -> None:
    for prec in (16, 53, 200):
        for x in POINTS:
            if (name == "log" and x <= 0) or abs(x) > 5:
                continue
            low = enclose(x, prec).lo
            found = FUNCTIONS[name](Interval(low, low, prec))
            size = 1 + abs(Fraction(found.hi, 1 << prec))
            assert found.hi - found.lo <= 4 * size


def test_a_series_goes_on_until_its_tail_is_below_one_unit() -> None:
    """1 unit, then 3/4 of the last term for eight terms, then a tenth of that: more than three units."""
    ratios = [Fraction(1)] * 8 + [Fraction(1, 10)] * 50
    found = series(Interval(1, 1, 20), enclose(Fraction(3, 4), 20), lambda n: ratios[n - 1])
    exact_sum, term = Fraction(1), Fraction(1)
    for ratio in ratios:
        term *= Fraction(3, 4) * ratio
        exact_sum += term
    assert exact_sum > 3 and found.lo <= exact_sum <= found.hi


def test_a_term_that_is_small_may_be_followed_by_a_large_one() -> None:
    """1, 3 and then ever less: 1 + 3 + 3/10 + 3/1000 + ... units."""
    found = series(Interval(1, 1, 20), Interval(1 << 20, 1 << 20, 20), lambda n: Fraction(3, 30 ** (n - 1)))
    assert found.lo <= 4 + Fraction(3, 10) and 4 + Fraction(3, 10) + Fraction(3, 1000) <= found.hi
