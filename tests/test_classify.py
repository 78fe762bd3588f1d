"""The verdicts on points and on plateaus: against the loss itself, and on everything that can go wrong."""

import json
import math
import threading
from fractions import Fraction as F
from functools import cache
from random import Random
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy

from symplateau import data
from symplateau.argument import checked
from symplateau.classification import Report, classify, decimal
from symplateau.design import design
from symplateau.errors import InputError
from symplateau.files import read_network
from symplateau.kernel.format import encode
from symplateau.network import Network
from symplateau.plateaus import plateau
from symplateau.splitting import sign_patterns, split

INPUTS = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1], [3, 1], [1, 3], [-2, 1], [2, 2]]
NEURON = 1


@cache
def designed(signs: str, **more: Any) -> Network:
    """An exact strict local minimum of two tanh neurons, with these eigenvalues of the inner Hessian."""
    options = {"v": (1, 2), "W": ((1, 0), (1, -1)), "W_unit": "log(2)"} | more
    return design(Network.from_arrays("tanh", INPUTS, [0] * len(INPUTS), **options), NEURON, signs)


def trained(signs: str, size: float = 1e-14) -> Network:
    """The same network as training leaves it: in floating point, and not exactly stationary."""
    exact, random = designed(signs), Random(1)
    W = [[float(x) * math.log(2) + random.uniform(-size, size) for x in row] for row in exact.W]
    return Network.from_arrays("tanh", exact.X, exact.y, [float(x) for x in exact.v], W)


def loss(network: Network, theta: Any = None) -> Any:
    """The loss from its definition, to 60 digits."""
    with mpmath.workdps(60):
        unit = 1 if network.W_unit is None else mpmath.log(mpmath.mpf(network.W_unit.numerator))
        given = [mpmath.mpf(x.numerator) / x.denominator for x in network.theta()]
        m, d = network.n_hidden, network.n_inputs
        start = [x if k < m else x * unit for k, x in enumerate(given)]
        values = [x + step for x, step in zip(start, theta or [0] * len(start), strict=True)]
        total = mpmath.mpf(0)
        for x, y in zip(network.X, network.y, strict=True):
            output = sum(values[i] * mpmath.tanh(sum(values[m + i * d + j] * int(x[j]) for j in range(d)))
                         for i in range(m))
            total += (output - mpmath.mpf(y.numerator) / y.denominator) ** 2
        return total / 2


def curvatures(network: Network) -> tuple[Any, Any]:
    """Directions of the least and of the largest curvature, with respect to the true weights."""
    unit = 1.0 if network.W_unit is None else math.log(2)
    scale = [1.0] * network.n_hidden + [unit] * (network.n_parameters - network.n_hidden)
    hessian = network.float_hessian() / np.outer(scale, scale)
    vectors = np.linalg.eigh(hessian)[1]
    return vectors[:, 0], vectors[:, -1]


# The verdicts, against the loss itself


@pytest.mark.parametrize("signs", ["++", "--", "+-", "+0", "-0", "00"])
def test_a_designed_point_is_a_strict_local_minimum_and_the_ball_holds(signs: str) -> None:
    network = designed(signs)
    report = classify(network)
    content = report.content
    assert content["verdict"] == "strict local minimum" and content["about"] == "given point"
    assert content["given"] == {"stationary": "yes", "gradient": ["0", "0"]}
    assert content["index"] == [6, 0, 0] and content["reasons"] == [] and content["nearby"]["unique"] is True
    ball = F(report.statement["says"]["ball"])  # type: ignore[index]
    here, random = loss(network), Random(0)
    assert F(content["loss"][0]) <= F(str(here)) <= F(content["loss"][1])
    for _ in range(20):
        step = [random.gauss(0, 1) for _ in range(6)]
        length = math.hypot(*step)
        assert loss(network, [float(ball) * x / length for x in step]) > here


