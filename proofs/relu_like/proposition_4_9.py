"""Unit replication: when it preserves stationarity, and when type-1 local minimality.

Stationarity survives exactly when the neuron is tangentially flat or no gamma_l is negative; type-1 local
minimality exactly when it is tangentially flat or all gamma_l are positive.

Source: paper B, Proposition 4.9; section 4.3, appendix L, (20)-(34).
Writing: a, b: alpha+, alpha-; z, r: pre-activation and value; p, q, P, Q: positive and negative parts; s, c:
    beta_l, gamma_l; h: output weights of the parent; e: residuals; u: a step; D, E: tangential derivatives
    of the parent and of a daughter along one v; g: d_ji^v.v; n: a move of the daughter's output weights.
Scope: all sizes, all alpha+, alpha-.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/proposition-4.9"


def scaled() -> dict[str, Any]:
    # beta > 0 keeps the sign of every pre-activation: rho(beta z) = beta rho(z), at the kink too.
    proof = Proof("a b s z p q r P Q")
    positive = proof.assume("positive", "s > 0")
    parts = proof.assume("parts", "z = p - q")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    apart = proof.assume("apart", "p*q = 0")
    value = proof.assume("value", "r = a*p - b*q")
    first = proof.assume("first", "P = s*p")
    second = proof.assume("second", "Q = s*q")
    return proof.qed(
        proof.state("s*z = P - Q", {parts: "s", first: "-1", second: "1"}),
        proof.state("P >= 0", {first: "1"}, [term(positive, above)]),
        proof.state("Q >= 0", {second: "1"}, [term(positive, below)]),
        proof.state("P*Q = 0", {first: "Q", second: "s*p", apart: "s**2"}),
        proof.state("s*r = a*P - b*Q", {value: "s", first: "-a", second: "b"}))


def same_outputs() -> dict[str, Any]:
    # sum beta_l gamma_l = 1: the daughters together do what the parent did, at every input.
    proof = Proof("s c h r rest f F", indexed="s c")
    one = proof.assume("one", "sum(s*c) = 1")
    narrow = proof.assume("narrow", "f = rest + h*r")
    wide = proof.assume("wide", "F = rest + sum(c*h*(s*r))")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", one: "h*r"}))


def output_weights() -> dict[str, Any]:
    # (21): along any move n of the daughter's output weights the slope is beta times the parent's, 0.
    proof = Proof("s r l L", vectors="e n", indexed="r e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    after = proof.assume("after", "L = sum(dot(e + s*r*n, e + s*r*n))/2")
    level = proof.assume("level", "sum(dot(n, e)*r) = 0")
    return proof.qed(proof.state("L - l = s**2*dot(n, n)*sum(r**2)/2", {
        after: "1", before: "-1", level: "s"}))


def input_weights() -> dict[str, Any]:
    # (22), (23): where the parent's weights move by u t, a daughter's by beta u t. The slope per unit of
    # length is D for the parent, gamma D for the daughter, with nothing of first order besides.
    proof = Proof("s c u r D l N L", vectors="e h", indexed="r e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    parent = proof.assume("parent", "N = sum(dot(e + u*r*h, e + u*r*h))/2")
    daughter = proof.assume("daughter", "L = sum(dot(e + c*s*u*r*h, e + c*s*u*r*h))/2")
    slope = proof.assume("slope", "D = sum(dot(h, e)*r)")
    return proof.qed(
        proof.state("N - l = u*D + u**2*dot(h, h)*sum(r**2)/2", {parent: "1", before: "-1", slope: "-u"}),
        proof.state("L - l = (s*u)*(c*D) + (s*u)**2*c**2*dot(h, h)*sum(r**2)/2", {
            daughter: "1", before: "-1", slope: "-c*s*u"}))


def not_negative() -> dict[str, Any]:
    # No negative gamma: no negative tangential derivative.
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    parent = proof.assume("parent", "D >= 0")
    weight = proof.assume("weight", "c >= 0")
    return proof.qed(proof.state("E >= 0", {daughter: "1"}, [term(weight, parent)]))


def flat() -> dict[str, Any]:
    # A tangentially flat parent has tangentially flat daughters, whatever gamma is.
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    parent = proof.assume("parent", "D = 0")
    return proof.qed(proof.state("E = 0", {daughter: "1", parent: "c"}))


def falls() -> dict[str, Any]:
    # Otherwise D > 0 along some direction, and gamma < 0 for some daughter: the loss falls along it.
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    parent = proof.assume("parent", "D > 0")
    weight = proof.assume("weight", "0 > c")
    return proof.qed(proof.state("0 > E", {daughter: "-1"}, [term(weight, parent)]))


def level_parent() -> dict[str, Any]:
    # gamma != 0: a daughter is level only where the parent is.
    proof = Proof("c i D E")
    daughter = proof.assume("daughter", "E = c*D")
    zero = proof.assume("zero", "E = 0")
    inverse = proof.assume("inverse", "c*i = 1")
    return proof.qed(proof.state("D = 0", {daughter: "-i", zero: "i", inverse: "-D"}))


def idle() -> dict[str, Any]:
    # gamma = 0: the daughter is level along every direction.
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    weight = proof.assume("weight", "c = 0")
    return proof.qed(proof.state("E = 0", {daughter: "1", weight: "D"}))


def slopes() -> dict[str, Any]:
    # (32): D > 0 needs an output with g != 0.
    proof = Proof("h g D", indexed="h g")
    parent = proof.assume("parent", "D = sum(h*g)")
    none = proof.assume("none", "g = 0")
    return proof.qed(proof.state("D = 0", {parent: "1", none: "h"}))


def prove() -> list[dict[str, Any]]:
    return [scaled(), same_outputs(), output_weights(), input_weights(), not_negative(), flat(), falls(),
            level_parent(), idle(), slopes()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
