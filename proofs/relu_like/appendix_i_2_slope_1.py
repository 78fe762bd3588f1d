"""Refuted as printed: -0.6 x1 - 0.5 x2 is (-0.32, -0.80), not (-0.32, -0.2), and its product -0.68.

Source: paper B, appendix I.0.2, first saddle.
Scope: the printed numbers.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/slope-1"


def sums() -> dict[str, Any]:
    # The printed numbers are off by more than any rounding: -0.2 of the one, -0.37 of the other.
    proof = Proof("e1 e2 s", vectors="x1 x2 d v j")
    proof.assume("sum", "dot(d - e1*x1 - e2*x2, d - e1*x1 - e2*x2) = 0")
    proof.assume("product", "s = dot(d, v)")
    return proof.refuted({
        "e1": "-3/5", "e2": "-1/2", "s": "-17/25", "x1": ["-3/10", "1/2"], "x2": ["1", "1"],
        "d": ["-8/25", "-4/5"], "v": ["17/20", "51/100"], "j": ["0", "1"]},
        "dot(d, j) >= -25/100", "s >= -375/1000")


def prove() -> list[dict[str, Any]]:
    return [sums()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
