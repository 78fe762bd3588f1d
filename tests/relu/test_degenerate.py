"""Degenerate points: every verdict of the corpus, blocks, and what the parts say no to."""

from random import Random

import pytest

from symplateau.errors import Undecided
from symplateau.relu.blocks import blocks, find_descent, restricted
from symplateau.relu.curve import at_time
from symplateau.relu.degenerate import decide_degenerate, null_ray, null_rays, solved
from symplateau.relu.escape import find_escape_neurons
from symplateau.relu.expansion import path
from symplateau.relu.flat import decide_form, flat_cones
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.points import decide_type
from symplateau.relu.slices import Slice, flattened, loss_preserving, seen, slice_at

from .networks import F, at, pair, plain_loss, random_direction
from .points_by_hand import (
    CURVE_ONLY,
    FIVE,
    FOURTH,
    ONE_SIDED,
    POINTS,
    THIRD,
    Point,
    approximation,
    beside,
    truncated,
)

CURVED = [point.network for point in POINTS if point.curved]


def slices(network: ReluNetwork) -> list[Slice]:
    cones = [flat_cones(network, i) for i in range(network.n_hidden)]
    assert all(len(many) == 1 for many in cones[1:])
    others = [many[0] for many in cones[1:]]
    return [slice_at(network, dict(enumerate([first, *others]))) for first in cones[0]]


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_the_types_found_by_hand(point: Point) -> None:
    found = decide_type(point.network)
    assert (found.verdict, found.kind) == (point.verdict, point.kind)
    assert (found.descent and found.descent.order, bool(found.descent and found.descent.bends)) == (
        point.order, point.curved)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_the_loss_itself_agrees(point: Point) -> None:
    """Along the path it falls, also very near; around a minimum it never does, straight or curved."""
    found, random, network = decide_type(point.network), Random(7), point.network
    if found.descent is not None:
        for part in (F(1, 10**6), F(1, 3), F(1)):
            there = at_time(network, found.descent, part * found.descent.until)
            assert plain_loss(there) < plain_loss(network)
    if point.verdict in ("local minimum", "locally constant"):
        for _ in range(40):
            first, second = random_direction(random, network), random_direction(random, network)
            near = at(at(network, first, F(1, 10**4)), second, F(1, 10**8))
            assert plain_loss(near) >= plain_loss(network)


@pytest.mark.parametrize("network", CURVED, ids=lambda network: str(network.n_samples))
def test_no_straight_line_falls_where_a_curve_is_needed(network: ReluNetwork) -> None:
    escaping = tuple(escape.neuron for escape in find_escape_neurons(network))
    assert decide_form(network, escaping) == "semidefinite"
    random = Random(3)
    lines = [random_direction(random, network) for _ in range(100)]
    lines += [part.combined(ray.x).move for part in slices(network) for ray in null_rays(part)
              if not isinstance(ray, str)]
    for line in lines:
        found = path(network, line)
        assert found is not None and not found.falls


@pytest.mark.parametrize("network", [CURVE_ONLY, FIVE])
@pytest.mark.parametrize("scale", [-3, -1, 0, 2, 6, 10])
def test_null_lines_with_scalings_rise_at_order_four(network: ReluNetwork, scale: int) -> None:
    """D = x + c_A (w_A, -h_A) + c_B (w_B, -h_B) is a null direction too, for all c."""
    ray = next(ray for ray in null_rays(slices(network)[0]) if not isinstance(ray, str))
    x = slices(network)[0].combined(ray.x).move
    for other in (-scale, scale, 1):
        shares = (scale, other)
        line = Direction(tuple(tuple(a + c * b for a, b in zip(*rows, strict=True))
                               for c, *rows in zip(shares, x.W, network.W, strict=True)),
                         tuple(tuple(a - c * b for c, a, b in zip(shares, *rows, strict=True))
                               for rows in zip(x.H, network.H, strict=True)))
        found = path(network, line)
        assert found is not None and (found.order, found.falls) == (4, False)


