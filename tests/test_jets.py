"""Jets against polynomials multiplied out by hand, and against mpmath's expansion, which shares no code with
them."""

from fractions import Fraction as F

import mpmath
import pytest

from symplateau.jets import Series, loss_jet
from symplateau.network import Network
from symplateau.perturbations import descent_curve
from symplateau.splitting import split
from symplateau.taylor import approximate_taylor

SQUARE = Network.from_arrays("square", [[1]], [1], [1], [[0]])


def test_a_loss_multiplied_out_by_hand() -> None:
    # L = (v w^2 - 1)^2 / 2 at v = 1 + t, w = t: (t^2 + t^3 - 1)^2 / 2 = 1/2 - t^2 - t^3 + t^4/2 + t^5 + t^6/2
    jet = loss_jet(SQUARE, ((0, F(1)), (0, F(1))), 7)
    assert jet == [F(1, 2), 0, -1, -1, F(1, 2), 1, F(1, 2), 0]


def test_a_product_is_cut_and_not_wrapped() -> None:
    x = Series((F(1), F(2), F(3)))
    assert (x * x).terms == (1, 4, 10)  # (1 + 2s + 3s^2)^2 = 1 + 4s + 10s^2 + ...


def test_the_remainder_is_enclosed_on_the_whole_interval() -> None:
    # The coefficient of s^2 of L(tau + s) for L = (w^2 - 1)^2 / 2, w = t: 3 tau^2 - 1.
    [_, _, second] = loss_jet(SQUARE, ((), (F(0), F(1))), 2, prec=64, until=F(1, 4))
    assert second.lo <= -(1 << 64) and second.hi >= (3 * (1 << 64)) // 16 - (1 << 64)
    assert second.hi < 0


@pytest.mark.parametrize(
    "activation", ["tanh", "softplus", "gelu", "silu", "erf", "sin", "t*tanh(t) + exp(-t**2)"]
)
def test_intervals_contain_the_expansion_of_the_loss(activation: str) -> None:
    narrow = Network.from_arrays(
        activation,
        [[1, 2], [F(1, 3), -1], [0, 1]],
        [1, F(1, 2), -1],
        [2, -1],
        [["1/2", "-1/3"], ["1/5", 1]],
        ["1/7", 0],
        "1/9",
        W_unit="log(3/2)",
    )
    curve = descent_curve((F(1), F(0)), 1, (1, -1, 2))
    assert curve is not None
    wide, displacement = split(narrow, 1, (1, 0)), curve.displacement(narrow, 1)
    jet = loss_jet(wide, displacement, 5, prec=200)
    with mpmath.workdps(50):
        for enclosed, value in zip(jet, approximate_taylor(wide, displacement, 5, 50), strict=True):
            scaled = value * mpmath.mpf(2) ** 200
            slack = mpmath.mpf(2) ** 80 * (1 + abs(value))  # what fifty digits leave open
            assert enclosed.lo - slack <= scaled <= enclosed.hi + slack
            assert enclosed.hi - enclosed.lo < 2**90


def test_exact_and_enclosed_jets_agree() -> None:
    network = Network.from_arrays("t**3/3 - t", [[1], [2]], [1, 0], [1, F(1, 2)], [[1], [F(1, 3)]])
    moves = ((F(0), F(1)), (F(0), F(0), F(1)), (F(0), F(1)), (F(0), F(-2)))
    for exact, enclosed in zip(
        loss_jet(network, moves, 4), loss_jet(network, moves, 4, prec=100), strict=True
    ):
        assert enclosed.lo <= exact * 2**100 <= enclosed.hi


def test_weights_in_units_of_a_logarithm_do_not_move_exactly() -> None:
    network = Network.from_arrays("tanh", [[1]], [0], [1], [[1]], W_unit="log(2)")
    assert loss_jet(network, ((F(0), F(1)), ()), 2) == [F(9, 50), F(9, 25), F(9, 50)]  # tanh(log 2) = 3/5
    with pytest.raises(ValueError, match="log q"):
        loss_jet(network, ((), (F(0), F(1))), 2)
