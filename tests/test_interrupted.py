"""Killed commands go on, and the same certificates come out again: the quick part of two campaigns."""

from pathlib import Path

import pytest

from tests.campaigns import interrupted, reproducible
from tests.campaigns.jobs import entries


@pytest.mark.parametrize("job", ["check, one process", "campaign arithmetic"])
def test_a_command_that_is_killed_and_goes_on(job: str, tmp_path: Path) -> None:
    found = interrupted.campaign(3, 5, job, tmp_path, lambda text: None)
    assert found.wrong == [] and found.counts["kills"] >= 1 and found.counts["ends compared"] >= 1


def test_a_half_written_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store/x.json").write_text('{"a": 1')
    (tmp_path / "store/.symplateau-1.tmp").write_text("{")  # which nothing reads
    (tmp_path / "store/y.json").write_text("{}")
    expected = {"store/y.json": b'{"whole": true}'}
    assert sorted(interrupted.torn(tmp_path, expected)) == ["store/x.json", "store/y.json"]
    assert list(interrupted.torn(tmp_path, {"store/x.json": b'{"a": 1', "store/y.json": b"{}"})) == []


def test_an_entry_without_a_record_that_fits_is_none(tmp_path: Path) -> None:
    (tmp_path / "made-by").write_text('{"files": {"x": "0"}}')
    (tmp_path / "x").write_text("")
    assert entries(tmp_path) == []


def test_two_hash_seeds_and_one_and_two_processes() -> None:
    chosen = [reproducible.VARIANTS[0], reproducible.VARIANTS[3]]
    found = reproducible.compare(chosen, ["A/lemma-2", "B/theorem-4.2"], 0, commands=2)
    assert found["wrong"] == [] and found["files"] >= 4


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([{"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}, {"a": "1"}])
    monkeypatch.setattr(reproducible, "files", lambda *given: next(made))
    found = reproducible.compare(reproducible.VARIANTS[:3], [], 0)
    names = [x.name for x in reproducible.VARIANTS[:3]]
    assert found["wrong"] == [f"{names[1]}: b", f"{names[1]}: c", f"{names[2]}: b"]
