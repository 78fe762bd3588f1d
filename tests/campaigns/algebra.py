"""False neighbours of every algebraic statement: none may be proved; most are refuted by exact values.

python -m tests.campaigns algebra [CLAIM ...] [--seed N] [--attempts N] [-o FILE] [--record FILE]

For each mutant of each statement: the proof of the original, told of the mutant, goes to the kernel; and
values are searched that satisfy its hypotheses and violate a conclusion, which the kernel re-checks. Exit
status 1 if one is proved and refuted, or if the kernel does not agree with values that were found.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symplateau.adversary.evaluation import Says
from symplateau.adversary.implications import accepted, implied
from symplateau.adversary.mutants import Mutant, mutants, retold
from symplateau.adversary.valuations import Model, Searcher, certificate
from symplateau.claims import load_script, read_claims
from symplateau.errors import ProofError
from symplateau.kernel.format import FORMAT
from symplateau.steps import read_steps

from .record import figures, record, recorded

REFUTED, IMPLIED, OPEN = "refuted", "implied", "not refuted"
UNSOUND, DISPUTED = "proved and refuted", "witness rejected"
VERDICTS = (REFUTED, IMPLIED, OPEN, UNSOUND, DISPUTED)
ATTEMPTS, PATIENCE = 40, 30


@dataclass(frozen=True)
class Case:
    """An algebraic statement. where: "goal", or "steps". proof: the certificate that its script makes."""

    claim: str
    where: str
    name: str
    says: Says
    proof: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """What became of a mutant; the mutant without a change is the statement itself. met: how many attempts
    satisfied its hypotheses. witness: an accepted certificate."""

    case: Case
    mutant: Mutant
    verdict: str
    met: int
    witness: dict[str, Any] | None = None
    reason: str | None = None

    def line(self) -> dict[str, Any]:
        line = {"statement": self.case.name, "mutant": self.mutant.name, "before": self.mutant.before,
                "after": self.mutant.after, "met": self.met}
        return line | ({"reason": self.reason} if self.reason else {})


def cases(claims: Sequence[str] = ()) -> Iterator[Case]:
    """The statements of all goals and steps, or of those of the claims named."""
    for claim in read_claims().values():
        wanted = [n for n, x in enumerate(claim.goal["statements"]) if "says" in x]
        if wanted and (not claims or claim.id in claims):
            proofs = claim.module().prove()
            for n in wanted:
                entry = claim.goal["statements"][n]
                yield Case(claim.id, "goal", entry["name"], entry["says"], proofs[n])
    for steps in read_steps().values():
        entries = [x for x in steps.data["statements"] if "says" in x]
        if entries and (not claims or steps.claim in claims):
            proofs = load_script(steps.script).PROOFS
            for entry in entries:
                # Without a proof the statement itself is reported, as one that the kernel does not accept.
                prove = proofs.get(entry["name"], lambda: {"format": FORMAT, "steps": []})
                proof = prove()
                yield Case(steps.claim, "steps", entry["name"], entry["says"], proof)


def findings(case: Case, attempts: int = ATTEMPTS, seed: int = 0) -> Iterator[Finding]:
    """First the statement itself, which is to be proved; then every mutant."""
    frames: dict[Any, Any] = {}
    searcher = Searcher(case.says, seed, frames)
    models = [found for k in range(attempts) if (found := searcher.attempt(k))]
    yield judged(case, Mutant("the statement itself", case.says, None, "", ""), searcher, models, attempts)
    for mutant in mutants(case.says):
        if mutant.hypothesis is None:
            yield judged(case, mutant, searcher, models, attempts)
        else:
            other = Searcher(mutant.says, seed, frames)
            yield judged(case, mutant, other, tried(other, attempts), attempts)


def tried(searcher: Searcher, attempts: int) -> Iterator[Model]:
    """What the attempts find; they end early where the first of them all fail."""
    met = False
    for number in range(attempts):
        found = searcher.attempt(number)
        if found is not None:
            met = True
            yield found
        elif number >= PATIENCE and not met:
            return


def judged(
    case: Case, mutant: Mutant, searcher: Searcher, models: Iterable[Model], attempts: int
) -> Finding:
    conclusions, met, near = mutant.says["conclusions"], 0, list[Model]()
    for model in models:
        met += 1
        if model.violated(conclusions):
            return refuted(case, mutant, met, model)
        near.append(model)
    reason = implied(case.proof, mutant, empty=not near)
    if near and not reason:
        start = min(near, key=lambda x: x.slack(conclusions))
        last = searcher.descend(start, conclusions, attempts)
        if last is not None:
            return refuted(case, mutant, met, last)
    return Finding(case, mutant, IMPLIED if reason else OPEN, met, reason=reason)


def refuted(case: Case, mutant: Mutant, met: int, model: Model) -> Finding:
    try:
        witness = certificate(mutant.says, model.values, model.violated(mutant.says["conclusions"]))
    except ProofError:
        return Finding(case, mutant, DISPUTED, met)
    verdict = UNSOUND if accepted(retold(case.proof, mutant)) else REFUTED
    return Finding(case, mutant, verdict, met, witness)


def report(found: Sequence[Finding], attempts: int, seed: int) -> dict[str, Any]:
    """Counts by claim, what was not refuted, and which hypotheses are needed."""
    originals = [x for x in found if not x.mutant.before]
    changed = [x for x in found if x.mutant.before]
    groups = list(dict.fromkeys((x.case.claim, x.case.where) for x in found))
    entries = [entry(claim, where, [x for x in changed if (x.case.claim, x.case.where) == (claim, where)])
               for claim, where in groups]
    wrong = [x for x in found if x.verdict in (UNSOUND, DISPUTED)] + [
        x for x in originals if x.verdict == OPEN]
    return {
        "seed": seed, "attempts": attempts, "statements": len(originals), **shares(changed),
        "rejected": [{"claim": x.case.claim, "verdict": x.verdict, **x.line()} for x in wrong],
        "seldom met": [{"claim": x.case.claim, "statement": x.case.name, "met": x.met}
                       for x in originals if 2 * x.met < attempts],
        "claims": entries}


def shares(found: Sequence[Finding]) -> dict[str, Any]:
    """Counts by verdict; the shares are of all, and of those that were not shown to be true."""
    counts = Counter(x.verdict for x in found)
    known = {"generated": len(found), **{verdict: counts[verdict] for verdict in VERDICTS}}
    rest = len(found) - counts[IMPLIED]
    return known | {"share refuted": f"{counts[REFUTED] / max(1, len(found)):.4f}",
                    "share refuted of those not implied": f"{counts[REFUTED] / max(1, rest):.4f}"}


def entry(claim: str, where: str, found: Sequence[Finding]) -> dict[str, Any]:
    dropped = {verdict: [f"{x.case.name}: {x.mutant.hypothesis}" for x in found
                         if x.mutant.after is None and x.verdict == verdict] for verdict in VERDICTS}
    hypotheses = {"necessary": dropped[REFUTED], "implied": dropped[IMPLIED], "undecided": dropped[OPEN]}
    return {"claim": claim, "where": where, **shares(found), "hypotheses": hypotheses,
            "those not refuted": [x.line() for x in found if x.verdict == OPEN],
            "those implied": [x.line() for x in found if x.verdict == IMPLIED]}


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns algebra", description=about)
    parser.add_argument("claims", nargs="*", metavar="CLAIM")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--attempts", type=int, default=ATTEMPTS)
    parser.add_argument("-o", dest="output", type=Path)
    recorded(parser)
    given, start = parser.parse_args(arguments), time.monotonic()
    found = [x for case in cases(given.claims) for x in findings(case, given.attempts, given.seed)]
    content = report(found, given.attempts, given.seed)
    text = json.dumps(content, indent=1) + "\n"
    if given.output is None:
        print(text, end="")
    else:
        given.output.write_text(text)
        print(json.dumps({key: x for key, x in content.items() if key != "claims"}, indent=1))
    wrong = {"rejected": len(content["rejected"]), "seconds": round(time.monotonic() - start)}
    record("algebra", figures(content) | wrong, given.record)
    return 1 if content["rejected"] else 0 if found else 5

