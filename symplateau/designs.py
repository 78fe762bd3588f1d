"""The narrow networks of the instances: small designed ones, of every signature of the inner Hessian."""

from copy import copy
from fractions import Fraction
from functools import lru_cache

from .argument import Argument
from .design import design
from .errors import ProofError
from .investigation import investigate
from .network import Network
from .plateaus import find_inner_hessian

NEURON = 1
INPUTS = [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
    [2, 1],
    [1, 2],
    [-1, 2],
    [2, -1],
    [3, 1],
    [1, 3],
    [-2, 1],
    [2, 2],
    [3, -2],
    [-1, 3],
    [0, 2],
    [-1, -1],
    [-2, 3],
    [3, 3],
]
LATTICE, PLAIN = [[1, 0], [1, -1]], [["1/2", 0], ["1/3", "-1/2"]]
ACTIVATIONS: dict[str, tuple[str, str | None]] = {
    "tanh": ("tanh", "log(2)"),
    "logistic": ("sigmoid", "log(2)"),
    "polynomial": ("t - t**3/3 + t**4/5 + t**6/9", None),
    "softplus": ("softplus", None),
    "silu": ("silu", None),
    "gelu": ("gelu", None),
    "erf": ("erf", None),
}
EXACT = ("tanh", "logistic", "polynomial")
TARGETS = {"pd": (2, 1), "nd": (-2, -1), "id": (1, -1), "psd": (1, 0), "nsd": (-1, 0), "zero": (0, 0)}


@lru_cache(maxsize=64)
def narrow(label: str, target: str, bias: bool = False, scale: int = 1) -> tuple[Argument, int]:
    """The argument about a designed narrow network, and the step that knows its inner Hessian.

    label: of ACTIVATIONS. target: of TARGETS. scale > 1: so large an inner Hessian, not necessarily at a
    minimum.
    """
    activation, unit = ACTIVATIONS[label]
    n = 18 if bias else 14
    start = Network.from_arrays(
        activation,
        INPUTS[:n],
        [0] * n,
        [1, 2],
        LATTICE if unit else PLAIN,
        [1, 0] if bias else None,
        W_unit=unit,
    )
    values = [*TARGETS[target], *([TARGETS[target][0]] if bias else [])]
    matrix = [[Fraction(scale * x * (i == j)) for j in range(len(values))] for i, x in enumerate(values)]
    found = investigate(design(start, NEURON, matrix, minimum=scale == 1))
    if found.point is None:
        raise ProofError(f"no stationary point was proved for {label}, {target}")
    return found.argument, find_inner_hessian(found, NEURON)


def branch(argument: Argument) -> Argument:
    """The same steps, to go on from."""
    other = copy(argument)
    other.steps, other.facts = list(argument.steps), list(argument.facts)
    return other
