"""Certificates of ReLU-like networks, checked once more against the exact loss itself."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from symplateau.argument import checked
from symplateau.errors import Undecided
from symplateau.kernel.format import CheckError, seal
from symplateau.relu.argument import (
    certify_type,
    find_maximum_ratio,
    maximum_step,
    minimum_step,
    root_below,
    sealed,
    stationary_step,
)
from symplateau.relu.network import ReluNetwork
from symplateau.relu.points import decide_type

from .networks import F, at, balanced, corner, pair, plain_loss, random_direction, row
from .points_by_hand import POINTS, Point

SEEDS = range(60)


def some_network(seed: int) -> ReluNetwork:
    random = Random(seed)
    return balanced(random, random.randint(1, 3), 1 + seed % 2, bias=seed % 3 == 0)


def value(formula: str, t: F) -> F:
    """Of a polynomial "a + b*t + c*t**2" at t."""
    total = F(0)
    for term in formula.split(" + "):
        number, _, power = term.partition("*t")
        total += F(number) * t ** (int(power.removeprefix("**") or 1) if "t" in term else 0)
    return total


def along(network: ReluNetwork, step: dict[str, Any], t: F) -> ReluNetwork:
    """The network at t on the path of a step."""
    W, H = list(map(list, network.W)), list(map(list, network.H))
    for move in step["moves"]:
        W[move["neuron"]] = [value(x, t) for x in move["w"]]
        for line, x in zip(H, move["h"], strict=True):
            line[move["neuron"]] = value(x, t)
    c = tuple(value(x, t) for x in step["c"]) if "c" in step else network.c
    return replace(network, W=tuple(map(tuple, W)), H=tuple(map(tuple, H)), c=c)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_certificate_says_holds_for_the_loss(seed: int) -> None:
    network, random = some_network(seed), Random(seed)
    found = decide_type(network)
    if found.verdict == "undecided" or found.kind == 2:
        with pytest.raises(Undecided):
            certify_type(network, found)
        return
    certificate = certify_type(network, found)
    statement = checked(certificate)
    assert statement["about"] == network.problem() and statement["says"]["type"] == found.verdict
    senses = set()
    for step in certificate["steps"]:
        if step["rule"] == "path":
            assert along(network, step, F(0)) == network
            changes = {plain_loss(along(network, step, part * F(step["until"]))) - network.loss
                       for part in (F(1, 10**6), F(1, 10), F(1, 2), F(1))}
            assert 0 not in changes and len({x > 0 for x in changes}) == 1
            senses |= {x > 0 for x in changes}
        elif step["rule"] == "local minimum":
            radius = F(step["radius"])
            for _ in range(40):
                move = random_direction(random, network)
                c = None if network.c is None else row(random, network.n_outputs)
                square = sum((x * x for line in (*move.W, *move.H, c or ()) for x in line), F(0))
                t = radius / max(square, F(1))  # |t move| <= radius
                assert plain_loss(at(network, replace(move, c=c), t)) >= network.loss
    expected = {"saddle": {True, False}, "not stationary": {False}}
    assert senses == expected.get(found.verdict, set())


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_points_by_hand(point: Point) -> None:
    """Saddles of every order are certified, also by curves; minima of the second kind have no rule."""
    found = decide_type(point.network)
    if point.kind == 2:
        with pytest.raises(Undecided, match="no rule"):
            certify_type(point.network, found)
        return
    certificate = certify_type(point.network, found)
    says = checked(certificate)["says"]
    assert says["type"] == point.verdict and says.get("falls", {}).get("order") == point.order
    for step in certificate["steps"] if point.verdict == "saddle" else ():
        if step["rule"] == "path":
            moved = [along(point.network, step, part * F(step["until"])) for part in (F(1, 9), F(1))]
            changes = [plain_loss(other) - point.network.loss for other in moved]
            assert all(x < 0 for x in changes) or all(x > 0 for x in changes)
    curved = any("t**2" in x for step in certificate["steps"] for move in step.get("moves", ())
                 for x in (*move["w"], *move["h"]))
    assert curved == point.curved


@pytest.mark.parametrize("seed", SEEDS)
def test_another_network_is_not_certified(seed: int) -> None:
    """The same steps for slightly other targets: no certificate about dL/dh = 0 survives that."""
    network = some_network(seed)
    found = decide_type(network)
    if found.verdict not in ("saddle", "local minimum") or found.kind == 2 or network.loss == 0:
        return
    certificate = certify_type(network, found)
    active = next((k for k, z in enumerate(zip(*network.activations, strict=True)) if any(z)), None)
    if active is None:
        return
    Y = tuple(tuple(y + F(k == active, 1000) for y in line) for k, line in enumerate(network.Y))
    other = replace(network, Y=Y).problem()
    with pytest.raises(CheckError):
        checked(seal({**certificate, "problem": other}))


def hill(error: int = 1, slopes: tuple[Any, Any] = (1, "-1/2"), h: int = 1) -> ReluNetwork:
    """w = 0, one input: L = (h rho(t) - error)^2 / 2 near 0, twice: at x = 1 and x = 2."""
    return ReluNetwork.from_arrays([[1], [2]], [error, error], [[0]], [h], slopes)


def test_a_local_maximum() -> None:
    """rho(s) = max(s, -s/2) > 0 off 0, and residuals < 0: the loss falls on both sides of the kink."""
    network = hill()
    ratio = find_maximum_ratio(network)
    assert ratio == 1  # -G(t) = 3 rho(t) = sum_k |rho(x_k t)|
    statement = checked(sealed(network, [maximum_step(network, ratio)]))
    assert statement["says"]["type"] == "local maximum"
    for w, h in product([F(-1, 8), F(0), F(1, 8)], repeat=2):
        moved = replace(network, W=((w,),), H=((1 + h,),))
        assert plain_loss(moved) <= network.loss and (w == 0 or plain_loss(moved) < network.loss)
    with pytest.raises(Undecided):
        maximum_step(network, F(2))


@pytest.mark.parametrize("network", [
    hill(-1), hill(h=0), hill(slopes=(1, "1/2")), corner(), pair(1), replace(hill(), c=(F(0),)),
    ReluNetwork.from_arrays([[1]], [1], [[1]], [1]),
])
def test_no_local_maximum(network: ReluNetwork) -> None:
    assert find_maximum_ratio(network) is None


def test_dead_neurons_are_both() -> None:
    network = ReluNetwork.from_arrays([[1], [2]], [1, 1], [[-1]], [1])
    certificate = certify_type(network, decide_type(network))
    assert [step["rule"] for step in certificate["steps"]] == ["local minimum", "local maximum"]
    assert checked(certificate)["says"]["type"] == "locally constant"


def test_the_radius_by_hand() -> None:
    """corner: G(t) = t_2^+ and g = G for h = 1: C = 1. The other sample, (1, 0), is 1 away from its kink."""
    step = minimum_step(corner(), F(1))
    assert (step["ratio"], step["radius"]) == ("1", "1")
    wide = ReluNetwork.from_arrays([[1, 0], [0, 1]], [3, -1], [[3, 0]], [1])
    assert minimum_step(wide, F(1))["radius"] == "1"  # 3 to the kink, 1 from the ratio
    near = ReluNetwork.from_arrays([[2, 0], [0, 1]], ["1/4", -1], [["1/8", 0]], [1])
    assert minimum_step(near, F(1))["radius"] == "1/8"
    with pytest.raises(Undecided):
        minimum_step(corner(), F(1, 2))  # G / 2 - g < 0 somewhere


@pytest.mark.parametrize("square", [F(2), F(9, 4), F(1, 10**9), F(10**9 + 1), F(7, 3), F(1), F(10**40, 3)])
def test_roots_are_below_and_near(square: F) -> None:
    root = root_below(square)
    assert root > 0 and root**2 <= square < (root * (1 + F(1, 2**20)))**2
    assert root.denominator & (root.denominator - 1) == 0


def test_several_outputs_and_escape_neurons() -> None:
    """pair(e): a saddle if and only if e^2 > 3/2, its neuron escapes; below, the kernel has no rule."""
    saddle = decide_type(pair(2))
    says = checked(certify_type(pair(2), saddle))["says"]
    assert says["type"] == "saddle" and [x["neuron"] for x in says["escape neurons"]] == [0]
    minimum = decide_type(pair(1))
    assert (minimum.verdict, minimum.kind) == ("local minimum", 2)
    with pytest.raises(Undecided, match="no rule"):
        certify_type(pair(1), minimum)
    stationary = checked(sealed(pair(1), [stationary_step(pair(1))]))
    assert stationary["says"]["type"] == "stationary"
