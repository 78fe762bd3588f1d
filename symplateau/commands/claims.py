"""`check` and `ledger`: the claims of the papers, and what is proved of them."""

import os
from dataclasses import asdict
from pathlib import Path

import click

from .statuses import OK, REJECTED, UNDECIDED, worst
from .terminal import emit, emit_found, emit_json, working

MOST_JOBS, LARGEST_JOBS = 8, 64  # by default; at all


@click.command(short_help="Run the proofs of the claims.")
@click.argument("claims", metavar="[CLAIM...]", nargs=-1)
@click.option("--paper", metavar="PAPER", help="Only the claims of this paper: stationary-plateau, ...")
@click.option(
    "--jobs", type=click.IntRange(1, LARGEST_JOBS), metavar="N",
    help=f"Processes, at most {LARGEST_JOBS}.  [default: one for each processor]"
)
@click.option("--store", metavar="DIR", help="Where the certificates go.  [default: the user's cache]")
@click.option("--fresh", is_flag=True, help="Run all proofs, whatever the store has.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(
    claims: tuple[str, ...], paper: str | None, jobs: int | None, store: str | None, fresh: bool,
    as_json: bool,
) -> int:
    """Run the proofs of the claims (by default of all), re-check the certificates, print the verdicts.

    A proof that was run before by the same program is not run again: its certificates are taken from the
    store, if they are whole and as shipped, and re-checked.
    """
    from .. import ledger
    from ..report.tables import verdict_table

    folder = ledger.default_store() if store is None else Path(store)
    with working("proving") as progress:
        verdicts = ledger.check(list(claims), paper, jobs or _processors(), folder, progress, fresh=fresh)
    if as_json:
        emit_found({"claims": [asdict(verdict) for verdict in verdicts]})
    else:
        emit(verdict_table(verdicts))
    return worst(_status(x.verdict, x.recorded, asked=bool(claims)) for x in verdicts)


@click.command(short_help="What is known of the claims.")
@click.argument("claim", metavar="[CLAIM]", required=False)
@click.option("--findings", is_flag=True, help="Only what does not hold as it is printed.")
@click.option("--steps", is_flag=True, help="Every printed label, in the order of the paper.")
@click.option("--graph", is_flag=True, help="Which claim leans on which, in the DOT language.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ledger(claim: str | None, findings: bool, steps: bool, graph: bool, as_json: bool) -> int:
    """What is known of the claims, or of one CLAIM: verdicts, steps, what they lean on, what they cover.

    The shipped certificates are re-checked; no verdict is stored.
    """
    from ..ledger import ledger
    from ..report import findings as report
    from ..report import tables
    from ..report.graph import dot

    with working("re-checking the shipped certificates"):
        content = ledger([] if claim is None else [claim])
    if as_json:
        emit_json(content)
    elif findings:
        emit(report.text(content))
    elif steps:
        emit(tables.steps_table(content))
    elif graph:
        emit(dot(content))
    elif claim is None:
        emit(tables.ledger_table(content))
    else:
        emit("\n\n".join(map(tables.claim_page, content["claims"])))
    return worst(_status(x["verdict"], True, asked=claim is not None) for x in content["claims"])


def _status(verdict: str, recorded: bool, asked: bool) -> int:
    if not recorded:
        return REJECTED
    return UNDECIDED if verdict == "open" and asked else OK


def _processors() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, MOST_JOBS)
