"""The contract of the kernel: how long it may be, and what it may use."""

import ast
import io
import sys
import tokenize
from pathlib import Path

import pytest

import symplateau.kernel

FOLDER = Path(symplateau.kernel.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
LONGEST_LINE = 110
# Networks with smooth activations, and algebra; then the rules about ReLU-like networks, a problem of its own
# that none of the others needs.
MOST_LINES, MOST_RELU_LINES = 900, 136
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
IDLE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def docstrings(source: str) -> set[int]:
    """The numbers of the lines of docstrings."""
    nodes = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False)
    ]
    return {line for node in nodes for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)}


def code_lines(source: str) -> int:
    """The number of lines that bear code: not blank, not only a comment, not of a docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {
        line for token in tokens if token.type not in IDLE for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - docstrings(source))


def test_what_counts_as_a_line_of_code() -> None:
    source = '"""A text.\n\nof three lines"""\n\n# a comment\nx = """one\n\ntwo"""\n'
    source += 'def f():\n    "says"\n    return (x,\n\n        1)  # so\n'
    assert code_lines(source) == 3 + 1 + 2


def test_the_kernel_is_short() -> None:
    lines = {file.name: code_lines(file.read_text()) for file in FILES}
    assert lines.pop("relu.py") <= MOST_RELU_LINES
    assert sum(lines.values()) <= MOST_LINES


def test_nothing_needs_the_rules_about_relu_like_networks_but_the_table_of_checks() -> None:
    users = [file.name for file in FILES if "relu" in file.read_text() and file.name != "relu.py"]
    assert users == ["certificate.py"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_line_is_long(file: Path) -> None:
    assert max(map(len, file.read_text().splitlines())) <= LONGEST_LINE


def foreign(source: str) -> set[str]:
    """The modules imported that belong neither to the standard library nor to the kernel."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names} - sys.stdlib_module_names
        elif isinstance(node, ast.ImportFrom):
            standard = node.level == 0 and str(node.module).split(".")[0] in sys.stdlib_module_names
            found |= set() if standard or node.level == 1 else {str(node.module)}
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import sympy",
        "import json, numpy.linalg",
        "from ..network import Network",
        "from flint import arb",
        "from symplateau.kernel import fact",
        "def f():\n    import mpmath",
    ],
)
def test_a_foreign_import_is_found(source: str) -> None:
    assert foreign(source)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_kernel_imports_the_standard_library_and_itself_only(file: Path) -> None:
    assert not foreign(file.read_text())


FORBIDDEN = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "globals",
    "locals",
    "setattr",
    "delattr",
    "vars",
    "input",
    "breakpoint",
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_assert_no_eval_no_clock(file: Path) -> None:
    """An assert is gone under -O; nothing is run from text; nothing depends on the time or on chance."""
    tree = ast.parse(file.read_text())
    assert not any(isinstance(node, ast.Assert | ast.Global | ast.Nonlocal) for node in ast.walk(tree))
    assert not {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & FORBIDDEN
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & {
        "time",
        "random",
        "os",
        "subprocess",
        "pickle",
        "importlib",
        "ctypes",
        "math.fsum",
        "decimal",
        "socket",
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_float_is_made_for_messages_only(file: Path) -> None:
    """No float literal, and `float` in the one place where a rejection shows a number."""
    tree = ast.parse(file.read_text())
    assert not any(
        isinstance(node, ast.Constant) and isinstance(node.value, float | complex) for node in ast.walk(tree)
    )
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
    assert len(uses) == (file.name == "format.py")
