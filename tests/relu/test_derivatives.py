"""Lemma 3.2 and appendix F against exact interpolation of the loss, which knows nothing of them."""

from random import Random

import pytest

from symplateau.errors import InputError
from symplateau.relu.derivatives import (
    directional_derivative,
    output_weight_derivative,
    radial_derivative,
    tangential_derivative,
    tangential_slope,
)
from symplateau.relu.expansion import expand, path
from symplateau.relu.hessian import decompose, directional_hessian
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.vectors import dot

from .networks import F, at, balanced, corner, interpolated, plain_loss, random_direction, random_network, row


def coefficients(network: ReluNetwork, direction: Direction) -> list[F]:
    return interpolated(lambda t: plain_loss(at(network, direction, t)))


@pytest.mark.parametrize("seed", range(60))
def test_the_expansion_is_the_loss_up_to_its_limit_and_not_beyond(seed: int) -> None:
    random = Random(seed)
    network = random_network(random)
    direction = random_direction(random, network)
    expansion = expand(network, direction)
    assert list(expansion.coefficients) == coefficients(network, direction)
    assert directional_derivative(network, direction) == expansion.derivative(1)
    last = 100 if expansion.limit is None else expansion.limit
    for part in (F(1, 7), F(1, 2), F(1)):
        assert expansion(part * last) == plain_loss(at(network, direction, part * last))


def test_beyond_the_limit_another_polynomial_holds() -> None:
    network = corner()
    direction = Direction.of_neuron(network, 0, w=(F(-1), F(0)))
    assert expand(network, direction).limit == 1
    assert expand(network, direction)(F(2)) != plain_loss(at(network, direction, F(2)))


@pytest.mark.parametrize("seed", range(30))
def test_partial_derivatives_are_those_of_the_loss(seed: int) -> None:
    random = Random(100 + seed)
    network = random_network(random)
    i, j = random.randrange(network.n_hidden), random.randrange(network.n_outputs)
    unit = tuple(F(int(a == j)) for a in range(network.n_outputs))
    assert output_weight_derivative(network, j, i) == coefficients(
        network, Direction.of_neuron(network, i, h=unit))[1]
    w = network.W[i]
    assert radial_derivative(network, i) == coefficients(network, Direction.of_neuron(network, i, w=w))[1]
    _, t = decompose(network, i, row(random, network.n_inputs))
    assert tangential_derivative(network, i, t) == coefficients(
        network, Direction.of_neuron(network, i, w=t))[1]


def test_the_two_sides_of_a_kink_have_different_derivatives() -> None:
    network = corner()
    assert [tangential_derivative(network, 0, (F(0), F(s))) for s in (1, -1)] == [1, 0]
    with pytest.raises(InputError):
        tangential_slope(network, 0, 0, (F(1), F(1)))
    with pytest.raises(InputError):
        expand(network, Direction((), ()))


@pytest.mark.parametrize("seed", range(30))
def test_the_directional_hessian_is_the_second_derivative(seed: int) -> None:
    random = Random(200 + seed)
    network = random_network(random) if seed % 2 else balanced(random, 2, 2)
    direction = random_direction(random, network)
    hessian = directional_hessian(network, direction)
    c = coefficients(network, direction)
    assert hessian.second_derivative == 2 * c[2]
    changes = [hessian.output_change(j) for j in range(network.n_outputs)]
    gram = sum((dot(v, v) for v in changes), F(0))
    assert gram == sum((x * y * g for x, gs in zip(hessian.move, hessian.gram, strict=True)
                        for y, g in zip(hessian.move, gs, strict=True)), F(0))


@pytest.mark.parametrize("seed", range(20))
def test_third_and_fourth_order_follow_from_the_vectors_of_appendix_f(seed: int) -> None:
    random = Random(300 + seed)
    network = random_network(random)
    direction = random_direction(random, network)
    hessian, expansion = directional_hessian(network, direction), expand(network, direction)
    n, third, fourth = network.n_samples, F(0), F(0)
    for j in range(network.n_outputs):
        bar = [F(0)] * n  # V-bar_j: sum_i dh_ji (dr_i V_hr + ds_i V_hs)
        for i, move in enumerate(direction.W):
            small = at(network, Direction.of_neuron(network, i, w=move), F(1, 10**9))
            pairs = zip(network.activations[i], small.activations[i], strict=True)
            change = [(after - before) * 10**9 for before, after in pairs]
            bar = [a + direction.H[j][i] * b for a, b in zip(bar, change, strict=True)]
        third += 6 * dot(bar, hessian.output_change(j))
        fourth += 12 * dot(bar, bar)
    assert (expansion.derivative(3), expansion.derivative(4)) == (third, fourth)


@pytest.mark.parametrize("seed", range(40))
def test_a_path_has_its_sign_up_to_its_end(seed: int) -> None:
    random = Random(400 + seed)
    network = random_network(random)
    direction = random_direction(random, network)
    found = path(network, direction)
    if found is None:
        assert plain_loss(at(network, direction, F(1, 10**9))) == plain_loss(network)
        return
    for part in (F(1, 1000), F(1, 3), F(1)):
        change = plain_loss(at(network, direction, part * found.until)) - plain_loss(network)
        assert change != 0 and (change < 0) == found.falls


def test_where_the_loss_does_not_change_there_is_no_path() -> None:
    network = corner(h=0)
    assert path(network, Direction.of_neuron(network, 0, w=(F(0), F(1)))) is None
