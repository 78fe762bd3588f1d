"""verify --both: what is printed where both agree, where one bound is sharper, and where they disagree."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from symplateau.commands.comparison import beside
from symplateau.kernel.format import encode
from symplateau.second import worker
from tests.command import Run
from tests.kernel import pool, relu_pool

GOOD, POINT = pool.good("split"), pool.good("nondegenerate point")


def written(path: Path, certificate: dict[str, Any] | bytes) -> Path:
    path.write_bytes(certificate if isinstance(certificate, bytes) else encode(certificate))
    return path


def test_both_accept_reject_or_find_it_malformed(run: Run, tmp_path: Path) -> None:
    good = written(tmp_path / "good", GOOD)
    bad = written(tmp_path / "bad", pool.spoiled(GOOD, "problem", "y", 0, to="7"))
    broken = written(tmp_path / "broken", b"{}")
    assert run("verify", "--both", good)[:2] == (0, f"{good}: accepted by both: saddle, after 1 split(s)\n")
    status, _, err = run("verify", "--both", bad)
    assert status == 1 and "rejected: step 0" in err and "disagreement" not in err
    assert run("verify", "--both", broken)[0] == 4
    status, out, err = run("verify", "--both", "--json", good, bad, broken, tmp_path / "none")
    found = json.loads(out)["certificates"]
    assert status == 4 and [x["verdict"] for x in found] == ["accepted", "rejected", "malformed", "refused"]
    assert [x["second"]["verdict"] for x in found[:3]] == ["accepted", "rejected", "malformed"]
    assert found[0]["second"]["statement"] == found[0]["statement"] and "second" not in found[3]


def test_about_another_network(run: Run, tmp_path: Path) -> None:
    status, _, err = run("verify", "--both", written(tmp_path / "good", GOOD), "--about", "wine_tanh_2")
    assert status == 1 and "another network" in err and "disagreement" not in err


def test_bounds_of_both_are_in_the_json(run: Run, tmp_path: Path) -> None:
    [found] = json.loads(run("verify", "--both", "--json", written(tmp_path / "x", POINT))[1])["certificates"]
    [bound] = found["second"]["bounds"]
    assert (bound["name"], bound["relation"]) == ("margin", "implied")
    assert bound["kernel"] == found["statement"]["says"]["margin"] != bound["second"]


@pytest.mark.parametrize(("second", "words"), [
    ({"verdict": "rejected", "statement": None, "error": "step 1: no"}, ["accepted by the kernel", "1: no"]),
    ({"verdict": "malformed", "statement": None, "error": "blanks"}, ["malformed by the second checker"]),
    ({"verdict": "died", "statement": None, "error": "out of memory"}, ["died by the second checker"]),
    ("type", ["the statements differ", "strict local minimum", "saddle"])], ids=repr)
def test_a_disagreement(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: Any,
                        words: list[str]) -> None:
    if second == "type":
        second = worker.verdict(encode(POINT))
        second["statement"]["says"]["type"] = "saddle"
    monkeypatch.setattr(worker.Worker, "verdict", lambda *_: second)
    status, out, err = run("verify", "--both", written(tmp_path / "x", POINT))
    assert (status, out) == (1, "") and err.count("\n") == 1 and "disagreement" in err
    assert all(word in err for word in [*words, "kernel: ", "second checker: "])


def test_what_the_kernel_rejects_and_the_second_checker_accepts() -> None:
    statement = worker.verdict(encode(relu_pool.good("saddle")))
    kernel = {"verdict": "rejected", "error": "step 0, rule 'path': expected less work", "status": 1}
    found = beside(kernel, statement)
    assert found["verdict"] == "disagreement" and found["status"] == 1 and found["statement"] is None


def test_a_worker_that_dies_is_replaced() -> None:
    with worker.worker() as second:
        assert second.verdict(encode(GOOD))["verdict"] == "accepted"
        assert second.pool is not None
        for process in second.pool._processes.values():
            process.kill()
        found = [second.verdict(encode(GOOD))["verdict"] for _ in range(2)]
        assert found[-1] == "accepted" and found[0] in ("died", "accepted")


def test_a_worker_that_exceeds_its_memory_or_time_dies_alone() -> None:
    """The limits are real ones: a child that asks for more than it may have ends, or is refused."""
    code = "from symplateau.second import worker\nworker.limited()\n"
    memory = code + "from flint import fmpz\nx = fmpz(3) ** (2**40)\nprint('computed')"
    time = code + "worker.SECONDS = 1\ndef forever(_):\n    while True:\n        pass\n"
    time += "worker.verdict = forever\nworker.limited_verdict(b'')"
    for text in (memory, time):
        found = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
        assert found.returncode != 0 and "computed" not in found.stdout
