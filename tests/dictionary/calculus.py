"""Derivatives by sympy.diff of the loss and of the outputs, exactly, at the weights of a network."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from symplateau import symbolic

from .networks import Matrix, Net, Row


def exact(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


@lru_cache
def loss_gradient(net: Net) -> Row:
    network = net.network()
    return tuple(exact(x) for x in symbolic.at(symbolic.gradient(network), network))


@lru_cache
def loss_hessian(net: Net) -> Matrix:
    network = net.network()
    found = symbolic.at(symbolic.hessian(network), network)
    return tuple(tuple(exact(found[p, q]) for q in range(found.cols)) for p in range(found.rows))


def output_gradient(net: Net, k: int, *places: int) -> Fraction:
    """The derivative of output k in the parameters at these places, once for each."""
    network = net.network()
    symbols, expression = symbolic.parameters(network), symbolic.residual(network)[k]
    for place in places:
        expression = expression.diff(symbols[place])
    return exact(symbolic.at(expression, network))


def inner_hessian(net: Net, i: int) -> Matrix:
    """What remains of the loss's second derivatives in w_i when J'J is taken away."""
    network = net.network()
    parts = symbolic.decomposition(network, i)
    found = symbolic.at(parts.whole - parts.gauss_newton, network)
    return tuple(tuple(exact(found[j, q]) for q in net.inputs) for j in net.inputs)
