"""Exact values, and inertia by congruence against the characteristic polynomials of FLINT."""

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from symplateau.kernel.format import Rejected
from symplateau.kernel.numbers import (
    FUNCTIONS,
    MAX_BITS,
    Angle,
    Interval,
    Vector,
    call,
    congruence,
    dot,
    enclose,
    evaluate,
    short,
)
from symplateau.kernel.polynomial import Polynomial

Matrix = list[list[Fraction]]


def descartes(matrix: Matrix) -> tuple[int, int, int]:
    """The inertia, by the sign changes of a polynomial that has real roots only."""
    table = fmpq_mat(
        len(matrix), len(matrix), [fmpq(x.numerator, x.denominator) for row in matrix for x in row]
    )
    coefficients = [table.charpoly()[k] for k in range(len(matrix) + 1)]
    zero = next(k for k, x in enumerate(coefficients) if x != 0)

    def changes(signs: list[bool]) -> int:
        return sum(x != y for x, y in pairwise(signs))

    positive = changes([x > 0 for x in coefficients if x != 0])
    negative = changes([(x > 0) == (k % 2 == 0) for k, x in enumerate(coefficients) if x != 0])
    assert positive + zero + negative == len(matrix)
    return positive, zero, negative


def times(x: Matrix, y: Matrix) -> Matrix:
    return [
        [
            sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
            for column in zip(*y, strict=True)
        ]
        for row in x
    ]


def transposed(x: Matrix) -> Matrix:
    return [list(column) for column in zip(*x, strict=True)]


@st.composite
def symmetric(draw: st.DrawFn) -> Matrix:
    size = draw(st.integers(1, 4))
    entries = {
        (i, j): Fraction(draw(st.integers(-4, 4)), draw(st.integers(1, 3)))
        for i in range(size)
        for j in range(i + 1)
    }
    return [[entries[max(i, j), min(i, j)] for j in range(size)] for i in range(size)]


def guess(matrix: Matrix, columns: int, random: Random) -> tuple[Matrix, list[int]]:
    """Columns of floating-point eigenvectors, scaled: what a prover would send; sometimes nonsense."""
    import numpy as np

    values, vectors = np.linalg.eigh(np.array(matrix, dtype=float))
    keep = random.sample(range(len(matrix)), columns)
    scaled = [[float(x) / max(abs(float(values[k])), 1e-3) ** 0.5 for x in vectors[:, k]] for k in keep]
    rows = [[Fraction(round(column[i] * 256), 256) for column in scaled] for i in range(len(matrix))]
    signs = [1 if values[k] > 0 else -1 for k in keep]
    return rows, [random.choice([1, -1]) if random.random() < 0.1 else sign for sign in signs]


@settings(max_examples=300)
@given(symmetric(), st.randoms(use_true_random=False), st.booleans())
def test_an_accepted_inertia_is_that_of_the_characteristic_polynomial(
    matrix: Matrix, random: Random, whole: bool
) -> None:
    columns = len(matrix) if whole else random.randint(0, len(matrix))
    basis, signs = guess(matrix, columns, random)
    positive, zero, negative = descartes(matrix)
    try:
        gap, margin = congruence(matrix, basis, signs)
    except Rejected:
        return
    assert 0 <= gap < 1 and margin > 0
    if columns == len(matrix):
        assert (signs.count(1), 0, signs.count(-1)) == (positive, zero, negative)
        # No eigenvalue within the margin: shifted that far either way, the inertia stays.
        for shift in (margin * Fraction(999, 1000), -margin * Fraction(999, 1000)):
            moved = [[x + shift * (i == j) for j, x in enumerate(row)] for i, row in enumerate(matrix)]
            assert descartes(moved) == (positive, 0, negative)
    else:
        assert signs.count(1) <= positive and signs.count(-1) <= negative


