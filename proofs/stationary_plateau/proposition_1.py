"""Splitting a neuron keeps the outputs, the loss, and stationarity, the last in both directions.

For every lambda with sum 1 the wide network at split(theta, lambda) computes the function of the narrow one
at theta and has its loss; the one point is stationary if and only if the other is.

Source: paper A, Proposition 1; (8), (73)-(77).
Writing: lam, v: coefficients, output weight of the parent; u, t: output weights and hidden values of the
    daughters; z: hidden value of the parent; rest: what the other neurons add. Narrow and wide: f, F
    outputs, e, E residuals, l, L losses, s, S slopes sigma', g, G partial derivatives. x: an input, y: a
    label.
Scope: all sizes, every differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/proposition-1"


def outputs() -> dict[str, Any]:
    # (8): the daughters keep the parent's input weights, and share its output weight.
    proof = Proof("lam u t v z rest f F", indexed="lam u t")
    one = proof.assume("one", "sum(lam) = 1")
    output = proof.assume("output", "u = lam*v")
    hidden = proof.assume("hidden", "t = z")
    narrow = proof.assume("narrow", "f = rest + v*z")
    wide = proof.assume("wide", "F = rest + sum(u*t)")

    # (73): so together they say what the parent said.
    same = proof.state("F = f", {wide: "1", narrow: "-1", output: "t", hidden: "lam*v", one: "v*z"})
    return proof.qed(same)


def losses() -> dict[str, Any]:
    # Equal outputs on the shared data give equal losses.
    proof = Proof("y f F l L", indexed="y f F")
    same = proof.assume("same", "F = f")
    narrow = proof.assume("narrow", "l = sum((f - y)**2)/2")
    wide = proof.assume("wide", "L = sum((F - y)**2)/2")
    return proof.qed(proof.state("L = l", {wide: "1", narrow: "-1", same: "(F + f - 2*y)/2"}))


def output_weights() -> dict[str, Any]:
    # (74): residuals and hidden values agree, so the derivative in a daughter's output weight is the
    # parent's.
    proof = Proof("e E z t g G", indexed="e E z t")
    residual = proof.assume("residual", "E = e")
    hidden = proof.assume("hidden", "t = z")
    narrow = proof.assume("narrow", "g = sum(e*z)")
    wide = proof.assume("wide", "G = sum(E*t)")
    return proof.qed(proof.state("G = g", {wide: "1", narrow: "-1", residual: "t", hidden: "e"}))


def hidden_weights() -> dict[str, Any]:
    # (76): the derivative in a daughter's input weight is the parent's, times the daughter's coefficient.
    proof = Proof("e E s S x lam u v g G", indexed="e E s S x")
    residual = proof.assume("residual", "E = e")
    slope = proof.assume("slope", "S = s")
    output = proof.assume("output", "u = lam*v")
    narrow = proof.assume("narrow", "g = sum(e*v*s*x)")
    wide = proof.assume("wide", "G = sum(E*u*S*x)")
    return proof.qed(proof.state(
        "G = lam*g", {wide: "1", narrow: "-lam", residual: "u*S*x", slope: "e*u*x", output: "e*s*x"}))


def stationary_if() -> dict[str, Any]:
    # If the parent's derivative vanishes, so does every daughter's.
    proof = Proof("lam g G", indexed="lam G")
    scaled = proof.assume("scaled", "G = lam*g")
    narrow = proof.assume("narrow", "g = 0")
    return proof.qed(proof.state("G = 0", {scaled: "1", narrow: "lam"}))


def stationary_only_if() -> dict[str, Any]:
    # If the daughters' vanish, so does their sum, and that is the parent's, because the coefficients sum to
    # 1.
    proof = Proof("lam g G", indexed="lam G")
    one = proof.assume("one", "sum(lam) = 1")
    scaled = proof.assume("scaled", "G = lam*g")
    wide = proof.assume("wide", "G = 0")
    return proof.qed(proof.state("g = 0", {one: "-g", scaled: "-1", wide: "1"}))


def prove() -> list[dict[str, Any]]:
    return [outputs(), losses(), output_weights(), hidden_weights(), stationary_if(), stationary_only_if()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
