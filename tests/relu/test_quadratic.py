"""The sign of quadratic forms on mixed cones, against grids and known forms."""

from itertools import product
from random import Random

import pytest

from symplateau.errors import Undecided
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
