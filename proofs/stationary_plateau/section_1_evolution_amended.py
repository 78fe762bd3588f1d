"""What widening makes of saddles and of local minima, by what the parent neuron is.

A saddle gives saddles only. A local minimum gives saddles, if the parent neuron is locally effective, and
local minima only, if it is locally constant or if the residual is orthogonal to all that it can compute.

Source: paper A, section 1, the plateau-type evolution law, amended; section 4.1, the gap between the two
    halves of Theorem 3.
Writing: e: residual; u, s: output weights of daughters after a move, and their hidden values; f, rest, F:
    outputs at theta, of the other neurons, and after the move; Y: change of an output; l, L: losses.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/section-1/evolution-amended"


def orthogonal() -> dict[str, Any]:
    # What a network can compute is orthogonal to the residual, if each of its neurons is.
    proof = Proof("u P p", indexed="u P")
    neuron = proof.assume("neuron", "P = 0")
    total = proof.assume("total", "p = sum(u*P)")
    return proof.qed(proof.state("p = 0", {total: "1", neuron: "u"}))


def lowest() -> dict[str, Any]:
    # <e, f> and <e, F> vanish, f and F the outputs before and after.
    proof = Proof("e f F l L", indexed="e f F")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + F - f)**2)/2")
    here = proof.assume("here", "sum(e*f) = 0")
    there = proof.assume("there", "sum(e*F) = 0")
    return proof.qed(proof.state("L >= l", {after: "1", before: "-1", there: "1", here: "-1"}, [
        term(coefficient="1/2", square="F - f")]))


def prove() -> list[dict[str, Any]]:
    return [orthogonal(), lowest()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
