"""A store of what was made: taken again only whole, unchanged, and if it was made from the same things.

An entry is a folder: files, and beside them the record `made-by` with their digests, the digest of what they
were made from, and the versions of what made them. The record is written last; without one that fits every
file there is no entry. So what a killed process, another version, a damaged disk or a second process at the
same time leaves behind is made anew. Nothing is believed for being in a store: certificates are re-checked.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from .errors import InputError
from .versions import ground_types_asked, versions
from .writing import made, temporary, write_bytes

RECORD = "made-by"
MOST_BYTES = 2**28  # of a file of an entry
LEFT_OUT = ("certificates", "searched", "__pycache__")  # what is made, not what it is made from


def default_store() -> Path:
    """The user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "symplateau"


def require_store(folder: Path) -> Path:
    """The folder, made where it is missing. Raises InputError (status 2) unless it can be written."""
    probe = temporary(made(folder) / RECORD)
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise InputError(folder, None, "a folder that can be written", error.strerror, status=2) from None
    return folder


@cache
def program(proofs: Path) -> str:
    """The digest of this package, of the proof scripts and goals, and of the versions of what they use."""
    found = hashlib.sha256(json.dumps(_versions(), sort_keys=True).encode())
    for top in (Path(__file__).parent, proofs):
        for file in sorted(_sources(top)):
            found.update(f"{file.relative_to(top).as_posix()}\n".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _versions() -> dict[str, str]:
    """The same in all processes of a run, whether they use SymPy or not."""
    return versions() | {"sympy ground types": ground_types_asked()}


def _sources(top: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in (*LEFT_OUT, "_proofs")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return found


def keep(folder: Path, files: Mapping[str, bytes], source: str) -> None:
    """Write an entry. source: the digest of what it was made from. Raises InputError (status 2)."""
    before = _record(folder / RECORD) or {}
    for name, data in files.items():
        with suppress(OSError):
            (made(folder) / name).rmdir()  # an empty folder in its place
        write_bytes(folder / name, data)
    vouch(made(folder) / RECORD, files, source)
    for stale in before.keys() - files.keys():
        with suppress(OSError):
            (folder / stale).unlink()


def vouch(record: Path, files: Mapping[str, bytes], source: str) -> None:
    """Write the record of files that stand beside it. Raises InputError (status 2)."""
    with suppress(OSError):
        record.rmdir()  # an empty folder in its place
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    content = {"source": source, "versions": _versions(), "files": digests}
    write_bytes(record, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


def kept(folder: Path, source: str, record: str = RECORD) -> dict[str, bytes] | None:
    """The files of an entry, if all are there, as they were written, and made from the same; else None."""
    digests = _record(folder / record, source)
    if digests is None:
        return None
    found = {name: read(folder / name) for name in digests}
    whole = {name: data for name, data in found.items()
             if data is not None and hashlib.sha256(data).hexdigest() == digests[name]}
    return whole if len(whole) == len(digests) else None


def _record(file: Path, source: str | None = None) -> dict[str, str] | None:
    """The digests by file that a record has; None without one, or if it was made from something else."""
    try:
        content = json.loads(read(file) or b"")
        digests = {str(name): str(digest) for name, digest in content["files"].items()}
        fits = source is None or content["source"] == source
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None
    plain = all(name == os.path.basename(name) and name not in ("", ".", "..", file.name) for name in digests)
    return digests if fits and plain else None


def read(file: Path) -> bytes | None:
    """What a plain file holds; None where there is none, or one that cannot be read."""
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None
