"""`import symplateau` is cheap, runs nothing that has to be trusted, and knows its public words."""

import ast
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import symplateau

PACKAGE = Path(symplateau.__file__).parent
HEAVY = ("numpy", "sympy", "mpmath", "flint", "click", "rich", "matplotlib")


def output(code: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_import_takes_less_than_a_tenth_of_a_second() -> None:
    code = "import time; start = time.perf_counter(); import symplateau; print(time.perf_counter() - start)"
    assert min(float(output(code)) for _ in range(3)) < 0.1


@pytest.mark.parametrize("module", ["symplateau", "symplateau.kernel.certificate", "symplateau.files"])
def test_the_import_loads_none_of_the_big_libraries(module: str) -> None:
    loaded = output(f"import {module}\nprint(*sys.modules)").split()
    assert module in loaded and not set(HEAVY) & set(loaded)


def test_the_command_line_starts_without_the_big_libraries() -> None:
    loaded = output("import symplateau.cli\nprint(*sys.modules)").split()
    assert "click" in loaded and set(HEAVY) & set(loaded) == {"click"}


def test_the_kernel_loads_nothing_of_ours_but_itself_and_the_words() -> None:
    loaded = output("import symplateau.kernel.certificate\nprint(*sys.modules)").split()
    ours = {name for name in loaded if name.split(".")[0] == "symplateau"} - {"symplateau"}
    assert ours and all(name.split(".")[1] == "kernel" for name in ours)


@pytest.mark.parametrize("word", sorted(symplateau.MODULES))
def test_a_public_word_is_what_its_module_has(word: str) -> None:
    module = import_module(f"symplateau.{symplateau.MODULES[word]}")
    expected = module if word == symplateau.MODULES[word] else getattr(module, word)
    assert getattr(symplateau, word) is expected
    assert word in dir(symplateau)


@pytest.mark.parametrize("word", sorted(symplateau.MODULES))
def test_a_public_word_is_found_first_thing(word: str) -> None:
    assert output(f"from symplateau import {word}\nprint({word}.__name__)").strip().endswith(word)


def test_no_module_has_the_name_of_another_word() -> None:
    """Importing a module sets the attribute of its name, over whatever the word meant."""
    names = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {word for word in symplateau.MODULES if word in names} == {"data"}


def test_an_unknown_word() -> None:
    with pytest.raises(AttributeError, match="no_such"):
        symplateau.no_such  # noqa: B018
    with pytest.raises(ImportError):
        from symplateau import no_such  # noqa: F401


def test_the_words_for_type_checkers_are_the_words() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    named = {alias.asname: node.module or alias.name for node in imports for alias in node.names}
    assert named == symplateau.MODULES


def test_the_file_runs_nothing_else() -> None:
    kinds = [type(node).__name__ for node in ast.parse((PACKAGE / "__init__.py").read_text()).body]
    assert kinds == ["Expr", *["ImportFrom"] * 2, "If", *["Assign"] * 2, *["FunctionDef"] * 2]


def test_the_version_is_that_of_the_project() -> None:
    project = PACKAGE.parent / "pyproject.toml"
    if not project.exists():
        pytest.skip("installed, without the project file")
    assert tomllib.loads(project.read_text())["project"]["version"] == symplateau.__version__
