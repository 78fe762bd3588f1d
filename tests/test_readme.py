"""What the README shows is what happens."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from symplateau.files import read_network

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PROGRAM = "import sys; from symplateau.cli import main; main(sys.argv[1:])"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def shape(text: str) -> list[str]:
    """The lines without their numbers and digests, which depend on the last bits of a machine's
    eigenvectors."""
    return [re.sub(r"[0-9a-f]{16}…|[0-9][0-9.e-]*", "#", line.rstrip()) for line in text.strip().splitlines()]


@pytest.mark.parametrize("block", blocks("console"))
def test_console_blocks_print_what_they_show(block: str) -> None:
    command, _, shown = block.partition("\n")
    words = shlex.split(command.removeprefix("$ "))
    assert words[0] == "symplateau"
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words[1:]], capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    assert shape(run.stdout) == shape(shown)


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str) -> None:
    subprocess.run([sys.executable, "-c", block], check=True, cwd=ROOT)


@pytest.mark.parametrize("block", blocks("json"))
def test_network_files_are_read(block: str, tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text(block)
    assert read_network(tmp_path / "net.json").n_hidden == len(json.loads(block)["W"])


def test_the_two_commands_stand_at_the_top_and_set_everything_up() -> None:
    first, second = blocks("sh")
    for command in (first, second):
        assert (
            command.startswith("python3 -m venv .venv && .venv/bin/pip install ") and command.count("\n") == 1
        )
    assert first.endswith("symplateau check\n") and second.endswith("python -m pytest\n")
    assert README.index(first) < 2500 and README.index(second) < 2500


def test_every_kind_of_block_is_there() -> None:
    assert all(blocks(language) for language in ("console", "python", "json", "sh"))


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target
