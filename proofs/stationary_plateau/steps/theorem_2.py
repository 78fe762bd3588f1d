"""The printed steps of the proof of Theorem 2: saddles wherever H_r is not 0.

Source: paper A, section 6.2, and the remark below Theorem 2.
Writing: lam: the coefficients; d, D: marks of a daughter; i: inverses, which say that something is positive;
    l0, l1, l: entries at a mark.
"""

from typing import Any

from symplateau.proof import Proof, term


def region_not_empty() -> dict[str, Any]:
    # (1, 0, ..., 0): an entry 0, and two that are not negative.
    proof = Proof("lam d D", indexed="lam d D")
    single, apart = proof.assume("single", "sum(d) = 1"), proof.assume("apart", "d*D = 0")
    value = proof.assume("coefficients", "lam = d")
    return proof.qed(proof.state("sum(lam) = 1", {value: "1", single: "1"}),
                     proof.state("D*lam = 0", {value: "D", apart: "1"}))


def missing_brackets() -> dict[str, Any]:
    # (2, -1) is in Lambda_ND, so in (Lambda minus Lambda_PD) u Lambda_ND, but not in Lambda_-: l1 < 0, and
    # there are only two entries.
    proof = Proof("lam l0 l1", indexed="lam")
    for name, formula in {
        "one": "sum(lam) = 1", "two": "sum(1) = 2", "entries": "(lam - l0)*(lam - l1) = 0",
        "both": "l0 + l1 = 1", "one positive": "l0 > 0", "the other negative": "0 > l1"}.items():
        proof.assume(name, formula)
    return proof.refuted({"lam": ["2", "-1"], "l0": "2", "l1": "-1"}, "l1 >= 0")


def one_is_not_positive() -> dict[str, Any]:
    # Lambda_+ and Lambda_PD exclude each other: the marked entry is <= 0 and > 0; i = 1/lam.
    proof = Proof("lam d i l0", indexed="lam d i")
    single, mark = proof.assume("single", "sum(d) = 1"), proof.assume("mark", "d*d = d")
    value = proof.assume("value", "d*lam = d*l0")
    inverse, positive = proof.assume("inverse", "lam*i = 1"), proof.assume("positive", "i > 0")
    other = proof.assume("not positive", "0 >= l0")
    return proof.qed(proof.state("0 >= 1", {single: "1", inverse: "d", value: "-i", mark: "l0*i"}, [
        term(other, positive, square="d")]))


def one_is_positive() -> dict[str, Any]:
    # Coefficients with sum 1 are not all <= 0.
    proof = Proof("lam", indexed="lam")
    one, other = proof.assume("one", "sum(lam) = 1"), proof.assume("not positive", "0 >= lam")
    return proof.qed(proof.state("0 >= 1", {one: "1"}, [term(other)]))


def two_are_not_negative() -> dict[str, Any]:
    # Lambda_- and Lambda_ND exclude each other: of two entries >= 0 one, D, is not the positive one, d, and
    # < 0; l is the entry at d; where d is 0, i is 1/(-lam).
    proof = Proof("lam d D i l l1", indexed="lam d D i")
    single, mark = proof.assume("single", "sum(D) = 1"), proof.assume("mark", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    value = proof.assume("value", "D*lam = D*l1")
    inverse = proof.assume("inverse", "(d*(l + 1) - lam)*i = 1")
    positive = proof.assume("others negative", "i > 0")
    other = proof.assume("not negative", "l1 >= 0")
    return proof.qed(proof.state("0 >= 1", {
        single: "1", inverse: "D", apart: "-(l + 1)*i", value: "i", mark: "-l1*i"}, [
        term(other, positive, square="D")]))


PROOFS = {
    "region not empty": region_not_empty,
    "missing brackets": missing_brackets,
    "one is not positive": one_is_not_positive,
    "one is positive": one_is_positive,
    "two are not negative": two_are_not_negative,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
