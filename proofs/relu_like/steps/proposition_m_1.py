"""Steps about negative and positive units.

Source: paper B, appendix M, M.2, (36), Remark M.2.
Writing: a: alpha+; c: the slope of the leg on which a sample lies; e: residuals of output j; x: the samples;
    d: d_ji of the unit; w, u: input weights of a unit and their move; v: any vector; h, z, rest: output
    weight, pre-activation, the other neurons; f, F: an output before and after.
"""

from typing import Any

from symplateau.proof import Proof, term


def positive_unit() -> dict[str, Any]:
    proof = Proof("a h z rest f F")
    dead = proof.assume("dead", "a = 0")
    narrow = proof.assume("narrow", "f = rest")
    wide = proof.assume("wide", "F = rest + h*(a*z)")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", dead: "h*z"}))


def positive_slopes() -> dict[str, Any]:
    proof = Proof("a c e", vectors="x d v", indexed="c e x")
    dead = proof.assume("dead", "a = 0")
    leg = proof.assume("leg", "c = a")
    slope = proof.assume("slope", "dot(d, v) = sum(c*e*dot(x, v))")
    return proof.qed(proof.state("dot(d, v) = 0", {
        slope: "1", leg: "e*dot(x, v)", dead: "sum(e*dot(x, v))"}))


def no_kink() -> dict[str, Any]:
    # A small move along v does not reach the kink: d^v = d.
    proof = Proof("t", vectors="w v x")
    small = proof.assume("small", "-1*dot(w, x) > t*dot(v, x)")
    return proof.qed(proof.state("0 > dot(w + t*v, x)", {}, [term(small)]))


def opposite_samples() -> dict[str, Any]:
    # Samples x and -x: no unit is negative on both.
    proof = Proof("", vectors="w x y")
    opposite = proof.assume("opposite", "dot(w, y) = -1*dot(w, x)")
    first = proof.assume("first", "0 > dot(w, x)")
    return proof.qed(proof.state("dot(w, y) > 0", {opposite: "1"}, [term(first)]))


PROOFS = {"positive unit": positive_unit, "positive slopes": positive_slopes, "no kink": no_kink,
          "opposite samples": opposite_samples}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
