"""Inactive propagation: what it preserves, and what not.

A unit without output weights leaves all outputs, and its input weights have no slope. Its output weights
may have one, and even where they have none it may be an escape neuron.

Source: paper B, appendix N; (37).
Writing: e: residuals; h, n: output weights of the unit and their change; r: rho(w.x_k) of the unit, R of a
    neuron of which the unit is a copy; s: beta; g: d_ji^v.v; D: the tangential derivative; l, L: losses.
Scope: all sizes; one network for what may be lost.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-n/inactive-propagation"


def no_output() -> dict[str, Any]:
    # The input weights: radial and tangential derivatives are 0.
    proof = Proof("h g D", indexed="h g")
    derivative = proof.assume("derivative", "D = sum(h*g)")
    none = proof.assume("none", "h = 0")
    return proof.qed(proof.state("D = 0", {derivative: "1", none: "g"}))


def output_weights() -> dict[str, Any]:
    # (37), exactly: the slope along n is the sum over outputs of n_j w.d_j.
    proof = Proof("t r l L", vectors="e n", indexed="r e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    after = proof.assume("after", "L = sum(dot(e + t*r*n, e + t*r*n))/2")
    return proof.qed(proof.state("L - l = t*sum(dot(n, e)*r) + t**2*dot(n, n)*sum(r**2)/2", {
        after: "1", before: "-1"}))


def no_input() -> dict[str, Any]:
    # w = 0: (37) is 0.
    proof = Proof("e r D", indexed="e r")
    derivative = proof.assume("derivative", "D = sum(e*r)")
    none = proof.assume("none", "r = 0")
    return proof.qed(proof.state("D = 0", {derivative: "1", none: "e"}))


def copy() -> dict[str, Any]:
    # w = beta w_i: (37) is beta times what is 0 at the stationary point.
    proof = Proof("e r R s D", indexed="e r R")
    derivative = proof.assume("derivative", "D = sum(e*r)")
    scaled = proof.assume("scaled", "r = s*R")
    level = proof.assume("level", "sum(e*R) = 0")
    return proof.qed(proof.state("D = 0", {derivative: "1", scaled: "e", level: "s"}))


def stationarity_lost() -> dict[str, Any]:
    # ReLU, one sample x with the label 1, a dead neuron o; the new unit w reads the sample.
    proof = Proof("e r D", vectors="o x w")
    proof.assume("dead", "0 > dot(o, x)")
    proof.assume("residual", "e = -1")
    proof.assume("value", "r = dot(w, x)")
    proof.assume("positive leg", "r >= 0")
    proof.assume("derivative", "D = e*r")
    return proof.refuted({"o": ["-1", "0"], "x": ["1", "0"], "w": ["1", "0"], "e": "-1", "r": "1", "D": "-1"},
                         "D = 0")


def minimality_lost() -> dict[str, Any]:
    # The same network with w = 0: stationary, but an escape neuron.
    proof = Proof("e r D g", vectors="o x w v")
    proof.assume("dead", "0 > dot(o, x)")
    proof.assume("residual", "e = -1")
    proof.assume("no weights", "dot(w, w) = 0")
    proof.assume("value", "r = dot(w, x)")
    proof.assume("derivative", "D = e*r")
    proof.assume("stationary", "D = 0")
    proof.assume("positive leg", "dot(v, x) >= 0")
    proof.assume("slope", "g = e*dot(v, x)")
    return proof.refuted({"o": ["-1", "0"], "x": ["1", "0"], "w": ["0", "0"], "v": ["1", "0"], "e": "-1",
                          "r": "0", "D": "0", "g": "-1"}, "g = 0")


def prove() -> list[dict[str, Any]]:
    return [no_output(), output_weights(), no_input(), copy(), stationarity_lost(), minimality_lost()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
