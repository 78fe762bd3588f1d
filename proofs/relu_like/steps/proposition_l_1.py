"""Steps about unit replication and escape neurons.

Source: paper B, appendix L.2, L.3, (24)-(34).
Writing: s, c: beta_l, gamma_l; i: 1/gamma_l; D, E: tangential derivatives of the parent and of a daughter; h:
    output weight; k, g: d_ji^v.v; C: a bound for |g|/D; w, x, v: input weights, a sample, a direction; p:
    rho(v.x); e: residual.
"""

from typing import Any

from symplateau.proof import Proof, term


def not_flat() -> dict[str, Any]:
    # (27): where D >= 0 and not D > 0, D = 0.
    proof = Proof("D")
    stationary = proof.assume("stationary", "D >= 0")
    never = proof.assume("never", "0 >= D")
    return proof.qed(proof.state("0 >= D**2", {}, [term(stationary, never)]))


def rises() -> dict[str, Any]:
    # (28)
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    weight = proof.assume("weight", "c > 0")
    parent = proof.assume("parent", "D > 0")
    return proof.qed(proof.state("E > 0", {daughter: "1"}, [term(weight, parent)]))


def mixed_signs() -> dict[str, Any]:
    # beta = (1, 1), gamma = (2, -1): no gamma is 0, and not all are positive.
    proof = Proof("s c i", indexed="s c i")
    proof.assume("one", "sum(s*c) = 1")
    proof.assume("positive", "s > 0")
    proof.assume("inverse", "c*i = 1")
    return proof.refuted({"s": ["1", "1"], "c": ["2", "-1"], "i": ["1/2", "-1"]}, "c > 0")


def already_escaping() -> dict[str, Any]:
    # A flat neuron with h = 0: one ReLU w = (0, 0), x = (1, 0), label 1. It and its copy are escape neurons.
    proof = Proof("y e h p k D", vectors="w x v")
    proof.assume("residual", "e = h*dot(w, x) - y")
    proof.assume("value", "p = dot(v, x)")
    proof.assume("positive leg", "p >= 0")
    proof.assume("no weights", "dot(w, w) = 0")
    proof.assume("slope", "k = e*p")
    proof.assume("derivative", "D = h*k")
    proof.assume("flat", "h = 0")
    return proof.refuted({"w": ["0", "0"], "x": ["1", "0"], "v": ["1", "0"], "y": "1", "e": "-1", "h": "0",
                          "p": "1", "k": "-1", "D": "0"}, "k = 0")


def both() -> dict[str, Any]:
    # L.3: gamma >= 0 that is not positive is 0; so gamma >= 0 and gamma != 0 say gamma > 0.
    proof = Proof("c")
    weight = proof.assume("weight", "c >= 0")
    never = proof.assume("never", "0 >= c")
    return proof.qed(proof.state("0 >= c**2", {}, [term(weight, never)]))


def negative_and_idle() -> dict[str, Any]:
    # ReLU, h = 1, w = (0, 1), one sample x = (1, 0) on its kink, label -1: D = 1 along (1, 0), 0 along
    # (-1, 0), a type-1 local minimum. gamma = (2, -1, 0): the second daughter falls, the third is idle.
    proof = Proof("h e p g D s c E", vectors="w x v", indexed="s c E")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("kink", "dot(w, x) = 0")
    proof.assume("residual", "e = 1")
    proof.assume("value", "p = dot(v, x)")
    proof.assume("positive leg", "p >= 0")
    proof.assume("slope", "g = e*p")
    proof.assume("derivative", "D = h*g")
    proof.assume("not flat", "D > 0")
    proof.assume("positive", "s > 0")
    proof.assume("one", "sum(s*c) = 1")
    proof.assume("daughters", "E = c*D")
    return proof.refuted({
        "h": "1", "e": "1", "p": "1", "g": "1", "D": "1", "s": ["1", "1", "1"], "c": ["2", "-1", "0"],
        "E": ["2", "-1", "0"], "w": ["0", "1"], "x": ["1", "0"], "v": ["1", "0"]}, "E >= 0")


def no_escape() -> dict[str, Any]:
    # |g| <= C D for a neuron that is no escape neuron: where D is 0, so is g.
    proof = Proof("C D g")
    lower = proof.assume("lower", "C*D + g >= 0")
    upper = proof.assume("upper", "C*D - g >= 0")
    flat = proof.assume("flat", "D = 0")
    return proof.qed(
        proof.state("g >= 0", {flat: "-C"}, [term(lower)]),
        proof.state("0 >= g", {flat: "-C"}, [term(upper)]))


PROOFS = {
    "not flat": not_flat,
    "rises": rises,
    "mixed signs": mixed_signs,
    "already escaping": already_escaping,
    "both": both,
    "negative and idle": negative_and_idle,
    "no escape": no_escape,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
