"""Rational vectors: products, primitive multiples, null spaces."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..arrays import Matrix, Vector

Integers = tuple[int, ...]
ZERO = Fraction(0)


def dot(a: Iterable[Fraction | int], b: Iterable[Fraction | int]) -> Fraction:
    """The inner product. Raises ValueError for different lengths."""
    sums: dict[int, int] = {}  # by denominator: data have few different ones
    for x, y in zip(a, b, strict=True):
        if x and y:
            divisor = x.denominator * y.denominator
            sums[divisor] = sums.get(divisor, 0) + x.numerator * y.numerator
    return sum((Fraction(total, divisor) for divisor, total in sums.items()), ZERO)


def whole(vector: Sequence[Fraction | int]) -> tuple[Integers, int]:
    """Integers and a divisor > 0: vector = integers / divisor."""
    divisor = math.lcm(*(x.denominator for x in vector))
    return tuple(x.numerator * (divisor // x.denominator) for x in vector), divisor


def products(rows: Sequence[Sequence[Fraction]], others: Sequence[Sequence[Fraction]]) -> Matrix:
    """The inner products of each row with each of the others."""
    right = [whole(b) for b in others]
    return tuple(tuple(Fraction(sum(map(int.__mul__, p, q)), c * d) for q, d in right)
                 for p, c in map(whole, rows))


def combination(factors: Sequence[Fraction | int], vectors: Sequence[Sequence[Fraction | int]],
                size: int) -> Vector:
    """sum_k factors[k] vectors[k], of the given size also where there are none."""
    return tuple(dot(factors, [v[a] for v in vectors]) for a in range(size))


def zeros(rows: int, columns: int) -> Matrix:
    return ((ZERO,) * columns,) * rows


def sign(x: Fraction | int) -> int:
    return (x > 0) - (x < 0)


def primitive(vector: Sequence[Fraction | int]) -> tuple[Integers, Fraction]:
    """Coprime integers with a positive first entry != 0, and the factor: vector = factor * integers.

    (0, ..., 0) has factor 0.

    >>> primitive([Fraction(0), Fraction(-1, 2), Fraction(1)])
    ((0, 1, -2), Fraction(-1, 2))
    """
    common = math.lcm(*(x.denominator for x in vector))
    whole = [int(x * common) for x in vector]
    divisor = math.gcd(*whole)
    if not divisor:
        return (0,) * len(whole), ZERO
    divisor *= sign(next(x for x in whole if x))
    return tuple(x // divisor for x in whole), Fraction(divisor, common)


def null_space(rows: Iterable[Sequence[Fraction | int]], size: int) -> list[Integers]:
    """A basis of {t in Q^size : r.t = 0 for all rows r}, of primitive integer vectors."""
    basis = [tuple(int(a == b) for b in range(size)) for a in range(size)]
    for row in rows:
        basis = section(basis, primitive(row)[0])
    return basis


def section(basis: list[Integers], normal: Integers) -> list[Integers]:
    """A basis of {t in the span of the basis : normal.t = 0}; the basis itself where that is all of it."""
    values = [sum(map(int.__mul__, normal, b)) for b in basis]
    pivot = next((p for p, value in enumerate(values) if value), None)
    if pivot is None:
        return basis
    head, value = basis[pivot], values[pivot]
    return [primitive([value * x - other * y for x, y in zip(b, head, strict=True)])[0]
            for p, (b, other) in enumerate(zip(basis, values, strict=True)) if p != pivot]
