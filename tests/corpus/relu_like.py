"""ReLU-like networks: rank-one approximation, kinks, dead neurons, and the points found by hand before."""

from collections.abc import Iterator
from fractions import Fraction as F

from symplateau.relu.network import ReluNetwork

from ..relu.networks import pair
from ..relu.points_by_hand import POINTS, approximation, bent, replicated, truncated
from .cases import CONSTANT, MINIMUM, MOVING, SADDLE, Case

TURNS = ((F(1), F(0)), (F(3, 5), F(4, 5)), (F(5, 13), F(12, 13)), (F(-8, 17), F(15, 17)))


def by_hand(
    verdict: str, kind: int | None = None, order: int | None = None, curved: bool = False
) -> Iterator[Case]:
    for point in POINTS:
        if (point.verdict, point.kind, point.order, point.curved) == (verdict, kind, order, curved):
            yield Case(point.name, point.network, verdict, fitted=point.name == "all residuals 0")


def minima_of_the_first_kind() -> Iterator[Case]:
    """tests/relu/points_by_hand.py, each with its own reason: no escape neuron."""
    yield from by_hand(MINIMUM, kind=1)


def minima_of_the_second_kind() -> Iterator[Case]:
    """tests/relu/points_by_hand.py, each with its own reason: minima with escape neurons."""
    yield from by_hand(MINIMUM, kind=2)


def descents_of_second_order() -> Iterator[Case]:
    """tests/relu/points_by_hand.py, each with its own reason: the form on the flat cone is negative
    somewhere."""
    yield from by_hand(SADDLE, order=2)


def descents_of_third_order() -> Iterator[Case]:
    """tests/relu/points_by_hand.py: the form has a null line, along which the third order falls."""
    yield from by_hand(SADDLE, order=3)


def descents_along_curves() -> Iterator[Case]:
    """tests/relu/points_by_hand.py: the loss rises along every line, and falls along a curve, at order
    four."""
    yield from by_hand(SADDLE, order=4, curved=True)


def dead_neurons() -> Iterator[Case]:
    """Every w.x < 0: ReLU outputs 0 nearby; with points_by_hand.py's."""
    yield from by_hand(CONSTANT, kind=1)
    for X, W in (([[1], [2]], [[-1]]), ([[1, 0], [1, 1]], [[-1, 0], [-2, 1]])):
        yield Case(f"X = {X}, W = {W}", ReluNetwork.from_arrays(X, [1] * len(X), W, [1] * len(W)), CONSTANT)


def rank_one_approximations() -> Iterator[Case]:
    """One linear neuron at first l r': by Eckart and Young a best approximation of rank one of the targets'
    matrix if |second| <= first; else the singular value that is kept is the smaller one: a saddle."""
    for k, (first, second) in enumerate(((2, 1), (3, 0), (1, -1), (1, 2), (1, -3), (F(1, 2), F(1, 3)))):
        truth = MINIMUM if abs(second) <= first else SADDLE
        left, right = TURNS[k % 4], TURNS[(k + 1) % 4]
        yield Case(
            f"{first}, {second}", approximation(F(first), F(second), left, right), truth, fitted=second == 0
        )


def one_escape_neuron() -> Iterator[Case]:
    """pair: (N a^2 + 2 t^2 + N b^2) / 2 + 2 error b t, definite if error^2 < N / 2, indefinite if larger; at
    equality with N = 2, error 1 a best approximation of rank one."""
    for error, samples in (("1/3", 3), ("6/5", 4), ("3/2", 5), ("3/2", 4), ("2", 3), ("7/4", 6), ("-9/5", 6)):
        truth = MINIMUM if F(error) ** 2 < F(samples, 2) else SADDLE
        yield Case(f"error {error}, {samples} samples", pair(error, samples), truth)


def third_output_of_rank_two() -> Iterator[Case]:
    """truncated: b_1^2 (5 - 2 e^2) + 8 b_1 b_2 + b_2^2 (5 - 2 e^2) is definite if and only if 2 e^2 < 1."""
    for error in ("1/3", "7/10", "-1/4", "5/7", "3/4", "2"):
        truth = MINIMUM if 2 * F(error) ** 2 < 1 else SADDLE
        yield Case(f"error {error}", truncated(error), truth)


