"""Conditions at their very edge, each by hand: what is just accepted, and what is just rejected."""

import math
from fractions import Fraction
from typing import Any

import pytest

from symplateau.kernel.certificate import RULES
from symplateau.kernel.fact import plateau_map
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import Interval, pairs

from .pool import Certificate, accepted, algebra, good, rejected, spoiled
from .relu_pool import path, problem, stationary
from .test_reasons import last

START = {"rule": "stationary point"}
# 1 + t^2, v = 1, w = 0, x = 1, 2, y = 2, 0: f = 1, e = (-1, 1). dL/dv = sum e = 0, dL/dw = 0 as sigma' = 0.
# The Hessian is diag(2, 2 v sum e x^2) = diag(2, 6).
PARABOLA = {"kind": "network", "activation": "1 + t**2", "X": [["1"], ["2"]], "y": ["2", "0"], "v": ["1"],
            "W": [["0"]]}


def facts(certificate: Certificate) -> list[Fact]:
    """What each step establishes."""
    start, found = Fact(Problem(certificate["problem"])), list[Fact]()
    for step in certificate["steps"]:
        given = {name: x for name, x in step.items() if name not in ("rule", "from")}
        found.append(RULES[step["rule"]](found[step["from"]] if "from" in step else start, **given))
    return found


def moved(v: str, center: str, within: str) -> Certificate:
    """The point above, from a network whose v is another."""
    return algebra(PARABOLA | {"v": [v]}, {
        "rule": "nondegenerate point", "prec": 64, "within": within, "center": [center, "0"],
        "basis": [["7/10", "0"], ["0", "2/5"]], "signs": [1, 1]})


def test_a_point_in_the_corner_of_the_box() -> None:
    """All numbers are dyadic, so the gradient there is exactly 0 and so is its reach."""
    assert accepted(moved("31/32", "1/32", "1/16"))["says"]["ball"] == "1/32"
    assert rejected(moved("15/16", "1/16", "1/16")).expected == (
        "a stationary point inside the box, at less than its radius")


def test_lists_of_two_lengths_are_no_pairs() -> None:
    for rows in (([1], [1, 2]), ([1, 2], [1]), ([], [1])):
        with pytest.raises(ValueError):
            list(pairs(*rows))


@pytest.mark.parametrize(("low", "high", "sign"), [
    (1, 5, 1), (1, 1, 1), (0, 5, 0), (0, 0, 0), (-1, 0, 0), (-1, 1, 0), (-5, -1, -1), (-1, -1, -1)])
def test_a_certain_sign(low: int, high: int, sign: int) -> None:
    assert Interval(low, high, 10).sign() == sign


@pytest.mark.parametrize(("n", "m", "d", "fits"), [
    (2000, 2000, 1, True), (2000, 2001, 1, False), (1000, 2000, 2, True), (1001, 2000, 2, False),
    (2, 1, 2000, True)])
def test_the_largest_network(n: int, m: int, d: int, fits: bool) -> None:
    """n m d is at most 4,000,000."""
    source = {"kind": "network", "activation": "t", "X": [["1"] * d] * n, "y": ["0"] * n, "v": ["0"] * m,
              "W": [["0"] * d] * m}
    if fits:
        assert Problem(source).width == m
    else:
        with pytest.raises(Rejected, match="n \\* m \\* d <= 4000000"):
            Problem(source)


@pytest.mark.parametrize("slopes", [["1"], ["1", "0", "2"], []])
def test_two_slopes(slopes: list[str]) -> None:
    start = problem("1", "1", "1", "1") | {"slopes": slopes}
    assert rejected(algebra(start, stationary([[]])), -1, "problem").expected == "a list of length 2"


def test_a_null_vector_has_an_entry_for_each_parameter() -> None:
    for null in (["1"], ["1", "0", "0"], []):
        assert rejected(last("inertia", "null", [null])).expected == "a list of length 2"


def test_the_bias_moves_by_what_is_said() -> None:
    """Targets 2, 2, a dead neuron: L = (c - 2)^2 is below 4 for 0 < c < 4."""
    start = problem("1, 1", "2, 2", "-1", "1", c="0")
    for until, fits in (("399/100", True), ("4", False)):
        found = algebra(start, path(until, c=["t"]))
        if fits:
            assert accepted(found)["says"]["falls"]["order"] == 1
        else:
            assert rejected(found).expected == "until: smaller"


def test_a_map_without_an_inner_hessian() -> None:
    """CERTIFICATE.md, section 6: [0, 0, 0] if none is known."""
    fact = Fact(Problem(good("split")["problem"]), stationary=True)
    found = plateau_map(fact, neuron=1, daughters=2)
    assert found.says()["inner Hessian"] == {"neuron": 1, "inertia": [0, 0, 0]} and found.kind == "plateau"
    assert found.regions == (("++", None), ("+0", None), ("+-", None))


@pytest.mark.parametrize("name", ["split minimum", "split minimum near", "minimum split twice"])
def test_a_split_minimum_still_rises(name: str) -> None:
    """A strict minimum rises; so do its splits."""
    found = facts(good(name))
    assert found[-1].type == "local minimum" and found[-1].rises is True and found[-1].stationary
    assert [x.rises for x in found if x.type == "strict local minimum"] == [True] * sum(
        x.type == "strict local minimum" for x in found)


