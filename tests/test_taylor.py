"""Taylor coefficients of the loss: by hand, and against the size-free ones along the paper's curves."""

from fractions import Fraction
from random import Random
from time import perf_counter

import mpmath
import pytest

from symplateau.errors import InputError, Undecided
from symplateau.network import Network
from symplateau.perturbations import SplitCurve, copied, descent_curve, neuron_move, output_move
from symplateau.splitting import example_coefficients, sign_patterns, split
from symplateau.taylor import approximate_curvature, approximate_leading, approximate_loss, approximate_taylor

ONE = Fraction(1)
SQUARE = Network("square", X=((ONE,),), y=(ONE,), v=(2 * ONE,), W=((3 * ONE,),))  # L = (v w**2 - 1)**2 / 2
PATTERNS = [pattern for daughters in (2, 3) for pattern in sign_patterns(daughters)]


def random_network(
    seed: int,
    activation: str = "tanh",
    shape: tuple[int, int, int] = (2, 2, 4),
    bias: bool = False,
    unit: Fraction | None = None,
    kind: str = "half_sum",
) -> Network:
    """(n_hidden, n_inputs, n_samples)."""
    random, (m, d, n) = Random(seed), shape

    def row(length: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(random.randint(-9, 9) or 1, random.randint(2, 7)) for _ in range(length))

    return Network(
        activation,
        X=tuple(row(d) for _ in range(n)),
        y=row(n),
        v=row(m),
        W=tuple(row(d) for _ in range(m)),
        b=row(m) if bias else None,
        c=row(1)[0] if bias else None,
        W_unit=unit,
        loss=kind,
    )


def close(found: tuple[mpmath.mpf, ...], exact: list[object], digits: int) -> bool:
    with mpmath.workdps(80):
        values = [mpmath.mpf(str(x)) for x in exact]
        return all(abs(a - b) < mpmath.mpf(10) ** -digits for a, b in zip(found, values, strict=True))


def test_loss_by_hand() -> None:
    assert approximate_loss(SQUARE) == 17**2 / 2
    assert approximate_loss(SQUARE, [mpmath.mpf(1), mpmath.mpf(2)]) == 4.5


def test_coefficients_by_hand() -> None:
    # (2 (3 + t)**2 - 1)**2 / 2 = (17 + 12 t + 2 t**2)**2 / 2
    along_w = ((), (Fraction(0), ONE))
    assert close(approximate_taylor(SQUARE, along_w, 5), [144.5, 204, 106, 24, 2, 0], 45)
    # v = 2 + t, w = 3 + t**2: v w**2 - 1 = 17 + 9 t + 12 t**2 + 6 t**3 + 2 t**4 + t**5
    both = ((Fraction(0), ONE), (Fraction(0), Fraction(0), ONE))
    assert close(approximate_taylor(SQUARE, both, 3, digits=30), [144.5, 153, 244.5, 210], 25)


def test_a_wrong_coefficient_is_seen() -> None:
    found = approximate_taylor(SQUARE, ((), (Fraction(0), ONE)), 2)
    assert not close(found, [144.5, 204, "106.000000000000000000000000000000000000000001"], 45)


def test_small_coefficients_are_kept() -> None:
    # (v w**2 - 1)**2 / 2 at v = 10**-60, w = 3: the derivative by w is -6 v, nearly.
    network = SQUARE.with_theta([Fraction(1, 10**60), 3])
    slope = approximate_taylor(network, ((), (Fraction(0), ONE)), 1)[1]
    assert abs(slope * 10**60 + 6) < 1e-15


def test_precision_is_that_of_the_call_and_leaves_no_trace() -> None:
    network, curve = random_network(1), descent_curve((1, 0), 1, (1, 2))
    assert curve is not None
    before = mpmath.mp.prec
    assert approximate_leading(network, 0, curve, digits=150).error < mpmath.mpf(10) ** -145
    assert mpmath.mp.prec == before


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_leading_coefficient_along_the_descent_curves(pattern: str, sign: int) -> None:
    curve = descent_curve(example_coefficients(pattern), sign, (1, -2))
    if curve is None:
        return
    network = random_network(len(pattern))
    leading = approximate_leading(network, 1, curve)
    assert leading.order == (3 if "+" in curve.equation else 2)
    assert leading.error < mpmath.mpf(10) ** -45
    # The curve goes down exactly where the curvature has the sign that it was made for.
    assert (leading.measured < 0) == (approximate_curvature(network, 1, curve.direction) * sign > 0)


