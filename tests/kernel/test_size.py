"""The kernel stays small, alone, and free of what vanishes under -O."""

import ast
import io
import sys
import tokenize
from pathlib import Path

import pytest

import symplateau.kernel

FOLDER = Path(symplateau.kernel.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
SILENT = (
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
MOST_LINES, WIDEST = 900, 110


def code_lines(source: str) -> int:
    """The lines that bear code: not blank, no comment, no docstring."""
    documented: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        known = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if known and ast.get_docstring(node) is not None:
            documented |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {n for x in tokens if x.type not in SILENT for n in range(x.start[0], x.end[0] + 1)}
    return len(lines - documented)


def test_the_counter_counts_code_alone() -> None:
    source = '"""A\nB"""\n\n# c\nx = (1,\n     2)  # d\n\n\ndef f():\n    """E."""\n    return x\n'
    assert code_lines(source) == 4


def test_at_most_nine_hundred_lines_of_code() -> None:
    assert sum(code_lines(file.read_text()) for file in FILES) <= MOST_LINES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_lines_are_not_made_long_to_be_few(file: Path) -> None:
    assert max(map(len, file.read_text().splitlines()), default=0) <= WIDEST
    assert ";" not in [x.string for x in tokenize.generate_tokens(io.StringIO(file.read_text()).readline)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_imports_the_standard_library_and_itself(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert all(x.name.split(".")[0] in sys.stdlib_module_names for x in node.names)
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            assert str(node.module).split(".")[0] in sys.stdlib_module_names
        if isinstance(node, ast.ImportFrom) and node.level > 0:
            names = [node.module] if node.module else [x.name for x in node.names]
            assert node.level == 1 and all((FOLDER / f"{name}.py").exists() for name in names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_asserts_nothing_that_dash_o_would_drop(file: Path) -> None:
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(file.read_text())))
