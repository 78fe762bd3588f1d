"""The findings page says what the ledger says, and the README's section is that page."""

from typing import Any

import pytest

from symplateau.judgement import STANDING
from symplateau.report.findings import (
    findings,
    markdown,
    paper_order,
    steps,
    summary,
    text,
    witness,
)
from symplateau.report.graph import dot
from tests.content import content
from tests.readme import README, section


def step(name: str, status: str = "holds", **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "identity", "place": "here", "printed": "a = b", "status": status,
            "reason": "", "evidence": {}, "witness": None} | more


def claim(name: str, verdict: str, *printed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "verdict": verdict, "source": "there", "says": "it is so", "true": None, "goal": [],
            "replaced_by": None, "steps": list(printed)} | more


SLIP = step("X/eq-10", "fails", defect={"degree": "misprint", "true": "a = c", "consequence": "None."},
            evidence={"fails": ["w"], "repair": ["r"]},
            witness=[{"says": {"values": {"a": "1", "u": ["1", "2"]}, "fails": ["a > 1"]}}])
GAP = step("X/eq-9b", defect={"degree": "gap", "true": "a = b, by c", "consequence": "none"},
           evidence={"gap": ["w"]})
SQUARE = {"activation": "t**2", "X": [["1"]], "y": ["1"], "v": ["1"], "W": [["0"]]}
SMALL = {"claims": [
    claim("X/one", "proved", SLIP, GAP, step("X/section-1/a"), step("X/eq-2"), step("X/eq-11", "unchecked")),
    claim("X/two", "repaired", true="it is otherwise", replaced_by="X/two-amended",
          goal=[{"witness": {"about": SQUARE}}])]}


def test_the_order_is_that_of_the_paper() -> None:
    names = ["X/section-1/a", "X/eq-100", "X/eq-9b", "X/eq-10", "X/eq-9a", "X/definition-1"]
    expected = ["X/eq-9a", "X/eq-9b", "X/eq-10", "X/eq-100", "X/definition-1", "X/section-1/a"]
    assert sorted(names, key=paper_order) == expected
    assert [x["id"] for x in steps(SMALL)] == ["X/eq-2", "X/eq-9b", "X/eq-10", "X/eq-11", "X/section-1/a"]


def test_refuted_claims_come_first_and_then_every_step_with_a_defect() -> None:
    assert [(x["id"], x["degree"]) for x in findings(SMALL)] == [
        ("X/two", "claim"), ("X/eq-9b", "gap"), ("X/eq-10", "misprint")]
    assert findings(SMALL)[0]["witness"] == "sigma(t) = t**2, X = ((1)), y = (1), v = (1), W = ((0))"
    assert findings(SMALL)[2]["witness"] == "a = 1, u = (1, 2): not a > 1"
    assert findings({"claims": [claim("X/one", "proved", step("X/eq-1"))]}) == []


def test_the_counts() -> None:
    assert summary(SMALL) == ("5 printed steps: 3 holds, 1 fails, 1 unchecked; "
                              "1 claims refuted, 0 errors, 1 gaps, 1 misprints")


def test_a_statement_for_all_values_is_no_example() -> None:
    assert witness({"conclusions": ["a > b"], "hypotheses": {}}) == "for all values: a > b"


def test_the_page_and_the_section_have_every_finding_of_the_paper() -> None:
    page, section = text(content()), markdown(content())
    found = findings(content())
    assert len(found) > 40
    for entry in found:
        assert f"\n{entry['id']}  {entry['degree']}" in page and f"`{entry['id']}`" in section
    for known in ("A/lemma-1", "A/lemma-4.2", "A/eq-84", "A/eq-69a", "A/eq-104", "A/eq-127", "A/eq-153"):
        assert known in {entry["id"] for entry in found}


@pytest.mark.parametrize("letter, other", ["AB", "BA"])
def test_the_sections_of_the_readme_are_generated(letter: str, other: str) -> None:
    found = section(content(), letter)
    assert README.read_text().count(found) == 1 and f"* **`{other}/" not in found


def test_nothing_that_stands_leans_on_what_was_refuted() -> None:
    verdicts = {x["id"]: x["verdict"] for x in content()["claims"]}
    graph = dot(content())
    for claim in content()["claims"]:
        assert f'"{claim["id"]}" [label="{claim["id"]}\\n{claim["verdict"]}"' in graph
        for other in claim["depends_on"]:
            assert f'"{claim["id"]}" -> "{other}";' in graph
            assert claim["verdict"] in ("refuted", "repaired") or verdicts[other] in STANDING
    assert '"A/lemma-1" -> "A/lemma-1-amended" [style=dashed];' in graph


@pytest.mark.parametrize("entry", ["true", "consequence"])
def test_every_defect_says_what_is_true_and_what_follows(entry: str) -> None:
    assert [x["id"] for x in findings(content()) if not x["true"]] == []
    assert [x["id"] for x in findings(content()) if x["degree"] != "claim" and not x[entry]] == []
    assert [x["id"] for x in findings(content()) if x["degree"] != "claim" and not x["repair"]] == []
