"""Which points are local maxima, exactly; the stationary ones among them have a constant loss nearby.

All hidden values are 0 there, and whatever wakes a neuron up lowers the loss at first order.

Source: own, after Theorem D.1 and Remark D.2; section 4.1, before Corollary 4.4.
Writing: h, u: an output weight and its move; e: residuals; r: what a hidden value moves by; s: step; l, L:
    losses before and after; G: the slope of a neuron; c, A, b: coefficients, and values at the generators
    of a cone; C: a bound of |r|/(-G); a, b, n, R, T: the slopes of the activation, |x|^2 and the values
    along x and -x; z, f, F: hidden values, 0, and an output before and after.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-d/local-maxima"


def rises() -> dict[str, Any]:
    # A neuron wakes up, and its slope is not negative: the loss rises, if its output weights are not 0.
    proof = Proof("s r G l L", vectors="e h", indexed="r e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    after = proof.assume("after", "L = sum(dot(e + s*r*h, e + s*r*h))/2")
    slope = proof.assume("slope", "G = sum(dot(e, h)*r)")
    level = proof.assume("level", "G >= 0")
    step = proof.assume("step", "s > 0")
    awake = proof.assume("awake", "dot(h, h)*sum(r**2) > 0")
    return proof.qed(proof.state("L > l", {after: "1", before: "-1", slope: "-1*s"}, [
        term(step, level), term(step, step, awake, coefficient="1/2")]))


def cone() -> dict[str, Any]:
    # Where G is negative at the generators at which something wakes up, |r| <= C (-G) on the whole cone.
    proof = Proof("c A b C G r", indexed="c A b")
    weights = proof.assume("weights", "c >= 0")
    total = proof.assume("total", "G = sum(c*A)")
    value = proof.assume("value", "r = sum(c*b)")
    high = proof.assume("upper", "-1*C*A - b >= 0")
    low = proof.assume("lower", "-1*C*A + b >= 0")
    return proof.qed(proof.state("-1*C*G - r >= 0", {total: "-1*C", value: "-1"}, [term(weights, high)]),
                     proof.state("-1*C*G + r >= 0", {total: "-1*C", value: "1"}, [term(weights, low)]))


def kink() -> dict[str, Any]:
    # At a kink with x != 0 something wakes up, along x or along -x.
    proof = Proof("a b n R T")
    legs = proof.assume("legs", "(a - b)**2 > 0")
    size = proof.assume("size", "n > 0")
    along = proof.assume("along", "R = a*n")
    against = proof.assume("against", "T = -1*b*n")
    return proof.qed(proof.state("R**2 + T**2 > 0", {along: "R + a*n", against: "T - b*n"}, [
        term(size, size, legs, coefficient="1/2"), term(size, size, square="a + b", coefficient="1/2")]))


def idle() -> dict[str, Any]:
    # Where all hidden values are 0 the output weights move without effect.
    proof = Proof("h u z f F", indexed="h u z")
    silent = proof.assume("silent", "z = 0")
    here = proof.assume("here", "f = sum(h*z)")
    there = proof.assume("there", "F = sum((h + u)*z)")
    return proof.qed(proof.state("F = f", {there: "1", here: "-1", silent: "u"}))


def prove() -> list[dict[str, Any]]:
    return [rises(), cone(), kink(), idle()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
