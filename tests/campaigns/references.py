"""What the arithmetic of both checkers is compared with: exact rationals, Arb at high precision, mpmath."""

import random
from fractions import Fraction
from typing import Any

import mpmath
from flint import arb, arb_series, ctx, fmpq

from symplateau.second import range as second

REFERENCE: dict[str, Any] = {
    "exp": arb.exp, "log": arb.log, "inv": lambda x: 1 / x, "sqrt": arb.sqrt, "sin": arb.sin, "cos": arb.cos,
    "tanh": arb.tanh, "logistic": lambda x: ((x / 2).tanh() + 1) / 2,
    "softplus": lambda x: (1 + x.exp()).log(), "arctan": arb.atan, "erf": arb.erf,
    "pos": lambda x: x if x > 0 else arb(0),
    "pos2": lambda x: x**2 if x > 0 else arb(0), "pos3": lambda x: x**3 if x > 0 else arb(0)}
MPMATH: dict[str, Any] = {
    "exp": mpmath.exp, "log": mpmath.log, "inv": lambda x: 1 / x, "sqrt": mpmath.sqrt, "sin": mpmath.sin,
    "cos": mpmath.cos, "tanh": mpmath.tanh, "logistic": lambda x: 1 / (1 + mpmath.exp(-x)),
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)), "arctan": mpmath.atan, "erf": mpmath.erf,
    "pos": lambda x: max(x, mpmath.mpf(0)), "pos2": lambda x: max(x, mpmath.mpf(0)) ** 2,
    "pos3": lambda x: max(x, mpmath.mpf(0)) ** 3}
LATTICE = {"exp": lambda q: q, "logistic": lambda q: q / (1 + q), "tanh": lambda q: (q * q - 1) / (q * q + 1)}
ACTIVATIONS = ("tanh(t)", "logistic(t)", "softplus(t)", "t*logistic(t)", "t*(1+erf(t/sqrt(2)))/2", "sin(t)",
               "exp(-t**2)", "arctan(t)", "t**3 - 2*t", "pos3(t)", "inv(1 + t**2)", "sqrt(1 + t**2)",
               "log(2 + cos(t))", "tanh(t)**2 + t/3", "exp(t)*sin(t)")


