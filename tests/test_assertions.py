"""Assertions: the vocabulary at points worked out by hand, what follows from what, files that are refused."""

import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from symplateau.adversary.assertions import (
    EXISTS,
    FOR_ALL,
    PREDICATES,
    REGIONS,
    Assertion,
    closure,
    derived,
    implies,
    included,
    read_assertions,
    sign_counts,
)
from symplateau.adversary.scene import Narrow, Scene
from symplateau.claims import proofs_folder, read_claims
from symplateau.errors import ProofError
from symplateau.network import Network
from symplateau.splitting import is_in_minus, is_in_nd, is_in_pd, is_in_plus, is_in_saddle

HALVES = (Fraction(1, 2), Fraction(1, 2))


def scene(network: Network, shares: tuple[Fraction, ...] = HALVES, neuron: int = 0) -> Scene:
    return Narrow(network, neuron).scene(shares)


def said(network: Network, *words: str, shares: tuple[Fraction, ...] = HALVES) -> list[bool | None]:
    at = scene(network, shares)
    return [PREDICATES[word](at).value for word in words]


# L = (v w^2 - 1)^2 / 2 at v = 1, w = 0: outputs nearby lie in [0, 1), below the target. H = -2.
PEAK = Network.from_arrays("square", [[1]], [1], [1], [[0]])
# L = (v sin w)^2 / 2 at v = 1, w = 0: the residual is 0, the loss is least.
FLOOR = Network.from_arrays("sin", [[1]], [0], [1], [[0]])
# The neuron max(t, 0)^3 at t = -1 is 0 all around, whatever v is; the residual is -1.
DEAD = Network.from_arrays("relu_cubed", [[1]], [1], [1], [[-1]])
# L = (v sin w - 1)^2 / 2 at v = w = 0 is 1/2 - v w + ...: a saddle.
PASS = Network.from_arrays("sin", [[1]], [1], [0], [[0]])


def test_a_local_maximum_that_is_not_constant() -> None:
    words = ("narrow: local maximum", "narrow: local minimum", "narrow: saddle", "narrow: locally constant")
    assert said(PEAK, *words) == [True, False, False, False]
    assert said(PEAK, "H: negative definite", "H: not zero", "H: has a positive eigenvalue") == [
        True,
        True,
        False,
    ]
    assert said(PEAK, "wide: local maximum", "wide: saddle") == [True, False]
    # (2, -1): the output 2 a^2 - b^2 takes both signs, and so does what the loss changes by.
    assert said(PEAK, "wide: saddle", "wide: local maximum", shares=(Fraction(2), Fraction(-1))) == [
        True,
        False,
    ]


def test_a_residual_of_zero() -> None:
    words = ("narrow: local minimum", "narrow: loss not zero", "H: zero", "neuron: locally ineffective")
    assert said(FLOOR, *words) == [True, False, True, True]
    assert said(FLOOR, "wide: local minimum", "wide: same loss", "neuron: locally constant") == [
        True,
        True,
        False,
    ]


def test_a_dead_neuron() -> None:
    words = (
        "narrow: locally constant",
        "neuron: locally constant",
        "neuron: locally effective",
        "wide: locally constant",
    )
    assert said(DEAD, *words) == [True, True, False, True]
    assert said(DEAD, "narrow: saddle", "narrow: all hidden values zero") == [False, True]


def test_a_saddle_with_an_output_weight_of_zero() -> None:
    words = ("narrow: saddle", "neuron: output weight zero", "neuron: locally effective", "wide: saddle")
    assert said(PASS, *words) == [True, True, True, True]
    whole, other = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    assert said(PASS, "wide: another point", shares=whole) == [False]
    assert said(PASS, "wide: another point", shares=other) == [False]  # v_r = 0: all splits are one point
    assert said(PEAK, "wide: another point", shares=other) == [True]


def test_a_point_that_is_not_stationary() -> None:
    slope = Network.from_arrays("exp", [[1]], [0], [1], [[0]])
    words = ("narrow: stationary", "narrow: saddle", "narrow: local minimum", "wide: stationary")
    assert said(slope, *words) == [False, False, False, False]
    # Twice the output: exactly the target 2, so stationary although the narrow point is not.
    double = Network.from_arrays("exp", [[1]], [2], [1], [[0]])
    ones = (Fraction(1), Fraction(1))
    assert said(double, "lambda: sum 1", "wide: stationary", "narrow: stationary", shares=ones) == [
        False,
        True,
        False,
    ]


def test_what_cannot_be_told_is_undecided() -> None:
    # Residuals e = (1, -1) at x = (1, 2), cubes at w = 0: the loss moves at third order only.
    cubes = Network.from_arrays("cube", [[1], [2]], [-1, 1], [1], [[0]])
    assert said(cubes, "narrow: local minimum", "narrow: local maximum", "narrow: saddle") == [
        None,
        None,
        None,
    ]


