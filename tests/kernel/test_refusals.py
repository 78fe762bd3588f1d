"""What the numbers, formulas and readers of the kernel refuse, and the reason that each of them gives."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symplateau.kernel.format import MAX_DIGITS, Rejected, array, fields, integer, listed, rational, require
from symplateau.kernel.network import derivatives
from symplateau.kernel.numbers import (
    MAX_BITS,
    MAX_EXPONENT,
    Angle,
    Interval,
    Vector,
    call,
    congruence,
    dot,
    enclose,
    short,
)
from symplateau.kernel.polynomial import MAX_POWER, Polynomial, Reader, in_time, tower

ONE, LONG = Fraction(1), Fraction(1, 2**MAX_BITS)
RATIONAL = "a rational as text, in lowest terms, of moderate length"
FORMULA = "a formula in ASCII, of at most 4000 characters"


def reader() -> Reader:
    return Reader({"t": Polynomial.atom("t")}, {})


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: require(1, "a truth value"), "a truth value"),
    (lambda: fields([], "a"), "an object"), (lambda: fields({"a": 1}, "a b"), "fields a b []"),
    (lambda: fields({"a": 1, "b": 1}, "a"), "fields a []"),
    (lambda: fields({"a": 1, "c": 1}, "a", "b"), "fields a [b]"),
    *((lambda x=x: listed(x), "a list") for x in ((), "a", {}, None, 1)),
    *((lambda x=x: integer(x, 1, 3), "an integer from 1 to 3") for x in (0, 4, True, "2", 2.0, None)),
    *((lambda x=x: rational(x), RATIONAL) for x in (1, None, "", "2/4", "1/1", "-0", "+1", "1.0", "1e3", " 1",
      "1_0", "1/0", "0/1", "01", "1/-2", "٣", "1" * (2 * MAX_DIGITS + 1))),
    (lambda: array("12", 2), "a list"), (lambda: array({"1": 0}, None), "a list"),
    (lambda: array(["12"], None, None), "a list"), (lambda: array(["1"], 2), "a list of length 2"),
    (lambda: array([["1"], ["1", "2"]], 2, 1), "a list of length 1"),
])
def test_what_is_read(call: Callable[[], Any], expected: str) -> None:
    with pytest.raises(Rejected) as found:
        call()
    assert found.value.args[0] == expected


def test_the_longest_number() -> None:
    assert rational("9" * MAX_DIGITS) == 10**MAX_DIGITS - 1
    assert rational("1/" + "9" * (2 * MAX_DIGITS - 2)).denominator == 10 ** (2 * MAX_DIGITS - 2) - 1


@pytest.mark.parametrize(("call", "expected"), [
    (lambda: enclose(2, 20) ** -1, "an exponent of 0 or more"),
    (lambda: enclose(0, 20).inv(), "a divisor that is not zero"),
    (lambda: Interval(-1, 1, 20).inv(), "a divisor that is not zero"),
    (lambda: Interval(0, 1, 20).inv(), "a divisor that is not zero"),
    (lambda: Interval(-1, 0, 20).inv(), "a divisor that is not zero"),
    (lambda: Interval(-1, 5, 20).sqrt(), "a root of a non-negative number"),
    (lambda: call("log", Interval(0, 5, 20)), "a positive argument of log"),
    (lambda: call("log", Interval(-1, 5, 20)), "a positive argument of log"),
    (lambda: call("exp", enclose(MAX_EXPONENT, 20)), "an argument of exp of moderate size"),
    (lambda: short(LONG), f"numbers of at most {MAX_BITS} bits"),
    (lambda: short(1 / LONG), f"numbers of at most {MAX_BITS} bits"),
    (lambda: short(-1 / LONG), f"numbers of at most {MAX_BITS} bits"),
    (lambda: short(Interval(-(2**MAX_BITS), 0, 20)), f"numbers of at most {MAX_BITS} bits"),
    *((lambda f=f: call(f, ONE), "a rational value")
      for f in ("exp", "tanh", "sin", "logistic", "log", "erf")),
    (lambda: call("log", Fraction(0)), "a rational value"),
    (lambda: call("inv", Fraction(0)), "a rational value"),
    *((lambda x=x: call("sqrt", Fraction(x)), "a rational value") for x in ("2", "-4", "4/3", "-1/9")),
    (lambda: call("exp", Angle(Fraction(1, 2), Fraction(2))), "a rational value"),
    (lambda: call("exp", Angle(Fraction(513), Fraction(2))), "a rational value"),
    (lambda: call("sin", Angle(ONE, Fraction(2))), "a rational value"),
    (lambda: derivatives("t", Angle(ONE, Fraction(2)), 0), "a rational value"),
    (lambda: derivatives("pi", ONE, 0), "a rational value"),
    (lambda: dot(Vector([ONE]), Vector([ONE, ONE])), "vectors of one length"),
    *((lambda signs=signs: congruence([[ONE]], [[ONE]], signs), "signs +1 or -1")
      for signs in ([0], [2], [True], ["1"], [-2])),
    (lambda: congruence([[ONE]], [[ONE]], (1,)), "a list"),
    (lambda: congruence([[ONE, 0], [0, ONE]], [[ONE]], [1]), "a basis (P, k)"),
    (lambda: congruence([[ONE]], [[ONE]], [1, 1]), "a basis (P, k)"),
    (lambda: congruence([[ONE]], [[ONE], [ONE]], [1]), "a basis (P, k)"),
    (lambda: congruence([[2 * ONE]], [[ONE]], [1]), "a matrix within 1 of its signs"),
    (lambda: congruence([[0 * ONE]], [[ONE]], [1]), "a matrix within 1 of its signs"),
    (lambda: congruence([[-ONE / 2]], [[ONE]], [1]), "a matrix within 1 of its signs"),
])
def test_what_is_computed(call: Callable[[], Any], expected: str) -> None:
    with pytest.raises(Rejected) as found:
        call()
    assert found.value.args[0] == expected


def test_a_zero_matrix_is_nearly_of_no_sign() -> None:
    """Z < 1, and not Z = 1: 1/10**9 has the sign of 1, and 0 has none."""
    assert congruence([[Fraction(1, 10**9)]], [[ONE]], [1]) == (1 - Fraction(1, 10**9), Fraction(1, 10**9))


@pytest.mark.parametrize(("call", "expected"), [
    *((lambda x=x: reader().read(x), FORMULA)
      for x in (1, None, ["t"], "t" * 4001, "é", "t; t", "t\n", "1.5", "1t")),
    *((lambda x=x: reader().read(x), "a formula") for x in ("", "t t", "(t", "t +")),
    (lambda: reader().read("x"), "one of the names [t]"),
    (lambda: reader().read("f(t)"), "one of the calls []"),
    (lambda: reader().read(f"t**{MAX_POWER + 1}"), f"an exponent of at most {MAX_POWER}"),
    (lambda: reader().read("t**64*t"), f"a degree of at most {MAX_POWER}"),
    *((lambda x=x: reader().read(x), "a number, a name, + - * / ** or a call")
      for x in ("+t", "t // t", "t**t", "t**-1", "t, t", "()")),
    *((lambda x=x: reader().read(x), "a constant divisor, not zero")
      for x in ("1/t", "1/0", "t/(t - t)", "1/(1 + t)")),
    (lambda: tower("pos(t)", 1), "an activation with more continuous derivatives"),
    (lambda: tower("inv(t) - inv(t)", 0), "inv, log, sqrt that do not cancel"),
    (lambda: tower("0*log(t)", 0), "inv, log, sqrt that do not cancel"),
    (lambda: in_time("t"), "a list"), (lambda: in_time({"t": 0}), "a list"),
])
def test_what_a_formula_may_be(call: Callable[[], Any], expected: str) -> None:
    with pytest.raises(Rejected) as found:
        call()
    assert found.value.args[0] == expected


def test_a_sum_costs_what_its_parts_weigh() -> None:
    """Two times sixty terms are added by reading them, and multiplied by forming each product."""
    terms = " + ".join(f"{k + 2}*t**{k}" for k in range(1, 61))
    parts = [reader() for _ in range(3)]
    parts[0].read(terms)
    parts[1].read(f"({terms}) + ({terms})")
    parts[2].read(f"({terms}) * (1 + t + t**2 + t**3)")
    once = parts[0].work
    assert once > 0 and parts[1].work - 2 * once == 120 and parts[2].work - once >= 60 * 4
