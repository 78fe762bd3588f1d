"""Our own claim about points where the Hessian is not singular."""

from fractions import Fraction
from random import Random
from typing import NamedTuple

import numpy as np

from .calculus import loss_gradient, loss_hessian
from .entries import Instance, entry
from .networks import (
    EVERY,
    RATIONAL,
    Matrix,
    Net,
    Row,
    combined,
    dot,
    random_net,
    random_row,
    solution,
    square,
    stationary_at,
    stationary_net,
    times,
)

POINT = "S/nondegenerate-point"
ZERO = Fraction(0)


class Congruence(NamedTuple):
    """S and D with S'HS near D, for the Hessian H at `near`, a point by the stationary point `net`."""

    net: Net
    near: Net
    S: Matrix
    D: list[int]

    def error(self, hessian: Matrix) -> Matrix:
        """S'HS - D."""
        columns = list(zip(*self.S, strict=True))
        return tuple(tuple(dot(x, times(hessian, y)) - self.D[i] * (i == j) for j, y in enumerate(columns))
                     for i, x in enumerate(columns))

    @property
    def E(self) -> Matrix:
        return self.error(self.near.hessian())

    @property
    def Z(self) -> Fraction:
        return max(sum(map(abs, row), ZERO) for row in self.E)

    def turned(self, u: Row) -> Row:
        """D u."""
        return tuple(d * x for d, x in zip(self.D, u, strict=True))


def congruence(net: Net, near: Net) -> Congruence | None:
    """By floating point and rounding; None for a nearly singular Hessian, or an error that is not below 1."""
    hessian = np.array([[float(x) for x in row] for row in net.hessian()])
    if abs(np.linalg.det(hessian)) < 1e-6:
        return None
    values, vectors = np.linalg.eigh(hessian)
    S = tuple(tuple(Fraction(round(x * 2**12), 2**12) for x in row) for row in vectors / np.sqrt(abs(values)))
    found = Congruence(net, near, S, [1 if value > 0 else -1 for value in values])
    return found if found.Z < 1 else None


def random_congruence(random: Random, distance: int = 10**4) -> Congruence:
    while True:
        net, _ = stationary_net(random, random.choice(RATIONAL), random.choice([-1, 1]), Fraction(1, 8))
        near = net.at(combined(net.theta(), 1, random_row(random, len(net.theta()), distance)))
        if (found := congruence(net, near)) is not None:
            return found


@entry(POINT, "form")
def form(random: Random, daughters: int) -> Instance:
    c = random_congruence(random)
    E, x = c.E, random_row(random, len(c.D))
    y, pairs = c.turned(x), [(i, j) for i in range(len(x)) for j in range(len(x))]
    return Instance({
        "E": [E[i][j] for i, j in pairs], "n": [abs(E[i][j]) for i, j in pairs],
        "x": [x[i] for i, _ in pairs], "y": [y[j] for _, j in pairs], "Z": c.Z, "s": square(x),
        "q": dot(x, times(E, y)),
    }, len(pairs), lambda: [("q", dot(x, times(c.error(loss_hessian(c.near)), y)))])


@entry(POINT, "inertia")
def inertia(random: Random, daughters: int) -> Instance:
    c = random_congruence(random)
    sign = random.choice(c.D)
    u = tuple(Fraction(random.choice([-2, -1, 1, 3])) * (d == sign) for d in c.D)
    Su = times(c.S, u)
    return Instance({
        "Z": c.Z, "s": square(u), "q": sign * dot(u, times(c.E, u)),
        "a": sign * dot(Su, times(c.near.hessian(), Su)),
    }, derivatives=lambda: [("a", sign * dot(Su, times(loss_hessian(c.near), Su)))])


