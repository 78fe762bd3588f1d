"""The printed statements around Fact 4.8: what an escape from a saddle needs.

Source: paper B, sections 1 and 4.2.
Writing: f: 1 for an escape neuron, 0 for another; m: the part of a neuron in the change of the loss; D: what
    the outputs move by; n: |h| |w| of a neuron that is 0 at the saddle; K: a bound of its slope at length 1;
    l, L: the losses at the saddle and near it; h, w, x, y: weights, samples, labels of a network; A, B:
    speeds of w.x at a kink; a: speed of |w|.
"""

from typing import Any

from symplateau.proof import Proof, term


def decrease() -> dict[str, Any]:
    # All that is lost below the saddle is lost by escape neurons; the network need not start at the saddle.
    proof = Proof("f m l L", vectors="D", indexed="f m")
    exact = proof.assume("change", "L - l = dot(D, D)/2 + sum(m)")
    other = proof.assume("others", "(1 - f)*m >= 0")
    return proof.qed(proof.state("L - l >= sum(f*m)", {exact: "1"}, [
        term(square="D", coefficient="1/2"), term(other)]))


def amplitude() -> dict[str, Any]:
    # A loss that is lower by a given amount needs amplitudes of a given size.
    proof = Proof("f m n K l L", vectors="D", indexed="f m n")
    exact = proof.assume("change", "L - l = dot(D, D)/2 + sum(m)")
    other = proof.assume("others", "(1 - f)*m >= 0")
    escape = proof.assume("escape neurons", "f*(m + K*n) >= 0")
    return proof.qed(proof.state("K*sum(f*n) >= l - L", {exact: "1"}, [
        term(square="D", coefficient="1/2"), term(other), term(escape)]))


def attracting_and_shrinking() -> dict[str, Any]:
    # ReLU, samples (1, 0) and (-1, 1), labels -2 and -1, near the origin. The neuron w = (0, k), h = k:
    # from both sides w.x_1 is driven back to 0, while |w| shrinks.
    proof = Proof("k h y1 y2 e1 e2 A B a", vectors="w x1 x2")
    proof.assume("small", "k > 0")
    proof.assume("output weight", "h = k")
    proof.assume("amplitude", "dot(w, w) = k**2")
    proof.assume("kink", "dot(w, x1) = 0")
    proof.assume("living", "dot(w, x2) > 0")
    proof.assume("first residual", "e1 = h*0 - y1")
    proof.assume("second residual", "e2 = h*dot(w, x2) - y2")
    proof.assume("speed on the negative side", "A = -h*e2*dot(x2, x1)")
    proof.assume("speed on the positive side", "B = -h*e2*dot(x2, x1) - h*e1*dot(x1, x1)")
    proof.assume("attracting from the negative side", "A > 0")
    proof.assume("attracting from the positive side", "-B > 0")
    proof.assume("speed of the amplitude", "k*a = -h*e2*dot(x2, w)")
    return proof.refuted({
        "k": "1/1000", "h": "1/1000", "y1": "-2", "y2": "-1", "e1": "2", "e2": "1000001/1000000", "A":
        "1000001/1000000000", "B": "-999999/1000000000", "a": "-1000001/1000000000", "w": ["0", "1/1000"],
        "x1": ["1", "0"], "x2": ["-1", "1"]}, "a >= 0")


PROOFS = {
    "decrease": decrease,
    "amplitude": amplitude,
    "attracting and shrinking": attracting_and_shrinking,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
