"""Quadratic forms q(x) = x^T Q x with some coordinates free and the others >= 0: their sign, exactly.

Free coordinates are eliminated. What is left is copositive if and only if no principal submatrix M_S has
y >= 0 with M_S y < 0, strictly so if and only if none has y >= 0, y != 0, with M_S y <= 0: at a minimum of q
on the simplex, with support S, M_S y is constant (Gaddum, Linear inequalities and quadratic forms, 1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

from ..arrays import Matrix, Vector
from ..errors import Undecided
from ..simplex import Optimum, minimize
from .vectors import ZERO, combination, dot

MAX_SIGNED = 8
MANY, BITS = 16, 40
ONE = Fraction(1)


@dataclass(frozen=True)
class Positive:
    """q(x) > 0 for all x != 0."""


@dataclass(frozen=True)
class Semidefinite:
    """q >= 0, and q(x) = 0 at this x != 0."""

    x: Vector


@dataclass(frozen=True)
class Negative:
    """q(x) < 0."""

    x: Vector


Sign = Positive | Semidefinite | Negative


def value(form: Matrix, x: Sequence[Fraction]) -> Fraction:
    """x^T Q x."""
    return dot(x, [dot(row, x) for row in form])


def decide_sign(form: Matrix, free: int) -> Sign:
    """The sign of q where the first `free` coordinates are free, the others >= 0. form: symmetric.

    Raises Undecided where more than MAX_SIGNED coordinates >= 0 would have to be searched.
    """
    if len(form) >= MANY and is_shown_positive(form):
        return Positive()
    found = _decide(form, free)
    if not isinstance(found, Positive):
        result = value(form, found.x)
        if any(x < 0 for x in found.x[free:]) or not any(found.x) or (
                result >= 0 if isinstance(found, Negative) else result != 0):
            raise ArithmeticError("quadratic: the vector found does not have the stated sign")
    return found


def is_shown_positive(form: Matrix) -> bool:
    """True only for a positive definite form: S^T Q S is exactly within 1 of the unit matrix, row by row.

    S is guessed by floats and rounded; False says nothing. Then S^T Q S is positive definite by Gershgorin's
    circles, so that S is invertible, and Q is positive definite too.
    """
    import numpy
    from flint import fmpz_mat

    # Powers of two that bring the diagonal near 1; numerator and denominator may be beyond the floats.
    diagonal = [row[a] for a, row in enumerate(form)]
    scales = [Fraction(2) ** ((x.denominator.bit_length() - x.numerator.bit_length()) // 2) for x in diagonal]
    scaled = [[scales[a] * x * scales[b] for b, x in enumerate(row)] for a, row in enumerate(form)]
    try:
        guess = numpy.linalg.inv(numpy.linalg.cholesky(numpy.array(scaled, dtype=float))).T
    except (numpy.linalg.LinAlgError, OverflowError):
        return False
    if not numpy.isfinite(guess).all():
        return False
    S = fmpz_mat([[round(Fraction(x) * 2**BITS) for x in row] for row in guess.tolist()])
    common = lcm(*(x.denominator for row in scaled for x in row))
    product = S.transpose() * fmpz_mat([[int(x * common) for x in row] for row in scaled]) * S
    one = common << 2 * BITS
    return all(sum(abs(int(x) - one * (a == b)) for b, x in enumerate(row)) < one
               for a, row in enumerate(product.tolist()))


def _decide(form: Matrix, free: int) -> Sign:
    size = len(form)
    basis = [tuple(row) for row in _units(size)]
    rest, left, flat = [list(row) for row in form], list(range(size)), None
    while left and left[0] < free:
        rows = [p for p, i in enumerate(left) if i < free]
        pivot = next((p for p in rows if rest[p][p] > 0), None)
        if pivot is None:
            mixed = next(((p, q) for p in rows for q in range(len(left)) if rest[p][q]), None)
            if mixed is not None:
                return Negative(_tilted(rest, basis, *mixed))
            flat, pivot = basis[rows[0]], rows[0]
        else:
            head = rest[pivot]
            shares = [x / head[pivot] for x in head]
            rest = [list(_less(row, shares[p], head)) for p, row in enumerate(rest)]
            basis = [_less(b, shares[p], basis[pivot]) for p, b in enumerate(basis)]
        for row in rest:
            del row[pivot]
        del rest[pivot], basis[pivot], left[pivot]
    found = _copositive(rest)
    if isinstance(found, Positive):
        return found if flat is None else Semidefinite(flat)
    return type(found)(combination(found.x, basis, size))


def _tilted(rest: list[list[Fraction]], basis: list[Vector], p: int, q: int) -> Vector:
    """x_q = 1 and x_p so large that 2 x_p Q_pq + Q_qq < 0, where Q_pp <= 0."""
    slope, own = rest[p][q], rest[q][q]
    return _less(basis[q], (abs(own) + 1) / (2 * slope), basis[p])


def _less(row: Sequence[Fraction], factor: Fraction, head: Sequence[Fraction]) -> Vector:
    """row - factor * head."""
    return tuple(x - factor * y for x, y in zip(row, head, strict=True))


def _copositive(form: list[list[Fraction]]) -> Sign:
    """The sign on x >= 0."""
    size = len(form)

    def spread(subset: Sequence[int], y: Sequence[Fraction]) -> Vector:
        return tuple(y[subset.index(a)] if a in subset else ZERO for a in range(size))

    for a in range(size):
        if form[a][a] < 0:
            return Negative(spread([a], [ONE]))
    flat = next((spread([a], [ONE]) for a in range(size) if form[a][a] == 0), None)
    if all(x >= 0 for row in form for x in row):
        return Positive() if flat is None else Semidefinite(flat)
    if size > MAX_SIGNED:
        raise Undecided(f"copositivity: {size} coordinates of a quadratic form are bounded on one side",
                        "remove samples at the kink")
    for length in range(2, size + 1):
        for subset in combinations(range(size), length):
            minor = [[form[a][b] for b in subset] for a in subset]
            below = minimize([*minor, *_units(length)], [-1] * length)
            if isinstance(below, Optimum):
                return Negative(spread(subset, below.x[:length]))
            if flat is None:
                columns = [[*row, ONE] for row in minor]
                slack = [[*unit, ZERO] for unit in _units(length)]
                level = minimize([*columns, *slack], [ZERO] * length + [ONE])
                flat = spread(subset, level.x[:length]) if isinstance(level, Optimum) else None
    return Positive() if flat is None else Semidefinite(flat)


def _units(size: int) -> list[list[Fraction]]:
    return [[Fraction(int(a == b)) for b in range(size)] for a in range(size)]
