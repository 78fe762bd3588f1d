"""A stationary point with smaller losses arbitrarily near is a saddle, unless all its hidden values vanish.

Let theta be stationary, and let (18) hold for no delta. Then theta is a saddle or a local maximum. It is a
saddle when some z_i is not 0; when some neuron with v_i = 0 is not 0 for all input weights near its own; when
all v_i are 0; when some H_i has a positive eigenvalue; when sigma'' = 0 != sigma' wherever sigma = 0.

Source: amends paper A, section 5.1, after (18).
Writing: e, z: residuals, and hidden values of a neuron, after its input weights moved without a change of
    the outputs; t: a change of its output weight; k, P, Q: the losses before it, with it, and with -t; l,
    L: the losses at the point and nearby.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/section-5.1/characterization-amended"


def ascent() -> dict[str, Any]:
    # (82): in an output weight the loss is a parabola that opens upwards: on one side it rises.
    proof = Proof("t e z k P Q", indexed="e z")
    middle = proof.assume("middle", "k = sum(e**2)/2")
    up = proof.assume("up", "P = sum((e + t*z)**2)/2")
    down = proof.assume("down", "Q = sum((e - t*z)**2)/2")
    moved = proof.assume("moved", "t**2 > 0")
    alive = proof.assume("alive", "sum(z**2) > 0")
    return proof.qed(proof.state(
        "(P + Q)/2 > k", {up: "1/2", down: "1/2", middle: "-1"}, [term(moved, alive, coefficient="1/2")]))


def constant() -> dict[str, Any]:
    # Where the loss is constant, (18) holds.
    proof = Proof("l L")
    same = proof.assume("same", "L = l")
    return proof.qed(proof.state("L - l >= 0", {same: "1"}, []))


def prove() -> list[dict[str, Any]]:
    return [ascent(), constant()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
