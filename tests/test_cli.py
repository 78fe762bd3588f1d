"""The command line as a user drives it: what is printed, exit statuses, one line for all that is refused."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symplateau import classification, ledger, plateaus
from symplateau.cli import main
from symplateau.commands import terminal
from symplateau.commands.statuses import ORDER, worst
from symplateau.design import design
from symplateau.errors import InputError, ProofError
from symplateau.files import read_network, write_network
from symplateau.kernel.format import encode, seal
from symplateau.ledger import Verdict
from symplateau.network import Network
from symplateau.splitting import split
from symplateau.versions import versions
from tests.command import Answer, Run
from tests.content import content

INPUTS = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1], [3, 1], [1, 3], [-2, 1], [2, 2]]
GOOD = {"activation": "tanh", "X": [["3/7", 0.1], [1, -2]], "y": ["0.125", "1e-3"], "v": [1, 2],
        "W": [[1, 2], [3, 4]]}


@pytest.fixture(scope="module")
def nets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exact stationary points, one for each signature of an inner Hessian, and others."""
    folder = tmp_path_factory.mktemp("nets")
    start = Network.from_arrays("tanh", INPUTS, [0] * 12, [1, 2], [[1, 0], [1, -1]], W_unit="log(2)")
    for name, signs in {"pd": "++", "nd": "--", "id": "+-", "psd": "+0", "zero": "00"}.items():
        write_network(folder / f"{name}.json", design(start, 1, signs))
    write_network(folder / "split.json", split(read_network(folder / "pd.json"), 1, ["1/2", "1/2"]))
    saddle = design(start, 1, [[1000, 0], [0, -1000]], minimum=False)
    write_network(folder / "saddle.json", saddle)
    far = Network.from_arrays("tanh", INPUTS, [1] * 12, [1, 2], [[1, 0], [0, 1]])
    write_network(folder / "far.json", far)
    return folder


@pytest.fixture(scope="module")
def certificate(nets: Path) -> dict[str, Any]:
    found = plateaus.plateau(read_network(nets / "pd.json"), 1, ["1/2", "1/2"]).certificate
    assert found is not None
    return found


def one_line(answer: Answer, status: int, *words: object) -> None:
    """Refused: nothing on standard output, and one line that says all this."""
    assert answer.status == status and answer.out == ""
    assert answer.err.startswith("symplateau: ") and answer.err.endswith("\n") and answer.err.count("\n") == 1
    for word in words:
        assert str(word) in answer.err


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


# classify


def test_classify_prints_a_short_block(run: Run, nets: Path, tmp_path: Path) -> None:
    status, out, err = run("classify", nets / "pd.json", "-o", tmp_path / "cert.json")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{nets / 'pd.json'}: strict local minimum"
    assert [line[2:16].strip() for line in lines[2:]] == [
        "given point", "exact point", "index", "margin", "radius", "loss", "trust", "certificate"]
    assert "6 positive, 0 zero, 0 negative" in out and "exactly stationary" in out and "isolated" in out
    assert f"written to {tmp_path / 'cert.json'}" in out
    assert run("verify", tmp_path / "cert.json", "--about", nets / "pd.json").status == 0


def test_a_shipped_network_by_its_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = run("classify", "wine_tanh_2")
    assert status == 0 and out.startswith("wine_tanh_2: strict local minimum\n")
    assert "and no other within" in out
    written(tmp_path / "wine_tanh_2", "a file of that name comes first")
    one_line(run("classify", "wine_tanh_2"), 4, "JSON")


CLASSIFY = {"verdict", "about", "given", "nearby", "index", "strict_saddle", "global", "margin", "trust",
            "loss", "reasons", "certificate"}
PLATEAU = {"original", "neuron", "inner_hessian", "plateau", "regions", "coefficients", "verdict", "index",
           "radius", "trust", "reasons", "certificate"}


