"""The printed statements around Fact 4.6: balance, dead and small living neurons.

Source: paper B, section 4.1.1.
Writing: h, w: output and input weights of a neuron; x, y: samples and labels; z: its values, e: residuals;
    d: what the value moves by along t, a tangential direction; g, G: slope of the output, and tangential
    derivative; s: slope of the leg; r: step size.
"""

from typing import Any

from symplateau.proof import Proof


def step_of_gradient_descent() -> dict[str, Any]:
    # ReLU, one sample x = (1, 0), y = 1, w = (1, 0), h = 0, one step of the printed size 1/1000.
    proof = Proof("h y e r k K H", vectors="w W x")
    proof.assume("active", "dot(w, x) > 0")
    proof.assume("residual", "e = h*dot(w, x) - y")
    proof.assume("step of h", "H = h - r*e*dot(w, x)")
    proof.assume("step of w", "dot(W - w + r*h*e*x, W - w + r*h*e*x) = 0")
    proof.assume("before", "k = dot(w, w) - h**2")
    proof.assume("after", "K = dot(W, W) - H**2")
    return proof.refuted({"h": "0", "y": "1", "e": "-1", "r": "1/1000", "k": "1", "K": "999999/1000000",
                          "H": "1/1000", "w": ["1", "0"], "W": ["1", "0"], "x": ["1", "0"]}, "K = k")


def silent_escape_neuron() -> dict[str, Any]:
    # ReLU, one sample x = (1, 0), y = 1, w = (0, 1), h = 0: the value is 0, and so is every derivative in the
    # weights; along t = (1, 0) the output has a slope.
    proof = Proof("a b p q P Q h y e z d g G", vectors="w t x")
    proof.assume("ReLU", "b = 0")
    proof.assume("pre-activation", "dot(w, x) = p - q")
    proof.assume("its parts", "p*q = 0")
    proof.assume("move", "dot(t, x) = P - Q")
    proof.assume("parts of the move", "P*Q = 0")
    proof.assume("value", "z = a*p - b*q")
    proof.assume("silent at every sample", "z = 0")
    proof.assume("residual", "e = h*z - y")
    proof.assume("tangential", "dot(w, t) = 0")
    proof.assume("change of the value", "d = a*P - b*Q")
    proof.assume("slope", "g = e*d")
    proof.assume("tangential derivative", "G = h*g")
    proof.assume("flat", "G = 0")
    return proof.refuted({
        "a": "1", "b": "0", "p": "0", "q": "0", "P": "1", "Q": "0", "h": "0", "y": "1", "e": "-1", "z": "0",
        "d": "1", "g": "-1", "G": "0", "w": ["0", "1"], "t": ["1", "0"], "x": ["1", "0"]}, "g = 0")


def inactive_neuron() -> dict[str, Any]:
    # On a leg of slope 0 at every sample: no slope of any output, in any direction.
    proof = Proof("s e g", vectors="t x", indexed="s e x")
    inactive = proof.assume("inactive", "s = 0")
    slope = proof.assume("slope", "g = sum(e*s*dot(t, x))")
    return proof.qed(proof.state("g = 0", {slope: "1", inactive: "e*dot(t, x)"}))


def dead_near_a_saddle() -> dict[str, Any]:
    # ReLU, one sample x = (1, 0), y = 1. The saddle is the origin of the network with one neuron; the point
    # h = r, w = (-r, 0) is as near as we like.
    proof = Proof("r y h p q z e d g", vectors="w t x")
    proof.assume("near the saddle", "r > 0")
    proof.assume("weights", "dot(w, x) = -r")
    proof.assume("pre-activation", "dot(w, x) = p - q")
    proof.assume("parts", "p*q = 0")
    proof.assume("value", "z = p")
    proof.assume("small", "(2*r)**2 >= dot(w, w) + h**2")
    proof.assume("residual at the saddle", "e = 0 - y")
    proof.assume("move at the saddle", "d = dot(t, x)")
    proof.assume("active along t", "d > 0")
    proof.assume("slope at the saddle", "g = e*d")
    proof.assume("the saddle has an escape neuron", "g**2 > 0")
    return proof.refuted({
        "r": "1/1000", "y": "1", "h": "1/1000", "p": "0", "q": "1/1000", "z": "0", "e": "-1", "d": "1",
        "g": "-1", "w": ["-1/1000", "0"], "t": ["1", "0"], "x": ["1", "0"]}, "z**2 > 0")


PROOFS = {
    "step of gradient descent": step_of_gradient_descent,
    "silent escape neuron": silent_escape_neuron,
    "inactive neuron": inactive_neuron,
    "dead near a saddle": dead_near_a_saddle,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
