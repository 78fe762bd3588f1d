"""Instances of the claims of paper B: what they certify, and the ways in which one must not come about."""

from fractions import Fraction

import pytest

from symplateau.argument import checked
from symplateau.claims import read_claims
from symplateau.errors import ProofError
from symplateau.instances import instances
from symplateau.relu.instances import (
    INSTANCES,
    KINKED,
    LAST,
    LINE,
    TWICE,
    instance,
    maximum,
    network,
    replicated,
    rows,
)


@pytest.mark.parametrize("claim", INSTANCES)
def test_instances_are_shipped_as_they_are_made(claim: str) -> None:
    found = {f"instance-{x.name}" for x in instances(claim)}
    shipped = {name for name in read_claims()[claim].shipped() if name.startswith("instance-")}
    assert found == shipped and len(found) >= 2


def test_the_last_plateau_has_the_loss_of_the_claim() -> None:
    point = network(LINE, *LAST)
    assert point.loss == Fraction(16139, 231500)
    _, certificate = instance("last", point, "local minimum")
    assert "minimum" in str(checked(certificate)["says"])


def test_a_point_of_another_type_is_no_instance() -> None:
    moved = network(LINE, LAST[0], tuple(tuple(x + 1 for x in row) for row in LAST[1]))
    with pytest.raises(ProofError, match="expected local minimum, found not stationary"):
        instance("moved", moved, "local minimum")
    with pytest.raises(ProofError, match="expected saddle, found local minimum"):
        instance("kink", network(KINKED, "0 1", "1"), "saddle")


def test_no_maximum_where_a_neuron_answers() -> None:
    with pytest.raises(ProofError, match="no local maximum"):
        maximum("active", network((rows("0 1"), rows("1")), "1 1", "1"))
    with pytest.raises(ProofError, match="no local maximum"):
        maximum("rising", network((rows("0 1"), rows("-1")), "1 0", "1"))


def test_replication_keeps_the_outputs() -> None:
    for gamma in ("1/2 1/2", "2 -1", "1 0"):
        assert replicated("1 0", "2; 0", gamma, TWICE).outputs == network(TWICE, "1 0", "2; 0").outputs
