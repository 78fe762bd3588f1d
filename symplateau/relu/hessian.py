"""The directional Hessian of the loss in radial and tangential directions (paper B, eq. (8)-(14), (18)).

Coordinates, in order: h_ji (output by output), r_i along w_i, s_i along the tangential part t_i of the move,
none of them normalized. D = (dh_ji; c_i; 1, ..., 1) for a move with Dw_i = c_i w_i + t_i.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..arrays import Matrix, Vector
from ..errors import InputError
from .derivatives import moved_slopes, output_weight_derivative, tangential_slope
from .network import Direction, ReluNetwork, require_direction
from .vectors import ZERO, dot


@dataclass(frozen=True)
class DirectionalHessian:
    """columns[j]: V_j, column by column, eq. (10)-(12). gram: sum of V^T V, (13). excess: H~ of (18).

    move: the direction in these coordinates. The directional Hessian (8) is gram + excess.
    """

    columns: tuple[Matrix, ...]
    gram: Matrix
    excess: Matrix
    move: Vector

    @property
    def second_derivative(self) -> Fraction:
        """D^T (gram + excess) D, the second directional derivative of appendix F.1.1."""
        return sum((x * y * (g + a) for x, gs, others in zip(self.move, self.gram, self.excess, strict=True)
                    for y, g, a in zip(self.move, gs, others, strict=True)), ZERO)

    def output_change(self, output: int) -> Vector:
        """V_j D, the first-order change of an output over the samples; 0 for all j in eq. (14)."""
        size = len(self.columns[output][0])
        return tuple(dot(self.move, [column[k] for column in self.columns[output]]) for k in range(size))


def decompose(network: ReluNetwork, neuron: int, move: Vector) -> tuple[Fraction, Vector]:
    """(c, t) with move = c w_i + t, t orthogonal to w_i; c = 0 for w_i = 0 (Definition 3.1)."""
    w = network.W[neuron]
    c = dot(w, move) / dot(w, w) if any(w) else ZERO
    return c, tuple(x - c * y for x, y in zip(move, w, strict=True))


def directional_hessian(network: ReluNetwork, direction: Direction) -> DirectionalHessian:
    """The Hessian at any P, for the radial and tangential directions of D.

    Off stationary points the excess also has dL/dh_ji between h_ji and r_i, which Definition 3.3 makes 0.
    Raises InputError for a move of an output bias.
    """
    require_direction(network, direction)
    if direction.c is not None and any(direction.c):
        raise InputError(None, "direction.c", "no move of an output bias, which the paper has not", "one")
    neurons, outputs = range(network.n_hidden), range(network.n_outputs)
    parts = [decompose(network, i, move) for i, move in enumerate(direction.W)]
    slopes = [moved_slopes(network, i, t) for i, (_, t) in enumerate(parts)]
    tangential = [tuple(s * dot(t, x) for s, x in zip(slopes[i], network.X, strict=True))
                  for i, (_, t) in enumerate(parts)]
    none = (ZERO,) * network.n_samples
    columns = tuple(
        tuple(network.activations[i] if j == own else none for j in outputs for i in neurons)
        + tuple(tuple(network.H[own][i] * z for z in rows[i]) for rows in (network.activations, tangential)
                for i in neurons)
        for own in outputs)
    size = len(neurons) * (len(outputs) + 2)
    gram = tuple(tuple(sum((dot(v[a], v[b]) for v in columns), ZERO) for b in range(size))
                 for a in range(size))
    excess = [[ZERO] * size for _ in range(size)]
    for j in outputs:
        for i in neurons:
            h, r = j * len(neurons) + i, len(outputs) * len(neurons) + i
            s = r + len(neurons)
            excess[h][r] = excess[r][h] = output_weight_derivative(network, j, i)
            excess[h][s] = excess[s][h] = tangential_slope(network, j, i, parts[i][1])
    move = (*(x for row in direction.H for x in row), *(c for c, _ in parts), *(Fraction(1) for _ in neurons))
    return DirectionalHessian(columns, gram, tuple(map(tuple, excess)), move)