@pytest.mark.parametrize(
    "network",
    [
        random_network(3, bias=True),
        random_network(4, unit=Fraction(3, 2)),
        random_network(5, kind="mean"),
        random_network(6, kind="half_mean", bias=True, unit=Fraction(2)),
        random_network(7, "gelu"),
        random_network(8, "softplus", (3, 2, 5), bias=True),
        random_network(9, "t**3 - sin(t)"),
    ],
    ids=["bias", "unit", "mean", "half_mean", "gelu", "softplus", "formula"],
)
def test_leading_coefficient_on_the_boundary(network: Network) -> None:
    direction = (1, 2, Fraction(-1, 2))[: 2 + (network.b is not None)]
    for sign in (1, -1):
        curve = descent_curve((1, 0), sign, direction)
        assert curve is not None
        leading = approximate_leading(network, 0, curve)
        assert leading.order == 3 and leading.error < mpmath.mpf(10) ** -45 and abs(leading.measured) > 1e-9


def test_the_boundary_by_hand() -> None:
    # v = 2, w = 3: a'H_r a = residual * v * 2 = 68. From lambda = (1, 0), M_2 = -t**3 - t**4 and all higher
    # derivatives of the square vanish, so L = (17 + 2 M_2)**2 / 2 exactly.
    curve = descent_curve((1, 0), 1, (1,))
    assert curve is not None
    assert close(
        approximate_taylor(split(SQUARE, 0, (1, 0)), curve.displacement(SQUARE, 0), 6),
        [144.5, 0, 0, -34, -34, 0, 2],
        40,
    )
    leading = approximate_leading(SQUARE, 0, curve)
    assert (leading.order, leading.predicted) == (3, -34)
    assert approximate_curvature(SQUARE, 0, (ONE,)) == 68


def test_third_order_at_the_kink_of_a_second_derivative() -> None:
    # relu_cubed is only C^2, but away from its kink the boundary curve needs no more.
    curve = descent_curve((1, 0), -1, (1, 1))
    assert curve is not None
    network = Network("relu_cubed", X=((ONE, ONE), (-ONE, ONE)), y=(ONE, ONE), v=(ONE,), W=((2 * ONE, ONE),))
    leading = approximate_leading(network, 0, curve)
    assert leading.order == 3 and leading.error < mpmath.mpf(10) ** -45


def test_a_copied_displacement_keeps_the_coefficients() -> None:
    narrow, shares = random_network(10), (Fraction(3), Fraction(0), Fraction(-2))
    displacement = tuple((Fraction(0), Fraction(k - 2, 3)) for k in range(narrow.n_parameters))
    wide = copied(narrow, 1, shares, displacement)
    found = approximate_taylor(split(narrow, 1, shares), wide, 3)
    assert all(
        abs(a - b) < mpmath.mpf(10) ** -45
        for a, b in zip(found, approximate_taylor(narrow, displacement, 3), strict=True)
    )


def test_output_move_is_a_parabola() -> None:
    # Two equal samples with residuals 1, -1: stationary. z = (9, 9), so the curvature is 81 + 81.
    network = Network(
        "square", X=((ONE,), (ONE,)), y=(Fraction(17), Fraction(19)), v=(2 * ONE,), W=((3 * ONE,),)
    )
    assert close(approximate_taylor(network, output_move(network, 0), 4), [1, 0, 81, 0, 0], 45)


def test_a_silent_daughter_moves_as_in_55() -> None:
    # v_0 = 0: with w = 3 + t and v_0 = -t**2 the output moves by -t**2 (3 + t)**2, the residual is 17.
    wide = split(SQUARE, 0, (0, 1))
    move = neuron_move(wide, 0, (0, 0, -1), (1,))
    assert close(approximate_taylor(wide, move, 4), [144.5, 0, -153, -102, -17 + 40.5], 40)


def test_when_the_second_moment_does_not_lead() -> None:
    # sum lam c = 4 + 2 - 6, sum lam c**2 = 16 + 2 - 18, sum lam c**3 = 64 + 2 - 54.
    t = [(Fraction(0), Fraction(k)) for k in (4, 1, 3)]
    curve = SplitCurve(((ONE,), (2 * ONE,), (-2 * ONE,)), tuple(t), (ONE,))
    assert curve.moment(2) == () and curve.moment(3)[3] == 12
    with pytest.raises(Undecided, match="does not lead"):
        approximate_leading(SQUARE, 0, curve)


def test_refused() -> None:
    with pytest.raises(InputError, match="2 polynomials"):
        approximate_taylor(SQUARE, ((),), 2)
    with pytest.raises(InputError, match="defined at"):
        approximate_loss(Network("log(t)", X=((-ONE,),), y=(ONE,), v=(ONE,), W=((ONE,),)))


def test_it_is_quick() -> None:
    network, curve = random_network(11, shape=(3, 2, 12)), descent_curve((1, 0), 1, (1, 2))
    assert curve is not None
    times = []
    for _ in range(3):
        start = perf_counter()
        approximate_leading(network, 0, curve)
        times.append(perf_counter() - start)
    assert min(times) < 0.2  # about 0.03 s on one core; the margin is for a busy machine
