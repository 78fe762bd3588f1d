"""The printed statements of sections 1.1 and 3.2 about stationary points.

Source: paper B, sections 1.1, 3.2; Definitions 3.3, 3.5.
Writing: S, T: slopes along a direction and its opposite; s: the step size; g: the sign of x + y; x, y, X, Y:
    coordinates before and after a step; q, Q: -x, -X; f, F: a function before and after a step; t:
    time along a ray; l, L, m, M: a loss and its negative at the start of a ray and on it; C: what remains.
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


def down_the_cubic() -> dict[str, Any]:
    # x^3 has a saddle at 0 that is not strict. From x = -q < 0 every step leads further down.
    proof = Proof("s x q X Q f F")
    side = proof.assume("side", "q > 0")
    here = proof.assume("here", "x = -q")
    step = proof.assume("step", "X = x - s*(3*x**2)")
    there = proof.assume("there", "Q = -X")
    size = proof.assume("step size", "s > 0")
    value = proof.assume("f", "f = -q**3")
    after = proof.assume("F", "F = -Q**3")
    move = proof.state("Q = q + 3*s*q**2", {there: "1", step: "-1", here: "-1 + 3*s*(x - q)"})
    gain = proof.state("Q - q > 0", {move: "1"}, [term(size, side, side, coefficient="3")])
    return proof.qed(move, gain, proof.state("f > F", {value: "1", after: "-1"}, [
        term(gain, square="Q + q/2"), term(gain, side, side, coefficient="3/4")]))


def mirror() -> dict[str, Any]:
    # Along a ray the slopes of -L are those of L with the other sign.
    proof = Proof("t S C l L m M")
    ray = proof.assume("ray", "L = l + t*S + t**2*C")
    ascent = proof.assume("ascent", "M = -1*L")
    start = proof.assume("start", "m = -1*l")
    return proof.qed(proof.state("M = m + t*(-1*S) + t**2*(-1*C)", {ascent: "1", ray: "-1", start: "-1"}))


PROOFS = {
    "opposite slopes": opposite_slopes,
    "steps of one length": steps_of_one_length,
    "steps that shrink": steps_no_longer,
    "down the cubic": down_the_cubic,
    "mirror": mirror,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
