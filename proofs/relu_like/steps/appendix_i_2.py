"""The experiment with two outputs: the printed readings of the third saddle.

Source: paper B, appendix I.0.2, Figures 12 to 14.
Writing: v, w: the direction and the input weights of the thick neuron; m: their product; x1, x3: samples;
    u: the direction of group 2; z: (w.x_1, w.x_2); a, b, k, K: readings of two residuals; s: a sum.
"""

from typing import Any

from symplateau.proof import Proof, term


def tangential() -> dict[str, Any]:
    # 0.0021: less than the rounding of the readings, 0.005 times the sum of their sizes.
    proof = Proof("m", vectors="v w")
    proof.assume("product", "m = dot(v, w)")
    return proof.refuted({"m": "21/10000", "v": ["49/50", "19/100"], "w": ["-3/25", "63/100"]},
                         "m >= 1/200", "-1/200 >= m")


def wrong_group() -> dict[str, Any]:
    # The thick neuron sees x_1, not x_3; group 2 sees x_3, not x_1.
    proof = Proof("", vectors="x1 x3 w u")
    proof.assume("thick neuron, first sample", "dot(w, x1) > 0")
    proof.assume("group 2, third sample", "dot(u, x3) > 0")
    return proof.refuted({"x1": ["-3/10", "1/2"], "x3": ["-3/5", "-1"], "w": ["-3/25", "63/100"],
                          "u": ["-13/20", "-19/25"]}, "dot(w, x3) > 0", "dot(u, x1) > 0", "dot(w, u) > 0")


def first_sum() -> dict[str, Any]:
    # Readings within the rounding of -0.18 and 0.12 that give 0.18 and 0.03 after rounding.
    proof = Proof("a b s S")
    first = proof.assume("first reading", "a = -1793/10000")
    second = proof.assume("second reading", "b = 1214/10000")
    one = proof.assume("first component", "s = -3/10*a + b")
    two = proof.assume("second component", "S = a/2 + b")
    return proof.qed(
        proof.state("s >= 175/1000", {one: "1", first: "-3/10", second: "1"},
                    [term(coefficient="19/100000")]),
        proof.state("185/1000 >= s", {one: "-1", first: "3/10", second: "-1"},
                    [term(coefficient="981/100000")]),
        proof.state("S >= 25/1000", {two: "1", first: "1/2", second: "1"}, [term(coefficient="27/4000")]),
        proof.state("35/1000 >= S", {two: "-1", first: "-1/2", second: "-1"}, [term(coefficient="13/4000")]))


PROOFS = {"tangential": tangential, "wrong group": wrong_group, "first sum": first_sum}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
