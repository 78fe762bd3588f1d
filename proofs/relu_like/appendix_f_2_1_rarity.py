"""Refuted as printed: local minima with escape neurons are rare, if they exist.

Two outputs, one neuron, the samples (1, 1) and (1, -1), the labels (2, 1) and (2, -1). The point h = (2, 0),
w = (1, 0) is a local minimum, and its neuron is an escape neuron; so it is for half of all labels.

Source: paper B, appendix F.2.1; section 4.1.
Writing: x, X: the inputs; y, Y: the labels; h, H: the output weights; w, W: the input weights; f, F: the
    residuals of the two outputs; g, G: their slopes along (0, 1).
Scope: one network.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-f.2.1/rarity"


def counterexample() -> dict[str, Any]:
    proof = Proof("x X y Y h H w W f F g G", indexed="x X y Y f F")
    proof.assume("both samples are active", "w*x + W*X > 0")
    proof.assume("first residual", "f = h*(w*x + W*X) - y")
    proof.assume("second residual", "F = H*(w*x + W*X) - Y")

    # The point is stationary, and (0, 1) is tangential.
    proof.assume("first output weight", "sum(f*(w*x + W*X)) = 0")
    proof.assume("second output weight", "sum(F*(w*x + W*X)) = 0")
    proof.assume("first input weight", "sum((h*f + H*F)*x) = 0")
    proof.assume("second input weight", "sum((h*f + H*F)*X) = 0")
    proof.assume("tangential", "W = 0")

    # The labels lie in the open set of minima: their product is positive, and they are not parallel.
    proof.assume("product of the labels", "sum(y)**2 - sum(y*x*X)**2 + sum(Y)**2 - sum(Y*x*X)**2 > 0")
    proof.assume("first slope", "g = sum(f*X)")
    proof.assume("second slope", "G = sum(F*X)")

    # Without escape neurons no slope would be left along a direction of derivative 0.
    return proof.refuted({
        "x": ["1", "1"], "X": ["1", "-1"], "y": ["2", "2"], "Y": ["1", "-1"], "h": "2", "H": "0", "w": "1",
        "W": "0", "f": ["0", "0"], "F": ["-1", "1"], "g": "0", "G": "-2"}, "G = 0")


def prove() -> list[dict[str, Any]]:
    return [counterexample()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
