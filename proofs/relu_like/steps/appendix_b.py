"""The printed steps of appendix B: which indices are right, and what single moves do not say.

Source: paper B, appendix B.
Writing: n0, n1: numbers of neurons; W1, W2, H: weights of a chain of single neurons; x0, x1, x2, X1, X2: its
    hidden values before and after, or their vectors; w, v: a row of weights and a tangential direction; R: a
    slope of a hidden value; e, D: residuals, and what is propagated back; p, q: positive and negative parts
    of slopes of pre-activations; f, F: outputs; l, L: losses; t: a time; y, Y: labels; S, A, G: slopes of the
    label, the output and the loss. Of the example: m1, m2, m3: the move of a neuron of layer 1; F1 to F4: the
    outputs at the four samples; r: the output when a neuron of layer 2 moves. a, b, c: moves of one weight of
    each layer.
"""

from typing import Any

from symplateau.proof import Proof


def rows_and_columns() -> dict[str, Any]:
    # W^(1) has a row for each of the 3 neurons of layer 1 and a column for each of the 2 inputs.
    proof = Proof("rows columns n0 n1")
    proof.assume("one row for each neuron", "rows = n1")
    proof.assume("one column for each input", "columns = n0")
    return proof.refuted({"rows": "3", "columns": "2", "n0": "2", "n1": "3"}, "rows = n0", "columns = n1")


def wrong_layer() -> dict[str, Any]:
    # Two layers of one neuron each, x0 = 1, W1 = 2, W2 = 3, H = 1: dy/dx1 = 3, not W1 = 2.
    proof = Proof("a W1 W2 H x0 x1 x2 X1 X2 t f F D")
    proof.assume("layer 1", "x1 = a*W1*x0")
    proof.assume("layer 2", "x2 = a*W2*x1")
    proof.assume("output", "f = H*x2")
    proof.assume("active", "W1*x0 > 0")
    proof.assume("also active", "W2*x1 > 0")
    proof.assume("moved", "X1 = x1 + t")
    proof.assume("layer 2 moved", "X2 = a*W2*X1")
    proof.assume("output moved", "F = H*X2")
    proof.assume("slope", "F = f + t*D")
    proof.assume("time", "t > 0")
    return proof.refuted({
        "a": "1", "W1": "2", "W2": "3", "H": "1", "x0": "1", "x1": "2", "x2": "6", "X1": "3", "X2": "9",
        "t": "1", "f": "6", "F": "9", "D": "3"}, "D = W1*a*H")


def wrong_input() -> dict[str, Any]:
    # x0 = (-1, -1), W1 = -1 (the unit matrix), so x1 = (1, 1); w = (1, 0), v = (0, 1) in layer 2, alpha- = 0.
    proof = Proof("a b t R", vectors="x0 x1 w v")
    proof.assume("layer 1", "dot(x1 + x0, x1 + x0) = 0")
    proof.assume("side", "dot(w + t*v, x1) > 0")
    proof.assume("printed side", "0 > dot(w + t*v, x0)")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("unit", "dot(v, v) = 1")
    proof.assume("slope", "R = a*dot(v, x1)")
    return proof.refuted({
        "a": "1", "b": "0", "t": "1/4", "R": "1", "x0": ["-1", "-1"], "x1": ["1", "1"], "w": ["1", "0"],
        "v": ["0", "1"]}, "R = b*dot(v, x1)")


def both_sides() -> dict[str, Any]:
    # The terms with alpha+ and those with alpha-: one sum, by the slope k of the side.
    proof = Proof("a b p q e D R", indexed="p q e D R")
    hidden = proof.assume("hidden", "R = a*p - b*q")
    return proof.qed(proof.state("sum(e*D*R) = a*sum(e*D*p) - b*sum(e*D*q)", {hidden: "e*D"}))


