"""The verdicts that follow from the claims' certificates. No verdict is stored anywhere.

A claim is proved when the kernel returns, from its certificates, exactly the statements of its pinned goal,
and when everything that it leans on is proved. Scripts write certificates; this module only runs and judges.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from .claims import Certificates, Claim, proofs_folder, read_claims, select
from .errors import InputError, ProofError
from .files import write_bytes
from .kernel.certificate import check as kernel_check
from .kernel.format import CheckError, Malformed, encode, load
from .steps import EVIDENCE, Evidence, Steps, read_steps, slug, status
from .steps import examine as examine_steps

STANDING = ("proved", "certified")  # the verdicts on which another claim may lean


@dataclass
class Finding:
    """What the kernel made of a claim's certificates. rests_on: of its goal; instances bear their own."""

    accepted: bool
    reasons: list[str]
    rests_on: set[str] = field(default_factory=set)
    instances: list[dict[str, Any]] = field(default_factory=list)
    evidence: Evidence | None = None  # of the steps of the printed proof
    recorded: bool = True
    seconds: float = 0.0


def examine(claim: Claim, certificates: Certificates) -> Finding:
    """Check the certificates of a claim, and compare the statements with its goal, byte by byte."""
    finding = Finding(claim.pinned, [] if claim.pinned else ["the goal file is not the pinned one"])
    goals = [name for name in certificates if name.startswith("goal-")]
    expected = [f"goal-{number}" for number in range(1, len(claim.expected) + 1)]
    if sorted(goals) != sorted(expected):
        finding.accepted = False
        finding.reasons.append(f"expected {len(expected)} certificates of the goal, found {len(goals)}")
    for name, data in certificates.items():
        try:
            statement = kernel_check(load(data))
        except (CheckError, Malformed) as error:
            finding.accepted = False
            finding.reasons.append(f"{name}: {error}")
            continue
        if name in expected:
            finding.rests_on |= set(statement["rests_on"])
        if name in expected and encode(statement) != claim.expected[int(name[5:]) - 1]:
            finding.accepted = False
            finding.reasons.append(f"{name}: the kernel proves another statement than the goal")
        elif name not in expected:
            finding.instances.append({"name": name} | {x: statement[x] for x in ("kind", "says", "rests_on")})
    return finding


def judge(claims: Mapping[str, Claim], findings: Mapping[str, Finding]) -> dict[str, tuple[str, list[str]]]:
    """The verdict of every claim, and why it is open where it is."""
    verdicts: dict[str, tuple[str, list[str]]] = {}

    def verdict(name: str, above: tuple[str, ...]) -> str:
        if name in above:
            raise ProofError("the proofs go in a circle: " + " -> ".join([*above[above.index(name) :], name]))
        if name not in claims:
            return "unknown"
        if name not in verdicts:
            claim, finding = claims[name], findings[name]
            reasons = list(finding.reasons)
            for other in sorted({*claim.goal["depends_on"], *finding.rests_on}):
                found = verdict(other, (*above, name))
                if found not in STANDING:
                    reasons.append(f"it leans on {other}, which is {found}")
            verdicts[name] = (
                "open" if reasons else _standing(claim, lambda x: verdict(x, (*above, name))),
                reasons,
            )
        return verdicts[name][0]

    for name in claims:
        verdict(name, ())
    return verdicts


def _standing(claim: Claim, verdict: Callable[[str], str]) -> str:
    """The verdict of a claim whose goal was reached."""
    if not claim.goal.get("refutes"):
        return "proved"
    amended = claim.goal.get("replaced_by")
    return "repaired" if amended and verdict(amended) in STANDING else "refuted"


@dataclass(frozen=True)
class Verdict:
    """One row of the verdict table. recorded: the certificates are, byte for byte, the shipped ones."""

    id: str
    title: str
    verdict: str
    scope: str
    trust: str
    recorded: bool
    instances: int
    seconds: float
    reasons: list[str]


def produce(claim: Claim) -> Certificates:
    """Run the proof of a claim: the certificates of its goal and of its instances. Raises ProofError."""
    from .instances import instances

    goals = {f"goal-{number}": encode(x) for number, x in enumerate(claim.module().prove(), 1)}
    return goals | {f"instance-{x.name}": encode(x.certificate) for x in instances(claim.id)}


