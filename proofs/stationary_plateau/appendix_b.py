"""The Hessian in one neuron's input weights is J'J plus its inner Hessian.

For all inputs j, l: the second derivative of the loss in w_ij and w_il is entry (j, l) of J'J, J the
Jacobian of the outputs, plus sum_k e_k times the second derivative of output k; and that sum is entry (j,
l) of (11).

Source: paper A, (12) and Appendix B; (152)-(157).
Writing: h: a displacement of w_il. Here and after it: f, F output, e, E residual, l, L loss, z, Z and s1,
    S1 value and slope of neuron i, fj, Fj and g, G derivatives of output and loss in w_ij. s2: sigma''; v =
    v_i; xj, xl: inputs; fl, fjl: further derivatives of the output. o, p, r, q: what difference quotients
    lack; they tend to 0.
Scope: all sizes, every twice differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/eq-12"


def output_derivatives() -> dict[str, Any]:
    # The pre-activation moves by h*xl, sigma and sigma' by what their derivatives say, up to o and p.
    proof = Proof("h v z Z s1 S1 s2 xj xl o p rest f F fj Fj")
    value = proof.assume("value", "Z = z + h*xl*(s1 + o)")
    slope = proof.assume("slope", "S1 = s1 + h*xl*(s2 + p)")
    here = proof.assume("here", "f = rest + v*z")
    there = proof.assume("there", "F = rest + v*Z")
    slope_here = proof.assume("slope here", "fj = v*s1*xj")
    slope_there = proof.assume("slope there", "Fj = v*S1*xj")

    # (155): so the output has the derivative v*s1*xl, and that derivative has the derivative v*s2*xj*xl.
    first = proof.state("F - f = h*(v*s1*xl + v*xl*o)", {there: "1", here: "-1", value: "v"})
    second = proof.state("Fj - fj = h*(v*s2*xj*xl + v*xj*xl*p)", {
        slope_there: "1", slope_here: "-1", slope: "v*xj"})
    return proof.qed(first, second)


def gradient() -> dict[str, Any]:
    # (152), (153): the loss has the derivative sum e*fl, up to terms that tend to 0 with h.
    proof = Proof("h e E fl r l L g", indexed="e E fl r")
    residual = proof.assume("residual", "E = e + h*(fl + r)")
    here = proof.assume("here", "l = sum(e**2)/2")
    there = proof.assume("there", "L = sum(E**2)/2")
    entry = proof.assume("entry", "g = sum(e*fl)")
    return proof.qed(proof.state("L - l = h*(g + sum(e*r) + h*sum((fl + r)**2)/2)", {
        there: "1", here: "-1", residual: "(E + e + h*(fl + r))/2", entry: "-h"}))


def hessian() -> dict[str, Any]:
    # (154), (156): once more, by the product rule: both factors move.
    proof = Proof("h e E fl r fj Fj fjl q g G gauss inner", indexed="e E fl r fj Fj fjl q")
    residual = proof.assume("residual", "E = e + h*(fl + r)")
    slope = proof.assume("slope", "Fj = fj + h*(fjl + q)")
    here = proof.assume("here", "g = sum(e*fj)")
    there = proof.assume("there", "G = sum(E*Fj)")
    jacobian = proof.assume("jacobian", "gauss = sum(fj*fl)")
    curvature = proof.assume("curvature", "inner = sum(e*fjl)")
    return proof.qed(proof.state("G - g = h*(gauss + inner + sum(e*q + fj*r + h*(fl + r)*(fjl + q)))", {
        there: "1", here: "-1", residual: "Fj", slope: "e + h*(fl + r)", jacobian: "-h", curvature: "-h"}))


def inner_hessian() -> dict[str, Any]:
    # (157): with the second derivative of the output put in, the second part is the entry (11).
    proof = Proof("e s2 xj xl fjl v inner H", indexed="e s2 xj xl fjl")
    second = proof.assume("second", "fjl = v*s2*xj*xl")
    curvature = proof.assume("curvature", "inner = sum(e*fjl)")
    entry = proof.assume("entry", "H = v*sum(e*s2*xj*xl)")
    return proof.qed(proof.state("inner = H", {curvature: "1", entry: "-1", second: "e"}))


def prove() -> list[dict[str, Any]]:
    return [output_derivatives(), gradient(), hessian(), inner_hessian()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