# For each signature: the inner Hessian, the plateau, and the types at (1/2, 1/2), (1, 0) and (2, -1).
PLATEAUS = {
    "++": ("positive definite", "local minima and saddles", ["local minimum", "saddle", "saddle"]),
    "--": ("negative definite", "local minima and saddles", ["saddle", "saddle", "local minimum"]),
    "+-": ("indefinite", "all saddles", ["saddle", "saddle", "saddle"]),
    "+0": ("positive semidefinite", "undecided", ["undecided", "saddle", "saddle"]),
    "-0": ("negative semidefinite", "undecided", ["saddle", "saddle", "undecided"]),
    "00": ("zero", "undecided", ["undecided", "saddle", "undecided"]),
}
COEFFICIENTS = (["1/2", "1/2"], ["1", "0"], ["2", "-1"])
# What no theorem says of all coefficients of these signs, and yet holds at these: along a null direction a of
# the inner Hessian the daughters w + t a, w + 2t a of (2, -1) change the loss like t^3 (2 - 8)/6 times
# v sum_k e_k sigma'''(w.x_k) (x_k.a)^3, which is not 0 there and changes its sign with a. Equal daughters
# change it at fourth order only; there the next test asks the loss.
BEYOND = {("-0", "-1"): "saddle", ("00", "-1"): "saddle", ("00", "1/2"): "saddle"}


@pytest.mark.parametrize("signs", list(PLATEAUS))
def test_the_plateau_of_each_signature(signs: str) -> None:
    definiteness, whole, types = PLATEAUS[signs]
    for coefficients, kind in zip(COEFFICIENTS, types, strict=True):
        report = plateau(designed(signs), NEURON, coefficients)
        content = report.content
        assert content["inner_hessian"] == {
            "definiteness": definiteness, "inertia": [signs.count("+"), signs.count("0"), signs.count("-")]}
        assert content["plateau"] == whole and [x["verdict"] for x in content["regions"]] == types
        assert [x["signs"] for x in content["regions"]] == ["++", "+0", "+-"]
        kind = BEYOND.get((signs, coefficients[1]), kind)
        assert content["verdict"] == report.verdict == kind
        assert (report.certificate is None) == (kind == "undecided") == (content["certificate"] is None)
        assert bool(content["reasons"]) == (kind == "undecided")


def test_a_descent_of_fourth_order_that_the_loss_has() -> None:
    report = plateau(designed("00"), NEURON, ["1/2", "1/2"])
    assert report.statement is not None
    says = report.statement["says"]["all"][1]["says"]
    assert (says["type"], says["falls"]["order"]) == ("saddle", 4)
    wide = split(designed("00"), NEURON, ["1/2", "1/2"])
    a = 2.0**-10  # the daughters w + t a and w - t a, a the first unit vector, at the end of the curve
    assert says["falls"]["until"] == "1/1024" and [x for x in says["falls"]["displacement"] if x != "0"] == [
        "1*t**1", "-1*t**1"]
    assert loss(wide, [0, 0, 0, 0, 0, a, 0, -a, 0]) < loss(wide)
    assert loss(wide, [1e-3, 0, 0, 0, 0, 0, 0, 0, 0]) > loss(wide)


@pytest.mark.parametrize("signs", ["++", "--", "+-"])
def test_the_types_of_split_points_hold_for_the_loss(signs: str) -> None:
    for coefficients, kind in zip(COEFFICIENTS, PLATEAUS[signs][2], strict=True):
        wide = split(designed(signs), NEURON, coefficients)
        here, (lowest, highest) = loss(wide), curvatures(wide)
        assert loss(wide, [x * 1e-3 for x in highest]) > here
        if kind == "saddle" and "0" not in coefficients:
            assert loss(wide, [x * 1e-3 for x in lowest]) < here
        if kind == "local minimum":
            content = plateau(designed(signs), NEURON, coefficients).content
            random, radius = Random(2), float(F(content["radius"]))
            for _ in range(20):
                step = [random.gauss(0, 1) for _ in range(9)]
                assert loss(wide, [radius * x / math.hypot(*step) for x in step]) >= here


@pytest.mark.parametrize("coefficients", [["1/2", "1/2"], ["2", "-1"], ["1", "0"], ["1/3", "1/3", "1/3"],
                                          ["3", "-1", "-1"], ["1/2", "0", "1/2"]])
