"""Small families in which every combination is decided by one formula, and points close to a change of
type."""

from collections.abc import Iterator, Sequence
from fractions import Fraction as F
from itertools import product
from math import log

from symplateau.network import Network
from symplateau.relu.network import ReluNetwork

from ..relu.networks import pair
from ..relu.points_by_hand import approximation, bent, truncated
from .cases import CONSTANT, MAXIMUM, MINIMUM, MOVING, SADDLE, STRICT, Case
from .exact import Reduced
from .saddles import CUBIC, SAMPLES, orthogonal, threshold

EPSILONS = (F(1, 10**3), F(1, 10**9), F(1, 10**20))


def one_sample_and_one_neuron() -> Iterator[Case]:
    """L - L_0 = e g + g^2 / 2, g = v sigma(w) - v_0 sigma(w_0), e not 0, sigma(w_0) = 0 of order k, sigma
    = c s^k + ...: v_0 = 0: g has both signs; v_0 not 0, k odd: too; k even: the sign of v_0 c, so that e
    v_0 c > 0 is a minimum, < 0 a maximum; k = 1, v_0 not 0: not stationary."""
    for (a, b), w, v, y in product(((1, 2), (2, 1), (3, 2), (4, 0)), (0, 1), (0, 2, -1), (1, -3)):
        k = b if w else a
        if k == 0:
            continue
        sign = 1 if w or b % 2 == 0 else -1  # of c in t^a (t - 1)^b
        pull = -y * v * sign
        truth = (
            SADDLE if v == 0 else MOVING if k == 1 else SADDLE if k % 2 else MINIMUM if pull > 0 else MAXIMUM
        )
        network = Network.from_arrays(f"t**{a} * (t - 1)**{b}" if b else f"t**{a}", [[1]], [y], [v], [[w]])
        yield Case(f"t^{a} (t - 1)^{b}, w = {w}, v = {v}, y = {y}", network, truth)


def one_sided_cubes() -> Iterator[Case]:
    """sigma = max(t, 0)^3 at w = 0, one input: v max(s, 0)^3 x^3 on the side of each sample has one sign:
    it pushes towards the targets (maximum), away from them (minimum), or, with samples of both signs, one
    of each."""
    for v, X, y in (
        (1, [1], [1]),
        (1, [1], [-1]),
        (-2, [1, 2], [-1, -1]),
        (1, [1, -1], [1, 2]),
        (1, [1, -1], [-1, -3]),
        (1, [1, -1], [1, -1]),
        (-1, [2, -1], [1, -3]),
    ):
        signs = {v * a > 0 for a in y}
        truth = SADDLE if len(signs) == 2 else MAXIMUM if True in signs else MINIMUM
        yield Case(
            f"v = {v}, x = {X}, y = {y}",
            Network.from_arrays("relu_cubed", [[x] for x in X], y, [v], [[0]]),
            truth,
        )


def sided(X: Sequence[int], y: Sequence[F | int], h: int, slopes: tuple[F, F]) -> str:
    """One ReLU-like neuron, one input, w = 0: for t of one sign f_k = (h + a) s_k |t|, s_k the slope of
    the side of sample k times |x_k|; L - L_0 = -(h + a) |t| sum y s + (h + a)^2 t^2 sum s^2 / 2."""
    forces, held = [], []
    for side in (1, -1):
        s = [slopes[0] * x * side if x * side >= 0 else slopes[1] * x * side for x in X]
        forces.append(-h * sum(a * b for a, b in zip(y, s, strict=True)))
        held.append(any(s))
        if h == 0 and sum(a * b for a, b in zip(y, s, strict=True)):
            return SADDLE  # a has both signs
    if h == 0:
        return MINIMUM if any(held) else CONSTANT
    if min(forces) >= 0:
        return MINIMUM if any(held) else CONSTANT
    if max(forces) > 0:
        return MOVING
    # A side without a force rises if something is held there, and else is constant.
    rising = any(f == 0 and kept for f, kept in zip(forces, held, strict=True))
    return MOVING if rising else "maximum with a kink"