def run_claim(name: str, store: Path | None, folder: Path | None = None) -> Finding:
    """Run one claim, keep its certificates in the store, and examine them."""
    started = perf_counter()
    claim = read_claims(folder)[name]
    try:
        certificates = produce(claim)
    except ProofError as error:
        return Finding(False, [str(error)], recorded=False, seconds=perf_counter() - started)
    if store is not None:
        for stem, data in certificates.items():
            write_bytes(_made(store / claim.goal_file.parent.name / claim.stem) / f"{stem}.json", data)
    finding = examine(claim, certificates)
    finding.recorded = certificates == claim.shipped()
    steps = read_steps(folder).get(name)
    if steps is not None:
        run_steps(steps, finding, store)
    finding.seconds = perf_counter() - started
    return finding


def run_steps(steps: Steps, finding: Finding, store: Path | None) -> None:
    """Run the script of a claim's steps, keep its certificates in the store, and examine them."""
    try:
        certificates = steps.produce()
    except ProofError as error:
        finding.reasons.append(f"steps: {error}")
        finding.recorded, certificates = False, {}
    if store is not None:
        place = _made(store / steps.folder.parent.parent.name / "steps" / steps.file.stem)
        for stem, data in certificates.items():
            write_bytes(place / f"{stem}.json", data)
    finding.evidence = examine_steps(steps, certificates)
    finding.recorded = finding.recorded and certificates == steps.shipped()


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            folder, None, "a folder that can be written", error.strerror or "", status=2
        ) from None
    return folder


