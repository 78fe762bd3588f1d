"""Steps of the proof that H_i != 0 makes a neuron locally effective, and that a constant neuron is not.

Source: paper A, Definitions 2 and 3, Proposition 2; A.2, (78), (79).
Writing: e: residual; z, s2: sigma, sigma'' at w_i.x; T: sigma near w_i; xj, xl: inputs; v = v_i; g: a
    second derivative of F; H: an entry of H_i; t: a change of v_i; D: change of an output; n = |z|**2; l, L:
    losses before and after.
"""

from typing import Any

from symplateau.proof import Proof


def second_derivatives() -> dict[str, Any]:
    # The unnumbered line after (78): an entry of (11) is v_i times the second derivative of F.
    proof = Proof("v e s2 xj xl g H", indexed="e s2 xj xl")
    entry = proof.assume("entry", "H = v*sum(e*s2*xj*xl)")
    derivative = proof.assume("derivative", "g = sum(e*s2*xj*xl)")
    flat = proof.assume("flat", "g = 0")
    product = proof.state("H = v*g", {entry: "1", derivative: "-v"})
    return proof.qed(product, proof.state("H = 0", {product: "1", flat: "v"}))


def slope() -> dict[str, Any]:
    # (79): what the loss does when v_i moves by t; the derivative at t = 0 is <e, z>.
    proof = Proof("t v e z D n l L", indexed="e z D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = (v + t)*z - v*z")
    size = proof.assume("size", "n = sum(z**2)")
    return proof.qed(proof.state("L - l = t*(sum(e*z) + t*n/2)", {
        after: "1", before: "-1", change: "e + (D + t*z)/2", size: "-t**2/2"}))


def unstationary() -> dict[str, Any]:
    # sigma = 1, one sample, v_i = 1, label 0: locally constant, and effective, at a point that is not
    # stationary.
    proof = Proof("v e z T y", indexed="e z T y")
    proof.assume("constant", "T = z")
    proof.assume("residual", "e = v*z - y")
    return proof.refuted({"v": "1", "e": ["1"], "z": ["1"], "T": ["1"], "y": ["0"]}, "sum(e*T) = 0")


PROOFS = {"second derivatives": second_derivatives, "slope": slope, "unstationary": unstationary}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
