"""What a long campaign has finished, piece by piece, in a store: one that was killed goes on from there.

The pieces are of one program, one set of tests and one command line; when the campaign ends they are removed.
"""

import hashlib
import json
from argparse import ArgumentParser
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import Any

from symplateau.claims import proofs_folder
from symplateau.steps import slug
from symplateau.store import default_store, keep, kept, program, require_store

TESTS = Path(__file__).parent.parent
FILE = "result.json"


def add_store(parser: ArgumentParser) -> None:
    """The option --store of a campaign."""
    parser.add_argument("--store", type=Path, default=default_store() / "campaigns", metavar="DIR",
                        help="where it keeps what is finished, until all is (default: the user's cache)")


@cache
def tests() -> str:
    """The digest of the tests."""
    files = {str(x.relative_to(TESTS)): hashlib.sha256(x.read_bytes()).hexdigest()
             for x in sorted(TESTS.rglob("*.py"))}
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()


class Pieces:
    """The pieces of one campaign. what: whatever determines them, beside the program and the tests."""

    def __init__(self, store: Path, *what: Any) -> None:
        words = [program(proofs_folder()), tests(), list(map(str, what))]
        self.source = hashlib.sha256(json.dumps(words).encode()).hexdigest()
        self.folder = require_store(store) / self.source[:24]

    def result(self, name: str, compute: Callable[[], Any]) -> Any:
        """The JSON of a piece: as it was kept, or computed and kept. A name is unique up to its slug."""
        files = kept(self.folder / slug(name), self.source)
        if files is not None:
            return json.loads(files[FILE])
        data = json.dumps(compute()).encode()
        keep(self.folder / slug(name), {FILE: data}, self.source)
        return json.loads(data)

    def files(self, name: str, compute: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """Files, likewise: by names without a folder."""
        found = kept(self.folder / slug(name), self.source)
        if found is None:
            found = compute()
            keep(self.folder / slug(name), found, self.source)
        return found

    def clear(self) -> None:
        """The campaign has ended."""
        rmtree(self.folder, ignore_errors=True)
