"""Gradients and Hessians of tiny networks: exactly, in intervals, by SymPy, by mpmath's differences."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
import sympy

from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, Problem, State, derivatives
from symplateau.kernel.numbers import Angle, Interval, enclose

X, Y = [["1", "-2"], ["3/2", "1"], ["0", "1/3"], ["-1", "1"]], ["1", "-1/2", "2", "0"]
PLAIN = {
    "kind": "network",
    "activation": "t**3 - t/2",
    "X": X,
    "y": Y,
    "v": ["2", "-1/3"],
    "W": [["1/2", "1"], ["-1", "2/3"]],
}
LATTICE = PLAIN | {
    "activation": "tanh(t)",
    "X": [["1", "-2"], ["3", "1"], ["0", "1"]],
    "y": Y[:3],
    "W": [["1", "-1"], ["2", "0"]],
    "W_unit": "log(3)",
}
BIASED = {"b": ["1/2", "-2"], "c": "1/7"}
CASES: dict[str, dict[str, Any]] = {
    "plain": PLAIN,
    "hidden and output bias": PLAIN | BIASED,
    "mean": PLAIN | {"loss": "mean", "c": "-1"},
    "half mean": PLAIN | {"loss": "half_mean", "b": ["0", "1"]},
    "lattice": LATTICE,
    "lattice with biases": LATTICE | {"b": ["1", "-1"], "c": "3", "loss": "mean", "W_unit": "log(2/5)"},
    "logistic on a lattice": LATTICE | {"activation": "2*logistic(2*t) + exp(-t)/9"},
    "a weight of zero": LATTICE
    | {
        "W": [["0", "0"], ["1", "0"]],
        "activation": "t*logistic(t)",
        "W_unit": "log(2)",
        "X": [["0", "1"]],
        "y": ["1"],
    },
}
PREC = 200


def symbols(problem: Problem) -> list[sympy.Symbol]:
    return list(sympy.symbols(f"p0:{len(problem.theta)}"))


def actual(problem: Problem) -> list[Any]:
    """The parameters with their unit, as SymPy numbers."""
    unit = 1 if problem.unit is None else sympy.log(sympy.Rational(problem.unit))
    end = len(problem.theta) - problem.bias
    return [
        sympy.Rational(x) * (unit if problem.width <= k < end else 1) for k, x in enumerate(problem.theta)
    ]


def loss(
    source: dict[str, Any], theta: list[Any], function: Callable[[Any], Any], number: Callable[[str], Any]
) -> Any:
    """The loss from its definition, over any numbers."""
    m, d, hidden = len(source["v"]), len(source["X"][0]), "b" in source
    total = number("0")
    for row, y in zip(source["X"], source["y"], strict=True):
        output = theta[-1] if "c" in source else number("0")
        for i in range(m):
            start = m + i * (d + hidden)
            t = sum(
                (theta[start + j] * number(x) for j, x in enumerate(row)),
                theta[start + d] if hidden else number("0"),
            )
            output = output + theta[i] * function(t)
        total = total + (output - number(y)) ** 2
    n = len(source["X"])
    return total * number({"mean": f"1/{n}", "half_mean": f"1/{2 * n}"}.get(source.get("loss", ""), "1/2"))


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "t**3 - t/2": lambda t: t**3 - t / 2,
    "tanh(t)": sympy.tanh,
    "t*logistic(t)": lambda t: t / (1 + sympy.exp(-t)),
    "2*logistic(2*t) + exp(-t)/9": lambda t: 2 / (1 + sympy.exp(-2 * t)) + sympy.exp(-t) / 9,
}


def agree(found: Fraction, expected: Any) -> bool:
    """A rational and a SymPy number: equal, or where that is not rational by sight, to forty digits."""
    exact = sympy.Rational(found.numerator, found.denominator)
    return (
        bool(exact == expected)
        if expected.is_Rational
        else abs(sympy.N(expected, 50) - exact) < sympy.Rational(1, 10**40)
    )


@pytest.mark.parametrize("title", CASES)
def test_exactly_as_sympy_differentiates(title: str) -> None:
    source = CASES[title]
    problem = Problem(source)
    state, names = Fact(problem).state(None, 2), symbols(problem)
    expression = loss(source, names, FUNCTIONS[source["activation"]], sympy.Rational)
    at = dict(zip(names, actual(problem), strict=True))
    gradient = [sympy.diff(expression, x) for x in names]
    assert all(agree(x, y.subs(at)) for x, y in zip(state.gradient(), gradient, strict=True))
    size, hessian = len(names), state.hessian()
    for p in range(size):
        for q in range(p, size):
            assert hessian[p][q] == hessian[q][p] and agree(
                hessian[p][q], sympy.diff(gradient[p], names[q]).subs(at)
            )


@pytest.mark.parametrize("title", CASES)
def test_intervals_contain_the_exact_values(title: str) -> None:
    problem = Problem(CASES[title])
    exact, found = Fact(problem).state(None, 2), Fact(problem).state(PREC, 2)
    pairs = [
        (exact.e, found.e),
        (exact.gradient(), found.gradient()),
        *zip(exact.hessian(), found.hessian(), strict=True),
    ]
    for i in range(problem.width):
        pairs += zip(exact.inner_hessian(i), found.inner_hessian(i), strict=True)
    for left, right in pairs:
        for x, y in zip(left, right, strict=True):
            y = enclose(0, PREC) + y
            assert y.lo <= x * 2**PREC <= y.hi and y.hi - y.lo < 2**40


def near(value: Any, number: Any) -> bool:
    value = enclose(0, PREC) + value
    return abs(mpmath.mpf(value.lo + value.hi) / 2 ** (PREC + 1) - number) < mpmath.mpf(10) ** -20


@pytest.mark.parametrize(
    "activation, function",
    [
        ("softplus(t)", lambda t: mpmath.log1p(mpmath.exp(t))),
        ("t*(1 + erf(t*sqrt(1/2)))/2", lambda t: t * mpmath.ncdf(t)),
        ("sin(t)", mpmath.sin),
        ("t*logistic(t)", lambda t: t / (1 + mpmath.exp(-t))),
        ("pos3(t)", lambda t: max(t, 0) ** 3),
    ],
)
@pytest.mark.parametrize(
    "more", [{}, BIASED | {"loss": "mean"}, {"W_unit": "log(2)", "c": "1"}], ids=["plain", "biased", "unit"]
)
def test_as_differences_of_the_loss(
    activation: str, function: Callable[[Any], Any], more: dict[str, Any]
) -> None:
    source = PLAIN | more | {"activation": activation}
    problem = Problem(source)
    state = Fact(problem).state(PREC, 2)
    with mpmath.workdps(80):

        def number(x: str) -> Any:
            value = Fraction(x)
            return mpmath.mpf(value.numerator) / value.denominator

        unit = mpmath.log(number(str(problem.unit))) if problem.unit else mpmath.mpf(1)
        end = len(problem.theta) - problem.bias
        theta = [
            number(str(x)) * (unit if problem.width <= k < end else 1) for k, x in enumerate(problem.theta)
        ]

        def moved(steps: dict[int, Any]) -> Any:
            return loss(source, [x + steps.get(k, 0) for k, x in enumerate(theta)], function, number)

        h, size = mpmath.mpf(10) ** -24, len(theta)
        gradient, hessian = state.gradient(), state.hessian()
        for p in range(size):
            assert near(gradient[p], (moved({p: h}) - moved({p: -h})) / (2 * h))
            for q in range(p, size):
                if p == q:
                    second = (moved({p: h}) - 2 * moved({}) + moved({p: -h})) / h**2
                else:
                    second = (
                        moved({p: h, q: h})
                        - moved({p: h, q: -h})
                        - moved({p: -h, q: h})
                        + moved({p: -h, q: -h})
                    ) / (4 * h**2)
                assert near(hessian[p][q], second)


def test_the_inner_hessian_by_its_definition() -> None:
    """(11), times twice the factor of the loss: here 2 s = 2/n."""
    source = PLAIN | {"loss": "mean"}
    state = Fact(Problem(source)).state(None, 2)
    for i in range(2):
        for j in range(2):
            for k in range(2):
                total = sum(
                    state.e[n] * state.sigma[2][i][n] * Fraction(X[n][j]) * Fraction(X[n][k])
                    for n in range(4)
                )
                assert state.inner_hessian(i)[j][k] == Fraction(2, 4) * state.v[i] * total


def test_a_box_contains_what_is_at_its_points() -> None:
    problem = Problem(PLAIN | BIASED)
    radius = Fraction(1, 64)
    box = Fact(problem).state(PREC, 2, radius)
    for signs in range(2 ** len(problem.theta)):
        if signs % 37:
            continue
        theta = [x + radius * (1 if signs >> k & 1 else -1) for k, x in enumerate(problem.theta)]
        exact = State(problem, problem.width, theta, 2)
        for left, right in zip(
            [exact.gradient(), *exact.hessian()], [box.gradient(), *box.hessian()], strict=True
        ):
            for x, y in zip(left, right, strict=True):
                y = enclose(0, PREC) + y
                assert y.lo <= x * 2**PREC <= y.hi


def test_an_enclosed_point_is_evaluated_everywhere_near_it() -> None:
    problem = Problem(PLAIN)
    center, reach = tuple(Fraction(k, 1000) for k in range(6)), Fraction(1, 10**6)
    fact = Fact(problem, within=Fraction(1, 8), center=center, reach=reach)
    found = fact.state(PREC, 1).gradient()
    for sign in (-1, 0, 1):
        theta = [x + y + sign * reach for x, y in zip(problem.theta, center, strict=True)]
        for x, y in zip(State(problem, 2, theta, 1).gradient(), found, strict=True):
            assert y.lo <= x * 2**PREC <= y.hi


def test_an_enclosed_point_is_not_evaluated_exactly() -> None:
    fact = Fact(Problem(PLAIN), within=Fraction(1, 8), center=(Fraction(0),) * 6)
    with pytest.raises(Rejected, match="exactly"):
        fact.state(None, 1)


def test_a_split_keeps_the_outputs_and_the_order_of_the_neurons() -> None:
    problem = Problem(PLAIN | BIASED)
    fact = Fact(problem)
    shares = (Fraction(1, 2), Fraction(-1), Fraction(3, 2))
    wide = Fact(problem, splits=((0, shares), (3, (Fraction(2), Fraction(-1)))))
    narrow, state = fact.state(None, 2), wide.state(None, 2)
    assert (wide.width(), wide.size()) == (5, 21)
    assert (fact.width(), fact.size()) == (2, 9)
    assert state.e == narrow.e
    a, b = narrow.v
    assert state.v == [a / 2, -a, a * Fraction(3, 2), 2 * b, -b]
    first, second = narrow.W
    assert [first] * 3 + [second] * 2 == state.W
    assert len(state.gradient()) == 21


def test_the_own_parameters() -> None:
    problem = Problem(LATTICE | BIASED)
    assert problem.own(None) == [Fraction(x) for x in ("2", "-1/3", "1", "-1", "1/2", "2", "0", "-2", "1/7")]
    log3 = mpmath.mpf(3)
    with mpmath.workdps(60):
        for k, (x, y) in enumerate(zip(problem.own(None), problem.own(150), strict=True)):
            value = mpmath.mpf(x.numerator) / x.denominator * (mpmath.log(log3) if 2 <= k < 8 else 1)
            assert isinstance(y, Interval) and abs(mpmath.mpf(y.lo) / 2**150 - value) < mpmath.mpf(10) ** -40


@pytest.mark.parametrize(
    "activation",
    [
        "t",
        "t**2",
        "t*tanh(t)",
        "tanh(t) + t",
        "exp(t + 1)",
        "exp(t/2)",
        "sin(t)",
        "tanh(t**2)",
        "inv(t)",
        "pi*0 + pi",
    ],
)
def test_what_is_not_rational_on_a_lattice_is_refused(activation: str) -> None:
    with pytest.raises(Rejected):
        derivatives(activation, Angle(Fraction(1), Fraction(2)), 0)


def test_calls_of_calls_on_a_lattice() -> None:
    assert derivatives("inv(1 + exp(2*t))*tanh(-t)", Angle(Fraction(1), Fraction(2)), 0) == [
        Fraction(1, 5) * Fraction(-3, 5)
    ]


BROKEN: dict[str, dict[str, Any]] = {
    "no samples": {"X": [], "y": []},
    "samples without inputs": {"X": [[], [], [], []], "W": [[], []]},
    "no neurons": {"v": [], "W": []},
    "weights without inputs": {"W": [[], []]},
    "ragged samples": {"X": [["1"], ["1", "2"], ["1", "2"], ["1", "2"]]},
    "ragged weights": {"W": [["1"], ["1", "2"]]},
    "weights for more inputs": {"W": [["1"] * 3] * 2},
    "fewer targets": {"y": ["1"]},
    "more output weights": {"v": ["1"] * 3},
    "targets in rows": {"y": [["1"]] * 4},
    "numbers instead of texts": {"y": [1, 2, 3, 4]},
    "a truth value": {"y": [True, "1", "1", "1"]},
    "null": {"v": [None, "1"]},
    "null biases": {"b": None},
    "null output bias": {"c": None},
    "fewer biases": {"b": ["1"]},
    "a list as output bias": {"c": ["1"]},
    "a unit that is no logarithm": {"W_unit": "2"},
    "a unit of 1": {"W_unit": "log(1)"},
    "a unit of 0": {"W_unit": "log(0)"},
    "a negative unit": {"W_unit": "log(-2)"},
    "a unit not in lowest terms": {"W_unit": "log(4/2)"},
    "a unit with a blank": {"W_unit": "log(2) "},
    "a unit with other brackets": {"W_unit": "log[2]"},
    "another function as unit": {"W_unit": "lg2(2)"},
    "a number as unit": {"W_unit": 2},
    "null as unit": {"W_unit": None},
    "a unit alone": {"W_unit": "log()"},
    "an unknown loss": {"loss": "sum"},
    "null as loss": {"loss": None},
    "the default loss, spelt out": {"loss": "half_sum"},
    "a list as loss": {"loss": ["mean"]},
    "a penalty": {"penalty": "0"},
    "an unknown activation": {"activation": "swish(t)"},
    "a name as activation": {"activation": "tanh"},
    "a list as activation": {"activation": ["t"]},
    "null as activation": {"activation": None},
    "data as an object": {"X": {"0": ["1"]}},
}


@pytest.mark.parametrize("title", BROKEN)
def test_not_a_network(title: str) -> None:
    with pytest.raises((Rejected, TypeError)):
        Problem(PLAIN | BROKEN[title])


@pytest.mark.parametrize("field", ["activation", "X", "y", "v", "W", "kind"])
def test_a_missing_field(field: str) -> None:
    with pytest.raises(Rejected):
        Problem({name: x for name, x in PLAIN.items() if name != field})


def test_a_network_beyond_the_limit() -> None:
    rows = [["0"]] * 2001
    with pytest.raises(Rejected, match="<="):
        Problem(
            {
                "kind": "network",
                "activation": "t",
                "X": rows,
                "y": ["0"] * 2001,
                "v": ["0"] * 2000,
                "W": rows[:2000],
            }
        )
