"""Every field of every step: missing, null, of another type or length; and fields that do not exist."""

from collections.abc import Iterator
from typing import Any

import pytest

from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError
from tests.forgery.sources import by_hand
from tests.forgery.spoilings import MISSING, put

from .pool import Certificate, Place, good, pool, rejected, spoiled, statement, without

# One certificate for each rule, with all its fields; the step is the last one.
RULES = {
    "stationary point": "stationary point", "nondegenerate point": "nondegenerate point near",
    "nonzero gradient": "nonzero gradient", "zero residual": "zero residual",
    "local maximum": "local maximum", "local minimum": "local minimum",
    "inertia": "inner Hessian enclosed", "effective neuron": "effective neuron", "split": "split",
    "plateau map": "split, mapped",
    "split minimum": "split minimum near", "curve": "curve", "split path": "split path"}
LISTS = {"basis", "signs", "center", "coefficients", "shifts", "direction", "displacement"}


def steps() -> Iterator[tuple[str, str]]:
    for rule, name in RULES.items():
        for field in good(name)["steps"][-1]:
            if field != "rule":
                yield rule, field


def last(rule: str) -> tuple[Certificate, int]:
    certificate = good(RULES[rule])
    return certificate, len(certificate["steps"]) - 1


def test_the_table_is_right() -> None:
    for rule in RULES:
        certificate, step = last(rule)
        assert certificate["steps"][step]["rule"] == rule and statement(certificate) is not None


def test_the_table_has_every_rule_of_the_pool() -> None:
    assert {step["rule"] for certificate in pool().values() for step in certificate["steps"]} == set(RULES)


@pytest.mark.parametrize("name", ["pool: split", "relu: saddle", "algebra: strict"])
@pytest.mark.parametrize("other", [MISSING, None, [], {}, 1, "", "split_path"])
def test_a_step_without_a_rule_is_named(name: str, other: Any) -> None:
    certificate = dict(by_hand())[name]
    last = len(certificate["steps"]) - 1
    with pytest.raises(CheckError) as caught:
        check(put(("steps", last, "rule"), other)(certificate))
    assert (caught.value.step, caught.value.rule) == (last, "no rule" if other is MISSING else other)
    with pytest.raises(CheckError) as caught:
        check(put(("steps", last), None if other is MISSING else other)(certificate))
    assert (caught.value.step, caught.value.rule) == (last, "no rule")


@pytest.mark.parametrize(("rule", "field"), [x for x in steps() if x[1] != "from"])
def test_a_field_is_missing(rule: str, field: str) -> None:
    certificate, step = last(rule)
    rejected(without(certificate, "steps", step, field))


@pytest.mark.parametrize(("rule", "field"), list(steps()))
def test_a_field_is_null(rule: str, field: str) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, field, to=None))


@pytest.mark.parametrize(("rule", "field"), list(steps()))
@pytest.mark.parametrize("value",
                         [True, False, "x", {}, -1, [None], [[True]], "1/2 ", "0.5", "2/4", "+1", "-0"],
                         ids=repr)
def test_a_field_of_another_type(rule: str, field: str, value: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, field, to=value))


@pytest.mark.parametrize(("rule", "field"), [x for x in steps() if x[1] in LISTS])
@pytest.mark.parametrize("change", [lambda x: x[:-1], lambda x: [*x, x[-1]], lambda x: [], lambda x: [x]],
                         ids=["shorter", "longer", "empty", "deeper"])
def test_a_list_of_another_length(rule: str, field: str, change: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, field, to=change))


@pytest.mark.parametrize("rule", ["nondegenerate point", "inertia", "split minimum"])
@pytest.mark.parametrize("change", [lambda x: x[:-1], lambda x: [*x, x[-1]], lambda x: [], lambda x: x[0]],
                         ids=["shorter", "longer", "empty", "a number"])
def test_a_row_of_another_length(rule: str, change: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, "basis", 0, to=change))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("field", ["unknown", "fact", "Rule", "self", "", "from ", "certain", "type"])
def test_an_unknown_field(rule: str, field: str) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, field, to="1"))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("field",
                         ["prec", "basis", "signs", "null", "neuron", "center", "coefficients", "until"])
