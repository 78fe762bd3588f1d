"""The record of a campaign: what is in the file, and what is not."""

import json
from datetime import date
from pathlib import Path

import pytest

from symplateau.errors import InputError
from tests.campaigns import arithmetic
from tests.campaigns.record import figures, record


def test_a_record_is_sorted_and_dated(tmp_path: Path) -> None:
    record("name", {"seed": 7, "cases": {"b": 1, "a": 2}}, tmp_path / "name.json")
    text = (tmp_path / "name.json").read_text()
    found = json.loads(text)
    assert date.fromisoformat(found.pop("date")).year >= 2026
    assert found == {"campaign": "name", "seed": 7, "cases": {"a": 2, "b": 1}}
    assert text.index('"a"') < text.index('"b"') < text.index('"seed"') and text.endswith("}\n")


def test_no_record_without_a_file_and_a_refusal_where_none_can_be(tmp_path: Path) -> None:
    record("name", {}, None)
    with pytest.raises(InputError):
        record("name", {}, tmp_path / "missing" / "name.json")
    assert list(tmp_path.iterdir()) == []


def test_lists_of_cases_are_no_figures() -> None:
    assert figures({"wrong": [], "cases": 3, "kinds": {"a": 1}}) == {"cases": 3, "kinds": {"a": 1}}


def test_a_campaign_writes_its_record(tmp_path: Path) -> None:
    assert arithmetic.main(["--cases", "20", "--seed", "3", "--record", str(tmp_path / "x.json")]) == 0
    found = json.loads((tmp_path / "x.json").read_text())
    assert found["campaign"] == "arithmetic" and (found["cases"], found["seed"]) == (20, 3)
