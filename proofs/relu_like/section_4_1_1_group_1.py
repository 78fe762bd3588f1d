"""Refuted as printed: on the first plateau group 1 is not drawn to the kink of the fifth sample.

The outputs are nearly 0 there, so the residuals are -y_k. At the direction (-10, 7), which is orthogonal
to (7/10, 1), the slope towards (7, 10) is negative: a neuron with h > 0 turns away from the kink.

Source: paper B, section 4.1.1, Figure 3b.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/section-4.1.1/group-1"


def kink() -> dict[str, Any]:
    # The family is the five samples; all but the last are active, the last one becomes so.
    proof = Proof("y u", vectors="x w v", indexed="y x")
    proof.assume("orthogonal to the fifth", "dot(w, v) = 0")
    proof.assume("towards", "dot(v, x) > 0")
    proof.assume("on the kink or active", "dot(w, x) >= 0")
    proof.assume("slope", "u = -sum(y*dot(v, x))")
    return proof.refuted({
        "y": ["7/25", "-1/10", "3/100", "23/100", "-11/50"], "u": "-11/250",
        "x": [["-1", "1"], ["-3/5", "1"], ["-1/10", "1"], ["3/10", "1"], ["7/10", "1"]],
        "w": ["-10", "7"], "v": ["7", "10"]}, "u >= 0")


def prove() -> list[dict[str, Any]]:
    return [kink()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
