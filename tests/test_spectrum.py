"""Bases in which a symmetric matrix is nearly diagonal: exact identities, and matrices worked out by hand."""

from collections.abc import Sequence
from fractions import Fraction as F
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symplateau import spectrum
from symplateau.errors import Undecided
from symplateau.kernel.numbers import Interval
from symplateau.spectrum import balance, diagonalize, eigen, find_basis, floats, middle, pseudoinverse, short

Rows = list[list[F]]


def rows(*given: Sequence[int | str | F]) -> Rows:
    return [[F(x) for x in row] for row in given]


def diagonal(*entries: int | str | F) -> Rows:
    return [[F(x) if i == j else F(0) for j in range(len(entries))] for i, x in enumerate(entries)]


def times(A: Sequence[Sequence[Any]], B: Sequence[Sequence[Any]]) -> Rows:
    return [[sum((x * y for x, y in zip(row, column, strict=True)), F(0)) for column in zip(*B, strict=True)]
            for row in A]


def transposed(A: Sequence[Sequence[Any]]) -> Rows:
    return [list(column) for column in zip(*A, strict=True)]


def gap(M: Rows, S: Rows, signs: Sequence[int]) -> F:
    """The largest sum of a row of |S^T M S - diag(signs)|, exactly."""
    found = times(times(transposed(S), M), S)
    return max(sum((abs(x - (signs[i] if i == j else 0)) for j, x in enumerate(row)), F(0))
               for i, row in enumerate(found))


def exponent(x: F) -> int:
    """e with 2^e <= |x| < 2^(e + 1)."""
    e = abs(x).numerator.bit_length() - x.denominator.bit_length()
    return e if F(2) ** e <= abs(x) else e - 1


def mixed(seed: int, entries: Sequence[F]) -> Rows:
    """R^T diag(entries) R, with a random R of determinant 1."""
    random, size = Random(seed), len(entries)
    low = [[F(random.randint(-2, 2)) if j < i else F(i == j) for j in range(size)] for i in range(size)]
    high = [[F(random.randint(-2, 2)) if j > i else F(i == j) for j in range(size)] for i in range(size)]
    R = times(low, high)
    return times(times(transposed(R), diagonal(*entries)), R)


# Numbers


def test_the_middle_of_an_interval_and_of_a_rational() -> None:
    assert middle(Interval(3, 8, 2)) == F(11, 8) and middle(Interval(-5, -5, 0)) == -5
    assert middle(F(2, 3)) == F(2, 3) and middle(7) == 7 and type(middle(7)) is F


def test_the_nearest_multiple_of_a_unit() -> None:
    assert short(F(7, 5), F(1, 4)) == F(3, 2) and short(F(-7, 5), F(1, 4)) == F(-3, 2)
    assert short(F(100), F(30)) == 90


def test_floats_are_the_scaled_midpoints() -> None:
    matrix = [[Interval(1, 2, 0), F(3)], [F(3), F(-1, 4)]]
    assert floats(matrix).tolist() == [[1.5, 3.0], [3.0, -0.25]]
    assert floats(matrix, [F(2), F(8)]).tolist() == [[6.0, 48.0], [48.0, -16.0]]
    assert floats([[F(10) ** 500]], [F(1, 10**250)]).tolist() == [[1.0]]


@pytest.mark.parametrize("scales", [[F(1)], [F(1)] * 3])
def test_there_is_one_scale_for_each_row_and_each_column(scales: list[F]) -> None:
    for matrix in (rows([1, 2], [2, 5]), rows([1, 2]), rows([1], [2])):
        if {len(matrix), len(matrix[0])} != {len(scales)}:
            with pytest.raises(ValueError, match="argument"):
                floats(matrix, scales)


def test_numbers_beyond_the_floats_are_undecided() -> None:
    for matrix, scales in (([[F(10) ** 400]], None), ([[F(1)]], [F(10) ** 200])):
        with pytest.raises(Undecided, match="overflow"):
            floats(matrix, scales)
    assert floats([[F(1, 10**400)]]).tolist() == [[0.0]]


