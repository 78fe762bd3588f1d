"""A dispute: one archive with all that is needed to look into an answer that may be wrong.

A zip file: the files as they are, what each is with its SHA-256, what both checkers say of the certificates
among them today, and the versions of what they say it with. Equal content makes equal bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .claims import read_claims
from .errors import InputError
from .versions import versions

FORMAT = "symplateau dispute 1"
CONTENTS = "contents.json"
MAX_FILE, MAX_BYTES, MAX_NOTE = 64 * 2**20, 256 * 2**20, 10_000
CERTIFICATE = b'{"format":"symplateau certificate'
START = (1980, 1, 1, 0, 0, 0)  # of all entries: the clock says nothing about the content

Ask = Callable[[bytes], dict[str, Any]]


def collect(names: list[str], shipped: Mapping[str, Path]) -> dict[str, bytes]:
    """The files of a dispute, by their names in the archive.

    names: files, shipped networks, or ids of claims: their goal, script and certificates. Raises InputError.
    """
    found: dict[str, bytes] = {}
    claims = read_claims() if any("/" in name and not Path(name).exists() for name in names) else {}
    for number, name in enumerate(names):
        if not Path(name).exists() and name in claims:
            claim = claims[name]
            files = [claim.goal_file, claim.script, *sorted(claim.certificates.glob("*.json"))]
            found |= {f"{number}/{claim.stem}/{file.name}": _read(file) for file in files}
        else:
            file = Path(name) if Path(name).exists() else shipped.get(name, Path(name))
            found[f"{number}/{file.name}"] = _read(file)
        if sum(map(len, found.values())) > MAX_BYTES:
            raise InputError(None, None, f"files of at most {MAX_BYTES} bytes in all", "more", status=2)
    return found


def _read(file: Path) -> bytes:
    """Raises InputError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        got = getattr(error, "strerror", None) or error
        raise InputError(file, None, "a readable file, a shipped network, or a claim", got) from None
    if len(data) > MAX_FILE:
        raise InputError(file, None, f"at most {MAX_FILE} bytes", "more")
    return data


def contents(files: Mapping[str, bytes], note: str, ask: Ask) -> dict[str, Any]:
    """What the archive says of itself. ask: what the checkers say of the bytes of a certificate."""
    described = []
    for name, data in files.items():
        entry: dict[str, Any] = {"name": name, "sha256": hashlib.sha256(data).hexdigest()}
        if data.startswith(CERTIFICATE):
            entry["checkers"] = {key: value for key, value in ask(data).items() if key != "status"}
        described.append(entry)
    return {"format": FORMAT, "note": note, "versions": versions(), "files": described}


def pack(files: Mapping[str, bytes], described: Mapping[str, Any]) -> bytes:
    """The archive, with its contents as the first entry."""
    stream = io.BytesIO()
    first = {CONTENTS: (json.dumps(described, indent=1, sort_keys=True) + "\n").encode()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**first, **files}.items():
            entry = zipfile.ZipInfo(name, START)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
