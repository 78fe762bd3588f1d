"""Refuted as printed: a stationary point at which (18) holds for no delta is a saddle.

One neuron with sigma(t) = t**2, v = 1, w = 0, one sample x = 1, y = 1. The loss (v w**2 - 1)**2/2 falls along
w = t, so (18) holds for no delta; yet it does not rise nearby: the point is a local maximum, no saddle.

Source: paper A, section 5.1, after (18). The argument there is Lemma 1, which this network violates.
Scope: one network.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network

CLAIM = "A/section-5.1/characterization"


def prove() -> list[dict[str, Any]]:
    argument = Argument(Network.from_arrays("square", X=[["1"]], y=["1"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")

    # The hypothesis holds: arbitrarily near, along w = t, are points of smaller loss.
    falls = argument.step("curve", point, prec=32, order=2, until="1/4", displacement=["0", "t"])

    # The conclusion fails: the point is a local maximum.
    return [argument.certificate(argument.step("local maximum", falls, prec=32, around="1"))]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
