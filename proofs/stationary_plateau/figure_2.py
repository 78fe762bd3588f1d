"""The conditions of the theorems on local minima are nested, and so are the conclusions.

Source: paper A, Figure 2 and its caption.
Writing: a: a vector; b: the entries of H_r a; h: a'H_r a.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/figure-2"


def zero_matrix() -> dict[str, Any]:
    # Were H_r = 0, it would be neither definite nor indefinite.
    proof = Proof("a b h", indexed="a b")
    zero = proof.assume("zero", "b = 0")
    form = proof.assume("form", "h = sum(a*b)")
    return proof.qed(proof.state("h = 0", {form: "1", zero: "a"}))


def prove() -> list[dict[str, Any]]:
    return [zero_matrix()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
