"""The kernel by itself: `python -I -m symplateau.kernel`, and with what it does not trust lying to it."""

import subprocess
import sys
from pathlib import Path

import pytest
import sympy

import symplateau
from symplateau.errors import ProofError
from symplateau.kernel.format import encode, load, seal
from symplateau.proof import Proof

FOLDER = Path(symplateau.__file__).parent
ALONE = (
    f"import sys; sys.path.insert(0, {str(FOLDER.parent)!r}); sys.argv[0] = 'kernel'; import runpy; "
    "runpy.run_module('symplateau.kernel', run_name='__main__')"
)


def proof() -> bytes:
    found = Proof("a b")
    same = found.assume("same", "a = b")
    return encode(found.qed(found.state("a**2 = b**2", {same: "a + b"})))


def alone(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """The kernel without site-packages: -S, -I."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE, *map(str, arguments)], capture_output=True, text=True
    )


def test_an_accepted_certificate(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(proof())
    run = alone(tmp_path / "c.json")
    assert (run.returncode, run.stderr) == (0, "") and "accepted" in run.stdout


def test_its_statement_in_words(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(proof())
    run = alone("--show", tmp_path / "c.json")
    assert run.returncode == 0 and "a**2 = b**2" in run.stdout and "a = b" in run.stdout


def test_a_forged_certificate_names_its_step_and_rule(tmp_path: Path) -> None:
    content = load(proof())
    content["steps"][0]["multipliers"]["same"] = "a - b"
    (tmp_path / "c.json").write_bytes(encode(seal(content)))
    run = alone(tmp_path / "c.json")
    assert run.returncode == 1 and "step 0, rule 'combination'" in run.stdout


@pytest.mark.parametrize(
    "data", [b"", b"{}\n", b"\xff", b"[" * 100_000, proof()[:-2], proof().replace(b"1", b"1.0")]
)
def test_what_is_no_certificate(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "c.json").write_bytes(data)
    run = alone(tmp_path / "c.json")
    assert run.returncode == 4 and run.stderr == "" and run.stdout.count("\n") == 1


def test_a_file_that_is_not_there_and_no_file_at_all(tmp_path: Path) -> None:
    assert alone(tmp_path / "nothing.json").returncode == 4
    assert alone().returncode == 2 and alone("--unknown").returncode == 2


def test_of_several_the_worst(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_bytes(proof())
    (tmp_path / "bad.json").write_bytes(b"{}\n")
    assert alone(tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "good.json").returncode == 4


def test_it_imports_nothing_else() -> None:
    code = ALONE.replace("import runpy; ", "import symplateau.kernel.__main__; ").split("runpy.")[0]
    run = subprocess.run(
        [sys.executable, "-I", "-c", code + "print(sorted(sys.modules))"], capture_output=True, text=True
    )
    assert run.returncode == 0 and not any(
        x in run.stdout for x in ("'numpy'", "'sympy'", "'mpmath'", "'flint'")
    )


def test_a_computer_algebra_system_that_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("expand", "simplify"):
        monkeypatch.setattr(sympy, name, lambda *given, **more: sympy.Integer(0))
    assert sympy.expand(sympy.Symbol("a") + 1) == 0
    wrong = Proof("a b")
    same = wrong.assume("same", "a = b")
    step = wrong.state("a**2 = b**2", {same: "a - b"})
    with pytest.raises(ProofError):
        wrong.qed(step)
