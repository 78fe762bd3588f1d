"""Files are written whole or not at all; what a killed process leaves is nothing, or removed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import symplateau
from symplateau import writing
from symplateau.errors import InputError
from symplateau.writing import made, write_bytes, write_text

TOP = Path(symplateau.__file__).parent.parent


def test_writing_replaces_the_whole_file_and_follows_links(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old and long")
    link.symlink_to(target)
    write_text(link, "n\u00e9w\n")
    assert target.read_bytes() == "n\u00e9w\n".encode() and link.is_symlink()


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_bytes(tmp_path / "written", b"")
    assert (tmp_path / "written").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("name", ["missing/out", ".", "a\0b", "x" * 300, "file/out"])
def test_paths_that_cannot_be_written_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught:
        write_text(tmp_path / name, "text")
    assert (caught.value.status, caught.value.field) == (2, None)
    assert "a writable path" in str(caught.value) and str(caught.value).isprintable()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    # A pipe stands for all devices: to try a real one would replace it on the day this check is broken.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError) as caught:
        write_text(pipe, "text")
    assert caught.value.status == 2 and pipe.is_fifo()


@pytest.mark.parametrize("failing", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str,
                                      error: BaseException) -> None:
    def fail(*_: Any) -> None:
        raise error

    (tmp_path / "out").write_text("old")
    monkeypatch.setattr(os, failing, fail)
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_text(tmp_path / "out", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"] and (tmp_path / "out").read_text() == "old"


def test_a_folder_is_synchronized_after_the_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, fsync, replace = [], os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda number: (done.append(os.fstat(number).st_ino), fsync(number)))
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("moved"), replace(*names)))
    write_text(tmp_path / "out", "new")
    assert done == [(tmp_path / "out").stat().st_ino, "moved", tmp_path.stat().st_ino]


def test_what_a_killed_process_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    old, young, foreign = (tmp_path / x for x in (".symplateau-0.tmp", ".symplateau-1.tmp", "other.tmp"))
    for file in (old, young, foreign):
        file.touch()
    for file in (old, foreign):
        os.utime(file, (1, time.time() - 2 * writing.OLD))
    writing._clean.cache_clear()
    write_text(tmp_path / "out", "new")
    assert {x.name for x in tmp_path.iterdir()} == {young.name, foreign.name, "out"}


def test_a_reader_sees_the_old_file_or_the_new_one_whatever_is_killed(tmp_path: Path) -> None:
    code = ("import sys; from symplateau.writing import write_bytes\nnumber = 0\n"
            "while True: write_bytes(sys.argv[1], bytes([number % 256]) * 3_000_000); number += 1")
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out")], cwd=TOP)
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            if (tmp_path / "out").exists():
                data = (tmp_path / "out").read_bytes()
                assert len(data) == 3_000_000 and len(set(data)) == 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        data = (tmp_path / "out").read_bytes()
        assert len(data) == 3_000_000 and len(set(data)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are those of Unix")
def test_a_file_that_grows_too_large_for_the_disk_leaves_nothing(tmp_path: Path) -> None:
    code = ("import resource, signal, sys; from symplateau.writing import write_bytes\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
            "from symplateau.errors import InputError\n"
            "try: write_bytes(sys.argv[1], bytes(2000))\n"
            "except InputError as error: print(error)")
    (tmp_path / "out").write_text("old")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "out")], cwd=TOP, text=True,
                          capture_output=True)
    assert "expected a writable path, found File too large" in done.stdout and done.stderr == ""
    assert [x.name for x in tmp_path.iterdir()] == ["out"] and (tmp_path / "out").read_text() == "old"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("file", "file/below", "a\0b"):
        with pytest.raises(InputError) as caught:
            made(tmp_path / name)
        assert caught.value.status == 2
