"""Gradient flow: what it conserves, sliding along kinks as in closed form, descent as a limit."""

import builtins
from typing import Any

import numpy as np
import pytest

from symplateau.errors import InputError
from symplateau.relu.experiments import experiment
from symplateau.relu.flow import flow
from symplateau.relu.runs import task_of
from symplateau.relu.training import Task, descend, random_start

from .networks import SLOPES

pytest.importorskip("scipy")


def conserved(state: Any) -> Any:
    return np.square(state[0]).sum(axis=1) - np.square(state[1]).sum(axis=0)


@pytest.mark.parametrize("slopes", SLOPES)
@pytest.mark.parametrize("n_outputs", [1, 2])
def test_the_difference_of_the_squared_norms_is_conserved(slopes: Any, n_outputs: int) -> None:
    random = np.random.RandomState(2)
    task = Task.from_arrays(random.randn(6, 2), random.randn(6, n_outputs), slopes)
    state = random_start(task, 5, 0.3, 4)
    moved = flow(task, state, 3.0)
    assert np.abs(conserved(moved) - conserved(state)).max() < 1e-8
    assert task.loss(*moved) < task.loss(*state)
    assert np.abs(conserved(descend(task, state, 0.05, 60)) - conserved(state)).max() > 1e-6


def test_descent_with_small_steps_comes_near_the_flow() -> None:
    task, state = task_of(experiment("appendix-j")), None
    state = random_start(task, 12, 0.05, 1)
    moved = flow(task, state, 2.0)
    far, near = (np.abs(descend(task, state, 2.0 / n, n)[0] - moved[0]).max() for n in (100, 1000))
    assert near < far / 5 and near < 1e-3


def sliding(low: float) -> Task:
    """At w = (u, 0) the sample (1, 1) pulls up to target 2; where it is active, (0, 1) down to target low."""
    return Task.from_arrays([[1, 1], [0, 1]], [[2], [low]])


def test_a_neuron_slides_along_a_kink_that_both_sides_push_to() -> None:
    # On it, with w = (u, 0) and h = u: u' = u (2 - u^2), so that s = u^2 solves s' = 2 s (2 - s).
    W, H = flow(sliding(-10), (np.array([[0.5, 0.0]]), np.array([[0.5]])), 0.7)
    s = 2 / (1 + (2 / 0.25 - 1) * np.exp(-4 * 0.7))
    assert W[0, 1] == pytest.approx(0, abs=1e-15)
    assert W[0, 0] == pytest.approx(np.sqrt(s), rel=1e-8) and H[0, 0] == pytest.approx(np.sqrt(s), rel=1e-8)


@pytest.mark.parametrize("above", [0.2, -0.2])
def test_a_neuron_reaches_the_kink_and_stays(above: float) -> None:
    task, state = sliding(-10), (np.array([[0.5, above]]), np.array([[0.5]]))
    moved = flow(task, state, 1.5)
    assert moved[0][0, 1] == pytest.approx(0, abs=1e-12) and moved[0][0, 0] > 0.6
    chattering = descend(task, state, 1e-4, 15_000)
    assert np.allclose(moved[0], chattering[0], atol=1e-2)


def test_a_neuron_leaves_a_kink_that_one_side_pushes_off() -> None:
    W, _ = flow(sliding(-1), (np.array([[0.5, 0.0]]), np.array([[0.5]])), 0.1)
    assert W[0, 1] > 1e-3  # up by h (2 - u^2) from below, by h (1 - u^2) from above


def test_a_neuron_ceases_to_slide_when_the_push_turns() -> None:
    # Once u^2 > 2 the first sample pulls down: the neuron leaves to the dead side of the second.
    W, _ = flow(sliding(-10), (np.array([[2.0, 0.0]]), np.array([[2.0]])), 0.05)
    assert W[0, 1] < -1e-3


def test_dead_and_vanished_neurons_stay() -> None:
    task = sliding(-10)
    W, H = np.array([[0.0, -1.0], [0.0, 0.0], [1.0, 0.5]]), np.array([[1.0, 0.0, 1.0]])
    moved = flow(task, (W, H), 1.0)
    assert np.array_equal(moved[0][:2], W[:2]) and np.array_equal(moved[1][:, :2], H[:, :2])
    assert not np.array_equal(moved[0][2], W[2])


def test_without_scipy_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InputError, match=r"symplateau\[train\]"):
        flow(sliding(-1), (np.array([[1.0, 0.5]]), np.array([[1.0]])), 1.0)


def test_a_neuron_of_the_paper_leaves_the_kink_it_slid_along() -> None:
    # At time 0.206 neuron 28 ceases to slide along the kink of sample 0; rounding hides how.
    found = experiment("appendix-i.2")
    task = task_of(found)
    state = random_start(task, 50, float(found.scale), found.seed)
    for _ in range(3):
        state, before = flow(task, state, 0.1), state
        assert task.loss(*state) <= task.loss(*before)
    assert abs(task.X[0] @ state[0][28]) > 1e-13
