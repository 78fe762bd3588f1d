"""The output bias, against one-sided differences of the exact loss and plain search."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from symplateau.errors import InputError
from symplateau.relu.curve import at_time, curve_path
from symplateau.relu.derivatives import directional_derivative, output_bias_derivative
from symplateau.relu.expansion import expand
from symplateau.relu.flat import decide_form
from symplateau.relu.hessian import directional_hessian
from symplateau.relu.nearby import find_exact_point
from symplateau.relu.network import Direction, ReluNetwork, moved
from symplateau.relu.points import decide_type
from symplateau.relu.stationarity import NotStationary, Stationary, decide_stationarity

from .networks import (
    F,
    at,
    balanced,
    corner,
    interpolated,
    plain_loss,
    random_direction,
    random_network,
    row,
    with_bias,
)
from .points_by_hand import POINTS, Point

SEEDS = range(40)


def moving(random: Random, network: ReluNetwork) -> Direction:
    return replace(random_direction(random, network), c=row(random, network.n_outputs))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_along_a_ray_that_moves_the_bias(seed: int) -> None:
    random = Random(seed)
    network = with_bias(random, random_network(random))
    direction = moving(random, network)
    found = expand(network, direction)
    assert network.loss == plain_loss(network)
    assert moved(network, direction, F(2, 7)) == at(network, direction, F(2, 7))
    plain = interpolated(lambda t: plain_loss(at(network, direction, t)))
    assert list(found.coefficients) == plain and directional_derivative(network, direction) == plain[1]
    first = Direction.of_output_bias(network, (F(1), *[F(0)] * (network.n_outputs - 1)))
    rate = interpolated(lambda t: plain_loss(at(network, first, t)))[1]
    assert output_bias_derivative(network, 0) == rate


@pytest.mark.parametrize("seed", SEEDS)
def test_stationarity_and_type_with_a_bias(seed: int) -> None:
    """A local minimum has no lower point near it on a grid of moves; descent and ascent are what they say."""
    random = Random(seed)
    network = balanced(random, random.randint(1, 2), 1 + seed % 2, bias=True)
    found = decide_type(network)
    assert isinstance(decide_stationarity(network), NotStationary) == (found.verdict == "not stationary")
    for path, falls in ((found.descent, True), (found.ascent, False)):
        for part in (F(1, 1000), F(1)) if path else ():
            change = plain_loss(at(network, path.direction, part * path.until)) - plain_loss(network)
            assert change != 0 and (change < 0) == falls
    assert found.verdict == "not stationary" or found.ascent is not None  # the bias always raises the loss
    if found.verdict == "local minimum":
        size = F(1, 10**6) if found.radius_squared is None else min(found.radius_squared, F(1)) / 8
        for _ in range(60):
            direction = moving(random, network)
            square = sum((x * x for part in (*direction.W, *direction.H, direction.c) for x in part), F(0))
            t = size / max(square, F(1))
            assert plain_loss(at(network, direction, t)) >= plain_loss(network)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_along_a_curve_that_moves_the_bias(seed: int) -> None:
    random = Random(seed)
    network = with_bias(random, random_network(random))
    moves = (moving(random, network), random_direction(random, network), moving(random, network))
    path = curve_path(network, moves)
    if path is not None:
        for part in (F(1, 7), F(1)):
            moved = at_time(network, path, part * path.until)
            assert plain_loss(moved) == path.expansion(part * path.until)
            assert (plain_loss(moved) < network.loss) == path.falls


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_with_a_bias_no_degenerate_point_is_called_a_minimum(point: Point) -> None:
    """Where residuals have the sum 0 the point stays stationary; a descent stays one, a minimum may not."""
    network = with_bias(Random(1), point.network)
    found = decide_type(network)
    if any(sum(e[j] for e in network.residuals) for j in range(network.n_outputs)):
        assert found.verdict == "not stationary"
    elif point.verdict == "saddle":
        assert found.verdict == "saddle" and found.descent is not None
        moved = at_time(network, found.descent, found.descent.until)
        assert plain_loss(moved) < network.loss
    elif found.verdict == "local minimum" and found.kind == 2:
        assert decide_form(network, [escape.neuron for escape in found.escapes]) == "positive"


def test_a_bias_that_is_not_the_mean_of_the_errors() -> None:
    network = replace(corner(), c=(F(0),))  # the residuals are 0 and 1
    found = decide_stationarity(network)
    assert isinstance(found, NotStationary) and (found.condition, found.neuron, found.output) == (1, None, 0)
    assert "dL/dc of output 0" in found.reason and found.derivative == -1
    assert decide_stationarity(corner()) != found and decide_type(network).verdict == "not stationary"


def test_the_bias_is_a_free_coordinate_of_the_flat_form() -> None:
    """Two outputs, h = (1, 0): q = (N dh_1^2 + 2 t_2^2 + sum_k (z_k dh_2 + dc_2)^2) / 2 + 2 e dh_2 t_2.

    Six samples have z_k = 1, one has 2: the sum is 10 dh_2^2, its minimum over dc_2 (10 - 8^2 / 7) dh_2^2.
    The minimum of t_2^2 + 2 e dh_2 t_2 is -(e dh_2)^2.
    """
    def network(e: F, bias: bool) -> ReluNetwork:
        X = [[1, 1], [1, -1], [1, 0], [1, 0], [1, 0], [1, 0], [2, 0]]
        errors = [e, -e] + [F(0)] * 5
        Y = [[F(x[0]), -error] for x, error in zip(X, errors, strict=True)]
        found = ReluNetwork.from_arrays(X, Y, [[1, 0]], [[1], [0]])
        return replace(found, c=(F(0), F(0))) if bias else found

    # Negative if and only if e^2 > 10 / 2 without a bias, e^2 > (10 - 64/7) / 2 = 3/7 with one.
    assert decide_type(network(F(1), False)).verdict == "local minimum"
    assert decide_type(network(F(1), True)).verdict == "saddle"
    assert decide_type(network(F(5, 8), True)).verdict == "local minimum"  # 25/64 < 3/7
    assert decide_type(network(F(2, 3), True)).verdict == "saddle"  # 4/9 > 3/7


@pytest.mark.parametrize(("outputs", "sample"), [(1, 2), (1, 4), (1, 5), (2, 4)])
def test_the_exact_point_near_a_trained_network_with_biases(outputs: int, sample: int) -> None:
    """Gradient descent in floats, hidden biases as an input of ones; the point found is stationary, near."""
    draw = np.random.default_rng(sample)
    X = np.hstack([draw.integers(-9, 10, (8, 1)) / 4, np.ones((8, 1))])
    Y = draw.integers(-9, 10, (8, outputs)) / 4
    W, H, c = draw.normal(size=(3, 2)), draw.normal(size=(outputs, 3)), np.zeros(outputs)
    for _ in range(20_000):
        Z = X @ W.T
        E = np.maximum(Z, 0) @ H.T + c - Y
        moves = (E @ H * (Z > 0)).T @ X, E.T @ np.maximum(Z, 0), E.sum(axis=0)
        W, H, c = W - 0.01 * moves[0], H - 0.01 * moves[1], c - 0.01 * moves[2]
    given = ReluNetwork.from_arrays(X, Y, W, H, c=c)
    found = find_exact_point(given, within=F(1, 10**6))
    assert isinstance(decide_stationarity(given), NotStationary)
    exact = found.network
    assert exact.c != given.c and all(sum(e[j] for e in exact.residuals) == 0 for j in range(outputs))
    assert isinstance(decide_stationarity(exact), Stationary)
    entries = zip((*given.W, *given.H, given.c), (*exact.W, *exact.H, exact.c), strict=True)
    far = max(abs(a - b) for rows in entries for a, b in zip(*rows, strict=True))
    assert found.distance == far < F(1, 10**6)
    random = Random(sample)
    for _ in range(20):
        direction = moving(random, exact)
        assert interpolated(lambda t, d=direction: plain_loss(at(exact, d, t)), F(1, 10**30))[1] >= 0


def test_shapes() -> None:
    base = corner()
    with pytest.raises(InputError, match="'c'"):
        replace(base, c=(F(0), F(0)))
    with pytest.raises(InputError, match=r"direction\.c"):
        expand(base, Direction.of_output_bias(base, (F(1),)))
    biased = replace(base, c=(F(1),))
    assert biased == ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, -1], [[1, 0]], [1], c=1)
    assert biased == ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, -1], [[1, 0]], [1], c=["1"])
    for value in ([], [1, 2], "x", [[1]], None):
        if value is not None:
            with pytest.raises(InputError):
                ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, -1], [[1, 0]], [1], c=value)
    with pytest.raises(InputError, match="output bias"):
        directional_hessian(biased, Direction.of_output_bias(biased, (F(1),)))
    assert biased.problem()["c"] == ["1"] and "c" not in base.problem()
