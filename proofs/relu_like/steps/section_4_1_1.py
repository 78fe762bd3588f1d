"""The experiment of section 4.1.1 and its repetition from a larger start: angles, groups, kinks, noise.

Source: paper B, sections 4.1.1, 4.2, appendices H, J, K, P; Figures 3, 10, 15, 18, 19.
Writing: x: samples; y: targets; w, v: input weights and a direction; g, G: tangential slopes, over h and
    not; n: noise; z1, ..., z4: outputs of four neurons; a, r, s: as in section_4_1_1.py.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term

X = [["-1", "1"], ["-3/5", "1"], ["-1/10", "1"], ["3/10", "1"], ["7/10", "1"]]
Y = ["7/25", "-1/10", "3/100", "23/100", "-11/50"]


def angle(formula: str, point: str) -> dict[str, Any]:
    """A network whose gradient is, in the maximum norm, its output."""
    network = Network.from_arrays(formula, X=[[point]], y=["0"], v=["1"], W=[["1"]], c="0")
    argument = Argument(network)
    return argument.certificate(argument.step("nonzero gradient", prec=20))


def left_edge() -> dict[str, Any]:
    # (-1, -1) is at pi + arctan 1; a tenth of it is the output.
    return angle("(pi + arctan(t))/10", "1")


def right_edge() -> dict[str, Any]:
    # (10, -7) is at 2 pi - arctan(7/10).
    return angle("(2*pi - arctan(t))/10", "7/10")


def kink_of_group_2() -> dict[str, Any]:
    # At the origin, for h < 0, the direction (1, 1) is held from both sides: x_1 is on the kink there.
    proof = Proof("h g k G K")
    into = proof.assume("towards (-1, 1)", "g = -28/100*2 + 1/10*8/5 - 3/100*11/10 - 23/100*7/10"
                        " + 22/100*3/10")
    away = proof.assume("towards (1, -1)", "k = -1/10*8/5 + 3/100*11/10 + 23/100*7/10 - 22/100*3/10")
    one = proof.assume("tangential derivative", "G = h*g")
    two = proof.assume("on the other side", "K = h*k")
    sign = proof.assume("output weight", "0 > h")
    return proof.qed(
        proof.state("G > 0", {one: "1", into: "h"}, [term(sign, coefficient="66/125")]),
        proof.state("K > 0", {two: "1", away: "h"}, [term(sign, coefficient="4/125")]))


def both_grow() -> dict[str, Any]:
    # Group 2 has h_i < 0 and sees x_1, so the part of it there is negative; then a is above 231/26900.
    proof = Proof("a r s")
    rise = proof.assume("slope of the line", "r - 10*a = -693/4630")
    level = proof.assume("level of the line", "s + 7*a = 1067/46300")
    part = proof.assume("part of group 2", "0 > s - r")
    return proof.qed(proof.state("a > 231/26900", {rise: "-1/17", level: "1/17"}, [
        term(part, coefficient="1/17"), term(coefficient="83248/52932475")]))


def noise() -> dict[str, Any]:
    # A dead neuron of its initial size, two standard deviations, and noise below 1.28e-4.
    proof = Proof("r", vectors="w n x i j", indexed="x")
    proof.assume("dead", "0 > dot(w, x)")
    proof.assume("size", "dot(w, w) = (2*5/1000000)**2")
    proof.assume("scale", "r = 128/1000000")
    proof.assume("first, above", "r >= dot(n, i)")
    proof.assume("first, below", "dot(n, i) >= -r")
    proof.assume("second, above", "r >= dot(n, j)")
    proof.assume("second, below", "dot(n, j) >= -r")
    return proof.refuted({"r": "2/15625", "w": ["0", "-1/100000"], "n": ["0", "1/10000"], "x": X,
                          "i": ["1"], "j": ["0", "1"]}, "0 > dot(w + n, x)")


def rescaling() -> dict[str, Any]:
    # 8.75e-4 is 175 times 5e-6.
    proof = Proof("s S")
    small = proof.assume("vanishing", "s = 5/1000000")
    large = proof.assume("larger", "S = 875/1000000")
    return proof.qed(proof.state("S = 175*s", {large: "1", small: "-175"}))


def four_kinks() -> dict[str, Any]:
    # Kinks at -3/5, seen from the left, and at -1, -11/25, 3/10, seen from the right.
    proof = Proof("y z1 z2 z3 z4 h1 h2 h3 h4 e L", vectors="x w1 w2 w3 w4", indexed="y z1 z2 z3 z4 e x")
    for k in "1234":
        proof.assume(f"neuron {k}, not negative", f"z{k} >= 0")
        proof.assume(f"neuron {k}, at least", f"z{k} >= dot(w{k}, x)")
        proof.assume(f"neuron {k}, one of both", f"z{k}*(z{k} - dot(w{k}, x)) = 0")
    proof.assume("residual", "e = h1*z1 + h2*z2 + h3*z3 + h4*z4 - y")
    proof.assume("loss", "L = sum(e**2)/2")
    values: dict[str, Any] = {"y": Y, "x": X, "e": ["0"] * 5, "L": "0"}
    for number, (h, w, z) in enumerate([
            ("7/10", ["-1", "-3/5"], ["2/5", "0", "0", "0", "0"]),
            ("-1/4", ["1", "1"], ["0", "2/5", "9/10", "13/10", "17/10"]),
            ("3/4", ["1", "11/25"], ["0", "0", "17/50", "37/50", "57/50"]),
            ("-13/8", ["1", "-3/10"], ["0", "0", "0", "0", "2/5"])], 1):
        values |= {f"h{number}": h, f"w{number}": w, f"z{number}": z}
    return proof.refuted(values, "L > 0")


def speeds() -> dict[str, Any]:
    # dw/dt = -h d, w = n u, h = c n with c = 1 or -1: both speeds are n times what does not depend on n.
    proof = Proof("h n c R T", vectors="d u v W")
    weight = proof.assume("balanced", "h = c*n")
    radial = proof.assume("radial flow", "dot(W, u) = -h*dot(d, u)")
    turned = proof.assume("tangential flow", "dot(W, v) = -h*dot(d, v)")
    growth = proof.assume("growth", "R = dot(W, u)")
    turning = proof.assume("turning, times n", "n*T = dot(W, v)")
    return proof.qed(
        proof.state("R = -c*n*dot(d, u)", {growth: "1", radial: "1", weight: "-dot(d, u)"}),
        proof.state("n*T = -c*n*dot(d, v)", {turning: "1", turned: "1", weight: "-dot(d, v)"}))


def scales() -> dict[str, Any]:
    # The same training, two scales; and a law whose variance is that of the other text only with a square.
    proof = Proof("s")
    proof.assume("section 4.1.1", "s = 5/1000000")
    return proof.refuted({"s": "1/200000"}, "s = 8/1000000")


def variances() -> dict[str, Any]:
    # N(0, v) has variance v.
    proof = Proof("v s")
    proof.assume("appendix J", "v = s**2")
    proof.assume("scale", "s = 875/1000000")
    return proof.refuted({"s": "7/8000", "v": "49/64000000"}, "v = 875/1000000")


PROOFS = {
    "left edge": left_edge, "right edge": right_edge, "kink of group 2": kink_of_group_2,
    "both grow": both_grow, "noise": noise, "rescaling": rescaling, "four kinks": four_kinks,
    "speeds": speeds, "scales": scales, "variances": variances}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
