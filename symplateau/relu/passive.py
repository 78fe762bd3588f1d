"""Neurons that add nothing to the outputs near a stationary point: dead ones, and small living ones.

Given the residuals of the others, each has some stationary places; the nearest is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ..arrays import Matrix, Vector
from ..errors import Undecided
from .network import ReluNetwork
from .patterns import Pattern
from .rational import rounded, short_basis
from .stationarity import Stationary, decide_stationarity
from .vectors import combination, dot, sign


@dataclass(frozen=True)
class Kept:
    """What became of a neuron: dead, unmoved, output weights 0, input weights 0, or all weights 0."""

    neuron: int
    how: str
    w: Vector
    h: Vector


def settle(network: ReluNetwork, neuron: int, errors: Matrix) -> Kept:
    """The nearest place found for the neuron at which it is stationary and adds nothing to the outputs.

    errors: the residuals (n_samples, n_outputs) that the other neurons leave.
    """
    w, h = network.W[neuron], network.output_weights(neuron)

    def moved(kept: Kept) -> Fraction:
        return max(abs(a - b) for a, b in zip((*w, *h), (*kept.w, *kept.h), strict=True))

    for kept in sorted(_places(network, neuron, errors), key=moved):
        if kept.how == "all weights 0" or _is_stationary(network, kept, errors):
            dead = _alone(network, kept, errors).is_dead(0)
            return replace(kept, how="dead") if dead and kept.how == "unmoved" else kept
    raise ArithmeticError("passive: a neuron with all weights 0 is stationary")


def _places(network: ReluNetwork, neuron: int, errors: Matrix) -> Iterator[Kept]:
    w, h = rounded(network.W[neuron]), rounded(network.output_weights(neuron))
    no_input, no_output = (Fraction(0),) * len(w), (Fraction(0),) * len(h)
    yield Kept(neuron, "unmoved", w, h)
    if (level := _level(network, neuron, errors)) is not None:
        yield Kept(neuron, "output weights 0", level, no_output)
    yield Kept(neuron, "input weights 0", no_input, h)
    yield Kept(neuron, "all weights 0", no_input, no_output)


def _level(network: ReluNetwork, neuron: int, errors: Matrix) -> Vector | None:
    """w near w_i with the same pattern and w.d_ji = 0 for all j: stationary where h_i = 0."""
    sides = tuple(map(sign, network.pre_activations[neuron]))
    slopes = tuple(network.slope(Fraction(s)) for s in sides)
    rows = [x for s, x in zip(sides, network.X, strict=True) if not s and any(x)]
    rows += [combination([s * e[j] for s, e in zip(slopes, errors, strict=True)], network.X, network.n_inputs)
             for j in range(network.n_outputs)]
    basis = short_basis([row for row in rows if any(row)], network.n_inputs)
    if not basis or not any(network.W[neuron]):
        return None
    pattern = Pattern((neuron,), sides, slopes, basis)
    return combination(pattern.coordinates(network.W[neuron]), basis, network.n_inputs)


def _is_stationary(network: ReluNetwork, kept: Kept, errors: Matrix) -> bool:
    """Whether it adds nothing to the outputs and fulfils the conditions of stationarity."""
    alone = _alone(network, kept, errors)
    if any(map(any, alone.outputs)) or (kept.how == "output weights 0" and any(
            dot(kept.w, x) and sign(dot(kept.w, x)) != sign(z)
            for x, z in zip(network.X, network.pre_activations[kept.neuron], strict=True))):
        return False
    try:
        return isinstance(decide_stationarity(alone), Stationary)
    except Undecided:
        return False


def _alone(network: ReluNetwork, kept: Kept, errors: Matrix) -> ReluNetwork:
    """The network of this neuron, with targets that leave these residuals where it adds nothing."""
    targets = tuple(tuple(-x for x in e) for e in errors)
    return ReluNetwork(network.X, targets, (kept.w,), tuple((x,) for x in kept.h), network.slopes)
