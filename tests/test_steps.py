"""The printed steps: all labels are there, once; a status follows from certificates and from nothing else."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from dictionary.formulas import holds

from symplateau.claims import proofs_folder, read_claims
from symplateau.errors import ProofError
from symplateau.kernel.format import encode, load, seal
from symplateau.ledger import ledger
from symplateau.steps import DEGREES, EVIDENCE, KINDS, Steps, examine, read_steps, slug, status
from tests.content import content

LAST = 157
# The labels of paper A that bear letters, read off the paper.
LETTERS = {
    8: "abc", 13: "ab", 30: "ab", 33: "ab", 34: "ab", 40: "ab", 44: "ab", 45: "ab", 49: "ab", 53: "ab",
    55: "ab", 57: "ab", 61: "ab", 62: "ab", 64: "abc", 65: "abc", 66: "ab", 67: "abcd", 68: "ab", 69: "ab",
    70: "abcdef", 74: "ab", 75: "a", 76: "ab", 83: "ab", 88: "ab", 96: "abcd", 101: "abc", 107: "abc",
    111: "ab", 119: "abcd", 125: "abc", 129: "ab", 132: "ab", 137: "abc", 139: "ab", 143: "ab", 147: "abc",
    149: "ab"}
LABELS = [f"A/eq-{n}{letter}" for n in range(1, LAST + 1) for letter in LETTERS.get(n, [""])]
ALSO = ["A/definition-1", "A/definition-2", "A/definition-3", "A/footnote-1", "A/footnote-2", "A/footnote-3"]
# Those of paper B, likewise; its numbered results are claims.
LABELS += [f"B/eq-{n}{letter}" for n in range(1, 43) for letter in {16: "abcd", 20: "abc"}.get(n, [""])]
ALSO += [f"B/definition-{n}" for n in ("3.1", "3.3", "3.5", "4.1", "C.2")]
ALSO += [f"B/remark-{n}" for n in ("4.3", "4.5", "4.10", "C.1", "D.2", "F.1", "F.2")]
ALSO += [f"B/figure-{n}" for n in range(1, 20)] + [f"B/footnote-{n}" for n in range(1, 12)]
CLAIMS = [f"B/{name}" for name in (
    "lemma-3.2", "remark-3.4", "theorem-4.2", "corollary-4.4", "fact-4.6", "corollary-4.7", "fact-4.8",
    "proposition-4.9", "remark-4.11", "theorem-D.1", "proposition-L.1", "proposition-M.1", "remark-M.2",
    "lemma-O.1")]

PRINTED = read_steps()
ALL = [(steps, step) for steps in PRINTED.values() for step in steps.data["steps"]]
each_file = pytest.mark.parametrize("steps", PRINTED.values(), ids=lambda x: x.claim)


def test_every_label_of_the_paper_occurs_once() -> None:
    found = Counter(step["id"] for _, step in ALL)
    assert [name for name in (*LABELS, *ALSO) if found[name] != 1] == []
    assert [name for name, times in found.items() if times > 1] == []
    assert {name for name in found if "/eq-" in name} == set(LABELS)
    assert [name for name in CLAIMS if name not in read_claims()] == []


def test_table_1_and_figure_2_are_there() -> None:
    for part in ("A/table-1/", "A/figure-2/"):
        assert any(step["id"].startswith(part) for _, step in ALL), part


def test_few_steps_are_unchecked_and_each_says_what_was_tried() -> None:
    found = [step for claim in content()["claims"] for step in claim["steps"]]
    assert len(found) == len(ALL)
    for paper in "AB":
        steps = [step for step in found if step["id"].startswith(f"{paper}/")]
        unchecked = [step for step in steps if step["status"] == "unchecked"]
        assert 20 * len(unchecked) <= len(steps) > 300
        assert all(step.get("tried") for step in unchecked)


@each_file
def test_a_file_of_steps_is_in_order(steps: Steps) -> None:
    assert steps.claim in read_claims() and steps.pinned
    used = set[str]()
    for step in steps.data["steps"]:
        assert step["kind"] in KINDS and step["printed"] and step["place"], step["id"]
        assert ("defect" in step) == bool(step.get("fails") or step.get("gap")), step["id"]
        assert not (step.get("fails") and step.get("holds")), f"{step['id']} cannot both hold and fail"
        if "defect" in step:
            assert set(step["defect"]) == {"degree", "true", "consequence"}
            assert step["defect"]["degree"] in DEGREES and step["defect"]["true"], step["id"]
        used |= {slug(x) for kind in EVIDENCE for x in step.get(kind, [])}
    assert set(steps.expected) <= used, "statements that no step uses"
    names = [x["name"] for x in steps.data["statements"]]
    assert len({*map(slug, names)}) == len(names) and set(steps.shipped()) == set(steps.expected)


@each_file
def test_what_a_step_uses_is_a_step_or_a_claim(steps: Steps) -> None:
    known = {step["id"] for _, step in ALL} | set(read_claims())
    for step in steps.data["steps"]:
        loose = [x for x in step.get("uses", []) if x not in known and not _part_of(x, known)]
        assert loose == [], step["id"]


def _part_of(name: str, known: set[str]) -> bool:
    """Whether a label without its letter is meant, (68) for (68a) and (68b)."""
    return any(f"{name}{letter}" in known for letter in "abcdef")


def witnesses() -> list[Any]:
    entries = [x for steps in PRINTED.values() for x in steps.data["statements"]]
    entries += [x for claim in read_claims().values() for x in claim.goal["statements"]]
    return [x["witness"] for x in entries if "values" in x.get("witness", {}).get("says", {})]


def test_the_arithmetic_of_every_witness_is_repeated() -> None:
    """By an evaluator that shares no code with the kernel."""
    from fractions import Fraction

    def number(x: Any) -> Any:
        return Fraction(x) if isinstance(x, str) else tuple(map(number, x))

    found = witnesses()
    assert len(found) > 20
    for witness in found:
        says = witness["says"]
        indexed, vectors = set(says["indexed"]), set(says["vectors"])
        size = next((len(says["values"][x]) for x in says["indexed"]), 1)
        length = max([len(x) for name in vectors for x in
                      (says["values"][name] if name in indexed else [says["values"][name]])], default=0)

        def padded(x: Any, length: int = length) -> Any:
            return number(x) + (Fraction(0),) * (length - len(x))

        values: dict[str, Any] = {}
        for name, x in says["values"].items():
            one = padded if name in vectors else number
            values[name] = [one(y) for y in x] if name in indexed else one(x)
        for text in says["hypotheses"].values():
            assert holds(text, indexed, values, size), text
        for text in says["fails"]:
            assert not holds(text, indexed, values, size), text


def test_the_kernel_alone_accepts_every_certificate_of_a_step() -> None:
    files = [str(file) for steps in PRINTED.values() for file in sorted(steps.folder.glob("*.json"))]
    kernel = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(proofs_folder().parent)!r})\n"
              "from symplateau.kernel.__main__ import main; sys.exit(main(sys.argv[1:]))"]
    done = subprocess.run([*kernel, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.count(": accepted: ") == len(files) > 100


STEP = {"id": "X/eq-1", "kind": "identity", "place": "here", "printed": "2a = 2b"}
HOLDS = STEP | {"holds": ["one"]}
DEFECT = {"degree": "error", "true": "no", "consequence": ""}
FAILS = STEP | {"fails": ["one"], "repair": ["one"], "defect": DEFECT}
SAYS = {"scalars": ["a", "b"], "vectors": [], "indexed": [], "hypotheses": {"same": "a = b"},
        "conclusions": ["2*a = 2*b"]}
SCRIPT = """
from symplateau.proof import Proof

