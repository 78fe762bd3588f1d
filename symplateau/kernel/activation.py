"""Activations as formulas, and their towers of derivatives.

An activation is a polynomial in t and in calls f(u), where u is again such a polynomial. The table DERIVATIVE says what
f' is, in the same language, so every derivative of every activation is found by one rule.
"""

import ast
from functools import lru_cache

from .format import Rejected, require
from .polynomial import Polynomial, Reader

# f: f'(u), "?" where f' is not continuous (there a tower ends). inv(u) is 1/u; pos, pos2, pos3 are max(u, 0)**1, 2, 3.
DERIVATIVE = {
    "exp": "exp(u)", "log": "inv(u)", "inv": "-inv(u)**2", "sqrt": "inv(sqrt(u))/2", "sin": "cos(u)", "cos": "-sin(u)",
    "tanh": "1 - tanh(u)**2", "logistic": "logistic(u) - logistic(u)**2", "softplus": "logistic(u)",
    "arctan": "inv(1 + u**2)", "erf": "2*inv(sqrt(pi))*exp(-u**2)", "pos3": "3*pos2(u)", "pos2": "2*pos(u)", "pos": "?",
}
_CALLS: dict[str, tuple[str, Polynomial]] = {}


class Formulas(Reader):
    """Reads expressions in one variable, which may stand for a polynomial; pi is a constant."""

    def __init__(self, variable: str, value: Polynomial | None = None) -> None:
        self.variable, self.value = variable, Polynomial.atom(variable) if value is None else value

    def name(self, name: str) -> Polynomial:
        require(name in (self.variable, "pi"), f"{self.variable}, pi or a number", name)
        return self.value if name == self.variable else Polynomial.atom(name)

    def call(self, function: str, arguments: list[ast.expr]) -> Polynomial:
        require(function in DERIVATIVE and len(arguments) == 1, "one of " + " ".join(DERIVATIVE), function)
        return self.applied(function, self.node(arguments[0]))

    def quotient(self, left: Polynomial, right: Polynomial) -> Polynomial:
        return left * self.applied("inv", right) if right.atoms() else super().quotient(left, right)

    def applied(self, function: str, argument: Polynomial) -> Polynomial:
        """The atom f(argument)."""
        name = f"{function}({argument})"
        _CALLS[name] = function, argument
        return Polynomial.atom(name)


def parts(atom: str) -> tuple[str, Polynomial]:
    """The function and the argument of a call, which must have been read before."""
    return _CALLS[atom]


@lru_cache(maxsize=4096)
def derivative(atom: str) -> Polynomial:
    """The derivative of an atom with respect to t: the table and the chain rule. Raises Rejected at "?"."""
    if atom in ("t", "pi"):
        return Polynomial.constant(atom == "t")
    function, argument = parts(atom)
    if DERIVATIVE[function] == "?":
        raise Rejected("an activation with more continuous derivatives", atom)
    return Formulas("u", argument).read(DERIVATIVE[function]) * argument.derivative(derivative)


@lru_cache(maxsize=256)
def tower(activation: str, order: int) -> tuple[Polynomial, ...]:
    """sigma, ..., sigma^(order) as polynomials in t and calls; `activation` is a formula in t. Raises Rejected."""
    if order == 0:
        return (Formulas("t").read(activation),)
    lower = tower(activation, order - 1)
    return (*lower, lower[-1].derivative(derivative))
