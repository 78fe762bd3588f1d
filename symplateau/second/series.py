"""Power series of the loss along a curve, in FLINT's own series: exact or enclosed."""

from math import factorial
from typing import Any

from flint import arb, arb_series, fmpq, fmpq_series

from .network import Network, Number, Parameters, State

Series = Any  # fmpq_series or arb_series


def loss_series(network: Network, at: Parameters, moves: list[list[Number]], exact: bool) -> list[Number]:
    """The coefficients, from order 0 on, of the loss along at + sum_j moves[j] s^j.

    moves: by order, one number for each parameter, as many orders as are wanted.
    """
    size, make = len(moves), fmpq_series if exact else arb_series
    state = State(network, at.moved(lambda n, x: x + moves[0][n]), exact)
    zero = state.zero
    state.require(size - 1)
    path = [[zero + row[n] for row in moves[1:]] for n in range(at.count())]
    m, d, total = len(at.v), network.d, make([zero], prec=size)
    for k, (row, e) in enumerate(zip(network.X, state.residuals(), strict=True)):
        output = make([e, *([] if at.c is None else path[-1])], prec=size)
        for i in range(m):
            bends = path[m + i * d : m + (i + 1) * d]
            step = make([zero, *(sum((b[j] * x for b, x in zip(bends, row, strict=True)), zero)
                                 for j in range(size - 1))], prec=size)
            values = [state.sigma(o, i)[k] / factorial(o) for o in range(size)]
            sent = substituted(values, step, make, size)
            moved = make([state.at.v[i], *path[i]], prec=size) * sent
            output = output + moved - make([state.at.v[i] * values[0]], prec=size)
        total = total + output * output
    return [network.scale * total[j] for j in range(size)]


def substituted(values: list[Number], step: Series, make: Any, size: int) -> Series:
    """sum_o values[o] step^o."""
    found, power = make([values[0]], prec=size), make([fmpq(1) if make is fmpq_series else arb(1)], prec=size)
    for value in values[1:]:
        power = power * step
        found = found + power * make([value], prec=size)
    return found
