"""Refuted as printed: a plateau consists of local minima and saddles only.

One neuron with sigma(t) = t**2, v = 1, w = 0, one sample x = 1, y = 1. The point is stationary, and so its
plateau consists of stationary points. At lambda = (1/2, 1/2) nearby outputs lie between 0 and the target: a
local maximum. There the loss is not constant, as it falls when the first input weight moves: it is not a
local minimum as well.

Source: paper A, section 4, below Lemma 1.
Scope: one network.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network

CLAIM = "A/section-4/trichotomy"


def prove() -> list[dict[str, Any]]:
    argument = Argument(Network.from_arrays("square", X=[["1"]], y=["1"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")

    # lambda = (1/2, 1/2): a local maximum of the wide network.
    split = argument.step("split", point, neuron=0, coefficients=["1/2", "1/2"])
    maximum = argument.step("local maximum", split, prec=32, around="1")

    # Along the two moving apart the loss falls: no local minimum.
    path = argument.step("split path", point, prec=32, order=2, until="1/4", neuron=0,
                         coefficients=["1/2", "1/2"], shifts=["t", "-t"], direction=["1"])
    return [argument.certificate(maximum, path)]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
