"""Rules about paths: good certificates spoiled one way at a time; and the loss itself along a path."""

from fractions import Fraction
from math import log, tanh
from typing import Any

import pytest

from symplateau.designs import narrow
from symplateau.kernel.certificate import RULES
from symplateau.kernel.format import Rejected

from .pool import Certificate, accepted, algebra, good, rejected, spoiled, statement, until_rejected


def loss(certificate: Certificate, v: list[float], w: list[list[float]]) -> float:
    """Half the sum of squares of a tanh network in units of log 2, in floating point."""
    rows = [[log(2) * float(Fraction(x)) for x in row] for row in certificate["problem"]["X"]]
    outputs = [sum(a * tanh(sum(p * q for p, q in zip(u, row, strict=True))) for a,
                   u in zip(v, w, strict=True))
               for row in rows]
    targets = [float(Fraction(y)) for y in certificate["problem"]["y"]]
    return sum((f - y) ** 2 for f, y in zip(outputs, targets, strict=True)) / 2


def numbers(values: list[Any]) -> list[float]:
    return [float(Fraction(x)) for x in values]


def test_the_loss_itself_falls_along_the_split_path() -> None:
    certificate = good("split path")  # coefficients 2, -1, shifts t, 2t along the first input
    v, w = numbers(certificate["problem"]["v"]), [numbers(row) for row in certificate["problem"]["W"]]
    wide = [v[0], 2 * v[1], -v[1]]
    start = loss(certificate, wide, [w[0], w[1], w[1]])
    for t in (1 / 1024, 1 / 3000):
        daughters = [[w[1][0] + c * t / log(2), w[1][1]] for c in (1, 2)]
        assert loss(certificate, wide, [w[0], *daughters]) < start
    found = accepted(certificate)
    assert found["says"]["path"]["sense"] == "falls"
    assert found["says"]["splits"] == [{"neuron": 1, "coefficients": ["2", "-1"]}]


@pytest.mark.parametrize("name", ["split path"])
def test_a_path_too_long(name: str) -> None:
    assert 1 <= until_rejected(name, len(good(name)["steps"]) - 1, "until") < 20


@pytest.mark.parametrize("name", ["split path"])
@pytest.mark.parametrize("until", ["0", "-1/1024", "-1", "1000"])
def test_a_path_of_no_length(name: str, until: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "until", to=until))


@pytest.mark.parametrize("name", ["split path"])
def test_a_direction_of_zero(name: str) -> None:
    rejected(spoiled(good(name), "steps", -1, "direction", to=lambda x: ["0"] * len(x)))


@pytest.mark.parametrize("name", ["split path"])
def test_the_opposite_direction_is_another_statement_in_the_same_sense(name: str) -> None:
    certificate = good(name)
    other = statement(spoiled(certificate, "steps", -1, "direction",
                              to=lambda x: [str(-Fraction(y)) for y in x]))
    found = accepted(certificate)
    assert other is not None and found != other
    assert found["says"]["path"]["sense"] == other["says"]["path"]["sense"]


@pytest.mark.parametrize(("field", "value"), [
    ("coefficients", ["2", "-2"]), ("coefficients", ["2", "-1 + t"]), ("coefficients", ["2 + t", "-1"]),
    ("coefficients", ["1", "0"]), ("coefficients", ["-1", "2"]), ("coefficients", ["2"]),
    ("coefficients", ["2", "-1", "0"]),
    ("coefficients", ["2", "-x"]), ("coefficients", ["2", "-pi/pi"]),
    ("coefficients", ["1 + cos(t)", "-cos(t)"]),
    ("coefficients", ["2", "-inv(1)"]), ("coefficients", ["2*t/t", "-1"]),
    ("coefficients", [2, -1]), ("coefficients", "2"),
    ("shifts", ["t", "t"]), ("shifts", ["t", "-2*t"]), ("shifts", ["t", "2*t + 1"]),
    ("shifts", ["1 + t", "2 + 2*t"]),
    ("shifts", ["0", "0"]), ("shifts", ["t"]), ("shifts", ["t", "2*t", "0"]),
    ("shifts", ["sin(t)", "2*sin(t)"]),
    ("shifts", ["exp(t) - 1", "2*exp(t) - 2"]), ("shifts", ["t/2", "2*t"]), ("shifts", [1, 2]),
    ("shifts", "t"),
    ("order", 0), ("order", 1), ("order", 3), ("order", 13), ("order", -2), ("order", "2"), ("order", True),
    ("direction", ["1"]), ("direction", ["1", "0", "0"])], ids=repr)
