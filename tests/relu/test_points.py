"""Stationarity, escape neurons and types, by hand and against plain search with the exact loss."""

from random import Random

import pytest

from symplateau.errors import InputError, Undecided
from symplateau.relu import flat, points, positivity
from symplateau.relu.escape import escape_neurons, escape_path
from symplateau.relu.expansion import Path
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.points import decide_type
from symplateau.relu.positivity import Dual
from symplateau.relu.stationarity import NotStationary, Stationary, decide_stationarity
from symplateau.relu.vectors import ZERO, dot, null_space

from .networks import F, at, balanced, corner, interpolated, pair, plain_loss, random_direction

SEEDS = range(60)


def network_of(seed: int) -> ReluNetwork:
    random = Random(seed)
    return balanced(random, random.randint(1, 3), 1 + seed % 2)


def rate(network: ReluNetwork, direction: Direction) -> F:
    return interpolated(lambda t: plain_loss(at(network, direction, t)))[1]


def tangents(network: ReluNetwork, neuron: int) -> list[tuple[F, ...]]:
    """Rational directions of the tangent space; in dimension 1 all of them, up to a positive factor."""
    basis = null_space([network.W[neuron]], network.n_inputs)
    steps: list[tuple[int, ...]] = [()]
    for _ in basis:
        steps = [(*s, x) for s in steps for x in range(-2, 3)]
    return [tuple(sum((F(f * b[a]) for f, b in zip(s, basis, strict=True)), ZERO)
                  for a in range(network.n_inputs)) for s in steps if any(s)]


def assert_path(network: ReluNetwork, path: Path, falls: bool) -> None:
    for part in (F(1, 10**6), F(1, 100), F(1, 2), F(1)):
        change = plain_loss(at(network, path.direction, part * path.until)) - plain_loss(network)
        assert change != 0 and (change < 0) == falls


# Against plain search


@pytest.mark.parametrize("seed", SEEDS)
def test_stationarity_agrees_with_one_sided_differences(seed: int) -> None:
    network = network_of(seed)
    found = decide_stationarity(network)
    if isinstance(found, NotStationary):
        assert rate(network, found.direction) == found.derivative < 0 and found.condition == 3
        return
    assert all(rate(network, Direction.of_neuron(network, i, w=t)) >= 0
               for i in range(network.n_hidden) for t in tangents(network, i))


@pytest.mark.parametrize("seed", SEEDS)
def test_escape_neurons_agree_with_one_sided_differences(seed: int) -> None:
    """g_ji(t) is the mixed derivative in dh_ji and t, less the product of outputs that both change."""
    network = network_of(seed)
    if isinstance(decide_stationarity(network), NotStationary):
        with pytest.raises(InputError):
            escape_neurons(network)
        return
    found = {escape.neuron: escape for escape in escape_neurons(network)}
    for i in range(network.n_hidden):
        level = [t for t in tangents(network, i) if rate(network, Direction.of_neuron(network, i, w=t)) == 0]
        if i in found:
            escape = found[i]
            assert rate(network, Direction.of_neuron(network, i, w=escape.t)) == 0
            assert plain_slopes(network, i, escape.t)[escape.output] == escape.slope != 0
        else:
            assert not any(any(plain_slopes(network, i, t)) for t in level)


def plain_slopes(network: ReluNetwork, neuron: int, t: tuple[F, ...]) -> list[F]:
    """g_j(t): the derivative along t where h_i is the j-th unit vector and the residuals stay the same."""
    slopes = []
    for j in range(network.n_outputs):
        alone = ReluNetwork(network.X, tuple((-e[j],) for e in network.residuals), (network.W[neuron],),
                            ((F(1),),), network.slopes)
        # ½|rho(w + st) + e|^2: its derivative less that of ½|rho(w + st)|^2 is e.(d rho), which is g_j.
        bare = ReluNetwork(network.X, ((F(0),),) * network.n_samples, alone.W, alone.H, network.slopes)
        move = Direction((t,), ((F(0),),))
        slopes.append(rate(alone, move) - rate(bare, move))
    return slopes


@pytest.mark.parametrize("seed", SEEDS)
def test_types_agree_with_search(seed: int) -> None:
    network, random = network_of(seed), Random(seed)
    found = decide_type(network)
    if found.descent is not None:
        assert_path(network, found.descent, True)
        assert found.verdict in ("saddle", "not stationary")
    if found.ascent is not None:
        assert_path(network, found.ascent, False)
    if found.verdict in ("local minimum", "locally constant"):
        radius = found.radius_squared if found.kind == 1 else F(1, 10**8)
        for _ in range(25):
            direction = random_direction(random, network)
            change = plain_loss(at(network, direction, step_within(radius, direction))) - plain_loss(network)
            assert change >= 0 and (change == 0 or found.verdict == "local minimum")


