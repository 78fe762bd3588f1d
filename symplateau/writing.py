"""Writing files: whole or not at all, whatever ends the process or the power.

A file is written beside its place under a name of ours, brought to the disk, and moved there: who reads sees
the old file or the new one. A killed process leaves at most its unfinished file, whose name nothing reads;
the next write into that folder removes such files when they are old.
"""

import os
import secrets
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from .errors import InputError

FilePath = str | os.PathLike[str]

PREFIX, SUFFIX = ".symplateau-", ".tmp"
OLD = 3600.0  # seconds; no write takes so long


def write_text(path: FilePath, text: str) -> None:
    """Write text as UTF-8, whole or not at all. Raises InputError (status 2)."""
    write_bytes(path, text.encode())


def write_bytes(path: FilePath, data: bytes) -> None:
    """Write a file whole or not at all. Raises InputError (status 2)."""
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise InputError(path, None, "a writable path", "a directory or a device", status=2)
        _replace(target, data)
    except (OSError, ValueError) as error:
        got = getattr(error, "strerror", None) or error
        raise InputError(path, None, "a writable path", got, status=2) from None


def made(folder: Path) -> Path:
    """The folder, made with those above it where they are missing. Raises InputError (status 2)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        got = getattr(error, "strerror", None) or error
        raise InputError(folder, None, "a folder that can be written", got, status=2) from None
    return folder


def temporary(target: Path) -> Path:
    """A new name beside the target, for a file that is not to be read."""
    return target.with_name(f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}")


def _replace(target: Path, data: bytes) -> None:
    unfinished = temporary(target)
    _clean(target.parent)
    try:
        with open(unfinished, "xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _sync(target.parent)


def _sync(folder: Path) -> None:
    """Bring the new name to the disk. Where folders cannot be opened or synchronized that is left undone."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@cache
def _clean(folder: Path) -> None:
    """Remove what killed processes left unfinished in a folder, once a process."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            ours = entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX)
            if ours and time.time() - entry.stat(follow_symlinks=False).st_mtime > OLD:
                os.unlink(entry.path)
