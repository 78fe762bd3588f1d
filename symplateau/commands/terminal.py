"""Standard output, the files that a command writes, and the sign that work is going on."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from threading import Timer
from typing import Any

from ..arrays import read_number
from ..errors import InputError, one_line
from ..files import read_network
from ..network import Network
from ..relu.network import ReluNetwork
from ..versions import versions
from ..writing import temporary

LONGEST_LINE = 1000
PATIENCE = 0.7  # seconds of work before anything is shown of it


def complain(text: object) -> None:
    """One line on standard error."""
    line = one_line(" ".join(str(text).split()), LONGEST_LINE)
    print(f"symplateau: {line}", file=sys.stderr, flush=True)


def emit(text: str) -> None:
    """Write to standard output. A reader who has gone away, like `head`, is no error. Raises InputError."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise InputError("standard output", None, "a place to write", error.strerror, status=2) from None


def emit_json(content: Any) -> None:
    """Write one JSON object to standard output."""
    emit(json.dumps(content, indent=2))


def emit_found(content: dict[str, Any]) -> None:
    """Write what was found as one JSON object, with the versions of what it was found with."""
    emit_json({**content, "versions": versions()})


def read_option(text: str, option: str) -> Fraction:
    """An exact number from the command line. Raises InputError."""
    try:
        return read_number(text.strip(), option)
    except InputError as error:
        raise InputError(None, option, error.expected, error.got, status=2) from None


def open_network(name: str) -> Network | ReluNetwork:
    """The network in a file, or the shipped one of that name where no such file is. Raises InputError."""
    from .. import data

    if not os.path.lexists(name):
        if name not in data.NAMES:
            known = ", ".join(data.NAMES)
            raise InputError(
                name, None, f"a network file, or one of the shipped networks {known}", "no such file"
            )
        return read_network(data.path(name))
    return read_network(name)


def require_writable(path: str, *others: str | None) -> None:
    """Raise InputError (status 2) unless a file can be put there, and not over one of the others."""
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise InputError(path, None, "a writable path", "a directory or a device", status=2)
        if target in [Path(os.path.realpath(name)) for name in others if name]:
            raise InputError(path, None, "a path that is not in use", "that of another file", status=2)
        probe = temporary(target)
        probe.touch(exist_ok=False)
        probe.unlink()
    except (OSError, ValueError) as error:
        got = getattr(error, "strerror", None) or error
        raise InputError(path, None, "a writable path", got, status=2) from None


@contextmanager
def working(title: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error, if that is a terminal and after a while, that work is going on.

    Yields a function that says what is being worked on now.
    """
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console

    status = Console(stderr=True).status(title)
    timer = Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda text: status.update(f"{title}: {text}")
    finally:
        timer.cancel()
        timer.join()
        status.stop()
