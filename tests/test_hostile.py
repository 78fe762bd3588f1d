"""Hostile inputs: a few of the campaign's, and that the watch sees what it is there for."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.campaigns import hostile
from tests.hostile import watch


def test_a_few_of_each_kind() -> None:
    figures, found = hostile.run(150, 7)
    assert found == [] and set(figures) == set(watch.KINDS)
    outcomes = {word for x in figures.values() for word in x["outcomes"]}
    assert {"accepted", "refused", "rejected", "malformed"} <= outcomes


def fails(draw: random.Random, place: Path) -> str:
    raise KeyError("a bug")


def kills_itself(draw: random.Random, place: Path) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def works_for_ever(draw: random.Random, place: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass
    return ""


def fills_the_memory(draw: random.Random, place: Path) -> str:
    return str(len(bytearray(2**31)))


def runs_code(draw: random.Random, place: Path) -> str:
    eval(compile("1 + 1", "input", "eval"))
    return ""


def writes_elsewhere(draw: random.Random, place: Path) -> str:
    (place.parent.parent / "elsewhere").write_text("")
    return ""


@pytest.mark.parametrize(("case", "what"), [
    (fails, "KeyError"), (kills_itself, "SIGKILL"), (works_for_ever, "more than"),
    (fills_the_memory, "Memory"), (runs_code, "code"), (writes_elsewhere, "elsewhere")])
def test_what_the_watch_sees(case: Callable[[random.Random, Path], str], what: str, tmp_path: Path,
                             monkeypatch: pytest.MonkeyPatch) -> None:
    def armed(draw: random.Random, place: Path) -> str:
        """The first three runs of a reader are to warm up."""
        notes = place.parent / f"runs-{os.getpid()}"
        with notes.open("a") as stream:
            stream.write(".")
        return case(draw, place) if notes.stat().st_size > 3 else ""

    monkeypatch.setitem(watch.KINDS, "bad", (armed, 0))
    monkeypatch.setattr(watch, "SECONDS", 0.5)
    found = list(watch.watch("bad", 0, range(2), tmp_path / "bad"))
    assert len(found) == 2 and all(isinstance(x, watch.Finding) and what in x.what for x in found)