def test_the_index_of_a_split_point_is_that_of_the_wide_hessian(coefficients: list[str]) -> None:
    content = plateau(designed("+-"), NEURON, coefficients).content
    wide = split(designed("+-"), NEURON, coefficients)
    values = np.linalg.eigvalsh(wide.float_hessian())
    cut = 1e-9 * values[-1]
    counts = (values > cut).sum(), (abs(values) <= cut).sum(), (values < -cut).sum()
    assert content["index"] == [int(count) for count in counts]


def test_three_daughters_cover_all_sign_patterns() -> None:
    report = plateau(designed("--"), NEURON, daughters=3)
    assert [x["signs"] for x in report.content["regions"]] == list(sign_patterns(3))
    kinds = {x["signs"]: x["verdict"] for x in report.content["regions"]}
    assert kinds.pop("+--") == "local minimum" and set(kinds.values()) == {"saddle"}
    assert report.content["verdict"] is None and report.verdict == "local minima and saddles"


@pytest.mark.parametrize("signs", ["++", "--", "+-"])
def test_floating_point_weights_give_the_verdict_of_the_exact_point(signs: str) -> None:
    report = classify(trained(signs))
    content = report.content
    assert content["about"] == "exact point within radius" and content["verdict"] == "strict local minimum"
    assert content["given"]["stationary"] == "no" and content["trust"] == "enclosed"
    assert content["nearby"] | {"radius": None} == {"exists": True, "unique": True, "radius": None}
    assert report.distance is not None and F(1, 10**16) < report.distance < F(1, 10**13)
    assert plateau(trained(signs), NEURON).content["plateau"] == PLATEAUS[signs][1]


def test_a_point_farther_than_allowed_is_not_what_was_asked_about() -> None:
    near = trained("++", 1e-7)
    content = classify(near, within=F(1, 10**9)).content
    assert content["verdict"] == "not stationary" and content["about"] == "given point"
    assert content["nearby"]["exists"] is True and content["index"] is None and content["margin"] is None
    [reason] = content["reasons"]
    assert reason["code"] == "U4" and "--within" in reason["next"]
    assert plateau(near, NEURON, ["1/2", "1/2"], within=F(1, 10**9)).content["verdict"] == "not stationary"
    assert classify(near, within=F(1, 10**5)).verdict == "strict local minimum"


def test_a_saddle_a_plateau_of_saddles_and_their_strictness() -> None:
    network = design(designed("++"), NEURON, [[1000, 0], [0, -1000]], minimum=False)
    content = classify(network).content
    assert content["verdict"] == "saddle" and content["strict_saddle"] is True
    values = np.linalg.eigvalsh(network.float_hessian())
    assert content["index"] == [int((values > 0).sum()), 0, int((values < 0).sum())]
    assert plateau(network, 0).content["plateau"] == "all saddles"


def test_a_margin_is_a_lower_bound_of_the_eigenvalues() -> None:
    network = read_network(data.path("wine_tanh_2"))
    margin = float(classify(network).content["margin"])
    assert 0.1 < margin <= np.abs(np.linalg.eigvalsh(network.float_hessian())).min()


def test_the_loss_mean_scales_the_inner_hessian_and_nothing_else() -> None:
    from dataclasses import replace

    for kind in ("mean", "half_mean"):
        content = plateau(replace(designed("++"), loss=kind), NEURON, ["1/2", "1/2"]).content
        assert content["verdict"] == "local minimum" and content["radius"] is not None


def test_the_gradient_bounds_contain_the_largest_entry() -> None:
    network = Network.from_arrays("tanh", INPUTS, [1] * 12, [1, 2], [[1, 0], [1, -1]])
    low, high = map(float, classify(network).content["given"]["gradient"])
    largest = abs(network.float_gradient()).max()
    assert low * (1 - 1e-12) <= largest <= high * (1 + 1e-12) and high < low * 1.001


def test_certificates_are_the_same_from_run_to_run_and_pass_the_kernel_again() -> None:
    one, two = (plateau(trained("++"), NEURON, ["1/2", "1/2"]) for _ in range(2))
    assert one.certificate is not None and two.certificate is not None
    assert encode(one.certificate) == encode(two.certificate)
    assert checked(one.certificate) == one.statement


# Degenerate and strange networks: a verdict, or `undecided` with a numbered reason; never a traceback

