"""Plateaus and escapes in a loss curve, and what the neurons are doing. Descriptions, not verdicts.

Where the loss falls most slowly a stationary point is near; where it falls fastest one is being left. The
thresholds below are conventions: they choose what is named and drawn, and decide nothing about a point.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .training import Floats
from .trajectory import Trajectory

CONTRAST = 2.0  # a fall is an escape if it is so many times faster than the slowest moments around it
SLOWEST = 1e-9  # relative to the mean: slower falls are no longer told apart, they are rounding
EDGE = 0.01  # a plateau ends where the loss has gone this part of the way to the next one
NEAR = 10.0  # still near a stationary point: the loss falls at most so many times faster than at its slowest
SMALL = 0.1  # times the largest neuron at the end: what all neurons of a small group are at most
ALIGNED = 0.05  # radians between neighbours of one group


@dataclass(frozen=True)
class Plateau:
    """Indices into the times of the trajectory: from first to last; slowest, where the loss falls least;
    near, the last time at which it still falls about as slowly. loss: at the slowest moment."""

    first: int
    last: int
    slowest: int
    near: int
    loss: float


def find_plateaus(trajectory: Trajectory) -> list[Plateau]:
    """The plateaus in order; between two neighbours lies one escape. The last one is where training ended."""
    loss, epochs, end = trajectory.loss, trajectory.epochs, len(trajectory.loss) - 1
    if end < 1 or not loss[0] > loss[-1]:
        return [Plateau(0, end, end, end, float(loss[end]))]
    mean = (loss[0] - loss[-1]) / (epochs[-1] - epochs[0])
    speed = np.maximum(-np.diff(loss) / np.diff(epochs), SLOWEST * mean)
    valleys = _distinct(_valleys(np.log(speed), float(np.log(CONTRAST))), speed, loss)
    return [_plateau(valleys, number, speed, loss) for number in range(len(valleys))]


def _plateau(valleys: list[int], number: int, speed: Floats, loss: Floats) -> Plateau:
    """Around one of the slowest moments: from the end of the fall before it to the begin of that after it."""
    here, levels = valleys[number], [float(loss[v]) for v in valleys]
    first, last = 0, len(loss) - 1
    if number:
        first = int(np.argmax(loss <= levels[number] + EDGE * (levels[number - 1] - levels[number])))
    if number + 1 == len(valleys):
        return Plateau(first, last, here, last, levels[number])
    last -= int(np.argmax(loss[::-1] >= levels[number] - EDGE * (levels[number] - levels[number + 1])))
    fastest = here + int(np.argmax(speed[here : valleys[number + 1]]))
    calm = here + int(np.flatnonzero(speed[here : fastest + 1] <= NEAR * speed[here])[-1])
    return Plateau(min(first, here), max(last, here), here, max(here, min(calm, last)), levels[number])


def _distinct(valleys: list[int], speed: Floats, loss: Floats) -> list[int]:
    """Without those between which the loss falls too little: the slowest moment of such a run remains."""
    kept = valleys[:1]
    for v in valleys[1:]:
        if loss[kept[-1]] - loss[v] >= EDGE * (loss[0] - loss[-1]):
            kept.append(v)
        elif speed[v] < speed[kept[-1]]:
            kept[-1] = v
    return kept


def _valleys(heights: Floats, contrast: float) -> list[int]:
    """Indices of the lowest points between rises of at least `contrast`; the ends count as if walled in."""
    found, lowest, highest, falling = [], 0, 0, True
    for k, height in enumerate(heights):
        if falling:
            lowest = k if height < heights[lowest] else lowest
            if height >= heights[lowest] + contrast:
                found.append(lowest)
                falling, highest = False, k
        else:
            highest = k if height > heights[highest] else highest
            if height <= heights[highest] - contrast:
                falling, lowest = True, k
    return [*found, lowest] if falling else found or [lowest]


@dataclass(frozen=True)
class Neurons:
    """At one time, per neuron: dead (moves no output), small (living, in a group that has not grown), and its
    group by direction of w_i.

    groups: (n_hidden,) numbers from 0 by falling total size; -1 for dead neurons.
    """

    dead: npt.NDArray[np.bool_]
    small: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]


def sizes(trajectory: Trajectory) -> Floats:
    """|(w_i, h_i)|: (n_times, n_hidden)."""
    return np.asarray(np.hypot(trajectory.norms, trajectory.output_norms))


def neurons_at(trajectory: Trajectory, index: int) -> Neurons:
    """What the neurons are at one of the times kept."""
    size, W = sizes(trajectory), trajectory.W[index]
    dead = trajectory.task.dead(W)
    groups = group_by_direction(W, size[index], ~dead)
    grown = size[index] > SMALL * size[-1].max(initial=0.0)
    return Neurons(dead, ~dead & ~np.isin(groups, groups[grown & ~dead]), groups)


def group_by_direction(W: Floats, size: Floats, members: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Chains of directions at most ALIGNED apart, numbered by falling total size; -1: not a member."""
    groups = np.full(len(W), -1)
    norms = np.linalg.norm(W, axis=1)
    members = members & (norms > 0)
    units = W / np.where(norms > 0, norms, 1)[:, None]
    close = (units @ units.T >= np.cos(ALIGNED)) & members & members[:, None]
    for seed in np.flatnonzero(members):
        if groups[seed] < 0:
            reached = np.zeros(len(W), dtype=bool)
            reached[seed] = True
            while (grown := close[reached].any(axis=0)).sum() > reached.sum():
                reached = grown
            groups[reached] = seed
    found = sorted(set(groups[groups >= 0]), key=lambda g: (-size[groups == g].sum(), g))
    renamed = np.full(len(W), -1)
    for number, old in enumerate(found):
        renamed[groups == old] = number
    return renamed


def colouring(trajectory: Trajectory, plateaus: list[Plateau]) -> Neurons:
    """The grouping by which a picture is coloured: of the calm moments the one with the fewest groups."""
    moments = [neurons_at(trajectory, plateau.near) for plateau in plateaus]
    return min(reversed(moments), key=lambda found: found.groups.max(initial=-1))
