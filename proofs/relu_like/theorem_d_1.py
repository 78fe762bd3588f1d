"""A point at which some neuron answers to some sample is no local maximum.

The loss is a parabola in each output weight of that neuron, and it opens upwards.

Source: paper B, Theorem D.1, Remark D.2.
Writing: h, t: an output weight of neuron i and its move; z: rho(w_i.x_k); c: one of these that is not 0; e:
    residuals of one output; rest: the loss at the other outputs, or the other squares; k, P, Q: the loss at
    the point and with h + t and h - t; f: an output.
Scope: all sizes, all slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/theorem-D.1"


def parabola() -> dict[str, Any]:
    # An output weight h_ji moves by t, then by -t; the other outputs do not change.
    proof = Proof("t c e z rest others k P Q", indexed="e z")
    middle = proof.assume("middle", "k = rest + sum(e**2)/2")
    up = proof.assume("up", "P = rest + sum((e + t*z)**2)/2")
    down = proof.assume("down", "Q = rest + sum((e - t*z)**2)/2")
    sample = proof.assume("sample", "sum(z**2) = c**2 + others")
    squares = proof.assume("squares", "others >= 0")
    active = proof.assume("active", "c**2 > 0")
    moved = proof.assume("moved", "t**2 > 0")

    # The mean of the two losses exceeds the loss: at least one of them does.
    bend = proof.state("P + Q = 2*k + t**2*sum(z**2)", {up: "1", down: "1", middle: "-2"})
    return proof.qed(bend, proof.state("P + Q > 2*k", {bend: "1", sample: "t**2"}, [
        term(moved, active), term(squares, square="t")]))


def outputs() -> dict[str, Any]:
    # Remark D.2: so at a local maximum every hidden value is 0, and every output is.
    proof = Proof("h z f", indexed="h z")
    output = proof.assume("output", "f = sum(h*z)")
    silent = proof.assume("silent", "z = 0")
    return proof.qed(proof.state("f = 0", {output: "1", silent: "h"}))


def prove() -> list[dict[str, Any]]:
    return [parabola(), outputs()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
