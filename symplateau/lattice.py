"""Exact values of activations at t = k*log(q), where exp, logistic and tanh are rational."""

import math
from fractions import Fraction

from .kernel.polynomial import Polynomial, parts

MAX_EXPONENT = 10_000

# Values known where the argument is this rational.
KNOWN = {("log", 1): 0, ("cos", 0): 1, ("sin", 0): 0, ("erf", 0): 0, ("arctan", 0): 0}


def lattice_value(polynomial: Polynomial, k: Fraction, q: Fraction) -> Fraction | None:
    """The exact value of a polynomial in t and calls at t = k*log(q), q > 0; None if not found rational.

    Found: the terms are rational one by one, and each power q**n that occurs has a whole |n| <= MAX_EXPONENT.
    """
    total = Fraction(0)
    for monomial, coefficient in polynomial.terms.items():
        factors = [(_atom_value(atom, k, q), power) for atom, power in monomial]
        if any(factor == 0 for factor, _ in factors):
            continue
        for factor, power in factors:
            if factor is None:
                return None
            coefficient *= factor**power
        total += coefficient
    return total


def _atom_value(atom: str, k: Fraction, q: Fraction) -> Fraction | None:
    if atom in ("t", "pi"):
        return Fraction(0) if atom == "t" and (k == 0 or q == 1) else None
    function, argument = parts(atom)
    inner = lattice_value(argument, k, q)
    if function in ("exp", "logistic", "tanh"):
        slope = Fraction(0) if inner == 0 else _slope(argument)
        exponent = None if slope is None else slope * k * (2 if function == "tanh" else 1)
        if exponent is None or exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT:
            return None
        power = q**exponent.numerator
        return {"exp": power, "logistic": power / (1 + power), "tanh": (power - 1) / (power + 1)}[function]
    if inner is None:
        return None
    if function.startswith("pos"):
        return max(inner, Fraction(0)) ** int(function[3:] or 1)
    if function == "inv":
        return 1 / inner if inner != 0 else None
    if function == "sqrt":
        return _root(inner)
    known = KNOWN.get((function, int(inner))) if inner.denominator == 1 else None
    return None if known is None else Fraction(known)


def is_rational_on_lattice(polynomial: Polynomial) -> bool:
    """True only if the value and every derivative are rational wherever they exist on the lattices.

    The lattices are k*log(q), k an integer, q > 0 rational.
    """
    for atom in polynomial.atoms():
        if atom in ("t", "pi"):
            return False
        function, argument = parts(atom)
        if function in ("exp", "logistic", "tanh"):
            slope = _slope(argument)
            if slope is None or (slope * (2 if function == "tanh" else 1)).denominator != 1:
                return False
        elif function not in ("inv", "pos", "pos2", "pos3") or not is_rational_on_lattice(argument):
            return False
    return True


def _slope(argument: Polynomial) -> Fraction | None:
    """a, when the argument is a*t with a != 0."""
    return argument.terms.get((("t", 1),)) if len(argument.terms) == 1 else None


def _root(value: Fraction) -> Fraction | None:
    """The rational square root, if there is one."""
    if value < 0:
        return None
    root = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
    return root if root**2 == value else None
