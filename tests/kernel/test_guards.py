"""Guards of the kernel, one by one: each is the only one that stops, or names, what is tried here."""

from fractions import Fraction
from typing import Any

import pytest

from symplateau.kernel import certificate as table
from symplateau.kernel import network
from symplateau.kernel.numbers import Angle, enclose
from symplateau.kernel.relu import Point

from .pool import Certificate, Place, accepted, algebra, entry, good, rejected, spoiled
from .relu_pool import good as relu
from .relu_pool import problem, stationary
from .test_reasons import CURVE, SHAPES, last

RATIONAL = "a rational as text, in lowest terms, of moderate length"
BALL = "a minimum with a known ball, and radius > 0"
DEFINITE = "all coefficients > 0, H positive definite; or one > 0, others < 0, H negative definite"


def scaled(certificate: Certificate, factor: str, *place: str | int) -> Certificate:
    """Every number of a list of lists multiplied by a factor."""
    rows = entry(certificate, place)
    changed = [[str(Fraction(x) * Fraction(factor)) for x in row] for row in rows]
    return spoiled(certificate, *place, to=changed)


def point(certificate: Certificate) -> Place:
    """The step that encloses the point."""
    rules = [step["rule"] for step in certificate["steps"]]
    return ("steps", rules.index("nondegenerate point"))


@pytest.mark.parametrize("name", ["split minimum", "split minimum, negative definite", "split minimum near"])
def test_a_ball_that_leaves_the_narrow_one(name: str) -> None:
    """The narrow ball is made sixteen times smaller, all else holds as before."""
    certificate = good(name)
    small = spoiled(certificate, *point(certificate), "within", to=lambda x: str(Fraction(x) / 16))
    assert rejected(small).expected == "C radius inside the narrow ball"


@pytest.mark.parametrize("name", ["split minimum", "split minimum, negative definite", "split minimum near"])
def test_a_bound_of_the_least_eigenvalue_that_is_too_small(name: str) -> None:
    """S^T M S is 1/2**20 of what it was: still within 1 of 1, but it shows only a tiny eigenvalue."""
    poor = scaled(good(name), "1/1024", "steps", -1, "basis")
    assert rejected(poor).expected == "|weight| K A <= lower"


def test_a_minimum_without_a_ball_or_an_inner_hessian() -> None:
    certificate = good("split minimum")
    place = ("steps", -1, "from")
    assert rejected(spoiled(certificate, *place, to=0)).expected == BALL  # only stationary
    assert rejected(spoiled(certificate, *place, to=1)).expected == DEFINITE  # no inertia of H yet


def test_a_path_is_no_point_to_split() -> None:
    certificate, curve = good("split minimum"), good("split path")
    assert certificate["problem"] == curve["problem"]
    steps = certificate["steps"]
    through = spoiled(certificate, "steps", to=[
        *steps[:-1], curve["steps"][-1] | {"from": len(steps) - 2}, steps[-1] | {"from": len(steps) - 1}])
    assert rejected(through).expected == "an earlier step about a stationary point"


@pytest.mark.parametrize(("name", "field"), [
    ("split minimum", "radius"), ("curve", "until"), ("split path", "until"), ("local maximum", "around"),
    ("nondegenerate point", "within")])
@pytest.mark.parametrize("text", ["0.001", "2/4096", "1e-3", " 1/1024", "1/1024 ", "+1/1024", "1/1_024", 1])
def test_a_number_that_is_not_in_lowest_terms(name: str, field: str, text: Any) -> None:
    assert rejected(last(name, field, text)).expected == RATIONAL


@pytest.mark.parametrize(("field", "value", "expected"), [
    ("shifts", ["t", "2*t", "t"], "a shift for each coefficient, two or more"),
    ("coefficients", ["2", "-1", "0"], "a shift for each coefficient, two or more"),
    ("coefficients", ["3", "-1"], CURVE), ("order", 0, "an integer from 1 to 12"),
    ("order", True, "an integer from 1 to 12"), ("order", "2", "an integer from 1 to 12")])
def test_the_curve_of_a_split(field: str, value: Any, expected: str) -> None:
    assert rejected(last("split path", field, value)).expected == expected


def test_a_curve_of_one_daughter() -> None:
    alone = last("split path", "coefficients", ["1"])
    found = rejected(spoiled(alone, "steps", -1, "shifts", to=["0"]))
    assert found.expected == "a shift for each coefficient, two or more"


@pytest.mark.parametrize("order", [0, 13, True, "3", -3])
def test_the_order_of_an_effect(order: Any) -> None:
    assert rejected(last("effective neuron", "order", order)).expected == "an integer from 1 to 12"


def places_of(certificate: Certificate) -> list[int]:
    """The number of parameters of the place that each step starts from."""
    about, wide = certificate["problem"], dict[int, int]()
    inputs = len(about["X"][0]) + ("b" in about)
    own = len(about["v"]) * (1 + inputs) + ("c" in about)
    for number, step in enumerate(certificate["steps"]):
        start = wide.get(step.get("from", -1), own)
        more = len(step["coefficients"]) - 1 if step["rule"].startswith("split") else 0
        wide[number] = start + more * (1 + inputs)
    return [wide.get(step.get("from", -1), own) for step in certificate["steps"]]


