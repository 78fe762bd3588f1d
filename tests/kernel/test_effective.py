"""The rule `effective neuron`: derivatives of <e, sigma(X w)> that are not zero, and those that are."""

from typing import Any

import pytest

from symplateau.argument import Argument
from symplateau.kernel.format import Rejected
from symplateau.network import Network

from .pool import accepted, extended, good, rejected, spoiled


def cube(weight: int = 0) -> Argument:
    """sigma = t**3, v = 0, x = 1, y = 2: e = -2 and F(w) = -2 w**3, stationary at w = 0 only."""
    return Argument(Network.from_arrays("cube", [[1]], [2], [0], [[weight]]))


def effect(argument: Argument, order: Any, direction: Any = ("1",), **more: Any) -> int:
    start = argument.step("stationary point")
    given = {"neuron": 0, "order": order, "direction": list(direction), "prec": 64} | more
    return argument.step("effective neuron", start, **given)


def test_the_first_derivative_that_does_not_vanish() -> None:
    for order in (1, 2, 4, 5):
        with pytest.raises(Rejected):
            effect(cube(), order)
    argument = cube()
    step = effect(argument, 3)
    assert argument.facts[step].effective == 0 and argument.facts[step].says()["effective neuron"] == 0


def test_repeated_samples_with_opposite_residuals_have_no_effect() -> None:
    # Both samples are x = 1, f = 0, y = 1 and -1: F(w) = -tanh(w) + tanh(w) = 0 for every w.
    for order in range(1, 9):
        with pytest.raises(Rejected):
            effect(Argument(Network.from_arrays("tanh", [[1], [1]], [1, -1], [0], [[0]])), order)


def test_a_direction_that_no_sample_sees() -> None:
    argument = Argument(Network.from_arrays("cube", [[1, 0]], [2], [0], [[0, 0]]))
    with pytest.raises(Rejected):
        effect(argument, 3, ("0", "1"))
    assert effect(argument, 3, ("1", "1")) == 2


def test_no_derivatives_beyond_a_kink() -> None:
    # cubed ReLU at 0 has no third derivative: nothing follows from one.
    argument = Argument(Network.from_arrays("relu_cubed", [[1]], [2], [0], [[0]]))
    with pytest.raises(Rejected, match="continuous derivatives"):
        effect(argument, 3)


@pytest.mark.parametrize("more", [
    {"order": 0}, {"order": -1}, {"order": 13}, {"order": True}, {"order": "3"}, {"neuron": 1},
    {"direction": []}, {"direction": ["0"]}, {"direction": ["1", "0"]}, {"prec": 15}], ids=str)
def test_what_does_not_fit(more: dict[str, Any]) -> None:
    argument = cube()
    effect(argument, 3)
    certificate = argument.certificate(1)
    [(name, value)] = more.items()
    rejected(spoiled(certificate, "steps", 1, name, to=value), 1)


def test_a_point_that_is_not_stationary() -> None:
    argument = cube(1)
    step = {"rule": "effective neuron", "neuron": 0, "order": 3, "direction": ["1"], "prec": 64}
    argument.steps.append(step)
    rejected(argument.certificate(0), 0)


def test_splits_with_a_coefficient_of_zero_are_saddles_and_others_unknown() -> None:
    certificate = good("effective neuron, split")
    found = accepted(certificate)
    assert found["says"]["type"] == "saddle" and "A/theorem-3.1" in found["rests_on"]
    last = len(certificate["steps"]) - 1
    for coefficients in (["1/2", "1/2"], ["2", "-1"]):
        other = accepted(spoiled(certificate, "steps", last, "coefficients", to=coefficients))
        assert other["says"]["type"] == "stationary"
    three = accepted(spoiled(certificate, "steps", last, "coefficients", to=["2", "-1", "0"]))
    assert three["says"]["type"] == "saddle"


def test_without_the_effect_nothing_is_known_of_the_split() -> None:
    certificate = good("effective neuron, split")
    last = len(certificate["steps"]) - 1
    before = certificate["steps"][last - 1]["from"]
    plain = certificate["steps"][:last - 1]
    split = certificate["steps"][last] | {"from": before}
    found = accepted(spoiled(certificate, "steps", to=[*plain, split]))
    assert found["says"]["type"] == "stationary" and "A/theorem-3.1" not in found["rests_on"]


def test_the_effect_of_one_neuron_says_nothing_of_another() -> None:
    certificate = good("effective neuron, split")
    last = len(certificate["steps"]) - 1
    rejected(spoiled(certificate, "steps", last, "neuron", to=0), last)
    rejected(extended(good("effective neuron"), {"rule": "plateau map", "from": last - 1, "neuron": 0,
                                                 "daughters": 2}), last)
