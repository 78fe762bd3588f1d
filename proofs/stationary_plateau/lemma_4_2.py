"""Refuted as printed: a negative eigenvalue of the inner Hessian makes saddles where two lambda_j are >= 0.

One neuron with sigma(t) = t**2, v = 1, w = 0, one sample x = 1, y = 1. The point is stationary, its loss
1/2 is not zero, H_r = (-2), and lambda = (1/2, 1/2) lies in Lambda_-. Yet nearby every output lies between
0 and the target, so the loss does not rise: the split point is a local maximum, no saddle.

By the amended lemma this is the only way to fail: theta a local maximum and all lambda_j > 0.

Source: paper A, Lemma 4, second conclusion; (53b). Its proof ends with Lemma 1, which this network
    violates.
Scope: one network.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network

CLAIM = "A/lemma-4.2"


def prove() -> list[dict[str, Any]]:
    argument = Argument(Network.from_arrays("square", X=[["1"]], y=["1"], v=["1"], W=[["0"]]))

    # The hypotheses hold: the point is stationary, and the inner Hessian of neuron 0 is negative.
    point = argument.step("stationary point")
    inner = argument.step("inertia", point, neuron=0, basis=[["3/4"]], signs=[-1], null=[])

    # The conclusion fails: the split point is a local maximum.
    split = argument.step("split", point, neuron=0, coefficients=["1/2", "1/2"])
    maximum = argument.step("local maximum", split, prec=32, around="1")
    return [argument.certificate(inner, maximum)]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
