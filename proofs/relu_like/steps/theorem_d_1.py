"""The printed steps of appendix D, and of the sentence on local maxima in section 3.2.

Source: paper B, appendix D, Theorem D.1, Remark D.2.
Writing: a, b: the slopes alpha+ and alpha-; p, q, s: positive and negative parts of w_i.x_k, and w_i.x_k; i,
    j: inverses of slopes; h, g, z: an output weight, its move and a hidden value; f, F: an output before and
    after; e: residuals; t: a move; l, L: losses; S, C: the first and half the second derivative.
"""

from typing import Any

from symplateau.proof import Proof, term


def first_and_second_derivative() -> dict[str, Any]:
    # The loss is a polynomial of degree 2 in h_ji.
    proof = Proof("e z rest t l L", indexed="e z")
    here = proof.assume("here", "l = rest + sum(e**2)/2")
    there = proof.assume("there", "L = rest + sum((e + t*z)**2)/2")
    return proof.qed(proof.state("L = l + t*sum(e*z) + t**2*sum(z**2)/2", {there: "1", here: "-1"}))


def loss_increasing_path() -> dict[str, Any]:
    # With t of the sign of the first derivative S, or any t if S = 0, the loss is larger.
    proof = Proof("t S C l L")
    path = proof.assume("path", "L = l + t*S + t**2*C")
    upward = proof.assume("upward", "t*S >= 0")
    bend = proof.assume("bend", "C > 0")
    moved = proof.assume("moved", "t**2 > 0")
    return proof.qed(proof.state("L > l", {path: "1"}, [term(upward), term(moved, bend)]))


def dead_region() -> dict[str, Any]:
    # ReLU, and all pre-activations negative, as they stay on a ball: there the output is 0.
    proof = Proof("a b p q h z F", indexed="p q h z")
    down = proof.assume("lower leg", "b = 0")
    negative = proof.assume("negative", "p = 0")
    hidden = proof.assume("hidden", "z = a*p - b*q")
    output = proof.assume("output", "F = sum(h*z)")
    return proof.qed(proof.state("F = 0", {output: "1", hidden: "h", negative: "h*a", down: "-sum(h*q)"}))


def both_legs() -> dict[str, Any]:
    # If neither slope is 0, rho vanishes at 0 only: at a local maximum every w_i is orthogonal to every x_k.
    proof = Proof("a b i j p q s")
    upper = proof.assume("upper leg", "a*i = 1")
    lower = proof.assume("lower leg", "b*j = 1")
    silent = proof.assume("silent", "a*p - b*q = 0")
    one = proof.assume("one of them", "p*q = 0")
    value = proof.assume("pre-activation", "s = p - q")
    above = proof.state("p**2 = 0", {upper: "-p**2", silent: "i*p", one: "b*i"})
    below = proof.state("q**2 = 0", {lower: "-q**2", silent: "-j*q", one: "a*j"})
    return proof.qed(proof.state("s**2 = 0", {value: "s + p - q", above: "1", below: "1", one: "-2"}))


def not_strict() -> dict[str, Any]:
    # Where all hidden values are 0 the output weights move without any effect.
    proof = Proof("h g z f F", indexed="h g z")
    silent = proof.assume("silent", "z = 0")
    here = proof.assume("here", "f = sum(h*z)")
    there = proof.assume("there", "F = sum((h + g)*z)")
    return proof.qed(proof.state("F = f", {there: "1", here: "-1", silent: "g"}))


PROOFS = {
    "first and second derivative": first_and_second_derivative,
    "loss-increasing path": loss_increasing_path,
    "dead region": dead_region,
    "both legs": both_legs,
    "not strict": not_strict,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
