"""Algebra: good certificates spoiled one way at a time, and statements that are false."""

from typing import Any

import pytest

from .pool import Certificate, accepted, algebra, extended, rejected, spoiled, statement, without

PROBLEM: dict[str, Any] = {
    "kind": "algebra", "scalars": ["a", "b", "v", "i", "lam", "x"], "vectors": ["u", "w"],
    "indexed": ["lam", "x", "w"],
    "hypotheses": {"stationary": "v*a = 0", "nonzero": "v*i = 1", "positive": "b > 0", "shares": "lam >= 0",
                   "inside": "lam > 0", "one": "sum(lam) = 1", "mean": "sum(lam*x) = 0", "equal": "a = b"}}


def proof(states: str, multipliers: dict[str, str] | None = None,
          terms: list[dict[str, Any]] | None = None) -> Certificate:
    """A certificate of one step."""
    step: dict[str, Any] = {"states": states, "multipliers": multipliers or {}, "rule": "combination"}
    step |= {} if terms is None else {"rule": "bound", "terms": terms}
    return algebra(PROBLEM | {"conclusions": [states]}, step)


def bound(states: str, *terms: dict[str, Any], **multipliers: str) -> Certificate:
    return proof(states, multipliers, list(terms))


def term(*factors: str, coefficient: str = "1", **more: str) -> dict[str, Any]:
    return {"coefficient": coefficient, "factors": list(factors), **more}


