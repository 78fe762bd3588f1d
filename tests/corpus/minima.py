"""Points that are minima, strict or not, for reasons that need no Hessian with a residual in it."""

from collections.abc import Iterator
from fractions import Fraction as F

from symplateau.network import Network

from .cases import MINIMUM, STRICT, Case

LOG2 = 2  # W in units of log(2)


def exponential(
    v: list[F | int],
    w: list[int],
    X: list[int],
    shifts: list[F | int] | None = None,
    c: F | int | None = None,
) -> Network:
    """Neurons v_i exp(w_i log(2) x), fitted; with shifts each sample twice, with y + shift and y - shift."""
    y = [sum(F(a) * F(2) ** (b * x) for a, b in zip(v, w, strict=True)) + (c or 0) for x in X]
    if shifts is not None:
        y, X = (
            [a + s * d for a, d in zip(y, shifts, strict=True) for s in (1, -1)],
            [x for x in X for _ in "+-"],
        )
    return Network.from_arrays("exp", [[x] for x in X], y, v, [[x] for x in w], c=c, W_unit=LOG2)


def two_samples_and_exp() -> Iterator[Case]:
    """Two samples fitted by v exp(w x). The Jacobian has the columns exp(w x_k) and v x_k exp(w x_k), its
    determinant is v (x_2 - x_1) exp(w (x_1 + x_2)), not 0; at residual 0 the Hessian is J'J, positive
    definite: a strict minimum."""
    for v, w, X in (
        (1, 1, [0, 1]),
        (F(-2, 3), 2, [1, -1]),
        (5, -1, [2, 3]),
        (F(1, 100), 3, [-1, 1]),
        (-7, 0, [0, 5]),
    ):
        yield Case(
            f"v = {v}, w = {w}, x = {X}", exponential([v], [w], X), STRICT, fitted=True, inertia=(2, 0, 0)
        )


def mirrored_targets() -> Iterator[Case]:
    """Each sample twice, with targets y + s and y - s: the loss is sum (f - y)^2 + sum s^2, and f = y is the
    strict minimum of the former, fitted by v exp(w x) at two points. No residual is 0."""
    for v, w, X, shifts in (
        (1, 1, [0, 1], [1, 1]),
        (F(-2, 3), 2, [1, -1], [5, 1]),
        (3, -1, [1, 2], [F(1, 2), 7]),
        (1, 0, [0, 2], [100, 1]),
        (F(1, 9), 1, [-2, 3], [1, F(1, 1000)]),
    ):
        yield Case(
            f"v = {v}, w = {w}, x = {X}, s = {shifts}",
            exponential([v], [w], X, shifts),
            STRICT,
            inertia=(2, 0, 0),
        )


def rational_tanh(k: int) -> F:
    """tanh(k log 2)."""
    return F(4**k - 1, 4**k + 1) if k >= 0 else -rational_tanh(-k)


def two_samples_and_tanh() -> Iterator[Case]:
    """Two samples fitted by v tanh(w x), w, x_k not 0, |x_1| and |x_2| different. With s = w x the
    Jacobian is singular only if tanh(s) cosh(s)^2 / s = sinh(2s) / (2s) agrees for both; it is even and
    grows with |s|."""
    for v, w, X in ((1, 1, [1, 2]), (-3, 1, [1, -2]), (F(1, 2), 2, [1, 3]), (1, -1, [2, -1]), (4, 1, [3, 5])):
        y = [v * rational_tanh(w * x) for x in X]
        network = Network.from_arrays("tanh", [[x] for x in X], y, [v], [[w]], W_unit=LOG2)
        yield Case(f"v = {v}, w = {w}, x = {X}", network, STRICT, fitted=True, inertia=(2, 0, 0))


