"""The loss of a few neurons, a smooth polynomial, and a stationary point by contraction (MATH section 9).

R(v) = ½ |sum_p a_p(c_p) h_p^T - Y|^2 with a_p = offset_p + columns_p c_p, v = (c_1, h_1, c_2, h_2, ...): what
is left of a network once patterns are fixed, the scaling of each neuron is fixed by one coordinate of its
input weights, and everything that least squares settles is projected off. Balls are Arb's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from ..errors import Undecided

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PREC = 160  # bits
CENTRE_BITS = 90
STEPS = 40


@dataclass(frozen=True)
class Part:
    """One neuron: columns (n_samples, r), linearly independent, and offset (n_samples, 1); both rational."""

    columns: Any
    offset: Any


@dataclass(frozen=True)
class Enclosure:
    """v has one stationary point of R in these balls, and only one; its Hessian has `inertia` = (n+, n-)."""

    balls: tuple[Any, ...]
    inertia: tuple[int, int]


@dataclass(frozen=True)
class Reduced:
    """The loss R. targets: (n_samples, n_outputs), rational."""

    parts: tuple[Part, ...]
    targets: Any

    def split(self, v: Sequence[Any]) -> list[tuple[list[Any], list[Any]]]:
        """(c_p, h_p) of each part."""
        entries, found = iter(v), []
        for part in self.parts:
            found.append(([next(entries) for _ in range(part.columns.ncols())],
                          [next(entries) for _ in range(self.targets.ncols())]))
        return found

    def state(self, v: Sequence[Any]) -> tuple[list[tuple[Any, Any, Any]], Any]:
        """Per part columns, a_p and h_p (a column each), and the residuals (n_samples, n_outputs)."""
        rows, errors = [], -arb_mat(self.targets)
        for part, (c, h) in zip(self.parts, self.split(v), strict=True):
            columns = arb_mat(part.columns)
            a = arb_mat(part.offset) + columns * arb_mat(len(c), 1, c)
            errors = errors + a * arb_mat(1, len(h), h)
            rows.append((columns, a, arb_mat(len(h), 1, h)))
        return rows, errors

    def gradient(self, v: Sequence[Any]) -> list[Any]:
        rows, errors = self.state(v)
        found: list[Any] = []
        for columns, a, h in rows:
            found += (columns.transpose() * (errors * h)).entries() + (errors.transpose() * a).entries()
        return found

    def hessian(self, v: Sequence[Any]) -> Any:
        rows, errors = self.state(v)
        table = [[block for other, right in enumerate(rows)
                  for block in [_block(left, right, errors, own == other)]] for own, left in enumerate(rows)]
        entries = [x for line in table for r in range(line[0].nrows())
                   for block in line for x in (block[r, c] for c in range(block.ncols()))]
        return arb_mat(len(v), len(v), entries)


def _block(left: tuple[Any, Any, Any], right: tuple[Any, Any, Any], errors: Any, same: bool) -> Any:
    """The mixed second derivatives in (c_p, h_p) and (c_q, h_q)."""
    (m, a, h), (n, b, g) = left, right
    height = (h.transpose() * g)[0, 0]
    cc, hc = (m.transpose() * n) * height, g * (a.transpose() * n)  # (h_p, c_q): h_q times a_p.M_q
    ch, ab = (m.transpose() * b) * h.transpose(), (a.transpose() * b)[0, 0]
    if same:
        mixed = m.transpose() * errors
        ch, hc = ch + mixed, hc + mixed.transpose()
    outputs, r, s = h.nrows(), m.ncols(), n.ncols()
    entries = []
    for p in range(r):
        entries += [cc[p, q] for q in range(s)] + [ch[p, j] for j in range(outputs)]
    for i in range(outputs):
        entries += [hc[i, q] for q in range(s)] + [ab if i == j else arb(0) for j in range(outputs)]
    return arb_mat(r + outputs, s + outputs, entries)


def enclose_stationary(problem: Reduced, start: Sequence[float]) -> Enclosure:
    """The stationary point near the start, in balls.

    S^T (Hessian) S is near D = diag(+-1): with |S^T Hessian S - D| <= Z < 1 (maximum row sum) on the box
    {x + S u : |u| <= r} and |S^T gradient(x)| + Z r <= r, the map u -> u - D S^T gradient(x + S u) contracts
    there, and every Hessian on the box has the inertia of D. Raises Undecided where this fails.
    """
    with ctx.workprec(PREC):
        v, basis, signs = _polished(problem, start)
        small = basis.transpose() * _column(problem.gradient(v))
        reach = arb(max(2 * _bound(x) for x in small.entries()).upper()) + arb(2) ** (-CENTRE_BITS - 20)
        box = [x + arb(0, 1) * (reach * _sum(abs(basis[p, q]) for q in range(len(v)))).upper()
               for p, x in enumerate(v)]
        rest = basis.transpose() * problem.hessian(box) * basis
        for p, side in enumerate(signs):
            rest[p, p] = rest[p, p] - side
        rows = [_sum(abs(rest[p, q]) for q in range(len(v))) for p in range(len(v))]
        for z, y in ((z, y) for z in rows for y in small.entries()):
            if not (z < 1 and abs(y) + z * reach <= reach):
                raise Undecided("contraction: no stationary point was proved to exist near the candidate",
                                "train longer; a point in a continuum of others cannot be found so")
    return Enclosure(tuple(box), (signs.count(1), signs.count(-1)))


def _polished(problem: Reduced, start: Sequence[float]) -> tuple[list[Any], Any, list[int]]:
    """A centre by Newton's steps, and S and D there, from floats."""
    import numpy as np

    v = [arb(x) for x in start]
    for _ in range(STEPS):
        hessian = np.array([[float(x.mid()) for x in row] for row in problem.hessian(v).tolist()])
        if not np.isfinite(hessian).all():
            break
        values, vectors = np.linalg.eigh(hessian)
        if not np.abs(values).min(initial=1.0) > 1e-11 * np.abs(values).max(initial=1.0):
            break
        basis: Floats = vectors / np.sqrt(np.abs(values))
        signs = [1 if x > 0 else -1 for x in values]
        exact = arb_mat([[arb(x) for x in row] for row in basis.tolist()])
        step = exact.transpose() * _column(problem.gradient(v))
        if max(_bound(x) for x in step.entries()) < arb(2) ** (-CENTRE_BITS):
            return v, exact, signs
        move = exact * _column([side * x for side, x in zip(signs, step.entries(), strict=True)])
        v = [_short(x - y) for x, y in zip(v, move.entries(), strict=True)]
    raise Undecided("contraction: the Hessian is singular near the candidate, or Newton's steps do not end",
                    "train longer; a point in a continuum of others cannot be found so")


