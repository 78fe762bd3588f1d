"""Rules about splitting: good certificates spoiled, and theorems where they do not apply."""

from fractions import Fraction
from typing import Any

import pytest

from symplateau.argument import Argument
from symplateau.designs import NEURON, branch, narrow
from symplateau.network import Network

from .pool import (
    accepted,
    extended,
    good,
    near,
    rejected,
    spoiled,
    square,
    statement,
    step_of,
    until_rejected,
    without,
)

COEFFICIENTS = ["2 -2", "1/2 1/3", "1", "", "1/2 1/2 1/2", "0 0", "1/3 1/3 1/4", "1 1/1000000000000",
                "2/4 1/2", "0.5 0.5", "2 -1 "]


@pytest.mark.parametrize("name",
                         ["split", "split twice", "split minimum", "split minimum, negative definite",
                          "split minimum near"])
@pytest.mark.parametrize("coefficients", COEFFICIENTS)
def test_coefficients_that_do_not_sum_to_1_or_are_too_few(name: str, coefficients: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "coefficients", to=coefficients.split(" ")))


@pytest.mark.parametrize("name",
                         ["split", "split, mapped", "split minimum", "split minimum, negative definite",
                          "split path"])
def test_another_neuron_than_that_of_the_inner_hessian(name: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "neuron", to=0))


def test_a_neuron_counted_in_the_narrow_network() -> None:
    certificate = good("split twice")  # two neurons, then three, then four
    assert statement(spoiled(certificate, "steps", 2, "neuron", to=2)) is not None
    rejected(spoiled(certificate, "steps", 2, "neuron", to=3))
    rejected(spoiled(certificate, "steps", 1, "neuron", to=2), 1)


# By the inner Hessian, at a strict local minimum: what the theorems say of each sign pattern.
TYPES = {
    ("pd", "1/2 1/2"): "local minimum", ("pd", "2 -1"): "saddle", ("pd", "1 0"): "saddle",
    ("pd", "1 1 -1"): "saddle",
    ("nd", "2 -1"): "local minimum", ("nd", "3 -1 -1"): "local minimum", ("nd", "1/2 1/2"): "saddle",
    ("nd", "1 0"): "saddle", ("nd", "2 -1 0"): "saddle", ("nd", "1 1 -1"): "saddle",
    ("id", "1/2 1/2"): "saddle", ("id", "2 -1"): "saddle", ("id", "1 0"): "saddle",
    ("psd", "1/2 1/2"): "stationary", ("psd", "2 -1"): "saddle", ("psd", "1 0"): "saddle",
    ("nsd", "1/2 1/2"): "saddle", ("nsd", "2 -1"): "stationary", ("nsd", "1 0"): "saddle",
    ("zero", "1/2 1/2"): "stationary", ("zero", "2 -1"): "stationary", ("zero", "1 0"): "stationary",
}


@pytest.mark.parametrize(("target", "coefficients"), list(TYPES))
def test_the_type_that_the_theorems_give(target: str, coefficients: str) -> None:
    start, source = narrow("tanh", target)
    argument = branch(start)
    step = argument.step("split", source, neuron=NEURON, coefficients=coefficients.split())
    found = accepted(argument.certificate(step))
    assert found["says"]["type"] == TYPES[target, coefficients]
    mapped = argument.step("plateau map", source, neuron=NEURON, daughters=len(coefficients.split()))
    signs = "".join(sorted((x[0] if x[0] in "0-" else "+" for x in coefficients.split()), key="+0-".index))
    kinds = {x["signs"]: x["type"] or "stationary" for x in argument.facts[mapped].says()["regions"]}
    assert kinds[signs] == TYPES[target, coefficients]


@pytest.mark.parametrize(("target", "coefficients"), list(TYPES))
def test_a_point_of_unknown_type_is_not_called_a_minimum_when_split(target: str, coefficients: str) -> None:
    start, source = narrow("tanh", target)
    steps = start.certificate(source)["steps"]
    certificate = start.certificate(step_of(start, "stationary point"))
    inner = steps[-1] | {"from": 0}
    split = {"rule": "split", "from": 1, "neuron": NEURON, "coefficients": coefficients.split()}
    found = accepted(extended(certificate, inner, split))
    assert found["says"]["type"] in ("stationary", "saddle")
    assert "inertia" not in found["says"] and "ball" not in found["says"]
    shares = [Fraction(x) for x in coefficients.split()]
    if target == "zero" or (target in ("nd", "nsd") and min(shares) > 0):  # nothing says that the loss rises
        assert found["says"]["type"] == "stationary" and found["rests_on"] == ["A/proposition-1"]


