"""Refuted as printed: the direction (-0.65, -0.76) is not at the angle of 3.22 rad.

Angles from 3.215 to 3.225 are between pi and 5 pi/4: there the second component is the larger one.

Source: paper B, appendix I.0.2, second saddle.
Scope: the printed numbers.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/angle-2"


def components() -> dict[str, Any]:
    # Both are negative; the second is further from 0.
    proof = Proof("", vectors="v i j")
    proof.assume("first component", "dot(v, i) = -65/100")
    proof.assume("second component", "dot(v, j) = -76/100")
    return proof.refuted({"v": ["-13/20", "-19/25"], "i": ["1"], "j": ["0", "1"]}, "dot(v, j) > dot(v, i)")


def prove() -> list[dict[str, Any]]:
    return [components()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
