"""Which points are local maxima, exactly; the stationary ones among them have a constant loss nearby.

All hidden values are 0 there, and whatever wakes a neuron up lowers the loss at first order.

Source: own, after Theorem D.1 and Remark D.2; section 4.1, before Corollary 4.4.
Writing: h, u: an output weight and its move; e: residuals; r: what a hidden value moves by; s: step; l, L:
    losses before and after; G, A: the slope of a neuron, and minus it; c, b: coefficients and values at the
    generators of a cone; f: h + u, or e; g: the slope at one output; D: the sum of f r; C, B, T, W, d, E:
    bounds of |r|/A, |f|, |r|, |g|, |u|, |D|/S; m: the part of a neuron in <e, D>; k: d times the sum of W,
    over A; S: the sum of A; Q: |D|^2; N: a bound of Q/S^2; a, b, n, R, T: the slopes, |x|^2 and the values
    along x and -x; z, F: hidden values, 0, and an output.
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


def sum_of_products() -> dict[str, Any]:
    # Used twice: for what an output moves by, over the neurons, and for a slope, over the samples.
    proof = Proof("f r B T D", indexed="f r B T")
    total = proof.assume("total", "D = sum(f*r)")
    first = [proof.assume("first, upper", "B - f >= 0"), proof.assume("first, lower", "B + f >= 0")]
    second = [proof.assume("second, upper", "T - r >= 0"), proof.assume("second, lower", "T + r >= 0")]
    return proof.qed(
        proof.state("sum(B*T) - D >= 0", {total: "-1"}, [
            term(first[0], second[1], coefficient="1/2"), term(first[1], second[0], coefficient="1/2")]),
        proof.state("sum(B*T) + D >= 0", {total: "1"}, [
            term(first[0], second[0], coefficient="1/2"), term(first[1], second[1], coefficient="1/2")]))


def squares() -> dict[str, Any]:
    # All outputs at all samples together.
    proof = Proof("E S D Q N", indexed="D")
    high = proof.assume("upper", "E*S - D >= 0")
    low = proof.assume("lower", "E*S + D >= 0")
    total = proof.assume("total", "Q = sum(D**2)")
    count = proof.assume("count", "N = E**2*sum(1)")
    return proof.qed(proof.state("N*S**2 - Q >= 0", {total: "-1", count: "S**2"}, [term(high, low)]))


def part_of_a_neuron() -> dict[str, Any]:
    # Small moves of the output weights change the slope -A by at most k A.
    proof = Proof("A u g W d k m", indexed="u g W")
    part = proof.assume("part", "m = -1*A + sum(u*g)")
    slope = [proof.assume("slope, upper", "W - g >= 0"), proof.assume("slope, lower", "W + g >= 0")]
    move = [proof.assume("move, upper", "d - u >= 0"), proof.assume("move, lower", "d + u >= 0")]
    size = proof.assume("size", "k*A = d*sum(W)")
    return proof.qed(proof.state("(k - 1)*A - m >= 0", {part: "-1", size: "1"}, [
        term(slope[0], move[1], coefficient="1/2"), term(slope[1], move[0], coefficient="1/2")]))


def maximum() -> dict[str, Any]:
    # The first order wins near the point: S is the sum of all A.
    proof = Proof("l L Q m A k N S", indexed="m A")
    change = proof.assume("change", "L - l = Q/2 + sum(m)")
    parts = proof.assume("parts", "(k - 1)*A - m >= 0")
    squares = proof.assume("squares", "N*S**2 - Q >= 0")
    total = proof.assume("total", "S = sum(A)")
    falls = proof.assume("falls", "A >= 0")
    near = proof.assume("near", "1 - k - N*S/2 >= 0")
    return proof.qed(proof.state("l >= L", {change: "-1", total: "-1*N*S/2"}, [
        term(squares, coefficient="1/2"), term(parts), term(falls, near)]))


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
    return [
        rises(), cone(), sum_of_products(), squares(), part_of_a_neuron(), maximum(), kink(), idle()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
