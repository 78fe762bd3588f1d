"""Guesses of the exact stationary point that a trained network is near: which samples, which neurons.

Floats only propose. Gradient descent swings around a kink, so that a small angle between w_i and x_k stands
for w_i.x_k = 0; near a saddle there are neurons of small amplitude |h_i| |w_i|, which stand for one of none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..arrays import Vector
from ..errors import Undecided
from .network import ReluNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ANGLES = (0.0, 1e-9, 1e-7, 1e-5, 1e-4, 1e-3, 5e-3, 2e-2, 5e-2, 1e-1)
GAP = 8.0


@dataclass(frozen=True)
class Guess:
    """active: the neurons that shape the outputs. kinks: of each of them, the samples meant at its kink.

    move: about how far the parameters have to move for it, at least (maximum norm, a float).
    crossed: of each of them, the samples meant on the other side of the kink; () where none is of any.
    """

    active: tuple[int, ...]
    kinks: tuple[tuple[int, ...], ...]
    move: float
    crossed: tuple[tuple[int, ...], ...] = ()


def quiet() -> Any:
    """A context in which NumPy does not warn of overflow: what floats propose is checked, or refused."""
    import numpy as np

    return np.errstate(all="ignore")


def floats(matrix: Sequence[Sequence[Fraction | int]]) -> "Floats":
    """The nearest floats. Raises Undecided beyond their range."""
    import numpy as np

    try:
        return np.array([[float(x) for x in row] for row in matrix])
    except OverflowError:
        reason = "overflow: numbers beyond the range of floating point, in which candidates are searched"
        raise Undecided(reason, "rescale the data or the weights") from None


def least_squares(matrix: "Floats", right: Sequence[Fraction]) -> Vector:
    """The shortest x with the least |matrix x - right|, in floats; 0 where they do not suffice."""
    import numpy as np

    try:
        vector = np.array([float(x) for x in right])
        found = np.linalg.lstsq(matrix, vector, rcond=1e-11)[0]
        return tuple([Fraction(float(x)) for x in found])
    except (np.linalg.LinAlgError, OverflowError, ValueError):
        return (Fraction(0),) * int(matrix.shape[1])


def carriers(matrix: "Floats") -> list[int]:
    """Columns that span the column space well: by Gram and Schmidt, the longest remainder first."""
    import numpy as np

    rest, chosen = matrix.copy(), []
    first = np.linalg.norm(matrix, axis=0).max(initial=0.0)
    for _ in range(min(matrix.shape)):
        lengths = np.linalg.norm(rest, axis=0)
        best = int(lengths.argmax())
        if not lengths[best] > 1e-10 * first:
            break
        chosen.append(best)
        unit = rest[:, best] / lengths[best]
        rest = rest - np.outer(unit, unit @ rest)
    return chosen


def guesses(network: ReluNetwork) -> list[Guess]:
    """All guesses, those with the smallest move first."""
    import numpy as np

    if not network.n_hidden:
        return [Guess((), (), 0.0)]
    W, H, X = floats(network.W), floats(network.H), floats(network.X)
    lengths, sizes = np.linalg.norm(W, axis=1), np.linalg.norm(X, axis=1)
    heights = np.abs(W @ X.T)
    angles = heights / np.maximum(np.outer(lengths, sizes), 1e-300)
    for i, row in enumerate(network.pre_activations):
        for k, z in enumerate(row):
            angles[i, k] = 0.0 if z == 0 else max(angles[i, k], 1e-300)
    found: dict[tuple[Any, ...], Guess] = {}
    for active, small in _active_sets(network, lengths * np.linalg.norm(H, axis=0)):
        fall = max((float(min(np.abs(H[:, i]).max(), np.abs(W[i]).max())) for i in small), default=0.0)
        for limit in ANGLES:
            near = (angles[list(active)] <= limit) & (sizes > 0)
            kinks = tuple(tuple(np.nonzero(row)[0].tolist()) for row in near)
            turn = (heights[list(active)] / np.abs(X).sum(axis=1))[near].max(initial=0.0)
            found.setdefault((active, kinks), Guess(active, kinks, max(fall, float(turn))))
    return sorted(found.values(), key=lambda guess: guess.move)


def _active_sets(network: ReluNetwork, amplitudes: "Floats") -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """The neurons above each gap between amplitudes, and the living ones below it."""
    living = [i for i in range(network.n_hidden) if not network.is_dead(i)]
    order = sorted(living, key=lambda i: -amplitudes[i])
    while order and not amplitudes[order[-1]]:
        order.pop()
    for cut in range(len(order), -1, -1):
        if 0 < cut < len(order) and amplitudes[order[cut - 1]] < GAP * amplitudes[order[cut]]:
            continue
        active = sorted(order[:cut])
        yield tuple(active), [i for i in living if i not in active]
