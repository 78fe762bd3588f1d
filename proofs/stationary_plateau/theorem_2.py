"""An inner Hessian that is not zero makes saddles on all of Lambda_saddle.

Let theta be a local minimum of the narrow network with H_r != 0. If lambda lies neither in Lambda_PD (all
positive) nor in Lambda_ND (one positive, all others negative), split(theta, lambda) is a saddle. Any other
stationary point with H_r != 0 will do as well.

Source: paper A, Theorem 2; section 6.2.
Writing: a, b: vectors of the space of w_r; G, K: H_r a, H_r b; P, Q: the quadratic form of H_r at a + b, a
    - b.
Scope: all sizes (m > r), every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/theorem-2"


def polarization() -> dict[str, Any]:
    # H_r is symmetric, so its quadratic form determines it: a form that is 0 everywhere belongs to H_r = 0.
    proof = Proof("P Q", vectors="a b G K")
    symmetric = proof.assume("symmetric", "dot(b, G) = dot(a, K)")
    plus = proof.assume("plus", "P = dot(a + b, G + K)")
    minus = proof.assume("minus", "Q = dot(a - b, G - K)")
    return proof.qed(proof.state("4*dot(a, K) = P - Q", {plus: "-1", minus: "1", symmetric: "-2"}))


def prove() -> list[dict[str, Any]]:
    return [polarization()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
