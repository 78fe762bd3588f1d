"""Theorems 1 and 2, and the explicit radius: points near a split local minimum."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from .calculus import inner_hessian, loss_hessian, output_gradient
from .entries import Instance, entry
from .lemmas import marks
from .networks import (
    CUBIC,
    RAMP,
    RATIONAL,
    Net,
    Row,
    combined,
    dot,
    mean,
    random_net,
    random_row,
    random_shares,
    root_above,
    square,
    stationary_net,
    times,
)
from .splitting import others, place

CLAIM, EXPLICIT = "A/theorem-1", "S/split-minimum"


@dataclass(frozen=True)
class Near:
    """A point `wide` near a split local minimum, and the narrow point it is compared with.

    positive: the first case, all coefficients positive; else one is.
    """

    net: Net
    r: int
    start: list[Fraction]
    wide: Net
    positive: bool

    @property
    def own(self) -> range:
        return range(self.r, self.r + len(self.start))

    @property
    def u(self) -> list[Fraction]:
        return [self.wide.v[i] for i in self.own]

    @property
    def v(self) -> Fraction:
        return sum(self.u, Fraction(0))

    @property
    def shares(self) -> list[Fraction]:
        return [x / self.v for x in self.u]

    @property
    def rows(self) -> list[Row]:
        return [self.wide.W[i] for i in self.own]

    @property
    def m(self) -> Row:
        return mean(self.shares, self.rows)

    @property
    def narrow(self) -> Net:
        """The point of comparison."""
        v, W, end = self.wide.v, self.wide.W, self.own.stop
        return Net(self.net.smooth, self.net.X, self.net.y, (*v[: self.r], self.v, *v[end:]),
                   (*W[: self.r], self.m, *W[end:]))

    @property
    def first(self) -> int:
        """The daughter with a positive coefficient (second case)."""
        return max(range(len(self.start)), key=self.start.__getitem__)

    @property
    def a(self) -> Fraction:
        return self.v if self.positive else -self.u[self.first]

    @property
    def weights(self) -> list[Fraction]:
        lead = self.shares[self.first]
        return self.shares if self.positive else [
            1 / lead if j == self.first else -x / lead for j, x in enumerate(self.shares)]

    @property
    def points(self) -> list[Row]:
        return self.rows if self.positive else [
            self.m if j == self.first else w for j, w in enumerate(self.rows)]

    @property
    def center(self) -> Row:
        return self.m if self.positive else self.rows[self.first]

    @property
    def D(self) -> Row:
        return combined(self.wide.outputs, -1, self.narrow.outputs)

    @property
    def Y(self) -> Row:
        return combined(self.narrow.outputs, -1, self.net.outputs)

    def values_at(self, w: Row, order: int = 0) -> Row:
        return tuple(self.net.smooth.tower(dot(w, x))[order] for x in self.net.X)

    @property
    def spread(self) -> Fraction:
        return dot(self.weights, [square(combined(p, -1, self.center)) for p in self.points])

    def bends(self, k: int) -> list[Fraction]:
        """sigma'' where Taylor's formula between center and point has it, at sample k."""
        x = self.net.X[k]
        t, s1, s2 = self.net.smooth.tower(dot(self.center, x))
        found = []
        for p in self.points:
            step = dot(combined(p, -1, self.center), x)
            rest = self.net.smooth.tower(dot(p, x))[0] - t - s1 * step
            found.append(2 * rest / step**2 if step else s2)
        return found

    def bound(self, k: int) -> Fraction:
        """A bound of |sigma''|: everywhere for t/(1 + t**2); for a cubic the largest at the ends."""
        ends = [self.net.smooth.tower(dot(p, self.net.X[k]))[2] for p in (self.center, *self.points)]
        return max(map(abs, ends)) if self.net.smooth is CUBIC else Fraction(3, 2)

    @property
    def K(self) -> Fraction:
        return root_above(square([self.bound(k) * square(x) for k, x in enumerate(self.net.X)]))

    @property
    def g(self) -> Row:
        pulls = [self.a * e * s for e, s in zip(self.net.residual, self.values_at(self.center, 1), strict=True)]
        return mean(pulls, self.net.X)

    def curvatures(self) -> list[Fraction]:
        """c: twice what Taylor's formula of first order leaves of a <e, sigma>."""
        e, t = self.net.residual, self.values_at(self.center)
        return [2 * (self.a * dot(e, combined(self.values_at(p), -1, t)) - dot(combined(p, -1, self.center), self.g))
                for p in self.points]

    @property
    def mu(self) -> Fraction:
        """Half a lower bound of the least eigenvalue of H_r, or -lambda_j H_r: determinant / trace, for sizes 1 and 2."""
        factor = 1 if self.positive else -self.start[self.first]
        H = [[factor * x for x in row] for row in self.net.inner(self.r)]
        return H[0][0] / 2 if len(H) == 1 else (H[0][0] * H[1][1] - H[0][1] ** 2) / (H[0][0] + H[1][1]) / 2

    @property
    def is_near(self) -> bool:
        """Near enough for the theorem: every hypothesis of its statements holds."""
        signs = all(x * y > 0 for x, y in zip(self.start, self.shares, strict=True))
        if not signs or self.narrow.loss < self.net.loss or self.mu <= 0:
            return False
        bends = zip(self.curvatures(), self.points, strict=True)
        return self.mu >= root_above(square(self.Y)) * abs(self.a) * self.K and all(
            c >= self.mu * square(combined(p, -1, self.center)) for c, p in bends)


