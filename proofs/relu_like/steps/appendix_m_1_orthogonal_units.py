"""Steps about orthogonal units.

Source: paper B, appendix M, M.1, (35).
Writing: h: output weight of the unit; z: its pre-activation; c: the slope of a leg; rest: the other neurons;
    f, F: an output before and after.
"""

from typing import Any

from symplateau.proof import Proof


def same_output() -> dict[str, Any]:
    proof = Proof("h z c rest f F")
    orthogonal = proof.assume("orthogonal", "z = 0")
    narrow = proof.assume("narrow", "f = rest")
    wide = proof.assume("wide", "F = rest + h*(c*z)")
    return proof.qed(proof.state("F = f", {wide: "1", narrow: "-1", orthogonal: "h*c"}))


PROOFS = {"same output": same_output}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
