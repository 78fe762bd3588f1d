"""Exact stationary points on demand, with a chosen inner Hessian.

Stationarity is linear in the residual once weights and inputs are fixed, and so is the inner Hessian: the
residual is chosen in a rational linear system, and the targets so that it is the residual.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .errors import Undecided
from .kernel.fact import Fact
from .kernel.format import Rejected
from .kernel.network import State, read_problem
from .network import Network
from .stationary import floats, middle, short

FINE_BITS = 192  # where values are irrational: bits of the midpoints, and of the targets
SMALLEST = Fraction(1, 2**30)
Matrix = Sequence[Sequence[Fraction | int]]


def design(network: Network, neuron: int, target: Matrix, minimum: bool = True) -> Network:
    """The network with such targets y that it is stationary and H_neuron is a positive multiple of `target`.

    network: its y is ignored. target: symmetric, (d, d), d the number of inputs (one more with a hidden
    bias). minimum: take so small a multiple that the Hessian is positive definite, which the caller has to
    certify. Where all values are rational the point is stationary exactly, else up to 2**-FINE_BITS. Raises
    Undecided where no residual gives this target: the activation obstructs it, or there are too few samples.
    """
    state = _evaluated(network)
    rows, values = _conditions(network, state, neuron, target)
    residual = _solution(rows, values)
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
    raise Undecided(
        "obstructed: the Jacobian of the outputs has no full column rank, so no strict minimum exists",
        "remove redundant neurons or inputs, or add samples",
    )


def _evaluated(network: Network) -> State:
    """The towers of the network, for y = 0: exactly where that is possible, else finely enclosed."""
    problem = read_problem(replace(network, y=(Fraction(0),) * network.n_samples).problem())
    try:
        return Fact(problem).state(None, 2)
    except Rejected:
        return Fact(problem).state(FINE_BITS, 2)


def _conditions(
    network: Network, state: State, neuron: int, target: Matrix
) -> tuple[list[list[Fraction]], list[Fraction]]:
    """The rows and the values of the linear system for the residual."""
    inputs = [column.values for column in state.columns]
    rows: list[list[Any]] = [list(z) for z in state.sigma[0]]
    rows += [
        [s * x for s, x in zip(slope, column, strict=True)] for slope in state.sigma[1] for column in inputs
    ]
    if network.c is not None:
        rows.append([Fraction(1)] * network.n_samples)
    values = [Fraction(0)] * len(rows)
    bend, weight = state.sigma[2][neuron], network.v[neuron]
    for j, left in enumerate(inputs):
        for k in range(j + 1):
            rows.append([b * weight * x * y for b, x, y in zip(bend, left, inputs[k], strict=True)])
            values.append(Fraction(target[j][k]))
    return [[middle(x) for x in row] for row in rows], values


def _solution(rows: list[list[Fraction]], values: list[Fraction]) -> list[Fraction]:
    """The shortest solution of the system. Raises Undecided when there is none (or only 0, for target 0)."""
    from flint import fmpq, fmpq_mat

    n = len(rows[0])
    table = fmpq_mat(
        len(rows),
        n + 1,
        [
            fmpq(x.numerator, x.denominator)
            for row, value in zip(rows, values, strict=True)
            for x in (*row, value)
        ],
    )
    reduced, rank = table.rref()
    kept = reduced.table()[:rank]
    if any(all(x == 0 for x in row[:n]) for row in kept):
        raise Undecided(
            "obstructed: no residual makes the point stationary and gives this inner Hessian",
            "choose another target or activation, or add samples",
        )
    a, b = fmpq_mat([row[:n] for row in kept]), fmpq_mat([[row[n]] for row in kept])
    if any(values):
        x = a.transpose() * (a * a.transpose()).solve(b)
        return [Fraction(int(x[k, 0].p), int(x[k, 0].q)) for k in range(n)]
    free = [k for k in range(n) if all(next(i for i, x in enumerate(row[:n]) if x != 0) != k for row in kept)]
    if not free:
        raise Undecided("obstructed: only a residual of zero is stationary", "add samples")
    vector = [fmpq(0)] * n
    for k in free:
        vector[k] = fmpq(1)
        for row in kept:
            lead = next(i for i, x in enumerate(row[:n]) if x != 0)
            vector[lead] -= row[k]
    return [Fraction(int(x.p), int(x.q)) for x in vector]


def _is_minimum(network: Network) -> bool:
    """Whether the Hessian looks clearly positive definite, in floating point."""
    import numpy as np

    matrix = floats(Fact(read_problem(network.problem())).state(FINE_BITS, 2).hessian())
    values = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    return bool(values[0] > 1e-9 * values[-1])