def bent_on_one_side() -> Iterator[Case]:
    """bent: for t > 0 the form 3 a^2 + 3 t^2 + 3 b^2 + 2 g b t, g = 1 + residual, is definite if |g| < 3,
    and not if larger; for t < 0 it always is."""
    for residual in (0, 1, -3, "3/2", "5/2", -5, 9):
        yield Case(f"residual {residual}", bent(residual), MINIMUM if abs(1 + F(residual)) < 3 else SADDLE)


def replicas_with_an_escape_neuron() -> Iterator[Case]:
    """A neuron in two halves, g_2(t) not 0: dh = (0, +-b), t = +-(0, t) keeps the outputs at first order,
    and 2 g b t has both signs."""
    for error in (1, "1/3", "-6/5"):
        yield Case(f"error {error}", replicated(pair(error)), SADDLE)


def one_kink_and_one_sample() -> Iterator[Case]:
    """x = 1, w = 0, f = h rho(w), y not 0. rho = |.|: h y < 0: outputs have the wrong sign: a minimum; h y
    > 0: the right sign, and small: a maximum, with a kink. ReLU and leaky alike, the first of both signs."""
    for slopes in ((1, -1), (1, 0), (2, -3)):
        for h, y in ((1, -1), (-2, 3), (1, 1), (-1, F(-1, 2))):
            network = ReluNetwork.from_arrays([[1]], [y], [[0]], [h], slopes)
            yield Case(
                f"{slopes}, h = {h}, y = {y}", network, MINIMUM if h * y < 0 else "maximum with a kink"
            )
    for h, y in ((1, -1), (1, 1)):  # leaky: both signs of f, at first order
        network = ReluNetwork.from_arrays([[1]], [y], [[0]], [h], (1, "1/10"))
        yield Case(f"leaky, h = {h}, y = {y}", network, MOVING)


def everything_zero() -> Iterator[Case]:
    """h = 0, w = 0, sum y x over x > 0 not 0: the loss moves by -h rho(w) sum y x + O(4), of both signs."""
    for slopes in ((1, 0), (1, "1/10"), (1, -1)):
        for y in ([1, 1], [-1, F(1, 3)]):
            yield Case(
                f"{slopes}, y = {y}", ReluNetwork.from_arrays([[1], [2]], y, [[0]], [0], slopes), SADDLE
            )


def one_output_idle() -> Iterator[Case]:
    """One output, h = 0, samples active with <e, z> = 0 and sum e x not 0: dh t.sum e x has both signs
    against dh^2 |z|^2 / 2."""
    for X, y, w in (
        ([[1, 0], [0, 1]], [1, -1], [1, 1]),
        ([[1, 1], [1, -1]], [1, -1], [1, 0]),
        ([[2, 0], [0, 1]], [1, -2], [1, 1]),
    ):
        yield Case(f"X = {X}", ReluNetwork.from_arrays(X, y, [w], [0]), SADDLE)


def least_squares_of_one_neuron() -> Iterator[Case]:
    """One output, all samples active, X'e = 0: nearby the loss is a convex function of h w at its minimum."""
    for h, w in ((1, [1, 2]), (F(1, 2), [2, 4]), (3, [F(1, 3), F(2, 3)])):
        network = ReluNetwork.from_arrays([[1, 0], [0, 1], [1, 1]], [2, 3, 2], [w], [h])
        yield Case(f"h = {h}, w = {w}", network, MINIMUM)


def nearly_stationary() -> Iterator[Case]:
    """The same with h moved by a step: X'e is no longer 0; asked within a distance at which there is none."""
    for step in (F(1, 10**6), F(1, 2**60)):
        network = ReluNetwork.from_arrays([[1, 0], [0, 1], [1, 1]], [2, 3, 2], [[1, 2]], [1 + step])
        yield Case(f"step {step}", network, MOVING, within=step / 1000)
        yield Case(f"step {step}, the exact point", network, MINIMUM, within=step * 10)


FAMILIES = (
    minima_of_the_first_kind,
    minima_of_the_second_kind,
    descents_of_second_order,
    descents_of_third_order,
    descents_along_curves,
    dead_neurons,
    rank_one_approximations,
    one_escape_neuron,
    third_output_of_rank_two,
    bent_on_one_side,
    replicas_with_an_escape_neuron,
    one_kink_and_one_sample,
    everything_zero,
    one_output_idle,
    least_squares_of_one_neuron,
    nearly_stationary,
)
