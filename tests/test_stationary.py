"""Exact stationary points on demand; proving one near a floating-point one; bases and inertia."""

import threading
from fractions import Fraction as F
from itertools import pairwise, product
from random import Random
from time import monotonic, sleep
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symplateau.argument import Argument
from symplateau.deadline import read_seconds, until
from symplateau.design import design
from symplateau.errors import InputError, Undecided
from symplateau.kernel.numbers import congruence
from symplateau.network import Network
from symplateau.spectrum import balance, diagonalize, find_basis, floats
from symplateau.stationary import certify_nondegenerate, find_center, power_of_two_below

INPUTS = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1], [3, 1], [1, 3], [-2, 1], [2, 2],
          [3, -2], [-1, 3], [0, 2], [-1, -1]]
SIGNATURES = ["++", "--", "+-", "+0", "-0", "00"]
NEURON = 1


def start(activation: str = "tanh", unit: str | None = "log(2)", **more: Any) -> Network:
    """Two neurons and two inputs; no targets yet."""
    W = [[1, 0], [1, -1]] if unit else [["1/2", 0], ["1/3", "-1/2"]]
    return Network.from_arrays(
        activation, INPUTS, [0] * len(INPUTS), **({"v": [1, 2], "W": W, "W_unit": unit} | more))


# Independent arithmetic: tanh at k log 2 is (4^k - 1)/(4^k + 1), and its derivatives are polynomials in it.


def towers(network: Network) -> list[list[tuple[F, F, F]]]:
    """tanh, tanh', tanh'' for each neuron and sample."""
    found = []
    for i, w in enumerate(network.W):
        bias = network.b[i] if network.b else F(0)
        row = []
        for x in network.X:
            k = sum(p * q for p, q in zip(w, x, strict=True)) + bias
            t = (F(4) ** int(k) - 1) / (F(4) ** int(k) + 1)
            row.append((t, 1 - t * t, -2 * t * (1 - t * t)))
        found.append(row)
    return found


def inputs(network: Network) -> list[tuple[F, ...]]:
    """The samples, with a last 1 where there is a hidden bias."""
    return [(*x, F(1)) if network.b else x for x in network.X]


def residual(network: Network) -> list[F]:
    values = towers(network)
    return [sum((v * row[k][0] for v, row in zip(network.v, values, strict=True)), (network.c or F(0)) - y)
            for k, y in enumerate(network.y)]


def gradient(network: Network) -> list[F]:
    """By the chain rule, sample by sample; without the factor of the loss."""
    e, values, rows = residual(network), towers(network), inputs(network)
    found = [sum(p * z[0] for p, z in zip(e, row, strict=True)) for row in values]
    for v, row in zip(network.v, values, strict=True):
        found += [sum(p * v * z[1] * x[j] for p, z, x in zip(e, row, rows, strict=True))
                  for j in range(len(rows[0]))]
    return found + ([sum(e, F(0))] if network.c is not None else [])


def inner_hessian(network: Network, neuron: int = NEURON) -> list[list[F]]:
    """Equation (11)."""
    samples = list(zip(residual(network), towers(network)[neuron], inputs(network), strict=True))
    size, v = range(len(samples[0][2])), network.v[neuron]
    return [[sum((v * e * z[2] * x[j] * x[k] for e, z, x in samples), F(0)) for k in size] for j in size]


def signature(matrix: list[list[F]]) -> str:
    """Signs of the eigenvalues, by the characteristic polynomial and Descartes' rule: all roots are real."""
    t = sympy.Symbol("t")
    rational = sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in matrix])
    coefficients = sympy.Poly(rational.charpoly(t).as_expr(), t).all_coeffs()

    def changes(values: list[Any]) -> int:
        signs = [x > 0 for x in values if x != 0]
        return sum(bool(x != y) for x, y in pairwise(signs))

    plus = changes(coefficients)
    minus = changes([x * (-1) ** k for k, x in enumerate(coefficients)])
    return "+" * plus + "-" * minus + "0" * (len(matrix) - plus - minus)


# Design


@pytest.mark.parametrize(("signs", "more"), [
    *((signs, {}) for signs in SIGNATURES), ("+-", {"c": 3}), ("++", {"loss": "mean"}),
    ("+-0", {"b": [1, 0]}), ("---", {"b": [1, 0], "c": -1})])