def test_the_terms_of_order_four_are_those_worked_out_by_hand() -> None:
    """At t = 1: 65/2 along the line for FOURTH, 2 at best; for CURVE_ONLY 16580 and -207368/15."""
    for network, line, best in ((FOURTH, F(65, 2), F(2)), (CURVE_ONLY, F(16580), F(-207368, 15))):
        part = slices(network)[0]
        for ray in null_rays(part):
            assert not isinstance(ray, str) and ray.third == 0 and ray.fourth is not None
            step = part.combined(ray.x)
            size = max(abs(a) for a in step.move.W[0])
            bent = part.second(step, step)
            assert sum(a * a for a in bent) / 2 == line * size**4
            assert ray.fourth == best * size**4


def test_the_third_order_is_the_one_worked_out_by_hand() -> None:
    rays = [ray for ray in null_rays(slices(THIRD)[0]) if not isinstance(ray, str)]
    assert sorted(ray.third for ray in rays) == [F(-430416, 10**4) * 50**3, F(430416, 10**4) * 50**3]


def test_a_null_ray_on_one_side_of_a_kink_alone() -> None:
    sides = [list(null_rays(part)) for part in slices(ONE_SIDED)]
    assert sorted(map(len, sides)) == [0, 1]


def test_two_coordinates_of_a_kernel_are_reported_and_still_searched() -> None:
    """A coordinate twice gives a kernel of dimension 1, two of them one of dimension 2."""
    part = slices(truncated("1/2"))[0]
    assert list(null_rays(part)) == []
    full = Slice(part.network, (part.steps[0], *part.steps), part.free + 1)
    assert all(not isinstance(ray, str) for ray in null_rays(full))
    twice = Slice(part.network, (part.steps[0], *part.steps, part.steps[1]), part.free + 2)
    assert any(isinstance(ray, str) and "dimension 2" in ray for ray in null_rays(twice))
    found = [[isinstance(ray, str) for ray in null_rays(twice, range(most))] for most in (0, 3, 100)]
    reasons = found[0].count(True)  # all are named, however few vectors of the kernel are tried
    assert reasons > 0 and [x.count(True) for x in found] == [reasons] * 3
    assert found[0].count(False) <= found[1].count(False) <= found[0].count(False) + 3
    assert found[1].count(False) < found[2].count(False)


def test_a_kernel_that_is_not_understood_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symplateau.relu.slices.loss_preserving", lambda network: [])
    found = decide_type(truncated("1/2"))
    assert found.verdict == "undecided" and "kernel of dimension 2" in found.reason and found.next


def test_a_fourth_order_of_zero_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the theorem on blocks of one neuron, the circle of minima has kappa = 0."""
    network = pair(1, samples=2)
    rays = list(null_rays(slices(network)[0]))
    assert [not isinstance(ray, str) and (ray.third, ray.fourth) for ray in rays] == [(0, 0), (0, 0)]
    with pytest.raises(Undecided, match="order 3 and 4"):
        decide_degenerate(network)
    assert find_descent(network, (0,)) is None


def test_blocks_are_those_of_common_samples() -> None:
    assert blocks(CURVE_ONLY) == [(0, 1)]
    two = beside(1, 2)
    assert sorted(blocks(two)) == [(0,), (1,)]
    assert restricted(two, (1,)).residuals == pair(2).residuals
    leaky = ReluNetwork(two.X, two.Y, two.W, two.H, (F(1), F(1, 10)))
    assert blocks(leaky) == [(0, 1)]
    dead = ReluNetwork.from_arrays([[1, 0]], [[1, 1]], [[1, 0], [-1, 0]], [[1, 2], [1, 2]])
    assert blocks(dead) == [(0,)] and seen(dead, 1) == ()


def test_a_block_that_is_undecided_does_not_hide_another_that_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of two neurons is a minimum of the second kind, the second one a saddle."""
    def refuse(network: ReluNetwork, escaping: list[int]) -> object:
        if network.residuals[0][1] == 1:
            raise Undecided("many", "fewer")
        return decide_form(network, escaping)

    monkeypatch.setattr("symplateau.relu.blocks.decide_form", refuse)
    assert decide_type(beside(1, 2)).verdict == "saddle"
    found = decide_type(beside(1, 1))
    assert (found.verdict, found.reason, found.next) == ("undecided", "many", "fewer")


