"""Activations as the program sees them: over SymPy, mpmath and NumPy, at exact points, and facts about them.

The kernel owns the language of formulas. Over SymPy and mpmath a formula is read here once more, by a walk
over its syntax tree that shares no code with the kernel's reader, so that either can contradict the other.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .errors import InputError
from .formulas import ACTIVATIONS, check_activation
from .kernel.format import Rejected
from .kernel.polynomial import DERIVATIVE, Polynomial, parts, tower
from .lattice import is_rational_on_lattice, lattice_value
from .parity import parity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# What each word of a formula means over some kind of numbers. "number" makes one of an int; "pi" is a value.
Words = Mapping[str, Any]

MAX_SMOOTHNESS = 6

_OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Activation:
    """An activation: its registered name (or its formula) and its formula in t. Made by `get`."""

    name: str
    formula: str

    def expression(self, t: Any) -> Any:
        """sigma(t) as a SymPy expression. t: a SymPy expression, real."""
        return _walk(_parse(self.formula), t, _sympy_words())

    def mp(self, t: Any) -> Any:
        """sigma(t) as an mpf, at the precision of mpmath's current context: an approximation.

        Raises InputError where sigma has no real value at t.
        """
        import mpmath

        try:
            value = +_walk(_parse(self.formula), mpmath.mpf(t), _mpmath_words())
        except (ZeroDivisionError, ValueError, TypeError):
            value = mpmath.nan
        if not isinstance(value, mpmath.mpf) or not mpmath.isfinite(value):
            place = mpmath.nstr(t, 8)
            raise InputError(None, "activation", f"a function defined at t = {place}", self.formula)
        return value

    def numpy(self, t: "Floats", order: int = 0) -> "list[Floats]":
        """sigma, sigma', ..., up to the derivative of that order, each of the shape of t: approximations.

        NaN or infinity outside the domain. Raises InputError where a derivative is not continuous.
        """
        import numpy as np

        atoms: dict[str, Floats] = {"t": np.asarray(t, dtype=np.float64)}
        with np.errstate(all="ignore"):
            return [_floats(polynomial, atoms) for polynomial in self.tower(order)]

    def tower(self, order: int) -> tuple[Polynomial, ...]:
        """sigma, sigma', ... as the kernel's polynomials in t and calls. Raises InputError where it ends."""
        try:
            return tower(self.formula, order)
        except Rejected as error:
            got = f"derivative {order} of {self.name}"
            raise InputError(None, "activation", error.args[0], got) from None

    def lattice(self, multiple: Fraction, base: Fraction, order: int = 0) -> tuple[Fraction | None, ...]:
        """sigma, sigma', ... at t = multiple * log(base), exactly; None where it is not found to be rational.

        Raises InputError unless base > 0.
        """
        if base <= 0:
            raise InputError(None, "W_unit", "log(q) with q > 0", f"log({base})")
        return tuple(lattice_value(polynomial, multiple, base) for polynomial in self.tower(order))

    @property
    def smoothness(self) -> str:
        """Either "analytic" or "C^k", a lower bound.

        It holds where all arguments of log and sqrt are positive and no divisor vanishes.
        """
        if not any(name.startswith("pos") for name in _functions(self.tower(0)[0])):
            return "analytic"
        for order in range(1, MAX_SMOOTHNESS + 1):
            try:
                self.tower(order)
            except InputError:
                return f"C^{order - 1}"
        return f"C^{MAX_SMOOTHNESS}"

    @property
    def parity(self) -> str | None:
        """"odd" or "even", decided by algebra; None when neither was found."""
        return parity(self.tower(0)[0])

    @property
    def rational_on_lattice(self) -> bool:
        """True only if sigma and its derivatives are rational at k*log(q), k an integer, q > 0 rational."""
        return is_rational_on_lattice(self.tower(0)[0])


def get(activation: object) -> Activation:
    """The activation of a registered name, or of a formula in t. Raises InputError (`check_activation`)."""
    check_activation(activation)
    name = str(activation)
    return Activation(name, ACTIVATIONS.get(name, name))


@lru_cache(maxsize=256)
def _parse(formula: str) -> ast.expr:
    return ast.parse(formula.strip(), mode="eval").body


def _walk(node: ast.expr, t: Any, words: Words) -> Any:
    """The value of a formula over the numbers that `words` speaks of. Raises InputError off the whitelist."""
    match node:
        case ast.Constant(value=int(value)) if type(value) is int:
            return words["number"](value)
        case ast.Name(id="t"):
            return t
        case ast.Name(id="pi"):
            return words["pi"]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_walk(operand, t, words)
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))) if type(power) is int:
            return _walk(left, t, words) ** power
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _OPERATIONS:
            return _OPERATIONS[type(operation)](_walk(left, t, words), _walk(right, t, words))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in DERIVATIVE:
            return words[name](_walk(argument, t, words))
    raise InputError(None, "activation", "numbers, t, + - * / ** and known functions", type(node).__name__)


@lru_cache(maxsize=1)
def _sympy_words() -> Words:
    import sympy

    def pos(power: int) -> Callable[[Any], Any]:
        # A Piecewise, not Max: its derivatives are the powers themselves, without Heaviside and DiracDelta.
        return lambda u: sympy.Piecewise((sympy.S.Zero, u <= 0), (u**power, True))

    return {
        "number": sympy.Integer, "pi": sympy.pi,
        "exp": sympy.exp, "log": sympy.log, "inv": lambda u: 1 / u, "sqrt": sympy.sqrt,
        "sin": sympy.sin, "cos": sympy.cos, "tanh": sympy.tanh, "arctan": sympy.atan, "erf": sympy.erf,
        "logistic": lambda u: 1 / (1 + sympy.exp(-u)), "softplus": lambda u: sympy.log(1 + sympy.exp(u)),
        "pos": pos(1), "pos2": pos(2), "pos3": pos(3),
    }


@lru_cache(maxsize=1)
def _mpmath_words() -> Words:
    import mpmath

    return {
        "number": mpmath.mpf, "pi": mpmath.pi,
        "exp": mpmath.exp, "log": mpmath.log, "inv": lambda u: 1 / u, "sqrt": mpmath.sqrt,
        "sin": mpmath.sin, "cos": mpmath.cos, "tanh": mpmath.tanh, "arctan": mpmath.atan, "erf": mpmath.erf,
        "logistic": lambda u: 1 / (1 + mpmath.exp(-u)), "softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
        "pos": lambda u: max(u, 0 * u), "pos2": lambda u: max(u, 0 * u) ** 2,
        "pos3": lambda u: max(u, 0 * u) ** 3,
    }


@lru_cache(maxsize=1)
def _numpy_words() -> Words:
    import numpy as np

    def logistic(u: "Floats") -> "Floats":
        small = np.exp(-np.abs(u))
        value: Floats = np.where(u >= 0, 1.0, small) / (1 + small)
        return value

    return {
        "exp": np.exp, "log": np.log, "inv": lambda u: 1 / u, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos,
        "tanh": np.tanh, "arctan": np.arctan, "erf": np.vectorize(math.erf, otypes=[np.float64]),
        "logistic": logistic, "softplus": lambda u: np.logaddexp(0.0, u),
        "pos": lambda u: np.maximum(u, 0), "pos2": lambda u: np.maximum(u, 0) ** 2,
        "pos3": lambda u: np.maximum(u, 0) ** 3,
    }


def _floats(polynomial: Polynomial, atoms: "dict[str, Floats]") -> "Floats":
    import numpy as np

    total = np.zeros_like(atoms["t"])
    for monomial, coefficient in polynomial.terms.items():
        term = np.full_like(total, float(coefficient))
        for atom, power in monomial:
            if atom == "pi":
                atoms[atom] = np.full_like(total, math.pi)
            elif atom not in atoms:
                function, argument = parts(atom)
                atoms[atom] = _numpy_words()[function](_floats(argument, atoms))
            term = term * atoms[atom] ** power
        total = total + term
    return total


def _functions(polynomial: Polynomial) -> set[str]:
    """The functions called in a polynomial and in the arguments of its calls."""
    names: set[str] = set()
    for atom in polynomial.atoms() - {"t", "pi"}:
        function, argument = parts(atom)
        names |= {function} | _functions(argument)
    return names