X, Y = [[1, 0], [0, 1], [1, 1], [2, -1], [1, 3]], [1, 2, 0, 1, -1]
W = [[1, 0], [0, 1]]
HUGE, TINY = "1e400", "1e-400"
STRANGE: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "all weights zero": ({"v": [0, 0], "W": [[0, 0], [0, 0]]}, "saddle", ""),
    "everything zero": ({"y": [0] * 5, "v": [0, 0], "W": [[0, 0], [0, 0]]}, "local minimum", ""),
    "output weights zero": ({"v": [0, 0]}, "not stationary", ""),
    "inputs zero": ({"X": [[0, 0]] * 5}, "undecided", "U5"),
    "inputs tiny": ({"X": [[TINY, "1e-300"]] * 5}, "not stationary", ""),
    "saturated": ({"W": [[900, 300], [-700, 2000]]}, "not stationary", ""),
    "huge input weights": ({"W": [[HUGE, 0], [0, 1]]}, "not stationary", ""),
    "tiny output weights": ({"v": [TINY, 1]}, "not stationary", ""),
    "many digits": ({"activation": "square", "W": [[F(3**4000, 2**6000), 1], [1, 1]]}, None, ""),
    "huge targets": ({"y": [HUGE] * 5}, None, ""),
    "huge output weights": ({"v": [HUGE, 1]}, None, ""),
    "huge arguments of sin": ({"activation": "sin", "W": [["1e300", 1], [1, 1]]}, "not stationary", ""),
    "exp overflows": ({"activation": "exp", "W": [[10**5, 0], [0, 1]]}, "undecided", "U11"),
    "exp beyond floats": ({"activation": "exp", "W": [[900, 0], [0, 1]]}, None, ""),
    "log of zero": ({"activation": "log(t)"}, "undecided", "U11"),
    "root at zero": ({"activation": "sqrt(t)"}, "undecided", "U11"),
    "divisor zero": ({"activation": "1/t"}, "undecided", "U11"),
    "constant": ({"activation": "3", "v": [1, 1]}, "not stationary", ""),
    "constant pi": ({"activation": "pi", "v": [1, 1]}, "not stationary", ""),
    "flat to second order": ({"activation": "cube", "W": [[0, 0], [0, 0]]}, "saddle", ""),
    "flat to eighth order": ({"activation": "t**9", "W": [[0, 0], [0, 0]]}, "undecided", "U5"),
    "at the top": ({"activation": "square", "y": [1] * 5, "W": [[0, 0], [0, 0]]}, "local maximum", ""),
    "one sample fitted": (
        {"activation": "square", "X": [[1]], "y": [1], "v": [1], "W": [[1]]}, "local minimum", ""),
    "one sample": ({"X": [[1]], "y": [1], "v": [1], "W": [[1]]}, "not stationary", ""),
    "with both biases": ({"b": [0, 1], "c": 1, "loss": "mean"}, "not stationary", ""),
    "a unit of 2,000 digits": ({"W_unit": "log(1" + "0" * 2000 + ")"}, "not stationary", ""),
    "too wide": (
        {"X": [[1] * 300] * 3, "y": [1] * 3, "v": [1] * 300, "W": [[1] * 300] * 300}, "undecided", "U10"),
    "too large for the kernel": (
        {"X": [[1] * 90] * 1000, "y": [1] * 1000, "v": [1] * 45, "W": [[1] * 90] * 45}, "undecided", "U10"),
}


@pytest.mark.parametrize("name", list(STRANGE))
def test_a_strange_network(name: str) -> None:
    changes, verdict, code = STRANGE[name]
    network = Network.from_arrays(**({"activation": "tanh", "X": X, "y": Y, "v": [1, 2], "W": W} | changes))
    content = classify(network, seconds=20).content
    whole = plateau(network, 0, ["1/2", "1/2"], seconds=20).content
    json.dumps([content, whole], allow_nan=False)
    assert verdict in (content["verdict"], None)
    assert (content["certificate"] is None) == (content["verdict"] == "undecided")
    if content["verdict"] == "undecided":
        reasons = content["reasons"]
        assert reasons and all(x["code"] != "U0" and x["text"] and x["next"] for x in reasons)
        assert code in {x["code"] for x in reasons} | {""}
    assert set(content) == set(classify(designed("++")).content)
    assert set(whole) == set(plateau(designed("++"), 0).content)


