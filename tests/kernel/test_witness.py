"""Values that satisfy hypotheses and violate conclusions: what is accepted was evaluated, all of it."""

from typing import Any

import pytest

from symplateau.kernel.certificate import words

from .pool import algebra, rejected, statement

PROBLEM: dict[str, Any] = {
    "kind": "algebra",
    "scalars": ["a", "b", "c"],
    "vectors": ["u", "w"],
    "indexed": ["b", "w"],
    "hypotheses": {"total": "a = sum(b*dot(w, u)**2)", "positive": "b > 0", "bounded": "4 >= b*dot(w, w)"},
    "conclusions": ["b >= 3/2", "c*sum(b) = dot(u, u)"],
}
# a = 1*1 + 2*1 = 3; b |w|^2 = 1, 4 <= 4; the conclusions fail: 1 < 3/2, and 2*3 = 6 is not 1.
VALUES: dict[str, Any] = {"a": "3", "b": ["1", "2"], "c": "2", "u": ["1"], "w": [["1"], ["-1", "1"]]}


FAILING = "only the hypotheses to hold"


def witness(values: dict[str, Any] | None = None, **problem: Any) -> dict[str, Any]:
    return algebra(PROBLEM | problem, {"rule": "witness", "values": VALUES | (values or {})})


def test_a_witness_is_returned_with_all_that_it_is_about() -> None:
    found = statement(witness())
    says = {x: PROBLEM[x] for x in ("scalars", "vectors", "indexed", "hypotheses")}
    says |= {"fails": PROBLEM["conclusions"], "values": VALUES}
    assert found == {"format": "symplateau statement 1", "kind": "witness", "rests_on": [], "says": says}
    assert words(found).splitlines() == [
        "There are scalars (a, b, c), vectors (u, w), indexed (b, w) (over a finite family, not empty),"
        " in every ordered field: with",
        "  4 >= b*dot(w, w)   ['bounded']", "  b > 0   ['positive']", "  a = sum(b*dot(w, u)**2)   ['total']",
        "but not", "  b >= 3/2", "  c*sum(b) = dot(u, u)",
        "namely a = 3", "namely b = (1, 2)", "namely c = 2", "namely u = (1)", "namely w = ((1), (-1, 1))",
        "This rests on no other claim."]


@pytest.mark.parametrize("values", [
    {"a": "4"},  # total
    {"a": "0", "b": ["0", "0"]},  # positive, at a boundary
    {"w": [["1"], ["-1", "2"]]},  # bounded
], ids=["equation", "strict inequality", "inequality at one member"])
def test_a_hypothesis_that_does_not_hold(values: dict[str, Any]) -> None:
    assert rejected(witness(values), 0).expected == FAILING


@pytest.mark.parametrize("conclusion", ["b > 0", "b >= 1", "c = 2", "a >= 3", "dot(w, u)**2 = 1", "a = a"])
def test_a_conclusion_that_holds(conclusion: str) -> None:
    assert rejected(witness(conclusions=[conclusion]), 0).expected == FAILING
    assert rejected(witness(conclusions=[*PROBLEM["conclusions"], conclusion]), 0).expected == FAILING


def test_a_conclusion_that_fails_at_one_member_fails() -> None:
    assert statement(witness(conclusions=["b = 1"])) is not None
    assert statement(witness(conclusions=["b > 1"])) is not None


@pytest.mark.parametrize("values", [
    {"b": []}, {"b": [], "w": []}, {"b": ["1"]}, {"b": ["1", "2", "3"]}, {"b": "1"}, {"b": [["1"], ["2"]]},
    {"a": ["3"]}, {"a": 3}, {"a": None}, {"a": "3.0"}, {"a": "6/2"}, {"a": "nan"}, {"u": "1"},
    {"w": ["1", "1"]}, {"d": "1"}, {"u": [["1"]]}, {"a": True},
], ids=str)
def test_values_of_the_wrong_shape(values: dict[str, Any]) -> None:
    rejected(witness(values), 0)


def test_a_value_that_is_missing() -> None:
    for name in VALUES:
        rest = {x: y for x, y in VALUES.items() if x != name}
        rejected(algebra(PROBLEM, {"rule": "witness", "values": rest}), 0)


def test_no_conclusions_a_second_step_or_another_field() -> None:
    rejected(witness(conclusions=[]), 0)
    step = {"rule": "witness", "values": VALUES}
    rejected(algebra(PROBLEM, step, step), 0)
    rejected(algebra(PROBLEM, step | {"more": "1"}), 0)
    rejected(algebra(PROBLEM, {"rule": "witness"}), 0)


def test_a_sum_inside_a_sum_and_a_free_index_beside_it() -> None:
    double = {"h": "a = sum(b*sum(b*dot(w, w)))", "g": "a*b >= 3*b*sum(1)"}
    one = {"conclusions": ["a = 0"], "hypotheses": double}
    # sum_j b_j (1*1 + 2*2) = 3*5
    assert statement(witness({"a": "15"}, **one)) is not None
    rejected(witness({"a": "14"}, **one), 0)


LONG = [f"1/{10**1500 + k}" for k in range(300)]


@pytest.mark.parametrize(("problem", "values"), [
    ({"scalars": ["x"], "indexed": ["x"], "conclusions": ["sum(x) = -1"]}, {"x": LONG}),
    ({"scalars": ["x"], "indexed": ["x"], "conclusions": ["sum(x) = -1"]}, {"x": ["1"] * 100_000}),
    ({"scalars": [], "vectors": ["x"], "indexed": [], "conclusions": ["dot(x, x) = -1"]}, {"x": LONG}),
    ({"scalars": ["x"], "indexed": [], "conclusions": ["(x + 1)**60 = 0"]}, {"x": LONG[0]}),
], ids=["sum", "family", "vector", "power"])
def test_values_that_would_take_long(problem: dict[str, Any], values: dict[str, Any]) -> None:
    whole = PROBLEM | {"vectors": [], "hypotheses": {}} | problem
    found = rejected(algebra(whole, {"rule": "witness", "values": values}), 0)
    assert "cost less" in found.expected or "bits" in found.expected


def test_a_family_of_moderate_size() -> None:
    names = {"scalars": ["x"], "vectors": [], "indexed": ["x"]}
    whole = PROBLEM | names | {"hypotheses": {"h": "sum(x) = 3000"}, "conclusions": ["x > 2"]}
    values = {"x": ["3"] + ["1"] * 997 + ["1000", "1000"]}
    assert statement(algebra(whole, {"rule": "witness", "values": values})) is not None
