"""Hostile inputs for every reader: network files, npz, certificates, formulas, numbers, command lines.

python -m tests.campaigns hostile [--cases N] [--seed S] [--only KIND [--at NUMBER]] [--record FILE] [--json]

Each input is read in a process that may take 10 s of processor time and 1 GiB, and is watched for code that
it runs, files that it writes, and files that it leaves. Either it is accepted, or it is refused in one line
that says what was expected and what was found, with a documented exit status. Status 1 for anything else.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.hostile import watch

CASES = 2_000


def run(cases: int, seed: int, kinds: Sequence[str] = tuple(watch.KINDS), at: int | None = None,
        verbose: bool = False) -> tuple[dict[str, Any], list[watch.Finding]]:
    """The figures: outcomes by kind; and what was found."""
    found: list[watch.Finding] = []
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            start = time.perf_counter()
            todo = range(at, at + 1) if at is not None else range(watch.numbers(kind, cases))
            counts: Counter[str] = Counter()
            for answer in watch.watch(kind, seed, todo, Path(folder) / kind.replace(" ", "-")):
                if isinstance(answer, watch.Finding):
                    found.append(answer)
                    print(f"{kind} {answer.number}: {answer.what}", file=sys.stderr, flush=True)
                else:
                    counts[answer[1]] += 1
            figures[kind] = {"cases": len(todo), "outcomes": dict(sorted(counts.items())),
                             "seconds": round(time.perf_counter() - start, 1)}
            if verbose:
                print(f"{kind:26}{len(todo):7}  {dict(counts.most_common(6))}", flush=True)
    return figures, found


def summary(figures: dict[str, Any], found: Sequence[watch.Finding], seed: int) -> dict[str, Any]:
    return {"campaign": "hostile", "date": datetime.now(UTC).date().isoformat(), "seed": seed,
            "cases": sum(x["cases"] for x in figures.values()), "kinds": figures,
            "limits": {"seconds": watch.SECONDS, "bytes": watch.MEMORY},
            "findings": [{"kind": x.kind, "number": x.number, "what": x.what} for x in found],
            "seconds": round(sum(x["seconds"] for x in figures.values()), 1)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns hostile",
                                     description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=list(watch.KINDS), action="append")
    parser.add_argument("--at", type=int, help="Only the input of this number.")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    figures, found = run(given.cases, given.seed, given.only or tuple(watch.KINDS), given.at, not given.json)
    content = summary(figures, found, given.seed)
    text = json.dumps(content, indent=1, sort_keys=True) + "\n"
    if given.record:
        given.record.parent.mkdir(parents=True, exist_ok=True)
        given.record.write_text(text)
    if given.json:
        print(text, end="")
    else:
        print(f"{content['cases']} hostile inputs, {len(found)} findings, {content['seconds']} s")
    return 1 if found else 0
