"""The printed steps of a paper: what each label says as printed, and what the kernel makes of it.

A file of steps stands beside the goals, in the folder `steps`: for each printed equation the statements that
show that it holds, or that it fails, and where it fails what is true instead. Its script proves these
statements. The status of a step follows from what the kernel accepts; it is written nowhere.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .claims import Certificates, load_script, pinned, proofs_folder, statement_of
from .errors import ProofError
from .kernel.certificate import check as kernel_check
from .kernel.format import CheckError, Malformed, encode, load
from .writing import made, write_bytes

KINDS = ("definition", "identity", "inequality", "asymptotic", "existence", "inference", "citation", "remark",
         "table", "figure", "footnote")
DEGREES = ("misprint", "gap", "error")
EVIDENCE = ("holds", "fails", "gap", "repair")


@dataclass(frozen=True)
class Steps:
    """The steps of one claim. data: the file, with the entries "claim", "steps" and "statements"."""

    file: Path
    data: Mapping[str, Any]
    pinned: bool

    @property
    def claim(self) -> str:
        return str(self.data["claim"])

    @property
    def script(self) -> Path:
        return self.file.with_suffix(".py")

    @property
    def folder(self) -> Path:
        """Where the shipped certificates are."""
        paper = self.file.parent.parent
        return paper.parent / "certificates" / paper.name / "steps" / self.file.stem

    @cached_property
    def expected(self) -> dict[str, bytes]:
        """The statements that the kernel must return, encoded, by the name of their certificate."""
        return {slug(x["name"]): statement_of(x) for x in self.data["statements"]}

    def shipped(self) -> Certificates:
        return {path.stem: path.read_bytes() for path in sorted(self.folder.glob("*.json"))}

    def produce(self) -> Certificates:
        """Run the script: the certificates of all statements. Raises ProofError."""
        proofs = load_script(self.script).PROOFS
        return {slug(name): encode(prove()) for name, prove in proofs.items()}


@dataclass(frozen=True)
class Evidence:
    """What the kernel made of the statements of a file of steps. accepted: names; reasons: why not, by
    name."""

    accepted: frozenset[str]
    reasons: Mapping[str, str]
    rests_on: frozenset[str]


def slug(name: str) -> str:
    """The name of a statement as the stem of a file."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def read_steps(folder: Path | None = None) -> dict[str, Steps]:
    """The files of steps by claim. Raises ProofError when two are about one claim."""
    found: dict[str, Steps] = {}
    for file in sorted((folder or proofs_folder()).glob("*/steps/*.json")):
        data = file.read_bytes()
        steps = Steps(file, json.loads(data), pinned(file, data, "STEPS.sha256"))
        if steps.claim in found:
            raise ProofError(f"{steps.claim}: two files of steps, one of them {file.name}")
        found[steps.claim] = steps
    return found


def examine(steps: Steps, certificates: Certificates) -> Evidence:
    """Check the certificates, and compare the statements with the pinned ones, byte by byte."""
    accepted, rests_on = set[str](), set[str]()
    reasons = {name: "no certificate" for name in steps.expected if name not in certificates}
    for name, data in certificates.items():
        if name not in steps.expected:
            reasons[name] = "a certificate that belongs to no statement"
            continue
        try:
            statement = kernel_check(load(data))
        except (CheckError, Malformed) as error:
            reasons[name] = str(error)
            continue
        if not steps.pinned:
            reasons[name] = "the file of steps is not the pinned one"
        elif encode(statement) != steps.expected[name]:
            reasons[name] = "the kernel proves another statement than the pinned one"
        else:
            accepted.add(name)
            rests_on |= set(statement["rests_on"])
    return Evidence(frozenset(accepted), reasons, frozenset(rests_on))


def status(step: Mapping[str, Any], counts: Callable[[str, bool], str | None]) -> tuple[str, str]:
    """The status of a step, and its reason.

    counts(reference, against): None when the reference counts, else why not; against: whether it is to
    speak against the step. A step with evidence that does not count is unchecked.
    """
    for kind in EVIDENCE:
        for reference in step.get(kind, []):
            reason = counts(reference, kind in ("fails", "gap"))
            if reason is not None:
                return "unchecked", f"{reference}: {reason}"
    if step.get("fails"):
        return "fails", f"{step['defect']['degree']}: {step['defect']['true']}"
    if step.get("holds"):
        return "holds", str(step.get("because", ""))
    if step["kind"] == "definition":
        return "holds", str(step.get("because", "a definition"))
    return "unchecked", str(step.get("tried", "nothing was tried"))


def write(steps: Steps, certificates: Certificates) -> None:
    """Replace the shipped certificates."""
    stale = set(steps.shipped()) - set(certificates)
    for stem, data in certificates.items():
        write_bytes(made(steps.folder) / f"{stem}.json", data)
    for stem in stale:
        (steps.folder / f"{stem}.json").unlink(missing_ok=True)


def run(script: str) -> None:
    """A script of steps started by hand: prove, write the certificates in a clone, print every status."""
    from .ledger import ledger

    file = Path(script).resolve()
    folder = file.parent.parent.parent
    steps = next(x for x in read_steps(folder).values() if x.script == file)
    try:
        certificates = steps.produce()
    except ProofError as error:
        sys.exit(f"{file.name}: {error}")
    if (folder.parent / "pyproject.toml").exists():
        write(steps, certificates)
    entry = ledger([steps.claim], folder)["claims"][0]
    for step in entry["steps"]:
        print(f"{step['status']:9}  {step['id']}  {step['reason']}")
    sys.exit(0 if all(step["status"] != "unchecked" for step in entry["steps"]) else 1)
