"""One tied pattern: its point is a pair of singular vectors, and mu = |a|^2 |h|^2 an eigenvalue over Q."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from .rankone import Layout
from .reduced import PREC, Enclosure, chosen, independent, projected_off


@dataclass(frozen=True)
class Equation:
    """mu is the only root in [low, high] of the irreducible polynomial sum_n coefficients[n] mu^n."""

    coefficients: tuple[int, ...]
    low: Fraction
    high: Fraction

    def __call__(self, x: Fraction) -> Fraction:
        return sum((c * x**n for n, c in enumerate(self.coefficients)), Fraction(0))


def singular_equation(plan: Layout, enclosure: Enclosure) -> Equation | None:
    """The equation of the only tied pattern; None where there are several, or it is not told apart.

    h = Y^T a / |a|^2 and a = A g, A the pattern's columns with those of free patterns projected off, give
    (A^T A)^-1 A^T Y Y^T A g = mu g.
    """
    if len(plan.tied) != 1:
        return None
    left = projected_off(plan.fitted, plan.tied[0].columns)
    A = chosen(left, independent(left))
    pull = A.transpose() * plan.problem.targets
    polynomial = ((A.transpose() * A).inv() * (pull * pull.transpose())).charpoly().numer()
    with ctx.workprec(PREC):
        (_, a, h), = plan.problem.state(enclosure.balls)[0]
        mu = _square(a) * _square(h)
        low, high = _outward(mu)
        middle, half = (arb(fmpq(x.numerator, x.denominator)) for x in ((low + high) / 2, (high - low) / 2))
        ball = middle + arb(0, 1) * half
        factors = [tuple(int(c) for c in factor.coeffs()) for factor, _ in polynomial.factor()[1]]
        hits = [f for f in factors if _value(f, ball).contains(0)]
        if len(hits) != 1 or _value(tuple(n * c for n, c in enumerate(hits[0]))[1:], ball).contains(0):
            return None
    found = Equation(hits[0], low, high)
    return found if found(low) * found(high) <= 0 else None


def _value(coefficients: tuple[int, ...], x: Any) -> Any:
    total = arb(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def _square(column: Any) -> Any:
    return (column.transpose() * column)[0, 0]


def _outward(x: Any) -> tuple[Fraction, Fraction]:
    ends = [(x.mid() + side * arb(x.rad())) for side in (-1, 1)]
    low, high = ends[0].lower().fmpq(), ends[1].upper().fmpq()
    return Fraction(int(low.p), int(low.q)), Fraction(int(high.p), int(high.q))
