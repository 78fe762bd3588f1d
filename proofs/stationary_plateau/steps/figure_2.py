"""Steps of Figure 2: how the conditions on the parent neuron are nested.

Source: paper A, Figure 2, its caption, and the sentences of section 4.1 around it.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network


def semidefinite() -> dict[str, Any]:
    # Residuals 1/2 at both ends of the first axis, 0 on the second, -1 at the origin: H_r = diag(1, 0).
    argument = Argument(Network.from_arrays(
        "1 + t + t**2/2", X=[["1", "0"], ["-1", "0"], ["0", "1"], ["0", "-1"], ["0", "0"]],
        y=["1/2", "1/2", "1", "1", "2"], v=["1"], W=[["0", "0"]]))
    point = argument.step("stationary point")
    inner = argument.step("inertia", point, neuron=0, basis=[["1"], ["0"]], signs=[1], null=[["0", "1"]])
    return argument.certificate(argument.step(
        "inertia", inner, basis=[["1/2", "0", "0"], ["0", "1/2", "0"], ["0", "0", "3/4"]], signs=[1, 1, 1],
        null=[]))


PROOFS = {"semidefinite": semidefinite}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
