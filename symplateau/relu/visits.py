"""The exact stationary points near the plateaus of a training, and their certified types."""

from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any

from ..errors import Undecided
from .experiments import Experiment
from .network import ReluNetwork
from .phases import Plateau
from .points import PointType, decide_type
from .trajectory import Trajectory

WITHIN = Fraction(1, 10)  # of the largest weight: a point farther away is not the one visited
START = 10  # times the scale of the start


@dataclass(frozen=True)
class Visit:
    """A plateau, and the exact point near it at one of the times kept.

    reason: why there is none, "" where there is one.
    """

    plateau: Plateau
    index: int
    point: Any = None
    type: PointType | None = None
    reason: str = ""


def exact_network(experiment: Experiment, trajectory: Trajectory, index: int) -> ReluNetwork:
    """The data as printed, the parameters at one time kept as the binary64 that they are: all exact."""
    return ReluNetwork.from_arrays(experiment.X, experiment.Y, trajectory.W[index], trajectory.H[index])


def visit(experiment: Experiment, trajectory: Trajectory, plateau: Plateau) -> Visit:
    """Look for the exact point near the plateau, and decide its type.

    Looked at: the slowest moment and the last calm one; of the points found the one at the least distance.
    """
    try:
        find_exact_point = import_module("symplateau.relu.nearby").find_exact_point
    except ModuleNotFoundError:
        return Visit(plateau, plateau.near, reason="this version has no search for exact points")
    found, reason = [], ""
    for index in sorted({plateau.slowest, plateau.near}):
        given = exact_network(experiment, trajectory, index)
        largest = max(abs(x) for row in (*given.W, *given.H) for x in row)
        floor = Fraction(experiment.scale) * START  # the origin is as far as the start
        try:
            point = find_exact_point(given, within=max(largest * WITHIN, floor))
            found.append((point.distance, index, point))
        except Undecided as error:
            reason = str(error)
    if not found:
        return Visit(plateau, plateau.near, reason=reason)
    _, index, nearest = min(found, key=lambda one: one[:2])
    return Visit(plateau, index, nearest, decide_type(nearest.network))
