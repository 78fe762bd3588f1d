"""The direction (-0.65, -0.76) is at 4.005 rad, and the best one there at 4.0079 rad.

Source: paper B, appendix I.0.2, second saddle, amended.
Writing: v1, v2: a direction; g1, g2: the slopes of both outputs; D1, D2: those along (-v2, v1), the
    derivatives as v turns; D: the derivative of (g1^2 + g2^2)/2. The angles: a tenth of them is enclosed.
Scope: the data of the experiment.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof

CLAIM = "B/appendix-i.2/angle-2-amended"


def turning() -> dict[str, Any]:
    # Samples 3 and 4 are active, the residuals are -y_k. D = 0 at tan 2T = 2 b/(a - c).
    proof = Proof("v1 v2 g1 g2 D1 D2 D")
    one = proof.assume("first slope", "g1 = 2/5*(-3/5*v1 - v2) - 4/5*(2/5*v1 - 2/5*v2)")
    two = proof.assume("second slope", "g2 = -3/5*(-3/5*v1 - v2) - 1/5*(2/5*v1 - 2/5*v2)")
    first = proof.assume("first turned", "D1 = 2/5*(3/5*v2 - v1) - 4/5*(-2/5*v2 - 2/5*v1)")
    second = proof.assume("second turned", "D2 = -3/5*(3/5*v2 - v1) - 1/5*(-2/5*v2 - 2/5*v1)")
    total = proof.assume("turned", "D = g1*D1 + g2*D2")
    return proof.qed(
        proof.state("g1 = -(14*v1 + 2*v2)/25", {one: "1"}),
        proof.state("D = 147/625*(v1**2 - v2**2) + 48/625*v1*v2", {
            total: "1", one: "D1", two: "D2", first: "-(14*v1 + 2*v2)/25", second: "(7*v1 + 17*v2)/25"}))


def angle(formula: str, point: str) -> dict[str, Any]:
    """A network whose gradient is, in the maximum norm, its output."""
    network = Network.from_arrays(formula, X=[[point]], y=["0"], v=["1"], W=[["1"]], c="0")
    argument = Argument(network)
    return argument.certificate(argument.step("nonzero gradient", prec=20))


def best() -> dict[str, Any]:
    # T = pi + (pi - arctan(49/8))/2.
    return angle("(3*pi - arctan(t))/20", "49/8")


def printed() -> dict[str, Any]:
    # The angle of (-0.65, -0.76).
    return angle("(pi + arctan(t))/10", "76/65")


def prove() -> list[dict[str, Any]]:
    return [turning(), best(), printed()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
