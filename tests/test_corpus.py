"""The corpus: its types against the loss itself, a few points of each family, and that a wrong answer is
seen."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from itertools import islice
from typing import Any

import pytest

from tests.campaigns import corpus as campaign
from tests.corpus import FAMILIES
from tests.corpus.cases import MAXIMUM, MINIMUM, MOVING, SADDLE, STRICT, Case, Family, ask, lies
from tests.corpus.loss import contradictions, is_exact

CASES = [(family.name, case) for family in FAMILIES for case in family.cases()]
IDS = [f"{name}: {case.name}" for name, case in CASES]


# The types, against the loss itself


@pytest.mark.parametrize("family", [x for x in FAMILIES if is_exact(x.name)], ids=lambda x: x.name)
def test_the_types_hold_for_the_loss_itself(family: Family) -> None:
    for case in islice(family.cases(), 2):
        assert list(contradictions(case)) == [], case.name


# The corpus and the program


def test_the_corpus_is_large_and_its_reasons_differ() -> None:
    assert len(FAMILIES) >= 30 and len(CASES) >= 150
    assert len({family.name for family in FAMILIES}) == len(FAMILIES) and len(set(IDS)) == len(IDS)
    reasons = {family.reason for family in FAMILIES}
    assert len(reasons) == len(FAMILIES) and all(len(reason) > 40 for reason in reasons)


@pytest.mark.parametrize("family", FAMILIES, ids=[family.name for family in FAMILIES])
def test_no_answer_is_wrong(family: Family) -> None:
    for case in islice(family.cases(), 2):
        outcome = ask(case)
        assert outcome.wrong == (), case.name
        assert outcome.fate != "undecided" or outcome.codes


# What makes it say no

FITTED = next(FAMILIES[0].cases())
SADDLED = next(case for name, case in CASES if name == "saddles/everything_zero")
SPLIT = next(case for name, case in CASES if name == "splits/split_with_positive_inner_curvature")


@pytest.mark.parametrize(
    "case",
    [
        replace(FITTED, truth=SADDLE),
        replace(FITTED, truth=MINIMUM),
        replace(FITTED, truth=MOVING),
        replace(FITTED, fitted=False),
        replace(FITTED, inertia=(1, 0, 1)),
        replace(SADDLED, truth=STRICT),
        replace(SADDLED, inertia=(1, 1, 0)),
        replace(SPLIT, truth=SADDLE),
        replace(SPLIT, regions=SPLIT.regions | {"+-": MINIMUM}),
    ],
)
def test_a_false_answer_is_wrong(case: Case) -> None:
    assert ask(case).fate == "wrong"


@pytest.mark.parametrize(
    "case",
    [
        replace(FITTED, truth=SADDLE, falls=(F(1, 10**9), F(0))),
        replace(FITTED, truth=MAXIMUM),
        replace(FITTED, truth=MOVING),
        replace(FITTED, fitted=False),
        replace(SADDLED, truth=MINIMUM),
        replace(SADDLED, rises=(F(0), F(0))),
        next(replace(case, truth=STRICT) for name, case in CASES if name.endswith("idle_neuron")),
    ],
)
def test_a_false_type_is_contradicted_by_the_loss(case: Case) -> None:
    assert list(contradictions(case))


def test_undecided_is_never_wrong_and_a_weaker_truth_is_right() -> None:
    assert not list(lies(SADDLED, {"verdict": "undecided"}))
    assert not list(lies(FITTED, {"verdict": MINIMUM}))
    assert list(lies(SADDLED, {"verdict": SADDLE, "strict_saddle": False}))
    said = {"verdict": "undecided", "reasons": [{"text": "a saddle by exact power series: ..."}]}
    assert list(lies(FITTED, said)) and not list(lies(SADDLED, said))


def test_the_campaign_fails_where_an_answer_is_wrong(monkeypatch: Any, capsys: Any) -> None:
    assert campaign.main(["two_samples_and_exp"]) == 0
    assert "share decided 5/5" in capsys.readouterr().out

    def false() -> Iterator[Case]:
        """A family that is wrong on purpose."""
        yield replace(FITTED, truth=SADDLE)

    monkeypatch.setattr(campaign, "FAMILIES", (Family("false", false),))
    assert campaign.main([]) == 1
    assert "WRONG" in capsys.readouterr().out


def test_the_campaign_fails_where_a_type_of_the_corpus_is_false(monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(campaign, "contradictions", lambda case: ["it falls"])
    assert campaign.main(["one_output_idle"]) == 1
    assert "FALSE IN THE CORPUS" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        campaign.main(["no such family"])