def test_json_is_one_object_of_the_promised_shape(run: Run, nets: Path) -> None:
    status, out, err = run("classify", nets / "id.json", "--json")
    content = json.loads(out)
    assert (status, err) == (0, "") and set(content) == CLASSIFY | {"versions"}
    assert set(content["given"]) == {"stationary", "gradient"}
    assert set(content["nearby"]) == {"exists", "unique", "radius"}
    status, out, err = run("plateau", nets / "id.json", "--neuron", 1, "--coefficients", "1/2,1/2", "--json")
    content = json.loads(out)
    assert (status, err) == (0, "") and set(content) == PLATEAU | {"versions"}
    assert set(content["original"]) == CLASSIFY and content["versions"] == versions()
    assert set(content["inner_hessian"]) == {"definiteness", "inertia"}
    assert all(set(region) == {"signs", "verdict"} for region in content["regions"])


def test_a_point_that_is_not_stationary(run: Run, nets: Path) -> None:
    status, out, _ = run("classify", nets / "far.json")
    assert status == 0 and ": not stationary\n" in out
    assert "the largest entry of the gradient is between" in out
    assert "none was proved" in out and "reason U1" in out
    content = json.loads(run("classify", nets / "far.json", "--json").out)
    assert content["given"]["stationary"] == "no"
    assert 0 < float(content["given"]["gradient"][0]) <= float(content["given"]["gradient"][1])
    assert run("plateau", nets / "far.json", "--neuron", 0).status == 0


def test_a_saddle(run: Run, nets: Path) -> None:
    status, out, _ = run("classify", nets / "saddle.json")
    assert status == 0 and ": saddle\n" in out and "a strict saddle" in out and "radius" not in out


def test_undecided_says_why_and_writes_nothing(run: Run, nets: Path, tmp_path: Path) -> None:
    target = tmp_path / "cert.json"
    status, out, err = run("classify", nets / "split.json", "-o", target)
    assert status == 3 and ": undecided\n" in out and "reason U5" in out and "next" in out
    assert "neurons 1 and 2 have about the same input weights" in out
    assert err == f"symplateau: {target}: not written, as the verdict 'undecided' has no certificate\n"
    assert list(tmp_path.iterdir()) == []
    status, out, _ = run("classify", nets / "split.json", "--json")
    assert status == 3 and json.loads(out)["certificate"] is None


def slow(n: int) -> dict[str, Any]:
    """A network on which the kernel works for long."""
    return {"activation": "tanh", "X": [[i % 7, i % 11] for i in range(n)], "y": [i % 3 for i in range(n)],
            "v": [1] * 20, "W": [[i, 1] for i in range(20)]}


def test_the_time_is_used_up(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("classify", written(tmp_path / "slow.json", slow(3000)), "--seconds", "0.01")
    assert status == 3 and "reason U8" in out


# plateau


def test_plateau_prints_the_table_of_the_sign_patterns(run: Run, nets: Path, tmp_path: Path) -> None:
    status, out, err = run("plateau", nets / "pd.json", "--neuron", 1, "--coefficients", "0.25, 3/4",
                           "-o", tmp_path / "cert.json")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{nets / 'pd.json'}, neuron 1: local minima and saddles"
    table = lines[lines.index("  signs of λ   split point") + 1 :][:3]
    assert [line.split(maxsplit=1) for line in table] == [
        ["++", "local minimum"], ["+0", "saddle"], ["+-", "saddle"]]
    assert "λ              1/4, 3/4: local minimum" in out and "positive definite" in out
    assert "no smaller loss within" in out
    assert run("verify", tmp_path / "cert.json", "--about", nets / "pd.json").status == 0


@pytest.mark.parametrize(("net", "arguments", "status", "words"), [
    ("nd", ["--coefficients", "3,-2"], 0, "3, -2: local minimum"),
    ("nd", ["--coefficients", "-1,2"], 0, "-1, 2: local minimum"),
    ("nd", ["--daughters", "3"], 0, "+--          local minimum"),
    ("id", ["--coefficients", "1/3,1/3,1/3"], 0, "1/3, 1/3, 1/3: saddle"),
    ("psd", ["--coefficients", "1,0"], 0, "1, 0: saddle"),
    ("psd", ["--coefficients", "1/2,1/2"], 3, "reason U5"),
    ("psd", [], 3, "ask for coefficients in a region that is decided"),
    ("zero", ["--coefficients", "1/2,1/2"], 0, "1/2, 1/2: saddle"),
    ("zero", [], 3, "reason U6"),
    ("saddle", ["--coefficients", "1/2,1/2"], 0, "all saddles")])
def test_plateau_verdicts(
    run: Run, nets: Path, net: str, arguments: list[str], status: int, words: str
) -> None:
    answer = run("plateau", nets / f"{net}.json", "--neuron", 1, *arguments)
    assert answer.status == status and words in answer.out and answer.err == ""


def test_undecided_coefficients_write_nothing(run: Run, nets: Path, tmp_path: Path) -> None:
    status, _, err = run("plateau", nets / "psd.json", "--neuron", 1, "--coefficients", "1/2,1/2",
                         "-o", tmp_path / "cert.json")
    assert status == 3 and "not written" in err and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("arguments", "words"), [
    (["--neuron", "2"], "an index from 0 to 1, found 2"), (["--neuron", "-1"], "found -1"),
    (["--neuron", "x"], "'x' is not a valid integer"), ([], "Missing option '--neuron'"),
    (["--neuron", "1", "--coefficients", "1/2,1/3"], "a sum of 5/6"),
    (["--neuron", "1", "--coefficients", "1/2,nan"], "nan"),
    (["--neuron", "1", "--coefficients", ""], "number"),
    (["--neuron", "1", "--coefficients", "1"], "2 to 64"),
    (["--neuron", "1", "--coefficients", "1e999999999,0"], "exponent"),
    (["--neuron", "1", "--coefficients", "1/0,1"], "non-zero divisor"),
    (["--neuron", "1", "--coefficients", "1/2,1/2", "--daughters", "3"], "one for each daughter"),
    (["--neuron", "1", "--daughters", "1"], "2 to 64"), (["--neuron", "1", "--daughters", "65"], "2 to 64"),
    (["--neuron", "1", "--within", "0"], "> 0"), (["--neuron", "1", "--within", "-1/2"], "> 0"),
    (["--neuron", "1", "--within", "inf"], "exact number"), (["--neuron", "1", "--seconds", "0"], "seconds"),
    (["--neuron", "1", "--seconds", "nan"], "seconds"), (["--neuron", "1", "--frob"], "--frob")])
