"""Verdicts follow from certificates: what a claim needs, taken away piece by piece."""

import hashlib
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symplateau import claims as claims_module
from symplateau.claims import Claim, read_claims, select
from symplateau.errors import InputError, ProofError
from symplateau.judgement import examine, judge
from symplateau.kernel.certificate import check as kernel_check
from symplateau.kernel.format import encode, load, seal
from symplateau.ledger import check, ledger, produce, run_claim
from symplateau.store import keep, program
from tests.command import Run

SCRIPT = """
from symplateau.proof import Proof

CLAIM = "{claim}"

def prove():
    proof = Proof("a b")
    same = proof.assume("same", "a = b")
    return [proof.qed(proof.state("{conclusion}", {{same: "{multiplier}"}}))]
"""
SAYS = {"scalars": ["a", "b"], "vectors": [], "indexed": [], "hypotheses": {"same": "a = b"}}


def goal(claim: str, conclusion: str, **changes: Any) -> dict[str, Any]:
    return {
        "claim": claim,
        "title": "a title",
        "source": "a place",
        "paper": "a-paper",
        "scope": "all sizes",
        "says": "in words",
        "depends_on": [],
        "borrowed": [],
        "readings": [],
        "statements": [{"name": "one", "bridges": {}, "says": SAYS | {"conclusions": [conclusion]}}],
    } | changes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two claims, X/second leaning on X/first, with their certificates."""
    (tmp_path / "paper").mkdir()
    monkeypatch.setattr(claims_module, "proofs_folder", lambda: tmp_path)
    monkeypatch.setattr("symplateau.ledger.proofs_folder", lambda: tmp_path)
    add(tmp_path, "first", goal("X/first", "2*a = 2*b"), "2*a = 2*b", "2")
    add(tmp_path, "second", goal("X/second", "a**2 = b**2", depends_on=["X/first"]), "a**2 = b**2", "a + b")
    return tmp_path


def add(folder: Path, stem: str, content: dict[str, Any], conclusion: str, multiplier: str) -> None:
    place = folder / "paper"
    (place / f"{stem}.py").write_text(
        SCRIPT.format(claim=content["claim"], conclusion=conclusion, multiplier=multiplier)
    )
    pin(folder, stem, content)
    for name, data in produced(read_claims()[content["claim"]]).items():
        target = folder / "certificates" / "paper" / stem
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{name}.json").write_bytes(data)


def produced(claim: Claim) -> dict[str, bytes]:
    return {f"goal-{k}": encode(x) for k, x in enumerate(claim.module().prove(), 1)}


def pin(folder: Path, stem: str, content: dict[str, Any]) -> None:
    place, data = folder / "paper", json.dumps(content, indent=1).encode()
    (place / f"{stem}.goal.json").write_bytes(data)
    pins = place / "GOALS.sha256"
    others = (
        [x for x in pins.read_text().splitlines() if not x.endswith(f" {stem}.goal.json")]
        if pins.exists()
        else []
    )
    pins.write_text("\n".join([*others, f"{hashlib.sha256(data).hexdigest()}  {stem}.goal.json"]) + "\n")


def verdicts() -> dict[str, str]:
    return {entry["id"]: entry["verdict"] for entry in ledger()["claims"]}


def test_both_claims_are_proved(folder: Path) -> None:
    assert verdicts() == {"X/first": "proved", "X/second": "proved"}
    rows = check()
    assert [(row.id, row.verdict, row.recorded, row.reasons) for row in rows] == [
        ("X/first", "proved", True, []),
        ("X/second", "proved", True, []),
    ]


def test_a_goal_that_was_changed_after_it_was_pinned(folder: Path) -> None:
    file = folder / "paper" / "first.goal.json"
    file.write_text(file.read_text().replace("in words", "in other words"))
    assert verdicts() == {"X/first": "open", "X/second": "open"}
    assert "pinned" in ledger(["X/first"])["claims"][0]["reasons"][0]


def test_a_goal_that_says_something_else_than_the_proof(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "3*a = 3*b"))
    assert verdicts()["X/first"] == "open"


def test_a_weaker_hypothesis_in_the_goal_than_in_the_proof(folder: Path) -> None:
    changed = goal("X/first", "2*a = 2*b")
    changed["statements"][0]["says"] |= {"hypotheses": {}}
    pin(folder, "first", changed)
    assert verdicts()["X/first"] == "open"


def test_a_missing_certificate(folder: Path) -> None:
    (folder / "certificates" / "paper" / "first" / "goal-1.json").unlink()
    assert verdicts()["X/first"] == "open"


def test_a_damaged_certificate(folder: Path) -> None:
    file = folder / "certificates" / "paper" / "first" / "goal-1.json"
    file.write_bytes(file.read_bytes().replace(b'"2"', b'"3"'))
    assert "damaged" in ledger(["X/first"])["claims"][0]["reasons"][0]


def test_a_forged_certificate_sealed_again(folder: Path) -> None:
    file = folder / "certificates" / "paper" / "first" / "goal-1.json"
    content = load(file.read_bytes())
    content["steps"][0]["multipliers"]["same"] = "3"
    file.write_bytes(encode(seal(content)))
    assert "combination" in ledger(["X/first"])["claims"][0]["reasons"][0]


def test_a_spoiled_instance_opens_the_claim(folder: Path) -> None:
    place = folder / "certificates" / "paper" / "first"
    (place / "instance-1.json").write_bytes((place / "goal-1.json").read_bytes()[:-2])
    assert verdicts()["X/first"] == "open"


def test_what_leans_on_an_unknown_claim_is_open(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "2*a = 2*b", depends_on=["X/nowhere"]))
    assert verdicts() == {"X/first": "open", "X/second": "open"}
    assert "X/nowhere, which is unknown" in ledger(["X/first"])["claims"][0]["reasons"][0]


def test_claims_that_lean_on_each_other(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "2*a = 2*b", depends_on=["X/second"]))
    with pytest.raises(ProofError, match="circle: X/first -> X/second -> X/first"):
        ledger()


def test_a_claim_that_leans_on_itself(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "2*a = 2*b", depends_on=["X/first"]))
    with pytest.raises(ProofError, match="circle"):
        ledger()


def test_a_refuted_claim_is_repaired_only_by_a_proved_one(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "2*a = 2*b", refutes=True, replaced_by="X/second"))
    pin(folder, "second", goal("X/second", "a**2 = b**2"))
    assert verdicts() == {"X/first": "repaired", "X/second": "proved"}
    pin(folder, "second", goal("X/second", "a**2 = a*b"))
    assert verdicts() == {"X/first": "refuted", "X/second": "open"}


NETWORK = """
from symplateau.argument import Argument
from symplateau.network import Network

