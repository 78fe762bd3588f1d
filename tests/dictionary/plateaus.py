"""Our own claims about split points: paths from them, and the inertia of the wide Hessian."""

from fractions import Fraction
from random import Random
from typing import NamedTuple

from .calculus import inner_hessian, loss_gradient, loss_hessian, output_gradient
from .entries import Instance, entry
from .networks import (
    CUBIC,
    EVERY,
    RATIONAL,
    Matrix,
    Net,
    Row,
    combined,
    dot,
    mean,
    random_row,
    random_shares,
    random_signs,
    square,
    stationary_net,
    times,
)
from .splitting import place

PATH, INERTIA = "S/split-path", "S/inertia"
ZERO = Fraction(0)


class Walk(NamedTuple):
    """The split point, and the point at time t of a path from it: daughters of neuron r at w_r + c_j a."""

    net: Net
    r: int
    a: Row
    shares: list[Fraction]
    c: list[Fraction]
    p: Fraction  # t**n

    @property
    def split(self) -> Net:
        return self.net.split(self.r, self.shares)

    @property
    def wide(self) -> Net:
        rows = [combined(self.net.W[self.r], c, self.a) for c in self.c]
        return self.net.with_daughters(self.r, [x * self.net.v[self.r] for x in self.shares], rows)

    @property
    def k(self) -> list[Fraction]:
        return [x * c**2 / self.p for x, c in zip(self.shares, self.c, strict=True)]

    def bends(self, k: int) -> list[Fraction]:
        """sigma'' where Taylor's formula has it; that of a cubic is linear, so it lies between its ends."""
        x, found = self.net.X[k], []
        (z, s1, s2), t, slope = self.net.tower(self.r, k), dot(self.net.W[self.r], x), dot(self.a, x)
        for step in (c * slope for c in self.c):
            value, _, end = self.net.smooth.tower(t + step)
            found.append(2 * (value - z - step * s1) / step**2 if step else s2)
            assert self.net.smooth is not CUBIC or min(s2, end) <= found[-1] <= max(s2, end)
        return found

    def D(self, k: int) -> Fraction:
        return dot(self.a, self.net.X[k]) ** 2 * dot(self.k, self.bends(k)) / 2


def random_walk(random: Random, daughters: int) -> Walk:
    """(132), or (139) and then (132)."""
    net, r = stationary_net(random, random.choice(RATIONAL), 1)
    a, t = random_row(random, len(net.X[0])), Fraction(1, random.randint(10, 40))
    if random.random() < 0.5:
        shares = random_shares(random, random_signs(random, daughters, "+-"))
        plus = sum((x for x in shares if x >= 0), ZERO)
        return Walk(net, r, a, shares, [t / plus if x >= 0 else t / (plus - 1) for x in shares], t**2)
    _, first, *rest = random_shares(random, "0" + "+" * (daughters - 1))
    return Walk(net, r, a, [-t, first + t, *rest], [t + t**2, *[t**2] * (daughters - 1)], t**3)


@entry(PATH, "outputs")
def path_outputs(random: Random, daughters: int) -> Instance:
    walk = random_walk(random, daughters)
    net, r, wide, k = walk.net, walk.r, walk.wide, random.choice(walk.net.samples)
    (z, s1, _), q = net.tower(r, k), dot(walk.a, net.X[k])
    return Instance({
        "lam": walk.shares, "c": walk.c, "k": walk.k, "b": walk.bends(k),
        "T": [wide.tower(r + j, k)[0] for j in range(daughters)], "v": net.v[r], "z": z, "s1": s1, "q": q,
        "p": walk.p, "Y": wide.outputs[k] - walk.split.outputs[k], "D": walk.D(k),
    }, daughters, lambda: [
        ("v*s1*q", dot(walk.a, [output_gradient(net, k, place(net, r, j)) for j in net.inputs]))])


@entry(PATH, "losses")
def path_losses(random: Random, daughters: int) -> Instance:
    walk = random_walk(random, daughters)
    split, wide, v = walk.split, walk.wide, walk.net.v[walk.r]
    D = [walk.D(k) for k in walk.net.samples]
    change = v * dot(split.residual, D) + v**2 * walk.p * square(D) / 2
    return Instance({
        "e": list(split.residual), "Y": list(combined(wide.outputs, -1, split.outputs)), "D": D, "v": v,
        "p": walk.p, "l": split.loss, "L": wide.loss, "change": change,
        "sense": Fraction(1 if change > 0 else -1)}, len(D))


