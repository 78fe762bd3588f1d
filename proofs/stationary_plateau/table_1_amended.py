"""Table 1 with the second row as Theorem 2 has it, and the last row apart.

Source: paper A, Table 1, amended.
Writing: lam: coefficients; c: a point of Lambda_saddle with the entries 1, 1, -1, 0, ..., 0; d, D, n: marks
    of the daughters with the first 1, with the other, and with -1.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/table-1-amended"


def region() -> dict[str, Any]:
    # Three daughters or more: near c two coefficients stay positive, and one stays negative.
    proof = Proof("lam c d D n", indexed="lam c d D n")
    first = proof.assume("first", "d*c = d")
    second = proof.assume("second", "D*c = D")
    third = proof.assume("third", "n*c = -n")
    mark_first = proof.assume("mark of the first", "d >= 0")
    mark_second = proof.assume("mark of the second", "D >= 0")
    mark_third = proof.assume("mark of the third", "n >= 0")
    low = proof.assume("low", "lam - c + 1/2 >= 0")
    high = proof.assume("high", "c + 1/2 - lam >= 0")
    return proof.qed(
        proof.state("d*lam >= d/2", {first: "1"}, [term(mark_first, low)]),
        proof.state("D*lam >= D/2", {second: "1"}, [term(mark_second, low)]),
        proof.state("-(n*lam) >= n/2", {third: "-1"}, [term(mark_third, high)]))


def prove() -> list[dict[str, Any]]:
    return [region()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
