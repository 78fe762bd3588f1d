"""The experiment with three inputs: a small living neuron does not make a saddle.

Source: paper B, appendix I.0.1, Figure 11.
Writing: z: output of a neuron, h: its output weight; y, e: target and residual; p: product of a direction
    with the sample; g: slope along it; L: loss.
"""

from typing import Any

from symplateau.proof import Proof


def idle_neuron() -> dict[str, Any]:
    # ReLU, x = (1, 0), y = 1: one neuron (1, 0) with h = 1, and a small one, (r, 0), with h = 0. No residual.
    proof = Proof("r z Z h H y e p g L", vectors="x w W t")
    proof.assume("small", "1/100000 >= r")
    proof.assume("living", "Z > 0")
    proof.assume("first output", "z = dot(w, x)")
    proof.assume("small output", "Z = dot(W, x)")
    proof.assume("small weights", "dot(W, W) + H**2 = r**2")
    proof.assume("residual", "e = h*z + H*Z - y")
    proof.assume("loss", "L = e**2/2")
    proof.assume("product", "p = dot(t, x)")
    proof.assume("slope", "g = e*p")
    return proof.refuted({"r": "1/100000", "z": "1", "Z": "1/100000", "h": "1", "H": "0", "y": "1", "e": "0",
                          "p": "1", "g": "0", "L": "0", "x": ["1", "0"], "w": ["1", "0"],
                          "W": ["1/100000", "0"], "t": ["1", "0"]}, "L > 0", "g**2 > 0")


PROOFS = {"idle neuron": idle_neuron}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
