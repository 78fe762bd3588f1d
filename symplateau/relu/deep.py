"""Several hidden layers: outputs and one-sided derivatives of the loss, exact (paper B, appendix B).

x^(l) = rho(W^(l) x^(l-1)) for l = 1, ..., L, outputs H x^(L). Layers are counted from 0 here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from .. import arrays
from ..arrays import Matrix, Vector
from ..errors import InputError
from .vectors import ZERO, dot, zeros

Layers = tuple[Matrix, ...]


@dataclass(frozen=True)
class DeepNetwork:
    """The network and its data, in Fractions. The constructor raises InputError unless the shapes agree.

    X: (n_samples, n_inputs). Y: (n_samples, n_outputs). W: one matrix (width, width before) per hidden layer.
    H: (n_outputs, last width). slopes: (alpha+, alpha-), different.
    """

    X: Matrix
    Y: Matrix
    W: Layers
    H: Matrix
    slopes: tuple[Fraction, Fraction] = (Fraction(1), Fraction(0))

    def __post_init__(self) -> None:
        for field in ("X", "Y", "H"):
            arrays.require_matrix(getattr(self, field), field)
        if len(self.Y) != len(self.X) or len(self.H) != len(self.Y[0]):
            raise InputError(None, "Y", "one row per sample of X, one column per row of H", len(self.Y))
        if not self.W:
            raise InputError(None, "W", "at least one hidden layer", "none")
        width = len(self.X[0])
        for number, layer in enumerate((*self.W, self.H)):
            arrays.require_matrix(layer, f"W[{number}]" if number < len(self.W) else "H", columns=width)
            width = len(layer)
        if self.slopes[0] == self.slopes[1]:
            raise InputError(None, "slopes", "two different slopes", f"twice {self.slopes[0]}")

    @classmethod
    def from_arrays(cls, X: Any, Y: Any, W: Sequence[Any], H: Any, slopes: Any = (1, 0)) -> "DeepNetwork":
        """A network from nested lists or arrays of ints, Fractions, texts or floats. Raises InputError."""
        alphas = arrays.read_vector(slopes, "slopes")
        arrays.require_vector(alphas, "slopes", 2, "alpha+ and alpha-")
        layers = tuple(arrays.read_matrix(layer, f"W[{number}]") for number, layer in enumerate(W))
        return cls(arrays.read_matrix(X, "X"), arrays.read_matrix(Y, "Y"), layers, arrays.read_matrix(H, "H"),
                   (alphas[0], alphas[1]))

    @cached_property
    def values(self) -> tuple[tuple[Matrix, ...], Matrix]:
        """(x^(0), ..., x^(L)), each (n_samples, width), and the outputs (n_samples, n_outputs)."""
        layers = [self.X]
        for W in self.W:
            layers.append(tuple(tuple(rho(self.slopes, dot(w, x)) for w in W) for x in layers[-1]))
        return tuple(layers), tuple(tuple(dot(h, x) for h in self.H) for x in layers[-1])

    @property
    def residuals(self) -> Matrix:
        return tuple(tuple(f - y for f, y in zip(*rows, strict=True))
                     for rows in zip(self.values[1], self.Y, strict=True))

    @property
    def loss(self) -> Fraction:
        """Half the sum of squared residuals."""
        return sum((dot(e, e) for e in self.residuals), ZERO) / 2


def rho(slopes: tuple[Fraction, Fraction], z: Fraction) -> Fraction:
    return slopes[z < 0] * z


def still(network: DeepNetwork) -> Layers:
    """No move of the hidden layers."""
    return tuple(zeros(len(W), len(W[0])) for W in network.W)


def moved(network: DeepNetwork, W: Layers, H: Matrix, t: Fraction) -> DeepNetwork:
    """The network at P + t D, D = (W, H)."""
    def sums(a: Matrix, b: Matrix) -> Matrix:
        return tuple(tuple(x + t * y for x, y in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))

    layers = tuple(sums(a, b) for a, b in zip(network.W, W, strict=True))
    return replace(network, W=layers, H=sums(network.H, H))


def _forward(network: DeepNetwork, moves: Layers, x: Vector) -> list[tuple[Vector, Vector, Vector]]:
    """Per layer x^(l), its one-sided derivative along the moves, and the slopes that rho has there.

    A neuron at the kink whose argument does not move at first order adds nothing at first order: slope 0.
    """
    found = [(x, (ZERO,) * len(x), (ZERO,) * len(x))]
    for W, D in zip(network.W, moves, strict=True):
        value, change, _ = found[-1]
        eta = [dot(w, value) for w in W]
        rate = [dot(w, change) + dot(v, value) for w, v in zip(W, D, strict=True)]
        legs = [z or r for z, r in zip(eta, rate, strict=True)]
        slopes = tuple(network.slopes[z < 0] if z else ZERO for z in legs)
        found.append((tuple(s * z for s, z in zip(slopes, eta, strict=True)),
                      tuple(s * r for s, r in zip(slopes, rate, strict=True)), slopes))
    return found


def directional_derivative(network: DeepNetwork, W: Layers, H: Matrix) -> Fraction:
    """The one-sided derivative of the loss along any direction of all layers at once."""
    total = ZERO
    for x, e in zip(network.X, network.residuals, strict=True):
        value, change, _ = _forward(network, W, x)[-1]
        total += sum((error * (dot(d, value) + dot(h, change))
                      for error, d, h in zip(e, H, network.H, strict=True)), ZERO)
    return total


def output_weight_derivative(network: DeepNetwork, output: int) -> Vector:
    """dL/dh_j = sum_k e_kj x_k^(L), appendix B.1."""
    errors = [e[output] for e in network.residuals]
    return tuple(dot(errors, column) for column in zip(*network.values[0][-1], strict=True))


def neuron_derivative(network: DeepNetwork, layer: int, neuron: int, move: Vector) -> Fraction:
    """The derivative along a radial or tangential move of one w_i^(l), by back-propagation (appendix B.2).

    The slopes alpha_k^(l) are those after the move: printed with the index of the layer below the right one.
    """
    moves = still(network)
    rows = (*moves[layer][:neuron], move, *moves[layer][neuron + 1 :])
    moves = (*moves[:layer], rows, *moves[layer + 1 :])
    total = ZERO
    for x, e in zip(network.X, network.residuals, strict=True):
        steps = _forward(network, moves, x)
        back = tuple(dot(e, [h[a] for h in network.H]) for a in range(len(network.H[0])))
        for above in range(len(network.W) - 1, layer, -1):
            through = [b * s for b, s in zip(back, steps[above + 1][2], strict=True)]
            back = tuple(dot(through, column) for column in zip(*network.W[above], strict=True))
        total += back[neuron] * steps[layer + 1][2][neuron] * dot(move, steps[layer][0])
    return total
