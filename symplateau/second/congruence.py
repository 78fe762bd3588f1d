"""Inertia by a congruence with a diagonal of signs: C(M, S, D) of the specification."""

from dataclasses import dataclass
from typing import Any

from flint import arb, arb_mat, fmpq, fmpq_mat

from .range import ceiling, fraction
from .rejection import demand


@dataclass(frozen=True)
class Congruence:
    """Z < 1, and the least absolute value that an eigenvalue can have if the basis is square."""

    Z: fmpq
    gap: fmpq


def congruence(M: Any, basis: list[list[fmpq]], signs: list[int]) -> Congruence:
    """Demand that every M of the set has the inertia that the signs say on the span of the basis."""
    if not signs:
        return Congruence(fmpq(0), fmpq(1))
    S = (fmpq_mat if isinstance(M, fmpq_mat) else arb_mat)(basis)
    product = (S.transpose() * M * S).tolist()
    Z = fmpq(0)
    for i, row in enumerate(product):
        total = sum((magnitude(x - (signs[i] if i == j else 0)) for j, x in enumerate(row)), fmpq(0))
        Z = max(Z, total)
    demand(Z < 1, "a basis in which the matrix is nearly diagonal")
    squares = sum((x * x for row in basis for x in row), fmpq(0))
    return Congruence(Z, (1 - Z) / max(fmpq(1), squares))


def magnitude(x: Any) -> fmpq:
    """An upper bound of the absolute value; of a rational, it itself."""
    if isinstance(x, arb):
        demand(x.is_finite(), "finite numbers")
        return fraction(ceiling(x.abs_upper()))
    return fmpq(abs(x))


def rounded(x: fmpq) -> fmpq:
    """x > 0 rounded down, to about 40 bits: finer than other checkers do, so as to imply what they say."""
    demand(x > 0, "a bound > 0")
    exponent = int(x.p).bit_length() - int(x.q).bit_length() - 40
    unit = fmpq(2) ** exponent
    return fmpq((x / unit).floor()) * unit
