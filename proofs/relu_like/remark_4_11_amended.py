"""Theorem 10 of Fukumizu et al. needs F != 0, which a type-1 local minimum never has.

Source: paper B, Remark 4.11, amended; appendix O, (41).
Writing: a, b: alpha+, alpha-; m: 1 for the samples with w.x_k > 0, else 0; e: residuals of output j; x: the
    samples; F, d: column j of F, and d_ji; u: any vector.
Scope: all sizes, ReLU.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/remark-4.11-amended"


def column() -> dict[str, Any]:
    # (41): for ReLU the column of F is d, which Lemma O.1 (amended) makes 0.
    proof = Proof("a b m e", vectors="x F d u", indexed="m e x")
    one = proof.assume("one", "a = 1")
    zero = proof.assume("zero", "b = 0")
    matrix = proof.assume("matrix", "dot(F, u) = sum(m*e*dot(x, u))")
    slope = proof.assume("slope", "dot(d, u) = sum((a*m + b*(1 - m))*e*dot(x, u))")
    lemma = proof.assume("lemma", "dot(d, u) = 0")
    same = proof.state("dot(F, u) = dot(d, u)", {
        matrix: "1", slope: "-1", one: "-sum(m*e*dot(x, u))", zero: "-sum((1 - m)*e*dot(x, u))"})
    return proof.qed(same, proof.state("dot(F, u) = 0", {same: "1", lemma: "1"}))


def prove() -> list[dict[str, Any]]:
    return [column()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
