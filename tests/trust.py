"""python -m tests.trust [CAMPAIGN ...]: runs the campaigns at full length, and writes their records.

What must be believed, how long it is, and what was tried against it, is a section of README.md, generated
from these records by `python -m tests.readme`. All of them take some hours on two cores.
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
    """campaign: its name, and that of its record. options: of a full run. words: of the figures."""

    campaign: str
    options: str
    what: str
    words: Callable[[Figures], str]

    @property
    def command(self) -> str:
        return f"python -m tests.campaigns {self.campaign} {self.options}".strip()


def count(number: int, noun: str) -> str:
    """no error, 1 error, 3 errors"""
    return f"{number:,} {noun}{'s' * (number > 1)}" if number else f"no {noun}"


def hostile(x: Figures) -> str:
    kinds = ", ".join(f"{kind} {y['cases']:,}" for kind, y in x["kinds"].items())
    limits = f"{x['limits']['seconds']:g} s, {x['limits']['bytes'] / 2**30:g} GiB"
    found = count(len(x["findings"]), "traceback, hang, excess of memory or run code")
    return f"{x['cases']:,} inputs ({kinds}): {found} (limits {limits})"


def edits(x: Figures) -> str:
    listed = sum(x["equivalent"].values())
    rest = f", {x['not tried']:,} not tried to the end" if x["not tried"] else ""
    return f"{x['score']} noticed by a test{rest}; {listed} more are equivalent, each with its reason"


def forgeries(x: Figures) -> str:
    return (f"{x['certificates']:,} certificates, {x['forged']:,} forgeries: {x['rejected']:,} rejected "
            f"where spoiled, {x['another statement']:,} other statements, {x['harmless']:,} harmless, "
            f"{count(x['failures'], 'failure')}")


def checkers(x: Figures) -> str:
    parts = ("good", "forgeries", "grown", "formulas")
    sizes = ", ".join(f"{x[part]['certificates']:,} {part}" for part in parts)
    return f"{sizes}: {count(sum(x[part]['disagreement'] for part in parts), 'disagreement')}"


def corpus(x: Figures) -> str:
    return (f"{x['points']:,} points in {x['families']} families: {count(x['wrong'], 'wrong verdict')}, "
            f"{x['right']} right, {x['undecided']} undecided")


ATTACKS = (
    Attack("guards", "", "each guard of the kernel removed, or a part of it", edits),
    Attack("mutations", "", "each mutant of the kernel that mutmut makes, but of texts of rejections", edits),
    Attack("signs", "", "the sign and inertia code beside the kernel, each mutant that mutmut makes", edits),
    Attack("forgery", "--each 40 --cross 60 --corpus 1",
           "certificates spoiled and sealed again; put to other problems",
           forgeries),
    Attack("checkers", "--cases 4000", "both checkers on good, forged and random certificates", checkers),
    Attack("curves", "--cases 5000", "curves from degenerate points: both checkers, and the loss",
           lambda x: f"{x['cases']:,} certificates, {x['examined']:,} accepted and held against the loss: "
                     f"{count(len(x['wrong']), 'disagreement or false statement')}"),
    Attack("arithmetic", "--cases 1000000", "the arithmetic of both against exact values", lambda x: (
        f"{x['cases']:,} random cases (seed {x['seed']}): {count(x['disagreements'], 'disagreement')}")),
    Attack("corpus", "", "points with a type known by hand", corpus),
    Attack("hostile", "--cases 100000", "hostile input for every reader", hostile),
    Attack("interrupted", "--kills 100", "long commands killed at random moments", lambda x: (
        f"{x['kills']:,} kills: {count(len(x['wrong']), 'loss, double work or difference')}")),
    Attack("reproducible", "--corpus 1", "hash seeds, process counts, ground types, BLAS kernels", lambda x: (
        f"{x['files']:,} files in {x['runs']:,} runs: {count(len(x['wrong']), 'difference')}")),
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
    second, whole = lines(package / "second"), lines(package)
    return [
        f"The kernel has {kernel} lines of code for smooth activations and for algebra, and {relu} more for",
        f"ReLU-like networks (`relu.py`). The second checker, which shares none of them, has {second:,}; the",
        f"whole program {whole:,}. {goals} goals and {borrowed} borrowed theorems are read by people.", ""]


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
