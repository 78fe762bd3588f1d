"""Piecewise linear functions: linear programs against generators, and both against plain evaluation."""

from contextlib import suppress
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from symplateau.errors import Undecided
from symplateau.relu import arrangement as arrangements
from symplateau.relu.arrangement import arrangement
from symplateau.relu.network import Direction
from symplateau.relu.piecewise import PiecewiseLinear, neuron_slopes
from symplateau.relu.positivity import (
    Dual,
    Rays,
    Violation,
    decide_by_duals,
    decide_by_rays,
    decide_nonnegative,
)
from symplateau.relu.vectors import dot, null_space, primitive
from symplateau.relu.zeros import domination, find_flat_direction, find_ratio, nonzero_point, zero_cones
from symplateau.simplex import Infeasible, Optimum, Unbounded, minimize

from .networks import F, at, interpolated, plain_loss, random_network, row

Vector = tuple[Fraction, ...]


def function(linear: list[int], *bends: tuple[int, list[int]], normals: list[list[int]] | None = None,
             ) -> PiecewiseLinear:
    def exact(entries: list[int]) -> Vector:
        return tuple(map(F, entries))

    return PiecewiseLinear.merged(exact(linear), [F(c) for c, _ in bends], [exact(x) for _, x in bends],
                                  [exact(x) for x in normals or []])


def random_functions(random: Random, count: int) -> list[PiecewiseLinear]:
    """Over the same kinks; the linear part is often inside what the kinks can balance."""
    d, m = random.randint(1, 3), random.randint(0, 4)
    kinks = [row(random, d, -1, 1) for _ in range(m)]
    normals = [row(random, d, -1, 1)] if random.random() < 0.4 else []
    found = []
    for _ in range(count):
        c = [F(random.choice([3, 2, 1, 1, 0, -1])) for _ in range(m)]
        inside = [F(random.randint(-4, 4), 4) * x for x in c]
        linear = tuple(sum((s * k[a] for s, k in zip(inside, kinks, strict=True)), F(0)) for a in range(d))
        found.append(PiecewiseLinear.merged(linear, c, kinks, normals))
    return found


def directions(g: PiecewiseLinear) -> list[Vector]:
    """A grid of the subspace that contains many of its rational directions."""
    basis = null_space(g.normals, g.dimension)
    return [tuple(sum((F(f * b[a]) for f, b in zip(factors, basis, strict=True)), F(0))
                  for a in range(g.dimension)) for factors in product(range(-3, 4), repeat=len(basis))]


# Linear programs


@pytest.mark.parametrize("seed", range(60))
def test_the_optimum_is_that_of_all_vertices(seed: int) -> None:
    random = Random(seed)
    n, size = random.randint(1, 5), random.randint(1, 3)
    columns = [[random.randint(-2, 2) for _ in range(size)] for _ in range(n)]
    right = [random.randint(-3, 3) for _ in range(size)]
    upper = [F(random.randint(0, 3)) for _ in range(n)]
    costs = [random.randint(-3, 3) for _ in range(n)]
    found = minimize(columns, right, upper, costs)
    best = vertices(columns, right, upper, costs)
    if best is None:
        assert isinstance(found, Infeasible)
        reach = sum((max(F(0), dot(found.y, c)) * u for c, u in zip(columns, upper, strict=True)), F(0))
        assert dot(found.y, right) > reach
    else:
        assert isinstance(found, Optimum) and found.cost == best == dot(costs, found.x)
        assert all(0 <= x <= u for x, u in zip(found.x, upper, strict=True))
        assert [dot(found.x, r) for r in zip(*columns, strict=True)] == right


