"""A statement for a family of one size and vectors of one dimension: relations between rational unknowns."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from operator import itemgetter
from random import Random
from typing import Any

from .evaluation import Reading, Says, free_members, reading, split_formula, subtracted, tree

Cells = list[Any]  # the values of the unknowns, in the order of their numbers; None where there is none yet


@dataclass(frozen=True, eq=False)
class Relation:
    """left sign right for one member. degrees: of each unknown that occurs, by its number, an upper bound.

    defined: the unknown that is the left side alone, and does not occur on the right.
    """

    sign: str
    gap: Reading  # left - right
    degrees: Mapping[int, int]
    defined: int | None
    right: Reading
    summands: Sequence[Reading]  # of both sides, without their signs

    def slack(self, cells: Cells) -> float:
        """left - right against the size of what it is made of, between -1 and 1: how far from failing."""
        scale = sum(abs(summand(cells)) for summand in self.summands)
        return float(self.gap(cells) / scale) if scale else 0.0

    def holds(self, cells: Cells) -> bool:
        gap = self.gap(cells)
        return bool(gap == 0 if self.sign == "=" else gap >= 0 if self.sign == ">=" else gap > 0)


@dataclass(frozen=True, eq=False)
class Frame:
    """The unknowns: one for each atom, member of the family and entry of a vector."""

    scalars: tuple[str, ...]
    vectors: tuple[str, ...]
    indexed: frozenset[str]
    size: int
    dimension: int
    names: list[str] = field(default_factory=list)  # the atom to which each unknown belongs
    place: dict[tuple[str, int | None], list[int]] = field(default_factory=dict)
    known: dict[str, list[Relation]] = field(default_factory=dict)

    @classmethod
    def of(cls, says: Says, size: int, dimension: int) -> "Frame":
        scalars, vectors = tuple(says["scalars"]), tuple(says["vectors"])
        return cls(scalars, vectors, frozenset(says["indexed"]), size, dimension)

    def __post_init__(self) -> None:
        for name in (*self.scalars, *self.vectors):
            for member in range(self.size) if name in self.indexed else [None]:
                entries = self.dimension if name in self.vectors else 1
                self.place[name, member] = list(range(len(self.names), len(self.names) + entries))
                self.names.extend([name] * entries)

    def atom(self, name: str, member: int | None) -> Reading:
        """Raises KeyError for a name that is not declared, or an index outside of a sum."""
        numbers = self.place[self.key(name, member)]
        if name in self.vectors and self.dimension == 1:
            [number] = numbers
            return lambda cells: (cells[number],)
        return itemgetter(*numbers)

    def key(self, name: str, member: int | None) -> tuple[str, int | None]:
        return name, member if name in self.indexed else None

    def relations(self, text: str) -> list[Relation]:
        """A formula, once for each member if an index is free in it."""
        if text not in self.known:
            left, sign, right = split_formula(text)
            trees = [tree(left), tree(right)]
            members = free_members(trees, self.indexed, self.size)
            self.known[text] = [self.relation(trees, sign.strip(), member) for member in members]
        return self.known[text]

    def relation(self, trees: Sequence[ast.expr], sign: str, member: int | None) -> Relation:
        left, right = (reading(side, self.atom, self.size, member) for side in trees)
        degrees = [self.degrees(side, member) for side in trees]
        alone = isinstance(trees[0], ast.Name) and sign == "=" and degrees[0].keys().isdisjoint(degrees[1])
        parts = [reading(x, self.atom, self.size, member) for side in trees for x in summands(side)]
        return Relation(sign, lambda cells: subtracted(left(cells), right(cells)), joined(max, *degrees),
                        next(iter(degrees[0])) if alone else None, right, parts)

    def degrees(self, node: ast.AST, member: int | None) -> dict[int, int]:
        """The degree of a formula in each of the unknowns that occur in it, or more."""
        match node:
            case ast.Name(id=name):
                return dict.fromkeys(self.place[self.key(name, member)], 1)
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
                return {number: k * power for number, k in self.degrees(left, member).items()}
            case ast.BinOp(left=left, op=op, right=right):
                sides = self.degrees(left, member), self.degrees(right, member)
                return joined(max if isinstance(op, ast.Add | ast.Sub) else total, *sides)
            case ast.Call(func=ast.Name(id="sum"), args=[summand]):
                return joined(max, *(self.degrees(summand, j) for j in range(self.size)))
            case ast.Call(args=arguments):
                return joined(total, *(self.degrees(argument, member) for argument in arguments))
        return joined(max, *(self.degrees(child, member) for child in ast.iter_child_nodes(node)))

    def values(self, cells: Cells) -> dict[str, Any]:
        """The values by atom: a rational, a tuple for a vector, a list by member for what is indexed."""
        found: dict[str, Any] = {}
        for (name, member), numbers in self.place.items():
            one = tuple(cells[k] for k in numbers) if name in self.vectors else cells[numbers[0]]
            if member is None:
                found[name] = one
            else:
                found.setdefault(name, []).append(one)
        return found


def summands(node: ast.expr) -> list[ast.expr]:
    """What is added or subtracted."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return [*summands(left), *summands(right)]
        case ast.UnaryOp(operand=operand):
            return summands(operand)
    return [node]


