"""Variations of a ReLU-like network: moves of the parameters, unit replication, one more neuron."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from ..argument import texts
from ..arrays import Matrix, Vector
from ..relu.network import Direction, ReluNetwork, moved
from ..relu.vectors import dot, null_space

ONE = Fraction(1)
PAIRS = (  # beta, gamma; the last ones have beta_l <= 0, or sum beta_l gamma_l != 1
    ("1", "1"), ("2", "1/2"), ("1 1", "1/2 1/2"), ("2 1/2", "1/4 1"), ("1 3", "1 0"), ("1 1", "0 1"),
    ("1 1", "2 -1"), ("1/2 2", "-2 1"), ("1 1 1", "1/3 1/3 1/3"), ("1 1 2", "1 0 0"), ("1 1 1", "1 1 -1"),
    ("1 2 1", "2 0 -1"), ("0 1", "2 1"), ("0 1", "0 1"), ("-1 1", "1 2"), ("-1 -1", "-1/2 -1/2"),
    ("1 1", "1 1"), ("1", "2"), ("1 1", "0 0"), ("1 1", "1 -1"))
MOST_WEIGHTS = 9  # input weights of a new neuron


@dataclass(frozen=True)
class Replication:
    """Neuron i_0 becomes daughters (beta_l w, gamma_l h)."""

    beta: Vector
    gamma: Vector


@dataclass(frozen=True)
class Unit:
    """One more neuron, of input weights w and output weights h."""

    w: Vector
    h: Vector


Variation = Direction | Replication | Unit | None


def replications() -> tuple[Replication, ...]:
    return tuple(Replication(*(tuple(map(Fraction, text.split())) for text in pair)) for pair in PAIRS)


def units(network: ReluNetwork) -> Iterator[Unit]:
    """Dead, negative, positive and orthogonal ones, copies of old neurons, and w = 0; with various h."""
    size, outputs = network.n_inputs, network.n_outputs
    none = (Fraction(0),) * size
    pool = sorted(product(map(Fraction, (0, -1, 1, 2)), repeat=size), key=lambda w: sum(map(abs, w)))
    signed = [next((w for w in pool if all(sign * dot(w, x) > 0 for x in network.X)), none)
              for sign in (1, -1)]
    orthogonal = [tuple(map(Fraction, x)) for x in null_space(network.X, size)][:2]
    copies = [tuple(factor * x for x in w) for w in network.W for factor in (1, 2, -1)]
    weights = tuple(dict.fromkeys([none, *signed, *orthogonal, *copies, *pool]))[:MOST_WEIGHTS]
    first = (ONE, *none)[:outputs] if outputs <= size else (ONE,) + (Fraction(0),) * (outputs - 1)
    for w in weights:
        for h in dict.fromkeys([(Fraction(0),) * outputs, first, tuple(-x for x in first), (ONE,) * outputs]):
            yield Unit(w, h)


def varied(network: ReluNetwork, neuron: int, variation: Variation) -> ReluNetwork:
    """The network with the neuron replicated, or with one more at the end, or moved."""
    if isinstance(variation, Direction):
        return moved(network, variation, ONE)
    if isinstance(variation, Unit):
        H: Matrix = tuple((*row, x) for row, x in zip(network.H, variation.h, strict=True))
        return replace(network, W=(*network.W, variation.w), H=H)
    if variation is None:
        return network
    W = [tuple(b * x for x in network.W[neuron]) for b in variation.beta]
    rows = tuple((*row[:neuron], *(g * row[neuron] for g in variation.gamma), *row[neuron + 1 :])
                 for row in network.H)
    return replace(network, W=(*network.W[:neuron], *W, *network.W[neuron + 1 :]), H=rows)


# As a record has them.


def network_of(given: Mapping[str, Any]) -> ReluNetwork:
    """The network again. Raises KeyError, InputError."""
    return ReluNetwork.from_arrays(*(given[name] for name in ("X", "Y", "W", "H", "slopes")))


def written(variation: Variation) -> dict[str, Any]:
    """The variation as an entry of a record."""
    if isinstance(variation, Replication):
        return {"replication": {"beta": texts(variation.beta), "gamma": texts(variation.gamma)}}
    if isinstance(variation, Unit):
        return {"unit": {"w": texts(variation.w), "h": texts(variation.h)}}
    if isinstance(variation, Direction):
        return {"move": {"W": list(map(texts, variation.W)), "H": list(map(texts, variation.H))}}
    return {}


def read(entry: Mapping[str, Any]) -> Variation:
    """The variation of an entry. Raises KeyError, TypeError, ValueError for what is none."""
    def numbers(row: Any) -> Vector:
        return tuple(map(Fraction, row))

    if "replication" in entry:
        return Replication(*(numbers(entry["replication"][name]) for name in ("beta", "gamma")))
    if "unit" in entry:
        return Unit(*(numbers(entry["unit"][name]) for name in ("w", "h")))
    if "move" in entry:
        W, H = (tuple(map(numbers, entry["move"][name])) for name in ("W", "H"))
        return Direction(W, H)
    return None
