"""The adversary for every claim: `proofs/searched`, and the certificates of hypotheses that are needed."""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from symplateau.adversary.records import file_of, make
from symplateau.claims import Claim, read_claims, select
from symplateau.writing import made, write_bytes

from .pieces import Pieces, add_store
from .record import record, recorded

RECORD = "record"


def main(arguments: Sequence[str]) -> int:
    """Search, write, print a line for each claim. 1 when a claim that is not refuted has a witness."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns refute")
    parser.add_argument("claims", nargs="*", metavar="CLAIM")
    parser.add_argument("--networks", type=int, metavar="N", help="fewer than a record is about; not written")
    add_store(parser)
    recorded(parser)
    given, start = parser.parse_args(arguments), time.monotonic()
    claims, totals = read_claims(), Counter[str]()
    pieces = Pieces(given.store, "refute", given.networks)
    for name in select(claims, given.claims, None):
        files = pieces.files(name, partial(searched, name, claims, given.networks, pieces.folder))
        found = json.loads(files[RECORD])
        if given.networks is None:
            replace(claims[name], claims, files)
        expected = found["result"] == "not found" or bool(claims[name].goal.get("refutes"))
        count(totals, found, expected)
        print(line(name, found) + ("" if expected else "  NOT AS RECORDED"), flush=True)
    pieces.clear()
    record("refute", dict(totals) | {"seconds": round(time.monotonic() - start)}, given.record)
    return 1 if totals["not as recorded"] else 0


def count(totals: Counter[str], found: dict[str, Any], expected: bool) -> None:
    """Add the record of a claim."""
    totals.update(f"needed: {x['needed']}" for x in found["hypotheses"])
    totals.update({"claims": 1, f"result: {found['result']}": 1, "not as recorded": int(not expected),
                   "hypotheses met": sum(x["met"] for x in found["assertions"])})


def line(name: str, found: dict[str, Any]) -> str:
    met = sum(x["met"] for x in found["assertions"])
    needed = [x["needed"] for x in found["hypotheses"]]
    counts = ", ".join(f"{word} {needed.count(word)}" for word in ("yes", "no", "not found"))
    return f"{name}: {found['result']}; hypotheses met {met} times; needed: {counts}"


def searched(name: str, claims: dict[str, Claim], networks: int | None, store: Path) -> dict[str, bytes]:
    """The record of a claim, and its certificates: their places below `certificates`, with a + for each /."""
    content, certificates = make(claims[name], claims, networks, store=store)
    files = {place.replace("/", "+"): data for place, data in certificates.items()}
    return {RECORD: (json.dumps(content, indent=1) + "\n").encode(), **files}


def replace(claim: Claim, claims: dict[str, Claim], files: dict[str, bytes]) -> None:
    """Replace its record and certificates; what the record does not name any more is removed last."""
    root = claim.goal_file.parent.parent
    places = {root / "certificates" / name.replace("+", "/"): data for name, data in files.items()
              if name != RECORD}
    for file, data in places.items():
        write_bytes(made(file.parent) / file.name, data)
    write_bytes(made(file_of(claim).parent) / file_of(claim).name, files[RECORD])
    for kind in ("searched", "hypotheses"):
        for file in (root / "certificates" / claim.goal_file.parent.name / kind).glob(f"{claim.stem}-*.json"):
            if file not in places and _belongs(file, claim, claims):
                file.unlink()


def _belongs(file: Path, claim: Claim, claims: dict[str, Claim]) -> bool:
    """Whether a certificate is this claim's: stems may begin with each other."""
    stems = [x.stem for x in claims.values() if file.name.startswith(f"{x.stem}-")]
    return max(stems, key=len) == claim.stem
