"""The grid of ReLU-like networks: which degenerate cases it contains, and that its labels tell the truth."""

from fractions import Fraction
from random import Random

import pytest

from symplateau.adversary.relu_design import fitted, is_stationary
from symplateau.adversary.relu_grid import SLOPES, random_ones, relu_first, relu_grid, relu_labels
from symplateau.adversary.relu_scene import ReluSource
from symplateau.relu.network import ReluNetwork

PREFIX = 300
DEGENERATE = {
    "1 inputs", "2 inputs", "3 inputs", "several outputs", "several neurons", "one sample", "w_i = 0",
    "h_i = 0", "dead neuron", "a sample is zero", "repeated samples", "kinks", "parallel kinks",
    "a kink bends down", "zero residual", "all hidden values zero", "escape neuron", "local maximum",
    "not stationary", "local minimum", "saddle", "locally constant", "type 1", "type 2",
}
TOGETHER = (
    {"type 2", "kinks"}, {"type 1", "a kink bends down"}, {"type 1", "several outputs", "kinks"},
    {"saddle", "h_i = 0"}, {"saddle", "w_i = 0"}, {"local maximum", "not stationary"},
    {"dead neuron", "escape neuron"}, {"type 1", "parallel kinks"},
    {"several neurons", "escape neuron", "kinks"},
    {"3 inputs", "several outputs", "local minimum"}, {"zero residual", "h_i = 0"},
)


@pytest.fixture(scope="module")
def found() -> list[frozenset[str]]:
    return [relu_labels(ReluSource(case.network, case.neuron)) for case in relu_first(PREFIX)]


def test_every_degenerate_case_is_there(found: list[frozenset[str]]) -> None:
    slopes = {f"slopes {high} {low}" for high, low in SLOPES}
    assert set().union(*found) >= DEGENERATE | slopes


@pytest.mark.parametrize("labels", TOGETHER, ids=lambda x: " and ".join(sorted(x)))
def test_cases_that_only_together_are_hard(found: list[frozenset[str]], labels: set[str]) -> None:
    assert any(labels <= x for x in found)


def test_the_stream_is_the_same_from_run_to_run_and_another_for_another_seed() -> None:
    def take(seed: int) -> list[object]:
        stream = random_ones(seed)
        return [next(stream) for _ in range(4)]

    assert take(3) == take(3) and take(3) != take(4)
    assert relu_first(20) == relu_first(20)
    assert next(relu_grid(0)) == next(relu_grid(1))  # what is built does not depend on the seed


# By hand: the samples (0, 1), (0, -1) are at the kink of w = (1, 0); with shares 1/2 their residuals satisfy
# 3/4 e_1 - 3/4 e_2 = 0, and the output weight asks nothing of them: e_1 = e_2.
def test_residuals_of_prescribed_kinks() -> None:
    X = [[1, 0], [0, 1], [0, -1]]
    network = fitted(X, [[1, 0]], [[1]], (1, 0), [0, "1/2", "1/2"], Random(0))
    (first,), (a,), (b,) = network.residuals
    assert is_stationary(network) and first == 0 and a == b > 0


def test_a_point_that_cannot_be_stationary_is_returned_all_the_same() -> None:
    network = fitted([[1]], [[1]], [[1]], (1, 0), [0], Random(0))  # no residual but 0
    assert network.residuals == ((1,),) and not is_stationary(network)


# By hand: w = (1, 0), the sample (0, 1) at the kink with residual -1, the sample (1, 0) fitted: -max(t_2, 0).
def test_the_labels_of_a_network_worked_out_by_hand() -> None:
    network = ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, 1], [[1, 0]], [1])
    assert relu_labels(ReluSource(network, 0)) == {
        "slopes 1 0", "2 inputs", "kinks", "a kink bends down", "not stationary"}


def test_the_labels_of_a_dead_neuron() -> None:
    network = ReluNetwork.from_arrays([[1]], [Fraction(1)], [[-1]], [3])
    assert relu_labels(ReluSource(network, 0)) == {
        "slopes 1 0", "1 inputs", "one sample", "dead neuron", "all hidden values zero", "locally constant",
        "type 1", "local maximum"}
