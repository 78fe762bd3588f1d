"""Curves along which the loss of a ReLU-like network changes."""

from typing import Any

from flint import fmpq, fmpq_poly

from .activation import curve
from .reading import fields, integer, positive, sequence
from .rejection import demand
from .relu_network import ReluNetwork


def leads(p: fmpq_poly, until: fmpq) -> bool:
    """Whether the lowest term outweighs all others on (0, until]; also if there is none."""
    order = lowest(p)
    return p == fmpq_poly() or abs(p[order]) > sum((abs(p[k]) * until ** (k - order)
                                          for k in range(order + 1, p.degree() + 1)), fmpq(0))


def lowest(p: fmpq_poly) -> int:
    return next((k for k in range(p.degree() + 1) if p[k] != 0), 0)


def loss_on(network: ReluNetwork, given: dict[str, Any]) -> tuple[int, bool]:
    """The order in which the loss changes on (0, until], and whether it rises there."""
    until = positive(given["until"])
    W = [[fmpq_poly([x]) for x in w] for w in network.W]
    H = [[fmpq_poly([x]) for x in row] for row in network.H]
    c = [fmpq_poly([x]) for x in network.c or [fmpq(0)] * network.J]
    demand("c" not in given or network.c is not None, "an output bias to move")
    moved = set[int]()
    for move in sequence(given["moves"]):
        fields(move, "neuron w h")
        i = integer(move["neuron"], 0, len(W) - 1)
        demand(i not in moved, "each neuron once")
        moved.add(i)
        W[i] = curves(move["w"], network.W[i])
        for row, h in zip(H, curves(move["h"], [row[i] for row in network.H]), strict=True):
            row[i] = h
    if "c" in given and network.c is not None:
        c = curves(given["c"], network.c)
    change = loss_change(network, W, H, c, moved, until)
    demand(change != fmpq_poly() and leads(change, until), "a loss that changes, led by its lowest term")
    order = lowest(change)
    return order, bool(change[order] > 0)


def curves(given: Any, start: list[fmpq]) -> list[fmpq_poly]:
    found = [curve(x) for x in sequence(given, len(start))]
    demand(all(p[0] == x for p, x in zip(found, start, strict=True)), "curves that start at the parameters")
    return found


def loss_change(network: ReluNetwork, W: list[list[fmpq_poly]], H: list[list[fmpq_poly]], c: list[fmpq_poly],
                moved: set[int], until: fmpq) -> fmpq_poly:
    """The loss on the curve less its value at the start. Rejected unless each neuron moves on one leg."""
    total = fmpq_poly()
    for k, x in enumerate(network.X):
        outputs = list(c)
        for i, w in enumerate(W):
            s = sum((p * y for p, y in zip(w, x, strict=True)), fmpq_poly())
            demand(i not in moved or leads(s, until), "moved neurons on one leg")
            slope = network.a if s[lowest(s)] >= 0 else network.b
            outputs = [f + row[i] * s * slope for f, row in zip(outputs, H, strict=True)]
        for f, y, e in zip(outputs, network.Y[k], network.e[k], strict=True):
            total += ((f - y) ** 2 - e**2) / 2
    return total
