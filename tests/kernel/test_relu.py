"""ReLU-like networks: every rule, and every way to spoil its certificate by hand."""

import itertools
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from symplateau.argument import checked
from symplateau.kernel import relu
from symplateau.kernel.format import CheckError, Rejected

from .pool import Certificate, accepted, algebra, rejected, spoiled, statement, without
from .relu_pool import CASES, ORIGIN, TWO, good, kink, move, path, problem, stationary

TYPES = {
    "stationary": "stationary", "stationary, a kink bends down": "stationary", "minimum": "local minimum",
    "not stationary": "not stationary", "saddle": "saddle", "saddle, two outputs": "saddle",
    "maximum": "local maximum", "constant": "locally constant", "zero residual": "local minimum",
    "bias": "local minimum", "bias that rises": "stationary"}


@pytest.mark.parametrize("name", list(CASES))
def test_the_type(name: str) -> None:
    found = accepted(good(name))
    assert (found["kind"], found["about"]) == ("point", CASES[name][0])
    assert found["says"]["type"] == TYPES[name]
    assert found["says"]["location"] == {"exact": True}


def test_every_rule_is_used() -> None:
    assert {step["rule"] for _, steps in CASES.values() for step in steps} == set(relu.RULES)


def test_what_is_said_of_a_minimum() -> None:
    says, rests_on = (accepted(good("minimum"))[x] for x in ("says", "rests_on"))
    assert says == {"location": {"exact": True}, "type": "local minimum", "ball": "1", "escape neurons": []}
    assert rests_on == ["B/lemma-3.2", "B/theorem-4.2"]
    assert accepted(good("zero residual"))["says"]["global minimum"] is True
    assert accepted(good("maximum"))["rests_on"] == ["S/relu-maximum"]


def test_what_is_said_of_a_saddle() -> None:
    says = accepted(good("saddle, two outputs"))["says"]
    assert says["escape neurons"] == [{"neuron": 0, "direction": ["0", "1"]}]
    assert (says["falls"]["order"], says["rises"]["order"]) == (2, 2)
    assert accepted(good("not stationary"))["says"]["falls"]["order"] == 1


@pytest.mark.parametrize("name", list(CASES))
def test_all_fields_are_needed(name: str) -> None:
    certificate = good(name)
    for number, step in enumerate(certificate["steps"]):
        for field in step:
            if (step["rule"], field) != ("path", "c"):
                rejected_somewhere(without(certificate, "steps", number, field))
            rejected_somewhere(spoiled(certificate, "steps", number, field, to=None))
        rejected_somewhere(spoiled(certificate, "steps", number, "unknown", to="0"))
        rejected_somewhere(spoiled(certificate, "steps", number, "from", to=0))
    for field in certificate["problem"]:
        rejected_somewhere(without(certificate, "problem", field)) if field != "c" else None
        rejected_somewhere(spoiled(certificate, "problem", field, to=None))
    rejected_somewhere(spoiled(certificate, "problem", "b", to=["0"]))


def rejected_somewhere(certificate: Certificate) -> None:
    assert statement(certificate) is None


# The problem


@pytest.mark.parametrize(("field", "value"), [
    ("X", [["1", "0"]]), ("X", [["1", "0"], ["0"]]), ("X", [[], []]), ("X", []), ("X", ["1", "0"]),
    ("Y", [["1"]]), ("Y", [["1"], ["-1", "0"]]), ("Y", [[], []]), ("W", [["1"]]),
    ("W", [["1", "0"], ["1", "0"]]),
    ("H", []), ("H", [["1", "0"]]), ("H", [["1"], ["1"]]), ("slopes", ["1", "1"]), ("slopes", ["1"]),
    ("slopes", ["1", "0", "0"]), ("c", []), ("c", ["0", "0"]), ("X", [["1", 0], ["0", "1"]]),
    ("slopes", ["1", "0.5"]), ("H", [[True]])])
def test_a_wrong_problem(field: str, value: Any) -> None:
    rejected(spoiled(good("stationary"), "problem", field, to=value), -1, "problem")


