"""Exact losses, gradients and Hessians; the decomposition (12); the plateau with symbolic coefficients."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
import sympy

from symplateau.errors import InputError
from symplateau.network import Network
from symplateau.splitting import signs, split
from symplateau.symbolic import (
    at,
    decomposition,
    gradient,
    hessian,
    inner_hessian,
    loss,
    parameters,
    wide_loss,
)

ONE = Fraction(1)


def random_network(
    seed: int,
    activation: str,
    shape: tuple[int, int, int],
    bias: bool = False,
    unit: Fraction | None = None,
    kind: str = "half_sum",
) -> Network:
    """(n_hidden, n_inputs, n_samples), with integer weights and inputs."""
    random, (m, d, n) = Random(seed), shape

    def row(length: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(random.choice([-2, -1, 1, 2])) for _ in range(length))

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


def stationary_tanh(sign: int) -> Network:
    """One tanh neuron at w = log(2): exactly stationary, a strict local minimum, with H_r of the given sign.

    Stationarity is linear in dy, so dy is taken from the null space of z and z' o x, small enough for the
    Gauss-Newton part to win. Among the inputs are no x and -x: an even dy on such a pair would give H_r = 0.
    """
    X = [-3, -1, 2, 4, 5]
    z = [1 - 2 / (Fraction(4) ** x + 1) for x in X]
    rows = sympy.Matrix(
        [
            [sympy.Rational(str(a)) for a in z],
            [sympy.Rational(str((1 - a * a) * x)) for a, x in zip(z, X, strict=True)],
        ]
    )
    dy = [Fraction(int(a.p), int(a.q)) / 100 for a in rows.nullspace()[0]]
    inner = sum(e * -2 * a * (1 - a * a) * x * x for e, a, x in zip(dy, z, X, strict=True))
    dy = [e if (inner > 0) == (sign > 0) else -e for e in dy]
    return Network(
        "tanh",
        X=tuple((Fraction(x),) for x in X),
        y=tuple(a - e for a, e in zip(z, dy, strict=True)),
        v=(ONE,),
        W=((ONE,),),
        W_unit=Fraction(2),
    )


def inertia(matrix: sympy.Matrix) -> tuple[int, int, int]:
    """(n+, n0, n-) of a symmetric rational matrix: Descartes' rule is exact where all roots are real."""
    coefficients = [Fraction(int(x.p), int(x.q)) for x in matrix.charpoly().all_coeffs()]
    zeros = next(k for k, x in enumerate(reversed(coefficients)) if x != 0)
    others = [x for x in coefficients if x != 0]
    positive = sum(x * y < 0 for x, y in pairwise(others))
    return positive, zeros, matrix.rows - zeros - positive


def test_one_square_neuron_and_one_sample_by_hand() -> None:
    # L = (v w**2 - 1)**2 / 2 at v = 2, w = 3: residual 17.
    network = Network("square", X=((ONE,),), y=(ONE,), v=(Fraction(2),), W=((Fraction(3),),))
    v, w = parameters(network)
    assert (str(v), str(w)) == ("v0", "w0_0")
    assert sympy.expand(loss(network) - (v * w**2 - 1) ** 2 / 2) == 0
    assert list(at(gradient(network), network)) == [153, 204]
    assert at(hessian(network), network) == sympy.Matrix([[81, 210], [210, 212]])
    assert [list(at(part, network)) for part in decomposition(network, 0)] == [[144], [68], [212]]


def test_one_cube_neuron_and_two_samples_by_hand() -> None:
    # f = 1, 8, residuals 1, 7: dL/dv = 1 + 56, dL/dw = 3 + 7*3*4*2, H = 6 + 7*6*2*4.
    network = Network("cube", X=((ONE,), (2 * ONE,)), y=(Fraction(0), ONE), v=(ONE,), W=((ONE,),))
    assert list(at(gradient(network), network)) == [57, 171]
    assert list(at(inner_hessian(network, 0), network)) == [342]