# Balancing


def test_matrices_of_up_to_24_bits_between_their_rows_are_left_alone() -> None:
    assert balance(diagonal(1, 2**24)) == [1, 1]
    assert balance(diagonal(1, 2**26)) == [1, F(1, 2**13)]
    assert balance(diagonal(1, F(1, 2**26))) == [1, 2**13]
    assert balance(diagonal(1, 2**25)) != [1, 1]


def test_matrices_of_up_to_512_bits_are_left_alone() -> None:
    for power in (512, -512):
        assert balance(diagonal(*[F(2) ** power] * 2)) == [1, 1]
    assert balance(diagonal(*[F(2) ** 514] * 2)) == [F(1, 2**257)] * 2
    assert balance(diagonal(*[F(2) ** -514] * 2)) == [2**257] * 2
    assert balance(diagonal(2**513)) != [1]


def test_what_may_be_zero_does_not_count() -> None:
    wide, one = Interval(-(2**600), 2**601, 0), Interval(1, 1, 0)
    assert balance([[wide, one], [one, wide]]) == [1, 1]
    assert balance([[wide]]) == [1] == balance([[F(0)]])
    large, zero = Interval(2**100 - 1, 2**100 + 1, 0), Interval(0, 0, 0)
    assert balance([[one, zero, zero], [zero, large, zero], [zero, zero, zero]]) == [1, F(1, 2**50), 1]
    assert balance([[-one, zero, zero], [zero, -large, wide], [zero, wide, zero]]) == [1, F(1, 2**50), 1]
    assert balance(diagonal(0, 1, -(2**100))) == [1, 1, F(1, 2**50)]


def test_an_entry_beside_the_diagonal_is_shared_by_its_rows() -> None:
    """p0 + p1 = -60, by halves."""
    assert balance(rows([0, 2**60, 0], [2**60, 0, 0], [0, 0, 1])) == [F(1, 2**30), F(1, 2**30), 1]


@given(st.integers(1, 5).flatmap(lambda n: st.lists(
    st.lists(st.one_of(st.none(), st.integers(-900, 900)), min_size=n, max_size=n), min_size=n, max_size=n)))
@settings(max_examples=150, deadline=None)
def test_the_largest_entry_of_each_balanced_row_is_near_one(powers: list[list[int | None]]) -> None:
    size = len(powers)
    M = [[F(0) if (p := powers[min(i, j)][max(i, j)]) is None else F(2) ** p for j in range(size)]
         for i in range(size)]
    D = balance(M)
    assert all(1 in (x.numerator, x.denominator) and (x.numerator * x.denominator).bit_count() == 1
               for x in D)
    largest = [max(abs(x) for x in row) for row in M]
    extent = [exponent(x) for x in largest if x]
    if extent and (max(extent) - min(extent) > 24 or max(map(abs, extent)) > 512):
        for i in range(size):
            if largest[i]:
                assert F(1, 4) <= max(abs(M[i][j]) * D[i] * D[j] for j in range(size)) <= 4
    else:
        assert set(D) == {1}


# Floating point


def test_the_pseudo_inverse_of_an_indefinite_singular_matrix() -> None:
    """(1 1; 1 1) is 2 on (1, 1), and its pseudo-inverse 1/2; a diagonal is inverted where it is not zero."""
    assert np.allclose(pseudoinverse(np.array([[1.0, 1.0], [1.0, 1.0]])), [[0.25, 0.25], [0.25, 0.25]])
    assert np.allclose(pseudoinverse(np.diag([4.0, -0.5, 0.0])), np.diag([0.25, -2.0, 0.0]))


