"""Activations as formulas, and their towers of derivatives.

An activation is a polynomial in t and in calls f(u), where u is again such a polynomial. The table
DERIVATIVE says what f' is, in the same language, so every derivative of every activation is found by one
rule.
"""

from functools import lru_cache
from typing import Any

from .format import listed, require
from .polynomial import Polynomial, Reader, multiplied

# f: f'(u), "?" where f' is not continuous (there a tower ends). inv(u) is 1/u; posk(u) is max(u, 0)**k.
DERIVATIVE = {
    "exp": "exp(u)", "log": "inv(u)", "inv": "-inv(u)**2", "sqrt": "inv(sqrt(u))/2", "sin": "cos(u)",
    "cos": "-sin(u)", "tanh": "1 - tanh(u)**2", "logistic": "logistic(u) - logistic(u)**2",
    "softplus": "logistic(u)", "arctan": "inv(1 + u**2)", "erf": "2*inv(sqrt(pi))*exp(-u**2)",
    "pos3": "3*pos2(u)", "pos2": "2*pos(u)", "pos": "?",
}
_CALLS: dict[str, tuple[str, Polynomial]] = {}
parts = _CALLS.__getitem__  # the function and the argument of a call, which must have been read before


class Formulas(Reader):
    """Reads expressions in one variable, which may stand for a polynomial; pi is a constant.
    Differentiates."""

    def __init__(self, variable: str, value: Polynomial | None = None) -> None:
        self.variable, self.value = variable, Polynomial.atom(variable) if value is None else value
        self.slopes, self.partial = {"t": Polynomial.constant(1), "pi": Polynomial()}, set[str]()

    def name(self, name: str) -> Polynomial:
        require(name in (self.variable, "pi"), f"{self.variable}, pi or a number", name)
        return self.value if name == self.variable else Polynomial.atom(name)

    def call(self, function: str, arguments: Any) -> Polynomial:
        require(function in DERIVATIVE and len(arguments) == 1, "one of " + " ".join(DERIVATIVE), function)
        return self.applied(function, self.node(arguments[0]))

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
            self.variable, self.value = "u", argument
            self.slopes[atom] = self.times(self.read(DERIVATIVE[function]), self.derivative(argument))
        return self.slopes[atom]


@lru_cache(maxsize=256)
def tower(activation: str, order: int) -> tuple[Polynomial, ...]:
    """sigma, ..., sigma^(order) as polynomials in t and calls; `activation` is a formula in t. Raises
    Rejected.

    A call without a value somewhere that cancels would leave the formula without one, unnoticed: refused.
    """
    reader = Formulas("t")
    found = [reader.read(activation)]
    require(all(x in str(found[0]) for x in reader.partial), "inv, log, sqrt that do not cancel", activation)
    for _ in range(order):
        found.append(reader.derivative(found[-1]))
    return tuple(found)


def in_time(texts: Any) -> list[Polynomial]:
    """A list of formulas that are polynomials in t alone. Raises Rejected."""
    reader = Formulas("t")
    found = [reader.read(text) for text in listed(texts)]
    require(not reader.partial and all(x.atoms() <= {"t"} for x in found), "polynomials in t", texts)
    return found
