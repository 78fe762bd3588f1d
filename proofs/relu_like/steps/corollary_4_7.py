"""The printed statements around Corollary 4.7: saddles, the origin, and the flow that is meant.

Source: paper B, section 4.2.
Writing: h, w: output and input weights of a neuron; x, y: samples and labels; f: output; e: residuals; z, d:
    a neuron's values and what they move by along t; g, G: slope of the output, and tangential derivative; q:
    |g|, c its sign; k, t: sizes of a move; A, B: speed of w.x on the negative and on the positive side of a
    kink; p, P and f, F: values and outputs at the two samples of a ray; l, L: losses.
"""

from typing import Any

from symplateau.proof import Proof, term


def ascent() -> dict[str, Any]:
    # The move of an escape neuron that falls, with the other sign of the output weight: the loss rises.
    proof = Proof("c q k t l L", vectors="e z d")
    sign = proof.assume("sign", "c**2 = 1")
    slope = proof.assume("slope", "q = c*dot(e, d)")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", "L = dot(e + c*k*t*(z + t*d), e + c*k*t*(z + t*d))/2")
    steep = proof.assume("slope is not 0", "q > 0")
    positive = proof.assume("positive", "k > 0")
    start = proof.assume("start", "t > 0")
    return proof.qed(proof.state("L > l", {
        there: "1", here: "-1", sign: "k**2*t**2*dot(z + t*d, z + t*d)/2", slope: "-k*t**2",
        stationary: "c*k*t"}, [
        term(positive, start, start, steep),
        term(positive, positive, start, start, coefficient="1/2", square="z + t*d")]))


def saddle_with_input_weights() -> dict[str, Any]:
    # ReLU, one sample x = (1, 0), y = 1, w = (0, 1), h = 0.
    proof = Proof("h y e z d g G", vectors="w t x")
    proof.assume("kink", "dot(w, x) = 0")
    proof.assume("value", "z = 0")
    proof.assume("residual", "e = h*z - y")
    proof.assume("dL/dh", "e*z = 0")
    proof.assume("tangential", "dot(w, t) = 0")
    proof.assume("change of the value", "d = dot(t, x)")
    proof.assume("active along t", "d > 0")
    proof.assume("slope", "g = e*d")
    proof.assume("tangential derivative", "G = h*g")
    proof.assume("flat", "G = 0")
    proof.assume("escape neuron", "g**2 > 0")
    return proof.refuted({
        "h": "0", "y": "1", "e": "-1", "z": "0", "d": "1", "g": "-1", "G": "0", "w": ["0", "1"], "t": ["1",
        "0"], "x": ["1", "0"]}, "dot(w, w) = 0")


def kink_without_a_flow() -> dict[str, Any]:
    # ReLU, samples (1, 0) and (1, 1), labels -2 and 2, w = (0, 1), h = 1: s = w.x_1 = 0. On the negative side
    # and at the kink its speed is A = 1, on the positive side B = -1.
    proof = Proof("h y1 y2 e1 e2 A B", vectors="w x1 x2")
    proof.assume("kink", "dot(w, x1) = 0")
    proof.assume("active", "dot(w, x2) > 0")
    proof.assume("first residual", "e1 = h*0 - y1")
    proof.assume("second residual", "e2 = h*dot(w, x2) - y2")
    proof.assume("speed on the negative side and at the kink", "A = -h*e2*dot(x2, x1)")
    proof.assume("speed on the positive side", "B = -h*e2*dot(x2, x1) - h*e1*dot(x1, x1)")
    proof.assume("the kink is left to the positive side", "A > 0")
    return proof.refuted({"h": "1", "y1": "-2", "y2": "2", "e1": "2", "e2": "-1", "A": "1", "B": "-1",
                          "w": ["0", "1"], "x1": ["1", "0"], "x2": ["1", "1"]}, "B >= 0")


def one_ray() -> dict[str, Any]:
    # ReLU, distinct samples (1, 0) and (2, 0), labels 2 and -1. Every neuron has twice the value at the
    # second sample: the outputs are f and 2 f, and nowhere is the loss lower than at the origin.
    proof = Proof("h p P f F l L", indexed="h p P")
    double = proof.assume("values", "P = 2*p")
    first = proof.assume("output at (1, 0)", "f = sum(h*p)")
    second = proof.assume("output at (2, 0)", "F = sum(h*P)")
    here = proof.assume("loss at the origin", "l = (2**2 + 1)/2")
    there = proof.assume("loss", "L = ((f - 2)**2 + (F + 1)**2)/2")
    twice = proof.state("F = 2*f", {second: "1", double: "h", first: "-2"})
    return proof.qed(twice, proof.state("L - l = 5*f**2/2", {
        there: "1", here: "-1", twice: "(F + 2*f)/2 + 1"}))


PROOFS = {
    "ascent": ascent,
    "saddle with input weights": saddle_with_input_weights,
    "kink without a flow": kink_without_a_flow,
    "one ray": one_ray,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
