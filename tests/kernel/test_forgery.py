"""The forgery sweep, its quick part: `python -m tests.campaigns forgery` has the same generator."""

import random
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from flint import arb

from symplateau.kernel import certificate as kernel
from symplateau.kernel import fact, relu
from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError, Rejected
from tests.campaigns import forgery as campaign
from tests.forgery import judgement, smooth
from tests.forgery.judgement import FAILED, Verdict, judge
from tests.forgery.sources import by_hand
from tests.forgery.spoilings import Recipe, kind_of, put, recipes, sample
from tests.forgery.truth import contradictions

from .pool import Certificate, entry, good, seal_of

SWEEP = 60  # forgeries per certificate, spread evenly over all there are; 0 for all of them
KNOWN = dict(by_hand())


def other_than(name: str) -> Certificate:
    """A certificate of the same kind."""
    return next(x for key, x in KNOWN.items() if key != name and kind_of(x) == kind_of(KNOWN[name]))


def sweep(name: str, size: int = SWEEP) -> list[Verdict]:
    original, draw = KNOWN[name], random.Random(name)
    statement = check(original)
    return [judge(original, statement, x) for x in sample(draw, original, other_than(name), size)]


@pytest.mark.parametrize("name", KNOWN)
def test_a_forged_certificate(name: str) -> None:
    found = sweep(name)
    assert [x for x in found if x.outcome == FAILED] == []
    counts = Counter(x.outcome for x in found)
    assert counts["rejected"] > counts["harmless"]


def test_files_that_are_spoiled_are_malformed() -> None:
    original = KNOWN["pool: split"]
    spoiled = [x for x in recipes(original) if x.place == ("file",)]
    assert {judge(original, check(original), x).outcome for x in spoiled} == {"malformed"}


def test_every_rule_is_among_them() -> None:
    used = {(kind_of(x), step["rule"]) for x in KNOWN.values() for step in x["steps"]}
    assert used == {("network", x) for x in kernel.RULES} | {("relu network", x) for x in relu.RULES} | {
        ("algebra", x) for x in ("combination", "bound", "witness")}


def test_every_way_is_among_them() -> None:
    ways = {x.how for name in KNOWN for x in recipes(KNOWN[name], other_than(name))}
    assert ways >= {
        "sign", "plus 1", "minus 1", "a tiny more", "doubled", "halved", "zero", "reciprocal",
        "not canonical", "a truth value", "a number for text", "text for a number", "null",
        "another type", "missing",
        "a field more", "an entry twice", "an entry missing", "neighbours exchanged", "reversed",
        "another rule", "circular", "forward", "another reference", "another citation",
        "another name", "step missing",
        "step twice", "steps exchanged", "steps exchanged, renumbered", "steps of another certificate",
        "step of another certificate, same rule", "scope: an index", "scope: a vector as a scalar",
        "another relation", "hash", "format"}


def test_all_but_the_file_itself_is_sealed_again() -> None:
    for name in ("pool: split", "relu: saddle", "algebra: strict"):
        original = KNOWN[name]
        for recipe in sample(random.Random(0), original, other_than(name), 200):
            forgery = recipe.make(original)
            assert forgery != original, recipe
            assert recipe.place == ("file",) or forgery["sha256"] == seal_of(forgery)
        assert original == dict(by_hand())[name]  # nothing is changed in place


# What makes it say no


def failures(name: str, size: int = 250) -> set[str]:
    return {x.detail for x in sweep(name, size) if x.outcome == FAILED}


def test_a_kernel_that_believes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact, "signs_of", lambda shares: (len(shares), 0, 0))
    assert "the statements differ" in failures("pool: split")


def test_a_field_that_is_not_read_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kernel.RULES, "plateau map", lambda start, neuron, daughters: fact.plateau_map(
        start, neuron=neuron, daughters=2))
    assert "the same statement" in failures("pool: split, mapped")


def test_a_hint_that_is_not_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failures("pool: nondegenerate point near") == set()
    monkeypatch.setitem(judgement.HINTS, "nondegenerate point", set())
    assert failures("pool: nondegenerate point near") == {"the same statement"}


def test_a_rule_that_fails_otherwise_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(fact: Any, **more: Any) -> Any:
        raise ZeroDivisionError if len(more["coefficients"]) < 2 else Rejected("nothing")

    monkeypatch.setitem(kernel.RULES, "split", fails)
    place = ("steps", 3, "coefficients")
    verdict = judge(KNOWN["pool: split"], {}, Recipe("an entry missing", place, put(place, ["2"])))
    assert (verdict.outcome, verdict.detail) == (FAILED, "a foreign error inside a rule")


