"""Random perturbations of a trained network, as in appendix H of paper B. Evidence in float64, no proof."""

from dataclasses import dataclass

import numpy as np

from .training import Floats, State, Task

BATCH = 500


@dataclass(frozen=True)
class Perturbations:
    """changes: of the loss, (count,). crossings: how many of them put a sample on another leg of a neuron.

    size: the half-width of the uniform noise on every parameter. smooth_size: the largest one at which no
    neuron that moves an output can change a leg. Both are as rounded as float64 is.
    """

    changes: Floats
    crossings: int
    size: float
    smooth_size: float

    @property
    def falls(self) -> int:
        """How many perturbations lower the loss."""
        return int((self.changes < 0).sum())


def perturb(task: Task, state: State, size: float, count: int, seed: int) -> Perturbations:
    """The changes of the loss under so many independent perturbations, uniform in [-size, size]."""
    W, H = state
    random, before = np.random.RandomState(seed), task.loss(W, H)
    legs = task.X @ W.T > 0
    changes, crossings = [], 0
    for start in range(0, count, BATCH):
        shape = (min(BATCH, count - start),)
        noisy = W + random.uniform(-size, size, shape + W.shape)
        changes.append(task.loss(noisy, H + random.uniform(-size, size, shape + H.shape)) - before)
        crossings += int(((task.X @ np.swapaxes(noisy, 1, 2) > 0) != legs).any(axis=(1, 2)).sum())
    return Perturbations(np.concatenate(changes), crossings, size, smooth_size(task, W))


def smooth_size(task: Task, W: Floats) -> float:
    """min |w_i.x_k| / |x_k|_1 over the neurons that are not dead; infinite where there is none."""
    lengths = np.abs(task.X).sum(axis=1)
    bounds = np.abs(W[~task.dead(W)] @ task.X[lengths > 0].T) / lengths[lengths > 0]
    return float(bounds.min(initial=np.inf))
