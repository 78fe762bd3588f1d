"""The printed steps of appendix B: which indices are right, and what single moves do not say.

Source: paper B, appendix B.
Writing: n0, n1: numbers of neurons; W1, W2, H: weights of a chain of single neurons; x0, x1, x2, X1, X2: its
    hidden values before and after, or their vectors; w, v: a row of weights and a tangential direction; R: a
    slope of a hidden value; e, D: residuals, and what is propagated back; p, q: positive and negative parts
    of slopes of pre-activations; S: a slope of the loss; f, F: outputs; l, L: losses; t: a time.
"""

from typing import Any

from symplateau.proof import Proof, term


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


def single_move() -> dict[str, Any]:
    # ReLU, samples e1, e2, e1 + e2, e3, residuals 1, 1, -1, 1. The first neuron of layer 1, (1, 1, 1), sees
    # all: a move m of it alone has the slope rho(m1) + rho(m2) - rho(m1 + m2) + rho(m3). If m1 + m2 <= 0 the
    # third term is 0, and else q = 0.
    proof = Proof("p1 q1 p2 q2 p3 p q S")
    slope = proof.assume("slope", "S = p1 + p2 - p + p3")
    parts = proof.assume("parts", "p1 - q1 + p2 - q2 = p - q")
    sign = proof.assume("sign", "q = 0")
    first = proof.assume("q1", "q1 >= 0")
    second = proof.assume("q2", "q2 >= 0")
    third = proof.assume("p3", "p3 >= 0")
    return proof.qed(proof.state("S >= 0", {slope: "1", parts: "1", sign: "-1"}, [
        term(first), term(second), term(third)]))


def upper_move() -> dict[str, Any]:
    # The weights of layer 2 move alone, by (c1, c2) for the two kinds of neurons of layer 1; their values
    # at the samples are (1, 1), (1, 0), (2, 0), (1, 0); p and r are the positive parts of c1 + c2 and c1.
    proof = Proof("p r S")
    slope = proof.assume("slope", "S = p + r - 2*r + r")
    above = proof.assume("above", "p >= 0")
    return proof.qed(proof.state("S >= 0", {slope: "1"}, [term(above)]))


def joint_move() -> dict[str, Any]:
    # Labels -1, -1, 1, -1, layer 2 with the weights (1, 1, -1, -1) for two neurons (1, 1, 1) and (1, -2, -1)
    # and their copies. The first moves by t (1, 0, 0), the second, which sees e1 only, by t (-1, 0, 0).
    proof = Proof("t F1 F2 F3 F4 l L")
    first = proof.assume("sample e1", "F1 = (1 + t) + (1 - t) - 1 - 1")
    second = proof.assume("sample e2", "F2 = 1 + 0 - 1 - 0")
    third = proof.assume("sample e1 + e2", "F3 = (2 + t) + 0 - 2 - 0")
    fourth = proof.assume("sample e3", "F4 = 1 + 0 - 1 - 0")
    here = proof.assume("here", "l = (1 + 1 + 1 + 1)/2")
    there = proof.assume("there", "L = ((F1 + 1)**2 + (F2 + 1)**2 + (F3 - 1)**2 + (F4 + 1)**2)/2")
    return proof.qed(proof.state("L = l - t + t**2/2", {
        there: "1", here: "-1", first: "F1/2 + 1", second: "F2/2 + 1", third: "(F3 + t)/2 - 1",
        fourth: "F4/2 + 1"}))


PROOFS = {
    "rows and columns": rows_and_columns,
    "wrong layer": wrong_layer,
    "wrong input": wrong_input,
    "both sides": both_sides,
    "single move": single_move,
    "upper move": upper_move,
    "joint move": joint_move,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
