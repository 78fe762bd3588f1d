"""The corpus of points with a type known by hand: what the program says of each; no answer may be wrong.

The types themselves are held against the loss near each point, so that a slip of the hand shows as well.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any

from tests.corpus import FAMILIES
from tests.corpus.cases import Family, Outcome, ask
from tests.corpus.loss import contradictions, is_exact

from .pieces import Pieces, add_store
from .record import record, recorded

FATES = ("right", "undecided", "wrong")


def examine(family: Family, seconds: float) -> dict[str, Any]:
    """The points of a family, by fate."""
    cases = list(family.cases())
    found = [ask(case, seconds) for case in cases]
    against = {x.name: list(contradictions(x)) for x in cases} if is_exact(family.name) else {}
    counts = Counter(x.fate for x in found)
    codes = Counter(code for x in found if x.fate == "undecided" for code in x.codes)
    return {
        "family": family.name,
        "reason": family.reason,
        "points": len(found),
        **{fate: counts[fate] for fate in FATES},
        "found outside the kernel": sum(x.found for x in found),
        "codes": dict(sorted(codes.items())),
        "lies": [_shown(x) for x in found if x.wrong],
        "contradicted": {name: said for name, said in against.items() if said},
    }


def _shown(outcome: Outcome) -> dict[str, Any]:
    return {"point": outcome.case.name, "truth": outcome.case.truth, "said": list(outcome.wrong)}


def totals(families: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The sums, the share of points that are decided, and in how many families all, or none, are."""
    sums = {name: sum(x[name] for x in families) for name in ("points", *FATES)}
    return {
        "families": len(families),
        **sums,
        "found outside the kernel": sum(x["found outside the kernel"] for x in families),
        "contradicted": sum(len(x["contradicted"]) for x in families),
        "share decided": f"{sums['right']}/{sums['points']}",
        "families decided whole": sum(x["right"] == x["points"] for x in families),
        "families undecided whole": sum(x["undecided"] == x["points"] for x in families),
    }


def _show(row: dict[str, Any]) -> None:
    figures = "  ".join(f"{fate} {row[fate]}" for fate in FATES)
    print(f"{row['family']:60}{row['points']:3} points  {figures}  {' '.join(row['codes'])}", flush=True)
    for lie in row["lies"]:
        print(f"  WRONG  {lie['point']}: {lie['truth']}, but said {lie['said']}", flush=True)
    for name, said in row["contradicted"].items():
        print(f"  FALSE IN THE CORPUS  {name}: {said}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Print each family and the totals; 1 if any answer is wrong, or any type of the corpus is."""
    parser = argparse.ArgumentParser(prog="corpus")
    parser.add_argument("families", nargs="*", help="parts of names; default all")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each point")
    add_store(parser)
    recorded(parser)
    options = parser.parse_args(arguments)
    pieces = Pieces(options.store, "corpus", options.seconds)
    parts, start = options.families or [""], perf_counter()
    rows = []
    for family in (x for x in FAMILIES if any(part in x.name for part in parts)):
        rows.append(pieces.result(family.name, partial(examine, family, options.seconds)))
        if not options.json:
            _show(rows[-1])
    if not rows:
        parser.error("no family has such a name")
    pieces.clear()
    result = totals(rows)
    if options.json:
        print(json.dumps({**result, "by family": rows}, indent=1))
    else:
        print(", ".join(f"{name} {value}" for name, value in result.items()), end="; ")
        print(f"{perf_counter() - start:.0f} s")
    record("corpus", result | {"seconds": round(perf_counter() - start)}, options.record)
    return 1 if result["wrong"] or result["contradicted"] else 0
