"""The store: what is damaged, foreign or half there is made again, never taken."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from symplateau.errors import InputError
from symplateau.store import RECORD, keep, kept, program, require_store

FILES = {"one.json": b"1", "two.json": b"22"}


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    keep(tmp_path / "entry", FILES, "this")
    return tmp_path / "entry"


def test_an_entry_comes_back(entry: Path) -> None:
    assert kept(entry, "this") == FILES
    record = json.loads((entry / RECORD).read_text())
    assert record["versions"]["symplateau"] and set(record["files"]) == set(FILES)


def test_an_entry_made_from_something_else_is_not_taken(entry: Path) -> None:
    assert kept(entry, "that") is None


def changed_record(place: Path, change: Callable[[dict[str, object]], object]) -> None:
    content = json.loads((place / RECORD).read_text())
    change(content)
    (place / RECORD).write_text(json.dumps(content))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "truncated": lambda x: (x / "two.json").write_bytes(b"2"),
    "empty": lambda x: (x / "two.json").write_bytes(b""),
    "a bit flipped": lambda x: (x / "two.json").write_bytes(b"23"),
    "longer": lambda x: (x / "two.json").write_bytes(b"222"),
    "missing": lambda x: (x / "two.json").unlink(),
    "exchanged": lambda x: os.replace(x / "one.json", x / "two.json"),
    "a folder": lambda x: ((x / "two.json").unlink(), (x / "two.json").mkdir()),
    "a pipe": lambda x: ((x / "two.json").unlink(), os.mkfifo(x / "two.json")),
    "a link to nothing": lambda x: ((x / "two.json").unlink(), (x / "two.json").symlink_to("nothing")),
    "no record": lambda x: (x / RECORD).unlink(),
    "an empty record": lambda x: (x / RECORD).write_bytes(b""),
    "half a record": lambda x: (x / RECORD).write_bytes((x / RECORD).read_bytes()[:-20]),
    "a record that is no object": lambda x: (x / RECORD).write_bytes(b"[]"),
    "a record of deep nesting": lambda x: (x / RECORD).write_bytes(b"[" * 100_000),
    "a record without files": lambda x: changed_record(x, lambda c: c.pop("files")),
    "a record of a file elsewhere": lambda x: changed_record(x, lambda c: c["files"].update({"../a": ""})),
    "a record that names itself": lambda x: changed_record(x, lambda c: c["files"].update({RECORD: ""})),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_made_again(entry: Path, damage: Callable[[Path], object]) -> None:
    damage(entry)
    assert kept(entry, "this") is None
    if not (entry / "two.json").is_fifo():
        keep(entry, FILES, "this")
        assert kept(entry, "this") == FILES


def test_what_an_earlier_entry_had_and_this_one_has_not_is_removed(entry: Path) -> None:
    (entry / "foreign").touch()
    keep(entry, {"three.json": b"3"}, "this")
    assert {x.name for x in entry.iterdir()} == {"three.json", "foreign", RECORD}


def test_an_entry_half_written_is_not_taken(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(path: Path, data: bytes) -> None:
        if path.name == RECORD:
            raise KeyboardInterrupt
        path.write_bytes(data)

    monkeypatch.setattr("symplateau.store.write_bytes", stops)
    with pytest.raises(KeyboardInterrupt):
        keep(entry, {"one.json": b"other", "two.json": b"22"}, "this")
    assert kept(entry, "this") is None


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as caught:
        require_store(tmp_path / "file" / "store")
    assert caught.value.status == 2
    require_store(tmp_path / "store")
    assert list((tmp_path / "store").iterdir()) == []


def test_the_digest_of_the_program_is_that_of_its_scripts_and_goals(tmp_path: Path) -> None:
    for name in ("paper/a.py", "paper/a.goal.json", "certificates/paper/a/goal-1.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    found = [program.__wrapped__(tmp_path)]
    for name in ("certificates/paper/a/goal-1.json", "paper/a.py", "paper/a.goal.json", "paper/new.py"):
        (tmp_path / name).write_text("2")
        found.append(program.__wrapped__(tmp_path))
    assert found[0] == found[1] and len(set(found)) == 4