def test_a_design_is_exactly_stationary_with_the_inner_hessian_that_was_asked_for(
    signs: str, more: dict[str, Any]
) -> None:
    network = design(start(**more), NEURON, signs)
    assert not any(gradient(network)) and any(residual(network))
    assert signature(inner_hessian(network)) == signs


def test_a_design_reaches_a_given_matrix_exactly() -> None:
    target = [[F(3), F(-1, 2)], [F(-1, 2), F(5, 7)]]
    assert inner_hessian(design(start(), NEURON, target, minimum=False)) == target


def test_a_designed_minimum_has_a_positive_definite_hessian_and_a_multiple_of_the_target() -> None:
    network = design(start(), NEURON, [[-1000, 0], [0, 1000]])
    assert np.linalg.eigvalsh(network.float_hessian())[0] > 0
    found = inner_hessian(network)
    assert found[0][1] == 0 and found[1][1] == -found[0][0] > 0


def test_a_huge_inner_hessian_is_no_minimum() -> None:
    network = design(start(), NEURON, [[-1000, 0], [0, 1000]], minimum=False)
    assert np.linalg.eigvalsh(network.float_hessian())[0] < 0


@pytest.mark.parametrize(("network", "signs", "relation"), [
    (start("exp", b=[1, 0]), "+++", "H[2,2] = 0"), (start("sin", None, b=[1, 0]), "---", "H[2,2] = 0"),
    (start("square", None, W=[[1, 0], [1, -1]]), "++", "= 0"), (start("cube", None), "+-", "= 0"),
    (start("gaussian", None, b=[1, 0]), "+++", "no such inner Hessian"),
    (start("erf", None, b=[1, 0]), "+++", "no such inner Hessian"),
    (start("arctan", None, b=[1, 0]), "+++", "no such inner Hessian"), (start(v=[1, 0]), "++", "= 0")])
def test_what_the_activation_obstructs_is_refused_with_the_relation(
    network: Network, signs: str, relation: str
) -> None:
    with pytest.raises(Undecided, match="obstructed") as caught:
        design(network, NEURON, signs)
    assert relation in str(caught.value)


def test_homogeneous_activations_allow_semidefinite_inner_hessians_but_no_strict_minimum() -> None:
    network = start("relu_cubed", None)
    found = design(network, NEURON, "+0", minimum=False)
    assert max(abs(found.float_gradient())) < 1e-9
    with pytest.raises(Undecided, match=r"rank 4, there are 6 parameters"):
        design(network, NEURON, "+0")


def test_too_few_samples_leave_only_a_residual_of_zero() -> None:
    few = Network.from_arrays("tanh", INPUTS[:6], [0] * 6, [1, 2], [[1, 0], [1, -1]], W_unit="log(2)")
    with pytest.raises(Undecided):
        design(few, NEURON, "00")


@pytest.mark.parametrize("target", ["+", "+++", "ab", [[1, 2], [3, 4]], [[1]]])
def test_a_target_of_the_wrong_shape(target: Any) -> None:
    with pytest.raises(InputError, match="target"):
        design(start(), NEURON, target)


def test_a_neuron_that_is_not_there() -> None:
    with pytest.raises(InputError, match="neuron"):
        design(start(), 2, "++")


# Proving a stationary point near


def moved(network: Network, size: float, seed: int = 0) -> Network:
    """The network as floating point has it: without its unit, and a little off."""
    random, log = Random(seed), float(np.log(float(network.W_unit or 1)))
    W = [[float(x) * log + random.uniform(-size, size) for x in row] for row in network.W]
    v = [float(x) + random.uniform(-size, size) for x in network.v]
    return Network.from_arrays(network.activation, network.X, network.y, v, W)


@pytest.mark.parametrize("size", [1e-5, 1e-7, 1e-12])
def test_newton_leads_back_to_the_designed_point(size: float) -> None:
    exact = design(start(), NEURON, "+-")
    near = moved(exact, size)
    argument = Argument(near)
    center = find_center(argument.problem)
    distance = [float(x + y) for x, y in zip(near.theta(), center, strict=True)]
    wanted = [*exact.v, *(F(float(x) * np.log(2)) for row in exact.W for x in row)]
    assert np.allclose(distance, [float(x) for x in wanted], atol=1e-13)
    fact = argument.facts[certify_nondegenerate(argument)]
    assert fact.inertia == (6, 0, 0) and fact.within and fact.reach < F(1, 10**20)