@given(symmetric(), st.randoms(use_true_random=False), st.fractions(0, Fraction(1, 4), max_denominator=64))
def test_an_inertia_of_intervals_holds_for_every_matrix_in_them(
    matrix: Matrix, random: Random, radius: Fraction
) -> None:
    basis, signs = guess(matrix, len(matrix), random)
    try:
        congruence([[enclose(x, 64).widened(radius) for x in row] for row in matrix], basis, signs)
    except Rejected:
        return
    for _ in range(3):
        size = range(len(matrix))
        noise = {(i, j): random.choice([-1, 0, 1]) * radius for i in size for j in range(i + 1)}
        moved = [[matrix[i][j] + noise[max(i, j), min(i, j)] for j in size] for i in size]
        assert descartes(moved) == (signs.count(1), 0, signs.count(-1))


def test_the_gap_and_the_margin_by_hand() -> None:
    half = Fraction(1, 2)
    assert congruence(
        [[Fraction(3), Fraction(0)], [Fraction(0), Fraction(-4)]],
        [[half, half * 0], [half * 0, half]],
        [1, -1],
    ) == (Fraction(1, 4), Fraction(3, 4))
    assert congruence([[Fraction(9, 4)]], [[Fraction(2, 3)]], [1]) == (0, 1)
    assert congruence([[Fraction(1, 4)]], [[Fraction(2)]], [1]) == (0, Fraction(1, 4))


ONE = [[Fraction(1)]]


@pytest.mark.parametrize(
    "basis, signs",
    [
        (ONE, [-1]),
        (ONE, [True]),
        (ONE, [0]),
        (ONE, [2]),
        (ONE, ["1"]),
        (ONE, [1.0]),
        (ONE, [None]),
        (ONE, (1,)),
        (ONE, "1"),
        (ONE, {1: 1}),
        (ONE, []),
        (ONE, [1, 1]),
        ([[Fraction(1), Fraction(1)]], [1]),
        ([], []),
        ([], [1]),
        ([[Fraction(1)], [Fraction(1)]], [1]),
        ([[]], [1]),
        ([[Fraction(0)]], [1]),
        ([[Fraction(2)]], [1]),
    ],
    ids=repr,
)
def test_no_congruence(basis: Any, signs: Any) -> None:
    """M = 1. A gap of exactly 1, as that of the zero basis, is too wide."""
    with pytest.raises(Rejected):
        congruence(ONE, basis, signs)


def test_an_empty_basis_counts_nothing() -> None:
    assert congruence(ONE, [[]], []) == (0, 1)


def test_a_singular_matrix_has_no_full_basis() -> None:
    matrix = [[Fraction(1), Fraction(1)], [Fraction(1), Fraction(1)]]
    for scale in range(1, 40):
        for signs in ([1, 1], [1, -1]):
            with pytest.raises(Rejected):
                congruence(matrix, [[Fraction(scale, 8), Fraction(1)], [Fraction(0), Fraction(-1)]], signs)


@pytest.mark.parametrize(
    "function, x, value",
    [
        ("tanh", 0, 0),
        ("sin", 0, 0),
        ("arctan", 0, 0),
        ("erf", 0, 0),
        ("exp", 0, 1),
        ("cos", 0, 1),
        ("logistic", 0, "1/2"),
        ("inv", "-2/3", "-3/2"),
        ("sqrt", "9/4", "3/2"),
        ("pos", -3, 0),
        ("pos", "5/2", "5/2"),
        ("pos2", "3/2", "9/4"),
        ("pos3", "3/2", "27/8"),
        ("pos3", -1, 0),
        ("pos2", 0, 0),
    ],
)
def test_exact_values(function: str, x: Any, value: Any) -> None:
    found = call(function, Fraction(x))
    assert found == Fraction(value) and type(found) is Fraction


@pytest.mark.parametrize(
    "function, x",
    [
        ("tanh", 1),
        ("sin", 1),
        ("cos", "1/2"),
        ("exp", -1),
        ("log", 1),
        ("log", 0),
        ("logistic", 3),
        ("softplus", 0),
        ("arctan", 1),
        ("erf", 1),
        ("sqrt", 2),
        ("sqrt", 0),
        ("sqrt", -4),
        ("sqrt", "1/2"),
        ("inv", 0),
    ],
)
def test_no_exact_value(function: str, x: Any) -> None:
    with pytest.raises(Rejected):
        call(function, Fraction(x))


