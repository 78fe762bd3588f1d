"""Shapes, special cases, and what is refused."""

from random import Random
from typing import Any

import numpy as np
import pytest

from symplateau.errors import InputError
from symplateau.relu.network import Direction, ReluNetwork, moved

from .networks import F, at, plain_loss, random_direction, random_network

GOOD: dict[str, Any] = {"X": [[1, 0], [0, 1]], "Y": [[1, 2], [3, 4]], "W": [[1, 0]], "H": [[1], [2]]}


@pytest.mark.parametrize("seed", range(20))
def test_the_loss_is_that_of_the_definition(seed: int) -> None:
    random = Random(seed)
    network = random_network(random)
    direction = random_direction(random, network)
    assert network.loss == plain_loss(network)
    assert moved(network, direction, F(1, 3)) == at(network, direction, F(1, 3))
    assert network.kink_samples(0) == tuple(
        k for k, x in enumerate(network.X) if sum(a * b for a, b in zip(x, network.W[0], strict=True)) == 0)


def test_one_output_may_be_flat_and_arrays_may_be_numpy() -> None:
    flat = ReluNetwork.from_arrays(np.eye(2), np.array([1.0, 2.0]), np.ones((1, 2)), np.array([0.5]))
    assert flat == ReluNetwork.from_arrays([[1, 0], [0, 1]], [["1"], ["2"]], [[1, 1]], [["1/2"]])
    assert flat.n_outputs == 1


def test_no_neurons() -> None:
    network = ReluNetwork.from_arrays([[1], [2]], [3, 4], [], [])
    assert (network.n_hidden, network.loss) == (0, F(25, 2))
    assert network == ReluNetwork.from_arrays([[1], [2]], [[3], [4]], [], [[]])


@pytest.mark.parametrize(
    ("field", "value"),
    [("X", []), ("X", [[]]), ("X", [[1, 0], [0]]), ("Y", [[1, 2]]), ("W", [[1]]), ("H", [[1]]), ("H", [1, 2]),
     ("H", [[1, 2], [3, 4]]), ("slopes", (1, 1)), ("slopes", (1,)), ("W", [[float("nan"), 0]])],
)
def test_shapes_and_equal_slopes_are_refused(field: str, value: Any) -> None:
    ReluNetwork.from_arrays(**GOOD)
    with pytest.raises(InputError) as refused:
        ReluNetwork.from_arrays(**GOOD | {field: value})
    assert (refused.value.field or "").startswith(field)


def test_equal_slopes_are_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match="linear"):
        ReluNetwork.from_arrays(**GOOD, slopes=("1/2", "0.5"))


def test_dead_is_off_the_kink_on_a_leg_of_slope_zero() -> None:
    def dead(w: list[int], slopes: tuple[Any, Any] = (1, 0)) -> bool:
        return ReluNetwork.from_arrays([[1, 0], [1, 1], [0, 0]], [0, 0, 0], [w], [1], slopes).is_dead(0)

    assert dead([-1, 0])
    assert not dead([1, 0])
    assert not dead([-1, 1])  # the second sample is at the kink
    assert not dead([-1, 0], (1, "1/10"))
    assert dead([1, 0], (0, 1))


def test_a_move_of_one_neuron_leaves_the_others() -> None:
    network = ReluNetwork.from_arrays([[1, 0]], [[0, 0]], [[1, 0], [0, 1]], [[1, 2], [3, 4]])
    move = Direction.of_neuron(network, 1, w=(F(5), F(6)), h=(F(7), F(8)))
    assert move == Direction(((F(0), F(0)), (F(5), F(6))), ((F(0), F(7)), (F(0), F(8))))
