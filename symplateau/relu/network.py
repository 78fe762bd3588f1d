"""A ReLU-like network of one hidden layer, and its data, in exact rationals (paper B, section 2).

f(x) = H rho(W x) + c, rho(z) = alpha+ z for z >= 0 and alpha- z for z < 0; loss = half the sum of squares. A
hidden bias is an input that is constantly 1; the output bias c, which the paper has not, is optional.
d = 1, no neurons, zero and repeated samples are allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from .. import arrays
from ..arrays import Matrix, Vector, shown
from ..errors import InputError
from .vectors import ZERO, Integers, dot, products, whole, zeros


@dataclass(frozen=True)
class ReluNetwork:
    """The network and its data, in Fractions. The constructor raises InputError unless the shapes agree.

    X: (n_samples, n_inputs). Y: (n_samples, n_outputs). W: (n_hidden, n_inputs). H: (n_outputs, n_hidden).
    slopes: (alpha+, alpha-), different; (1, 0) is ReLU. c: None or (n_outputs,).
    scale: > 0, by what the loss is multiplied where it is shown (2 / n_samples for the mean of squares); no
    type of a point depends on it.
    """

    X: Matrix
    Y: Matrix
    W: Matrix
    H: Matrix
    slopes: tuple[Fraction, Fraction] = (Fraction(1), Fraction(0))
    c: Vector | None = None
    scale: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        arrays.require_matrix(self.X, "X")
        arrays.require_matrix(self.Y, "Y")
        if len(self.Y) != self.n_samples:
            raise InputError(None, "Y", f"{self.n_samples} rows (one per sample, as in X)", len(self.Y))
        if self.W != ():
            arrays.require_matrix(self.W, "W", columns=self.n_inputs)
        if not isinstance(self.H, tuple) or len(self.H) != self.n_outputs:
            raise InputError(None, "H", f"{self.n_outputs} rows (one per output, as in Y)", shown(self.H))
        for j, row in enumerate(self.H):
            if row != () or self.W != ():
                arrays.require_vector(row, f"H[{j}]", self.n_hidden, "one per hidden neuron, as in W")
        arrays.require_vector(self.slopes, "slopes", 2, "alpha+ and alpha-")
        if self.slopes[0] == self.slopes[1]:
            expected = "two different slopes: with equal ones the network is linear and has no kinks"
            raise InputError(None, "slopes", expected, f"twice {self.slopes[0]}")
        if self.c is not None:
            arrays.require_vector(self.c, "c", self.n_outputs, "one per output, as in Y")

    @classmethod
    def from_arrays(cls, X: Any, Y: Any, W: Any, H: Any, slopes: Any = (1, 0),
                    c: Any = None) -> "ReluNetwork":
        """A network from nested lists or NumPy arrays of ints, Fractions, texts or floats (the binary64).

        With one output also Y of shape (n_samples,), H of shape (n_hidden,), a number c. Raises InputError.
        """
        alphas = arrays.read_vector(slopes, "slopes")
        arrays.require_vector(alphas, "slopes", 2, "alpha+ and alpha-")
        if _is_flat(H):
            output_weights: Matrix = (arrays.read_vector(H, "H"),)
        else:
            output_weights = arrays.read_matrix(H, "H")
        if _is_flat(Y):
            targets: Matrix = tuple((y,) for y in arrays.read_vector(Y, "Y"))
        else:
            targets = arrays.read_matrix(Y, "Y")
        biases = None
        if c is not None:
            biases = arrays.read_vector(c, "c") if _is_list(c) else (arrays.read_scalar(c, "c"),)
        return cls(arrays.read_matrix(X, "X"), targets, arrays.read_matrix(W, "W"), output_weights,
                   (alphas[0], alphas[1]), biases)

    @property
    def n_samples(self) -> int:
        return len(self.X)

    @property
    def n_inputs(self) -> int:
        return len(self.X[0])

    @property
    def n_outputs(self) -> int:
        return len(self.Y[0])

    @property
    def n_hidden(self) -> int:
        return len(self.W)

    def output_weights(self, neuron: int) -> Vector:
        """h_ji for all outputs j, of one neuron i."""
        return tuple(row[neuron] for row in self.H)

    def slope(self, z: Fraction) -> Fraction:
        """That of rho at z, 0 at the kink."""
        return ZERO if z == 0 else self.slopes[z < 0]

    @cached_property
    def pre_activations(self) -> Matrix:
        """w_i.x_k, of shape (n_hidden, n_samples)."""
        return products(self.W, self.X)

    @cached_property
    def leg_slopes(self) -> Matrix:
        """The slope of rho at w_i.x_k, 0 at the kink, of shape (n_hidden, n_samples)."""
        return tuple(tuple([self.slope(z) for z in row]) for row in self.pre_activations)

    @cached_property
    def activations(self) -> Matrix:
        """rho(w_i.x_k), of shape (n_hidden, n_samples): V_h of eq. (10)."""
        return tuple(tuple(s * z if s else ZERO for s, z in zip(*rows, strict=True))
                     for rows in zip(self.leg_slopes, self.pre_activations, strict=True))

    @cached_property
    def outputs(self) -> Matrix:
        """(n_samples, n_outputs)."""
        plain = products(tuple(zip(*self.activations, strict=True)) or ((),) * self.n_samples, self.H)
        if self.c is None:
            return plain
        return tuple(tuple(f + c for f, c in zip(row, self.c, strict=True)) for row in plain)

    @cached_property
    def residuals(self) -> Matrix:
        """e_kj, outputs minus targets, of shape (n_samples, n_outputs)."""
        return tuple(tuple(f - y for f, y in zip(*rows, strict=True))
                     for rows in zip(self.outputs, self.Y, strict=True))

    @cached_property
    def loss(self) -> Fraction:
        """Half the sum of squared residuals, eq. (2)."""
        return sum((dot(e, e) for e in self.residuals), ZERO) / 2

    @cached_property
    def _whole(self) -> list[list[tuple[Integers, int]]]:
        """Of each input, and of the residuals of each output, the column of integers and its divisor."""
        return [[whole(column) for column in zip(*rows, strict=True)] for rows in (self.X, self.residuals)]

    def pull(self, output: int, slopes: Sequence[Fraction]) -> Vector:
        """sum_k slopes[k] e_kj x_k, of shape (n_inputs,)."""
        inputs, residuals = self._whole
        (errors, divisor), (factors, other) = residuals[output], whole(slopes)
        weights = [a * b for a, b in zip(errors, factors, strict=True)]
        return tuple(Fraction(sum(map(int.__mul__, weights, x)), divisor * other * own) for x, own in inputs)

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What other modules have found of this network, under keys of theirs."""
        return {}

    def kink_samples(self, neuron: int) -> tuple[int, ...]:
        """The samples at the kink of the neuron: w_i.x_k = 0, zero samples included."""
        return tuple(k for k, z in enumerate(self.pre_activations[neuron]) if z == 0)

    def problem(self) -> dict[str, Any]:
        """The problem as certificates state it: rationals as text, no output bias where there is none."""
        content: dict[str, Any] = {"kind": "relu network", "slopes": [str(a) for a in self.slopes]}
        for field in ("X", "Y", "W", "H"):
            content[field] = [[str(x) for x in row] for row in getattr(self, field)]
        return content if self.c is None else content | {"c": [str(x) for x in self.c]}

    def is_dead(self, neuron: int) -> bool:
        """Whether its small moves change no output: samples are zero, or off the kink at slope 0."""
        return all(not any(x) or (z != 0 and self.slope(z) == 0)
                   for x, z in zip(self.X, self.pre_activations[neuron], strict=True))


