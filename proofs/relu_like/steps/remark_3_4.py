"""The printed sentences of Remark 3.4, and a known notion of stationarity that is Definition 3.3.

Source: paper B, Remark 3.4; abstract.
Writing: l, L: losses at the point and after a move; N: the square of the length of the move; D: what the
    outputs move by; G: the sum of the tangential slopes; u, g: the moves of the output weights and the slopes
    of the outputs; C: a number with |g|^2 <= C N; S: a slope along a ray, t, i: the time and 1/t, B: a bound
    of the higher coefficients; c: any positive number.
"""

from typing import Any

from symplateau.proof import Proof, term


def regular_subgradient() -> dict[str, Any]:
    # The exact change of the loss at a stationary point: below, it is at most quadratic.
    proof = Proof("l L G u g N C", vectors="D", indexed="u g")
    change = proof.assume("change", "L - l = dot(D, D)/2 + G + sum(u*g)")
    rises = proof.assume("stationary", "G >= 0")
    moves = proof.assume("moves", "N >= sum(u**2)")
    slopes = proof.assume("slopes", "C*N >= sum(g**2)")
    half = {"coefficient": "1/2"}
    return proof.qed(proof.state("L - l + (1 + C)*N/2 >= 0", {change: "1"}, [
        term(square="D", **half), term(rises), term(moves, **half), term(slopes, **half),
        term(square="u + g", **half)]))


def no_first_order_descent() -> dict[str, Any]:
    # Conversely: if the loss falls by at most c times the length, for every c > 0, no slope is negative.
    proof = Proof("t i S C B c l L")
    ray = proof.assume("ray", "L = l + t*S + t**2*C")
    least = proof.assume("least", "L >= l - c*t")
    time = proof.assume("time", "i >= 0")
    inverse = proof.assume("inverse", "t*i = 1")
    now = proof.assume("now", "t >= 0")
    bound = proof.assume("bound", "B >= C")
    return proof.qed(proof.state("S + t*B >= -c", {
        ray: "-i", inverse: "-S - t*C - c"}, [term(time, least), term(now, bound)]))


PROOFS = {

    "regular subgradient": regular_subgradient,
    "no first-order descent": no_first_order_descent,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
