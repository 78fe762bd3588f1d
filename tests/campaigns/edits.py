"""Edits of a module of the package: its source with one thing changed, for the campaigns that want a test
to notice.

An edit is named by its file, the function, and the source before and after, not by a line number: the name
outlives changes elsewhere in the file.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import symplateau

PACKAGE = Path(symplateau.__file__).parent
KERNEL = tuple(sorted(str(file.relative_to(PACKAGE)) for file in (PACKAGE / "kernel").glob("*.py")))
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Edit:
    """file: within the package. function: its qualified name, "" at the top of the module. kind: what was
    done. before, after: the lines concerned. lines: their numbers. source: of the whole module, changed."""

    file: str
    function: str
    kind: str
    before: str
    after: str
    lines: tuple[int, ...]
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.file, self.function, self.before, self.after

    @property
    def module(self) -> str:
        return ".".join(("symplateau", *Path(self.file).with_suffix("").parts))

    def line(self) -> dict[str, str]:
        return {"file": self.file, "function": self.function, "kind": self.kind, "before": self.before,
                "after": self.after}


@cache
def read(file: str) -> str:
    return (PACKAGE / file).read_text()


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def functions(tree: ast.Module) -> dict[int, str]:
    """The qualified name of the outermost function (or method) in which each line lies."""
    found: dict[int, str] = {}

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, DEFINITIONS):
                first = min([node.lineno, *(x.lineno for x in node.decorator_list)])
                name = prefix + node.name
                found.update(dict.fromkeys(range(first, (node.end_lineno or first) + 1), name))
                if isinstance(node, ast.ClassDef):
                    visit(node.body, name + ".")

    visit(tree.body, "")
    return found


@cache
def line_starts(source: str) -> list[int]:
    """Where each line begins."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def segment(source: str, node: ast.AST) -> tuple[int, int]:
    """Where a node begins and ends in the source (which is ASCII)."""
    starts = line_starts(source)
    begin = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
    return begin, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]


def changed(source: str, node: ast.AST, text: str) -> str:
    """The source with another text in place of the node."""
    begin, end = segment(source, node)
    return source[:begin] + text + source[end:]


def edit(file: str, kind: str, old: str, new: str, names: dict[int, str]) -> Edit:
    """The edit that makes the new source of the old one: the lines that differ, without their indent."""
    a, b = old.splitlines(), new.splitlines()
    head = next(n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
    tail = next(n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y)
    tail = min(tail, len(a) - head - 1, len(b) - head - 1)
    numbers = range(head + 1, len(a) - tail + 1)
    before, after = (" ".join(x.strip() for x in rows[head : len(rows) - tail]) for rows in (a, b))
    return Edit(file, names.get(head + 1, ""), kind, before, after, tuple(numbers), new)


def distinct(edits: Iterator[Edit]) -> list[Edit]:
    """All of them, those of the same name numbered; the same source only once."""
    found, seen = Counter[tuple[str, str, str, str]](), set[tuple[str, str]]()
    result = []
    for x in edits:
        if (x.file, x.source) not in seen:
            seen.add((x.file, x.source))
            found[x.key] += 1
            more = f"   # the same again, {found[x.key]}" if found[x.key] > 1 else ""
            result.append(replace(x, after=x.after + more))
    return result