@pytest.mark.parametrize(("place", "step", "rule", "wrong"), [
    (("steps", 3, "neuron"), 3, "split", False), (("steps", 3, "neuron"), 2, "inertia", True),
    (("steps", 1, "prec"), 3, "split", True), (("steps", 1, "prec"), 4, "conclusion", False),
    (("steps", 0, "rule"), 2, "inertia", False), (("steps", 3, "neuron"), 3, "inertia", True),
    (("problem", "y"), -1, "problem", False), (("steps", 2, "signs"), -1, "problem", True),
    (("problem", "y"), 2, "inertia", False), (("steps", 2), 3, "split", False),
    (("steps", 3, "neuron"), 4, "split", True), (("steps", 1), 2, "inertia", False)], ids=repr)
def test_a_rejection_elsewhere_is_found(place: tuple[Any, ...], step: int, rule: str, wrong: bool) -> None:
    certificate = good("split")
    assert [x["rule"] for x in certificate["steps"]] == [
        "stationary point", "nondegenerate point", "inertia", "split"]
    assert [x.get("from") for x in certificate["steps"]] == [None, 0, 1, 2]
    certificate["steps"][2]["from"] = 0  # the inner Hessian of a point of which no more is known
    error = CheckError(step, rule, "something")
    recipe = Recipe("step missing" if len(place) == 2 else "null", place, put(place, None))
    assert bool(judgement.misplaced(certificate, certificate, recipe, error)) == wrong


def test_a_spoiled_file_that_is_read_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "load", lambda data: good("split"))
    assert {"a spoiled file is accepted", "the same statement"} <= failures("pool: split")


LIES: list[tuple[str, tuple[Any, ...], Any]] = [
    ("pool: nondegenerate point", ("says", "inertia"), [5, 0, 1]),
    ("pool: nondegenerate point", ("says", "type"), "strict local maximum"),
    ("pool: nondegenerate point", ("says", "margin"), "1000"),
    ("pool: nondegenerate point near", ("says", "location", "within"), f"1/{2**400}"),
    ("pool: nonzero gradient", ("says", "gradient"), ["1000", "1001"]),
    ("pool: nonzero gradient", ("says", "type"), "stationary"),
    ("pool: zero residual", ("about", "y"), ["1"]),
    ("pool: local maximum", ("says", "type"), "local minimum"),
    ("pool: inner Hessian", ("says", "inner Hessian", "inertia"), [0, 0, 2]),
    ("pool: split", ("says", "type"), "local minimum"), ("pool: split", ("about", "X", 0, 0), "9"),
    ("pool: split minimum", ("says", "type"), "strict local maximum"),
    ("pool: curve", ("says", "rises", "displacement"), ["0"] * 6),
    ("pool: curves of third order", ("says", "falls", "displacement"), ["0", "-t"]),
    ("pool: local minimum", ("says", "type"), "strict local maximum"),
    ("pool: split path", ("says", "path", "sense"), "rises"),
    ("pool: split path", ("says", "path", "direction"), ["0", "0"]),
    ("relu: minimum", ("says", "type"), "locally constant"),
    ("relu: maximum", ("says", "type"), "local minimum"),
    ("relu: stationary", ("about", "Y", 0, 0), "2"), ("relu: saddle", ("says", "falls", "order"), 1),
    ("relu: saddle", ("says", "rises", "moves", 0, "w", 0), "-t"),
    ("relu: saddle", ("says", "escape neurons", 0, "direction"), ["0"]),
    ("relu: zero residual", ("about", "Y", 1, 0), "1"), ("relu: constant", ("about", "W", 0, 0), "1"),
    ("algebra: a = 0", ("says", "hypotheses"), {}), ("algebra: strict", ("says", "hypotheses"), {}),
    ("algebra: summed", ("says", "hypotheses"), {}), ("algebra: everywhere", ("says", "hypotheses"), {})]


@pytest.mark.parametrize(("name", "place", "lie"), LIES, ids=[f"{x[0]}: {x[1][1]}" for x in LIES])
def test_a_false_statement_is_contradicted(name: str, place: tuple[Any, ...], lie: Any) -> None:
    statement = deepcopy(check(KNOWN[name]))
    assert contradictions(statement) == []
    entry(statement, place[:-1])[place[-1]] = lie
    assert contradictions(statement)


def test_powers_of_balls_around_zero_are_numbers() -> None:
    around = arb(0, arb(2) ** -100)
    assert abs(smooth.formula("t**4 - 1/3*t")(around)) < arb(2) ** -99


def test_the_campaign_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    some = {name: x for k, (name, x) in enumerate(KNOWN.items()) if k % 3 == 0}
    monkeypatch.setattr(campaign, "certificates", lambda corpus: some)
    campaign.chosen.cache_clear()
    content = campaign.run(0, 3, 4, 1, 1)
    assert content["failures"] == 0 and content["found"] == []
    assert content["forged"] == content["rejected"] + content["another statement"] + content["harmless"]
    assert content["forged"] == sum(row["forged"] for row in content["table"].values())
    assert len(content["table"]) >= 15 and content["statements examined"] > 0
    monkeypatch.setattr(judgement, "HINTS", {})
    assert campaign.run(0, 9, 0, 1, 1)["failures"] > 0
    campaign.chosen.cache_clear()
