"""Gradient descent on a ReLU-like network of one hidden layer. In floats: it proposes, and proves
nothing.

The derivative of rho at 0 is alpha-, as footnote 5 of paper B has it for ReLU (1 where z > 0, else 0) and as
PyTorch computes it, for leaky ReLU too. A neuron with slope 0 at all samples never moves and costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import arrays
from ..errors import InputError, Undecided

Floats = npt.NDArray[np.float64]
State = tuple[Floats, Floats]


@dataclass(frozen=True)
class Task:
    """What is learned. X: (n_samples, n_inputs). Y: (n_samples, n_outputs). slopes: alpha+, alpha-."""

    X: Floats
    Y: Floats
    slopes: tuple[float, float] = (1.0, 0.0)

    @classmethod
    def from_arrays(cls, X: Any, Y: Any, slopes: Any = (1, 0)) -> "Task":
        """From nested lists of numbers or texts, rounded to binary64. Raises InputError."""
        inputs, targets = arrays.read_matrix(X, "X"), arrays.read_matrix(Y, "Y")
        arrays.require_matrix(inputs, "X")
        arrays.require_matrix(targets, "Y")
        if len(inputs) != len(targets):
            raise InputError(None, "Y", f"{len(inputs)} rows (one per sample, as in X)", len(targets))
        alphas = arrays.read_vector(slopes, "slopes")
        arrays.require_vector(alphas, "slopes", 2, "alpha+ and alpha-")
        return cls(_floats(inputs), _floats(targets), (float(alphas[0]), float(alphas[1])))

    def leg_slopes(self, z: Floats) -> Floats:
        """The derivative of rho, alpha- at 0."""
        return np.asarray(np.where(z > 0, *self.slopes))

    def activations(self, W: Floats) -> Floats:
        """rho(w_i.x_k): (..., n_hidden, n_samples) for W of shape (..., n_hidden, n_inputs)."""
        z = W @ self.X.T
        return self.leg_slopes(z) * z

    def residuals(self, W: Floats, H: Floats) -> Floats:
        """Outputs minus targets: (..., n_samples, n_outputs)."""
        return np.swapaxes(H @ self.activations(W), -1, -2) - self.Y

    def loss(self, W: Floats, H: Floats) -> Floats:
        """Half the sum of squares, eq. (2): (...)."""
        return np.asarray(np.square(self.residuals(W, H)).sum(axis=(-1, -2)) / 2)

    def dead(self, W: Floats) -> npt.NDArray[np.bool_]:
        """Which neurons have slope 0 at all samples that are not zero: (..., n_hidden)."""
        idle = (self.leg_slopes(W @ self.X.T) == 0) | ~self.X.any(axis=1)
        return np.asarray(idle.all(axis=-1))


def _floats(rows: Iterable[Iterable[Any]]) -> Floats:
    return np.array([[float(x) for x in row] for row in rows])


def random_start(task: Task, n_hidden: int, scale: float, seed: int) -> State:
    """W and H with independent normal entries of this standard deviation.

    RandomState: its stream is frozen, so that a seed means the same weights under every NumPy. The start of
    another scale with the same seed is a multiple of this one (appendix J).
    """
    if not 0 <= seed < 2**32:
        raise InputError(None, "--seed", "a number from 0 to 4294967295", seed, status=2)
    n_inputs, n_outputs = task.X.shape[1], task.Y.shape[1]
    drawn = np.random.RandomState(seed).standard_normal((n_hidden, n_inputs + n_outputs)) * scale
    return drawn[:, :n_inputs].copy(), drawn[:, n_inputs:].T.copy()


def descend(task: Task, state: State, step: float, epochs: int) -> State:
    """The parameters after so many epochs of gradient descent on eq. (2). The given ones are left alone.

    Raises Undecided where they grow beyond all bounds.
    """
    living = np.flatnonzero(~task.dead(state[0]))
    W, H = state[0].copy(), state[1].copy()
    if living.size and epochs:
        moved = state[0][living].copy(), state[1][:, living].T.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            _steps(task, *moved, step, epochs)
        W[living], H[:, living] = moved[0], moved[1].T
    if not (np.isfinite(W).all() and np.isfinite(H).all()):
        raise Undecided("training: the parameters grow beyond all bounds", "train with a smaller step")
    return W, H


def _steps(task: Task, W: Floats, V: Floats, step: float, epochs: int) -> None:
    """The loop, in place; V: H transposed. Calls cost more than arithmetic here: no new arrays."""
    X, inputs, Y = task.X * step, np.ascontiguousarray(task.X.T), task.Y
    high, low = task.slopes
    z, back = np.empty((2, len(W), len(Y)))
    slopes = np.empty(z.shape, dtype=bool if (high, low) == (1, 0) else float)
    errors, dW, dV = np.empty_like(Y), np.empty_like(W), np.empty_like(V)
    for _ in range(epochs):
        np.matmul(W, inputs, out=z)
        np.greater(z, 0, out=slopes)
        if slopes.dtype != bool:
            slopes *= high - low
            slopes += low
        np.multiply(z, slopes, out=z)
        np.matmul(z.T, V, out=errors)
        errors -= Y
        np.matmul(V, errors.T, out=back)
        np.multiply(back, slopes, out=back)
        np.matmul(back, X, out=dW)
        errors *= step
        np.matmul(z, errors, out=dV)
        W -= dW
        V -= dV