def test_no_neurons() -> None:
    """The loss is constant: there are no parameters."""
    empty = {"kind": "relu network", "X": [["1"]], "Y": [["1"]], "W": [], "H": [[]], "slopes": ["1", "0"]}
    found = accepted(algebra(empty, {"rule": "local maximum", "ratio": "1", "shares": []},
                             {"rule": "local minimum", "ratio": "1", "radius": "1", "shares": []}))
    assert found["says"]["type"] == "locally constant"


def test_no_type_is_no_statement() -> None:
    rises = path("1", move("1 0", "1+t"))
    assert rejected(algebra(kink("1"), rises), 1, "conclusion").expected == "a type of the point"


# Stationary points


@pytest.mark.parametrize("targets", ["1", "-1 2", "-1 0 3", "-1 -1 3"])
def test_a_negative_slope_has_no_shares(targets: str) -> None:
    """G(t) = u rho(t2), u < 0 the sum of the residuals. One bends down; the sign -1 or 1 of it fails."""
    start, up = kink(*targets.split()), sum(x.startswith("-") for x in targets.split())
    for grid in itertools.product(["-1", "0", "1"], repeat=2 * up):
        rejected(algebra(start, stationary([list(grid[:up]), list(grid[up:])])))


@pytest.mark.parametrize("shares", [
    [["1"]], [["-1/2"]], [["-2"]], [[]], [["-1", "-1"]], [["-1"], ["-1"]], [], "-1", [["-1"], []]])
def test_wrong_shares(shares: Any) -> None:
    rejected(spoiled(good("stationary"), "steps", 0, "shares", 0, to=shares))


@pytest.mark.parametrize(
    "shares", [[["-1"], ["0"]], [["0"]], [["0"], ["-1"], ["0"]], [["0", "1"], ["-1", "-1"]]])
def test_wrong_shares_where_a_kink_bends_down(shares: Any) -> None:
    rejected(spoiled(good("stationary, a kink bends down"), "steps", 0, "shares", 0, to=shares))


@pytest.mark.parametrize("u", [1, 2, 3, 4])
def test_shares_above_1_do_not_count(u: int) -> None:
    """rho = |t|. On w = (1, 0) the samples (1, 1), (-1, 1) have the slopes 1, -1; with the residuals u, -u
    they add u (t1 + t2) + u (t2 - t1). dL/dh = u - u. With 2 at e2, G(t) = 2 u t2 + 2 |t2|: the share is -u.
    """
    start = problem("1 1, -1 1, 0 1", f"{1 - u}, {1 + u}, -2", "1 0", "1", "1 -1")
    certificate = algebra(start, stationary([[str(-u)]]))
    assert (statement(certificate) is not None) == (u <= 1)


def test_shares_for_each_neuron() -> None:
    rejected(spoiled(good("stationary"), "steps", 0, "shares", to=[]))
    rejected(spoiled(good("stationary"), "steps", 0, "shares", to=[[["-1"]], [["-1"]]]))


def test_a_slope_in_an_output_weight() -> None:
    certificate = spoiled(good("stationary"), "problem", "Y", 0, 0, to="2")  # dL/dh = -1
    assert rejected(certificate).expected == "no slope of the loss in an output weight or bias"
    certificate = spoiled(good("bias that rises"), "problem", "c", 0, to="1")  # dL/dc = 2
    assert rejected(certificate, 0).expected == "no slope of the loss in an output weight or bias"
    rejected(spoiled(good("minimum"), "problem", "Y", 0, 0, to="2"))


def test_too_many_kinks_that_bend_down() -> None:
    falling = relu.MAX_FALLING + 1
    start = kink(str(-2 * falling), *["1"] * falling)
    error = rejected(algebra(start, stationary([[["0"]] * 2**falling])))
    assert error.expected == f"at most {relu.MAX_FALLING} kinks that bend downwards"


