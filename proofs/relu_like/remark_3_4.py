"""Clarke's subdifferential at 0 is the same for |x| and -|x|; directional derivatives tell them apart.

Source: paper B, Remark 3.4.
Writing: p, q, P, Q: positive and negative parts of a direction and of t times it; t: a time; f, F: |x| and
    -|x| there; g, G: the derivatives of |x| at the right and at the left of 0; r, l: those of -|x|; m: a
    weight of a convex combination.
Scope: the two functions of the remark.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/remark-3.4"


def subdifferentials() -> dict[str, Any]:
    # The subdifferential at 0 consists of the convex combinations of the two derivatives near 0.
    proof = Proof("m g G r l")
    right = proof.assume("right of |x|", "g = 1")
    left = proof.assume("left of |x|", "G = -1")
    mirrored = proof.assume("right of -|x|", "r = -g")
    also = proof.assume("left of -|x|", "l = -G")

    # Every convex combination of one pair is one of the other; 0 is one of both.
    return proof.qed(
        proof.state("m*g + (1 - m)*G = (1 - m)*r + m*l", {
            right: "1", left: "1", mirrored: "m - 1", also: "-m"}),
        proof.state("g/2 + G/2 = 0", {right: "1/2", left: "1/2"}),
        proof.state("r/2 + l/2 = 0", {right: "-1/2", left: "-1/2", mirrored: "1/2", also: "1/2"}))


def slopes() -> dict[str, Any]:
    # |x| rises with slope p + q > 0 both ways, and -|x| falls.
    proof = Proof("t p q P Q f F")
    up = proof.assume("part above", "P = t*p")
    down = proof.assume("part below", "Q = t*q")
    hill = proof.assume("f", "f = P + Q")
    mirrored = proof.assume("F", "F = -f")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    rise = proof.state("f = t*(p + q)", {hill: "1", up: "1", down: "1"})
    return proof.qed(
        rise, proof.state("F = -t*(p + q)", {mirrored: "1", rise: "-1"}),
        proof.state("p + q >= 0", terms=[term(above), term(below)]))


def prove() -> list[dict[str, Any]]:
    return [subdifferentials(), slopes()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
