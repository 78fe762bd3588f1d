"""Negative units, where alpha- = 0, preserve local minimality.

Source: paper B, Remark M.2; appendix M.2.
Writing: b: alpha-; w, u: input weights of the unit and their move; x: a sample; z: its pre-activation after
    the move; h: the output weight after it; rest: what the other neurons add after it; f, F: output of the
    narrow and of the wide network after it; l0, L0, l1, L1: their losses before and after.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/remark-M.2"


def stays_dead() -> dict[str, Any]:
    # No sample reaches the kink under a small move.
    proof = Proof("z", vectors="w u x")
    value = proof.assume("value", "z = dot(w + u, x)")
    small = proof.assume("small", "-1*dot(w, x) > dot(u, x)")
    return proof.qed(proof.state("0 > z", {value: "-1"}, [term(small)]))


def same_output() -> dict[str, Any]:
    # So the unit adds nothing near the point either.
    proof = Proof("b h z rest f F")
    dead = proof.assume("dead", "b = 0")
    narrow = proof.assume("narrow", "f = rest")
    wide = proof.assume("wide", "F = rest + h*(b*z)")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", dead: "h*z"}))


def minimum() -> dict[str, Any]:
    # Equal outputs, equal losses: no lower point near the narrow one, none near the wide one.
    proof = Proof("l0 l1 L0 L1")
    here = proof.assume("here", "L0 = l0")
    there = proof.assume("there", "L1 = l1")
    lowest = proof.assume("lowest", "l1 >= l0")
    return proof.qed(proof.state("L1 >= L0", {here: "-1", there: "1"}, [term(lowest)]))


def prove() -> list[dict[str, Any]]:
    return [stays_dead(), same_output(), minimum()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
