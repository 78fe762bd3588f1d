"""The guards of a module, each removed in turn.

A guard is a call of `require`, whole ("guard") or one condition of several ("condition"); any other call
that stands alone as a statement, for what it refuses or counts ("statement"); and the reading of a value
that refuses some: `listed(x)` becomes x ("reader").
"""

import ast
from collections.abc import Iterator

from .edits import Edit, changed, distinct, edit, functions, read

READERS = {"listed": "{0}", "integer": "{0}", "rational": "Fraction({0})", "short": "{0}",
           "stationary": "{0}", "read_neuron": "{1}"}
Change = tuple[str, ast.AST, str]


def removals(file: str) -> list[Edit]:
    """Every guard of a file removed."""
    source = read(file)
    tree = ast.parse(source)
    names = functions(tree)

    def edits() -> Iterator[Edit]:
        for kind, node, text in changes(source, tree):
            yield edit(file, kind, source, changed(source, node, text), names)

    return distinct(edits())


def called(node: ast.AST) -> str:
    """The name of the function, if it is a call of one by its name."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def changes(source: str, tree: ast.Module) -> Iterator[Change]:
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            kind = "guard" if called(statement.value) == "require" else "statement"
            yield kind, statement, "pass"
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for condition in conditions(function):
                yield from weakened(source, condition)
    for node in ast.walk(tree):
        form = READERS.get(called(node))
        if isinstance(node, ast.Call) and form and node.args:
            texts = [ast.get_source_segment(source, x) or "" for x in node.args]
            if not any(isinstance(x, ast.Starred) for x in node.args):
                yield "reader", node, "(" + form.format(*texts) + ")"


def conditions(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What the calls of `require` in a function ask for; names stand for what they were assigned here."""
    asked = [node.args[0] for node in ast.walk(function)
             if isinstance(node, ast.Call) and called(node) == "require"]
    yield from asked
    names = {x.id for node in asked for x in ast.walk(node) if isinstance(x, ast.Name)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id in names and truth(node.value):
                    yield node.value
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    yield from (value for x, value in zip(target.elts, node.value.elts, strict=False)
                                if isinstance(x, ast.Name) and x.id in names and truth(value))


def truth(node: ast.expr) -> bool:
    """Whether it is a truth value by its form."""
    return isinstance(node, ast.BoolOp | ast.Compare) or called(node) in ("all", "any", "bool")


def weakened(source: str, condition: ast.expr) -> Iterator[Change]:
    """One of several conditions dropped: a part of `a and b`, a link of a <= x <= b."""
    for node in ast.walk(condition):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            texts = [ast.unparse(x) for x in node.values]
            for n in range(len(texts)):
                rest = [f"({x})" for k, x in enumerate(texts) if k != n]
                yield "condition", node, "(" + " and ".join(rest) + ")"
        elif isinstance(node, ast.Compare) and len(node.ops) > 1:
            for n in range(len(node.ops)):
                yield "condition", node, "(" + " and ".join(links(node, n)) + ")"


def links(node: ast.Compare, without: int) -> list[str]:
    """The comparisons of a chain but one."""
    sides = [node.left, *node.comparators]
    pairs = [ast.Compare(sides[k], [op], [sides[k + 1]]) for k, op in enumerate(node.ops) if k != without]
    return [ast.unparse(x) for x in pairs]
