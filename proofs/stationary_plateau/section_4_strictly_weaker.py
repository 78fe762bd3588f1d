"""Locally effective is strictly weaker than H_i != 0, ineffective strictly weaker than locally constant.

Two networks with one neuron. In the first, sum_k e_k sigma(u x_k) = 3 (u - 1)**3 at a strict local minimum
with w = 1: effective, though H = 0. In the second two equal samples have opposite residuals: ineffective,
though not constant.

Source: paper A, section 4.1, before Proposition 2.
Writing: u: an input weight near w; T0..T3: sigma(u x) at the samples; F: their sum with the residuals as
    weights.
Scope: all sizes for what is implied, by Proposition 2; one network each for what is not.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof

CLAIM = "A/section-4.1/strictly-weaker"


def effective_point() -> dict[str, Any]:
    # Residuals -8, 3, 3, -1: stationary, H = 0, and the Hessian of the loss is positive definite.
    argument = Argument(Network.from_arrays(
        "1 + t + t**2 + t**3", X=[["-1"], ["0"], ["1"], ["2"]], y=["8", "-2", "1", "16"], v=["1"], W=[["1"]]))
    point = argument.step("stationary point")
    basis = [["1/16", "-1/2"], ["0", "15/64"]]
    strict = argument.step("inertia", point, basis=basis, signs=[1, 1], null=[])
    inner = argument.step("inertia", strict, neuron=0, basis=[[]], signs=[], null=[["1"]])
    return argument.certificate(inner)


def third_order() -> dict[str, Any]:
    # F does not vanish near u = 1: it begins at third order.
    proof = Proof("u T0 T1 T2 T3 F")
    values = ("1 - u + u**2 - u**3", "1", "1 + u + u**2 + u**3", "1 + 2*u + 4*u**2 + 8*u**3")
    steps = [proof.assume(f"value {k}", f"T{k} = {value}") for k, value in enumerate(values)]
    slope = proof.assume("slope", "F = -8*T0 + 3*T1 + 3*T2 - T3")
    return proof.qed(proof.state("F = 3*(u - 1)**3", {
        slope: "1", steps[0]: "-8", steps[1]: "3", steps[2]: "3", steps[3]: "-1"}))


def ineffective_point() -> dict[str, Any]:
    # Two equal samples x = 1 with the labels 1 and 3, and the output 2.
    argument = Argument(Network.from_arrays(
        "t + t**2", X=[["1"], ["1"]], y=["1", "3"], v=["1"], W=[["1"]]))
    point = argument.step("stationary point")
    inner = argument.step("inertia", point, neuron=0, basis=[[]], signs=[], null=[["1"]])
    return argument.certificate(inner)


def opposite_residuals() -> dict[str, Any]:
    # F = 0 for every u, and the hidden values move.
    proof = Proof("u T0 T1 F")
    first = proof.assume("first", "T0 = u + u**2")
    second = proof.assume("second", "T1 = u + u**2")
    slope = proof.assume("slope", "F = T0 - T1")
    return proof.qed(proof.state("F = 0", {slope: "1", first: "1", second: "-1"}),
                     proof.state("T0 - 2 = (u - 1)*(u + 2)", {first: "1"}))


def prove() -> list[dict[str, Any]]:
    return [effective_point(), third_order(), ineffective_point(), opposite_residuals()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
