"""The verdicts that follow from the claims' certificates. No verdict is stored anywhere.

Scripts write certificates; this module runs them, has them judged, and gathers what is known.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from .claims import Certificates, Claim, proofs_folder, read_claims, select
from .errors import InputError, ProofError
from .files import write_bytes
from .judgement import Finding, examine, judge, judge_steps, trust
from .kernel.format import encode
from .steps import Steps, read_steps
from .steps import examine as examine_steps


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
    return [
        _row(claims[name], findings[name], trust(name, claims, findings), *verdicts[name]) for name in chosen
    ]


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
        for stale in set(claim.shipped()) - set(certificates):
            (claim.certificates / f"{stale}.json").unlink()
        for stem, data in certificates.items():
            write_bytes(_made(claim.certificates) / f"{stem}.json", data)
    findings = {name: examine(other, _goals(other.shipped())) for name, other in claims.items()}
    findings[claim.id] = examine(claim, certificates)
    findings[claim.id].recorded = certificates == claim.shipped()
    level = trust(claim.id, claims, findings)
    row = _row(claim, findings[claim.id], level, *judge(claims, findings)[claim.id])
    print(f"{row.id}  {row.verdict}  ({row.scope}; {row.instances} instances)  {row.title}")
    for reason in row.reasons:
        print(f"  {reason}")
    sys.exit(0 if row.verdict != "open" and row.recorded else 1)


def _goals(certificates: Certificates) -> Certificates:
    return {name: data for name, data in certificates.items() if name.startswith("goal-")}
