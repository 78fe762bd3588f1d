"""Saddles for reasons of their own, and one-input networks reduced to one variable."""

from collections.abc import Iterator, Sequence
from fractions import Fraction as F

from symplateau.network import Network

from .cases import MINIMUM, SADDLE, STRICT, Case
from .exact import Reduced, Row, residual_of_moments

LOG2 = 2
CUBIC = (0, 1, 1, 1)  # t + t^2 + t^3: z, z' x, z'' x^2 are independent


def idle_neuron_that_could_learn() -> Iterator[Case]:
    """One neuron, v = 0, <e, z> = 0, <e, z' x> = g not 0: in (v, w) the Hessian is [[|z|^2, g], [g, 0]], of
    determinant -g^2 < 0."""
    for activation, w, X, y in (
        ("sin", 0, [1], [1]),
        ("gelu", 0, [1, 2], [1, 1]),
        ("erf", 0, [1, -1], [3, 1]),
        ("silu", 0, [2], [-1]),
        ("t + t**2", 1, [1, 2], [3, -1]),
        ("softplus", 0, [1, 2], [1, -1]),
    ):
        network = Network.from_arrays(activation, [[x] for x in X], y, [0], [[w]])
        yield Case(f"{activation}, x = {X}, y = {y}", network, SADDLE, inertia=(1, 0, 1))


def idle_neuron_that_could_learn_and_one_more_input() -> Iterator[Case]:
    """tanh, v = 0 on exact lattice points, <y, z> = 0, two inputs: the block of v and the direction of w
    along which <e, z' x> is not 0 is indefinite, as before; the other direction of w is in the kernel."""
    for X, w in (([[1, 0], [0, 1]], [1, 1]), ([[1, 1], [0, 1]], [0, 1]), ([[1, 0], [-1, 1]], [1, 2])):
        network = Network.from_arrays("tanh", X, [1, -1], [0], [w], W_unit=LOG2)
        yield Case(f"X = {X}, w = {w}", network, SADDLE, inertia=(1, 1, 1))


def idle_neuron_seen_at_higher_order() -> Iterator[Case]:
    """One neuron, v = 0, f(s) = <e, sigma((1 + s) x)> = c s^p + ..., p = 2, 3. The loss is L_0 + v f + v^2
    |z|^2 / 2; no line falls (v = a s: a^2 |z|^2 s^2 / 2; v = 0: constant), yet v = -f / |z|^2 gives -f^2 /
    (2 |z|^2), of order 2p."""
    for p, X in ((2, [1, 2, -1]), (2, [1, 3, 2]), (2, [-2, 1, 5]), (3, [1, 2, -1, 3])):
        # Orthogonal to the first p derivatives of sigma(w x) at w = 1.
        powers = (0, 1, 1, 1) if p == 2 else (0, 1, 1, 1, 1)
        moments: dict[int, F | int] = {1: 1, 2: -2, 3: 1} if p == 2 else {1: -1, 2: 3, 3: -3, 4: 1}
        e = residual_of_moments(X, moments)
        formula = " + ".join(f"t**{k}" for k, c in enumerate(powers) if c)
        network = Network.from_arrays(formula, [[x] for x in X], [-r for r in e], [0], [[1]])
        s, norm = F(1, 10**6), sum(sum(x**k for k, c in enumerate(powers) if c) ** 2 for x in X)
        shape = sum(m * (1 + s) ** k for k, m in moments.items())
        yield Case(f"p = {p}, x = {X}", network, SADDLE, falls=(-shape / norm, s), rises=(s, F(0)))


def everything_zero() -> Iterator[Case]:
    """v = 0, w = 0, sigma odd, c = sum y_k x_k not 0: the loss moves by -c sigma'(0) v w + O(4)."""
    for activation in ("tanh", "sin", "erf", "arctan", "t + t**3"):
        network = Network.from_arrays(activation, [[1], [2]], [1, 1], [0], [[0]])
        yield Case(activation, network, SADDLE, inertia=(1, 0, 1))