# t + t^2 + max(t, 0)^3 has two continuous derivatives and no third one. v = w = 1, x = 1, 2, 3:
# f = (3, 14, 39), and e = (17, -12, 3) is orthogonal to sigma (3, 14, 39) and to sigma' x (6, 34, 102), but
# not to sigma'' x^2 (8, 56, 180).
ROUGH = {"kind": "network", "activation": "t + t**2 + pos3(t)", "X": [["1"], ["2"], ["3"]],
         "y": ["-14", "26", "36"], "v": ["1"], "W": [["1"]]}


def test_two_derivatives_are_enough() -> None:
    """sum e sigma'' x^2 = 8*17 - 56*12 + 180*3 = 4: half of that, times t^2, is what the loss rises by."""
    curve = {"rule": "split path", "from": 0, "prec": 64, "order": 2, "neuron": 0, "direction": ["1"],
             "coefficients": ["1/2", "1/2"], "shifts": ["t", "-t"], "until": "1/4096"}
    assert accepted(algebra(ROUGH, START, curve))["says"]["path"]["sense"] == "rises"
    for order, fits in ((2, True), (3, False)):
        effect = {"rule": "effective neuron", "from": 0, "prec": 64, "neuron": 0, "order": order,
                  "direction": ["1"]}
        if fits:
            accepted(algebra(ROUGH, START, effect))
        else:
            assert rejected(algebra(ROUGH, START, effect)).expected == (
                "an activation with more continuous derivatives")


@pytest.mark.parametrize(("v", "rule"), [("-1", "local minimum"), ("1", "local maximum")])
def test_an_extremum_needs_two_derivatives(v: str, rule: str) -> None:
    about: dict[str, Any] = {"kind": "network", "activation": "pos3(t)", "X": [["1"]], "y": ["1"], "v": [v],
                             "W": [["0"]]}
    found = algebra(about, START, {"rule": rule, "from": 0, "prec": 32, "around": "1/4"})
    assert accepted(found)["says"]["type"] == rule
    assert spoiled(found, "steps", 1, "around", to="1/4") == found and Fraction("1/4") > 0


def square(X: str, y: str, v: str = "1", activation: str = "t**2") -> dict[str, Any]:
    """One neuron with w = 0: f = 0 where the activation is 0 at 0, and e = -y."""
    return {"kind": "network", "activation": activation, "X": [[x] for x in X.split()], "y": y.split(),
            "v": [v], "W": [["0"]]}


def test_an_effect_of_second_order() -> None:
    """x = 1, 2 and e = (4, -1): sum e x^2 = 0, though sum e x is not; with (2, -1) the other way."""
    effect = {"rule": "effective neuron", "from": 0, "prec": 64, "neuron": 0, "order": 2, "direction": ["1"]}
    assert rejected(algebra(square("1 2", "-4 1"), START, effect)).expected == (
        "a derivative that is certainly not zero")
    assert accepted(algebra(square("1 2", "-2 1"), START, effect))["says"]["effective neuron"] == 0


@pytest.mark.parametrize(("v", "rule"), [("-1", "local maximum"), ("1", "local minimum")])
def test_an_extremum_needs_neurons_that_are_flat(v: str, rule: str) -> None:
    """x = 1, -1, e = (1, 1): stationary although sigma'(0) = 1, and v e sigma'' has the right sign."""
    found = algebra(square("1 -1", "-1 -1", v, "t + t**2"), START,
                    {"rule": rule, "from": 0, "prec": 32, "around": "1/4"})
    assert rejected(found).expected == "neurons 0 of slope 0 that push one way"


@pytest.mark.parametrize(("name", "coefficients"), [
    *(("split minimum", x) for x in ("2 0 -1", "1 0", "1/2 1/2 0", "2 -1", "1 1 -1")),
    *(("split minimum, negative definite", x) for x in ("1/2 1/2", "3 0 -2", "1 1 -1", "1 0", "2 1 -2"))])
def test_signs_that_give_no_minimum(name: str, coefficients: str) -> None:
    assert rejected(last(name, "coefficients", coefficients.split())).expected == (
        "all coefficients > 0, H positive definite; or one > 0, others < 0, H negative definite")


def test_a_daughter_that_begins_with_nothing() -> None:
    """lambda = 1 + t, -t and c = t^2, t + t^2: f = (1 + t) t^4 - t^3 (1 + t)^2 begins with -t^3."""
    curve = {"rule": "split path", "from": 0, "prec": 64, "order": 3, "neuron": 0, "direction": ["1"],
             "coefficients": ["1 + t", "-t"], "shifts": ["t**2", "t + t**2"], "until": "1/16"}
    found = accepted(algebra(square("1", "1"), START, curve))
    path = {x: curve[x] for x in ("until", "coefficients", "shifts", "direction")} | {"sense": "rises"}
    assert (found["kind"], found["says"]) == ("path", {
        "location": {"exact": True}, "type": "stationary", "path": path,
        "splits": [{"neuron": 0, "coefficients": ["1", "0"]}]})


