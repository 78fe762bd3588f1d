"""Proposition 1, Theorem 4, and Appendix B."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from .calculus import inner_hessian as inner_by_sympy
from .calculus import loss_gradient, loss_hessian, output_gradient
from .entries import Instance, entry
from .networks import (
    EVERY,
    RATIONAL,
    Net,
    Row,
    combined,
    dot,
    inertia,
    random_net,
    random_row,
    random_shares,
    random_signs,
    square,
    stationary_net,
)


def split_net(
    random: Random, daughters: int, stationary: bool = False
) -> tuple[Net, int, list[Fraction], Net]:
    """A narrow network, a neuron of it, coefficients, the split network."""
    smooth = random.choice(EVERY)
    net = stationary_net(random, smooth)[0] if stationary else random_net(random, smooth)
    r = random.randrange(len(net.v))
    shares = random_shares(random, random_signs(random, daughters))
    return net, r, shares, net.split(r, shares)


def others(net: Net, r: int, k: int) -> Fraction:
    """What the other neurons add to output k."""
    return sum((v * net.tower(i, k)[0] for i, v in enumerate(net.v) if i != r), Fraction(0))


@entry("A/proposition-1", "outputs")
def outputs(random: Random, daughters: int) -> Instance:
    net, r, shares, wide = split_net(random, daughters)
    k, own = random.choice(net.samples), range(r, r + daughters)
    return Instance({
        "lam": shares, "u": [wide.v[i] for i in own], "t": [wide.tower(i, k)[0] for i in own], "v": net.v[r],
        "z": net.tower(r, k)[0], "rest": others(net, r, k), "f": net.outputs[k],
        "F": wide.outputs[k]}, daughters)


@entry("A/proposition-1", "losses")
def losses(random: Random, daughters: int) -> Instance:
    net, _, _, wide = split_net(random, daughters)
    return Instance({
        "y": list(net.y), "f": list(net.outputs), "F": list(wide.outputs), "l": net.loss, "L": wide.loss,
    }, len(net.X))


@entry("A/proposition-1", "output weights")
def output_weights(random: Random, daughters: int) -> Instance:
    net, r, _, wide = split_net(random, daughters)
    i = r + random.randrange(daughters)
    return Instance({
        "e": list(net.residual), "E": list(wide.residual), "z": list(net.column(r, 0)),
        "t": list(wide.column(i, 0)),
        "g": net.gradient_v(r), "G": wide.gradient_v(i),
    }, len(net.X), lambda: [("g", loss_gradient(net)[r]), ("G", loss_gradient(wide)[i])])


@entry("A/proposition-1", "hidden weights")
def hidden_weights(random: Random, daughters: int) -> Instance:
    net, r, shares, wide = split_net(random, daughters)
    j, i = random.choice(net.inputs), r + random.randrange(daughters)
    return Instance({
        "e": list(net.residual), "E": list(wide.residual), "s": list(net.column(r, 1)),
        "S": list(wide.column(i, 1)),
        "x": [x[j] for x in net.X], "lam": shares[i - r], "u": wide.v[i], "v": net.v[r],
        "g": net.gradient_w(r, j), "G": wide.gradient_w(i, j),
    }, len(net.X), lambda: [
        ("g", loss_gradient(net)[place(net, r, j)]), ("G", loss_gradient(wide)[place(wide, i, j)])])


@entry("A/proposition-1", "stationary if", "stationary only if")
def stationary(random: Random, daughters: int) -> Instance:
    net, r, shares, wide = split_net(random, daughters, stationary=True)
    j, own = random.choice(net.inputs), range(r, r + daughters)
    return Instance(
        {"lam": shares, "g": net.gradient_w(r, j), "G": [wide.gradient_w(i, j) for i in own]}, daughters,
        lambda: [("g", loss_gradient(net)[place(net, r, j)]),
                 ("G", [loss_gradient(wide)[place(wide, i, j)] for i in own])])


def place(net: Net, i: int, j: int) -> int:
    """Where w_ij stands among the parameters."""
    return len(net.v) + i * len(net.X[0]) + j


@entry("A/theorem-4", "copies")
def copies(random: Random, daughters: int) -> Instance:
    net, r, shares, wide = split_net(random, daughters)
    narrow, copied, dv, _ = displaced(random, net, r, shares)
    k, own = random.choice(net.samples), range(r, r + daughters)
    return Instance({
        "lam": shares, "u": [wide.v[i] for i in own], "du": [copied.v[i] - wide.v[i] for i in own],
        "t": [copied.tower(i, k)[0] for i in own], "v": net.v[r], "dv": dv, "z": narrow.tower(r, k)[0],
        "rest": others(narrow, r, k), "f": narrow.outputs[k], "F": copied.outputs[k]}, daughters)


def displaced(
    random: Random, net: Net, r: int, shares: list[Fraction], denominator: int = 1
) -> tuple[Net, Net, Fraction, Row]:
    """A displaced narrow network, (68) of it in the wide one, the moves of v_r and w_r.

    Whole steps (denominator 1) stay on a lattice.
    """
    step = combined(net.theta(), 1, random_row(random, len(net.theta()), denominator))
    narrow = net.at(step)
    return narrow, narrow.split(r, shares), narrow.v[r] - net.v[r], combined(narrow.W[r], -1, net.W[r])


@entry("A/theorem-4", "distance")
def distance(random: Random, daughters: int) -> Instance:
    net, r, shares, wide = split_net(random, daughters)
    narrow, copied, dv, a = displaced(random, net, r, shares)
    b = square(combined(narrow.theta(), -1, net.theta()))
    return Instance({
        "lam": shares, "dv": dv, "rest": b - dv**2 - square(a), "b": b,
        "B": square(combined(copied.theta(), -1, wide.theta())),
        "C": max(Fraction(1), square(shares), Fraction(daughters)), "a": a}, daughters)


@entry("A/theorem-4", "saddle")
def saddle(random: Random, daughters: int) -> Instance:
    while True:
        net, r = stationary_net(random, random.choice(RATIONAL), random.choice([-1, 1]))
        plus, _, minus = inertia(net.hessian())
        if plus and minus:
            break
    shares = random_shares(random, random_signs(random, daughters))
    values = {"l0": net.loss, "L0": net.split(r, shares).loss}
    while len(values) < 6:
        narrow, copied, *_ = displaced(random, net, r, shares, 10**4)
        if narrow.loss != net.loss:
            place = "1" if narrow.loss < net.loss else "2"
            values |= {"l" + place: narrow.loss, "L" + place: copied.loss}
    return Instance(values)


@entry("A/eq-12", "output derivatives")
def output_derivatives(random: Random, daughters: int) -> Instance:
    net, i, j, q, h, moved = nudged(random)
    k = random.choice(net.samples)
    (z, s1, s2), (Z, S1, _), (xj, xl) = net.tower(i, k), moved.tower(i, k), (net.X[k][j], net.X[k][q])
    wj, wl = place(net, i, j), place(net, i, q)
    return Instance({
        "h": h, "v": net.v[i], "z": z, "Z": Z, "s1": s1, "S1": S1, "s2": s2, "xj": xj, "xl": xl,
        "o": (Z - z) / (h * xl) - s1, "p": (S1 - s1) / (h * xl) - s2, "rest": others(net, i, k),
        "f": net.outputs[k], "F": moved.outputs[k],
        "fj": net.output_gradient(k)[wj], "Fj": moved.output_gradient(k)[wj],
    }, derivatives=lambda: [
        ("fj", output_gradient(net, k, wj)), ("Fj", output_gradient(moved, k, wj)),
        ("v*s1*xl", output_gradient(net, k, wl)), ("v*s2*xj*xl", output_gradient(net, k, wj, wl))])


def nudged(random: Random) -> tuple[Net, int, int, int, Fraction, Net]:
    """A network, a neuron i, two inputs j and l, and the network with w_il displaced by h."""
    net = random_net(random, random.choice(RATIONAL))
    i, h = random.randrange(len(net.v)), Fraction(1, 3)
    j, q = random.choice(net.inputs), random.choice(net.inputs)
    rows = [list(row) for row in net.W]
    rows[i][q] += h
    return net, i, j, q, h, replace(net, W=tuple(map(tuple, rows)))


def slopes(net: Net, index: int) -> list[Fraction]:
    return [net.output_gradient(k)[index] for k in net.samples]


@entry("A/eq-12", "gradient")
def gradient(random: Random, daughters: int) -> Instance:
    net, i, _, q, h, moved = nudged(random)
    e, E, fl = list(net.residual), list(moved.residual), slopes(net, place(net, i, q))
    return Instance({
        "h": h, "e": e, "E": E, "fl": fl, "r": [(E[k] - e[k]) / h - fl[k] for k in net.samples],
        "l": net.loss, "L": moved.loss, "g": net.gradient_w(i, q),
    }, len(net.X), lambda: [("g", loss_gradient(net)[place(net, i, q)]),
                            ("fl", [output_gradient(net, k, place(net, i, q)) for k in net.samples])])


@entry("A/eq-12", "hessian")
def hessian(random: Random, daughters: int) -> Instance:
    net, i, j, q, h, moved = nudged(random)
    wj, wl = place(net, i, j), place(net, i, q)
    e, E = list(net.residual), list(moved.residual)
    fl, fj, Fj = slopes(net, wl), slopes(net, wj), slopes(moved, wj)
    fjl = [net.v[i] * s * x[j] * x[q] for s, x in zip(net.column(i, 2), net.X, strict=True)]
    return Instance({
        "h": h, "e": e, "E": E, "fl": fl, "r": [(E[k] - e[k]) / h - fl[k] for k in net.samples], "fj": fj,
        "Fj": Fj,
        "fjl": fjl, "q": [(Fj[k] - fj[k]) / h - fjl[k] for k in net.samples], "g": net.gradient_w(i, j),
        "G": moved.gradient_w(i, j), "gauss": dot(fj, fl), "inner": dot(e, fjl),
    }, len(net.X), lambda: [("gauss + inner", loss_hessian(net)[wj][wl]), ("g", loss_gradient(net)[wj]),
                            ("fjl", [output_gradient(net, k, wj, wl) for k in net.samples])])


@entry("A/eq-12", "inner hessian")
def inner_hessian(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(EVERY))
    i, j, q = random.randrange(len(net.v)), random.choice(net.inputs), random.choice(net.inputs)
    wj, wl = place(net, i, j), place(net, i, q)
    fjl = [net.v[i] * s * x[j] * x[q] for s, x in zip(net.column(i, 2), net.X, strict=True)]
    return Instance({
        "e": list(net.residual), "s2": list(net.column(i, 2)), "xj": [x[j] for x in net.X],
        "xl": [x[q] for x in net.X],
        "fjl": fjl, "v": net.v[i], "inner": dot(net.residual, fjl), "H": net.inner(i)[j][q],
    }, len(net.X), lambda: [("H", inner_by_sympy(net, i)[j][q]),
                            ("fjl", [output_gradient(net, k, wj, wl) for k in net.samples])])
