"""The sign of quadratic forms on mixed cones, against grids and known forms."""

from itertools import product
from random import Random
from typing import Any

import numpy
import pytest

from symplateau.errors import Undecided
from symplateau.relu import quadratic
from symplateau.relu.quadratic import Negative, Positive, Semidefinite, decide_sign, is_shown_positive, value

from .networks import F


def form(*rows: list[int | str]) -> tuple[tuple[F, ...], ...]:
    return tuple(tuple(F(x) for x in row) for row in rows)


@pytest.mark.parametrize("seed", range(150))
def test_the_sign_agrees_with_a_grid(seed: int) -> None:
    random = Random(seed)
    size = random.randint(1, 3)
    free = random.randint(0, size)
    upper = [[F(random.randint(-2, 2) + 2 * (i == j)) for j in range(size)] for i in range(size)]
    matrix = tuple(tuple(upper[min(i, j)][max(i, j)] for j in range(size)) for i in range(size))
    found = decide_sign(matrix, free)
    ranges = [range(-6, 7) if k < free else range(7) for k in range(size)]
    values = [value(matrix, tuple(map(F, x))) for x in product(*ranges) if any(x)]
    if isinstance(found, Positive):
        assert min(values) > 0
    elif isinstance(found, Semidefinite):
        assert min(values) >= 0 == value(matrix, found.x) and any(found.x)
    else:
        assert value(matrix, found.x) < 0 and all(x >= 0 for x in found.x[free:])


HORN = form([1, -1, 1, 1, -1], [-1, 1, -1, 1, 1], [1, -1, 1, -1, 1], [1, 1, -1, 1, -1], [-1, 1, 1, -1, 1])


def test_horns_form_is_copositive_and_not_strictly() -> None:
    assert isinstance(decide_sign(HORN, 0), Semidefinite)
    lifted = tuple(tuple(x + F(i == j, 100) for j, x in enumerate(row)) for i, row in enumerate(HORN))
    lowered = tuple(tuple(x - F(i == j, 100) for j, x in enumerate(row)) for i, row in enumerate(HORN))
    assert isinstance(decide_sign(lifted, 0), Positive)
    assert isinstance(decide_sign(lowered, 0), Negative)


@pytest.mark.parametrize(
    ("matrix", "free", "sign"),
    [
        (form([1, -1], [-1, 2]), 2, Positive),
        (form([1, -1], [-1, 1]), 2, Semidefinite),
        (form([1, -1], [-1, 1]), 0, Semidefinite),
        (form([1, 1], [1, 1]), 0, Positive),  # zero only at (1, -1)
        (form([0, 1], [1, 0]), 0, Semidefinite),
        (form([0, 1], [1, 9]), 1, Negative),
        (form([0, 0], [0, 1]), 1, Semidefinite),
        (form([0, 0], [0, -1]), 1, Negative),
        (form([1, -3], [-3, 2]), 0, Negative),
        (form([5, -3, -3], [-3, 5, -3], [-3, -3, 5]), 0, Negative),  # each pair is positive
        ((), 0, Positive),
    ],
)
def test_known_forms(matrix: tuple[tuple[F, ...], ...], free: int, sign: type) -> None:
    assert isinstance(decide_sign(matrix, free), sign)


def test_too_many_bounded_coordinates_are_undecided() -> None:
    matrix = tuple(tuple(F(-1, 100) if i != j else F(1) for j in range(9)) for i in range(9))
    with pytest.raises(Undecided):
        decide_sign(matrix, 0)
    assert isinstance(decide_sign(matrix, 9), Positive)


@pytest.mark.parametrize("seed", range(6))
def test_large_forms_are_shown_positive_only_where_they_are(seed: int) -> None:
    """A^T A + small diag for a square A; the same less a little more than the least value on a vector."""
    random, size = Random(seed), 18
    A = [[F(random.randint(-3, 3)) for _ in range(size)] for _ in range(size)]
    gram = [[sum((r[a] * r[b] for r in A), F(0)) for b in range(size)] for a in range(size)]
    raised = tuple(tuple(x + F(a == b, 100) for b, x in enumerate(row)) for a, row in enumerate(gram))
    assert is_shown_positive(raised) and decide_sign(raised, size) == Positive()
    far = tuple(tuple(x * F(10) ** (9 * (a % 3 + b % 3)) for b, x in enumerate(row))
                for a, row in enumerate(raised))
    assert is_shown_positive(far)
    # One row of A left out, and a second one doubled: singular. With one square subtracted: indefinite.
    flat = tuple(tuple(x - A[0][a] * A[0][b] for b, x in enumerate(row)) for a, row in enumerate(gram))
    assert not is_shown_positive(flat)
    assert isinstance(decide_sign(flat, size), Semidefinite)
    below = tuple(tuple(x - 2 * A[0][a] * A[0][b] for b, x in enumerate(row)) for a, row in enumerate(gram))
    assert not is_shown_positive(below)
    assert isinstance(decide_sign(below, size), Negative)


