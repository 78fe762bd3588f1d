"""The plateau of a local minimum consists of local minima and saddles, that of a saddle of saddles.

If split(theta, lambda) is a local maximum, so is theta; if it is a local minimum, so is theta. A theta that
is both has no output at all near it, and its plateau consists of points where the loss is constant. A split
of a local maximum with positive coefficients is one, for the loss is convex in the outputs.

Source: paper A, section 4, below Lemma 1, amended.
Writing: l, k: narrow losses at theta and near it; L, K: wide losses at their splits; u, s: output weights and
    hidden values of neurons; f: output; y: label; e: residual; t, z: a change of an output weight and the
    hidden values that it scales; P, Q: losses after this change and after its opposite; V, i: the sum of the
    daughters' output weights, and its inverse; p, T: a daughter's share of it, and her hidden value; F:
    output of the narrow network with V and her input weights; g: output of the wide one.
Scope: all sizes, every differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/section-4/trichotomy-amended"


def extremes() -> dict[str, Any]:
    # Narrow points near theta have splits near split(theta, lambda), with their losses.
    proof = Proof("l k L K")
    here = proof.assume("here", "L = l")
    there = proof.assume("there", "K = k")

    # So where no wide loss nearby is larger, none of the narrow ones is; and the same with smaller ones.
    return proof.qed(proof.state("l - k = L - K", {here: "-1", there: "1"}))


def silence() -> dict[str, Any]:
    # Where the narrow loss is constant, moving an output weight to and fro changes nothing.
    proof = Proof("t i k P Q e z", indexed="e z")
    middle = proof.assume("middle", "k = sum(e**2)/2")
    up = proof.assume("up", "P = sum((e + t*z)**2)/2")
    down = proof.assume("down", "Q = sum((e - t*z)**2)/2")
    same_up = proof.assume("same up", "P = k")
    same_down = proof.assume("same down", "Q = k")
    inverse = proof.assume("inverse", "t**2*i = 1")
    return proof.qed(proof.state("sum(z**2) = 0", {
        middle: "2*i", up: "-i", down: "-i", same_up: "i", same_down: "i", inverse: "-sum(z**2)"}))


def constant() -> dict[str, Any]:
    # So near the split point every hidden value is 0, and the outputs are.
    proof = Proof("u s f", indexed="u s")
    hidden = proof.assume("hidden", "s = 0")
    output = proof.assume("output", "f = sum(u*s)")
    return proof.qed(proof.state("f = 0", {output: "1", hidden: "u"}))


def same_loss() -> dict[str, Any]:
    proof = Proof("f y L l", indexed="f y")
    nothing = proof.assume("nothing", "f = 0")
    loss = proof.assume("loss", "L = sum((f - y)**2)/2")
    here = proof.assume("here", "l = sum(y**2)/2")
    return proof.qed(proof.state("L = l", {loss: "1", here: "-1", nothing: "f/2 - y"}))


def mixture() -> dict[str, Any]:
    # Daughters of one sign: the wide output is a mean of narrow ones, each with the weights of one daughter.
    proof = Proof("u T V i p rest F g", indexed="u T p F")
    total = proof.assume("sum", "V = sum(u)")
    inverse = proof.assume("inverse", "V*i = 1")
    shares = proof.assume("shares", "p = u*i")
    narrow = proof.assume("narrow", "F = rest + V*T")
    wide = proof.assume("wide", "g = rest + sum(u*T)")
    one = proof.state("sum(p) = 1", {shares: "1", total: "-i", inverse: "1"})
    return proof.qed(one, proof.state("g = sum(p*F)", {
        wide: "1", narrow: "-p", one: "-rest", shares: "-(V*T)", inverse: "-sum(u*T)"}))


def convexity() -> dict[str, Any]:
    # The loss at a mean is at most the mean of the losses, and so at most l.
    proof = Proof("p l L", vectors="F g y", indexed="p F")
    one, positive = proof.assume("one", "sum(p) = 1"), proof.assume("positive", "p > 0")
    mean = proof.assume("mean", "dot(g, g) = sum(p*dot(F, g))")
    labels = proof.assume("mean at the labels", "dot(g, y) = sum(p*dot(F, y))")
    highest = proof.assume("highest", "l >= dot(F - y, F - y)/2")
    wide = proof.assume("wide", "L = dot(g - y, g - y)/2")
    return proof.qed(proof.state("l >= L", {
        wide: "-1", mean: "-1", labels: "1", one: "-l - dot(g, g)/2 + dot(y, y)/2"}, [
        term(positive, highest), term(positive, coefficient="1/2", square="F - g")]))


def prove() -> list[dict[str, Any]]:
    return [extremes(), silence(), constant(), same_loss(), mixture(), convexity()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