def one():
    proof = Proof("a b")
    same = proof.assume("same", "a = b")
    return proof.qed(proof.state("2*a = 2*b", {same: "2"}))

PROOFS = {"one": one}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of proofs with one claim and one step, which holds."""
    place = tmp_path / "paper"
    (place / "steps").mkdir(parents=True)
    goal = {"claim": "X/first", "title": "a title", "source": "here", "paper": "a-paper",
            "scope": "all sizes", "says": "in words", "depends_on": [], "borrowed": [], "readings": [],
            "statements": [{"name": "one", "bridges": {}, "says": SAYS}]}
    write(place / "first.goal.json", goal, "GOALS.sha256")
    (place / "first.py").write_text(SCRIPT + "\nCLAIM = 'X/first'\ndef prove():\n    return [one()]\n")
    (place / "steps" / "first.py").write_text(SCRIPT)
    entry(tmp_path, HOLDS)
    for name, data in read_steps(tmp_path)["X/first"].produce().items():
        for target in ("first/goal-1.json", f"steps/first/{name}.json"):
            file = tmp_path / "certificates" / "paper" / target
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return tmp_path


def write(file: Path, content: Any, pins: str) -> None:
    data = json.dumps(content).encode()
    file.write_bytes(data)
    file.with_name(pins).write_text(f"{hashlib.sha256(data).hexdigest()}  {file.name}\n")


def entry(folder: Path, step: dict[str, Any], **statement: Any) -> None:
    content = {"claim": "X/first", "steps": [step], "statements": [{"name": "one", "says": SAYS} | statement]}
    write(folder / "paper" / "steps" / "first.json", content, "STEPS.sha256")


def found(folder: Path) -> dict[str, Any]:
    [step] = ledger(["X/first"], folder)["claims"][0]["steps"]
    return dict(step)


def test_a_step_holds_or_fails_by_its_evidence(folder: Path) -> None:
    assert found(folder)["status"] == "holds"
    entry(folder, FAILS)
    assert (found(folder)["status"], found(folder)["reason"]) == ("fails", "error: no")


@pytest.mark.parametrize("step", [HOLDS, FAILS], ids=["holds", "fails"])
def test_without_its_certificate_a_step_is_unchecked(folder: Path, step: dict[str, Any]) -> None:
    entry(folder, step)
    file = folder / "certificates" / "paper" / "steps" / "first" / "one.json"
    good = file.read_bytes()
    changed = load(good)
    changed["steps"][0]["multipliers"] = {"same": "3"}
    other = load(good)
    other["problem"]["hypotheses"] = {"same": "a - b = 0"}
    for data in (good[:-2], encode(seal(changed)), encode(seal(other))):
        file.write_bytes(data)
        assert found(folder)["status"] == "unchecked"
    file.unlink()
    assert (found(folder)["status"], found(folder)["reason"]) == ("unchecked", "one: no certificate")


def test_a_file_that_is_not_the_pinned_one(folder: Path) -> None:
    file = folder / "paper" / "steps" / "first.json"
    file.write_text(file.read_text().replace("2a = 2b", "2a = 2b."))
    assert found(folder)["status"] == "unchecked"
    assert "pinned" in found(folder)["reason"]


def test_another_statement_than_the_pinned_one(folder: Path) -> None:
    entry(folder, HOLDS, says=SAYS | {"conclusions": ["a = b"]})
    assert "another statement" in found(folder)["reason"]


@pytest.mark.parametrize("reference, expected", [
    ("X/first: one", "holds"), ("X/first", "holds"), ("X/first: two", "unchecked"), ("X/second", "unchecked"),
    ("two", "unchecked")])
def test_references_to_claims(folder: Path, reference: str, expected: str) -> None:
    entry(folder, STEP | {"holds": [reference]})
    assert found(folder)["status"] == expected


def test_a_claim_that_stands_refutes_nothing_and_an_open_one_proves_nothing(folder: Path) -> None:
    entry(folder, FAILS | {"fails": ["X/first"]})
    assert found(folder)["reason"] == "X/first: it is proved"
    (folder / "certificates" / "paper" / "first" / "goal-1.json").unlink()
    entry(folder, STEP | {"holds": ["X/first"]})
    assert found(folder)["reason"] == "X/first: it is open"
    entry(folder, STEP | {"holds": ["X/first: one"]})
    assert found(folder)["status"] == "unchecked"


def test_a_definition_needs_no_evidence_and_nothing_else_does_without() -> None:
    assert status(STEP | {"kind": "definition"}, lambda *_: None)[0] == "holds"
    assert status(STEP, lambda *_: None) == ("unchecked", "nothing was tried")
    assert status(STEP | {"tried": "this"}, lambda *_: None) == ("unchecked", "this")
    assert status(FAILS | {"kind": "definition"}, lambda *_: None)[0] == "fails"
    missing = {"two": "no"}
    assert status(HOLDS | {"repair": ["two"]}, lambda name, _: missing.get(name))[0] == "unchecked"


def test_a_certificate_too_many(folder: Path) -> None:
    steps = read_steps(folder)["X/first"]
    evidence = examine(steps, steps.shipped() | {"two": b""})
    assert evidence.accepted == {"one"} and "no statement" in evidence.reasons["two"]


def test_two_files_about_one_claim(folder: Path) -> None:
    place = folder / "paper" / "steps"
    (place / "again.json").write_bytes((place / "first.json").read_bytes())
    with pytest.raises(ProofError, match="two files of steps"):
        read_steps(folder)
