"""Gradient flow keeps |w_i|^2 - sum_j h_ji^2 for every neuron; one step of gradient descent does not.

Source: paper B, Fact 4.6.
Writing: w, h: input and output weights of a neuron; p, q: positive and negative part of w.x_k; z =
    rho(w.x_k); s: the slope of rho there, any number at the kink; e: residuals; c: sum_k e_k z_k for one
    output; W, H: velocities of w and h; D: the velocity of the difference; k: the difference; n, m: |w| and
    |h|; r: step size; a, b: gradients in w and in the h.
Scope: all sizes, any number of outputs, every pair of slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/fact-4.6"


def radial_part() -> dict[str, Any]:
    # rho'(s) s = rho(s), whatever is chosen for rho'(0): at the kink both sides are 0.
    proof = Proof("alpha beta s e p q z c", vectors="w x", indexed="s e p q z x")
    parts = proof.assume("parts", "dot(w, x) = p - q")
    value = proof.assume("value", "z = alpha*p - beta*q")
    high = proof.assume("positive leg", "s*p = alpha*p")
    low = proof.assume("negative leg", "s*q = beta*q")
    slope = proof.assume("slope", "c = sum(e*z)")
    return proof.qed(proof.state("sum(e*s*dot(w, x)) = c", {
        slope: "-1", value: "-e", parts: "e*s", high: "e", low: "-e"}))


def conserved() -> dict[str, Any]:
    # The two gradients have the same radial part, so the squares grow at the same speed.
    proof = Proof("h H c D", vectors="w W", indexed="h H c")
    inner = proof.assume("flow of w", "dot(w, W) = -sum(h*c)")
    outer = proof.assume("flow of h", "H = -c")
    speed = proof.assume("speed", "D = 2*dot(w, W) - 2*sum(h*H)")
    return proof.qed(proof.state("D = 0", {speed: "1", inner: "2", outer: "-2*h"}))


def synchronous() -> dict[str, Any]:
    # A small difference of the squares is a small difference of the lengths.
    proof = Proof("n m k K i")
    difference = proof.assume("difference", "k = n**2 - m**2")
    upper = proof.assume("upper", "K >= k")
    lower = proof.assume("lower", "K + k >= 0")
    inner = proof.assume("length of w", "n >= 0")
    outer = proof.assume("length of h", "m >= 0")
    inverse = proof.assume("inverse", "i*(n + m) = 1")
    positive = proof.assume("positive", "i > 0")
    return proof.qed(proof.state("K >= (n - m)**2", {
        inverse: "-(K - (n - m)**2)", difference: "i*(n - m)"}, [
        term(positive, inner, upper), term(positive, outer, lower)]))


def one_step() -> dict[str, Any]:
    # Gradient descent: the terms of first order cancel, those of second order stay.
    proof = Proof("r h b k K", vectors="w a", indexed="h b")
    radial = proof.assume("radial parts", "dot(w, a) = sum(h*b)")
    before = proof.assume("before", "k = dot(w, w) - sum(h**2)")
    after = proof.assume("after", "K = dot(w - r*a, w - r*a) - sum((h - r*b)**2)")
    return proof.qed(proof.state("K - k = r**2*(dot(a, a) - sum(b**2))", {
        after: "1", before: "-1", radial: "-2*r"}))


def prove() -> list[dict[str, Any]]:
    return [radial_part(), conserved(), synchronous(), one_step()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