@pytest.mark.parametrize(("kind", "factor"), [("half_sum", 1), ("mean", 1), ("half_mean", Fraction(1, 2))])
def test_the_kinds_of_loss(kind: str, factor: Fraction) -> None:
    network = Network("cube", X=((ONE,), (2 * ONE,)), y=(Fraction(0), ONE), v=(ONE,), W=((ONE,),), loss=kind)
    assert at(loss(network), network) == 25 * sympy.Rational(str(factor))  # (1 + 49)/2
    assert list(at(inner_hessian(network, 0), network)) == [342 * sympy.Rational(str(factor))]


def test_biases_by_hand() -> None:
    # f = 2 (3 + 1)**2 - 5 = 27, residual 20: dv = 20*16, dw = db = 20*2*2*4, dc = 20.
    network = Network(
        "square",
        X=((ONE,),),
        y=(Fraction(7),),
        v=(Fraction(2),),
        W=((Fraction(3),),),
        b=(ONE,),
        c=Fraction(-5),
    )
    assert [str(symbol) for symbol in parameters(network)] == ["v0", "w0_0", "b0", "c"]
    assert list(at(gradient(network), network)) == [320, 320, 320, 20]
    assert at(inner_hessian(network, 0), network) == sympy.Matrix([[80, 80], [80, 80]])


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("activation", ["square", "cube", "t**3 - t"])
def test_decomposition_is_an_identity_for_polynomials(activation: str, bias: bool) -> None:
    network = random_network(1, activation, (2, 2, 2), bias)
    for neuron in (0, 1):
        parts = decomposition(network, neuron)
        assert (parts.whole - parts.gauss_newton - parts.inner).applyfunc(sympy.expand).is_zero_matrix
        assert not (parts.whole - parts.gauss_newton).applyfunc(sympy.expand).is_zero_matrix


@pytest.mark.parametrize("kind", ["half_sum", "mean", "half_mean"])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "exp"])
def test_decomposition_on_the_lattice_is_exact_and_rational(activation: str, bias: bool, kind: str) -> None:
    network = random_network(2, activation, (2, 2, 4), bias, Fraction(3, 2), kind)
    parts = [at(part, network) for part in decomposition(network, 1)]
    assert all(entry.is_Rational for part in parts for entry in part)
    assert parts[2] == parts[0] + parts[1] != parts[0]


@pytest.mark.parametrize(
    "activation", ["softplus", "silu", "gelu", "sin", "gaussian", "arctan", "relu_cubed"]
)
def test_decomposition_of_other_activations(activation: str) -> None:
    network = random_network(3, activation, (2, 2, 3))
    whole = decomposition(network, 0).whole - decomposition(network, 0).gauss_newton
    difference = at(whole - inner_hessian(network, 0), network).evalf(40)
    assert max(map(abs, difference)) < 1e-35 < max(map(abs, at(inner_hessian(network, 0), network).evalf(40)))


@pytest.mark.parametrize("bias", [False, True])
def test_the_inner_hessian_is_the_diagonal_block_of_the_hessian_beyond_gauss_newton(bias: bool) -> None:
    network = random_network(4, "tanh", (2, 2, 3), bias, Fraction(2))
    whole, start, each = at(hessian(network), network), 2, 2 + bias
    assert all(entry.is_Rational for entry in whole)
    # The upper triangle is copied from the lower one: here it is differentiated.
    upper = gradient(network)[0].diff(parameters(network)[-1])
    assert at(upper, network) == whole[0, whole.cols - 1] == whole[whole.cols - 1, 0]
    for neuron in (0, 1):
        block = slice(start + neuron * each, start + (neuron + 1) * each)
        assert whole[block, block] == at(decomposition(network, neuron).whole, network)


