"""Several processes on one store, damaged entries, full disks, unwritable places, signals."""

import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .jobs import JOBS, command, entries, prepared, proofs, result
from .kills import LONGEST, members, run, start

CHECK = next(job for job in JOBS if job.name == "check")
LIMIT = 600  # bytes a file may have where the disk is full: more than a line, less than a certificate
LIMITED = ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\n"
           "from symplateau.cli import main; main()")


def look(top: Path, counts: Counter[str], wrong: list[str], say: Callable[[str], None]) -> None:
    """All of it; figures and what must not be found are added."""
    whole = top / "whole"
    prepared(CHECK, whole)
    ended = run(command(CHECK, whole, whole / "log/0"), whole)
    expected = result(CHECK, whole, ended.out)
    for part in (together, damaged, full, unwritable, signals):
        before = len(wrong)
        part(top / part.__name__, whole, expected, counts, wrong)
        say(f"{part.__name__}: {(part.__doc__ or '').splitlines()[0]} wrong: {len(wrong) - before}")


def together(place: Path, whole: Path, expected: dict[str, bytes], counts: Counter[str],
             wrong: list[str]) -> None:
    """Two and four processes on one store, some of them killed."""
    for number, killed in ((2, 0), (4, 0), (2, 1), (4, 2)):
        here = place / f"{number}-{killed}"
        prepared(CHECK, here)
        running = []
        for n in range(number):
            (here / f"streams-{n}").mkdir()
            running.append(start(command(CHECK, here, here / f"log/{n}"), here / f"streams-{n}"))
        for process in running[:killed]:
            _kill_later(process)
        for n, process in enumerate(running):
            status = process.wait(LONGEST)
            out = (here / f"streams-{n}/stdout").read_bytes()
            counts["processes on one store at the same time"] += 1
            if n >= killed and (status != 0 or result(CHECK, here, out)["out"] != expected["out"]):
                wrong.append(f"{number} processes on one store: {n} ended otherwise, status {status}")
        ended = run(command(CHECK, here, here / "log/last"), here)
        if result(CHECK, here, ended.out) != expected or (here / "log/last").exists():
            wrong.append(f"{number} processes on one store: the store is not whole")


def _kill_later(process: Any) -> None:
    time.sleep(1.5)
    if members(process.pid):
        os.killpg(process.pid, signal.SIGKILL)


DAMAGE: dict[str, Callable[[Path, Path], object]] = {
    "truncated": lambda file, other: file.write_bytes(file.read_bytes()[:-7]),
    "a bit flipped": lambda file, other: file.write_bytes(flipped(file.read_bytes())),
    "another claim's certificate": lambda file, other: shutil.copyfile(other, file),
    "empty": lambda file, other: file.write_bytes(b""),
    "a folder": lambda file, other: (file.unlink(), file.mkdir()),
    "missing": lambda file, other: file.unlink(),
    "record truncated": lambda file, other: (r := file.with_name("made-by")).write_bytes(r.read_bytes()[:-7]),
    "record of another claim": lambda file, other: shutil.copyfile(other.with_name("made-by"),
                                                                   file.with_name("made-by")),
    "no record": lambda file, other: file.with_name("made-by").unlink(),
    "record a folder": lambda file, other: ((r := file.with_name("made-by")).unlink(), r.mkdir()),
}


def flipped(data: bytes) -> bytes:
    place = len(data) // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1:]


def damaged(place: Path, whole: Path, expected: dict[str, bytes], counts: Counter[str],
            wrong: list[str]) -> None:
    """Damaged entries of a store are made again, and no others."""
    draw = random.Random("damaged")
    for name, damage in DAMAGE.items():
        here = place / re.sub("[^a-z]", "-", name)
        prepared(CHECK, here)
        shutil.copytree(whole / "store", here / "store", dirs_exist_ok=True)
        for entry in draw.sample(entries(here / "store"), 6):
            file = draw.choice(sorted(entry.glob("*.json")))
            other = draw.choice([x for x in (whole / "store").rglob("*.json") if x.parent.name != entry.name])
            damage(file, other)
            counts["damaged entries of a store"] += 1
        due = proofs(whole) - proofs(here)
        ended = run(command(CHECK, here, here / "log/0"), here)
        lines = (here / "log/0").read_text().splitlines() if (here / "log/0").exists() else []
        if result(CHECK, here, ended.out) != expected or Counter(lines) != due or due.total() != 6:
            wrong.append(f"a damaged store ({name}): due {due}, made {lines}")