def two_samples_and_logistic() -> Iterator[Case]:
    """Two samples x_1 < 0 < x_2 fitted by v s(w x), s logistic, s' = s (1 - s): the Jacobian's determinant is
    v s_1 s_2 (x_2 (1 - s_2) - x_1 (1 - s_1)), not 0."""
    for v, w, X in ((1, 1, [-1, 1]), (-2, 2, [-1, 3]), (F(1, 5), -1, [-2, 1]), (6, 0, [-1, 2])):
        y = [v * F(2) ** (w * x) / (1 + F(2) ** (w * x)) for x in X]
        network = Network.from_arrays("sigmoid", [[x] for x in X], y, [v], [[w]], W_unit=LOG2)
        yield Case(f"v = {v}, w = {w}, x = {X}", network, STRICT, fitted=True, inertia=(2, 0, 0))


def two_samples_and_a_polynomial() -> Iterator[Case]:
    """Two samples fitted by v (s + s^2), s = w x: the Jacobian's determinant is v s_1 s_2 (s_2 - s_1) / w."""
    for v, w, X in ((1, 1, [1, 2]), (-2, F(1, 3), [1, -1]), (F(3, 7), 2, [-1, 5]), (1, -1, [2, 3])):
        y = [v * (w * x + (w * x) ** 2) for x in X]
        network = Network.from_arrays("t + t**2", [[x] for x in X], y, [v], [[w]])
        yield Case(f"v = {v}, w = {w}, x = {X}", network, STRICT, fitted=True, inertia=(2, 0, 0))


def confluent_vandermonde() -> Iterator[Case]:
    """m neurons v_i exp(w_i x), w_i different, v_i not 0, fitted at x = 0, ..., 2m - 1: the columns q_i^k and
    v_i k q_i^k, q_i = 2^w_i, are those of a confluent Vandermonde matrix with different nodes."""
    for v, w in (([1, 1], [1, -1]), ([2, -1], [0, 1]), ([1, F(-1, 2)], [-1, -2]), ([1, 2, 3], [-1, 0, 1])):
        network = exponential(v, w, list(range(2 * len(v))))
        yield Case(f"v = {v}, w = {w}", network, STRICT, fitted=True, inertia=(2 * len(v), 0, 0))


def confluent_vandermonde_with_output_bias() -> Iterator[Case]:
    """The same with an output bias: its column is that of the node 1, so that no w_i may be 0."""
    for v, w, c in (([1], [1], 3), ([F(-1, 2)], [-1], F(1, 3)), ([1, 1], [1, -1], -1)):
        size = 2 * len(v) + 1
        yield Case(
            f"v = {v}, w = {w}, c = {c}",
            exponential(v, w, list(range(size)), c=c),
            STRICT,
            fitted=True,
            inertia=(size, 0, 0),
        )


def fitted_and_homogeneous() -> Iterator[Case]:
    """All samples fitted: the loss is 0, a global minimum; sigma(t) = t^p, so (s^-p v_i, s w_i) fits as well:
    not a strict one."""
    for p, v, W, X in (
        (1, [2], [[3]], [[1]]),
        (2, [1, -1], [[1, 0], [1, 1]], [[1, 2], [0, 1], [3, 1]]),
        (3, [F(1, 2)], [[1, -1]], [[1, 3], [2, 1]]),
        (4, [1], [[1]], [[2], [3]]),
    ):
        y = [
            sum(
                a * sum(F(b) * c for b, c in zip(row, x, strict=True)) ** p
                for a, row in zip(v, W, strict=True)
            )
            for x in X
        ]
        network = Network.from_arrays(f"t**{p}", X, y, v, W)
        yield Case(f"p = {p}, v = {v}, W = {W}", network, MINIMUM, fitted=True)


def fitted_with_an_idle_neuron() -> Iterator[Case]:
    """Fitted, and v_2 = 0: the loss is 0 for every w_2, so that the minimum is not strict."""
    for w, X in ((1, [1, 2]), (-1, [1, 3]), (2, [-1, 2])):
        for idle in (0, 3):
            y = [rational_tanh(w * x) for x in X]
            network = Network.from_arrays("tanh", [[x] for x in X], y, [1, 0], [[w], [idle]], W_unit=LOG2)
            yield Case(f"w = {w}, x = {X}, idle neuron at {idle}", network, MINIMUM, fitted=True)


