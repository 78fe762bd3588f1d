"""Escape neurons (paper B, Definition 4.1), and the descent that one gives (appendix F.2)."""

from dataclasses import dataclass
from fractions import Fraction

from ..arrays import Vector
from ..errors import InputError
from .expansion import Path, path
from .network import Direction, ReluNetwork
from .piecewise import neuron_slopes
from .stationarity import NotStationary, decide_stationarity
from .vectors import dot
from .zeros import find_flat_direction


@dataclass(frozen=True)
class EscapeNeuron:
    """neuron: its index. t: tangential, with dL/ds = 0 along t and d_ji^t.t = slope != 0 for the output j."""

    neuron: int
    t: Vector
    output: int
    slope: Fraction


def escape_neurons(network: ReluNetwork) -> tuple[EscapeNeuron, ...]:
    """All escape neurons of a stationary point, each with one direction, exactly.

    Raises InputError where the point is not stationary, Undecided where there are too many kink samples.
    """
    found = decide_stationarity(network)
    if isinstance(found, NotStationary):
        raise InputError(None, "network", "a stationary point (Definition 3.3)", found.reason)
    return find_escape_neurons(network)


def find_escape_neurons(network: ReluNetwork) -> tuple[EscapeNeuron, ...]:
    """The same, assuming that the point is stationary."""
    escapes = []
    for i in range(network.n_hidden):
        slopes = neuron_slopes(network, i)
        flat = find_flat_direction(slopes.total, slopes.outputs)
        if flat is not None:
            escapes.append(EscapeNeuron(i, flat.t, flat.output, flat.value))
    return tuple(escapes)


def escape_path(network: ReluNetwork, escape: EscapeNeuron) -> Path:
    """A path on which the loss falls at second order: appendix F.2, eq. (16), (17), for one output.

    Dw = t, Dh = -sgn(g) a with a = min(1, |g| / |V_h|^2): the second-order term is a^2 |V_h|^2 / 2 - a |g|.
    Raises InputError for several outputs, where this term need not be negative.
    """
    if network.n_outputs != 1:
        raise InputError(None, "network", "a single output", network.n_outputs)
    values = network.activations[escape.neuron]
    square, g = dot(values, values), escape.slope
    size = min(Fraction(1), abs(g) / square) if square else Fraction(1)
    move = Direction.of_neuron(network, escape.neuron, w=escape.t, h=(-size if g > 0 else size,))
    found = path(network, move)
    if found is None or not found.falls or found.order != 2:
        raise ArithmeticError("escape: the path found does not descend at second order")
    return found
