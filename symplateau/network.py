"""One hidden layer, one output, and its data, in exact rationals: f(x) = v . sigma(W x + b) + c.

The parameters in order, everywhere: theta = (v_0, ..., v_{m-1}; per neuron w_i0, ..., w_i,d-1, and b_i where
there is a hidden bias; c where there is an output bias). Under W_unit = q, W and b are in units of log(q).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import arrays
from .arrays import Matrix, Vector, shown
from .errors import InputError
from .formulas import ACTIVATIONS, NAMES, check_activation
from .kernel.format import digest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LOSSES = ("half_sum", "mean", "half_mean")


@dataclass(frozen=True)
class Network:
    """A network and its data, in Fractions. The constructor raises InputError unless the shapes agree.

    activation: a registered name or a formula in t, twice continuously differentiable.
    X: (n_samples, n_inputs). y: (n_samples,). v: (n_hidden,). W: (n_hidden, n_inputs).
    b: None or (n_hidden,). c: None or the output bias. W_unit: None, or q for W and b in units of log(q).
    loss: half_sum, mean or half_mean: 1/2, 1/n_samples or 1/(2 n_samples) times the sum of squared residuals.
    """

    activation: str
    X: Matrix
    y: Vector
    v: Vector
    W: Matrix
    b: Vector | None = None
    c: Fraction | None = None
    W_unit: Fraction | None = None
    loss: str = "half_sum"

    def __post_init__(self) -> None:
        check_activation(self.activation)
        arrays.require_matrix(self.X, "X")
        arrays.require_matrix(self.W, "W", columns=self.n_inputs)
        arrays.require_vector(self.y, "y", self.n_samples, "one per sample, as in X")
        arrays.require_vector(self.v, "v", self.n_hidden, "one per hidden neuron, as in W")
        if self.b is not None:
            arrays.require_vector(self.b, "b", self.n_hidden, "one per hidden neuron, as in W")
        for field in ("c", "W_unit"):
            if (value := getattr(self, field)) is not None and type(value) is not Fraction:
                raise InputError(None, field, "a Fraction", shown(value))
        if self.W_unit is not None:
            arrays.read_unit(self.W_unit)
        if self.loss not in LOSSES:
            raise InputError(None, "loss", "one of " + ", ".join(LOSSES), shown(self.loss))

    @classmethod
    def from_arrays(cls, activation: str, X: Any, y: Any, v: Any, W: Any, b: Any = None, c: Any = None, *,
                    W_unit: Any = None, loss: str = "half_sum") -> "Network":
        """A network from nested lists or NumPy arrays of ints, Fractions, texts ("3/7", "0.125") or floats.

        A float means the binary64 that it is. Also accepted: y of shape (n_samples, 1), v of shape
        (1, n_hidden), c of shape (1,), W_unit as q or as the text "log(q)". Raises InputError.
        """
        return cls(
            activation=activation,
            X=arrays.read_matrix(X, "X"),
            y=arrays.read_single_output(y, "y", axis=1),
            v=arrays.read_single_output(v, "v", axis=0),
            W=arrays.read_matrix(W, "W"),
            b=None if b is None else arrays.read_vector(b, "b"),
            c=None if c is None else arrays.read_scalar(c, "c"),
            W_unit=None if W_unit is None else arrays.read_unit(W_unit),
            loss=loss,
        )

    @property
    def n_samples(self) -> int:
        return len(self.X)

    @property
    def n_inputs(self) -> int:
        return len(self.X[0])

    @property
    def n_hidden(self) -> int:
        return len(self.W)

    @property
    def n_parameters(self) -> int:
        return self.n_hidden * (1 + self.n_inputs + (self.b is not None)) + (self.c is not None)

    def theta(self) -> Vector:
        """All parameters in order; W and b in units of W_unit, that is without the factor log(q)."""
        biases = [()] * self.n_hidden if self.b is None else [(bias,) for bias in self.b]
        neurons = (entry for row, bias in zip(self.W, biases, strict=True) for entry in (*row, *bias))
        return (*self.v, *neurons, *(() if self.c is None else (self.c,)))

    def with_theta(self, theta: Iterable[Any]) -> "Network":
        """The same activation, data, units and loss at other parameters, ordered as `theta` orders them."""
        values = arrays.read_vector(theta if hasattr(theta, "tolist") else list(theta), "theta")
        if len(values) != self.n_parameters:
            raise InputError(None, "theta", f"{self.n_parameters} parameters", len(values))
        m, d, each = self.n_hidden, self.n_inputs, self.n_inputs + (self.b is not None)
        neurons = [values[start : start + each] for start in range(m, m + m * each, each)]
        return replace(
            self,
            v=values[:m],
            W=tuple(neuron[:d] for neuron in neurons),
            b=None if self.b is None else tuple(neuron[d] for neuron in neurons),
            c=None if self.c is None else values[-1],
        )

    def with_neurons(self, neurons: Iterable[int]) -> "Network":
        """The network with these hidden neurons, in this order; one may occur several times."""
        kept = list(neurons)
        v, W = tuple(self.v[i] for i in kept), tuple(self.W[i] for i in kept)
        return replace(self, v=v, W=W, b=None if self.b is None else tuple(self.b[i] for i in kept))

    def problem(self) -> dict[str, Any]:
        """The problem as certificates state it: rationals as text, fields that are not there left out."""
        formula = ACTIVATIONS.get(self.activation, self.activation)
        content: dict[str, Any] = {"kind": "network", "activation": formula}
        content |= {"X": [[str(x) for x in row] for row in self.X], "y": [str(x) for x in self.y]}
        content |= {"v": [str(x) for x in self.v], "W": [[str(x) for x in row] for row in self.W]}
        if self.b is not None:
            content["b"] = [str(x) for x in self.b]
        if self.c is not None:
            content["c"] = str(self.c)
        if self.W_unit is not None:
            content["W_unit"] = f"log({self.W_unit})"
        if self.loss != "half_sum":
            content["loss"] = self.loss
        return content

    @classmethod
    def from_problem(cls, problem: Mapping[str, Any]) -> "Network":
        """The inverse of `problem()`. Raises InputError for whatever `problem()` would not return."""
        required, optional = {"kind", "activation", "X", "y", "v", "W"}, {"b", "c", "W_unit", "loss"}
        if not isinstance(problem, Mapping) or not required <= set(problem) <= required | optional:
            found = sorted(map(str, problem)) if isinstance(problem, Mapping) else shown(problem)
            raise InputError(None, None, "the fields " + ", ".join(sorted(required)), found)
        given = {field: value for field, value in problem.items() if field != "kind"}
        formula = given["activation"]
        given["activation"] = NAMES.get(formula, formula) if isinstance(formula, str) else formula
        network = cls.from_arrays(**given)
        canonical = network.problem()
        for field, value in problem.items():
            if field not in canonical or canonical[field] != value:
                raise InputError(None, field, "the canonical form (lowest terms, no defaults)", shown(value))
        return network

    def sha256(self) -> str:
        """The digest of the canonical encoding of the problem, in hexadecimal."""
        return digest(self.problem())

    # What follows is rounded arithmetic, for searching only. It carries no claim.

    def float_loss(self, theta: "Floats | None" = None) -> float:
        """The loss, about. theta: (n_parameters,), ordered and in units as `theta()`, the default."""
        _, residual, _ = self._approximate(theta, 0)
        return float(self._scale / 2 * (residual @ residual))

    def float_gradient(self, theta: "Floats | None" = None) -> "Floats":
        """The gradient with respect to theta, in its units, about. Shape (n_parameters,)."""
        import numpy as np

        v, residual, values = self._approximate(theta, 1)
        rows, _ = self._float_data
        by_neuron = (residual[:, None] * values[1] * v).T @ rows
        ends = [residual.sum()] * (self.c is not None)
        return self._scale * np.concatenate([values[0].T @ residual, by_neuron.ravel(), ends])

    def float_hessian(self, theta: "Floats | None" = None) -> "Floats":
        """The Hessian with respect to theta, in its units, about. Shape (n_parameters, n_parameters).

        The Gauss-Newton part, and the residuals times the second derivatives of the output: these vanish
        except between v_i and the weights of neuron i, and among those weights.
        """
        import numpy as np

        v, residual, values = self._approximate(theta, 2)
        rows, _ = self._float_data
        n, m = values[0].shape
        each = rows.shape[1]
        by_neuron = ((values[1] * v)[:, :, None] * rows[:, None, :]).reshape(n, m * each)
        jacobian = np.hstack([values[0], by_neuron, np.ones((n, int(self.c is not None)))])
        hessian: Floats = jacobian.T @ jacobian
        for i in range(m):
            weights = slice(m + i * each, m + (i + 1) * each)
            mixed = rows.T @ (residual * values[1][:, i])
            hessian[i, weights] += mixed
            hessian[weights, i] += mixed
            hessian[weights, weights] += v[i] * (rows.T * (residual * values[2][:, i])) @ rows
        return self._scale * hessian

    @property
    def _scale(self) -> float:
        """Twice the factor before the sum of squares."""
        return {"half_sum": 1.0, "mean": 2 / self.n_samples, "half_mean": 1 / self.n_samples}[self.loss]

    @cached_property
    def _float_data(self) -> "tuple[Floats, Floats]":
        """The inputs, with a last 1 where there is a hidden bias, times log(q); and y (n_samples,)."""
        import numpy as np

        inputs = np.array([_floats(row) for row in self.X])
        if self.b is not None:
            inputs = np.hstack([inputs, np.ones((self.n_samples, 1))])
        return inputs * (1.0 if self.W_unit is None else _log(self.W_unit)), np.array(_floats(self.y))

    def _approximate(self, theta: "Floats | None", order: int) -> "tuple[Floats, Floats, list[Floats]]":
        """v (n_hidden,); the residuals (n_samples,); sigma, sigma', ..., each (n_samples, n_hidden)."""
        import numpy as np

        from .activations import get

        rows, y = self._float_data
        point = np.array(_floats(self.theta())) if theta is None else np.asarray(theta, dtype=np.float64)
        if point.shape != (self.n_parameters,):
            raise InputError(None, "theta", f"shape ({self.n_parameters},)", point.shape)
        m, each = self.n_hidden, rows.shape[1]
        v, weights = point[:m], point[m : m + m * each].reshape(m, each)
        values = get(self.activation).numpy(rows @ weights.T, order)
        return v, values[0] @ v + (0.0 if self.c is None else point[-1]) - y, values


def _floats(values: Iterable[Fraction]) -> list[float]:
    return [_float(x) for x in values]


def _float(x: Fraction) -> float:
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def _log(q: Fraction) -> float:
    """log(q) without cancellation near 1 and without overflow far from it."""
    if Fraction(1, 2) < q < 2:
        return math.log1p(float(q - 1))
    return math.log(q.numerator) - math.log(q.denominator)
