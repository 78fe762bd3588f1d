"""Orthogonal units: what they preserve, and what not.

They leave all outputs, and derivatives along output weights and radial directions vanish. Stationarity and
type-1 minimality then depend on the tangential directions; both may be lost, and both may survive.

Source: paper B, appendix M.1; (35).
Writing: e: residuals; h, n: output weights of the unit and their change; y: rho(v.x_k); t: how far the input
    weights move along v; D: the tangential derivative; g: d_ji^v.v; l, L: losses before and after.
Scope: all sizes; one network for what may be lost.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-m.1/orthogonal-units"


def unit() -> dict[str, Any]:
    # (35), exactly: w.x_k = 0, so rho((w + t v).x_k) = t y. With t = 0 nothing changes, whatever n is.
    proof = Proof("t y D C l L", vectors="e h n", indexed="y e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    after = proof.assume("after", "L = sum(dot(e + t*y*(h + n), e + t*y*(h + n)))/2")
    slope = proof.assume("slope", "D = sum(dot(h, e)*y)")
    mixed = proof.assume("mixed", "C = sum(dot(n, e)*y)")
    return proof.qed(proof.state("L - l = t*D + t*C + t**2*dot(h + n, h + n)*sum(y**2)/2", {
        after: "1", before: "-1", slope: "-t", mixed: "-t"}))


def zero_loss() -> dict[str, Any]:
    # At zero loss all slopes vanish.
    proof = Proof("e y g", indexed="e y")
    slope = proof.assume("slope", "g = sum(e*y)")
    none = proof.assume("none", "e = 0")
    return proof.qed(proof.state("g = 0", {slope: "1", none: "y"}))


def no_output() -> dict[str, Any]:
    # So does the tangential derivative of a unit without output weights.
    proof = Proof("h g D", indexed="h g")
    derivative = proof.assume("derivative", "D = sum(h*g)")
    none = proof.assume("none", "h = 0")
    return proof.qed(proof.state("D = 0", {derivative: "1", none: "g"}))


def example(proof: Proof) -> None:
    """ReLU, one sample x with the label 1, a dead neuron o; the unit w, of output weight h."""
    proof.assume("dead", "0 > dot(o, x)")
    proof.assume("residual", "e = -1")
    proof.assume("orthogonal", "dot(w, x) = 0")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("value", "y = dot(v, x)")
    proof.assume("positive leg", "y >= 0")
    proof.assume("derivative", "D = h*e*y")
    proof.assume("slope", "g = e*y")


VALUES = {"o": ["-1", "0"], "x": ["1", "0"], "w": ["0", "1"], "v": ["1", "0"], "y": "1", "e": "-1", "g": "-1"}


def stationarity_lost() -> dict[str, Any]:
    # h = 1: the loss falls along v.
    proof = Proof("e h y D g", vectors="o x w v")
    example(proof)
    return proof.refuted(VALUES | {"h": "1", "D": "-1"}, "D >= 0")


def minimality_lost() -> dict[str, Any]:
    # h = 0: stationary, but an escape neuron.
    proof = Proof("e h y D g", vectors="o x w v")
    example(proof)
    proof.assume("level", "D = 0")
    return proof.refuted(VALUES | {"h": "0", "D": "0"}, "g = 0")


def both_kept() -> dict[str, Any]:
    # h = -1, the same network: D = y >= 0 along every v, and g = 0 wherever D = 0.
    proof = Proof("e h y D g")
    residual = proof.assume("residual", "e = -1")
    weight = proof.assume("weight", "h = -1")
    value = proof.assume("value", "y >= 0")
    derivative = proof.assume("derivative", "D = h*e*y")
    slope = proof.assume("slope", "g = e*y")
    return proof.qed(proof.state("D >= 0", {derivative: "1", residual: "h*y", weight: "-1*y"}, [term(value)]),
                     proof.state("g = -1*D", {slope: "1", derivative: "1", weight: "e*y"}))


def prove() -> list[dict[str, Any]]:
    return [unit(), zero_loss(), no_output(), stationarity_lost(), minimality_lost(), both_kept()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
