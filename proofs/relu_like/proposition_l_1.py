"""Unit replication makes no escape neurons exactly when the neuron is tangentially flat or no gamma_l is 0.

Source: paper B, Proposition L.1; (24)-(34).
Writing: c: gamma_l; i: its inverse; h: output weights of the parent; g, k: d_ji^v.v of the parent and of a
    daughter, by outputs; D, E: tangential derivatives of the parent and of a daughter along one v.
Scope: all sizes, all alpha+, alpha-.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/proposition-L.1"


def flat() -> dict[str, Any]:
    # (24)-(26): a flat parent that is no escape neuron has g = 0 everywhere; so have its daughters.
    proof = Proof("g k")
    parent = proof.assume("parent", "g = 0")
    same = proof.assume("same", "k = g")
    return proof.qed(proof.state("k = 0", {parent: "1", same: "1"}))


def active() -> dict[str, Any]:
    # (28)-(31), for gamma of either sign: where a daughter is level, the parent is.
    proof = Proof("c i h g k D E", indexed="h g k")
    parent = proof.assume("parent", "D = sum(h*g)")
    daughter = proof.assume("daughter", "E = sum(c*h*k)")
    same = proof.assume("same", "k = g")
    inverse = proof.assume("inverse", "c*i = 1")
    zero = proof.assume("zero", "E = 0")
    scaled = proof.state("E = c*D", {daughter: "1", same: "c*h", parent: "-c"})
    return proof.qed(scaled, proof.state("D = 0", {scaled: "-i", zero: "i", inverse: "-D"}))


def idle() -> dict[str, Any]:
    # (33): gamma = 0 makes the daughter level everywhere ...
    proof = Proof("c h k E", indexed="h k")
    daughter = proof.assume("daughter", "E = sum(c*h*k)")
    weight = proof.assume("weight", "c = 0")
    return proof.qed(proof.state("E = 0", {daughter: "1", weight: "sum(h*k)"}))


def some_output() -> dict[str, Any]:
    # (32), (34): ... and where D > 0 some k is not 0. If all were, D = 0 would not be positive.
    proof = Proof("h g k D", indexed="h g k")
    parent = proof.assume("parent", "D = sum(h*g)")
    same = proof.assume("same", "k = g")
    none = proof.assume("none", "k = 0")
    return proof.qed(proof.state("0 >= D", {parent: "-1", same: "h", none: "-h"},
                                 [term(coefficient="1", square="0")]))


def prove() -> list[dict[str, Any]]:
    return [flat(), active(), idle(), some_output()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
