"""Guards removed and mutants made of the kernel: a few at random; one that nothing notices is told."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symplateau.kernel.format import Rejected, require
from symplateau.kernel.numbers import short
from tests.campaigns.edits import KERNEL, PACKAGE, Edit, read
from tests.campaigns.patched import CannotPatch, target
from tests.campaigns.removals import removals
from tests.campaigns.trials import equivalents

ROOT, FEW = PACKAGE.parent, "10"


def campaign(name: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status of a campaign and its summary."""
    found = subprocess.run([sys.executable, "-m", "tests.campaigns", name, "--json", *arguments], cwd=ROOT,
                           capture_output=True, text=True, timeout=900)
    assert found.stdout.startswith("{"), found.stdout + found.stderr
    return found.returncode, json.loads(found.stdout)


def of_kernel(*names: str) -> list[str]:
    return ["--tests", *(f"tests/kernel/test_{name}.py" for name in names)]


def test_some_guards_are_missed() -> None:
    status, found = campaign("guards", "kernel/relu.py", "--sample", FEW, "--seed", "1",
                             *of_kernel("relu", "guards", "reasons", "edges", "corners", "orders"))
    assert (status, found["alive"], found["those alive"]) == (0, 0, [])
    assert sum(found["tried"].values()) == int(FEW) == found["killed"] + found["killed by time"]


def test_some_mutants_are_noticed() -> None:
    pytest.importorskip("mutmut")
    status, found = campaign("mutations", "kernel/format.py", "--sample", FEW, "--seed", "2",
                             *of_kernel("format", "refusals", "limits", "reasons", "sentences", "corners"))
    assert (status, found["alive"], found["those alive"]) == (0, 0, [])
    assert 0 < sum(found["tried"].values()) <= int(FEW) and found["texts of messages"] > 0


def test_some_mutants_of_the_signs_are_noticed() -> None:
    pytest.importorskip("mutmut")
    status, found = campaign("signs", "relu/quadratic.py", "--sample", FEW, "--seed", "3",
                             "--tests", "tests/relu/test_quadratic.py")
    assert (status, found["alive"], found["those alive"]) == (0, 0, [])
    assert 0 < sum(found["tried"].values()) <= int(FEW) and found["texts of messages"] > 0


def test_a_guard_that_no_test_looks_at_is_told() -> None:
    """The limits alone are no test of relu.py."""
    status, found = campaign("guards", "kernel/relu.py", "--tests", "tests/kernel/test_limits.py",
                             "--sample", "3", "--seed", "0")
    assert status == 1 and found["alive"] == 3 == len(found["those alive"]) and found["score"] == "0 of 3"


def test_what_counts_as_a_guard() -> None:
    for file in KERNEL:
        source, found = read(file), removals(file)
        whole = [x for x in found if x.kind == "guard"]
        assert len(whole) == source.count("    require(") - source.count('"""require(')
        assert len({x.key for x in found}) == len(found)
        for x in found:
            compile(x.source, file, "exec")
    parts = [x.after for x in removals("kernel/format.py") if x.function == "integer"]
    assert sum("low <= value" in x and "type(value)" not in x for x in parts) == 1
    assert sum("value <= high" in x and "low <=" not in x and "type(value)" in x for x in parts) == 1


def test_an_edit_is_put_into_the_functions_that_all_have_imported() -> None:
    """In a process of its own: without its guard, a number of any length is short."""
    code = ("from symplateau.kernel.numbers import short\n"
            "from tests.campaigns.patched import install\nfrom tests.campaigns.removals import removals\n"
            "install(next(x for x in removals('kernel/numbers.py') if x.function == 'short'))\n"
            "print(short(2**40000) == 2**40000)")
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert found.stdout == "True\n"
    with pytest.raises(Rejected):
        short(2**40000)


def test_what_needs_a_copy_of_the_package() -> None:
    source = read("kernel/network.py")
    line = next(n for n, x in enumerate(source.splitlines(), 1) if "stationary: bool = False" in x)
    edit = Edit("kernel/network.py", "Fact", "mutant", "", "", (line,), source.replace(
        "stationary: bool = False", "stationary: bool = True"))
    with pytest.raises(CannotPatch):
        target(edit)
    require(target(next(iter(removals("kernel/relu.py")))) is not None, "a statement")


@pytest.mark.parametrize("name", ["guards", "mutations", "signs"])
def test_every_equivalent_edit_has_a_reason(name: str) -> None:
    file = Path(__file__).parent / "campaigns" / "equivalents" / f"{name}.json"
    groups = json.loads(file.read_text())
    assert all(len(x["reason"]) > 30 and x["class"] and x["edits"] for x in groups)
    assert sum(len(x["edits"]) for x in groups) == len(equivalents(name))
