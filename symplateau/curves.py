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

from .argument import Argument, polynomial, small_enough
from .arrays import Vector
from .errors import ProofError
from .kernel.format import Rejected
from .kernel.network import Fact
from .kernel.polynomial import in_time
from .perturbations import Displacement
from .spectrum import diagonalize
from .stationary import PREC

RATIOS = tuple(Fraction(x) for x in ("1", "-1", "2", "-2", "1/1000", "-1/1000", "1000", "-1000"))
# What is tried, the cheaper and more frequent first: lines (m None) or curves x t + y t^m, up to which order,
# and with how many null vectors x.
TRIALS = ((None, 4, 40), (2, 4, 8), (None, 8, 20), (3, 6, 4))
MAX_SIZE = 400  # parameters times samples


@dataclass(frozen=True)
class Curve:
    """D(t), a polynomial for each parameter; the loss changes by coefficient * t^order + O(t^(order+1)).

    Unlike elsewhere the displacement is that of the parameters themselves, also under a `W_unit`.
    """

    displacement: Displacement
    order: int
    coefficient: Fraction

    @property
    def formulas(self) -> list[str]:
        """The displacement as a certificate writes it."""
        return [polynomial(row) for row in self.displacement]


def find_saddle(argument: Argument, source: int) -> int | None:
    """Steps that make an exact stationary point a saddle: curves on which the loss falls, and rises.

    The number of the last step. None where no such curves were found, from which nothing follows.
    """
    step, fact = source, argument.facts[source]
    curves = find_saddle_curves(fact)
    for curve in curves or ():
        if curve.coefficient < 0 or not fact.rises:
            try:
                step = _step(argument, step, curve)
            except ProofError:
                return None
    return step if argument.facts[step].type == "saddle" else None


def _step(argument: Argument, source: int, curve: Curve) -> int:
    given = {"prec": PREC, "order": curve.order, "displacement": curve.formulas}
    return small_enough(lambda until: argument.step("curve", source, until=until, **given))


def find_saddle_curves(fact: Fact) -> tuple[Curve, Curve] | None:
    """A curve on which the loss falls and one on which it rises: the point is neither minimum nor maximum.

    fact: a stationary point. None where no such two were found, from which nothing follows; where the Hessian
    or a coefficient is not rational, or the network is not small, none is sought.
    """
    falls = rises = None
    for curve in _curves(fact):
        if curve.coefficient < 0:
            falls = falls or curve
        else:
            rises = rises or curve
        if falls and rises:
            return falls, rises
    return None


def expand(fact: Fact, displacement: Displacement, order: int) -> Curve | None:
    """The first term of the loss along a curve; None where there is none up to that order, or not exactly."""
    try:
        series = _series(fact, displacement, order)
    except Rejected:
        return None
    found = next((k for k in range(1, order + 1) if series[k]), None)
    return None if found is None else Curve(displacement, found, series[found])


def _series(fact: Fact, displacement: Displacement, order: int) -> list[Fraction]:
    """The exact power series of the loss. Raises Rejected where a coefficient is not rational."""
    return fact.series(None, in_time(list(map(polynomial, displacement))), Fraction(0), order)


def _curves(fact: Fact) -> Iterator[Curve]:
    if fact.size() * len(fact.problem.y) > MAX_SIZE:
        return
    try:
        hessian = fact.state(None, 2).hessian()
    except Rejected:
        return
    rows, signs, null = diagonalize(hessian)
    columns = [tuple(column) for column in zip(*rows, strict=True)]
    for column in columns:
        yield from _expanded(fact, [column], 2)
    for bend, order, size in TRIALS:
        for x in islice(_combinations(null), size):
            powers = [x] if bend is None else _bent(fact, x, bend, columns, signs)
            yield from _expanded(fact, powers, order)


def _combinations(null: Sequence[Sequence[Fraction]]) -> Iterator[Vector]:
    """Null vectors: those of the basis, both ways, then combinations of two and of three."""
    basis = [tuple(row) for row in null]
    for x, sign in product(basis, (1, -1)):
        yield tuple(sign * a for a in x)
    for ratio, sign, (x, y) in product(RATIOS, (1, -1), combinations(basis, 2)):
        yield tuple(sign * (a + ratio * b) for a, b in zip(x, y, strict=True))
    for three, signs in product(combinations(basis, 3), product((1, -1), repeat=3)):
        yield tuple(sum(map(mul, signs, entries), Fraction(0)) for entries in zip(*three, strict=True))


def _expanded(fact: Fact, powers: Sequence[Vector], order: int) -> Iterator[Curve]:
    """The curve of moves powers_1 t + powers_2 t^2 + ..., if a term is found."""
    curve = expand(fact, _displacement(powers), order)
    if curve is not None:
        yield curve


def _displacement(powers: Sequence[Vector]) -> Displacement:
    return tuple((Fraction(0), *entries) for entries in zip(*powers, strict=True))


def _bent(
    fact: Fact, x: Vector, m: int, columns: Sequence[Vector], signs: Sequence[int]
) -> list[Vector]:
    """The moves of x t + y t^m, H y = -g up to rounding, g the slope in y of the coefficient of t^(2m).

    columns: S with S'HS near diag(signs). y = 0 where a coefficient is not rational.
    """
    nothing = (Fraction(0),) * len(x)
    idle = [nothing] * (m - 2)

    def coefficient(y: Vector) -> Fraction:
        return _series(fact, _displacement([x, *idle, y]), 2 * m)[2 * m]

    bend = nothing
    try:
        start = coefficient(nothing)
        for column, sign in zip(columns, signs, strict=True):
            slope = coefficient(column) - start - Fraction(sign, 2)
            bend = tuple(a - sign * slope * b for a, b in zip(bend, column, strict=True))
    except Rejected:
        bend = nothing
    return [x, *idle, bend]
