"""Appendix O: two daughters of a neuron without kinks, at which some d_j is not 0, move apart."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

from .embeddings import Replication, random_replication
from .entries import Instance, entry
from .networks import Row, square
from .relu_networks import ZERO, Kinked, Move, is_stationary, multiple

CLAIM = "B/appendix-o/replicated-saddle"


@dataclass(frozen=True)
class Apart:
    """The daughters a and b of a replication, along v and m: m changes output j alone."""

    found: Replication
    a: int
    b: int
    j: int
    m: Row

    @property
    def shares(self) -> list[Fraction]:
        return [s * c for s, c in zip(self.found.beta, self.found.gamma, strict=True)]

    @property
    def p(self) -> Fraction:
        return self.shares[self.a] + self.shares[self.b]

    @property
    def v(self) -> Row:
        return self.found.net.d(self.found.i, self.j)

    @property
    def r(self) -> Row:
        return self.found.net.rates(self.found.i, self.v)

    @property
    def g(self) -> Fraction:
        return self.m[self.j] * square(self.v)

    @property
    def Q(self) -> Fraction:
        return self.p**2 * square(self.m) * square(self.r) / 2

    @property
    def move(self) -> Move:
        wide, (a, b) = self.found.wide, (self.found.i + self.a, self.found.i + self.b)
        (s, S), (c, C) = ([x[self.a], x[self.b]] for x in (self.found.beta, self.found.gamma))
        h, W = ([(ZERO,) * len(row) for row in rows] for rows in (wide.h, wide.W))
        h[a], h[b], W[a], W[b] = (multiple(factor, x) for factor, x in (
            (S, self.m), (-s, self.m), (C, self.v), (-c, self.v)))
        return Move(tuple(h), tuple(W))

    def end(self, t: Fraction) -> Kinked:
        return self.found.wide.moved(self.move, t)


def random_apart(random: Random, daughters: int, sign: int = 0) -> tuple[Apart, Fraction]:
    """And a short time. sign: that of p g; 0: any."""
    outputs: list[int] = []
    while not outputs:
        found = random_replication(random, daughters, shared=[0], outputs=2, kinks=0)
        outputs = [j for j in found.net.targets if any(found.net.d(found.i, j))]
    assert is_stationary(found.wide, random)
    j = random.choice(outputs)
    pairs = [Apart(found, a, b, j, tuple(Fraction(k == j) for k in found.net.targets))
             for a, b in combinations(range(daughters), 2)]
    apart = random.choice([x for x in pairs if x.p])
    if random.choice([sign or 1, sign or -1]) * apart.p * apart.g < 0:
        apart = Apart(found, apart.a, apart.b, j, multiple(-1, apart.m))
    return apart, found.wide.short(apart.move)


@entry(CLAIM, "apart")
def apart(random: Random, daughters: int) -> Instance:
    x, t = random_apart(random, daughters)
    found, net = x.found, x.found.net
    assert x.g == sum(a * b for a, b in zip(x.m, net.g(found.i, x.v), strict=True))
    return Instance({
        "s": found.beta[x.a], "S": found.beta[x.b], "c": found.gamma[x.a], "C": found.gamma[x.b], "p": x.p,
        "t": t, "z": list(net.hidden(found.i)), "r": list(x.r), "g": x.g, "l": net.loss, "L": x.end(t).loss,
        "e": list(net.residuals), "h": net.h[found.i], "m": x.m,
    }, len(net.X))


@entry(CLAIM, "steep")
def steep(random: Random, daughters: int) -> Instance:
    x, _ = random_apart(random, daughters)
    net, i = x.found.net, x.found.i
    m = tuple(map(abs, x.m))
    return Instance({
        "f": list(net.residual(x.j)), "a": list(net.slopes(i)), "g": net.g(i, x.v)[x.j],
        "e": list(net.residuals), "m": m, "x": list(net.X), "v": x.v}, len(net.X))


@entry(CLAIM, "pair")
def pair(random: Random, daughters: int) -> Instance:
    """Three daughters with gamma = 0, and others."""
    found = random_replication(random, 3, "000" + "+" * daughters)
    a, b, d = (s * c for s, c in zip(found.beta[:3], found.gamma[:3], strict=True))
    return Instance({"a": a, "b": b, "d": d})


@entry(CLAIM, "falls")
def falls(random: Random, daughters: int) -> Instance:
    x, t = random_apart(random, daughters, -1)
    K = x.p * x.g
    while t**2 * x.Q >= -K:
        t /= 2
    return Instance({"t": t, "K": K, "Q": x.Q, "l": x.found.wide.loss, "L": x.end(t).loss})


@entry(CLAIM, "rises")
def rises(random: Random, daughters: int) -> Instance:
    x, t = random_apart(random, daughters, 1)
    return Instance({"t": t, "K": x.p * x.g, "Q": x.Q, "l": x.found.wide.loss, "L": x.end(t).loss})
