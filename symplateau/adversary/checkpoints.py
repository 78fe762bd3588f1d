"""How far a search has got, in a store: one that was killed goes on from there, and ends in the same.

A checkpoint is made between two networks, every few seconds. It holds the counts and the witnesses, whose
certificates the kernel checks again when it is read.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import rmtree
from time import monotonic
from typing import TYPE_CHECKING, Any

from ..argument import checked
from ..claims import proofs_folder
from ..errors import InputError, Undecided
from ..kernel.format import CheckError, Malformed, Rejected
from ..store import keep, kept, program
from .assertions import Assertion
from .stages import stage_of

if TYPE_CHECKING:
    from .search import Tally, Witness

SECONDS = 2.0  # between checkpoints, or SHARE times what the last one took
SHARE = 20
FILE = "search.json"
COUNTS = ("networks", "points", "met", "unclear", "confirmed", "undecided", "violated")
UNREADABLE = (InputError, CheckError, Malformed, Rejected, Undecided, ArithmeticError, LookupError, TypeError,
              ValueError, AttributeError)


class Checkpoint:
    """The place of one search in a store: of these assertions in this order, seed and options."""

    def __init__(self, store: Path, assertions: Iterable[Assertion], *options: Any) -> None:
        said = [[x.claim, x.name, x.quantifier, list(x.hypotheses), x.conclusion] for x in assertions]
        words = [program(proofs_folder()), said, list(map(str, options))]
        self.source = hashlib.sha256(json.dumps(words).encode()).hexdigest()
        self.folder = store / "searches" / self.source[:24]
        self.spent = 0.0  # seconds, before this process
        self.started = self.saved = monotonic()
        self.pause = SECONDS

    def resume(self, tallies: Sequence["Tally"]) -> int:
        """Fill the tallies; the number of networks that were done."""
        files = kept(self.folder, self.source)
        if files is None:
            return 0
        try:
            content = json.loads(files[FILE])
            witnesses = [_witness(x.assertion, entry["witness"])
                         for x, entry in zip(tallies, content["tallies"], strict=True)]
            done, spent = int(content["done"]), float(content["seconds"])
            counts = [[int(entry[name]) for name in COUNTS] for entry in content["tallies"]]
            cases = [Counter(dict(entry["cases"])) for entry in content["tallies"]]
        except UNREADABLE:
            return 0
        for tally, numbers, labels, found in zip(tallies, counts, cases, witnesses, strict=True):
            for name, value in zip(COUNTS, numbers, strict=True):
                setattr(tally, name, value)
            tally.cases, tally.witness = labels, found
        self.spent = spent
        return done

    def pass_by(self, tallies: Sequence["Tally"], done: int) -> None:
        """Between two networks: save, when it is time."""
        if monotonic() - self.saved >= self.pause:
            self.save(tallies, done)

    def save(self, tallies: Sequence["Tally"], done: int) -> None:
        """Write it. Raises InputError (status 2)."""
        begun = monotonic()
        content = {"done": done, "seconds": self.spent + begun - self.started,
                   "tallies": [_entry(x) for x in tallies]}
        keep(self.folder, {FILE: json.dumps(content).encode()}, self.source)
        self.saved = monotonic()
        self.pause = max(SECONDS, SHARE * (self.saved - begun))

    def clear(self) -> None:
        """The search is over and what it found is elsewhere."""
        rmtree(self.folder, ignore_errors=True)


def _entry(tally: "Tally") -> dict[str, Any]:
    found = tally.witness
    kept_witness = None if found is None else {
        "scene": found.written, "certificates": list(found.certificates), "because": list(found.arithmetic)}
    return {**{name: getattr(tally, name) for name in COUNTS}, "cases": list(tally.cases.items()),
            "witness": kept_witness}


def _witness(assertion: Assertion, entry: Any) -> "Witness | None":
    """A witness as it was, its certificates checked again. Raises one of UNREADABLE."""
    from .search import Witness

    if entry is None:
        return None
    for certificate in entry["certificates"]:
        checked(certificate)
    scene = stage_of(assertion).read(entry["scene"])
    return Witness(assertion, scene, tuple(entry["certificates"]), tuple(map(str, entry["because"])))
