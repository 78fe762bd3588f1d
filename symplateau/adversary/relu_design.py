"""Stationary points of ReLU-like networks with prescribed kinks: residuals from a null space.

With shares s_k of the kinks: sum_k (h_i.e_k) (slope of the leg, or mean of both + s_k half their difference)
x_k = 0 for each neuron, and all dL/dh_ji = 0.
"""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from ..errors import Undecided
from ..relu.network import ReluNetwork
from ..relu.stationarity import Stationary, decide_stationarity
from ..relu.vectors import combination, null_space

TRIES = 12  # of residuals for one stationary point
Rows = Sequence[Sequence[Any]]


def fitted(X: Rows, W: Rows, H: Rows, slopes: Any, shares: Sequence[Any], random: Random) -> ReluNetwork:
    """The network with residuals for which the kinks have these shares; stationary if one try is.

    shares: for each sample the s_k where it is at a kink.
    """
    outputs, size = len(H), len(X) * len(H)
    start = ReluNetwork.from_arrays(X, [[0] * outputs] * len(X), W, H, slopes)
    basis, best = null_space(_conditions(start, shares), size), start
    for number in range(TRIES if basis else 0):
        flat = combination([random.randint(-2, 2) for _ in basis], basis, size)
        errors = [flat[k : k + outputs] for k in range(0, size, outputs)]
        Y = [[f - e for f, e in zip(*pair, strict=True)] for pair in zip(start.outputs, errors, strict=True)]
        network = ReluNetwork.from_arrays(X, Y, W, H, slopes)
        best = network if number == 0 else best
        if any(flat) and is_stationary(network):
            return network
    return best


def _conditions(network: ReluNetwork, shares: Sequence[Any]) -> list[list[Fraction]]:
    """What the residuals e_kj, sample by sample, are orthogonal to."""
    outputs, (high, low) = range(network.n_outputs), network.slopes
    rows: list[list[Fraction]] = []
    for i, values in enumerate(network.activations):
        rows += [[x * (j == own) for x in values for own in outputs] for j in outputs]
        legs = [network.slope(z) if z else (high + low) / 2 + Fraction(s) * (high - low) / 2
                for z, s in zip(network.pre_activations[i], shares, strict=True)]
        rows += [[leg * x[a] * network.H[j][i] for leg, x in zip(legs, network.X, strict=True)
                  for j in outputs] for a in range(network.n_inputs)]
    return rows


def is_stationary(network: ReluNetwork) -> bool:
    try:
        return isinstance(decide_stationarity(network), Stationary)
    except Undecided:
        return False
