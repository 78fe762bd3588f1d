"""The kernel alone, as a program: isolated, without site packages, never with a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import symplateau
from symplateau.kernel.__main__ import answer, main
from symplateau.kernel.format import MAX_BYTES, encode, seal

from .pool import Certificate, algebra, good, spoiled

ROOT = str(Path(symplateau.__file__).parent.parent)
RUN = "runpy.run_module('symplateau.kernel', run_name='__main__', alter_sys=True)"
PROBLEM: dict[str, Any] = {
    "kind": "algebra",
    "scalars": ["a", "b"],
    "vectors": [],
    "indexed": [],
    "hypotheses": {"same": "a = b"},
    "conclusions": ["2*a = 2*b"],
}
STEP = {"rule": "combination", "states": "2*a = 2*b", "multipliers": {"same": "2"}}


# python -m symplateau.kernel with nothing but the standard library on its path.
COMMAND = [sys.executable, "-I", "-S", "-c", f"import runpy, sys; sys.path.insert(0, {ROOT!r}); {RUN}"]


def alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("certificates")
    wrong: Certificate = algebra(PROBLEM, STEP | {"multipliers": {"same": "3"}})
    contents = {
        "good": encode(algebra(PROBLEM, STEP)),
        "point": encode(good("split path")),
        "wrong": encode(wrong),
        "malformed": b"\x00\xff" * 100,
        "empty": b"",
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return {name: str(folder / name) for name in contents} | {
        "missing": str(folder / "missing"),
        "folder": str(folder),
    }


def test_accepted(files: dict[str, str]) -> None:
    found = alone(files["good"], files["point"])
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == (
        f"{files['good']}: accepted: algebraic, resting on []\n"
        f"{files['point']}: accepted: path, resting on "
        "['A/proposition-1', 'S/nondegenerate-point', 'S/split-path']\n"
    )


def test_in_words(files: dict[str, str]) -> None:
    found = alone("--show", files["good"])
    assert (
        found.returncode == 0 and "  2*a = 2*b\n" in found.stdout and "  a = b   ['same']\n" in found.stdout
    )


def test_rejected(files: dict[str, str]) -> None:
    found = alone(files["wrong"])
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.startswith(f"{files['wrong']}: rejected: step 0, rule 'combination': expected ")
    assert found.stdout.count("\n") == 1


@pytest.mark.parametrize("name", ["malformed", "empty", "missing", "folder"])
def test_unreadable(files: dict[str, str], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(files[name], show=False) == 4
    out, err = capsys.readouterr()
    assert out.startswith(f"{files[name]}: unreadable: ") and out.count("\n") == 1 and err == ""


@pytest.mark.parametrize("arguments", [[], ["--show"], ["--help"], ["-x", "a"], ["a", "-"]], ids=str)
def test_called_wrongly(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("python -I -m symplateau.kernel ")


@pytest.mark.parametrize(
    "names, status",
    [
        (["good"], 0),
        (["good", "wrong"], 1),
        (["wrong", "good"], 1),
        (["wrong", "missing"], 4),
        (["empty", "wrong", "good"], 4),
    ],
)
def test_of_several_the_worst(
    files: dict[str, str], names: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([files[name] for name in names]) == status
    assert capsys.readouterr().out.count("\n") == len(names)


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(2**40)
    found = alone(str(path))
    assert found.returncode == 4 and f"at most {MAX_BYTES} bytes" in found.stdout and found.stderr == ""


def test_what_a_file_says_cannot_pass_for_an_answer(tmp_path: Path) -> None:
    evil = "x\n/etc/passwd: accepted: point\x1b[2J\u202e"
    path = tmp_path / "a\nb: accepted: point"
    for certificate in (
        algebra(PROBLEM, STEP | {"rule": evil}),
        algebra(PROBLEM | {evil: 1}, STEP),
        algebra(PROBLEM | {"hypotheses": {evil: "a = b"}}, STEP),
    ):
        path.write_bytes(encode(certificate))
        found = alone("--show", str(path))
        assert (
            found.returncode == 1
            and found.stdout.count("\n") == 1
            and found.stdout.isascii()
            and "\x1b" not in found.stdout
        )


def test_a_pipe_that_closes_leaves_no_traceback(files: dict[str, str]) -> None:
    code = f"import runpy, sys; sys.path.insert(0, {ROOT!r}); {RUN}"
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code, *[files["good"]] * 3000],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(timeout=60)


def test_nothing_is_asserted_so_optimisation_changes_nothing(files: dict[str, str]) -> None:
    code = f"import runpy, sys; sys.path.insert(0, {ROOT!r}); {RUN}"
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-OO", "-c", code, files["wrong"]],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert found.returncode == 1 and "rejected" in found.stdout


def test_a_certificate_spoiled_and_sealed_again_is_read_and_rejected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spoiled.json"
    path.write_bytes(encode(seal(spoiled(good("split path"), "steps", -1, "until", to="0"))))
    assert answer(str(path), show=True) == 1
    assert "expected until > 0" in capsys.readouterr().out


def started(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_nobody_reads_the_answer(files: dict[str, str]) -> None:
    with started(files["good"]) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == -signal.SIGPIPE


def test_an_interrupt_ends_it_without_a_word(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with started(str(pipe)) as process, pipe.open("wb"):  # opens as soon as the other side reads
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == -signal.SIGINT
