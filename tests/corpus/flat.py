"""Points where all outputs vanish to second order or more: the loss moves by <e, f>, whose form is chosen."""

from collections.abc import Iterator, Sequence
from fractions import Fraction as F

from symplateau.network import Network

from .cases import MAXIMUM, MINIMUM, SADDLE, Case
from .exact import Row, flat_start, residual_of_forms

SIX = [[1, 0], [0, 1], [1, 1], [1, -1], [1, 2], [2, 1]]
MANY = [[a, b] for a in (-2, -1, 1, 2, 3) for b in (-1, 0, 1, 2)]
NEAR = F(1, 10**4)


def roots(power: int, v: Sequence[F | int], y: Sequence[F | int]) -> Network:
    """sigma = t^power; d = 1, all w = 0, samples 1, 2, ...: f = sum v_i (w_i x)^power."""
    return Network.from_arrays(f"t**{power}", [[k + 1] for k in range(len(y))], y, v, [[0]] * len(v))


def even_powers_towards_the_targets() -> Iterator[Case]:
    """sigma = t^p, p even, all w = 0, all v_i y_k > 0: nearby outputs have the signs of the targets and are
    smaller, so the loss does not rise: a maximum."""
    for p, v, y in (
        (2, [1], [1]),
        (2, [F(1, 3), 2], [1, 5]),
        (4, [1], [2]),
        (4, [-1, -2], [-3, F(-1, 2)]),
        (6, [2, 5], [1, 1, 1]),
    ):
        yield Case(f"p = {p}, v = {v}, y = {y}", roots(p, v, y), MAXIMUM)


def even_powers_away_from_the_targets() -> Iterator[Case]:
    """The same with all v_i y_k < 0: outputs have the other sign, and the loss does not fall: a minimum,
    flat to order p in w, and not strict, since w = 0 leaves v free."""
    for p, v, y in (
        (2, [-1], [1]),
        (2, [F(1, 3), 2], [-1, -5]),
        (4, [-1], [2]),
        (6, [1, 2], [-3, F(-1, 2)]),
        (6, [-2], [1, 1]),
    ):
        yield Case(f"p = {p}, v = {v}, y = {y}", roots(p, v, y), MINIMUM)


def even_powers_of_both_signs() -> Iterator[Case]:
    """The same with two neurons that pull in opposite directions: the loss falls along one, rises along the
    other, at order p. At p = 2 the Hessian shows it, at p = 4, 6 it is 0."""
    for p, v, y in (
        (2, [1, -1], [1]),
        (2, [2, -3], [-1, -2]),
        (4, [1, -1], [1]),
        (4, [2, F(-1, 2)], [-1, -2]),
        (6, [-1, 5], [3]),
    ):
        step = [(F(0), F(0), *(NEAR if i == k else F(0) for k in range(2))) for i in range(2)]
        first, second = step if v[0] * y[0] > 0 else step[::-1]
        yield Case(f"p = {p}, v = {v}, y = {y}", roots(p, v, y), SADDLE, falls=first, rises=second)


def double_roots_elsewhere() -> Iterator[Case]:
    """sigma = (t - 1)^2, and w.x_k = 1 for every sample: sigma vanishes doubly there. Towards the targets a
    maximum, away from them a minimum."""
    for X, w in (([[1]], [1]), ([[1, 0], [0, 1]], [1, 1]), ([[2, 1], [1, 0], [3, 2]], [1, -1])):
        for sign in (1, -1):
            network = Network.from_arrays("(t - 1)**2", X, [sign] * len(X), [2], [w])
            yield Case(f"X = {X}, target {sign}", network, MAXIMUM if sign == 1 else MINIMUM)


def odd_powers() -> Iterator[Case]:
    """sigma = t^p, p odd, one input, w = 0, v and sum e_k x_k^p not 0: the loss moves by v w^p sum e_k x_k^p
    and by terms of order 2p: it falls on one side and rises on the other, first at order p."""
    for p, v, y in ((3, 1, [1]), (3, -2, [1, -5]), (5, F(1, 3), [2, 1]), (5, 1, [-1]), (7, 2, [1, 1, -7])):
        sign = 1 if v * sum(-a * (k + 1) ** p for k, a in enumerate(y)) > 0 else -1
        yield Case(
            f"p = {p}, v = {v}, y = {y}",
            roots(p, [v], y),
            SADDLE,
            falls=(F(0), -sign * NEAR),
            rises=(F(0), sign * NEAR),
        )