@dataclass(frozen=True)
class Direction:
    """A move of all parameters: W (n_hidden, n_inputs), H (n_outputs, n_hidden), c None or (n_outputs,)."""

    W: Matrix
    H: Matrix
    c: Vector | None = None

    @classmethod
    def of_neuron(cls, network: ReluNetwork, neuron: int, w: Vector | None = None,
                  h: Vector | None = None) -> "Direction":
        """The move of one neuron: its input weights by w (n_inputs,), output weights by h (n_outputs,)."""
        rows = list(zeros(network.n_hidden, network.n_inputs))
        rows[neuron] = w or rows[neuron]
        moves = h or (ZERO,) * network.n_outputs
        H = tuple(tuple(moves[j] if i == neuron else ZERO for i in range(network.n_hidden))
                  for j in range(network.n_outputs))
        return cls(tuple(rows), H)

    @classmethod
    def of_output_bias(cls, network: ReluNetwork, c: Vector) -> "Direction":
        """The move of the output bias by c (n_outputs,)."""
        return cls(zeros(network.n_hidden, network.n_inputs), zeros(network.n_outputs, network.n_hidden), c)


def moved(network: ReluNetwork, direction: Direction, t: Fraction) -> ReluNetwork:
    """The network at P + t D."""
    def sums(a: Matrix, b: Matrix) -> Matrix:
        return tuple(tuple(x + t * y for x, y in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))

    c = network.c
    if c is not None and direction.c is not None:
        c = sums((c,), (direction.c,))[0]
    return replace(network, W=sums(network.W, direction.W), H=sums(network.H, direction.H), c=c)


def require_direction(network: ReluNetwork, direction: Direction) -> None:
    """Raise InputError unless the shapes are those of the parameters."""
    for field in ("W", "H"):
        shapes = [[len(row) for row in getattr(owner, field)] for owner in (network, direction)]
        if shapes[0] != shapes[1]:
            raise InputError(None, f"direction.{field}", "the shape of the parameters", "another")
    if direction.c is not None and (network.c is None or len(direction.c) != len(network.c)):
        raise InputError(None, "direction.c", "the shape of the parameters", "another")


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or bool(getattr(value, "shape", ()))


def _is_flat(value: Any) -> bool:
    items = value.tolist() if hasattr(value, "tolist") else value
    return isinstance(items, (list, tuple)) and not any(
        isinstance(row, (list, tuple)) or getattr(row, "shape", ()) for row in items)
