"""Splitting a locally effective neuron: a saddle wherever some coefficient is 0.

Let theta be a stationary point of the narrow network at which the parent neuron is locally effective. Then
split(theta, lambda) is a saddle for every lambda with some lambda_j = 0.

Source: paper A, Theorem 3, first conclusion; (54)-(60).
Writing: lam = lambda_j = 0; v = v_r; u = lam*v; a: change of that daughter's output weight; z, p: sigma at
    w_r.x, and at (w_r + u0).x; rest: what the other neurons add; f, F: outputs; e: residual; D: change of
    an output; g = sum e*p, not 0; n = sum p**2; s: a small step; l, L, P, Q: losses.
Scope: all sizes (m > r), every differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/theorem-3.1"


def outputs() -> dict[str, Any]:
    # (55)-(57): a daughter with output weight 0 takes any input weights; then its output weight moves.
    proof = Proof("lam v u a z p rest f F")
    zero = proof.assume("zero", "lam = 0")
    share = proof.assume("share", "u = lam*v")
    before = proof.assume("before", "f = rest + u*z")
    after = proof.assume("after", "F = rest + (u + a)*p")
    return proof.qed(proof.state("F - f = a*p", {
        after: "1", before: "-1", share: "p - z", zero: "v*(p - z)"}))


def losses() -> dict[str, Any]:
    # (58): the loss is a parabola in a whose slope at a = 0 is g.
    proof = Proof("a e p D g n l L", indexed="e p D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = a*p")
    slope = proof.assume("slope", "g = sum(e*p)")
    size = proof.assume("size", "n = sum(p**2)")
    return proof.qed(proof.state("L - l = a*(g + a*n/2)", {
        after: "1", before: "-1", change: "e + (D + a*p)/2", slope: "-a", size: "-a**2/2"}))


def two_signs() -> dict[str, Any]:
    # (59), (60): a = -s g, and the other sign as well, a = s g, so that no Lemma 1 is needed.
    proof = Proof("s g n l P Q")
    down = proof.assume("down", "P - l = -(s*g)*(g + -(s*g)*n/2)")
    up = proof.assume("up", "Q - l = s*g*(g + s*g*n/2)")
    step = proof.assume("step", "s > 0")
    effective = proof.assume("effective", "g**2 > 0")
    size = proof.assume("size", "n >= 0")
    small = proof.assume("small", "2 > s*n")
    return proof.qed(
        proof.state("l > P", {down: "-1"}, [term(step, effective, small, coefficient="1/2")]),
        proof.state("Q > l", {up: "1"}, [
            term(step, effective), term(step, step, effective, size, coefficient="1/2")]))


def prove() -> list[dict[str, Any]]:
    return [outputs(), losses(), two_signs()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
