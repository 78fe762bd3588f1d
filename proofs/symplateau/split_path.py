"""How the loss changes, exactly, when daughters move along one direction and their first moment vanishes.

From a split point let the daughters have v_j = lambda_j(t) v_r and w_j = w_r + c_j(t) a, with sum lambda_j
= 1, sum lambda_j c_j = 0, c_j(0) = 0, and every lambda_j c_j**2 a multiple of t**n. Then the loss changes
by v_r t**n (<e, D> + v_r t**n |D|**2/2), where D_k = (a.x_k)**2/2 sum_j (lambda_j c_j**2/t**n)
sigma''(w_r.x_k + xi_jk a.x_k) with xi_jk between 0 and c_j(t). While the bracket times v_r has one sign,
the loss rises or falls along the path.

Source: own; the constructions (132), (139), (143), (149) of paper A in one.
Writing: lam, c: coefficients and shifts at a time t, p = t**n, k = lam*c**2/p; v = v_r; z, s1: sigma,
    sigma' at w_r.x, b: sigma'' at the places between, T: sigma at a moved daughter; q = a.x; e: residual,
    Y: change of an output; l, L: losses before and after; sense: 1 or -1.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "S/split-path"


def outputs() -> dict[str, Any]:
    # Taylor's formula with Lagrange's remainder for each daughter: the terms of first order cancel.
    proof = Proof("lam c k b T v z s1 q p Y D", indexed="lam c k b T")
    one = proof.assume("one", "sum(lam) = 1")
    mean = proof.assume("mean", "sum(lam*c) = 0")
    taylor = proof.assume("taylor", "T = z + c*q*s1 + c**2*q**2*b/2")
    scaled = proof.assume("scaled", "lam*c**2 = p*k")
    change = proof.assume("change", "Y = sum(lam*v*T) - v*z")
    move = proof.assume("move", "D = q**2*sum(k*b)/2")
    return proof.qed(proof.state("Y = v*p*D", {
        change: "1", taylor: "lam*v", one: "v*z", mean: "v*q*s1", scaled: "v*q**2*b/2", move: "-v*p"}))


def losses() -> dict[str, Any]:
    # (20): the loss before and after.
    proof = Proof("e Y D v p l L change sense", indexed="e Y D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + Y)**2)/2")
    move = proof.assume("move", "Y = v*p*D")
    bracket = proof.assume("bracket", "change = v*sum(e*D) + v**2*p*sum(D**2)/2")
    time = proof.assume("time", "p > 0")
    sign = proof.assume("sign", "sense*change > 0")
    found = proof.state("L - l = p*change", {
        after: "1", before: "-1", move: "e + (Y + v*p*D)/2", bracket: "-p"})

    # p = t**n is positive for t > 0, so the loss moves in the sense of the bracket.
    return proof.qed(found, proof.state("sense*(L - l) > 0", {found: "sense"}, [term(time, sign)]))


def prove() -> list[dict[str, Any]]:
    return [outputs(), losses()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
