"""The grid: which degenerate cases it contains, and that its labels tell the truth."""

from fractions import Fraction

import pytest

from symplateau.adversary.grid import COEFFICIENTS, OTHER_SUMS, Case, first, grid, labels, random_ones, values
from symplateau.adversary.scene import Narrow
from symplateau.formulas import ACTIVATIONS
from symplateau.network import Network
from symplateau.splitting import sign_patterns, signs

PREFIX = 120
DEGENERATE = {
    "sigma = sigma' = 0 at a sample",
    "v_r = 0",
    "w_r = 0",
    "a sample is zero",
    "repeated samples",
    "zero residual",
    "one sample",
    "one neuron",
    "H zero",
    "H semidefinite",
    "H definite",
    "H indefinite",
    "degenerate minimum",
    "locally constant neuron",
    "narrow local_minimum",
    "narrow local_maximum",
    "narrow saddle",
    "not stationary",
    "hidden bias",
    "output bias",
    "another loss",
}


@pytest.fixture(scope="module")
def found() -> list[frozenset[str]]:
    return [labels(Narrow(case.network, case.neuron)) for case in first(PREFIX)]


def test_every_degenerate_case_is_there(found: list[frozenset[str]]) -> None:
    assert set().union(*found) >= DEGENERATE


def test_every_activation_of_the_table_is_there(found: list[frozenset[str]]) -> None:
    assert set().union(*found) >= {f"activation {name}" for name in ACTIVATIONS}


def test_cases_that_only_together_are_hard_are_there_together(found: list[frozenset[str]]) -> None:
    for pair in (
        {"locally constant neuron", "narrow saddle"},
        {"degenerate minimum", "locally constant neuron"},
        {"v_r = 0", "H zero", "narrow local_minimum"},
    ):
        assert any(pair <= x for x in found), pair
    assert any("degenerate minimum" in x and "zero residual" not in x for x in found)


def test_the_coefficients_have_all_sign_patterns_and_sum_1() -> None:
    known = {"".join(sorted(signs(x), key="+0-".index)) for x in COEFFICIENTS}
    assert known == {*sign_patterns(2), *sign_patterns(3)}
    assert all(sum(x) == 1 for x in COEFFICIENTS) and not any(sum(x) == 1 for x in OTHER_SUMS)
    assert len(set(COEFFICIENTS)) == len(COEFFICIENTS)


def test_the_stream_is_the_same_from_run_to_run_and_another_for_another_seed() -> None:
    def take(seed: int) -> list[Case]:
        stream = random_ones(seed)
        return [next(stream) for _ in range(5)]

    assert take(3) == take(3) and take(3) != take(4)
    assert first(30) == first(30)
    assert next(iter(grid(0))) == next(iter(grid(1)))  # what is built does not depend on the seed


# By hand: L = (v w^2 - 1)^2 / 2 at v = 1, w = 0 has gradient 0, H = v * e * 2 = -2, and nearby at most 1/2.
def test_the_labels_of_a_network_worked_out_by_hand() -> None:
    network = Network.from_arrays("square", [[1]], [1], [1], [[0]])
    assert labels(Narrow(network, 0)) == {
        "activation square",
        "one sample",
        "one neuron",
        "w_r = 0",
        "sigma = sigma' = 0 at a sample",
        "H definite",
        "narrow local_maximum",
    }


# By hand: residuals 1 and -1 at the same sample cancel in every derivative but not in the loss.
def test_the_labels_of_equal_samples_with_opposite_residuals() -> None:
    network = Network.from_arrays("tanh", [[1], [1]], [1, -1], [1], [[0]])
    found = labels(Narrow(network, 0))
    assert {"repeated samples", "H zero", "narrow local_minimum", "degenerate minimum"} <= found
    assert not {"zero residual", "narrow saddle", "locally constant neuron"} & found


def test_a_network_that_is_in_none_of_the_degenerate_cases() -> None:
    network = Network.from_arrays("tanh", [[1], [2]], [1, 5], [1, 1], [[1], [2]], W_unit="log(2)")
    assert labels(Narrow(network, 1)) == {"activation tanh", "not stationary"}


def test_outputs_that_are_not_rational() -> None:
    network = Network.from_arrays("tanh", [[1]], [0], [1], [[1]])
    assert values(network) is None
    assert values(Network.from_arrays("square", [[3]], [7], [2], [[1]])) == [Fraction(18)]
