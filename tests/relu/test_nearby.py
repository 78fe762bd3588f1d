"""The exact stationary point near a float one: after training, near saddles and kinks; and refusals."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from symplateau.errors import InputError, Undecided
from symplateau.relu.guesses import Guess
from symplateau.relu.nearby import ExactPoint, _nearer, distance, find_exact_point
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.passive import settle
from symplateau.relu.patterns import fitted_outputs, patterns
from symplateau.relu.points import decide_type
from symplateau.relu.shares import solve_near

from .networks import F, at, interpolated, pair, plain_loss, random_direction

SCALAR = ([["-1", 1], ["-0.6", 1], ["-0.1", 1], ["0.3", 1], ["0.7", 1]],
          ["0.28", "-0.1", "0.03", "0.23", "-0.22"])  # section 4.1.1


def assert_near(point: ExactPoint, W: object, H: object, seed: int = 0) -> None:
    """No direction descends at first order, by differences of the plain loss; the distance is as stated."""
    given = ReluNetwork.from_arrays(point.network.X, point.network.Y, W, H, point.network.slopes)
    entries = zip((*given.W, *given.H), (*point.network.W, *point.network.H), strict=True)
    assert point.distance == max(abs(a - b) for rows in entries for a, b in zip(*rows, strict=True))
    random = Random(seed)
    for _ in range(10):
        direction = random_direction(random, point.network)
        assert interpolated(lambda t, d=direction: plain_loss(at(point.network, d, t)), F(1, 10**30))[1] >= 0
    for i in range(given.n_hidden):
        for j in range(given.n_outputs):
            h = tuple(F(int(j == a)) for a in range(given.n_outputs))
            up, down = (Direction.of_neuron(point.network, i, h=tuple(s * x for x in h)) for s in (1, -1))
            assert not any(interpolated(lambda t, d=d: plain_loss(at(point.network, d, t)), F(1, 10**30))[1]
                           for d in (up, down))


def trained(X: object, Y: object, m: int, epochs: int, seed: int, size: float = 0.3) -> tuple:
    """Gradient descent in floats."""
    x, y = (np.array([[float(Fraction(v)) for v in r] for r in rows]) for rows in (X, Y))
    draw = np.random.default_rng(seed)
    W, H = draw.normal(size=(m, x.shape[1])) * size, draw.normal(size=(y.shape[1], m)) * size
    for _ in range(epochs):
        Z = W @ x.T
        A = np.maximum(Z, 0)
        E = A.T @ H.T - y
        W, H = W - 0.05 * ((H.T @ E.T) * (Z > 0)) @ x, H - 0.05 * E.T @ A.T
    return W, H


# After training


@pytest.mark.parametrize("seed", [0, 1, 2, 5])
def test_after_training_with_one_output(seed: int) -> None:
    X, y = SCALAR
    W, H = trained(X, [[v] for v in y], 5, 20_000, seed)
    point = find_exact_point(W, H, X, y)
    assert point.distance < F(1, 1000) and point.tried >= 1
    assert_near(point, W, H, seed)
    assert decide_type(point.network).verdict in ("local minimum", "saddle", "locally constant")
    assert sorted(i for g in (*point.groups, [k.neuron for k in point.kept]) for i in g) == list(range(5))


def test_after_training_with_two_outputs_and_directions_enough() -> None:
    X, Y = [[1, 0], [0, 1], [1, 1]], [[1, 0], [0, 1], ["3/2", 1]]
    W, H = trained(X, Y, 12, 20_000, 1)
    point = find_exact_point(W, H, X, Y, within="1/1000")
    assert_near(point, W, H)


def test_two_outputs_and_one_direction_need_a_square_root() -> None:
    """x = e1, e2, y = (2, 1), (1, 1): the best matrix of rank 1, with sqrt(5) in it."""
    vector = np.linalg.svd(np.array([[2.0, 1], [1, 1]]))[2][0] * np.sign(-1)
    W, H = [abs(vector)], [[v] for v in np.array([[2.0, 1], [1, 1]]) @ abs(vector)]
    with pytest.raises(Undecided, match="guesses"):
        find_exact_point(W, H, [[1, 0], [0, 1]], [[2, 1], [1, 1]], within="1/100")


# By hand


def shaken(network: ReluNetwork, size: float, seed: int = 0) -> tuple:
    draw = np.random.default_rng(seed)
    return tuple([[float(x) + size * draw.uniform(-1, 1) for x in row] for row in rows]
                 for rows in (network.W, network.H))


def test_a_point_at_a_kink_is_found_back() -> None:
    """The sample (0, 1) at the kink of w = (1, 0): its residual is no hindrance."""
    W, H = [[0.999999, 1e-6]], [1.0000005]
    point = find_exact_point(W, H, [[1, 0], [0, 1]], [1, -1])
    assert point.network.W[0][1] == 0 and point.network.W[0][0] * point.network.H[0][0] == 1
    assert point.kinks == ((1,),) and point.distance < F(2, 10**6)
    assert decide_type(point.network).verdict == "local minimum"
    assert_near(point, W, H)


def test_the_mirror_image_of_that_kink_is_no_stationary_point() -> None:
    with pytest.raises(Undecided, match="none of"):
        find_exact_point([[1.0000001, 1e-7]], [0.9999999], [[1, 0], [0, 1]], [1, 1], within="1/100")


def test_small_living_neurons_near_a_saddle_become_zero() -> None:
    """One neuron fits a line; four small ones stand for none, one of them dead."""
    X, y = [[1, 1], [2, 1], [-1, 1], [3, -1]], ["1", "3/2", "1/4", "1"]
    big = find_exact_point([[0.4, 0.5]], [[1.0]], X, y, within=1).network
    W = [list(map(float, big.W[0])), [1e-5, 2e-5], [-1e-5, 1e-5], [2e-5, -1e-5], [-2.0, -3.0]]
    H = [float(big.H[0][0]), 1e-5, -1e-5, 2e-5, 0.7]
    point = find_exact_point(W, H, X, y, within="1/1000")
    assert [k.how for k in point.kept][-1] == "dead" and point.groups == ((0,),)
    assert all(not any(point.network.W[i]) or not point.network.H[0][i] for i in (1, 2, 3))
    assert point.network.W[4] == (-2, -3) and point.distance <= F("21/1000000")
    assert decide_type(point.network).verdict == "saddle"
    assert_near(point, W, H)


def test_near_the_origin_everything_becomes_zero() -> None:
    W, H = [[1e-6, 2e-6], [-1e-6, 1e-6]], [1e-6, 1e-6]
    point = find_exact_point(W, H, [[1, 1], [-1, 1]], [1, 2], within="1/1000")
    assert point.groups == () and not any(map(any, (*point.network.W[:1], *point.network.H)))
    assert point.distance <= F("2/1000000")


def test_a_stationary_point_is_its_own() -> None:
    point = find_exact_point(pair("1/2"))
    assert (point.distance, point.tried, point.network) == (0, 0, pair("1/2"))
    with pytest.raises(Undecided):
        find_exact_point(ReluNetwork.from_arrays([[1, 0]], [3], [[1, 0]], [1]), within="1/10")


def test_nothing_near_enough_is_undecided_and_a_larger_distance_finds_it() -> None:
    X, y = SCALAR
    W, H = trained(X, [[v] for v in y], 5, 300, 0)
    with pytest.raises(Undecided, match="allow a larger distance"):
        find_exact_point(W, H, X, y, within="1/1000000000")
    assert find_exact_point(W, H, X, y).distance > F(1, 10**9)
    with pytest.raises(InputError, match="within"):
        find_exact_point(W, H, X, y, within=-1)


def test_shapes_kinds_and_no_neurons() -> None:
    point = find_exact_point([], [[]], [[1]], [2])
    assert point.network.n_hidden == 0 and point.distance == 0
    with pytest.raises(InputError, match="'W"):
        find_exact_point([[1, 2]], [1], [[1]], [2])


def test_leaky_relu_has_no_dead_neurons() -> None:
    fitted = ReluNetwork.from_arrays([[1, 2], [-1, 1]], ["1", "-1/10"], [[1, 0]], [1], (1, "1/10"))
    W, H = shaken(fitted, 1e-4)
    point = find_exact_point(W, H, [[1, 2], [-1, 1]], ["1", "-1/10"], (1, "1/10"), within="1/1000")
    assert plain_loss(point.network) == 0 and point.kept == ()


# The parts


def test_a_wrong_guess_is_refused() -> None:
    given = ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, -1], [["1.000001", "1/1000000"]], ["0.999999"])
    right, wrong = Guess((0,), ((1,),), 0.0), Guess((0,), ((),), 0.0)
    assert _nearer(given, right, None, None) is not None
    assert _nearer(given, wrong, None, None, rounds=1) is None  # would need the output -1 on the positive leg
    repaired = _nearer(given, wrong, None, None)  # the sample that crosses the kink is held there
    assert repaired is not None and repaired.kinks == ((1,),)
    assert _nearer(given, Guess((0,), ((0, 1),), 0.0), None, None) is None  # no direction is left
    assert _nearer(given, right, F(1, 10**9), None) is None


def test_a_kink_that_pushes_away_is_released_to_either_side() -> None:
    """y = 1/2 at the kink draws w to the positive leg, on which all is fitted."""
    given = ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, "1/2"], [[1, "1/1000"]], [1])
    found = _nearer(given, Guess((0,), ((1,),), 0.0), None, None)
    assert found is not None and plain_loss(found.network) == 0 and found.kinks == ((),)
    below = ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, "1/2"], [[1, "-1/1000"]], [1])
    found = _nearer(below, Guess((0,), ((1,),), 0.0), None, None)
    assert found is not None and plain_loss(found.network) == 0 and found.network.W[0][1] > 0
    assert _nearer(below, Guess((0,), ((1,),), 0.0), None, None, rounds=1) is None


def test_the_fitted_outputs_are_those_of_least_squares() -> None:
    """Two samples on a line through 0, by hand: slope (1 * 1 + 2 * 3) / (1 + 4)."""
    network = ReluNetwork.from_arrays([[1], [2], [-1]], [1, 3, 5], [["0.9"]], [1])
    groups = patterns(network, Guess((0,), ((),), 0.0))
    assert groups is not None and fitted_outputs(network, groups) == ((F(7, 5),), (F(14, 5),), (F(0),))
    assert not groups[0].holds(ReluNetwork.from_arrays([[1], [2], [-1]], [1, 3, 5], [[-1]], [1]))


def test_an_unneeded_neuron_takes_the_nearest_stationary_place() -> None:
    """d = e x = (1, 0) on the positive leg: off it w is turned until w.d = 0."""
    network = ReluNetwork.from_arrays([[1, 0], [1, 1]], [0, 0], [["1/1000", 1], [0, -1], ["1/8", 1]],
                                      ["1/100", 5, "1/100"])
    errors = ((F(0), ), (F(0), ))
    assert settle(network, 0, errors).h == (0,)  # it may stay where it is, but for adding to the outputs
    assert settle(network, 1, errors).how in ("dead", "unmoved")
    tilted = ((F(1),), (F(0),))
    turned = settle(network, 0, tilted)
    assert turned.how == "output weights 0" and turned.w[0] == 0 != turned.w[1]


def test_near_solutions() -> None:
    rows = [(F(1), F(1), F(0)), (F(2), F(2), F(0))]
    found = solve_near(rows, [F(1), F(2)], (F(1, 2), F(1, 3), F(7)))
    assert found is not None and found[0] + found[1] == 1 and found[2] == 7
    assert solve_near(rows, [F(1), F(1)], (F(0), F(0), F(0))) is None
    assert distance(pair(1), pair(2)) == 0
