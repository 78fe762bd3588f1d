"""A saddle that gradient flow from vanishing initialization approaches has a neuron whose weights are all 0.

Source: paper B, Corollary 4.7.
Writing: u: the input weights of an escape neuron of the saddle, whose output weight is 0; w, h: its input and
    output weights on the trajectory; k: |w|^2 - h^2, its value at the start; r, a, b: the scale of the start,
    and the start at scale 1; R: the distance of the trajectory from the saddle.
Scope: all sizes, one output, every pair of slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/corollary-4.7"


def start() -> dict[str, Any]:
    # At the start the conserved difference is of second order in the scale.
    proof = Proof("r b k", vectors="a")
    size = proof.assume("start", "k = dot(r*a, r*a) - (r*b)**2")
    return proof.qed(proof.state("k = r**2*(dot(a, a) - b**2)", {size: "1"}))


def near_the_saddle() -> dict[str, Any]:
    # So where h is small, w is, and then u is.
    proof = Proof("h k R", vectors="u w")
    kept = proof.assume("Fact 4.6", "dot(w, w) - h**2 = k")
    near = proof.assume("near", "R**2 >= dot(w - u, w - u) + h**2")
    return proof.qed(proof.state("2*k + 2*R**2 >= dot(u, u)", {kept: "-2"}, [
        term(near, coefficient="2"), term(square="2*w - u")]))


def prove() -> list[dict[str, Any]]:
    return [start(), near_the_saddle()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
