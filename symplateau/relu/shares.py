"""Weights near given ones that give stated outputs: in floats, and for linear systems over Q exactly."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..arrays import Matrix, Vector
from .guesses import carriers, floats, least_squares
from .network import ReluNetwork
from .patterns import Pattern
from .rational import from_flint, power_of_two, rounded, solve, solve_chosen, to_flint
from .vectors import combination, dot

MOVE_BITS = 12
STEPS = 8


def approach(network: ReluNetwork, groups: Sequence[Pattern], outputs: Matrix) -> ReluNetwork:
    """A network near the given one, of few bits, with about these outputs and exactly these kinks.

    Steps of Gauss and Newton, each the shortest, in the weights of the neurons of the groups and the output
    bias, in floats.
    """
    import numpy as np

    places = [(g, i) for g in groups for i in g.neurons]
    if not places:
        return network
    target, start = floats(outputs), floats(network.H)
    units = [floats([[s * dot(b, x) for b in g.basis] for s, x in zip(g.slopes, network.X, strict=True)])
             for g, _ in places]
    c = [np.array([float(x) for x in g.coordinates(network.W[i])]) for g, i in places]
    h = [start[:, i].copy() for _, i in places]
    bias = floats([network.c or (Fraction(0),) * network.n_outputs])[0]
    free = [] if network.c is None else [bias]
    for _ in range(STEPS):
        values = [u @ x for u, x in zip(units, c, strict=True)]
        missing = target - sum(np.outer(v, y) for v, y in zip(values, h, strict=True)) - bias
        columns = [np.kron(u, y[:, None]) for u, y in zip(units, h, strict=True)]
        columns += [np.kron(v[:, None], np.eye(len(y))) for v, y in zip(values, h, strict=True)]
        columns += [np.kron(np.ones((len(target), 1)), np.eye(len(y))) for y in free]
        try:
            move = np.linalg.lstsq(np.hstack(columns), missing.ravel(), rcond=1e-11)[0]
        except np.linalg.LinAlgError:
            break
        if not np.isfinite(move).all():
            break
        for part in (*c, *h, *free):
            part += move[: len(part)]
            move = move[len(part):]
    W, H = list(network.W), [network.output_weights(i) for i in range(network.n_hidden)]
    for (g, i), coordinates, weights in zip(places, c, h, strict=True):
        short = rounded([Fraction(float(x)) for x in coordinates])
        W[i] = combination(short, g.basis, network.n_inputs)
        H[i] = rounded([Fraction(float(x)) for x in weights])
    own = None if network.c is None else rounded([Fraction(float(x)) for x in bias])
    return replace(network, W=tuple(W), H=tuple(zip(*H, strict=True)), c=own)


def solve_near(rows: Sequence[Vector], right: Sequence[Fraction], start: Vector) -> Vector | None:
    """A rational x near start with rows x = right; None where there is none.

    The shortest move in floats is rounded; then as few entries as the rank carry what is missing.
    """
    residual = [b - dot(row, start) for row, b in zip(rows, right, strict=True)]
    if not any(residual):
        return start
    matrix, scale = floats(rows), power_of_two(max(map(abs, residual)))
    move = rounded(least_squares(matrix, [x / scale for x in residual]), MOVE_BITS)
    steps = [x * scale for x in move]
    near = tuple(a + b for a, b in zip(start, steps, strict=True))
    rest = [b - dot(row, near) for row, b in zip(rows, right, strict=True)]
    columns = carriers(matrix)
    places, missing = carriers(matrix[:, columns].T), to_flint([[x] for x in rest], 1)
    quick = solve_chosen(to_flint(rows, len(start)), missing, places, columns[: len(places)])
    found = solve(rows, [[x] for x in rest]) if quick is None else from_flint(quick)
    return None if found is None else tuple(x + move for x, (move,) in zip(near, found, strict=True))