def test_a_form_that_is_nearly_singular_is_not_shown_by_floats() -> None:
    """Floats take 1 + 2^-80 for 1."""
    size, least = 16, F(1, 2**80)
    form = tuple(tuple(F(1) + least * (a == b) if {a, b} <= {0, 1} else F(a == b) for b in range(size))
                 for a in range(size))
    assert not is_shown_positive(form) and decide_sign(form, size) == Positive()
    under = tuple(tuple(F(1) - least * (a == b) if {a, b} <= {0, 1} else F(a == b) for b in range(size))
                  for a in range(size))
    assert not is_shown_positive(under) and isinstance(decide_sign(under, size), Negative)
    assert not is_shown_positive(((F(-1),),)) and is_shown_positive(((F(1, 10**700),),))


# Each step by hand


def diagonal(*entries: int | str) -> tuple[tuple[F, ...], ...]:
    return tuple(tuple(F(x) if a == b else F(0) for b in range(len(entries))) for a, x in enumerate(entries))


def sparse(size: int, entries: dict[tuple[int, int], F]) -> tuple[tuple[F, ...], ...]:
    """The unit matrix, but for these entries and their mirror images."""
    return tuple(tuple(entries.get((a, b), entries.get((b, a), F(a == b))) for b in range(size))
                 for a in range(size))


def shown(matrix: tuple[tuple[F, ...], ...], free: int) -> tuple[F, ...]:
    """The vector of a form that is not positive, which has its sign by its value."""
    found = decide_sign(matrix, free)
    assert not isinstance(found, Positive)
    result = value(matrix, found.x)
    assert len(found.x) == len(matrix) and all(type(x) is F for x in found.x) and any(found.x)
    assert all(x >= 0 for x in found.x[free:])
    assert result < 0 if isinstance(found, Negative) else result == 0
    return found.x


def test_the_value_of_a_form() -> None:
    """2 * 9 - 2 * 3 * 5 + 7 * 25 = 163"""
    assert value(form([2, -1], [-1, 7]), [F(3), F(5)]) == 163


@pytest.mark.parametrize("wrong", [
    Negative((F(1), F(-1))), Negative((F(1), F(0))), Negative((F(0), F(0))), Semidefinite((F(0), F(0))),
    Semidefinite((F(1), F(0))), Semidefinite((F(1), F(-1))), Negative((F(3), F(3)))])
