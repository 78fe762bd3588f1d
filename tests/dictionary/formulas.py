"""What a formula of a goal says of given values. Reads the text by itself; shares no line with the kernel."""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

Values = Mapping[str, Any]  # Fraction; tuple of them for a vector; list of either for an indexed atom
Says = Mapping[str, Any]  # scalars, vectors, indexed, hypotheses, conclusions

RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
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


def sides(text: str, indexed: set[str], values: Values, size: int) -> list[Sides]:
    """Both sides, for every member of the family if an index is free in the formula."""
    left, relation, right = split_formula(text)
    trees = [ast.parse(part, mode="eval").body for part in (left, right)]
    free = any(is_free(tree, indexed) for tree in trees)
    members: Sequence[int | None] = range(size) if free else [None]
    both = [[value(tree, indexed, values, size, j) for tree in trees] for j in members]
    return [Sides(x, relation, y) for x, y in both]


def holds(text: str, indexed: set[str], values: Values, size: int) -> bool:
    return all(found.holds for found in sides(text, indexed, values, size))


def is_free(node: ast.AST, indexed: set[str]) -> bool:
    """Whether an indexed atom stands outside every sum."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        return False
    if isinstance(node, ast.Name):
        return node.id in indexed
    return any(is_free(child, indexed) for child in ast.iter_child_nodes(node))


def value(node: ast.AST, indexed: set[str], values: Values, size: int, member: int | None) -> Any:
    """A Fraction, or a tuple of them."""
    def at(child: ast.AST, j: int | None = member) -> Any:
        return value(child, indexed, values, size, j)

    match node:
        case ast.Constant(value=int(number)):
            return Fraction(number)
        case ast.Name(id=name):
            return values[name][member] if name in indexed else values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return scaled(Fraction(-1), at(operand))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return added(at(left), at(right))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return added(at(left), scaled(Fraction(-1), at(right)))
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return scaled(at(left), at(right))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return scaled(1 / at(right), at(left))
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
            return at(left) ** power
        case ast.Call(func=ast.Name(id="sum"), args=[summand]):
            return sum((at(summand, j) for j in range(size)), Fraction(0))
        case ast.Call(func=ast.Name(id="dot"), args=[left, right]):
            return sum((x * y for x, y in zip(at(left), at(right), strict=True)), Fraction(0))
    raise ValueError(ast.dump(node))


def added(left: Any, right: Any) -> Any:
    return tuple(x + y for x, y in zip(left, right, strict=True)) if isinstance(left, tuple) else left + right


def scaled(factor: Any, value: Any) -> Any:
    """A product of which at most one factor is a vector."""
    if isinstance(factor, tuple):
        factor, value = value, factor
    return tuple(factor * x for x in value) if isinstance(value, tuple) else factor * value
