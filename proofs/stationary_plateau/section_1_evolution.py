"""Refuted as printed: a nondegenerate local minimum widens to a plateau that contains saddles.

Every input occurs twice, with labels above and below the output by the same amount: the residual is
orthogonal to whatever a network of any width can compute, and the plateau consists of global minima. The
point of the witness is a strict, nondegenerate minimum of the narrow loss, its loss is not zero, and moving
the input weights of the neuron that is split changes it.

Source: paper A, section 1, the plateau-type evolution law.
Scope: one network; networks of all sizes with such data.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term

CLAIM = "A/section-1/evolution"


def minimum() -> dict[str, Any]:
    # sigma(t) = t + t**2, inputs 1 and -1, both twice; outputs 2 and 0 at v = w = 1.
    argument = Argument(Network.from_arrays(
        "t + t**2", X=[["1"], ["1"], ["-1"], ["-1"]], y=["3", "1", "1", "-1"], v=["1"], W=[["1"]]))
    point = argument.step("stationary point")
    strict = argument.step("nondegenerate point", point, prec=64, within="1/1024",
                           basis=[["1/3", "-1"], ["0", "2/3"]], signs=[1, 1])
    inner = argument.step("inertia", point, neuron=0, basis=[[]], signs=[], null=[["1"]])
    return argument.certificate(strict, inner)


def twins() -> dict[str, Any]:
    # a, f: narrow and wide output at an input; y and z: its labels, c above a and c below.
    proof = Proof("a f c y z l L", indexed="a f c y z")
    above = proof.assume("above", "y = a + c")
    below = proof.assume("below", "z = a - c")
    narrow = proof.assume("narrow", "l = sum((a - y)**2 + (a - z)**2)/2")
    wide = proof.assume("wide", "L = sum((f - y)**2 + (f - z)**2)/2")
    return proof.qed(proof.state("L >= l", {wide: "1", narrow: "-1", above: "a - f", below: "a - f"}, [
        term(square="f - a")]))


def prove() -> list[dict[str, Any]]:
    return [minimum(), twins()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
