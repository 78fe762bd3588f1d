"""The printed steps of the proof of Theorem 4.

Source: paper A, section 6.4; (68)-(72).
Writing: lam: coefficients; v, w, dv, dw, a: output and input weights of the parent and their moves; u, du:
    the daughters' output weights and their moves; z, t: hidden values of the parent and of the daughters
    after the move; rest: what the other neurons add, or their squared moves; b, B: squared lengths of the
    narrow and of the copied move, in output weights or in input weights; N: number of daughters; C: a
    constant; d: a radius; f, F: outputs; y: a label; l, L: losses.
"""

from typing import Any

from symplateau.proof import Proof, term


def small_coefficients() -> dict[str, Any]:
    # (69a): two daughters of coefficient 1/2, and only the output weight of another neuron moves.
    proof = Proof("lam dv other rest b B", indexed="lam")
    proof.assume("one", "sum(lam) = 1")
    proof.assume("others", "rest = other**2")
    proof.assume("narrow", "b = rest + dv**2")
    proof.assume("wide", "B = rest + sum((lam*dv)**2)")
    return proof.refuted({
        "lam": ["1/2", "1/2"], "dv": "0", "other": "1", "rest": "1", "b": "1", "B": "1"},
        "sum(lam**2)*b >= B")


def output_moves() -> dict[str, Any]:
    # (69a) with the larger of 1 and |lambda|^2.
    proof = Proof("lam dv rest b B C", indexed="lam")
    others = proof.assume("others", "rest >= 0")
    narrow = proof.assume("narrow", "b = rest + dv**2")
    wide = proof.assume("wide", "B = rest + sum((lam*dv)**2)")
    unit = proof.assume("unit", "C >= 1")
    norm = proof.assume("norm", "C >= sum(lam**2)")
    return proof.qed(proof.state("C*b >= B", {narrow: "C", wide: "-1"}, [
        term(unit, others), term(norm, square="dv")]))


def hidden_moves() -> dict[str, Any]:
    # (69b): every daughter makes the parent's move.
    proof = Proof("N rest b B", vectors="a")
    others = proof.assume("others", "rest >= 0")
    count = proof.assume("daughters", "N = sum(1)")
    several = proof.assume("several", "N >= 1")
    narrow = proof.assume("narrow", "b = rest + dot(a, a)")
    wide = proof.assume("wide", "B = rest + sum(dot(a, a))")
    same = proof.state("B = rest + N*dot(a, a)", {wide: "1", count: "-dot(a, a)"})
    return proof.qed(same, proof.state("N*b >= B", {narrow: "N", same: "-1"}, [term(several, others)]))


def shifted_center() -> dict[str, Any]:
    # One neuron v = 4, w = 0, four daughters of coefficient 1/4, so C = 2: the center of B(theta/2, 1/2).
    proof = Proof("lam v w dv dw C i d B", indexed="lam")
    proof.assume("one", "sum(lam) = 1")
    proof.assume("C is the root of the number of daughters", "C**2 = sum(1)")
    proof.assume("C is at least the norm", "C**2 >= sum(lam**2)")
    proof.assume("inverse", "C*i = 1")
    proof.assume("C is positive", "C > 0")
    proof.assume("radius", "d > 0")
    proof.assume("in the printed ball", "d**2 > (v + dv - v*i)**2 + (w + dw - w*i)**2")
    proof.assume("copy", "B = sum((lam*dv)**2) + sum(dw**2)")
    return proof.refuted({
        "lam": ["1/4", "1/4", "1/4", "1/4"], "v": "4", "w": "0", "dv": "-2", "dw": "0", "C": "2", "i": "1/2",
        "d": "1/2", "B": "1"}, "d**2 > B")


def ball() -> dict[str, Any]:
    # What is meant: a narrow move shorter than d/C has a copy shorter than d.
    proof = Proof("b B C d")
    copy = proof.assume("(69)", "C**2*b >= B")
    near = proof.assume("near", "d**2 > C**2*b")
    return proof.qed(proof.state("d**2 > B", {}, [term(near), term(copy)]))


def outputs_of_the_copy() -> dict[str, Any]:
    # (70), line by line.
    proof = Proof("lam u du t v dv z rest f F", indexed="lam u du t")
    one = proof.assume("one", "sum(lam) = 1")
    output = proof.assume("(8c)", "u = lam*v")
    change = proof.assume("(68b), output", "du = lam*dv")
    hidden = proof.assume("(68b), hidden", "t = z")
    narrow = proof.assume("narrow", "f = rest + (v + dv)*z")
    wide = proof.assume("(70a)", "F = rest + sum((u + du)*t)")
    split = proof.state("F = rest + sum((lam*v + du)*t)", {wide: "1", output: "t"})
    copied = proof.state("F = rest + sum(lam*(v + dv)*z)", {
        split: "1", change: "t", hidden: "lam*(v + dv)"})
    added = proof.state("F = rest + (v + dv)*z", {copied: "1", one: "(v + dv)*z"})
    return proof.qed(split, copied, added, proof.state("F = f", {added: "1", narrow: "-1"}))


def loss_at_the_wrong_point() -> dict[str, Any]:
    # (71): sigma(t) = t, one sample x = 1, y = 1, the saddle v = w = 0, split in halves; v, w move by 1/2.
    proof = Proof("lam v w dv dw y f F L", indexed="lam")
    proof.assume("one", "sum(lam) = 1")
    proof.assume("output at the split point", "f = sum(lam*v*w)")
    proof.assume("output at the copy", "F = sum(lam*(v + dv)*(w + dw))")
    proof.assume("loss at the split point", "L = (f - y)**2/2")
    return proof.refuted({
        "lam": ["1/2", "1/2"], "v": "0", "w": "0", "dv": "1/2", "dw": "1/2", "y": "1", "f": "0", "F": "1/4",
        "L": "1/2"}, "L = (F - y)**2/2")


def loss_at_the_copy() -> dict[str, Any]:
    # (71) with theta' on the left: outputs that agree at every sample give equal losses.
    proof = Proof("y f F l L", indexed="y f F")
    same = proof.assume("(70)", "F = f")
    narrow = proof.assume("narrow", "l = sum((f - y)**2)/2")
    wide = proof.assume("wide", "L = sum((F - y)**2)/2")
    return proof.qed(proof.state("L = sum((f - y)**2)/2", {wide: "1", same: "(F + f - 2*y)/2"}),
                     proof.state("L = l", {wide: "1", narrow: "-1", same: "(F + f - 2*y)/2"}))


def no_inequality() -> dict[str, Any]:
    # (72): Proposition 1 does not say which loss is smaller. The same saddle; v, w move by 1/2 and -1/2.
    proof = Proof("v w dv dw y l0 l1 L0 L1")
    proof.assume("narrow", "l0 = (v*w - y)**2/2")
    proof.assume("narrow, moved", "l1 = ((v + dv)*(w + dw) - y)**2/2")
    proof.assume("Proposition 1", "L0 = l0")
    proof.assume("(71)", "L1 = l1")
    return proof.refuted({
        "v": "0", "w": "0", "dv": "1/2", "dw": "-1/2", "y": "1", "l0": "1/2", "l1": "25/32", "L0": "1/2",
        "L1": "25/32"}, "l0 > l1")


PROOFS = {
    "small coefficients": small_coefficients,
    "output moves": output_moves,
    "hidden moves": hidden_moves,
    "shifted center": shifted_center,
    "ball": ball,
    "outputs of the copy": outputs_of_the_copy,
    "loss at the wrong point": loss_at_the_wrong_point,
    "loss at the copy": loss_at_the_copy,
    "no inequality": no_inequality,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