def test_a_wrong_command_line(run: Run, nets: Path, arguments: list[str], words: str) -> None:
    one_line(run("plateau", nets / "pd.json", *arguments), 2, words)


@pytest.mark.parametrize("arguments", [["frobnicate"], ["embed", "x"], ["classify"], ["verify"], ["--frob"],
                                       ["classify", "a", "b"], ["check", "--jobs", "0"]])
def test_unknown_commands_and_missing_arguments(run: Run, arguments: list[str]) -> None:
    one_line(run(*arguments), 2, "--help")


def test_without_a_command_there_is_help(run: Run) -> None:
    status, out, err = run()
    assert (status, out) == (2, "") and "classify" in err and "embed" in err
    assert run("--help").status == run("plateau", "-h").status == 0
    assert run("--version").out.startswith("symplateau 0.")


# Output paths


@pytest.mark.parametrize("option", ["-o", "--plot"])
@pytest.mark.parametrize("place", ["no/such/folder/x.png", ".", "file.png/x.png", "a\0b.png"])
def test_an_output_path_is_tried_before_anything_is_computed(
    run: Run, nets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, place: str
) -> None:
    monkeypatch.setattr(plateaus, "plateau", lambda *given: pytest.fail("computed"))
    written(tmp_path / "file.png", "")
    answer = run("plateau", nets / "pd.json", "--neuron", 1, option, f"{tmp_path}/{place}")
    one_line(answer, 2, "writable path")
    assert [path.name for path in tmp_path.iterdir()] == ["file.png"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_forbids_writing(run: Run, nets: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    one_line(run("classify", nets / "pd.json", "-o", tmp_path / "c.json"), 2, "writable path")


def test_an_input_is_not_overwritten(run: Run, nets: Path, tmp_path: Path) -> None:
    before = (nets / "pd.json").read_bytes()
    one_line(run("classify", nets / "pd.json", "-o", nets / "pd.json"), 2, "in use")
    assert (nets / "pd.json").read_bytes() == before
    both = tmp_path / "x.png"
    one_line(run("plateau", nets / "pd.json", "--neuron", 1, "-o", both, "--plot", both), 2, "in use")


def test_a_device_is_no_place_for_a_certificate(run: Run, nets: Path) -> None:
    one_line(run("classify", nets / "pd.json", "-o", os.devnull), 2, "a directory or a device")


# Bad input files


@pytest.mark.parametrize(("change", "words"), [
    ({"y": ["1"]}, ["field 'y'", "2 numbers", "found 1"]),
    ({"W": [[1, 2, 3], [4, 5, 6]]}, ["field 'W[0]'", "2 numbers", "found 3"]),
    ({"v": [1, 2, 3]}, ["field 'v'", "found 3"]), ({"X": [[1, 2], [3]]}, ["field 'X[1]'"]),
    ({"X": []}, ["'X'"]),
    ({"activation": "mish"}, ["field 'activation'", "mish", "tanh"]),
    ({"activation": "relu6"}, ["field 'activation'", "relu_like"]),
    ({"activation": "leaky_relu"}, ["field 'slopes'", "1/100"]),
    ({"activation": "__import__('os').system('touch hacked')"}, ["field 'activation'"]),
    ({"activation": "(lambda: 0)()"}, ["field 'activation'"]),
    ({"activation": "t**9**9**9"}, ["field 'activation'"]),
    ({"activation": "(1+t+sin(t)+cos(t))**60"}, ["field 'activation'"]),
    ({"activation": "(" * 500}, ["field 'activation'"]), ({"v": [float("nan"), 1]}, ["field 'v[0]'", "nan"]),
    ({"W": [[1, 2], [3, float("inf")]]}, ["field 'W[1][1]'"]), ({"y": ["NaN", "1"]}, ["field 'y[0]'", "NaN"]),
    ({"y": ["1e999999999", "1"]}, ["field 'y[0]'", "4 digits"]), ({"y": ["9" * 5000, "1"]}, ["field 'y[0]'"]),
    ({"y": [True, 1]}, ["field 'y[0]'", "true"]), ({"y": ["1/0", 1]}, ["field 'y[0]'"]),
    ({"c": None}, ["field 'c'", "null"]), ({"colour": 1}, ["field 'colour'"]),
    ({"penalty": 0.1}, ["field 'penalty'"]), ({"loss": "huber"}, ["field 'loss'"]),
    ({"W_unit": "log(1)"}, ["field 'W_unit'"])])
@pytest.mark.parametrize("command", [["classify"], ["plateau", "--neuron", "0"], ["verify", "x", "--about"]])
def test_a_network_file_that_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], words: list[str],
    command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path / "net.json", GOOD | change)
    one_line(run(*command, path), 4, path, "expected", *words)
    assert [x.name for x in tmp_path.iterdir()] == ["net.json"]


