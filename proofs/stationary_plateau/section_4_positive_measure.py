"""Refuted as printed: the surely-saddle region of Theorem 2 need not have positive measure.

Two daughters. Coefficients (l0, l1) with sum 1 that are neither both positive nor one positive and one
negative are (1, 0) and (0, 1): two points of a line.

Source: paper A, section 4.1, the remark below Theorem 2; Table 1, second row.
Scope: two daughters.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/section-4.1/positive-measure"


def two_daughters() -> dict[str, Any]:
    # l1 is the entry that is not positive; then l0 = 1 - l1 is, and l1 is not negative.
    proof = Proof("l0 l1")
    one = proof.assume("one", "l0 = 1 - l1")
    pd = proof.assume("not all positive", "0 >= l1")
    nd = proof.assume("not one alone", "l1 >= 0")
    other = proof.state("l0 > 0", {one: "1"}, [term(pd), term(coefficient="1")])
    zero = proof.state("0 >= l1**2", {}, [term(pd, nd)])
    return proof.qed(other, zero, proof.state("0 >= (l0 - 1)**2", {one: "1 - l0 + l1"}, [term(zero)]))


def prove() -> list[dict[str, Any]]:
    return [two_daughters()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
