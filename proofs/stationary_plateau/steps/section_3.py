"""The printed steps of section 3: the network, its loss, and what splitting a neuron is.

Source: paper A, sections 1 and 3; (1)-(10), Definition 1, footnote 1, figure 1.
Writing: f, y, g: outputs, labels, residuals; l: the loss, N: the squared length of g; w, a: input weights
    of the neurons, and moves of them; m: mark of one neuron; x: a sample; r, m: neurons of the narrow and
    of the wide network; lam: coefficients; v, z: output weight and hidden value of the parent.
"""

from typing import Any

from symplateau.proof import Proof


def compact_loss() -> dict[str, Any]:
    # (2) and (4): a sum of squares is a squared length.
    proof = Proof("f y g l N", indexed="f y g")
    loss = proof.assume("(2)", "l = sum((f - y)**2)/2")
    residual = proof.assume("(3)", "g = f - y")
    length = proof.assume("length", "N = sum(g**2)")
    return proof.qed(proof.state("l = N/2", {loss: "1", length: "-1/2", residual: "-(g + f - y)/2"}))


def own_input_weights() -> dict[str, Any]:
    # The argument of sigma in neuron i does not see a move of other neurons' input weights.
    proof = Proof("m", vectors="w a x", indexed="m w a")
    still = proof.assume("still", "m*dot(a, x) = 0")
    return proof.qed(proof.state("sum(m*dot(w + a, x)) = sum(m*dot(w, x))", {still: "1"}))


def last_index() -> dict[str, Any]:
    proof = Proof("r m first last entries daughters")
    proof.assume("daughters", "daughters = m - r + 1")
    proof.assume("footnote 1", "first = 0")
    proof.assume("printed", "last = m - r + 1")
    proof.assume("counted", "entries = last - first + 1")
    return proof.refuted(
        {"r": "1", "m": "2", "first": "0", "last": "2", "entries": "3", "daughters": "2"},
        "entries = daughters")


def right_last_index() -> dict[str, Any]:
    # With m - r there are as many coefficients as daughters.
    proof = Proof("r m first last entries daughters")
    daughters = proof.assume("daughters", "daughters = m - r + 1")
    first = proof.assume("footnote 1", "first = 0")
    last = proof.assume("right", "last = m - r")
    counted = proof.assume("counted", "entries = last - first + 1")
    return proof.qed(proof.state(
        "entries = daughters", {counted: "1", last: "1", first: "-1", daughters: "-1"}))


def two_daughters() -> dict[str, Any]:
    # Figure 1: a network with one more neuron and the same output.
    proof = Proof("l0 l1 v z rest f F")
    one = proof.assume("one", "l0 + l1 = 1")
    narrow = proof.assume("narrow", "f = rest + v*z")
    wide = proof.assume("wide", "F = rest + l0*v*z + l1*v*z")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", one: "v*z"}))


def without_sum_one() -> dict[str, Any]:
    # Definition 1 alone does not ask that the coefficients sum to 1: one neuron, sigma(t) = t.
    proof = Proof("lam u v w x f F", indexed="lam u")
    proof.assume("(8c)", "u = lam*v")
    proof.assume("narrow", "f = v*(w*x)")
    proof.assume("wide", "F = sum(u*(w*x))")
    return proof.refuted({
        "lam": ["1", "1"], "u": ["1", "1"], "v": "1", "w": "1", "x": "1", "f": "1", "F": "2"}, "F = f")


PROOFS = {
    "compact loss": compact_loss,
    "own input weights": own_input_weights,
    "last index": last_index,
    "right last index": right_last_index,
    "two daughters": two_daughters,
    "without sum one": without_sum_one,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
