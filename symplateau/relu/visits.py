"""The exact stationary points that a training comes near, and their certified types.

A saddle visited from a small start has small living neurons where its exact neighbour has vanished ones
(Corollary 4.7, Fact 4.8). So they are put to zero, the others trained on until they are still, and the exact
point is looked for there. All this only proposes: type and distance are of the exact point found.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..errors import Undecided
from .enclosed import EnclosedPoint, find_nearest_point
from .experiments import Experiment
from .nearby import ExactPoint, distance
from .network import ReluNetwork
from .phases import Plateau, neurons_at
from .points import PointType, decide_type
from .training import Floats, State, descend
from .trajectory import Trajectory

WITHIN = Fraction(1, 10)  # of the largest weight: how far from a state an exact point is looked for
STAYS = 0.1  # of the fall to the next plateau: what the rest may fall without having left this one as well
PIECES, STILL = 50, 1e-9  # of that training; a piece in which the loss falls by less of itself is the last


@dataclass(frozen=True)
class Visit:
    """The exact point near a plateau, and at which index of the times kept it was looked for.

    point: an ExactPoint, in Q, or an EnclosedPoint, irrational. type: of the former. distance: of the trained
    parameters from it, largest difference of a weight; for the latter at most this.
    reason: why there is no point, "" where there is one.
    """

    index: int
    point: ExactPoint | EnclosedPoint | None = None
    type: PointType | None = None
    distance: Fraction | None = None
    reason: str = ""


def visit(experiment: Experiment, trajectory: Trajectory, step: float, plateaus: list[Plateau],
          number: int) -> Visit:
    """The exact point near the last calm moment of a plateau, else near the slowest one.

    step: of gradient descent, for what remains of the network.
    """
    plateau, last = plateaus[number], number + 1 == len(plateaus)
    next_loss = None if last else plateaus[number + 1].loss
    first = _near(experiment, trajectory, step, plateau.near, next_loss)
    if first.point is not None or plateau.slowest == plateau.near or last:
        return first
    second = _near(experiment, trajectory, step, plateau.slowest, next_loss)
    return first if second.point is None else second


def _near(experiment: Experiment, trajectory: Trajectory, step: float, index: int,
          next_loss: float | None) -> Visit:
    """The exact point near one of the times kept. next_loss: None at the end of training."""
    given = exact_network(experiment, trajectory.W[index], trajectory.H[index])
    largest = max((abs(x) for row in (*given.W, *given.H) for x in row), default=Fraction(0))
    rest, reason = (trajectory.W[index], trajectory.H[index]), ""
    if next_loss is not None:
        rest, reason = _without_small(trajectory, step, index, next_loss)
    try:
        point = find_nearest_point(exact_network(experiment, *rest), within=largest * WITHIN)
    except Undecided as error:
        return Visit(index, reason=reason or str(error))
    if isinstance(point, EnclosedPoint):
        return Visit(index, point, None, distance(point.centre, given) + point.radius)
    return Visit(index, point, decide_type(point.network), distance(point.network, given))


def exact_network(experiment: Experiment, W: Floats, H: Floats) -> ReluNetwork:
    """The data as printed, the parameters as the binary64 that they are: all exact."""
    return ReluNetwork.from_arrays(experiment.X, experiment.Y, W, H)


def _without_small(trajectory: Trajectory, step: float, index: int, next_loss: float) -> tuple[State, str]:
    """The state with the small living neurons at zero, trained until it is still or as long as the run.

    Where what remains leaves the plateau too, as it may with several outputs: untrained, with a reason.
    """
    small = neurons_at(trajectory, index).small
    W, H = trajectory.W[index].copy(), trajectory.H[index].copy()
    W[small], H[:, small] = 0, 0
    rest, piece = (W, H), max(int(trajectory.epochs[-1]) // PIECES, 1)
    loss = after = float(trajectory.task.loss(W, H))
    for _ in range(PIECES):
        rest, before = descend(trajectory.task, rest, step, piece), after
        after = float(trajectory.task.loss(*rest))
        if before - after <= STILL * before:
            break
    if loss - after <= STAYS * max(loss - next_loss, 0):
        return rest, ""
    count = int(small.sum())
    which = f"without its {count} small living neurons" if count else "having no small living neurons"
    reason = f"{which}, the network leaves this plateau as well, for a loss of {after:.6g}"
    return (W, H), reason
