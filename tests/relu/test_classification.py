"""The three answers about a point of a ReLU-like network, and the command line that gives them."""

import json
from contextlib import nullcontext, suppress
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

import numpy as np
import pytest

import symplateau
from symplateau.argument import checked
from symplateau.classification import classify
from symplateau.errors import InputError, Undecided
from symplateau.files import write_network
from symplateau.relu import classification, points
from symplateau.relu.argument import certify_type
from symplateau.relu.classification import classify_relu, default_within, gradient
from symplateau.relu.network import ReluNetwork
from symplateau.relu.points import PointType
from tests.command import Run

from .networks import corner, pair
from .test_nearby import SCALAR, trained

FIELDS = {"verdict", "about", "given", "nearby", "index", "strict_saddle", "global", "margin", "trust",
          "loss", "reasons", "certificate", "escape_neurons", "kind", "radius"}


class Near(NamedTuple):
    network: ReluNetwork
    distance: F


def net(X: Any, Y: Any, W: Any, H: Any, slopes: Any = (1, 0), **more: Any) -> ReluNetwork:
    return ReluNetwork.from_arrays(X, Y, W, H, slopes, **more)


def scalar_saddle() -> ReluNetwork:
    """h = 0 at w = (1, 0): G = 0, and g(t) = -t_2^+ of the sample (0, 1) at the kink, whose target is 1."""
    return net([[1, 0], [0, 1]], [0, 1], [[1, 0]], [0])


HILL = net([[1], [2]], [1, 1], [[0]], [1], (1, "-1/2"))
DEAD = net([[1], [2]], [1, 1], [[-1]], [1])
FITTED = net([[1, 0], [0, 1]], [1, 0], [[1, 0]], [1])
SLOPE = net([[1, 0]], [1], [[2, 0]], [1])


@pytest.mark.parametrize(("network", "verdict", "known"), [
    (corner(), "local minimum", {"kind": 1, "escape_neurons": [], "radius": "1.0", "global": "unknown"}),
    (FITTED, "local minimum", {"kind": 1, "global": "global minimum", "loss": ["0", "0"]}),
    (scalar_saddle(), "saddle", {"kind": None, "escape_neurons": [0], "strict_saddle": True}),
    (pair(2), "saddle", {"escape_neurons": [0], "strict_saddle": True}),
    (DEAD, "locally constant", {"kind": 1, "escape_neurons": []}),
    (HILL, "local maximum", {"kind": None, "escape_neurons": None}),
    (SLOPE, "not stationary", {"kind": None, "escape_neurons": None}),
])
def test_a_given_point(network: ReluNetwork, verdict: str, known: dict[str, Any]) -> None:
    report = classify(network)
    assert report.verdict == verdict and set(report.content) == FIELDS
    assert {key: report.content[key] for key in known} == known
    assert report.content["about"] == "given point" and report.content["trust"] == "exact"
    stationary = "no" if verdict in ("local maximum", "not stationary") else "yes"
    assert report.content["given"]["stationary"] == stationary
    assert report.certificate is not None and report.statement is not None
    assert report.statement["about"] == network.problem()
    assert report.content["certificate"] == report.certificate["sha256"]
    assert json.dumps(report.content)


def test_what_the_kernel_cannot_say_is_undecided_with_what_was_found() -> None:
    report = classify(pair(1))
    assert report.verdict == "undecided" and report.certificate is None and report.content["trust"] is None
    assert (report.content["kind"], report.content["escape_neurons"]) == (2, [0])
    assert [reason["code"] for reason in report.content["reasons"]] == ["U14"]
    assert "no rule" in report.content["reasons"][0]["text"] and report.content["reasons"][0]["next"]


