"""Finding stationary points, and proving that one is there. What is found carries no claim; the kernel's rules do."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .argument import Argument, texts
from .errors import Undecided
from .kernel.format import Rejected
from .kernel.fact import Fact
from .kernel.network import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PREC = 128  # bits after the point in the kernel's intervals
BASIS_BITS = (6, 8, 10, 12, 16, 24, 40)
NEWTON_STEPS = 40
FAR = Fraction(1, 4)  # a Newton correction beyond this is no polishing any more
FINE = Fraction(1, 2**90)


def middle(x: Any) -> Fraction:
    """The midpoint of an interval, or the rational itself."""
    return Fraction(x.lo + x.hi, 2 << x.prec) if hasattr(x, "prec") else Fraction(x)


def floats(matrix: Sequence[Sequence[Any]]) -> "Floats":
    import numpy as np

    return np.array([[float(middle(x)) for x in row] for row in matrix])


def short(value: Fraction, unit: Fraction) -> Fraction:
    """The nearest multiple of unit."""
    return round(value / unit) * unit


def find_center(problem: Problem, prec: int = PREC) -> list[Fraction]:
    """Where Newton's method leads from the network's parameters: the displacement, rounded to FINE.

    Gradients at `prec` bits, Hessians in floating point, renewed while that helps. Raises Undecided.
    """
    import numpy as np

    center = [Fraction(0)] * Fact(problem).size()
    inverse, last = None, FAR * 2
    for _ in range(NEWTON_STEPS):
        state = Fact(problem, center=tuple(center)).state(prec, 2 if inverse is None else 1)
        if inverse is None:
            inverse = np.linalg.pinv(floats(state.hessian()), hermitian=True)
        gradient = state.gradient()
        scale = max(abs(middle(x)) for x in gradient) or Fraction(1)
        direction = inverse @ np.array([float(middle(x) / scale) for x in gradient])
        if not np.all(np.isfinite(direction)):
            break
        steps = [short(Fraction(float(x)) * scale, FINE) for x in direction]
        size = max(map(abs, steps))
        center = [x - s for x, s in zip(center, steps, strict=True)]
        if max(map(abs, center)) > FAR:
            break
        if size <= FINE * 2**10:
            return center
        inverse = None if size * 1000 > last else inverse
        last = size
    raise Undecided("newton: no stationary point was reached from the given parameters",
                    "train on until the gradient is smaller, or lower the learning rate")


def find_basis(hessian: Sequence[Sequence[Any]], columns: Sequence[int] | None = None, gap: float = 0.125) -> Any:
    """S with S^T H S near a diagonal of signs, by the eigenvectors of the midpoint; entries of the fewest bits.

    Returns (rows of S as Fractions, signs). columns: which eigenvectors (all by default).
    """
    import numpy as np

    matrix = floats(hessian)
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    keep = range(len(values)) if columns is None else columns
    if any(values[k] == 0 for k in keep):
        raise Undecided("singular: an eigenvalue of the Hessian is not distinguishable from zero", "")
    signs = [1 if values[k] > 0 else -1 for k in keep]
    scaled = np.stack([_oriented(vectors[:, k]) / np.sqrt(abs(values[k])) for k in keep], axis=1)
    for bits in BASIS_BITS:
        units = [2.0 ** (np.floor(np.log2(np.abs(column).max())) - bits) for column in scaled.T]
        rounded = np.stack([np.round(column / unit) * unit for column, unit in zip(scaled.T, units, strict=True)], axis=1)
        if np.abs(rounded.T @ matrix @ rounded - np.diag(signs)).sum(axis=1).max() < gap:
            break
    return [[Fraction(float(x)) for x in row] for row in rounded], signs


def diagonalize(matrix: Sequence[Sequence[Fraction]]) -> tuple[list[list[Fraction]], list[int], list[list[Fraction]]]:
    """S, signs and N for an exact symmetric matrix M: S^T M S near diag(signs), N a basis of the null space of M.

    By symmetric elimination with the basis carried along; each vector is divided by a rational near the root of its
    value. Returns the rows of S, the signs, and the null vectors in echelon form.
    """
    from flint import fmpq, fmpq_mat

    size = len(matrix)
    vectors = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    form = [list(row) for row in matrix]
    chosen: list[tuple[list[Fraction], Fraction]] = []
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
        form = [[x - f * y for x, y in zip(row, head, strict=True)] for row, f in zip(form, factors, strict=True)]
        vectors = [[x - f * y for x, y in zip(w, vector, strict=True)] for w, f in zip(vectors, factors, strict=True)]
        chosen.append((vector, value))
    scaled = [[x / _root(abs(value)) for x in vector] for vector, value in chosen]
    null: list[list[Fraction]] = []
    if vectors:
        entries = [fmpq(x.numerator, x.denominator) for w in vectors for x in w]
        echelon, _ = fmpq_mat(len(vectors), size, entries).rref()
        null = [[Fraction(int(x.p), int(x.q)) for x in row] for row in echelon.table()]
    rows = [list(row) for row in zip(*scaled, strict=True)] or [[] for _ in range(size)]
    return rows, [1 if value > 0 else -1 for _, value in chosen], null


def _root(value: Fraction) -> Fraction:
    """A rational near the square root of value > 0: S^T M S is diagonal, so twenty bits are plenty."""
    shift = 2 * ((value.denominator.bit_length() - value.numerator.bit_length()) // 2 + 12)
    scaled = value * Fraction(2) ** shift
    return Fraction(math.isqrt(int(scaled))) / Fraction(2) ** (shift // 2)


def _oriented(vector: "Floats") -> "Floats":
    """The eigenvector with its largest entry positive, so that runs agree."""
    return vector if vector[abs(vector).argmax()] > 0 else -vector


def certify_nondegenerate(argument: Argument, within: Fraction = Fraction(1, 4), stationary: int | None = None) -> int:
    """Prove the only stationary point near the network's parameters, and its inertia: a step of the argument.

    within: at most how far from the parameters (maximum norm) it may lie. stationary: the step that says that the
    parameters themselves are stationary, exactly. The box is the largest on which the rule goes through, up to a
    factor. Raises Undecided.
    """
    problem = argument.problem
    center = [Fraction(0)] * Fact(problem).size() if stationary is not None else find_center(problem)
    distance = max(map(abs, center))
    basis, signs = find_basis(Fact(problem, center=tuple(center)).state(PREC, 2).hessian())
    given: dict[str, Any] = {"prec": PREC, "basis": [texts(row) for row in basis], "signs": signs}
    if stationary is None:
        given["center"] = texts(center)
    reason = "the point lies farther than allowed"
    radius = power_of_two_below(min(within, Fraction(1)))
    lowest = max(distance, Fraction(1, 2**100))
    radius = min(radius, _promising_radius(problem, basis, signs, radius))
    while radius > lowest:
        try:
            return argument.step("nondegenerate point", stationary, within=str(radius), **given)
        except Rejected as error:
            reason = "expected {}; found {}".format(*error.args)
        radius /= 4
    raise Undecided(f"degenerate: no box was found on which the Hessian keeps its signs ({reason})",
                    "train to a smaller gradient, remove redundant neurons, or ask for the plateau of a narrower network")


def _promising_radius(problem: Problem, basis: Any, signs: Any, largest: Fraction) -> Fraction:
    """A guess of the largest power of two that will do: the gap grows about linearly with the radius."""
    from .kernel.numbers import congruence

    small = Fraction(1, 2**40)
    try:
        at_zero, _ = congruence(Fact(problem).state(PREC, 2).hessian(), basis, signs)
        at_small, _ = congruence(Fact(problem).state(PREC, 2, small).hessian(), basis, signs)
    except Rejected:
        return largest
    slope = (at_small - at_zero) / small
    return largest if slope <= 0 else power_of_two_below(min(largest, Fraction(3, 4) * (1 - at_zero) / slope))


def power_of_two_below(value: Fraction) -> Fraction:
    """The largest power of two that is at most value > 0."""
    power = Fraction(1)
    while power > value:
        power /= 2
    while power * 2 <= value:
        power *= 2
    return power
