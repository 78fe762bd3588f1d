"""What was searched for each claim, and which of its hypotheses are needed, as recorded and checked again.

A record lies in `proofs/searched/<paper>`, its certificates beside those of the paper. A witness counts
only when the kernel accepts its certificates and the scene, evaluated anew, shows what it is said to show.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..claims import Certificates, Claim, proofs_folder, read_claims
from ..errors import InputError, Undecided
from ..kernel.certificate import check
from ..kernel.format import CheckError, Malformed, Rejected, encode, load
from ..steps import slug
from .assertions import EXISTS, Assertion, closure, derived, read_assertions
from .checkpoints import Checkpoint
from .search import Tally, Witness, dependents, met, search
from .stages import nowhere, stage_of
from .valuations import refute_statement

ATTEMPTS, SEED = 40, 0  # of a record: attempts at each statement


def searched(claim: str, folder: Path | None = None) -> dict[str, Any] | None:
    """What was searched for a claim, without the hypotheses; None where nothing is recorded."""
    record = _read(claim, folder)
    return None if record is None else {name: x for name, x in record.items() if name != "hypotheses"}


def hypotheses(claim: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """For each hypothesis of each assertion: is it "needed": "yes", "no" or "not found".

    A "yes" says by what: its certificates, re-checked, or exact arithmetic alone. One whose certificate is
    not accepted, or does not show it, becomes "not found", with the reason.
    """
    record = _read(claim, folder)
    if record is None:
        return []
    root = folder or proofs_folder()
    found = read_assertions(root).get(claim)
    assertions = {x.name: x for x in (found.all if found is not None and found.pinned else [])}
    return [_rechecked(entry, assertions.get(entry["assertion"]), root) for entry in record["hypotheses"]]


def _read(claim: str, folder: Path | None) -> dict[str, Any] | None:
    """The record of a claim, None where there is none. Raises InputError for a file that is no record."""
    known = read_claims(folder).get(claim)
    if known is None or not (file := file_of(known)).exists():
        return None
    try:
        record = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(file, None, "JSON", error) from None
    entries = record.get("hypotheses") if isinstance(record, dict) else None
    if not isinstance(entries, list):
        raise InputError(file, "hypotheses", "a list of them", "none")
    for number, entry in enumerate(entries):
        names = ("assertion", "hypothesis", "needed")
        if not isinstance(entry, dict) or not all(isinstance(entry.get(x), str) for x in names):
            raise InputError(file, f"hypotheses[{number}]", ", ".join(names), "something else")
    return dict(record)


def _rechecked(entry: dict[str, Any], assertion: Assertion | None, root: Path) -> dict[str, Any]:
    if assertion is None or entry["hypothesis"] not in assertion.hypotheses:
        return entry | {"needed": "not found", "reason": "the assertions are not those that were searched"}
    if entry["needed"] != "yes":
        return entry
    weaker = assertion.without(entry["hypothesis"])
    reason = doubt(weaker, entry.get("witness"), root, denied=entry["hypothesis"])
    by = "the kernel's certificates" if entry["witness"]["certificates"] else "exact arithmetic"
    return entry | {"by": by} if reason is None else entry | {"needed": "not found", "reason": reason}


def doubt(
    assertion: Assertion, witness: Any, root: Path, denied: str | None = None
) -> str | None:
    """Why a recorded witness does not show that an assertion fails; None where it does.

    denied: a word that has to be false of it, the hypothesis that was dropped.
    """
    stage = stage_of(assertion)
    try:
        for name in witness["certificates"]:
            content = load((root / "certificates" / name).read_bytes())
            statement = check(content)
            about = statement["about"]
            if any(about[x] != witness["network"][x] for x in stage.data):
                return f"{name} is about another network"
            if any(claim.goal.get("refutes") for claim in _named(statement["rests_on"], root)):
                return f"{name} rests on a refuted claim"
        scene = stage.read(witness)
    except (CheckError, Malformed, OSError) as error:
        return str(error)
    except (InputError, Rejected, Undecided, ArithmeticError, LookupError, TypeError, ValueError,
            AttributeError, RecursionError):
        return "the witness is no network"
    if not fails(assertion, scene.source, scene):
        return "the scene does not show it"
    return None if denied is None or stage.denies(scene, denied) else f"it does not deny: {denied}"


def _named(names: Iterable[str], root: Path) -> list[Claim]:
    claims = read_claims(root)
    return [claims[name] for name in names if name in claims]


def fails(assertion: Assertion, narrow: Any, scene: Any) -> bool:
    """Whether the hypotheses hold certainly, and the conclusion fails certainly."""
    if assertion.quantifier != EXISTS:
        conclusion = stage_of(assertion).predicates[assertion.conclusion]
        return met(assertion, scene).value is True and conclusion(scene).value is False
    plain = tuple(x for x in assertion.hypotheses if not x.startswith("lambda:"))
    held = met(replace(assertion, hypotheses=plain), narrow.scene())
    return held.value is True and nowhere(assertion, narrow).value is True


# Making records.


def make(claim: Claim, claims: Mapping[str, Claim], networks: int | None = None,
         seed: int = SEED, store: Path | None = None) -> tuple[dict[str, Any], Certificates]:
    """The record of a claim, and its certificates by their place below `certificates`. No times in it.

    store: where it keeps how far it has got.
    """
    found = read_assertions().get(claim.id)
    assertions = [] if found is None else found.all
    if networks is None:
        networks = max((stage_of(x).networks for x in assertions), default=0)
    record: dict[str, Any] = {"claim": claim.id, "seed": seed, "networks": networks if assertions else 0}
    if found is not None and found.data.get("none"):
        record["none"] = found.data["none"]
    certificates: Certificates = {}
    tallies = last(assertions, dependents(claim.id, claims), seed, networks, store=store)
    record["assertions"] = [x.record() | {"witness": _kept(claim, x.assertion.name, x.witness, "searched",
                                                           certificates)} for x in tallies]
    record["statements"] = statements(claim, seed)
    refuted = any(x.violated for x in tallies) or any(x["found"] for x in record["statements"])
    record["result"] = "found" if refuted else "not found"
    record["hypotheses"] = [] if claim.goal.get("refutes") else _needed(
        claim, assertions, claims, networks, seed, certificates, store)
    return record, certificates


def last(assertions: list[Assertion], barred: frozenset[str], seed: int, networks: int,
         smallest: bool = False, store: Path | None = None) -> list[Tally]:
    """The tallies at the end of a search; one that was killed goes on from what it left in the store."""
    found: list[Tally] = []
    kept = None if store is None else Checkpoint(store, assertions, sorted(barred), seed, smallest)
    for tallies in search(assertions, barred, seed, networks, smallest=smallest,
                          checkpoint=kept) if assertions else ():
        found = tallies
    if kept is not None and found:
        kept.save(found, networks)
    return found


def statements(claim: Claim, seed: int = SEED, attempts: int = ATTEMPTS) -> list[dict[str, Any]]:
    """The algebraic statements of the goal, searched for values that violate them."""
    found = []
    for entry in claim.goal["statements"]:
        if "says" in entry:
            result = refute_statement(entry["says"], attempts, seed)
            found.append({"name": entry["name"], "attempts": result.tried, "met": result.met,
                          "found": result.values is not None})
    return found


def _needed(claim: Claim, assertions: list[Assertion], claims: Mapping[str, Claim], networks: int, seed: int,
            certificates: Certificates, store: Path | None) -> list[dict[str, Any]]:
    """Each hypothesis dropped in turn."""
    pairs = [(a, word, spared(a, word, claims)) for a in assertions for word in a.hypotheses]
    open_pairs = [(a, word) for a, word, reason in pairs if reason is None]
    tallies = last([a.without(word) for a, word in open_pairs], frozenset(), seed, networks, smallest=True,
                   store=store)
    tally_of = dict(zip(((a.name, word) for a, word in open_pairs), tallies, strict=True))
    found: list[dict[str, Any]] = []
    for a, word, reason in pairs:
        entry: dict[str, Any] = {"assertion": a.name, "hypothesis": word}
        if reason is not None:
            found.append(entry | {"needed": "no", "reason": reason})
            continue
        tally = tally_of[a.name, word]
        if tally.witness is None:
            found.append(entry | {"needed": "not found", "searched": tally.met})
        else:
            name = f"{a.name} without {word}"
            kept = _kept(claim, name, tally.witness, "hypotheses", certificates)
            found.append(entry | {"needed": "yes", "witness": kept})
    return found


def spared(assertion: Assertion, word: str, claims: Mapping[str, Claim]) -> str | None:
    """Why a hypothesis is not needed: it follows from the others, or a claim of ours does without it."""
    weaker = assertion.without(word)
    if word in closure(frozenset(weaker.hypotheses)):
        return "it follows from the other hypotheses"
    if word in assertion.spared:
        return assertion.spared[word]
    found = implied(weaker, claims)
    return f"without it by {' and '.join(found)}" if found else None


def implied(assertion: Assertion, claims: Mapping[str, Claim]) -> list[str]:
    """The assertions of claims that are not refuted from which the vocabulary alone derives this one.

    Several, where they do so together: each for some sign patterns of the coefficients.
    """
    files = [found for name, found in read_assertions().items()
             if found.pinned and name in claims and not claims[name].goal.get("refutes")]
    known = [other for found in files for other in found.all]
    used = derived(assertion, known)
    return list(dict.fromkeys(f"{other.claim} ({other.name})" for other in used))


def _kept(claim: Claim, name: str, witness: Witness | None, kind: str,
          certificates: Certificates) -> dict[str, Any] | None:
    """A witness as a record has it; its certificates are added."""
    if witness is None:
        return None
    stem = f"{claim.goal_file.parent.name}/{kind}/{claim.stem}-{slug(name)}"
    names = [f"{stem}{'' if k == 0 else f'-{k + 1}'}.json" for k in range(len(witness.certificates))]
    certificates |= dict(zip(names, map(encode, witness.certificates), strict=True))
    return {**witness.written, "certificates": names, "because": list(witness.arithmetic)}


def file_of(claim: Claim) -> Path:
    """Where the record of a claim belongs."""
    paper = claim.goal_file.parent
    return paper.parent / "searched" / paper.name / f"{claim.stem}.json"
