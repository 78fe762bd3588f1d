"""Directional stationarity (paper B, Definition 3.3), decided exactly."""

from dataclasses import dataclass
from fractions import Fraction

from .derivatives import (
    bias_descent,
    descent,
    directional_derivative,
    output_bias_derivative,
    output_weight_derivative,
)
from .network import Direction, ReluNetwork
from .piecewise import neuron_slopes
from .positivity import Certificate, Violation, decide_nonnegative


@dataclass(frozen=True)
class Stationary:
    """All conditions hold. certificates: per neuron, of dL/ds_i >= 0 in every tangential direction."""

    certificates: tuple[Certificate, ...]


@dataclass(frozen=True)
class NotStationary:
    """The violated condition of Definition 3.3, and a direction along which the loss falls at first order.

    condition: 1 (an output weight; without a neuron, an output bias) or 3 (a tangential direction); 2 follows
    from 1, since |w_i| dL/dr_i is sum_j h_ji dL/dh_ji. output: None under condition 3. derivative: one-sided,
    along the direction; < 0.
    """

    condition: int
    neuron: int | None
    output: int | None
    direction: Direction
    derivative: Fraction

    @property
    def reason(self) -> str:
        if self.neuron is None:
            place = f"dL/dc of output {self.output} is not 0"
        elif self.output is not None:
            place = f"dL/dh of output {self.output} and neuron {self.neuron} is not 0"
        else:
            place = f"a tangential derivative of neuron {self.neuron} is negative"
        return f"condition {self.condition} of Definition 3.3: {place} (a slope of {self.derivative})"


def decide_stationarity(network: ReluNetwork) -> Stationary | NotStationary:
    """Decide Definition 3.3. Raises Undecided where a neuron has too many kink samples."""
    for j in range(network.n_outputs):
        if output_bias_derivative(network, j) != 0:
            return _violated(network, 1, None, j, bias_descent(network, j))
    for i in range(network.n_hidden):
        for j in range(network.n_outputs):
            if output_weight_derivative(network, j, i) != 0:
                return _violated(network, 1, i, j, descent(network, i, output=j))
    certificates = []
    for i in range(network.n_hidden):
        found = decide_nonnegative(neuron_slopes(network, i).total)
        if isinstance(found, Violation):
            return _violated(network, 3, i, None, descent(network, i, w=found.t))
        certificates.append(found)
    return Stationary(tuple(certificates))


def _violated(network: ReluNetwork, condition: int, neuron: int | None, output: int | None,
              direction: Direction) -> NotStationary:
    rate = directional_derivative(network, direction)
    if not rate < 0:
        raise ArithmeticError("stationarity: the direction found is not one of descent")
    return NotStationary(condition, neuron, output, direction, rate)
