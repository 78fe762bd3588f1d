"""An edit put into the modules that are already loaded, in a process made for it.

A function keeps its identity and gets other code, so whoever imported it has the new one. A statement at the
top of a module is run again there. What the package keeps from earlier calls is forgotten. Where neither
can be done (the body of a class, the part that runs as a program) CannotPatch is raised: then the edit needs
a copy of the package.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from types import FunctionType, ModuleType
from typing import Any

from .edits import DEFINITIONS, Edit, parsed, read


class CannotPatch(Exception):
    """The edit needs a copy of the package."""


def holding(body: Sequence[ast.stmt], line: int) -> int:
    """Which statement a line belongs to: the last one that does not begin after it."""
    return max(n for n, x in enumerate(body) if n == 0 or begin(x) <= line)


def begin(node: ast.stmt) -> int:
    return min([node.lineno, *(x.lineno for x in getattr(node, "decorator_list", ()))])


def target(edit: Edit) -> ast.stmt:
    """The statement at the top of the module to be run again. Raises CannotPatch, SyntaxError."""
    old, new = parsed(read(edit.file)).body, ast.parse(edit.source).body
    place = holding(old, edit.lines[0])
    found, other = old[place], new[place]
    if isinstance(found, ast.ClassDef) and isinstance(other, ast.ClassDef):
        inner = found.body[holding(found.body, edit.lines[0])]
        if not isinstance(inner, ast.FunctionDef) or len(found.body) != len(other.body):
            raise CannotPatch
    elif isinstance(found, ast.If | ast.Import | ast.ImportFrom):
        raise CannotPatch
    if len(old) != len(new) or type(found) is not type(other):
        raise CannotPatch
    return other


def plain(x: Any) -> Any:
    """The function behind a decorator of the standard library, if there is one."""
    for name in ("fget", "func", "__func__"):
        x = getattr(x, name, x) if not isinstance(x, FunctionType) else x
    return inspect.unwrap(x) if callable(x) else x


def swap(old: Any, new: Any) -> None:
    """Give a function, or the functions of a class, other code."""
    if isinstance(old, type):
        for name, x in vars(new).items():
            mine, other = plain(vars(old).get(name)), plain(x)
            if isinstance(mine, FunctionType) and isinstance(other, FunctionType):
                swap(mine, other)
        return
    old, new = plain(old), plain(new)
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def assigned(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds."""
    for x in ast.walk(node):
        if isinstance(x, ast.Name) and isinstance(x.ctx, ast.Store):
            yield x.id


def rerun(module: ModuleType, node: ast.stmt) -> None:
    """Run a statement again, and give what it binds to those who imported it under the same name."""
    space = vars(module)
    before = {name: space.get(name) for name in assigned(node)}
    exec(compile(ast.Module([node], []), str(module.__file__), "exec"), space)
    for other in list(sys.modules.values()):
        for name, old in before.items():
            if old is not None and getattr(other, "__dict__", {}).get(name) is old:
                vars(other)[name] = space[name]


def forget() -> None:
    """Empty the caches of the package: those of functions, and dictionaries of its own at the top."""
    for name, module in list(sys.modules.items()):
        if name.startswith("symplateau.kernel"):
            for key, x in vars(module).items():
                if hasattr(x, "cache_clear"):
                    x.cache_clear()
                elif key.startswith("_") and not key.startswith("__") and isinstance(x, dict):
                    x.clear()


def install(edit: Edit) -> None:
    """Put the edit into this process. Raises CannotPatch, or whatever the statement raises."""
    node, module = target(edit), sys.modules[edit.module]
    if isinstance(node, DEFINITIONS):
        scratch = dict(vars(module))
        exec(compile(ast.Module([node], []), str(module.__file__), "exec"), scratch)
        swap(vars(module)[node.name], scratch[node.name])
    else:
        rerun(module, node)
    forget()
