"""Curves along which the loss falls, or rises, from a stationary point whose Hessian does not decide.

Along theta + D(t), D a polynomial, the loss changes by a_p t^p + O(t^(p+1)), a_p the first coefficient of its
exact power series that is not 0: its sign is that of the change for all small t > 0. A line along a null
vector x of the Hessian can change at order three or later. Where it does not fall, x t + y t^m can: the
coefficient of t^(2m) is y'Hy/2 + g.y + c, stationary at H y = -g.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice, product
from operator import mul

from .arrays import Vector
from .jets import loss_jet
from .kernel.format import Rejected
from .kernel.network import Fact, Problem
from .network import Network
from .perturbations import Displacement
from .spectrum import diagonalize

LINE_ORDERS = (4, 8)  # the second only where nothing appears up to the first
BENDS = (2, 3)  # m, so that curves are seen up to order 6
RATIOS = tuple(Fraction(x) for x in ("1", "-1", "2", "-2", "1/1000", "-1/1000", "1000", "-1000"))
MAX_LINES, MAX_BENT = 40, 8
MAX_SIZE = 400  # parameters times samples


@dataclass(frozen=True)
class Curve:
    """D(t), a polynomial for each parameter; the loss changes by coefficient * t^order + O(t^(order+1))."""

    displacement: Displacement
    order: int
    coefficient: Fraction

    def __str__(self) -> str:
        """The displacement as formulas in t."""
        sums = ("+".join(f"{x}*t**{k}" for k, x in enumerate(row) if x) for row in self.displacement)
        return "(" + ", ".join(entry.replace("+-", "-") or "0" for entry in sums) + ")"


def find_saddle_curves(network: Network) -> tuple[Curve, Curve] | None:
    """A curve on which the loss falls and one on which it rises: the point is neither minimum nor maximum.

    network: at a stationary point. None where no such two were found, from which nothing follows; where the
    Hessian or a coefficient is not rational, or the network is not small, none is sought.
    """
    falls = rises = None
    for curve in _curves(network):
        if curve.coefficient < 0:
            falls = falls or curve
        else:
            rises = rises or curve
        if falls and rises:
            return falls, rises
    return None


def expand(network: Network, displacement: Displacement, order: int) -> Curve | None:
    """The first term of the loss along a curve; None where there is none up to that order, or not exactly."""
    try:
        series = loss_jet(network, displacement, order)
    except (Rejected, ValueError):
        return None
    found = next((k for k in range(1, order + 1) if series[k]), None)
    return None if found is None else Curve(displacement, found, series[found])


def _curves(network: Network) -> Iterator[Curve]:
    if network.n_parameters * network.n_samples > MAX_SIZE:
        return
    try:
        hessian = Fact(Problem(network.problem())).state(None, 2).hessian()
    except Rejected:
        return
    rows, signs, null = diagonalize(hessian)
    columns = [tuple(column) for column in zip(*rows, strict=True)]
    for column in columns:
        yield from _expanded(network, [column], 2)
    lines = list(islice(_combinations(null), MAX_LINES))
    for x in lines:
        yield from _expanded(network, [x], *LINE_ORDERS)
    for x, m in product(lines[:MAX_BENT], BENDS):
        bend = _bend(network, x, m, columns, signs)
        if bend is not None:
            yield from _expanded(network, [x, *[(Fraction(0),) * len(x)] * (m - 2), bend], 2 * m)


def _combinations(null: Sequence[Sequence[Fraction]]) -> Iterator[Vector]:
    """Null vectors: those of the basis, both ways, then combinations of two and of three."""
    basis = [tuple(row) for row in null]
    for x, sign in product(basis, (1, -1)):
        yield tuple(sign * a for a in x)
    for ratio, sign, (x, y) in product(RATIOS, (1, -1), combinations(basis, 2)):
        yield tuple(sign * (a + ratio * b) for a, b in zip(x, y, strict=True))
    for three, signs in product(combinations(basis, 3), product((1, -1), repeat=3)):
        yield tuple(sum(map(mul, signs, entries), Fraction(0)) for entries in zip(*three, strict=True))


def _expanded(network: Network, powers: Sequence[Vector], *orders: int) -> Iterator[Curve]:
    """The curve of moves powers_1 t + powers_2 t^2 + ..., if a term is found up to one of the orders."""
    for order in orders:
        curve = expand(network, _displacement(powers), order)
        if curve is not None:
            yield curve
            return


def _displacement(powers: Sequence[Vector]) -> Displacement:
    return tuple((Fraction(0), *entries) for entries in zip(*powers, strict=True))


def _bend(
    network: Network, x: Vector, m: int, columns: Sequence[Vector], signs: Sequence[int]
) -> Vector | None:
    """y with H y = -g, up to rounding, g the slope in y of the coefficient of t^(2m) along x t + y t^m.

    columns: near to orthonormal for H, with these signs. None where g is 0 or not rational.
    """
    idle = [(Fraction(0),) * len(x)] * (m - 2)

    def coefficient(y: Vector) -> Fraction:
        return Fraction(loss_jet(network, _displacement([x, *idle, y]), 2 * m)[2 * m])

    try:
        # Half the difference along y and -y is g.y: the square does not count.
        slopes = [(coefficient(s) - coefficient(tuple(-a for a in s))) / 2 for s in columns]
    except (Rejected, ValueError):
        return None
    if not any(slopes):
        return None
    total = [Fraction(0)] * len(x)
    for s, slope, sign in zip(columns, slopes, signs, strict=True):
        total = [a - sign * slope * b for a, b in zip(total, s, strict=True)]
    return tuple(total)
