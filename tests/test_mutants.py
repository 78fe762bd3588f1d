"""Mutants of statements: what they say, which of them are true, and a slice of the campaign."""

from fractions import Fraction
from typing import Any

import pytest

from symplateau.adversary.implications import CONCLUSION, EMPTY, HYPOTHESIS, SAME, TUNED, accepted, implied
from symplateau.adversary.mutants import Mutant, conclusion_edits, hypothesis_edits, mutants, retold
from symplateau.adversary.retuning import RIGHT, combination, nonnegative
from symplateau.kernel.polynomial import Polynomial
from symplateau.proof import Proof, term
from tests.campaigns.algebra import (
    DISPUTED,
    IMPLIED,
    OPEN,
    REFUTED,
    UNSOUND,
    VERDICTS,
    Case,
    cases,
    findings,
    main,
    report,
)


def spread() -> dict[str, Any]:
    """N >= 3 and M >= N: N*sum(a**2) + M >= 3, with a hypothesis that is not needed."""
    proof = Proof("N M a", indexed="a")
    large = proof.assume("large", "N >= 3")
    more = proof.assume("more", "M >= N")
    proof.assume("idle", "a = 2*M")
    return proof.qed(proof.state("N*sum(a**2) + M >= 3", terms=[
        term(large, square="a"), term(square="a", coefficient="3"), term(large), term(more)]))


def made(certificate: dict[str, Any]) -> dict[str, Mutant]:
    says = {name: x for name, x in certificate["problem"].items() if name != "kind"}
    return {mutant.name: mutant for mutant in mutants(says)}


def case(certificate: dict[str, Any]) -> Case:
    says = {name: x for name, x in certificate["problem"].items() if name != "kind"}
    return Case("X", "goal", "x", says, certificate)


@pytest.mark.parametrize(("text", "expected"), [
    ("a + 2*b >= 1", {
        "turned round": "1 > a + 2*b", "made strict": "a + 2*b > 1",
        "sign of 2 * b flipped": "a - 2 * b >= 1", "sign of a flipped": "-a + 2 * b >= 1",
        "left, 2 at character 5: doubled": "a + 4 * b >= 1",
        "left, 2 at character 5: 1 added": "a + 3 * b >= 1",
        "left, 2 at character 5: sign changed": "a + -2 * b >= 1",
        "right, 1 at character 1: doubled": "a + 2*b >= 2",
        "right, 1 at character 1: 1 added": "a + 2*b >= 2",
        "right, 1 at character 1: sign changed": "a + 2*b >= -1"}),
    ("0 > -sum(p**2)", {
        "turned round": "-sum(p**2) >= 0", "made weak": "0 >= -sum(p**2)",
        "minus of sum(p ** 2) dropped": "0 > sum(p ** 2)",
        "left, 0 at character 1: 1 added": "1 > -sum(p**2)",
        "right, 2 at character 9: 1 added": "0 > -sum(p ** 3)",
        "right, sum(p ** 2): each member instead of the sum": "0 > -p ** 2"}),
    ("p = a", {"turned round": "p = -(a)", "turned strict": "p > a", "summed": "sum(p) = sum(a)"}),
])
def test_a_conclusion_is_changed_in_all_these_ways(text: str, expected: dict[str, str]) -> None:
    assert dict(conclusion_edits(text, {"p"})) == expected


def test_a_hypothesis_is_mirrored_and_its_strictness_exchanged() -> None:
    assert dict(hypothesis_edits("a > b", set())) == {"mirrored": "b > a", "made weak": "a >= b"}
    assert dict(hypothesis_edits("a = b", set())) == {"mirrored": "a = -(b)"}


def test_every_hypothesis_is_dropped_once_and_no_mutant_occurs_twice() -> None:
    certificate = spread()
    found = made(certificate)
    assert {f"hypothesis {name}: dropped" for name in ("large", "more", "idle")} <= set(found)
    texts = [str((x.says["hypotheses"], x.says["conclusions"])) for x in found.values()]
    problem = certificate["problem"]
    assert len(set(texts)) == len(texts)
    assert str((problem["hypotheses"], problem["conclusions"])) not in texts
    dropped = found["hypothesis more: dropped"]
    assert (dropped.before, dropped.after) == ("M >= N", None) and set(dropped.says["hypotheses"]) == {
        "large", "idle"}


@pytest.mark.parametrize(("name", "reason"), [
    ("hypothesis idle: dropped", SAME),
    ("hypothesis idle: right, 2 at character 1: doubled", SAME),
    ("hypothesis large: made strict", SAME),
    ("hypothesis large: right, 3 at character 1: 1 added", HYPOTHESIS),
    ("hypothesis more: mirrored", None),
    ("hypothesis more: dropped", None),
    ("hypothesis large: right, 3 at character 1: sign changed", None),
    ("conclusion 0: turned round", None),
    ("conclusion 0: sign of M flipped", None),
])
def test_reasons_why_a_mutant_is_true(name: str, reason: str | None) -> None:
    certificate = spread()
    assert implied(certificate, made(certificate)[name]) == reason


