"""Several outputs: networks some of whose patterns have fewer directions than outputs (MATH section 8).

A pattern g is free where the neurons' sum U_g can be any matrix as far as it matters; least squares settles
it over Q, and an output bias with it. It is tied where all its neurons are parallel: U_g = h c^T. With what
the former can fit projected off, the tied ones are the `Reduced` problem: bilinear, irrational in general.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb_mat, fmpq_mat

from ..arrays import Vector
from .guesses import carriers, floats, least_squares
from .network import ReluNetwork
from .patterns import Pattern
from .rational import rounded, solve, to_flint
from .reduced import Enclosure, Part, Reduced, chosen, independent, projected_off
from .vectors import dot


@dataclass(frozen=True)
class Tied:
    """A tied pattern. columns: (n_samples, dimension). given: coordinates of the direction, of few bits.

    moving: the coordinates that are unknowns; the others stay as given. shares: per neuron (a_i, b_i) with
    w_i = a_i w and h_i = b_i h, a_i > 0, sum a_i b_i = 1.
    """

    pattern: Pattern
    columns: fmpq_mat
    given: Vector
    moving: tuple[int, ...]
    shares: tuple[tuple[Fraction, Fraction], ...]
    part: Part
    start: tuple[float, ...]


@dataclass(frozen=True)
class Layout:
    """Of a network and a guess: the free and tied patterns, a basis of what free ones and bias can fit."""

    free: tuple[Pattern, ...]
    tied: tuple[Tied, ...]
    fitted: fmpq_mat
    problem: Reduced


def layout(network: ReluNetwork, groups: Sequence[Pattern], tolerance: float) -> Layout | None:
    """The patterns told apart, singular values below the tolerance taken for 0; None if some are neither."""
    free: list[Pattern] = []
    tied: list[Pattern] = []
    for g in groups:
        kind = _kind(network, g, tolerance)
        if kind is None:
            return None
        (free if kind == "free" else tied).append(g)
    if not tied:
        return None
    blocks = [columns_of(network, g) for g in free]
    blocks += [] if network.c is None else [fmpq_mat(network.n_samples, 1, [1] * network.n_samples)]
    rows = [[x for block in blocks for x in block.tolist()[k]] for k in range(network.n_samples)]
    everything = fmpq_mat(len(rows), len(rows[0]), [x for row in rows for x in row])
    fitted = chosen(everything, independent(everything))
    parts = [_tie(network, g, fitted) for g in tied]
    found = tuple(part for part in parts if part is not None)
    if len(found) < len(parts):
        return None
    targets = projected_off(fitted, to_flint(network.Y, network.n_outputs))
    return Layout(tuple(free), found, fitted, Reduced(tuple(t.part for t in found), targets))


def columns_of(network: ReluNetwork, group: Pattern) -> fmpq_mat:
    """(n_samples, dimension): the slope times b.x_k for each b of the basis."""
    return to_flint([[s * dot(b, x) for b in group.basis]
                     for s, x in zip(group.slopes, network.X, strict=True)], len(group.basis))


def _kind(network: ReluNetwork, group: Pattern, tolerance: float) -> str | None:
    import numpy as np

    exact = columns_of(network, group)
    matrix = floats([[dot(b, x) * s for b in group.basis]
                     for s, x in zip(group.slopes, network.X, strict=True)])
    H = floats(network.H)
    total = sum(np.outer(matrix @ [float(c) for c in group.coordinates(network.W[i])], H[:, i])
                for i in group.neurons)
    values = np.linalg.svd(total, compute_uv=False)
    rank = int((values > tolerance * values.max(initial=0.0)).sum())
    if rank >= min(network.n_outputs, exact.rank()):
        return "free"
    return "tied" if rank == 1 else None


def _tie(network: ReluNetwork, group: Pattern, fitted: fmpq_mat) -> Tied | None:
    import numpy as np

    columns = columns_of(network, group)
    sizes = {i: max(map(abs, network.W[i])) * max(map(abs, network.output_weights(i))) for i in group.neurons}
    head = max(group.neurons, key=lambda i: sizes[i])
    given = group.coordinates(network.W[head])
    shares = _shares(network, group, head)
    left = projected_off(fitted, columns)
    basis = independent(left)
    if shares is None or not basis:
        return None
    # In the basis a = left c has these coordinates; one that is not 0 is kept to fix the scaling.
    vector = left * to_flint([[c] for c in given], 1)
    spread = solve(_rows(chosen(left, basis)), _rows(vector))
    if spread is None or not any(row[0] for row in spread):
        return None
    kept = basis[max(range(len(basis)), key=lambda p: abs(spread[p][0]))]
    moving = tuple(c for c in basis if c != kept)
    others = [c for c in range(len(given)) if c not in moving]
    offset = chosen(left, others) * to_flint([[given[c]] for c in others], 1)
    H = floats(network.H)
    U = sum(np.outer(H[:, i], floats([network.W[i]])[0]) for i in group.neurons)
    w = floats([network.W[head]])[0]
    start = (*(float(given[c]) for c in moving), *(U @ w / (w @ w)).tolist())
    return Tied(group, columns, given, moving, shares, Part(chosen(left, moving), offset), start)


def _shares(network: ReluNetwork, group: Pattern, head: int) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """(a_i, b_i) of few bits with sum 1 of the products: w_i is near a_i w_head, h_i near b_i h for one h."""
    w = network.W[head]
    inputs = [rounded([dot(network.W[i], w) / dot(w, w)])[0] for i in group.neurons]
    if not all(a > 0 for a in inputs):
        return None
    h = network.output_weights(head)
    outputs = [rounded([dot(network.output_weights(i), h) / dot(h, h)])[0] for i in group.neurons]
    total, own = dot(inputs, outputs), group.neurons.index(head)
    if not total:
        return None
    scaled = [rounded([b / total])[0] for b in outputs]
    scaled[own] += (1 - dot(inputs, scaled)) / inputs[own]
    return tuple(zip(inputs, scaled, strict=True))


def _rows(matrix: fmpq_mat) -> list[list[Fraction]]:
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in matrix.tolist()]


@dataclass(frozen=True)
class Balls:
    """In balls: W (n_hidden rows), H (n_outputs rows), c (n_outputs); and the residuals, sample by sample."""

    W: list[list[Any]]
    H: list[list[Any]]
    c: list[Any]
    errors: Any


def weights(network: ReluNetwork, plan: Layout, enclosure: Enclosure) -> Balls | None:
    """The weights of the network at the enclosed point; None where the free neurons cannot fit their part.

    network: with the input weights of the free patterns exactly at their kinks; other neurons as they stay.
    """
    W = [_balls(w) for w in network.W]
    H, bias = [_balls(row) for row in network.H], _balls(network.c or ())
    fit = arb_mat(network.n_samples, network.n_outputs)
    for tied, (c, h) in zip(plan.tied, plan.problem.split(enclosure.balls), strict=True):
        moving = dict(zip(tied.moving, c, strict=True))
        full = [moving.get(p, x) for p, x in enumerate(_balls(tied.given))]
        fit = fit + arb_mat(tied.columns) * arb_mat(len(full), 1, full) * arb_mat(1, len(h), h)
        w = (arb_mat(1, len(full), full) * arb_mat(to_flint(tied.pattern.basis, network.n_inputs))).entries()
        for i, (a, b) in zip(tied.pattern.neurons, tied.shares, strict=True):
            (left, right), = [_balls((a, b))]
            W[i] = [left * x for x in w]
            for row, x in zip(H, h, strict=True):
                row[i] = right * x
    missing = arb_mat(to_flint(network.Y, network.n_outputs)) - fit
    part = arb_mat(network.n_samples, network.n_outputs)
    if plan.fitted.ncols():
        M = plan.fitted
        part = arb_mat(M) * (arb_mat((M.transpose() * M).inv() * M.transpose()) * missing)
        if not _fit_free(network, plan, part, H, bias):
            return None
    return Balls(W, H, bias, part - missing)


def _fit_free(network: ReluNetwork, plan: Layout, outputs: Any, H: list[list[Any]], bias: list[Any]) -> bool:
    """Set output weights of free neurons, and the bias: they add these outputs, in the span of `fitted`."""
    neurons = [(g, i) for g in plan.free for i in g.neurons]
    table = [[*(g.slopes[k] * dot(network.W[i], x) for g, i in neurons), *[Fraction(1)] * bool(bias)]
             for k, x in enumerate(network.X)]
    size = len(table[0])
    exact, rough = to_flint(table, size), floats(table)
    order = carriers(rough)
    basis = independent(exact, [*order, *(p for p in range(size) if p not in order)])
    if len(basis) < plan.fitted.ncols():
        return False
    A = chosen(exact, basis)
    inverse = arb_mat((A.transpose() * A).inv() * A.transpose())
    for j, row in enumerate(H):
        given = [*(network.H[j][i] for _, i in neurons), *([network.c[j]] if network.c else [])]
        missing = [Fraction(float(outputs[k, j].mid())) - dot(line, given) for k, line in enumerate(table)]
        move = least_squares(rough, missing)
        start = to_flint([[x] for x in rounded([a + b for a, b in zip(given, move, strict=True)])], 1)
        column = arb_mat([[outputs[k, j]] for k in range(network.n_samples)])
        found = arb_mat(start).entries()
        moves = (inverse * (column - arb_mat(exact * start))).entries()
        for p, step in zip(basis, moves, strict=True):
            found[p] = found[p] + step
        for (_, i), h in zip(neurons, found, strict=False):
            row[i] = h
        bias[j : j + 1] = found[len(neurons) :]
    return True


def _balls(vector: Sequence[Fraction]) -> list[Any]:
    exact: list[Any] = arb_mat(to_flint([vector], len(vector))).entries()
    return exact