class Variation(NamedTuple):
    """A stationary point, and a displacement `step` of its split by neuron r."""

    net: Net
    r: int
    shares: list[Fraction]
    step: Net

    @property
    def wide(self) -> Net:
        return self.net.split(self.r, self.shares)

    @property
    def dv(self) -> Row:
        return self.step.v[self.r : self.r + len(self.shares)]

    @property
    def w(self) -> Matrix:
        return self.step.W[self.r : self.r + len(self.shares)]

    @property
    def V(self) -> Fraction:
        return sum(self.dv, ZERO)

    @property
    def m(self) -> Row:
        return mean(self.shares, self.w)

    @property
    def narrow(self) -> Row:
        """The displacement of the narrow network."""
        v, W, end = self.step.v, self.step.W, self.r + len(self.shares)
        return (*v[: self.r], self.V, *v[end:], *(x for row in (*W[: self.r], self.m, *W[end:]) for x in row))


def random_variation(random: Random, daughters: int) -> Variation:
    net, r = stationary_net(random, random.choice(EVERY), random.choice([-1, 1]))
    shares = random_shares(random, random_signs(random, daughters))
    wide = net.split(r, shares)
    return Variation(net, r, shares, wide.at(random_row(random, len(wide.theta()))))


@entry(INERTIA, "first variation")
def first_variation(random: Random, daughters: int) -> Instance:
    x = random_variation(random, daughters)
    net, r, wide, narrow, k = x.net, x.r, x.wide, x.narrow, random.choice(x.net.samples)
    (z, s1, _), p, d = net.tower(r, k), dot(x.m, net.X[k]), dot(net.output_gradient(k), narrow)
    return Instance({
        "lam": x.shares, "dv": list(x.dv), "q": [dot(w, net.X[k]) for w in x.w], "v": net.v[r], "z": z,
        "s1": s1, "V": x.V, "p": p, "rest": d - x.V * z - net.v[r] * s1 * p,
        "D": dot(wide.output_gradient(k), x.step.theta()), "d": d,
    }, daughters, lambda: [
        ("d", dot(narrow, [output_gradient(net, k, i) for i in range(len(narrow))])),
        ("D", dot(x.step.theta(), [output_gradient(wide, k, i) for i in range(len(x.step.theta()))]))])


@entry(INERTIA, "mixed terms")
def mixed_terms(random: Random, daughters: int) -> Instance:
    net, r = stationary_net(random, random.choice(EVERY), 1)
    j = random.choice(net.inputs)
    return Instance({"v": net.v[r], "i": 1 / net.v[r], "t": net.pull(r, 1, j)},
                    derivatives=lambda: [("v*t", loss_gradient(net)[place(net, r, j)])])


@entry(INERTIA, "second variation")
def second_variation(random: Random, daughters: int) -> Instance:
    x = random_variation(random, daughters)
    net, wide, narrow, m, step, H = x.net, x.wide, x.narrow, x.m, x.step.theta(), x.net.inner(x.r)
    R = dot(narrow, times(net.hessian(), narrow))
    return Instance({
        "lam": x.shares, "dv": list(x.dv), "V": x.V, "rest": R - dot(m, times(H, m)),
        "Q": dot(step, times(wide.hessian(), step)), "R": R, "w": list(x.w), "G": [times(H, w) for w in x.w],
        "m": m, "M": times(H, m), "T": tuple(net.pull(x.r, 1, j) for j in net.inputs),
    }, daughters, lambda: [
        ("Q", dot(step, times(loss_hessian(wide), step))),
        ("R", dot(narrow, times(loss_hessian(net), narrow))),
        ("dot(m, M)", dot(m, times(inner_hessian(net, x.r), m)))])


@entry(INERTIA, "signature")
def signature(random: Random, daughters: int) -> Instance:
    shares = random_shares(random, random_signs(random, daughters))
    x, y = (list(random_row(random, daughters)) for _ in range(2))
    return Instance({"lam": shares, "x": x, "y": y, "m": dot(shares, x), "n": dot(shares, y)}, daughters)
