"""Rules about a point: good certificates spoiled one way at a time."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from symplateau.argument import Argument
from symplateau.kernel.format import Rejected
from symplateau.network import Network

from .pool import accepted, entry, extended, good, rejected, spoiled, statement, until_rejected, without


def nudged(text: str) -> str:
    return str(Fraction(text) + Fraction(1, 10**12))


def negated(text: str) -> str:
    return str(-Fraction(text))


# stationary point

@pytest.mark.parametrize("place", [("y", 0), ("v", 0), ("v", 1), ("W", 0, 0), ("W", 1, 1), ("X", 3, 0)],
                         ids=str)
@pytest.mark.parametrize("change", [nudged, negated, lambda x: str(Fraction(x) + 1)],
                         ids=["nudged", "negated", "moved"])
def test_a_point_that_is_not_stationary(place: tuple[str | int, ...], change: Callable[[str], str]) -> None:
    certificate = good("stationary point")
    if change is negated and entry(certificate, ("problem", *place)) == "0":
        pytest.skip("zero")
    rejected(spoiled(certificate, "problem", *place, to=change), 0)


@pytest.mark.parametrize("activation",
                         ["tanh(t) + 1", "2*tanh(2*t)", "logistic(t)", "t", "tanh(t)**3", "-tanh(t)"])
def test_a_point_that_is_stationary_for_another_activation(activation: str) -> None:
    rejected(spoiled(good("stationary point"), "problem", "activation", to=activation), 0)


@pytest.mark.parametrize("activation",
                         ["sin(t)", "tanh(t + 1)", "tanh(t/3)", "t*tanh(t)", "erf(t)", "pi*tanh(t)",
                          "log(t)"])
def test_values_that_are_not_known_exactly(activation: str) -> None:
    assert statement(spoiled(good("zero residual"), "problem", "activation", to=activation)) is None


@pytest.mark.parametrize("activation",
                         ["tanh(t) + 0*log(t)", "tanh(t) + inv(t) - inv(t)", "tanh(t) + 0/t",
                          "tanh(t + 0*sqrt(t))"])
def test_a_call_that_cancels_in_the_activation(activation: str) -> None:
    rejected(spoiled(good("zero residual"), "problem", "activation", to=activation), -1, "problem")


def test_an_activation_that_is_not_differentiable() -> None:
    argument = Argument(Network.from_arrays("t**2", [[1]], [1], [1], [[1]]))
    certificate = argument.certificate(argument.step("stationary point"))
    assert statement(certificate) is not None
    assert statement(spoiled(certificate, "problem", "activation", to="pos2(t)")) is not None
    rejected(spoiled(certificate, "problem", "activation", to="pos(t)"))


def test_an_activation_that_is_differentiable_only_once() -> None:
    certificate = good("inertia")
    assert statement(spoiled(certificate, "problem", "activation", to="pos3(t) + t**2")) is not None
    for activation in ("pos2(t)", "pos(t)*t", "t**2 + pos(t)**2"):
        rejected(spoiled(certificate, "problem", "activation", to=activation),
                 0 if "pos(" in activation else 1)


# nondegenerate point

@pytest.mark.parametrize("name", ["nondegenerate point", "nondegenerate point near", "nondegenerate saddle"])
def test_a_box_too_large(name: str) -> None:
    assert 1 <= until_rejected(name, len(good(name)["steps"]) - 1, "within") < 20


@pytest.mark.parametrize("within", ["0", "-1/128", "2", "3/512", "1/129", "1/3", "4/512", "0.5"])
def test_a_radius_that_is_no_power_of_two(within: str) -> None:
    rejected(spoiled(good("nondegenerate point near"), "steps", 0, "within", to=within))


@pytest.mark.parametrize("name",
                         ["nondegenerate point", "nondegenerate point near", "nondegenerate saddle",
                          "inertia enclosed",
                                  "inner Hessian enclosed", "inner Hessian with a null vector", "inertia"])
@pytest.mark.parametrize("change", [
    lambda step: {"signs": [-x for x in step["signs"]]},
    lambda step: {"signs": [-step["signs"][0], *step["signs"][1:]]},
    lambda step: {"signs": [0] * len(step["signs"])},
    lambda step: {"signs": [2 * x for x in step["signs"]]},
    lambda step: {"signs": [True] * len(step["signs"])},
    lambda step: {"signs": [str(x) for x in step["signs"]]},
    lambda step: {"basis": [["0"] * len(row) for row in step["basis"]]},
    lambda step: {"basis": [[str(Fraction(x) * 2) for x in row] for row in step["basis"]]},
    lambda step: {"basis": [[row[0]] * len(row) for row in step["basis"]][::-1] if len(step["signs"]) > 1
                  else [["0"]] * 2},
    lambda step: {"basis": [], "signs": []},
],
                         ids=["all signs flipped", "one sign flipped", "signs 0", "signs 2", "truth values",
                              "texts", "zero", "doubled", "singular", "empty"])
def test_a_basis_that_does_not_diagonalize(name: str, change: Any) -> None:
    certificate = good(name)
    step = certificate["steps"][-1]
    for field, value in change(step).items():
        certificate = spoiled(certificate, "steps", -1, field, to=value)
    rejected(certificate)


@pytest.mark.parametrize("center",
                         [["1", "0"], ["1/128", "0"], ["0", "-1/128"], ["1/129", "1/129"], ["1/300", "0"]])
def test_a_center_from_which_no_stationary_point_is_found(center: list[str]) -> None:
    rejected(spoiled(good("nondegenerate point near"), "steps", 0, "center", to=center))


def test_a_center_moved_a_little_names_the_same_point() -> None:
    certificate = good("nondegenerate point near")
    moved = statement(spoiled(certificate, "steps", 0, "center", 0,
                              to=lambda x: str(Fraction(x) + Fraction(1, 2**60))))
    found = accepted(certificate)
    assert moved is not None
    assert {**moved["says"], "ball": None} == {**found["says"], "ball": None}


def test_a_center_and_an_exact_point() -> None:
    certificate = good("nondegenerate point")
    rejected(spoiled(certificate, "steps", 1, "center", to=["0"] * 6))
    rejected(spoiled(without(certificate, "steps", 1, "from"), "steps", 1, "center", to=["0"] * 5))


def test_a_box_around_a_point_not_shown_to_be_stationary() -> None:
    rejected(without(good("nondegenerate point"), "steps", 1, "from"))


@pytest.mark.parametrize("name",
                         ["nondegenerate point", "inner Hessian", "split", "split minimum", "zero residual"])
def test_a_box_around_something_else_than_the_given_point(name: str) -> None:
    certificate = good(name)
    box = next((x for x in certificate["steps"] if x["rule"] == "nondegenerate point"),
               {"rule": "nondegenerate point", "prec": 64, "within": "1/2",
                "basis": [["1", "0"], ["0", "1"]], "signs": [1, 1]})
    rejected(extended(certificate, box | {"from": len(certificate["steps"]) - 1}))


def test_a_statement_bounds_its_numbers_from_the_safe_side() -> None:
    narrow_box = good("nondegenerate point near")
    coarse = statement(spoiled(narrow_box, "steps", 0, "prec", to=40))
    fine = statement(spoiled(narrow_box, "steps", 0, "prec", to=400))
    assert coarse is not None and fine is not None
    for field in ("margin", "ball"):
        assert 0 < Fraction(coarse["says"][field]) <= Fraction(fine["says"][field])
    assert Fraction(fine["says"]["ball"]) < Fraction(fine["says"]["location"]["within"])


# nonzero gradient

def test_a_gradient_of_zero_is_not_called_nonzero() -> None:
    certificate = good("nonzero gradient")
    for name in ("stationary point", "zero residual", "inertia"):
        rejected(spoiled(good(name), "steps", to=certificate["steps"]))


def test_a_gradient_that_the_precision_cannot_tell_from_zero() -> None:
    rejected(spoiled(good("nonzero gradient"), "steps", 0, "prec", to=64))


def test_a_gradient_elsewhere_than_at_the_given_point() -> None:
    for name in ("nondegenerate point near", "nonzero gradient", "split minimum near"):
        certificate = good(name)
        source = len(certificate["steps"]) - 1
        rejected(extended(certificate, {"rule": "nonzero gradient", "prec": 512, "from": source}))


@pytest.mark.parametrize("rule",
                         ["inertia", "split", "plateau map", "curve", "local maximum",
                          "nondegenerate point"])
def test_a_step_from_a_point_that_is_not_stationary(rule: str) -> None:
    certificate = good("nonzero gradient")
    given: dict[str, dict[str, Any]] = {
        "inertia": {"prec": 64, "basis": [[], []], "signs": [], "null": []},
        "split": {"neuron": 0, "coefficients": ["1/2", "1/2"]}, "plateau map": {"neuron": 0, "daughters": 2},
        "curve": {"prec": 64, "order": 2, "until": "1/1024", "displacement": ["t", "0"]},
        "local maximum": {"prec": 64, "around": "1/8"},
        "nondegenerate point": {x: y for x,
                                y in good("nondegenerate point near")["steps"][0].items() if x != "center"}}
    for source in ({"from": 0}, {}):
        step = given[rule] | source | {"rule": rule}
        rejected(extended(certificate, step))


# zero residual

@pytest.mark.parametrize("name", ["zero residual", "zero residual with c"])
def test_a_residual_that_is_not_zero(name: str) -> None:
    rejected(spoiled(good(name), "problem", "y", 0, to=nudged))
    rejected(spoiled(good(name), "problem", "v", 0, to=negated))


def test_a_residual_at_a_point_that_is_only_enclosed() -> None:
    rejected(extended(good("nondegenerate point near"), {"rule": "zero residual", "from": 0}))


def test_a_zero_residual_says_minimum_and_never_strict_by_itself() -> None:
    found = accepted(good("zero residual"))
    assert found["says"]["type"] == "local minimum" and found["says"]["global minimum"] is True


# local maximum

@pytest.mark.parametrize(("place", "value"), [
    (("problem", "v", 0), "-1"), (("problem", "v", 0), "0"), (("problem", "y", 0), "-1"),
    (("problem", "y", 0), "0"),
    (("problem", "activation"), "-t**2"), (("problem", "activation"), "t**3"),
    (("problem", "activation"), "t**2 + t**3/100 - t**2"),
    (("steps", 1, "around"), "0"), (("steps", 1, "around"), "-1/4")], ids=str)
def test_a_point_where_the_loss_can_rise(place: tuple[str | int, ...], value: str) -> None:
    rejected(spoiled(good("local maximum"), *place, to=value))


def test_a_neighbourhood_on_which_the_bend_changes_sign() -> None:
    certificate = spoiled(good("local maximum"), "problem", "activation", to="t**2 - t**4")
    assert statement(certificate) is not None
    rejected(spoiled(certificate, "steps", 1, "around", to="1/2"))  # 2 - 12 t^2 < 0 there


def test_a_neuron_that_does_not_vanish_to_second_order() -> None:
    rejected(spoiled(good("local maximum"), "problem", "activation", to="t**2 + t"), 0)
    rejected(spoiled(good("local maximum"), "problem", "activation", to="t**2 + 1"), 1)
    argument = Argument(Network.from_arrays("t**2 - 1", [[1], [1]], [0, -2], [1], [[0]]))
    start = argument.step("stationary point")
    with pytest.raises(Rejected, match="slope 0"):
        argument.step("local maximum", start, prec=64, around="1/8")


def test_an_output_bias_that_can_push_the_outputs_away() -> None:
    given: dict[str, Any] = {"activation": "pos3(t - 1)", "X": [[1], [2]], "y": [1, -1], "v": [1], "W": [[0]]}
    flat = Argument(Network.from_arrays(**given))
    flat.step("local maximum", flat.step("stationary point"), prec=64, around="1/8")
    argument = Argument(Network.from_arrays(**given, c=0))
    start = argument.step("stationary point")
    with pytest.raises(Rejected, match="no output bias"):
        argument.step("local maximum", start, prec=64, around="1/8")


def test_a_maximum_with_one_sample_that_pushes_the_other_way() -> None:
    argument = Argument(Network.from_arrays("square", [[1], [2]], [1, -1], [1], [[0]]))
    start = argument.step("stationary point")
    with pytest.raises(Rejected, match="push one way"):
        argument.step("local maximum", start, prec=64, around="1/8")


def test_the_factor_before_the_loss_is_in_the_margin() -> None:
    certificate = good("nondegenerate point")
    found, other = (statement(x) for x in (certificate,
                                           spoiled(certificate, "problem", "loss", to="half_mean")))
    assert found is not None and other is not None and found["about"] != other["about"]
    ratio = Fraction(other["says"]["margin"]) / Fraction(found["says"]["margin"])  # 14 samples
    assert Fraction(1, 28) < ratio < Fraction(1, 13)
