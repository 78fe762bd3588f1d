"""Three inputs, one output: the origin is a saddle, and seven neurons fit the seven samples.

Source: paper B, appendix I.0.1, Figure 11.
Writing: y, x: targets and samples; z1, ..., z7: outputs of the neurons with input weights w1, ..., w7 and
    output weights h1, ..., h7; e: residuals; L: loss; s, p, t: slope, products, direction.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "B/appendix-i.1"
X = [["-3/10", "-3/4", "-1/2"], ["-1/5", "-1/5", "2/5"], ["-3/5", "1", "-1"], ["-2/5", "2/5", "3/10"],
     ["3/5", "-1/10", "-7/10"], ["2/5", "-9/10", "3/10"], ["1/5", "1/5", "-1/2"]]
Y = ["-1/2", "1/10", "-3/5", "3/10", "4/5", "-3/10", "-1/10"]
NEURONS = [  # output weight, input weights, outputs
    ("-747/196", ["-1", "0", "1"], ["0", "3/5", "0", "7/10", "0", "0", "0"]),
    ("-3383/980", ["1", "0", "1"], ["0", "1/5", "0", "0", "0", "7/10", "0"]),
    ("-37/35", ["2", "1", "0"], ["0", "0", "0", "0", "11/10", "0", "3/5"]),
    ("1497/140", ["0", "0", "1"], ["0", "2/5", "0", "3/10", "0", "3/10", "0"]),
    ("-3/5", ["0", "1", "0"], ["0", "0", "1", "2/5", "0", "0", "1/5"]),
    ("229/70", ["1", "0", "0"], ["0", "0", "0", "0", "3/5", "2/5", "1/5"]),
    ("-2", ["0", "-1", "1"], ["1/4", "3/5", "0", "0", "0", "6/5", "0"])]


def origin() -> dict[str, Any]:
    # Along t = (-1, 0, 1) samples 2 and 4 are seen, with the products 3/5 and 7/10; the residuals are -y_k.
    proof = Proof("y p s L", vectors="x t", indexed="y p x")
    proof.assume("not negative", "p >= 0")
    proof.assume("at least", "p >= dot(t, x)")
    proof.assume("one of both", "p*(p - dot(t, x)) = 0")
    proof.assume("slope", "s = -sum(y*p)")
    proof.assume("loss", "L = sum(y**2)/2")
    return proof.refuted({"y": Y, "p": NEURONS[0][2], "x": X, "t": NEURONS[0][1], "s": "-27/100",
                          "L": "29/40"}, "s = 0", "L > 29/40", "29/40 > L")


def zero_loss() -> dict[str, Any]:
    # The matrix of the outputs is regular; no neuron is on a kink.
    proof = Proof(" ".join(["y e L", *(f"h{k} z{k}" for k in range(1, 8))]),
                  vectors=" ".join(["x", *(f"w{k}" for k in range(1, 8))]),
                  indexed=" ".join(["y e x", *(f"z{k}" for k in range(1, 8))]))
    for k in range(1, 8):
        proof.assume(f"neuron {k}, not negative", f"z{k} >= 0")
        proof.assume(f"neuron {k}, at least", f"z{k} >= dot(w{k}, x)")
        proof.assume(f"neuron {k}, one of both", f"z{k}*(z{k} - dot(w{k}, x)) = 0")
        proof.assume(f"neuron {k}, no kink", f"dot(w{k}, x)**2 > 0")
    proof.assume("residual", "e = " + " + ".join(f"h{k}*z{k}" for k in range(1, 8)) + " - y")
    proof.assume("loss", "L = sum(e**2)/2")
    values: dict[str, Any] = {"y": Y, "x": X, "e": ["0"] * 7, "L": "0"}
    for k, (h, w, z) in enumerate(NEURONS, 1):
        values |= {f"h{k}": h, f"w{k}": w, f"z{k}": z}
    return proof.refuted(values, "L > 0")


def prove() -> list[dict[str, Any]]:
    return [origin(), zero_loss()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