def near(random: Random, daughters: int) -> Near:
    """Either case, at random."""
    positive = random.random() < 0.5
    while True:
        net, r = stationary_net(random, random.choice(RATIONAL), 1 if positive else -1, Fraction(1, 1000))
        signs = ["+"] * daughters if positive else random.sample(["+", *["-"] * (daughters - 1)], daughters)
        shares = random_shares(random, "".join(signs))
        split = net.split(r, shares)
        for size in (10**6, 10**9, 10**12):
            step = random_row(random, len(split.theta()), size)
            found = Near(net, r, shares, split.at(combined(split.theta(), 1, step)), positive)
            if found.is_near:
                return found


def near_second(random: Random, daughters: int) -> Near:
    while (found := near(random, daughters)).positive:
        pass
    return found


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
        "T": [n.values_at(p)[k] for p in n.points], "d": marks(daughters, n.first), "b": n.weights, "l0": lead,
        "b0": 1 / lead, "s": n.values_at(n.m)[k], "S0": n.values_at(n.center)[k], "v": n.v,
        "rest": others(n.narrow, n.r, k), "f": n.narrow.outputs[k], "F": n.wide.outputs[k]}, daughters)


@entry(CLAIM, "center of the others")
def center_of_the_others(random: Random, daughters: int) -> Instance:
    n = near_second(random, daughters)
    lead = n.shares[n.first]
    return Instance({
        "lam": n.shares, "d": marks(daughters, n.first), "b": n.weights, "l0": lead, "b0": 1 / lead, "w": n.rows,
        "p": n.points, "m": n.m, "q": n.center, "x": random_row(random, len(n.m))}, daughters)


@entry(CLAIM, "remainder")
def remainder(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    k = random.choice(n.net.samples)
    between(n, k)
    net = n.net.with_daughters(n.r, [n.a], [n.center])
    return Instance({
        "a": n.a, "b": n.weights, "T": [n.values_at(p)[k] for p in n.points], "t": n.values_at(n.center)[k],
        "s1": n.values_at(n.center, 1)[k], "c": n.bends(k), "D": n.D[k], "p": n.points, "q": n.center, "x": n.net.X[k],
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
        "a": n.a, "A": abs(n.a), "b": n.weights, "c": n.bends(k), "M": n.bound(k), "spread": n.spread, "D": n.D[k],
        "p": n.points, "q": n.center, "x": n.net.X[k]}, daughters)


@entry(CLAIM, "bound")
def bound(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    return Instance({
        "A": abs(n.a), "m": [n.bound(k) * square(x) for k, x in enumerate(n.net.X)], "K": n.K, "spread": n.spread,
        "D": list(n.D), "E": abs(n.a) * n.K * n.spread / 2}, len(n.net.X))


@entry(CLAIM, "curvature")
def curvature(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    net = n.net.with_daughters(n.r, [n.a], [n.center])
    return Instance({
        "a": n.a, "b": n.weights, "c": n.curvatures(), "mu": n.mu, "e": n.net.residual, "D": n.D,
        "T": [n.values_at(p) for p in n.points], "t": n.values_at(n.center), "p": n.points, "q": n.center, "g": n.g,
    }, daughters, lambda: [("dot(g, g)", square([
        dot(n.net.residual, [output_gradient(net, k, place(net, n.r, j)) for k in net.samples]) for j in net.inputs]))])


@entry(CLAIM, "losses")
def losses(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    return Instance({"e": list(n.net.residual), "Y": list(n.Y), "D": list(n.D), "k": n.narrow.loss, "L": n.wide.loss},
                    len(n.net.X))


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
    return Instance({"t": t, "e": list(here.residual), "z": list(here.column(r, 0)), "k": here.loss, "P": up.loss,
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
    }, len(net.X), lambda: [("h", dot(a, times(net.inner(r), a)))])


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
        "C": max(Fraction(1), Fraction(daughters), Q), "rest": r - V**2 - square(combined(n.m, -1, o)), "r": r, "D": D,
        "w": n.rows, "o": o, "m": n.m}, daughters)


@entry(EXPLICIT, "output moves")
def output_moves(random: Random, daughters: int) -> Instance:
    n = near(random, daughters)
    r, D = distances(n)
    step = combined(n.narrow.theta(), -1, n.net.theta())
    places = [n.net.at(combined(n.net.theta(), Fraction(s, 4), step)) for s in range(5)]

    def steepest(k: int) -> Row:
        """The gradient of output k at one of five places: there is one on the segment that moves it by Y_k."""
        return max((at.output_gradient(k) for at in places), key=lambda row: abs(dot(row, step)))

    g = [square(steepest(k)) for k in n.net.samples]
    return Instance({"Y": list(n.Y), "g": g, "J": sum(g, Fraction(0)),
                     "C": max(Fraction(daughters), square(n.shares)), "r": r, "D": D}, len(n.net.X))


