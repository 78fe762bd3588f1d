"""The slope of the first output is negative in every direction that the first two samples see.

Source: paper B, appendix I.0.2, first saddle, amended.
Writing: v1, v2: a direction; m, n: its products with x1 and x2; g: the slope of output 1.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-i.2/slope-1-amended"


def slope() -> dict[str, Any]:
    # The residuals are -3/5 and -1/2, the negative targets: the sum is (-8/25, -4/5).
    proof = Proof("v1 v2 m n g")
    one = proof.assume("first sample", "m = -3/10*v1 + v2/2")
    two = proof.assume("second sample", "n = v1 + v2")
    total = proof.assume("slope", "g = -3/5*m - 1/2*n")
    seen = proof.assume("seen", "m >= 0")
    also = proof.assume("seen too", "n > 0")
    return proof.qed(
        proof.state("g = -8/25*v1 - 4/5*v2", {total: "1", one: "-3/5", two: "-1/2"}),
        proof.state("0 > g", {total: "-1"}, [term(seen, coefficient="3/5"), term(also, coefficient="1/2")]))


def prove() -> list[dict[str, Any]]:
    return [slope()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
