"""The adversary for every claim: `proofs/searched`, and the certificates of hypotheses that are needed."""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from symplateau.adversary.records import file_of, make
from symplateau.claims import Claim, read_claims, select
from symplateau.files import write_bytes

from .record import record, recorded


def run(arguments: Sequence[str]) -> int:
    """Search, write, print a line for each claim. 1 when a claim that is not refuted has a witness."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns refute")
    parser.add_argument("claims", nargs="*", metavar="CLAIM")
    recorded(parser)
    options, start = parser.parse_args(arguments), time.monotonic()
    claims, totals = read_claims(), Counter[str]()
    for name in select(claims, options.claims, None):
        found = search(claims[name], claims)
        expected = found["result"] == "not found" or bool(claims[name].goal.get("refutes"))
        met = sum(x["met"] for x in found["assertions"])
        needed = Counter(x["needed"] for x in found["hypotheses"])
        totals.update({f"needed: {x}": n for x, n in needed.items()})
        totals.update({"claims": 1, f"result: {found['result']}": 1, "hypotheses met": met,
                       "not as recorded": int(not expected)})
        counts = ", ".join(f"{word} {needed[word]}" for word in ("yes", "no", "not found"))
        print(
            f"{name}: {found['result']}; hypotheses met {met} times; needed: {counts}"
            f"{'' if expected else '  NOT AS RECORDED'}",
            flush=True,
        )
    record("refute", dict(totals) | {"seconds": round(time.monotonic() - start)}, options.record)
    return 1 if totals["not as recorded"] else 0


def search(claim: Claim, claims: dict[str, Claim]) -> dict[str, list[dict[str, str]]]:
    """Search one claim, and replace its record and certificates."""
    record, certificates = make(claim, claims)
    root = claim.goal_file.parent.parent
    for kind in ("searched", "hypotheses"):
        place = root / "certificates" / claim.goal_file.parent.name / kind
        place.mkdir(parents=True, exist_ok=True)
        for stale in place.glob(f"{claim.stem}-*.json"):
            if _belongs(stale, claim, claims):
                stale.unlink()
    for name, data in certificates.items():
        write_bytes(root / "certificates" / name, data)
    file_of(claim).parent.mkdir(parents=True, exist_ok=True)
    write_bytes(file_of(claim), (json.dumps(record, indent=1) + "\n").encode())
    return record


def _belongs(file: Path, claim: Claim, claims: dict[str, Claim]) -> bool:
    """Whether a certificate is this claim's: stems may begin with each other."""
    stems = [x.stem for x in claims.values() if file.name.startswith(f"{x.stem}-")]
    return max(stems, key=len) == claim.stem
