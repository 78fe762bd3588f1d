"""Gradient descent near the saddle of |x| + y|y|, and the sentences on subgradients.

Source: paper B, appendix C.2, Figure 7, Remark C.1, Definition C.2.
Writing: y, Y: the second coordinate before and after a step; q, Q: -y and -Y; x, X: the first coordinate
    before and after; s: the step size; B: a bound of |x| and s; f, F, g, G: values of the function.
"""

from typing import Any

from symplateau.proof import Proof, term


def above() -> dict[str, Any]:
    # y > 0: the branch y^2, and y shrinks by the factor 1 - 2 s, between 0 and 1, if s < 1/2.
    proof = Proof("y Y s")
    step = proof.assume("step", "Y = y - s*(2*y)")
    side = proof.assume("side", "y > 0")
    size = proof.assume("step size", "s > 0")
    small = proof.assume("small", "1/2 > s")
    return proof.qed(
        proof.state("Y = (1 - 2*s)*y", {step: "1"}),
        proof.state("Y > 0", {step: "1"}, [term(small, side, coefficient="2")]),
        proof.state("y > Y", {step: "-1"}, [term(size, side, coefficient="2")]))


def bounded() -> dict[str, Any]:
    # x > 0 moves by -s, and x <= 0, its mirror image, by s: |x| stays below any bound of |x| and s.
    proof = Proof("x X s B")
    step = proof.assume("step", "X = x - s")
    side = proof.assume("side", "x >= 0")
    size = proof.assume("step size", "s >= 0")
    bound = proof.assume("bound", "B >= x")
    also = proof.assume("bound of the step", "B >= s")
    return proof.qed(
        proof.state("B >= X", {step: "-1"}, [term(bound), term(size)]),
        proof.state("X >= -B", {step: "1"}, [term(side), term(also)]))


def below() -> dict[str, Any]:
    # y = -q < 0: the branch -y^2, and q grows by the factor 1 + 2 s, whatever the step size.
    proof = Proof("y Y q Q s")
    step = proof.assume("step", "Y = y - s*(-2*y)")
    here = proof.assume("here", "q = -y")
    there = proof.assume("there", "Q = -Y")
    side = proof.assume("side", "q > 0")
    size = proof.assume("step size", "s > 0")
    factor = proof.state("Q = (1 + 2*s)*q", {there: "1", step: "-1", here: "-(1 + 2*s)"})
    return proof.qed(factor, proof.state("Q > q", {factor: "1"}, [term(size, side, coefficient="2")]))


def start_below() -> dict[str, Any]:
    # From (0, -1), step size 1/8: f falls from -1 to below its value at the saddle, and further.
    proof = Proof("x y X Y s f F")
    proof.assume("small", "1/4 > s")
    proof.assume("step size", "s > 0")
    proof.assume("below", "0 > y")
    proof.assume("left", "0 >= x")
    proof.assume("step x", "X = x + s")
    proof.assume("step y", "Y = y - s*(-2*y)")
    proof.assume("before", "f = -y**2 - x")
    proof.assume("after", "F = -Y**2 + X")
    return proof.refuted({
        "x": "0", "y": "-1", "s": "1/8", "X": "1/8", "Y": "-5/4", "f": "-1", "F": "-23/16"},
        "y**2 >= Y**2", "F >= f")


def at_one_half() -> dict[str, Any]:
    # s = 1/2 leads from y > 0 to y = 0 in one step; a larger one to y < 0.
    proof = Proof("y Y s")
    step = proof.assume("step", "Y = y - s*(2*y)")
    side = proof.assume("side", "y > 0")
    large = proof.assume("large", "s > 1/2")
    return proof.qed(proof.state("0 > Y", {step: "-1"}, [term(large, side, coefficient="2")]))


def branches() -> dict[str, Any]:
    # The four branches of (7): values on both sides of x = 0 and of y = 0 agree.
    proof = Proof("x y f F g G")
    first = proof.assume("right, above", "f = y**2 + x")
    second = proof.assume("right, below", "F = -y**2 + x")
    third = proof.assume("left, above", "g = y**2 - x")
    fourth = proof.assume("left, below", "G = -y**2 - x")
    return proof.qed(
        proof.state("f - g = 2*x", {first: "1", third: "-1"}),
        proof.state("F - G = 2*x", {second: "1", fourth: "-1"}),
        proof.state("f - F = 2*y**2", {first: "1", second: "-1"}),
        proof.state("g - G = 2*y**2", {third: "1", fourth: "-1"}))


PROOFS = {
    "above": above,
    "bounded": bounded,
    "below": below,
    "start below": start_below,
    "larger steps": at_one_half,
    "branches": branches,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
