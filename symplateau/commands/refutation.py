"""`refute`: a search for a counterexample to a claim, and what was searched."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .statuses import INTERRUPTED, NOTHING, OK, REJECTED
from .terminal import complain, emit, emit_found, require_writable, working

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..adversary.checkpoints import Checkpoint
    from ..adversary.search import Tally
    from ..claims import Claim

MOST_CASES = 12
SECONDS = 20.0
ATTEMPTS = 40  # at each algebraic statement


@click.command(short_help="Search for a counterexample to a claim.")
@click.argument("claim", metavar="CLAIM")
@click.option("--seconds", type=float, metavar="S",
              help="Time for the search.  [default: 20, none with --networks]")
@click.option("--networks", type=click.IntRange(min=1), metavar="N", help="End after N networks.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Of the random networks.")
@click.option("-o", "--output", metavar="CERT", help="Write the certificate of the smallest counterexample.")
@click.option("--store", metavar="DIR",
              help="Where it keeps how far it has got.  [default: the user's cache]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def refute(claim: str, seconds: float | None, networks: int | None, seed: int, output: str | None,
           store: str | None, as_json: bool) -> int:
    """Search for a counterexample to CLAIM among exact small networks, the degenerate ones first, and among
    values of its algebraic statements.

    The same command goes on where an earlier one was interrupted or killed. Exit status 1 when one is found
    to a claim that is not known to be false. Finding none proves nothing.
    """
    from ..claims import read_claims, select
    from ..deadline import read_seconds

    claims = read_claims()
    found = claims[select(claims, [claim], None)[0]]
    refuted = bool(found.goal.get("refutes"))
    seconds = SECONDS if seconds is None and networks is None else seconds
    if seconds is not None:
        read_seconds(seconds)
    if output is not None:
        require_writable(output)
    checkpoint = _checkpoint(found, claims, seed, store)
    content, tallies = _search(found, claims, seconds, networks, seed, checkpoint)
    _write(tallies, output)
    if as_json:
        emit_found(content)
    else:
        emit(_describe(content, tallies, refuted))
    if content["interrupted"]:
        return INTERRUPTED
    if checkpoint is not None:
        checkpoint.clear()
    if not content["assertions"] and not content["statements"]:
        return NOTHING
    return REJECTED if content["result"] == "found" and not refuted else OK


def _checkpoint(claim: "Claim", claims: "Mapping[str, Claim]", seed: int,
                store: str | None) -> "Checkpoint | None":
    """Of this search in the store; none where the user's cache cannot be written."""
    from ..adversary.checkpoints import Checkpoint
    from ..adversary.search import assertions_of, dependents
    from ..store import default_store, require_store

    try:
        place = require_store(default_store() if store is None else Path(store))
    except InputError:
        if store is not None:
            raise
        return None
    return Checkpoint(place, assertions_of(claim.id), sorted(dependents(claim.id, claims)), seed, False)


def _search(
    claim: "Claim", claims: "Mapping[str, Claim]", seconds: float | None, networks: int | None, seed: int,
    checkpoint: "Checkpoint | None",
) -> "tuple[dict[str, Any], list[Tally]]":
    """What was searched, as JSON and as tallies; after an interrupt what was done until then."""
    from ..adversary.records import statements
    from ..adversary.search import assertions_of, dependents, search

    content: dict[str, Any] = {"claim": claim.id, "seed": seed, "interrupted": False, "statements": []}
    tallies: list[Tally] = []
    assertions = assertions_of(claim.id)
    try:
        with working("searching") as progress:
            content["statements"] = statements(claim, seed, ATTEMPTS)
            if assertions:
                for now in search(assertions, dependents(claim.id, claims), seed, networks, seconds,
                                  progress=progress, checkpoint=checkpoint):
                    tallies = now
    except KeyboardInterrupt:
        content["interrupted"] = True
    content["assertions"] = [tally.record() | {"witness": _witness(tally)} for tally in tallies]
    broken = [x for x in tallies if x.violated] or [x for x in content["statements"] if x["found"]]
    return content | {"result": "found" if broken else "not found"}, tallies


def _smallest(tallies: "list[Tally]") -> Any:
    return min((x.witness for x in tallies if x.witness is not None), key=lambda x: x.size, default=None)


def _witness(tally: "Tally") -> dict[str, Any] | None:
    found = tally.witness
    return None if found is None else {
        **found.written, "certificates": [x["sha256"] for x in found.certificates],
        "because": list(found.arithmetic)}


def _write(tallies: "list[Tally]", output: str | None) -> None:
    """Write the certificate of the smallest witness that has one; say so where none does."""
    from ..kernel.format import encode
    from ..writing import write_bytes

    if output is None:
        return
    found = _smallest(tallies)
    if found is None or not found.certificates:
        complain(f"{output}: not written, as no counterexample with a certificate was found")
        return
    for number, certificate in enumerate(found.certificates):
        write_bytes(output if number == 0 else f"{output}.{number + 1}", encode(certificate))


def _describe(content: dict[str, Any], tallies: "list[Tally]", refuted: bool) -> str:
    from ..adversary.assertions import read_assertions

    expected = "it is refuted" if refuted else "it is not known to be false"
    result = {"found": "counterexample found", "not found": "no counterexample found"}[content["result"]]
    lines = [f"{content['claim']}: {result} ({expected})"]
    lines += ["interrupted: what follows was searched before"] * content["interrupted"]
    for tally in tallies:
        lines += _tally(tally)
    for entry in content["statements"]:
        lines.append(f"  statement {entry['name']!r}: {entry['attempts']} attempts, hypotheses met"
                     f" {entry['met']} times, {'VIOLATED' if entry['found'] else 'no violation'}")
    if not tallies and not content["statements"]:
        known = read_assertions().get(content["claim"])
        lines.append("  nothing was searched" + (f": {known.data['none']}" if known is not None else ""))
    return "\n".join(lines)


def _scene(written: dict[str, Any]) -> str:
    """The network, the neuron and what is done with it, in one line."""
    from ..report.findings import plain, witness

    parts = [witness({"about": written["network"]}), f"neuron {written['neuron']}"]
    for name, value in written.items():
        if name == "coefficients":
            parts += [f"lambda = ({', '.join(value)})"] if value else []
        elif name not in ("network", "neuron"):
            parts.append(f"{name} " + ", ".join(f"{key} = {plain(x)}" for key, x in value.items()))
    return ", ".join(parts)


def _tally(tally: "Tally") -> list[str]:
    from ..report.tables import wrapped

    a = tally.assertion
    lines = [
        f"  {a.name}: {a.quantifier} {', '.join(a.hypotheses)}  =>  {a.conclusion}",
        f"    {tally.networks} networks, {tally.points} points; hypotheses met {tally.met} times"
        f" (and {tally.unclear} unclear): {tally.confirmed} confirmed, {tally.undecided} undecided,"
        f" {tally.violated} violated"]
    if tally.cases:
        common = ", ".join(f"{name} {count}" for name, count in Counter(tally.cases).most_common(MOST_CASES))
        lines.append(f"    among them: {common}")
    if tally.witness is not None:
        found = tally.witness
        lines.append(f"    smallest counterexample: {_scene(found.written)}")
        lines += [f"    by exact arithmetic: {'; '.join(found.arithmetic)}"] * bool(found.arithmetic)
        lines += [f"    certificate {x['sha256'][:16]}, accepted by the kernel" for x in found.certificates]
    return [part for line in lines for part in wrapped(line)]