def test_a_field_of_another_rule(rule: str, field: str) -> None:
    certificate, step = last(rule)
    values = {"prec": 64, "basis": [["1"]], "signs": [1], "null": [], "neuron": 0}
    if field in certificate["steps"][step]:
        pytest.skip("its own")
    rejected(spoiled(certificate, "steps", step, field, to=values.get(field, ["1"])))


@pytest.mark.parametrize("rule", [rule for rule, field in steps() if field == "prec"])
@pytest.mark.parametrize("prec", [-128, 0, 1, 15, 4097, 2**31, 2**64, "128"])
def test_a_precision_out_of_range(rule: str, prec: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, "prec", to=prec))


@pytest.mark.parametrize("rule", ["inertia", "split", "plateau map", "split minimum", "split path"])
@pytest.mark.parametrize("neuron", [-1, -2, 2, 3, 2**64, "1", True])
def test_a_neuron_out_of_range(rule: str, neuron: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, "neuron", to=neuron))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name",
                         ["", "stationary_point", "Stationary point", "combination", "bound", "check",
                          "typed",
                                  "__class__", "splits", None, 0, True, [], {}])
def test_an_unknown_rule(rule: str, name: Any) -> None:
    certificate, step = last(rule)
    rejected(spoiled(certificate, "steps", step, "rule", to=name), rule=name)


@pytest.mark.parametrize("step", [None, True, 0, "split", [], {}, ["rule", "split"], {"from": 0}], ids=repr)
def test_a_step_that_is_none(step: Any) -> None:
    assert statement(spoiled(good("split"), "steps", 3, to=step)) is None


@pytest.mark.parametrize("steps", [None, True, {}, [], "", [[]], {"0": {"rule": "stationary point"}}],
                         ids=repr)
def test_steps_that_are_no_list_of_steps(steps: Any) -> None:
    assert statement(spoiled(good("stationary point"), "steps", to=steps)) is None


PROBLEM: list[tuple[Place, list[Any]]] = [
    (("kind",), [None, "", "Network", "algebra", 1, ["network"], {}]),
    (("activation",),
     [None, "", "t +", "tanh", "tanh(x)", "relu(t)", 1, ["t"], "t**-1", "t**65", "__import__(t)", "t.real"]),
    (("X",), [None, [], [[]], {}, "1", [["1", "0"]]]),
    (("X", 0), [[], ["1"], ["1", "0", "0"], "1", None]),
    (("X", 0, 0),
     [1, True, None, "1.0", "01", "-0", " 1", "1/0", "2/2", "1e3", "nan", "inf", [], "٣", "1\n"]),
    (("y",), [None, [], {}, ["0"]]),
    (("v",), [None, [], {}, ["1"]]),
    (("W",), [None, [], {}, [["1", "0"]]]),
    (("W", 0), [[], ["1"], None]),
    (("W_unit",),
     [None, 2, "2", "log(2", "log 2", "log(0)", "log(1)", "log(-2)", "log(4/2)", "ln(2)", "log()"]),
    (("b",), [None, [], ["1"], "1"]),
    (("c",), [None, 0, True, [], "x"]),
    (("loss",), [None, "", "half_sum", "sum", 1, ["mean"], {}]),
    (("penalty",), ["0", None, 0]),
    (("weights",), [None]),
]


@pytest.mark.parametrize(("place", "value"),
                         [(place, value) for place, values in PROBLEM for value in values], ids=repr)
def test_a_problem_that_is_no_network(place: Place, value: Any) -> None:
    rejected(spoiled(good("stationary point"), "problem", *place, to=value), -1, "problem")


@pytest.mark.parametrize("field", ["kind", "activation", "X", "y", "v", "W"])
def test_a_field_of_the_problem_is_missing(field: str) -> None:
    rejected(without(good("stationary point"), "problem", field), -1, "problem")


def test_a_number_of_more_digits_than_are_read() -> None:
    longest = "1" + "0" * 3999
    assert statement(spoiled(good("zero residual"), "problem", "c",
                             to=longest)) is None  # too far off, but read
    rejected(spoiled(good("zero residual"), "problem", "c", to=longest), 0)
    rejected(spoiled(good("zero residual"), "problem", "c", to=longest + "0"), -1, "problem")
    rejected(spoiled(good("zero residual"), "problem", "c", to="-" + longest), -1, "problem")
