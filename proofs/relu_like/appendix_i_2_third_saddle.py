"""Refuted as printed: with e_12 = 0.12 and e_22 = 0.08 the neuron is neither stationary nor an escape neuron.

The sum is (0.044, 0.14), not (0.12, 0.02); the product 0.07, not 0.12; the tangential derivative 0.028, not
0.00; and the output weight has the derivative 0.083.

Source: paper B, appendix I.0.2, third saddle.
Scope: the printed numbers.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/third-saddle"


def sums() -> dict[str, Any]:
    # g1, g2: the products with the direction v; G: the tangential derivative; c: dL/dh_2.
    proof = Proof("e11 e21 e12 e22 h1 h2 g1 g2 G c", vectors="x1 x2 w v d i j")
    proof.assume("sum", "dot(d - e12*x1 - e22*x2, d - e12*x1 - e22*x2) = 0")
    proof.assume("first product", "g1 = dot(e11*x1 + e21*x2, v)")
    proof.assume("second product", "g2 = dot(d, v)")
    proof.assume("tangential derivative", "G = h1*g1 + h2*g2")
    proof.assume("output weight", "c = dot(d, w)")
    return proof.refuted({
        "e11": "-9/50", "e21": "3/25", "e12": "3/25", "e22": "2/25", "h1": "37/100", "h2": "-53/100",
        "g1": "8811/50000", "g2": "1743/25000", "G": "141249/5000000", "c": "2073/25000",
        "x1": ["-3/10", "1/2"], "x2": ["1", "1"], "w": ["-3/25", "63/100"], "v": ["49/50", "19/100"],
        "d": ["11/250", "7/50"], "i": ["1"], "j": ["0", "1"]},
        "dot(d, i) >= 115/1000", "25/1000 >= dot(d, j)", "g2 >= 115/1000", "5/1000 >= G", "5/1000 >= c")


def prove() -> list[dict[str, Any]]:
    return [sums()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
