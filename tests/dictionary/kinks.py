"""Sections 2 and 3, appendices A to D: one-sided derivatives, stationarity, examples at the origin."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import sympy

from .entries import Instance, entry
from .networks import ONE, Row, combined, dot, random_row, root_above, square
from .relu_networks import (
    LEGS,
    ZERO,
    Deep,
    Kinked,
    Move,
    flat,
    length,
    multiple,
    parts,
    random_entries,
    random_kinked,
    random_move,
    stationary,
    tangent,
)

LEMMA, SECTION, DEEP = "B/lemma-3.2", "B/section-3.2", "B/appendix-b"
NORM, SADDLE, CLARKE = "B/appendix-c.1", "B/appendix-c.2", "B/remark-3.4"


def legs(net: Kinked | Deep) -> dict[str, Fraction]:
    return {"a": net.a, "b": net.b}


@dataclass(frozen=True)
class Place:
    """A neuron i, a sample k and an output j of a network, and a move of all weights for a time t."""

    net: Kinked
    move: Move
    i: int
    k: int
    j: int

    @property
    def t(self) -> Fraction:
        return self.net.short(self.move)

    @property
    def end(self) -> Kinked:
        return self.net.moved(self.move, self.t)

    @property
    def m(self) -> Row:
        return self.move.W[self.i]

    @property
    def x(self) -> Row:
        return self.net.X[self.k]


def random_place(random: Random, net: Kinked, kink: bool) -> Place:
    """The sample lies on the kink of the neuron, or does not."""
    i = random.choice(net.neurons)
    k = random.choice([k for k in net.samples if (k in net.kinks(i)) is kink])
    return Place(net, random_move(random, net), i, k, random.choice(net.targets))


@entry(LEMMA, "signs")
def signs(random: Random, daughters: int) -> Instance:
    at = random_place(random, random_kinked(random), False)
    s, m = at.net.pre(at.i)[at.k], random_row(random, len(at.x))
    while s**2 <= square(m) * square(at.x):
        m = multiple(Fraction(1, 2), m)
    return Instance({"s": s, "C": square(m), "m": m, "x": at.x})


@entry(LEMMA, "leg")
def leg(random: Random, daughters: int) -> Instance:
    at = random_place(random, random_kinked(random), False)
    s = at.net.pre(at.i)[at.k]
    return Instance({
        "k": at.net.side(s), "s": s, "c": dot(at.m, at.x), "t": at.t, "z": at.net.hidden(at.i)[at.k],
        "Z": at.end.hidden(at.i)[at.k], "S": at.end.pre(at.i)[at.k]})


def at_kink(random: Random) -> tuple[Place, Fraction]:
    """And m.x_k there. One neuron in four has w = 0."""
    net = random_kinked(random)
    at = random_place(random, net.resting(0) if random.random() < 0.25 else net, True)
    return at, dot(at.m, at.x)


@entry(LEMMA, "kink")
def kink(random: Random, daughters: int) -> Instance:
    at, c = at_kink(random)
    p, q = parts(c)
    P, Q = parts(at.end.pre(at.i)[at.k])
    return Instance({**legs(at.net), "t": at.t, "p": p, "q": q, "P": P, "Q": Q})


@entry(LEMMA, "side")
def side(random: Random, daughters: int) -> Instance:
    at, c = at_kink(random)
    k = at.net.side(c) if c else Fraction(random.randint(-9, 9))
    p, q = parts(c)
    return Instance({**legs(at.net), "k": k, "p": p, "q": q, "c": c, "R": at.net.rates(at.i, at.m)[at.k]})


@entry(LEMMA, "radial kink")
def radial_kink(random: Random, daughters: int) -> Instance:
    at, _ = at_kink(random)
    w = at.net.W[at.i]
    while not any(w):
        at, _ = at_kink(random)
        w = at.net.W[at.i]
    n = length(w)
    return Instance({
        "n": n, "i": 1 / n, "r": Fraction(random.randint(-3, 3)), "y": Fraction(random.randint(1, 3), 2),
        "w": w, "u": multiple(1 / n, w), "v": tangent(random, w), "x": at.x})


@entry(LEMMA, "outputs")
def outputs(random: Random, daughters: int) -> Instance:
    net = random_kinked(random, neurons=min(daughters, 3))
    at = random_place(random, net, random.choice([True, False]))
    k, j, end = at.k, at.j, at.end
    return Instance({
        "h": [h[j] for h in net.h], "g": [g[j] for g in at.move.h],
        "z": [net.hidden(i)[k] for i in net.neurons], "Z": [end.hidden(i)[k] for i in net.neurons],
        "R": [net.rates(i, at.move.W[i])[k] for i in net.neurons], "t": at.t,
        "f": net.outputs[k][j], "F": end.outputs[k][j]}, len(net.W))


@entry(LEMMA, "loss")
def loss(random: Random, daughters: int) -> Instance:
    at = random_place(random, random_kinked(random), True)
    e, (A, B) = flat(at.net.residuals), at.net.coefficients(at.move)
    return Instance({
        "e": list(e), "A": list(A), "B": list(B), "E": list(flat(at.end.residuals)), "t": at.t,
        "l": at.net.loss, "L": at.end.loss,
    }, len(e), lambda: [("sum(e*A)", at.net.slope_by_sympy(at.move))])


def unit_vector(size: int, place: int) -> Row:
    return tuple(Fraction(p == place) for p in range(size))


@entry(LEMMA, "output weight")
def output_weight(random: Random, daughters: int) -> Instance:
    at = random_place(random, random_kinked(random), True)
    net, i, j = at.net, at.i, at.j
    return Instance({
        "k": list(net.slopes(i)), "e": list(net.residual(j)), "z": list(net.hidden(i)), "S": net.push(i, j),
        "w": net.W[i], "d": net.d(i, j), "x": list(net.X),
    }, len(net.X), lambda: [("S", net.slope_by_sympy(net.only(i, g=unit_vector(len(net.targets), j))))])


@dataclass(frozen=True)
class Direction:
    """A radial or tangential direction v of neuron i; `side` is v where d^v_ji is meant, None for d_ji."""

    net: Kinked
    i: int
    v: Row
    side: Row | None

    def slope_by_sympy(self) -> Fraction:
        return self.net.slope_by_sympy(self.net.only(self.i, self.v))


def random_direction(random: Random, outputs: int | None = None) -> Direction:
    net = random_kinked(random, outputs=outputs)
    i = random.choice(net.neurons)
    net = net.resting(i) if random.random() < 0.25 else net
    w = net.W[i]
    if any(w) and random.random() < 0.4:
        return Direction(net, i, multiple(1 / length(w), w), None)
    v = tangent(random, w)
    return Direction(net, i, v, v)


@entry(LEMMA, "input weight")
def input_weight(random: Random, daughters: int) -> Instance:
    on = random_direction(random, outputs=daughters if daughters < 3 else 1)
    net, i = on.net, on.i
    j = random.choice(net.targets)
    e, R, h = net.residual(j), net.rates(i, on.v), net.h[i][j]
    return Instance({
        "k": list(net.slopes(i, on.side)), "e": list(e), "R": list(R), "h": h,
        "S": dot(e, multiple(h, R)), "v": on.v, "d": net.d(i, j, on.side), "x": list(net.X),
    }, len(net.X), lambda: [("S", on.slope_by_sympy())] if len(net.targets) == 1 else [])


@entry(LEMMA, "all outputs")
def all_outputs(random: Random, daughters: int) -> Instance:
    on = random_direction(random, min(daughters, 4))
    net, i = on.net, on.i
    S = [net.h[i][j] * dot(net.residual(j), net.rates(i, on.v)) for j in net.targets]
    return Instance({
        "h": list(net.h[i]), "S": S, "D": sum(S), "v": on.v, "d": [net.d(i, j, on.side) for j in net.targets],
    }, len(S), lambda: [("D", on.slope_by_sympy())])


@entry(SECTION, "radial")
def radial(random: Random, daughters: int) -> Instance:
    net = stationary(random, outputs=min(daughters, 3), neurons=2)
    i = random.choice(net.neurons)
    n = length(net.W[i])
    u = multiple(1 / n, net.W[i])
    T = [dot(net.residual(j), tuple(net.rho(dot(u, x)) for x in net.X)) for j in net.targets]
    return Instance({
        "n": n, "i": 1 / n, "h": list(net.h[i]), "S": [net.push(i, j) for j in net.targets], "T": T,
        "D": dot(net.h[i], T),
    }, len(T), lambda: [("D", net.slope_by_sympy(net.only(i, u)))])


@entry(SECTION, "all directions")
def all_directions(random: Random, daughters: int) -> Instance:
    """One neuron may be an escape neuron, with w = 0 or not."""
    m = min(daughters, 3)
    net = stationary(random, neurons=m, outputs=2, **random.choice([{}, {"idle": [0]}, {"zero": [0]}]))
    units = [multiple(1 / length(w), w) if any(w) else w for w in net.W]
    r = [Fraction(random.randint(-3, 3)) for _ in net.W]
    y = [Fraction(random.randint(0, 3)) for _ in net.W]
    v = [tangent(random, w) for w in net.W]
    move = Move(random_entries(random, m, 2), tuple(
        combined(multiple(p, u), q, x) for p, q, u, x in zip(r, y, units, v, strict=True)))
    A, _ = net.coefficients(move)
    return Instance({
        "g": [dot(move.h[i], [net.push(i, j) for j in net.targets]) for i in net.neurons],
        "R": [net.G(i, units[i]) for i in net.neurons], "r": r, "y": y,
        "T": [net.G(i, v[i]) for i in net.neurons], "D": dot(flat(net.residuals), A),
    }, m, lambda: [("D", net.slope_by_sympy(move))])


@entry(SECTION, "both ways")
def both_ways(random: Random, daughters: int) -> Instance:
    net = stationary(random, neurons=2)
    u = multiple(1 / length(net.W[0]), net.W[0])
    moves = [net.only(0, u, None if random.random() < 0.5 else net.h[1])]
    moves.append(Move(*(tuple(multiple(-1, row) for row in matrix) for matrix in (moves[0].h, moves[0].W))))
    S, T = (dot(flat(net.residuals), net.coefficients(move)[0]) for move in moves)
    return Instance({"S": S, "T": T}, 0, lambda: [
        ("S", net.slope_by_sympy(moves[0])), ("T", net.slope_by_sympy(moves[1]))])


@entry(SECTION, "minimum")
def minimum(random: Random, daughters: int) -> Instance:
    """A ray from a local minimum."""
    net = stationary(random)
    move = random_move(random, net)
    e, (A, B), t = flat(net.residuals), net.coefficients(move), net.short(move)
    while net.moved(move, t).loss < net.loss:
        t /= 2
    higher = (square(A) / 2 + dot(e, B), dot(A, B), square(B) / 2)
    return Instance({
        "t": t, "i": 1 / t, "S": dot(e, A), "C": sum(c * t**p for p, c in enumerate(higher)),
        "B": sum(map(abs, higher)), "l": net.loss, "L": net.moved(move, t).loss,
    }, 0, lambda: [("S", net.slope_by_sympy(move))])


def one_sample(h: Fraction, w: Row) -> Kinked:
    """One ReLU neuron, the sample (0, 1) with label 1."""
    return Kinked(ONE, ZERO, ((ZERO, ONE),), ((ONE,),), ((h,),), (w,))


@entry(SECTION, "maximum")
def maximum(random: Random, daughters: int) -> Instance:
    w = (ONE + Fraction(random.randint(-9, 9), 10), Fraction(random.randint(-2, 9), 10))
    net, top = one_sample(ONE + Fraction(random.randint(-9, 9), 10), w), one_sample(ONE, (ONE, ZERO))
    return Instance({
        "h": net.h[0][0], "p": net.hidden(0)[0], "F": net.outputs[0][0], "l": top.loss, "L": net.loss})


@entry(SECTION, "downhill")
def downhill(random: Random, daughters: int) -> Instance:
    t, top = Fraction(random.randint(1, 9), 10), one_sample(ONE, (ONE, ZERO))
    net = one_sample(ONE, (ONE, t))
    return Instance({"t": t, "F": net.outputs[0][0], "l": top.loss, "L": net.loss}, 0, lambda: [
        ("-1", top.slope_by_sympy(top.only(0, (ZERO, ONE))))])


@entry("B/theorem-D.1", "parabola")
def parabola(random: Random, daughters: int) -> Instance:
    net = random_kinked(random, neurons=2)
    while not any(net.hidden(0)):
        net = random_kinked(random, neurons=2)
    j, z = random.choice(net.targets), net.hidden(0)
    c = random.choice([x for x in z if x])
    t = Fraction(random.choice([-1, 1]), 3)
    up, down = (net.moved(net.only(0, g=unit_vector(len(net.targets), j)), step) for step in (t, -t))
    return Instance({
        "t": t, "c": c, "e": list(net.residual(j)), "z": list(z), "others": square(z) - c**2,
        "rest": sum((net.loss_at(p) for p in net.targets if p != j), ZERO), "k": net.loss,
        "P": up.loss, "Q": down.loss}, len(z))


@entry("B/theorem-D.1", "outputs")
def silent_outputs(random: Random, daughters: int) -> Instance:
    """Every neuron is dead at one sample, or on its kink."""
    net = random_kinked(random, legs=(random.randint(1, 2), 0), neurons=min(daughters, 3))
    k = random.choice(net.samples)
    W = tuple(multiple(-1, w) if z > 0 else w
              for w, z in zip(net.W, (net.pre(i)[k] for i in net.neurons), strict=True))
    net = Kinked(net.a, net.b, net.X, net.y, net.h, W)
    j = random.choice(net.targets)
    return Instance({
        "h": [h[j] for h in net.h], "z": [net.hidden(i)[k] for i in net.neurons], "f": net.outputs[k][j],
    }, len(net.W))


@entry(CLARKE, "subdifferentials")
def subdifferentials(random: Random, daughters: int) -> Instance:
    x = sympy.Symbol("x", real=True)
    values = {"m": Fraction(random.randint(0, 4), 4), "g": ONE, "G": -ONE, "r": -ONE, "l": ONE}
    return Instance(values, 0, lambda: [
        (name, int(sympy.diff(sign * sympy.Abs(x), x).subs(x, place)))
        for name, sign, place in (("g", 1, 1), ("G", 1, -1), ("r", -1, 1), ("l", -1, -1))])


@entry(CLARKE, "slopes")
def slopes(random: Random, daughters: int) -> Instance:
    t, direction = Fraction(random.randint(1, 9), 3), Fraction(random.choice([-1, 1]))
    (p, q), (P, Q) = parts(direction), parts(t * direction)
    f = abs(t * direction)
    return Instance({"t": t, "p": p, "q": q, "P": P, "Q": Q, "f": f, "F": -f})


@entry(NORM, "slopes")
def slopes_of_a_sum(random: Random, daughters: int) -> Instance:
    m, n = random_row(random, 2)
    t = Fraction(random.randint(1, 9), 4)
    (p, q), (P, Q) = parts(m + n), parts(t * (m + n))
    return Instance({
        "m": m, "n": n, "t": t, "p": p, "q": q, "P": P, "Q": Q, "f": abs(t * m + t * n),
        "F": abs(-t * m - t * n)})


def branches(x: Fraction, y: Fraction) -> Fraction:
    """(7), one branch for each quadrant."""
    if x >= 0:
        return x + y**2 if y >= 0 else x - y**2
    return -x + y**2 if y >= 0 else -x - y**2


@entry(SADDLE, "slopes")
def slopes_at_the_saddle(random: Random, daughters: int) -> Instance:
    m, n = random_row(random, 2)
    t = Fraction(random.randint(1, 9), 4)
    (p, q), (P, Q) = parts(m), parts(n)
    return Instance({
        "t": t, "p": p, "q": q, "P": P, "Q": Q, "f": branches(t * m, t * n), "F": branches(-t * m, -t * n)})


@entry(SADDLE, "saddle")
def saddle(random: Random, daughters: int) -> Instance:
    t = Fraction(random.randint(1, 9), 4)
    return Instance({"t": t, "f": branches(ZERO, t), "F": branches(ZERO, -t)})


@entry(SADDLE, "no subgradient")
def no_subgradient(random: Random, daughters: int) -> Instance:
    """A g that the inequality at (0, -t) allows."""
    t = Fraction(random.randint(1, 9), 4)
    g = t + Fraction(random.randint(0, 4), 4)
    assert branches(ZERO, -t) >= -g * t
    return Instance({"t": t, "g": g})


def origin(random: Random, opposed: bool = False) -> tuple[Kinked, Move]:
    """All weights 0, and a direction. opposed: every sample comes twice, with opposite labels."""
    net = random_kinked(random, legs=random.choice(LEGS[:3]))
    if opposed:
        net = Kinked(net.a, net.b, net.X * 2, (*net.y, *(multiple(-1, y) for y in net.y)), net.h, net.W)
    start = net.moved(Move(net.h, net.W), -1)
    assert not any(flat(start.h) + flat(start.W))
    return start, Move(net.h, net.W)


@entry(SADDLE, "origin")
def at_the_origin(random: Random, daughters: int) -> Instance:
    (start, move), t = origin(random), Fraction(random.randint(1, 5), 4)
    end, b = start.moved(move, t), flat(start.moved(move).outputs)
    return Instance({
        "t": t, "y": list(flat(start.y)), "b": list(b), "f": list(flat(end.outputs)), "l": start.loss,
        "L": end.loss}, len(b), lambda: [("0*t", start.slope_by_sympy(move))])


@entry(SADDLE, "subgradient")
def subgradient(random: Random, daughters: int) -> Instance:
    """Opposed labels make the origin a global minimum, with the one subgradient 0."""
    start, move = origin(random, opposed=True)
    t, b = Fraction(random.randint(1, 4), 4), flat(start.moved(move).outputs)
    first = -dot(flat(start.y), b)
    return Instance({
        "t": t, "i": 1 / t, "D": ZERO, "C": first + t**2 / 2 * square(b), "B": abs(first) + square(b) / 2,
        "l": start.loss, "L": start.moved(move, t).loss})


@entry(SADDLE, "descent")
def descent(random: Random, daughters: int) -> Instance:
    while True:
        start, move = origin(random)
        j, y, w = random.choice(start.targets), start.y, move.W[0]
        z = tuple(start.rho(dot(w, x)) for x in start.X)
        label = tuple(row[j] for row in y)
        if S := dot(label, z):
            break
    t = 1 / root_above(square(z))
    h = multiple(S, unit_vector(len(start.targets), j))
    end = start.moved(start.only(0, w, h), t)
    return Instance({
        "t": t, "y": list(label), "z": list(z), "S": S,
        "rest": sum((start.loss_at(p) for p in start.targets if p != j), ZERO), "l": start.loss,
        "L": end.loss}, len(z))


@dataclass(frozen=True)
class Turn:
    """Neuron i of a layer of a deep network moves along m, for a time t."""

    net: Deep
    layer: int
    i: int
    m: Row

    @property
    def t(self) -> Fraction:
        return self.net.short(self.layer, self.i, self.m)

    @property
    def end(self) -> Deep:
        return self.net.moved(self.layer, self.i, self.m, self.t)

    def starts(self, k: int, at: int) -> Row:
        return self.net.starts(self.layer, self.i, self.m, k, at)

    def sides(self, k: int, at: int) -> Row:
        return self.net.sides(self.layer, self.i, self.m, k, at)

    def rates(self, k: int, at: int) -> Row:
        return self.net.rates(self.layer, self.i, self.m, k, at)

    def back(self, k: int, j: int, at: int) -> Row:
        return self.net.back(self.layer, self.i, self.m, k, j, at)

    def where(self, kink: bool) -> list[tuple[int, int, int]]:
        """Layer, sample and neuron of the pre-activations that are 0 and move, or that are not 0."""
        places = [(at, k, p) for at in range(self.layer, len(self.net.layers) + 1)
                  for k in range(len(self.net.X)) for p in range(len(self.net.layers[at - 1]))]
        return [(at, k, p) for at, k, p in places
                if (self.net.pre(at, k)[p] == 0) is kink and (not kink or self.starts(k, at)[p])]


def random_turn(random: Random) -> Turn:
    """Two or three layers; in every layer from the second on one row meets the kink at a sample."""
    while True:
        a, b = random.choice(LEGS)
        net = Deep(a, b, random_entries(random, 5, 2), random_entries(random, 5, 2), (), ())
        for _ in range(random.randint(2, 3)):
            k, size = random.randrange(5), len(net.hidden(len(net.layers), 0))
            rows, x = list(random_entries(random, random.randint(2, 3), size)), net.hidden(len(net.layers), k)
            if any(x):
                rows[-1] = combined(rows[-1], -dot(rows[-1], x) / square(x), x)
            net = Deep(net.a, net.b, net.X, net.y, (*net.layers, tuple(rows)), ())
        net = Deep(net.a, net.b, net.X, net.y, net.layers, random_entries(random, 2, len(net.layers[-1])))
        layer = random.randint(1, len(net.layers) - 1)
        i = random.randrange(len(net.layers[layer - 1]))
        w = net.layers[layer - 1][i]
        m = random_row(random, len(w))
        m = w if random.random() < 0.3 else combined(m, -dot(m, w) / square(w), w) if any(w) else m
        turn = Turn(net, layer, i, m)
        if any(m) and turn.where(True) and turn.where(False) and turn.end.loss != net.loss:
            return turn


@entry(DEEP, "leg")
def deep_leg(random: Random, daughters: int) -> Instance:
    turn = random_turn(random)
    moving = [x for x in turn.where(False) if turn.starts(x[1], x[0])[x[2]]] or turn.where(False)
    at, k, p = random.choice(moving)
    return Instance({
        "k": turn.sides(k, at)[p], "t": turn.t, "n": turn.net.pre(at, k)[p], "d": turn.starts(k, at)[p],
        "N": turn.end.pre(at, k)[p], "x": turn.net.hidden(at, k)[p], "X": turn.end.hidden(at, k)[p]})


@entry(DEEP, "kink")
def deep_kink(random: Random, daughters: int) -> Instance:
    turn = random_turn(random)
    at, k, i = random.choice(turn.where(True))
    d = turn.starts(k, at)[i]
    (p, q), (P, Q) = parts(d), parts(turn.end.pre(at, k)[i])
    return Instance({
        **legs(turn.net), "k": turn.sides(k, at)[i], "t": turn.t, "p": p, "q": q, "P": P, "Q": Q, "d": d,
        "X": turn.end.hidden(at, k)[i]})


@entry(DEEP, "layer")
def layer(random: Random, daughters: int) -> Instance:
    turn = random_turn(random)
    at, k = random.randint(turn.layer, len(turn.net.layers) - 1), random.randrange(len(turn.net.X))
    p = random.randrange(len(turn.net.layers[at]))
    w = turn.net.layers[at][p]
    return Instance({
        "w": list(w), "x": list(turn.net.hidden(at, k)), "R": list(turn.rates(k, at)),
        "X": list(turn.end.hidden(at, k)), "t": turn.t, "n": turn.net.pre(at + 1, k)[p],
        "N": turn.end.pre(at + 1, k)[p]}, len(w))


@entry(DEEP, "back")
def back(random: Random, daughters: int) -> Instance:
    turn = random_turn(random)
    at, k, j = random.randint(turn.layer, len(turn.net.layers) - 1), random.randrange(len(turn.net.X)), 1
    v = turn.net.layers[at]
    return Instance({
        "k": list(turn.sides(k, at + 1)), "d": list(turn.starts(k, at + 1)), "R": list(turn.rates(k, at + 1)),
        "c": list(turn.back(k, j, at + 1)), "v": list(v), "r": turn.rates(k, at), "C": turn.back(k, j, at),
    }, len(v))


@entry(DEEP, "output")
def deep_output(random: Random, daughters: int) -> Instance:
    turn = random_turn(random)
    k, j, last = random.randrange(len(turn.net.X)), random.randrange(2), len(turn.net.layers)
    return Instance({
        "h": list(turn.net.H[j]), "x": list(turn.net.hidden(last, k)), "R": list(turn.rates(k, last)),
        "X": list(turn.end.hidden(last, k)), "t": turn.t, "f": turn.net.output(k)[j],
        "F": turn.end.output(k)[j]}, len(turn.net.H[j]))


@entry(DEEP, "output weights")
def deep_output_weights(random: Random, daughters: int) -> Instance:
    net = random_turn(random).net
    k, j, t, h = random.randrange(len(net.X)), random.randrange(2), Fraction(random.randint(1, 5), 3), net.H
    g = random_row(random, len(h[j]))
    rows = tuple(combined(row, t, g) if p == j else row for p, row in enumerate(h))
    end = Deep(net.a, net.b, net.X, net.y, net.layers, rows)
    return Instance({
        "h": list(h[j]), "g": list(g), "x": list(net.hidden(len(net.layers), k)), "t": t,
        "f": net.output(k)[j], "F": end.output(k)[j]}, len(g))


@entry(DEEP, "loss")
def deep_loss(random: Random, daughters: int) -> Instance:
    """A is D_kj R_k, by the recursion."""
    turn = random_turn(random)
    A = [turn.back(k, j, turn.layer)[turn.i] * turn.rates(k, turn.layer)[turn.i]
         for k in range(len(turn.net.X)) for j in range(2)]
    values: dict[str, Any] = {
        "e": list(turn.net.residuals), "A": A, "E": list(turn.end.residuals), "t": turn.t,
        "l": turn.net.loss, "L": turn.end.loss}
    return Instance(values, len(A), lambda: [
        ("sum(e*A)", turn.net.slope_by_sympy(turn.layer, turn.i, turn.m))])
