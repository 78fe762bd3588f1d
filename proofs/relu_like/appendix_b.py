"""One-sided derivatives with several hidden layers: the chain of slopes, propagated back.

One neuron of one layer moves along a direction. Near the start every pre-activation of every later layer is
linear in the time, and the loss is a polynomial of degree 2.

Source: paper B, appendix B.
Writing: a, b: the slopes alpha+ and alpha-; t: a small time; n, d, N: a pre-activation, its slope and its
    later value; x, R, X: those of the hidden value, rho of n; k: the slope of the side of N; p, q, P, Q:
    positive and negative parts of d and t d at a kink; w: a weight between two layers; v, r: a row of
    weights and the slopes of the layer below, as vectors; h, g: output weights and their moves; c, C: what
    is propagated back, of the layer above and below; f, F: outputs; e, E, A: residuals and the slopes of the
    outputs; l, L: losses.
Scope: all sizes, all slopes, any number of layers; kinks included.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-b"


def leg() -> dict[str, Any]:
    # Off the kink a small change stays on its leg.
    proof = Proof("k t n d N x X")
    here = proof.assume("here", "x = k*n")
    there = proof.assume("there", "X = k*N")
    moved = proof.assume("moved", "N = n + t*d")
    return proof.qed(proof.state("X = x + t*(k*d)", {there: "1", here: "-1", moved: "k"}))


def kink() -> dict[str, Any]:
    # At the kink n = 0, N = t d with the parts t p and t q; k is the slope of the side of N, and anything
    # where d = 0, for instance the 0 of the paper.
    proof = Proof("a b k t p q P Q d X")
    time = proof.assume("time", "t >= 0")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    parts = proof.assume("parts", "d = p - q")
    up = proof.assume("part above", "P = t*p")
    down = proof.assume("part below", "Q = t*q")
    value = proof.assume("value", "X = a*P - b*Q")
    upper = proof.assume("upper side", "k*p = a*p")
    lower = proof.assume("lower side", "k*q = b*q")
    return proof.qed(
        proof.state("P >= 0", {up: "1"}, [term(time, above)]),
        proof.state("Q >= 0", {down: "1"}, [term(time, below)]),
        proof.state("X = t*(k*d)", {
            value: "1", up: "a", down: "-b", upper: "-t", lower: "t", parts: "-t*k"}))


def layer() -> dict[str, Any]:
    # The slopes go up a layer through the weights.
    proof = Proof("w x R X t n N", indexed="w x R X")
    here = proof.assume("here", "n = sum(w*x)")
    there = proof.assume("there", "N = sum(w*X)")
    moved = proof.assume("moved", "X = x + t*R")
    return proof.qed(proof.state("N = n + t*sum(w*R)", {there: "1", here: "-1", moved: "w"}))


def back() -> dict[str, Any]:
    # Propagated back, C = W' diag(k) c, they have the same product with what is propagated.
    proof = Proof("k d R c", vectors="v r C", indexed="k d R c v")
    below = proof.assume("propagated", "dot(C, r) = sum(c*k*dot(v, r))")
    slope = proof.assume("slope", "d = dot(v, r)")
    side = proof.assume("side", "R = k*d")
    return proof.qed(proof.state("sum(c*R) = dot(C, r)", {below: "-1", slope: "c*k", side: "c"}))


def output() -> dict[str, Any]:
    # The last layer: what is propagated back starts from the output weights.
    proof = Proof("h x R X t f F", indexed="h x R X")
    here = proof.assume("here", "f = sum(h*x)")
    there = proof.assume("there", "F = sum(h*X)")
    moved = proof.assume("moved", "X = x + t*R")
    return proof.qed(proof.state("F = f + t*sum(h*R)", {there: "1", here: "-1", moved: "h"}))


def output_weights() -> dict[str, Any]:
    # B.1: when the output weights move by g, the outputs are linear in t.
    proof = Proof("h g x t f F", indexed="h g x")
    here = proof.assume("here", "f = sum(h*x)")
    there = proof.assume("there", "F = sum((h + t*g)*x)")
    return proof.qed(proof.state("F = f + t*sum(g*x)", {there: "1", here: "-1"}))


def loss() -> dict[str, Any]:
    # The slope of the loss is sum(e A).
    proof = Proof("e A E t l L", indexed="e A E")
    here = proof.assume("here", "l = sum(e**2)/2")
    there = proof.assume("there", "L = sum(E**2)/2")
    moved = proof.assume("moved", "E = e + t*A")
    return proof.qed(proof.state("L = l + t*sum(e*A) + t**2*sum(A**2)/2", {
        there: "1", here: "-1", moved: "(E + e + t*A)/2"}))


def prove() -> list[dict[str, Any]]:
    return [leg(), kink(), layer(), back(), output(), output_weights(), loss()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