GOOD = {
    "a = 0": proof("a = 0", {"stationary": "i", "nonzero": "-a"}),
    "centered": proof("sum(lam*(x - a)) = -a", {"mean": "1", "one": "-a"}),
    "indexed": proof("v*a*lam = 0", {"stationary": "lam"}),
    "strict": bound("b + 2*b**2 + b**2*a**2 > 0", term("positive"),
                    term("positive", "positive", coefficient="2"),
                    {"coefficient": "1", "factors": [], "square": "a*b"}),
    "summed": bound("sum(lam*x**2) >= 0", term("shares", square="x")),
    "norm": bound("dot(u, u) - 2*dot(u, w) + dot(w, w) >= 0", {"coefficient": "1", "square": "u - w"}),
    "norms": bound("sum(dot(w, w)) + b >= 0", {"coefficient": "1", "square": "w"}, term("positive")),
    "everywhere": bound("lam + lam**2 > 0", term("inside"), term("inside", "inside")),
    "shifted": bound("a**2 + 1 > 0", {"coefficient": "1", "square": "a"}, {"coefficient": "1"}),
    "substituted": bound("a > 0", term("positive"), equal="1"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_one(name: str) -> None:
    found = accepted(GOOD[name])
    assert found["kind"] == "algebraic" and found["rests_on"] == []
    assert found["says"] == {key: value for key, value in GOOD[name]["problem"].items() if key != "kind"}


def cited(certificate: Certificate) -> set[str]:
    step = certificate["steps"][0]
    return {*step["multipliers"],
            *(name for part in step.get("terms", []) for name in part.get("factors", []))}


@pytest.mark.parametrize(("name", "hypothesis"),
                         [(name, x) for name, c in GOOD.items() for x in sorted(cited(c))])
def test_a_hypothesis_dropped(name: str, hypothesis: str) -> None:
    rejected(without(GOOD[name], "problem", "hypotheses", hypothesis), 0)


@pytest.mark.parametrize(("name", "hypothesis"),
                         [(name, x) for name, c in GOOD.items() for x in sorted(cited(c))])
@pytest.mark.parametrize("formula", ["a = 2", "b >= 1", "x > 2", "0 = 0", "sum(lam) = 2", "a*b > 0"])
def test_a_hypothesis_changed(name: str, hypothesis: str, formula: str) -> None:
    rejected(spoiled(GOOD[name], "problem", "hypotheses", hypothesis, to=formula), 0)


@pytest.mark.parametrize(("name", "hypothesis"),
                         [(n, x) for n, c in GOOD.items() for x in c["steps"][0]["multipliers"]])
@pytest.mark.parametrize("multiplier",
                         ["0", "2*(i)", "-i", "1 + i", "lam", "dot(u, u)", "u", "a", "", "1.0", "i = i", 1,
                          None, "z"])
def test_a_multiplier_changed(name: str, hypothesis: str, multiplier: Any) -> None:
    if GOOD[name]["steps"][0]["multipliers"][hypothesis] != multiplier:
        rejected(spoiled(GOOD[name], "steps", 0, "multipliers", hypothesis, to=multiplier), 0)


@pytest.mark.parametrize("name", [name for name, c in GOOD.items() if "terms" in c["steps"][0]])
@pytest.mark.parametrize("coefficient", ["-1", "0", "3", "1/3", "a", "0.5", 1, None, True, "2/2"])
def test_a_coefficient_changed(name: str, coefficient: Any) -> None:
    rejected(spoiled(GOOD[name], "steps", 0, "terms", 0, "coefficient", to=coefficient), 0)


@pytest.mark.parametrize("name", [name for name, c in GOOD.items() if "terms" in c["steps"][0]])
def test_a_term_dropped_doubled_or_spoiled(name: str) -> None:
    terms = GOOD[name]["steps"][0]["terms"]
    wrong: Any
    for wrong in ([], terms[1:], [*terms, terms[0]], {}, None, "x", [[]], [terms[0] | {"sign": 1}], [{}],
                  [{**terms[0], "factors": None}, *terms[1:]], [{**terms[0], "square": None}, *terms[1:]],
                  [{**terms[0], "factors": "positive"}, *terms[1:]],
                  [{**terms[0], "square": "7"}, *terms[1:]],
                  [{**terms[0], "factors": ["nonzero"]}, *terms[1:]],
                  [{**terms[0], "factors": ["#0"]}, *terms[1:]]):
        rejected(spoiled(GOOD[name], "steps", 0, "terms", to=wrong), 0)


@pytest.mark.parametrize(("states", "terms", "multipliers"), [
    ("a > b", [], {"equal": "1"}),  # an equality
    ("a > b", [term("shares", coefficient="0")], {"equal": "1"}),
    ("a**2 > 0", [{"coefficient": "1", "square": "a"}], {}),  # a square
    ("dot(u, u) > 0", [{"coefficient": "1", "square": "u"}], {}),
    ("b*a**2 > 0", [term("positive", square="a")], {}),
    ("b > 0", [term("positive", square="1")], {}),  # a square, even of 1
    ("lam > 0", [term("shares")], {}),  # a factor that is not strict
    ("b*lam > 0", [term("positive", "shares")], {}),
    ("0 > 0", [], {}), ("1 > 0", [], {}), ("a > a", [], {}),
    ("sum(lam) > 0", [term("inside")], {}),  # strict for each member, and then added
], ids=repr)
def test_an_inequality_that_is_not_strict_by_form(states: str, terms: list[Any],
                                                  multipliers: dict[str, str]) -> None:
    rejected(proof(states, multipliers, terms), 0)


@pytest.mark.parametrize(("states", "terms", "multipliers"), [
    ("lam >= 1", [], {"one": "1"}), ("lam = 1", None, {"one": "1"}),  # from a sum to its members
    ("x = 0", None, {"mean": "1"}), ("lam*x = 0", None, {"mean": "1"}),
    ("lam*a >= 0", [term("shares", square="a")], {}),
    ("sum(a*x) = 0", None, {"mean": "1"}), ("sum(i) = 1", None, {"one": "1"}),
    ("sum(x) = 1", None, {"one": "1"}),
    ("sum(lam)*sum(x) = 0", None, {"mean": "1"}), ("sum(lam)**2 = sum(lam**2)", None, {}),
    ("sum(1) = 1", None, {}),
    ("sum(lam**2) = 1", None, {"one": "lam"}), ("sum(lam)*a = sum(lam*a) + a", None, {}),
    ("dot(u, w)**2 = dot(u, u)*dot(w, w)", None, {}), ("sum(dot(u, w)) = dot(u, u)", None, {}),
    ("sum(x*lam) = x*sum(lam)", None, {}), ("sum(sum(lam)) = 1", None, {"one": "1"}),
], ids=repr)
def test_an_index_that_is_confused(states: str, terms: Any, multipliers: dict[str, str]) -> None:
    rejected(proof(states, multipliers, terms), 0)


def test_what_bears_no_index_comes_out_of_a_sum() -> None:
    for states in ("sum(3*a*x) = 3*a*sum(x)", "sum(sum(x)) = sum(1)*sum(x)", "sum(a) = a*sum(1)",
                   "dot(u, w) = dot(w, u)",
                   "dot(2*u - a*w, w) = 2*dot(w, u) - a*dot(w, w)", "sum(dot(a*u, w)) = a*sum(dot(w, u))",
                   "2**0 = 1"):
        assert statement(proof(states)) is not None


@pytest.mark.parametrize("states", [
    "u = w", "u >= 0", "u*w = 0", "u**2 >= 0", "dot(u, u*w) = 0", "dot(u, 1) = 0", "dot(a, b) = 0",
    "dot(u, u**2) = 0",
    "sum(u) = 0", "dot(u) = 0", "dot(u, w, w) = 0", "sum(x, x) = 0", "sum() = 0", "max(a, b) = a",
    "u(a) = 0", "sum = 0",
    "a/b = 1", "a/0 = 0", "a/(b - b) = 0", "1/a = i", "a**-1 = 0", "a**b = 0", "a**65 = 0", "(a**9)**9 = 0",
    "a**(1/2) = 0",
    "2**2**9 = 0", "a = b = 0", "a == b", "a=b", "a < b", "a <= b", "a != b", "a ≥ b", "a", "", " = ",
    "a = ", "c = 0",
    "a = 0.5", "a = 1e3", "a = 1_000", "a = 0x10", "a = 1j", "a = True", "a = None", "a = 'b'", "a = (b, i)",
    "a = [b]",
    "a = b if b else i", "a = b or i", "a = not b", "a = lambda: b", "a = b.real", "a = b[0]", "a = b // i",
    "a = b % i",
    "a = b @ i", "a = ~b", "a = +b", "a = b # i", "a = b; i", "a\n = b", "a = sum(lam)(x)", "a = sum(*lam)",
    "a = sum(lam=x)",
    "ａ = 0", "a = 007", "#0 = 0", "__import__ = 0", "a = dot(u, w)(u)"], ids=repr)
def test_a_formula_that_is_none(states: str) -> None:
    rejected(proof(states), 0)
    rejected(spoiled(GOOD["a = 0"], "problem", "hypotheses", "more", to=states), -1, "problem")


TOO_LARGE = {
    "brackets": "(" * 300 + "a" + ")" * 300, "signs": "-" * 3000 + "a",
    "sums": "sum(" * 300 + "lam" + ")" * 300,
    "degree": "a*" * 1900 + "a", "terms": "+".join(["a"] * 2000), "powers": "((1+a)**8*(1+b)**8)**6",
    "digits": "9" * 4001, "number": "(" + "9" * 3000 + ")**64"}


@pytest.mark.parametrize("text", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_formula_too_deep_too_long_or_too_large(text: str) -> None:
    assert statement(proof(f"{text} = 0")) is None


def test_numbers_of_4000_digits() -> None:
    number = "1" + "0" * 3990
    assert statement(bound(f"a**2 + {number} > 0", {"coefficient": "1", "square": "a"},
                           {"coefficient": number})) is not None
    rejected(bound(f"a**2 + {number} > 1", {"coefficient": "1", "square": "a"}, {"coefficient": number}), 0)
    rejected(bound(f"a**2 + {number} > 0", {"coefficient": "1", "square": "a"},
                   {"coefficient": number + "0" * 11}), 0)


@pytest.mark.parametrize(("field", "value"), [
    ("scalars", ["a", "b", "v", "i", "lam", "x", "sum"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", "dot"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", "a"]), ("scalars", ["a", "b", "v", "i", "lam", "x", "u"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", "2a"]), ("scalars", ["a", "b", "v", "i", "lam", "x", "a b"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", ""]), ("scalars", ["a", "b", "v", "i", "lam", "x", "µ"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", "_a"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", "dot(u,w)"]),
    ("scalars", ["a", "b", "v", "i", "lam", "x", 1]), ("scalars", ["a", "b", "v", "i", "lam", "x", None]),
    ("scalars", "abvix"), ("scalars", None), ("scalars", {"a": 1}), ("scalars", ["a", "b", "lam", "x"]),
    ("vectors", []), ("vectors", ["u", "w", "a"]), ("vectors", "uw"), ("vectors", None),
    ("vectors", ["u", "w", ["c"]]),
    ("indexed", ["c"]), ("indexed", "lam"), ("indexed", None), ("indexed", ["sum"]), ("indexed", [["lam"]]),
    ("hypotheses", []), ("hypotheses", None), ("hypotheses", {"#0": "a = 0"}), ("hypotheses", {"h": None}),
    ("hypotheses", {"h": 0}),
    ("kind", "algebras"), ("kind", None), ("more", 1)], ids=repr)
def test_a_problem_that_declares_nothing_usable(field: str, value: Any) -> None:
    rejected(spoiled(GOOD["a = 0"], "problem", field, to=value), -1, "problem")


@pytest.mark.parametrize("field", ["kind", "scalars", "vectors", "indexed", "hypotheses", "conclusions"])
def test_a_field_of_the_problem_is_missing(field: str) -> None:
    rejected(without(GOOD["a = 0"], "problem", field), -1, "problem")


@pytest.mark.parametrize("indexed", [[], ["lam"], ["x"], ["lam", "x", "a"]])
def test_other_names_indexed_are_another_statement(indexed: list[str]) -> None:
    certificate = GOOD["centered"]
    other = statement(spoiled(certificate, "problem", "indexed", to=indexed))
    assert other is None or other != statement(certificate)
    if indexed == ["lam", "x", "a"]:  # then a may differ from member to member
        assert other is None


@pytest.mark.parametrize("conclusions",
                         [[], ["b = 0"], ["a  = 0"], ["0 = a"], None, "a = 0", {"a = 0": 1}, [0],
                          [["a = 0"]]])
def test_a_conclusion_that_is_not_stated(conclusions: Any) -> None:
    place = (1, "conclusion") if type(conclusions) is list else (-1, "problem")
    rejected(spoiled(GOOD["a = 0"], "problem", "conclusions", to=conclusions), *place)


def test_a_step_that_is_not_used_changes_nothing() -> None:
    certificate = GOOD["a = 0"]
    step = certificate["steps"][0]
    for more in (step, step | {"multipliers": {"#0": "1"}},
                 step | {"states": "2*a = 0", "multipliers": {"#0": "2"}}):
        assert statement(extended(certificate, more)) == statement(certificate)
    rejected(extended(certificate, step | {"states": "2*a = 1", "multipliers": {"#0": "2"}}), 1)
    both = spoiled(certificate, "problem", "conclusions", to=["a = 0", "2*a = 0"])
    assert statement(extended(both, step | {"states": "2*a = 0", "multipliers": {"#0": "2"}})) is not None


@pytest.mark.parametrize("citation", ["#1", "#2", "#-1", "#", "", "0", "# 0", "#00", "h", "a = 0", "None"])
def test_a_citation_of_itself_or_of_nothing(citation: str) -> None:
    rejected(spoiled(GOOD["a = 0"], "steps", 0, "multipliers", to={citation: "1"}), 0)
    rejected(spoiled(GOOD["a = 0"], "steps", 0, "multipliers", to={"#0": "1"}), 0)
    rejected(bound("b > 0", term(citation)), 0)


def test_an_inequality_cited_as_an_equation_and_an_equation_as_an_inequality() -> None:
    rejected(proof("b = 0", {"positive": "1"}), 0)
    rejected(bound("b >= 0", positive="1"), 0)
    rejected(bound("a - b >= 0", term("equal")), 0)
    assert statement(bound("a - b >= 0", equal="1")) is not None


@pytest.mark.parametrize("change",
                         [{"terms": []}, {"terms": [term("positive")]}, {"rule": "bound"},
                          {"rule": "bound", "terms": []},
                                    {"rule": "sum"}, {"rule": None}, {"rule": ["combination"]},
                          {"states": None}, {"states": 0},
                                    {"multipliers": None}, {"multipliers": []},
                          {"multipliers": [["stationary", "i"]]}, {"from": 0},
                                    {"states": "a = 0 "}, {"states": "a >= 0"}, {"states": "a > 0"},
                          {"states": "-a = 0"}], ids=repr)
def test_a_step_that_is_no_combination(change: dict[str, Any]) -> None:
    certificate = GOOD["a = 0"]
    changed = spoiled(certificate, "steps", 0, to=lambda step: step | change)
    assert statement(changed) is None


@pytest.mark.parametrize("field", ["rule", "states", "multipliers", "terms"])
def test_a_field_of_a_step_is_missing(field: str) -> None:
    assert statement(without(GOOD["strict"], "steps", 0, field)) is None
    rejected(spoiled(GOOD["strict"], "steps", 0, to=lambda step: {**step, "rule": "combination"}), 0)


def test_equations_that_the_kernel_is_asked_to_take_for_equal() -> None:
    for states in ("(a + b)**2 = a**2 + b**2", "a*b = b*a + 0*lam + 1", "sum(lam*x) = sum(lam)*x",
                   "(a + b)**3 = a**3 + 3*a*b*(a + b)"):
        rejected(proof(states), 0)
    assert statement(proof("(a + b)**3 = a**3 + 3*a*b*(a + b) + b**3")) is not None
