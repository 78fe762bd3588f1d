"""Curves of higher order from a stationary point: against the loss itself, and where there must be none."""

from fractions import Fraction as F

import pytest

from symplateau.argument import Argument
from symplateau.classification import classify
from symplateau.curves import Curve, expand, find_saddle, find_saddle_curves
from symplateau.kernel.format import encode
from symplateau.kernel.network import Fact, Problem
from symplateau.network import Network
from symplateau.second.certificate import check as check_by_flint
from tests.corpus import FAMILIES
from tests.corpus.cases import SADDLE, Case
from tests.corpus.loss import loss, point

DEGENERATE = ("flat/", "saddles/reduced", "saddles/idle_neuron_seen", "splits/unequal", "everything_zero_and")
CHOSEN = [
    (family.name, next(family.cases()))
    for family in FAMILIES
    if any(part in family.name for part in DEGENERATE)
]


def at(network: Network) -> Fact:
    return Fact(Problem(network.problem()), stationary=True)


def steps(curve: Curve, t: F) -> tuple[F, ...]:
    return tuple(sum((x * t**k for k, x in enumerate(row)), F(0)) for row in curve.displacement)


@pytest.mark.parametrize("case", [case for _, case in CHOSEN], ids=[name for name, _ in CHOSEN])
def test_curves_fall_and_rise_and_none_are_found_at_a_minimum(case: Case) -> None:
    network = point(case)
    assert isinstance(network, Network)
    found = find_saddle_curves(at(network))
    assert (found is not None) == (case.truth == SADDLE)
    for curve, sign in zip(found or (), (-1, 1), strict=False):
        change = loss(network, steps(curve, F(1, 10**20))) - loss(network)
        assert change * sign > 0
        leading = curve.coefficient / F(10) ** (20 * curve.order)
        assert abs(change - float(leading)) < 1e-6 * abs(float(leading)) or abs(float(leading)) < 1e-300


@pytest.mark.parametrize(
    "name, order",
    [
        ("saddles/reduced_third_order", 3),
        ("saddles/idle_neuron_seen_at_higher_order", 4),
        ("flat/peano", 4),
        ("flat/monkey_saddles", 3),
        ("flat/odd_powers", 3),
    ],
)
def test_the_order_of_the_descent(name: str, order: int) -> None:
    [family] = [x for x in FAMILIES if x.name == name]
    network = next(family.cases()).network
    assert isinstance(network, Network)
    found = find_saddle_curves(at(network))
    assert found is not None and found[0].order == order


def test_a_curve_of_the_peano_type_is_not_a_line() -> None:
    [family] = [x for x in FAMILIES if x.name == "flat/peano"]
    network = next(family.cases()).network
    assert isinstance(network, Network)
    found = find_saddle_curves(at(network))
    assert found is not None
    falls = found[0]
    assert any(len(row) > 2 and row[2] for row in falls.displacement)
    line = tuple(row[:2] for row in falls.displacement)
    straight = expand(at(network), line, 8)
    assert straight is not None and straight.coefficient > 0


@pytest.mark.parametrize("name, order", [("flat/monkey_saddles", 3), ("flat/peano", 4)])
def test_a_verdict_by_curves_and_the_second_checker_agrees(name: str, order: int) -> None:
    [family] = [x for x in FAMILIES if x.name == name]
    report = classify(next(family.cases()).network)
    assert report.verdict == "saddle" and report.certificate is not None and report.statement is not None
    assert report.statement["says"]["falls"]["order"] == order
    assert check_by_flint(encode(report.certificate)) == report.statement


def test_a_point_that_flattens_out_on_one_side_is_no_saddle() -> None:
    # L = (v w^4 - 1)^2 / 2 at v = 1, w = 0 is a local maximum: every curve falls or stays.
    argument = Argument(Network.from_arrays("t**4", [[1]], [1], [1], [[0]]))
    assert find_saddle(argument, argument.step("stationary point")) is None


def test_weights_in_units_of_a_logarithm() -> None:
    # z = log 2 for both samples, with equal and opposite residuals: L = sum_k (v tanh(w x_k) - y_k)^2 / 2
    network = Network.from_arrays("tanh", [[1], [-1]], [1, 1], [0], [[1]], W_unit="log(2)")
    curve = expand(at(network), ((F(0), F(1)), (F(0), F(1))), 4)
    # v = t, w = log 2 + t: f = +-t (3/5 + 16/25 t + ...), sum of squares 2 + 2 f^2: order 2, 9/25
    assert curve is not None and (curve.order, curve.coefficient) == (2, F(9, 25))


def test_nothing_is_said_without_rational_values() -> None:
    softplus = Network.from_arrays("softplus", [[1], [2]], [1, -1], [0], [[0]])
    assert find_saddle_curves(at(softplus)) is None
    cubes = Network.from_arrays("relu_cubed", [[1]], [1], [1], [[0]])
    assert find_saddle_curves(at(cubes)) is None