def test_eigenvalues_of_the_symmetric_part() -> None:
    """(0 2; 0 0) has the symmetric part (0 1; 1 0), of eigenvalues -1 and 1 along (1, -1) and (1, 1)."""
    values, vectors = eigen(np.array([[0.0, 2.0], [0.0, 0.0]]))
    assert np.allclose(values, [-1, 1])
    assert np.allclose(abs(vectors.T @ [[1, 1], [-1, 1]]), np.sqrt(2) * np.eye(2))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_eigenvalues_that_are_not_numbers_are_undecided() -> None:
    for matrix in ([[1e308, 0.0], [0.0, 1.0]], [[np.inf]], [[np.nan, 0.0], [0.0, 1.0]]):
        with pytest.raises(Undecided, match="eigenvalues"):
            eigen(np.array(matrix))


def test_eigenvalues_that_do_not_converge_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise np.linalg.LinAlgError("Eigenvalues did not converge")

    for name, function in (("eigh", eigen), ("pinv", pseudoinverse)):
        monkeypatch.setattr(np.linalg, name, failing)
        with pytest.raises(Undecided, match="eigenvalues"):
            function(np.eye(2))


# Bases by eigenvectors


@pytest.mark.parametrize("signs", list(product((1, -1), repeat=3)))
def test_a_basis_shows_the_signs_that_the_matrix_was_made_with(signs: tuple[int, ...]) -> None:
    """By Sylvester's law, R^T D R has the signs of D."""
    for seed in range(4):
        M = mixed(seed, [F(3) * signs[0], F(1, 2) * signs[1], F(20) * signs[2]])
        S, found = find_basis(M)
        assert sorted(found) == sorted(signs) and all(type(x) is int for x in found)
        assert all(type(x) is F for row in S for x in row)
        assert gap(M, S, found) < F(1, 8)


def test_the_columns_come_in_the_order_of_the_eigenvalues() -> None:
    S, signs = find_basis(diagonal(4, -1, 16))
    assert (S, signs) == (rows([0, "1/2", 0], [1, 0, 0], [0, 0, "1/4"]), [-1, 1, 1])


def test_only_the_columns_that_are_asked_for() -> None:
    M = diagonal(4, -1, 16, 0)  # the eigenvalues -1, 0, 4, 16
    assert find_basis(M, [0, 3]) == (rows([0, 0], [1, 0], [0, "1/4"], [0, 0]), [-1, 1])
    assert find_basis(M, [2]) == (rows(["1/2"], [0], [0], [0]), [1])
    for columns in (None, [1], [0, 1], range(4)):
        with pytest.raises(Undecided, match="singular"):
            find_basis(M, columns)


def test_an_eigenvector_points_along_its_largest_entry() -> None:
    for M in (rows([2, 1], [1, 5]), rows([2, -1], [-1, 5]), mixed(0, [F(3), F(-2), F(1)]), diagonal(-3, 7)):
        S, _ = find_basis(M)
        assert all(max(column, key=abs) > 0 for column in transposed(S))


def test_a_matrix_of_intervals_is_taken_at_its_middle() -> None:
    beside = Interval(-1, 1, 9)
    found = find_basis([[Interval(7, 9, 1), beside], [beside, Interval(-9, -7, 3)]])
    assert found == (rows([0, "1/2"], [1, 0]), [-1, 1])


@pytest.mark.parametrize("powers", [(300, -290), (-400, -390), (600, 600), (-700, 900)])
def test_a_basis_of_numbers_far_from_one(powers: tuple[int, int]) -> None:
    """Where neither squares nor the entries themselves are numbers of floating point."""
    for first, second in product((1, -1), repeat=2):
        M = [[first * F(10) ** powers[0], F(1)], [F(1), second * F(10) ** powers[1]]]
        determinant = M[0][0] * M[1][1] - 1
        S, signs = find_basis(M)
        assert (signs[0] * signs[1] > 0) == (determinant > 0) and gap(M, S, signs) < F(1, 8)


def units(S: Rows) -> list[int]:
    """For each column, how many bits below its largest entry the last bit lies."""
    found = []
    for column in transposed(S):
        e = exponent(max(column, key=abs))
        last = max(x.denominator.bit_length() - 1 if x.denominator > 1
                   else 1 - (x.numerator & -x.numerator).bit_length() for x in column if x)
        found.append(e + last)
    return found


