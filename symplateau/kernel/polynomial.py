"""Polynomials over the rationals, the one reader of formulas, and activations with their derivatives.

A polynomial is a sum of monomials in *atoms*. An atom is a text: a name ("alpha"), or a canonical call
("tanh(2*t)", "dot(dy,z)", "sum(lam*c)"), whose meaning lies with the reader that made it. Nothing is ever
simplified: two expressions are equal when their expansions are the same. An activation is a polynomial in t
and in calls f(u), where u is again such a polynomial; the table DERIVATIVE says what f' is, in the same
language, so every derivative of every activation is found by one rule.
"""

import ast
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache, partial, reduce
from operator import add, mul, sub
from typing import Any

from .format import Rejected, listed, require

MAX_TEXT, MAX_POWER, MAX_WORK = 4000, 64, 2**17
WORDS = re.compile(r"(?:[A-Za-z]\w*+|\d++(?!\w)|[ ()*/+,-])*+", re.ASCII)
BINARY = {ast.Add: add, ast.Sub: sub, ast.Mult: mul}
# f: f'(u), "?" where f' is not continuous (there a tower ends). inv(u) is 1/u; posk(u) is max(u, 0)**k.
DERIVATIVE = {"exp": "exp(u)", "log": "inv(u)", "inv": "-inv(u)**2", "sqrt": "inv(sqrt(u))/2",
    "sin": "cos(u)", "cos": "-sin(u)", "tanh": "1 - tanh(u)**2", "logistic": "logistic(u) - logistic(u)**2",
    "softplus": "logistic(u)", "arctan": "inv(1 + u**2)", "erf": "2*inv(sqrt(pi))*exp(-u**2)",
    "pos3": "3*pos2(u)", "pos2": "2*pos(u)", "pos": "?"}
Monomial = tuple[tuple[str, int], ...]


class Polynomial:
    """An immutable polynomial: a mapping from monomials (sorted pairs of atom and power) to non-zero
    Fractions."""

    def __init__(self, terms: Iterable[tuple[Monomial, Any]] = ()) -> None:
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

    names: what each name stands for. calls: the meaning of calls by their form, such as "dot(., .)".
    Nothing is evaluated but exact arithmetic, and all that one reader does may cost `limit`, about in
    microseconds.
    """

    def __init__(self, names: dict[str, Polynomial], calls: dict[str, Callable[..., Polynomial]],
                 limit: int = MAX_WORK) -> None:
        self.names, self.calls, self.limit, self.work = names, calls, limit, 0

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
                require(name in self.names, f"one of the names [{' '.join(self.names)}]", name)
                return self.names[name]
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
                form = f"{function}({', '.join('.' * len(arguments))})"
                require(form in self.calls, f"one of the calls [{' '.join(self.calls)}]", form)
                return self.calls[form](*map(self.node, arguments))
        raise Rejected("a number, a name, + - * / ** or a call", type(node).__name__)

    def spend(self, work: int) -> None:
        """Count work. Raises Rejected when it is more than the limit."""
        self.work += work
        require(self.work <= self.limit, "less work, formulas that cost less to expand", self.work)

    def combined(self, act: Callable[..., Polynomial], left: Polynomial, right: Polynomial) -> Polynomial:
        """The sum, difference or product, counted as work."""
        self.spend((mul if act is mul else add)(left.weight(), right.weight()))
        return act(left, right)

    def times(self, left: Polynomial, right: Polynomial) -> Polynomial: return self.combined(mul, left, right)

    def inverse(self, divisor: Polynomial) -> Polynomial:
        require(set(divisor.terms) == {()}, "a constant divisor, not zero", divisor)
        return Polynomial.constant(1 / divisor.terms[()])


def in_time(texts: Any, reader: Reader | None = None) -> list[Polynomial]:
    """A list of formulas in t, without calls: polynomials. Raises Rejected."""
    own = reader or Reader({"t": Polynomial.atom("t")}, {})
    return [own.read(text) for text in listed(texts)]


_CALLS: dict[str, tuple[str, Polynomial]] = {}
parts = _CALLS.__getitem__  # the function and the argument of a call, which must have been read before


class Formulas(Reader):
    """Reads expressions in one variable, which may stand for a polynomial; pi is a constant.
    Differentiates."""

    def __init__(self, variable: str = "t", value: Polynomial | None = None) -> None:
        super().__init__({variable: value or Polynomial.atom(variable), "pi": Polynomial.atom("pi")},
                         {f"{function}(.)": partial(self.applied, function) for function in DERIVATIVE})
        self.slopes, self.partial = {"t": Polynomial.constant(1), "pi": Polynomial()}, set[str]()

    def inverse(self, divisor: Polynomial) -> Polynomial:
        return self.applied("inv", divisor) if divisor.atoms() else super().inverse(divisor)

    def applied(self, function: str, argument: Polynomial) -> Polynomial:
        """The atom f(argument)."""
        name = f"{function}({argument})"
        self.partial |= {name} if function in ("inv", "log", "sqrt") else set()
        _CALLS[name] = function, argument
        return Polynomial.atom(name)

    def derivative(self, polynomial: Polynomial) -> Polynomial:
        """The derivative with respect to t, by the sum and product rules."""
        parts = (self.times(Polynomial([(multiplied(monomial, [(name, -1)]), x * power)]), self.slope(name))
                 for monomial, x in polynomial.terms.items() for name, power in monomial)
        return Polynomial(term for part in parts for term in part.terms.items())

    def slope(self, atom: str) -> Polynomial:
        """The derivative of an atom, by the table and the chain rule. Raises Rejected at "?"."""
        if atom not in self.slopes:
            function, argument = parts(atom)
            require(DERIVATIVE[function] != "?", "an activation with more continuous derivatives", atom)
            self.names["u"] = argument
            self.slopes[atom] = self.times(self.read(DERIVATIVE[function]), self.derivative(argument))
        return self.slopes[atom]


@lru_cache(maxsize=256)
def tower(activation: str, order: int) -> tuple[Polynomial, ...]:
    """sigma, ..., sigma^(order) as polynomials in t and calls; `activation` is a formula in t. Raises
    Rejected.

    A call without a value somewhere that cancels would leave the formula without one, unnoticed: refused.
    """
    reader = Formulas()
    found = [reader.read(activation)]
    require(all(x in str(found[0]) for x in reader.partial), "inv, log, sqrt that do not cancel", activation)
    for _ in range(order):
        found.append(reader.derivative(found[-1]))
    return tuple(found)
