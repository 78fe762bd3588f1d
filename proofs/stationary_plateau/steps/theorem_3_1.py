"""Steps of the proof that splitting a locally effective neuron can make a saddle.

Source: paper A, Theorem 3, first conclusion; 6.3.1, (54)-(60).
Writing: a: alpha; u: the move of the daughter's input weights, or her output weight; delta: a radius; d: a
    squared distance; lam = lambda_0; v: narrow v_r, or a weight that stays; V: the same weight after; z, T:
    hidden values before and after; e: residual; p: sigma at (w_r + u0).x; D: change of an output; g = <e,
    p>; n = |p|**2, i = 1/n; l, L: losses before and after.
"""

from typing import Any

from symplateau.proof import Proof, term


def idle_daughter() -> dict[str, Any]:
    proof = Proof("lam v u")
    zero = proof.assume("zero", "lam = 0")
    share = proof.assume("share", "u = lam*v")
    return proof.qed(proof.state("u = 0", {share: "1", zero: "v"}))


def inside() -> dict[str, Any]:
    proof = Proof("a delta d", vectors="u")
    small = proof.assume("small", "delta**2 - dot(u, u) > a**2")
    length = proof.assume("length", "d = a**2 + dot(u, u)")
    return proof.qed(proof.state("delta**2 > d", {length: "-1"}, [term(small)]))


def unmoved() -> dict[str, Any]:
    proof = Proof("v V z T D")
    output = proof.assume("output", "V = v")
    hidden = proof.assume("hidden", "T = z")
    change = proof.assume("change", "D = V*T - v*z")
    return proof.qed(proof.state("D = 0", {change: "1", output: "T", hidden: "v"}))


def expansion() -> dict[str, Any]:
    # (58), first line: (20), where only one neuron moves.
    proof = Proof("e D l L", indexed="e D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    return proof.qed(proof.state("L - l = sum(D**2)/2 + sum(e*D)", {after: "1", before: "-1"}))


def no_slope() -> dict[str, Any]:
    proof = Proof("e p g", indexed="e p")
    zero = proof.assume("zero", "p = 0")
    slope = proof.assume("slope", "g = sum(e*p)")
    return proof.qed(proof.state("g = 0", {slope: "1", zero: "e"}))


def negative_step() -> dict[str, Any]:
    # (59): both ends of the maximum are negative, so there are such alpha.
    proof = Proof("a g n i l L")
    change = proof.assume("change", "L - l = a*(g + a*n/2)")
    slope = proof.assume("slope", "g > 0")
    size = proof.assume("size", "n > 0")
    inverse = proof.assume("inverse", "n*i = 1")
    positive = proof.assume("positive", "i > 0")
    above = proof.assume("above", "a > -2*g*i")
    below = proof.assume("below", "0 > a")
    end = proof.state("0 > -2*g*i", {}, [term(slope, positive, coefficient="2")])
    enough = proof.state("2*g + a*n > 0", {inverse: "-2*g"}, [term(above, size)])
    return proof.qed(end, proof.state("l > L", {change: "-1"}, [term(below, enough, coefficient="1/2")]))


def positive_step() -> dict[str, Any]:
    # (60), likewise.
    proof = Proof("a g n i l L")
    change = proof.assume("change", "L - l = a*(g + a*n/2)")
    slope = proof.assume("slope", "0 > g")
    size = proof.assume("size", "n > 0")
    inverse = proof.assume("inverse", "n*i = 1")
    positive = proof.assume("positive", "i > 0")
    above = proof.assume("above", "a > 0")
    below = proof.assume("below", "-2*g*i > a")
    end = proof.state("-2*g*i > 0", {}, [term(slope, positive, coefficient="2")])
    enough = proof.state("0 > 2*g + a*n", {inverse: "2*g"}, [term(below, size)])
    return proof.qed(end, proof.state("l > L", {change: "-1"}, [term(above, enough, coefficient="1/2")]))


PROOFS = {
    "idle daughter": idle_daughter, "inside": inside, "unmoved": unmoved, "expansion": expansion,
    "no slope": no_slope, "negative step": negative_step, "positive step": positive_step}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