def test_a_conclusion_may_follow_from_the_old_one() -> None:
    proof = Proof("a b")
    positive = proof.assume("positive", "b > 0")
    above = proof.assume("above", "a >= 3*b")
    certificate = proof.qed(proof.state("a - 2*b > 0", terms=[term(positive), term(above)]))
    found = made(certificate)
    assert implied(certificate, found["conclusion 0: made weak"]) == SAME
    assert implied(certificate, found["conclusion 0: left, 2 at character 5: sign changed"]) == CONCLUSION
    assert implied(certificate, found["conclusion 0: left, 2 at character 5: doubled"]) is None


def test_a_contradiction_implies_everything() -> None:
    proof = Proof("a i")
    inverse = proof.assume("inverse", "a**2*i = 1")
    positive = proof.assume("positive", "i >= 0")
    certificate = proof.qed(proof.state("a**2*i + i > 0", {inverse: "1"}, [term(), term(positive)]))
    mutant = made(certificate)["hypothesis positive: mirrored"]
    assert mutant.says["hypotheses"]["positive"] == "0 >= i"
    assert implied(certificate, mutant) == EMPTY
    assert implied(certificate, mutant, empty=False) is None


def test_a_proof_may_need_other_coefficients() -> None:
    proof = Proof("a b c d")
    first = proof.assume("first", "c = a + b")
    second = proof.assume("second", "d = a - b")
    certificate = proof.qed(
        proof.state("c**2 + d**2 - 2*a**2 >= 0", {first: "c + a + b", second: "d + a - b"}, [
            term(coefficient="2", square="b")]))
    found = made(certificate)
    assert implied(certificate, found["hypothesis second: mirrored"]) == TUNED
    assert implied(certificate, found["conclusion 0: left, 2 at character 15: 1 added"]) is None


def test_coefficients_solve_their_equations_and_have_their_signs() -> None:
    x, y = Polynomial.atom("x"), Polynomial.atom("y")
    assert combination(x, [x + y], [y]) is None, "y would need the coefficient -1"
    assert combination(x + y + y, [x + y], [y]) == [1, 1]
    assert combination(x - y, [x + y, y], [x]) == [1, -2, 0]
    assert combination(x * y, [x, y], [x * x]) is None
    one = Fraction(1)
    assert nonnegative([{0: one, 1: one, RIGHT: one}, {0: one, 1: -one, RIGHT: 2 * one}], range(2)) is None
    assert nonnegative([{0: one, 1: one, RIGHT: 3 * one}, {0: one, 1: -one, RIGHT: one}], range(2)) == {
        0: 2, 1: 1}
    assert nonnegative([{0: -one, RIGHT: one}], range(1)) is None
    assert nonnegative([], range(3)) == {}


def test_the_proof_told_of_no_change_is_the_proof() -> None:
    certificate = spread()
    same = Mutant("none", case(certificate).says, None, "", "")
    told = retold(certificate, same)
    assert told == {name: x for name, x in certificate.items() if name != "sha256"} and accepted(told)


def test_a_campaign_refutes_the_false_and_proves_the_true() -> None:
    verdicts = {x.mutant.name: x.verdict for x in findings(case(spread()), 60)}
    assert verdicts.pop("the statement itself") == IMPLIED
    assert verdicts["conclusion 0: turned round"] == verdicts["hypothesis more: dropped"] == REFUTED
    assert verdicts["hypothesis idle: dropped"] == IMPLIED
    assert set(verdicts.values()) <= {REFUTED, IMPLIED, OPEN}


def test_a_false_statement_that_is_proved_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that accepts everything: every mutant that is refuted is an alarm."""
    monkeypatch.setattr("tests.campaigns.algebra.accepted", lambda certificate: True)
    found = list(findings(case(spread()), 30))
    assert UNSOUND in {x.verdict for x in found} and REFUTED not in {x.verdict for x in found}
    assert report(found, 30, 0)["rejected"]


def test_a_statement_without_a_proof_would_be_noticed() -> None:
    certificate = spread()
    broken = case(certificate | {"steps": [certificate["steps"][0] | {"terms": [term("large")]}]})
    content = report(list(findings(broken, 20)), 20, 0)
    assert [(x["mutant"], x["verdict"]) for x in content["rejected"]] == [("the statement itself", OPEN)]


def test_a_witness_that_the_kernel_rejects_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    place = "symplateau.adversary.valuations.Model.violated"
    monkeypatch.setattr(place, lambda model, conclusions: list(conclusions))
    assert {x.verdict for x in findings(case(spread()), 10)} >= {DISPUTED}


def test_a_slice_of_the_campaign() -> None:
    found = [x for one in cases(["A/theorem-2", "S/inertia", "A/theorem-3.2"]) if one.where == "goal"
             for x in findings(one, 25, seed=1)]
    content = report(found, 25, 1)
    assert content["rejected"] == [] and content[UNSOUND] == 0
    assert sum(content[verdict] for verdict in VERDICTS) == content["generated"] > 150
    assert float(content["share refuted"]) > 0.7
    [needed] = [x["hypotheses"]["necessary"] for x in content["claims"] if x["claim"] == "A/theorem-2"]
    assert needed


def test_the_command_says_that_nothing_was_checked() -> None:
    assert main(["A/no-such-claim"]) == 5