def _short(x: Any) -> Any:
    """A dyadic number near the middle of the ball."""
    unit = fmpq(1, 1 << (CENTRE_BITS + 8))
    return arb((x.mid().fmpq() / unit).floor() * unit)


def _bound(x: Any) -> Any:
    return x.abs_upper()


def _column(entries: Sequence[Any]) -> Any:
    return arb_mat(len(entries), 1, list(entries))


def _sum(entries: Any) -> Any:
    return sum(entries, arb(0))


def projected_off(columns: fmpq_mat, matrix: fmpq_mat) -> fmpq_mat:
    """The matrix without its part in the span of the columns, which are linearly independent; over Q."""
    if not columns.ncols():
        return matrix
    return matrix - columns * ((columns.transpose() * columns).inv() * (columns.transpose() * matrix))


def independent(matrix: fmpq_mat, order: Sequence[int] | None = None) -> list[int]:
    """Columns that are a basis of the column space, those first in the order taken first."""
    places = list(range(matrix.ncols()) if order is None else order)
    table = chosen(matrix, places)
    reduced, rank = table.rref() if places else (table, 0)
    found, column = [], 0
    for r in range(rank):
        while reduced[r, column] == 0:
            column += 1
        found.append(places[column])
    return found


def chosen(matrix: fmpq_mat, columns: Sequence[int]) -> fmpq_mat:
    """Some of its columns."""
    entries = [matrix[r, c] for r in range(matrix.nrows()) for c in columns]
    return fmpq_mat(matrix.nrows(), len(columns), entries)