@pytest.mark.parametrize("function", ["exp", "logistic", "tanh"])
@pytest.mark.parametrize("k", [-7, -1, 1, 2, 30])
@pytest.mark.parametrize("q", ["2", "1/3", "7/5"])
def test_values_on_a_lattice(function: str, k: int, q: str) -> None:
    found = call(function, Angle(Fraction(k), Fraction(q)))
    near = FUNCTIONS[function](FUNCTIONS["log"](enclose(Fraction(q), 200)) * k)
    assert near.lo <= found * 2**200 <= near.hi


@pytest.mark.parametrize(
    "function, k",
    [
        ("sin", 1),
        ("softplus", 1),
        ("log", 1),
        ("inv", 1),
        ("pos", 1),
        ("sqrt", 4),
        ("exp", "1/2"),
        ("tanh", "1/3"),
        ("exp", 513),
        ("exp", -513),
    ],
)
def test_no_value_on_a_lattice(function: str, k: Any) -> None:
    with pytest.raises(Rejected):
        call(function, Angle(Fraction(k), Fraction(2)))


def test_evaluation() -> None:
    polynomial = Polynomial([((("a", 2), ("b", 1)), Fraction(3)), ((), Fraction(-1, 2))])
    assert evaluate(polynomial, {"a": Fraction(2), "b": Fraction(1, 4)}.__getitem__) == Fraction(5, 2)
    found = evaluate(polynomial, {"a": enclose(Fraction(2), 30), "b": Fraction(1, 4)}.__getitem__)
    assert isinstance(found, Interval) and found.lo <= Fraction(5, 2) * 2**30 <= found.hi
    assert evaluate(Polynomial(), {}.__getitem__) == 0


@pytest.mark.parametrize(
    "x",
    [
        Fraction(2) ** MAX_BITS,
        1 / Fraction(2) ** MAX_BITS,
        Interval(0, 1 << MAX_BITS, 16),
        Interval(-1 << MAX_BITS, 0, 16),
    ],
    ids=["large", "small", "high", "low"],
)
def test_numbers_of_too_many_bits(x: Any) -> None:
    with pytest.raises(Rejected):
        short(x)
    with pytest.raises(Rejected):
        evaluate(Polynomial.atom("a"), lambda _: x)


def test_a_sum_of_rationals_does_not_grow_without_bound() -> None:
    values = [Fraction(1, 2 ** (2 * k) + 3) for k in range(2000, 2400)]
    with pytest.raises(Rejected):
        dot(Vector(values), Vector([Fraction(1)] * len(values)))


def test_vectors_of_different_lengths() -> None:
    for x, y in (([Fraction(1)], []), ([enclose(1, 16)] * 2, [Fraction(1)])):
        with pytest.raises(Rejected):
            dot(Vector(x), Vector(y))


def test_exact_products_over_a_common_denominator_and_without_one() -> None:
    random = Random(3)
    short_ones = [Fraction(random.randint(-9, 9), random.randint(1, 9)) for _ in range(50)]
    long_ones = [Fraction(random.randint(-9, 9), 2**1500 + k) for k in range(50)]  # lcm: far above MAX_BITS
    assert Vector(long_ones).whole is None and Vector(short_ones).whole is not None
    for x, y in ((short_ones, short_ones), (short_ones[:20], long_ones[:20]), ([], [])):
        assert dot(Vector(x), Vector(y)) == sum(map(Fraction.__mul__, x, y))


def test_an_exact_product_stays_short() -> None:
    large = Vector([Fraction(2 ** (MAX_BITS // 2 + 1))])
    with pytest.raises(Rejected, match="numbers of at most"):
        dot(large, large)
