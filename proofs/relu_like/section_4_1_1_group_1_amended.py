"""Group 1 gathers along (-7, 5), where the loss is smooth, and turns to the kink (-10, 7) when it grows.

Source: paper B, section 4.1.1, amended.
Writing: w1, w2: a direction of input weights; g: the slope sum_k -y_k w.x_k; n: its square against the
    square of the length; m1, ..., m5: the products of (-7, 5) with the samples; T, t: the angles of
    (-7, 5) and (-10, 7), a tenth of them (trust: enclosed).
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term

CLAIM = "B/section-4.1.1/group-1-amended"


def attracting() -> dict[str, Any]:
    # Where all samples are active the slope is -11/250 times the product with (-7, 5): steepest along it.
    proof = Proof("w1 w2 g m1 m2 m3 m4 m5")
    slope = proof.assume("slope", "g = -28/100*(w2 - w1) + 1/10*(w2 - 3/5*w1) - 3/100*(w2 - w1/10)"
                         " - 23/100*(w2 + 3/10*w1) + 22/100*(w2 + 7/10*w1)")
    one = proof.assume("first", "m1 = 5 + 7")
    two = proof.assume("second", "m2 = 5 + 7*3/5")
    three = proof.assume("third", "m3 = 5 + 7/10")
    four = proof.assume("fourth", "m4 = 5 - 7*3/10")
    five = proof.assume("fifth", "m5 = 5 - 7*7/10")
    linear = proof.state("g = -11/250*(5*w2 - 7*w1)", {slope: "1"})
    return proof.qed(
        linear,
        proof.state("121/62500*74*(w1**2 + w2**2) >= g**2", {linear: "-g + 11/250*(5*w2 - 7*w1)"},
                    [term(square="7*w2 + 5*w1", coefficient="121/62500")]),
        proof.state("m1 > 0", {one: "1"}, [term(coefficient="12")]),
        proof.state("m2 > 0", {two: "1"}, [term(coefficient="46/5")]),
        proof.state("m3 > 0", {three: "1"}, [term(coefficient="57/10")]),
        proof.state("m4 > 0", {four: "1"}, [term(coefficient="29/10")]),
        proof.state("m5 > 0", {five: "1"}, [term(coefficient="1/10")]))


def angle(tangent: str) -> dict[str, Any]:
    """A network whose gradient is, in the maximum norm, a tenth of pi - arctan(tangent)."""
    network = Network.from_arrays("(pi - arctan(t))/10", X=[[tangent]], y=["0"], v=["1"], W=[["1"]], c="0")
    argument = Argument(network)
    return argument.certificate(argument.step("nonzero gradient", prec=20))


def gathered() -> dict[str, Any]:
    # The output is z = (pi - arctan(5/7))/10, below 1, and the derivatives are z^2, less than z/10, and z.
    return angle("5/7")


def orthogonal() -> dict[str, Any]:
    # The same for the direction that is orthogonal to the fifth sample.
    return angle("7/10")


def prove() -> list[dict[str, Any]]:
    return [attracting(), gathered(), orthogonal()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
