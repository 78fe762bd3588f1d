"""The archive of a report about a wrong answer: what is in it, the same twice, and what it refuses."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from symplateau import data
from symplateau.kernel.format import encode
from symplateau.versions import versions
from tests.command import Run
from tests.kernel import pool

GOOD = pool.good("split")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {name: tmp_path / name for name in ("good.json", "forged.json", "net.json")}
    found["good.json"].write_bytes(encode(GOOD))
    found["forged.json"].write_bytes(encode(pool.spoiled(GOOD, "problem", "y", 0, to="7")))
    found["net.json"].write_bytes(b"\xff not even JSON")
    return found


def test_all_files_unchanged_with_what_both_checkers_say(
        run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    place = tmp_path / "dispute.zip"
    found = run("dispute", *files.values(), "wine_tanh_2", "-o", place, "--note", "I expect a minimum.")
    assert found.status == 0 and "1 accepted, 1 rejected" in found.out
    with zipfile.ZipFile(place) as archive:
        names = archive.namelist()
        assert names == ["contents.json", "0/good.json", "1/forged.json", "2/net.json", "3/wine_tanh_2.json"]
        kept = {name: archive.read(name) for name in names}
    assert [kept[f"{k}/{name}"] for k, name in enumerate(files)] == [x.read_bytes() for x in files.values()]
    assert kept["3/wine_tanh_2.json"] == data.path("wine_tanh_2").read_bytes()
    contents = json.loads(kept["contents.json"])
    assert contents["note"] == "I expect a minimum." and contents["versions"] == versions()
    for entry in contents["files"]:
        assert entry["sha256"] == hashlib.sha256(kept[entry["name"]]).hexdigest()
    good, forged, *others = contents["files"]
    good, forged = good["checkers"], forged["checkers"]
    assert good["verdict"] == "accepted" and good["statement"]["says"]["type"] == "saddle"
    assert good["second"]["statement"] == good["statement"]
    assert forged["verdict"] == "rejected" and "step 0" in forged["error"]
    assert all("checkers" not in entry for entry in others)


def test_the_same_bytes_twice(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert run("dispute", *files.values(), "-o", tmp_path / name).status == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_claim_goes_in_with_goal_script_and_certificates(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "claim.zip"
    assert run("dispute", "A/lemma-1", "-o", place).status == 0
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist()[1:] == [
            f"0/lemma_1/{x}" for x in ("lemma_1.goal.json", "lemma_1.py", "goal-1.json")]
        [*_, entry] = json.loads(archive.read("contents.json"))["files"]
    assert entry["checkers"]["statement"]["says"]["type"] == "local maximum"


def test_what_it_refuses(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    good = files["good.json"]
    for status, arguments in (
            (2, ("-o", tmp_path / "x.zip")), (2, (good,)), (2, (good, "-o", tmp_path)),
            (2, (good, "-o", good)),
            (2, (good, "-o", tmp_path / "none" / "x.zip")), (4, ("no such", "-o", tmp_path / "x.zip")),
            (4, ("A/lemma-0", "-o", tmp_path / "x.zip")), (4, (tmp_path, "-o", tmp_path / "x.zip")),
            (2, (good, "--note", "x" * 10_001, "-o", tmp_path / "x.zip"))):
        found = run("dispute", *arguments)
        assert (found.status, found.err.count("\n")) == (status, 1)
    assert sorted(x.name for x in tmp_path.iterdir()) == sorted(files)