def test_a_curve_that_is_none(field: str, value: Any) -> None:
    rejected(spoiled(good("split path"), "steps", -1, field, to=value))


def test_one_daughter() -> None:
    certificate = spoiled(good("split path"), "steps", -1, "coefficients", to=["1"])
    rejected(spoiled(certificate, "steps", -1, "shifts", to=["0"]))
    certificate = spoiled(good("split path"), "steps", -1, "coefficients", to=[])
    rejected(spoiled(certificate, "steps", -1, "shifts", to=[]))


def test_shifts_of_second_order() -> None:
    certificate = spoiled(good("split path"), "steps", -1, "shifts", to=["t**2", "2*t**2"])
    rejected(certificate)  # order 2: the change vanishes at 0
    found = accepted(spoiled(certificate, "steps", -1, "order", to=4))
    assert found["says"]["path"]["sense"] == "falls"


def test_a_path_says_nothing_of_the_type_at_its_start() -> None:
    found = accepted(good("split path"))
    assert found["kind"] == "path"
    assert set(found["says"]) == {"location", "splits", "type",
                                  "path"} and found["says"]["type"] == "stationary"


def test_a_call_in_the_coefficients_even_one_that_cancels() -> None:
    argument, source = narrow("tanh", "pd")
    fact, given = argument.facts[source], {"prec": 128, "order": 2, "until": "1/1024", "neuron": 1}
    given |= {"shifts": ["1/2*t", "1*t"], "direction": ["1", "0"]}
    RULES["split path"](fact, coefficients=["2", "-1"], **given)
    with pytest.raises(Rejected, match="one of the calls"):
        RULES["split path"](fact, coefficients=["2 + log(t - 5) - log(t - 5)", "-1"], **given)


@pytest.mark.parametrize(("until", "sense"), [("9/10", "falls"), ("1", None), ("11/10", None), ("3/2", None)])
def test_a_split_path_on_which_the_squares_outweigh_the_slope(until: str, sense: str | None) -> None:
    """sigma = t^2, v = -2, w = 0, x = 1, y = -1: halves at w = t and -t give f = -2 t^2, so the loss
    (1 - 2 t^2)^2 / 2 changes by -2 t^2 + 2 t^4, which is 0 at t = 1."""
    about = {"kind": "network", "activation": "t**2", "X": [["1"]], "y": ["-1"], "v": ["-2"], "W": [["0"]]}
    path = {"rule": "split path", "from": 0, "prec": 64, "order": 2, "until": until, "neuron": 0,
            "coefficients": ["1/2", "1/2"], "shifts": ["t", "-t"], "direction": ["1"]}
    certificate = algebra(about, {"rule": "stationary point"}, path)
    if sense is None:
        assert rejected(certificate).expected == "until > 0, and a change of certain sign"
    else:
        assert accepted(certificate)["says"]["path"]["sense"] == sense


def test_daughters_that_move_to_one_side() -> None:
    """sigma = (t - 1)^2 (t + 2) with sigma'' = 6 t, w = 1: daughters 2 and -1 at 1 + t and 1 + 2 t give f =
    -6 t^2 - 6 t^3, and the loss (f + 1)^2 / 2 falls; on the other side sigma'' is too small for the bound."""
    about = {"kind": "network", "activation": "t**3 - 3*t + 2", "X": [["1"]], "y": ["-1"], "v": ["1"],
             "W": [["1"]]}
    path = {"rule": "split path", "from": 0, "prec": 64, "order": 2, "until": "11/50", "neuron": 0,
            "coefficients": ["2", "-1"], "shifts": ["t", "2*t"], "direction": ["1"]}
    assert accepted(algebra(about, {"rule": "stationary point"}, path))["says"]["path"]["sense"] == "falls"
    assert rejected(algebra(about, {"rule": "stationary point"}, path | {"direction": ["-1"]}))
