"""`experiment` as a user drives it: files, resuming, pictures, one line for all that is refused."""

import builtins
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import symplateau
from symplateau.cli import main
from symplateau.commands import experiments
from symplateau.relu import runs
from symplateau.relu.experiments import NAMES

TOP = Path(symplateau.__file__).parent.parent


def call(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(args))
    streams = capsys.readouterr()
    return int(ended.value.code or 0), streams.out, streams.err


def test_a_short_run_of_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    status, out, err = call(capsys, "experiment", "-o", str(folder), "--epochs", "60", "--no-plots", "--json")
    assert (status, err) == (0, "")
    contents = json.loads(out)["experiments"]
    assert [one["experiment"] for one in contents] == list(NAMES)
    for one in contents:
        assert one["epochs"] == 60 and one["escapes"] == len(one["plateaus"]) - 1
        assert all(Path(name).is_file() for name in one["files"])
        report = json.loads(Path(one["files"][1]).read_text())
        assert report == {field: value for field, value in one.items() if field != "files"}


def test_pictures_are_pictures(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    args = ("experiment", "all", "-o", str(tmp_path), "--epochs", "40")
    assert call(capsys, *args)[0] == 0
    found = sorted(tmp_path.glob("*.png"))
    figures = [int(name.stem.rpartition("-")[2]) for name in found]
    assert sorted(figures) == [3, 10, 11, 12, 13, 14, 15, 18, 19]
    assert all(name.read_bytes().startswith(b"\x89PNG") for name in found)
    before = [name.read_bytes() for name in found]
    assert call(capsys, *args)[0] == 0
    assert [name.read_bytes() for name in found] == before


def test_the_table_says_what_happened(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = call(capsys, "experiment", "section-4.1.1", "-o", str(tmp_path), "--epochs", "500",
                          "--seed", "3", "--no-plots")
    assert status == 0 and "seed 3, 500 epochs of step 0.001" in out
    assert "evidence in float64, no proof" in out and "not printed: the random seed" in out
    assert max(map(len, out.splitlines())) <= 120


def test_other_seeds_and_lengths_are_other_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for args in ((), ("--seed", "1"), ("--epochs", "30"), ("--mean-loss",)):
        assert call(capsys, "experiment", "appendix-j", "-o", str(tmp_path), "--epochs", "20", "--no-plots",
                    *args)[0] == 0
    assert sorted(name.name for name in tmp_path.glob("*.npz")) == [
        "appendix-j-epochs-20.npz", "appendix-j-epochs-30.npz", "appendix-j-seed-1-epochs-20.npz",
        "appendix-j-step-0.0004-epochs-20.npz"]


def test_a_killed_run_goes_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code = ("from symplateau.relu import runs; runs.SECONDS = 0.05\n"
            "from symplateau.cli import main; main()")
    args = ("experiment", "appendix-j", "-o", str(tmp_path), "--epochs", "100000", "--no-plots", "--json")
    process = subprocess.Popen([sys.executable, "-c", code, *args], cwd=TOP, stdout=subprocess.DEVNULL)
    file = tmp_path / "appendix-j-epochs-100000.npz"
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    with np.load(file) as archive:
        done = len(archive["epochs"])
    assert 1 < done < 2001
    pieces: list[int] = []
    real = runs._next

    def counted(*rest: Any) -> Any:
        pieces.append(1)
        return real(*rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_next", counted)
        status, out, _ = call(capsys, *args)
    assert status == 0 and len(pieces) == 2001 - done
    assert json.loads(out)["experiments"][0]["epochs"] == 100_000


def test_what_is_finished_is_not_done_again(capsys: pytest.CaptureFixture[str], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    args = ("experiment", "all", "-o", str(tmp_path), "--epochs", "20", "--no-plots", "--json")
    first = call(capsys, *args)
    made: list[str] = []
    real = experiments._made

    def noted(found: Any, *rest: Any) -> Any:
        made.append(found.name)
        return real(found, *rest)

    monkeypatch.setattr(experiments, "_made", noted)
    assert call(capsys, *args) == first and made == []
    report = tmp_path / "appendix-j-epochs-20.json"
    whole = report.read_bytes()
    report.write_bytes(whole[:-10])
    assert call(capsys, *args) == first and made == ["appendix-j"] and report.read_bytes() == whole


def test_an_interrupt_keeps_what_was_done(capsys: pytest.CaptureFixture[str], tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    real = runs._next

    def interrupted(task: Any, chosen: Any, last: Any) -> Any:
        if last[0] == 25:
            raise KeyboardInterrupt
        return real(task, chosen, last)

    args = ("experiment", "appendix-i.2", "-o", str(tmp_path), "--epochs", "50", "--no-plots")
    monkeypatch.setattr(runs, "_next", interrupted)
    status, out, err = call(capsys, *args)
    assert (status, out, err.strip()) == (130, "", "symplateau: interrupted")
    with np.load(tmp_path / "appendix-i.2-epochs-50.npz") as archive:
        assert archive["epochs"].tolist() == list(range(26))
    monkeypatch.setattr(runs, "_next", real)
    assert call(capsys, *args)[0] == 0


@pytest.mark.parametrize(("args", "said"), [
    (("figure-3",), "expected one of section-4.1.1"),
    (("all", "--epochs", "0"), "'--epochs'"),
    (("all", "--seed", "-1"), "'--seed'"),
    (("all", "--seed", "x"), "--seed"),
])
def test_wrong_command_lines_are_one_line(args: tuple[str, ...], said: str, tmp_path: Path,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "experiment", *args, "-o", str(tmp_path), "--no-plots")
    assert (status, out) == (2, "") and said in err and err.count("\n") == 1


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    status, out, err = call(capsys, "experiment", "all", "-o", str(tmp_path / "file"), "--no-plots")
    assert (status, out) == (2, "") and "a folder" in err and err.count("\n") == 1


def test_a_spoiled_checkpoint_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "appendix-j-epochs-20.npz").write_bytes(b"PK\x03\x04")
    status, _, err = call(capsys, "experiment", "appendix-j", "-o", str(tmp_path), "--epochs", "20",
                          "--no-plots")
    assert status == 4 and "a checkpoint" in err and err.count("\n") == 1


def test_without_matplotlib_one_line_says_what_to_install(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    from symplateau.report import trajectories

    monkeypatch.setattr(trajectories, "find_spec", lambda name: None)
    status, _, err = call(capsys, "experiment", "appendix-j", "-o", str(tmp_path), "--epochs", "20")
    assert status == 2 and "symplateau[plot]" in err and err.count("\n") == 1


def test_without_scipy_descent_runs_and_the_flow_is_refused(
        tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    args = ("experiment", "appendix-j", "-o", str(tmp_path), "--epochs", "20", "--no-plots")
    assert call(capsys, *args)[0] == 0
    status, _, err = call(capsys, *args, "--flow")
    assert status == 2 and "symplateau[train]" in err and err.count("\n") == 1
