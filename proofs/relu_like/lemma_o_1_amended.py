"""Where no sample lies on the kink of a neuron that is no escape neuron, d_ji = 0 for all outputs.

Source: paper B, Lemma O.1, amended; (38), (39).
Writing: G: the sum of h_ji d_ji over the outputs; d: d_ji; w: the neuron's input weights; v: a tangential
    unit vector; n: the length of d; h, i: the output weight and its inverse, for one output.
Scope: all sizes, all alpha+, alpha-.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/lemma-O.1-amended"


def both_ways() -> dict[str, Any]:
    # Without kinks the slope along v is G.v, against it -G.v: stationarity makes both 0.
    proof = Proof("", vectors="G v")
    against = proof.assume("against", "dot(G, -1*v) >= 0")
    return proof.qed(proof.state("0 >= dot(G, v)", {}, [term(against)]))


def length() -> dict[str, Any]:
    # (38), (39): d is tangential and has no component along its own direction.
    proof = Proof("n", vectors="w d v")
    direction = proof.assume("direction", "dot(d, v) = n*dot(v, v)")
    other = proof.assume("other", "dot(w, d) = n*dot(w, v)")
    unit = proof.assume("unit", "dot(v, v) = 1")
    output = proof.assume("output", "dot(w, d) = 0")
    level = proof.assume("level", "dot(d, v) = 0")
    return proof.qed(proof.state("n*dot(w, v) = 0", {other: "-1", output: "1"}),
                     proof.state("n = 0", {direction: "-1", unit: "-n", level: "1"}))


def one_output() -> dict[str, Any]:
    # With one output h d = 0 decides as well, if h is not 0.
    proof = Proof("h i", vectors="d v")
    derivative = proof.assume("derivative", "h*dot(d, v) = 0")
    inverse = proof.assume("inverse", "h*i = 1")
    return proof.qed(proof.state("dot(d, v) = 0", {derivative: "i", inverse: "-1*dot(d, v)"}))


def prove() -> list[dict[str, Any]]:
    return [both_ways(), length(), one_output()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
