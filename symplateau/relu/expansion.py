"""The loss along a ray P + t D: a polynomial of degree at most 4 up to a stated t (paper B, appendix F).

L(P + t D) = c_0 + c_1 t + ... + c_4 t^4, where n! c_n is the n-th directional derivative of appendix F.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..arrays import Vector
from .derivatives import moved_slopes
from .network import Direction, ReluNetwork, require_direction
from .vectors import ZERO, dot

Rows = Sequence[Sequence[Fraction]]


@dataclass(frozen=True)
class Expansion:
    """The polynomial and the t up to which (included) it is the loss; None: for all t >= 0."""

    coefficients: Vector
    limit: Fraction | None

    def __call__(self, t: Fraction) -> Fraction:
        return sum((c * t**n for n, c in enumerate(self.coefficients)), ZERO)

    def derivative(self, order: int) -> Fraction:
        """The directional derivative of this order at t = 0+."""
        factorial = Fraction(1)
        for n in range(2, order + 1):
            factorial *= n
        return factorial * self.coefficients[order]

    @property
    def order(self) -> int | None:
        """The order of the first change of the loss; None where it is constant."""
        return next((n for n, c in enumerate(self.coefficients) if n and c), None)

    @property
    def until(self) -> Fraction | None:
        """t0 > 0 such that on (0, t0] the loss changes with the sign of its first term; None: no change."""
        if self.order is None:
            return None
        bounds = [Fraction(1), until(self.coefficients, self.order), self.limit]
        return min(t for t in bounds if t is not None)


def until(coefficients: Sequence[Fraction], order: int) -> Fraction | None:
    """t0 in (0, 1] such that on (0, t0] the term of this order is at least twice the later ones together.

    None where there are no later ones. For t <= 1 they are at most t sum |c_n| / |c_order| times that term.
    """
    later = sum(map(abs, coefficients[order + 1 :]), ZERO)
    return min(Fraction(1), abs(coefficients[order]) / (2 * later)) if later else None


@dataclass(frozen=True)
class Path:
    """A path from the point on which the loss falls, or rises: sign of the change on (0, until].

    P + t direction, a straight line; with bends D_2, D_3, ... the curve P + t direction + t^2 D_2 + ...
    """

    direction: Direction
    expansion: Expansion
    until: Fraction
    order: int
    bends: tuple[Direction, ...] = ()

    @property
    def moves(self) -> tuple[Direction, ...]:
        """(D_1, D_2, ...)."""
        return (self.direction, *self.bends)

    @property
    def falls(self) -> bool:
        return self.expansion.coefficients[self.order] < 0


def expand(network: ReluNetwork, direction: Direction) -> Expansion:
    """The exact polynomial of the loss along the ray, and how far no sample changes its leg.

    Raises InputError unless the direction has the shapes of the parameters.
    """
    require_direction(network, direction)
    first = [list(direction.c or (ZERO,) * network.n_outputs) for _ in network.X]
    second = [[ZERO] * network.n_outputs for _ in network.X]
    for i, move in enumerate(direction.W):
        if not any(move) and not any(h[i] for h in direction.H):
            continue
        slopes = moved_slopes(network, i, move)
        for k, x in enumerate(network.X):
            value, change = network.activations[i][k], slopes[k] * dot(move, x)
            for j in range(network.n_outputs):
                first[k][j] += direction.H[j][i] * value + network.H[j][i] * change
                second[k][j] += direction.H[j][i] * change
    e, a, b = network.residuals, first, second

    def inner(p: Rows, q: Rows) -> Fraction:
        return sum((dot(u, v) for u, v in zip(p, q, strict=True)), ZERO)

    coefficients = (network.loss, inner(e, a), inner(a, a) / 2 + inner(e, b), inner(a, b), inner(b, b) / 2)
    return Expansion(coefficients, leg_limit(network, direction))


def leg_limit(network: ReluNetwork, direction: Direction) -> Fraction | None:
    """The first t > 0 at which a sample off the kink comes to it; None where none does."""
    times = [-z / rate for i, move in enumerate(direction.W)
             if any(move) for z, x in zip(network.pre_activations[i], network.X, strict=True)
             if z and (rate := dot(move, x)) and (z > 0) != (rate > 0)]
    return min(times, default=None)


def path(network: ReluNetwork, direction: Direction) -> Path | None:
    """The path along the direction; None where the loss does not change on it."""
    expansion = expand(network, direction)
    if expansion.order is None or expansion.until is None:
        return None
    return Path(direction, expansion, expansion.until, expansion.order)
