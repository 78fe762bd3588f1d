"""Lemma 4, both halves: daughters that move along one direction; Lemma 1 amended: neurons that all move."""

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from .calculus import inner_hessian, loss_gradient, output_gradient
from .entries import Instance, entry
from .networks import (
    EVERY,
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
    stationary_net,
    times,
)
from .splitting import others, place

POSITIVE, NEGATIVE, MAXIMUM = "A/lemma-4.1", "A/lemma-4.2-amended", "A/lemma-1-amended"


@dataclass(frozen=True)
class Move:
    """Daughters of neuron r move by t c_j a from a split point; one list per sample."""

    net: Net
    r: int
    shares: list[Fraction]
    c: list[Fraction]
    a: Row
    t: Fraction

    @property
    def split(self) -> Net:
        return self.net.split(self.r, self.shares)

    @property
    def moved(self) -> Net:
        rows = [combined(self.net.W[self.r], self.t * c, self.a) for c in self.c]
        return self.net.with_daughters(self.r, [x * self.net.v[self.r] for x in self.shares], rows)

    @property
    def second_moment(self) -> Fraction:
        return dot(self.shares, [c**2 for c in self.c])

    def curvature(self) -> Fraction:
        """h = a'H_r a."""
        return dot(self.a, times(self.net.inner(self.r), self.a))

    def remainders(self, k: int) -> list[Fraction]:
        """o: what Taylor's formula of second order leaves, divided by (t c_j)**2."""
        (s, s1, s2), q = self.net.tower(self.r, k), dot(self.a, self.net.X[k])
        found = []
        for j, c in enumerate(self.c):
            value, step = self.moved.tower(self.r + j, k)[0], self.t * c
            found.append((value - s - step * q * s1) / step**2 - q**2 * s2 / 2 if step else Fraction(0))
        return found

    def remainder(self, k: int) -> Fraction:
        """R."""
        return dot([x * c**2 for x, c in zip(self.shares, self.c, strict=True)], self.remainders(k))

    def changes(self) -> list[Fraction]:
        return list(combined(self.moved.outputs, -1, self.split.outputs))


def crossing(random: Random, daughters: int) -> tuple[list[Fraction], list[Fraction]]:
    """Coefficients with a negative one, and (132)."""
    shares = random_shares(random, random_signs(random, daughters, "+-"))
    plus = sum((x for x in shares if x >= 0), Fraction(0))
    return shares, [1 / plus if x >= 0 else 1 / (plus - 1) for x in shares]


def parting(random: Random, daughters: int) -> tuple[list[Fraction], list[Fraction], int, int]:
    """Coefficients with two positive ones, (143), and where these two are."""
    shares = random_shares(random, random_signs(random, daughters, "++"))
    i, j = random.sample([k for k, x in enumerate(shares) if x > 0], 2)
    return shares, [1 / shares[i] if k == i else -1 / shares[j] if k == j else Fraction(0)
                    for k in range(daughters)], i, j


def marks(length: int, index: int) -> list[Fraction]:
    return [Fraction(k == index) for k in range(length)]


@entry(POSITIVE, "moments")
def moments(random: Random, daughters: int) -> Instance:
    shares, c = crossing(random, daughters)
    S, N = (sum((x for x in shares if sign * x > 0), Fraction(0)) * sign for sign in (1, -1))
    return Instance({"lam": shares, "e": [Fraction(x >= 0) for x in shares], "c": c, "S": S, "N": N,
                     "iS": 1 / S, "iN": 1 / N}, daughters)


@entry(NEGATIVE, "moments")
def moments_of_two(random: Random, daughters: int) -> Instance:
    shares, c, i, j = parting(random, daughters)
    return Instance({
        "lam": shares, "d": marks(daughters, i), "D": marks(daughters, j), "c": c, "l0": shares[i],
        "l1": shares[j], "i0": 1 / shares[i], "i1": 1 / shares[j]}, daughters)


def random_move(random: Random, daughters: int, claim: str) -> Move:
    """As the claim makes it, short enough for its effect of second order to win."""
    shares, c = crossing(random, daughters) if claim == POSITIVE else parting(random, daughters)[:2]
    net, r = stationary_net(random, random.choice(RATIONAL), 1 if claim == POSITIVE else -1)
    move = Move(net, r, shares, c, random_row(random, len(net.X[0])), Fraction(1, 8))
    while move.moved.loss >= move.split.loss:
        move = Move(net, r, shares, c, move.a, move.t / 8)
    return move


