"""Linear algebra over Q by FLINT, and rationals of few bits near floats."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat, fmpz_mat

from ..arrays import Matrix, Vector
from .vectors import Integers, null_space

BITS = 28
Rows = Sequence[Sequence[Fraction | int]]


def to_flint(rows: Rows, columns: int) -> fmpq_mat:
    """A matrix of the given number of columns, also where it has no rows."""
    entries = [fmpq(x.numerator, x.denominator) for row in rows for x in row]
    return fmpq_mat(len(rows), columns, entries)


def to_fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def from_flint(matrix: fmpq_mat) -> Matrix:
    return tuple(tuple(map(to_fraction, row)) for row in matrix.tolist())


def signed_sums(start: Vector, vectors: Rows, signs: Sequence[Sequence[int]]) -> list[Vector]:
    """start + sum_k signs[p][k] vectors[k], for each p."""
    size = len(start)
    sums = to_flint(signs, len(vectors)) * to_flint(vectors, size) + to_flint([start] * len(signs), size)
    return list(from_flint(sums))


def solve(rows: Rows, right: Rows) -> Matrix | None:
    """One Z with rows Z = right, of shape (columns of rows, columns of right); None where there is none.

    What the first columns can do is not left to later ones: the variables of dependent columns are 0.
    """
    size, width = len(rows[0]) if rows else 0, len(right[0]) if right else 0
    table = [[*a, *b] for a, b in zip(rows, right, strict=True)]
    reduced, rank = to_flint(table, size + width).rref()
    found = [[Fraction(0)] * width for _ in range(size)]
    column = 0
    for r in range(rank):
        while column < size and reduced[r, column] == 0:
            column += 1
        if column == size:
            return None
        found[column] = [to_fraction(reduced[r, size + j]) for j in range(width)]
    return tuple(map(tuple, found))


def solve_chosen(table: fmpq_mat, right: fmpq_mat, rows: Sequence[int], columns: Sequence[int]) -> Any:
    """Z with table Z = right, 0 but in the chosen columns, by as many chosen rows; None if there is none."""
    square = fmpq_mat(len(rows), len(columns), [table[r, c] for r in rows for c in columns])
    width = right.ncols()
    wanted = fmpq_mat(len(rows), width, [right[r, j] for r in rows for j in range(width)])
    try:
        found = square.solve(wanted)
    except ZeroDivisionError:
        return None
    entries = {c: p for p, c in enumerate(columns)}
    full = fmpq_mat(table.ncols(), width, [found[entries[c], j] if c in entries else fmpq(0)
                                           for c in range(table.ncols()) for j in range(width)])
    return full if table * full == right else None


def short_basis(rows: Rows, size: int) -> tuple[Integers, ...]:
    """A basis, of short integer vectors, of {t in Q^size : r.t = 0 for all rows r}."""
    basis = null_space(rows, size)
    if not rows or len(basis) < 2:
        return tuple(basis)
    reduced = fmpz_mat([list(b) for b in basis]).lll()
    return tuple(tuple(int(x) for x in row) for row in reduced.tolist())


def power_of_two(scale: Fraction) -> Fraction:
    """One near the scale > 0."""
    places = scale.numerator.bit_length() - scale.denominator.bit_length()
    return Fraction(1 << places) if places >= 0 else Fraction(1, 1 << -places)


def rounded(values: Sequence[Fraction], bits: int = BITS) -> Vector:
    """Near the values, to about `bits` bits of the largest of them."""
    largest = max(map(abs, values), default=Fraction(0))
    if not largest:
        return tuple(Fraction(0) for _ in values)
    unit = power_of_two(largest) / (1 << bits)
    return tuple(round(x / unit) * unit for x in values)
