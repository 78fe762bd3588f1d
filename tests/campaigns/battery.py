"""The tests as a battery that edits have to get past, in one process that forks for every edit.

All tests run once on the package as it is, which gives their times and the lines that each of them reaches.
For an edit, those that reach its lines run in a child process, what has noticed many edits and what is quick
first, until one fails. A test that takes far longer than before counts as failed, too.
"""

import ast
import gc
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

from symplateau.kernel.format import Rejected, digest

from .edits import KERNEL, PACKAGE, Edit, parsed, read
from .patched import CannotPatch, install

KILLED, TIMEOUT, ALIVE, APART, INVALID = "killed", "killed by time", "alive", "apart", "not Python"
MEMORY, PATIENCE, LONGER, SLOW = 6 * 2**30, 3.0, 30, 0.3


@dataclass(frozen=True)
class Outcome:
    """What became of an edit: its fate, the test that noticed it, and the seconds that took."""

    edit: Edit
    fate: str
    test: str
    seconds: float

    def entry(self) -> dict[str, Any]:
        return self.edit.line() | {"fate": self.fate, "test": self.test}


def failed(item: pytest.Item) -> bool:
    return any(x.failed for x in runtestprotocol(item, nextitem=None, log=False))


class Battery:
    """A plugin of pytest: in place of its loop over the tests, the edits.

    budget: most seconds of tests for one edit. plan: a file for the times and lines of the tests, read if
    the sources are the same. bare: without a look at the lines that tests run. seconds: for all.
    first: files whose tests come first.
    """

    def __init__(self, edits: Sequence[Edit], told: Callable[[Outcome], None], budget: float = 1e9,
                 plan: Path | None = None, bare: bool = False,
                 seconds: float = 1e9, first: Sequence[str] = ()) -> None:
        self.edits, self.told, self.budget, self.plan, self.bare = edits, told, budget, plan, bare
        self.end, self.first = time.monotonic() + seconds, tuple(first)
        self.outcomes, self.spoiled = list[Outcome](), list[str]()
        self.known, self.times = dict[str, Any](), dict[str, float]()
        self.fired, self.reach = (defaultdict[tuple[str, int], set[str]](set) for _ in range(2))
        self.everywhere = set[str]()
        self.kills, self.local = Counter[str](), defaultdict[str, Counter[str]](Counter)

    def pytest_collection(self) -> None:
        """Random tests are the same in every child, and end with the first failure."""
        settings.register_profile("battery", deadline=None, derandomize=True, database=None,
                                  phases=[Phase.explicit, Phase.generate])
        settings.load_profile("battery")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {x.nodeid: x for x in session.items}
        self.measure(items)
        self.index()
        gc.freeze()  # the children share what is there
        if not self.spoiled:
            for edit in self.edits:
                if time.monotonic() > self.end:
                    break
                outcome = self.tried(edit, [items[name] for name in self.order(edit)])
                self.outcomes.append(outcome)
                self.told(outcome)
        return True

    def measure(self, items: dict[str, pytest.Item]) -> None:
        """Run all tests: their times, what they refuse, and which lines they reach (slow ones: all)."""
        state = digest({file: read(file) for file in sorted({x.file for x in self.edits} | set(KERNEL))})
        plan = json.loads(self.plan.read_text()) if self.plan and self.plan.exists() else {}
        known = plan["tests"] if plan.get("sources") == state else {}
        told = [] if set(items) <= set(known) else [x for x in items if x not in known]
        # One test of each function fills the caches that the children share.
        ones = {x.split("[")[0]: x for x in items if x in known and known[x]["seconds"] < SLOW}
        for name in told or ones.values():
            start = time.perf_counter()
            fired, fails = refused(items[name])
            self.spoiled += [name] if fails else []
            known.setdefault(name, {"seconds": time.perf_counter() - start, "fired": fired, "lines": None})
        quick = [x for x in told if known[x]["seconds"] < SLOW and not self.bare]
        known |= {name: known[name] | {"lines": lines} for name, lines in reached(items, quick)}
        self.known = {name: known[name] for name in items}
        self.times = {name: x["seconds"] for name, x in self.known.items()}
        if self.plan and told:
            self.plan.write_text(json.dumps({"sources": state, "tests": known}))

    def index(self) -> None:
        """By file and line, the tests that are refused there, and those that run there."""
        for name, test in self.known.items():
            for file, line in test["fired"]:
                self.fired[file, line].add(name)
            for file, lines in (test["lines"] or {}).items():
                for line in lines:
                    self.reach[file, line].add(name)
        self.everywhere = {name for name, test in self.known.items() if test["lines"] is None}

    def order(self, edit: Edit) -> list[str]:
        """The tests for an edit, as many as the budget allows: first those that are refused there."""
        places, own = [(edit.file, line) for line in covered(edit)], self.local[edit.function]
        near = set[str]().union(*(self.fired[x] for x in places))
        found = near.union(self.everywhere, *(self.reach[x] for x in places))
        found = found if found - self.everywhere else set(self.times)
        named = f"/test_{Path(edit.file).stem}"
        cost = {x: (x not in near, not (x.startswith(self.first) or own[x] or named in x),
                    self.times[x] / (1 + 20 * own[x] + self.kills[x] / 10) + 0.001) for x in found}
        total, chosen = 0.0, list[str]()
        for name in sorted(found, key=cost.__getitem__):
            if total + self.times[name] <= self.budget:
                total += self.times[name]
                chosen.append(name)
        return chosen

    def tried(self, edit: Edit, items: Sequence[pytest.Item]) -> Outcome:
        start = time.perf_counter()
        inlet, outlet = os.pipe()
        child = os.fork()
        if not child:
            os.close(inlet)
            self.run(edit, items, outlet)
        os.close(outlet)
        with os.fdopen(inlet, "rb") as stream:
            said = stream.read().decode().split("\n")
        _, status = os.waitpid(child, 0)
        test = said[-2] if len(said) > 1 else ""
        fate = fate_of(status)
        if fate in (KILLED, TIMEOUT):
            self.kills[test] += 1
            self.local[edit.function][test] += 1
        return Outcome(edit, fate, "" if fate == ALIVE else test, time.perf_counter() - start)

    def run(self, edit: Edit, items: Sequence[pytest.Item], outlet: int) -> None:
        """In the child: install the edit and run the tests until one fails. Does not return."""
        try:
            quiet = os.open(os.devnull, os.O_RDWR)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            try:
                install(edit)
            except CannotPatch:
                os._exit(4)
            except SyntaxError:
                os._exit(3)
            for item in items:
                os.write(outlet, (item.nodeid.replace("\n", " ") + "\n").encode())
                signal.setitimer(signal.ITIMER_REAL, PATIENCE + LONGER * self.times[item.nodeid])
                if failed(item):
                    os._exit(1)
            os._exit(0)
        except BaseException:
            os._exit(1)


