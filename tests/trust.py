"""python -m tests.trust [CAMPAIGN ...]: runs the campaigns at full length, and writes their records.

What must be believed, how long it is, and what was tried against it, is a section of README.md, generated from
these records by `python -m tests.readme`. All of them take some hours on two cores.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.kernel.test_size import code_lines

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "tests" / "campaigns" / "records"
Figures = Mapping[str, Any]


class Attack(NamedTuple):
    """campaign: its name, that of its record. options: as it was run. words: what came out, of its figures."""

    campaign: str
    options: str
    what: str
    words: Callable[[Figures], str]

    @property
    def command(self) -> str:
        return f"python -m tests.campaigns {self.campaign} {self.options}".strip()


def count(number: int, noun: str) -> str:
    """3 errors, 1 error, no error."""
    return f"{number or 'no':,} {noun}{'s' * (number > 1)}" if number else f"no {noun}"


def hostile(x: Figures) -> str:
    kinds = ", ".join(f"{kind} {y['cases']:,}" for kind, y in x["kinds"].items())
    limits = f"{x['limits']['seconds']:g} s, {x['limits']['bytes'] / 2**30:g} GiB"
    return (f"{x['cases']:,} inputs ({kinds}): {count(len(x['findings']), 'traceback')}, hang, memory or code run"
            f" (limits {limits})")


def edits(x: Figures) -> str:
    listed = sum(x["equivalent"].values())
    return (f"{x['score']} noticed by a test; {listed} equivalent, each with its reason; "
            f"{x['alive']} neither")


ATTACKS = (
    Attack("guards", "", "each guard of the kernel removed, each part of one", edits),
    Attack("mutations", "", "each mutant that mutmut makes of the kernel and of sign and inertia code", edits),
    Attack("forgery", "--each 0", "certificates spoiled in one place and sealed again; each about other problems",
           lambda x: f"{x['certificates']:,} certificates, {x['forged']:,} forgeries: {x['rejected']:,} rejected for "
                     f"the right reason, {x['another statement']:,} another statement, {x['harmless']:,} harmless "
                     f"hints; {count(x['failures'], 'failure')}"),
    Attack("checkers", "", "the kernel and the second checker on good, forged and random certificates",
           lambda x: f"{x['good']:,} good ones, {x['forgeries']:,} forgeries: "
                     f"{count(x['disagreements'], 'disagreement')}"),
    Attack("arithmetic", "--cases 1000000", "the arithmetic of both against exact values",
           lambda x: f"{x['cases']:,} random cases (seed {x['seed']}): {count(x['disagreements'], 'disagreement')}"),
    Attack("corpus", "", "points with a type known by hand",
           lambda x: f"{x['points']:,} points in {x['families']} families: {count(x['wrong'], 'wrong verdict')}, "
                     f"{x['right']} decided, {x['undecided']} undecided"),
    Attack("hostile", "--cases 100000", "hostile input for every reader", hostile),
    Attack("interrupted", "--kills 100", "long commands killed at random moments",
           lambda x: f"{x['kills']:,} kills: {count(x['findings'], 'loss')}, double work or difference"),
    Attack("reproducible", "", "the same certificates again: hash seeds, process counts, ground types, BLAS kernels",
           lambda x: f"{x['files']:,} files, {x['runs']:,} runs: {count(x['findings'], 'difference')}"),
)


def read(campaign: str) -> Figures:
    found: Figures = json.loads((RECORDS / f"{campaign}.json").read_text())
    return found


def lines(folder: Path, *left_out: str) -> int:
    """Lines of code of the Python files below a folder: no blank ones, comments and docstrings."""
    return sum(code_lines(x.read_text()) for x in sorted(folder.rglob("*.py")) if x.name not in left_out)


def sizes() -> list[str]:
    package = ROOT / "symplateau"
    kernel, relu = lines(package / "kernel", "relu.py"), code_lines((package / "kernel/relu.py").read_text())
    goals = len(list((ROOT / "proofs").glob("*/*.goal.json")))
    borrowed = len(json.loads((ROOT / "proofs/BORROWED.json").read_text()))
    return [
        f"The kernel has {kernel} lines of code for networks with smooth activations and for algebra, and {relu} for "
        "ReLU-like",
        f"networks (`relu.py`). The second checker, which shares none of them, has {lines(package / 'second'):,}; the "
        f"whole program {lines(package):,}.",
        f"{goals} goals and {borrowed} borrowed theorems are read by people, not checked.", ""]


def section() -> str:
    """In Markdown, with the marks around it."""
    rows = []
    for attack in ATTACKS:
        found = read(attack.campaign)
        rows.append(f"| {attack.what} | {attack.words(found)} | {found['date']} | `{attack.command}` |")
    table = ["| attack | outcome | date | again by |", "|---|---|---|---|", *rows]
    return "\n".join([BEGIN, *sizes(), *table, END])


BEGIN, END = "<!-- trust -->", "<!-- end of trust -->"


def main(names: list[str]) -> int:
    """Run them one after the other, all of them even if one fails; 1 if one does."""
    known = {attack.campaign: attack for attack in ATTACKS}
    if not set(names) <= set(known):
        sys.exit("one of " + ", ".join(known))
    status = 0
    for name in names or known:
        command = [*known[name].command.split()[1:], "--record", str(RECORDS / f"{name}.json")]
        print("python", *command, flush=True)
        status |= subprocess.run([sys.executable, *command], cwd=ROOT).returncode != 0
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
