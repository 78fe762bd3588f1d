"""A scene about a ReLU-like network: the network at a point, a neuron, and a variation of it.

A variation is a move of the parameters, a unit replication of the neuron, or one more neuron.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property

from ..arrays import Vector
from ..errors import Undecided
from ..relu.derivatives import d, output_weight_derivative, radial_derivative
from ..relu.expansion import expand
from ..relu.network import Direction, ReluNetwork, moved
from ..relu.piecewise import neuron_slopes
from ..relu.positivity import Violation, decide_nonnegative
from ..relu.vectors import dot
from .answers import UNKNOWN, Finding, exactly
from .relu_moves import agrees_with_lemma, first_change, moves, moving, shortened, square, tangents
from .relu_place import ReluPlace
from .relu_variations import Replication, Unit, Variation, replications, units, varied

ONE = Fraction(1)


class ReluSource:
    """The network of many scenes: what is known of it is found once."""

    def __init__(self, network: ReluNetwork, neuron: int, barred: frozenset[str] = frozenset()) -> None:
        self.network, self.neuron, self.barred = network, neuron, barred
        self.place = ReluPlace(network, barred)
        self.known: dict[str, tuple[ReluScene, ...]] = {}

    def scenes(self, kind: str) -> tuple["ReluScene", ...]:
        """With all variations of a kind; always the same objects."""
        if kind not in self.known:
            self.known[kind] = tuple(ReluScene(self, x) for x in self._variations(kind))
        return self.known[kind]

    def _variations(self, kind: str) -> tuple[Variation, ...]:
        """All of one kind: "move", "step" (also short ones), "unit", "replication"; "" for none."""
        if kind == "move":
            return moves(self.network)
        if kind == "step":
            found, ball = moves(self.network), self.place.ball
            short = [shortened(x, ball[0]) for x in found] if ball and ball[0] is not None else []
            return (*found, *short)
        if kind == "unit":
            return tuple(units(self.network))
        return replications() if kind == "replication" else (None,)


class ReluScene:
    """A network, a neuron of it, and a variation."""

    def __init__(self, source: ReluSource, variation: Variation) -> None:
        self.source, self.variation = source, variation
        self.network, self.neuron, self.point = source.network, source.neuron, source.place

    @cached_property
    def result(self) -> ReluPlace:
        """The network after replication, or with the new neuron."""
        return ReluPlace(varied(self.network, self.neuron, self.variation), self.source.barred)

    @property
    def same_loss(self) -> Finding:
        return exactly(self.result.network.loss == self.network.loss, "the loss")

    def numbers(self, holds: Callable[[ReluNetwork], bool]) -> Finding:
        """What is read off the network."""
        return exactly(holds(self.network), "the weights and the data")

    # The neuron.

    def of_neuron(self, holds: Callable[[ReluNetwork, int], bool]) -> Finding:
        return exactly(holds(self.network, self.neuron), "the weights and the data")

    @property
    def escapes(self) -> Finding:
        return self.point.escapes(self.neuron)

    # The replication, and the new neuron.

    def replication(self, holds: Callable[[Vector, Vector], bool]) -> Finding:
        found = self.variation
        return exactly(holds(found.beta, found.gamma), "the coefficients") if isinstance(
            found, Replication) else UNKNOWN

    def unit(self, holds: Callable[[ReluNetwork, Unit], bool]) -> Finding:
        found = self.variation
        return exactly(holds(self.network, found), "the weights and the data") if isinstance(
            found, Unit) else UNKNOWN

    @property
    def new_escapes(self) -> Finding:
        return self.result.escapes(self.network.n_hidden)

    @property
    def new_slopes(self) -> Finding:
        """Whether no tangential derivative of the new neuron is negative."""
        try:
            found = decide_nonnegative(self.result.slopes[self.network.n_hidden].total)
        except Undecided:
            return UNKNOWN
        return exactly(not isinstance(found, Violation), "the tangential slopes")

    # The move.

    def move(self, holds: Callable[[ReluNetwork, Direction], bool | None]) -> Finding:
        found = self.variation
        return exactly(holds(self.network, found), "the loss along a line") if isinstance(
            found, Direction) else UNKNOWN

    def not_lower(self, network: ReluNetwork, move: Direction) -> bool:
        return moved(network, move, ONE).loss >= network.loss

    def in_ball(self, network: ReluNetwork, move: Direction) -> bool:
        ball = self.point.ball
        return ball is not None and (ball[0] is None or square(move) <= ball[0])

    def keeps_escapes(self, network: ReluNetwork, move: Direction) -> bool | None:
        """Whether no escape neuron moves."""
        touched = [self.point.escapes(i).value for i in frozenset().union(*moving(move))]
        return False if True in touched else None if None in touched else True

    def moves_an_escape(self, network: ReluNetwork, move: Direction) -> bool | None:
        """Whether an escape neuron moves with its output weights and its input weights."""
        inputs, outputs = moving(move)
        touched = [self.point.escapes(i).value for i in inputs & outputs]
        return True if True in touched else None if None in touched else False

    def in_escape_plane(self, network: ReluNetwork, move: Direction) -> bool | None:
        """Whether one output weight moves, and w of the same neuron along v, D(v) = 0 != g(v)."""
        inputs, outputs = moving(move)
        if network.n_outputs != 1 or len(inputs) != 1 or inputs != outputs:
            return False
        [i] = inputs
        return self._is_escape(i, move.W[i])

    def _is_escape(self, neuron: int, t: Vector) -> bool:
        slopes = self.point.slopes[neuron]
        return not dot(t, self.network.W[neuron]) and slopes.total(t) == 0 != slopes.outputs[0](t)

    def at_least_constant(self, network: ReluNetwork, move: Direction) -> bool | None:
        """Whether the second order over |move|^2 is at least C of Corollary 4.4, of the plane of the move.

        Of other moves: of some plane, where two inputs make the tangential lines finitely many.
        """
        if network.n_outputs != 1 or not square(move):
            return None
        if self.in_escape_plane(network, move):
            [i] = moving(move)[0]
            planes = [(i, move.W[i])]
        elif network.n_inputs != 2 or not all(map(any, network.W)):
            return None
        else:
            planes = [(i, t) for i in range(network.n_hidden) for t in tangents(network, i)
                      if self._is_escape(i, t)]
        c = expand(network, move).coefficients[2] / square(move)
        return any(self._above(c, i, t) for i, t in planes) if planes else None

    def _above(self, c: Fraction, neuron: int, t: Vector) -> bool:
        """Whether c >= C, the negative root of 4 C^2 - 2 |z|^2 C - q^2 = 0, q = |g(t)|/|t|."""
        z, g = self.network.activations[neuron], self.point.slopes[neuron].outputs[0](t)
        return c >= 0 or 4 * c * c - 2 * dot(z, z) * c <= g * g / dot(t, t)

    def first(self, holds: Callable[[int, int], bool]) -> Finding:
        """Of order and sign of the first change of the loss along the ray."""
        return self.move(lambda network, move: holds(*self.change))

    @cached_property
    def change(self) -> tuple[int, int]:
        return first_change(self.network, self.variation) if isinstance(
            self.variation, Direction) else (0, 0)

    @cached_property
    def lemma(self) -> Finding:
        """Whether the loss along the ray has the slope of Lemma 3.2."""
        return self.move(agrees_with_lemma)


def weights_flat(network: ReluNetwork) -> bool:
    return not any(output_weight_derivative(network, j, i)
                   for i in range(network.n_hidden) for j in range(network.n_outputs))


def radii_flat(network: ReluNetwork) -> bool:
    return not any(radial_derivative(network, i) for i in range(network.n_hidden))


def d_zero(network: ReluNetwork, neuron: int) -> bool:
    return not any(any(d(network, j, neuron)) for j in range(network.n_outputs))


def flat(network: ReluNetwork, neuron: int) -> bool:
    """Whether all its tangential derivatives are 0."""
    return neuron_slopes(network, neuron).total.is_zero


def off_kinks(network: ReluNetwork, neuron: int) -> bool:
    return all(network.pre_activations[neuron])
