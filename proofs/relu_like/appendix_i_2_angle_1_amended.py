"""With its components exchanged the direction is at 1.030 rad; the best one there is at 1.0261 rad.

Source: paper B, appendix I.0.2, first saddle, amended.
Writing: v1, v2: a direction; g1, g2: the slopes of both outputs; D1, D2: those along (-v2, v1), the
    derivatives as v turns; D: the derivative of (g1^2 + g2^2)/2. The angles: a tenth of them is enclosed.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/angle-1-amended"


def turning() -> dict[str, Any]:
    # Samples 1 and 2 are active, the residuals are -y_k. D = 0 at tan 2T = 2 b/(a - c).
    proof = Proof("v1 v2 g1 g2 D1 D2 D")
    one = proof.assume("first slope", "g1 = -3/5*(-3/10*v1 + v2/2) - 1/2*(v1 + v2)")
    two = proof.assume("second slope", "g2 = 1/2*(-3/10*v1 + v2/2) + v1 + v2")
    first = proof.assume("first turned", "D1 = -3/5*(3/10*v2 + v1/2) - 1/2*(v1 - v2)")
    second = proof.assume("second turned", "D2 = 1/2*(3/10*v2 + v1/2) + v1 - v2")
    total = proof.assume("turned", "D = g1*D1 + g2*D2")
    return proof.qed(
        proof.state("g1 = -(8*v1 + 20*v2)/25", {one: "1"}),
        proof.state("D = 2637/2000*(v1**2 - v2**2) + 861/625*v1*v2", {
            total: "1", one: "D1", two: "D2", first: "-(8*v1 + 20*v2)/25", second: "17/20*v1 + 5/4*v2"}))


def angle(formula: str, point: str) -> dict[str, Any]:
    """A network whose gradient is, in the maximum norm, its output."""
    network = Network.from_arrays(formula, X=[[point]], y=["0"], v=["1"], W=[["1"]], c="0")
    argument = Argument(network)
    return argument.certificate(argument.step("nonzero gradient", prec=20))


def best() -> dict[str, Any]:
    # T = (pi - arctan(4395/2296))/2.
    return angle("(pi - arctan(t))/20", "4395/2296")


def exchanged() -> dict[str, Any]:
    # The angle of (0.51, 0.85), which is 17/100 (3, 5).
    return angle("arctan(t)/10", "5/3")


def prove() -> list[dict[str, Any]]:
    return [turning(), best(), exchanged()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