def vertices(columns: list[list[int]], right: list[int], upper: list[Fraction],
             costs: list[int]) -> Fraction | None:
    """The least cost over the points of the box where the rows determine the coordinates off their bounds."""
    best = None
    for states in product("lub", repeat=len(columns)):
        basic = [k for k, s in enumerate(states) if s == "b"]
        fixed = [upper[k] if s == "u" else F(0) for k, s in enumerate(states)]
        rest = [b - dot(fixed, r) for b, r in zip(right, zip(*columns, strict=True), strict=True)]
        rows = [[F(columns[k][i]) for k in basic] + [-rest[i]] for i in range(len(right))]
        solutions = null_space(rows, len(basic) + 1)
        if len(solutions) == 1 and solutions[0][-1]:
            for k, x in zip(basic, solutions[0], strict=False):
                fixed[k] = F(x, solutions[0][-1])
            if all(0 <= x <= u for x, u in zip(fixed, upper, strict=True)):
                cost = dot(costs, fixed)
                best = cost if best is None else min(best, cost)
    return best


def test_an_unbounded_cost_is_named() -> None:
    assert isinstance(minimize([[1], [-1]], [0], costs=[-1, 0]), Unbounded)
    assert isinstance(minimize([[1], [-1]], [0], [F(2), F(2)], [-1, 0]), Optimum)


