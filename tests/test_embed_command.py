"""`symplateau embed` as a user drives it: what it says, its certificate, and what it refuses."""

import json
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest

from symplateau.cli import main
from symplateau.kernel.certificate import check
from symplateau.kernel.format import load
from symplateau.relu import embedded_points, preservation

CORNER: dict[str, Any] = {"activation": "relu", "X": [[1, 0], [0, 1]], "y": [1, -1], "W": [[1, 0]], "v": [1]}
SECOND: dict[str, Any] = {"activation": "relu", "X": [[1, 1], [1, -1]], "y": [[2, 1], [2, -1]],
                          "W": [[1, 0]], "H": [[2], [0]]}
DEAD: dict[str, Any] = {"activation": "relu", "X": [[1, 0]], "y": [1], "W": [[-1, 0]], "v": [3]}
HALVES = ("--replicate", "0", "--gamma", "1/2,1/2")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """run(network, options) -> status, output, errors; run.json(...) -> the object."""
    class Runner:
        place = tmp_path

        def __call__(self, network: dict[str, Any] | str, *options: str) -> tuple[int, str, str]:
            if not isinstance(network, str):
                name = tmp_path / "net.json"
                name.write_text(json.dumps(network))
                network = str(name)
            with pytest.raises(SystemExit) as leaving:
                main(["embed", network, *options])
            captured = capsys.readouterr()
            return int(str(leaving.value.code)), captured.out, captured.err

        def json(self, network: dict[str, Any], *options: str) -> dict[str, Any]:
            status, output, errors = self(network, *options, "--json")
            assert errors == ""
            found: dict[str, Any] = json.loads(output)
            assert status == (3 if found["verdict"] == "undecided" else 0)
            return found

    return Runner()


# The answers


@pytest.mark.parametrize(("gamma", "verdict", "stationary", "type_1", "escapes"), [
    ("1/2,1/2", "local minimum", True, True, []), ("2,-1", "not stationary", False, False, None),
    ("1,0", "saddle", True, False, [1])])
def test_replication_of_a_steep_neuron(run: Any, gamma: str, verdict: str, stationary: bool, type_1: bool,
                                       escapes: list[int] | None) -> None:
    found = run.json(CORNER, "--replicate", "0", "--beta", "1,1", "--gamma", gamma)
    assert found["verdict"] == found["wide"]["verdict"] == verdict
    assert found["original"]["verdict"] == "local minimum" and found["original"]["kind"] == 1
    theory = found["theory"]
    assert (theory["source"], theory["tangential_derivatives"]) == ("Proposition 4.9", "not all zero")
    assert (theory["stationary"], theory["type_1"], theory["minimum"]) == (stationary, type_1, type_1)
    assert found["new_escape_neurons"] == escapes and found["theorem_10"]["applies"] is False
    assert found["trust"] == "exact" and found["reasons"] == []


@pytest.mark.parametrize(("network", "options", "verdict", "kind"), [
    (DEAD, ("--orthogonal", "0,1", "--weights", "1"), "local maximum", "orthogonal units"),
    (DEAD, ("--orthogonal", "0,1", "--weights", "0"), "saddle", "orthogonal units"),
    (DEAD, ("--orthogonal", "0,1", "--weights", "-1"), "local minimum", "orthogonal units"),
    (DEAD, ("--negative", "-1,5", "--weights", "7"), "locally constant", "negative units"),
    (DEAD | {"activation": "relu_like", "slopes": [0, 1], "W": [[1, 0]]},
     ("--positive", "2,0", "--weights", "7"), "locally constant", "positive units"),
    (DEAD, ("--inactive", "1,0"), "not stationary", "inactive propagation"),
    (DEAD, ("--inactive", "0,0"), "saddle", "inactive propagation"),
    (DEAD, ("--inactive", "-2,0", "--inactive", "-1,5"), "locally constant", "inactive propagation"),
    (SECOND, HALVES, "saddle", "unit replication")])
