"""A process that reads hostile inputs, one after another, and one that watches it.

The system ends a reader that takes too much time (SIGPROF) or more memory than it may; a hook of the
interpreter sees code that is run and files that are written. Whatever ends the reader is a finding about one
input; the rest is read by another.
"""

import multiprocessing
import os
import random
import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from . import archives, certificates, checkpoints, lines, networks, records, starts, words
from .values import CANARY

Case = Callable[[random.Random, Path], str]
# By kind: what reads a case, and how many of a thousand are of this kind.
KINDS: dict[str, tuple[Case, int]] = {
    "network": (networks.case, 320), "npz": (archives.case, 150), "certificate": (certificates.case, 210),
    "formula in a certificate": (certificates.formula_case, 90), "activation": (words.activation_case, 70),
    "number": (words.number_case, 70), "command line": (lines.case, 40), "checkpoint": (checkpoints.case, 40),
    "record": (records.case, 5), "process": (starts.case, 5)}
SECONDS = 10  # of processor time for a case
PATIENCE = 120  # seconds of the clock: a reader that waits for something is found by them
MEMORY = 2**30
RUNNING = {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "pickle.find_class", "marshal.loads",
           "code.__new__",
           "function.__new__", "ctypes.dlopen"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True)
class Finding:
    """kind, number: of the case. what: in a line."""

    kind: str
    number: int
    what: str


class Executed(BaseException):
    """Code from an input was run, or a file written that was not to be."""


def numbers(kind: str, cases: int) -> int:
    """How many of so many cases are of a kind: at least one."""
    return max(1, cases * KINDS[kind][1] // 1000)


def watch(kind: str, seed: int, cases: range, folder: Path) -> Iterator[tuple[int, str] | Finding]:
    """The outcome of each case, or what was found."""
    at = cases.start
    while at < cases.stop:
        for number, text, wrong in _watched(kind, seed, range(at, cases.stop), folder):
            at = number + 1
            yield Finding(kind, number, text) if wrong else (number, text)


def _watched(kind: str, seed: int, cases: range, folder: Path) -> Iterator[tuple[int, str, bool]]:
    """What one reader says until it is through, or ends."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(kind, seed, cases, folder, theirs))
    process.start()
    theirs.close()
    at = cases.start
    try:
        while at < cases.stop:
            if not ours.poll(PATIENCE):
                yield at, f"nothing came back for {PATIENCE} s", True
                return
            at, text, wrong = ours.recv()
            yield at, text, wrong
            at += 1
    except EOFError:
        process.join()
        yield at, _end(process.exitcode or 0), True
    finally:
        process.kill()
        process.join()


def _end(code: int) -> str:
    if -code == signal.SIGPROF:
        return f"more than {SECONDS} s"
    return f"the process ended: {signal.Signals(-code).name if code < 0 else f'status {code}'}"


def _read(kind: str, seed: int, cases: range, folder: Path, out: Connection) -> None:
    """Read the cases, and say what became of each."""
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(folder)
    os.environ["XDG_CACHE_HOME"] = str(folder)  # where a store is, if no other is named
    warnings.simplefilter("ignore")  # of the generators; those of a command are seen where it is a process
    case = KINDS[kind][0]
    own = f"warm {kind}"
    for number in range(3):  # what is imported, and kept, the first time is no matter of an input
        with suppress(Exception):
            case(random.Random(f"{own} {number}"), _emptied(folder))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    guard = Guard(folder, calls=kind == "process")
    sys.addaudithook(guard)
    for number in cases:
        place = _emptied(folder)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        text, wrong = outcome(case, random.Random(f"{seed} {kind} {number}"), place, guard)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if any(found.name == CANARY for found in folder.rglob(CANARY)):
            text, wrong = "code in the input was run", True
        out.send((number, text, wrong))


def outcome(case: Case, draw: random.Random, place: Path, guard: "Guard") -> tuple[str, bool]:
    """What came of it, in a line, and whether that must not be."""
    guard.on, guard.seen = True, ""
    try:
        text = case(draw, place)
    except (Exception, Executed) as error:
        guard.on = False
        where = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {str(error)[:500]!a} ({Path(where.filename).name}:{where.lineno})"
        return guard.seen or said, True
    finally:
        guard.on = False
    return (guard.seen, True) if guard.seen else (text, False)


def _emptied(folder: Path) -> Path:
    """A folder for the files of one case, empty, and the current one."""
    place = folder / "case"
    os.system(f"rm -rf '{place}'")
    place.mkdir()
    os.chdir(place)
    return place


class Guard:
    """Refuses, and notes, code that is run and files that are written outside a folder. A hook of the
    interpreter; `on` while an input is read. calls: other processes may be started."""

    def __init__(self, folder: Path, calls: bool) -> None:
        self.folder, self.calls, self.on, self.seen = str(folder.resolve()), calls, False, ""

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if (event in RUNNING and not _importing()) or (event == "subprocess.Popen" and not self.calls) or (
                event == "exec" and not self._known(arguments[0])):
            self._refuse(f"{event} {str(arguments)[:200]}")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            self._demand_inside(arguments[0])

    @staticmethod
    def _known(code: Any) -> bool:
        """Code of a module; dataclasses and named tuples make theirs when their module is imported."""
        return os.path.exists(code.co_filename) or _importing()

    def _demand_inside(self, name: Any) -> None:
        if isinstance(name, int) or name is None:
            return
        path = os.path.realpath(os.fsdecode(name))
        if not path.startswith((self.folder, "/dev/", "/proc/")) and "__pycache__" not in path:
            self._refuse(f"writing {path[:200]!a}")

    def _refuse(self, what: str) -> None:
        self.seen = f"executed: {what}"
        raise Executed(what)


def _importing() -> bool:
    frame: Any = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