def outputs(random: Random, daughters: int, claim: str, change: str) -> Instance:
    move = random_move(random, daughters, claim)
    k, net, r = random.choice(move.net.samples), move.net, move.r
    (s, s1, s2), q = net.tower(r, k), dot(move.a, net.X[k])
    weights = [place(net, r, j) for j in net.inputs]
    return Instance({
        "lam": move.shares, "c": move.c, "t": move.t, "v": net.v[r], "s": s, "s1": s1, "s2": s2, "q": q,
        "T": [move.moved.tower(r + j, k)[0] for j in range(daughters)], "o": move.remainders(k),
        "M": move.second_moment, "R": move.remainder(k), change: move.changes()[k],
    }, daughters, lambda: [
        ("v*s1*q", dot(move.a, [output_gradient(net, k, w) for w in weights])),
        ("v*s2*q**2", dot(move.a, [
            dot(move.a, [output_gradient(net, k, w, u) for w in weights]) for u in weights]))])


def descent(random: Random, daughters: int, claim: str, change: str) -> Instance:
    move = random_move(random, daughters, claim)
    net, r, t, M = move.net, move.r, move.t, move.second_moment
    R, h = [move.remainder(k) for k in net.samples], move.curvature()
    return Instance({
        "t": t, "v": net.v[r], "s2": list(net.column(r, 2)), "q": list(times(net.X, move.a)),
        "e": list(net.residual),
        "R": R, change: move.changes(), "M": M, "h": h,
        "r": (move.moved.loss - move.split.loss) / t**2 - M * h / 2,
        "l": move.split.loss, "L": move.moved.loss,
    }, len(net.X), lambda: [("h", dot(move.a, times(inner_hessian(net, r), move.a)))])


@entry(POSITIVE, "outputs")
def positive_outputs(random: Random, daughters: int) -> Instance:
    return outputs(random, daughters, POSITIVE, "D")


@entry(NEGATIVE, "outputs")
def negative_outputs(random: Random, daughters: int) -> Instance:
    return outputs(random, daughters, NEGATIVE, "Y")


@entry(POSITIVE, "descent")
def positive_descent(random: Random, daughters: int) -> Instance:
    return descent(random, daughters, POSITIVE, "D")


@entry(NEGATIVE, "descent")
def negative_descent(random: Random, daughters: int) -> Instance:
    return descent(random, daughters, NEGATIVE, "Y")


def shift(shares: list[Fraction], giver: int, taker: int, g: Fraction) -> dict[str, Any]:
    """k of (140) and (150), and the shifted coefficients."""
    k = [a - b for a, b in zip(marks(len(shares), taker), marks(len(shares), giver), strict=True)]
    return {"lam": shares, "k": k, "m": [x + g * y for x, y in zip(shares, k, strict=True)]}


def index_of(random: Random, signs: str, sign: str) -> int:
    return random.choice([j for j, found in enumerate(signs) if found == sign])


@entry(POSITIVE, "boundary")
def positive_boundary(random: Random, daughters: int) -> Instance:
    signs = "".join(random.sample("+0" + "+0+"[: daughters - 2], daughters))
    zero, other = index_of(random, signs, "0"), index_of(random, signs, "+")
    g, v = Fraction(1, random.randint(2, 9)), stationary_net(random, random.choice(EVERY), 1)[0].v[0]
    return Instance(shift(random_shares(random, signs), zero, other, g) | {
        "d": marks(daughters, zero), "v": v, "g": g}, daughters)


@entry(NEGATIVE, "boundary")
def negative_boundary(random: Random, daughters: int) -> Instance:
    signs = random_signs(random, daughters, "+0")
    zero, giver = index_of(random, signs, "0"), index_of(random, signs, "+")
    shares = random_shares(random, signs)
    g, v = shares[giver] / random.randint(2, 9), stationary_net(random, random.choice(EVERY), -1)[0].v[0]
    return Instance(shift(shares, giver, zero, g) | {
        "d": marks(daughters, giver), "D": marks(daughters, zero), "l0": shares[giver], "v": v, "g": g,
    }, daughters)


