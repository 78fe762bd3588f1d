"""The spectrum of symmetric matrices, of rationals or intervals: bases in which they are nearly diagonal.

What is found here carries no claim: the kernel multiplies out.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .errors import Undecided
from .kernel.format import Rejected
from .kernel.numbers import congruence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BASIS_BITS = (6, 8, 10, 12, 16, 24, 40)
# In bits: where the rows spread wider, or lie farther from 1, they are balanced before floats are made.
SPREAD, MAX_SIZE = 24, 512
BALANCING_STEPS = 30


def middle(x: Any) -> Fraction:
    """The midpoint of an interval, or the rational itself."""
    return Fraction(x.lo + x.hi, 2 << x.prec) if hasattr(x, "prec") else Fraction(x)


def floats(matrix: Sequence[Sequence[Any]], scales: Sequence[Fraction] | None = None) -> "Floats":
    """The midpoints D M D in floating point, D = diag(scales) (the identity by default). Raises Undecided."""
    import numpy as np

    try:
        if scales is None:
            return np.array([[float(middle(x)) for x in row] for row in matrix])
        return np.array(
            [
                [float(middle(x) * p * q) for x, q in zip(row, scales, strict=True)]
                for row, p in zip(matrix, scales, strict=True)
            ]
        )
    except OverflowError:
        raise Undecided(
            "overflow: numbers beyond the range of floating point, in which candidates are searched",
            "rescale the data or the weights",
        ) from None


def short(value: Fraction, unit: Fraction) -> Fraction:
    """The nearest multiple of unit."""
    return round(value / unit) * unit


def balance(matrix: Sequence[Sequence[Any]]) -> list[Fraction]:
    """Powers of two D that bring the largest entry of each row of D M D near 1; all 1 where rows are alike.

    Entries that cannot be told from zero do not count.
    """
    import numpy as np

    sizes = np.array([[_log2(x) for x in row] for row in matrix], dtype=float)  # None becomes NaN
    sizes[np.isnan(sizes)] = -np.inf
    largest = sizes.max(axis=1)
    known = np.isfinite(largest)
    if not known.any() or (np.ptp(largest[known]) <= SPREAD and abs(largest[known]).max() <= MAX_SIZE):
        return [Fraction(1)] * len(sizes)
    powers = np.zeros(len(sizes))
    for _ in range(BALANCING_STEPS):
        rows = (sizes + powers + powers[:, None]).max(axis=1)
        powers[known] -= rows[known] / 2
    return [Fraction(2) ** round(power) for power in powers]


def _log2(x: Any) -> int | None:
    """The binary logarithm of |x|, up to 1; None where x may be zero."""
    if hasattr(x, "prec"):
        return None if x.sign() == 0 else _log2(middle(x))
    return abs(x).numerator.bit_length() - x.denominator.bit_length() if x else None


def pseudoinverse(matrix: "Floats") -> "Floats":
    """The pseudo-inverse of a symmetric matrix, approximately. Raises Undecided."""
    import numpy as np

    try:
        inverse: Floats = np.asarray(np.linalg.pinv(matrix, hermitian=True), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise _no_eigenvalues() from None
    return inverse


def _no_eigenvalues() -> Undecided:
    return Undecided(
        "overflow: the eigenvalues of the Hessian were not found in floating point",
        "rescale the data or the weights",
    )


def eigen(matrix: "Floats") -> "tuple[Floats, Floats]":
    """Approximate eigenvalues, ascending, and eigenvectors. Raises Undecided."""
    import numpy as np

    try:
        values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    except np.linalg.LinAlgError:
        raise _no_eigenvalues() from None
    if not np.all(np.isfinite(values)):
        raise _no_eigenvalues()
    return values, vectors


def find_basis(
    hessian: Sequence[Sequence[Any]], columns: Sequence[int] | None = None, gap: float = 0.125
) -> Any:
    """S with S^T H S near a diagonal of signs, from the eigenvectors of the midpoint, on the fewest bits.

    Returns (rows of S as Fractions, signs). columns: which eigenvectors of the balanced matrix (all by
    default). Raises Undecided.
    """
    import numpy as np

    scales = balance(hessian)
    matrix = floats(hessian, scales)
    values, vectors = eigen(matrix)
    keep = range(len(values)) if columns is None else columns
    if any(values[k] == 0 for k in keep):
        raise Undecided(
            "singular: an eigenvalue of the Hessian is not distinguishable from zero",
            "remove neurons or inputs that do not matter, and neurons that repeat another",
        )
    signs = [1 if values[k] > 0 else -1 for k in keep]
    scaled = np.stack([_oriented(vectors[:, k]) / np.sqrt(abs(values[k])) for k in keep], axis=1)
    for bits in BASIS_BITS:
        units = [2.0 ** (np.floor(np.log2(np.abs(column).max())) - bits) for column in scaled.T]
        rounded = np.stack(
            [np.round(column / unit) * unit for column, unit in zip(scaled.T, units, strict=True)], axis=1
        )
        if np.abs(rounded.T @ matrix @ rounded - np.diag(signs)).sum(axis=1).max() < gap:
            break
    return [[Fraction(float(x)) * s for x in row] for row, s in zip(rounded, scales, strict=True)], signs


def diagonalize(
    matrix: Sequence[Sequence[Fraction]],
) -> tuple[list[list[Fraction]], list[int], list[list[Fraction]]]:
    """S, signs and N for an exact symmetric M: S^T M S near diag(signs), N a basis of the null space of M.

    By symmetric elimination with the basis carried along; each vector is divided by a rational near the root
    of its value, and rounded. Returns the rows of S, the signs, and the null vectors in echelon form.
    """
    from flint import fmpq, fmpq_mat

    size = len(matrix)
    vectors = [[fmpq(int(i == j)) for j in range(size)] for i in range(size)]
    form = [[fmpq(x.numerator, x.denominator) for x in row] for row in matrix]
    chosen: list[tuple[list[Any], Any]] = []
    while any(any(row) for row in form):
        pivot = next((i for i, row in enumerate(form) if row[i] != 0), None)
        if pivot is None:  # add vector j to vector i: the diagonal entry becomes 2 form[i][j]
            pivot, other = next((i, j) for i, row in enumerate(form) for j, x in enumerate(row) if x != 0)
            vectors[pivot] = [x + y for x, y in zip(vectors[pivot], vectors[other], strict=True)]
            form[pivot] = [x + y for x, y in zip(form[pivot], form[other], strict=True)]
            for row in form:
                row[pivot] += row[other]
        head, vector = form.pop(pivot), vectors.pop(pivot)
        value = head.pop(pivot)
        factors = [row.pop(pivot) / value for row in form]
        form = [
            [x - f * y for x, y in zip(row, head, strict=True)] for row, f in zip(form, factors, strict=True)
        ]
        vectors = [
            [x - f * y for x, y in zip(w, vector, strict=True)] for w, f in zip(vectors, factors, strict=True)
        ]
        chosen.append((vector, value))
    scaled = [[_fraction(x) / _root(_fraction(abs(value))) for x in vector] for vector, value in chosen]
    null: list[list[Fraction]] = []
    if vectors:
        echelon, _ = fmpq_mat(len(vectors), size, [x for w in vectors for x in w]).rref()
        null = [[_fraction(x) for x in row] for row in echelon.table()]
    signs = [1 if value > 0 else -1 for _, value in chosen]
    return _rounded(matrix, scaled, signs), signs, null


def _fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def _rounded(matrix: Sequence[Sequence[Fraction]], columns: list[list[Fraction]], signs: list[int]) -> Any:
    """The rows of the basis with entries of the fewest bits that will do."""
    rows: list[list[Fraction]] = [[] for _ in matrix]
    if not columns:
        return rows
    for bits in (*BASIS_BITS, 60, 90, 120):
        units = [Fraction(2) ** ((_log2(max(map(abs, column))) or 0) - bits) for column in columns]
        rounded = [[short(x, unit) for x in column] for column, unit in zip(columns, units, strict=True)]
        rows = [list(row) for row in zip(*rounded, strict=True)]
        try:
            if congruence(matrix, rows, signs)[0] < Fraction(1, 2):
                return rows
        except Rejected:
            continue
    return [list(row) for row in zip(*columns, strict=True)]


def _root(value: Fraction) -> Fraction:
    """A rational near the square root of value > 0: S^T M S is diagonal, so twenty bits are plenty."""
    shift = 2 * ((value.denominator.bit_length() - value.numerator.bit_length()) // 2 + 12)
    scaled = value * Fraction(2) ** shift
    return Fraction(math.isqrt(int(scaled))) / Fraction(2) ** (shift // 2)


def _oriented(vector: "Floats") -> "Floats":
    """The eigenvector with its largest entry positive, so that runs agree."""
    return vector if vector[abs(vector).argmax()] > 0 else -vector
