"""Refuted as printed: F is not always 0 in the paper's setting; with two outputs a minimum can have F != 0.

One ReLU, two outputs, x = (1, 1) and (1, -1), y = (2, 1) and (2, -1): h = (2, 0), w = (1, 0) is a local
minimum, no sample lies on the kink, and the column of F for the second output is (0, -2).

Source: paper B, Remark 4.11; appendix O, (40), (41).
Scope: one network.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/remark-4.11"


def minimum() -> dict[str, Any]:
    # All weights with p u >= 1 near it: p, q the output weights, (u, w) the input weights.
    proof = Proof("p q u w k L")
    after = proof.assume(
        "after", "L = ((p*(u + w) - 2)**2 + (q*(u + w) - 1)**2 + (p*(u - w) - 2)**2 + (q*(u - w) + 1)**2)/2")
    inverse = proof.assume("inverse", "k*p*u = 1")
    positive = proof.assume("positive", "k >= 0")
    below = proof.assume("below", "1 >= k")
    return proof.qed(proof.state("L >= 1", {after: "1", inverse: "2*q*w"}, [
        term(square="p*u - 2"), term(square="q*w"), term(below, square="p*w"), term(below, square="q*u"),
        term(positive, square="p*w - q*u")]))


def column() -> dict[str, Any]:
    # The point itself: loss 1, no kinks, stationary; the second column of F does not vanish along v.
    proof = Proof("p q y1 y2 z e1 e2 L", vectors="w x v", indexed="y1 y2 z e1 e2 x")
    proof.assume("value", "z = dot(w, x)")
    proof.assume("no kinks", "z > 0")
    proof.assume("residual 1", "e1 = p*z - y1")
    proof.assume("residual 2", "e2 = q*z - y2")
    proof.assume("loss", "L = sum(e1**2 + e2**2)/2")
    proof.assume("lowest", "L = 1")
    proof.assume("output weight 1", "sum(e1*z) = 0")
    proof.assume("output weight 2", "sum(e2*z) = 0")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("input weights", "p*sum(e1*dot(x, v)) + q*sum(e2*dot(x, v)) = 0")
    return proof.refuted(
        {"p": "2", "q": "0", "w": ["1", "0"], "x": [["1", "1"], ["1", "-1"]], "v": ["0", "1"],
         "y1": ["2", "2"], "y2": ["1", "-1"], "z": ["1", "1"], "e1": ["0", "0"], "e2": ["-1", "1"],
         "L": "1"}, "sum(e2*dot(x, v)) = 0")


def prove() -> list[dict[str, Any]]:
    return [minimum(), column()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
