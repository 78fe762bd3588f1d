"""The data of the experiments, by the losses that are known of them; the points that the claims name."""

from fractions import Fraction

import pytest

from symplateau.adversary.relu_experiments import (
    FITTED,
    LINE,
    PLANE,
    SIZE,
    SPACE,
    Data,
    end_of_training,
    experiments,
    fits_three,
    group_1,
    has_data,
    in_dead_sector,
    second_plateau,
    unseeing,
    vanishes,
)
from symplateau.relu.network import ReluNetwork

F = Fraction
net = ReluNetwork.from_arrays


# Half the sum of the squared labels; section 4.1.1 prints 0.0953 for the first.
@pytest.mark.parametrize(("data", "loss"), [(LINE, "953/10000"), (SPACE, "29/40"), (PLANE, "153/100")])
def test_the_losses_at_the_origin(data: Data, loss: str) -> None:
    X, Y = data
    network = net(X, Y, [[0] * len(X[0])], [[0]] * len(Y[0]))
    assert network.loss == F(loss) and has_data(network, data) and vanishes(network, 0)
    assert not has_data(net(X, Y, network.W, network.H, (1, -1)), data)
    assert [has_data(network, other) for other in (LINE, SPACE, PLANE)].count(True) == 1


def test_the_second_plateau() -> None:
    X, Y = LINE
    network = net(X, Y, [[-10, 7], [0, 0]], [SIZE, 0])
    assert second_plateau(network) and network.loss == F(50749, 672500)
    assert second_plateau(net(X, Y, [[-20, 14], [0, 0]], [SIZE / 2, 0]))
    assert not second_plateau(net(X, Y, [[-10, 7], [0, 0]], [2 * SIZE, 0]))
    assert not second_plateau(net(X, Y, [[-10, 7]], [SIZE]))  # no neuron vanishes
    assert not second_plateau(net(X, Y, [[-10, 8], [0, 0]], [SIZE, 0]))
    assert group_1(network, 0) == SIZE and group_1(network, 1) is None
    assert group_1(net(X, Y, [[10, -7]], [1]), 0) is None


# Groups 1 and 2 make the regression line -693/4630 x + 1067/46300 at the first four inputs.
def test_the_end_of_training() -> None:
    X, Y = LINE
    a = F(1, 50)
    second = [F(693, 4630) - 10 * a, 7 * a - F(1067, 46300)]
    network = net(X, Y, [[-10, 7], second, [9, -8]], [a, -1, 3])
    assert end_of_training(network) and network.loss == F(16139, 231500)
    assert not end_of_training(net(X, Y, [[-10, 7], second], [a, 1]))
    assert not end_of_training(net(X, Y, [[-10, 7], second, [1, 0]], [a, -1, 0]))  # sees some samples only


def test_three_samples_fitted() -> None:
    X, Y = PLANE
    W, H = FITTED
    network = net(X, Y, W, H)
    assert fits_three(network) and network.loss == F(17, 50)
    assert not fits_three(net(X, Y, [*W, (1, -1)], [(*row, 0) for row in H]))  # sees the fourth
    assert not fits_three(net(X, [[1, 1], *Y[1:]], W, H))


@pytest.mark.parametrize(("w", "expected"), [
    ((10, -7), True), ((-1, -1), True), ((9, -8), True), ((0, 0), True), ((-10, 7), False), ((0, 1), False),
    ((10, -6), False), ((-2, -1), False)])
def test_the_dead_sector(w: tuple[int, int], expected: bool) -> None:
    network = net(*LINE, [w], [1])
    assert in_dead_sector(network, 0) == unseeing(network, 0) == expected


def test_the_networks_of_the_grid() -> None:
    found = list(experiments())
    for holds in (second_plateau, end_of_training, fits_three):
        assert {holds(network) for network, _ in found} == {True, False}
    assert any(network.loss == 0 and has_data(network, PLANE) for network, _ in found)
    assert all(0 <= neuron < network.n_hidden for network, neuron in found)