def test_without_the_inner_hessian_a_split_is_merely_stationary() -> None:
    certificate = good("inner Hessian")
    for target in ("1/2 1/2", "2 -1"):
        split = {"rule": "split", "from": 1, "neuron": NEURON, "coefficients": target.split()}
        found = accepted(extended(spoiled(certificate, "steps", to=certificate["steps"][:2]), split))
        assert found["says"]["type"] == "stationary" and "inertia" not in found["says"]


@pytest.mark.parametrize("first", ["local maximum", "stationary point"])
def test_a_split_of_a_local_maximum_is_not_called_a_saddle(first: str) -> None:
    argument = square()
    step = argument.step("stationary point")
    if first == "local maximum":
        step = argument.step("local maximum", step, prec=64, around="1/8")
    step = argument.step("inertia", step, neuron=0, basis=[["2/3"]], signs=[-1], null=[])
    found = statement(argument.certificate(argument.step("split", step, neuron=0,
                                                         coefficients=["1/2", "1/2"])))
    assert found is not None and found["says"]["type"] == "stationary"
    mapped = accepted(argument.certificate(argument.step("plateau map", step, neuron=0, daughters=4)))
    kinds = {region["signs"]: region["type"] for region in mapped["says"]["regions"]}
    assert kinds["++++"] is None and kinds["+---"] is None
    assert {kind for signs, kind in kinds.items() if signs not in ("++++", "+---")} == {"saddle"}


def test_at_a_local_maximum_a_daughter_without_or_of_other_sign_rises() -> None:
    """L = (v_0 w_0**2 + v_1 w_1**2 - 1)**2/2 at w = 0, by hand, for (1, 0) and (2, -1, 0)."""
    def loss(*daughters: tuple[str, str]) -> Fraction:
        return (sum(Fraction(v) * Fraction(w) ** 2 for v, w in daughters) - 1) ** 2 / 2

    here, step = Fraction(1, 2), "1/100"
    assert loss(("1", step), ("0", "0")) < here < loss(("1", "0"), (f"-{step}", step))
    assert loss(("2", step), ("-1", "0"), ("0", "0")) < here < loss(("2", "0"), ("-1", step), ("0", "0"))


def test_a_split_at_a_neuron_without_output_weight_is_not_typed() -> None:
    argument = Argument(Network.from_arrays("square", [[1]], [0], [0, 1], [[1], [0]]))
    step = argument.step("stationary point")
    step = argument.step("inertia", step, neuron=0, basis=[[]], signs=[], null=[["1"]])
    found = accepted(argument.certificate(argument.step("split", step, neuron=0, coefficients=["2", "-1"])))
    assert found["says"]["type"] == "stationary" and "inertia" not in found["says"]


def test_what_was_known_of_the_narrow_point_is_not_said_of_the_wide_one() -> None:
    found = accepted(good("split"))
    assert set(found["says"]) == {"location", "splits", "type", "inertia"}  # no ball, margin or inner Hessian
    minimum = accepted(good("split minimum"))
    assert set(minimum["says"]) == {"location", "splits", "type", "inertia", "ball"}


def test_a_global_minimum_stays_one() -> None:
    split = {"rule": "split", "from": 0, "neuron": 0, "coefficients": ["2", "-1"]}
    found = accepted(extended(good("zero residual"), split))
    assert found["says"]["global minimum"] is True and found["says"]["type"] == "stationary"


# plateau map

@pytest.mark.parametrize("daughters", [1, 0, -2, 65, True, "2", [2]])
def test_a_number_of_daughters_out_of_range(daughters: Any) -> None:
    rejected(spoiled(good("split, mapped"), "steps", -1, "daughters", to=daughters))


def test_a_map_has_every_pattern_with_a_positive_coefficient_once() -> None:
    for daughters in (2, 3, 7, 64):
        found = accepted(spoiled(good("split, mapped"), "steps", -1, "daughters", to=daughters))
        assert found["kind"] == "plateau"
        patterns = [region["signs"] for region in found["says"]["regions"]]
        assert len(set(patterns)) == len(patterns) == daughters * (daughters + 1) // 2
        assert {len(x) for x in patterns} == {daughters} and all(x[0] == "+" for x in patterns)


