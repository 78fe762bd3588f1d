"""The course of a training: the parameters at some epochs, and what is measured along it. Floating point."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .training import Floats, Task


@dataclass(frozen=True)
class Trajectory:
    """epochs: (n_times,). W: (n_times, n_hidden, n_inputs). H: (n_times, n_outputs, n_hidden).

    Along a gradient flow an epoch is `step` units of time.
    """

    task: Task
    epochs: npt.NDArray[np.int64]
    W: Floats
    H: Floats

    @classmethod
    def of(cls, task: Task, states: Sequence[tuple[int, Floats, Floats]]) -> "Trajectory":
        """From (epoch, W, H) in their order."""
        epochs, W, H = zip(*states, strict=True)
        return cls(task, np.array(epochs, dtype=np.int64), np.array(W), np.array(H))

    @cached_property
    def residuals(self) -> Floats:
        """Outputs minus targets: (n_times, n_samples, n_outputs)."""
        return self.task.residuals(self.W, self.H)

    @cached_property
    def loss(self) -> Floats:
        """Half the sum of squares, eq. (2): (n_times,)."""
        return self.task.loss(self.W, self.H)

    @cached_property
    def norms(self) -> Floats:
        """|w_i|: (n_times, n_hidden)."""
        return np.asarray(np.linalg.norm(self.W, axis=2))

    @cached_property
    def output_norms(self) -> Floats:
        """|h_i|, over the outputs: (n_times, n_hidden)."""
        return np.asarray(np.linalg.norm(self.H, axis=1))

    @cached_property
    def angles(self) -> Floats:
        """Of the first two entries of w_i, counterclockwise from (1, 0), in [0, 2 pi): (n_times, n_hidden).

        One input: the angle is 0 or pi.
        """
        second = self.W[..., 1] if self.W.shape[2] > 1 else np.zeros(self.W.shape[:2])
        return np.mod(np.arctan2(second, self.W[..., 0]), 2 * np.pi)

    @cached_property
    def conserved(self) -> Floats:
        """|w_i|^2 - |h_i|^2, which gradient flow keeps (Fact 4.6): (n_times, n_hidden)."""
        return np.square(self.norms) - np.square(self.output_norms)

    @property
    def drift(self) -> float:
        """The largest change of a conserved quantity, relative to the largest |w_i|^2 + |h_i|^2 ever."""
        size = np.max(np.square(self.norms) + np.square(self.output_norms), initial=0.0)
        change = np.max(np.abs(self.conserved - self.conserved[0]), initial=0.0)
        return float(change / size) if size else 0.0

    def at(self, epoch: int) -> int:
        """The index of the last time kept that is not after the epoch."""
        return max(int(np.searchsorted(self.epochs, epoch, side="right")) - 1, 0)
