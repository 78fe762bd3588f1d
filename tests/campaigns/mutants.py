"""False neighbours of the assertions, from their syntax: refuted, or derived from what is known.

A mutant is *refuted* when a certified scene violates it, *implied* when the vocabulary derives it from
assertions of claims that are not refuted (weaker, or the same as one of them), *empty* when no coefficients
meet its hypotheses, *spared* when the claim's own readings do without the dropped hypothesis. What is none of
these is shown: it is true, and nobody says so, or the grid is too poor.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from symplateau.adversary.assertions import (
    EXISTS,
    FOR_ALL,
    Assertion,
    closure,
    derived,
    patterns,
    read_assertions,
)
from symplateau.adversary.records import last
from symplateau.adversary.stages import stage_of
from symplateau.claims import read_claims, select

from .exchanges import NEGATIONS, exchangeable
from .pieces import Pieces, add_store
from .record import figures, record, recorded

REGIONS = ("PD", "ND", "not PD", "not ND", "saddle", "plus", "minus", "has a zero")
HESSIANS = (
    "positive definite",
    "negative definite",
    "indefinite",
    "not zero",
    "zero",
    "has a positive eigenvalue",
    "has a negative eigenvalue",
)
POINTS = ("stationary", "local minimum", "local maximum", "saddle")
TURNED = {
    "neuron: locally effective": "neuron: locally ineffective",
    "neuron: locally constant": "neuron: not locally constant",
    "narrow: all hidden values zero": "narrow: some hidden value not zero",
    "H: has no positive eigenvalue": "H: has a positive eigenvalue",
    "wide: same loss": "wide: another point",
    "narrow: not a local maximum": "narrow: local maximum",
    "wide: not a local minimum": "wide: local minimum",
}
TURNED |= NEGATIONS
TURNED |= {after: before for before, after in TURNED.items()}


@dataclass(frozen=True)
class Mutant:
    """A changed assertion, and what was done to it."""

    origin: Assertion
    changed: Assertion
    edit: str


def mutants(assertion: Assertion) -> Iterator[Mutant]:
    """Regions, inner Hessians and conclusions swapped; hypotheses dropped; the quantifier turned."""
    for word in assertion.hypotheses:
        yield Mutant(assertion, assertion.without(word), f"dropped: {word}")
        subject, _, name = word.partition(": ")
        others = {"lambda": REGIONS, "H": HESSIANS}.get(subject, ())
        for other in others if name in others else ():
            yield from _swapped(assertion, word, f"{subject}: {other}")
        for other in exchangeable(word):
            yield from _swapped(assertion, word, other)
    subject, _, name = assertion.conclusion.partition(": ")
    for other in POINTS if name in POINTS else ():
        if other != name:
            yield _concluding(assertion, f"{subject}: {other}")
    for other in exchangeable(assertion.conclusion):
        if other != assertion.conclusion:
            yield _concluding(assertion, other)
    if assertion.conclusion in TURNED:
        yield _concluding(assertion, TURNED[assertion.conclusion])
    if assertion.splits:
        turned = EXISTS if assertion.quantifier == FOR_ALL else FOR_ALL
        yield Mutant(assertion, replace(assertion, quantifier=turned), f"quantifier: {turned}")


def _swapped(assertion: Assertion, word: str, other: str) -> Iterator[Mutant]:
    if other != word:
        hypotheses = tuple(other if x == word else x for x in assertion.hypotheses)
        yield Mutant(assertion, replace(assertion, hypotheses=hypotheses), f"{word} -> {other}")


def _concluding(assertion: Assertion, word: str) -> Mutant:
    return Mutant(assertion, replace(assertion, conclusion=word), f"then: {word}")


def judge(
    found: list[Mutant], known: list[Assertion], networks: int | None = None, store: Path | None = None
) -> list[tuple[Mutant, str]]:
    """Each mutant with its fate. Raises AssertionError where one is the assertion that it was made from.

    networks: of the grid, as many as records are about if None. store: where the search keeps how far it is.
    """
    fates: dict[int, str] = {}
    for number, mutant in enumerate(found):
        assert mutant.changed.words != mutant.origin.words, mutant
        shares = frozenset(x for x in mutant.changed.hypotheses if x.startswith("lambda:"))
        if not patterns(shares):
            fates[number] = "empty"
        elif follows(mutant.changed) or derived(mutant.changed, known):
            fates[number] = "implied"
        elif spared(mutant):
            fates[number] = "spared"
    rest = [number for number in range(len(found)) if number not in fates]
    changed = [found[number].changed for number in rest]
    if networks is None:
        networks = max((stage_of(x).networks for x in changed), default=0)
    tallies = last(changed, frozenset(), 0, networks, smallest=True, store=store) if changed else []
    for number, tally in zip(rest, tallies, strict=True):
        fates[number] = "refuted" if tally.witness else "not refuted" if tally.met else "never met"
    return [(mutant, fates[number]) for number, mutant in enumerate(found)]


def follows(assertion: Assertion) -> bool:
    """Whether the conclusion is among what the hypotheses say."""
    return assertion.conclusion in closure(frozenset(assertion.hypotheses))


def spared(mutant: Mutant) -> bool:
    """Whether all that it changes is a hypothesis that the claim is known to do without."""
    origin, changed = mutant.origin, mutant.changed
    same = (origin.quantifier, origin.conclusion) == (changed.quantifier, changed.conclusion)
    lost = set(origin.hypotheses) - set(changed.hypotheses)
    return same and len(lost) == 1 and lost <= set(origin.spared)


def main(arguments: Sequence[str]) -> int:
    """Print the fates as JSON, and the share of the false ones (those not implied, not empty) refuted."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns mutants")
    parser.add_argument("claims", nargs="*", metavar="CLAIM")
    parser.add_argument("--networks", type=int, metavar="N", help="of the grid; default as in a record")
    add_store(parser)
    recorded(parser)
    options, start = parser.parse_args(arguments), time.monotonic()
    pieces = Pieces(options.store, "mutants", options.networks, sorted(options.claims))
    claims = read_claims()
    true = [name for name, claim in claims.items() if not claim.goal.get("refutes")]
    files = {name: x for name, x in read_assertions().items() if name in true}
    known = [a for x in files.values() for a in x.all]
    chosen = [name for name in select(claims, options.claims, None) if name in files]
    distinct = {m.changed.words: m for name in reversed(chosen) for a in files[name].all for m in mutants(a)}
    content = report(judge(list(distinct.values()), known, options.networks, pieces.folder))
    print(json.dumps(content, indent=1))
    spent = {"claims": len(chosen), "seconds": round(time.monotonic() - start)}
    record("mutants", figures(content) | spent, options.record)
    pieces.clear()
    return 0


def report(fates: Sequence[tuple[Mutant, str]]) -> dict[str, Any]:
    """The figures, and what is left."""
    counts = Counter(fate for _, fate in fates)
    false = counts.total() - counts["implied"] - counts["empty"] - counts["spared"]
    left = [
        {"claim": m.origin.claim, "assertion": m.origin.name, "edit": m.edit, "fate": fate}
        for m, fate in fates
        if fate in ("not refuted", "never met")
    ]
    share = f"{counts['refuted']}/{false}"
    return {"mutants": counts.total(), **counts, "share refuted": share, "left": left}
