"""The verdicts that follow from the claims' certificates. No verdict is stored anywhere.

Scripts write certificates; this module runs them, has them judged, and gathers what is known.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from .claims import Certificates, Claim, proofs_folder, read_claims, select
from .errors import ProofError
from .judgement import Finding, examine, judge, judge_steps, trust
from .kernel.format import encode
from .processes import Ended, each
from .steps import Steps, read_steps
from .steps import examine as examine_steps
from .store import default_store as default_store
from .store import keep, kept, program, require_store
from .verdicts import reason
from .writing import made, write_bytes


@dataclass(frozen=True)
class Verdict:
    """One row of the verdict table. recorded: the certificates are, byte for byte, the shipped ones.

    kept: they were taken from the store, where an earlier run left them, and re-checked. ended: the process
    that ran the proof ended before it did, so that nothing is known.
    """

    id: str
    title: str
    verdict: str
    scope: str
    trust: str
    recorded: bool
    instances: int
    seconds: float
    reasons: list[str]
    kept: bool = False
    ended: bool = False


def produce(claim: Claim) -> Certificates:
    """Run the proof of a claim: the certificates of its goal and of its instances. Raises ProofError."""
    from .instances import instances

    goals = {f"goal-{number}": encode(x) for number, x in enumerate(claim.module().prove(), 1)}
    return goals | {f"instance-{x.name}": encode(x.certificate) for x in instances(claim.id)}


def run_claim(name: str, store: Path | None, folder: Path | None = None, fresh: bool = False) -> Finding:
    """Run one claim and its steps, keep their certificates in the store, and examine them.

    What the store has of the same program is taken instead, unless fresh, if the kernel accepts it and it is
    as it was shipped.
    """
    started = perf_counter()
    claim = read_claims(folder)[name]
    steps = read_steps(folder).get(name)
    source = program(folder or proofs_folder())
    place = None if store is None else store / claim.goal_file.parent.name / claim.stem
    finding = None if fresh else _kept_finding(claim, place, source)
    if finding is None:
        try:
            certificates = produce(claim)
        except ProofError as error:
            return Finding(False, [str(error)], recorded=False, seconds=perf_counter() - started)
        _keep(place, certificates, source)
        finding = examine(claim, certificates)
        finding.recorded = certificates == claim.shipped()
    if steps is not None:
        run_steps(steps, finding, store, source, fresh)
    finding.seconds = perf_counter() - started
    return finding


def run_steps(
    steps: Steps, finding: Finding, store: Path | None, source: str = "", fresh: bool = False
) -> None:
    """Run the script of a claim's steps, keep its certificates in the store, and examine them."""
    place = None if store is None else store / steps.folder.parent.parent.name / "steps" / steps.file.stem
    if not fresh:
        found = _kept(place, source)
        if found == steps.shipped() and found:
            evidence = examine_steps(steps, found)
            if not evidence.reasons:
                finding.evidence = evidence
                return
    finding.kept = False
    try:
        certificates = steps.produce()
    except ProofError as error:
        finding.reasons.append(f"steps: {error}")
        finding.recorded, certificates = False, {}
    else:
        _keep(place, certificates, source)
    finding.evidence = examine_steps(steps, certificates)
    finding.recorded = finding.recorded and certificates == steps.shipped()


def _kept_finding(claim: Claim, place: Path | None, source: str) -> Finding | None:
    """What the kernel makes of the certificates in the store; None where they have to be made."""
    certificates = _kept(place, source)
    if not certificates or certificates != claim.shipped():
        return None
    finding = examine(claim, certificates)
    finding.kept = True
    return finding if finding.accepted else None


def _kept(place: Path | None, source: str) -> Certificates | None:
    found = None if place is None else kept(place, source)
    return None if found is None else {name.removesuffix(".json"): data for name, data in found.items()}


def _keep(place: Path | None, certificates: Certificates, source: str) -> None:
    if place is not None:
        keep(place, {f"{stem}.json": data for stem, data in certificates.items()}, source)


