"""Steps of the proof that splitting a locally constant neuron gives local minima only.

Source: paper A, Theorem 3, second conclusion; 6.3.2, (61)-(67).
Writing: e: residual; z, T: hidden values of a neuron before and after; v, u: narrow and wide output weight;
    dv, du: their changes; lam: coefficients; d, D: what one neuron changes of an output, in the narrow and
    in the wide network; A: what the other neurons change; s = sum du, m its mean, N: how many daughters; b,
    B: squared lengths; a: moves of input weights; l, k, L0, L: narrow and wide losses, before and after.
"""

from typing import Any

from symplateau.proof import Proof, term


def hidden_moves() -> dict[str, Any]:
    # w_r stays in the narrow network, so its input weights move no further.
    proof = Proof("rest b B", vectors="a", indexed="a")
    narrow = proof.assume("narrow", "b = rest")
    wide = proof.assume("wide", "B = rest + sum(dot(a, a))")
    return proof.qed(proof.state("B >= b", {wide: "1", narrow: "-1"}, [term(square="a")]))


def output_moves() -> dict[str, Any]:
    # (63), both inequalities.
    proof = Proof("du s m N rest b B", indexed="du")
    total = proof.assume("total", "s = sum(du)")
    count = proof.assume("count", "N = sum(1)")
    some = proof.assume("some", "N >= 1")
    mean = proof.assume("mean", "s = m*N")
    others = proof.assume("others", "rest >= 0")
    narrow = proof.assume("narrow", "b = rest + s**2")
    wide = proof.assume("wide", "B = rest + sum(du**2)")
    more = proof.state("N > 0", {}, [term(some), term()])
    first = proof.state("rest + N*sum(du**2) >= b", {
        narrow: "-1", total: "-2*N*m", count: "N*m**2", mean: "N*m - s"}, [term(more, square="du - m")])
    return proof.qed(first, proof.state("N*B >= b", {wide: "N"}, [term(first), term(some, others)]))


def equal_moves() -> dict[str, Any]:
    # (63) is sharp: two daughters that move alike.
    proof = Proof("du s N rest b B", indexed="du")
    proof.assume("total", "s = sum(du)")
    proof.assume("count", "N = sum(1)")
    proof.assume("narrow", "b = rest + s**2")
    proof.assume("wide", "B = rest + sum(du**2)")
    return proof.refuted({"du": ["1", "1"], "s": "2", "N": "2", "rest": "0", "b": "4", "B": "2"}, "N*B > b")


def others_alike() -> dict[str, Any]:
    proof = Proof("v dv u du z T x S d D")
    output = proof.assume("output", "u = v")
    change = proof.assume("change", "du = dv")
    hidden = proof.assume("hidden", "x = z")
    moved = proof.assume("moved", "S = T")
    narrow = proof.assume("narrow", "d = (v + dv)*T - v*z")
    wide = proof.assume("wide", "D = (u + du)*S - u*x")
    return proof.qed(proof.state("D = d", {
        wide: "1", narrow: "-1", output: "S - x", change: "S", moved: "v + dv", hidden: "-v"}))


def daughters() -> dict[str, Any]:
    # (65): by Definition 1, and because the hidden value stays.
    proof = Proof("lam v u du z x T D")
    share = proof.assume("share", "u = lam*v")
    same = proof.assume("same", "x = z")
    constant = proof.assume("constant", "T = z")
    change = proof.assume("change", "D = (u + du)*T - u*x")
    split = proof.state("D = (lam*v + du)*T - lam*v*z", {change: "1", share: "T - x", same: "-lam*v"})
    return proof.qed(split, proof.state("D = du*z", {split: "1", constant: "lam*v + du"}))


def no_slope() -> dict[str, Any]:
    proof = Proof("du e z D", indexed="e z D")
    change = proof.assume("change", "D = du*z")
    stationary = proof.assume("stationary", "sum(e*z) = 0")
    return proof.qed(proof.state("sum(e*D) = 0", {change: "e", stationary: "du"}))


def parent() -> dict[str, Any]:
    # (66a).
    proof = Proof("du v dv z T d", indexed="du")
    still = proof.assume("still", "T = z")
    total = proof.assume("total", "dv = sum(du)")
    change = proof.assume("change", "d = (v + dv)*T - v*z")
    first = proof.state("d = dv*z", {change: "1", still: "v + dv"})
    return proof.qed(first, proof.state("d = sum(du*z)", {first: "1", total: "z"}))


def chain() -> dict[str, Any]:
    # (67), line by line: S is what all daughters change, and the parent as well.
    proof = Proof("e A S D d l k L0 L", indexed="e A S D d")
    wide_before = proof.assume("wide before", "L0 = sum(e**2)/2")
    wide_after = proof.assume("wide after", "L = sum((e + D)**2)/2")
    narrow_before = proof.assume("narrow before", "l = sum(e**2)/2")
    narrow_after = proof.assume("narrow after", "k = sum((e + d)**2)/2")
    wide = proof.assume("wide", "D = A + S")
    narrow = proof.assume("narrow", "d = A + S")
    stationary = proof.assume("stationary", "sum(e*S) = 0")
    a = proof.state("L - L0 = sum(D**2)/2 + sum(e*D)", {wide_after: "1", wide_before: "-1"})
    b = proof.state("L - L0 = sum((A + S)**2)/2 + sum(e*A)", {
        a: "1", wide: "(D + A + S)/2 + e", stationary: "1"})
    c = proof.state("L - L0 = sum(d**2)/2 + sum(e*d)", {
        b: "1", narrow: "-(d + A + S)/2 - e", stationary: "-1"})
    return proof.qed(a, b, c, proof.state("L - L0 = k - l", {
        c: "1", narrow_after: "-1", narrow_before: "1"}))


PROOFS = {
    "hidden moves": hidden_moves, "output moves": output_moves, "equal moves": equal_moves,
    "others alike": others_alike, "daughters": daughters, "no slope": no_slope, "parent": parent,
    "chain": chain}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