def one_relu_like_neuron_at_zero() -> Iterator[Case]:
    """One input, one neuron, w = 0: on each side of w = 0 the loss is -(h + a) |t| beta + (h + a)^2 t^2 S
    / 2 with the side's beta and S (see `sided`)."""
    for slopes in ((F(1), F(0)), (F(1), F(-1)), (F(1), F(1, 10)), (F(0), F(1))):
        for X, y in (
            ([1, 2], [2, -1]),
            ([1, -1], [1, 2]),
            ([1, -1], [1, -1]),
            ([-1, -2], [1, 1]),
            ([1, 0], [-1, 5]),
        ):
            for h in (0, 1, -2):
                network = ReluNetwork.from_arrays([[x] for x in X], y, [[0]], [h], slopes)
                yield Case(
                    f"{slopes[0]}, {slopes[1]}, x = {X}, y = {y}, h = {h}", network, sided(X, y, h, slopes)
                )


def one_relu_like_neuron_elsewhere() -> Iterator[Case]:
    """One input, one neuron, w not 0: nearby the loss is a convex function of h w, with the slope B = sum
    e s x: B = 0 is a minimum (constant if no sample is passed on), and dL/dh = w B else."""
    for slopes in ((F(1), F(0)), (F(1), F(-1)), (F(1), F(1, 10))):
        for X, y in (([1, 2], [1, 2]), ([1, -1], [1, 2]), ([-1, -2], [1, 1])):
            for h, w in ((1, 1), (-1, F(1, 2)), (0, 1), (1, -1)):
                s = [slopes[0] * x if w * x > 0 else slopes[1] * x for x in X]
                e = [h * w * a - b for a, b in zip(s, y, strict=True)]
                slope = sum(a * b for a, b in zip(e, s, strict=True))
                truth = MOVING if slope else MINIMUM if any(s) else CONSTANT
                network = ReluNetwork.from_arrays([[x] for x in X], y, [[w]], [h], slopes)
                yield Case(
                    f"{slopes[1]}, x = {X}, y = {y}, h = {h}, w = {w}",
                    network,
                    truth,
                    fitted=not any(e),
                    within=F(1, 10**9),
                )


def close_to_a_degenerate_hessian() -> Iterator[Case]:
    """Reduced to one variable (exact.Reduced), R'' = c (1 - m / m_0), m_0 where it vanishes, c > 0: a strict
    minimum just before m_0, a saddle just after."""
    for X in SAMPLES[:3]:
        for epsilon in EPSILONS:
            for m, truth in ((1 - epsilon, STRICT), (1 + epsilon, SADDLE)):
                found = Reduced(CUBIC, X, orthogonal(X, threshold(X) * m))
                yield Case(
                    f"x = {X}, m / m_0 = 1 {'-' if truth == STRICT else '+'} {float(epsilon):.0e}",
                    found.network(),
                    truth,
                    inertia=(2, 0, 0) if truth == STRICT else (1, 0, 1),
                )


def close_to_a_change_of_a_relu_like_type() -> Iterator[Case]:
    """Minimum just below, saddle just above: pair at error^2 = N / 2 = 4, truncated at 2 error^2 = 1
    (below and above 1/sqrt(2)), bent at |g| = 3, a rank-one approximation at equal singular values."""
    below, above = F(7071067811865475244, 10**19), F(7071067811865475245, 10**19)
    assert 2 * below**2 < 1 < 2 * above**2
    yield Case("truncated, below", truncated(str(below)), MINIMUM)
    yield Case("truncated, above", truncated(str(above)), SADDLE)
    for epsilon in EPSILONS:
        for sign, truth in ((-1, MINIMUM), (1, SADDLE)):
            near = 1 + sign * epsilon
            name = f"1 {'-' if sign < 0 else '+'} {float(epsilon):.0e}"
            yield Case(f"pair, {name}", pair(str(2 * near), 8), truth)
            yield Case(f"bent, {name}", bent(str(3 * near - 1)), truth)
            yield Case(
                f"rank one, {name}", approximation(F(1), near, (F(3, 5), F(4, 5)), (F(1), F(0))), truth
            )


