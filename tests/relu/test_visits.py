"""The exact points near the plateaus of the paper's runs: those of the claims about them."""

from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest

from symplateau.errors import Undecided
from symplateau.relu import visits
from symplateau.relu.experiments import experiment
from symplateau.relu.phases import find_plateaus
from symplateau.relu.reports import report
from symplateau.relu.runs import run, settings
from symplateau.relu.visits import visit
from symplateau.report.trainings import describe_run

LINE = replace(experiment("section-4.1.1"), perturbations=0)


def content(name: str, epochs: int) -> dict[str, Any]:
    found = replace(experiment(name), perturbations=0)
    chosen = settings(found, found.seed, epochs)
    return report(found, chosen, run(found, chosen))[0]


def test_where_no_point_is_found_the_reason_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: Any, **__: Any) -> None:
        raise Undecided("nothing near", "look elsewhere")

    monkeypatch.setattr(visits, "find_nearest_point", nothing)
    trajectory = run(LINE, settings(LINE, 7, 200))
    found = visit(LINE, trajectory, 0.001, find_plateaus(trajectory), 0)
    assert found.point is None and "nothing near" in found.reason


def test_the_plateaus_of_section_4_are_two_saddles_and_a_minimum() -> None:
    found = content("section-4.1.1", 130_000)
    exact = [row["exact"] for row in found["plateaus"]]
    # The losses of B/section-4.1.1; the small living neurons are the escape neurons, and end with them.
    assert [F(one["loss"]) for one in exact] == [F(953, 10_000), F(50_749, 672_500), F(16_139, 231_500)]
    assert [one["verdict"] for one in exact] == ["saddle", "saddle", "local minimum"]
    assert exact[-1]["kind"] == 1 and exact[-1]["distance"] < 1e-4
    escapes = [len(one["escape_neurons"]) for one in exact]
    assert escapes == [row["small_living"] for row in found["plateaus"]] and escapes[-1] == 0 < escapes[1]
    assert "local minimum, type 1" in describe_run(found, [])


def test_two_saddles_of_two_outputs_are_irrational() -> None:
    found = content("appendix-i.2", 150_000)
    exact = [row["exact"] for row in found["plateaus"]]
    assert [one["verdict"] for one in exact] == ["saddle", "saddle", "saddle", "local minimum"]
    assert [one["trust"] for one in exact] == ["exact", "ball", "ball", "exact"]
    # At the second one the outputs at samples 3 and 4 are 0 instead of fitted and 0: 0.52 / 2 between them.
    assert float(exact[1]["loss"]) - float(exact[2]["loss"]) == pytest.approx(0.26, abs=1e-8)
    assert F(exact[3]["loss"]) == F(17, 50)  # of the fourth sample alone
    assert "irrational" in describe_run(found, [])