@pytest.mark.parametrize(("text", "words"), [
    (json.dumps(GOOD)[:-1] + ', "y": ["1", "2"]}', ["field 'y'", "each field once", "2 times"]),
    ("{", ["JSON"]), ("[" * 100000, ["nested"]), ("[]", ["an object"]), ("", ["JSON"])])
def test_a_file_that_is_no_network(run: Run, tmp_path: Path, text: str, words: list[str]) -> None:
    one_line(run("classify", written(tmp_path / "net.json", text)), 4, "net.json", *words)


def test_a_file_that_is_not_there(run: Run) -> None:
    one_line(run("classify", "no/such\nfile"), 4, "no such file", "wine_tanh_2")
    one_line(run("verify", "no/such/file"), 4, "No such file")


# verify


def test_verify_accepts_and_says_what_was_proved(
    run: Run, tmp_path: Path, certificate: dict[str, Any]
) -> None:
    path = tmp_path / "cert.json"
    path.write_bytes(encode(certificate))
    status, out, err = run("verify", path)
    assert (status, err) == (0, "") and out.startswith(f"{path}: accepted: ")
    assert "++ local minimum, +0 saddle, +- saddle" in out
    [result] = json.loads(run("verify", path, "--json").out)["certificates"]
    assert result["verdict"] == "accepted" and result["statement"]["about"] == certificate["problem"]
    assert result["error"] is None


def test_verify_in_words(run: Run, tmp_path: Path, certificate: dict[str, Any]) -> None:
    path = tmp_path / "cert.json"
    path.write_bytes(encode(certificate))
    status, out, err = run("verify", path, "--show")
    assert (status, err) == (0, "") and len(out.splitlines()) > 4 and "minimum" in out