def test_a_global_minimum_that_is_strict() -> None:
    network = Network.from_arrays("t + t**2", [[1], [2], [3], [-1]], [2, 6, 12, 0], [1], [[1]])
    content = classify(network).content
    assert content["verdict"] == "strict local minimum" and content["global"] == "global minimum"
    assert content["loss"] == ["0", "0"] and content["margin"] is not None


def test_a_split_point_itself_is_degenerate_and_the_reason_says_what_to_do() -> None:
    content = classify(split(designed("+-"), NEURON, ["2", "-1"])).content
    assert content["verdict"] == "saddle"  # both signs are in the exact inertia
    content = classify(split(designed("++"), NEURON, ["1/2", "1/2"])).content
    assert content["verdict"] == "undecided" and content["index"] == [8, 1, 0]
    [reason] = content["reasons"]
    assert reason["code"] == "U5" and "neurons 1 and 2" in reason["next"]


def test_the_saddle_of_a_linear_network() -> None:
    """The loss (v w - 1)^2 / 2 of a linear network at 0."""
    network = Network.from_arrays("t", [[1]], [1], [0], [[0]])
    content = classify(network).content
    assert content["verdict"] == "saddle" and content["index"] == [1, 0, 1]
    v, w = sympy.symbols("v w")
    values = sympy.hessian((v * w - 1) ** 2 / 2, (v, w)).subs({v: 0, w: 0}).eigenvals()
    assert sorted(values) == [-1, 1]


def test_the_time_is_used_up() -> None:
    big = Network.from_arrays("tanh", [[i % 7, i % 11] for i in range(3000)], [i % 3 for i in range(3000)],
                              [1] * 20, [[i, 1] for i in range(20)])
    for report in (classify(big, seconds=0.01), plateau(big, 0, ["1/2", "1/2"], seconds=0.01)):
        assert report.verdict == "undecided" and report.content["reasons"][0]["code"] == "U8"
        assert "--seconds" in report.content["reasons"][0]["next"]


def test_the_time_is_used_up_in_another_thread() -> None:
    found: list[Report] = []
    network = read_network(data.path("wine_tanh_4"))
    thread = threading.Thread(target=lambda: found.append(classify(network, seconds=0.05)))
    thread.start()
    thread.join()
    assert "U8" in [x["code"] for x in found[0].content["reasons"]]


@pytest.mark.parametrize("call", [
    lambda n: plateau(n, 2), lambda n: plateau(n, -1), lambda n: plateau(n, 0, ["1/2", "1/3"]),
    lambda n: plateau(n, 0, ["1"]), lambda n: plateau(n, 0, daughters=1),
    lambda n: plateau(n, 0, daughters=0), lambda n: plateau(n, 0, daughters=65),
    lambda n: plateau(n, 0, ["1/2", "1/2"], daughters=3), lambda n: classify(n, within=F(0)),
    lambda n: classify(n, within=F(-1)), lambda n: classify(n, seconds=0)])
def test_what_is_asked_for_must_make_sense(call: Any) -> None:
    with pytest.raises(InputError) as caught:
        call(designed("++"))
    assert caught.value.status == 2


@pytest.mark.parametrize("value", [
    F(1, 3), F(-1, 3), F(10**400 + 1), F(1, 10**400 + 1), F(999_999_999_999_999), F(-5)])
@pytest.mark.parametrize("digits", [1, 3, 12])
def test_decimal_bounds_are_rounded_outward(value: F, digits: int) -> None:
    low, high = F(decimal(value, digits=digits)), F(decimal(value, up=True, digits=digits))
    assert low <= value <= high and high - low <= abs(value) * 2 / 10 ** (digits - 1)


def test_curvatures_whose_ratio_is_beyond_the_floats() -> None:
    """sum (v (w.x)^2 - 1)^2 / 2 at v = 1, w = 0: it falls for each w != 0, and stays for w = 0."""
    one, zero = F(1), F(0)
    inputs = ((one, F(1, 3)), (zero, F(1, 10**160)))
    report = classify(Network("t**2", X=inputs, y=(one, one), v=(one,), W=((zero, zero),)))
    assert report.content["verdict"] == "local maximum" and report.content["index"] == [0, 1, 2]
