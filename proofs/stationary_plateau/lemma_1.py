"""Refuted as printed: a local maximum of the loss need not be locally constant.

One neuron with sigma(t) = t**2, v = 1, w = 0, one sample x = 1, y = 1. Nearby every output v w**2 lies
between 0 and the label, so the loss (v w**2 - 1)**2/2 does not rise: the point is a local maximum. Yet the
loss falls along w = t.

Source: paper A, Lemma 1, and the end of its proof: (84) takes the neuron's output weight to be 0.
Scope: one network.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network

CLAIM = "A/lemma-1"


def prove() -> list[dict[str, Any]]:
    argument = Argument(Network.from_arrays("square", X=[["1"]], y=["1"], v=["1"], W=[["0"]]))

    # A local maximum: sigma = sigma' = 0 at the sample, and v e sigma'' = -2 < 0.
    point = argument.step("stationary point")
    maximum = argument.step("local maximum", point, prec=32, around="1")

    # Not locally constant: along w = t the loss is smaller than at t = 0.
    falls = argument.step("curve", maximum, prec=32, order=2, until="1/4", displacement=["0", "t"])
    return [argument.certificate(falls)]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