def test_regions_are_those_of_the_splitting_module() -> None:
    same = {"PD": is_in_pd, "ND": is_in_nd, "plus": is_in_plus, "minus": is_in_minus, "saddle": is_in_saddle}
    for p, z, q in sign_counts(2, 4):
        for name, decide in same.items():
            assert REGIONS[name](p, z, q) == decide("+" * p + "0" * z + "-" * q), (name, p, z, q)


def test_inclusions_of_regions() -> None:
    assert included(frozenset({"saddle"}), "plus") and included(frozenset({"saddle"}), "minus")
    assert included(frozenset({"PD"}), "minus") and included(frozenset({"ND"}), "plus")
    assert not included(frozenset({"plus"}), "saddle") and not included(frozenset({"minus"}), "PD")
    assert included(frozenset({"plus", "minus"}), "not PD") and not included(
        frozenset({"two daughters"}), "PD"
    )


def claim(*hypotheses: str, then: str = "wide: saddle", quantifier: str = FOR_ALL) -> Assertion:
    return Assertion("X/x", "x", hypotheses, quantifier, then)


def test_what_follows_from_a_word() -> None:
    assert {"H: not zero", "narrow: loss not zero"} <= closure(frozenset({"H: positive definite"}))
    assert "H: positive definite" not in closure(frozenset({"H: has a positive eigenvalue"}))
    assert "narrow: saddle" not in closure(frozenset({"narrow: stationary"}))


def test_implications() -> None:
    strong = claim("H: has a positive eigenvalue", "lambda: plus")
    assert implies(strong, claim("H: positive definite", "lambda: ND"))
    assert not implies(strong, claim("H: positive definite", "lambda: PD"))
    assert not implies(strong, claim("H: not zero", "lambda: plus"))
    assert implies(strong, replace(claim("H: indefinite", "lambda: plus"), quantifier=EXISTS))
    assert implies(strong, claim("H: indefinite", quantifier=EXISTS))
    assert not implies(claim("lambda: plus", quantifier=EXISTS), claim("lambda: plus"))
    assert implies(claim("lambda: ND", quantifier=EXISTS), claim("lambda: plus", quantifier=EXISTS))
    assert not implies(claim("lambda: plus", quantifier=EXISTS), claim("lambda: ND", quantifier=EXISTS))
    assert implies(strong, replace(strong, conclusion="wide: not a local minimum"))
    assert not implies(replace(strong, conclusion="wide: not a local minimum"), strong)


def test_two_assertions_imply_a_third_by_cases() -> None:
    plus, minus = (
        claim("H: has a positive eigenvalue", "lambda: plus"),
        claim("lambda: minus", "H: indefinite"),
    )
    assert derived(claim("H: indefinite"), [plus, minus]) == [plus, minus]
    assert derived(claim("H: indefinite"), [plus]) == []
    assert derived(claim("H: positive definite"), [plus, minus]) == []


def test_every_claim_of_the_papers_has_a_pinned_file() -> None:
    found, claims = read_assertions(), read_claims()
    papers = {"stationary-plateau": "A/", "relu-like": "B/"}
    assert set(found) == {
        name for name, x in claims.items() if name.startswith(papers.get(x.goal["paper"], "none"))
    }
    for name, entry in found.items():
        assert entry.pinned, name
        assert entry.file.stem == claims[name].stem
        assert entry.all or entry.data["none"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("wide: saddle", "wide: a saddle", "no word of the vocabulary"),
        ("for all", "for most", "no word of the vocabulary"),
        ("H: has a positive eigenvalue", "H: is nice", "no word of the vocabulary"),
    ],
)
def test_a_file_with_another_word(tmp_path: Path, old: str, new: str, message: str) -> None:
    asserts = tmp_path / "paper" / "asserts"
    asserts.mkdir(parents=True)
    source = proofs_folder() / "stationary_plateau" / "asserts" / "lemma_4_1.json"
    shutil.copy(source.with_name("ASSERTS.sha256"), asserts)
    (asserts / source.name).write_text(source.read_text().replace(old, new))
    entry = read_assertions(tmp_path)["A/lemma-4.1"]
    assert not entry.pinned
    with pytest.raises(ProofError, match=message):
        _ = entry.all


def test_two_files_about_one_claim(tmp_path: Path) -> None:
    asserts = tmp_path / "paper" / "asserts"
    asserts.mkdir(parents=True)
    for name in ("one", "two"):
        (asserts / f"{name}.json").write_text(json.dumps({"claim": "X/x", "assertions": []}))
    with pytest.raises(ProofError, match="two files of assertions"):
        read_assertions(tmp_path)