def linear_least_squares() -> Iterator[Case]:
    """sigma(t) = t: the loss is a convex function of u = sum v_i w_i alone, here at its minimum, X'e = 0. All
    points with this u are global minima; (s v, w / s) has the same u: not strict."""
    X, y = [[1, 0], [0, 1], [1, 1]], [2, 3, 2]  # u = (1, 2), e = (-1, -1, 1)
    for v, W in (
        ([1], [[1, 2]]),
        ([F(1, 2)], [[2, 4]]),
        ([1, 1], [[1, 0], [0, 2]]),
        ([0, 1], [[5, 6], [1, 2]]),
    ):
        yield Case(f"v = {v}, W = {W}", Network.from_arrays("t", X, y, v, W), MINIMUM)


def mirrored_samples_and_an_odd_activation() -> Iterator[Case]:
    """Samples x and -x with equal targets, sigma odd, v = 0: <e, sigma(X w)> = 0 for every w, and with one
    neuron the loss is L_0 + v^2 |sigma(X w)|^2 / 2: a minimum, along which w moves freely."""
    for activation, w in (("tanh", 0), ("tanh", 1), ("sin", 0), ("erf", 0), ("arctan", 0), ("t + t**3", 2)):
        unit = {"W_unit": LOG2} if activation == "tanh" else {}
        X, y = [[1], [-1], [2], [-2]], [3, 3, F(-1, 2), F(-1, 2)]
        network = Network.from_arrays(activation, X, y, [0], [[w]], **unit)
        yield Case(f"{activation}, w = {w}", network, MINIMUM)


def nothing_reaches_the_residual() -> Iterator[Case]:
    """A polynomial of degree p, v = 0, one input, and residuals orthogonal to 1, x, ..., x^p: <e, sigma(x w)>
    = 0 for every w, and the loss is L_0 + v^2 |z|^2 / 2."""
    # Binomial coefficients with alternating signs are orthogonal to the polynomials of lower degree.
    for formula, e in (
        ("t + t**2", [1, -3, 3, -1]),
        ("1 + t**2", [2, -6, 6, -2]),
        ("t - 5*t**3", [1, -4, 6, -4, 1]),
        ("t**4", [1, -5, 10, -10, 5, -1]),
    ):
        network = Network.from_arrays(formula, [[x] for x in range(len(e))], [-x for x in e], [0], [[1]])
        yield Case(f"{formula}, e = {e}", network, MINIMUM)


def scaled_loss_and_repeated_samples() -> Iterator[Case]:
    """Positive multiples of a strict minimum's loss: mean and half mean, each sample twice, a sample x = 0
    with sigma(0) = 0, whose outputs do not move."""
    y = [rational_tanh(x) for x in (1, 2)]
    for kind in ("mean", "half_mean"):
        for name, X, Y in (
            ("once", [1, 2], y),
            ("twice", [1, 2, 1, 2], y + y),
            ("and 0", [1, 2, 0], [*y, F(5)]),
        ):
            network = Network.from_arrays("tanh", [[x] for x in X], Y, [1], [[1]], W_unit=LOG2, loss=kind)
            yield Case(f"{kind}, {name}", network, STRICT, fitted=name != "and 0", inertia=(2, 0, 0))


FAMILIES = (
    two_samples_and_exp,
    mirrored_targets,
    two_samples_and_tanh,
    two_samples_and_logistic,
    two_samples_and_a_polynomial,
    confluent_vandermonde,
    confluent_vandermonde_with_output_bias,
    fitted_and_homogeneous,
    fitted_with_an_idle_neuron,
    linear_least_squares,
    mirrored_samples_and_an_odd_activation,
    nothing_reaches_the_residual,
    scaled_loss_and_repeated_samples,
)