ONES, DENSE = ", ".join(["1"] * 20_000), "+".join(f"t**{k}" for k in range(1, 17))
HEAVY = {
    "samples and neurons": (
        problem(ONES, ONES, ", ".join(["1"] * 2_000), " ".join(["0"] * 2_000)), [stationary()]),
    "samples on a curve of degree 16": (problem(ONES, ONES, "0", "0"), [path("1/100", move(DENSE, DENSE))]),
    "denominators of the input weights": (problem(" ".join(["1"] * 60), "1", " ".join(["0"] * 60), "0"), [
        path("1", move(" ".join(f"t/{10**3980 + 2 * k + 1}" for k in range(60)), "t"))]),
    "denominators of the targets": (problem(
        ", ".join(["1"] * 100), ", ".join(f"1/{10**3980 + 2 * k + 1}" for k in range(100)), "0", "0"), [
            path("1/2", move("t", "t"))]),
    "one kink after the other": (problem(
        ", ".join([f"1{' 0' * 999}"] * 11), ", ".join(["1"] * 10 + ["-11"]), " ".join(["0"] * 1000), "1"), [
            {"rule": "stationary point", "shares": [[["0"]] * 1024]}])}


@pytest.mark.parametrize("name", list(HEAVY))
def test_work_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files that would take long are refused before that; here with a smaller limit, to be quick."""
    monkeypatch.setattr(relu, "MAX_WORK", 2**18)
    start, steps = HEAVY[name]
    with pytest.raises(CheckError, match=r"less work|string conversion"):
        checked(algebra(start, *steps))


def test_what_is_counted() -> None:
    point = relu.Point(kink("-1"))
    for rule, given in (("stationary_point", {"shares": [[["-1"]]]}),
                        ("path", {"until": "1", "moves": [move("1 0", "1+t")]})):
        before = point.meter.work
        getattr(point, rule)(**given)
        assert point.meter.work > before > 0
    long = relu.Point(kink("-1") | {"slopes": ["1", f"1/{10**640}"]})
    assert long.meter.work == 11 * relu.Point(kink("-1")).meter.work
    point.meter.work = relu.MAX_WORK
    with pytest.raises(Rejected, match="less work"):
        point.stationary_point(shares=[[["-1"]]])


# Minima


@pytest.mark.parametrize(("ratio", "radius"), [
    ("1", "2"), ("1", "0"), ("1", "-1"), ("0", "1"), ("-1", "1"), ("1/2", "1"), ("2", "1"),
    ("1", "1000001/1000000")])
def test_a_wrong_ratio_or_radius(ratio: str, radius: str) -> None:
    given = good("minimum")["steps"][0] | {"ratio": ratio, "radius": radius}
    rejected(spoiled(good("minimum"), "steps", 0, to=given))


def test_a_smaller_radius_is_another_statement() -> None:
    found = accepted(spoiled(good("minimum"), "steps", 0, "radius", to="1/2"))
    assert found["says"]["ball"] == "1/2"


def test_the_radius_of_several_outputs() -> None:
    """sqrt(2) C r <= 1: e2 with the residuals (1, 0), h = (1, 0): G = g_0 = rho(t2)."""
    start = problem("1 0, 0 1", "1 0, -1 0", "1 0", "1, 0")
    duals = [[[["-1"]], [[]], [["-1"]], [["-1"]]]]
    step = {"rule": "local minimum", "ratio": "1", "radius": "7/10", "shares": duals}
    assert accepted(algebra(start, step))["says"]["ball"] == "7/10"
    rejected(algebra(start, step | {"radius": "5/7"}))  # 2 (5/7)^2 > 1


def test_an_escape_neuron_is_no_minimum() -> None:
    """G = 0 and g != 0: no ratio, no shares."""
    for ratio in ("1", "100"):
        for shares in itertools.product(["-1", "0", "1"], repeat=2):
            duals = [[[[shares[0]]], [[shares[1]], [shares[1]]]]]
            rejected_somewhere(algebra(CASES["saddle"][0], {
                "rule": "local minimum", "ratio": ratio, "radius": "1/1000", "shares": duals}))


@pytest.mark.parametrize("shares", [
    [[[["-1"]]]], [[[["-1"]], [[]], [[]]]], [[[[]], [["-1"]]]], [], [[]], [[[["-1"]], [["0"]]]]])
def test_wrong_duals(shares: Any) -> None:
    rejected(spoiled(good("minimum"), "steps", 0, "shares", to=shares))


# Maxima


@pytest.mark.parametrize("ratio", ["0", "-1", "2", "1000001/1000000"])
def test_a_wrong_ratio_of_a_maximum(ratio: str) -> None:
    rejected(spoiled(good("maximum"), "steps", 0, "ratio", to=ratio))


def test_a_maximum_wants_outputs_that_only_kinks_change() -> None:
    step = good("maximum")["steps"][0]
    rejected(algebra(problem("1, -1", "1, 0", "1", "1"), step | {"shares": [[[]]]}))  # z = 1: active
    rejected(algebra(problem("1", "1", "0", "1", c="0"), step))
    rejected(algebra(problem("1", "1", "0", "1", "1 1/2"), step))  # rho(-t) = -t/2 takes f away from y


def test_a_maximum_of_two_sided_slopes() -> None:
    """rho = |t|: h|t| approaches y on both sides."""
    start = problem("1", "1", "0", "1", "1 -1")  # -G - |t|/2 = |t|/2
    step = {"rule": "local maximum", "ratio": "1/2", "shares": [[["0"]]]}
    assert accepted(algebra(start, step))["says"]["type"] == "local maximum"
    rejected(algebra(problem("1", "-1", "0", "1", "1 -1"), step))


# Escape neurons


@pytest.mark.parametrize("direction", [["-1"], ["0"], ["1", "0"], [], "1", ["x"]])
def test_no_direction_of_escape(direction: Any) -> None:
    rejected(spoiled(good("saddle"), "steps", 1, "direction", to=direction), 1)


@pytest.mark.parametrize("neuron", [1, -1, "0", True])
def test_a_neuron_that_is_none(neuron: Any) -> None:
    assert statement(spoiled(good("saddle"), "steps", 1, "neuron", to=neuron)) is None


def test_an_escape_neuron_needs_a_stationary_point() -> None:
    steps = good("saddle")["steps"]
    rejected(algebra(CASES["saddle"][0], *[steps[x] for x in (1, 0, 2, 3)]), 0)


def test_a_direction_that_rises_is_none_of_escape() -> None:
    given = {"rule": "escape neuron", "neuron": 0, "direction": ["0", "1"]}
    rejected(algebra(CASES["minimum"][0], *good("stationary")["steps"], given))


# Paths


@pytest.mark.parametrize("moves", [
    [move("1", "t")], [move("t", "1")], [move("t+1", "t")], [move("t", "t"), move("t", "t")],
    [move("t", "t", 1)], [move("t", "t", -1)], [move("t 0", "t")], [move("t", "t t")], [move("", "t")], [],
    [move("t", "exp(t)")], [move("t", "tanh(t)*t")], [move("t", "s")], [move("pi*t", "t")],
    [move("t*t/t", "t")],
    [{"neuron": 0, "w": ["t"]}], [move("t", "t") | {"x": []}], ["t"], "t", [move("t/0", "t")]])
def test_wrong_moves(moves: Any) -> None:
    rejected(spoiled(good("saddle"), "steps", 2, "moves", to=moves), 2)


def test_how_far_a_path_goes() -> None:
    """-t^2 + t^4/2: the first term outweighs the other up to sqrt(2)."""
    assert accepted(spoiled(good("saddle, two outputs"), "steps", 2, "until", to="7/5"))
    for until in ("3/2", "0", "-1"):
        rejected(spoiled(good("saddle, two outputs"), "steps", 2, "until", to=until), 2)


def test_a_sample_that_changes_its_leg() -> None:
    """w.e1 = 1 - t: on the leg up to t < 1."""
    start = kink("1")
    steps = [path("1/2", move("1-t t", "1")), path("2/3", move("1+t 0", "1"))]
    assert accepted(algebra(start, *steps))["says"]["falls"]["order"] == 1
    rejected(algebra(start, steps[0] | {"until": "1"}, steps[1]), 0)


def test_one_path_of_each_sense() -> None:
    steps = good("saddle")["steps"]
    rejected(algebra(CASES["saddle"][0], steps[0], steps[2], path("1/2", move("t", "t"))), 2)


def test_a_path_on_which_nothing_changes() -> None:
    """(w, h) -> (w s, h / s) to first order, and a neuron that is dead."""
    rejected(algebra(CASES["constant"][0], path("1/2", move("-1+t", "1"))), 0)


def test_a_curve() -> None:
    """Of degree 2: on w = t^2, h = t the loss is (t^3 - 1)^2 / 2."""
    certificate = spoiled(good("saddle"), "steps", 2, "moves", to=[move("t**2", "t")])
    assert accepted(certificate)["says"]["falls"]["order"] == 3


def test_a_bias_moves_only_where_there_is_one() -> None:
    rejected(algebra(CASES["not stationary"][0], path("1", move("1 t", "1"), c=["t"])), 0)
    rejected(spoiled(good("bias that rises"), "steps", 1, "c", to=["1+t"]), 1)
    rejected(spoiled(good("bias that rises"), "steps", 1, "c", to=["t", "t"]), 1)


def test_two_outputs_below_the_threshold_is_no_saddle() -> None:
    """For u = 1/2 the same path rises: -u t^2 + t^2 + ..."""
    start = TWO | {"Y": [["1", "0"], ["0", "1/2"]]}
    steps = good("saddle, two outputs")["steps"]
    steps[2]["until"] = "1/2"
    rejected(algebra(start, *steps), 3)  # two paths that rise
    found = accepted(algebra(start, *steps[:3]))["says"]
    assert (found["type"], "rises" in found) == ("stationary", True)


@pytest.mark.parametrize("name", list(CASES))
def test_a_certificate_about_every_other_problem(name: str) -> None:
    certificate, found = good(name), accepted(good(name))
    for start, _ in CASES.values():
        if start != CASES[name][0]:
            other = statement(spoiled(certificate, "problem", to=start))
            assert other is None or (other["about"] == start and other != found)


@pytest.mark.parametrize("rule", ["unknown", "inertia", "split", "combination", "", None, ["path"], {}, 1])
def test_another_rule(rule: Any) -> None:
    rejected_somewhere(spoiled(good("stationary"), "steps", 0, "rule", to=rule))


# What is accepted is true: the loss itself, in exact arithmetic.


def loss(start: dict[str, Any], W: Any, H: Any) -> Fraction:
    a, b = map(Fraction, start["slopes"])
    total = Fraction(0)
    for x, target in zip(start["X"], start["Y"], strict=True):
        z = [sum(Fraction(p) * q for p, q in zip(x, w, strict=True)) for w in W]
        sent = [(a if s >= 0 else b) * s for s in z]
        bias = start.get("c", ["0"] * len(H))
        for row, y, c in zip(H, target, bias, strict=True):
            total += (sum((h * s for h, s in zip(row, sent, strict=True)), Fraction(c)) - Fraction(y)) ** 2
    return total / 2


@pytest.mark.parametrize("name", ["minimum", "constant", "bias", "maximum", "zero residual"])
def test_moves_do_what_the_type_says(name: str) -> None:
    random, start = Random(5), CASES[name][0]
    says = accepted(good(name))["says"]
    W, H = ([[Fraction(x) for x in row] for row in start[field]] for field in ("W", "H"))
    size = len(W) * (len(W[0]) + len(H))
    reach = Fraction(says.get("ball", "1/8")) / size
    for _ in range(300):
        near = [[[x + reach * Fraction(random.randint(-64, 64), 64) for x in row] for row in part]
                for part in (W, H)]
        change = loss(start, *near) - loss(start, W, H)
        assert change >= 0 or says["type"] in ("local maximum", "locally constant")
        assert change <= 0 or says["type"] not in ("local maximum", "locally constant")


# Guards, one by one: each is the only one that stops what is tried here.


MINIMUM: dict[str, Any] = {"rule": "local minimum", "ratio": "1", "radius": "1", "shares": []}
MAXIMUM: dict[str, Any] = {"rule": "local maximum", "ratio": "1/2", "shares": [[["-1"]]]}


@pytest.mark.parametrize(("X", "Y", "W", "H"), [
    ([[]], [["1"]], [[]], [["1"]]), ([["1"]], [[]], [], []), ([["1"], ["1", "0"]], [["0"], ["0"]], [], [[]])])
def test_no_inputs_no_outputs_no_common_length(X: Any, Y: Any, W: Any, H: Any) -> None:
    start = {"kind": "relu network", "X": X, "Y": Y, "W": W, "H": H, "slopes": ["1", "0"]}
    for step in (stationary(*[[[]]] * len(W)), {"rule": "zero residual"}):
        rejected(algebra(start, step), -1, "problem")


def test_the_first_input_counts_too() -> None:
    """G(t) = rho(t1): the share is -1."""
    start = problem("0 1, 1 0", "1, -1", "0 1", "1")
    accepted(algebra(start, stationary([["-1"]])))
    rejected(algebra(start, stationary([["0"]])))


def test_a_share_of_2() -> None:
    """As for shares above 1, the other way round: G(t) = -4 t2 + 2 |t2|."""
    rejected(algebra(problem("1 1, -1 1, 0 1", "3, -1, -2", "1 0", "1", "1 -1"), stationary([["2"]])))


def test_a_zero_sample_has_no_share() -> None:
    start = problem("1 0, 0 1, 0 0", "1, -1, -1", "1 0", "1")
    accepted(algebra(start, stationary([["-1"]])))
    rejected(algebra(start, stationary([["-1", "0"]])))


def test_a_minimum_wants_the_mean_in_the_bias() -> None:
    start: dict[str, Any] = {"kind": "relu network", "X": [["1"]], "Y": [["1"]], "W": [], "H": [[]]}
    start |= {"slopes": ["1", "0"]}
    accepted(algebra(start | {"c": ["1"]}, MINIMUM))
    rejected(algebra(start | {"c": ["0"]}, MINIMUM))


def test_the_ball_of_a_dead_neuron_ends_at_the_kink() -> None:
    """w = -1, h = 1: beyond w = 0 the loss falls, whatever the ratio."""
    step = MINIMUM | {"ratio": "1/10", "shares": [[[[]], [[]]]]}
    accepted(algebra(CASES["constant"][0], step))
    rejected(algebra(CASES["constant"][0], step | {"radius": "1000001/1000000"}))
    for ratio in ("0", "-1"):
        rejected(algebra(CASES["constant"][0], step | {"ratio": ratio}))


def test_a_maximum_is_no_minimum_of_negative_ratio() -> None:
    """G = g = -rho: of -G + g and -G - g one is 0, the other t + |t|."""
    rejected(algebra(CASES["maximum"][0], MINIMUM | {"ratio": "-1", "shares": [[[[]], [["-1"]]]]}))


def test_a_maximum_wants_no_negative_leg_that_sends() -> None:
    """h = 0: no slope in w, one of size 1 in h."""
    rejected(algebra(problem("1", "1", "-1", "0", "0 1"), MAXIMUM | {"shares": [[[]]]}))


def test_a_maximum_of_negative_slopes() -> None:
    """rho(s) = -2 s for s > 0. With h = 1, e = 1: -G - C |rho| = 2 (1 - C) t there; with h = 0: -2 C t."""
    start = problem("1", "-1", "0", "1", "-2 0")
    accepted(algebra(start, MAXIMUM))
    rejected(algebra(start, MAXIMUM | {"ratio": "3/2"}))
    rejected(algebra(problem("1", "-1", "0", "0", "-2 0"), MAXIMUM))


@pytest.mark.parametrize("Y", ["1 0, 0 1", "1 1, 0 0", "2 0, 0 0"])
def test_a_residual_that_is_left(Y: str) -> None:
    start, step = problem("1 0, 0 1", "1 0, 0 0", "1 0", "1, 0"), {"rule": "zero residual"}
    accepted(algebra(start, step))
    rejected(algebra(start | {"Y": [row.split() for row in Y.split(",")]}, step))


def test_no_escape_by_a_sample_on_the_dead_leg() -> None:
    """w = -1: near it the neuron sends 0, though x.t > 0."""
    given = {"rule": "escape neuron", "neuron": 0, "direction": ["1"]}
    rejected(algebra(problem("1", "1", "-1", "0"), stationary([[]]), given))


def test_a_neuron_moves_once() -> None:
    rejected(algebra(ORIGIN, stationary([[]]), path("1/2", *[move("t", "t")] * 2)))


def test_a_bias_is_no_neuron() -> None:
    rejected(algebra(CASES["bias that rises"][0], stationary([[]]), path("5", move("", "t", 1))))


def test_a_neuron_has_its_own_numbers_of_weights() -> None:
    rejected(algebra(ORIGIN, stationary([[]]), path("1/2", move("t t", ""))))
    rejected(algebra(ORIGIN, stationary([[]]), path("1/2", move("", "t t"))))


def test_the_leg_on_which_a_path_begins_and_ends() -> None:
    """w = -t is dead, ReLU: nothing changes. w = 1 - t is so from t = 1 on, where the loss stays."""
    rejected(algebra(ORIGIN, stationary([[]]), path("1/2", move("-t", "t"))))
    start = problem("1", "0", "1", "1")
    accepted(algebra(start, path("9/10", move("1-t", "1"))))
    assert rejected(algebra(start, path("3/2", move("1-t", "1")))).expected == "until: smaller"


@pytest.mark.parametrize(("start", "paths"), [
    (ORIGIN, [path("1", move("t", "t"))]), (ORIGIN, [path("1", move("t", "t")), path("1", move("t", "-t"))]),
    (problem("1", "0", "1", "1"), [path("1/2", move("1", "1+t"))])])
def test_paths_without_a_stationary_point(start: Any, paths: Any) -> None:
    """Of second order, or rising: the point may be stationary, or not."""
    rejected(algebra(start, *paths), len(paths), "conclusion")


def test_a_saddle_wants_both_paths() -> None:
    for moves in (move("t", "t"), move("t", "-t")):
        assert accepted(algebra(ORIGIN, stationary([[]]), path("1", moves)))["says"]["type"] == "stationary"


def test_what_a_statement_rests_on() -> None:
    assert accepted(good("stationary"))["rests_on"] == ["B/lemma-3.2"]
    assert accepted(good("not stationary"))["rests_on"] == ["B/lemma-3.2"]
    start, steps = CASES["maximum"]
    second = accepted(algebra(start, *steps, path("1/2", move("t**2", "1"))))
    assert (second["says"]["falls"]["order"], second["rests_on"]) == (2, ["S/relu-maximum"])


@pytest.mark.parametrize(("name", "rule", "work"), [
    ("stationary", "stationary point", 64 + 8 * 2 + 2 * 2), ("saddle", "escape neuron", 16 * 2),
    ("saddle, two outputs", "escape neuron", 16 * 2 * 4)])
def test_kinks_and_escape_neurons_are_counted(name: str, rule: str, work: int) -> None:
    """64 + 8 d for a kink and each choice of the others, n d J for a neuron; 16 n (d + J) for an escape."""
    start, steps = CASES[name]
    point, spent = relu.Point(start), list[int]()
    for step in steps:
        before = point.meter.work
        relu.RULES[step["rule"]](point, **{x: y for x, y in step.items() if x != "rule"})
        spent += [point.meter.work - before] if step["rule"] == rule else []
    assert spent == [work]


def test_many_kinks_and_choices_are_refused_soon() -> None:
    """Ten kinks that bend down and 2,000 that bend up, for which a checker would take minutes."""
    start = problem(", ".join(["1"] * 10 + ["100"] * 2000), ", ".join(["1"] * 10 + ["-1"] * 2000), "0", "1",
                    slopes="1 -1")
    step = {"rule": "stationary point", "shares": [[["0"] * 2000] * 1024]}
    assert rejected(algebra(start, step)).expected.startswith("less work")
