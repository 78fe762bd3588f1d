"""The plateau of a local minimum consists of local minima and saddles, that of a saddle of saddles.

If split(theta, lambda) is a local maximum, so is theta; if it is a local minimum, so is theta. A theta that
is both has no output at all near it, and its plateau consists of points where the loss is constant.

Source: paper A, section 4, below Lemma 1, amended.
Writing: l, k: narrow losses at theta and near it; L, K: wide losses at their splits; u, s: output weights and
    hidden values of neurons; f: output; y: label; e: residual; t, z: a change of an output weight and the
    hidden values that it scales; P, Q: losses after this change and after its opposite.
Scope: all sizes, every differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

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


def prove() -> list[dict[str, Any]]:
    return [extremes(), silence(), constant(), same_loss()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
