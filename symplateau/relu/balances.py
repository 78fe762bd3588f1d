"""Many linear systems with bounds at once: s with rest + sum_k s_k heights_k lines_k = 0 and |s_k| <= 1.

Floats propose an s inside of the bounds; it is rounded, a few entries carry what is missing exactly, and all
equations are multiplied out over Q together. Where this fails, a linear program has to decide.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq, fmpq_mat

from ..arrays import Vector
from ..errors import Undecided
from .guesses import carriers, floats
from .rational import to_flint, to_fraction
from .vectors import Integers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

INSIDE, ROUNDS, BITS = 0.9, 60, 12


def balances(lines: Sequence[Integers], heights: Sequence[Fraction],
             rests: Sequence[Vector]) -> list[Vector | None]:
    """Per rest an exact solution, or None where none was found, which says nothing."""
    import numpy as np

    nothing: list[Vector | None] = [None] * len(rests)
    if not lines or not rests:
        return nothing
    columns = [tuple(c * x for x in line) for c, line in zip(heights, lines, strict=True)]
    try:
        matrix, right = floats(columns).T, floats(rests)
    except Undecided:
        return nothing
    basis = carriers(matrix)
    rows = carriers(matrix[:, basis].T)
    if len(rows) < len(basis):
        return nothing
    shares = _inside(matrix, right)
    if not np.isfinite(shares).all():
        return nothing
    return _exact(columns, rests, shares, basis, rows)


def _inside(matrix: "Floats", right: "Floats") -> "Floats":
    """By alternating projections between the solutions and the box."""
    import numpy as np

    try:
        inverse = np.linalg.pinv(matrix, rcond=1e-11)
    except np.linalg.LinAlgError:
        return np.full((len(right), matrix.shape[1]), np.nan)
    shares: Floats = -right @ inverse.T
    for _ in range(ROUNDS):
        if np.abs(shares).max() <= 0.5 + INSIDE / 2:
            break
        held = shares.clip(-INSIDE, INSIDE)
        shares = held - (held @ matrix.T + right) @ inverse.T
    return shares


def _exact(columns: Sequence[Vector], rests: Sequence[Vector], shares: "Floats", basis: list[int],
           rows: list[int]) -> list[Vector | None]:
    """The shares off the basis rounded; those of the basis follow from the given rows."""
    import numpy as np

    size = len(rests[0])
    free = [k for k in range(len(columns)) if k not in basis]
    short = np.rint(np.clip(shares[:, free], -1, 1) * (1 << BITS)).astype(int).T.tolist()
    loose = fmpq_mat(len(free), len(rests), [fmpq(x, 1 << BITS) for row in short for x in row])
    table = to_flint(columns, size).transpose()
    missing = to_flint(rests, size).transpose() + _chosen(table, range(size), free) * loose
    try:
        tied = -(_chosen(table, rows, basis).inv() * _chosen(missing, rows, range(len(rests))))
    except ZeroDivisionError:
        return [None] * len(rests)
    rest = missing + _chosen(table, range(size), basis) * tied
    found: list[Vector | None] = []
    for p in range(len(rests)):
        row = [fmpq(0)] * len(columns)
        for k, column, source in ((*zip(free, range(len(free)), [loose] * len(free), strict=True),
                                   *zip(basis, range(len(basis)), [tied] * len(basis), strict=True))):
            row[k] = source[column, p]
        fits = all(rest[a, p] == 0 for a in range(size)) and all(-1 <= s <= 1 for s in row)
        found.append(tuple(map(to_fraction, row)) if fits else None)
    return found


def _chosen(matrix: Any, rows: Sequence[int], columns: Sequence[int]) -> Any:
    return fmpq_mat(len(rows), len(columns), [matrix[r, c] for r in rows for c in columns])
