"""Several outputs: irrational stationary points, by closed forms and differences; and refusals."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt
from random import Random

import numpy as np
import pytest
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from symplateau.errors import InputError, Undecided
from symplateau.relu.enclosed import EnclosedPoint, find_enclosed_point, find_nearest_point
from symplateau.relu.guesses import Guess
from symplateau.relu.nearby import ExactPoint
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.passive import Kept
from symplateau.relu.patterns import patterns
from symplateau.relu.rankone import layout, weights
from symplateau.relu.reduced import PREC, Part, Reduced, enclose_stationary, independent, projected_off
from symplateau.relu.slack import decide_enclosed_type, has_slack, sides_hold

from .networks import F, at, interpolated, plain_loss, random_direction

SQUARE = ([[1, 0], [0, 1]], [[2, 1], [1, 1]])  # MATH section 8: sqrt(5)
PLANE = ([["-0.3", "0.5"], [1, 1], ["-0.6", -1], ["0.4", "-0.4"]],
         [["0.6", "-0.5"], ["0.5", -1], ["-0.4", "0.6"], ["0.8", "0.2"]])  # appendix I.0.2
GOLDEN = (1 + sqrt(5)) / 2


def best(sizes: tuple[float, ...] = (1.0,)) -> tuple:
    """The best matrix of rank 1 of SQUARE in parallel neurons: w = (golden, 1) times the sizes, nearly."""
    w, n = np.array([GOLDEN, 1.0]), GOLDEN**2 + 1
    h = np.array([[2.0, 1], [1, 1]]) @ w / n
    parts = [s * s / sum(x * x for x in sizes) / s for s in sizes]
    return [list(s * w + 1e-7) for s in sizes], [[p * x - 1e-7 for p in parts] for x in h]


def assert_near_stationary(point: EnclosedPoint) -> None:
    """First derivatives of the plain loss at the centre are of the size of the radius, or positive."""
    random = Random(1)
    for _ in range(8):
        move = random_direction(random, point.centre)
        rate = interpolated(lambda t, m=move: plain_loss(at(point.centre, m, t)), F(1, 10**40))[1]
        assert rate > -1000 * point.radius


# Closed forms


def test_the_best_matrix_of_rank_one_with_its_square_root() -> None:
    """w is along (golden ratio, 1), mu = (7 + 3 sqrt 5) / 2, and the loss (7 - mu) / 2."""
    point = find_enclosed_point(*best(), *SQUARE, within="1/100000")
    assert (point.verdict, point.inertia, point.trust) == ("local minimum", (3, 0), "ball")
    assert point.radius < F(1, 10**15) and point.distance < F(1, 10**5)
    a, b = point.centre.W[0]
    ratio = a / b  # x^2 = x + 1
    assert abs(ratio * ratio - ratio - 1) < 100 * point.radius
    assert point.equation is not None and point.equation.coefficients == (1, -7, 1)
    root = (7 + 3 * Fraction(sqrt(5))) / 2
    assert point.equation.low - F(1, 10**12) < root < point.equation.high + F(1, 10**12)
    assert point.equation(point.equation.low) * point.equation(point.equation.high) <= 0
    assert abs(plain_loss(point.centre) - (7 - point.equation.low) / 2) < 1000 * point.radius
    assert_near_stationary(point)


def test_the_other_pair_of_singular_vectors_is_a_saddle() -> None:
    """A leaky slope lets a neuron see both samples, one on each leg: the activations are (1, -golden)."""
    Y = np.array([[2.0, 1], [1, 1]])
    values = np.array([1.0, -GOLDEN])  # activations: those of the second sample on the leg of slope 1/2
    h = Y.T @ values / (values @ values)
    H = [[x] for x in h]
    point = find_enclosed_point([[1.0, -2 * GOLDEN]], H, *SQUARE, slopes=(1, "1/2"), within="1/100000")
    assert (point.verdict, point.inertia) == ("saddle", (2, 1)) and "negative" in point.reason
    assert_near_stationary(point)


@pytest.mark.parametrize("sizes", [(1.0, 0.5), (0.7, 0.6, 0.2)])
def test_parallel_neurons_are_a_saddle_and_the_loss_falls_as_said(sizes: tuple[float, ...]) -> None:
    """Neurons 0 and 1 turn against each other: the plain loss falls for one of the signs."""
    point = find_enclosed_point(*best(sizes), *SQUARE, within="1/100000")
    assert point.verdict == "saddle" and "parallel" in point.reason
    assert point.tied == (tuple(range(len(sizes))),)
    W, H = point.centre.W, point.centre.H
    a = W[1][0] / W[0][0]
    b = H[0][1] / H[0][0]
    falls = []
    for side in (1, -1):
        turn, change = (-W[0][1], W[0][0]), (-H[1][0], H[0][0])
        moves = [turn, tuple(-x / b for x in turn), *[(F(0), F(0))] * (len(sizes) - 2)]
        heights = [[side * c, -side * c / a, *[F(0)] * (len(sizes) - 2)] for c in change]
        move = Direction(tuple(moves), tuple(map(tuple, heights)))
        falls.append(plain_loss(at(point.centre, move, F(1, 1000))) < plain_loss(point.centre) - F(1, 10**8))
    assert sorted(falls) == [False, True]


# Kinks, free patterns, small neurons


def kinked(target: int) -> tuple:
    """SQUARE in the plane of a kink: sample e3 at it, two samples e1 and e1 - e3 that pull towards it."""
    X = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, -1], [0, 1, 0]]
    Y = [["9/4", "5/4"], [1, 1], [target, target], ["7/4", "3/4"], [1, 1]]
    W, H = best()
    return [[*W[0], 1e-8]], H, X, Y


def test_a_kink_with_slack() -> None:
    point = find_enclosed_point(*kinked(-2), within="1/10000")
    assert point.kinks == ((2,),) and point.centre.W[0][2] == 0 and point.verdict == "local minimum"
    random = Random(0)
    for _ in range(40):
        move = random_direction(random, point.centre)
        assert plain_loss(at(point.centre, move, F(1, 10**5))) > plain_loss(point.centre) - 100 * point.radius


def test_the_kink_without_slack_is_refused() -> None:
    with pytest.raises(Undecided, match="tied patterns"):
        find_enclosed_point(*kinked(2), within="1/10000")


def plane(copies: int) -> tuple:
    """Near the third saddle of appendix I.0.2, with one neuron, or two, in group 1 and one in group 2."""
    x = np.array([[float(Fraction(v)) for v in r] for r in PLANE[0]])
    y = np.array([[float(Fraction(v)) for v in r] for r in PLANE[1]])
    w, h = np.array([-0.12, 0.63]), np.array([0.37, -0.53])
    for _ in range(500):  # alternate least squares on the samples that group 1 sees
        z = x[:2] @ w
        h = z @ y[:2] / (z @ z)
        w = np.linalg.lstsq(np.kron(x[:2], h[:, None]), y[:2].ravel(), rcond=None)[0]
    other = np.array([-0.76, -0.65])
    third = y[2] / (x[2] @ other)
    W = [*[list(w)] * copies, list(other)]
    return W, [[*[v / copies] * copies, t] for v, t in zip(h, third, strict=True)]


def test_one_neuron_per_group_is_a_local_minimum_although_the_point_is_a_saddle_of_wider_networks() -> None:
    point = find_enclosed_point(*plane(1), *PLANE, within="1/10000")
    assert (point.verdict, point.tied, point.free) == ("local minimum", ((0,),), ((1,),))
    assert point.equation is not None and point.equation.coefficients == (49, -744, 400)
    assert_near_stationary(point)
    random = Random(0)
    for _ in range(40):
        move = random_direction(random, point.centre)
        assert plain_loss(at(point.centre, move, F(1, 10**5))) > plain_loss(point.centre) - 100 * point.radius
    assert find_enclosed_point(*plane(2), *PLANE, within="1/10000").verdict == "saddle"


def test_the_nearer_of_both_points_is_taken() -> None:
    assert isinstance(find_nearest_point(*plane(1), *PLANE), EnclosedPoint)
    assert isinstance(find_nearest_point([[0, 0]], [[0], [0]], *SQUARE), ExactPoint)
    assert isinstance(find_nearest_point([[1]], [[1]], [[1]], [[1]]), ExactPoint)
    with pytest.raises(Undecided):
        find_nearest_point([["1/2"]], [[1]], [[1]], [[1]], within="1/100")


def test_a_small_neuron_near_a_saddle() -> None:
    W, H = plane(1)
    point = find_enclosed_point([*W, [1e-7, 1e-7]], [[*row, 1e-7] for row in H], *PLANE, within="1/10000")
    assert point.verdict == "saddle" and "weights 0" in point.reason
    assert [k.how for k in point.kept] == ["all weights 0"] and point.centre.W[2] == (0, 0)


def test_an_output_bias_is_fitted_with_the_free_patterns() -> None:
    """SQUARE and two samples that no neuron sees; descent in floats leads near the point."""
    X, Y = [[1, 0], [0, 1], [-1, -1], [-2, -1]], [[2, 1], [1, 1], ["1/2", 0], ["1/4", "1/8"]]
    x, y = np.array(X, float), np.array([[float(Fraction(v)) for v in r] for r in Y])
    (W, H), c = (np.array(a) for a in best()), np.zeros(2)
    for _ in range(4000):
        values = np.maximum(W @ x.T, 0)
        e = values.T @ H.T + c - y
        W, H, c = (W - 0.05 * ((H.T @ e.T) * (values > 0)) @ x, H - 0.05 * e.T @ values.T,
                   c - 0.05 * e.sum(axis=0))
    point = find_nearest_point(ReluNetwork.from_arrays(X, Y, W, H, c=c), within="1/10000")
    assert isinstance(point, EnclosedPoint) and point.centre.c is not None
    assert point.verdict == "local minimum"
    for j in range(2):  # dL/dc_j = 0
        assert abs(sum(e[j] for e in point.centre.residuals)) < 100 * point.radius
    assert_near_stationary(point)
    without = ReluNetwork.from_arrays(X, Y, W, H, c=[0, 0])
    with pytest.raises(Undecided):
        find_enclosed_point(without, within="1/10000")


# Refusals


def test_refusals() -> None:
    W, H = best()
    for within in ("1/100000000000000000000", 0):
        with pytest.raises(Undecided):
            find_enclosed_point(W, H, *SQUARE, within=within)
    with pytest.raises(InputError, match="within"):
        find_enclosed_point(W, H, *SQUARE, within=-1)
    with pytest.raises(Undecided):  # one output: nothing is tied
        find_enclosed_point([[1, 1]], [1], [[1, 0], [0, 1]], [1, 1])
    with pytest.raises(Undecided):
        find_enclosed_point([], [[], []], *SQUARE)


def test_a_continuum_of_stationary_points_is_not_enclosed() -> None:
    """Equal singular values: every direction is as good."""
    problem = Reduced((Part(fmpq_mat(2, 1, [0, 1]), fmpq_mat(2, 1, [1, 0])),), fmpq_mat(2, 2, [1, 0, 0, 1]))
    with pytest.raises(Undecided, match="singular"):
        enclose_stationary(problem, [0.5, 0.8, 0.4])


def test_two_tied_patterns_have_no_equation() -> None:
    """Two copies of SQUARE on samples that the other neuron does not see."""
    X = [[1, 0, 0], [0, 1, 0], [-1, 0, 5], [0, -1, 5]]
    W, H = best()
    W = [[*W[0], -1], [1 - 2 * GOLDEN, -1, 0.2]]  # the second one's activations are (2 golden, 2)
    H = [[h[0], h[0] / 2] for h in H]
    point = find_enclosed_point(W, H, X, [*SQUARE[1], *SQUARE[1]], slopes=(1, 0), within="1/1000")
    assert len(point.tied) == 2 and point.equation is None


def found_balls() -> tuple:
    """What leads to the point of the kink with slack: network, plan, enclosure, and all weights in balls."""
    W, H, X, Y = kinked(-2)
    given = ReluNetwork.from_arrays(X, Y, W, H)
    groups = patterns(given, Guess((0,), ((2,),), 0.0))
    assert groups is not None
    plan = layout(given, groups, 1e-3)
    assert plan is not None
    enclosure = enclose_stationary(plan.problem, plan.tied[0].start)
    with ctx.workprec(PREC):
        balls = weights(given, plan, enclosure)
    assert balls is not None
    return given, plan, enclosure, balls


def test_a_sample_that_may_change_its_side_is_noticed() -> None:
    given, plan, _, balls = found_balls()
    assert sides_hold(given, plan, balls)
    wide = [[balls.W[0][0], arb(1, 2), balls.W[0][2]]]
    assert not sides_hold(given, plan, replace(balls, W=wide))
    assert not sides_hold(given, plan, replace(balls, W=[[-x for x in balls.W[0]]]))


def test_missing_slack_is_noticed() -> None:
    given, plan, _, balls = found_balls()
    assert has_slack(given, plan, balls)
    assert not has_slack(given, plan, replace(balls, H=[[-row[0]] for row in balls.H]))  # bends downwards
    errors = arb_mat(balls.errors)
    errors[2, 0], errors[2, 1] = arb(0, 9), arb(0, 9)
    assert not has_slack(given, plan, replace(balls, errors=errors))  # not told from no bend at all
    twice = ReluNetwork.from_arrays([*kinked(-2)[2], [0, 0, 2]], [*kinked(-2)[3], [0, 0]], given.W, given.H)
    groups = patterns(twice, Guess((0,), ((2, 5),), 0.0))
    assert groups is not None and (dependent := layout(twice, groups, 1e-3)) is not None
    assert not has_slack(twice, dependent, replace(balls, errors=arb_mat(6, 2)))  # parallel kinks


def test_the_type_names_what_it_rests_on() -> None:
    given, plan, enclosure, balls = found_balls()
    assert decide_enclosed_type(given, plan, enclosure, balls, [])[0] == "local minimum"
    falling = replace(enclosure, inertia=(2, 1))
    assert decide_enclosed_type(given, plan, falling, balls, [])[0] == "saddle"
    small = Kept(0, "all weights 0", (F(0),) * 3, (F(0),) * 2)
    assert decide_enclosed_type(given, plan, enclosure, balls, [small])[0] == "saddle"
    still = replace(balls, errors=arb_mat(5, 2))  # without residuals nothing escapes, and nothing is shown
    assert decide_enclosed_type(given, plan, enclosure, still, [small])[0] == "undecided"
    dead = Kept(0, "dead", (F(0),) * 3, (F(0),) * 2)
    assert decide_enclosed_type(given, plan, enclosure, still, [dead])[0] == "local minimum"


# The reduced loss


def test_gradient_and_hessian_are_derivatives_of_the_reduced_loss() -> None:
    random = Random(3)
    entries = [fmpq(random.randint(-5, 5), 3) for _ in range(60)]
    parts = (Part(fmpq_mat(4, 2, entries[:8]), fmpq_mat(4, 1, entries[8:12])),
             Part(fmpq_mat(4, 1, entries[12:16]), fmpq_mat(4, 1, entries[16:20])))
    problem = Reduced(parts, fmpq_mat(4, 2, entries[20:28]))
    v = entries[28:35]

    def loss(x: list) -> fmpq:
        total = -problem.targets
        for part, (c, h) in zip(parts, problem.split(x), strict=True):
            a = part.offset + part.columns * fmpq_mat(len(c), 1, c)
            total = total + a * fmpq_mat(1, len(h), h)
        return sum((e * e for e in total.entries()), fmpq(0)) / 2

    def slope(f, p: int, x: list) -> fmpq:  # exact for polynomials of degree 4
        def shifted(t: int) -> list:
            return [y + (t if q == p else 0) for q, y in enumerate(x)]

        return (8 * (f(shifted(1)) - f(shifted(-1))) - f(shifted(2)) + f(shifted(-2))) / 12

    with ctx.workprec(200):
        balls = [arb(x) for x in v]
        gradient, hessian = problem.gradient(balls), problem.hessian(balls)
        for p in range(len(v)):
            assert gradient[p].contains(slope(loss, p, v)) and gradient[p].rad() < arb(2) ** -150
            for q in range(len(v)):
                mixed = slope(lambda x, q=q: slope(loss, q, x), p, v)
                assert hessian[p, q].contains(mixed) and hessian[p, q].rad() < arb(2) ** -150


def test_projections_and_bases() -> None:
    columns = fmpq_mat(3, 1, [1, 1, 0])
    left = projected_off(columns, fmpq_mat(3, 1, [1, 0, 5]))
    assert left.entries() == [fmpq(1, 2), fmpq(-1, 2), 5]
    matrix = fmpq_mat(2, 3, [1, 2, 0, 2, 4, 1])
    assert independent(matrix) == [0, 2] and independent(matrix, [1, 0, 2]) == [1, 2]


def test_a_point_is_a_network() -> None:
    point = find_enclosed_point(*best(), *SQUARE)
    assert isinstance(point.centre, ReluNetwork) and point.given.n_hidden == 1
