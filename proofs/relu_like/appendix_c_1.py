"""The origin is a local minimum of |x + y| at which the function is not differentiable.

Source: paper B, appendix C.1, Figure 6.
Writing: p, q: positive and negative parts of m + n, (m, n) a direction; P, Q: those of t m + t n; t: a time;
    f, F: the function at t (m, n) and at -t (m, n).
Scope: the function of the example.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-c.1"


def slopes() -> dict[str, Any]:
    # |x + y| is the sum of the parts of x + y, which along a ray grow in proportion to t.
    proof = Proof("m n t p q P Q f F")
    parts = proof.assume("parts", "m + n = p - q")
    up = proof.assume("part above", "P = t*p")
    down = proof.assume("part below", "Q = t*q")
    there = proof.assume("there", "f = P + Q")
    opposite = proof.assume("opposite", "F = Q + P")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    time = proof.assume("time", "t >= 0")
    rise = proof.state("f = t*(p + q)", {there: "1", up: "1", down: "1"})

    # It is nowhere negative, 0 at the origin, and both slopes of a direction are p + q >= m + n.
    return proof.qed(
        proof.state("f >= 0", {rise: "1"}, [term(time, above), term(time, below)]), rise,
        proof.state("F = t*(p + q)", {opposite: "1", up: "1", down: "1"}),
        proof.state("p + q >= m + n", {parts: "-1"}, [term(below, coefficient="2")]))


def prove() -> list[dict[str, Any]]:
    return [slopes()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
