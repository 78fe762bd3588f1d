"""First-order derivatives of the loss, one-sided and exact (paper B, section 3.1, Lemma 3.2, eq. (3)-(6)).

Directions are not normalized: along w_i and along a tangential t, in place of u_i and v_i, so that everything
stays rational. A derivative along t is |t| times the printed one.
"""

from fractions import Fraction

from ..arrays import Vector
from ..errors import InputError
from .network import Direction, ReluNetwork, require_direction
from .vectors import ZERO, dot, sign


def moved_slopes(network: ReluNetwork, neuron: int, move: Vector | None = None) -> Vector:
    """Per sample the slope of rho where w_i + s move lies for small s > 0; 0 where it stays at the kink."""
    slopes = list(network.leg_slopes[neuron])
    for k in () if move is None else network.kink_samples(neuron):
        slopes[k] = network.slope(dot(move or (), network.X[k]))
    return tuple(slopes)


def d(network: ReluNetwork, output: int, neuron: int, move: Vector | None = None) -> Vector:
    """d_ji of Lemma 3.2; with a move v the d_ji^v of eq. (3). Shape (n_inputs,)."""
    return network.pull(output, moved_slopes(network, neuron, move))


def output_weight_derivative(network: ReluNetwork, output: int, neuron: int) -> Fraction:
    """dL/dh_ji = w_i.d_ji, eq. (4)."""
    return dot(network.W[neuron], d(network, output, neuron))


def output_bias_derivative(network: ReluNetwork, output: int) -> Fraction:
    """dL/dc_j = sum_k e_kj; 0 where there is no output bias."""
    return ZERO if network.c is None else sum((e[output] for e in network.residuals), ZERO)


def radial_derivative(network: ReluNetwork, neuron: int) -> Fraction:
    """|w_i| dL/dr_i = sum_j h_ji d_ji.w_i, eq. (5); 0 for w_i = 0, by convention."""
    return sum((h * output_weight_derivative(network, j, neuron)
                for j, h in enumerate(network.output_weights(neuron))), ZERO)


def tangential_slope(network: ReluNetwork, output: int, neuron: int, t: Vector) -> Fraction:
    """g_ji(t) = d_ji^t.t, which vanishes for no output at an escape neuron's direction (Definition 4.1)."""
    if len(t) != network.n_inputs or dot(t, network.W[neuron]) != 0:
        raise InputError(None, "t", "a vector orthogonal to the input weights of the neuron", t)
    return dot(d(network, output, neuron, t), t)


def tangential_derivative(network: ReluNetwork, neuron: int, t: Vector) -> Fraction:
    """|t| dL/ds_i = sum_j h_ji d_ji^t.t, eq. (6). Raises InputError unless t is orthogonal to w_i."""
    return sum((h * tangential_slope(network, j, neuron, t)
                for j, h in enumerate(network.output_weights(neuron))), ZERO)


def directional_derivative(network: ReluNetwork, direction: Direction) -> Fraction:
    """The one-sided derivative of the loss at P along any D, not normalized (appendix F.1)."""
    require_direction(network, direction)
    total = ZERO
    for i, move in enumerate(direction.W):
        for j, h in enumerate(network.output_weights(i)):
            total += direction.H[j][i] * output_weight_derivative(network, j, i)
            total += h * dot(d(network, j, i, move), move)
    return total + dot(direction.c or (), [output_bias_derivative(network, j)
                                           for j in range(len(direction.c or ()))])


def descent(network: ReluNetwork, neuron: int, output: int | None = None,
            w: Vector | None = None) -> Direction:
    """A direction along which the loss falls at first order: minus dL/dh_ji, or the given move of w_i."""
    if output is None:
        return Direction.of_neuron(network, neuron, w=w)
    slope = output_weight_derivative(network, output, neuron)
    return Direction.of_neuron(network, neuron, h=_against(network, output, slope))


def bias_descent(network: ReluNetwork, output: int) -> Direction:
    """The same for the output bias: minus the sign of dL/dc_j."""
    slope = output_bias_derivative(network, output)
    return Direction.of_output_bias(network, _against(network, output, slope))


def _against(network: ReluNetwork, output: int, slope: Fraction) -> Vector:
    return tuple(Fraction(-sign(slope) or 1) if j == output else ZERO for j in range(network.n_outputs))
