"""What a formula of an algebraic statement says of given values. Reads the text by itself; shares no line
with the kernel."""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence, Set
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

Values = Mapping[str, Any]  # a rational; a tuple of them for a vector; a list of either for an indexed atom
Says = Mapping[str, Any]  # scalars, vectors, indexed, hypotheses, conclusions
Reading = Callable[[Any], Any]  # from the values, however they are kept, to a rational or a vector
Atom = Callable[[str, int | None], Reading]  # the reading of a name at a member of the family

RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    " = ": operator.eq, " >= ": operator.ge, " > ": operator.gt}


class Sides(NamedTuple):
    """Both sides of a formula, for one member of the family, or for none."""

    left: Fraction
    relation: str
    right: Fraction

    @property
    def holds(self) -> bool:
        return RELATIONS[self.relation](self.left, self.right)


def split_formula(text: str) -> tuple[str, str, str]:
    """left, relation, right."""
    [found] = [relation for relation in RELATIONS if text.count(relation) == 1]
    left, right = text.split(found)
    return left, found, right


@lru_cache(4096)
def tree(text: str) -> ast.expr:
    """The syntax tree of one side of a formula; not to be changed."""
    return ast.parse(text.strip(), mode="eval").body


def sides(text: str, indexed: Set[str], values: Values, size: int) -> list[Sides]:
    """Both sides, for every member of the family if an index is free in the formula."""
    left, relation, right = split_formula(text)
    trees = [tree(part) for part in (left, right)]
    members = free_members(trees, indexed, size)
    both = [[value(side, indexed, values, size, j) for side in trees] for j in members]
    return [Sides(x, relation, y) for x, y in both]


def holds(text: str, indexed: Set[str], values: Values, size: int) -> bool:
    return all(found.holds for found in sides(text, indexed, values, size))


def free_members(trees: Sequence[ast.AST], indexed: Set[str], size: int) -> Sequence[int | None]:
    """The members for which a formula is meant: all, if an index is free in one of its sides, else [None]."""
    return range(size) if any(is_free(side, indexed) for side in trees) else [None]


def is_free(node: ast.AST, indexed: Set[str]) -> bool:
    """Whether an indexed atom stands outside every sum."""
    return not indexed.isdisjoint(outside(node))


@lru_cache(4096)
def outside(node: ast.AST) -> frozenset[str]:
    """The names that stand outside every sum."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        return frozenset()
    if isinstance(node, ast.Name):
        return frozenset({node.id})
    return frozenset().union(*map(outside, ast.iter_child_nodes(node)))


def value(node: ast.AST, indexed: Set[str], values: Values, size: int, member: int | None) -> Any:
    """A rational, or a tuple of them."""
    def atom(name: str, j: int | None) -> Reading:
        return lambda found: found[name][j] if name in indexed else found[name]

    return reading(node, atom, size, member)(values)


def reading(node: ast.AST, atom: Atom, size: int, member: int | None) -> Reading:
    """The function of the values that a tree denotes. Raises ValueError for what is no formula."""
    def part(child: ast.AST, j: int | None = member) -> Reading:
        return reading(child, atom, size, j)

    match node:
        case ast.Constant(value=int(number)):
            return lambda _: number
        case ast.Name(id=name):
            return atom(name, member)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            f = part(operand)
            return lambda at: scaled(-1, f(at))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            f, g, combine = part(left), part(right), BINARY[type(op)]
            return lambda at: combine(f(at), g(at))
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
            f = part(left)
            return lambda at: f(at) ** power
        case ast.Call(func=ast.Name(id="sum"), args=[summand]):
            parts = [part(summand, j) for j in range(size)]
            return lambda at: sum(f(at) for f in parts)
        case ast.Call(func=ast.Name(id="dot"), args=[left, right]):
            f, g = part(left), part(right)
            return lambda at: sum(x * y for x, y in zip(f(at), g(at), strict=True))
    raise ValueError(ast.dump(node))


def added(left: Any, right: Any) -> Any:
    return tuple(map(operator.add, left, right)) if isinstance(left, tuple) else left + right


def subtracted(left: Any, right: Any) -> Any:
    return tuple(map(operator.sub, left, right)) if isinstance(left, tuple) else left - right


def scaled(factor: Any, value: Any) -> Any:
    """A product of which at most one factor is a vector."""
    if isinstance(factor, tuple):
        factor, value = value, factor
    return tuple(factor * x for x in value) if isinstance(value, tuple) else factor * value


def divided(value: Any, divisor: Any) -> Any:
    if type(value) is int and type(divisor) is int and value % divisor == 0:
        return value // divisor
    value = Fraction(value) if type(value) is int else value
    return scaled(1 / Fraction(divisor), value) if isinstance(value, tuple) else value / divisor


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: added, ast.Sub: subtracted, ast.Mult: scaled, ast.Div: divided}
