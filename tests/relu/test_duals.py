"""Duals in the form of certificates: against the decision on generators, by hand, and spoiled."""

from random import Random

import pytest

from symplateau.errors import Undecided
from symplateau.relu.duals import dual_of, find_dual, proves, slope_of
from symplateau.relu.network import Direction
from symplateau.relu.piecewise import PiecewiseLinear
from symplateau.relu.positivity import Violation, decide_by_rays
from symplateau.relu.stationarity import Stationary, decide_stationarity

from .networks import F, at, balanced, interpolated, plain_loss, row


def bends(*terms: tuple[int, list[int]]) -> list[tuple[F, tuple[F, ...]]]:
    return [(F(c), tuple(map(F, x))) for c, x in terms]


def test_by_hand() -> None:
    """|t| + t has the one share -1; |a| + |b| >= |a + b| pattern by pattern."""
    assert dual_of((F(1),), bends((1, [1]))) == ((F(-1),),)
    triangle = bends((1, [1, 0]), (1, [0, 1]), (-1, [1, 1]))
    assert dual_of((F(0), F(0)), triangle) == ((F(1), F(1)), (F(-1), F(-1)))
    assert dual_of((F(0), F(0)), []) == ((),)


def test_parallel_kinks_keep_their_own_shares() -> None:
    """2|t| + |-3t| + 5t: all of both is needed, with opposite signs; zero kinks and coefficients drop out."""
    terms = bends((2, [1]), (1, [-3]), (0, [7]), (4, [0]))
    assert dual_of((F(5),), terms) == ((F(-1), F(1)),)


@pytest.mark.parametrize("linear, terms", [
    ((2,), [(1, [1])]),  # steeper than the kink
    ((1, 0), [(1, [0, 1])]),  # off the span of the kinks
    ((0, 0), [(1, [1, 0]), (1, [0, 1]), (-2, [1, 1])]),  # one pattern fails
    ((0,), [(-1, [1])]),
])
def test_a_function_with_a_negative_value_has_no_dual(linear: tuple[int, ...], terms: list) -> None:
    with pytest.raises(Undecided, match="negative somewhere"):
        dual_of(tuple(map(F, linear)), bends(*terms))


def test_too_many_patterns_are_refused() -> None:
    with pytest.raises(Undecided, match="11 kink samples"):
        dual_of((F(0),), bends(*[(-1, [1])] * 11, (11, [1])))


def test_a_spoiled_dual_proves_nothing() -> None:
    linear, terms = (F(1), F(0)), bends((2, [1, 0]), (1, [0, 1]), (-1, [1, 1]))
    rows = dual_of(linear, terms)
    assert proves(rows, linear, terms)
    assert not proves(rows[:1], linear, terms) and not proves(rows[::-1], linear, terms)
    assert not proves(rows, (F(1), F(1)), terms)
    assert not proves(rows, linear, bends((2, [1, 0]), (1, [0, 1])))
    assert not proves(tuple(r[:1] for r in rows), linear, terms)
    assert not proves(((F(-2),),), (F(2),), bends((1, [1])))  # the equation holds, the share is too large


@pytest.mark.parametrize("seed", range(80))
def test_duals_exist_where_the_generators_say_so(seed: int) -> None:
    random = Random(seed)
    d = random.randint(1, 3)
    terms = [(F(random.choice([3, 2, 1, 1, -1])), row(random, d, -1, 1)) for _ in range(random.randint(0, 5))]
    inside = [F(random.randint(-4, 4), 4) * c for c, _ in terms]
    linear = tuple(sum((s * x[a] for s, (_, x) in zip(inside, terms, strict=True)), F(0)) for a in range(d))
    merged = PiecewiseLinear.merged(linear, [c for c, _ in terms], [x for _, x in terms])
    if isinstance(decide_by_rays(merged), Violation):
        with pytest.raises(Undecided):
            dual_of(linear, terms)
    else:
        assert proves(dual_of(linear, terms), linear, terms)


@pytest.mark.parametrize("seed", range(60))
def test_the_slope_of_a_neuron_is_a_derivative_of_the_loss_in_every_direction(seed: int) -> None:
    """Also along w_i, since dL/dh = 0; and stationarity gives every neuron a dual."""
    random = Random(seed)
    network = balanced(random, random.randint(1, 3), 1 + seed % 2)
    stationary, refused = isinstance(decide_stationarity(network), Stationary), 0
    for i in range(network.n_hidden):
        total = slope_of(network, i, network.output_weights(i))
        for _ in range(3):
            t = row(random, network.n_inputs)
            move = Direction.of_neuron(network, i, w=t)
            value = sum((c * abs(sum(a * b for a, b in zip(x, t, strict=True))) for c, x in total.bends),
                        sum((a * b for a, b in zip(total.linear, t, strict=True)), F(0)))
            assert value == interpolated(lambda s, m=move: plain_loss(at(network, m, s)))[1]
        try:
            find_dual(total)
        except Undecided:
            refused += 1
    assert stationary == (not refused)
