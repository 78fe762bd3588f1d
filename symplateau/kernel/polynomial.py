"""Polynomials over the rationals, and the one reader of formulas.

A polynomial is a sum of monomials in *atoms*. An atom is a text: a name ("alpha"), or a canonical call ("tanh(2*t)",
"dot(dy,z)", "sum(lam*c)"), whose meaning lies with the module that made it. Nothing is ever simplified: two
expressions are equal when their expansions are the same.
"""

import ast
import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod

from .format import Rejected, require

MAX_TEXT, MAX_POWER, MAX_TERMS = 4000, 64, 20_000
Monomial = tuple[tuple[str, int], ...]
BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


class Polynomial:
    """An immutable polynomial: a mapping from monomials (sorted pairs of atom and power) to non-zero Fractions."""

    def __init__(self, terms: Iterable[tuple[Monomial, Fraction]] = ()) -> None:
        self.terms: dict[Monomial, Fraction] = {}
        for monomial, coefficient in terms:
            self.terms[monomial] = self.terms.get(monomial, Fraction(0)) + coefficient
        self.terms = {monomial: x for monomial, x in self.terms.items() if x != 0}
        require(len(self.terms) <= MAX_TERMS, f"at most {MAX_TERMS} terms", len(self.terms))

    @staticmethod
    def constant(value: Fraction | int) -> "Polynomial":
        return Polynomial([((), Fraction(value))])

    @staticmethod
    def atom(name: str) -> "Polynomial":
        return Polynomial([(((name, 1),), Fraction(1))])

    def __add__(self, other: "Polynomial") -> "Polynomial":
        return Polynomial([*self.terms.items(), *other.terms.items()])

    def __sub__(self, other: "Polynomial") -> "Polynomial":
        return self + other * Polynomial.constant(-1)

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        require(len(self.terms) * len(other.terms) <= 50 * MAX_TERMS, "a product of manageable size")
        pairs = ((p, q) for p in self.terms.items() for q in other.terms.items())
        return Polynomial((_times(m, k), x * y) for (m, x), (k, y) in pairs)

    def __pow__(self, power: int) -> "Polynomial":
        require(0 <= power <= MAX_POWER, f"an exponent from 0 to {MAX_POWER}", power)
        return prod([self] * power, start=Polynomial.constant(1))

    def __str__(self) -> str:
        return " + ".join(_show(m, x) for m, x in sorted(self.terms.items())) or "0"

    def atoms(self) -> set[str]:
        return {name for monomial in self.terms for name, _ in monomial}

    def value(self) -> Fraction:
        """The value of a constant polynomial. Raises Rejected when it is not constant."""
        require(set(self.terms) <= {()}, "a constant", self)
        return self.terms.get((), Fraction(0))

    def lowered(self, name: str, power: int) -> "Polynomial":
        """The polynomial divided by name**power. Raises Rejected where that is not a polynomial."""
        terms = [(dict(monomial), x) for monomial, x in self.terms.items()]
        require(all(powers.get(name, 0) >= power for powers, _ in terms), f"a multiple of {name}**{power}", self)
        divided = ((powers | {name: powers.get(name, 0) - power}, x) for powers, x in terms)
        return Polynomial((tuple(sorted(p for p in powers.items() if p[1])), x) for powers, x in divided)

    def derivative(self, derive: Callable[[str], "Polynomial"]) -> "Polynomial":
        """The derivation that maps each atom to derive(atom): sum and product rules."""
        total = Polynomial()
        for monomial, coefficient in self.terms.items():
            for place, (name, power) in enumerate(monomial):
                lowered = [(name, power - 1)] if power > 1 else []
                rest = (*monomial[:place], *lowered, *monomial[place + 1 :])
                total = total + Polynomial([(rest, coefficient * power)]) * derive(name)
        return total


def _times(left: Monomial, right: Monomial) -> Monomial:
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted(powers.items()))


def _show(monomial: Monomial, coefficient: Fraction) -> str:
    factors = [name if power == 1 else f"{name}**{power}" for name, power in monomial]
    return "*".join(([] if factors and coefficient == 1 else [str(coefficient)]) + factors)


class Reader:
    """Reads formulas: rationals, + - * / (by a constant), ** (by a whole number), names and calls.

    Sub-classes say what a name and a call mean. Nothing is evaluated but exact arithmetic.
    """

    name: Callable[[str], Polynomial]
    call: Callable[[str, list[ast.expr]], Polynomial]

    def quotient(self, left: Polynomial, right: Polynomial) -> Polynomial:
        require(right.value() != 0, "a non-zero divisor", right)
        return left * Polynomial.constant(1 / right.value())

    def read(self, text: object) -> Polynomial:
        """The polynomial that a formula denotes. Raises Rejected."""
        require(type(text) is str and text.isascii() and len(text) <= MAX_TEXT,
                f"a formula of at most {MAX_TEXT} ASCII characters", repr(text)[:60])
        try:
            return self.node(ast.parse(str(text).strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise Rejected("a formula", str(text)[:60]) from None

    def node(self, node: ast.expr) -> Polynomial:
        match node:
            case ast.Constant(value=value) if type(value) is int:
                return Polynomial.constant(value)
            case ast.Name(id=name):
                return self.name(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.node(operand) * Polynomial.constant(-1)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as op, right=right):
                return BINARY[type(op)](self.node(left), self.node(right))
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self.quotient(self.node(left), self.node(right))
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=power)) if type(power) is int:
                return self.node(left) ** power
            case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
                return self.call(function, arguments)
        raise Rejected("a number, a name, + - * / ** or a call", type(node).__name__)