def test_a_basis_has_the_fewest_bits_that_will_do() -> None:
    """On six bits, unless that leaves a row 1/8 or more from its sign; and so on."""
    more = set()
    for seed in range(12):
        M = mixed(seed, [F(1), F(-1, 1 + seed**2), F(1 + seed**3), F(5), F(-7), F(1, 3)])
        S, signs = find_basis(M)
        assert gap(M, S, signs) < F(1, 8)
        values, vectors = np.linalg.eigh(floats(M))
        exact = [[F(x) for x in column] for column in (vectors / np.sqrt(abs(values))).T]
        for bits in (6, 8, 10, 12, 16, 24, 40):
            if bits < max(units(S)):
                more.add(bits)
                shorter = [[short(x, F(2) ** (exponent(max(column, key=abs)) - bits)) for x in column]
                           for column in exact]
                assert gap(M, transposed(shorter), signs) >= F(1, 8)
    assert len(more) > 2


def test_six_bits_are_as_many_as_a_well_conditioned_matrix_needs() -> None:
    """Below 2^e <= x < 2^(e + 1), six bits are multiples of 2^(e - 6). By hand for four roots."""
    assert find_basis(diagonal(2))[0] == rows(["91/128"])  # 0.7071 * 128 = 90.5097
    assert find_basis(diagonal(3))[0] == rows(["37/64"])  # 0.57735 * 128 = 73.9
    assert find_basis(diagonal(5))[0] == rows(["57/128"])  # 0.44721 * 256 = 114.487
    assert find_basis(diagonal(4))[0] == rows(["1/2"])


def test_a_row_must_be_nearer_than_the_gap() -> None:
    """2 (91/128)^2 - 1 is exact in floats; on eight bits it is 362/512, as 0.7071 * 512 = 362.04."""
    edge = float(2 * F(91, 128) ** 2 - 1)
    assert find_basis(diagonal(2), gap=edge)[0] == rows(["181/256"])
    assert find_basis(diagonal(2), gap=edge * 1.0001)[0] == rows(["91/128"])


def test_where_no_number_of_bits_will_do_the_most_are_given() -> None:
    """1 / sqrt(2) on forty bits."""
    [[x]], signs = find_basis(diagonal(2), gap=0.0)
    assert signs == [1] and (x * 2**41).denominator == 1 and abs(2 * x**2 - 1) < F(1, 2**39)


# Bases by elimination


def check(M: Rows, signs: Sequence[int] | None = None, nullity: int | None = None) -> Rows:
    """What diagonalize promises, multiplied out; the rows of S."""
    S, found, null = diagonalize(M)
    size = len(M)
    assert len(S) == size and {len(row) for row in S} <= {len(found)} and len(found) + len(null) == size
    assert all(type(x) is int for x in found) and all(type(x) is F for row in [*S, *null] for x in row)
    if found:
        assert gap(M, S, found) < F(1, 2)
    assert not any(x for vector in null for [x] in times(M, [[x] for x in vector]))
    leads = [next(k for k, x in enumerate(vector) if x) for vector in null]
    assert leads == sorted(set(leads))
    assert all(vector[k] == (k == lead) for vector, lead in zip(null, leads, strict=True) for k in leads)
    assert signs is None or sorted(found) == sorted(signs)
    assert nullity is None or len(null) == nullity
    return S


def test_matrices_of_size_zero_and_one() -> None:
    assert diagonalize([]) == ([], [], [])
    assert diagonalize(rows([0])) == ([[]], [], rows([1]))
    assert diagonalize(rows([4])) == (rows(["1/2"]), [1], [])
    assert diagonalize(rows(["-1/9"]))[1:] == ([-1], [])
    assert diagonalize([[F(0)] * 2] * 2) == ([[], []], [], rows([1, 0], [0, 1]))


