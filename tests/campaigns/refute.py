"""The adversary for every claim: `proofs/searched`, and the certificates of hypotheses that are needed."""

import json
from collections.abc import Sequence
from pathlib import Path

from symplateau.adversary.records import file_of, make
from symplateau.claims import Claim, read_claims, select
from symplateau.writing import write_bytes


def run(ids: Sequence[str]) -> int:
    """Search, write, print a line for each claim. 1 when a claim that is not refuted has a witness."""
    claims = read_claims()
    status = 0
    for name in select(claims, ids, None):
        record = search(claims[name], claims)
        expected = record["result"] == "not found" or bool(claims[name].goal.get("refutes"))
        status = status if expected else 1
        met = sum(x["met"] for x in record["assertions"])
        needed = [x["needed"] for x in record["hypotheses"]]
        counts = ", ".join(f"{word} {needed.count(word)}" for word in ("yes", "no", "not found"))
        print(
            f"{name}: {record['result']}; hypotheses met {met} times; needed: {counts}"
            f"{'' if expected else '  NOT AS RECORDED'}",
            flush=True,
        )
    return status


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
