"""Negative units, where alpha- = 0, preserve stationarity.

Source: paper B, Proposition M.1; (36).
Writing: b: alpha-; c: the slope of the leg on which a sample lies, which is b for all samples; e: residuals
    of output j; x: the samples; d: d_ji of the negative unit; u: any vector; h, z, rest: output weight,
    pre-activation and the other neurons; f, F: an output without and with the unit.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/proposition-M.1"


def same_output() -> dict[str, Any]:
    # A negative unit adds h alpha- z = 0 to every output: the residuals stay, and so do all other slopes.
    proof = Proof("b h z rest f F")
    dead = proof.assume("dead", "b = 0")
    narrow = proof.assume("narrow", "f = rest")
    wide = proof.assume("wide", "F = rest + h*(b*z)")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", dead: "h*z"}))


def slopes() -> dict[str, Any]:
    # (36): no sample lies on the positive leg, none on the kink, and the negative leg is flat: d = 0. With
    # u = w, w/|w| and v: all derivatives at the unit vanish.
    proof = Proof("b c e", vectors="x d u", indexed="c e x")
    dead = proof.assume("dead", "b = 0")
    leg = proof.assume("leg", "c = b")
    slope = proof.assume("slope", "dot(d, u) = sum(c*e*dot(x, u))")
    return proof.qed(proof.state("dot(d, u) = 0", {
        slope: "1", leg: "e*dot(x, u)", dead: "sum(e*dot(x, u))"}))


def prove() -> list[dict[str, Any]]:
    return [same_output(), slopes()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