def test_matrices_without_a_diagonal() -> None:
    """(0 a; a 0) has the signs of a and -a; three ones beside a zero diagonal have eigenvalues 2, -1, -1."""
    for a in (F(1), F(-1), F(3, 7), F(10) ** 50):
        check([[F(0), a], [a, F(0)]], [1, -1], 0)
        check([[F(0), F(0), a], [F(0), F(0), F(0)], [a, F(0), F(0)]], [1, -1], 1)
    check(rows([0, 1, 1], [1, 0, 1], [1, 1, 0]), [1, -1, -1], 0)
    check(rows([0, 0, 0, 0], [0, 0, 0, 2], [0, 0, 0, 0], [0, 2, 0, 0]), [1, -1], 2)


def test_pivots_that_vanish_on_the_way() -> None:
    """(1 1 .; 1 1 a; . a 0) leaves (0 a; a 0) behind the first pivot."""
    for a in (F(1), F(-2, 3)):
        check([[F(1), F(1), F(0)], [F(1), F(1), a], [F(0), a, F(0)]], [1, 1, -1], 0)
    for c in (1, -4, 4):  # the sum of both vectors may have the value 0, too
        check(rows([0, 2], [2, c]), [1, -1], 0)
    check(rows([1, 1], [1, 1]), [1], 1)


@given(st.lists(st.sampled_from([F(0), F(1), F(-1), F(2, 3), F(2) ** 90, -F(2) ** -90, F(-5)]),
                min_size=1, max_size=5), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_elimination_finds_the_signs_that_a_matrix_was_made_with(entries: list[F], seed: int) -> None:
    check(mixed(seed, entries), [1 if x > 0 else -1 for x in entries if x], entries.count(F(0)))


def test_the_null_vectors_are_in_echelon_form() -> None:
    """(1 2 3)(1 2 3)^T: the vectors t with t0 + 2 t1 + 3 t2 = 0."""
    M = [[F(a * b) for b in (1, 2, 3)] for a in (1, 2, 3)]
    assert diagonalize(M)[2] == rows([1, 0, "-1/3"], [0, 1, "-2/3"])


def test_six_bits_of_a_diagonal_basis() -> None:
    assert diagonalize(diagonal(2, -3, "1/5"))[:2] == (
        # The roots are 181/128, 3547/2048, 3663/8192; 0.7071 = 45.25/64, 0.5774 = 36.95/64, 2.236 = 35.8/16.
        rows(["45/64", 0, 0], [0, "37/64", 0], [0, 0, "9/4"]), [1, -1, 1])


@pytest.mark.parametrize("bits", [6, 8, 10, 12, 16, 24, 40, 60, 90, 120])
def test_an_ill_conditioned_matrix_needs_more_bits(bits: int) -> None:
    """1 and 4^-h in the basis (1, 0), (-1/3, 1), the latter times 2^h. For h = bits - 2, its first entry is
    off by e <= 1/4 at most (half a unit, which counts from up to 2^(h + 1)), and a row by e + e^2 < 1/2."""
    power = 2 * (bits - 2)
    M = [[F(1), F(1, 3)], [F(1, 3), F(1, 9) + F(1, 2**power)]]
    S = check(M, [1, 1], 0)
    assert all(x.denominator & (x.denominator - 1) == 0 for row in S for x in row)
    assert max(units(S)) <= bits


def test_what_no_number_of_bits_shows_is_given_exactly() -> None:
    """Likewise with 4^-h: the basis is (1, 0) and 2^h (-1/3, 1). On few bits it is off by up to 4^h."""
    for h, sign in product((150, 530, 1200, 3000), (1, -1)):
        M = [[F(1), F(1, 3)], [F(1, 3), F(1, 9) + F(1, 4**h)]]
        S = check([[sign * x for x in row] for row in M], [sign, sign], 0)
        assert rows([1, -F(2**h, 3)], [0, 2**h]) == S


def test_rows_of_other_lengths_are_not_reduced() -> None:
    for others, factors, head in (([[1, 2]], [1], [1]), ([[1]], [1], [1, 2]), ([[1]], [1, 2], [1]),
                                  ([[1], [2]], [1], [1])):
        with pytest.raises(ValueError, match="argument"):
            spectrum._reduced(others, factors, head)
