"""Plateaus of curves whose shape is known; dead, small and grouped neurons."""

import numpy as np
import pytest

from symplateau.relu.phases import find_plateaus, group_by_direction, neurons_at
from symplateau.relu.training import Task
from symplateau.relu.trajectory import Trajectory


def curve(loss: np.ndarray) -> Trajectory:
    """A trajectory with this loss: one sample 1 of target 0, h = 1, w = sqrt(2 L)."""
    W = np.sqrt(2 * loss)[:, None, None]
    return Trajectory(Task.from_arrays([[1]], [[0]]), np.arange(len(loss)) * 10, W, np.ones_like(W))


def steps(*falls: tuple[float, float]) -> np.ndarray:
    """A sum of logistic falls (centre in times, height) over 1,000 times."""
    t = np.arange(1000)
    return sum(height / (1 + np.exp((t - centre) / 8)) for centre, height in falls) + np.full(1000, 0.1)


@pytest.mark.parametrize("centres", [(), (300,), (200, 700), (150, 400, 800)])
def test_between_two_plateaus_lies_one_escape(centres: tuple[int, ...]) -> None:
    found = find_plateaus(curve(steps(*((c, 1.0) for c in centres))))
    assert len(found) == len(centres) + 1
    for plateau, following, centre in zip(found, found[1:], centres, strict=False):
        assert centre - 60 < plateau.last < centre < following.first < centre + 60


def test_the_end_of_a_plateau_is_a_hundredth_of_the_fall() -> None:
    found = find_plateaus(curve(steps((500, 1.0))))
    assert found[0].last == pytest.approx(500 - 8 * np.log(99), abs=1.5)


def test_ripples_are_no_escapes() -> None:
    loss = steps((300, 1.0), (700, 0.5))
    rippled = loss + 1e-4 * np.sin(np.arange(1000))
    assert len(find_plateaus(curve(rippled))) == 3


@pytest.mark.parametrize("loss", [np.full(50, 0.3), np.array([0.2]), np.linspace(0.1, 0.2, 50)])
def test_a_loss_that_does_not_fall_is_one_plateau(loss: np.ndarray) -> None:
    [found] = find_plateaus(curve(loss))
    assert (found.first, found.last) == (0, len(loss) - 1)


def test_a_straight_fall_is_one_plateau() -> None:
    assert len(find_plateaus(curve(np.linspace(1, 0.1, 200)))) == 1


def test_dead_and_small_neurons() -> None:
    task = Task.from_arrays([[1, 1], [-1, 1]], [[0], [0]])
    early = np.array([[0.001, 0.01], [0.0, -1.0], [1.0, 2.0], [0.001, 0.002]])
    late = early * np.array([[500], [1], [1], [1]])
    H = np.array([[[0.01, 1, 2, 0.002]], [[5.0, 1, 2, 0.002]]])
    found = neurons_at(Trajectory(task, np.array([0, 1]), np.array([early, late]), H), 0)
    assert found.dead.tolist() == [False, True, False, False]
    # The last one is small, but of the group of the third.
    assert found.small.tolist() == [True, False, False, False]
    assert found.groups.tolist() == [1, -1, 0, 0]


def test_groups_are_chains_of_directions() -> None:
    angles = np.array([0.0, 0.04, 0.08, 1.0, 2.0, 6.26])
    W = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    sizes = np.array([1.0, 1, 1, 9, 1, 1])
    members = np.array([True, True, True, True, False, True])
    assert group_by_direction(W, sizes, members).tolist() == [1, 1, 1, 0, -1, 1]
    assert group_by_direction(np.zeros((2, 2)), sizes[:2], members[:2]).tolist() == [-1, -1]
