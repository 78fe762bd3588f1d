"""Inner products over one denominator, against sums of fractions."""

from random import Random

import pytest

from symplateau.relu.vectors import dot, products, whole

from .networks import F, balanced, row


@pytest.mark.parametrize("seed", range(10))
def test_products_are_sums_of_fractions(seed: int) -> None:
    random = Random(seed)
    rows, others = ([row(random, 3, -9, 9) for _ in range(4)] for _ in range(2))
    for a, values in zip(rows, products(rows, others), strict=True):
        for b, value in zip(others, values, strict=True):
            assert value == dot(a, b) == sum((x * y for x, y in zip(a, b, strict=True)), F(0))


def test_different_lengths_are_an_error() -> None:
    with pytest.raises(ValueError):
        dot([F(1)], [F(1), F(2)])


def test_whole_numbers_and_their_divisor() -> None:
    assert whole([F(1, 2), F(-2, 3), 5]) == ((3, -4, 30), 6)
    assert whole([]) == ((), 1)


@pytest.mark.parametrize("seed", range(10))
def test_the_pull_of_the_residuals(seed: int) -> None:
    random = Random(seed)
    network = balanced(random, 2, 2)
    slopes = row(random, network.n_samples)
    for j in range(2):
        assert network.pull(j, slopes) == tuple(
            sum((s * e[j] * x[a] for s, e, x in zip(slopes, network.residuals, network.X, strict=True)), F(0))
            for a in range(2))
