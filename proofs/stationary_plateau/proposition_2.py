"""A neuron with H_i != 0 is locally effective; a locally constant neuron is not.

Locally effective: with F(u) = sum_k e_k sigma(u.x_k), F(u) != 0 for some u arbitrarily near w_i.

Source: paper A, Proposition 2; A.2, (14), (15), (78), (79).
Writing: e: residual; z, s1, s2: sigma, sigma', sigma'' at w_i.x; T, U: sigma at w_i + t a and at w_i - t a,
    or near w_i; q = a.x; o, p, r: remainders, which tend to 0; v = v_i; h = a'H_i a; F0, F1, F2: F at w_i,
    w_i + t a, w_i - t a.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/proposition-2"


def second_difference() -> dict[str, Any]:
    # (11) is v_i times the second derivative of F: here by a second difference, without differentiating F.
    proof = Proof("t v e z s1 s2 q T U o p h r F0 F1 F2", indexed="e z s1 s2 q T U o p")
    here = proof.assume("here", "F0 = sum(e*z)")
    forth = proof.assume("forth", "F1 = sum(e*T)")
    back = proof.assume("back", "F2 = sum(e*U)")
    taylor_forth = proof.assume("taylor forth", "T = z + t*q*s1 + t**2*(q**2*s2/2 + o)")
    taylor_back = proof.assume("taylor back", "U = z - t*q*s1 + t**2*(q**2*s2/2 + p)")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    rest = proof.assume("rest", "r = v*sum(e*(o + p))")
    return proof.qed(proof.state("v*(F1 + F2 - 2*F0) = t**2*(h + r)", {
        forth: "v", back: "v", here: "-2*v", taylor_forth: "v*e", taylor_back: "v*e", curvature: "-t**2",
        rest: "-t**2"}))


def constant() -> dict[str, Any]:
    # (79): a stationary point has F(w_i) = 0, and a constant neuron the same F nearby.
    proof = Proof("e z T", indexed="e z T")
    same = proof.assume("constant", "T = z")
    stationary = proof.assume("stationary", "sum(e*z) = 0")
    return proof.qed(proof.state("sum(e*T) = 0", {same: "e", stationary: "1"}))


def prove() -> list[dict[str, Any]]:
    return [second_difference(), constant()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
