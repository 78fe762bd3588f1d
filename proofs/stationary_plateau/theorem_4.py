"""Splitting a saddle gives saddles only.

If theta is a saddle of the narrow network, split(theta, lambda) is one of the wide network, for every
lambda with sum 1.

Source: paper A, Theorem 4; (68)-(72).
Writing: lam, v: coefficients, output weight of the parent; dv, a: moves of v_r and w_r; u, du: output
    weights of the daughters and their changes; z, t: hidden values of the parent and of the daughters after
    the move; rest: what the other neurons add, or their squared moves; f, F: outputs; b, B: squared lengths
    of the narrow and of the copied move; C: a constant; l0, l1, l2 and L0, L1, L2: narrow and wide losses.
Scope: all sizes, every differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/theorem-4"


def copies() -> dict[str, Any]:
    # (68): a displacement of the narrow network is copied: every daughter makes the parent's move, its
    # output weight changes by lambda_j times the parent's.
    proof = Proof("lam u du t v dv z rest f F", indexed="lam u du t")
    one = proof.assume("one", "sum(lam) = 1")
    output = proof.assume("output", "u = lam*v")
    change = proof.assume("change", "du = lam*dv")
    hidden = proof.assume("hidden", "t = z")
    narrow = proof.assume("narrow", "f = rest + (v + dv)*z")
    wide = proof.assume("wide", "F = rest + sum((u + du)*t)")

    # (70): so the outputs stay equal.
    return proof.qed(proof.state("F = f", {
        wide: "1", narrow: "-1", output: "t", change: "t", hidden: "lam*(v + dv)", one: "(v + dv)*z"}))


def distance() -> dict[str, Any]:
    # (69), corrected: C is at least 1, |lambda|**2 and the number of daughters.
    proof = Proof("lam dv rest b B C", vectors="a", indexed="lam")
    others = proof.assume("others", "rest >= 0")
    narrow = proof.assume("narrow", "b = rest + dv**2 + dot(a, a)")
    wide = proof.assume("wide", "B = rest + sum((lam*dv)**2) + sum(dot(a, a))")
    unit = proof.assume("unit", "C >= 1")
    norm = proof.assume("norm", "C >= sum(lam**2)")
    count = proof.assume("count", "C >= sum(1)")

    # So the copy of a small displacement is small.
    return proof.qed(proof.state("C*b >= B", {narrow: "C", wide: "-1"}, [
        term(unit, others), term(norm, square="dv"), term(count, square="a")]))


def saddle() -> dict[str, Any]:
    # (71): equal outputs give equal losses: at the point, at a lower point and at a higher one.
    proof = Proof("l0 l1 l2 L0 L1 L2")
    here = proof.assume("here", "L0 = l0")
    there = proof.assume("there", "L1 = l1")
    elsewhere = proof.assume("elsewhere", "L2 = l2")
    falls = proof.assume("falls", "l0 > l1")
    rises = proof.assume("rises", "l2 > l0")

    # (72): the wide loss falls where the narrow one does; and it rises where that does.
    return proof.qed(proof.state("L0 > L1", {here: "1", there: "-1"}, [term(falls)]),
                     proof.state("L2 > L0", {elsewhere: "1", here: "-1"}, [term(rises)]))


def prove() -> list[dict[str, Any]]:
    return [copies(), distance(), saddle()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