def test_a_cycling_example_ends() -> None:
    # Beale's example: without Bland's rule the pivots repeat.
    columns = [["1/4", "1/2", 0], [-60, -90, 0], ["-1/25", "-1/50", 1], [9, 3, 0],
               [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    found = minimize([[F(x) for x in c] for c in columns], [0, 0, 1],
                     costs=[F("-3/4"), 150, F("-1/50"), 6, 0, 0, 0])
    assert isinstance(found, Optimum) and found.cost == F(-1, 20)


# Functions


def test_parallel_kinks_merge_and_zero_kinks_vanish() -> None:
    g = function([0, 0], (1, [1, 1]), (2, [-2, -2]), (5, [0, 0]), (-5, [2, 2]))
    assert (g.kinks, g.coefficients) == (((1, 1),), (F(-5),))
    assert function([0, 0], (1, [1, 2]), (1, [1, 1]), normals=[[0, 1]]).kinks == ((1, 0),)
    assert primitive([F(0), F(0)]) == ((0, 0), 0)


@pytest.mark.parametrize("seed", range(60))
def test_both_decisions_agree_with_evaluation(seed: int) -> None:
    for g in random_functions(Random(seed), 4):
        by_duals, by_rays = decide_by_duals(g), decide_by_rays(g)
        assert isinstance(by_duals, Violation) == isinstance(by_rays, Violation)
        for found in (by_duals, by_rays, decide_nonnegative(g)):
            if isinstance(found, Violation):
                assert g(found.t) == found.value < 0
                assert not any(dot(n, found.t) for n in g.normals)
            else:
                assert found.proves(g)
                assert all(g(t) >= 0 for t in directions(g))


def test_both_answers_occur() -> None:
    functions = [g for seed in range(60) for g in random_functions(Random(seed), 4)]
    found = [isinstance(decide_nonnegative(g), Violation) for g in functions]
    assert min(found.count(True), found.count(False)) > 40


def test_the_examples_of_appendix_c_and_their_mirror_images() -> None:
    ridge = function([0, 0], (1, [1, 1]))  # |x + y|, appendix C.1
    assert decide_nonnegative(ridge) == Dual(((F(0),),), ((),))
    assert isinstance(decide_nonnegative(ridge.times(-1)), Violation)
    assert isinstance(decide_nonnegative(function([1, 1], (1, [1, 1]))), Dual)
    assert isinstance(decide_nonnegative(function([1, 2], (1, [1, 1]))), Violation)  # off the kinks' span
    assert isinstance(decide_nonnegative(function([3, 3], (2, [1, 1]))), Violation)  # steeper than the kink
    assert isinstance(decide_nonnegative(function([1, 2], (1, [1, 1]), normals=[[0, 1]])), Dual)


def test_a_negative_bend_is_decided_by_both_patterns() -> None:
    held = function([0, 0], (1, [1, 0]), (1, [0, 1]), (-1, [1, 1]))  # |x| + |y| >= |x + y|
    found = decide_by_duals(held)
    assert isinstance(found, Dual) and len(found.shares) == 2 and found.proves(held)
    assert isinstance(decide_by_duals(function([0, 0], (1, [1, 0]), (1, [0, 1]), (-2, [1, 1]))), Violation)


def test_a_spoiled_certificate_proves_nothing() -> None:
    g = function([1, 0], (1, [1, 0]), (1, [0, 1]), (-1, [1, 1]))
    held = g.times(1, function([-1, 0], (0, [1, 0]), (0, [0, 1]), (0, [1, 1])))
    found = decide_by_duals(held)
    assert isinstance(found, Dual) and found.proves(held)
    assert not found.proves(g)
    assert not Dual(found.shares[:1], found.multipliers[:1]).proves(held)
    assert not Dual(found.shares[::-1], found.multipliers).proves(held)
    assert not Dual(tuple(tuple(2 * s for s in r) for r in found.shares), found.multipliers).proves(held)
    steep = function([3], (2, [1]))
    assert not Dual(((F(-3, 2),),), ((),)).proves(steep)  # the equation holds, the share is too large
    assert not Dual(((F(1),), (F(1),)), ((), ())).proves(function([2], (-2, [1])))  # one pattern is missing
    rays = decide_by_rays(held)
    assert isinstance(rays, Rays) and rays.proves(held) and not rays.proves(g)


def test_on_a_cone() -> None:
    g = function([1, 0], (0, [1, 0]))
    found = decide_by_duals(g, [(1, 0)])
    assert isinstance(found, Dual) and found.proves(g, [(1, 0)])
    assert not found.proves(g, [(0, 1)]) and not found.proves(g)
    assert isinstance(decide_by_duals(g, [(0, 1)]), Violation)


def test_the_generators_of_three_lines_and_of_a_pencil() -> None:
    lines = arrangement(((1, 0), (0, 1), (1, 1)), (), 2)
    assert lines.lineality == () and len(lines.rays) == 6
    pencil = arrangement(((1, 0, 0), (0, 1, 0), (1, 1, 0)), (), 3)
    assert pencil.lineality == ((0, 0, 1),) and len(pencil.rays) == 6
    general = arrangement(((1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)), (), 3)
    assert len(general.rays) == 12  # 2 binom(4, 2)
    assert arrangement((), ((1, 0),), 2).lineality == ((0, 1),)


# Zero sets and ratios


def pairs(seed: int) -> tuple[PiecewiseLinear, list[PiecewiseLinear]] | None:
    """G >= 0 and others over the same kinks, or None."""
    total, *others = random_functions(Random(seed), 3)
    others = [g if n else total.times(F(3, 2)) for n, g in enumerate(others)]
    return None if isinstance(decide_nonnegative(total), Violation) else (total, others)


@pytest.mark.parametrize("seed", range(60))
def test_flat_directions_and_ratios_by_both_ways(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if (found := pairs(seed)) is None:
        return
    total, others = found
    flat = find_flat_direction(total, others)
    ratio = None if flat else find_ratio(total, others)
    monkeypatch.setattr(arrangements, "MAX_RAYS", -1)
    by_duals = find_flat_direction(total, others)
    assert (flat is None) == (by_duals is None)
    for hit in (flat, by_duals):
        if hit is not None:
            assert total(hit.t) == 0 != hit.value == others[hit.output](hit.t)
    if ratio is None:
        return
    assert all(abs(g(t)) <= ratio.value * total(t) for g in others for t in directions(total))
    if ratio.t is not None:
        assert max(abs(g(ratio.t)) for g in others) == ratio.value * total(ratio.t) > 0
    with suppress(Undecided):
        assert find_ratio(total, others).value >= ratio.value
    monkeypatch.undo()
    assert len(domination(total, others, ratio.value)) == 2 * len(others)
    if ratio.value:
        with pytest.raises(ValueError, match="too small"):
            domination(total, others, ratio.value * F(999, 1000))


@pytest.mark.parametrize("seed", range(40))
def test_a_function_that_is_not_zero_has_a_point_that_shows_it(seed: int) -> None:
    for g in random_functions(Random(seed), 3):
        if g.is_zero:
            assert not any(g(t) for t in directions(g))
            with pytest.raises(ValueError, match="zero"):
                nonzero_point(g)
        else:
            assert g(nonzero_point(g)) != 0 and not any(dot(n, nonzero_point(g)) for n in g.normals)


def test_many_kinks_are_decided_without_generators() -> None:
    """Twenty-four kinks in five dimensions have too many rays."""
    random = Random(7)
    bends = [(random.randint(1, 3), [random.randint(-9, 9) for _ in range(5)]) for _ in range(24)]
    total = function([0] * 5, *bends[:4], *((0, x) for _, x in bends[4:]))
    other = function([0] * 5, *((c * (n % 2), x) for n, (c, x) in enumerate(bends)))
    proportional = total.times(-3)
    with pytest.raises(Undecided):
        arrangement(total.kinks, (), 5)
    assert find_flat_direction(total, [proportional]) is None
    flat = find_flat_direction(total, [proportional, function([0, 0, 0, 0, 1], *((0, x) for _, x in bends))])
    assert flat is not None and total(flat.t) == 0 != flat.value and flat.output == 1
    flat = find_flat_direction(total.times(0), [total.times(0), other])
    assert flat is not None and other(flat.t) == flat.value != 0


def test_both_kinds_of_pair_occur() -> None:
    found = [find_flat_direction(*p) is None for s in range(160) if (p := pairs(s))]
    assert min(found.count(True), found.count(False)) > 10


@pytest.mark.parametrize("seed", range(60))
def test_the_zero_cones_are_the_zero_set(seed: int) -> None:
    if (found := pairs(seed)) is None:
        return
    total, _ = found
    cones = zero_cones(total)
    for t in directions(total):
        assert (total(t) == 0) == any(all(dot(r, t) >= 0 for r in cone) for cone in cones)


def test_a_ratio_by_linear_programs_may_be_worse_but_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    total = function([0, 0], (2, [1, 0]), (1, [0, 1]))
    g = function([1, 0], (0, [1, 0]), (-3, [0, 1]))
    exact = find_ratio(total, [g])
    monkeypatch.setattr(arrangements, "MAX_RAYS", -1)
    assert (exact.value, exact.smallest) == (F(3), True)
    assert find_ratio(total, [g]) == type(exact)(F(3), False)


@pytest.mark.parametrize("seed", range(40))
def test_the_slopes_of_a_neuron_are_derivatives_of_the_loss(seed: int) -> None:
    random = Random(seed)
    network = random_network(random)
    for i in range(network.n_hidden):
        total = neuron_slopes(network, i).total
        for t in directions(total)[::5]:
            direction = Direction.of_neuron(network, i, w=t)
            assert total(t) == interpolated(lambda s, d=direction: plain_loss(at(network, d, s)))[1]


def test_a_ratio_where_no_multiple_is_convex(monkeypatch: pytest.MonkeyPatch) -> None:
    """4|x| + 4|y| - 2|x + y| >= 2|x + y|: a power of two is found, and smaller ones do not hold."""
    total = function([0, 0], (4, [1, 0]), (4, [0, 1]), (-2, [1, 1]))
    g = function([0, 0], (0, [1, 0]), (0, [0, 1]), (1, [1, 1]))
    exact = find_ratio(total, [g])
    monkeypatch.setattr(arrangements, "MAX_RAYS", -1)
    found = find_ratio(total, [g])
    assert (exact.value, found.smallest) == (F(1, 2), False) and exact.value <= found.value <= 2 * exact.value
    assert len(domination(total, [g], found.value)) == 2


def test_a_ratio_that_does_not_exist_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    total, g = function([0, 0], (4, [1, 0]), (0, [0, 1])), function([0, 0], (0, [1, 0]), (-1, [0, 1]))
    monkeypatch.setattr(arrangements, "MAX_RAYS", -1)
    with pytest.raises(Undecided, match="no multiple"):
        find_ratio(total, [g])


def test_proportional_slopes_need_no_generators() -> None:
    total = function([0, 0], (2, [1, 0]), (1, [0, 1]))
    ratio = find_ratio(total, [total.times(-3), total])
    assert (ratio.value, ratio.smallest) == (3, True) and ratio.t is not None and total(ratio.t) > 0
    assert find_ratio(total.times(0), [total.times(0)]).value == 0
