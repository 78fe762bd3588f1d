"""Values that refute a statement: found where the statement is false, exact, small, and kernel-checked."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from symplateau.adversary.evaluation import holds, reading, sides, tree
from symplateau.adversary.grounded import Frame, Order, rational_root, roots
from symplateau.adversary.valuations import Model, Searcher, certificate, refute_statement
from symplateau.argument import checked
from symplateau.claims import read_claims
from symplateau.errors import ProofError


def statement(
    scalars: str, hypotheses: list[str], conclusions: list[str], vectors: str = "", indexed: str = ""
) -> dict[str, Any]:
    return {"scalars": scalars.split(), "vectors": vectors.split(), "indexed": indexed.split(),
            "hypotheses": {f"h{k}": text for k, text in enumerate(hypotheses)}, "conclusions": conclusions}


FALSE = {
    "a square is positive": statement("a", [], ["a**2 > 0"]),
    "a square grows": statement("a", [], ["a**2 >= a"]),
    "a sum of squares is the square of the sum": statement("a", [], ["sum(a**2) = sum(a)**2"], indexed="a"),
    "the mean is each": statement("a m i", ["i*sum(1) = 1", "m = i*sum(a)"], ["a = m"], indexed="a"),
    "an inverse of a square root": statement("a b", ["a**2*b = 1", "b = 4"], ["a > 0"]),
    "orthogonal is zero": statement("", ["dot(u, w) = 0"], ["dot(u, u)*dot(w, w) = 0"], vectors="u w"),
    "a marked weight is the largest": statement(
        "d lam l", ["sum(d) = 1", "d*d = d", "d*lam = d*l", "sum(lam) = 1"], ["l >= lam"], indexed="d lam"),
    "weights of a mean may be negative": statement(
        "b D", ["sum(b) = 1", "sum(b*dot(p, p)) = D"], ["D >= 0"], vectors="p", indexed="b p"),
    "a bound without its other half": statement("A a D", ["A >= a", "D = a"], ["A**2 >= D**2"]),
    "only a large value": statement("a", ["a >= 0"], ["40 >= a"]),
}
TRUE = {
    "a sum of squares": statement("a", [], ["sum(a**2) >= 0"], indexed="a"),
    "Cauchy-Schwarz": statement("", [], ["dot(u, u)*dot(w, w) >= dot(u, w)**2"], vectors="u w"),
    "a product of inverses": statement("a b", ["a*b = 1"], ["a**2*b**2 = 1"]),
    "a mean between its bounds": statement(
        "b a M", ["sum(b) = 1", "b >= 0", "M >= a"], ["M >= sum(b*a)"], indexed="b a"),
}


@pytest.mark.parametrize("name", FALSE)
def test_a_false_statement_is_refuted_and_the_kernel_agrees(name: str) -> None:
    says = FALSE[name]
    found = refute_statement(says, attempts=200, seed=3)
    assert found.values is not None and 0 < found.met <= found.tried == 200
    witness = certificate(says, found.values, says["conclusions"])
    assert checked(witness)["kind"] == "witness"


@pytest.mark.parametrize("name", TRUE)
def test_a_true_statement_is_not_refuted_though_its_hypotheses_are_met(name: str) -> None:
    found = refute_statement(TRUE[name], attempts=150, seed=1)
    assert found.values is None and found.met > 75


def test_hypotheses_that_contradict_each_other_are_never_met() -> None:
    assert refute_statement(statement("a", ["a > 0", "0 > a"], ["a = 0"]), 50).met == 0
    irrational = refute_statement(statement("a", ["a**2 = 2"], ["a = 0"]), 50)
    assert irrational.met == 0 and irrational.values is None


def test_the_smallest_values_are_kept() -> None:
    found = refute_statement(statement("a b c", ["c = a + b"], ["c**2 >= c"]), 200)
    assert found.values is not None
    assert sorted(map(bool, found.values.values())) == [False, True, True]
    assert 0 < found.values["c"] < 1 and len(str(found.values["c"])) == 3
    found = refute_statement(statement("a", [], ["sum(a) = 0"], indexed="a"), 200)
    assert found.values == {"a": [1]}


def test_the_same_seed_gives_the_same_values() -> None:
    says = FALSE["weights of a mean may be negative"]
    assert refute_statement(says, 60, seed=7) == refute_statement(says, 60, seed=7)


@pytest.mark.parametrize("values", [{"a": 1}, {"a": -2}], ids=["conclusion holds", "hypothesis fails"])
def test_values_that_refute_nothing_are_not_certified(values: dict[str, Any]) -> None:
    says = statement("a", ["a**2 = 1"], ["a > 0"])
    assert certificate(says, {"a": -1}, ["a > 0"])["steps"][0]["values"] == {"a": "-1"}
    with pytest.raises(ProofError):
        certificate(says, values, ["a > 0"])


@pytest.mark.parametrize("name", FALSE)
def test_what_is_found_satisfies_the_hypotheses_by_another_reading(name: str) -> None:
    """By the evaluator that goes by atoms, not by unknowns."""
    says, indexed = FALSE[name], set(FALSE[name]["indexed"])
    searcher = Searcher(says, 5)
    models = [model for k in range(30) if (model := searcher.attempt(k))]
    assert models
    for model in models:
        for text in says["hypotheses"].values():
            assert holds(text, indexed, model.values, model.frame.size)
        assert model.violated(says["conclusions"]) == [
            text for text in says["conclusions"] if not holds(text, indexed, model.values, model.frame.size)]


def test_no_goal_is_refuted_and_most_hypotheses_are_met() -> None:
    seldom = set()
    says = {(claim.id, x["name"]): x["says"] for claim in read_claims().values()
            for x in claim.goal["statements"] if "says" in x}
    for key, goal in says.items():
        found = refute_statement(goal, attempts=24, seed=2)
        assert found.values is None, (key, found.values)
        seldom |= {key} if 4 * found.met < found.tried else set()
    assert len(seldom) < len(says) / 10, seldom


def test_a_descent_finds_what_chance_does_not() -> None:
    says = statement("a b", ["a > 0", "b > 0"], ["1000*a + b**2 >= 2*a*b"])
    searcher = Searcher(says, 0)
    start = Model(Frame.of(says, 1, 1), [1, 1])
    assert not start.violated(says["conclusions"])
    found = searcher.descend(start, says["conclusions"], 400)
    assert found is not None and found.violated(says["conclusions"])
    assert searcher.descend(start, ["a > 0"], 50) is None


def test_definitions_come_after_what_they_are_made_of() -> None:
    says = statement("z y x", ["z = y + 1", "y = x**2"], [])
    frame = Frame.of(says, 1, 1)
    relations = [x for text in says["hypotheses"].values() for x in frame.relations(text)]
    order = Order(frame, relations, Random(0))
    assert [frame.names[number] for number in order.unknowns] == ["x", "y", "z"]
    assert [len(due) for due in order.due] == [0, 1, 1]


def test_roots_are_exact_and_all_of_them() -> None:
    frame = Frame.of(statement("x y", [], []), 1, 1)

    def zeros(text: str) -> Any:
        [relation] = frame.relations(text)
        return roots(relation, 0, [None, 3])

    assert zeros("2*x = y") == [Fraction(3, 2)]
    assert sorted(zeros("x**2 = 2*x + y")) == [-1, 3]
    assert zeros("x*x = x**2 + y") == [] and zeros("x**2 = 2") == [] and zeros("x**2 = -y") == []
    assert zeros("x*(y - 3) = 0") is None
    assert zeros("x**3 = 8") == [2]
    assert rational_root(Fraction(9, 4)) == Fraction(3, 2) and rational_root(Fraction(-1)) is None


def test_a_frame_has_one_unknown_for_each_entry() -> None:
    frame = Frame.of(statement("a b", [], [], vectors="u p", indexed="b p"), 3, 2)
    assert frame.names == ["a", *"bbb", "u", "u", *"pppppp"]
    cells = [Fraction(k) for k in range(12)]
    assert frame.values(cells) == {"a": 0, "b": [1, 2, 3], "u": (4, 5), "p": [(6, 7), (8, 9), (10, 11)]}
    [one] = frame.relations("sum(b*dot(p, u)) >= a**2")
    assert one.gap(cells) == 1 * (24 + 35) + 2 * (32 + 45) + 3 * (40 + 55)
    assert one.degrees == {0: 2, **{k: 1 for k in range(1, 12)}} and one.defined is None
    assert len(frame.relations("b = a")) == 3 and frame.relations("a = sum(b)")[0].defined == 0
    assert frame.relations("a = sum(b) + a")[0].defined is None


def test_what_is_no_formula_is_refused() -> None:
    frame = Frame.of(statement("a", [], [], indexed="a"), 2, 1)
    with pytest.raises(KeyError):
        frame.relations("a = c")
    with pytest.raises(ValueError, match="Lambda"):
        reading(tree("lambda: 1"), frame.atom, 2, None)
    with pytest.raises(ValueError, match="not enough values"):
        sides("a < 1", {"a"}, {"a": [1]}, 1)
