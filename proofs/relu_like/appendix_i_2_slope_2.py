"""Refuted as printed: 0.4 x3 - 0.8 x4 is (-0.56, -0.08), not (-0.48, 0.56), and its product 0.42, not -0.11.

Source: paper B, appendix I.0.2, second saddle.
Scope: the printed numbers.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/slope-2"


def sums() -> dict[str, Any]:
    # Both components and the sign of the product are wrong.
    proof = Proof("e3 e4 s", vectors="x3 x4 d v i j")
    proof.assume("sum", "dot(d - e3*x3 - e4*x4, d - e3*x3 - e4*x4) = 0")
    proof.assume("product", "s = dot(d, v)")
    return proof.refuted({
        "e3": "2/5", "e4": "-4/5", "s": "531/1250", "x3": ["-3/5", "-1"], "x4": ["2/5", "-2/5"],
        "d": ["-14/25", "-2/25"], "v": ["-13/20", "-19/25"], "i": ["1"], "j": ["0", "1"]},
        "dot(d, i) >= -485/1000", "dot(d, j) >= 0", "0 >= s")


def prove() -> list[dict[str, Any]]:
    return [sums()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