def everything_zero_and_no_first_moment() -> Iterator[Case]:
    """The same with sum y_k x_k = 0, sum y_k x_k^3 = m not 0: the loss moves by v^2 w^2 a^2 |x|^2 / 2 - b
    m v w^3 + O(6), a = sigma'(0), b = sigma'''(0) / 6 not 0: for v small against w it has both signs, at
    order four."""
    for activation, b in (("tanh", -1), ("sin", -1), ("erf", -1), ("arctan", -1), ("t + t**3", 1)):
        network = Network.from_arrays(activation, [[1], [2]], [2, -1], [0], [[0]])  # m = -6
        small, s = F(1, 1000), F(1, 1000)
        down, up = (sign * b * small * s for sign in (-1, 1))
        yield Case(activation, network, SADDLE, falls=(down, s), rises=(up, s))


def cancelling_neurons() -> Iterator[Case]:
    """Two neurons with the same w and v = (1, -1): all outputs are 0. With <e, z> = <e, z' x> = 0 and H =
    <e, z'' x^2> not 0 the Hessian in (w_1, w_2) is [[K + H, -K], [-K, K - H]], K = |z' x|^2, of
    determinant -H^2."""
    for X, moment in (([1, 2, -1], 1), ([1, 2, 3], -4), ([2, -3, 1, 5], F(1, 10))):
        e = residual_of_moments(X, {1: moment, 2: -2 * moment, 3: moment})
        network = Network.from_arrays(
            "t + t**2 + t**3", [[x] for x in X], [-r for r in e], [1, -1], [[1], [1]]
        )
        yield Case(f"x = {X}, H = {2 * moment}", network, SADDLE)


def linear_network_at_rest() -> Iterator[Case]:
    """sigma(t) = t, v = 0, W r = 0 with r = X'e not 0: the loss moves by (sum dv_i dw_i).r + |X sum dv_i
    w_i|^2 / 2 + ...: for one neuron with w = 0, or w orthogonal to r, an indefinite form in dv and dw
    along r."""
    for X, y, W in (
        ([[1, 0], [0, 1]], [1, 0], [[0, 0]]),
        ([[1, 0], [0, 1]], [1, 0], [[0, 3]]),
        ([[1, 1], [1, -1]], [2, 0], [[1, -1]]),
        ([[1, 0], [0, 1]], [2, 1], [[1, -2], [0, 0]]),
    ):
        network = Network.from_arrays("t", X, y, [0] * len(W), W)
        yield Case(f"X = {X}, W = {W}", network, SADDLE)


def linear_network_that_could_fit_more() -> Iterator[Case]:
    """A shallow linear network as a deep one in v and w: sigma(t) = t, one input, all v_i = w_i = 0: the loss
    moves by -c sum v_i w_i + O(4), of m positive and m negative eigenvalues."""
    for m in (1, 2, 3):
        for c in (1, F(-1, 3)):
            network = Network.from_arrays("t", [[1]], [c], [0] * m, [[0]] * m)
            yield Case(f"{m} neurons, c = {c}", network, SADDLE, inertia=(m, 0, m))


# One input, one neuron, t + t^2 + t^3 at v = w = 1, reduced to R(w) (see exact.Reduced). Residuals
# orthogonal to z
# and z' x have moments (m, -2m, m) of degrees 1, 2, 3; H = v <e, z'' x^2> = 2m.

SAMPLES = ([1, 2, -1, 3], [1, -2, 2, 3], [-1, 2, 4, 1], [1, 2, 3, 4], [-3, 1, 2, -2])


def orthogonal(X: Sequence[int], m: F | int, powers: Sequence[int] = CUBIC) -> Row:
    return residual_of_moments(X, {1: m, 2: -2 * m, 3: m, **{k: 0 for k in range(4, len(powers))}})


def threshold(X: Sequence[int]) -> F:
    """The m with R'' = 0: R'' is an affine function of m."""
    at = [2 * Reduced(CUBIC, X, orthogonal(X, m)).series(2)[2] for m in (0, 1)]
    return at[0] / (at[0] - at[1])


def reduced_second_order_minimum() -> Iterator[Case]:
    """Reduced to one variable, R'' > 0: the residual bends less than the Jacobian holds."""
    for X in SAMPLES:
        found = Reduced(CUBIC, X, orthogonal(X, threshold(X) / 2))
        assert found.lowest()[0] == 2 and found.lowest()[1] > 0
        yield Case(f"x = {X}", found.network(), STRICT, inertia=(2, 0, 0))