def monkey_saddles() -> Iterator[Case]:
    """sigma = t^3, w = 0, and residuals with sum e_k (w.x_k)^3 = c (w_1^3 - 3 w_1 w_2^2): three valleys and
    three ridges; all else is of order 6."""
    for formula, c, v in (
        ("t**3", 1, 1),
        ("t**3", F(1, 5), -2),
        ("t**3 + t**5", 3, 1),
        ("t**3 - t**4", 1, 1),
    ):
        network = flat_start(formula, SIX, residual_of_forms(SIX, {3: [c, 0, -3 * c, 0]}), v)
        down, up = ((F(0), s * NEAR * (1 if v > 0 else -1), F(0)) for s in (-1, 1))
        yield Case(f"{formula}, c = {c}, v = {v}", network, SADDLE, falls=down, rises=up)


def quartic(form: Sequence[F | int], v: int = 1) -> Network:
    return flat_start("t**4", SIX, residual_of_forms(SIX, {4: form}), v)


def positive_quartic_forms() -> Iterator[Case]:
    """sigma = t^4, w = 0, and residuals with sum e_k (w.x_k)^4 = Q(w), a form without zeros: the loss
    moves by v Q(w) + v^2 |sigma(X w)|^2 / 2 >= 0, v > 0. A minimum, flat to order four."""
    for form in ([1, 0, 0, 0, 1], [1, 0, 1, 0, 1], [2, 0, -1, 0, 2], [F(1, 7), 0, 0, 0, 3]):
        yield Case(f"Q = {form}", quartic(form), MINIMUM)


def negative_quartic_forms() -> Iterator[Case]:
    """The same with v Q < 0 without zeros: at order eight the squares do not matter: a maximum."""
    for form in ([1, 0, 0, 0, 1], [1, 0, 1, 0, 1], [2, 0, -1, 0, 2]):
        yield Case(f"Q = {form}", quartic(form, -1), MAXIMUM)


def indefinite_quartic_forms() -> Iterator[Case]:
    """The same with a form of both signs: the loss falls along one line and rises along another, first at
    order four."""
    for form, low, high in (
        ([1, 0, 0, 0, -1], (0, 1), (1, 0)),
        ([1, 0, -6, 0, 1], (1, 1), (1, 0)),
        ([0, 1, 0, 0, 0], (1, -1), (1, 1)),
        ([-1, 0, 3, 0, -1], (1, 0), (1, 1)),
    ):
        yield Case(
            f"Q = {form}",
            quartic(form),
            SADDLE,
            falls=(F(0), *(NEAR * x for x in low)),
            rises=(F(0), *(NEAR * x for x in high)),
        )


def quartic_forms_with_zeros() -> Iterator[Case]:
    """Q = (w_1^2 - w_2^2)^2, w_1^4, w_1^2 w_2^2: zero along lines, where the squares of order eight stand
    alone: a minimum for v > 0; for v < 0 the loss falls off these lines and rises on them, at order eight
    only."""
    for form, null, other in (
        ([1, 0, -2, 0, 1], (1, 1), (1, 0)),
        ([1, 0, 0, 0, 0], (0, 1), (1, 0)),
        ([0, 0, 1, 0, 0], (1, 0), (1, 1)),
    ):
        yield Case(f"Q = {form}, v = 1", quartic(form), MINIMUM)
        yield Case(
            f"Q = {form}, v = -1",
            quartic(form, -1),
            SADDLE,
            falls=(F(0), *(NEAR * x for x in other)),
            rises=(F(0), *(NEAR * x for x in null)),
        )


def residual_without_a_quartic_form() -> Iterator[Case]:
    """sigma = t^4, and residuals, not 0, with sum e_k (w.x_k)^4 = 0 for every w: the loss is L_0 + |f|^2 /
    2."""
    # sum (-1)^k binomial(5, k) (w_1 + k w_2)^4 = 0, a fifth difference of a polynomial of degree four.
    X, e = [[1, k] for k in range(6)], [1, -5, 10, -10, 5, -1]
    for v in (1, -1, F(2, 3)):
        yield Case(f"v = {v}", flat_start("t**4", X, [F(x) for x in e], v), MINIMUM)


