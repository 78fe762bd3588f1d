"""The printed statements of section 3.2 about stationary points.

Source: paper B, section 3.2; Definitions 3.3, 3.5.
Writing: S, T: slopes along a direction and its opposite; s: the step size; g: the sign of x + y; x, y, X, Y:
    coordinates before and after a step.
"""

from typing import Any

from symplateau.proof import Proof, term


def opposite_slopes() -> dict[str, Any]:
    # Where the slopes of opposite directions are opposite, and none is negative, both are 0.
    proof = Proof("S T")
    forth = proof.assume("forth", "S >= 0")
    back = proof.assume("back", "T >= 0")
    smooth = proof.assume("smooth", "S + T = 0")
    return proof.qed(proof.state("0 >= S**2 + T**2", {smooth: "-S - T"}, [
        term(forth, back, coefficient="2")]))


def steps_of_one_length() -> dict[str, Any]:
    # |x + y| has the gradient (g, g), g = 1 or -1, however near the minimum: every step has length s sqrt(2).
    proof = Proof("s g x y X Y")
    sign = proof.assume("sign", "g**2 = 1")
    first = proof.assume("x", "X = x - s*g")
    second = proof.assume("y", "Y = y - s*g")
    return proof.qed(proof.state("(X - x)**2 + (Y - y)**2 = 2*s**2", {
        first: "X - x - s*g", second: "Y - y - s*g", sign: "2*s**2"}))


def steps_no_longer() -> dict[str, Any]:
    # Near a smooth stationary point, here of x^2/2, the steps shrink with the distance.
    proof = Proof("s x X")
    step = proof.assume("step", "X = x - s*x")
    return proof.qed(proof.state("(X - x)**2 = s**2*x**2", {step: "X - x - s*x"}))


PROOFS = {
    "opposite slopes": opposite_slopes,
    "steps of one length": steps_of_one_length,
    "steps that shrink": steps_no_longer,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