@pytest.mark.parametrize("seed", range(10))
def test_the_polynomial_of_a_slice_is_the_loss(seed: int) -> None:
    random = Random(seed)
    for network in (CURVE_ONLY, ONE_SIDED, truncated("1")):
        for part in slices(network):
            x = [F(random.randint(-2, 2)) for _ in range(part.free)]
            x += [F(random.randint(0, 2)) for _ in part.steps[part.free :]]
            step, errors = part.combined(x), [e for row in network.residuals for e in row]
            a, b = part.first(step), part.second(step, step)
            t = F(1, 10**4)
            change = sum(e * (t * p + t * t * q) + (t * p + t * t * q) ** 2 / 2
                         for e, p, q in zip(errors, a, b, strict=True))
            assert plain_loss(at(network, step.move, t)) - plain_loss(network) == change


def test_moves_that_keep_the_loss_keep_the_outputs_at_first_order() -> None:
    for network in (FIVE, truncated("1/2"), beside(1, 2)):
        found = loss_preserving(network)
        assert found
        for move in found:
            assert all(sum((a * b for a, b in zip(*rows, strict=True)), F(0)) == 0
                       for rows in zip(move.W, network.W, strict=True))
            t = F(1, 10**3)
            assert abs(plain_loss(at(network, move, t)) - plain_loss(network)) <= 100 * t**2 * (1 + max(
                map(abs, flattened(move)))) ** 4
    assert loss_preserving(CURVE_ONLY) == []  # every direction of the inputs is seen, the patterns differ
    assert len(loss_preserving(truncated("1"))) == 2


def test_a_singular_system_has_no_solution() -> None:
    assert solved([[F(2), F(1)], [F(1), F(1)]], [F(3), F(2)]) == (1, 1)
    assert solved([[F(1), F(1)], [F(1), F(1)]], [F(1), F(2)]) is None
    assert solved([[F(1), F(1)], [F(1), F(1)]], [F(1), F(1)]) is None
    assert solved([], []) == ()


def test_a_bend_that_the_cone_forbids_is_not_taken() -> None:
    """On the ray x, y may take no negative coordinate that is one-sided and 0 in x."""
    part = slices(ONE_SIDED)[1]
    for side in slices(ONE_SIDED):
        for ray in null_rays(side):
            assert not isinstance(ray, str)
            assert all(y >= 0 or x for x, y in zip(ray.x[side.free :], ray.bend[side.free :], strict=True))
    assert null_ray(part, (F(1),) + (F(0),) * (len(part.steps) - 1)).x[0] == 1


@pytest.mark.parametrize("seed", range(12))
def test_best_approximations_of_rank_one_are_of_the_second_kind_unless_exact(seed: int) -> None:
    """Of all matrices of rank 2: minima of the second kind are not the exception with several outputs."""
    random = Random(seed)

    def unit() -> tuple[F, F]:
        t = F(random.randint(-9, 9), random.randint(1, 9))
        return (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)

    first, left, right = F(random.randint(1, 9), random.randint(1, 4)), unit(), unit()
    for part, verdict, kind in ((F(1, 7), "local minimum", 2), (F(-1), "local minimum", 2),
                                (F(0), "local minimum", 1), (F(8, 7), "saddle", None)):
        found = decide_type(approximation(first, part * first, left, right))
        assert (found.verdict, found.kind, bool(found.escapes)) == (verdict, kind, part != 0)


def test_too_many_cones_or_one_sided_coordinates_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    part = slices(ONE_SIDED)[0]
    monkeypatch.setattr("symplateau.relu.degenerate.MAX_SIGNED", 0)
    assert [type(ray) for ray in null_rays(part)] == [str]
    monkeypatch.setattr("symplateau.relu.degenerate.MAX_CONES", 1)
    with pytest.raises(Undecided, match="too many combinations"):
        decide_degenerate(ONE_SIDED)
