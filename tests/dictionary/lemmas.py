"""Lemma 4, both halves: daughters that move along one direction."""

from dataclasses import dataclass
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
    random_row,
    random_shares,
    random_signs,
    stationary_net,
    times,
)
from .splitting import place

POSITIVE, NEGATIVE = "A/lemma-4.1", "A/lemma-4.2-amended"


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