def move_in_layer_1() -> dict[str, Any]:
    # Samples (1, 0, 0), (1, 0, 1), (0, 1, 0), (0, 1, 1), labels -1, 1, 1, -1. The second neuron of layer 1
    # moves alone: layer 2 sees d and -d, and H = (1, -1) makes the output rho(d) - rho(-d) = d. The loss
    # does not fall, at any order; with -F for F this is the fourth neuron.
    proof = Proof("m1 m2 m3 F1 F2 F3 F4 l L")
    first = proof.assume("(1, 0, 0)", "F1 = m1")
    second = proof.assume("(1, 0, 1)", "F2 = m1 + m3")
    third = proof.assume("(0, 1, 0)", "F3 = m2")
    fourth = proof.assume("(0, 1, 1)", "F4 = m2 + m3")
    here = proof.assume("here", "l = (1 + 1 + 1 + 1)/2")
    there = proof.assume("there", "L = ((F1 + 1)**2 + (F2 - 1)**2 + (F3 - 1)**2 + (F4 + 1)**2)/2")
    return proof.qed(proof.state("L = l + (F1**2 + F2**2 + F3**2 + F4**2)/2", {
        there: "1", here: "-1", first: "1", second: "-1", third: "-1", fourth: "1"}))


def move_in_layer_2() -> dict[str, Any]:
    # One neuron of layer 2 moves alone: layer 1 has the values (1, 1, 1, 1) at every sample, so the output is
    # the same r at all of them.
    proof = Proof("r l L")
    here = proof.assume("here", "l = (1 + 1 + 1 + 1)/2")
    there = proof.assume("there", "L = ((r + 1)**2 + (r - 1)**2 + (r - 1)**2 + (r + 1)**2)/2")
    return proof.qed(proof.state("L = l + 2*r**2", {there: "1", here: "-1"}))


def joint_move() -> dict[str, Any]:
    # The first neuron of layer 1 moves by t (1, -1, 0), the second by t (0, 0, 1). Their values move by
    # t (1, 1, -1, -1) and t (0, 1, 0, 1); layer 2, with (1, 1, -1, -1) and (1, -1, -1, 1), sees the sum
    # t (1, 2, -1, 0) and the difference t (1, 0, -1, -2).
    proof = Proof("t F1 F2 F3 F4 l L")
    first = proof.assume("(1, 0, 0)", "F1 = t - t")
    second = proof.assume("(1, 0, 1)", "F2 = 2*t - 0")
    third = proof.assume("(0, 1, 0)", "F3 = 0 - 0")
    fourth = proof.assume("(0, 1, 1)", "F4 = 0 - 0")
    here = proof.assume("here", "l = (1 + 1 + 1 + 1)/2")
    there = proof.assume("there", "L = ((F1 + 1)**2 + (F2 - 1)**2 + (F3 - 1)**2 + (F4 + 1)**2)/2")
    return proof.qed(proof.state("L = l - 2*t + 2*t**2", {
        there: "1", here: "-1", first: "F1/2 + 1", second: "(F2 + 2*t)/2 - 1", third: "F3/2 - 1",
        fourth: "F4/2 + 1"}))


def label_in_place_of_output() -> dict[str, Any]:
    # One sample, one output, hidden value 1, residual 1. A label does not move with h; the output does.
    proof = Proof("t e x h y Y S A G")
    proof.assume("residual", "e = h*x - y")
    proof.assume("time", "t > 0")
    proof.assume("label", "Y = y")
    proof.assume("slope of the label", "Y = y + t*S")
    proof.assume("slope of the output", "(h + t)*x = h*x + t*A")
    proof.assume("derivative", "G = e*A")
    return proof.refuted({"t": "1", "e": "1", "x": "1", "h": "1", "y": "0", "Y": "0", "S": "0", "A": "1",
                          "G": "1"}, "e*S = e*x", "G = e*S")


def third_order() -> dict[str, Any]:
    # Two hidden layers of one neuron: from the origin the output grows like t^3.
    proof = Proof("t a b c F y L")
    output = proof.assume("output", "F = (t*c)*(t*b)*(t*a)")
    loss = proof.assume("loss", "L = (F - y)**2/2")
    return proof.qed(proof.state("L = y**2/2 - t**3*a*b*c*y + t**6*(a*b*c)**2/2", {
        loss: "1", output: "(F + t**3*a*b*c)/2 - y"}))


PROOFS = {
    "rows and columns": rows_and_columns,
    "wrong layer": wrong_layer,
    "wrong input": wrong_input,
    "both sides": both_sides,
    "move in layer 1": move_in_layer_1,
    "move in layer 2": move_in_layer_2,
    "joint move": joint_move,
    "label in place of output": label_in_place_of_output,
    "third order": third_order,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
