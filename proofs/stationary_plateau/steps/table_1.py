"""Steps of Table 1 and of the text above it.

Source: paper A, Table 1, and the paragraph before it.
Writing: x, w, y, e, s: input, input weight, label, residual and hidden value of one sample; c: half the
    distance of two labels; F: sum_k e_k sigma(w.x_k).
"""

from typing import Any

from symplateau.proof import Proof


def constant_parent() -> dict[str, Any]:
    # sigma = t**2, one sample x = 0, y = 1: the loss is 1/2 everywhere, every neuron is constant.
    proof = Proof("x w y s e F")
    proof.assume("input", "x = 0")
    proof.assume("hidden value", "s = (w*x)**2")
    proof.assume("residual", "e = s - y")
    proof.assume("loss", "e**2/2 > 0")
    proof.assume("product", "F = e*s")
    return proof.refuted({"x": "0", "w": "1", "y": "1", "s": "0", "e": "-1", "F": "0"}, "F**2 > 0")


def twins() -> dict[str, Any]:
    # Every input twice, with residuals c and -c: F = 0 at all input weights, whatever sigma is.
    proof = Proof("c s F", indexed="c s")
    product = proof.assume("product", "F = sum(c*s + (-c)*s)")
    return proof.qed(proof.state("F = 0", {product: "1"}))


PROOFS = {"constant parent": constant_parent, "twins": twins}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
