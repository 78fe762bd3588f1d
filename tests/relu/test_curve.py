"""Polynomial curves against the loss from its definition."""

from random import Random

import pytest

from symplateau.errors import InputError
from symplateau.kernel.certificate import check
from symplateau.kernel.format import FORMAT, CheckError, seal
from symplateau.relu.curve import at_time, coefficients, curve_path, expand_curve
from symplateau.relu.expansion import Path, expand, until
from symplateau.relu.network import Direction, ReluNetwork

from .networks import F, plain_loss, random_direction, random_network
from .points_by_hand import CURVE_ONLY, FIVE, ONE_SIDED


def direction(W: list[list[int]], H: list[list[int]]) -> Direction:
    return Direction(tuple(tuple(map(F, row)) for row in W), tuple(tuple(map(F, row)) for row in H))


STILL = [[0, 0], [0, 0]]
CURVE = (direction([[0, 1], [-1, 0]], [[5, -5], [-1, -1]]), direction([[0, -6], [-6, 0]], STILL))
OF_FIVE = (direction([[0, -2, 0], [0, 0, 0]], [[0, 0], [1, -1]]), direction([[0, 0, -3], [4, 0, 0]], STILL))
SIDE = (direction([[0, 3, 0], [0, 0, 0]], [[0, 0], [-1, 2]]), direction([[0, 0, -6], [13, 0, 0]], STILL))


@pytest.mark.parametrize("seed", range(40))
def test_the_loss_along_a_curve_is_the_polynomial_up_to_the_limit(seed: int) -> None:
    random = Random(seed)
    network = random_network(random)
    moves = tuple(random_direction(random, network) for _ in range(random.randint(1, 3)))
    expansion, path = expand_curve(network, moves), curve_path(network, moves)
    limit = F(3) if expansion.limit is None else expansion.limit
    assert all(plain_loss(at_time(network, path, part * limit)) == expansion(part * limit)
               for part in (F(1, 7), F(1, 2), F(1))) if path else len(set(expansion.coefficients[1:])) <= 1
    if path is not None:
        change = plain_loss(at_time(network, path, path.until)) - plain_loss(network)
        assert change != 0 and (change < 0) == path.falls


@pytest.mark.parametrize("seed", range(20))
def test_a_straight_curve_is_a_ray(seed: int) -> None:
    random = Random(seed)
    network = random_network(random)
    move = random_direction(random, network)
    straight, curve = expand(network, move), expand_curve(network, [move])
    assert [*straight.coefficients] == [*curve.coefficients, *[F(0)] * 4][:5]
    assert curve.limit is None or straight.limit is None or curve.limit <= straight.limit


@pytest.mark.parametrize(("network", "moves", "terms"), [
    (CURVE_ONLY, CURVE, {0: 80, 4: -3196, 6: 545040}),
    (FIVE, OF_FIVE, {0: 4, 4: -16, 6: 328}),
    (ONE_SIDED, SIDE, {0: F(129, 4), 4: -656, 6: 29068}),
])
def test_the_curves_worked_out_by_hand(network: ReluNetwork, moves: tuple[Direction, ...],
                                        terms: dict[int, F]) -> None:
    path = curve_path(network, moves)
    assert path is not None and path.falls and path.order == 4 and path.moves == moves
    assert {n: c for n, c in enumerate(path.expansion.coefficients) if c} == terms


@pytest.mark.parametrize(("network", "moves"), [(CURVE_ONLY, CURVE), (FIVE, OF_FIVE), (ONE_SIDED, SIDE)])
def test_their_straight_parts_rise_and_so_does_the_other_bend(network: ReluNetwork,
                                                              moves: tuple[Direction, ...]) -> None:
    assert all(not path.falls for path in (curve_path(network, moves[:1]), curve_path(network, moves[1:])))
    turned = direction([[-x for x in row] for row in moves[1].W], STILL)
    assert not curve_path(network, (moves[0], turned)).falls


def test_the_coefficients_of_a_path_are_polynomials_per_weight() -> None:
    W, H = coefficients(FIVE, curve_path(FIVE, OF_FIVE))
    assert W == (((1, 0, 0), (0, -2, 0), (0, 0, -3)), ((-1, 0, 4), (0, 0, 0), (1, 0, 0)))
    assert H == (((1, 0, 0), (1, 0, 0)), ((0, 1, 0), (0, -1, 0)))


def test_a_constant_curve_is_no_path_and_another_shape_is_refused() -> None:
    assert curve_path(FIVE, [direction([[0, 0, 0]] * 2, STILL)]) is None
    with pytest.raises(InputError):
        expand_curve(FIVE, CURVE)


def test_until_leaves_the_first_term_the_larger_half() -> None:
    assert until([F(0), F(2), F(-8), F(0)], 1) == F(1, 8)
    assert until([F(0), F(2)], 1) is None
    assert until([F(9), F(1)], 0) == 1


def formula(terms: tuple[F, ...]) -> str:
    return "+".join(f"({c})*t**{n}" for n, c in enumerate(terms))


def step_of(network: ReluNetwork, path: Path, until: F) -> dict[str, object]:
    W, H = coefficients(network, path)
    return {"rule": "path", "until": str(until), "moves": [
        {"neuron": i, "w": [formula(p) for p in w], "h": [formula(row[i]) for row in H]}
        for i, w in enumerate(W)]}


@pytest.mark.parametrize(("network", "moves"), [(CURVE_ONLY, CURVE), (FIVE, OF_FIVE)])
def test_the_kernel_accepts_the_curves_and_nothing_longer(network: ReluNetwork,
                                                          moves: tuple[Direction, ...]) -> None:
    """No kinks: the dual of each G_i is one empty row."""
    falls = curve_path(network, moves)
    rises = curve_path(network, [direction([[0] * network.n_inputs] * 2, [[1, 0], [0, 0]])])
    problem: dict[str, object] = {"kind": "relu network", "slopes": ["1", "0"]}
    problem |= {name: [[str(x) for x in row] for row in getattr(network, name)] for name in "XYWH"}

    def checked(until: F) -> dict[str, object]:
        steps = [{"rule": "stationary point", "shares": [[[]], [[]]]}, step_of(network, falls, until),
                 step_of(network, rises, rises.until)]
        return check(seal({"format": FORMAT, "problem": problem, "steps": steps}))["says"]

    says = checked(falls.until)
    assert (says["type"], says["falls"]["order"]) == ("saddle", 4)
    with pytest.raises(CheckError):
        checked(F(2))
