"""Steps about inactive propagation.

Source: paper B, appendix N, (37).
Writing: h: output weight of the unit; r: its value; rest: the other neurons; f, F: an output before and
    after; b1, b2 and c1, c2: beta and gamma of two daughters.
"""

from typing import Any

from symplateau.proof import Proof


def same_output() -> dict[str, Any]:
    proof = Proof("h r rest f F")
    none = proof.assume("none", "h = 0")
    narrow = proof.assume("narrow", "f = rest")
    wide = proof.assume("wide", "F = rest + h*r")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", none: "r"}))


def replication() -> dict[str, Any]:
    # The copy beta w_i without output weights, beside neuron i as it was, is a unit replication.
    proof = Proof("b1 b2 c1 c2")
    old = proof.assume("old", "b1 = 1")
    all_of_it = proof.assume("all of it", "c1 = 1")
    none = proof.assume("none", "c2 = 0")
    return proof.qed(proof.state("b1*c1 + b2*c2 = 1", {old: "c1", all_of_it: "1", none: "b2"}))


PROOFS = {"same output": same_output, "replication": replication}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