def step_within(radius_squared: F | None, direction: Direction) -> F:
    """A step after which the point still lies in the ball, and not far inside."""
    length = sum((dot(r, r) for r in (*direction.W, *direction.H)), F(0))
    step = F(4)
    while radius_squared is not None and step * step * length > radius_squared:
        step /= 2
    return step


def test_every_verdict_occurs() -> None:
    found = [decide_type(network_of(seed)).verdict for seed in SEEDS]
    assert {"not stationary", "local minimum", "saddle"} <= set(found)
    assert min(found.count(v) for v in ("not stationary", "local minimum", "saddle")) >= 3


# By hand


def test_a_non_differentiable_local_minimum() -> None:
    """In the manner of appendix C.1: the loss rises on one side of the kink and is flat on the other."""
    found = decide_type(corner())
    assert (found.verdict, found.kind, found.radius_squared) == ("local minimum", 1, 1)
    assert not found.is_global
    assert [ratio.value for ratio in found.ratios] == [1]
    assert isinstance(found.stationarity, Stationary) and isinstance(found.stationarity.certificates[0], Dual)


def test_the_same_kink_bent_downwards_is_not_stationary() -> None:
    found = decide_stationarity(corner(target=1))
    assert isinstance(found, NotStationary) and (found.condition, found.derivative) == (3, -1)
    assert ((F(0), F(1)),) == found.direction.W and "tangential" in found.reason


def test_an_output_weight_off_its_optimum_is_not_stationary() -> None:
    found = decide_stationarity(ReluNetwork.from_arrays([[1, 0]], [3], [[1, 0]], [1]))
    assert isinstance(found, NotStationary)
    assert (found.condition, found.output, found.derivative) == (1, 0, -2)


def test_a_non_differentiable_saddle_of_one_output() -> None:
    """In the manner of appendix C.2: every derivative is 0, and the loss falls at second order."""
    network = corner(h=0)
    found = decide_type(network)
    assert (found.verdict, [escape.neuron for escape in found.escapes]) == ("saddle", [0])
    assert found.descent is not None and found.descent.order == 2
    assert_path(network, found.descent, True)


def test_two_outputs_make_a_minimum_of_the_second_kind_a_saddle_or_neither() -> None:
    """q is positive if and only if error^2 < 3/2, for 3 samples; for 2 samples and error 1 it has a zero."""
    low, high, level = decide_type(pair(1)), decide_type(pair(2)), decide_type(pair(1, samples=2))
    assert (low.verdict, low.kind, len(low.escapes)) == ("local minimum", 2, 1)
    assert (high.verdict, high.descent is not None and high.descent.order) == ("saddle", 2)
    # h w^T is there a best approximation of rank 1 of a matrix with two equal singular values.
    assert (level.verdict, level.kind) == ("local minimum", 2)
    with pytest.raises(InputError):
        escape_path(pair(2), high.escapes[0])


@pytest.mark.parametrize("seed", range(5))
def test_around_a_minimum_of_the_second_kind_nothing_is_lower(seed: int) -> None:
    network, random = pair("6/5"), Random(seed)
    assert decide_type(network).kind == 2
    for _ in range(50):
        direction = random_direction(random, network)
        assert plain_loss(at(network, direction, F(1, 100))) >= plain_loss(network)
    # Along the eigenvector of the form with the other sign, at error^2 > 3/2, it is.
    tilted = Direction.of_neuron(pair("5/4"), 0, w=(F(0), F(11, 9)), h=(F(0), F(-1)))
    assert plain_loss(at(pair("5/4"), tilted, F(1, 100))) < plain_loss(pair("5/4"))


def test_dead_and_idle_neurons_change_nothing_about_a_minimum_of_the_second_kind() -> None:
    network = pair(1)
    dead = ReluNetwork.from_arrays(network.X, network.Y, [[1, 0], [-5, 0]], [[1, 7], [0, 7]])
    assert decide_type(dead).verdict == "local minimum"
    # Active on one fitted sample alone, with h = 0: it may turn freely.
    X, Y = [*network.X, [-1, 0]], [*network.Y, [0, 0]]
    idle = ReluNetwork.from_arrays(X, Y, [[1, 0], [-1, 0]], [[1, 0], [0, 0]])
    assert (decide_type(idle).verdict, decide_type(idle).kind) == ("local minimum", 2)
    # With h != 0 its turns count, and the outputs do not notice them. The two neurons see no common sample.
    turning = ReluNetwork.from_arrays(X, [*network.Y, [1, 0]], [[1, 0], [-1, 0]], [[1, 1], [0, 0]])
    assert (decide_type(turning).verdict, decide_type(turning).kind) == ("local minimum", 2)
    # At w = 0 with h = 0 the residuals make g != 0: an escape neuron, and a saddle.
    zero = ReluNetwork.from_arrays(network.X, network.Y, [[1, 0], [0, 0]], [[1, 0], [0, 0]])
    assert decide_type(zero).verdict == "saddle"