def test_the_gradient_of_a_point_that_is_not_stationary() -> None:
    """L = (h w - 1)^2 / 2 at w = 2, h = 1: dL/dh = 2, dL/dw = 1; halved or doubled by the other losses."""
    assert gradient(SLOPE) == (2, 0, 1, 0)
    assert classify(SLOPE).content["given"]["gradient"] == ["2.0", "2.0"]
    mean = classify(replace(SLOPE, scale=F(2))).content
    assert mean["given"]["gradient"] == ["4.0", "4.0"] and mean["loss"] == ["1.0", "1.0"]
    assert mean["certificate"] == classify(SLOPE).content["certificate"]
    assert gradient(replace(SLOPE, c=(F(1),))) == (4, 2, 2, 0)  # the residual is 2
    kink = net([[1, 0], [0, 1]], [1, 1], [[2, 0]], [1])
    assert gradient(kink) is None and classify(kink).content["given"]["gradient"] is None


def near(monkeypatch: pytest.MonkeyPatch, network: ReluNetwork, distance: F) -> None:
    def find_nearest_point(given: ReluNetwork, within: F) -> Near:
        if distance > within:
            raise Undecided("nearby: none that near", "allow more")
        return Near(network, distance)

    monkeypatch.setattr(classification, "find_nearest_point", find_nearest_point)


def test_three_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(corner(), H=((F(1) + F(1, 2**30),),))
    near(monkeypatch, corner(), F(1, 2**30))
    report = classify_relu(given)
    content = report.content
    assert content["given"]["stationary"] == "no" and content["about"] == "exact point within radius"
    assert content["nearby"]["exists"] is True and content["nearby"]["unique"] is False
    assert F(content["nearby"]["radius"]) >= F(1, 2**30) == report.distance
    assert report.verdict == "local minimum" and report.statement is not None
    assert report.statement["about"] == corner().problem()  # of the exact point
    far = classify_relu(given, F(1, 2**31))
    assert (far.verdict, far.content["about"]) == ("not stationary", "given point")
    assert far.content["nearby"]["exists"] is None and far.content["reasons"][0]["code"] == "U1"
    assert far.certificate is not None


def test_a_near_point_without_a_certificate_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    near(monkeypatch, pair(1), F(1, 2**30))
    given = replace(pair(1), H=((F(1) + F(1, 2**30),), (F(0),)))
    report = classify_relu(given)
    assert report.verdict == "undecided" and report.content["about"] == "exact point within radius"
    assert report.content["kind"] == 2 and report.content["given"]["stationary"] == "no"


def test_an_irrational_point_is_outside_the_kernel() -> None:
    """The best matrix of rank 1 near (2 1; 1 1): w is along (golden ratio, 1), with a square root of 5."""
    golden = 1.618033988749895
    h = [x / (golden**2 + 1) for x in (2 * golden + 1, golden + 1)]
    given = net([[1, 0], [0, 1]], [[2, 1], [1, 1]], [[golden + 1e-9, 1]], [[x] for x in h])
    content = classify(given).content
    assert (content["verdict"], content["about"]) == ("undecided", "exact point within radius")
    assert content["given"]["stationary"] == "no" and content["nearby"]["exists"] is True
    assert content["loss"] is content["certificate"] is content["trust"] is None
    assert content["reasons"][0]["code"] == "U15" and "local minimum" in content["reasons"][0]["text"]
    biased = classify(replace(given, c=(F(0), F(0)))).content
    assert biased["verdict"] == "not stationary" and biased["reasons"][0]["code"] == "U1"


def test_points_that_are_not_decided_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    def decide_type(network: ReluNetwork) -> PointType:
        return replace(found, verdict="undecided", reason="degenerate: as ever", next="ask again")

    found = points.decide_type(pair(2))
    monkeypatch.setattr(classification, "decide_type", decide_type)
    report = classify(pair(2))
    assert (report.verdict, report.content["escape_neurons"]) == ("undecided", [0])
    assert report.content["reasons"] == [{"code": "U3", "text": "as ever", "next": "ask again"}]


