"""The inertia of the wide Hessian at a split point, from that of the narrow one and of the inner Hessian.

Let theta be stationary, v_r != 0, and p, z, q the numbers of positive, zero and negative coefficients among
N. With In = (n+, n0, n-), added entry by entry,

    In(wide) = In(narrow) + (p - 1) In(H_r) + q In(-H_r) + (0, N - 1 + z d, 0).

A stationary point whose Hessian has eigenvalues of both signs is a saddle.

Source: own.
Writing: dv, w: displacements of the daughters' output and input weights, V = sum dv, m = sum lam*w; q, p:
    w.x, m.x; x, y: any numbers for the daughters, m, n: their means; v = v_r, i = 1/v; z, s1: sigma, sigma'
    at w_r.x; G, M: H_r w, H_r m; t, T: an entry of X'(e o z'), all of them; D, d: first variations of an
    output, wide and narrow; Q, R: second variations of the losses; rest: what both networks have.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "S/inertia"


def first_variation() -> dict[str, Any]:
    # The outputs move to first order as those of the narrow network do under V and m.
    proof = Proof("lam dv q v z s1 V p rest D d", indexed="lam dv q")
    total = proof.assume("total", "V = sum(dv)")
    mean = proof.assume("mean", "p = sum(lam*q)")
    wide = proof.assume("wide", "D = rest + sum(dv*z + lam*v*s1*q)")
    narrow = proof.assume("narrow", "d = rest + V*z + v*s1*p")
    return proof.qed(proof.state("D = d", {wide: "1", narrow: "-1", total: "-z", mean: "-v*s1"}))


def mixed_terms() -> dict[str, Any]:
    # The point is stationary and v_r is not zero, so there are no mixed terms between output and input
    # weights.
    proof = Proof("v i t")
    stationary = proof.assume("stationary", "v*t = 0")
    nonzero = proof.assume("nonzero", "v*i = 1")
    return proof.qed(proof.state("t = 0", {stationary: "i", nonzero: "-t"}))


def second_variation() -> dict[str, Any]:
    # So the wide second variation is the narrow one, plus that of the daughters around their mean.
    proof = Proof("lam dv V rest Q R", vectors="w G m M T", indexed="lam dv w G")
    one = proof.assume("one", "sum(lam) = 1")
    slope = proof.assume("slope", "dot(T, w) = 0")
    slope_mean = proof.assume("slope mean", "dot(T, m) = 0")
    symmetric = proof.assume("symmetric", "dot(w, M) = dot(m, G)")
    mean = proof.assume("mean", "dot(m, M) = sum(lam*dot(w, M))")
    wide = proof.assume("wide", "Q = rest + sum(2*dv*dot(T, w) + lam*dot(w, G))")
    narrow = proof.assume("narrow", "R = rest + 2*V*dot(T, m) + dot(m, M)")
    return proof.qed(proof.state("Q = R + sum(lam*dot(w - m, G - M))", {
        wide: "1", narrow: "-1", slope: "2*dv", slope_mean: "-2*V", symmetric: "-lam", mean: "-2",
        one: "-dot(m, M)"}))


def signature() -> dict[str, Any]:
    # The form sum lam x y is the sum of its values on (1, ..., 1), which is 1, and on {x: sum lam x = 0}.
    proof = Proof("lam x y m n", indexed="lam x y")
    one = proof.assume("one", "sum(lam) = 1")
    mean_x = proof.assume("mean x", "m = sum(lam*x)")
    mean_y = proof.assume("mean y", "n = sum(lam*y)")
    return proof.qed(
        proof.state("sum(lam*(x - m)) = 0", {mean_x: "-1", one: "-m"}),
        proof.state("sum(lam*x*y) = m*n + sum(lam*(x - m)*(y - n))", {
            mean_x: "-n", mean_y: "-m", one: "-m*n"}))


def prove() -> list[dict[str, Any]]:
    return [first_variation(), mixed_terms(), second_variation(), signature()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