def test_every_embedding(run: Any, network: dict[str, Any], options: tuple[str, ...], verdict: str,
                         kind: str) -> None:
    found = run.json(network, *options)
    assert found["verdict"] == verdict and found["embedding"]["kind"] == kind
    assert found["certificate"] == found["wide"]["certificate"] is not None
    assert (found["theorem_10"] is None) is (kind != "unit replication")


def test_a_local_maximum_at_a_kink_is_not_stationary(run: Any) -> None:
    """The unit of appendix M.1 with h = 1: the loss is (h rho(v_1) - 1)^2 / 2, so falls with v_1."""
    found = run.json(DEAD, "--orthogonal", "0,1", "--weights", "1")
    assert found["verdict"] == "local maximum" and found["theory"]["stationary"] is False
    assert found["wide"]["given"]["stationary"] == "no"


def test_several_outputs_and_neurons(run: Any) -> None:
    options = ("--orthogonal", "0,0", "--weights", "1,2", "--orthogonal", "0,0", "--weights", "3,-4")
    found = run.json(SECOND, *options)
    assert found["embedding"] == {
        "kind": "orthogonal units", "neuron": None, "beta": None, "gamma": None, "units": [1, 2],
        "W": [["0", "0"], ["0", "0"]], "H": [["1", "3"], ["2", "-4"]]}


def test_the_hidden_bias_comes_last(run: Any) -> None:
    biased = {"activation": "relu", "X": [[1]], "y": [1], "W": [[-1]], "b": ["-1/2"], "v": [3]}
    assert run.json(biased, "--orthogonal", "2,-2", "--weights", "0")["embedding"]["W"] == [["2", "-2"]]
    status, _, errors = run(biased, "--orthogonal", "0", "--weights", "0")
    assert status == 2 and "2 numbers" in errors


def test_theorem_10_applies_to_a_minimum_of_the_second_type(run: Any) -> None:
    found = run.json(SECOND, *HALVES)
    assert found["theorem_10"] == {"applies": True, "missing": [], "saddle": True}
    assert found["theory"]["minimum"] is False and found["theory"]["tangential_derivatives"] == "all zero"


def test_the_text(run: Any) -> None:
    status, output, errors = run(CORNER, "--replicate", "0", "--gamma", "1,0")
    lines = output.splitlines()
    assert status == 0 and errors == ""
    assert lines[0].endswith("unit replication of neuron 0 (beta 1, 1; gamma 1, 0): saddle")
    text = {line[2:17].strip(): line[17:] for line in lines[2:]}
    assert text["original"] == "local minimum of type 1" and text["wide point"] == "saddle"
    assert text["theorem"] == "Proposition 4.9: stationary, and no local minimum"
    assert "positive tangential derivative" in text["because"] and "gamma = 0" in text["because"]
    assert text["escape neurons"] == "1 of the new ones" and "does not apply" in text["Theorem 10"]
    assert "re-checked by the kernel" in text["certificate"]


def test_undecided_says_why(run: Any) -> None:
    status, output, _ = run(SECOND, "--replicate", "0", "--gamma", "1")
    assert status == 3 and "without a certificate" in output and "reason U14" in output
    found = run.json(CORNER, *HALVES, "--seconds", "1e-9")
    assert found["verdict"] == "undecided" and found["theory"] is None
    assert [reason["code"] for reason in found["reasons"]] == ["U8"]


# The certificate, and the exact point near the given one


def test_the_certificate_is_about_the_wide_network(run: Any) -> None:
    target = run.place / "wide.cert"
    found = run.json(CORNER, "--replicate", "0", "--beta", "2,1", "--gamma", "1/4,1/2", "-o", str(target))
    statement = check(load(target.read_bytes()))
    assert statement["says"]["type"] == "local minimum" == found["verdict"]
    assert statement["about"]["W"] == [["2", "0"], ["1", "0"]] and statement["about"]["H"] == [["1/4", "1/2"]]