def test_silu_keeps_the_logarithm_of_the_unit() -> None:
    network = Network("silu", X=((ONE,),), y=(Fraction(0),), v=(ONE,), W=((ONE,),), W_unit=Fraction(2))
    assert at(loss(network), network) == (sympy.Rational(2, 3) * sympy.log(2)) ** 2 / 2


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("coefficients", [(1, 0), (2, -1), ("1/2", "1/2"), (1, 1, -1)])
def test_splitting_keeps_a_stationary_point_stationary(
    sign: int, coefficients: tuple[int | str, ...]
) -> None:
    narrow = stationary_tanh(sign)
    wide = split(narrow, 0, coefficients)
    assert at(gradient(narrow), narrow).is_zero_matrix and at(gradient(wide), wide).is_zero_matrix
    assert at(loss(narrow), narrow) == at(loss(wide), wide) > 0
    elsewhere = split(narrow.with_theta([2, 1]), 0, coefficients)
    assert not at(gradient(elsewhere), elsewhere).is_zero_matrix


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    "coefficients", [("1/2", "1/2"), (2, -1), (1, 0), ("1/3", "1/3", "1/3"), (1, 1, -1), (3, -1, -1)]
)
def test_inertia_of_the_wide_hessian(sign: int, coefficients: tuple[int | str, ...]) -> None:
    narrow = stationary_tanh(sign)
    wide, pattern = split(narrow, 0, coefficients), signs(coefficients)
    assert inertia(at(hessian(narrow), narrow)) == (2, 0, 0)
    assert inertia(at(inner_hessian(narrow, 0), narrow)) == ((1, 0, 0) if sign > 0 else (0, 0, 1))
    p, z, q = (pattern.count(c) for c in "+0-")
    rises, falls = (p - 1, q) if sign > 0 else (q, p - 1)
    assert inertia(at(hessian(wide), wide)) == (2 + rises, len(pattern) - 1 + z, falls)


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("neuron", [0, 1])
def test_on_the_plateau_the_wide_loss_is_the_narrow_one_for_all_coefficients(neuron: int, bias: bool) -> None:
    network = random_network(5, "t**3 + t", (2, 1, 2), bias)
    wide = wide_loss(network, neuron, 3)
    assert sympy.expand(wide.loss.xreplace(wide.plateau) - loss(network)) == 0
    assert len(wide.parameters) == 4 * (2 + bias) + bias and sum(wide.coefficients) == 1
    off = dict(wide.plateau)
    off[wide.parameters[neuron]] += 1
    assert sympy.expand(wide.loss.xreplace(off) - loss(network)) != 0


def test_wide_gradient_and_hessian_with_symbolic_coefficients() -> None:
    # dL/dw_j = lambda_j dL/dw; d2L/dw_j dw_k = lambda_j lambda_k J'J + [j = k] lambda_j H_r.
    network = random_network(6, "cube", (2, 1, 2))
    wide, parts = wide_loss(network, 0, 2), decomposition(network, 0)
    daughters = wide.parameters[3:5]
    assert [str(symbol) for symbol in daughters] == ["W0_0", "W1_0"]
    for j, (w, share) in enumerate(zip(daughters, wide.coefficients, strict=True)):
        slope = wide.loss.diff(w).xreplace(wide.plateau)
        assert sympy.expand(slope - share * gradient(network)[2]) == 0
        for k, (other, share_k) in enumerate(zip(daughters, wide.coefficients, strict=True)):
            second = wide.loss.diff(w, other).xreplace(wide.plateau)
            expected = share * share_k * parts.gauss_newton[0] + (share * parts.inner[0] if j == k else 0)
            assert sympy.expand(second - expected) == 0


def test_one_daughter_is_the_parent() -> None:
    network = random_network(7, "square", (2, 1, 2))
    wide = wide_loss(network, 1, 1)
    assert wide.coefficients == (1,)
    assert list(wide.plateau.values()) == list(parameters(network))


def test_refused() -> None:
    network = random_network(8, "square", (2, 1, 2))
    for refused in (
        lambda: inner_hessian(network, 2),
        lambda: decomposition(network, -1),
        lambda: wide_loss(network, 2, 2),
        lambda: wide_loss(network, 0, 0),
        lambda: loss(network, parameters(network)[1:]),
    ):
        with pytest.raises(InputError):
            refused()