@entry(POSITIVE, "ascent")
def positive_ascent(random: Random, daughters: int) -> Instance:
    net, r = stationary_net(random, random.choice(RATIONAL), 1)
    move = Move(net, r, [Fraction(1)], [Fraction(1)], random_row(random, len(net.X[0])), Fraction(1, 8))
    while move.curvature() / 2 + net.v[r] * dot(net.residual, [move.remainder(k) for k in net.samples]) <= 0:
        move = Move(net, r, move.shares, move.c, move.a, move.t / 8)
    weights = [place(net, r, j) for j in net.inputs]
    return Instance({
        "t": move.t, "v": net.v[r], "s": list(net.column(r, 0)), "s1": list(net.column(r, 1)),
        "s2": list(net.column(r, 2)), "q": list(times(net.X, move.a)), "T": list(move.moved.column(r, 0)),
        "o": [move.remainder(k) for k in net.samples], "e": list(net.residual), "D": move.changes(),
        "h": move.curvature(), "l": net.loss, "L": move.moved.loss,
    }, len(net.X), lambda: [
        ("h", dot(move.a, times(inner_hessian(net, r), move.a))),
        ("v*sum(e*s1*q)", dot(move.a, [loss_gradient(net)[w] for w in weights]))])


@entry(NEGATIVE, "ascent")
def negative_ascent(random: Random, daughters: int) -> Instance:
    net, _ = stationary_net(random, random.choice(EVERY), -1)
    i, t = random.randrange(len(net.v)), Fraction(random.choice([-1, 1]), 3)
    moved = net.at([x + t * (k == i) for k, x in enumerate(net.theta())])
    return Instance({
        "t": t, "z": list(net.column(i, 0)), "e": list(net.residual),
        "Y": list(combined(moved.outputs, -1, net.outputs)),
        "l": net.loss, "L": moved.loss,
    }, len(net.X), lambda: [("sum(e*z)", loss_gradient(net)[i])])


@entry(NEGATIVE, "ascent of a daughter")
def ascent_of_a_daughter(random: Random, daughters: int) -> Instance:
    """The daughter with a negative coefficient moves, so far that the effect of second order wins."""
    signs = random_signs(random, daughters, "+-")
    shares, j = random_shares(random, signs), index_of(random, signs, "-")
    net, r = stationary_net(random, random.choice(RATIONAL), -1)
    move = Move(net, r, shares, marks(daughters, j), random_row(random, len(net.X[0])), Fraction(1, 8))

    def rest() -> list[Fraction]:
        return [move.remainders(k)[j] for k in net.samples]

    while move.curvature() / 2 + net.v[r] * dot(net.residual, rest()) >= 0:
        move = Move(net, r, shares, move.c, move.a, move.t / 8)
    weights = [place(net, r, j) for j in net.inputs]
    return Instance({
        "t": move.t, "g": -shares[j], "v": net.v[r], "s": list(net.column(r, 0)),
        "s1": list(net.column(r, 1)), "s2": list(net.column(r, 2)), "q": list(times(net.X, move.a)),
        "T": list(move.moved.column(r + j, 0)), "o": rest(), "e": list(net.residual), "Y": move.changes(),
        "h": move.curvature(), "l": move.split.loss, "L": move.moved.loss,
    }, len(net.X), lambda: [
        ("h", dot(move.a, times(inner_hessian(net, r), move.a))),
        ("v*sum(e*s1*q)", dot(move.a, [loss_gradient(net)[w] for w in weights]))])


@dataclass(frozen=True)
class Mixture:
    """Positive coefficients, and narrow networks that differ in neuron r: one for each daughter."""

    base: Net
    r: int
    shares: list[Fraction]
    parts: list[Net]

    @property
    def wide(self) -> Net:
        v = [x * part.v[self.r] for x, part in zip(self.shares, self.parts, strict=True)]
        return self.base.with_daughters(self.r, v, [part.W[self.r] for part in self.parts])


def mixture(random: Random, daughters: int) -> Mixture:
    """No part has a larger loss than the base."""
    base = random_net(random, random.choice(RATIONAL))
    r, parts = random.randrange(len(base.v)), list[Net]()
    while len(parts) < daughters:
        v, row = base.v[r] + Fraction(random.randint(-3, 3), 9), random_row(random, len(base.X[0]), 9)
        part = base.with_daughters(r, [v], [combined(base.W[r], 1, row)])
        parts += [part] if part.loss <= base.loss else []
    return Mixture(base, r, random_shares(random, "+" * daughters), parts)


