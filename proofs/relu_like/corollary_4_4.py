"""With one output, a stationary point that is no minimum has a line with L - l ~ C t^2, C < 0.

Source: paper B, Corollary 4.4; Remark F.2.
Writing: w, h: input and output weights of an escape neuron, h = 0; z, d: its values at the samples, and what
    they move by along a tangential direction of length 1; e: residuals; q = |<e, d>|, c its sign; k, b:
    moves of the output weight, against c, and along the direction; V = |z|^2; C: the coefficient of t^2; l,
    L: losses at the point and at the distance t.
Scope: all sizes, one output, every pair of slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/corollary-4.4"


def line() -> dict[str, Any]:
    # The loss along the line, in full: no term of first order, and C the coefficient of the second.
    proof = Proof("c k b q t l L C", vectors="e z d")
    sign = proof.assume("sign", "c**2 = 1")
    slope = proof.assume("slope", "q = c*dot(e, d)")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", "L = dot(e - c*k*t*(z + b*t*d), e - c*k*t*(z + b*t*d))/2")
    size = proof.assume("coefficient", "C = k**2*dot(z, z)/2 - k*b*q")
    return proof.qed(proof.state("L - l = C*t**2 + k**2*b*t**3*dot(z, d) + k**2*b**2*t**4*dot(d, d)/2", {
        there: "1", here: "-1", size: "-t**2", slope: "k*b*t**2", stationary: "-c*k*t",
        sign: "k**2*t**2*dot(z + b*t*d, z + b*t*d)/2"}))


def best_constant() -> dict[str, Any]:
    # Of all lines in the plane of the two moves: the least value of the quadratic form at length 1.
    proof = Proof("V q r i n k b C")
    root = proof.assume("root", "r**2 = V**2 + 4*q**2")
    constant = proof.assume("constant", "4*C = V - r")
    slope = proof.assume("slope", "q > 0")
    inverse = proof.assume("inverse", "i*(r + V) = 1")
    positive = proof.assume("positive", "i > 0")
    other = proof.assume("other inverse", "n*C = -1/2")

    # It is negative: r - V = 4 q^2/(r + V).
    negative = proof.state("0 > C", {constant: "-1/4", root: "i/4", inverse: "-(r - V)/4"}, [
        term(positive, slope, slope)])
    double = proof.state("4*C**2 - 2*V*C = q**2", {constant: "C - V/4 - r/4", root: "1/4"})

    # Every other line of the plane falls by as much or less.
    least = proof.state("k**2*V/2 - k*b*q >= C*(k**2 + b**2)", {
        double: "-C*k**2*n**2", other: "k**2*(C*n - 1/2)*(4*C - 2*V) - 2*k*b*q"}, [
        term(negative, square="b - k*q*n")])
    return proof.qed(negative, double, least)


def best_line() -> dict[str, Any]:
    # The line (k, b) = (-2 C, q), not yet of length 1, attains it.
    proof = Proof("V q k b C")
    double = proof.assume("quadratic", "4*C**2 - 2*V*C = q**2")
    first = proof.assume("move of the output weight", "k = -2*C")
    second = proof.assume("move of the input weights", "b = q")
    return proof.qed(proof.state("k**2*V/2 - k*b*q = C*(k**2 + b**2)", {
        first: "V*(k - 2*C)/2 - b*q - C*(k - 2*C)", second: "2*C*q - C*(b + q)", double: "-C"}))


def prove() -> list[dict[str, Any]]:
    return [line(), best_constant(), best_line()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
