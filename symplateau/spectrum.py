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

    factors = [Fraction(1)] * len(matrix) if scales is None else scales
    try:
        return np.array(
            [
                [float(middle(x) * p * q) for x, q in zip(row, factors, strict=True)]
                for row, p in zip(matrix, factors, strict=True)
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

    sizes = np.array([[_size(x) for x in row] for row in matrix])
    largest = sizes.max(axis=1)
    known = np.isfinite(largest)
    if not known.any() or (np.ptp(largest[known]) <= SPREAD and abs(largest[known]).max() <= MAX_SIZE):
        return [Fraction(1)] * len(sizes)
    powers = np.zeros(len(sizes))
    for _ in range(BALANCING_STEPS):
        rows = (sizes + powers + powers[:, None]).max(axis=1)
        powers[known] -= rows[known] / 2
    return [Fraction(2) ** round(power) for power in powers]


def _size(x: Any) -> float:
    """The binary logarithm of |x|, up to 1; minus infinity where x may be zero."""
    maybe_zero = x.sign() == 0 if hasattr(x, "prec") else x == 0
    return -math.inf if maybe_zero else _log2(middle(x))


def _log2(x: Fraction) -> int:
    """The binary logarithm of |x| > 0, up to 1."""
    return x.numerator.bit_length() - x.denominator.bit_length()


def pseudoinverse(matrix: "Floats") -> "Floats":
    """The pseudo-inverse of a symmetric matrix, approximately. Raises Undecided."""
    import numpy as np

    try:
        return np.linalg.pinv(matrix, hermitian=True)  # type: ignore[return-value]  # float64, as given
    except np.linalg.LinAlgError:
        raise _no_eigenvalues() from None


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
    keep = slice(None) if columns is None else list(columns)
    values, vectors = values[keep], vectors[:, keep]
    if not values.all():
        raise Undecided(
            "singular: an eigenvalue of the Hessian is not distinguishable from zero",
            "remove neurons or inputs that do not matter, and neurons that repeat another",
        )
    signs = np.sign(values)
    scaled = np.stack([_oriented(vector) for vector in vectors.T], axis=1) / np.sqrt(abs(values))
    exponents = np.frexp(abs(scaled).max(axis=0))[1]
    for bits in BASIS_BITS:
        units = np.ldexp(1.0, exponents - 1 - bits)
        rounded = np.round(scaled / units) * units
        if abs(rounded.T @ matrix @ rounded - np.diag(signs)).sum(axis=1).max() < gap:
            break
    basis = [[Fraction(x) * scales[i] for x in row] for i, row in enumerate(rounded.tolist())]
    return basis, [int(sign) for sign in signs]


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
            [vectors[pivot]] = _reduced([vectors[pivot]], [-1], vectors[other])
            [form[pivot]] = _reduced([form[pivot]], [-1], form[other])
            for row in form:
                row[pivot] += row[other]
        head, vector = form.pop(pivot), vectors.pop(pivot)
        value = head.pop(pivot)
        factors = [row.pop(pivot) / value for row in form]
        form, vectors = _reduced(form, factors, head), _reduced(vectors, factors, vector)
        chosen.append((vector, value))
    scaled = [[_fraction(x) / _root(_fraction(abs(value))) for x in vector] for vector, value in chosen]
    null: list[list[Fraction]] = []
    if vectors:
        echelon, _ = fmpq_mat(len(vectors), size, [x for w in vectors for x in w]).rref()
        null = [[_fraction(x) for x in row] for row in echelon.table()]
    signs = [int(value / abs(value)) for _, value in chosen]
    return _rounded(matrix, scaled, signs), signs, null


def _fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def _reduced(rows: list[list[Any]], factors: Sequence[Any], head: list[Any]) -> list[list[Any]]:
    """Each row less its factor times the head."""
    return [[x - f * y for x, y in zip(row, head, strict=True)] for row, f in zip(rows, factors, strict=True)]


def _rounded(matrix: Sequence[Sequence[Fraction]], columns: list[list[Fraction]], signs: list[int]) -> Any:
    """The rows of the basis with entries of the fewest bits that will do; as they are if none will."""
    for bits in (*BASIS_BITS, 60, 90, 120):
        rows = _rows([_shortened(column, bits) for column in columns], len(matrix))
        try:
            if congruence(matrix, rows, signs)[0] < Fraction(1, 2):
                return rows
        except Rejected:
            continue
    return _rows(columns, len(matrix))


def _rows(columns: list[list[Fraction]], size: int) -> list[list[Fraction]]:
    return [[column[i] for column in columns] for i in range(size)]


def _shortened(column: list[Fraction], bits: int) -> list[Fraction]:
    """So many bits of the largest entry, and the others on the same unit."""
    unit = Fraction(2) ** (_log2(max(map(abs, column))) - bits)
    return [short(x, unit) for x in column]


def _root(value: Fraction) -> Fraction:
    """A rational near the square root of value > 0: S^T M S is diagonal, so twelve bits are plenty."""
    shift = -_log2(value) // 2 + 12
    return math.isqrt(int(value * Fraction(4) ** shift)) / Fraction(2) ** shift


def _oriented(vector: "Floats") -> "Floats":
    """The eigenvector with its largest entry positive, so that runs agree."""
    import numpy as np

    oriented: Floats = vector * np.sign(vector[abs(vector).argmax()])
    return oriented
