"""Polynomials over the rationals, and the one reader of formulas.

A polynomial is a sum of monomials in *atoms*. An atom is a text: a name ("alpha"), or a canonical call
("tanh(2*t)", "dot(dy,z)", "sum(lam*c)"), whose meaning lies with the module that made it. Nothing is ever
simplified: two expressions are equal when their expansions are the same.
"""

import ast
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub
from typing import Any

from .format import Rejected, require

MAX_TEXT, MAX_POWER, MAX_WORK = 4000, 64, 2**17
WORDS = re.compile(r"(?:[A-Za-z]\w*+|\d++(?!\w)|[ ()*/+,-])*+", re.ASCII)
BINARY = {ast.Add: add, ast.Sub: sub, ast.Mult: mul}
Monomial = tuple[tuple[str, int], ...]


class Polynomial:
    """An immutable polynomial: a mapping from monomials (sorted pairs of atom and power) to non-zero
    Fractions."""

    def __init__(self, terms: Iterable[tuple[Monomial, Fraction]] = ()) -> None:
        total: dict[Monomial, Fraction] = {}
        for monomial, x in terms:
            total[monomial] = total[monomial] + x if monomial in total else x
        self.terms = {monomial: x for monomial, x in total.items() if x != 0}

    @staticmethod
    def constant(value: Fraction | int) -> "Polynomial": return Polynomial([((), Fraction(value))])

    @staticmethod
    def atom(name: str) -> "Polynomial": return Polynomial([(((name, 1),), Fraction(1))])

    def __add__(self, p: Any) -> "Polynomial": return Polynomial([*self.terms.items(), *p.terms.items()])

    def __sub__(self, other: "Polynomial") -> "Polynomial": return self + other * Polynomial.constant(-1)

    def __mul__(self, p: Any) -> "Polynomial":
        return Polynomial((multiplied(m, n), x*y) for m, x in self.terms.items() for n, y in p.terms.items())

    def __pow__(self, power: int) -> "Polynomial": return reduce(mul, [self] * power, Polynomial.constant(1))

    def __str__(self) -> str:
        shown = [[str(x)] * (x != 1 or not m) + [name if k == 1 else f"{name}**{k}" for name, k in m]
                 for m, x in sorted(self.terms.items())]
        return " + ".join(map("*".join, shown)) or "0"

    def atoms(self) -> set[str]: return {name for monomial in self.terms for name, _ in monomial}

    # How much work it makes: the number of terms, those with long numbers or names counted more.
    def weight(self) -> int: return sum(1 + len(repr(term)) // 64 for term in self.terms.items())


def multiplied(left: Iterable[tuple[str, int]], right: Iterable[tuple[str, int]]) -> Monomial:
    """The product of two monomials. Raises Rejected where its degree is above MAX_POWER."""
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + power
    require(sum(powers.values()) <= MAX_POWER, f"a degree of at most {MAX_POWER}")
    return tuple(sorted(item for item in powers.items() if item[1]))


class Reader:
    """Reads formulas: rationals, + - * / (by a constant), ** (by a whole number), names and calls.

    Sub-classes say what a name and a call mean. Nothing is evaluated but exact arithmetic, and all that
    one reader does may cost MAX_WORK, about in microseconds.
    """

    name: Callable[[str], Polynomial]
    call: Callable[[str, list[ast.expr]], Polynomial]
    work = 0

    def read(self, text: Any) -> Polynomial:
        """The polynomial that a formula denotes. Raises Rejected."""
        readable = type(text) is str and len(text) <= MAX_TEXT and WORDS.fullmatch(text) is not None
        require(readable, f"a formula in ASCII, of at most {MAX_TEXT} characters", text)
        try:
            return self.node(ast.parse(text.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise Rejected("a formula", text) from None

    def node(self, node: ast.expr) -> Polynomial:
        match node:
            case ast.Constant(value=value) if type(value) is int:
                return Polynomial.constant(value)
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.times(Polynomial.constant(-1), self.node(operand))
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as op, right=right):
                return self.combined(BINARY[type(op)], self.node(left), self.node(right))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self.times(self.node(left), self.inverse(self.node(right)))
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=power)) if type(power) is int:
                require(power <= MAX_POWER, f"an exponent of at most {MAX_POWER}", power)
                return reduce(self.times, [self.node(left)] * power, Polynomial.constant(1))
            case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
                return self.call(function, arguments)
        raise Rejected("a number, a name, + - * / ** or a call", type(node).__name__)

    def spend(self, work: int) -> None:
        """Count work. Raises Rejected when it is more than MAX_WORK."""
        self.work += work
        require(self.work <= MAX_WORK, "formulas that cost less to expand", self.work)

    def combined(self, act: Callable[..., Polynomial], left: Polynomial, right: Polynomial) -> Polynomial:
        """The sum, difference or product, counted as work."""
        self.spend((mul if act is mul else add)(left.weight(), right.weight()))
        return act(left, right)

    def times(self, left: Polynomial, right: Polynomial) -> Polynomial: return self.combined(mul, left, right)

    def inverse(self, divisor: Polynomial) -> Polynomial:
        require(set(divisor.terms) == {()}, "a constant divisor, not zero", divisor)
        return Polynomial.constant(1 / divisor.terms[()])