def test_a_zero_residual_is_a_global_minimum() -> None:
    found = decide_type(ReluNetwork.from_arrays([[1, 0], [0, 1]], [2, 0], [[1, 0]], [2]))
    assert (found.verdict, found.is_global, found.escapes) == ("local minimum", True, ())


def test_dead_neurons_are_locally_constant_with_a_radius() -> None:
    network = ReluNetwork.from_arrays([[3, 4], [0, 0]], [5, 0], [[-1, 0]], [2])
    found = decide_type(network)
    assert (found.verdict, found.ascent, found.radius_squared) == ("locally constant", None, F(9, 25))
    away = Direction.of_neuron(network, 0, w=(F(3), F(4)))
    assert plain_loss(at(network, away, F(3, 25))) == plain_loss(network)
    assert plain_loss(at(network, away, F(4, 25))) != plain_loss(network)


def test_no_neurons_are_constant_everywhere() -> None:
    found = decide_type(ReluNetwork.from_arrays([[1]], [3], [], []))
    assert (found.verdict, found.radius_squared, found.is_global) == ("locally constant", None, False)


@pytest.mark.parametrize(("w", "h", "verdict"), [(1, 2, "local minimum"), (-1, 5, "locally constant"),
                                                (0, 0, "saddle"), (1, 1, "not stationary")])
def test_one_input(w: int, h: int, verdict: str) -> None:
    assert decide_type(ReluNetwork.from_arrays([[1]], [2], [[w]], [h])).verdict == verdict


@pytest.mark.parametrize("repeats", [1, 2])
@pytest.mark.parametrize("zeros", [0, 2])
def test_repeated_and_zero_samples(repeats: int, zeros: int) -> None:
    def verdict(target: int) -> str:
        X, Y = [[1, 0], [0, 1], *[[0, 0]] * zeros], [1, target, *[4] * zeros]
        return decide_type(ReluNetwork.from_arrays(X * repeats, Y * repeats, [[1, 0]], [1])).verdict

    assert [verdict(-1), verdict(1)] == ["local minimum", "not stationary"]


def test_opposite_kinks_cancel_or_not() -> None:
    """Samples (0, 1) and (0, -1) at the kink: their bends add up, their slopes may cancel."""
    def verdict(up: int, down: int) -> str:
        return decide_type(ReluNetwork.from_arrays([[1, 0], [0, 1], [0, -2]], [1, -up, -down], [[1, 0]],
                                                   [1])).verdict

    assert [verdict(2, 1), verdict(1, 0), verdict(1, -1), verdict(0, 0)] == [
        "local minimum", "local minimum", "not stationary", "local minimum"]


def test_a_zero_weight_with_a_nonzero_output_weight() -> None:
    """w = 0: every sample is at the kink, and every direction is tangential."""
    def found(targets: list[int], h: int) -> str:
        return decide_type(ReluNetwork.from_arrays([[1, 0], [0, 1]], targets, [[0, 0]], [h])).verdict

    assert found([-1, -1], 1) == "local minimum"
    assert found([-1, -1], 0) == "saddle"
    assert found([-1, 1], 1) == "not stationary"
    assert found([1, 1], -1) == "local minimum"


def test_at_the_kink_of_everything_the_loss_still_rises() -> None:
    """All rho(w.x) vanish, the point is no local maximum: w and h move together."""
    network = ReluNetwork.from_arrays([[0, 1]], [-1], [[1, 0]], [1])
    found = decide_type(network)
    assert found.verdict == "local minimum" and found.ascent is not None
    assert_path(network, found.ascent, False)


def test_the_flat_cones_of_two_crossing_kinks_are_four_quadrants() -> None:
    network = ReluNetwork.from_arrays([[1, 0], [0, 1]], [-1, -1], [[0, 0]], [0])
    cones = flat.flat_cones(network, 0)
    assert {frozenset(rays) for _, rays in cones} == {
        frozenset([(s, 0), (0, t)]) for s in (1, -1) for t in (1, -1)}
    assert all(lineality == () for lineality, _ in cones)


def test_too_many_kinks_are_undecided_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Undecided("many", "fewer")

    monkeypatch.setattr(flat, "flat_generators", refuse)
    found = decide_type(pair(1))
    assert (found.verdict, found.reason, found.next) == ("undecided", "many", "fewer")
    monkeypatch.setattr(points, "find_ratio", refuse)
    assert decide_type(corner()).verdict == "local minimum"  # Theorem 4.2 needs no radius
    assert (decide_type(corner()).ratios, decide_type(corner()).reason) == ((), "many")
    monkeypatch.setattr(positivity, "FEW_PATTERNS", 0)
    monkeypatch.setattr(positivity, "arrangement", refuse)
    assert decide_type(corner()).verdict == "undecided"
