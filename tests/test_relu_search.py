"""The adversary of paper B: what is false is refuted, what is true is not; hypotheses, records, mutants."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symplateau.adversary.assertions import read_assertions
from symplateau.adversary.records import doubt, file_of, hypotheses, last, make, searched
from symplateau.adversary.relu_grid import ReluCase
from symplateau.adversary.search import Tally, assertions_of, dependents, visit
from symplateau.adversary.stages import RELU
from symplateau.claims import proofs_folder, read_claims
from symplateau.kernel.certificate import check
from symplateau.kernel.format import encode, load
from symplateau.relu.network import ReluNetwork
from tests.campaigns.exchanges import GROUPS, NEGATIONS
from tests.campaigns.mutants import judge, mutants

CLAIMS = read_claims()
FILES = {name: x for name, x in read_assertions().items() if name.startswith("B/")}
KNOWN = [a for name, x in FILES.items() if not CLAIMS[name].goal.get("refutes") for a in x.all]
FEW = 60
FALSE = ("B/lemma-O.1", "B/remark-4.11", "B/appendix-f.2.1/rarity")


def tallies(claim: str, networks: int = FEW) -> list[Tally]:
    return last(assertions_of(claim), dependents(claim, CLAIMS), 0, networks)


@pytest.mark.parametrize("claim", FALSE)
def test_what_is_false_is_refuted(claim: str) -> None:
    found = [x.witness for x in tallies(claim) if x.witness is not None]
    assert found and CLAIMS[claim].goal["refutes"]
    for witness in found:
        for certificate in witness.certificates:
            statement = check(load(encode(certificate)))
            assert not set(statement["rests_on"]) & dependents(claim, CLAIMS)
        assert (witness.network.n_hidden, witness.network.n_samples) == (1, 2)
        assert doubt(witness.assertion, witness.written | {"certificates": []}, proofs_folder()) is None


@pytest.mark.parametrize("claim", [
    "B/theorem-4.2", "B/proposition-4.9", "B/proposition-L.1", "B/corollary-4.4", "B/fact-4.8",
    "B/lemma-O.1-amended", "B/remark-M.2", "B/appendix-f.2.1/rarity-amended"])
def test_what_is_true_is_not_refuted_and_is_met(claim: str) -> None:
    for tally in tallies(claim, 80):
        assert tally.violated == 0 and tally.met == tally.confirmed + tally.undecided
        assert tally.met == sum(n for name, n in tally.cases.items() if name.startswith("slopes"))
        assert tally.met > 0


def visited(claim: str, name: str, network: ReluNetwork, *without: str) -> Tally:
    tally = Tally(next(x for x in assertions_of(claim) if x.name == name))
    for word in without:
        tally.assertion = tally.assertion.without(word)
    visit(tally, RELU.look(ReluCase(network, 0), frozenset()))
    return tally


# w = (1, 0): a fitted sample, and one at the kink with residual 1; G = max(t_2, 0).
HELD = ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, -1], [[1, 0]], [1])


def test_a_daughter_with_output_weight_0_is_why_gamma_has_to_be_positive() -> None:
    gammas = "replication: all gamma positive"
    assert visited("B/proposition-4.9", "type 1 if all gamma positive", HELD).violated == 0
    tally = visited("B/proposition-4.9", "type 1 if all gamma positive", HELD, gammas)
    assert tally.witness is not None and RELU.denies(tally.witness.scene, gammas)


def test_a_false_claim_about_moves_is_refuted() -> None:
    ball = assertions_of("B/theorem-4.2")[1]
    false = replace(ball, hypotheses=("point: stationary",))
    [tally] = last([false], frozenset(), 0, FEW)
    assert tally.violated and tally.witness is not None and "move" in tally.witness.written


# Records


def test_every_claim_of_paper_b_has_assertions_or_a_reason_and_a_record() -> None:
    for name, entry in FILES.items():
        record = searched(name)
        assert record is not None and entry.pinned, name
        assert bool(entry.all) != bool(entry.data.get("none")), name
        assert (record["result"] == "found") <= bool(CLAIMS[name].goal.get("refutes")), name
        assert [x["name"] for x in record["assertions"]] == [x.name for x in entry.all], name
        assert all(x["met"] for x in record["assertions"]), name


@pytest.mark.parametrize("claim", ["B/theorem-4.2", "B/proposition-4.9", "B/appendix-m.1/orthogonal-units"])
def test_the_shipped_answers_about_hypotheses_hold(claim: str) -> None:
    found = hypotheses(claim)
    shipped = json.loads(file_of(CLAIMS[claim]).read_bytes())["hypotheses"]
    assert [x["needed"] for x in found] == [x["needed"] for x in shipped]
    assert {"yes", "no"} <= {x["needed"] for x in found}
    assert "the kernel's certificates" in {x["by"] for x in found if x["needed"] == "yes"}


def entry() -> tuple[Any, dict[str, Any]]:
    """A hypothesis that is needed, without it the assertion, and its witness."""
    dropped = "replication: no gamma zero"
    found = next(x for x in hypotheses("B/proposition-L.1") if x["hypothesis"] == dropped)
    assertion = next(x for x in assertions_of("B/proposition-L.1") if x.name == found["assertion"])
    return assertion.without(dropped), found["witness"]


@pytest.mark.parametrize(("change", "message"), [
    ({}, None),
    ({"replication": {"beta": ["1", "1"], "gamma": ["1/2", "1/2"]}}, "the scene does not show it"),
    ({"replication": {"beta": ["1", "1"]}}, "the witness is no network"),
    ({"network": {"X": [["1"]]}}, "the witness is no network"),
    ({"neuron": 7}, "the witness is no network"),
    ({"replication": {"beta": ["1", "1"], "gamma": ["1"]}}, "the witness is no network"),
])
def test_a_spoiled_witness_is_doubted(change: dict[str, Any], message: str | None) -> None:
    weaker, witness = entry()
    assert doubt(weaker, witness | change, proofs_folder(), denied="replication: no gamma zero") == message


def test_a_witness_that_does_not_deny_the_hypothesis_is_doubted() -> None:
    weaker, witness = entry()
    assert "does not deny" in str(doubt(weaker, witness, proofs_folder(), denied="replication: sum 1"))


def test_two_searches_make_the_same_record() -> None:
    one, other = (make(CLAIMS["B/remark-M.2"], CLAIMS, networks=15) for _ in range(2))
    assert one == other and one[0]["networks"] == 15


# Mutants


def test_false_neighbours_of_proposition_l_1_are_refuted_or_derived() -> None:
    found = [m for a in assertions_of("B/proposition-L.1")[1:] for m in mutants(a)]
    fates = {(m.origin.name, m.edit): fate for m, fate in judge(found, KNOWN, networks=FEW)}
    swap = "replication: no gamma zero -> replication: "
    assert fates["if no gamma zero", f"{swap}a gamma negative"] == "refuted"
    assert fates["if no gamma zero", f"{swap}all gamma positive"] == "implied"
    assert fates["only if", "then: replicated: no escape neurons"] == "refuted"
    assert fates["only if", "dropped: neuron: not flat"] == "refuted"
    assert list(fates.values()).count("refuted") >= 10


def test_what_the_table_of_consequences_derives_is_not_violated() -> None:
    claims = ("B/proposition-4.9", "B/remark-M.2")
    found = [m for name in claims for a in assertions_of(name) for m in mutants(a)]
    implied = [m.changed for m, fate in judge(found, KNOWN, networks=1) if fate in ("implied", "spared")]
    assert implied and not any(x.violated for x in last(implied, frozenset(), 0, 25))


def test_the_words_that_stand_for_each_other_are_words() -> None:
    words = [x for group in GROUPS for x in group] + [*NEGATIONS, *NEGATIONS.values()]
    assert set(words) <= set(RELU.predicates)


# The command line


def refute(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from symplateau.cli import main; main()", "refute", *arguments],
        capture_output=True, text=True)


def test_refute_prints_the_network(tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    done = refute("B/lemma-O.1", "--seconds", "2", "-o", str(file))
    assert done.returncode == 0 and "counterexample found" in done.stdout
    assert "slopes (1, 0), X = ((1, 1), (1, -1))" in done.stdout
    assert check(load(file.read_bytes()))["says"]["type"] == "saddle"


def test_refute_as_json_and_claims_without_assertions() -> None:
    content = json.loads(refute("B/proposition-M.1", "--seconds", "1", "--json").stdout)
    assert content["result"] == "not found" and content["assertions"][0]["networks"] > 0
    done = refute("B/appendix-i.2/angle-1", "--seconds", "1")
    assert done.returncode == 5 and "about printed numbers" in done.stdout
