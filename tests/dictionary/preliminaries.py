"""Sections 3 and 5.1: any neuron, the plateau's dimension, and ascent in an output weight."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from .entries import Instance, entry
from .networks import (
    EVERY,
    RAMP,
    Net,
    Row,
    combined,
    random_net,
    random_row,
    random_shares,
    random_signs,
)

NEURON, DIMENSION = "A/section-3/any-neuron", "A/section-3/plateau-dimension-amended"
SADDLE = "A/section-5.1/characterization-amended"


def marks(size: int, place: int) -> list[int]:
    return [int(j == place) for j in range(size)]


def several(random: Random) -> tuple[Net, int, int]:
    """A network with two different neurons."""
    while len((net := random_net(random, random.choice(EVERY))).v) < 2:
        pass
    s, r = random.sample(range(len(net.v)), 2)
    return net, s, r


def exchanged(net: Net, s: int, r: int) -> Net:
    order = list(range(len(net.v)))
    order[s], order[r] = r, s
    return replace(net, v=tuple(net.v[i] for i in order), W=tuple(net.W[i] for i in order))


@entry(NEURON, "marked neuron")
def marked_neuron(random: Random, daughters: int) -> Instance:
    net, s, _ = several(random)
    k, m = random.choice(net.samples), len(net.v)
    z = [net.tower(i, k)[0] for i in range(m)]
    rest = sum((net.v[i] * z[i] for i in range(m) if i != s), Fraction(0))
    return Instance({"v": list(net.v), "z": z, "d": marks(m, s), "vs": net.v[s], "zs": z[s], "rest": rest,
                     "f": net.outputs[k]}, m)


@entry(NEURON, "swap")
def swap(random: Random, daughters: int) -> Instance:
    net, s, r = several(random)
    other, k, m = exchanged(net, s, r), random.choice(net.samples), len(net.v)
    z, Z = ([x.tower(i, k)[0] for i in range(m)] for x in (net, other))
    return Instance({
        "v": list(net.v), "z": z, "V": list(other.v), "Z": Z, "d": marks(m, s), "D": marks(m, r),
        "vs": net.v[s], "vr": net.v[r], "zs": z[s], "zr": z[r], "f": net.outputs[k],
        "F": other.outputs[k]}, m)


@entry(NEURON, "swap distance")
def swap_distance(random: Random, daughters: int) -> Instance:
    net, s, r = several(random)
    second = net.at(combined(net.theta(), 1, random_row(random, len(net.theta()))))
    column = random.randrange(-1, len(net.X[0]))

    def entries(x: Net) -> list[Fraction]:
        return list(x.v) if column < 0 else [row[column] for row in x.W]

    v, u = entries(net), entries(second)
    V, U = entries(exchanged(net, s, r)), entries(exchanged(second, s, r))
    if v == u:
        return swap_distance(random, daughters)
    return Instance({
        "v": v, "u": u, "V": V, "U": U, "d": marks(len(v), s), "D": marks(len(v), r), "vs": v[s], "vr": v[r],
        "us": u[s], "ur": u[r]}, len(v))


def outputs_of(net: Net, r: int, shares: list[Fraction]) -> Row:
    """The output weights of the daughters."""
    return net.split(r, shares).v[r : r + len(shares)]


@entry(DIMENSION, "affine")
def affine(random: Random, daughters: int) -> Instance:
    net, r, lam, mu = two_splits(random, daughters)
    s = Fraction(random.choice([-2, -1, 3, 5]), 2)
    nu = [(1 - s) * x + s * y for x, y in zip(lam, mu, strict=True)]
    u, U, p = (list(outputs_of(net, r, x)) for x in (lam, mu, nu))
    return Instance(
        {"lam": lam, "mu": mu, "nu": nu, "u": u, "U": U, "p": p, "v": net.v[r], "s": s}, daughters)


def two_splits(random: Random, daughters: int) -> tuple[Net, int, list[Fraction], list[Fraction]]:
    net = random_net(random, random.choice(EVERY))
    lam, mu = (random_shares(random, random_signs(random, daughters)) for _ in "12")
    return net, random.randrange(len(net.v)), lam, mu


@entry(DIMENSION, "distance")
def distance(random: Random, daughters: int) -> Instance:
    net, r, lam, mu = two_splits(random, daughters)
    u, U = (list(outputs_of(net, r, x)) for x in (lam, mu))
    return Instance({"lam": lam, "mu": mu, "u": u, "U": U, "v": net.v[r]}, daughters)


@entry(DIMENSION, "free")
def free(random: Random, daughters: int) -> Instance:
    c = [Fraction(random.choice([-5, -3, 2, 7]), 3) for _ in range(daughters)]
    lam, place = list(c), random.randrange(daughters)
    lam[place] += 1 - sum(c)
    return Instance({"c": c, "d": marks(daughters, place), "lam": lam}, daughters)


@entry(DIMENSION, "determined")
def determined(random: Random, daughters: int) -> Instance:
    lam, place = random_shares(random, random_signs(random, daughters)), random.randrange(daughters)
    return Instance({"lam": lam, "d": marks(daughters, place), "l0": lam[place]}, daughters)


@entry(SADDLE, "ascent")
def ascent(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(EVERY))
    i, t = random.randrange(len(net.v)), Fraction(random.choice([-1, 1]), random.randint(2, 9))
    if random.random() < 0.5:  # an idle neuron may have any input weights
        net = replace(net, v=(*net.v[:i], Fraction(0), *net.v[i + 1 :]))
        rows = (*net.W[:i], random_row(random, len(net.X[0])), *net.W[i + 1 :])
        moved = replace(net, W=rows)
        assert moved.loss == net.loss
    else:
        moved = net
    theta, step = moved.theta(), marks(len(moved.theta()), i)
    if not any(moved.column(i, 0)):
        return ascent(random, daughters)
    up, down = (moved.at(combined(theta, x, [Fraction(y) for y in step])) for x in (t, -t))
    return Instance({"t": t, "e": list(moved.residual), "z": list(moved.column(i, 0)), "k": net.loss,
                     "P": up.loss, "Q": down.loss}, len(net.X))


@entry(SADDLE, "constant")
def constant(random: Random, daughters: int) -> Instance:
    net = random_net(random, RAMP)
    # All x > 0 > w: the neurons are 0 here and nearby.
    net = replace(net, X=tuple(tuple(map(abs, x)) for x in net.X),
                  W=tuple(tuple(-abs(x) for x in row) for row in net.W))
    near = net.at(combined(net.theta(), 1, random_row(random, len(net.theta()), 16)))
    return Instance({"l": net.loss, "L": near.loss})