def reduced_second_order_saddle() -> Iterator[Case]:
    """Reduced to one variable, R'' < 0: the residual bends more than the Jacobian holds."""
    for X in SAMPLES:
        found = Reduced(CUBIC, X, orthogonal(X, threshold(X) * 2))
        assert found.lowest()[0] == 2 and found.lowest()[1] < 0
        yield Case(f"x = {X}", found.network(), SADDLE, inertia=(1, 0, 1))


def reduced_third_order() -> Iterator[Case]:
    """Reduced to one variable, R'' = 0, R''' not 0: the Hessian is positive semidefinite of rank one, and the
    loss falls at order three, along a curve that follows the best v."""
    for X in SAMPLES:
        found = Reduced(CUBIC, X, orthogonal(X, threshold(X)))
        assert found.lowest()[0] == 3
        yield Case(f"x = {X}", found.network(), SADDLE, inertia=(1, 1, 0))


def fourth_order(X: Sequence[int], extra: int) -> Reduced:
    """R'' = R''' = 0: both are affine in the residual. sigma = t + ... + t^6, with moments in a family of
    two."""
    powers = (0, 1, 1, 1, 1, 1, 1)
    base = {k: F(0) for k in range(1, 7)}

    def moments(a: F, b: F) -> dict[int, F]:
        found = dict(base) | {4: a, 5: b, 6: F(extra)}
        # sum m_k = 0 and sum k m_k = 0 keep it stationary; m_3 is left at 0.
        first, second = -sum(found.values()), -sum(k * x for k, x in found.items())
        return found | {2: second - first, 1: 2 * first - second}

    def series(a: F, b: F) -> Row:
        return Reduced(powers, X, residual_of_moments(X, moments(a, b))).series(3)

    zero, one, two = (series(F(a), F(b)) for a, b in ((0, 0), (1, 0), (0, 1)))
    rows = [[one[k] - zero[k], two[k] - zero[k]] for k in (2, 3)]
    det = rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    a = (-zero[2] * rows[1][1] + zero[3] * rows[0][1]) / det
    b = (-zero[3] * rows[0][0] + zero[2] * rows[1][0]) / det
    return Reduced(powers, X, residual_of_moments(X, moments(a, b)))


def reduced_fourth_order() -> Iterator[Case]:
    """Reduced to one variable, R'' = R''' = 0, and the sign of R'''' decides: a strict minimum, flat to order
    four along a curve, or a saddle whose descent appears only at order four along a curve. The residual of
    degree six gives both signs."""
    for X in ([1, 2, -1, 3, -2, 4], [1, -2, 2, 3, 4, -3]):
        for extra in (-(10**6), 0, 10**6):
            found = fourth_order(X, extra)
            order, value = found.lowest()
            assert order == 4
            yield Case(
                f"x = {X}, {extra}", found.network(), STRICT if value > 0 else SADDLE, inertia=(1, 1, 0)
            )


def idle_beside_a_fit() -> Iterator[Case]:
    """A fitted neuron and one with v = w = 0, sigma(0) = 0, residual 0: the loss is 0, nearby larger or
    equal; it stays 0 while v = 0: not strict."""
    for v, w, X in ((1, 1, [1, 2]), (-2, 1, [1, -1])):
        y = [v * (w * x + (w * x) ** 2) for x in X]
        network = Network.from_arrays("t + t**2", [[x] for x in X], y, [v, 0], [[w], [0]])
        yield Case(f"v = {v}, x = {X}", network, MINIMUM, fitted=True)


FAMILIES = (
    idle_neuron_that_could_learn,
    idle_neuron_that_could_learn_and_one_more_input,
    idle_neuron_seen_at_higher_order,
    everything_zero,
    everything_zero_and_no_first_moment,
    cancelling_neurons,
    linear_network_at_rest,
    linear_network_that_could_fit_more,
    reduced_second_order_minimum,
    reduced_second_order_saddle,
    reduced_third_order,
    reduced_fourth_order,
    idle_beside_a_fit,
)