@pytest.mark.parametrize("network", [
    net([[1], [2]], [1, 2], [[1]], [1]), net([[0], [0]], [1, 1], [[1]], [1]),
    net([[0, 0]], [0], [[0, 0]], [0]),
    net([[1, 0], [1, 0], [0, 1], [0, 1]], [1, 1, -1, -1], [[1, 0]], [1]), net([[1, 0]], [0], [[0, 0]], [1]),
    net([[1, 1]], [1], [[0, 0]], [0]), net([[1], [-1]], [1, 1], [[1]], [1]),
    net([[1, 0], [0, 1]], [[0, 1], [1, 0]], [[0, 0], [1, 0]], [[0, 0], [0, 1]]),
    net([[1]], [[1, 2, 3]], [[1]], [[1], [2], [3]], c=[0, 0, 0]), net([[2]], [3], [[-1]], [5], (1, 0), c=3),
])
def test_corner_cases_get_a_verdict_or_a_reason(network: ReluNetwork) -> None:
    """One input, zero and repeated samples, w_i = 0, exact ties."""
    report = classify(network)
    assert report.verdict != "undecided" or report.content["reasons"]


def test_the_default_radius() -> None:
    assert default_within(net([[1]], [1], [[3]], [4], c=12)) == F(13, 10**6)
    assert default_within(net([[1]], [1], [[0]], [0])) == F(1, 10**6)


def test_the_time_is_used_up() -> None:
    report = classify(corner(), seconds=1e-9)
    assert report.verdict == "undecided" and report.content["reasons"][0]["code"] == "U8"
    for call in (lambda: classify(corner(), F(0)), lambda: classify(corner(), seconds=0)):
        with pytest.raises(InputError):
            call()