def test_the_exact_point_near_the_given_one_is_embedded(run: Any) -> None:
    """The fit of samples (1, 0), (1, 1) by h w_1 is 2, held at w_2 = 0 by the kink sample (0, 1)."""
    given = {"activation": "relu", "X": [[1, 0], [0, 1], [1, 1]], "y": [1, -1, 3], "W": [[1.5, 1e-9]],
             "v": [1.333]}
    found = run.json(given, *HALVES, "--within", "1e-3")
    assert found["original"]["about"] == "exact point within radius"
    assert found["original"]["given"]["stationary"] == "no" and found["verdict"] == "local minimum"
    w, h = found["embedding"]["W"], found["embedding"]["H"]
    assert w[0] == w[1] and F(w[0][1]) == 0 and 2 * F(h[0][0]) * F(w[0][0]) == 2
    far = run.json(given, *HALVES)
    assert far["original"]["verdict"] == far["verdict"] == "not stationary"
    assert far["theory"]["source"] == "section 4.3"


# What is refused


@pytest.mark.parametrize(("network", "options", "status", "text"), [
    (CORNER, (), 2, "found none"),
    (CORNER, ("--inactive", "0,0", "--replicate", "0"), 2, "--inactive and --replicate"),
    (CORNER, ("--inactive", "0,0", "--gamma", "1"), 2, "belong to --replicate"),
    (CORNER, ("--replicate", "0"), 2, "'--gamma'"),
    (CORNER, ("--replicate", "0", "--gamma", "1", "--weights", "1"), 2, "'--weights'"),
    (CORNER, ("--replicate", "0", "--gamma", "1,1"), 2, "a sum of 2"),
    (CORNER, ("--replicate", "0", "--gamma", "1,1", "--beta", "1,-1"), 2, "beta[1]"),
    (CORNER, ("--replicate", "0", "--gamma", "1,1", "--beta", "1"), 2, "1 and 2"),
    (CORNER, ("--replicate", "0", "--gamma", "1,x"), 2, "'--gamma'"),
    (CORNER, ("--replicate", "1", "--gamma", "1"), 2, "from 0 to 0"),
    (CORNER, ("--orthogonal", "0,1", "--weights", "1"), 2, "orthogonal"),
    (CORNER, ("--orthogonal", "0,0"), 2, "'--weights'"),
    (CORNER, ("--orthogonal", "0,0", "--weights", "1,2"), 2, "1 rows"),
    (CORNER, ("--orthogonal", "0,0", "--orthogonal", "0,0", "--weights", "1", "--weights", "1,2"), 2,
     "equally many"),
    (CORNER, ("--negative", "0,-1", "--weights", "1"), 2, "w.x = 0"),
    (CORNER, ("--positive", "1,1", "--weights", "1"), 2, "alpha+ = 0"),
    (CORNER, ("--inactive", "0,0", "--weights", "1"), 2, "'--weights'"),
    (CORNER, ("--inactive", "0"), 2, "2 numbers"),
    (CORNER, ("--inactive", "0,0", "--within", "0"), 2, "'--within'"),
    (CORNER, (*HALVES, "-o", "/no/such/folder/c"), 2, "writable"),
    (CORNER | {"activation": "tanh"}, HALVES, 4, "symplateau plateau"),
    (CORNER | {"activation": "swish"}, HALVES, 4, "'activation'"),
    (CORNER | {"activation": "relu_like", "slopes": [1, 1]}, HALVES, 4, "slopes"),
    ("no_such_network", HALVES, 4, "no such file"),
    ("wine_tanh_2", HALVES, 4, "symplateau plateau")])
def test_refusals(run: Any, network: Any, options: tuple[str, ...], status: int, text: str) -> None:
    found, output, errors = run(network, *options)
    assert (found, output) == (status, "") and errors.count("\n") == 1 and text in errors


def test_a_theorem_that_is_wrong_is_an_internal_error(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preservation, "contradiction", lambda found: "everything")
    status, _, errors = run(CORNER, *HALVES)
    assert status == 70 and "wrong about everything" in errors


def test_the_search_for_the_original_is_not_begun_for_nothing(run: Any,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_points, "classify_relu", lambda *_: pytest.fail("searched"))
    assert run(CORNER, "--replicate", "7", "--gamma", "1")[0] == 2