CLAIM = "X/third"

def prove():
    argument = Argument(Network.from_arrays("arctan(t)", X=[["1"]], y=["{label}"], v=["1"], W=[["{weight}"]]))
    return [argument.certificate(argument.step({step}))]
"""
ANGLE = NETWORK.format(label="0", weight="1", step='"nonzero gradient", prec=20')
AT_REST = NETWORK.format(label="0", weight="0", step='"stationary point"')


def add_network(folder: Path, script: str, **changes: Any) -> None:
    """A third claim, about a network that its goal names."""
    (folder / "paper" / "third.py").write_text(script)
    pin(folder, "third", goal("X/third", "a = b"))
    [data] = produced(read_claims()["X/third"]).values()
    statement = {"name": "one", "witness": kernel_check(load(data))}
    pin(folder, "third", goal("X/third", "a = b", statements=[statement], **changes))
    target = folder / "certificates" / "paper" / "third" / "goal-1.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def levels() -> dict[str, str]:
    return {entry["id"]: entry["trust"] for entry in ledger()["claims"]}


def test_an_enclosure_certifies_what_exact_arithmetic_proves(folder: Path) -> None:
    add_network(folder, ANGLE)
    assert (verdicts()["X/third"], levels()["X/third"]) == ("certified", "enclosed")
    assert [(x.verdict, x.trust) for x in check(["X/third"])] == [("certified", "enclosed")]
    assert (verdicts()["X/first"], levels()["X/first"]) == ("proved", "exact")
    add_network(folder, AT_REST)
    assert (verdicts()["X/third"], levels()["X/third"]) == ("proved", "exact")


def test_what_leans_on_an_enclosure_is_certified_too(folder: Path) -> None:
    add_network(folder, ANGLE)
    pin(folder, "first", goal("X/first", "2*a = 2*b", depends_on=["X/third"]))
    assert verdicts() == {"X/first": "certified", "X/second": "certified", "X/third": "certified"}
    assert set(levels().values()) == {"enclosed"}


def test_a_refutation_by_an_enclosure_is_a_refutation(folder: Path) -> None:
    add_network(folder, ANGLE, refutes=True)
    assert (verdicts()["X/third"], levels()["X/third"]) == ("refuted", "enclosed")
    pin(folder, "first", goal("X/first", "2*a = 2*b", refutes=True, replaced_by="X/third"))
    add_network(folder, ANGLE)
    assert verdicts()["X/first"] == "repaired"


def test_an_enclosed_instance_gives_no_verdict(folder: Path) -> None:
    add_network(folder, ANGLE)
    third, first = (folder / "certificates" / "paper" / name for name in ("third", "first"))
    (first / "instance-1.json").write_bytes((third / "goal-1.json").read_bytes())
    [entry] = ledger(["X/first"])["claims"]
    assert (entry["verdict"], entry["trust"], len(entry["instances"])) == ("proved", "exact", 1)


def test_an_enclosure_that_misses_the_goal_certifies_nothing(folder: Path) -> None:
    add_network(folder, ANGLE)
    file = folder / "certificates" / "paper" / "third" / "goal-1.json"
    content = load(file.read_bytes())
    content["steps"][0]["prec"] = 40
    file.write_bytes(encode(seal(content)))
    assert verdicts()["X/third"] == "open"


def test_nothing_leans_on_a_refuted_claim(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "2*a = 2*b", refutes=True))
    assert verdicts() == {"X/first": "refuted", "X/second": "open"}


def test_two_goals_with_one_id(folder: Path) -> None:
    pin(folder, "second", goal("X/first", "a**2 = b**2"))
    with pytest.raises(ProofError, match="two goals"):
        read_claims()


def test_a_script_whose_proof_does_not_go_through(folder: Path) -> None:
    file = folder / "paper" / "first.py"
    file.write_text(file.read_text().replace('same: "2"', 'same: "1"'))
    finding = run_claim("X/first", None)
    assert not finding.accepted and "does not go through" in finding.reasons[0]
    assert [row.verdict for row in check()] == ["open", "open"]


def test_a_script_that_proves_the_goal_in_another_way_is_not_as_recorded(folder: Path) -> None:
    file = folder / "paper" / "first.py"
    file.write_text(file.read_text().replace('{same: "2"}', '{same: "1 + 1"}'))
    [row] = check(["X/first"])
    assert (row.verdict, row.recorded) == ("proved", False)


def test_the_store_gets_what_was_made(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    check(["X/first"], store=store)
    shipped = folder / "certificates" / "paper" / "first" / "goal-1.json"
    assert (store / "paper" / "first" / "goal-1.json").read_bytes() == shipped.read_bytes()


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[str]]:
    """The claims whose proofs were run, in whatever process."""
    file = tmp_path / "proved"

    def noted(claim: Claim) -> dict[str, bytes]:
        with open(file, "a") as stream:
            stream.write(f"{claim.id}\n")
        return produce(claim)

    monkeypatch.setattr("symplateau.ledger.produce", noted)
    return lambda: file.read_text().split()


def test_what_the_store_has_is_re_checked_and_not_run_again(folder: Path, tmp_path: Path,
                                                            proved: Callable[[], list[str]]) -> None:
    store = tmp_path / "store"
    rows = [check(["X/first"], store=store)[0], check(["X/first"], store=store)[0]]
    assert proved() == ["X/first"] and [row.kept for row in rows] == [False, True]
    assert {(row.verdict, row.recorded) for row in rows} == {("proved", True)}
    check(["X/first"], store=store, fresh=True)
    assert proved() == ["X/first", "X/first"]


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("other", ["nothing", "half", "another claim's"])
def test_what_was_damaged_in_the_store_is_run_again(
        folder: Path, tmp_path: Path, proved: Callable[[], list[str]], other: str, sealed: bool) -> None:
    store, good = tmp_path / "store", (folder / "certificates/paper/first/goal-1.json").read_bytes()
    check(["X/first"], store=store)
    foreign = (folder / "certificates/paper/second/goal-1.json").read_bytes()
    data = {"nothing": b"", "half": good[: len(good) // 2], "another claim's": foreign}[other]
    (store / "paper/first/goal-1.json").write_bytes(data)
    if sealed:  # the record that makes it count is made to fit
        keep(store / "paper/first", {"goal-1.json": data}, program(folder))
    [row] = check(["X/first"], store=store)
    assert (row.verdict, row.recorded, row.kept, proved()) == ("proved", True, False, ["X/first"] * 2)
    assert (store / "paper/first/goal-1.json").read_bytes() == good


def test_a_goal_that_was_changed_is_not_reached_from_the_store(folder: Path, tmp_path: Path) -> None:
    check(["X/first"], store=tmp_path / "store")
    pin(folder, "first", goal("X/first", "3*a = 3*b"))
    [row] = check(["X/first"], store=tmp_path / "store")
    assert (row.verdict, row.kept) == ("open", False)


def test_unknown_claims_and_papers(folder: Path) -> None:
    with pytest.raises(InputError, match="X/third"):
        select(read_claims(), ["X/third"], None)
    with pytest.raises(InputError, match="a-paper"):
        select(read_claims(), [], "no-paper")


def test_a_verdict_is_not_read_from_the_goal(folder: Path) -> None:
    pin(folder, "first", goal("X/first", "3*a = 3*b", verdict="proved"))
    claims = read_claims()
    assert (
        judge(claims, {name: examine(x, x.shipped()) for name, x in claims.items()})["X/first"][0] == "open"
    )


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def out_of_memory() -> None:
    raise MemoryError


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("death", "how"), [
    (killed, "SIGKILL"), (os.abort, "SIGABRT"), (out_of_memory, "out of memory"),
    (lambda: os._exit(3), "status 3")])
def test_a_worker_that_dies_costs_its_claim_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int,
                                                  death: Callable[[], None], how: str) -> None:
    for k in range(4):
        add(folder, f"more-{k}", goal(f"X/more-{k}", "2*a = 2*b"), "2*a = 2*b", "2")

    def prove(claim: Claim) -> dict[str, bytes]:
        if claim.id == "X/first":
            death()
        return produce(claim)

    monkeypatch.setattr("symplateau.ledger.produce", prove)
    rows = {row.id: row for row in check(jobs=jobs)}
    first = rows.pop("X/first")
    assert first.verdict == "open" and first.ended and len(first.reasons) == 1
    assert first.reasons[0].startswith("U16: ") and how in first.reasons[0] and "--jobs 1" in first.reasons[0]
    assert rows.pop("X/second").verdict == "open"  # it leans on the first
    assert {row.verdict for row in rows.values()} == {"proved"} and len(rows) == 4


def test_the_status_of_a_check_whose_worker_died(
        folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> None:
    monkeypatch.setattr("symplateau.ledger.produce", lambda claim: killed())
    found = run("check", "X/first", "--store", tmp_path / "store")
    assert found.status == 3 and "U16" in found.out


def test_a_proof_that_raises_ends_the_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("symplateau.ledger.run_claim", fails)
    with pytest.raises(RuntimeError, match="a bug"):
        check(["X/first"])