def fraction(draw: random.Random, largest: int = 12) -> Fraction:
    """A rational of any size up to about 2**largest, on both sides of zero."""
    size = draw.choice([2**4, 2**10, 2**20, 2**53, 2**100])
    x = Fraction(draw.randrange(-size, size + 1), draw.randrange(1, size + 1))
    x *= Fraction(2) ** draw.randrange(-20, 6) if draw.random() < 0.6 else 1
    return x if abs(x) <= 2**largest else x / (abs(x.numerator) // x.denominator + 1)


def rational(x: Fraction) -> fmpq:
    return fmpq(x.numerator, x.denominator)


def exact_arb(x: int, unit: arb) -> arb:
    """x*unit, for a power of two: nothing is rounded, whatever the precision."""
    before, ctx.prec = ctx.prec, max(64, x.bit_length() + 64)
    found = arb(x) * unit
    ctx.prec = before
    return found


def reference(draw: random.Random, name: str, x: Fraction, prec: int) -> arb:
    """f(x) to far more bits than are compared; one in forty by mpmath."""
    bits = 2 * prec + 300
    if draw.random() < 0.025:
        with mpmath.workprec(bits + 200):
            value = MPMATH[name](mpmath.mpf(x.numerator) / x.denominator)
            sign, mantissa, exponent, _ = mpmath.mpf(value)._mpf_
            exact = exact_arb(-int(mantissa) if sign else int(mantissa), arb(2) ** int(exponent))
            return exact + arb(0, arb(2) ** -bits * (1 + abs(exact)))
    with second.precision(bits):
        return REFERENCE[name](arb(rational(x)))


def rational_point(draw: random.Random) -> tuple[str, Fraction, Fraction]:
    """A formula, t, and its value there: at 0, at squares, at pythagorean numbers."""
    x = fraction(draw, 8)
    a, b = draw.randrange(1, 60), draw.randrange(1, 60)
    sides = [abs(a * a - b * b), 2 * a * b, a * a + b * b]
    return draw.choice([
        (draw.choice(["tanh(t)", "sin(t)", "arctan(t)", "erf(t)"]), Fraction(0), Fraction(0)),
        (draw.choice(["exp(t)", "cos(t)"]), Fraction(0), Fraction(1)),
        ("logistic(t)", Fraction(0), Fraction(1, 2)),
        ("sqrt(1 + t**2)", Fraction(sides[0], sides[1]), Fraction(sides[2], sides[1])),
        ("inv(sqrt(1 + t**2))", Fraction(sides[1], sides[0] or 1), Fraction(sides[0] or 1, sides[2]))
        if sides[0] else ("t", x, x),
        ("sqrt(t)", x * x or Fraction(1), abs(x) or Fraction(1)), ("pos(t)", x, max(x, Fraction(0))),
        ("pos2(t) + pos3(t)", x, max(x, Fraction(0)) ** 2 * (1 + max(x, Fraction(0)))),
        ("inv(t)", x or Fraction(3), 1 / (x or Fraction(3))),
        ("(t - 1)**3*(t + 2)", x, (x - 1) ** 3 * (x + 2)),
        ("inv(1 + t**2)*(1 - t**2)", x, (1 - x * x) / (1 + x * x))])


def numerical(text: str, order: int, x: Fraction, prec: int) -> arb:
    """The derivative by Taylor series of Arb, which knows nothing of the rules of differentiation."""
    before, ctx.cap = ctx.cap, order + 2
    t = arb_series([arb(rational(x)), 1], prec=order + 2)
    tanh = lambda u: 1 - 2 / ((2 * u).exp() + 1)  # noqa: E731
    logistic = lambda u: 1 / (1 + (-u).exp())  # noqa: E731
    known = {"t": t, "tanh": tanh, "logistic": logistic, "softplus": lambda u: (1 + u.exp()).log(),
             "erf": lambda u: u.erf(), "sqrt": lambda u: u.sqrt(), "sin": lambda u: u.sin(),
             "cos": lambda u: u.cos(), "exp": lambda u: u.exp(), "arctan": lambda u: u.atan(),
             "inv": lambda u: 1 / u, "log": lambda u: u.log(),
             "pos3": lambda u: u * u * u if x > 0 else 0 * u}
    found = series_of(text, known)
    ctx.cap = before
    factorial = 1 if order < 2 else 2
    return found[order] * factorial


def series_of(text: str, known: dict[str, Any]) -> Any:
    """One of ACTIVATIONS, by name, as a series: written out here a second time."""
    t, f = known["t"], known
    table = {
        "tanh(t)": lambda: f["tanh"](t), "logistic(t)": lambda: f["logistic"](t),
        "softplus(t)": lambda: f["softplus"](t), "t*logistic(t)": lambda: t * f["logistic"](t),
        "t*(1+erf(t/sqrt(2)))/2": lambda: t * (1 + f["erf"](t / arb(2).sqrt())) / 2,
        "sin(t)": lambda: f["sin"](t), "exp(-t**2)": lambda: f["exp"](-t * t),
        "arctan(t)": lambda: f["arctan"](t),
        "t**3 - 2*t": lambda: t * t * t - 2 * t, "pos3(t)": lambda: f["pos3"](t),
        "inv(1 + t**2)": lambda: f["inv"](1 + t * t), "sqrt(1 + t**2)": lambda: f["sqrt"](1 + t * t),
        "log(2 + cos(t))": lambda: f["log"](2 + f["cos"](t)),
        "tanh(t)**2 + t/3": lambda: f["tanh"](t) * f["tanh"](t) + t / 3,
        "exp(t)*sin(t)": lambda: f["exp"](t) * f["sin"](t)}
    return table[text]()