def test_a_vector_that_does_not_have_the_stated_sign_is_not_returned(
        wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """x^2 - y^2 with y >= 0: negative at (0, 1), zero at (1, 1), but not at (1, -1), which is outside."""
    monkeypatch.setattr(quadratic, "_decide", lambda form, free: wrong)
    with pytest.raises(ArithmeticError):
        decide_sign(form([1, 0], [0, -1]), 1)


def test_a_vector_with_the_stated_sign_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    for right in (Negative((F(0), F(1))), Negative((F(-1), F(2))), Semidefinite((F(-1), F(1)))):
        monkeypatch.setattr(quadratic, "_decide", lambda form, free, right=right: right)
        assert decide_sign(form([1, 0], [0, -1]), 1) == right


def test_forms_of_sixteen_coordinates_are_first_tried_in_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def trying(form: Any) -> bool:
        tried.append(len(form))
        return len(form) == 17

    monkeypatch.setattr(quadratic, "is_shown_positive", trying)
    for size in (1, 15, 16, 17, 40):
        sign = decide_sign(diagonal(*[-1] * size), size)
        assert isinstance(sign, Positive if size == 17 else Negative)
    assert tried == [16, 17, 40]


# Positive definite, by floats


@pytest.mark.parametrize("power", [0, 1, -1, 8, 300, -300, 301, 2000, -2001])
@pytest.mark.parametrize("other", [0, 77, -1500])
def test_scales_do_not_matter_to_what_is_shown_positive(power: int, other: int) -> None:
    """(2 1; 1 1) and (5 2; 2 1), with the coordinates in other units."""
    units = [F(2) ** power, F(3) ** other]
    for matrix in (form([2, 1], [1, 1]), form([5, 2], [2, 1])):
        scaled = tuple(tuple(p * x * q for q, x in zip(units, row, strict=True))
                       for p, row in zip(units, matrix, strict=True))
        assert is_shown_positive(scaled)
        turned = tuple(tuple(-x if a != b else x for b, x in enumerate(row)) for a, row in enumerate(scaled))
        assert is_shown_positive(turned)


@pytest.mark.parametrize("matrix", [
    diagonal(0), diagonal(-1), diagonal(1, 0), diagonal(0, 1), diagonal(1, -1), diagonal("-1/100", 1),
    form([1, 1], [1, 1]), form([1, -1], [-1, 1]), form([1, 2], [2, 1]), form([4, 2], [2, 1]),
    form([0, 1], [1, 0]), ((F(1), F(10) ** 400), (F(10) ** 400, F(1)))])
def test_what_is_not_positive_is_not_shown(matrix: tuple[tuple[F, ...], ...]) -> None:
    assert not is_shown_positive(matrix)


@pytest.mark.parametrize(("matrix", "positive"), [
    (form([1, 1], [1, 1]), False),  # singular: each row 1 away
    (form([1, -1], [-1, 1]), False),
    (form([1, "99/100"], ["99/100", 1]), True),
    (form([1, "-99/100"], ["-99/100", 1]), True),
    (form([1, "1/2", "1/2"], ["1/2", 1, "-1/2"], ["1/2", "-1/2", 1]), False),  # the first and last rows too
    (form([1, "1/2", "1/2"], ["1/2", 1, 0], ["1/2", 0, 1]), False),  # only the first row
    (form([1, 0, "1/2"], [0, 1, "1/2"], ["1/2", "1/2", 1]), False),  # only the last
    (form([1, "1/2", "-1/2"], ["1/2", 1, 0], ["-1/2", 0, 1]), False),
    (form([1, "1/2", "49/100"], ["1/2", 1, "-49/100"], ["49/100", "-49/100", 1]), True),
])
def test_whatever_floats_say_a_row_must_be_within_one(
        matrix: tuple[tuple[F, ...], ...], positive: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the unit matrix as the guess, S^T Q S - 1 is what stands beside the diagonal."""
    monkeypatch.setattr(numpy.linalg, "cholesky", lambda a: numpy.eye(len(a)))
    assert is_shown_positive(matrix) == positive


def test_any_guess_that_is_not_within_one_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """S = (1 t; 0 1) in S^T S = (1 t; t 1 + t^2): a row t away, and one t + t^2."""
    for t, positive in ((0.6, True), (0.625, False), (-0.6, True), (-0.625, False), (1.0, False)):
        guess = numpy.array([[1.0, 0.0], [-t, 1.0]])
        monkeypatch.setattr(numpy.linalg, "cholesky", lambda a, guess=guess: guess)
        assert is_shown_positive(form([1, 0], [0, 1])) == positive


def test_a_guess_beyond_the_floats_shows_nothing() -> None:
    """Q = L L^T, ones below a diagonal of 2^-26, is exact in floats; L^-1 has entries of 2^(26 (n - 1))."""
    small, size = F(1, 2**26), 41  # 2^-1040 is a number of floating point, 2^1040 is not
    square, zero = small * small, F(0)
    matrix = tuple(tuple(
        F(1) if a == b == 0 else 1 + square if a == b else
        (F(1) if min(a, b) == 0 else small) if abs(a - b) == 1 else zero
        for b in range(size)) for a in range(size))
    with numpy.errstate(all="ignore"):
        lower = numpy.linalg.cholesky(numpy.array(matrix, dtype=float))
        assert not numpy.isfinite(numpy.linalg.inv(lower)).all()
        assert not is_shown_positive(matrix)
    assert is_shown_positive(tuple(row[:3] for row in matrix[:3]))
    assert decide_sign(matrix, size) == Positive()  # of determinant 2^(-52 (n - 1))


# Free coordinates


def test_a_slope_beside_a_flat_coordinate_leads_below() -> None:
    """q(x, y) = 2 s x y + c y^2 is negative for x far enough on one side, however large c is."""
    for slope, own in product((F(1), F(-1), F(5), F(1, 1000)), (F(0), F(1), F(-1), F(9), F(1000))):
        for flat in (F(0), F(-1), F(-1, 10**6)):
            matrix = ((flat, slope), (slope, own))
            for free in (1, 2):
                assert value(matrix, shown(matrix, free)) < 0
    assert value(form([-2]), shown(form([-2]), 1)) < 0


def test_free_coordinates_are_eliminated_before_the_others() -> None:
    """(x - y)^2 + (y - z)^2 + c z^2 in x, y free and z >= 0 keeps c z^2."""
    for c in (F(-1), F(0), F(1)):
        matrix = ((F(1), F(-1), F(0)), (F(-1), F(2), F(-1)), (F(0), F(-1), 1 + c))
        for free in range(4):
            if c > 0:
                assert isinstance(decide_sign(matrix, free), Positive)
            else:
                x = shown(matrix, free)
                assert c < 0 or x[0] == x[1] == x[2]


def test_of_two_free_coordinates_the_second_may_be_the_first_to_go() -> None:
    """2 x y + y^2 is -1 at (-1, 1); with -x^2 + y^2 + 2 a x z and z >= 0, too."""
    assert isinstance(decide_sign(form([0, 1], [1, 1]), 2), Negative)
    for a in (F(0), F(3), F(-3)):
        matrix = ((F(-1), F(0), a), (F(0), F(1), F(0)), (a, F(0), F(5)))
        assert value(matrix, shown(matrix, 2)) < 0
    matrix = form([0, 0, 0], [0, 1, -2], [0, -2, 4])  # (y - 2 z)^2
    for free in range(4):
        x = shown(matrix, free)
        assert x[1] == 2 * x[2]
    assert shown(form([0, 0, 1], [0, 3, 0], [1, 0, 0]), 2)[1] == 0


def test_free_coordinates_that_do_not_occur() -> None:
    for free in range(4):
        assert isinstance(decide_sign(diagonal(0, 0, 0), free), Semidefinite)
        assert isinstance(decide_sign(diagonal(0, 1, 0), free), Semidefinite)
        assert isinstance(decide_sign(diagonal(1, 0, 1), free), Semidefinite)
        assert isinstance(decide_sign(diagonal(0, 1, -1), free), Negative)
        assert isinstance(decide_sign(diagonal(-1, 0, 1), free), Negative)
        assert isinstance(decide_sign(diagonal(1, 2, 3), free), Positive)
    matrix = form([0, 0, 0], [0, 1, -1], [0, -1, 1])
    assert isinstance(decide_sign(matrix, 1), Semidefinite)
    assert isinstance(decide_sign(form([0, 0, 0], [0, 1, -3], [0, -3, 1]), 1), Negative)


@pytest.mark.parametrize("seed", range(40))
def test_the_signs_of_free_coordinates_are_those_of_the_pivots(seed: int) -> None:
    """R^T D R in other units: positive, semidefinite or negative as D is."""
    random, size = Random(seed), 4
    D = [random.choice((F(1), F(2), F(1, 3), F(0), F(5), F(-1) if seed % 2 else F(7))) for _ in range(size)]
    R = [[F(random.randint(-3, 3)) if b > a else F(a == b) for b in range(size)] for a in range(size)]
    random.shuffle(R)
    matrix = tuple(tuple(sum((d * row[a] * row[b] for d, row in zip(D, R, strict=True)), F(0))
                         for b in range(size)) for a in range(size))
    expected = Negative if min(D) < 0 else Semidefinite if 0 in D else Positive
    found = decide_sign(matrix, size)
    assert isinstance(found, expected)
    if not isinstance(found, Positive):
        shown(matrix, size)


# Coordinates >= 0


def test_entries_that_are_not_negative_are_enough_in_any_number() -> None:
    """Of more coordinates than would be searched; the diagonal decides whether a zero is left."""
    for beside in (F(0), F(1, 2), F(7)):
        large = tuple(tuple(F(1) if a == b else beside for b in range(12)) for a in range(12))
        assert decide_sign(large, 0) == Positive()
    some = sparse(12, {(2, 2): F(0), (7, 7): F(0), (0, 5): F(1, 3)})
    x = shown(some, 0)
    assert isinstance(decide_sign(some, 0), Semidefinite) and sum(map(bool, x)) == 1 and x[2] + x[7] == 1
    assert shown(sparse(12, {(11, 11): F(-1, 9)}), 0)[11] == 1
    assert isinstance(decide_sign(sparse(12, {(0, 0): F(-1), (3, 3): F(0)}), 0), Negative)


def test_eight_coordinates_are_searched_and_nine_are_not() -> None:
    """(x - y)^2 / 2 + ..., with one entry below zero, hence no shortcut."""
    for size in (7, 8):
        assert decide_sign(sparse(size, {(0, size - 1): F(-1, 2)}), 0) == Positive()
        assert isinstance(decide_sign(sparse(size, {(0, size - 1): F(-1)}), 0), Semidefinite)
        assert isinstance(decide_sign(sparse(size, {(0, size - 1): F(-2)}), 0), Negative)
    with pytest.raises(Undecided, match="copositivity"):
        decide_sign(sparse(9, {(0, 8): F(-1, 2)}), 0)
    assert decide_sign(sparse(9, {(0, 8): F(-1, 2)}), 1) == Positive()


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_a_sum_that_only_all_coordinates_bring_below(size: int) -> None:
    """size * |x|^2 - (1 + c) (sum x)^2 on x >= 0 is least at equal x, where it is -c size^2."""
    for c, expected in ((F(-1, 100), Positive), (F(0), Semidefinite), (F(1, 100), Negative)):
        for scale in (F(1), F(1, 10**6), F(10) ** 6):
            matrix = tuple(tuple(scale * (size * (a == b) - 1 - c) for b in range(size)) for a in range(size))
            assert isinstance(decide_sign(matrix, 0), expected)
            if c >= 0:
                x = shown(matrix, 0)
                assert min(x) > 0 and (c > 0 or len(set(x)) == 1)


def test_a_zero_on_a_face_is_found_and_something_below_it_too() -> None:
    """(x - y)^2 + z^2 has zeros; (x - y)^2 + (z - 2 w)^2 - w^2 / 9 is negative on another face."""
    x = shown(form([1, -1, 0], [-1, 1, 0], [0, 0, 1]), 0)
    assert x[0] == x[1] > 0 == x[2]
    x = shown(form([1, 0, -1], [0, 1, 0], [-1, 0, 1]), 0)
    assert x[0] == x[2] > 0 == x[1]
    matrix = form([1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, 1, -2], [0, 0, -2, "35/9"])
    assert isinstance(decide_sign(matrix, 0), Negative) and value(matrix, shown(matrix, 0)) < 0
    zero = form([0, 0, 0], [0, 1, -2], [0, -2, 1])  # zero at (1, 0, 0), negative at (0, 1, 1)
    assert isinstance(decide_sign(zero, 0), Negative)
    assert isinstance(decide_sign(form([0, 0, 0], [0, 1, -1], [0, -1, 2]), 0), Semidefinite)
    uneven = form([4, -6], [-6, 9])  # (2 x - 3 y)^2
    x = shown(uneven, 0)
    assert 2 * x[0] == 3 * x[1] > 0


def test_coordinates_of_both_kinds_are_reported_where_they_belong() -> None:
    """(s - x)^2 + y^2 - 4 y z + 4 z^2, with s free and the others >= 0, vanishes on s = x, y = 2 z alone."""
    matrix = form([1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, 1, -2], [0, 0, -2, 4])
    x = shown(matrix, 1)
    assert x[0] == x[1] and x[2] == 2 * x[3]
    pressed = tuple(tuple(y + (a == b == 1) for b, y in enumerate(row)) for a, row in enumerate(matrix))
    x = shown(pressed, 1)
    assert x[0] == x[1] == 0 and x[2] == 2 * x[3] > 0


def test_rows_of_other_lengths_are_no_form() -> None:
    for ragged in ((form([1, 2, 3])[0], *form([2, 5])), (*form([1, 2]), form([2, 5, 7])[0])):
        with pytest.raises(ValueError, match="argument"):
            decide_sign(ragged, 2)