def test_a_point_beyond_the_box_on_which_the_hessian_keeps_its_signs() -> None:
    with pytest.raises(Undecided, match="farther than such a box reaches"):
        certify_nondegenerate(Argument(moved(design(start(), NEURON, "+-"), 1e-3)))


def test_no_stationary_point_is_near() -> None:
    far = Network.from_arrays("tanh", INPUTS, [1] * len(INPUTS), [1, 2], [[1, 0], [1, -1]])
    with pytest.raises(Undecided, match="newton"):
        certify_nondegenerate(Argument(far))


def test_a_split_point_is_degenerate() -> None:
    from symplateau.splitting import split

    wide = split(design(start(), NEURON, "++"), NEURON, ["1/2", "1/2"])
    argument = Argument(wide)
    with pytest.raises(Undecided, match=r"singular|degenerate"):
        certify_nondegenerate(argument, stationary=argument.step("stationary point"))


def test_numbers_beyond_floating_point() -> None:
    with pytest.raises(Undecided, match="overflow"):
        floats([[F(10) ** 400]])
    assert floats([[F(10) ** 400]], [F(1, 10**200)]) == 1


# Bases and inertia


@st.composite
def symmetric(draw: st.DrawFn) -> list[list[F]]:
    """G^T D G with few values: often singular, with zeros on the diagonal, badly scaled."""
    size = draw(st.integers(1, 5))
    entry = st.sampled_from([F(0), F(0), F(1), F(-1), F(2), F(1, 3), F(-7, 2)])
    turn = [[draw(entry) for _ in range(size)] for _ in range(size)]
    diagonal = [draw(st.sampled_from([F(0), F(1), F(-1), F(2) ** 60, -F(2) ** -60])) for _ in range(size)]
    return [[sum((turn[k][i] * diagonal[k] * turn[k][j] for k in range(size)), F(0)) for j in range(size)]
            for i in range(size)]


@given(symmetric())
@settings(max_examples=60, deadline=None)
def test_diagonalize_counts_the_signs_and_the_zeros(matrix: list[list[F]]) -> None:
    basis, signs, null = diagonalize(matrix)
    assert "+" * signs.count(1) + "-" * signs.count(-1) + "0" * len(null) == signature(matrix)
    assert congruence(matrix, basis, signs)[0] < 1
    for vector in null:
        assert not any(sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)


def test_a_basis_has_few_digits() -> None:
    thirds = [[F(1, 3**40 + i * j) + (i == j) for j in range(3)] for i in range(3)]
    basis, _, _ = diagonalize(thirds)
    assert max(len(str(x)) for row in basis for x in row) < 10


@pytest.mark.parametrize("signs", list(product((1, -1), repeat=2)))
def test_a_badly_scaled_matrix_is_balanced(signs: tuple[int, int]) -> None:
    matrix = [[signs[0] * F(10) ** 300, F(1)], [F(1), signs[1] * F(10) ** -290]]
    assert max(balance(matrix)) / min(balance(matrix)) > 10**200
    basis, found = find_basis(matrix)
    congruence(matrix, basis, found)
    assert sorted(found) == sorted(signs)


@pytest.mark.parametrize("matrix", [
    [[F(1), F(2)], [F(2), F(-1000)]], [[F(0), F(0)], [F(0), F(1)]], [[F(0)]],
    [[F(1, 10**33), F(1, 10)], [F(1, 10), F(-1, 10**33)]]])  # of output weights that are all but zero
def test_an_ordinary_matrix_is_left_alone(matrix: list[list[F]]) -> None:
    assert set(balance(matrix)) == {1}


@given(st.fractions(min_value=F(1, 10**9), max_value=10**9))
def test_the_power_of_two_below(value: F) -> None:
    power = power_of_two_below(value)
    assert power <= value < 2 * power and F(1) in (power.numerator, power.denominator)


# Time


def test_the_time_is_over_in_the_middle_of_work() -> None:
    started = monotonic()
    with pytest.raises(Undecided, match="time"), until(read_seconds(0.05)):
        while monotonic() < started + 5:
            sleep(0.01)
    assert monotonic() < started + 1
    sleep(0.06)  # no alarm is left


def test_another_thread_is_not_interrupted() -> None:
    outcome: list[str] = []

    def work() -> None:
        with until(read_seconds(0.02)):
            sleep(0.06)
            outcome.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert outcome == ["done"]


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_no_such_time(seconds: float) -> None:
    with pytest.raises(InputError, match="seconds"):
        read_seconds(seconds)
