"""Refuted as printed: the region of the second row has no positive measure for two daughters.

With two daughters the region Lambda_saddle of Theorem 2 is the pair of points (1, 0) and (0, 1).

Source: paper A, Table 1.
Scope: two daughters; all sizes otherwise.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/table-1"


def same_sign() -> dict[str, Any]:
    # Two coefficients of one sign, neither 0: both are positive, and lambda lies in Lambda_PD.
    proof = Proof("l0 l1")
    one = proof.assume("one", "l1 = 1 - l0")
    same = proof.assume("same sign", "l0*l1 > 0")
    return proof.qed(proof.state("l0 > 0", {one: "-l0"}, [term(same), term(square="l0")]),
                     proof.state("l1 > 0", {one: "-l1"}, [term(same), term(square="l1")]))


def ends() -> dict[str, Any]:
    # One coefficient 0: the other is 1.
    proof = Proof("l0 l1")
    one = proof.assume("one", "l1 = 1 - l0")
    zero = proof.assume("zero", "l0 = 0")
    return proof.qed(proof.state("l1 = 1", {one: "1", zero: "-1"}))


def prove() -> list[dict[str, Any]]:
    return [same_sign(), ends()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
