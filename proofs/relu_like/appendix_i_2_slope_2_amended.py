"""The slope of the first output at the second saddle is 0.4248 along the printed direction.

Source: paper B, appendix I.0.2, second saddle, amended.
Writing: v1, v2: the direction; m, n: its products with x3 and x4; g: the slope of output 1.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-i.2/slope-2-amended"


def slope() -> dict[str, Any]:
    # Samples 3 and 4 are seen, both with room; their residuals are 2/5 and -4/5, the negative targets.
    proof = Proof("v1 v2 m n g")
    first = proof.assume("first component", "v1 = -65/100")
    second = proof.assume("second component", "v2 = -76/100")
    three = proof.assume("third sample", "m = -3/5*v1 - v2")
    four = proof.assume("fourth sample", "n = 2/5*v1 - 2/5*v2")
    total = proof.assume("slope", "g = 2/5*m - 4/5*n")
    return proof.qed(
        proof.state("m > 0", {three: "1", first: "-3/5", second: "-1"}, [term(coefficient="23/20")]),
        proof.state("n > 0", {four: "1", first: "2/5", second: "-2/5"}, [term(coefficient="11/250")]),
        proof.state("g = 531/1250", {total: "1", three: "2/5", four: "-4/5", first: "-14/25",
                                     second: "-2/25"}))


def prove() -> list[dict[str, Any]]:
    return [slope()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
