"""Activations over SymPy, mpmath and NumPy agree; facts about them; formulas that are refused."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from symplateau.activations import get
from symplateau.errors import InputError
from symplateau.formulas import ACTIVATIONS

FORMULAS = [*ACTIVATIONS, "t*tanh(t)", "1/(1 + t**2)", "log(2 + sin(t))", "cos(3*t) - pi*t/2", "pos3(t)*t/7"]
PLACES = (Fraction(-7, 5), Fraction(2, 3))

# name: smoothness, parity, rational on the lattices k*log(q)
FACTS = {
    "tanh": ("analytic", "odd", True),
    "sigmoid": ("analytic", None, True),
    "softplus": ("analytic", None, False),
    "silu": ("analytic", None, False),
    "gelu": ("analytic", None, False),
    "erf": ("analytic", "odd", False),
    "sin": ("analytic", "odd", False),
    "exp": ("analytic", None, True),
    "gaussian": ("analytic", "even", False),
    "arctan": ("analytic", "odd", False),
    "square": ("analytic", "even", False),
    "cube": ("analytic", "odd", False),
    "relu_cubed": ("C^2", None, False),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_sympy_and_mpmath_read_the_same_function(name: str) -> None:
    t = sympy.Symbol("t", real=True)
    with mpmath.workdps(40):
        for place in PLACES:
            exact = get(name).expression(t).xreplace({t: sympy.Rational(place.numerator, place.denominator)})
            value = get(name).mp(mpmath.mpf(place.numerator) / place.denominator)
            assert abs(value - mpmath.mpf(exact.evalf(50))) < mpmath.mpf(10) ** -38


@pytest.mark.parametrize("name", FORMULAS)
def test_the_tower_in_floats_is_the_numerical_derivative_of_the_function(name: str) -> None:
    t = np.array([[-1.4, 0.3], [0.9, 2.0]])
    tower = get(name).numpy(t, 2)
    assert [values.shape for values in tower] == [(2, 2)] * 3
    for order, values in enumerate(tower):
        for place, value in zip(t.flat, values.flat, strict=True):
            assert value == pytest.approx(
                float(mpmath.diff(get(name).mp, place, order)), rel=1e-10, abs=1e-10
            )


@pytest.mark.parametrize("t", [-800.0, 800.0])
@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus", "silu", "gelu", "erf", "gaussian", "arctan"])
def test_floats_stay_finite_far_out(name: str, t: float) -> None:
    assert all(np.isfinite(values).all() for values in get(name).numpy(np.array([t]), 2))


def test_facts_of_the_registered_activations() -> None:
    found = {a: (get(a).smoothness, get(a).parity, get(a).rational_on_lattice) for a in ACTIVATIONS}
    assert found == FACTS


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_parity_is_that_of_the_values(name: str) -> None:
    with mpmath.workdps(30):
        right, left = get(name).mp(mpmath.mpf(4) / 3), get(name).mp(mpmath.mpf(-4) / 3)
        even, odd = abs(right - left) < 1e-25, abs(right + left) < 1e-25
    assert get(name).parity == ("even" if even else "odd" if odd else None)


@pytest.mark.parametrize(
    ("formula", "parity"),
    [
        ("logistic(t) - 1/2", "odd"),
        ("softplus(t) - t/2", "even"),
        ("softplus(-t) + t/2", "even"),
        ("exp(t) + exp(-t)", "even"),
        ("exp(t) - exp(-t)", "odd"),
        ("2*pos3(t) - t**3", "even"),
        ("log(t**2)", "even"),
        ("tanh(t)*sin(t)", "even"),
        ("inv(t)", "odd"),
        ("cos(t**3)", "even"),
        ("1", "even"),
        ("t + 1", None),
        ("exp(t) + 2*exp(-t)", None),
        ("sin(t + 1)", None),
        ("logistic(t) - 1/3", None),
    ],
)
def test_parity_of_formulas(formula: str, parity: str | None) -> None:
    assert get(formula).parity == parity


def test_smoothness_is_where_the_tower_ends() -> None:
    assert get("relu_cubed").smoothness == "C^2"
    with pytest.raises(InputError, match="continuous"):
        get("relu_cubed").numpy(np.zeros(1), 4)
    # The product of t and pos3 is smoother than the tower sees: the class is a lower bound.
    found = [get(formula).smoothness for formula in ("t + pos3(t) - pos3(t)", "t*pos3(t)", "tanh(t)*pos3(1)")]
    assert found == ["analytic", "C^2", "C^6"]


def test_lattice_values_by_hand() -> None:
    # 2**3 = 8: tanh = (64 - 1)/(64 + 1), tanh' = 1 - tanh**2; logistic = 8/9, logistic' = 8/9 * 1/9.
    assert get("tanh").lattice(Fraction(3), Fraction(2), 1) == (Fraction(63, 65), Fraction(256, 4225))
    assert get("sigmoid").lattice(Fraction(3), Fraction(2), 1) == (Fraction(8, 9), Fraction(8, 81))
    assert get("exp").lattice(Fraction(-2), Fraction(3, 2), 1) == (Fraction(4, 9), Fraction(4, 9))
    assert get("tanh").lattice(Fraction(1, 2), Fraction(2)) == (Fraction(1, 3),)
    # At 0 without any unit: softplus is log(2) there, gelu' is 1/2, gelu'' is not rational.
    assert get("softplus").lattice(Fraction(0), Fraction(2), 1) == (None, Fraction(1, 2))
    assert get("gelu").lattice(Fraction(0), Fraction(2), 2) == (Fraction(0), Fraction(1, 2), None)


@pytest.mark.parametrize(
    ("formula", "rational"),
    [
        ("tanh(t/2)", True),
        ("1/(1 + exp(-2*t))", True),
        ("pos3(tanh(t) - 1/2)", True),
        ("tanh(t/3)", False),
        ("exp(t/2)", False),
        ("logistic(t + 1)", False),
        ("t*tanh(t)", False),
        ("pi*tanh(t)", False),
    ],
)
def test_which_formulas_are_rational_on_the_lattices(formula: str, rational: bool) -> None:
    assert get(formula).rational_on_lattice is rational


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"one of tanh sigmoid .*, found .tnh.$"):
        get("tnh")


def test_lattice_says_none_off_the_lattice() -> None:
    assert get("tanh").lattice(Fraction(1, 3), Fraction(2)) == (None,)
    assert get("sigmoid").lattice(Fraction(1, 2), Fraction(2)) == (None,)
    assert get("silu").lattice(Fraction(1), Fraction(2)) == (None,)
    assert get("1/(exp(t) - 1)").lattice(Fraction(0), Fraction(2)) == (None,)
    assert get("exp").lattice(Fraction(10**9), Fraction(2)) == (None,)
    with pytest.raises(InputError, match="q > 0"):
        get("tanh").lattice(Fraction(1), Fraction(-2))


@pytest.mark.parametrize("name", [name for name, facts in FACTS.items() if facts[2]])
@pytest.mark.parametrize("k", [-3, -1, 2])
def test_lattice_values_are_the_values(name: str, k: int) -> None:
    with mpmath.workdps(30):
        place = k * mpmath.log(mpmath.mpf(5) / 3)
        for order, exact in enumerate(get(name).lattice(Fraction(k), Fraction(5, 3), 3)):
            assert exact is not None
            value = mpmath.mpf(exact.numerator) / exact.denominator
            assert abs(mpmath.diff(get(name).mp, place, order) - value) < mpmath.mpf(10) ** -25


@pytest.mark.parametrize(
    "hostile",
    [
        "__import__('os').system('true')",
        "t.__class__",
        "().__class__",
        "eval(t)",
        "open(t)",
        "lambda: t",
        "[t]",
        "{t}",
        "t if t else 1",
        "t and t",
        "t < 1",
        "(t := 1)",
        "exp(*t)",
        "exp(t, t)",
        "exp(x=t)",
        "exp()",
        "f'{t}'",
        "'t'",
        "1.5*t",
        "True*t",
        "t**-1",
        "t**t",
        "t**65",
        "t**(1/2)",
        "~t",
        "+t",
        "t // 2",
        "t % 2",
        "t @ t",
        "x",
        "tnh",
        "t²",
        "1/0",
        "t/(t - t)",
        "",
        "t t",
        "\ud800",
        "9" * 4001,
        "(" * 300 + "t" + ")" * 300,
        "-" * 3900 + "t",
        "t + " * 900 + "t" + "+ t" * 100 + "*",
        "(((((2**64)**64)**64)**64)**64)*t",
        "((t**64)**64)**64",
        None,
        3,
        ["t"],
    ],
)
def test_refused(hostile: object) -> None:
    with pytest.raises(InputError) as refusal:
        get(hostile)
    assert "activation" in str(refusal.value) and "\n" not in str(refusal.value)


def test_no_text_is_executed(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    import sympy.parsing.sympy_parser as parser

    # Once before, so that no import is left to run.
    first = get("t*logistic(t) - erf(t)")
    first.expression(sympy.Symbol("t", real=True)), first.mp(2), first.numpy(np.ones(2), 3)

    def refuse(*arguments: object, **keywords: object) -> None:
        raise AssertionError("text was executed")

    for module, name in [(builtins, "eval"), (builtins, "exec"), (parser, "parse_expr"), (sympy, "lambdify")]:
        monkeypatch.setattr(module, name, refuse)
    sigma = get("t**2*logistic(3*t)/7 - erf(t*sqrt(1/2))")
    sigma.expression(sympy.Symbol("s", real=True)), sigma.mp(2), sigma.numpy(np.ones(2), 3)


@pytest.mark.parametrize(
    ("formula", "t"),
    [("log(t)", -1), ("log(t)", 0), ("inv(t)", 0), ("sqrt(t)", -1), ("pos3(sqrt(t))", -1), ("inv(t - t)", 1)],
)
def test_outside_the_domain_there_is_no_value(formula: str, t: int) -> None:
    with pytest.raises(InputError, match="defined at"):
        get(formula).mp(t)
    assert not np.isfinite(get(formula).numpy(np.array([float(t)]))[0][0])
