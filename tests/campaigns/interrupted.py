"""Long commands that are killed at random moments, and started again.

python -m tests.campaigns interrupted [--kills N] [--seed S] [--job PART] [--record FILE]

A trial starts a command in an empty folder, kills it once to three times (its whole process group, only the
parent, or only a worker), each time at a moment drawn from the length of an undisturbed run, and lets it end.
Counted from the store's files and from a file to which each computation appends a line: what was finished
and was computed again, what was written again, files that are neither whole nor left unread, processes that
outlive a killed parent, and ends that differ from the undisturbed one in any byte. Then: several processes on
one store, damaged entries, full disks, unwritable stores, signals. Status 1 if anything of it is found.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from symplateau.writing import write_text

from . import adversity
from .jobs import JOBS, TOP, Job, command, entries, prepared, result
from .kills import HOW, Ended, run

Stamps = dict[str, tuple[int, int]]
SHARE, MOST = sum(job.share for job in JOBS), 3  # of all kills; in one trial


@dataclass
class Found:
    """counts: figures. wrong: what must not be found."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Trials:
    """The trials of one job. expected, total, seconds: end, computations and length when undisturbed."""

    job: Job
    place: Path
    found: Found
    expected: dict[str, bytes] = field(default_factory=dict)
    total: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def undisturbed(self) -> None:
        place = self.place / "undisturbed"
        cwd = prepared(self.job, place)
        if self.job.warm:
            started(self.job, place, cwd, "filling")
        ended = started(self.job, place, cwd, "undisturbed")
        if ended.status not in (0, 3) or ended.err:
            raise RuntimeError(f"{self.job.name}: {ended.status} {ended.err.decode()[-500:]}")
        self.expected = result(self.job, place, ended.out)
        self.total, self.seconds = computed(place / "log/undisturbed"), ended.seconds

    def trial(self, draw: random.Random, number: int, kills: int) -> None:
        """One trial with at most so many kills."""
        place = self.place / f"trial-{number}"
        cwd = prepared(self.job, place)
        if self.job.warm:
            shutil.copytree(self.place / "undisturbed/store", place / "store", dirs_exist_ok=True)
        for attempt in range(kills + 1):
            final = attempt == kills
            before, times = self.job.finished(place), stamps(place)
            how = draw.choice(HOW if "2" in self.job.arguments else HOW[:2])
            after = None if final else draw.uniform(0.3, max(0.6, self.seconds * 0.98))
            ended = started(self.job, place, cwd, log := f"{attempt}", after, how)
            self.found.counts[f"kills of the {how}"] += ended.killed
            what = f"{self.job.name}, trial {number}, run {attempt} ({how if ended.killed else 'not killed'})"
            self.look(what, place, ended, before, times, computed(place / "log" / log), final)
            if not final and not ended.killed and ended.status in (0, 3):
                break
        left = [x for x in place.rglob(".symplateau-*.tmp")]
        self.found.counts["unfinished files left, which nothing reads"] += len(left)
        if not self.found.wrong:
            shutil.rmtree(place)

    def look(self, what: str, place: Path, ended: Ended, before: Counter[str], times: Stamps,
             done: Counter[str], final: bool) -> None:
        """Everything that must not be found after a run."""
        counts, wrong = self.found.counts, self.found.wrong
        counts["kills"] += ended.killed
        counts["pieces found finished on restart"] += before.total()
        due = {x: self.total[x] - n if x.startswith("network") else 0 for x, n in before.items()}
        again = [x for x in before if done[x] > due[x]]
        wrong += [f"{what}: done twice: {x}" for x in again]
        counts["finished pieces done twice"] += len(again)
        counts["pieces computed"] += done.total()
        now = stamps(place)
        rewritten = [x for x in times if x in now and times[x] != now[x]]
        wrong += [f"{what}: written again: {x}" for x in rewritten]
        half = list(torn(place, self.expected))
        wrong += [f"{what}: half-written: {x}" for x in half]
        counts["half-written files"] += len(half)
        counts["processes that outlive their parent"] += ended.left
        wrong += [f"{what}: {ended.left} processes left"] * bool(ended.left)
        if final or not ended.killed:
            self.compare(what, place, ended)

    def compare(self, what: str, place: Path, ended: Ended) -> None:
        found = result(self.job, place, ended.out)
        names = found.keys() | self.expected.keys()
        differ = sorted(x for x in names if found.get(x) != self.expected.get(x))
        self.found.counts["ends compared"] += 1
        self.found.counts["ends that differ"] += bool(differ)
        said = f"status {ended.status}, {ended.err.decode()[-200:]}"
        self.found.wrong += [f"{what}: ends otherwise in {x} ({said})" for x in differ[:3]]


