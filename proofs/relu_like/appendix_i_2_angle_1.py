"""Refuted as printed: the direction (0.85, 0.51) is not at the angle of 1.03 rad.

Angles from 1.025 to 1.035 are between pi/4 and pi/2: there the second component is the larger one.

Source: paper B, appendix I.0.2, first saddle.
Scope: the printed numbers.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/angle-1"


def components() -> dict[str, Any]:
    # It is even orthogonal to the first sample, one of the two that it is used with.
    proof = Proof("", vectors="v i j x")
    proof.assume("first component", "dot(v, i) = 85/100")
    proof.assume("second component", "dot(v, j) = 51/100")
    return proof.refuted({"v": ["17/20", "51/100"], "i": ["1"], "j": ["0", "1"], "x": ["-3/10", "1/2"]},
                         "dot(v, j) > dot(v, i)", "dot(v, x) > 0")


def prove() -> list[dict[str, Any]]:
    return [components()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
