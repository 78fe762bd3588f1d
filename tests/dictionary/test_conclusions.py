"""The sentences that lead from statements to claims are trusted: networks may contradict them here."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from .lemmas import NEGATIVE, POSITIVE, random_move
from .nearby import near
from .networks import (
    EVERY,
    RATIONAL,
    Matrix,
    combined,
    inertia,
    random_row,
    random_shares,
    random_signs,
    square,
    stationary_net,
)
from .points import random_congruence
from .relu_networks import Kinked, is_stationary
from .relu_networks import random_move as random_kinked_move
from .silence import silent


def test_inertia_of_small_matrices() -> None:
    def matrix(*rows: tuple[int, ...]) -> Matrix:
        return tuple(tuple(map(Fraction, row)) for row in rows)

    assert inertia(matrix((0, 1), (1, 0))) == (1, 0, 1)
    assert inertia(matrix((1, 2), (2, 4))) == (1, 1, 0)
    assert inertia(matrix((-1, 0, 0), (0, 0, 0), (0, 0, -3))) == (0, 1, 2)
    assert inertia(matrix((0, 0, 1), (0, 5, 0), (1, 0, 0))) == (2, 0, 1)


@pytest.mark.parametrize("daughters", [2, 3])
@pytest.mark.parametrize("sign", [0, 1, -1])
def test_the_inertia_formula(daughters: int, sign: int) -> None:
    """S/inertia, on exact networks."""
    for seed in range(6):
        random = Random(100 * daughters + 10 * sign + seed)
        net, r = stationary_net(random, EVERY[seed % 3], sign)
        shares = random_shares(random, random_signs(random, daughters))
        p, q = sum(x > 0 for x in shares), sum(x < 0 for x in shares)
        narrow, (plus, zero, minus) = inertia(net.hessian()), inertia(net.inner(r))
        idle = daughters - 1 + (daughters - p - q) * len(net.X[0])
        assert inertia(net.split(r, shares).hessian()) == (
            narrow[0] + (p - 1) * plus + q * minus,
            narrow[1] + (p - 1 + q) * zero + idle,
            narrow[2] + (p - 1) * minus + q * plus)


def test_inertia_and_margin_of_a_nondegenerate_point() -> None:
    """S/nondegenerate-point: both follow from the one inequality."""
    for seed in range(8):
        c = random_congruence(Random(seed))
        hessian = c.near.hessian()
        assert inertia(hessian) == (c.D.count(1), 0, c.D.count(-1))
        least = abs(np.linalg.eigvalsh(np.array([[float(x) for x in row] for row in hessian]))).min()
        assert least * (1 + 1e-9) >= (1 - c.Z) / max(Fraction(1), sum(map(square, c.S), Fraction(0)))


@pytest.mark.parametrize("positive", [True, False])
def test_split_minima_are_minima(positive: bool) -> None:
    """Theorem 1: no random point nearby is lower, in either case, and the hypotheses hold near by."""
    random = Random(7)
    points = [point for point in (near(random, 3) for _ in range(16)) if point.positive is positive]
    assert len(points) >= 4
    for point in points:
        split = point.net.split(point.r, point.start)
        for _ in range(5):
            step = random_row(random, len(split.theta()), 10**9)
            assert split.at(combined(split.theta(), 1, step)).loss >= split.loss


@pytest.mark.parametrize("claim", [POSITIVE, NEGATIVE])
def test_shorter_moves_fall_too(claim: str) -> None:
    """Lemma 4: once a move is short enough, all shorter ones along the same direction lower the loss."""
    for seed in range(4):
        move = random_move(Random(seed), 3, claim)
        assert move.net.smooth in RATIONAL
        for factor in (2, 7, 100):
            shorter = type(move)(move.net, move.r, move.shares, move.c, move.a, move.t / factor)
            assert shorter.moved.loss < shorter.split.loss


def around(random: Random, net: Kinked, size: Fraction) -> list[Fraction]:
    """Losses at random places near by."""
    moves = [random_kinked_move(random, net) for _ in range(40)]
    return [net.moved(move, min(size, net.short(move))).loss for move in moves]


def test_local_maxima_are_where_waking_neurons_lower_the_loss() -> None:
    """B/appendix-d/local-maxima, both ways; they are not stationary unless no sample is on a kink."""
    for seed in range(12):
        random = Random(seed)
        top, other = (silent(random, 1 + seed % 3, rising) for rising in (False, True))
        assert max(around(random, top, Fraction(1, 10**4))) <= top.loss
        assert min(around(random, top, Fraction(1, 10**4))) < top.loss and not is_stationary(top, random)
        assert max(around(random, other, Fraction(1, 10**4))) > other.loss
        dead = Kinked(top.a, top.b, top.X[2:], top.y[2:], top.h, top.W)
        assert is_stationary(dead, random) and set(around(random, dead, Fraction(1))) == {dead.loss}
