"""Gradient descent on |x + y|.

Source: paper B, appendix C.1, Figure 6.
Writing: x, y, X, Y: a point and the next; s: the step size; g: the sign of x + y.
"""

from typing import Any

from symplateau.proof import Proof, term


def difference_is_kept() -> dict[str, Any]:
    # Both coordinates move by the same amount: x - y is kept, and bounds the distance from the origin.
    proof = Proof("x y X Y s g")
    first = proof.assume("x", "X = x - s*g")
    second = proof.assume("y", "Y = y - s*g")
    kept = proof.state("X - Y = x - y", {first: "1", second: "-1"})
    return proof.qed(kept, proof.state("2*(X**2 + Y**2) >= (x - y)**2", {kept: "X - Y + x - y"}, [
        term(square="X + Y")]))


def start_beside_the_diagonal() -> dict[str, Any]:
    # From (1, 0) with step size 1/2 one step leads to (1/2, -1/2), on the line x + y = 0.
    proof = Proof("x y X Y s g")
    proof.assume("sign", "g**2 = 1")
    proof.assume("downhill", "g*(x + y) > 0")
    proof.assume("x", "X = x - s*g")
    proof.assume("y", "Y = y - s*g")
    proof.assume("stopped", "X + Y = 0")
    proof.assume("step size", "s > 0")
    return proof.refuted({"x": "1", "y": "0", "s": "1/2", "g": "1", "X": "1/2", "Y": "-1/2"},
                         "X**2 + Y**2 = 0")


def bounce() -> dict[str, Any]:
    # x + y falls by 2 s while it is positive (the other side is the mirror image), and then stays within 2 s.
    proof = Proof("x y X Y s g")
    side = proof.assume("side", "g = 1")
    first = proof.assume("x", "X = x - s*g")
    second = proof.assume("y", "Y = y - s*g")
    positive = proof.assume("positive", "x + y >= 0")
    near = proof.assume("near", "2*s >= x + y")
    down = proof.state("X + Y = x + y - 2*s", {first: "1", second: "1", side: "-2*s"})
    return proof.qed(
        down, proof.state("2*s >= -(X + Y)", {down: "1"}, [term(positive)]),
        proof.state("0 >= X + Y", {down: "-1"}, [term(near)]))


PROOFS = {
    "the difference is kept": difference_is_kept,
    "start beside the diagonal": start_beside_the_diagonal,
    "bounce": bounce,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