def irrational_fits() -> Iterator[Case]:
    """v exp(w x) through (0, y_0), (1, y_1), y_0 y_1 > 0, y_0 not y_1: v = y_0, w = log(y_1 / y_0),
    irrational, given as the nearest binary64; the exact point, near it, is a strict minimum by its
    Jacobian's determinant."""
    for y in ((3, 5), (-2, -7), (1, 3), (10, 1), (-1, -1000)):
        network = Network.from_arrays("exp", [[0], [1]], y, [y[0]], [[log(y[1] / y[0])]])
        yield Case(f"y = {y}", network, STRICT, fitted=True, inertia=(2, 0, 0))


def irrational_saddles() -> Iterator[Case]:
    """exp, v = 0, samples 1, 2, y_1 q + y_2 q^2 = 0 for q = exp(w) = -y_1 / y_2, irrational w as the nearest
    binary64; <e, z' x> = -y_2 q^2 not 0: a saddle at the exact point."""
    for y in ((3, -5), (-2, 7), (1, -3)):
        network = Network.from_arrays("exp", [[1], [2]], y, [0], [[log(-y[0] / y[1])]])
        yield Case(f"y = {y}", network, SADDLE, inertia=(1, 0, 1))


def badly_scaled_fits() -> Iterator[Case]:
    """Two samples fitted by v (s + s^2), s = w x, as before, with scales far apart."""
    for v, w, X in (
        (F(1, 10**15), 1, [1, 2]),
        (1, F(1, 10**10), [10**10, 1]),
        (10**12, F(1, 10**6), [1, -3]),
        (1, 1, [F(1, 10**12), 1]),
    ):
        y = [v * (w * x + (w * x) ** 2) for x in X]
        network = Network.from_arrays("t + t**2", [[x] for x in X], y, [v], [[w]])
        yield Case(
            f"v = {float(v)}, w = {float(w)}, x = {list(map(float, X))}",
            network,
            STRICT,
            fitted=True,
            inertia=(2, 0, 0),
        )


def exp_with_a_hidden_bias() -> Iterator[Case]:
    """v exp(w x + b), fitted: (v exp(-s), b + s) has the same outputs: a global minimum, not strict."""
    for v, w, b in ((1, 1, 0), (-2, 1, 1), (F(1, 3), -1, 2)):
        y = [v * F(2) ** (w * x + b) for x in (0, 1, 2)]
        network = Network.from_arrays("exp", [[0], [1], [2]], y, [v], [[w]], [b], W_unit=2)
        yield Case(f"v = {v}, w = {w}, b = {b}", network, MINIMUM, fitted=True, inertia=(2, 1, 0))


def split_of_an_even_power() -> Iterator[Case]:
    """sigma = t^p, p even, w = 0, all v y > 0: with coefficients > 0 the daughters push towards the
    targets: a maximum (v y < 0: away from them, a minimum). With one that is 0, or negative, one neuron
    can push either way, or pushes the other way: a saddle."""
    for p, y in ((2, 1), (2, -1), (4, 1), (4, -1), (6, -2)):
        same = MAXIMUM if y > 0 else MINIMUM
        regions = {"++": same, "+0": SADDLE, "+-": SADDLE}
        for shares in (("1/2", "1/2"), ("1", "0"), ("2", "-1")):
            network = Network.from_arrays(f"t**{p}", [[1]], [y], [1], [[0]])
            yield Case(
                f"p = {p}, y = {y}, {shares}",
                network,
                same if shares[0] == "1/2" else SADDLE,
                (0, shares),
                regions,
            )


FAMILIES = (
    one_sample_and_one_neuron,
    one_sided_cubes,
    one_relu_like_neuron_at_zero,
    one_relu_like_neuron_elsewhere,
    close_to_a_degenerate_hessian,
    close_to_a_change_of_a_relu_like_type,
    irrational_fits,
    irrational_saddles,
    badly_scaled_fits,
    exp_with_a_hidden_bias,
    split_of_an_even_power,
)