def full(place: Path, whole: Path, expected: dict[str, bytes], counts: Counter[str],
         wrong: list[str]) -> None:
    """A disk that takes no more: one line, status 2, nothing half-written."""
    commands = (
        ("check", "B/theorem-4.2", "--jobs", "1", "--store", "PLACE/store"),
        ("check", "B/theorem-4.2", "A/lemma-2", "--jobs", "2", "--store", "PLACE/store"),
        ("experiment", "appendix-j", "-o", "PLACE/out", "--epochs", "500", "--no-plots"),
        ("classify", "wine_tanh_2", "-o", "PLACE/out/c.json"),
        ("plateau", "wine_tanh_2", "--neuron", "1", "-o", "PLACE/out/c.json"),
        ("refute", "A/lemma-4.2", "--networks", "80", "--store", "PLACE/store"),
    )
    for number, words in enumerate(commands):
        here = place / str(number)
        prepared(CHECK, here)
        filled = [x.replace("PLACE", str(here)) for x in words]
        ended = run(["-c", LIMITED.format(LIMIT), *filled], here)
        counts["commands on a full disk"] += 1
        _one_line(f"full disk: {' '.join(words)}", ended, {2}, wrong)
        left = [x.name for top in ("store", "out") for x in (here / top).rglob("*")
                if x.is_file() and x.stat().st_size >= LIMIT]
        wrong += [f"full disk: {' '.join(words)}: half-written {x}" for x in left]


def unwritable(place: Path, whole: Path, expected: dict[str, bytes], counts: Counter[str],
               wrong: list[str]) -> None:
    """A store or an output that cannot be written: one line, status 2."""
    place.mkdir(parents=True)
    (place / "file").touch()
    for target in (str(place / "file" / "below"), "/proc/none", str(place / "file")):
        for words in (("check", "A/lemma-2", "--store", target), ("refute", "A/lemma-2", "--store", target),
                      ("experiment", "appendix-j", "--epochs", "20", "--no-plots", "-o", target),
                      ("classify", "wine_tanh_2", "-o", f"{target}/c.json")):
            ended = run(["-c", "from symplateau.cli import main; main()", *words], place)
            counts["commands on an unwritable place"] += 1
            _one_line(f"unwritable: {' '.join(words)}", ended, {2}, wrong)


def signals(place: Path, whole: Path, expected: dict[str, bytes], counts: Counter[str],
            wrong: list[str]) -> None:
    """SIGINT and SIGTERM: one line, status 130, what is finished is kept, nothing is left behind."""
    draw = random.Random("signals")
    for number in range(12):
        here = place / str(number)
        cwd = prepared(CHECK, here)
        sent = (signal.SIGINT, signal.SIGTERM)[number % 2]
        how = ("parent", "group")[number // 2 % 2] if sent == signal.SIGINT else "parent"
        ended = run(command(CHECK, here, here / "log/0"), here, draw.uniform(1.2, 4), how, sent, cwd)
        if not ended.killed:
            continue
        counts["interrupts"] += 1
        _one_line(f"{sent!r} to the {how}", ended, {130}, wrong)
        before = proofs(here)
        last = run(command(CHECK, here, here / "log/1"), here)
        again = (here / "log/1").read_text().splitlines() if (here / "log/1").exists() else []
        if result(CHECK, here, last.out) != expected or set(again) & set(before):
            wrong.append(f"after {sent!r} to the {how}: done twice {sorted(set(again) & set(before))}")
        wrong += [f"after {sent!r}: {x.name} left" for x in here.rglob(".symplateau-*")]


def _one_line(what: str, ended: Any, statuses: set[int], wrong: list[str]) -> None:
    lines = ended.err.decode().strip().splitlines()
    said = len(lines) == 1 and lines[0].startswith("symplateau: ")
    if ended.status not in statuses or not said or ended.left:
        wrong.append(f"{what}: status {ended.status}, {ended.left} left, {lines[-3:]}")