def default_store() -> Path:
    """The user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "symplateau"


def check(
    ids: Sequence[str] = (),
    paper: str | None = None,
    jobs: int = 1,
    store: Path | None = None,
    progress: Callable[[str], None] = lambda text: None,
    folder: Path | None = None,
) -> list[Verdict]:
    """Run the proofs, re-check their certificates, and judge. What they lean on is judged as it was
    shipped."""
    claims = read_claims(folder)
    chosen = select(claims, ids, paper)
    findings: dict[str, Finding] = {}
    if store is not None and not os.access(_made(store), os.W_OK):
        raise InputError(store, None, "a folder that can be written", status=2)
    if jobs == 1:
        for name in chosen:
            findings[name] = run_claim(name, store, folder)
            progress(name)
    else:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            running = {pool.submit(run_claim, name, store, folder): name for name in chosen}
            try:
                for future in as_completed(running):
                    findings[running[future]] = future.result()
                    progress(running[future])
            except BaseException:  # an interrupt, or a failure: what has not begun need not
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    for name in set(claims) - set(chosen):
        findings[name] = examine(claims[name], _goals(claims[name].shipped()))
    verdicts = judge(claims, findings)
    return [_row(claims[name], findings[name], *verdicts[name]) for name in chosen]


def _row(claim: Claim, finding: Finding, verdict: str, reasons: list[str]) -> Verdict:
    notes = (
        reasons if finding.recorded else [*reasons, "the certificates differ from those that were shipped"]
    )
    return Verdict(
        claim.id,
        claim.goal["title"],
        verdict,
        claim.goal["scope"],
        "exact",
        finding.recorded,
        len(finding.instances),
        round(finding.seconds, 3),
        notes,
    )


def ledger(ids: Sequence[str] = (), folder: Path | None = None) -> dict[str, Any]:
    """All that is known of the claims, re-checked from the shipped certificates: `symplateau ledger
    --json`."""
    claims = read_claims(folder)
    chosen = select(claims, ids, None)
    findings = {name: examine(claim, claim.shipped()) for name, claim in claims.items()}
    verdicts = judge(claims, findings)
    printed = read_steps(folder)
    for name in chosen:
        if name in printed:
            findings[name].evidence = examine_steps(printed[name], printed[name].shipped())
    papers = sorted((folder or proofs_folder()).glob("*/PAPER.json"))
    return {
        "papers": [json.loads(file.read_bytes()) for file in papers],
        "claims": [
            _entry(claims[name], findings[name], *verdicts[name])
            | {"steps": judge_steps(printed.get(name), claims, findings, verdicts)}
            for name in chosen
        ],
    }


def judge_steps(
    steps: Steps | None,
    claims: Mapping[str, Claim],
    findings: Mapping[str, Finding],
    verdicts: Mapping[str, tuple[str, list[str]]],
) -> list[dict[str, Any]]:
    """The steps of a claim with their statuses, in the order of the file."""
    evidence = findings[steps.claim].evidence if steps is not None else None
    if steps is None or evidence is None:
        return []

    def counts(reference: str, against: bool) -> str | None:
        if slug(reference) in steps.expected:
            if slug(reference) not in evidence.accepted:
                return evidence.reasons[slug(reference)]
            loose = [name for name in sorted(evidence.rests_on) if verdicts[name][0] not in STANDING]
            return f"it leans on {loose[0]}, which is {verdicts[loose[0]][0]}" if loose else None
        name, _, statement = reference.partition(": ")
        if name not in claims:
            return "no statement or claim of this name"
        if statement:
            known = statement in [x["name"] for x in claims[name].goal["statements"]]
            good = known and findings[name].accepted
            return None if good else "the certificates of its claim are not accepted" if known else "unknown"
        wanted = ("refuted", "repaired") if against else STANDING
        return None if verdicts[name][0] in wanted else f"it is {verdicts[name][0]}"

    return [_step(steps, step, *status(step, counts)) for step in steps.data["steps"]]


def _step(steps: Steps, step: Mapping[str, Any], found: str, reason: str) -> dict[str, Any]:
    """A step as the ledger shows it. witness: what speaks against it, as the kernel states it."""
    statements = {slug(x["name"]): x for x in steps.data["statements"]}
    against = [x for kind in ("fails", "gap") for x in step.get(kind, [])]
    witness = [statements[slug(x)].get("witness") or statements[slug(x)]["says"] for x in against
               if slug(x) in statements]
    shown = {name: value for name, value in step.items() if name not in EVIDENCE}
    named = {name: step[name] for name in EVIDENCE if name in step}
    return shown | {"status": found, "reason": reason, "evidence": named, "witness": witness or None}


def _entry(claim: Claim, finding: Finding, verdict: str, reasons: list[str]) -> dict[str, Any]:
    goal = claim.goal
    bridges = {
        f"{x['name']}: {atom}": meaning
        for x in goal["statements"]
        for atom, meaning in x.get("bridges", {}).items()
    }
    return {
        "id": claim.id,
        "title": goal["title"],
        "verdict": verdict,
        "scope": goal["scope"],
        "trust": "exact",
        "says": goal["says"],
        "goal": goal["statements"],
        "depends_on": sorted({*goal["depends_on"], *finding.rests_on}),
        "borrowed": goal["borrowed"],
        "bridges": bridges,
        "instances": finding.instances,
        "replaced_by": goal.get("replaced_by"),
        "searched": None,
        "reasons": reasons,
    }


def run(script: str) -> None:
    """A proof script started by hand: prove, judge, print; in a clone, write the certificates."""
    file = Path(script).resolve()
    folder = file.parent.parent
    claims = read_claims(folder)
    claim = next(claim for claim in claims.values() if claim.script.resolve() == file)
    try:
        certificates = produce(claim)
    except ProofError as error:
        sys.exit(f"{claim.id}: {error}")
    if (folder.parent / "pyproject.toml").exists():
        for stale in set(claim.shipped()) - set(certificates):
            (claim.certificates / f"{stale}.json").unlink()
        for stem, data in certificates.items():
            write_bytes(_made(claim.certificates) / f"{stem}.json", data)
    findings = {name: examine(other, _goals(other.shipped())) for name, other in claims.items()}
    findings[claim.id] = examine(claim, certificates)
    findings[claim.id].recorded = certificates == claim.shipped()
    row = _row(claim, findings[claim.id], *judge(claims, findings)[claim.id])
    print(f"{row.id}  {row.verdict}  ({row.scope}; {row.instances} instances)  {row.title}")
    for reason in row.reasons:
        print(f"  {reason}")
    sys.exit(0 if row.verdict != "open" and row.recorded else 1)


def _goals(certificates: Certificates) -> Certificates:
    return {name: data for name, data in certificates.items() if name.startswith("goal-")}