def test_a_search_that_takes_the_alarm_for_a_case_is_stopped_by_the_next(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nearest_point(given: ReluNetwork, within: F) -> Near:
        for _ in range(2):
            with suppress(Undecided) if not alarms else nullcontext():
                while True:
                    sleep(0.01)
            alarms.append(True)
        raise AssertionError("the second alarm did not come")

    alarms: list[bool] = []
    monkeypatch.setattr(classification, "find_nearest_point", find_nearest_point)
    report = classify(SLOPE, seconds=0.3)
    assert alarms == [True] and report.verdict == "not stationary" and report.certificate is not None
    assert [reason["code"] for reason in report.content["reasons"]] == ["U8"]


def test_the_kernel_is_not_stopped_by_the_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(certificate: dict[str, Any]) -> dict[str, Any]:
        sleep(0.5)
        return checked(certificate)

    monkeypatch.setattr(classification, "checked", slow)
    assert classify(corner(), seconds=0.3).verdict == "local minimum"


def test_a_statement_other_than_the_verdict_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    found = points.decide_type(corner())
    other = replace(found, verdict="locally constant")
    monkeypatch.setattr(classification, "decide_type", lambda network: other)
    monkeypatch.setattr(classification, "certify_type", lambda *_: certify_type(corner(), found))
    with pytest.raises(ArithmeticError, match="another verdict"):
        classify(corner())


def test_a_network_too_large_for_the_kernel_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symplateau.kernel.relu.MAX_WORK", 10)
    report = classify(corner())
    assert report.verdict == "undecided" and report.content["reasons"][0]["code"] == "U10"


# The command line


def saved(folder: Path, network: ReluNetwork) -> Path:
    write_network(folder / "net.json", network)
    return folder / "net.json"


def test_classify_prints_a_short_block(run: Run, tmp_path: Path) -> None:
    file = saved(tmp_path, corner())
    status, out, err = run("classify", file, "-o", tmp_path / "cert.json")
    assert (status, err) == (0, "") and out.startswith(f"{file}: local minimum\n")
    assert [line[2:16].strip() for line in out.splitlines()[2:]] == [
        "given point", "exact point", "escape neurons", "radius", "loss", "trust", "certificate"]
    assert "exactly stationary" in out and "within 1.0 of the point" in out


@pytest.mark.parametrize("network", [corner(), pair(2), scalar_saddle(), DEAD, HILL, FITTED, SLOPE])
def test_certificates_are_re_checked_about_the_file(run: Run, tmp_path: Path, network: ReluNetwork) -> None:
    file = saved(tmp_path, network)
    assert run("classify", file, "-o", tmp_path / "cert.json").status == 0
    status, out, err = run("verify", tmp_path / "cert.json", "--about", file)
    assert (status, err) == (0, "") and "accepted: " + classify(network).verdict in out
    other = saved(tmp_path, replace(network, scale=F(1), Y=tuple((y[0] + 1, *y[1:]) for y in network.Y)))
    assert run("verify", tmp_path / "cert.json", "--about", other).status == 1


def test_json_and_statuses(run: Run, tmp_path: Path) -> None:
    status, out, err = run("classify", saved(tmp_path, corner()), "--json")
    assert (status, err) == (0, "") and set(json.loads(out)) == FIELDS | {"versions"}
    status, out, _ = run("classify", saved(tmp_path, pair(1)))
    assert status == 3 and "reason U14" in out and "escape neurons 0" in out and "none, as nothing" in out
    status, out, _ = run("classify", saved(tmp_path, SLOPE))
    assert status == 0 and ": not stationary\n" in out and "largest entry of the gradient is 2.0\n" in out


def test_a_trained_network_in_an_npz_file(run: Run, tmp_path: Path) -> None:
    """Gradient descent in floats on the data of section 4.1.1; the verdict is about the exact point near."""
    X, y = SCALAR
    W, H = trained(X, [[v] for v in y], 5, 20_000, 0)
    np.savez(tmp_path / "net.npz", activation="relu", X=np.array(X, dtype=float), y=np.array(y, dtype=float),
             W=W, v=H[0])
    status, out, err = run("classify", tmp_path / "net.npz", "-o", tmp_path / "cert.json")
    assert (status, err) == (0, "") and ": local minimum\n" in out
    assert "largest entry of the difference" in out
    assert "not stationary: the largest entry of the gradient" in out
    assert run("verify", tmp_path / "cert.json").status == 0
    one = run("verify", tmp_path / "cert.json", "--about", tmp_path / "net.npz")
    assert one.status == 1 and "a point of it that is" in one.err  # the exact point is another one
    other = saved(tmp_path, corner())
    assert "one about another network" in run("verify", tmp_path / "cert.json", "--about", other).err


def test_plateau_points_to_embed(run: Run, tmp_path: Path) -> None:
    status, out, err = run("plateau", saved(tmp_path, corner()), "--neuron", 0)
    assert (status, out, err.count("\n")) == (4, "", 1) and "symplateau embed" in err and "net.json" in err


@pytest.mark.parametrize(("change", "words"), [
    ({"slopes": [1, 1], "activation": "relu_like"}, ["'slopes'", "linear"]),
    ({"W": []}, ["'W'", "hidden neuron"]),
    ({"activation": "leaky_relu"}, ["'slopes'"]), ({"W_unit": "log(2)"}, ["'W_unit'"]),
    ({"penalty": "1/10"}, ["'penalty'"]), ({"y": [[1, 2]]}, ["'y'"]), ({"c": [1, 2]}, ["'c'"]),
])
def test_files_are_refused_in_one_line(run: Run, tmp_path: Path, change: dict[str, Any],
                                       words: list[str]) -> None:
    good = {"activation": "relu", "X": [[1, 0], [0, 1]], "y": [1, -1], "v": [1], "W": [[1, 0]]}
    (tmp_path / "net.json").write_text(json.dumps(good | change))
    status, out, err = run("classify", tmp_path / "net.json")
    assert (status, out, err.count("\n")) == (4, "", 1)
    assert all(word in err for word in words)


def test_the_public_words_take_both_kinds(tmp_path: Path) -> None:
    assert symplateau.classify(symplateau.read_network(saved(tmp_path, corner()))).verdict == "local minimum"