# sigma = t^2 + t^3 + t^4, and sum e_k sigma(w.x_k) = N (form of degree 2 + of degree 3 + of degree 4) in w
# = (x, y).


def curved(size: int, second: Sequence[int], third: Sequence[int], fourth: Sequence[int]) -> Network:
    forms = {2: [size * c for c in second], 3: [size * c for c in third], 4: [size * c for c in fourth]}
    return flat_start("t**2 + t**3 + t**4", MANY, residual_of_forms(MANY, forms))


# The outputs add |f|^2 / 2 <= QUARTIC / 2 x^4 + O(x^5) near the first axis, as sigma(t) = t^2 + O(t^3).
QUARTIC = sum(x[0] ** 4 for x in MANY)
SIZES = (QUARTIC * 4, QUARTIC * 10, QUARTIC * 100)


def at_place(x: F, y: F) -> Row:
    return [F(0), x, y]


def peano() -> Iterator[Case]:
    """N (y - x^2)(y - 2 x^2): positive on every line through 0, at order two or, for y = 0, four; on the
    curve y = 3/2 x^2 it is -N x^4 / 4, and N is so large that the squares of the outputs do not fill it
    up."""
    for size in SIZES:
        t = F(1, 10**5)
        yield Case(
            f"N = {size}",
            curved(size, [0, 0, 1], [0, -3, 0, 0], [2, 0, 0, 0, 0]),
            SADDLE,
            falls=tuple(at_place(t, t**2 * 3 / 2)),
            rises=tuple(at_place(F(0), t)),
        )


def squared_parabola() -> Iterator[Case]:
    """N (y - x^2)^2 >= 0, zero along a curve: a minimum."""
    for size in (1, 7, *SIZES):
        yield Case(f"N = {size}", curved(size, [0, 0, 1], [0, -2, 0, 0], [1, 0, 0, 0, 0]), MINIMUM)


def negative_squared_parabola() -> Iterator[Case]:
    """-N (y - x^2)^2: the loss falls along every line, at order two or four, and rises along the curve y =
    x^2, where only the squares of the outputs are left."""
    for size in SIZES:
        t = F(1, 10**5)
        yield Case(
            f"N = {size}",
            curved(-size, [0, 0, 1], [0, -2, 0, 0], [1, 0, 0, 0, 0]),
            SADDLE,
            falls=tuple(at_place(F(0), t)),
            rises=tuple(at_place(t, t**2)),
        )


def semicubical() -> Iterator[Case]:
    """N (y^2 + x^3): the Hessian is positive semidefinite, and the loss falls along the first axis at order
    three."""
    for size, sign in ((1, 1), (1, -1), (20, 1), (F(1, 3), 1)):
        t = F(1, 10**5)
        yield Case(
            f"N = {size}, x^3 times {sign}",
            curved(size, [0, 0, 1], [sign, 0, 0, 0], [0] * 5),
            SADDLE,
            falls=tuple(at_place(-sign * t, F(0))),
            rises=tuple(at_place(F(0), t)),
        )


def second_and_fourth_order() -> Iterator[Case]:
    """N (y^2 + x^4) >= 0, a minimum; N (y^2 - x^4) falls along the first axis at order four, for N larger
    than the squares of the outputs."""
    for size in SIZES:
        t = F(1, 10**5)
        yield Case(f"N = {size}, +", curved(size, [0, 0, 1], [0] * 4, [1, 0, 0, 0, 0]), MINIMUM)
        yield Case(
            f"N = {size}, -",
            curved(size, [0, 0, 1], [0] * 4, [-1, 0, 0, 0, 0]),
            SADDLE,
            falls=tuple(at_place(t, F(0))),
            rises=tuple(at_place(F(0), t)),
        )


FAMILIES = (
    even_powers_towards_the_targets,
    even_powers_away_from_the_targets,
    even_powers_of_both_signs,
    double_roots_elsewhere,
    odd_powers,
    monkey_saddles,
    positive_quartic_forms,
    negative_quartic_forms,
    indefinite_quartic_forms,
    quartic_forms_with_zeros,
    residual_without_a_quartic_form,
    peano,
    squared_parabola,
    negative_squared_parabola,
    semicubical,
    second_and_fourth_order,
)
