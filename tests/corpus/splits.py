"""Splits of a neuron: the types on the whole plateau, from the loss itself or from the sign of H."""

from collections.abc import Iterator
from fractions import Fraction as F

from symplateau.design import design
from symplateau.network import Network

from .cases import MINIMUM, SADDLE, Case
from .exact import Reduced, residual_of_moments
from .minima import exponential
from .saddles import CUBIC, SAMPLES, orthogonal, threshold

HALVES, REST, OPPOSITE = ("1/2", "1/2"), ("1", "0"), ("2", "-1")
TWO = ("++", "+0", "+-")
THREE = ("+++", "++0", "++-", "+00", "+0-", "+--")


def everywhere(kind: str) -> dict[str, str]:
    return dict.fromkeys((*TWO, *THREE), kind)


def split_of_a_fit() -> Iterator[Case]:
    """The loss of the narrow network is 0, so it is at every split: all of them are global minima."""
    for v, w, X in ((1, 1, [0, 1]), (F(-2, 3), 2, [1, -1])):
        for shares in (HALVES, REST, OPPOSITE, ("1", "1", "-1")):
            yield Case(
                f"v = {v}, {shares}",
                exponential([v], [w], X),
                MINIMUM,
                (0, shares),
                everywhere(MINIMUM),
                fitted=True,
            )


def split_of_mirrored_targets() -> Iterator[Case]:
    """The loss is sum (f - y)^2 + sum s^2 with f = y: no network has less, whatever its width."""
    for shares in (HALVES, REST, OPPOSITE):
        yield Case(
            f"{shares}", exponential([1], [1], [0, 1], [1, 2]), MINIMUM, (0, shares), everywhere(MINIMUM)
        )


def narrow(index: int, factor: F | int) -> Network:
    """A strict minimum with H = 2 m, m that part of the (negative) m at which R'' = 0."""
    X = SAMPLES[index]
    at = threshold(X)
    assert at < 0 and factor < 1
    return Reduced(CUBIC, X, orthogonal(X, at * factor)).network()


def split_with_positive_inner_curvature() -> Iterator[Case]:
    """One input, H = v <e, z'' x^2> > 0 at a strict minimum (known from R''): minima where all
    coefficients are positive, saddles elsewhere (paper A, Theorem 1 and its lemmas)."""
    regions = everywhere(SADDLE) | {"++": MINIMUM, "+++": MINIMUM}
    for index in (0, 1, 2):
        for shares, kind in ((HALVES, MINIMUM), (OPPOSITE, SADDLE), (REST, SADDLE), (("1/3",) * 3, MINIMUM)):
            yield Case(f"samples {SAMPLES[index]}, {shares}", narrow(index, -1), kind, (0, shares), regions)


def split_with_negative_inner_curvature() -> Iterator[Case]:
    """The same with H < 0, above the threshold: minima where one coefficient is positive and all others are
    negative, saddles elsewhere."""
    regions = everywhere(SADDLE) | {"+-": MINIMUM, "+--": MINIMUM}
    for index in (0, 3, 4):
        for shares, kind in (
            (HALVES, SADDLE),
            (OPPOSITE, MINIMUM),
            (REST, SADDLE),
            (("3", "-1", "-1"), MINIMUM),
        ):
            yield Case(
                f"samples {SAMPLES[index]}, {shares}", narrow(index, F(1, 2)), kind, (0, shares), regions
            )


def split_with_an_indefinite_inner_hessian() -> Iterator[Case]:
    """Two inputs, a residual solved for so that H is a positive multiple of diag(1, -1): the daughters at
    w + s a and w - s a, a = e_1 or e_2, are a rise or a descent at second order when both coefficients are
    positive; with coefficients of both signs too, in the other order. All saddles."""
    X = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1], [3, 1], [1, 3], [-2, 1], [2, 2]]
    base = Network.from_arrays("tanh", X, [0] * 12, [1, 2], [[1, 0], [1, -1]], W_unit=2)
    for target in ([[1, 0], [0, -1]], [[-3, 0], [0, F(1, 2)]]):
        s = F(1, 10**5)
        steps = [
            tuple(F(0) if k not in place else s if k == place[0] else -s for k in range(9))
            for place in ((5, 7), (6, 8))
        ]  # theta = (v_0, v_1, v_2, w_0, w_1, w_2)
        falls, rises = steps[::-1] if target[0][0] > 0 else steps
        for shares in (HALVES, OPPOSITE, REST):
            half = shares == HALVES
            yield Case(
                f"H ~ {target}, {shares}",
                design(base, 1, target),
                SADDLE,
                (1, shares),
                everywhere(SADDLE),
                falls=falls if half else None,
                rises=rises if half else None,
            )


