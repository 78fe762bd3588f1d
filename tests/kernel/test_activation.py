"""The towers of derivatives, against numerical differentiation by mpmath, which shares no code with them."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest

from symplateau.formulas import ACTIVATIONS
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import derivatives
from symplateau.kernel.numbers import Interval, enclose
from symplateau.kernel.polynomial import DERIVATIVE, tower

WORDS: dict[str, Any] = {
    "exp": mpmath.exp,
    "log": mpmath.log,
    "inv": lambda u: 1 / u,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "logistic": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
    "arctan": mpmath.atan,
    "erf": mpmath.erf,
    "pos": lambda u: max(u, 0),
    "pos2": lambda u: max(u, 0) ** 2,
    "pos3": lambda u: max(u, 0) ** 3,
    "pi": mpmath.pi,
    "mpf": mpmath.mpf,
}
FORMULAS = [
    *ACTIVATIONS.values(),
    "log(2 + t**2)",
    "inv(3 + t)",
    "sqrt(1 + exp(t))",
    "t/sqrt(1 + t**2)",
    "sin(exp(t))*cos(t)",
    "exp(-1/(2 + t)**2)",
    "tanh(3*t - 1)**2/2",
    "arctan(logistic(t))",
    "pos3(t - 1/7) + pos2(t)*t",
    "pi*t**3/6",
    "softplus(2*t)/2",
    "erf(sqrt(2 + t))",
]
POINTS = [Fraction(-3, 2), Fraction(-1, 3), Fraction(1, 5), Fraction(5, 4)]
PREC = 192


def test_every_function_is_differentiated_somewhere() -> None:
    read = " ".join(FORMULAS)
    assert all(name + "(" in read for name in DERIVATIVE if name != "pos")


@pytest.mark.parametrize("formula", FORMULAS)
def test_derivatives(formula: str) -> None:
    order = 1 if "pos2" in formula else 2

    def exact(t: Any) -> Any:
        return eval(formula, dict(WORDS, t=t))

    with mpmath.workprec(PREC):
        for point in POINTS:
            found = derivatives(formula, enclose(point, PREC), order)
            for k, value in enumerate(found):
                value = enclose(0, PREC) + value
                expected = mpmath.diff(exact, mpmath.mpf(point.numerator) / point.denominator, k)
                middle = mpmath.mpf(value.lo + value.hi) / 2 ** (PREC + 1)
                assert value.hi - value.lo < 2 ** (PREC // 2)
                assert abs(middle - expected) < mpmath.mpf(2) ** (-PREC // 5)


@pytest.mark.parametrize("name", [x for x in ACTIVATIONS if x != "relu_cubed"])
def test_higher_derivatives_are_within_reach(name: str) -> None:
    assert len(tower(ACTIVATIONS[name], 8)) == 9


@pytest.mark.parametrize(
    "formula, order", [("pos(t)", 1), ("pos2(t)", 2), ("pos3(t)", 3), ("pos(t)**3", 1), ("t*pos(t)", 1)]
)
def test_a_tower_ends_where_the_derivative_is_not_continuous(formula: str, order: int) -> None:
    assert len(tower(formula, order - 1)) == order
    with pytest.raises(Rejected, match="continuous"):
        tower(formula, order)


UNDEFINED = [
    "t + 0*log(t)",
    "log(t) - log(t)",
    "0*sqrt(-1)",
    "sqrt(-1)**0",
    "t*log(0)**0",
    "0/t",
    "t**2 - t**2/t*0",
    "0*inv(0)",
    "tanh(0*log(t))",
    "exp(inv(t) - inv(t))",
    "(log(t) + 1)*(t - t)",
    "sin(t + 0*cos(log(t)))",
]


@pytest.mark.parametrize("formula", UNDEFINED)
def test_what_cancels_does_not_hide_where_a_formula_is_undefined(formula: str) -> None:
    with pytest.raises(Rejected):
        tower(formula, 0)


@pytest.mark.parametrize(
    "formula",
    ["sqrt(-1)*t", "log(0)*t", "inv(0)*t", "log(-1)", "sqrt(t - 5)", "log(t)", "1/(t - 1)", "1/0*t"],
)
def test_what_is_undefined_has_no_value(formula: str) -> None:
    with pytest.raises(Rejected):
        derivatives(formula, Interval(-(1 << 64), 1 << 65, 64), 0)


@pytest.mark.parametrize(
    "formula", ["tan(t)", "x", "u", "exp(t, t)", "exp()", "tanh", "t(t)", "e", "relu(t)", "exp(x)", "abs(t)"]
)
def test_not_an_activation(formula: str) -> None:
    with pytest.raises(Rejected):
        tower(formula, 0)
