"""Steps of Figure 2: how the conditions on the parent neuron are nested.

Source: paper A, Figure 2, its caption, and the sentences of section 4.1 around it.
Writing: a: a vector; x, y: its entries; h: a'H_r a with H_r = diag(1, 0).
"""

from typing import Any

from symplateau.proof import Proof


def semidefinite() -> dict[str, Any]:
    # H_r = diag(1, 0): not 0, and neither definite nor indefinite.
    proof = Proof("x y h")
    proof.assume("form", "h = x*x + 0*y*y")
    proof.assume("not zero", "x**2 + y**2 > 0")
    return proof.refuted({"x": "0", "y": "1", "h": "0"}, "h > 0", "0 > h")


PROOFS = {"semidefinite": semidefinite}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
