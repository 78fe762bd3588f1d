"""Enclosures of the second checker, and the arithmetic of both against exact values."""

from typing import Any

import pytest
from flint import arb, ctx, fmpq

from symplateau.kernel.numbers import FUNCTIONS as THEIRS
from symplateau.kernel.numbers import Interval
from symplateau.second.activation import Activation
from symplateau.second.range import FUNCTIONS, Range, of, precision
from symplateau.second.rejection import Rejected
from tests.campaigns import arithmetic

QUICK = 3000


def test_the_arithmetic_of_both_is_that_of_exact_values() -> None:
    found = arithmetic.run(QUICK, seed=11)
    assert found["wrong"] == [] and found["cases"] == QUICK
    assert set(arithmetic.KINDS) <= set(found["kinds"])


@pytest.mark.parametrize("name", ["exp", "tanh", "sin", "sqrt", "log", "erf"])
def test_an_enclosure_of_the_kernel_that_is_a_little_off_is_found(monkeypatch: pytest.MonkeyPatch,
                                                                  name: str) -> None:
    old = THEIRS[name]

    def shifted(x: Interval) -> Interval:
        y = old(x)
        return Interval(y.hi + 1, y.hi + 2, y.prec)

    monkeypatch.setitem(THEIRS, name, shifted)
    found = arithmetic.run(400, seed=3)
    assert found["disagreements"] > 3
    assert all("kernel" in x["wrong"] or "meet" in x["wrong"] for x in found["wrong"])


@pytest.mark.parametrize("name", ["exp", "cos", "arctan", "pos2"])
def test_an_enclosure_of_the_second_checker_that_is_a_little_off_is_found(monkeypatch: pytest.MonkeyPatch,
                                                                          name: str) -> None:
    old = FUNCTIONS[name]
    monkeypatch.setitem(FUNCTIONS, name, lambda u: old(u) + of(arb(2) ** -60))
    found = arithmetic.run(400, seed=3)
    assert any("second" in x["wrong"] for x in found["wrong"])


def test_the_precision_is_restored() -> None:
    before = ctx.prec
    with pytest.raises(Rejected), precision(1000):
        assert ctx.prec == 1000
        FUNCTIONS["inv"](Range(arb(-1), arb(1)))
    assert ctx.prec == before


@pytest.mark.parametrize(("name", "low", "high"), [
    ("inv", -1, 1), ("inv", 0, 1), ("inv", -1, 0), ("log", 0, 1), ("log", -1, 1), ("sqrt", -1, 1)])
def test_outside_the_domain(name: str, low: int, high: int) -> None:
    with pytest.raises(Rejected):
        FUNCTIONS[name](Range(arb(low), arb(high)))


@pytest.mark.parametrize(("name", "low", "high", "expected"), [
    ("sin", 1, 2, (None, 1)), ("cos", 3, 4, (-1, None)), ("cos", -1, 1, (None, 1)), ("sin", 0, 7, (-1, 1)),
    ("pos", -1, 2, (0, 2)), ("pos2", -3, -1, (0, 0)), ("sqrt", 0, 4, (0, 2)), ("inv", 2, 4, (None, 0.5))])
def test_extremes_are_exact(name: str, low: int, high: int, expected: tuple[Any, Any]) -> None:
    found = FUNCTIONS[name](Range(arb(low), arb(high)))
    assert all(x is None or y == x for x, y in zip(expected, (found.low, found.high), strict=True))


def test_an_argument_that_the_precision_cannot_reduce() -> None:
    with precision(64):
        for name in ("sin", "cos"):
            found = FUNCTIONS[name](of(arb(3) ** 3000))
            assert found.low == -1 and found.high == 1


def test_even_powers_are_not_negative() -> None:
    found = Range(arb(-2), arb(1)) ** 2
    assert (found.low, found.high) == (0, 4)
    assert (Range(arb(-2), arb(1)) ** 3).low == -8


@pytest.mark.parametrize("text", ["pos(t)*t", "pos2(t)*2", "pos(2)*t"])
def test_a_derivative_that_is_none(text: str) -> None:
    with pytest.raises(Rejected):
        Activation(text, None).derivative(2)


@pytest.mark.parametrize("text", ["0*inv(t)", "log(t) - log(t)", "sqrt(t)**0 + t", "sin(0*log(t))",
                                  "t/(t - t)*0"])
def test_a_domain_that_is_lost(text: str) -> None:
    with pytest.raises(Rejected):
        Activation(text, None)


def test_an_enclosure_contains_what_it_is_of() -> None:
    activation = Activation("t*logistic(t)", None)
    with precision(80):
        wide = activation.enclose(1, Range(arb(-3), arb(5)))
        for k in range(-12, 21):
            inside = activation.enclose(1, of(fmpq(k, 4)))
            assert wide.low <= inside.low and inside.high <= wide.high
