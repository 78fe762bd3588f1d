"""Both checkers on good certificates and forgeries; and what counts as a disagreement."""

from copy import deepcopy
from typing import Any

import pytest

from symplateau.kernel import fact
from symplateau.kernel.certificate import check as kernel_check
from symplateau.kernel.format import encode, load
from symplateau.second import Malformed, Rejected, check
from symplateau.second.agreement import bounds, disagreement
from tests.campaigns.checkers import (
    LIMIT,
    MARGINAL,
    WRONG,
    chunk,
    excuse,
    formula_chunk,
    grown_chunk,
    outcome,
)
from tests.campaigns.limits import limited
from tests.kernel import pool, relu_pool, test_algebra, test_witness

BY_HAND = {**{f"pool: {name}": x for name, x in pool.pool().items()},
           **{f"relu: {name}": relu_pool.good(name) for name in relu_pool.CASES},
           **{f"algebra: {name}": x for name, x in test_algebra.GOOD.items()},
           "witness": test_witness.witness()}
QUICK = 150


@pytest.mark.parametrize("name", BY_HAND)
def test_both_accept_a_good_one(name: str) -> None:
    assert outcome(name, BY_HAND[name]).verdict == "both accept"


def test_both_judge_forgeries_alike() -> None:
    found = chunk(7, range(QUICK))
    assert [x.line() for x in found if x.verdict in (WRONG, LIMIT)] == []
    assert sum(x.verdict == MARGINAL for x in found) <= 3
    assert {"both accept", "both reject"} <= {x.verdict for x in found}


def test_both_judge_further_steps_alike() -> None:
    found = grown_chunk(7, range(QUICK // 3))
    assert [x.line() for x in found if x.verdict in (WRONG, LIMIT)] == []
    assert {"both accept", "both reject"} <= {x.verdict for x in found}


def test_both_read_formulas_alike() -> None:
    found = formula_chunk(7, range(3 * QUICK))
    assert [x.line() for x in found if x.verdict not in ("both accept", "both reject")] == []
    assert all(sum(x.verdict == kind for x in found) > QUICK / 2 for kind in ("both accept", "both reject"))


def test_a_kernel_that_errs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact, "signs_of", lambda shares: (len(shares), 0, 0))
    found = {name: outcome(name, BY_HAND[name]).verdict for name in BY_HAND if "split" in name}
    assert WRONG in found.values() and found["pool: split"] == WRONG


def statements(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    data = encode(BY_HAND[name])
    return kernel_check(load(data)), check(data)


def changed(statement: dict[str, Any], *place: str, to: Any) -> dict[str, Any]:
    found = deepcopy(statement)
    pool.entry(found, place[:-1])[place[-1]] = to
    return found


@pytest.mark.parametrize(("place", "to"), [
    (("says", "type"), "saddle"), (("says", "inertia"), [5, 1, 0]), (("says", "ball"), "1/4096"),
    (("says", "margin"), None), (("rests_on",), []), (("kind",), "plateau"), (("about", "c"), "0"),
    (("says", "margin"), "0"), (("says", "margin"), "-1"), (("says", "location", "exact"), 1)], ids=repr)
def test_statements_that_differ(place: tuple[str, ...], to: Any) -> None:
    theirs, ours = statements("pool: nondegenerate point")
    assert disagreement(theirs, ours) is None
    other = changed(theirs, *place, to=to)
    if to is None:
        del other["says"]["margin"]
    assert disagreement(other, ours) is not None


@pytest.mark.parametrize(("name", "field", "to", "relation"), [
    ("nondegenerate point", "margin", "1/1000000", "implied"),
    ("nondegenerate point", "margin", "1", "sharper"),
    ("nondegenerate point near", "ball", "1/1000000", "implied"),
    ("nondegenerate point near", "ball", "1/128", "excluded"),  # the radius of the box
    ("nonzero gradient", "gradient", ["0", "1000"], "implied"),
    ("nonzero gradient", "gradient", ["1000", "1001"], "excluded"),
    ("nonzero gradient", "gradient", ["-1", "0"], "excluded"),
    ("nonzero gradient", "gradient", ["1000", "0"], "excluded")])
def test_bounds(name: str, field: str, to: Any, relation: str) -> None:
    theirs, ours = statements(f"pool: {name}")
    other = changed(theirs, "says", field, to=to)
    assert relation in {x.relation for x in bounds(other, ours) if x.name == field}
    assert (disagreement(other, ours) is not None) == (relation == "excluded")


def test_only_a_step_that_encloses_is_marginal() -> None:
    certificate = BY_HAND["pool: nondegenerate point"]
    for step, expected in ((0, WRONG), (1, MARGINAL), (7, WRONG), (-1, WRONG)):
        kernel = {"verdict": "rejected", "error": "a matrix", "step": step}
        assert excuse(certificate, kernel, {"verdict": "accepted", "error": None}) == expected
    assert certificate["steps"][1]["rule"] == "nondegenerate point"


def test_a_refusal_says_where() -> None:
    spoiled = pool.spoiled(BY_HAND["pool: split"], "steps", 0, "rule", to="stationary  point")
    with pytest.raises(Rejected) as found:
        check(encode(spoiled))
    assert found.value.step == 0 and "step 0" in str(found.value)
    with pytest.raises(Malformed):
        check(encode(spoiled | {"format": "symplateau certificate 2"}))


@pytest.mark.parametrize(("expected", "changes"), [
    (True, {"activation": "t**65 - t**65 + t"}),
    (True, {"activation": "(t + 1)**64*(t - 1)**2*t**2*0 + t"}),
    (True, {"activation": "(" * 150 + "t" + ")" * 150 + "**65"}),  # none can be larger than Python's own
    (False, {"activation": "t**3", "W": [[str(2**12000)]]}),  # long numbers, and a residual, too
    (False, {"y": ["2"]}), (False, {"activation": "t +"})])
def test_what_larger_limits_would_accept(expected: bool, changes: dict[str, Any]) -> None:
    problem = {"kind": "network", "activation": "t", "X": [["1"]], "y": ["1"], "v": ["1"], "W": [["1"]]}
    good = pool.algebra(problem, {"rule": "zero residual"})
    assert limited(pool.algebra(problem | changes, {"rule": "zero residual"})) == expected
    assert not limited(good) and pool.statement(pool.algebra(problem | {"activation": "t**65"},
                                                             {"rule": "zero residual"})) is None
