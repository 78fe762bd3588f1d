"""Near a stationary point the loss is nowhere lower while the escape neurons keep their weights.

Source: paper B, Fact 4.8; Remark F.1; section 1.
Writing: f: 1 for an escape neuron, 0 for another; h, u: a neuron's output weights and their moves; z, d:
    its values at the samples and what they move by; e: residuals; m: the part of a neuron in <e, D>, D: what
    the outputs move by; G, g: the tangential derivative, and that of one output; l, L: the losses at the
    point and after the move.
Scope: all sizes, any number of outputs, every pair of slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/fact-4.8"


def unmoved() -> dict[str, Any]:
    # A neuron that keeps its weights has no part in the change.
    proof = Proof("h u m", vectors="e z d", indexed="h u e")
    part = proof.assume("part", "m = sum(dot(e, h*d + u*z + u*d))")
    output = proof.assume("output weights", "u = 0")
    hidden = proof.assume("values", "dot(e, d) = 0")
    return proof.qed(proof.state("m = 0", {part: "1", output: "dot(e, z) + dot(e, d)", hidden: "h"}))


def frozen() -> dict[str, Any]:
    # All others have a part that is not negative, so the loss is not lower.
    proof = Proof("f m l L", vectors="D", indexed="f m")
    exact = proof.assume("change", "L - l = dot(D, D)/2 + sum(m)")
    escape = proof.assume("escape neurons rest", "f*m = 0")
    other = proof.assume("others", "(1 - f)*m >= 0")
    return proof.qed(proof.state("L >= l", {exact: "1", escape: "1"}, [
        term(square="D", coefficient="1/2"), term(other)]))


def what_moves() -> dict[str, Any]:
    # Of an escape neuron both must move: with input weights or output weights at rest its part is G or 0.
    proof = Proof("u g G m", indexed="u g")
    part = proof.assume("part", "m = G + sum(u*g)")
    flat = proof.assume("at rest", "u*g = 0")
    rises = proof.assume("stationary", "G >= 0")
    return proof.qed(proof.state("m >= 0", {part: "1", flat: "1"}, [term(rises)]))


def prove() -> list[dict[str, Any]]:
    return [unmoved(), frozen(), what_moves()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
