"""What is decided of a ReLU-like network at its point, in exact arithmetic: stationary, minimum, maximum.

Every answer is True, False or None (undecided). A theorem that is under test decides nothing here: without
Theorem 4.2 a point without escape neurons is a minimum only where another reason is known.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

from ..argument import checked
from ..errors import Undecided
from ..kernel.format import CheckError
from ..relu.argument import certify_type, find_maximum_ratio, maximum_step, sealed
from ..relu.arrangement import arrangement
from ..relu.escape import find_escape_neurons
from ..relu.expansion import expand
from ..relu.flat import decide_form
from ..relu.network import Direction, ReluNetwork
from ..relu.piecewise import NeuronSlopes, PiecewiseLinear, neuron_slopes
from ..relu.points import PointType, decide_type, find_ascent, radius_squared
from ..relu.quadratic import Negative, decide_sign
from ..relu.stationarity import Stationary
from ..relu.vectors import combination, dot, null_space
from ..relu.zeros import find_ratio
from .answers import UNKNOWN, Finding, both, exactly
from .relu_moves import added, combined, first_change, moves, unit_moves

THEOREM_4_2 = "B/theorem-4.2"
SLOPES, LINE = "the derivatives of Definition 3.3", "the loss along a line"


class ReluPlace:
    """A network at its parameters. barred: claims that no answer may rest on."""

    def __init__(self, network: ReluNetwork, barred: frozenset[str] = frozenset()) -> None:
        self.network, self.barred = network, barred

    @cached_property
    def type(self) -> PointType:
        return decide_type(self.network)

    @cached_property
    def changes(self) -> tuple[tuple[Direction, tuple[int, int]], ...]:
        """Moves, each with the order and the sign of the first change of the loss."""
        return tuple((move, first_change(self.network, move)) for move in moves(self.network))

    @property
    def stationary(self) -> Finding:
        found = self.type.stationarity
        return UNKNOWN if found is None else exactly(isinstance(found, Stationary), SLOPES)

    @cached_property
    def slopes(self) -> tuple[NeuronSlopes, ...]:
        return tuple(neuron_slopes(self.network, i) for i in range(self.network.n_hidden))

    def escapes(self, neuron: int) -> Finding:
        """Whether some tangential v has D(v) = 0 != g_j(v), also where the point is not stationary."""
        return self.escaping[neuron]

    @cached_property
    def escaping(self) -> tuple[Finding, ...]:
        """The same of all neurons."""
        found = []
        for slopes in self.slopes:
            try:
                hit = any(g(t) for t in level_generators(slopes.total) for g in slopes.outputs)
                found.append(exactly(hit, "the tangential slopes"))
            except Undecided:
                found.append(UNKNOWN)
        return tuple(found)

    @cached_property
    def has_escape(self) -> Finding:
        """Some neuron escapes."""
        return ~both(*(~x for x in self.escaping))

    @property
    def type_1(self) -> Finding:
        """Stationary without escape neurons: what Proposition 4.9 and its kin call a type-1 local minimum."""
        return both(self.stationary, ~self.has_escape)

    @property
    def type_2(self) -> Finding:
        return both(self.local_minimum, self.has_escape)

    @cached_property
    def local_minimum(self) -> Finding:
        found = self.type
        if self.stationary.value is False or (found.descent is not None and found.descent.falls):
            return exactly(False, LINE)
        if self.constant or self.network.loss == 0:
            return exactly(True, "the outputs")
        if found.kind == 2:
            return exactly(True, "the orders 2 to 4 on the flat cone")
        if found.kind == 1 and THEOREM_4_2 not in self.barred:
            return exactly(True, "the slopes and Theorem 4.2")
        return exactly(False if any(sign < 0 for _, (_, sign) in self.changes) else None, LINE)

    @cached_property
    def local_maximum(self) -> Finding:
        if self.constant or self.falls_only is not None:
            return exactly(True, "the slopes where no output changes at first")
        rises = find_ascent(self.network) if self.stationary.value else None
        if rises is not None or any(sign > 0 for _, (_, sign) in self.changes):
            return exactly(False, LINE)
        return UNKNOWN

    @property
    def saddle(self) -> Finding:
        return both(self.stationary, ~self.local_minimum, ~self.local_maximum)

    @property
    def constant(self) -> bool:
        """Whether no output changes near the point."""
        return all(self.network.is_dead(i) for i in range(self.network.n_hidden))

    @cached_property
    def falls_only(self) -> Fraction | None:
        """C > 0 with -G_i >= C sum_k |rho(x_k.t)| for all i, and all outputs 0: a local maximum; or None."""
        try:
            return find_maximum_ratio(self.network)
        except Undecided:
            return None

    def certificate(self) -> dict[str, Any] | None:
        """What the kernel says of the point, resting on nothing barred; None where it has no rule for it."""
        try:
            if self.stationary.value is False and self.falls_only is not None:
                found = sealed(self.network, [maximum_step(self.network, self.falls_only)])
            else:
                found = certify_type(self.network, self.type)
            statement = checked(found)
        except (Undecided, CheckError):
            return None
        return None if self.barred & set(statement["rests_on"]) else found

    @cached_property
    def some_slope_negative(self) -> Finding:
        """Whether the loss falls at first order along some line."""
        found = self.type.stationarity
        given = [] if found is None or isinstance(found, Stationary) else [found.direction]
        if any(first_change(self.network, x) == (1, -1) for x in given) or any(
                change == (1, -1) for _, change in self.changes):
            return exactly(True, LINE)
        return exactly(False if isinstance(found, Stationary) else None, SLOPES)

    @cached_property
    def second_order_line(self) -> Finding:
        """Whether the loss changes along some line as C t^2 + O(t^3), C < 0."""
        descent = self.type.descent
        straight = descent is not None and descent.falls and len(descent.moves) == 1
        if (straight and descent is not None and descent.order == 2) or any(
                change == (2, -1) for _, change in self.changes):
            return exactly(True, LINE)
        try:
            if not self.stationary.value:
                return exactly(off_kinks_line(self.network), "the second order on the level lines")
            found = decide_form(self.network, [x.neuron for x in find_escape_neurons(self.network)])
        except Undecided:
            return UNKNOWN
        return exactly(isinstance(found, Direction), "the second-order form on the flat cone")

    @cached_property
    def ball(self) -> tuple[Fraction | None] | None:
        """The square of the radius of Theorem 4.2 (None: no bound), as a 1-tuple; None where it has none."""
        if not self.type_1.value:
            return None
        try:
            ratios = [find_ratio(x.total, x.outputs).value for x in self.slopes]
        except Undecided:
            return None
        return (radius_squared(self.network, max(ratios, default=Fraction(0))),)

    @cached_property
    def persistent(self) -> Finding:
        """Whether all labels near these have a type-2 minimum near this one.

        So it is off the kinks, where the loss is smooth, if only the scalings leave the second order flat:
        the minimum moves with the labels, and slopes that are not 0 stay so. Else undecided, if it is one.
        """
        if self.type.kind != 2:
            return exactly(False, "the type") if self.type_2.value is False else UNKNOWN
        network, escapes = self.network, [escape.neuron for escape in self.type.escapes]
        living = [i for i in range(network.n_hidden) if not network.is_dead(i)]
        smooth = all(map(all, network.pre_activations))
        moved = all(any(network.output_weights(i)) for i in living)
        held = smooth and moved and decide_form(network, escapes) == "positive"
        return exactly(True if held else None, "the second-order form, off the kinks")


def level_generators(total: PiecewiseLinear) -> list[Sequence[Fraction | int]]:
    """Vectors that generate {G = 0}, cone by cone of the kinks; G may have both signs.

    Where G is linear with both signs, the generators of its zeros are combinations of two of the cone's.
    Raises Undecided where there are too many.
    """
    found = arrangement(total.kinks, total.normals, total.dimension)
    rays = [*found.rays, *found.lineality, *(tuple(-x for x in r) for r in found.lineality)]
    level: list[Sequence[Fraction | int]] = [r for r in rays if total(r) == 0]
    for a, b in combinations(rays, 2):
        high, low = total(a), total(b)
        if high * low < 0 and all(dot(x, a) * dot(x, b) >= 0 for x in total.kinks):
            level.append(combination([abs(low), abs(high)], [a, b], total.dimension))
    return level


def off_kinks_line(network: ReluNetwork) -> bool | None:
    """The same where no sample is at a kink: the loss is a polynomial there; None elsewhere."""
    if not all(map(all, network.pre_activations)):
        return None
    units = unit_moves(network)
    slopes = [expand(network, x).coefficients[1] for x in units]
    lines = [combined(network, x) for x in null_space([slopes], len(units))]
    squares = [expand(network, x).coefficients[2] for x in lines]
    form = tuple(tuple(2 * squares[a] if a == b else
                       expand(network, added(x, y)).coefficients[2] - squares[a] - squares[b]
                       for b, y in enumerate(lines)) for a, x in enumerate(lines))
    return isinstance(decide_sign(form, len(lines)), Negative)
