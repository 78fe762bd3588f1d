"""Certificates about ReLU-like networks, made by hand: each number has been calculated on paper.

Two samples e1, e2 and a neuron w = (1, 0), h = 1 are the start of most: e2 is at its kink. With one output
and y = (1, -u) the residuals are 0 and u, so g(t) = G(t) = u rho(t2), rho the ReLU: t2/2 + |t2|/2.
"""

from copy import deepcopy
from typing import Any

from .pool import Certificate, algebra

Problem = dict[str, Any]


def problem(X: str, Y: str, W: str, H: str, slopes: str = "1 0", **more: str) -> Problem:
    """Rows separated by commas, numbers by blanks."""
    rows = {name: [row.split() for row in text.split(",")] for name, text in
            {"X": X, "Y": Y, "W": W, "H": H}.items()}
    given = {name: text.split() for name, text in more.items()}
    return {"kind": "relu network", **rows, "slopes": slopes.split(), **given}


def kink(*targets: str) -> Problem:
    """The start above; the targets of e2, one by one, e2 as often."""
    return problem(", ".join(["1 0", *["0 1"] * len(targets)]), ", ".join(["1", *targets]), "1 0", "1")


def move(w: str, h: str, neuron: int = 0) -> dict[str, Any]:
    return {"neuron": neuron, "w": w.split(), "h": h.split()}


def path(until: str, *moves: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"rule": "path", "until": until, "moves": list(moves), **more}


def stationary(*shares: Any) -> dict[str, Any]:
    return {"rule": "stationary point", "shares": list(shares)}


# W = H = 0 with the sample 1 and the target 1: f = 0, e = -1. g(t) = -rho(t), G = 0. On w = h = t the loss is
# (t^2 - 1)^2 / 2, and (t^2 + 1)^2 / 2 on w = t, h = -t.
ORIGIN = problem("1", "1", "0", "0")
# Two outputs, e2 misses (0, u): g(t) = (0, -u rho(t2)), and G = 0. On w = (1, t), h = (1, t) the loss falls
# by u t^2, less t^2/2 and t^2/2 + t^4/2 that are added: for u = 2 it changes by -t^2 + t^4/2.
TWO = problem("1 0, 0 1", "1 0, 0 2", "1 0", "1, 0")
CASES: dict[str, tuple[Problem, list[dict[str, Any]]]] = {
    "stationary": (kink("-1"), [stationary([["-1"]])]),
    # 2 rho(t2) - rho(t2): 1 and -1/2 in front of |t2|, 1/2 in front of t2.
    "stationary, a kink bends down": (kink("-2", "1"), [stationary([["0"], ["-1"]])]),
    # C = 1: 2 G = t2 + |t2|, and 0. |e1| r <= |w.e1| = 1.
    "minimum": (kink("-1"), [
        {"rule": "local minimum", "ratio": "1", "radius": "1", "shares": [[[["-1"]], [[]]]]}]),
    "not stationary": (kink("1"), [path("1", move("1 t", "1"))]),  # (t - 1)^2 / 2
    "saddle": (ORIGIN, [
        stationary([[]]), {"rule": "escape neuron", "neuron": 0, "direction": ["1"]},
        path("1", move("t", "t")), path("1", move("t", "-t"))]),
    "saddle, two outputs": (TWO, [
        stationary([[]]), {"rule": "escape neuron", "neuron": 0, "direction": ["0", "1"]},
        path("1", move("1 t", "1 t")), path("1", move("1 0", "1+t 0"))]),
    # h = 1, w = 0: the loss is (h rho(w) - 1)^2 / 2, and -G - rho/2 = rho/2.
    "maximum": (problem("1", "1", "0", "1"), [
        {"rule": "local maximum", "ratio": "1/2", "shares": [[["-1"]]]}]),
    # w = -1 is dead: the loss is 1/2 all around.
    "constant": (problem("1", "1", "-1", "1"), [
        {"rule": "local minimum", "ratio": "1", "radius": "1", "shares": [[[[]], [[]]]]},
        {"rule": "local maximum", "ratio": "1", "shares": [[[]]]}]),
    "zero residual": (kink("0"), [{"rule": "zero residual"}]),
    # Slopes 2 and -1, c = 3: f(1) = 2 w h + 3 and f(-1) = w h + 3 with w h = 1, no kink.
    "bias": (problem("1, -1", "5, 4", "1", "1", "2 -1", c="3"), [
        {"rule": "local minimum", "ratio": "1/7", "radius": "1", "shares": [[[[]], [[]]]]},
        {"rule": "zero residual"}]),
    # c = 0 is the mean of 1 and -1, the neuron is dead: the loss changes by c^2.
    "bias that rises": (problem("1, 1", "1, -1", "-1", "1", c="0"), [stationary([[]]), path("5", c=["t"])]),
}


def good(name: str) -> Certificate:
    return algebra(*(lambda start, steps: (start, *steps))(*deepcopy(CASES[name])))
