"""The printed statements around Corollary 4.4.

Source: paper B, section 4.1, Remark 4.5, appendix F.2, Remark F.2.
Writing: h, u: output weight of a neuron and its move; P: positive part of a pre-activation after the move;
    a: the slope of the positive leg, the other is 0; Z: value at a sample; y: label; l, L: losses.
"""

from typing import Any

from symplateau.proof import Proof


def dead_network() -> dict[str, Any]:
    # One ReLU neuron that is inactive at every sample, before and after any small move: L stays.
    proof = Proof("a h u P Z y l L", indexed="P Z y")
    inactive = proof.assume("inactive", "P = 0")
    value = proof.assume("value", "Z = a*P")
    here = proof.assume("loss", "l = sum(y**2)/2")
    there = proof.assume("moved loss", "L = sum(((h + u)*Z - y)**2)/2")
    zero = proof.state("Z = 0", {value: "1", inactive: "a"})
    return proof.qed(proof.state("L = l", {
        there: "1", here: "-1", zero: "(h + u)*((h + u)*Z - 2*y)/2"}))


PROOFS = {"dead network": dead_network}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
