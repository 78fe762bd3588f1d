"""Theorems 1 and 2, and the explicit radius."""

from fractions import Fraction
from random import Random

from .calculus import inner_hessian, loss_hessian, output_gradient
from .entries import Instance, entry
from .lemmas import marks
from .nearby import Near, near, near_second
from .networks import (
    CUBIC,
    RAMP,
    RATIONAL,
    combined,
    dot,
    random_net,
    random_row,
    root_above,
    square,
    stationary_net,
    times,
)
from .splitting import others, place

CLAIM, EXPLICIT = "A/theorem-1", "S/split-minimum"


@entry(CLAIM, "shares")
def shares(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    k = random.choice(n.net.samples)
    return Instance({
        "lam": n.shares, "u": n.u, "v": n.v, "i": 1 / n.v, "S": [n.wide.tower(i, k)[0] for i in n.own],
        "t": n.narrow.tower(n.r, k)[0], "rest": others(n.narrow, n.r, k), "f": n.narrow.outputs[k],
        "F": n.wide.outputs[k]}, daughters)


@entry(CLAIM, "shares of the positive one")
def shares_of_the_positive_one(random: Random, daughters: int) -> Instance:
    n = near_second(random, daughters)
    k, lead = random.choice(n.net.samples), n.shares[n.first]
    return Instance({
        "lam": n.shares, "u": n.u, "S": [n.wide.tower(i, k)[0] for i in n.own],
        "T": [n.values_at(p)[k] for p in n.points], "d": marks(daughters, n.first), "b": n.weights,
        "l0": lead,
        "b0": 1 / lead, "s": n.values_at(n.m)[k], "S0": n.values_at(n.center)[k], "v": n.v,
        "rest": others(n.narrow, n.r, k), "f": n.narrow.outputs[k], "F": n.wide.outputs[k]}, daughters)


@entry(CLAIM, "center of the others")
def center_of_the_others(random: Random, daughters: int) -> Instance:
    n = near_second(random, daughters)
    lead = n.shares[n.first]
    return Instance({
        "lam": n.shares, "d": marks(daughters, n.first), "b": n.weights, "l0": lead, "b0": 1 / lead,
        "w": n.rows,
        "p": n.points, "m": n.m, "q": n.center, "x": random_row(random, len(n.m))}, daughters)


@entry(CLAIM, "remainder")
def remainder(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    k = random.choice(n.net.samples)
    between(n, k)
    net = n.net.with_daughters(n.r, [n.a], [n.center])
    return Instance({
        "a": n.a, "b": n.weights, "T": [n.values_at(p)[k] for p in n.points], "t": n.values_at(n.center)[k],
        "s1": n.values_at(n.center, 1)[k], "c": n.bends(k), "D": n.D[k], "p": n.points, "q": n.center,
        "x": n.net.X[k],
    }, daughters, lambda: [("a*s1*dot(x, x)", dot(n.net.X[k], [
        output_gradient(net, k, place(net, n.r, j)) for j in net.inputs]))])


def between(n: Near, k: int) -> None:
    """sigma'' of a cubic is linear: the values that Taylor's formula has lie between those at the ends."""
    if n.net.smooth is CUBIC:
        ends = [[n.net.smooth.tower(dot(w, n.net.X[k]))[2] for w in (p, n.center)] for p in n.points]
        assert all(min(pair) <= c <= max(pair) for c, pair in zip(n.bends(k), ends, strict=True))


@entry(CLAIM, "bound per sample")
def bound_per_sample(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    k = random.choice(n.net.samples)
    return Instance({
        "a": n.a, "A": abs(n.a), "b": n.weights, "c": n.bends(k), "M": n.bound(k), "spread": n.spread,
        "D": n.D[k],
        "p": n.points, "q": n.center, "x": n.net.X[k]}, daughters)


@entry(CLAIM, "bound")
def bound(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    return Instance({
        "A": abs(n.a), "m": [n.bound(k) * square(x) for k, x in enumerate(n.net.X)], "K": n.K,
        "spread": n.spread,
        "D": list(n.D), "E": abs(n.a) * n.K * n.spread / 2}, len(n.net.X))


@entry(CLAIM, "curvature")
def curvature(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    net = n.net.with_daughters(n.r, [n.a], [n.center])
    return Instance({
        "a": n.a, "b": n.weights, "c": n.curvatures(), "mu": n.mu, "e": n.net.residual, "D": n.D,
        "T": [n.values_at(p) for p in n.points], "t": n.values_at(n.center), "p": n.points, "q": n.center,
        "g": n.g,
    }, daughters, lambda: [("dot(g, g)", square([
        dot(n.net.residual, [output_gradient(net, k, place(net, n.r, j)) for k in net.samples])
        for j in net.inputs]))])


@entry(CLAIM, "losses")
def losses(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    return Instance({
        "e": list(n.net.residual), "Y": list(n.Y), "D": list(n.D), "k": n.narrow.loss, "L": n.wide.loss,
    }, len(n.net.X))


@entry(CLAIM, "minimum")
def minimum(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    return Instance({
        "A": abs(n.a), "K": n.K, "R": root_above(square(n.Y)), "E": abs(n.a) * n.K * n.spread / 2, "mu": n.mu,
        "spread": n.spread, "l": n.net.split(n.r, n.start).loss, "k": n.narrow.loss, "L": n.wide.loss,
        "e": n.net.residual, "Y": n.Y, "D": n.D})


@entry(CLAIM, "no maximum")
def no_maximum(random: Random, daughters: int) -> Instance:
    net, r = stationary_net(random, random.choice(RATIONAL), 1)
    w, t = combined(net.W[r], 1, random_row(random, len(net.X[0]), 7)), Fraction(1, 5)
    here, up, down = (net.with_daughters(r, [net.v[r] + step], [w]) for step in (0, t, -t))
    return Instance({
        "t": t, "e": list(here.residual), "z": list(here.column(r, 0)), "k": here.loss, "P": up.loss,
        "Q": down.loss}, len(net.X), lambda: [("sum(z**2)", loss_hessian(here)[r][r])])


@entry(CLAIM, "flat")
def flat(random: Random, daughters: int) -> Instance:
    # max(t, 0)**3 is 0 near every negative t.
    while True:
        net = random_net(random, RAMP)
        r = random.randrange(len(net.v))
        if all(t < 0 for t in times(net.X, net.W[r])) and any(net.residual):
            break
    a = random_row(random, len(net.X[0]))
    return Instance({
        "v": net.v[r], "e": list(net.residual), "s2": list(net.column(r, 2)), "q": list(times(net.X, a)),
        "h": dot(a, times(net.inner(r), a)),
    }, len(net.X), lambda: [("h", dot(a, times(inner_hessian(net, r), a)))])


@entry("A/theorem-2", "polarization")
def polarization(random: Random, daughters: int) -> Instance:
    net, r = stationary_net(random, random.choice(RATIONAL), random.choice([-1, 1]))
    H, (a, b) = net.inner(r), (random_row(random, len(net.X[0])) for _ in range(2))
    P, Q = (dot(x, times(H, x)) for x in (combined(a, 1, b), combined(a, -1, b)))
    return Instance({"P": P, "Q": Q, "a": a, "b": b, "G": times(H, a), "K": times(H, b)},
                    derivatives=lambda: [("dot(a, K)", dot(a, times(inner_hessian(net, r), b)))])


@entry(EXPLICIT, "convex")
def convex(random: Random, daughters: int) -> Instance:
    while not (n := near(random, daughters)).positive:
        pass
    return Instance({"lam": n.shares}, daughters)


def distances(n: Near) -> tuple[Fraction, Fraction]:
    """Squared: of the point of comparison from the narrow one, of the wide point from the split one."""
    split = n.net.split(n.r, n.start)
    return (square(combined(n.narrow.theta(), -1, n.net.theta())),
            square(combined(n.wide.theta(), -1, split.theta())))


@entry(EXPLICIT, "closeness")
def closeness(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    dv = [u - x * n.net.v[n.r] for u, x in zip(n.u, n.start, strict=True)]
    o, (r, D), Q = n.net.W[n.r], distances(n), square(n.shares)
    V = n.v - n.net.v[n.r]
    return Instance({
        "lam": n.shares, "dv": dv, "V": V, "N": Fraction(daughters), "a": V / daughters, "Q": Q, "i": 1 / Q,
        "C": max(Fraction(1), Fraction(daughters), Q), "rest": r - V**2 - square(combined(n.m, -1, o)),
        "r": r, "D": D,
        "w": n.rows, "o": o, "m": n.m}, daughters)


@entry(EXPLICIT, "output moves")
def output_moves(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    r, D = distances(n)
    step = combined(n.narrow.theta(), -1, n.net.theta())
    places = [n.net.at(combined(n.net.theta(), Fraction(s, 4), step)) for s in range(5)]

    # Somewhere on the segment the slope along the step is Y_k: of five places take the steepest.
    chosen = [max(places, key=lambda at: abs(dot(at.output_gradient(k), step))) for k in n.net.samples]
    g = [square(at.output_gradient(k)) for k, at in enumerate(chosen)]
    return Instance({"Y": list(n.Y), "g": g, "J": sum(g, Fraction(0)),
                     "C": max(Fraction(daughters), square(n.shares)), "r": r, "D": D}, len(n.net.X), lambda: [
                         ("g", [square([output_gradient(at, k, i) for i in range(len(step))])
                                for k, at in enumerate(chosen)])])


