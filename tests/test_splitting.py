"""Splitting keeps the outputs; the regions of the coefficients; the curves that leave a split point."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from symplateau.errors import InputError
from symplateau.network import Network
from symplateau.perturbations import SplitCurve, apart, copied, descent_curve, neuron_move, output_move
from symplateau.splitting import (
    example_coefficients,
    is_in_minus,
    is_in_nd,
    is_in_pd,
    is_in_plus,
    is_in_saddle,
    sign_patterns,
    signs,
    split,
)

REGIONS = (is_in_pd, is_in_nd, is_in_plus, is_in_minus, is_in_saddle)
PATTERNS = [pattern for daughters in range(1, 5) for pattern in sign_patterns(daughters)]


def random_network(seed: int, bias: bool = False) -> Network:
    random = Random(seed)

    def row(length: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(random.randint(-9, 9), random.randint(1, 5)) for _ in range(length))

    return Network(
        "square",
        X=(row(2), row(2), row(2)),
        y=row(3),
        v=row(3),
        W=(row(2), row(2), row(2)),
        b=row(3) if bias else None,
        c=row(1)[0] if bias else None,
    )


def outputs(network: Network) -> list[Fraction]:
    """f(x) for the square activation, from the definition."""
    biases = network.b or (Fraction(0),) * len(network.v)
    return [
        sum(
            (
                v * (sum(map(Fraction.__mul__, w, x)) + b) ** 2
                for v, w, b in zip(network.v, network.W, biases, strict=True)
            ),
            network.c or Fraction(0),
        )
        for x in network.X
    ]


def powers(*coefficients: int) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, coefficients))


def polynomial_at(coefficients: tuple[Fraction, ...], t: Fraction) -> Fraction:
    return sum((x * t**k for k, x in enumerate(coefficients)), Fraction(0))


def moved(network: Network, displacement: tuple[tuple[Fraction, ...], ...], t: Fraction) -> Network:
    steps = [polynomial_at(step, t) for step in displacement]
    return network.with_theta([x + step for x, step in zip(network.theta(), steps, strict=True)])


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("neuron", [0, 1, 2])
@pytest.mark.parametrize("coefficients", [("1",), ("1/3", "2/3"), (2, 0, -1), ("1/7", "1/7", "1/7", "4/7")])
def test_split_keeps_the_outputs_and_the_order(
    bias: bool, neuron: int, coefficients: tuple[str | int, ...]
) -> None:
    narrow = random_network(neuron, bias)
    wide = split(narrow, neuron, coefficients)
    assert outputs(wide) == outputs(narrow)
    daughters = len(coefficients)
    assert wide.v[neuron : neuron + daughters] == tuple(Fraction(x) * narrow.v[neuron] for x in coefficients)
    assert set(wide.W[neuron : neuron + daughters]) == {narrow.W[neuron]}
    assert wide.v[neuron + daughters :] == narrow.v[neuron + 1 :] and wide.W[:neuron] == narrow.W[:neuron]
    assert wide.n_parameters - narrow.n_parameters == (daughters - 1) * (3 + bias)


@pytest.mark.parametrize(
    ("coefficients", "said"),
    [
        (["1/2", "1/4"], "a sum of 3/4"),
        ([2, -2], "a sum of 0"),
        ([0.1, 0.9], "a sum of 36028"),
        ([], "none"),
        ([True, 0], "coefficients"),
        (["nan", 1], "coefficients"),
        (["1/0"], "coefficients"),
        ([None], "coefficients"),
    ],
)
def test_split_refuses_coefficients_that_do_not_sum_to_one(coefficients: list[object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        split(random_network(0), 0, coefficients)  # type: ignore[arg-type]


@pytest.mark.parametrize("neuron", [-1, 3, True, 0.0, "0"])
def test_split_refuses_a_neuron_that_is_not_there(neuron: object) -> None:
    with pytest.raises(InputError, match="index from 0 to 2"):
        split(random_network(0), neuron, [1])  # type: ignore[arg-type]


def test_sign_patterns_are_all_signs_of_a_sum_of_one_up_to_order() -> None:
    for daughters in range(1, 6):
        order = {"+": 0, "0": 1, "-": 2}
        every = {"".join(sorted(p, key=order.get)) for p in product("+0-", repeat=daughters)}  # type: ignore[arg-type]
        assert list(sign_patterns(daughters)) == sorted(
            (p for p in every if "+" in p), key=lambda p: [order[sign] for sign in p]
        )
    with pytest.raises(InputError, match="at least 1"):
        sign_patterns(0)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_example_coefficients_have_their_signs_and_their_sum(pattern: str) -> None:
    shares = example_coefficients(pattern)
    assert sum(shares) == 1 and signs(shares) == pattern


@pytest.mark.parametrize("pattern", PATTERNS)
def test_regions_by_their_definitions(pattern: str) -> None:
    shares = example_coefficients(pattern)
    some = range(len(shares))
    pd = all(x > 0 for x in shares)
    nd = any(shares[j] > 0 and all(shares[k] < 0 for k in some if k != j) for j in some)
    plus = any(x <= 0 for x in shares)
    minus = any(shares[j] >= 0 and shares[k] >= 0 for j in some for k in some if j != k)
    assert [region(shares) for region in REGIONS] == [pd, nd, plus, minus, not (pd or nd)]
    assert [region(pattern) for region in REGIONS] == [region(shares) for region in REGIONS]
    # Proofs of Theorems 1 and 2: the complements, and with two daughters or more one of the two applies.
    assert plus is not pd and minus is not nd
    assert plus or minus or len(shares) == 1


@pytest.mark.parametrize("wrong", ["", "00", "--", "+*", ["1/2", "1/3"]])
def test_regions_refuse_what_cannot_sum_to_one(wrong: str) -> None:
    with pytest.raises(InputError):
        is_in_pd(wrong)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_descent_curve_exists_outside_the_region_of_minima(pattern: str, sign: int) -> None:
    shares = example_coefficients(pattern)
    curve = descent_curve(shares, sign, (1, 2))
    assert (curve is None) == (is_in_pd(pattern) if sign > 0 else is_in_nd(pattern))
    if curve is not None:
        moment = curve.moment(2)
        assert curve.coefficients == shares
        assert curve.order == (3 if "+" in curve.equation else 2)
        assert not any(moment[: curve.order]) and moment[curve.order] * sign < 0


@pytest.mark.parametrize(
    ("coefficients", "sign", "equation", "moment"),
    [
        ((2, -1), 1, "(132)", (0, 0, Fraction(-1, 2))),  # 1/2 - 1/1
        ((2, 0, -1), 1, "(132)", (0, 0, Fraction(-1, 2))),
        ((1, 0), 1, "(139)+(132)", (0, 0, 0, -1, -1)),
        (("1/2", 0, "1/2", 0), 1, "(139)+(132)", (0, 0, 0, -1, -1)),
        (("1/3", "2/3"), -1, "(143)", (0, 0, Fraction(9, 2))),  # 3 + 3/2
        ((1, 2, -2), -1, "(143)", (0, 0, Fraction(3, 2))),
        ((1, 0), -1, "(149)+(143)", (0, 0, 0, 1, -1)),
        ((3, 0, -2), -1, "(149)+(143)", (0, 0, 0, 9, -3)),
    ],
)
def test_curves_by_hand(
    coefficients: tuple[int, ...], sign: int, equation: str, moment: tuple[int, ...]
) -> None:
    curve = descent_curve(coefficients, sign, (1,))
    assert curve is not None
    assert (curve.equation, curve.moment(2)) == (equation, tuple(map(Fraction, moment)))


def test_the_boundary_curve_by_hand() -> None:
    curve = descent_curve((1, 0), 1, (5,))
    assert curve is not None
    assert curve.lam == (powers(1, 1), powers(0, -1)) and curve.c == (powers(0, 0, 1), powers(0, 1, 1))
    # M_3 = (1 + t) t**6 - t t**3 (1 + t)**3
    assert curve.moment(3) == powers(0, 0, 0, 0, -1, -3, -2)


@pytest.mark.parametrize(
    ("lam", "c"),
    [
        (((1,), (1,)), ((), ())),
        (((1, 1), (0, 1)), ((), ())),
        (((1,), ()), ((1,), ())),
        (((2,), (-1,)), ((1,), (2,))),
        (((1,),), ((0, 1),)),
        (((2,), (-1,)), ((0, 1), (0, 1))),
        ((), ()),
        (((1,),), ((), ())),
    ],
)
def test_a_split_curve_must_satisfy_its_identities(
    lam: tuple[tuple[int, ...], ...], c: tuple[tuple[int, ...], ...]
) -> None:
    exact = [tuple(tuple(map(Fraction, p)) for p in part) for part in (lam, c)]
    with pytest.raises(InputError):
        SplitCurve(exact[0], exact[1], (Fraction(1),))


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize(
    ("coefficients", "sign"), [((1, 0), 1), ((2, 0, -1), 1), (("1/3", "2/3"), -1), ((1, 0, 0), -1)]
)
def test_displacement_of_a_split_curve(bias: bool, coefficients: tuple[int, ...], sign: int) -> None:
    narrow, neuron, direction = random_network(5, bias), 1, [1, -2, 3][: 2 + bias]
    curve = descent_curve(coefficients, sign, direction)
    assert curve is not None
    t = Fraction(1, 3)
    wide = moved(split(narrow, neuron, coefficients), curve.displacement(narrow, neuron), t)
    for j, (share, c) in enumerate(zip(curve.lam, curve.c, strict=True)):
        step = polynomial_at(c, t)
        assert wide.v[neuron + j] == polynomial_at(share, t) * narrow.v[neuron]
        assert wide.W[neuron + j] == tuple(
            w + step * a for w, a in zip(narrow.W[neuron], direction, strict=False)
        )
        assert not bias or (
            wide.b and narrow.b and wide.b[neuron + j] == narrow.b[neuron] + step * direction[2]
        )
    last = neuron + len(coefficients)
    assert (wide.v[0], wide.W[0], wide.v[last], wide.W[last], wide.c) == (
        narrow.v[0],
        narrow.W[0],
        narrow.v[2],
        narrow.W[2],
        narrow.c,
    )


@pytest.mark.parametrize("bias", [False, True])
def test_a_copied_displacement_gives_the_narrow_outputs(bias: bool) -> None:
    narrow, shares = random_network(6, bias), (Fraction(3, 2), Fraction(0), Fraction(-1, 2))
    displacement = tuple(
        (Fraction(0), Fraction(k - 3), Fraction(1, 1 + k)) for k in range(narrow.n_parameters)
    )
    wide = copied(narrow, 1, shares, displacement)
    for t in (Fraction(1, 2), Fraction(-2)):
        assert outputs(moved(split(narrow, 1, shares), wide, t)) == outputs(moved(narrow, displacement, t))
    with pytest.raises(InputError, match="polynomials"):
        copied(narrow, 1, shares, displacement[1:])


def test_moves_of_one_neuron() -> None:
    network, t = random_network(7, bias=True), Fraction(1, 4)
    at = moved(network, output_move(network, 1, -1), t)
    assert at.v == (network.v[0], network.v[1] - t, network.v[2]) and at.W == network.W
    at = moved(network, neuron_move(network, 2, (0, 0, 3), (1, 0, -1)), t)
    assert at.v[2] == network.v[2] + 3 * t**2 and at.v[:2] == network.v[:2] and at.W[:2] == network.W[:2]
    assert at.W[2] == (network.W[2][0] + t, network.W[2][1])
    assert network.b is not None and at.b == (*network.b[:2], network.b[2] - t)
    with pytest.raises(InputError, match="starts at 0"):
        neuron_move(network, 0, (1,), (0, 0, 0))
    with pytest.raises(InputError, match="length 3"):
        neuron_move(network, 0, (0, 1), (0, 0))


@pytest.mark.parametrize(
    ("coefficients", "sign", "direction"), [((1, 1), 1, (1,)), ((1, 0), 0, (1,)), ((1, 0), 2, (1,))]
)
def test_descent_curve_refuses(coefficients: tuple[int, ...], sign: int, direction: tuple[int, ...]) -> None:
    with pytest.raises(InputError):
        descent_curve(coefficients, sign, direction)


@pytest.mark.parametrize("daughters", [(0, 1), (1, 2), (0, 0)])
def test_only_two_positive_daughters_move_apart(daughters: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="two positive"):
        apart(powers(2, -1, 0), powers(1), *daughters)


def test_displacement_refuses_a_direction_of_the_wrong_length() -> None:
    curve = descent_curve((1, 0), 1, (1, 2, 3))
    assert curve is not None
    with pytest.raises(InputError, match="length 2"):
        curve.displacement(random_network(0), 0)