def rational_eigenvalue(random: Random) -> tuple[Congruence, Fraction, Row]:
    """A stationary point with a rational eigenvalue, and an eigenvector: the inner Hessian can be chosen."""
    while True:
        net = random_net(random, random.choice(EVERY))
        plain = stationary_at(random, net, 0, ((ZERO,),)) if len(net.theta()) == 2 else None
        if plain is None:
            continue
        (A, B), (_, C) = plain.hessian()
        mu = Fraction(random.randint(-9, 9), 2)
        if mu in (0, A) or B == 0:
            continue
        net = stationary_at(random, net, 0, ((mu + B**2 / (A - mu) - C,),)) or plain
        if net != plain and (found := congruence(net, net)) is not None:
            return found, mu, (B, mu - A)


@entry(POINT, "margin")
def margin(random: Random, daughters: int) -> Instance:
    c, mu, x = rational_eigenvalue(random)
    u = solution(random, c.S, x) or ()
    Du, Sx = c.turned(u), times(c.S, c.turned(u))
    return Instance({
        "mu": mu, "n": abs(mu), "g": dot(Sx, times(c.S, u)), "s": square(u), "i": 1 / square(u),
        "q": dot(Du, times(c.E, u)), "Z": c.Z, "F": max(Fraction(1), sum(map(square, c.S), ZERO)),
    }, derivatives=lambda: [("mu*g", dot(Sx, times(loss_hessian(c.near), times(c.S, u))))])


@entry(POINT, "row")
def row(random: Random, daughters: int) -> Instance:
    c = random_congruence(random)
    i, x = random.randrange(len(c.D)), random_row(random, len(c.D))
    m = [-c.D[i] * z for z in c.E[i]]
    return Instance({
        "m": m, "n": [abs(z) for z in m], "x": list(x), "y": max(map(abs, x)), "Z": sum(map(abs, m), ZERO),
        "T": dot(m, x),
    }, len(x), lambda: [("T", -c.D[i] * times(c.error(loss_hessian(c.near)), x)[i])])


def iterated(c: Congruence, u: Row) -> Row:
    """T(u) = u - D S' grad L(x_0 + S u), x_0 the point nearby."""
    gradient = c.near.at(combined(c.near.theta(), 1, times(c.S, u))).gradient()
    return combined(u, -1, c.turned(tuple(dot(column, gradient) for column in zip(*c.S, strict=True))))


@entry(POINT, "existence")
def existence(random: Random, daughters: int) -> Instance:
    # Above the error at x_0, Z bounds that on a small box, and a small box it is: r is near the distance.
    c = random_congruence(random, 10**9)
    start, Z = iterated(c, tuple(ZERO for _ in c.D)), (1 + c.Z) / 2
    g = max(map(abs, start))
    r = g / (1 - Z)
    u = tuple(Fraction(int(r * 2**60) * random.randint(-3, 3), 3 * 2**60) for _ in start)
    image, i = iterated(c, u), random.randrange(len(u))
    column = [line[i] for line in c.S]
    return Instance({"T": image[i], "t": start[i], "d": image[i] - start[i], "g": g, "r": r, "Z": Z},
                    derivatives=lambda: [("t", -c.D[i] * dot(column, loss_gradient(c.near)))])


@entry(POINT, "uniqueness")
def uniqueness(random: Random, daughters: int) -> Instance:
    # Two stationary points in such a box are one, so their distance is 0: nothing else fits the hypotheses.
    Z = random_congruence(random).Z
    return Instance({"y": ZERO, "Z": Z, "i": 1 / (1 - Z)})


@entry(POINT, "second order")
def second_order(random: Random, daughters: int) -> Instance:
    net, c = (found := random_congruence(random)).net, ZERO
    while c == 0:
        h = random_row(random, len(found.D), 10**6)
        moved = net.at(combined(net.theta(), 1, h))
        c = 2 * (moved.loss - net.loss)
    return Instance({
        "c": c, "sense": Fraction(1 if c > 0 else -1), "l": net.loss, "L": moved.loss,
    }, derivatives=lambda: [("sense", Fraction(1 if dot(h, times(loss_hessian(net), h)) > 0 else -1))])
