"""Instances of the theorems: what they certify, and the ways in which one must not come about."""

from fractions import Fraction

import pytest

from symplateau import designs, instances, paths
from symplateau.argument import checked
from symplateau.designs import NEURON, branch, narrow
from symplateau.errors import ProofError
from symplateau.instances import rationals
from symplateau.perturbations import descent_curve
from symplateau.splitting import is_in_minus, is_in_nd, is_in_pd, is_in_plus, is_in_saddle


def test_a_saddle_shows_its_type_a_descent_and_an_ascent_at_one_place() -> None:
    found = instances.saddle("tanh", "pd", rationals("2 -1"), 1)
    falls, kind = (fact["says"] for fact in checked(found.certificate)["says"]["all"])
    assert kind["type"] == "saddle" and falls["path"]["sense"] == "falls" and "rises" in kind
    assert kind["location"] == falls["location"] == {"exact": True}
    assert kind["splits"] == falls["splits"] == [{"neuron": 1, "coefficients": ["2", "-1"]}]


@pytest.mark.parametrize(
    ("coefficients", "sign", "equation", "order"),
    [
        ("2 -1", 1, "(132)", 2),
        ("1 0", 1, "(139)+(132)", 3),
        ("1/2 1/2", -1, "(143)", 2),
        ("1 0", -1, "(149)+(143)", 3),
    ],
)
def test_every_construction_agrees_with_the_expansion(
    coefficients: str, sign: int, equation: str, order: int
) -> None:
    found = instances.saddle("softplus", "id", rationals(coefficients), sign)
    assert found.expansion is not None
    assert (found.expansion["equation"], found.expansion["order"]) == (equation, order)
    assert float(found.expansion["measured"]) < 0
    assert found.expansion["measured"] == found.expansion["size-free"]


def test_an_expansion_that_differs_from_the_size_free_coefficient(monkeypatch: pytest.MonkeyPatch) -> None:
    right = paths.approximate_leading

    def wrong(*given):  # type: ignore[no-untyped-def]
        return right(*given)._replace(
            predicted=right(*given).predicted * (1 + Fraction(1, 10**30)).numerator / 10**30
        )

    monkeypatch.setattr(paths, "approximate_leading", wrong)
    with pytest.raises(ProofError, match="differ by"):
        instances.saddle("tanh", "pd", rationals("2 -1"), 1)


def test_a_path_of_the_other_sign_than_the_expansion() -> None:
    argument, source = narrow("tanh", "pd")
    curve = descent_curve(rationals("2 -1"), 1, (1, 0))
    assert curve is not None
    with pytest.raises(ProofError, match="the sign on"):
        paths.expansion(argument, source, curve, {"sense": "rises", "until": "1/8"})


def test_no_construction_inside_the_region_of_minima() -> None:
    with pytest.raises(ProofError):
        instances.saddle("tanh", "pd", rationals("1/2 1/2"), 1)
    with pytest.raises(ProofError):
        instances.saddle("tanh", "nd", rationals("2 -1"), -1)


def test_no_descent_on_a_direction_of_the_wrong_sign() -> None:
    argument, source = narrow("tanh", "pd")
    with pytest.raises(ProofError, match="of this sign"):
        paths.descent(branch(argument), source, rationals("1/2 1/2"), -1)


def test_a_minimum_has_a_radius_and_no_negative_eigenvalue() -> None:
    for target, coefficients in (("pd", "1/3 1/3 1/3"), ("nd", "3 -1 -1")):
        says = checked(instances.minimum("logistic", target, rationals(coefficients)).certificate)["says"]
        assert says["type"] == "local minimum" and Fraction(says["ball"]) > 0
        assert says["inertia"] == [6 + 2 * 2, 2, 0]  # 6 parameters, two more daughters of two inputs each


def test_no_minimum_outside_its_region() -> None:
    for target, coefficients in (("pd", "2 -1"), ("nd", "1/2 1/2"), ("id", "1/2 1/2"), ("pd", "1 0")):
        with pytest.raises(ProofError, match="no radius"):
            instances.minimum("tanh", target, rationals(coefficients))


def test_the_designs_have_their_signatures() -> None:
    counts = {
        "pd": (2, 0, 0),
        "nd": (0, 0, 2),
        "id": (1, 0, 1),
        "psd": (1, 1, 0),
        "nsd": (0, 1, 1),
        "zero": (0, 2, 0),
    }
    for target, expected in counts.items():
        argument, source = narrow("tanh", target)
        assert argument.facts[source].inner == (NEURON, expected)
        assert argument.facts[source].type == "strict local minimum"


def test_enclosed_designs_say_no_more_than_they_know() -> None:
    argument, source = narrow("gelu", "psd")
    assert argument.facts[source].inner == (NEURON, (1, 0, 0))  # the zero eigenvalue cannot be enclosed
    assert argument.facts[source].within is not None


def test_coefficients_lie_in_the_regions_of_their_theorems() -> None:
    assert all(map(is_in_plus, instances.PLUS)) and all(map(is_in_minus, instances.MINUS))
    assert all(map(is_in_saddle, instances.BOTH)) and len(instances.BOTH) >= 4
    assert all(map(is_in_pd, instances.POSITIVE)) and all(map(is_in_nd, instances.ONE_POSITIVE))
    assert {len(x) for x in (*instances.PLUS, *instances.MINUS, *instances.POSITIVE)} == {2, 3, 5}


def test_instances_bear_different_names_and_are_the_same_again() -> None:
    first, again = instances.instances("S/inertia"), instances.instances("S/inertia")
    assert len({x.name for x in first}) == len(first) == 30
    designs.narrow.cache_clear()
    assert [x.certificate for x in again] == [x.certificate for x in instances.instances("S/inertia")]
    assert [x.certificate for x in first] == [x.certificate for x in again]


def test_a_claim_without_networks_has_no_instances() -> None:
    assert instances.instances("A/eq-12") == []