def check(
    ids: Sequence[str] = (),
    paper: str | None = None,
    jobs: int = 1,
    store: Path | None = None,
    progress: Callable[[str], None] = lambda text: None,
    folder: Path | None = None,
    fresh: bool = False,
) -> list[Verdict]:
    """Run the proofs, re-check their certificates, and judge. What they lean on is judged as it was
    shipped. fresh: take nothing from the store."""
    claims = read_claims(folder)
    chosen = select(claims, ids, paper)
    findings: dict[str, Finding] = {}
    if store is not None:
        require_store(store)
    program(folder or proofs_folder())  # once, for all workers
    tasks = {name: (name, store, folder, fresh) for name in chosen}
    for name, found in each(run_claim, tasks, jobs):
        findings[name] = _ended(name, found) if isinstance(found, Ended) else found
        progress(name)
    for name in set(claims) - set(chosen):
        findings[name] = examine(claims[name], _goals(claims[name].shipped()))
    verdicts = judge(claims, findings)
    return [
        _row(claims[name], findings[name], trust(name, claims, findings), *verdicts[name]) for name in chosen
    ]


def _ended(name: str, found: Ended) -> Finding:
    """What is known of a claim when the process that ran it ended: nothing."""
    error = found.undecided(f"symplateau check {name} --jobs 1, with more memory")
    return Finding(False, [f"{reason(error)['code']}: {error}"], ended=True)


def _row(claim: Claim, finding: Finding, level: str, verdict: str, reasons: list[str]) -> Verdict:
    notes = (
        reasons if finding.recorded else [*reasons, "the certificates differ from those that were shipped"]
    )
    return Verdict(
        claim.id,
        claim.goal["title"],
        verdict,
        claim.goal["scope"],
        level,
        finding.recorded,
        len(finding.instances),
        round(finding.seconds, 3),
        notes,
        finding.kept,
        finding.ended,
    )


def ledger(ids: Sequence[str] = (), folder: Path | None = None) -> dict[str, Any]:
    """All that is known of the claims, re-checked from the shipped certificates: `symplateau ledger
    --json`."""
    from .adversary import records

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
            _entry(claims[name], findings[name], trust(name, claims, findings), *verdicts[name])
            | {"searched": records.searched(name, folder), "hypotheses": records.hypotheses(name, folder)}
            | {"steps": judge_steps(printed.get(name), claims, findings, verdicts)}
            for name in chosen
        ],
    }


def _entry(
    claim: Claim, finding: Finding, level: str, verdict: str, reasons: list[str]
) -> dict[str, Any]:
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
        "trust": level,
        "source": goal["source"],
        "says": goal["says"],
        "true": goal.get("true"),
        "goal": goal["statements"],
        "depends_on": sorted({*goal["depends_on"], *finding.rests_on}),
        "borrowed": goal["borrowed"],
        "bridges": bridges,
        "instances": finding.instances,
        "replaced_by": goal.get("replaced_by"),
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
        stale = set(claim.shipped()) - set(certificates)
        for stem, data in certificates.items():
            write_bytes(made(claim.certificates) / f"{stem}.json", data)
        for stem in stale:
            (claim.certificates / f"{stem}.json").unlink(missing_ok=True)
    findings = {name: examine(other, _goals(other.shipped())) for name, other in claims.items()}
    findings[claim.id] = examine(claim, certificates)
    findings[claim.id].recorded = certificates == claim.shipped()
    level = trust(claim.id, claims, findings)
    row = _row(claim, findings[claim.id], level, *judge(claims, findings)[claim.id])
    print(f"{row.id}  {row.verdict}  ({row.scope}; {row.instances} instances)  {row.title}")
    for note in row.reasons:
        print(f"  {note}")
    sys.exit(0 if row.verdict != "open" and row.recorded else 1)


def _goals(certificates: Certificates) -> Certificates:
    return {name: data for name, data in certificates.items() if name.startswith("goal-")}
