"""Appendix O: Lemma O.1 as printed and as amended, Theorem 10 of Fukumizu et al. (2019), and beyond it."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from symplateau.errors import InputError
from symplateau.relu.embeddings import inactive_propagation, unit_replication
from symplateau.relu.escape import find_escape_neurons
from symplateau.relu.fukumizu import is_level, slope_matrix, theorem_10
from symplateau.relu.network import ReluNetwork
from symplateau.relu.points import decide_type
from symplateau.relu.preservation import decide_outcome
from symplateau.relu.stationarity import Stationary, decide_stationarity

from .embedded import assert_falls, replication, sample, second_type, stationary
from .networks import F, at, corner, pair, plain_loss


def test_the_printed_lemma_o_1_fails() -> None:
    """The ledger's witness: h = 0, residuals 1 and -1 at (1, 1) and (1, -1); d = (0, 2)."""
    network = ReluNetwork.from_arrays([[1, 1], [1, -1]], [-1, 1], [[1, 0]], [0])
    assert isinstance(decide_stationarity(network), Stationary)
    assert slope_matrix(network, 0) == ((F(0),), (F(2),)) and not is_level(network, 0)


def test_lemma_o_1_amended() -> None:
    """At stationary points F = 0 if and only if the neuron is no escape neuron; always if one h is not 0."""
    seen = set()
    for number in range(400):
        network = stationary(Random(f"level {number}"))
        escaping = {escape.neuron for escape in find_escape_neurons(network)}
        for i in range(network.n_hidden):
            if network.kink_samples(i):
                with pytest.raises(InputError, match="kink"):
                    is_level(network, i)
                continue
            assert is_level(network, i) is (i not in escaping)
            assert network.n_outputs > 1 or network.H[0][i] == 0 or is_level(network, i)
            seen.add((network.n_outputs > 1, is_level(network, i)))
    assert len(seen) == 4


@pytest.mark.parametrize(("beta", "gamma"), [
    ([1, 1], ["1/2", "1/2"]), ([2, 3], [2, -1]), ([1, 2, 5], [1, 0, 0]), ([1, 1, 1], [-1, 1, 1])])
def test_theorem_10_at_a_minimum_of_the_second_type(beta: list[Any], gamma: list[Any]) -> None:
    """F has the column (0, -2): it applies, and the loss falls and rises, whatever beta and gamma are."""
    embedding = unit_replication(second_type(), 0, beta, gamma)
    found = decide_outcome(embedding)
    assert found.original.kind == 2 and found.theorem_10.applies and found.theorem_10.F == ((0, 0), (0, -2))
    assert found.wide.verdict == "saddle" and found.prediction.minimum is False
    for path, falls in ((found.theorem_10.descent, True), (found.theorem_10.ascent, False)):
        assert path is not None and path.order == 2 and path.falls is falls
        assert (plain_loss(at(embedding.wide, path.direction, path.until)) < embedding.wide.loss) is falls


@pytest.mark.parametrize(("network", "gamma", "missing"), [
    (corner(), ["1/2", "1/2"], "kink"), (second_type(), [1], "two daughters"),
    (sample(), ["1/2", "1/2"], "F is not 0"), (pair(4), ["1/2", "1/2"], "a local minimum"),
    (replace(second_type(), slopes=(F(1), F(1, 2))), ["1/2", "1/2"], "ReLU")])
def test_theorem_10_names_the_hypothesis_that_is_missing(network: ReluNetwork, gamma: list[Any],
                                                         missing: str) -> None:
    embedding = unit_replication(network, 0, [1] * len(gamma), gamma)
    found = theorem_10(embedding, decide_type(network))
    assert not found.applies and len(found.missing) == 1 and missing in found.missing[0]


def at_its_kink() -> ReluNetwork:
    """The local minimum of the second type, with one more sample, fitted, at the kink: G = 0 still."""
    network = second_type()
    return replace(network, X=(*network.X, (F(0), F(1))), Y=(*network.Y, (F(0), F(0))))


def test_theorem_10_beyond_its_hypotheses() -> None:
    """Neither ReLU nor a minimum is needed, nor that no sample is at the kink."""
    leaky = replace(second_type(), slopes=(F(1), F(1, 2)))
    for network in (leaky, pair(4), at_its_kink()):
        found = decide_outcome(unit_replication(network, 0, [1, 1], ["1/2", "1/2"]))
        assert not found.theorem_10.applies and found.theorem_10.descent is not None
        assert_falls(found.embedding.wide, found.theorem_10.descent)
        assert found.prediction.minimum is False and found.wide.verdict == "saddle"


def test_an_escape_neuron_that_is_replicated_spoils_every_minimum() -> None:
    """Whatever beta and gamma are, with several outputs too; and F != 0 says that it is one."""
    seen: Counter[bool] = Counter()
    for number in range(300):
        random = Random(f"apart {number}")
        network = stationary(random)
        original, embedding = decide_type(network), replication(random, network)
        found, i = theorem_10(embedding, original), embedding.neuron or 0
        escaping = i in {escape.neuron for escape in original.escapes}
        assert found.F is None or escaping is any(any(row) for row in found.F)
        assert (found.descent is not None) is (escaping and len(embedding.units) > 1)
        if found.descent is not None:
            assert_falls(embedding.wide, found.descent)
            assert decide_type(embedding.wide).verdict in ("saddle", "not stationary")
            seen[original.verdict == "local minimum"] += 1
    assert min(seen.values()) > 10 and len(seen) == 2


def test_theorem_10_never_applies_at_a_minimum_of_the_first_type() -> None:
    """Remark 4.11, amended."""
    seen = 0
    for number in range(200):
        random = Random(f"ten {number}")
        network = stationary(random)
        original = decide_type(network)
        for i in range(network.n_hidden) if original.kind == 1 else ():
            found = theorem_10(unit_replication(network, i, [1, 1], [1, 0]), original)
            assert not found.applies and found.descent is None
            seen += not network.kink_samples(i)
    assert seen > 20
    other = theorem_10(inactive_propagation(corner(), [[0, 0]]), decide_type(corner()))
    assert other.missing == ("the embedding is unit replication",)
