"""Our own claim about local maxima of ReLU-like networks: samples at the kink, or on a leg of slope 0."""

from fractions import Fraction
from random import Random
from typing import NamedTuple

from .entries import Instance, entry
from .networks import Matrix, Row, dot, square
from .relu_networks import ZERO, Kinked, Move, flat, random_move

CLAIM = "S/relu-maximum"


class Summit(NamedTuple):
    """A network at a local maximum, a small move, and C with G_i <= -C sum |rho| there."""

    net: Kinked
    move: Move
    C: Fraction

    def rho(self, i: int) -> Row:
        """Of the samples at the kink of neuron i; 0 for the others."""
        return tuple(self.net.rho(s) if z == 0 else ZERO for z, s in zip(
            self.net.pre(i), (dot(self.move.W[i], x) for x in self.net.X), strict=True))

    @property
    def end(self) -> Kinked:
        return self.net.moved(self.move)

    @property
    def M(self) -> Fraction:
        return max(map(abs, flat(self.end.h)))

    @property
    def E(self) -> Fraction:
        return max(map(abs, flat(self.net.residuals)))

    @property
    def D(self) -> Fraction:
        return max(map(abs, flat(self.move.h)))

    def R(self, k: int) -> Fraction:
        return sum((abs(self.rho(i)[k]) for i in self.net.neurons), ZERO)

    def S(self, i: int) -> Fraction:
        return sum(map(abs, self.rho(i)), ZERO)

    @property
    def T(self) -> Fraction:
        return max(self.R(k) for k in self.net.samples)


def random_summit(random: Random) -> Summit:
    """ReLU, or its mirror image: labels that every neuron that wakes up approaches, from outputs 0.

    Weights of a neuron are 0, or have all samples on the leg of slope 0 but for one that is 0.
    """
    side, d, J = random.choice([1, -1]), random.randint(1, 3), random.randint(1, 2)
    a, b = (Fraction(random.randint(1, 3)), ZERO)[::side]
    n, m = random.randint(1, 3), random.randint(1, 3)
    X = tuple(tuple(Fraction(random.randint(1, 4)) for _ in range(d)) for _ in range(n))
    X = (*X, (ZERO,) * d) if random.random() < 0.3 else X
    h = tuple(tuple(Fraction(random.randint(1, 3), 2) for _ in range(J)) for _ in range(m))
    W = tuple(random.choice([(ZERO,) * d, (Fraction(-side),) * d]) for _ in h)
    # A neuron sends a s > 0, or b s with s < 0: less than 0.
    y = tuple(tuple(side * Fraction(random.randint(1, 4)) for _ in range(J)) for _ in X)
    net = Kinked(a, b, X, y, h, W)
    summit = Summit(net, random_move(random, net), min(abs(dot(e, row)) for e in net.residuals for row in h))
    while summit.C < J * summit.D * summit.E + J * summit.M**2 * summit.T / 2 or net.short(summit.move) < 1:
        summit = summit._replace(move=Move(halved(summit.move.h), halved(summit.move.W)))
    return summit


def halved(rows: Matrix) -> Matrix:
    return tuple(tuple(x / 2 for x in row) for row in rows)


@entry(CLAIM, "output")
def output(random: Random, daughters: int) -> Instance:
    at = random_summit(random)
    k, j = random.choice(at.net.samples), random.choice(at.net.targets)
    rho = [at.rho(i)[k] for i in at.net.neurons]
    return Instance({
        "h": [row[j] for row in at.end.h], "rho": rho, "r": list(map(abs, rho)), "M": at.M, "R": at.R(k),
        "d": at.end.outputs[k][j] - at.net.outputs[k][j], "T": at.T}, len(at.net.h))


@entry(CLAIM, "slopes")
def slopes(random: Random, daughters: int) -> Instance:
    at = random_summit(random)
    i, j = random.choice(at.net.neurons), random.choice(at.net.targets)
    rho = at.rho(i)
    return Instance({
        "e": list(at.net.residual(j)), "rho": list(rho), "r": list(map(abs, rho)), "E": at.E, "D": at.D,
        "x": at.move.h[i][j], "g": at.net.g(i, at.move.W[i])[j], "S": at.S(i)}, len(at.net.X))


@entry(CLAIM, "loss")
def loss(random: Random, daughters: int) -> Instance:
    at = random_summit(random)
    change = [x - y for x, y in zip(flat(at.end.outputs), flat(at.net.outputs), strict=True)]
    neurons = at.net.neurons
    return Instance({
        "L": at.end.loss - at.net.loss, "q": square(change) / 2,
        "G": [at.net.G(i, at.move.W[i]) for i in neurons],
        "B": [dot(at.move.h[i], at.net.g(i, at.move.W[i])) for i in neurons],
        "S": [at.S(i) for i in neurons], "C": at.C, "N": Fraction(len(at.net.y[0])), "M": at.M, "T": at.T,
        "D": at.D, "E": at.E}, len(neurons))


