"""Splitting the last neuron is splitting any neuron.

Swapping two neurons changes neither the outputs nor any distance between weights. So every result about the
split of the last neuron is a result about the split of each neuron, wherever its daughters stand.

Source: paper A, section 3.2, after Definition 1.
Writing: v, z: output weights and hidden values of the neurons; d, D: marks of two neurons; vs, zs and vr,
    zr: their values; V, Z: after these two have been swapped; u, U: the same of a second point; f, F:
    outputs; rest: what the neurons without the mark d add.
Scope: all sizes, every activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/section-3/any-neuron"


def marked_neuron() -> dict[str, Any]:
    # A neuron at any place, marked d, and the rest: all that the proofs about splitting use of the others.
    proof = Proof("v z d vs zs rest f", indexed="v z d")
    single = proof.assume("single", "sum(d) = 1")
    output = proof.assume("output", "d*v = d*vs")
    hidden = proof.assume("hidden", "d*z = d*zs")
    others = proof.assume("others", "rest = sum((1 - d)*v*z)")
    narrow = proof.assume("narrow", "f = sum(v*z)")
    return proof.qed(proof.state("f = rest + vs*zs", {
        narrow: "1", others: "-1", output: "z", hidden: "vs", single: "vs*zs"}))


def swap() -> dict[str, Any]:
    # Two neurons, marked d and D, change places.
    proof = Proof("v z V Z d D vs vr zs zr f F", indexed="v z V Z d D")
    one_d = proof.assume("one d", "sum(d) = 1")
    one_D = proof.assume("one D", "sum(D) = 1")
    mark_d = proof.assume("mark d", "d*d = d")
    mark_D = proof.assume("mark D", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    first_v = proof.assume("output d", "d*v = d*vs")
    last_v = proof.assume("output D", "D*v = D*vr")
    first_z = proof.assume("hidden d", "d*z = d*zs")
    last_z = proof.assume("hidden D", "D*z = D*zr")
    outputs = proof.assume("outputs", "V = v + (D - d)*(vs - vr)")
    hidden = proof.assume("hidden", "Z = z + (D - d)*(zs - zr)")
    before = proof.assume("before", "f = sum(v*z)")
    after = proof.assume("after", "F = sum(V*Z)")

    # Finite sums do not know the order of their terms.
    gap, both = "(zs - zr)", "(vs - vr)*(zs - zr)"
    return proof.qed(proof.state("F = f", {
        after: "1", before: "-1", outputs: "Z", hidden: "v + (D - d)*(vs - vr)",
        last_v: gap, first_v: f"-{gap}", last_z: "vs - vr", first_z: "vr - vs",
        mark_d: both, mark_D: both, apart: f"-2*{both}",
        one_D: f"{both} + vr*{gap} + zr*(vs - vr)", one_d: f"{both} - vs*{gap} - zs*(vs - vr)"}))


def swap_distance() -> dict[str, Any]:
    # The same swap at two points: entry by entry of the weights, their distance stays.
    proof = Proof("v u V U d D vs vr us ur", indexed="v u V U d D")
    one_d = proof.assume("one d", "sum(d) = 1")
    one_D = proof.assume("one D", "sum(D) = 1")
    mark_d = proof.assume("mark d", "d*d = d")
    mark_D = proof.assume("mark D", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    here_d = proof.assume("here d", "d*(v - u) = d*(vs - us)")
    here_D = proof.assume("here D", "D*(v - u) = D*(vr - ur)")
    one = proof.assume("one", "V = v + (D - d)*(vs - vr)")
    other = proof.assume("other", "U = u + (D - d)*(us - ur)")
    gap = "(vs - us - vr + ur)"
    factor = f"V - U + v - u + (D - d)*{gap}"
    return proof.qed(proof.state("sum((V - U)**2) = sum((v - u)**2)", {
        one: factor, other: f"-({factor})", here_D: f"2*{gap}", here_d: f"-2*{gap}",
        mark_d: f"{gap}**2", mark_D: f"{gap}**2", apart: f"-2*{gap}**2",
        one_D: f"{gap}**2 + 2*(vr - ur)*{gap}", one_d: f"{gap}**2 - 2*(vs - us)*{gap}"}))


def prove() -> list[dict[str, Any]]:
    return [marked_neuron(), swap(), swap_distance()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
