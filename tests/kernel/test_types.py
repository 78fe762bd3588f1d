"""What a split makes of a point, for every sign pattern and all that may be known: the table of
CERTIFICATE.md, section 6, read again."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from symplateau.kernel.fact import after_split, signs_of, typed
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, Problem

PLAIN = Fact(Problem({"kind": "network", "activation": "t**2", "X": [["1", "0"], ["0", "1"]], "y": ["0", "0"],
                      "v": ["0"], "W": [["0", "0"]]}), stationary=True)
PATTERNS = [(p, z, q) for p in range(1, 4) for z in range(3) for q in range(3) if p + z + q > 1]
INNER = [None, *((a, b, c) for a, b, c in product(range(3), repeat=3) if a + b + c <= 2)]
INERTIAS = [None, (3, 0, 0), (0, 0, 3), (0, 3, 0), (2, 1, 0), (0, 1, 2), (1, 0, 2), (1, 1, 1)]
KINDS = [None, "saddle", "local minimum", "strict local minimum", "local maximum"]


def inertia(known: Any, inner: Any, p: int, z: int, q: int) -> Any:
    """In(p, z, q); d = 2."""
    if known is None or inner is None or sum(inner) != 2 or inner[0] + inner[2] == 0:
        return None
    (a, b, c), (A, B, C), n = known, inner, p + z + q
    return a + (p - 1) * A + q * C, b + n - 1 + z * 2 + (p - 1 + q) * B, c + (p - 1) * C + q * A


def expected(kind: Any, inner: Any, known: Any, rises: bool, effective: bool, p: int, z: int, q: int) -> Any:
    """The first line that applies."""
    A, _, C = inner or (0, 0, 0)
    wide = inertia(known, inner, p, z, q)
    if kind == "saddle":
        return "saddle", "A/theorem-4"
    if kind in ("local minimum", "strict local minimum") and (
            (A == 2 and z == 0 and q == 0) or (C == 2 and p == 1 and z == 0)):
        return "local minimum", "A/theorem-1"
    if A > 0 and z + q > 0:
        return "saddle", "A/lemma-4.1"
    if C > 0 and p + z >= 2 and (rises or A > 0 or z + q > 0):
        return "saddle", "A/lemma-4.2-amended"
    if z > 0 and effective:
        return "saddle", "A/theorem-3.1"
    if wide and wide[0] > 0 and wide[2] > 0:
        return "saddle", "S/inertia"
    return None, "A/proposition-1"


@pytest.mark.parametrize("inner", INNER)
def test_the_type_after_a_split(inner: Any) -> None:
    for kind, known, rises, effective in product(KINDS, INERTIAS, (False, True), (None, 0)):
        fact = replace(PLAIN, type=kind, inertia=known, rises=rises, effective=effective,
                       inner=inner and (0, inner))
        for p, z, q in PATTERNS:
            found = expected(kind, inner, known, rises, effective is not None, p, z, q)
            assert after_split(fact, p, z, q) == (*found, inertia(known, inner, p, z, q))


def test_a_wide_hessian_has_as_many_eigenvalues_as_parameters() -> None:
    for inner, known, (p, z, q) in product(INNER, INERTIAS, PATTERNS):
        wide = inertia(known, inner, p, z, q)
        assert wide is None or sum(wide) == 3 * (p + z + q)


def test_a_point_that_is_not_stationary_has_no_split() -> None:
    with pytest.raises(Rejected, match="an earlier step about a stationary point"):
        after_split(replace(PLAIN, stationary=False), 1, 1, 0)


def test_the_signs_of_coefficients() -> None:
    assert signs_of((3, 0, -1, -1, 0, 0)) == (1, 3, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize(("known", "kind", "rises"), [
    ((3, 0, 0), "strict local minimum", True), ((0, 0, 3), "strict local maximum", False),
    ((2, 0, 1), "saddle", True), ((1, 1, 1), "saddle", True), ((2, 1, 0), None, True),
    ((0, 1, 2), None, False), ((0, 3, 0), None, False)])
def test_the_type_that_an_inertia_gives(known: Any, kind: Any, rises: bool) -> None:
    found = typed(PLAIN, inertia=known)
    assert (found.inertia, found.type, found.rises) == (known, kind, rises)
    kept = typed(replace(PLAIN, type="local minimum", rises=True), inertia=known)
    assert (kept.type, kept.rises) == (kind or "local minimum", True)
