"""What follows from certificates: the verdict of a claim, the status of a printed step.

A claim is proved when the kernel returns, from its certificates, exactly the statements of its pinned goal,
and when everything that it leans on is proved. It is certified instead when an enclosure is among what proves
it: then it is about networks that its goal names, as an enclosure says nothing of others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .claims import Certificates, Claim
from .errors import ProofError
from .kernel.certificate import check as kernel_check
from .kernel.format import CheckError, Malformed, encode, load
from .steps import EVIDENCE, Evidence, Steps, slug, status

STANDING = ("proved", "certified")  # the verdicts on which another claim may lean


@dataclass
class Finding:
    """What the kernel made of a claim's certificates.

    rests_on: of its goal; instances bear their own. enclosed: whether a step of its goal used intervals.
    """

    accepted: bool
    reasons: list[str]
    enclosed: bool = False
    rests_on: set[str] = field(default_factory=set)
    instances: list[dict[str, Any]] = field(default_factory=list)
    evidence: Evidence | None = None  # of the steps of the printed proof
    recorded: bool = True
    kept: bool = False  # the certificates were taken from a store
    ended: bool = False  # the process that ran the proof ended before it did
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
            certificate = load(data)
            statement = kernel_check(certificate)
        except (CheckError, Malformed) as error:
            finding.accepted = False
            finding.reasons.append(f"{name}: {error}")
            continue
        if name in expected:
            finding.rests_on |= set(statement["rests_on"])
            finding.enclosed |= any("prec" in step for step in certificate["steps"])
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
            standing = "certified" if trust(name, claims, findings) == "enclosed" else "proved"
            verdicts[name] = (
                "open" if reasons else _standing(claim, standing, lambda x: verdict(x, (*above, name))),
                reasons,
            )
        return verdicts[name][0]

    for name in claims:
        verdict(name, ())
    return verdicts


def trust(name: str, claims: Mapping[str, Claim], findings: Mapping[str, Finding]) -> str:
    """`enclosed` when intervals are among what proves a claim, its own steps or below, else `exact`."""
    seen, ahead = set[str](), [name]
    while ahead:
        here = ahead.pop()
        if here in claims and here not in seen:
            seen.add(here)
            if findings[here].enclosed:
                return "enclosed"
            ahead += [*claims[here].goal["depends_on"], *findings[here].rests_on]
    return "exact"


def _standing(claim: Claim, standing: str, verdict: Callable[[str], str]) -> str:
    """The verdict of a claim whose goal was reached. standing: if the goal does not refute it."""
    if not claim.goal.get("refutes"):
        return standing
    amended = claim.goal.get("replaced_by")
    return "repaired" if amended and verdict(amended) in STANDING else "refuted"


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
