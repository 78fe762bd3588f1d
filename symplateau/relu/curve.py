"""The loss along a polynomial curve P + t D_1 + t^2 D_2 + ...: a polynomial up to a stated t.

A curve can fall where every straight line rises: q(D_1) = 0, and D_2 makes the term of order 4 negative.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..arrays import Vector
from .expansion import Expansion, Path, until
from .network import Direction, ReluNetwork, require_direction
from .vectors import ZERO, dot


def expand_curve(network: ReluNetwork, moves: Sequence[Direction]) -> Expansion:
    """The exact polynomial of the loss along the curve of moves D_1, D_2, ..., and a t up to which it is it.

    Until then no sample crosses a kink: the first term != 0 of each w_i(t).x_k dominates the later ones.
    Raises InputError unless the moves have the shapes of the parameters.
    """
    for move in moves:
        require_direction(network, move)
    limits: list[Fraction] = []
    biases = [c or (ZERO,) * network.n_outputs for c in (network.c, *(move.c for move in moves))]
    residuals = [[added([-y], own) for y, own in zip(row, zip(*biases, strict=True), strict=True)]
                 for row in network.Y]
    for i in range(network.n_hidden):
        weights = [[row[i]] + [move.H[j][i] for move in moves] for j, row in enumerate(network.H)]
        for k, x in enumerate(network.X):
            terms = [dot(w, x) for w in (network.W[i], *(move.W[i] for move in moves))]
            order = next((n for n, z in enumerate(terms) if z), None)
            if order is None:
                continue
            limits += [t for t in [until(terms, order)] if t is not None]
            values = [network.slope(terms[order]) * z for z in terms]
            for j, h in enumerate(weights):
                residuals[k][j] = added(residuals[k][j], product(h, values))
    loss = [ZERO]
    for row in residuals:
        for e in row:
            loss = added(loss, product(e, e))
    return Expansion(tuple(c / 2 for c in loss), min(limits, default=None))


def curve_path(network: ReluNetwork, moves: Sequence[Direction]) -> Path | None:
    """The path along the curve; None where the loss does not change on it."""
    expansion = expand_curve(network, moves)
    if expansion.order is None or expansion.until is None:
        return None
    return Path(moves[0], expansion, expansion.until, expansion.order, tuple(moves[1:]))


def at_time(network: ReluNetwork, path: Path, t: Fraction) -> ReluNetwork:
    """The network at the point t of the path."""
    W, H, c = network.W, network.H, network.c
    for n, move in enumerate(path.moves, 1):
        W = tuple(tuple(a + t**n * b for a, b in zip(*rows, strict=True))
                  for rows in zip(W, move.W, strict=True))
        H = tuple(tuple(a + t**n * b for a, b in zip(*rows, strict=True))
                  for rows in zip(H, move.H, strict=True))
        if c is not None and move.c is not None:
            c = tuple(a + t**n * b for a, b in zip(c, move.c, strict=True))
    return replace(network, W=W, H=H, c=c)


def product(a: Sequence[Fraction], b: Sequence[Fraction]) -> list[Fraction]:
    """Of two polynomials, lowest term first."""
    total = [ZERO] * (len(a) + len(b) - 1)
    for p, x in enumerate(a):
        for q, y in enumerate(b) if x else ():
            total[p + q] += x * y
    return total


def added(a: Sequence[Fraction], b: Sequence[Fraction]) -> list[Fraction]:
    """The sum of two polynomials."""
    short, long = sorted((list(a), list(b)), key=len)
    return [x + y for x, y in zip(short + [ZERO] * (len(long) - len(short)), long, strict=True)]


def coefficients(network: ReluNetwork, path: Path) -> tuple[tuple[tuple[Vector, ...], ...], ...]:
    """(W, H) of the path, entry by entry a polynomial in t, lowest term first."""
    return tuple(tuple(tuple(zip(*rows, strict=True)) for rows in zip(*matrices, strict=True))
                 for matrices in ((network.W, *(move.W for move in path.moves)),
                                  (network.H, *(move.H for move in path.moves))))
