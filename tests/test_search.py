"""The adversary finds what is false by itself, and nothing against what is true; records are re-checked."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from symplateau.adversary import records
from symplateau.adversary.assertions import EXISTS, Assertion, read_assertions
from symplateau.adversary.grid import Case
from symplateau.adversary.records import doubt, fails, hypotheses, last, make, searched, spared
from symplateau.adversary.search import Tally, assertions_of, dependents, search, visit
from symplateau.adversary.stages import SMOOTH
from symplateau.claims import proofs_folder, read_claims
from symplateau.kernel.certificate import check
from symplateau.kernel.format import Rejected, encode, load, seal
from symplateau.network import Network
from tests.campaigns.mutants import judge, mutants

CLAIMS = read_claims()
FEW, MORE = 40, 80
FALSE = (
    "A/lemma-1",
    "A/lemma-4.2",
    "A/section-4/trichotomy",
    "A/section-5.1/characterization",
    "A/section-3/plateau-dimension",
    "A/section-1/evolution",
    "A/table-1",
)
PEAK = Network.from_arrays("square", [[1]], [1], [1], [[0]])


def tallies(claim: str) -> list[Tally]:
    return last(assertions_of(claim), dependents(claim, CLAIMS), 0, FEW)


@pytest.mark.parametrize("claim", FALSE)
def test_what_is_false_is_refuted(claim: str) -> None:
    found = [x.witness for x in tallies(claim) if x.witness is not None]
    assert found and CLAIMS[claim].goal["refutes"]
    for witness in found:
        for certificate in witness.certificates:
            statement = check(load(encode(certificate)))
            assert not set(statement["rests_on"]) & dependents(claim, CLAIMS)


@pytest.mark.parametrize("claim", ["A/lemma-4.1", "A/theorem-4", "A/proposition-1", "A/theorem-3.2"])
def test_what_is_true_is_not_refuted_without_itself(claim: str) -> None:
    assert [x.violated for x in tallies(claim)] == [0] * len(assertions_of(claim))


def test_what_is_true_is_not_refuted_and_its_points_are_counted() -> None:
    true = [
        x
        for name, x in read_assertions().items()
        if name.startswith("A/") and not CLAIMS[name].goal.get("refutes")
    ]
    found = last([a for x in true for a in x.all], frozenset(), 0, MORE)
    for tally in found:
        assert tally.violated == 0, tally.witness
        assert tally.met == tally.confirmed + tally.undecided
        assert tally.met == sum(n for name, n in tally.cases.items() if name.startswith("activation"))
    assert sum(tally.met > 0 for tally in found) >= 0.9 * len(found)


def test_the_smallest_counterexamples_are_those_of_one_neuron_and_one_sample() -> None:
    for claim in ("A/lemma-1", "A/lemma-4.2", "A/section-4/trichotomy"):
        witness = next(x.witness for x in tallies(claim) if x.witness is not None)
        assert (witness.network.activation, witness.network.n_parameters, witness.network.n_samples) == (
            "square",
            2,
            1,
        )


def visited(assertion: Assertion, network: Network, barred: frozenset[str] = frozenset()) -> Tally:
    tally, narrow = Tally(assertion), SMOOTH.look(Case(network, 0), barred)
    assert narrow is not None
    visit(tally, narrow)
    return tally


def test_hypotheses_that_are_not_met_do_not_count() -> None:
    assertion = assertions_of("A/lemma-4.1")[0]
    tally = visited(assertion, PEAK)  # its inner Hessian has no positive eigenvalue
    assert (tally.points > 10, tally.met, tally.unclear) == (True, 0, 0)


def test_nothing_rests_on_what_is_under_test() -> None:
    assertion = next(x for x in assertions_of("A/theorem-1") if x.name == "1: minima")
    network = next(x.network for x in grid_minima() if visited(assertion, x.network).confirmed)
    free, bound = visited(assertion, network), visited(assertion, network, dependents("A/theorem-1", CLAIMS))
    assert free.confirmed == free.met == bound.met == bound.undecided > 0


def grid_minima() -> list[Case]:
    from symplateau.adversary.grid import designed

    stream = designed()
    return [next(stream) for _ in range(4)]


def test_a_claim_and_all_that_lean_on_it() -> None:
    found = dependents("A/lemma-4.1", CLAIMS)
    assert {"A/lemma-4.1", "A/theorem-1", "A/theorem-2"} <= found and "A/proposition-1" not in found


def test_there_is_is_refuted_by_the_whole_plateau() -> None:
    saddle = next(x for x in assertions_of("A/theorem-1") if x.name == "3: saddles")
    other = replace(saddle, conclusion="wide: local minimum", quantifier=EXISTS)
    tally = last([other], frozenset(), 0, 60, smallest=True)[0]
    assert tally.witness is not None
    regions = [
        x for x in check(load(encode(tally.witness.certificates[0])))["says"]["all"] if x["kind"] == "plateau"
    ]
    assert {x["type"] for x in regions[0]["says"]["regions"]} == {"saddle"}


def test_the_search_ends_when_it_should() -> None:
    assertions = assertions_of("A/proposition-2")
    assert len(list(search(assertions, networks=7))) == 7
    start = time.monotonic()
    done = list(search(assertions, seconds=0.3))
    assert done and time.monotonic() - start < 5


def test_two_searches_make_the_same_record() -> None:
    one, other = (make(CLAIMS["A/proposition-2"], CLAIMS, networks=25) for _ in range(2))
    assert one == other


# Hypotheses dropped


def test_what_follows_from_other_hypotheses_is_not_needed() -> None:
    assertion = next(x for x in assertions_of("A/theorem-1") if x.name == "1: saddles")
    assert "other hypotheses" in str(spared(assertion, "narrow: loss not zero", CLAIMS))
    assert "A/lemma-4.1" in str(spared(assertion, "narrow: local minimum", CLAIMS))
    assert spared(assertion, "H: positive definite", CLAIMS) is None


def test_a_needed_hypothesis_has_a_witness_that_denies_it(tmp_path: Path) -> None:
    record, certificates = make(CLAIMS["A/theorem-4"], CLAIMS, networks=30)
    for name, data in certificates.items():
        (tmp_path / "certificates" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "certificates" / name).write_bytes(data)
    entry = next(x for x in record["hypotheses"] if x["hypothesis"] == "narrow: saddle")
    weaker = assertions_of("A/theorem-4")[0].without("narrow: saddle")
    good = entry["witness"]
    assert doubt(weaker, good, tmp_path, denied="narrow: saddle") is None
    assert "does not deny" in str(doubt(weaker, good, tmp_path, denied="narrow: stationary"))
    assert "does not show" in str(doubt(assertions_of("A/theorem-4")[0], good, tmp_path))
    for spoiled, reason in (
        (good | {"network": PEAK.problem()}, "another network"),
        (good | {"certificates": ["stationary_plateau/none.json"]}, "No such file"),
        (good | {"network": {"kind": "network"}}, "no network"),
    ):
        assert reason in str(doubt(weaker, spoiled, tmp_path)), reason


def test_a_certificate_that_was_changed_is_no_witness(tmp_path: Path) -> None:
    record, certificates = make(CLAIMS["A/theorem-4"], CLAIMS, networks=30)
    entry = next(x for x in record["hypotheses"] if x["needed"] == "yes")
    for name, data in certificates.items():
        content = load(data)
        content["steps"] = content["steps"][:1] * 2
        (tmp_path / "certificates" / name).parent.mkdir(parents=True, exist_ok=True)
        data = encode(seal({x: content[x] for x in content if x != "sha256"}))
        (tmp_path / "certificates" / name).write_bytes(data)
    weaker = assertions_of("A/theorem-4")[0].without(entry["hypothesis"])
    assert doubt(weaker, entry["witness"], tmp_path) is not None


def test_fails_asks_for_certain_hypotheses_and_a_certain_failure() -> None:
    narrow = SMOOTH.look(Case(PEAK, 0), frozenset())
    assert narrow is not None
    maximum = assertions_of("A/lemma-1")[0]
    assert fails(maximum, narrow, narrow.scene())
    assert not fails(replace(maximum, hypotheses=("narrow: local minimum",)), narrow, narrow.scene())
    assert not fails(replace(maximum, conclusion="narrow: stationary"), narrow, narrow.scene())


# The shipped records


def test_every_claim_has_a_record_and_no_true_one_a_counterexample() -> None:
    for name in read_assertions():
        record = searched(name)
        assert record is not None, name
        assert (record["result"] == "found") <= bool(CLAIMS[name].goal.get("refutes")), name
        assert [x["name"] for x in record["assertions"]] == [x.name for x in assertions_of(name)], name


@pytest.mark.parametrize("claim", ["A/theorem-1", "A/lemma-4.1", "A/theorem-3.2", "A/theorem-4"])
def test_the_shipped_answers_about_hypotheses_hold(claim: str) -> None:
    found = hypotheses(claim)
    file = records.file_of(CLAIMS[claim])
    assert [x["needed"] for x in found] == [x["needed"] for x in json.loads(file.read_bytes())["hypotheses"]]
    assert {"yes", "no"} <= {x["needed"] for x in found}


def test_a_record_of_other_assertions_counts_for_nothing(tmp_path: Path) -> None:
    root = proofs_folder()
    for part in ("stationary_plateau", "searched", "certificates/stationary_plateau/hypotheses"):
        shutil.copytree(root / part, tmp_path / part)
    file = tmp_path / "stationary_plateau" / "asserts" / "theorem_4.json"
    file.write_text(
        file.read_text().replace("wide: saddle", "wide: local minimum")
    )  # no longer the pinned one
    assert {x["needed"] for x in hypotheses("A/theorem-4", tmp_path)} == {"not found"}
    assert hypotheses("A/none") == [] and searched("A/none") is None


# Mutants


def test_false_neighbours_of_theorem_1_are_refuted_or_derived() -> None:
    known = [
        a for name, x in read_assertions().items() if not CLAIMS[name].goal.get("refutes") for a in x.all
    ]
    found = [m for a in assertions_of("A/theorem-1")[:2] for m in mutants(a)]
    fates = judge(found, known, networks=40)
    by_edit = {(m.origin.name, m.edit): fate for m, fate in fates}
    assert by_edit["1: minima", "lambda: PD -> lambda: ND"] == "refuted"
    assert by_edit["1: minima", "then: wide: saddle"] == "refuted"
    assert by_edit["1: minima", "quantifier: there is"] == "implied"
    assert by_edit["1: saddles", "lambda: not PD -> lambda: saddle"] == "implied"
    assert [fate for _, fate in fates].count("refuted") >= 20


# The command line


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from symplateau.cli import main; main()", "refute", *arguments]


def test_refute_prints_what_it_searched_and_writes_the_certificate(tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    done = subprocess.run(
        command("A/lemma-4.2", "--seconds", "6", "-o", str(file)), capture_output=True, text=True
    )
    assert done.returncode == 0 and "counterexample found" in done.stdout and "t**2" in done.stdout
    assert check(load(file.read_bytes()))["kind"] == "witness"


def test_refute_finds_nothing_against_a_theorem_and_says_so_as_json() -> None:
    done = subprocess.run(
        command("A/theorem-3.2", "--seconds", "2", "--json"), capture_output=True, text=True
    )
    content = json.loads(done.stdout)
    assert (done.returncode, content["result"], content["interrupted"]) == (0, "not found", False)
    assert content["assertions"][0]["networks"] > 0 and content["statements"]


@pytest.mark.parametrize("arguments", [["A/none"], ["A/theorem-4", "--seconds", "0"], []])
def test_refute_called_wrongly(arguments: list[str]) -> None:
    assert subprocess.run(command(*arguments), capture_output=True).returncode == 2


def test_a_violation_of_what_is_proved_is_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from symplateau.commands import refutation

    false = assertions_of("A/lemma-1")
    monkeypatch.setattr("symplateau.adversary.search.assertions_of", lambda claim: false)
    answer = CliRunner().invoke(refutation.refute, ["A/theorem-4", "--seconds", "4"], standalone_mode=False)
    assert answer.return_value == 1 and "not known to be false" in answer.output


def test_an_interrupt_prints_what_was_done() -> None:
    running = subprocess.Popen(
        command("A/theorem-4", "--seconds", "60"),
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=20)
    assert running.returncode == 130 and "interrupted" in out and "networks" in out


@pytest.mark.parametrize("neuron", ["x", "0", 1, -1, True, 0.0, None, [0]])
def test_a_recorded_witness_about_a_neuron_that_is_none(neuron: object) -> None:
    network = Network.from_arrays("tanh", [[1]], [1], [1], [[1]]).problem()
    entry = {"network": network, "neuron": neuron, "coefficients": ["1/2", "1/2"]}
    with pytest.raises(Rejected, match="an integer from 0 to 0"):
        SMOOTH.read(entry)
    assert [str(x) for x in SMOOTH.read(entry | {"neuron": 0}).shares] == ["1/2", "1/2"]
