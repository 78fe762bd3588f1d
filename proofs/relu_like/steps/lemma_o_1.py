"""Steps of appendix O: the matrix F of Fukumizu et al. at a type-1 local minimum.

Source: paper B, appendix O, Lemma O.1, (38)-(41).
Writing: c: the slope of the leg on which a sample lies; e: residuals of output j; r: rho(w.x_k); x: the
    samples; w: input weights; d: d_ji; u: a move of w; R: the value after it.
"""

from typing import Any

from symplateau.proof import Proof, term


def output_weight() -> dict[str, Any]:
    # (39)
    proof = Proof("c e r", vectors="w x d", indexed="c e r x")
    value = proof.assume("value", "r = c*dot(w, x)")
    slope = proof.assume("slope", "dot(w, d) = sum(c*e*dot(w, x))")
    level = proof.assume("level", "sum(e*r) = 0")
    return proof.qed(proof.state("dot(w, d) = 0", {slope: "1", value: "-e", level: "1"}))


def one_leg() -> dict[str, Any]:
    # Without kinks the value is linear in a small move: a positive pre-activation stays positive.
    proof = Proof("c r R", vectors="w u x")
    here = proof.assume("here", "r = c*dot(w, x)")
    there = proof.assume("there", "R = c*dot(w + u, x)")
    small = proof.assume("small", "dot(w, x) > -1*dot(u, x)")
    return proof.qed(proof.state("R = r + c*dot(u, x)", {there: "1", here: "-1"}),
                     proof.state("dot(w + u, x) > 0", {}, [term(small)]))


PROOFS = {"output weight": output_weight, "one leg": one_leg}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
