"""Lemma 1 amended, Proposition 2 and both halves of Theorem 3: neurons that are effective, idle or dead."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from .calculus import inner_hessian, loss_gradient
from .entries import Instance, entry
from .networks import (
    CUBIC,
    RAMP,
    RATIONAL,
    Net,
    Row,
    combined,
    dot,
    random_net,
    random_row,
    random_shares,
    random_signs,
    square,
    stationary_at,
    stationary_net,
    times,
)
from .splitting import others

LEMMA, PROPOSITION = "A/lemma-1-amended", "A/proposition-2"
EFFECTIVE, CONSTANT = "A/theorem-3.1", "A/theorem-3.2"
ZERO = Fraction(0)


def positive_row(random: Random, length: int) -> Row:
    return tuple(Fraction(random.randint(1, 5)) for _ in range(length))


def dead_net(random: Random, neurons: int = 2) -> Net:
    """Ramps that all samples leave on the flat side: every hidden value is 0, and stays so nearby."""
    X = tuple(positive_row(random, 2) for _ in range(5))
    W = tuple(combined((ZERO, ZERO), -1, positive_row(random, 2)) for _ in range(neurons))
    return Net(RAMP, X, random_row(random, 5), random_row(random, neurons), W)


def placed(net: Net, i: int, row: Row) -> Net:
    """The network with other input weights of neuron i."""
    return replace(net, W=(*net.W[:i], row, *net.W[i + 1 :]))


def weighted(net: Net, i: int, v: Fraction) -> Net:
    """The network with another output weight of neuron i."""
    return replace(net, v=(*net.v[:i], v, *net.v[i + 1 :]))


@entry(LEMMA, "idle")
def idle(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(RATIONAL))
    i, k = random.randrange(len(net.v)), random.choice(net.samples)
    net = weighted(net, i, ZERO)
    moved = placed(net, i, random_row(random, len(net.X[0])))
    return Instance({
        "v": net.v[i], "z": net.tower(i, k)[0], "T": moved.tower(i, k)[0], "rest": others(net, i, k),
        "f": net.outputs[k], "F": moved.outputs[k]})


@entry(LEMMA, "parabola")
def parabola(random: Random, daughters: int) -> Instance:
    net, t = dead_net(random), Fraction(random.choice([-2, 1, 3]), 5)
    i = random.randrange(2)
    up, down = (weighted(net, i, net.v[i] + s * t) for s in (1, -1))
    return Instance({
        "t": t, "i": 1 / t**2, "e": list(net.residual), "z": list(net.column(i, 0)), "k": net.loss,
        "P": up.loss, "Q": down.loss}, len(net.X))


@entry(LEMMA, "second order")
def second_order(random: Random, daughters: int) -> Instance:
    """A stationary point with labels so far away that its loss falls along w_i."""
    net, i = stationary_net(random, random.choice(RATIONAL), -1)
    a, t = random_row(random, len(net.X[0])), Fraction(1, 8)
    bent = square([net.v[i] * s * x for s, x in zip(net.column(i, 1), times(net.X, a), strict=True)])
    net = replace(net, y=combined(net.outputs, -1 - bent, net.residual))
    while (moved := placed(net, i, combined(net.W[i], t, a))).loss > net.loss:
        t /= 8
    q, v, e = list(times(net.X, a)), net.v[i], list(net.residual)
    z, s1, s2, T = (list(x) for x in (*(net.column(i, k) for k in range(3)), moved.column(i, 0)))
    o = [(T[k] - z[k] - t * q[k] * s1[k]) / t**2 - q[k] ** 2 * s2[k] / 2 for k in net.samples]
    h, m = dot(a, times(net.inner(i), a)), square([v * s1[k] * q[k] for k in net.samples])
    return Instance({
        "t": t, "i": 1 / t**2, "v": v, "z": z, "s1": s1, "s2": s2, "q": q, "T": T, "o": o, "e": e,
        "D": list(combined(moved.outputs, -1, net.outputs)), "h": h, "m": m,
        "r": (moved.loss - net.loss) / t**2 - (m + h) / 2, "l": net.loss, "L": moved.loss,
    }, len(net.X), lambda: [
        ("h", dot(a, times(inner_hessian(net, i), a))),
        ("v*sum(e*s1*q)", dot(a, loss_gradient(net)[len(net.v) + i * len(a) :][: len(a)]))])


@entry(LEMMA, "inflection")
def inflection(random: Random, daughters: int) -> Instance:
    net = dead_net(random)
    i, a = random.randrange(2), random_row(random, 2)
    return Instance({
        "v": net.v[i], "s1": list(net.column(i, 1)), "s2": list(net.column(i, 2)),
        "q": list(times(net.X, a)), "e": list(net.residual), "h": dot(a, times(net.inner(i), a)), "m": ZERO,
    }, len(net.X), lambda: [("h", dot(a, times(inner_hessian(net, i), a)))])


@entry(LEMMA, "still")
def still(random: Random, daughters: int) -> Instance:
    """All samples at the origin, where the cubic has a zero and a slope."""
    X = ((ZERO, ZERO),) * 3
    net = Net(CUBIC, X, random_row(random, 3), positive_row(random, 1), (random_row(random, 2),))
    s1 = list(net.column(0, 1))
    return Instance({
        "v": net.v[0], "s1": s1, "q": list(times(X, random_row(random, 2))), "i": 1 / net.v[0],
        "j": [1 / x for x in s1]}, 3)


@entry(LEMMA, "outputs")
def dead_outputs(random: Random, daughters: int) -> Instance:
    net = dead_net(random, daughters)
    k = random.choice(net.samples)
    return Instance({
        "v": list(net.v), "z": [net.tower(i, k)[0] for i in range(daughters)], "f": net.outputs[k],
    }, daughters)


@entry(LEMMA, "losses")
def dead_losses(random: Random, daughters: int) -> Instance:
    net = dead_net(random)
    return Instance({"y": list(net.y), "f": list(net.outputs), "l": net.loss}, len(net.X))


@entry(PROPOSITION, "second difference")
def second_difference(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(RATIONAL))
    i, a, t = random.randrange(len(net.v)), random_row(random, len(net.X[0])), Fraction(1, 3)
    q, v, e = list(times(net.X, a)), net.v[i], list(net.residual)
    z, s1, s2 = (list(net.column(i, k)) for k in range(3))
    sides: list[tuple[list[Fraction], list[Fraction]]] = []
    for s in (t, -t):
        T = list(placed(net, i, combined(net.W[i], s, a)).column(i, 0))
        sides.append((T, [(T[k] - z[k] - s * q[k] * s1[k]) / s**2 - q[k] ** 2 * s2[k] / 2
                          for k in net.samples]))
    (T, o), (U, p) = sides
    return Instance({
        "t": t, "v": v, "e": e, "z": z, "s1": s1, "s2": s2, "q": q, "T": T, "U": U, "o": o, "p": p,
        "h": dot(a, times(net.inner(i), a)), "r": v * dot(e, combined(o, 1, p)),
        "F0": dot(e, z), "F1": dot(e, T), "F2": dot(e, U),
    }, len(net.X), lambda: [("h", dot(a, times(inner_hessian(net, i), a)))])


def constant_net(random: Random) -> Net:
    """A stationary point whose first neuron, a dead ramp, is locally constant and whose second is not."""
    while True:
        net = dead_net(random)
        net = placed(net, 1, positive_row(random, 2))
        if (found := stationary_at(random, net, 1)) is not None:
            return found


@entry(PROPOSITION, "constant")
def constant(random: Random, daughters: int) -> Instance:
    net = constant_net(random)
    moved = placed(net, 0, combined(net.W[0], Fraction(1, 9), random_row(random, 2)))
    return Instance({
        "e": list(net.residual), "z": list(net.column(0, 0)), "T": list(moved.column(0, 0)),
    }, len(net.X), lambda: [("sum(e*z)", loss_gradient(net)[0])])


def idle_daughter(random: Random, daughters: int) -> tuple[Net, int, Net, int, Row]:
    """A stationary network, its neuron r, the network after a split with a coefficient 0, that daughter, and
    input weights for her where she is effective."""
    net, r = stationary_net(random, random.choice(RATIONAL), random.choice([-1, 1]))
    signs = random_signs(random, daughters, "+0")
    wide = net.split(r, random_shares(random, signs))
    while True:
        row = combined(net.W[r], Fraction(1, 4), random_row(random, len(net.X[0])))
        if dot(net.residual, placed(net, r, row).column(r, 0)) != 0:
            return net, r, wide, r + signs.index("0"), row


@entry(EFFECTIVE, "outputs")
def effective_outputs(random: Random, daughters: int) -> Instance:
    net, r, wide, j, row = idle_daughter(random, daughters)
    k, a = random.choice(net.samples), Fraction(random.choice([-3, 1, 2]), 7)
    moved = weighted(placed(wide, j, row), j, wide.v[j] + a)
    return Instance({
        "lam": wide.v[j] / net.v[r], "v": net.v[r], "u": wide.v[j], "a": a, "z": wide.tower(j, k)[0],
        "p": moved.tower(j, k)[0], "rest": others(wide, j, k), "f": wide.outputs[k], "F": moved.outputs[k]})


@entry(EFFECTIVE, "losses")
def effective_losses(random: Random, daughters: int) -> Instance:
    net, _, wide, j, row = idle_daughter(random, daughters)
    a = Fraction(random.choice([-3, 1, 2]), 7)
    moved = weighted(placed(wide, j, row), j, wide.v[j] + a)
    p = list(moved.column(j, 0))
    return Instance({
        "a": a, "e": list(net.residual), "p": p, "D": list(combined(moved.outputs, -1, wide.outputs)),
        "g": dot(net.residual, p), "n": square(p), "l": wide.loss, "L": moved.loss}, len(net.X))


@entry(EFFECTIVE, "two signs")
def two_signs(random: Random, daughters: int) -> Instance:
    net, _, wide, j, row = idle_daughter(random, daughters)
    there = placed(wide, j, row)
    p = there.column(j, 0)
    g, n = dot(net.residual, p), square(p)
    s = 1 / (n + 1)
    return Instance({
        "s": s, "g": g, "n": n, "l": wide.loss, "P": weighted(there, j, -s * g).loss,
        "Q": weighted(there, j, s * g).loss})


def moved_apart(random: Random, daughters: int) -> dict[str, Any]:
    """A split of a locally constant neuron, any small move, and the narrow point of comparison."""
    net = constant_net(random)
    shares = random_shares(random, random_signs(random, daughters))
    wide = net.split(0, shares)
    moved = wide.at(combined(wide.theta(), 1, random_row(random, len(wide.theta()), 20)))
    change = combined(moved.v, -1, wide.v)[:daughters]
    kept = replace(net, v=(net.v[0], *moved.v[daughters:]), W=(net.W[0], *moved.W[daughters:]))
    narrow = weighted(kept, 0, net.v[0] + sum(change))
    return {"net": net, "shares": shares, "wide": wide, "moved": moved, "change": list(change),
            "narrow": narrow}


@entry(CONSTANT, "outputs")
def constant_outputs(random: Random, daughters: int) -> Instance:
    found = moved_apart(random, daughters)
    net, wide, moved = found["net"], found["wide"], found["moved"]
    k, own = random.choice(net.samples), range(daughters)
    return Instance({
        "lam": found["shares"], "u": list(wide.v[:daughters]), "du": found["change"],
        "T": [moved.tower(i, k)[0] for i in own], "v": net.v[0], "z": net.tower(0, k)[0],
        "rest": others(found["narrow"], 0, k), "f": found["narrow"].outputs[k], "F": moved.outputs[k],
    }, daughters)


@entry(CONSTANT, "distance")
def distance(random: Random, daughters: int) -> Instance:
    found = moved_apart(random, daughters)
    net, wide, moved, narrow = (found[name] for name in ("net", "wide", "moved", "narrow"))
    b, s = square(combined(narrow.theta(), -1, net.theta())), sum(found["change"], ZERO)
    return Instance({
        "du": found["change"], "s": s, "m": s / daughters, "N": Fraction(daughters), "rest": b - s**2,
        "b": b, "B": square(combined(moved.theta(), -1, wide.theta())),
        "a": [combined(moved.W[j], -1, wide.W[j]) for j in range(daughters)]}, daughters)


@entry(CONSTANT, "minimum")
def minimum(random: Random, daughters: int) -> Instance:
    """The narrow point is its best one: labels that the second neuron hits, but for what no neuron does."""
    while True:
        found = moved_apart(random, daughters)
        net, narrow = found["net"], found["narrow"]
        if narrow.loss >= net.loss:
            return Instance({
                "y": list(net.y), "f": list(narrow.outputs), "F": list(found["moved"].outputs),
                "k": narrow.loss, "l": net.loss, "L": found["moved"].loss, "L0": found["wide"].loss,
            }, len(net.X))
