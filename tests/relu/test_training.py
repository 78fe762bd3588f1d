"""Gradient descent: its steps are exact derivatives, its convention at kinks, its starts."""

from fractions import Fraction as F
from random import Random

import numpy as np
import pytest

from symplateau.errors import InputError, Undecided
from symplateau.relu.derivatives import directional_derivative
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.training import Task, descend, random_start
from symplateau.relu.vectors import zeros

from .networks import SLOPES, plain_loss

LINE = Task.from_arrays([["-1", 1], ["-0.6", 1], ["0.7", 1]], [["0.28"], ["-0.1"], ["0.2"]])


def network_of(task: Task, W: np.ndarray, H: np.ndarray) -> ReluNetwork:
    return ReluNetwork.from_arrays(task.X, task.Y, W, H, [F(x) for x in task.slopes])


@pytest.mark.parametrize("slopes", SLOPES)
@pytest.mark.parametrize("n_outputs", [1, 2])
def test_a_step_is_the_exact_gradient(slopes: tuple[object, object], n_outputs: int) -> None:
    random = np.random.RandomState(5)
    task = Task.from_arrays(random.randn(4, 3), random.randn(4, n_outputs), slopes)
    W, H = random.randn(3, 3), random.randn(n_outputs, 3)
    network = network_of(task, W, H)
    moved = descend(task, (W, H), 0.25, 1)
    for i in range(3):
        for a in range(3):
            rows = [list(row) for row in zeros(3, 3)]
            rows[i][a] = F(1)
            rate = directional_derivative(network, Direction(tuple(map(tuple, rows)), zeros(n_outputs, 3)))
            assert (W[i, a] - moved[0][i, a]) / 0.25 == pytest.approx(float(rate), abs=1e-12)
        for j in range(n_outputs):
            rows = [list(row) for row in zeros(n_outputs, 3)]
            rows[j][i] = F(1)
            rate = directional_derivative(network, Direction(zeros(3, 3), tuple(map(tuple, rows))))
            assert (H[j, i] - moved[1][j, i]) / 0.25 == pytest.approx(float(rate), abs=1e-12)


def test_the_loss_is_that_of_the_definition() -> None:
    random = Random(1)
    task = Task.from_arrays(LINE.X, LINE.Y, (1, "1/4"))
    W, H = np.array([[random.gauss(0, 1) for _ in range(2)] for _ in range(4)]), np.ones((1, 4))
    assert task.loss(W, H) == pytest.approx(float(plain_loss(network_of(task, W, H))))


@pytest.mark.parametrize(("slopes", "expected"), [((1, 0), 0.0), ((1, "1/2"), 0.5), ((0, 1), 1.0)])
def test_the_derivative_at_a_kink_is_the_lower_slope(slopes: tuple[object, object], expected: float) -> None:
    task = Task.from_arrays([[0, 1]], [[-1]], slopes)
    moved, _ = descend(task, (np.array([[1.0, 0.0]]), np.array([[1.0]])), 1.0, 1)
    assert moved[0, 1] == -expected  # minus the step times the residual 1 times the slope


def test_many_epochs_are_as_many_steps() -> None:
    state = random_start(LINE, 6, 0.1, 3)
    once = descend(LINE, state, 0.1, 20)
    for _ in range(20):
        state = descend(LINE, state, 0.1, 1)
    assert all(np.array_equal(a, b) for a, b in zip(once, state, strict=True))


def test_dead_neurons_stay_and_change_nothing() -> None:
    W, H = np.array([[1.0, 2.0], [0.0, -1.0], [0.3, 1.0]]), np.array([[1.0, 5.0, -1.0]])
    assert LINE.dead(W).tolist() == [False, True, False]
    moved = descend(LINE, (W, H), 0.1, 50)
    alone = descend(LINE, (W[[0, 2]], H[:, [0, 2]]), 0.1, 50)
    assert np.array_equal(moved[0][1], W[1]) and moved[1][0, 1] == 5.0
    assert np.allclose(moved[0][[0, 2]], alone[0], rtol=1e-12)
    assert not np.array_equal(moved[0][0], W[0])


def test_what_was_given_is_left_alone() -> None:
    W, H = random_start(LINE, 4, 0.5, 0)
    before = W.copy(), H.copy()
    descend(LINE, (W, H), 0.1, 5)
    assert np.array_equal(W, before[0]) and np.array_equal(H, before[1])


def test_a_seed_is_a_start_and_a_scale_a_multiple() -> None:
    small, again, large = (random_start(LINE, 5, scale, 7) for scale in (5e-6, 5e-6, 8.75e-4))
    other = random_start(LINE, 5, 5e-6, 8)
    assert np.array_equal(small[0], again[0]) and not np.array_equal(small[0], other[0])
    assert np.allclose(large[0], 175 * small[0], rtol=1e-12)
    assert small[0].shape == (5, 2) and small[1].shape == (1, 5)


def test_a_start_has_its_scale() -> None:
    W, H = random_start(LINE, 20_000, 3.0, 1)
    assert W.std() == pytest.approx(3, rel=0.02) and H.std() == pytest.approx(3, rel=0.02)
    assert abs(W.mean()) < 0.05


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(InputError, match="--seed"):
        random_start(LINE, 2, 1.0, seed)


def test_a_step_that_is_too_large_is_no_answer() -> None:
    with pytest.raises(Undecided, match="smaller step"):
        # With ReLU alone all neurons may die on the way, and stay finite.
        leaky = Task.from_arrays(LINE.X, LINE.Y, (1, "1/2"))
        descend(leaky, random_start(leaky, 6, 1.0, 0), 10.0, 400)


@pytest.mark.parametrize(("X", "Y", "field"), [
    ([[1, 0]], [[1], [2]], "Y"), ([], [[1]], "X"), ([[1, 0], [1]], [[1], [1]], "X"), ([["nan"]], [[1]], "X")])
def test_data_of_other_shapes_are_refused(X: object, Y: object, field: str) -> None:
    with pytest.raises(InputError) as error:
        Task.from_arrays(X, Y)
    assert error.value.field is not None and error.value.field.startswith(field)
