"""For a strictly convex loss, at a local maximum the last hidden layer is silent on all samples.

Whatever the width and the depth: a move of one output weight, to and fro, would raise the loss otherwise.

Source: paper A, section 4, below Lemma 1, and Appendix A.3, amended.
Writing: k, P, Q: what a sample adds to the loss, at the point, after a move of an output weight by t and
    after its opposite; L, U, D: these losses; d: what strict convexity gains at the sample; u, z: output
    weights and values of the last hidden layer; f: output.
Scope: all sizes and depths, every loss that is a sum over samples of strictly convex functions of the output.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/appendix-a.3/other-losses-amended"


def midpoint() -> dict[str, Any]:
    # The output at the sample moves by t z and by -t z: its loss is less than the mean of the two, by d/2.
    proof = Proof("k P Q d L U D", indexed="k P Q d")
    gain = proof.assume("gain", "P + Q - 2*k >= d")
    here = proof.assume("here", "L = sum(k)")
    forth = proof.assume("forth", "U = sum(P)")
    back = proof.assume("back", "D = sum(Q)")
    above = proof.assume("above forth", "L >= U")
    above_back = proof.assume("above back", "L >= D")

    # At a local maximum none of the two is larger, so there is no gain.
    return proof.qed(proof.state("0 >= sum(d)", {here: "-2", forth: "1", back: "1"}, [
        term(gain), term(above), term(above_back)]))


def outputs() -> dict[str, Any]:
    proof = Proof("u z f", indexed="u z")
    silent = proof.assume("silent", "z = 0")
    output = proof.assume("output", "f = sum(u*z)")
    return proof.qed(proof.state("f = 0", {output: "1", silent: "u"}))


def prove() -> list[dict[str, Any]]:
    return [midpoint(), outputs()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
