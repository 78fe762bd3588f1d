"""What the campaigns of edits have in common: which edits are tried, on which tests, and the summary.

An edit that no test notices is alive. Some change nothing that could matter: equivalents/NAME.json lists
them by class with the reason, and they are not tried; an entry that is no edit any more is reported.
"""

import argparse
import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .battery import ALIVE, APART, INVALID, KILLED, TIMEOUT, Outcome, withstood
from .edits import PACKAGE, Edit

ROOT, FOLDER = PACKAGE.parent, Path(__file__).parent
BUDGET, APART_SECONDS = 90.0, 600
TESTS = ["tests/kernel"]
# Tests of one function or one reason each, quick ones.
FIRST = [f"tests/kernel/test_{name}.py" for name in (
    "limits", "guards", "reasons", "refusals", "types", "sentences", "values", "edges", "corners", "orders",
    "sharp", "guard_bits", "activation", "words", "roundings", "format")]
Key = tuple[str, str, str, str]


def parser(name: str, about: str, tests: Sequence[str] = TESTS,
           first: Sequence[str] = FIRST) -> argparse.ArgumentParser:
    """tests, first: those to take where none are given."""
    found = argparse.ArgumentParser(prog=f"python -m tests.campaigns {name}", description=about)
    found.add_argument("files", nargs="*", metavar="FILE", help="within the package, kernel/relu.py for one")
    found.add_argument("--tests", nargs="+", default=list(tests))
    found.add_argument("--sample", type=int, help="so many edits at random, on the quick tests first")
    found.add_argument("--seed", type=int, default=0)
    found.add_argument("--budget", type=float, default=BUDGET, help="most seconds of tests for one edit")
    found.add_argument("--first", nargs="+", default=list(first), help="files of tests to begin with")
    found.add_argument("--seconds", type=float, default=1e9, help="stop after so long")
    found.add_argument("--plan", type=Path, help="a file for the times and lines of the tests")
    found.add_argument("--again", type=Path, help="a file of edits tried before, to go on from")
    found.add_argument("--json", action="store_true")
    found.add_argument("--record", type=Path)
    return found


def equivalents(name: str) -> dict[Key, str]:
    """The edits that change nothing that could matter, and their classes."""
    file = FOLDER / "equivalents" / f"{name}.json"
    found: dict[Key, str] = {}
    for group in json.loads(file.read_text()) if file.exists() else []:
        for entry in group["edits"]:
            key: Key = tuple(entry)
            found[key] = group["class"]
    return found


def trial(name: str, edits: Sequence[Edit], given: argparse.Namespace) -> dict[str, Any]:
    """Try the edits; the summary."""
    listed = equivalents(name)
    files = {x.file for x in edits}
    gone = [key for key in listed if key[0] in files and key not in {x.key for x in edits}]
    messages = [x for x in edits if x.kind == "message"]
    same = Counter(listed[x.key] for x in edits if x.key in listed)
    wanted = [x for x in edits if x.key not in listed and x.kind != "message"]
    random.Random(given.seed).shuffle(wanted)
    wanted = wanted[: given.sample]
    outcomes, tests = tried(wanted, given)
    valid = [x for x in outcomes if x.fate != INVALID]
    fates = Counter(x.fate for x in valid)
    living = [x.edit for x in valid if x.fate == ALIVE]
    kinds = Counter(x.edit.kind for x in valid)
    return {
        "campaign": name, "date": datetime.date.today().isoformat(), "seed": given.seed,
        "files": sorted(files), "sampled": given.sample is not None, "tests": tests or None,
        "tried": dict(sorted(kinds.items())), "killed": fates[KILLED], "killed by time": fates[TIMEOUT],
        "equivalent": dict(sorted(same.items())),
        "texts of messages": len(messages), "alive": len(living), "not tried": len(wanted) - len(outcomes),
        "score": f"{len(valid) - len(living)} of {len(valid) + len(wanted) - len(outcomes)}",
        "listed but gone": [list(x) for x in gone],
        "those alive": [x.line() for x in living], "seconds": round(sum(x.seconds for x in outcomes))}


