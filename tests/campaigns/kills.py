"""Processes that are started, killed at a moment, and seen to be gone with all that they started."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[2]
LONGEST = 600.0  # seconds; no run here takes so long
GONE = 15.0  # seconds in which the workers of a killed parent have to end

HOW = ("group", "parent", "worker")


@dataclass(frozen=True)
class Ended:
    """status: of the parent, negative for a signal. left: processes that did not end. seconds: of the run."""

    status: int
    out: bytes
    err: bytes
    left: int
    seconds: float
    killed: bool = False


def members(group: int) -> dict[int, int]:
    """The living processes of a group, with their parents."""
    found = {}
    for place in Path("/proc").iterdir():
        try:
            text = (place / "stat").read_text() if place.name.isdigit() else ""
        except OSError:
            continue
        fields = text.rpartition(")")[2].split()
        if fields and int(fields[2]) == group and fields[0] not in "ZX":
            found[int(place.name)] = int(fields[1])
    return found


def start(arguments: list[str], folder: Path, cwd: Path = TOP, **environment: str) -> subprocess.Popen[bytes]:
    """A Python process in a group of its own; its streams go to the files stdout and stderr in the folder."""
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        return subprocess.Popen([sys.executable, *arguments], cwd=cwd, env=os.environ | environment,
                                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)


def run(arguments: list[str], folder: Path, after: float | None = None, how: str = "group",
        number: int = signal.SIGKILL, cwd: Path = TOP, **environment: str) -> Ended:
    """Run to the end; or send a signal after so many seconds, to the whole group, the parent or a worker."""
    begun = time.monotonic()
    process = start(arguments, folder, cwd, **environment)
    killed = False
    if after is not None:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            killed = send(process, how, number)
    status = process.wait(LONGEST)
    until = time.monotonic() + GONE
    while (left := members(process.pid)) and time.monotonic() < until:
        time.sleep(0.02)
    for one in left:
        os.kill(one, signal.SIGKILL)
    return Ended(status, (folder / "stdout").read_bytes(), (folder / "stderr").read_bytes(), len(left),
                 time.monotonic() - begun, killed)


def send(process: "subprocess.Popen[bytes]", how: str, number: int) -> bool:
    """The signal; False where there is no worker to be killed yet."""
    if how == "group":
        os.killpg(process.pid, number)
        return True
    workers = [one for one, parent in members(process.pid).items() if parent == process.pid]
    if how == "worker" and not workers:
        os.killpg(process.pid, number)
        return True
    os.kill(workers[-1] if how == "worker" else process.pid, number)
    return True
