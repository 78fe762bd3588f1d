"""Neighbours of an algebraic statement, most of them false, made from its syntax, and what its proof makes
of them.

A true one (a strict inequality made weak, a hypothesis that is not needed) is no fault of the statement. One
that is false must not be proved.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .evaluation import Says, is_free, split_formula, tree

Edit = tuple[str, str]  # what was done; the formula that comes of it
Steps = list[dict[str, Any]]

STRICT = {">=": ">", ">": ">="}


@dataclass(frozen=True)
class Mutant:
    """A changed statement. hypothesis: the name of the changed one, or None for a conclusion.

    before, after: the formula; after is None where it was dropped.
    """

    name: str
    says: Says
    hypothesis: str | None
    before: str
    after: str | None


def mutants(says: Says) -> Iterator[Mutant]:
    """Every statement once; none is the given one, letter for letter."""
    seen = {_key(says)}
    for mutant in _all(says):
        key = _key(mutant.says)
        if key not in seen:
            seen.add(key)
            yield mutant


def _key(says: Says) -> tuple[Any, ...]:
    return tuple(says["hypotheses"].items()), tuple(says["conclusions"])


def _all(says: Says) -> Iterator[Mutant]:
    for number, text in enumerate(says["conclusions"]):
        for name, after in conclusion_edits(text, set(says["indexed"])):
            changed = [*says["conclusions"][:number], after, *says["conclusions"][number + 1 :]]
            yield Mutant(f"conclusion {number}: {name}", {**says, "conclusions": changed}, None, text, after)
    for label, text in says["hypotheses"].items():
        rest = {name: x for name, x in says["hypotheses"].items() if name != label}
        yield Mutant(f"hypothesis {label}: dropped", {**says, "hypotheses": rest}, label, text, None)
        for name, after in hypothesis_edits(text, set(says["indexed"])):
            changed = says["hypotheses"] | {label: after}
            yield Mutant(f"hypothesis {label}: {name}", {**says, "hypotheses": changed}, label, text, after)


def conclusion_edits(text: str, indexed: set[str]) -> Iterator[Edit]:
    left, sign, right = parts(text)
    if sign == "=":
        yield "turned round", f"{left} = -({right})"
        yield "turned strict", f"{left} > {right}"
    else:
        yield "turned round", f"{right} {STRICT[sign]} {left}"
        yield strictness(sign), f"{left} {STRICT[sign]} {right}"
    for name, changed in rewritten(left, flips):
        yield name, f"{changed} {sign} {right}"
    for name, changed in rewritten(right, flips):
        yield name, f"{left} {sign} {changed}"
    yield from constants(text)
    yield from quantifiers(text, indexed)


def hypothesis_edits(text: str, indexed: set[str]) -> Iterator[Edit]:
    left, sign, right = parts(text)
    if sign == "=":
        yield "mirrored", f"{left} = -({right})"
    else:
        yield "mirrored", f"{right} {sign} {left}"
        yield strictness(sign), f"{left} {STRICT[sign]} {right}"
    yield from constants(text)
    yield from quantifiers(text, indexed)


def parts(text: str) -> tuple[str, str, str]:
    left, sign, right = split_formula(text)
    return left, sign.strip(), right


def strictness(sign: str) -> str:
    return "made strict" if sign == ">=" else "made weak"


def constants(text: str) -> Iterator[Edit]:
    """Each whole number doubled, with 1 added, and with its sign changed; of an exponent: 1 added."""
    left, sign, right = parts(text)
    for name, changed in rewritten(left, numbers):
        yield f"left, {name}", f"{changed} {sign} {right}"
    for name, changed in rewritten(right, numbers):
        yield f"right, {name}", f"{left} {sign} {changed}"


def quantifiers(text: str, indexed: set[str]) -> Iterator[Edit]:
    """What is meant for every member, for their sum; and what is said of a sum, of every member."""
    left, sign, right = parts(text)
    if any(is_free(tree(side), indexed) for side in (left, right)):
        yield "summed", f"sum({left}) {sign} sum({right})"
    for name, changed in rewritten(left, unsummed):
        yield f"left, {name}", f"{changed} {sign} {right}"
    for name, changed in rewritten(right, unsummed):
        yield f"right, {name}", f"{left} {sign} {changed}"


# A rule: other trees in place of one, each with what was done; found again at every place of a formula.
Rule = Callable[[ast.expr, ast.AST | None], Iterator[tuple[str, ast.expr]]]


def rewritten(text: str, rule: Rule) -> Iterator[Edit]:
    """The formula with one place changed, for each place and each change."""
    original = tree(text)
    for number, node in enumerate(ast.walk(original)):
        parent = next((x for x in ast.walk(original) if node in ast.iter_child_nodes(x)), None)
        if not isinstance(node, ast.expr):
            continue
        for name, other in rule(node, parent):
            if node is original:
                yield name, ast.unparse(other)
                continue
            copy = deepcopy(original)
            place = list(ast.walk(copy))[number]
            yield name, ast.unparse(_Replaced(place, other).visit(copy))


class _Replaced(ast.NodeTransformer):
    def __init__(self, place: ast.AST, other: ast.expr) -> None:
        self.place, self.other = place, other

    def visit(self, node: ast.AST) -> Any:
        return self.other if node is self.place else self.generic_visit(node)


def numbers(node: ast.expr, parent: ast.AST | None) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Constant(value=int(k)):
            at = f"{k} at character {node.col_offset + 1}"
            exponent = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Pow)
            yield f"{at}: 1 added", ast.Constant(k + 1)
            if k and not (exponent and isinstance(parent, ast.BinOp) and parent.right is node):
                yield f"{at}: doubled", ast.Constant(2 * k)
                yield f"{at}: sign changed", negative(node)


def flips(node: ast.expr, parent: ast.AST | None) -> Iterator[tuple[str, ast.expr]]:
    """Signs of summands: the second one of a sum or difference, the first where it is no sum itself, and a
    leading minus."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield f"sign of {ast.unparse(right)} flipped", ast.BinOp(left, other, right)
            if not isinstance(left, ast.UnaryOp) and not (
                isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add | ast.Sub)
            ):
                yield f"sign of {ast.unparse(left)} flipped", ast.BinOp(negative(left), op, right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield f"minus of {ast.unparse(operand)} dropped", operand


def unsummed(node: ast.expr, parent: ast.AST | None) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Call(func=ast.Name(id="sum"), args=[summand]):
            yield f"{ast.unparse(node)}: each member instead of the sum", summand


def negative(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def retold(certificate: Mapping[str, Any], mutant: Mutant) -> dict[str, Any]:
    """The unsealed certificate of the mutant by the proof of the original: all steps as they are, but for
    the formula that was changed, and citations of what was dropped."""
    problem = {"kind": "algebra", **mutant.says}
    gone = mutant.hypothesis if mutant.after is None else None
    steps = [_step(step, mutant, gone) for step in certificate["steps"]]
    return {"format": certificate["format"], "problem": problem, "steps": steps}


def _step(step: Mapping[str, Any], mutant: Mutant, gone: str | None) -> dict[str, Any]:
    states, terms = step["states"], [_without(term, gone) for term in step.get("terms", [])]
    if mutant.hypothesis is None and mutant.after is not None and states == mutant.before:
        states = mutant.after
    using = {name: x for name, x in step["multipliers"].items() if name != gone}
    told = {"states": states, "multipliers": using}
    return told | ({"rule": "combination"} if " = " in states else {"rule": "bound", "terms": terms})


def _without(term: Mapping[str, Any], name: str | None) -> dict[str, Any]:
    """A term of a bound, without a factor."""
    return {**term, "factors": [x for x in term["factors"] if x != name]} if "factors" in term else {**term}
