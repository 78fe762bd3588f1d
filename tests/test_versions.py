"""What a result was found with: every library by its version, none of them loaded for it."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import symplateau
from symplateau.versions import PACKAGES, versions

TOP = Path(symplateau.__file__).parent.parent


def fresh(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    process = subprocess.run([sys.executable, "-c", code], cwd=TOP, env=os.environ | environment,
                             capture_output=True, text=True, check=True)
    return process.stdout.strip()


def test_every_library_that_proposes_is_named() -> None:
    found = versions()
    assert found["symplateau"] == symplateau.__version__
    assert {name: found[name] for name in PACKAGES} == {name: version(name) for name in PACKAGES}
    assert all(isinstance(value, str) and value.isprintable() for value in found.values())


def test_none_of_them_is_loaded() -> None:
    code = "import sys; from symplateau.versions import versions; versions(); print(*sys.modules)"
    assert not {"sympy", "numpy", "mpmath", "flint"} & set(fresh(code).split())


@pytest.mark.parametrize("asked", ["python", "flint"])
@pytest.mark.parametrize("loaded", ["", "import sympy; "])
def test_the_ground_types_are_those_at_work(asked: str, loaded: str) -> None:
    code = loaded + "from symplateau.versions import versions; print(versions()['sympy ground types'])"
    assert fresh(code, SYMPY_GROUND_TYPES=asked) == asked


def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symplateau.versions.PACKAGES", ("no-such-library",))
    assert versions()["no-such-library"] == "none"