@pytest.mark.parametrize(("activation", "steps"), [
    ("pos(t)", [{"rule": "zero residual"}]), ("pos2(t)", [START]),
    ("pos2(t)", [START, {"rule": "zero residual", "from": 0}]),
    ("t + pos2(t)", [{"rule": "nonzero gradient", "prec": 64}])])
def test_no_more_derivatives_than_are_needed(activation: str, steps: Any) -> None:
    y = "1" if "t +" in activation else "0"
    accepted(algebra(square("1", y, activation=activation), *steps))
    if activation == "pos2(t)":
        inner = {"rule": "inertia", "from": 0, "neuron": 0, "basis": [[]], "signs": [], "null": [["1"]]}
        assert rejected(algebra(square("1", "0", activation=activation), START, inner)).expected == (
            "an activation with more continuous derivatives")


def test_as_many_output_weights_as_neurons() -> None:
    start = problem("1", "1", "1", "1") | {"H": [["1", "1"]]}
    assert rejected(algebra(start, stationary([[]])), -1, "problem").expected == "a list of length 1"
    for basis in ([["1"], ["1"]], [["1", "0", "0"], ["0", "1", "0"]]):
        assert rejected(last("split minimum", "basis", basis)).expected == "a list of length 2"


# "split minimum near": softplus, v = 1, w = 1/2, x = 1, 2, -1, y = f - e, lambda = (3, -2), H < 0.


def bounds(certificate: Certificate) -> tuple[float, float]:
    """|a| K G R and the least value of M, of S/split-minimum, in floating point."""
    about, step = certificate["problem"], certificate["steps"][-1]
    v, w = float(Fraction(about["v"][0])), float(Fraction(about["W"][0][0]))
    rows = [float(Fraction(row[0])) for row in about["X"]]
    delta = float(Fraction(step["radius"]))
    norm = math.hypot(3 * v + delta, 2 * v + delta) / (v - delta * math.sqrt(2))
    reach, spread = delta * max(math.sqrt(2), norm), delta * max(1, norm)

    def slope(t: float) -> float:
        return 1 / (1 + math.exp(-t))

    def bends(x: float) -> list[float]:
        ends = [w * x - spread * abs(x), w * x + spread * abs(x)]
        return [slope(t) * (1 - slope(t)) for t in ends]

    e = [v * math.log1p(math.exp(w * x)) - float(Fraction(y)) for x, y in zip(rows, about["y"], strict=True)]
    K = math.sqrt(sum(max(bends(x)) ** 2 * x**4 for x in rows))
    top = [(w * x + reach * abs(x), x) for x in rows]
    G = math.sqrt(sum(math.log1p(math.exp(t)) ** 2 + ((v + reach) * slope(t) * x) ** 2 for t, x in top))
    parts = [-3 * v * r * x * x * bend for r, x in zip(e, rows, strict=True) for bend in [bends(x)]
             for bend in [min(bend) if -r > 0 else max(bend)]]
    return (3 * v + delta) * K * G * reach, sum(parts) * (3 * v - delta) / (3 * v)


def test_the_bound_of_a_split_minimum_is_what_its_formula_says() -> None:
    """With S = s, small, the eigenvalue shown is s^2 M, which is to be at least |a| K G R; sigma''
    is enclosed as logistic - logistic^2, which costs up to a tenth."""
    certificate = good("split minimum near")
    assert certificate["steps"][-1]["coefficients"] == ["3", "-2"] and certificate["problem"]["v"] == ["1"]
    bound, least = bounds(certificate)
    for factor, fits in ((1.12, True), (0.99, False)):
        basis = [[str(Fraction(math.sqrt(factor * bound / least)).limit_denominator(10**6))]]
        changed = spoiled(certificate, "steps", -1, "basis", to=basis)
        if fits:
            accepted(changed)
        else:
            assert rejected(changed).expected == "|weight| K A <= lower"


@pytest.mark.parametrize(("signs", "kind", "ball"), [
    ([1, 1], "strict local minimum", True), ([1, -1], "saddle", False)])
def test_a_ball_is_known_of_minima_only(signs: list[int], kind: str, ball: bool) -> None:
    """(1 + t^2, v = 1, w = 0), e = (-1, 1) or (1, -1): the Hessian is diag(2, 6), or diag(2, -6)."""
    y = ["2", "0"] if signs == [1, 1] else ["0", "2"]
    step = {"rule": "nondegenerate point", "from": 0, "prec": 64, "within": "1/32", "signs": signs,
            "basis": [["7/10", "0"], ["0", "2/5"]]}
    says = accepted(algebra(PARABOLA | {"y": y}, START, step))["says"]
    assert (says["type"], says.get("ball")) == (kind, "1/32" if ball else None)
    assert says["inertia"] == [signs.count(1), 0, signs.count(-1)]


def test_a_curve_that_rises_is_remembered() -> None:
    assert [x.rises for x in facts(good("curves of third order"))] == [False, False, True]
    assert facts(good("curve"))[-1].rises is True and facts(good("curve with biases"))[-1].rises is False
