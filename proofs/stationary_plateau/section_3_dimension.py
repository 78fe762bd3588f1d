"""Refuted as printed: the dimension of the plateau grows with the number of duplicates.

One neuron with sigma(t) = t**2, v = 0, w = 0, one sample x = 1, y = 1. The point is stationary, and as v = 0
all its splits, with however many daughters, are one point of the wide network: dimension 0.

Source: paper A, section 1 (the paragraph on the stationary plateau), section 3.2, (10).
Writing: x, y, f, e: the sample, its label, output and residual; lam, mu: coefficients; u, U: the daughters'
    output weights for the one and for the other.
Scope: one network.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/section-3/plateau-dimension"


def counterexample() -> dict[str, Any]:
    proof = Proof("x y v w f e lam mu u U", indexed="lam mu u U")
    proof.assume("output", "f = v*(w*x)**2")
    proof.assume("residual", "e = f - y")

    # The hypotheses hold: the point is stationary, and there are two different coefficients.
    proof.assume("stationary in v", "e*(w*x)**2 = 0")
    proof.assume("stationary in w", "e*v*2*(w*x)*x = 0")
    proof.assume("one", "sum(lam) = 1")
    proof.assume("other", "sum(mu) = 1")
    proof.assume("different", "sum((lam - mu)**2) > 0")
    proof.assume("split", "u = lam*v")
    proof.assume("other split", "U = mu*v")

    # The conclusion fails: their splits do not differ.
    return proof.refuted({
        "x": "1", "y": "1", "v": "0", "w": "0", "f": "0", "e": "-1", "lam": ["1", "0"], "mu": ["0", "1"],
        "u": ["0", "0"], "U": ["0", "0"]}, "sum((u - U)**2) > 0")


def prove() -> list[dict[str, Any]]:
    return [counterexample()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