def total(values: Sequence[int]) -> int:
    return sum(values)


def joined(combine: Callable[[Sequence[int]], int], *parts: Mapping[int, int]) -> dict[int, int]:
    keys = {number for part in parts for number in part}
    return {number: combine([part.get(number, 0) for part in parts]) for number in sorted(keys)}


class Order:
    """The order in which unknowns are valued, and with each the hypotheses that are then decided.

    Found from its end: last come unknowns that only one hypothesis decides, best one that defines it.
    """

    def __init__(self, frame: Frame, relations: Sequence[Relation], random: Random) -> None:
        left = set(range(len(frame.names)))
        uses: dict[int, list[Relation]] = {number: [] for number in left}
        for relation in relations:
            for number in relation.degrees:
                uses[number].append(relation)
        rank = {number: random.random() for number in left}
        reverse: list[int] = []
        self.due: list[list[Relation]] = []
        while left:
            last = min(left, key=lambda number: (cost(number, uses[number]), rank[number]))
            left.remove(last)
            reverse.append(last)
            self.due.append(uses[last])
            for relation in uses[last]:
                for number in relation.degrees:
                    if number != last:
                        uses[number] = [x for x in uses[number] if x is not relation]
        self.unknowns, self.due = reverse[::-1], self.due[::-1]
        self.position = {number: k for k, number in enumerate(self.unknowns)}


def cost(number: int, uses: Sequence[Relation]) -> int:
    """How badly an unknown suits as the last one of these hypotheses."""
    equations = [x for x in uses if x.sign == "="]
    if len(equations) > 1:
        return 10 * len(equations)
    bent = any(x.degrees[number] > 1 for x in uses)
    if not equations:
        return (2 + 2 * bent) * bool(uses)
    return (1 if equations[0].defined == number else 2) + 2 * (len(uses) - 1) + 2 * bent


def plain(x: Any) -> Any:
    """The same number, as an int where it is whole: several times faster."""
    return x.numerator if type(x) is Fraction and x.denominator == 1 else x


def roots(relation: Relation, number: int, cells: Cells) -> list[Any] | None:
    """The rational zeros of left - right in one unknown, all others valued: all of them up to degree 2.

    None where it is zero for every value.
    """
    def gap(x: int) -> Any:
        cells[number] = x
        return relation.gap(cells)

    degree, at0, at1 = relation.degrees[number], gap(0), gap(1)
    if degree == 1:
        slope = at1 - at0
        return [plain(Fraction(-at0) / slope)] if slope else [] if at0 else None
    if degree > 2:
        return [x for x in range(-4, 5) if not gap(x)]
    below = gap(-1)
    a, b = Fraction(at1 + below) / 2 - at0, Fraction(at1 - below) / 2
    if a:
        root = rational_root(b * b - 4 * a * at0)
        return [] if root is None else [plain((-b + s * root) / (2 * a)) for s in ((1, -1) if root else (1,))]
    return [plain(-at0 / b)] if b else [] if at0 else None


def rational_root(x: Fraction) -> Fraction | None:
    """The square root, where it is rational."""
    if x < 0:
        return None
    root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
    return root if root * root == x else None
