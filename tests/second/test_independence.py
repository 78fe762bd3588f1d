"""The second checker shares no code with the kernel, nor with the rest of the package."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import symplateau.second

FOLDER = Path(symplateau.second.__file__).parent
FILES = sorted(FOLDER.glob("*.py"))
LONGEST_FILE = 250


def imported(source: str) -> set[str]:
    """Of the standard library and other packages the first name, of this package the relative one."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            found.add("." * node.level + name if node.level else name.split(".")[0])
        elif isinstance(node, ast.Name) and node.id in ("__import__", "import_module", "eval", "exec"):
            found.add(node.id)
    return found


def foreign(source: str) -> set[str]:
    """What is neither the standard library, nor FLINT, nor a module of the second checker."""
    own = {f".{file.stem}" for file in FILES}
    return imported(source) - sys.stdlib_module_names - {"flint"} - own


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_imports_nothing_of_ours_but_itself(file: Path) -> None:
    assert foreign(file.read_text()) == set()


@pytest.mark.parametrize("line", [
    "from ..kernel import interval", "from ..kernel.interval import Interval", "from .. import kernel",
    "import symplateau.kernel", "from symplateau.network import Network", "import sympy",
    "from ..arrays import x", "from ..errors import one_line", "__import__('symplateau.kernel')",
    "eval('1')"])
def test_an_import_that_is_not_allowed(line: str) -> None:
    assert foreign(line) != set()


def test_nothing_of_the_kernel_is_loaded() -> None:
    code = f"import sys; sys.path.insert(0, {str(FOLDER.parents[1])!r})"
    code += "; import symplateau.second; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in found.stdout.split() if name.startswith("symplateau.")}
    assert {name.split(".")[1] for name in ours} == {"second"}


def test_the_kernel_does_not_use_it() -> None:
    for file in (FOLDER.parent / "kernel").glob("*.py"):
        assert "second" not in {name.rsplit(".")[-1] for name in imported(file.read_text())}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_are_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST_FILE