def split_of_a_saddle() -> Iterator[Case]:
    """A descent and an ascent of the narrow network are copied by the split network, whose daughters move
    alike: a saddle whatever the coefficients (here R'' < 0, or an idle neuron that could learn)."""
    idle = Network.from_arrays("t + t**2", [[1], [2]], [3, -1], [0], [[1]])
    for name, network in (
        ("R'' < 0", Reduced(CUBIC, SAMPLES[1], orthogonal(SAMPLES[1], threshold(SAMPLES[1]) * 3)).network()),
        ("idle", idle),
    ):
        for shares in (HALVES, REST, OPPOSITE):
            yield Case(f"{name}, {shares}", network, SADDLE, (0, shares), everywhere(SADDLE))


def split_of_a_neuron_that_nothing_reaches() -> Iterator[Case]:
    """v = 0 and <e, sigma(x w)> = 0 for every w (a polynomial, residuals orthogonal to its powers): the
    loss of any number of such neurons is L_0 + |sum v_j z_j|^2 / 2: all minima."""
    network = Network.from_arrays("t + t**2", [[x] for x in range(4)], [-1, 3, -3, 1], [0], [[1]])
    for shares in (HALVES, REST, OPPOSITE):
        yield Case(f"{shares}", network, MINIMUM, (0, shares), everywhere(MINIMUM))


def third_order(m: F | int) -> Network:
    """v = w = 1, <e, sigma(u x)> = m u (u - 1)^3: H = 0, and <e, z''' x^3> = 6 m."""
    X = [1, 2, -1, 3]
    e = residual_of_moments(X, {1: -m, 2: 3 * m, 3: -3 * m, 4: m})
    return Reduced((0, 1, 1, 1, 1), X, e).network()


def unequal_split_of_zero_inner_curvature() -> Iterator[Case]:
    """H = 0 but <e, z''' x^3> = 6 m not 0, coefficients (1/3, 2/3): the daughters at w + 2s, w - s move
    the loss by 2 m s^3 + O(s^4): descent and ascent at third order, none at second."""
    for m in (1, -1, F(1, 50)):
        t = F(1, 10**9) * (1 if m > 0 else -1)
        yield Case(
            f"m = {m}",
            third_order(m),
            SADDLE,
            (0, ("1/3", "2/3")),
            {"++": SADDLE},
            falls=(F(0), F(0), -2 * t, t),
            rises=(F(0), F(0), 2 * t, -t),
        )


def equal_split_of_zero_inner_curvature() -> Iterator[Case]:
    """The same with (1/2, 1/2): along w + s, w - s the third order vanishes, and the fourth is a square.
    With the coefficients 1/2 + d, 1/2 - d and the shifts 2 (1/2 - d) s, -2 (1/2 + d) s it is -4 m d s^3 +
    O(s^4), the latter whatever d: with d = C s, C large, both signs appear, at order four along a curve."""
    for m in (1, -1, F(1, 50)):
        s, d = F(1, 10**13), F(1, 10**3) * (1 if m > 0 else -1)
        falls, rises = ((x, -x, (1 - 2 * x) * s, -(1 + 2 * x) * s) for x in (d, -d))
        yield Case(f"m = {m}", third_order(m), SADDLE, (0, HALVES), {"++": SADDLE}, falls=falls, rises=rises)


FAMILIES = (
    split_of_a_fit,
    split_of_mirrored_targets,
    split_with_positive_inner_curvature,
    split_with_negative_inner_curvature,
    split_with_an_indefinite_inner_hessian,
    split_of_a_saddle,
    split_of_a_neuron_that_nothing_reaches,
    unequal_split_of_zero_inner_curvature,
    equal_split_of_zero_inner_curvature,
)