def test_a_map_without_the_inner_hessian_decides_nothing() -> None:
    certificate = good("stationary point")
    found = accepted(extended(certificate, {"rule": "plateau map", "from": 0, "neuron": 1, "daughters": 3}))
    assert {x["type"] for x in found["says"]["regions"]} == {None}
    assert found["rests_on"] == ["A/proposition-1"]


# split minimum

@pytest.mark.parametrize("name", ["split minimum", "split minimum, negative definite", "split minimum near"])
def test_a_ball_too_large(name: str) -> None:
    assert 1 <= until_rejected(name, len(good(name)["steps"]) - 1, "radius") < 20


@pytest.mark.parametrize("radius", ["0", "-1/65536", "1", "1000000"])
@pytest.mark.parametrize("name", ["split minimum", "split minimum, negative definite", "split minimum near"])
def test_a_radius_that_is_none(name: str, radius: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "radius", to=radius))


@pytest.mark.parametrize(("name", "coefficients"), [
    ("split minimum", "2 -1"), ("split minimum", "1 0"), ("split minimum", "1/2 1/2 0"),
    ("split minimum", "3 -1 -1"),
    ("split minimum, negative definite", "1/2 1/2"), ("split minimum, negative definite", "1 0"),
    ("split minimum, negative definite", "2 0 -1"), ("split minimum, negative definite", "1 1 -1"),
    ("split minimum near", "1/2 1/2"), ("split minimum near", "2 2 -3")])
def test_coefficients_where_theorem_1_gives_no_minimum(name: str, coefficients: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "coefficients", to=coefficients.split()))


def test_an_output_weight_that_changes_its_sign_inside_the_ball() -> None:
    tiny = str(Fraction(1, 2**20))
    rejected(spoiled(good("split minimum"), "steps", -1, "coefficients", to=[tiny, str(1 - Fraction(tiny))]))
    rejected(spoiled(good("split minimum, negative definite"), "steps", -1, "coefficients",
                     to=[str(1 + Fraction(tiny)), "-" + tiny]))


@pytest.mark.parametrize("name", ["split minimum", "split minimum, negative definite", "split minimum near"])
@pytest.mark.parametrize("change",
                         [lambda x: [["0"] * len(r) for r in x],
                          lambda x: [[str(9 * Fraction(y)) for y in r] for r in x],
                                    lambda x: [x[0]] * len(x) if len(x) > 1 else [["0"]], lambda x: [],
                          lambda x: [*x, x[0]]],
                         ids=["zero", "nine times", "singular", "empty", "longer"])
def test_a_basis_that_shows_no_definiteness(name: str, change: Any) -> None:
    rejected(spoiled(good(name), "steps", -1, "basis", to=change))


@pytest.mark.parametrize("source", ["stationary point", "nondegenerate point"])
def test_a_minimum_without_a_ball_or_an_inner_hessian(source: str) -> None:
    certificate = good("split minimum")
    step = next(k for k, x in enumerate(certificate["steps"]) if x["rule"] == source)
    rejected(spoiled(certificate, "steps", -1, "from", to=step))
    inner = certificate["steps"][2] | {"from": 0}
    alone = spoiled(certificate, "steps",
                    to=[certificate["steps"][0], inner, certificate["steps"][3] | {"from": 1}])
    rejected(alone)  # the inner Hessian is known, a ball is not


def test_an_inner_hessian_that_is_only_known_to_be_semidefinite() -> None:
    certificate = good("split minimum")
    few = certificate["steps"][2] | {"signs": [1],
                                     "basis": [row[:1] for row in certificate["steps"][2]["basis"]]}
    rejected(spoiled(certificate, "steps", 2, to=few))


def test_a_minimum_of_the_other_sign() -> None:
    minimum, other = good("split minimum near"), near(1)[0]
    assert statement(minimum) is not None
    rejected(spoiled(other.certificate(near(1)[1]), "steps",
                     to=[*other.certificate(near(1)[1])["steps"], minimum["steps"][-1]]))


def test_a_daughter_split_again_keeps_its_own_ball() -> None:
    certificate = good("minimum split twice")
    found = accepted(certificate)
    assert len(found["says"]["splits"]) == 2
    first = accepted(spoiled(certificate, "steps", to=certificate["steps"][:4]))
    assert Fraction(found["says"]["ball"]) < Fraction(first["says"]["ball"])
    rejected(without(certificate, "steps", 4), 4, "split minimum")  # the daughter's inner Hessian
