"""Exact stationary points on demand, with a chosen inner Hessian.

Stationarity is linear in the residual once weights and inputs are fixed, and so is the inner Hessian: the
residual is chosen in a rational linear system, and the targets so that it is the residual.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from .errors import InputError, Undecided
from .kernel.format import Rejected
from .kernel.network import Fact, Problem, State
from .network import Network
from .spectrum import diagonalize, floats, middle, short
from .splitting import require_neuron

FINE_BITS = 192  # where values are irrational: bits of the midpoints, and of the targets
SMALLEST = Fraction(1, 2**30)
LARGEST = 2**64  # relative to the target: a residual beyond this stands for a division by zero
TRIALS = 20  # matrices of the wanted signature that are tried where the activation obstructs most
Row = list[Fraction]
Matrix = Sequence[Sequence[Fraction | int]]


def design(network: Network, neuron: int, target: Matrix | str, minimum: bool = True) -> Network:
    """The network with such targets y that it is stationary and H_neuron is a positive multiple of `target`.

    network: its y is ignored. target: symmetric, (d, d), d the number of inputs (one more with a hidden
    bias); or the signs "+-0" of the eigenvalues of any such matrix. minimum: take so small a multiple that
    the Hessian is positive definite, which the caller has to certify. Where all values are rational the point
    is stationary exactly, else up to 2**-FINE_BITS. Raises InputError for a target of the wrong shape, and
    Undecided where no residual gives it: the activation obstructs it, or there are too few samples.
    """
    require_neuron(network, neuron)
    state = _evaluated(network)
    stationarity, bends = _conditions(network, state, neuron)
    matrix = _target(target, len(state.columns), stationarity, bends)
    residual = _residual(stationarity, bends, matrix)
    outputs = [middle(e) for e in state.e]
    exact = all(isinstance(e, Fraction) for e in state.e)
    scale = Fraction(1)
    while scale >= SMALLEST:
        y = [f - scale * e for f, e in zip(outputs, residual, strict=True)]
        if not exact:
            y = [short(x, Fraction(1, 2**FINE_BITS)) for x in y]
        found = replace(network, y=tuple(y))
        if not minimum or _is_minimum(found):
            return found
        scale /= 4
    rank = _fmpq([[middle(x) for x in column.values] for column in state.jacobian()]).rank()
    raise Undecided(
        "obstructed: no small multiple of the target makes the Hessian positive definite (the Jacobian of the"
        f" outputs has rank {rank}, there are {network.n_parameters} parameters)",
        "remove redundant neurons or inputs, add samples, or do not ask for a minimum",
    )


def _evaluated(network: Network) -> State:
    """The towers of the network, for y = 0: exactly where that is possible, else finely enclosed."""
    problem = Problem(replace(network, y=(Fraction(0),) * network.n_samples).problem())
    try:
        return Fact(problem).state(None, 2)
    except Rejected:
        return Fact(problem).state(FINE_BITS, 2)


def _conditions(network: Network, state: State, neuron: int) -> tuple[list[Row], list[Row]]:
    """What is linear in the residual: the rows that vanish on it, and those that give H_jk for k <= j."""
    inputs = [column.values for column in state.columns]
    rows: list[list[Any]] = [list(z) for z in state.sigma[0]]
    for v, slope in zip(network.v, state.sigma[1], strict=True):
        rows += [[s * x for s, x in zip(slope, column, strict=True)] for column in inputs if v != 0]
    if network.c is not None:
        rows.append([Fraction(1)] * network.n_samples)
    bend, weight = state.sigma[2][neuron], network.v[neuron]
    bends = [
        [b * weight * x * y for b, x, y in zip(bend, inputs[j], inputs[k], strict=True)]
        for j, k in _places(len(inputs))
    ]
    return [[middle(x) for x in row] for row in rows], [[middle(x) for x in row] for row in bends]


def _places(size: int) -> list[tuple[int, int]]:
    return [(j, k) for j in range(size) for k in range(j + 1)]


def _target(target: Matrix | str, size: int, stationarity: list[Row], bends: list[Row]) -> Matrix:
    """The target, or a matrix of its signature, attainable if one is found. Raises InputError."""
    if isinstance(target, str):
        if len(target) != size or not set(target) <= set("+-0"):
            raise InputError(None, "target", f"{size} signs, each '+', '-' or '0'", target)
        relations = _relations(stationarity, bends)
        candidates = [_projected(matrix, relations) for matrix in _of_signature(target)] if relations else []
        return next((matrix for matrix in candidates if _signs(matrix) == sorted(target)), _diagonal(target))
    if [len(row) for row in target] != [size] * size or any(
        target[j][k] != target[k][j] for j, k in _places(size)
    ):
        raise InputError(None, "target", f"a symmetric matrix of shape ({size}, {size})", "another")
    return target


def _diagonal(signs: str) -> Matrix:
    values = {"+": 1, "-": -1, "0": 0}
    return [
        [Fraction(values[x]) if j == k else Fraction(0) for k in range(len(signs))]
        for j, x in enumerate(signs)
    ]


def _of_signature(signs: str) -> Iterator[Matrix]:
    """Matrices with these signs of eigenvalues: the diagonal one, and others by integer congruence."""
    random, size = Random(0), len(signs)
    form = _fmpq(_diagonal(signs))
    yield _diagonal(signs)
    for _ in range(TRIALS):
        turn = _fmpq([[random.randint(-3, 3) for _ in range(size)] for _ in range(size)])
        yield _rows(turn.transpose() * form * turn)


def _signs(matrix: Matrix) -> list[str]:
    _, signs, null = diagonalize([[Fraction(x) for x in row] for row in matrix])
    return sorted([{1: "+", -1: "-"}[sign] for sign in signs] + ["0"] * len(null))


def _relations(stationarity: list[Row], bends: list[Row]) -> list[Row]:
    """A basis of the linear relations that hold among the entries H_jk, k <= j, of every stationary point."""
    rows = [*stationarity, *bends]
    unit = [[Fraction(int(p == q)) for q in range(len(rows))] for p in range(len(rows))]
    n = len(rows[0])
    reduced, rank = _fmpq([row + one for row, one in zip(rows, unit, strict=True)]).rref()
    left = [row[n + len(stationarity) :] for row in _rows(reduced)[:rank] if not any(row[:n])]
    if not left:
        return []
    reduced, rank = _fmpq(left).rref()
    return _rows(reduced)[:rank]


def _projected(matrix: Matrix, relations: list[Row]) -> Matrix:
    """The entries k <= j moved, as little as can be, to where the relations hold."""
    places = _places(len(matrix))
    a, h = _fmpq(relations), _fmpq([[matrix[j][k]] for j, k in places])
    moved = _rows(h - a.transpose() * (a * a.transpose()).solve(a * h))
    entries = dict(zip(places, (row[0] for row in moved), strict=True))
    size = range(len(matrix))
    return [[entries[max(j, k), min(j, k)] for k in size] for j in size]


def _residual(stationarity: list[Row], bends: list[Row], target: Matrix) -> Row:
    """The shortest residual with these properties, any but 0 for a target of 0. Raises Undecided."""
    values = [Fraction(target[j][k]) for j, k in _places(len(target))]
    rows, n = [*stationarity, *bends], len(bends[0])
    right = [Fraction(0)] * len(stationarity) + values
    reduced, rank = _fmpq([[*row, value] for row, value in zip(rows, right, strict=True)]).rref()
    kept = reduced.table()[:rank]
    if any(all(x == 0 for x in row[:n]) for row in kept):
        raise _obstructed(_relations(stationarity, bends), values)
    if not any(values):
        return _null_vector(kept, n)
    a, b = _fmpq([row[:n] for row in kept]), _fmpq([[row[n]] for row in kept])
    x = [row[0] for row in _rows(a.transpose() * (a * a.transpose()).solve(b))]
    # Of irrational rows only the midpoints are known: where they should be dependent, the solution explodes.
    if max(map(abs, x)) > LARGEST * max(map(abs, values)):
        raise _obstructed([], values)
    return x


def _obstructed(relations: list[Row], values: Row) -> Undecided:
    """Why there is no residual: a relation that the target does not satisfy."""
    size = next(d for d in range(1, len(values) + 1) if len(_places(d)) == len(values))
    why = "the activation, the weights and the inputs allow no such inner Hessian"
    for relation in relations:
        if sum(x * y for x, y in zip(relation, values, strict=True)) != 0:
            entries = zip(relation, _places(size), strict=True)
            terms = [f"{'' if x == 1 else f'{x}*'}H[{j},{k}]" for x, (j, k) in entries if x != 0]
            why = f"every stationary point with these weights and inputs has {' + '.join(terms)} = 0"
    return Undecided(f"obstructed: {why}", "choose another target or activation, or add samples")


def _null_vector(reduced: list[Any], n: int) -> Row:
    """A vector with no free component 0 on which all rows vanish. Raises Undecided."""
    leads = [next(k for k, x in enumerate(row[:n]) if x != 0) for row in reduced]
    free = [k for k in range(n) if k not in leads]
    if not free:
        raise Undecided("obstructed: only a residual of zero is stationary", "add samples")
    vector = [Fraction(int(k in free)) for k in range(n)]
    for row, lead in zip(reduced, leads, strict=True):
        vector[lead] = -sum((Fraction(int(row[k].p), int(row[k].q)) for k in free), Fraction(0))
    return vector


def _fmpq(rows: Sequence[Sequence[Any]]) -> Any:
    """A matrix over the rationals."""
    from flint import fmpq, fmpq_mat

    entries = [x if isinstance(x, fmpq) else fmpq(x.numerator, x.denominator) for row in rows for x in row]
    return fmpq_mat(len(rows), len(rows[0]), entries)


def _rows(matrix: Any) -> list[Row]:
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in matrix.table()]


def _is_minimum(network: Network) -> bool:
    """Whether the Hessian looks clearly positive definite, in floating point."""
    import numpy as np

    matrix = floats(Fact(Problem(network.problem())).state(FINE_BITS, 2).hessian())
    values = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    return bool(values[0] > 1e-9 * values[-1])