@pytest.mark.parametrize("name", ["stationary point", "inner Hessian enclosed", "split twice, inertia",
                                  "zero residual with c", "saddle", "curves of third order"])
def test_the_work_of_a_network_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """CERTIFICATE.md: over all steps 2^30 + bits (n + P) P^2, bits: prec, or 1024, or 1024 order^3; and what
    the evaluations of the activation count."""
    certificate = good(name)
    samples = len(certificate["problem"]["y"])
    bits = [1024 * x["order"] ** 3 if x["rule"] == "curve" else x.get("prec", 1024)
            for x in certificate["steps"]]
    work = sum(2**30 + many * (samples + size) * size**2
               for many, size in zip(bits, places_of(certificate), strict=True))
    counted, derivatives = list[int](), network.derivatives
    monkeypatch.setattr(network, "derivatives", lambda activation, t, order, spend: derivatives(
        activation, t, order, lambda more: (counted.append(more), spend(more))))
    accepted(certificate)
    assert table.MAX_WORK == 2**38 and sum(counted) > 0
    work += sum(counted)
    monkeypatch.setattr(table, "MAX_WORK", work)
    accepted(certificate)
    monkeypatch.setattr(table, "MAX_WORK", work - 1)
    assert rejected(certificate).expected.startswith("less work")


@pytest.mark.parametrize(("activation", "t", "order", "names", "calls"), [
    ("t**2", Fraction(3), 1, 2, 0),  # t in t^2, t in 2 t
    ("1", Fraction(3), 3, 0, 0),
    ("tanh(t)", enclose(3, 64), 1, 2, 1),  # t once, as tanh(t) is computed once; tanh(t) in 1 - tanh(t)^2
    ("sin(t) + t", enclose(3, 1000), 0, 2, 1),
    ("exp(2*t)", Angle(Fraction(1), Fraction(2)), 1, 1, 1),  # log q whole multiples: nothing but exp(2*t)
])
def test_the_work_of_an_activation(activation: str, t: Any, order: int, names: int, calls: int) -> None:
    """64 bits for a name in a formula, 4 bits^2 for a call that is computed; bits: prec + 64, or 128."""
    counted, bits = list[int](), 64 + getattr(t, "prec", 64)
    network.derivatives(activation, t, order, counted.append)
    assert sum(counted) == 64 * bits * names + 4 * bits**2 * calls


def test_activations_that_take_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """sin of sin of ...: 120 calls of some milliseconds; here with a smaller limit, to be quick."""
    nested = "sin(" * 60 + "t" + ")" * 60
    start = {"kind": "network", "activation": nested, "X": [["1"]], "y": ["1"], "v": ["1"], "W": [["1"]]}
    certificate = algebra(start, {"rule": "nonzero gradient", "prec": 1024})
    accepted(certificate)
    monkeypatch.setattr(table, "MAX_WORK", 2**30 + 100 * 4 * 1088**2)
    assert rejected(certificate).expected.startswith("less work")


def relu_case(name: str, field: str, to: Any) -> Certificate:
    """A good certificate about a ReLU-like network with another field in its first step."""
    return spoiled(relu(name), "steps", 0, field, to=to)


@pytest.mark.parametrize(("certificate", "expected"), [
    *((relu_case("minimum", name, x), RATIONAL)
      for name in ("ratio", "radius") for x in ("2/2", "1.0", " 1", 1)),
    *((relu_case("maximum", "ratio", x), RATIONAL) for x in ("2/4", "0.5", "5e-1")),
    *((relu_case("not stationary", "until", x), RATIONAL) for x in ("2/2", "1.0", "1e0", 1)),
    (relu_case("bias that rises", "shares", {}), "a list"),
    (spoiled(relu("bias that rises"), "steps", 1, "moves", to={}), "a list"),
    *((relu_case("saddle", "shares", x), "a list") for x in ({}, "a", {"a": []}, [{}])),
])
def test_a_field_about_a_relu_network(certificate: Certificate, expected: str) -> None:
    step = 1 if certificate["steps"][0] == relu("bias that rises")["steps"][0] else 0
    assert rejected(certificate, step, certificate["steps"][step]["rule"]).expected == expected


def test_no_neurons_and_no_list() -> None:
    """Without neurons nothing else would look at the shares."""
    start: dict[str, Any] = {"kind": "relu network", "X": [["1"]], "Y": [["1"]], "W": [], "H": [[]],
                             "slopes": ["1", "0"], "c": ["1"]}
    accepted(algebra(start, stationary()))
    assert rejected(algebra(start, stationary() | {"shares": {}})).expected == "a list"


def test_samples_and_targets_both_ragged() -> None:
    start = problem("1, 1 1", "1, 1 1", "1", "1")
    assert rejected(algebra(start, {"rule": "zero residual"}), -1, "problem").expected == SHAPES


def test_work_of_the_neurons_is_counted() -> None:
    """Forming g_j for each neuron: a product for each sample, input and output, counted at least once."""
    point = Point(problem("1 0, 0 1", "1 0, 0 2", "1 0", "1, 0"))
    before = point.meter.work
    list(point.neurons([[]]))
    assert point.meter.work - before >= 2 * 2 * 2