def forged(certificate: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> bytes:
    """The certificate, changed, with all its hashes recomputed."""
    copy = json.loads(encode(certificate))
    change(copy)
    return encode(seal(copy))


@pytest.mark.parametrize(("change", "words"), [
    (lambda c: c["problem"]["y"].__setitem__(0, "7"), ["step 0", "rule 'stationary point'"]),
    (lambda c: c["problem"]["W"][1].__setitem__(0, "2"), ["step 0", "rule 'stationary point'"]),
    (lambda c: c["steps"][1].__setitem__("within", "1"), ["step 1", "rule 'nondegenerate point'"]),
    (lambda c: c["steps"][1]["signs"].__setitem__(0, -1), ["step 1", "rule 'nondegenerate point'"]),
    (lambda c: c["steps"][-1].__setitem__("coefficients", ["1/2", "1/3"]), ["step 4", "sum to 1"]),
    (lambda c: c["steps"][-1].__setitem__("radius", "1"), ["step 4", "rule 'split minimum'"]),
    (lambda c: c["steps"].pop(0), ["step 0"]),
    (lambda c: c["steps"].append({"rule": "believe me"}), ["a known rule", "believe me"])])
def test_a_forged_certificate_is_rejected_by_step_and_rule(
    run: Run, tmp_path: Path, certificate: dict[str, Any], change: Callable[[dict[str, Any]], Any],
    words: list[str]
) -> None:
    path = tmp_path / "cert.json"
    path.write_bytes(forged(certificate, change))
    one_line(run("verify", path), 1, path, "rejected", *words)
    status, out, _ = run("verify", path, "--json")
    [result] = json.loads(out)["certificates"]
    assert status == 1 and result["verdict"] == "rejected" and result["statement"] is None


@pytest.mark.parametrize("damage", [
    lambda data: data[:-20], lambda data: data.replace(b'"1"', b'"3"', 1), lambda data: b"\xff" + data,
    lambda data: b" " + data, lambda data: b"", lambda data: b"{}",
    lambda data: data.replace(b"[1", b"[1.5", 1)])
def test_a_damaged_certificate_is_malformed(
    run: Run, tmp_path: Path, certificate: dict[str, Any], damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "cert.json"
    path.write_bytes(damage(encode(certificate)))
    one_line(run("verify", path), 4, path, "malformed", "expected")


def test_a_certificate_about_another_network(
    run: Run, nets: Path, tmp_path: Path, certificate: dict[str, Any]
) -> None:
    path = tmp_path / "cert.json"
    path.write_bytes(encode(certificate))
    assert run("verify", path, "--about", nets / "pd.json").status == 0
    one_line(run("verify", path, "--about", nets / "nd.json"), 1, "rejected", "another network")
    assert run("verify", path, "--about", "wine_tanh_2").status == 1


def test_several_certificates(run: Run, tmp_path: Path, certificate: dict[str, Any]) -> None:
    good, bad, broken = (tmp_path / name for name in ("good", "bad", "broken"))
    good.write_bytes(encode(certificate))
    bad.write_bytes(forged(certificate, lambda c: c["problem"]["y"].__setitem__(0, "7")))
    broken.write_bytes(b"{}")
    assert run("verify", good, good).status == 0
    status, out, err = run("verify", bad, good)
    assert status == 1 and out.count("accepted") == 1 and err.count("\n") == 1
    status, out, err = run("verify", bad, good, broken, "--json")
    assert status == 4 and err.count("\n") == 2
    assert [x["verdict"] for x in json.loads(out)["certificates"]] == ["rejected", "accepted", "malformed"]


def test_of_several_statuses_the_first_in_the_order() -> None:
    assert ORDER == (130, 70, 4, 2, 1, 3, 5, 0)
    assert worst([0, 3, 1]) == 1 and worst([0, 4, 2, 1]) == 4 and worst([0, 0]) == 0 and worst([]) == 5


# check and ledger


def verdict(name: str, found: str = "proved", recorded: bool = True) -> Verdict:
    return Verdict(name, f"the title of {name}", found, "all sizes", "exact", recorded, 3, 0.25, [])


def checking(monkeypatch: pytest.MonkeyPatch, *verdicts: Verdict) -> list[Any]:
    """`check` of the ledger returns these; what it was asked for."""
    asked: list[Any] = []

    def check(ids: list[str], paper: str | None, jobs: int, store: Path, progress: Any,
              fresh: bool) -> list[Verdict]:
        asked.extend([ids, paper, jobs, store])
        progress("A/one")
        return list(verdicts)

    monkeypatch.setattr(ledger, "check", check)
    return asked


@pytest.mark.parametrize(("verdicts", "arguments", "status"), [
    ([verdict("A/one"), verdict("A/two", "refuted")], [], 0),
    ([verdict("A/one"), verdict("A/two", recorded=False)], [], 1),
    ([verdict("A/one", "open")], [], 0), ([verdict("A/one", "open")], ["A/one"], 3),
    ([verdict("A/one", "open", recorded=False)], ["A/one"], 1), ([], [], 5)])
def test_the_exit_status_of_check(
    run: Run, monkeypatch: pytest.MonkeyPatch, verdicts: list[Verdict], arguments: list[str], status: int
) -> None:
    checking(monkeypatch, *verdicts)
    assert run("check", *arguments).status == status
    answer = run("check", *arguments, "--json")
    assert answer.status == status
    assert [x["id"] for x in json.loads(answer.out)["claims"]] == [x.id for x in verdicts]


def test_check_prints_the_verdict_table(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = checking(monkeypatch, verdict("A/one"), verdict("A/longer-name", "repaired"))
    _, out, _ = run("check", "A/one", "--paper", "a-paper", "--jobs", 3, "--store", tmp_path)
    assert asked == [["A/one"], "a-paper", 3, tmp_path]
    rows = [line.split()[:2] for line in out.splitlines()[1:3]]
    assert rows == [["A/one", "proved"], ["A/longer-name", "repaired"]]
    assert out.endswith("2 claims: 1 proved, 1 repaired\n")


def test_a_claim_that_is_unknown(run: Run) -> None:
    one_line(run("check", "A/no-such"), 2, "A/no-such", "symplateau ledger")
    one_line(run("check", "A/lemma-4"), 2, "A/lemma-4", "A/lemma-4.1 or A/lemma-")
    one_line(run("ledger", "A/no-such"), 2, "A/no-such")


CLAIM: dict[str, Any] = {
    "id": "A/one", "title": "a title", "verdict": "repaired", "scope": "all sizes", "trust": "exact",
    "source": "section 9", "true": "It is otherwise.", "says": "It is so.", "depends_on": ["A/zero"],
    "borrowed": ["chain rule"],
    "goal": [{"name": "main", "says": {"hypotheses": {"h": "a = b"}, "conclusions": ["b = a"]}}],
    "bridges": {"main: a": "a number"}, "instances": [{}, {}], "replaced_by": "A/one-amended",
    "searched": {"networks": 7, "assertions": [{"met": 3}, {"met": 4}], "result": "not found"},
    "hypotheses": [{"assertion": "1a", "hypothesis": "H: zero", "needed": "yes", "by": "the kernel"},
                   {"assertion": "1a", "hypothesis": "lambda: PD", "needed": "not found", "searched": 12}],
    "reasons": [], "steps": [
        {"id": "A/eq-7", "kind": "identity", "status": "fails", "reason": "error: a = c",
         "place": "section 8", "printed": "a = b", "evidence": {"fails": ["one"], "repair": ["two"]},
         "witness": [{"says": {"values": {"a": "1"}, "fails": ["a > 2"]}}],
         "defect": {"degree": "error", "true": "a = c", "consequence": "None."}}]}


def test_the_ledger(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = [{"id": "p", "title": "A paper", "version": "1", "sha256": "0"}]
    content = {"papers": papers, "claims": [CLAIM]}
    monkeypatch.setattr(ledger, "ledger", lambda ids: content)
    status, out, _ = run("ledger")
    assert status == 0 and "A paper" in out and "A/one" in out and "1 repaired" in out
    _, out, _ = run("ledger", "A/one")
    for words in ("It is so.", "A/zero", "chain rule", "a number", "2, each", "-amended", "A/eq-7", "b = a",
                  "7 networks, hypotheses met 7 times: not found", "H: zero", "by the kernel", "in 12 cases"):
        assert words in out
    _, out, _ = run("ledger", "--findings")
    for words in ("A/one  claim  section 9", "It is otherwise.", "A/one-amended", "1 fails, 0 unchecked",
                  "A/eq-7  error  section 8", "a = 1: not a > 2", "repair   two"):
        assert words in out
    _, out, _ = run("ledger", "--steps")
    assert out.splitlines()[1].split()[:2] == ["A/eq-7", "fails"] and "section 8: a = b" in out
    assert json.loads(run("ledger", "--json").out) == content
    content["claims"] = [CLAIM | {"verdict": "open", "steps": [], "reasons": ["nothing is known"]}]
    assert run("ledger").status == 0 and run("ledger", "A/one").status == 3
    assert "open, as nothing is known" in run("ledger", "A/one").out
    assert "0 claims refuted, 0 errors" in run("ledger", "--findings").out


def test_the_real_ledger_can_be_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "ledger", lambda ids: content())
    status, out, _ = run("ledger")
    assert status == 0 and "A/theorem-1" in out
    assert set(json.loads(run("ledger", "--json").out)) == {"papers", "claims"}


# Whatever else happens


@pytest.mark.parametrize(("error", "status", "words"), [
    (RuntimeError("boom\nboom"), 70, "internal error: RuntimeError: boom boom"),
    (MemoryError(), 70, "out of memory"),
    (RecursionError("deep"), 70, "RecursionError"), (KeyboardInterrupt(), 130, "interrupted"),
    (ProofError("no proof"), 1, "no proof"), (InputError("f", "x", "y", "z", status=2), 2, "f: field 'x'")])
def test_errors_become_one_line_and_a_status(
    run: Run, nets: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, words: str
) -> None:
    def fails(*given: Any) -> None:
        raise error

    monkeypatch.setattr(classification, "classify", fails)
    monkeypatch.delenv("SYMPLATEAU_DEBUG", raising=False)
    answer = run("classify", nets / "pd.json")
    assert answer.status == status and words in answer.err and answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1


def test_the_traceback_on_request(
    capsys: pytest.CaptureFixture[str], nets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classification, "classify", lambda *given: 1 / 0)
    monkeypatch.setenv("SYMPLATEAU_DEBUG", "1")
    with pytest.raises(SystemExit) as caught:
        main.main(["classify", str(nets / "pd.json")])
    assert caught.value.code == 70 and "Traceback" in capsys.readouterr().err


def started(*arguments: object, encoding: str = "utf-8", **options: Any) -> "subprocess.Popen[str]":
    """A process of its own, that uses this very package."""
    command = [sys.executable, "-c", "from symplateau.cli import main; main()", *map(str, arguments)]
    package = str(Path(ledger.__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": package, "PYTHONIOENCODING": encoding}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    process: subprocess.Popen[str] = subprocess.Popen(command, env=environment, **(pipes | options))
    return process


def test_a_terminal_sees_that_work_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(terminal, "PATIENCE", 0)
    with terminal.working("proving") as progress:
        progress("nothing is shown where there is no terminal")
        time.sleep(0.1)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with terminal.working("proving") as progress:
        progress("A/one")
        time.sleep(0.3)
    out, err = capsys.readouterr()
    assert out == "" and "proving: A/one" in err


def test_a_process_of_its_own(nets: Path, tmp_path: Path) -> None:
    out, err = (process := started("classify", nets / "pd.json", cwd=tmp_path)).communicate()
    assert (process.returncode, err) == (0, "") and "strict local minimum" in out


def test_an_interrupted_process(tmp_path: Path) -> None:
    process = started("classify", written(tmp_path / "slow.json", slow(40_000)))
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "") and err.strip() == "symplateau: interrupted"


def test_a_reader_who_goes_away_is_no_error(nets: Path) -> None:
    process = started("classify", nets / "pd.json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == "" and process.wait() == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
def test_standard_output_that_is_full(nets: Path) -> None:
    with open("/dev/full", "w") as full:
        process = started("classify", nets / "pd.json", stdout=full)
        _, err = process.communicate()
    assert process.returncode == 2 and "standard output" in err and err.count("\n") == 1


def test_a_terminal_without_greek_letters(nets: Path) -> None:
    process = started("plateau", nets / "pd.json", "--neuron", 1, encoding="ascii")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "") and "signs of ?" in out