def refused(item: pytest.Item) -> tuple[list[tuple[str, int]], bool]:
    """Where in the package something is refused while a test runs; and whether it fails."""
    found, init = set[tuple[str, int]](), Rejected.__init__

    def noting(self: Rejected, *given: Any) -> None:
        for depth in (1, 2):
            frame = sys._getframe(depth)
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(PACKAGE):
                found.add((str(file.relative_to(PACKAGE)), frame.f_lineno))
        init(self, *given)

    Rejected.__init__ = noting  # type: ignore[method-assign, assignment]
    try:
        fails = failed(item)
    finally:
        Rejected.__init__ = init  # type: ignore[method-assign]
    return sorted(found), fails


def reached(items: dict[str, pytest.Item],
            names: Sequence[str]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """The lines of the package that each test runs, by file."""
    if not names:
        return
    from coverage import Coverage  # needed here only

    cover = Coverage(data_file=None, include=[f"{PACKAGE}/*"], messages=False)
    for name in names:
        cover.erase()
        with cover.collect():
            failed(items[name])
        data = cover.get_data()
        yield name, {str(Path(file).relative_to(PACKAGE)): sorted(data.lines(file) or ())
                     for file in data.measured_files()}


def covered(edit: Edit) -> set[int]:
    """The lines of the statements that an edit touches: a test reaches it if it reaches one of them."""
    return statements(edit.file, edit.lines)


def statements(file: str, lines: Sequence[int]) -> set[int]:
    tree = parsed(read(file))
    found = set(lines)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            found |= set(span) if found & set(span) else set()
    return found


def fate_of(status: int) -> str:
    if os.WIFSIGNALED(status):
        return TIMEOUT if os.WTERMSIG(status) == signal.SIGALRM else KILLED
    return {0: ALIVE, 3: INVALID, 4: APART}.get(os.WEXITSTATUS(status), KILLED)


def withstood(edits: Sequence[Edit], tests: Sequence[str], told: Callable[[Outcome], None],
              **more: Any) -> Battery:
    """Try all edits against the tests (paths, or names as pytest has them)."""
    battery = Battery(edits, told, **more)
    with tempfile.TemporaryDirectory() as folder:  # its own: other runs of pytest clean up after each other
        pytest.main(["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", "-s", "--basetemp",
                     f"{folder}/tests", *tests], plugins=[battery])
    return battery

