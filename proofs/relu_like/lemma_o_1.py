"""Refuted as printed: at a stationary point without kinks d_ji need not vanish.

One ReLU with output weight 0 and w = (1, 0), x = (1, 1) and (1, -1), y = (-1, 1): all derivatives vanish, no
sample lies on the kink, and d = (0, 2).

Source: paper B, Lemma O.1; (38). Its proof takes the point for a type-1 local minimum.
Scope: one network.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/lemma-O.1"


def prove() -> list[dict[str, Any]]:
    proof = Proof("h y z e", vectors="w x v", indexed="y z e x")

    # The hypotheses: no kinks, and all derivatives are 0, for the two tangential directions v and -v.
    proof.assume("value", "z = dot(w, x)")
    proof.assume("no kinks", "z > 0")
    proof.assume("residual", "e = h*z - y")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("output weight", "sum(e*z) = 0")
    proof.assume("radial derivative", "h*sum(e*dot(x, w)) = 0")
    proof.assume("tangential derivative", "h*sum(e*dot(x, v)) = 0")

    # d.v = 2.
    return [proof.refuted(
        {"h": "0", "w": ["1", "0"], "x": [["1", "1"], ["1", "-1"]], "v": ["0", "1"], "y": ["-1", "1"],
         "z": ["1", "1"], "e": ["1", "-1"]}, "sum(e*dot(x, v)) = 0")]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