@entry(NEGATIVE, "mean output")
def mean_output(random: Random, daughters: int) -> Instance:
    found = mixture(random, daughters)
    base, r, k = found.base, found.r, random.choice(found.base.samples)
    return Instance({
        "lam": found.shares, "u": list(found.wide.v[r : r + daughters]), "p": [x.v[r] for x in found.parts],
        "T": [found.wide.tower(r + j, k)[0] for j in range(daughters)], "rest": others(base, r, k),
        "G": [x.outputs[k] for x in found.parts], "F": found.wide.outputs[k]}, daughters)


@entry(NEGATIVE, "convexity")
def convexity(random: Random, daughters: int) -> Instance:
    found = mixture(random, daughters)
    return Instance({
        "lam": found.shares, "k": [x.loss for x in found.parts], "l": found.base.loss, "L": found.wide.loss,
        "G": [x.outputs for x in found.parts], "F": found.wide.outputs, "y": found.base.y}, daughters)


@dataclass(frozen=True)
class Moves:
    """Every neuron i of a net moves by t a_i; a: the rows a_i."""

    net: Net
    a: list[Row]
    t: Fraction

    @property
    def moved(self) -> Net:
        rows = [combined(w, self.t, a) for w, a in zip(self.net.W, self.a, strict=True)]
        return replace(self.net, W=tuple(rows))

    def terms(self, k: int) -> dict[str, list[Fraction]]:
        """The atoms of one sample that have an index."""
        found: dict[str, list[Fraction]] = {name: [] for name in ("z", "s1", "s2", "q", "T", "o")}
        for i, a in enumerate(self.a):
            (z, s1, s2), q, T = self.net.tower(i, k), dot(a, self.net.X[k]), self.moved.tower(i, k)[0]
            o = (T - z - self.t * q * s1) / self.t**2 - q**2 * s2 / 2
            for name, x in zip(found, (z, s1, s2, q, T, o), strict=True):
                found[name].append(x)
        return found

    def orders(self, k: int) -> tuple[Fraction, Fraction, Fraction]:
        """S, B, O."""
        x, v = self.terms(k), self.net.v
        S, B = (dot(v, [s * q**n for s, q in zip(x[name], x["q"], strict=True)])
                for n, name in ((1, "s1"), (2, "s2")))
        return S, B, dot(v, x["o"])

    def curvature(self) -> Fraction:
        return sum((dot(a, times(self.net.inner(i), a)) for i, a in enumerate(self.a)), Fraction(0))


@entry(MAXIMUM, "moves")
def moves(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(RATIONAL))
    found = Moves(net, [random_row(random, len(net.X[0])) for _ in net.v], Fraction(1, 3))
    k = random.choice(net.samples)
    S, B, rest = found.orders(k)
    return Instance({
        "t": found.t, "v": list(net.v), **found.terms(k), "D": found.moved.outputs[k] - net.outputs[k],
        "S": S, "B": B, "O": rest}, len(net.v))


@entry(MAXIMUM, "all neurons")
def all_neurons(random: Random, daughters: int) -> Instance:
    """A stationary point with labels so far away that the loss falls."""
    net, r = stationary_net(random, random.choice(RATIONAL), -1)
    found = Moves(net, [random_row(random, len(net.X[0])) for _ in net.v], Fraction(1, 8))
    while found.curvature() >= 0:
        rows = [a if i == r else combined((Fraction(0),) * len(a), Fraction(1, 3), a)
                for i, a in enumerate(found.a)]
        found = Moves(net, rows, found.t)
    m = square([found.orders(k)[0] for k in net.samples])
    net = replace(net, y=combined(net.outputs, m / found.curvature() - 1, net.residual))
    found = Moves(net, found.a, found.t)
    while found.moved.loss > net.loss:
        found = Moves(net, found.a, found.t / 8)
    S, B, rest = (list(x) for x in zip(*map(found.orders, net.samples), strict=True))
    a, h, t, size = found.a, found.curvature(), found.t, len(net.X[0])
    slopes = loss_gradient(net)[len(net.v) :]
    return Instance({
        "t": t, "i": 1 / t**2, "S": S, "B": B, "O": rest, "e": list(net.residual),
        "D": list(combined(found.moved.outputs, -1, net.outputs)), "h": h, "m": m,
        "r": (found.moved.loss - net.loss) / t**2 - (m + h) / 2, "l": net.loss, "L": found.moved.loss,
    }, len(net.X), lambda: [
        ("h", sum(dot(x, times(inner_hessian(net, i), x)) for i, x in enumerate(a))),
        ("sum(e*S)", sum(dot(x, slopes[i * size :][:size]) for i, x in enumerate(a)))])
