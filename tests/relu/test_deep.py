"""Appendix B: one-sided derivatives of deeper networks, against exact differences of the loss."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest

from symplateau.errors import InputError
from symplateau.relu.deep import (
    DeepNetwork,
    directional_derivative,
    moved,
    neuron_derivative,
    output_weight_derivative,
    still,
)
from symplateau.relu.derivatives import directional_derivative as shallow_derivative
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.vectors import zeros

from .networks import SLOPES, F, random_direction, random_network


def plain_loss(network: DeepNetwork) -> F:
    high, low = network.slopes
    total = F(0)
    for x, y in zip(network.X, network.Y, strict=True):
        for W in network.W:
            etas = [sum((a * b for a, b in zip(w, x, strict=True)), F(0)) for w in W]
            x = tuple(high * z if z >= 0 else low * z for z in etas)
        total += sum((sum((a * b for a, b in zip(h, x, strict=True)), F(0)) - t) ** 2
                     for h, t in zip(network.H, y, strict=True)) / 2
    return total


def rate(network: DeepNetwork, W: Any, H: Any) -> F:
    """The derivative at 0+ of a polynomial of this degree, from its forward differences."""
    h, degree = F(1, 10**9), 2 * (len(network.W) + 1)
    values = [plain_loss(moved(network, W, H, n * h)) for n in range(degree + 1)]
    total, differences = F(0), values
    for k in range(1, degree + 1):
        differences = [b - a for a, b in pairwise(differences)]
        total += F((-1) ** (k + 1), k) * differences[0]
    return total / h


def random_deep(random: Random, layers: int) -> DeepNetwork:
    def whole(rows: int, columns: int) -> list[list[int]]:
        return [[random.randint(-1, 1) for _ in range(columns)] for _ in range(rows)]

    widths = [random.randint(1, 3) for _ in range(layers + 1)]
    W = [whole(b, a) for a, b in pairwise(widths)]
    return DeepNetwork.from_arrays(whole(3, widths[0]), whole(3, 2), W, whole(2, widths[-1]),
                                   random.choice(SLOPES))


@pytest.mark.parametrize("seed", range(40))
def test_any_direction(seed: int) -> None:
    random = Random(seed)
    network = random_deep(random, 1 + seed % 3)
    W = tuple(tuple(tuple(F(random.randint(-2, 2)) for _ in w) for w in layer) for layer in network.W)
    H = tuple(tuple(F(random.randint(-2, 2)) for _ in h) for h in network.H)
    assert network.loss == plain_loss(network)
    assert directional_derivative(network, W, H) == rate(network, W, H)


@pytest.mark.parametrize("seed", range(40))
def test_back_propagation_with_the_slopes_after_the_move(seed: int) -> None:
    random = Random(1000 + seed)
    network = random_deep(random, 1 + seed % 3)
    layer = random.randrange(len(network.W))
    neuron = random.randrange(len(network.W[layer]))
    move = tuple(F(random.randint(-2, 2)) for _ in network.W[layer][neuron])
    moves = [list(rows) for rows in still(network)]
    moves[layer][neuron] = move
    H = zeros(len(network.H), len(network.H[0]))
    derivative = neuron_derivative(network, layer, neuron, move)
    assert derivative == rate(network, tuple(map(tuple, moves)), H)
    gradient = output_weight_derivative(network, 1)
    for i, expected in enumerate(gradient):
        unit = (H[0], tuple(F(int(a == i)) for a in range(len(H[1]))))
        assert expected == rate(network, still(network), unit)


def test_the_slope_of_a_layer_above_is_the_one_after_the_move() -> None:
    # The first layer gives (x, -x): at w = 0 both second-layer neurons are at the kink, and the side decides.
    network = DeepNetwork.from_arrays([[1]], [[1]], [[[0]], [[1], [-1]]], [[1, 1]], (1, "1/2"))
    assert [neuron_derivative(network, 0, 0, (F(s),)) for s in (1, -1)] == [F(-1, 2), F(-1, 4)]


@pytest.mark.parametrize("seed", range(10))
def test_one_layer_is_the_shallow_network(seed: int) -> None:
    random = Random(2000 + seed)
    network = random_network(random)
    direction: Direction = random_direction(random, network)
    deep = DeepNetwork(network.X, network.Y, (network.W,), network.H, network.slopes)
    assert directional_derivative(deep, (direction.W,), direction.H) == shallow_derivative(network, direction)
    assert isinstance(network, ReluNetwork)


@pytest.mark.parametrize("bad", [{"W": []}, {"W": [[[1, 2]], [[1, 1]]]}, {"H": [[1, 1]]}, {"slopes": (2, 2)}])
def test_shapes_are_refused(bad: dict[str, Any]) -> None:
    good: dict[str, Any] = {"X": [[1, 2]], "Y": [[0]], "W": [[[1, 2]], [[3]]], "H": [[1]]}
    DeepNetwork.from_arrays(**good)
    with pytest.raises(InputError):
        DeepNetwork.from_arrays(**good | bad)