def tried(edits: Sequence[Edit], given: argparse.Namespace) -> tuple[list[Outcome], int]:
    """The outcomes, and the number of tests. A sample meets the quick tests, and all if it passes them."""
    known = before(given.again, edits)
    rest, outcomes = [x for x in edits if x.key not in {y.edit.key for y in known}], list(known)
    tests = 0
    if given.sample is not None and given.tests == TESTS:
        battery = withstood(rest, given.first, told(given), budget=given.budget, bare=True)
        outcomes += [x for x in battery.outcomes if x.fate != ALIVE]
        rest, tests = [x.edit for x in battery.outcomes if x.fate == ALIVE], len(battery.times)
    if rest:
        battery = withstood(rest, given.tests, told(given), budget=given.budget, plan=given.plan,
                            bare=given.sample is not None,
                            seconds=given.seconds, first=given.first)
        if battery.spoiled:
            sys.exit("fails without any edit: " + ", ".join(battery.spoiled[:5]))
        outcomes, tests = outcomes + battery.outcomes, len(battery.times)
    tell = told(given)
    for n, x in enumerate(outcomes):
        if x.fate == APART:
            outcomes[n] = apart(x.edit, [given.first[:1], given.first, given.tests])
            tell(outcomes[n])
    return outcomes, tests


def before(file: Path | None, edits: Sequence[Edit]) -> list[Outcome]:
    """What a run that was stopped had found: lines of JSON. Those alive are tried again."""
    found = list[Outcome]()
    by_key = {x.key: x for x in edits}
    for text in file.read_text().splitlines() if file and file.exists() else []:
        entry = json.loads(text)
        key = entry["file"], entry["function"], entry["before"], entry["after"]
        if key in by_key and entry["fate"] in (KILLED, TIMEOUT):
            found.append(Outcome(by_key[key], entry["fate"], entry["test"], entry["seconds"]))
    return found


def told(given: argparse.Namespace) -> Any:
    """Notes each outcome, in the file to go on from and on the terminal if it is alive."""
    def tell(outcome: Outcome) -> None:
        if given.again:
            with given.again.open("a") as stream:
                stream.write(json.dumps(outcome.entry() | {"seconds": round(outcome.seconds, 2)}) + "\n")
        if outcome.fate == ALIVE and not given.json:
            print("alive:", *outcome.edit.key, sep="\n  ", flush=True)
    return tell


def apart(edit: Edit, batteries: Sequence[Sequence[str]]) -> Outcome:
    """The edit in a copy of the package, and one battery after the other, each in a process of its own."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        shutil.copytree(PACKAGE, top / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
        for x in ROOT.iterdir():
            if x.name not in (PACKAGE.name, ".git") and not x.name.startswith("."):
                (top / x.name).symlink_to(x)
        (top / PACKAGE.name / edit.file).write_text(edit.source)
        fate, test = ALIVE, ""
        for tests in batteries:
            if fate == ALIVE:
                fate, test = alone(top, tests)
    return Outcome(edit, fate, test, time.perf_counter() - start)


def alone(top: Path, tests: Sequence[str]) -> tuple[str, str]:
    """The fate of a copy that lies in this folder, and the test that noticed it."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-q", "-x", *tests]
    space = os.environ | {"PYTHONPATH": str(top)}
    try:
        found = subprocess.run(command, cwd=top, env=space, capture_output=True, text=True,
                               timeout=APART_SECONDS)
    except subprocess.TimeoutExpired:
        return TIMEOUT, ""
    names = [line.split(" - ")[0][7:] for line in found.stdout.splitlines() if line.startswith("FAILED ")]
    return ALIVE if found.returncode == 0 else KILLED, " ".join(names[:1])


def finish(summary: dict[str, Any], given: argparse.Namespace) -> int:
    """Print and record the summary; the exit status."""
    if given.record:
        given.record.parent.mkdir(exist_ok=True)
        given.record.write_text(json.dumps(summary, indent=1, sort_keys=True) + "\n")
    if given.json:
        print(json.dumps(summary, indent=1, sort_keys=True))
    else:
        print(*(f"{name}: {x}" for name, x in summary.items() if name != "those alive"), sep="\n")
    return 1 if summary["alive"] or summary["listed but gone"] or summary["not tried"] else 0
