"""Shares proposed for many sign patterns at once: exact, within their bounds, none where there are none."""

from fractions import Fraction
from random import Random

import pytest

from symplateau.relu.balances import balances
from symplateau.relu.positivity import Dual, _proposed, decide_by_duals
from symplateau.simplex import Optimum, minimize

from .networks import F
from .test_piecewise import function


def instance(seed: int) -> tuple:
    random = Random(seed)
    d, m = random.randint(1, 4), random.randint(1, 7)
    lines = [tuple(random.randint(-2, 2) for _ in range(d)) for _ in range(m)]
    heights = [F(random.randint(1, 5), random.randint(1, 3)) for _ in lines]
    rests = []
    for _ in range(6):
        s = [F(random.randint(-10, 10), 8) for _ in lines]
        rests.append(tuple(-sum((a * c * x[p] for a, c, x in zip(s, heights, lines, strict=True)), F(0))
                           for p in range(d)))
    return lines, heights, rests


def solvable(lines: list, heights: list, rest: tuple[Fraction, ...]) -> bool:
    columns = [[c * x for x in line] for c, line in zip(heights, lines, strict=True)]
    right = [sum((column[p] for column in columns), F(0)) - r for p, r in enumerate(rest)]
    return isinstance(minimize(columns, right, [F(2)] * len(columns)), Optimum)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_found_solves_the_equations_within_the_bounds(seed: int) -> None:
    lines, heights, rests = instance(seed)
    for rest, shares in zip(rests, balances(lines, heights, rests), strict=True):
        if shares is not None:
            assert all(abs(s) <= 1 for s in shares) and solvable(lines, heights, rest)
            assert not any(r + sum(s * c * x[p] for s, c, x in zip(shares, heights, lines, strict=True))
                           for p, r in enumerate(rest))


def test_most_that_can_be_balanced_are_and_others_are_not() -> None:
    counts = {True: [0, 0], False: [0, 0]}
    for seed in range(40):
        lines, heights, rests = instance(seed)
        for rest, shares in zip(rests, balances(lines, heights, rests), strict=True):
            counts[solvable(lines, heights, rest)][shares is not None] += 1
    assert counts[False][1] == 0 < counts[False][0]
    assert counts[True][1] > 2 * counts[True][0]


def test_nothing_to_balance_with() -> None:
    assert balances([], [], [(F(0),), (F(1),)]) == [None, None]
    assert balances([(1,)], [F(1)], []) == []
    assert balances([(1, 0)], [F(1)], [(F(0), F(1)), (F(1, 2), F(0))]) == [None, (F(-1, 2),)]
    assert balances([(1,)], [F(10**400)], [(F(0),)]) == [None]  # beyond floats


def test_proposals_are_in_the_order_of_the_patterns_and_of_the_kinks() -> None:
    """Three kinks bend downwards; each pattern has its own shares."""
    bends = [(2, [1, 0]), (-1, [1, 2]), (5, [0, 1]), (-1, [2, 1]), (4, [1, 1]), (-1, [1, -1])]
    g = function([1, 0], *bends)
    found = decide_by_duals(g)
    assert isinstance(found, Dual) and len(found.shares) == 8 and found.proves(g)
    proposed = _proposed(g)
    assert any(row is not None for row in proposed)
    assert all(row is None or row == shares for row, shares in zip(proposed, found.shares, strict=True))
    spoiled = Dual(found.shares[::-1], found.multipliers)
    assert not spoiled.proves(g)
