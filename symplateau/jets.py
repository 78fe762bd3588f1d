"""Jets: truncated power series of the loss along a curve, over exact rationals or over intervals.

With exact numbers a coefficient is the coefficient; with intervals it is enclosed, at t = 0 or, for a
remainder in Lagrange's form, at every tau of [0, t_0].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial
from typing import Any

from .kernel.network import Problem, derivatives
from .kernel.numbers import Angle, Interval, call, enclose
from .network import Network
from .perturbations import Displacement


@dataclass(frozen=True)
class Series:
    """c_0 + c_1 s + ... + c_N s^N over any numbers; products are cut at N."""

    terms: tuple[Any, ...]

    def __add__(self, other: Any) -> "Series":
        if isinstance(other, Series):
            return Series(tuple(x + y for x, y in zip(self.terms, other.terms, strict=True)))
        return Series((self.terms[0] + other, *self.terms[1:]))

    def __mul__(self, other: Any) -> "Series":
        if not isinstance(other, Series):
            return Series(tuple(x * other for x in self.terms))
        x, y = self.terms, other.terms
        return Series(
            tuple(sum((x[i] * y[n - i] for i in range(1, n + 1)), x[0] * y[n]) for n in range(len(x)))
        )

    __radd__, __rmul__ = __add__, __mul__


def composed(activation: str, t: Series) -> Series:
    """sigma(t) = sum_k sigma^(k)(t_0) / k! (t - t_0)^k, cut. activation: a formula in t."""
    last = len(t.terms) - 1
    step = Series((Fraction(0), *t.terms[1:]))
    power = Series((Fraction(1), *[Fraction(0)] * last))
    total = power * Fraction(0)
    for k, value in enumerate(derivatives(activation, t.terms[0], last)):
        total, power = total + power * (value * Fraction(1, factorial(k))), power * step
    return total


def loss_jet(
    network: Network,
    displacement: Displacement,
    order: int,
    prec: int | None = None,
    until: Fraction | None = None,
) -> list[Any]:
    """The coefficients of 1, s, ..., s^order of L(theta(tau + s)), theta(t) = theta + displacement(t).

    displacement: a polynomial in t for each parameter, in the units of `Network.theta`. prec None: exact
    Fractions at tau = 0. Else Intervals with prec bits after the point: at tau = 0, or for all tau in [0,
    until].
    Raises Rejected where a value is not rational, or where a derivative does not exist.
    """
    problem = Problem(network.problem())
    tau: Any = Fraction(0)
    if prec is not None:
        tau = Interval(0, enclose(until or Fraction(0), prec).hi, prec)
    moves = [_shifted(powers, tau, order) for powers in displacement]
    theta = _parameters(problem, moves, prec)
    d, m = len(problem.X[0]), problem.width
    bias: Any = theta[-1] if problem.bias else Fraction(0)
    total: Any = Fraction(0)
    for row, y in zip(problem.X, problem.y, strict=True):
        output = bias + -y
        for i in range(m):
            weights = theta[m + i * d : m + (i + 1) * d]
            t: Any = sum((w * x for w, x in zip(weights, row, strict=True)), Fraction(0))
            output = theta[i] * composed(problem.activation, _angle(problem, t, prec)) + output
        total = output * output + total
    return list((total * (problem.factor / 2)).terms)


def _shifted(powers: Sequence[Fraction], tau: Any, order: int) -> Series:
    """The polynomial at tau + s, as a series in s."""
    terms = []
    for j in range(order + 1):
        term: Any = Fraction(0)
        for k in range(len(powers) - 1, j - 1, -1):  # Horner's rule in tau
            term = term * tau + Fraction(comb(k, j)) * powers[k]
        terms.append(term)
    return Series(tuple(terms))


def _parameters(problem: Problem, moves: Sequence[Series], prec: int | None) -> list[Series]:
    """theta + its displacement; intervals are in full, exact weights in units of log q, as the displacement
    is."""
    own, start, end = problem.own(prec), problem.width, len(problem.theta) - problem.bias
    unit: Any = Fraction(1)
    if prec is not None and problem.unit is not None:
        unit = call("log", enclose(problem.unit, prec))
    return [
        (move * unit if start <= k < end else move) + x
        for k, (x, move) in enumerate(zip(own, moves, strict=True))
    ]


def _angle(problem: Problem, t: Series, prec: int | None) -> Series:
    """The pre-activation. Exactly, in units of log q, only its constant term may be rational in the
    activation."""
    start = t.terms[0]
    if prec is None and problem.unit is not None:
        if any(t.terms[1:]):
            raise ValueError("a displacement of the weights in units of log q is not rational: give prec")
        return Series((Angle(start, problem.unit) if start else start, *t.terms[1:]))
    return t