def started(job: Job, place: Path, cwd: Path, log: str, after: float | None = None,
            how: str = "group") -> Ended:
    return run(command(job, place, place / "log" / log), place, after, how, cwd=cwd)


def computed(counter: Path) -> Counter[str]:
    """The lines of a counter file."""
    return Counter(counter.read_text().splitlines()) if counter.exists() else Counter()


def stamps(place: Path) -> Stamps:
    """Inode and time of each file of the whole entries; not of searches, which are written as they go on."""
    return {str(x): (x.stat().st_ino, x.stat().st_mtime_ns) for entry in entries(place / "store")
            if not (entry / "search.json").exists() for x in entry.iterdir()}


def torn(place: Path, expected: dict[str, bytes]) -> Iterator[str]:
    """Files with a name that something reads which are neither as in the end nor whole of their kind."""
    for file in (x for top in ("store", "out", "tree/proofs/searched", "tree/proofs/certificates")
                 for x in (place / top).rglob("*") if x.is_file()):
        name = str(file.relative_to(place))
        shipped = TOP / name.removeprefix("tree/")  # what a copy of the clone had before
        known = [expected.get(name), shipped.read_bytes() if shipped.is_file() else None]
        if file.name.startswith(".symplateau-") or file.read_bytes() in known:
            continue
        try:
            if file.suffix == ".npz":
                with np.load(file) as archive:
                    whole = len(archive["W"]) == len(archive["epochs"])
            else:
                whole = json.loads(file.read_bytes()) is not None and name not in expected
        except (OSError, ValueError, KeyError):
            whole = False
        if not whole and file.suffix != ".made-by":
            yield name


def campaign(kills: int, seed: int, part: str, top: Path, say: Any) -> Found:
    """All trials."""
    found = Found()
    for job in (x for x in JOBS if part in x.name):
        draw = random.Random(f"interrupted {seed} {job.name}")
        trials = Trials(job, top / job.name.replace(" ", "-").replace(",", ""), found)
        trials.undisturbed()
        wanted, before, number = max(1, round(kills * job.share / SHARE)), found.counts["kills"], 0
        while (missing := wanted - found.counts["kills"] + before) > 0 and number < 10 * wanted:
            trials.trial(draw, number, min(missing, draw.randrange(1, MOST + 1)))
            number += 1
        found.counts[f"kills: {job.name}"] = found.counts["kills"] - before
        found.counts["trials"] += number
        say(f"{job.name}: {found.counts['kills'] - before} kills in {number} trials"
            f" ({trials.seconds:.1f} s undisturbed); wrong so far: {len(found.wrong)}")
        if not found.wrong:
            shutil.rmtree(trials.place)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns interrupted",
                                     description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--job", default="", help="only jobs with this in their name")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", type=Path)
    given = parser.parse_args(arguments)
    begun = time.monotonic()

    def say(text: str) -> None:
        print(text, file=sys.stderr if given.json else sys.stdout, flush=True)

    top = Path(tempfile.mkdtemp(prefix="interrupted-"))
    found = campaign(given.kills, given.seed, given.job, top, say)
    if not given.job:
        adversity.look(top / "adversity", found.counts, found.wrong, say)
    content = {"campaign": "interrupted", "date": date.today().isoformat(), "seed": given.seed,
               **found.counts, "wrong": found.wrong[:50], "seconds": round(time.monotonic() - begun)}
    print(json.dumps(content, indent=1, sort_keys=True))
    if given.record is not None:
        write_text(given.record, json.dumps(content, indent=1, sort_keys=True) + "\n")
    if found.wrong:
        say(f"kept: {top}")
    else:
        shutil.rmtree(top)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
