"""Sections 4.1 and 4.2, appendices E to G: escape neurons, and gradient flow."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from .entries import Instance, entry
from .kinks import legs, random_place
from .networks import ONE, Row, combined, dot, mean, random_row, root_above, square, times
from .relu_networks import (
    ZERO,
    Kinked,
    Move,
    escapes,
    flat,
    length,
    multiple,
    parts,
    random_entries,
    random_kinked,
    random_move,
    stationary,
    tangent,
    unit,
)

THEOREM, FACT, FLOW = "B/theorem-4.2", "B/fact-4.8", "B/fact-4.6"
LINES, VANISHING, RARE = "B/corollary-4.4", "B/corollary-4.7", "B/appendix-f.2.1/rarity-amended"


@entry(THEOREM, "same leg")
def same_leg(random: Random, daughters: int) -> Instance:
    """Two neurons on both sides of a sample of rational norm, which move as far as R allows, or less."""
    d = random.randint(2, 3)
    x, w, W = multiple(random.randint(1, 3), unit(random, d)), random_row(random, d), random_row(random, d)
    while dot(w, x) <= 0 or dot(W, x) >= 0:
        w, W = random_row(random, d), random_row(random, d)
    m = length(x)
    R = min(dot(w, x), -dot(W, x)) / m
    v = multiple(R * Fraction(random.randint(1, 3), 3), unit(random, d))
    return Instance({"R": R, "m": m, "w": w, "W": W, "v": v, "x": x})


@entry(THEOREM, "one slope")
def one_slope(random: Random, daughters: int) -> Instance:
    at = random_place(random, random_kinked(random), random.random() < 0.5)
    z, Z = at.net.pre(at.i)[at.k], at.end.pre(at.i)[at.k]
    (p, q), (P, Q) = parts(z), parts(Z)
    return Instance({
        **legs(at.net), "s": at.net.slopes(at.i, at.m)[at.k], "p": p, "q": q, "P": P, "Q": Q,
        "z": at.net.hidden(at.i)[at.k], "Z": at.end.hidden(at.i)[at.k], "w": at.net.W[at.i],
        "v": multiple(at.t, at.m), "x": at.x})


@dataclass(frozen=True)
class Step:
    """A move of all weights of a stationary point, on which no pre-activation leaves its leg."""

    net: Kinked
    v: Move

    @property
    def end(self) -> Kinked:
        return self.net.moved(self.v)

    @property
    def change(self) -> Row:
        """What all outputs move by."""
        return combined(flat(self.end.outputs), -1, flat(self.net.outputs))

    def part(self, i: int) -> Fraction:
        """Of neuron i in <e, D>."""
        return dot(flat(self.net.residuals), self.net.part(i, self.end))

    def value(self, i: int) -> Row:
        """What rho(w_i.x_k) moves by."""
        return combined(self.end.hidden(i), -1, self.net.hidden(i))

    def tangential(self, i: int) -> tuple[Fraction, Row]:
        """c and t of the move c w_i + t of the input weights."""
        w, v = self.net.W[i], self.v.W[i]
        c = dot(v, w) / square(w) if any(w) else ZERO
        return c, combined(v, -c, w)


def shortened(net: Kinked, move: Move, t: Fraction) -> Step:
    return Step(net, Move(*(tuple(multiple(t, row) for row in rows) for rows in (move.h, move.W))))


def random_step(random: Random, net: Kinked) -> Step:
    move = random_move(random, net)
    return shortened(net, move, net.short(move))


def some_escapes(random: Random) -> dict[str, Any]:
    """No escape neurons, or the first is one."""
    return random.choice([{}, {"idle": [0]}, {"zero": [0]}, {"shared": [0], "kinks": 0, "outputs": 2}])


@entry(THEOREM, "tangential part")
def tangential_part(random: Random, daughters: int) -> Instance:
    step = random_step(random, stationary(random, **some_escapes(random)))
    net, i = step.net, random.choice(step.net.neurons)
    j, (c, t), d = random.choice(net.targets), step.tangential(i), step.value(i)
    return Instance({
        "c": c, "s": list(net.slopes(i, step.v.W[i])), "e": list(net.residual(j)), "z": list(net.hidden(i)),
        "d": list(d), "g": net.g(i, t)[j], "w": net.W[i], "v": step.v.W[i], "t": t, "x": list(net.X),
    }, len(net.X))


@entry(THEOREM, "one neuron")
def one_neuron(random: Random, daughters: int) -> Instance:
    shape = some_escapes(random)
    step = random_step(random, stationary(random, **{"outputs": min(daughters, 3), **shape}))
    net, i = step.net, random.choice(step.net.neurons)
    _, t = step.tangential(i)
    return Instance({
        "h": list(net.h[i]), "u": list(step.v.h[i]), "g": list(net.g(i, t)), "G": net.G(i, t),
        "m": step.part(i), "e": [net.residual(j) for j in net.targets], "z": net.hidden(i),
        "d": step.value(i),
    }, len(net.targets), lambda: [("G", net.slope_by_sympy(net.only(i, t)))])


@entry(THEOREM, "loss")
def loss(random: Random, daughters: int) -> Instance:
    shape = some_escapes(random)
    step = random_step(random, stationary(random, neurons=min(daughters, 3), **shape))
    return Instance({
        "l": step.net.loss, "L": step.end.loss, "m": [step.part(i) for i in step.net.neurons],
        "e": flat(step.net.residuals), "D": step.change,
        "Y": [step.net.part(i, step.end) for i in step.net.neurons]}, len(step.net.W))


def generators(net: Kinked, i: int) -> list[Row]:
    """Tangential vectors among which are generators of all cones of neuron i; two or three inputs, w_i != 0.

    A cone is cut out of the tangential line or plane by the signs of t.x_k at the kinks.
    """
    w = net.W[i]
    if len(w) == 2:
        rays: list[Row] = [(-w[1], w[0])]
    else:
        kinks = [net.X[k] for k in net.kinks(i)]
        rays = [*kinks, *(cross(w, x) for x in kinks)] or [tangent(Random(1), w)]
        rays += [] if kinks else [cross(w, rays[0])]
    return [multiple(sign, ray) for ray in rays for sign in (1, -1)]


def cross(x: Row, y: Row) -> Row:
    pairs = ((1, 2), (2, 0), (0, 1))
    return tuple(x[p] * y[q] - x[q] * y[p] for p, q in pairs)


def ratio(net: Kinked, neurons: list[int]) -> Fraction:
    """C: |g_ji(r)| <= C G_i(r) at the generators of these neurons, and at least 1."""
    pairs = [(net.G(i, r), g) for i in neurons for r in generators(net, i) for g in net.g(i, r)]
    assert all(G > 0 or g == 0 for G, g in pairs)
    return max([ONE, *(abs(g) / G for G, g in pairs if G)])


@entry(THEOREM, "cone")
def cone(random: Random, daughters: int) -> Instance:
    net = stationary(random, inputs=3, kinks=min(daughters, 3), neurons=1 + (daughters < 4))
    i = random.choice(net.neurons)
    j, inside, kinks = random.choice(net.targets), tangent(random, net.W[i]), [net.X[k] for k in net.kinks(i)]
    while any(dot(inside, x) == 0 for x in kinks):
        inside = tangent(random, net.W[i])
    rays = [r for r in generators(net, i) if all(dot(r, x) * dot(inside, x) >= 0 for x in kinks)]
    c = [Fraction(random.randint(0, 3), 2) for _ in rays]
    t = mean(c, rays)
    return Instance({
        "c": c, "A": [net.G(i, r) for r in rays], "b": [net.g(i, r)[j] for r in rays],
        "C": ratio(net, [i]), "G": net.G(i, t), "g": net.g(i, t)[j],
    }, len(rays), lambda: [("G", net.slope_by_sympy(net.only(i, t)))])


def near_minimum(random: Random, outputs: int, m: int | None = None) -> tuple[Step, Fraction, Fraction, int]:
    """A move within the ball of the theorem around a point of type 1; C, R and the root of |J|."""
    net = stationary(random, outputs=outputs, neurons=m)
    C, n = ratio(net, list(net.neurons)), {1: 1, 4: 2}[outputs]
    far = [abs(z) / root_above(square(x))
           for i in net.neurons for z, x in zip(net.pre(i), net.X, strict=True) if z]
    R = min([1 / (C * n), *far])
    move = random_move(random, net)
    return shortened(net, move, R / root_above(square(flat(move.h) + flat(move.W)))), C, R, n


@entry(THEOREM, "size of the slopes")
def size_of_the_slopes(random: Random, daughters: int) -> Instance:
    step, C, _, n = near_minimum(random, 1 if daughters == 2 else 4)
    net, i = step.net, random.choice(step.net.neurons)
    _, t = step.tangential(i)
    G = net.G(i, t)
    return Instance({"C": C, "G": G, "n": Fraction(n), "g": list(net.g(i, t)), "E": C * G * n}, n**2)


@entry(THEOREM, "part of a neuron")
def part_of_a_neuron(random: Random, daughters: int) -> Instance:
    step, C, R, n = near_minimum(random, 1 if daughters == 2 else 4)
    net, i = step.net, random.choice(step.net.neurons)
    _, t = step.tangential(i)
    G = net.G(i, t)
    return Instance({
        "C": C, "G": G, "n": Fraction(n), "R": R, "E": C * G * n, "u": list(step.v.h[i]),
        "g": list(net.g(i, t)), "m": step.part(i)}, n**2)


@entry(THEOREM, "minimum")
def minimum(random: Random, daughters: int) -> Instance:
    step, *_ = near_minimum(random, random.choice([1, 4]), min(daughters, 3))
    return Instance({
        "l": step.net.loss, "L": step.end.loss, "m": [step.part(i) for i in step.net.neurons],
        "D": step.change}, len(step.net.W))


@dataclass(frozen=True)
class Escape:
    """A direction v of an escape neuron of a network with one output; z, d: (n,)."""

    net: Kinked
    v: Row

    @property
    def g(self) -> Fraction:
        return self.net.g(0, self.v)[0]

    @property
    def z(self) -> Row:
        return self.net.hidden(0)

    @property
    def d(self) -> Row:
        return self.net.rates(0, self.v)

    @property
    def sign(self) -> int:
        return 1 if self.g > 0 else -1

    def end(self, h: Fraction, t: Fraction) -> Kinked:
        """After moves of the output weight by h and of the input weights by t v."""
        return self.net.moved(self.net.only(0, multiple(t, self.v), (h,)))

    def short(self) -> Fraction:
        return self.net.short(self.net.only(0, self.v))


def random_escape(random: Random, **shape: Any) -> Escape:
    net = stationary(random, outputs=1, **random.choice([{"idle": [0]}, {"zero": [0]}]), **shape)
    while True:
        v = tangent(random, net.W[0])
        if escapes(net, 0, v):
            return Escape(net, v)


@entry(THEOREM, "output weight")
def output_weight(random: Random, daughters: int) -> Instance:
    found = random_escape(random)
    return Instance({"h": found.net.h[0][0], "g": found.g, "i": 1 / found.g}, 0, lambda: [
        ("h*g", found.net.slope_by_sympy(found.net.only(0, found.v)))])


@entry(THEOREM, "descent")
def descent(random: Random, daughters: int) -> Instance:
    found = random_escape(random)
    c, q, t, e = found.sign, abs(found.g), found.short(), found.net.residual(0)
    k = q / (square(found.z) + square(found.d)) * Fraction(random.randint(1, 9), 10)
    return Instance({
        "c": Fraction(c), "q": q, "k": k, "t": t, "l": found.net.loss, "L": found.end(-c * k * t, t).loss,
        "e": e, "z": found.z, "d": found.d})


@entry(LINES, "line")
def line(random: Random, daughters: int) -> Instance:
    found = random_escape(random)
    c, q, e = found.sign, abs(found.g), found.net.residual(0)
    k, b = Fraction(random.randint(1, 5), 2), Fraction(random.randint(1, 5), 2)
    t = found.short() / b
    return Instance({
        "c": Fraction(c), "k": k, "b": b, "q": q, "t": t, "l": found.net.loss,
        "L": found.end(-c * k * t, b * t).loss, "C": k**2 * square(found.z) / 2 - k * b * q, "e": e,
        "z": found.z, "d": found.d})


def rational_escape(random: Random) -> tuple[Fraction, Fraction, Fraction]:
    """V, q and the root of V^2 + 4 q^2 at a point whose residuals are scaled until that is rational."""
    found = random_escape(random)
    while not any(found.z) and random.random() < 0.8:
        found = random_escape(random)
    V, p = square(found.z), Fraction(random.randint(1, 4), 5)
    if V:  # 2 q = V 2p/(1 - p^2)
        scale = V * p / (1 - p**2) / abs(found.g)
        residuals = tuple(multiple(scale, e) for e in found.net.residuals)
        found = Escape(found.net.with_residuals(residuals), found.v)
    q = abs(found.g)
    return V, q, length((V, 2 * q))


@entry(LINES, "best constant")
def best_constant(random: Random, daughters: int) -> Instance:
    V, q, r = rational_escape(random)
    C = (V - r) / 4
    return Instance({
        "V": V, "q": q, "r": r, "i": 1 / (r + V), "n": -1 / (2 * C), "k": Fraction(random.randint(1, 5), 2),
        "b": Fraction(random.randint(1, 5), 2), "C": C})


@entry(LINES, "best line")
def best_line(random: Random, daughters: int) -> Instance:
    V, q, r = rational_escape(random)
    C = (V - r) / 4
    return Instance({"V": V, "q": q, "k": -2 * C, "b": q, "C": C})


@entry(VANISHING, "start")
def start(random: Random, daughters: int) -> Instance:
    """A: any weights, of one output."""
    A, r = random_kinked(random, outputs=1), Fraction(1, random.randint(2, 9))
    begin = A.moved(Move(A.h, A.W), r - 1)
    a, b = A.W[0], A.h[0][0]
    assert begin.W[0] == multiple(r, a)
    return Instance({"r": r, "b": b, "k": square(begin.W[0]) - square(begin.h[0]), "a": a})


@entry(VANISHING, "near the saddle")
def near_the_saddle(random: Random, daughters: int) -> Instance:
    """A trajectory that starts near a saddle, at its start."""
    saddle = random_escape(random).net
    move = random_move(random, saddle)
    t = Fraction(1, random.randint(2, 9))
    near = saddle.moved(move, t)
    R = t * root_above(square(flat(move.h) + flat(move.W)))
    return Instance({
        "h": near.h[0][0], "k": square(near.W[0]) - square(near.h[0]), "R": R, "u": saddle.W[0],
        "w": near.W[0]})


def gradient(random: Random, net: Kinked, i: int) -> tuple[Row, Row, Row]:
    """rho'(w_i.x_k) with random choices at the kink, dL/dw_i, and dL/dh_ji for all outputs."""
    s = tuple(x if z else Fraction(random.randint(-3, 3))
              for z, x in zip(net.pre(i), net.slopes(i), strict=True))
    pulls = [dot(net.h[i], e) for e in net.residuals]
    return s, mean([p * x for p, x in zip(pulls, s, strict=True)], net.X), tuple(
        net.push(i, j) for j in net.targets)


@entry(FLOW, "radial part")
def radial_part(random: Random, daughters: int) -> Instance:
    net = random_kinked(random, kinks=random.randint(1, 2))
    i, j = random.choice(net.neurons), random.choice(net.targets)
    s, _, push = gradient(random, net, i)
    above, below = zip(*map(parts, net.pre(i)), strict=True)
    return Instance({
        "alpha": net.a, "beta": net.b, "s": list(s), "e": list(net.residual(j)), "p": list(above),
        "q": list(below), "z": list(net.hidden(i)), "c": push[j], "w": net.W[i], "x": list(net.X),
    }, len(net.X))


@entry(FLOW, "conserved")
def conserved(random: Random, daughters: int) -> Instance:
    net = random_kinked(random, outputs=min(daughters, 4))
    i = random.choice(net.neurons)
    _, a, c = gradient(random, net, i)
    w, W, h, H = net.W[i], multiple(-1, a), net.h[i], multiple(-1, c)

    def pushes() -> list[Fraction]:
        units = [tuple(Fraction(p == j) for p in net.targets) for j in net.targets]
        return [net.slope_by_sympy(net.only(i, g=u)) for u in units]

    return Instance({
        "h": list(h), "H": list(H), "c": list(c), "D": 2 * dot(w, W) - 2 * dot(h, H), "w": w, "W": W,
    }, len(h), lambda: [("c", pushes())])


@entry(FLOW, "synchronous")
def synchronous(random: Random, daughters: int) -> Instance:
    n = length(random_kinked(random).W[0])
    m = length(multiple(n + Fraction(random.choice([-1, 1, 2]), 2), unit(random, daughters)))
    return Instance({"n": n, "m": m, "k": n**2 - m**2, "K": abs(n**2 - m**2), "i": 1 / (n + m)})


@entry(FLOW, "one step")
def one_step(random: Random, daughters: int) -> Instance:
    net = random_kinked(random, outputs=min(daughters, 4))
    i, r = random.choice(net.neurons), Fraction(1, random.randint(2, 9))
    _, a, b = gradient(random, net, i)
    end = net.moved(net.only(i, a, b), -r)
    return Instance({
        "r": r, "h": list(net.h[i]), "b": list(b), "k": square(net.W[i]) - square(net.h[i]),
        "K": square(end.W[i]) - square(end.h[i]), "w": net.W[i], "a": a}, len(b))


@entry(FACT, "unmoved")
def unmoved(random: Random, daughters: int) -> Instance:
    net = stationary(random, outputs=daughters, neurons=2, idle=random.choice([[], [0]]))
    i = 0
    step = random_step(random, net)
    step = Step(net, Move((*step.v.h[:i], multiple(0, step.v.h[i]), *step.v.h[i + 1 :]),
                          (*step.v.W[:i], multiple(0, step.v.W[i]), *step.v.W[i + 1 :])))
    return Instance({
        "h": list(net.h[i]), "u": list(step.v.h[i]), "m": step.part(i),
        "e": [net.residual(j) for j in net.targets], "z": net.hidden(i), "d": step.value(i)}, daughters)


@entry(FACT, "frozen")
def frozen(random: Random, daughters: int) -> Instance:
    """The first neuron is an escape neuron and rests, or there is none."""
    shape = some_escapes(random)
    net = stationary(random, **{**shape, "neurons": min(daughters, 3)})
    first = bool(shape)
    move = random_move(random, net)
    if first:
        move = Move((multiple(0, move.h[0]), *move.h[1:]), (multiple(0, move.W[0]), *move.W[1:]))
    others = [i for i in net.neurons if i or not first]
    n = len(net.targets)
    R = min(net.short(move), 1 / (ratio(net, others) * n * root_above(square(flat(move.h) + flat(move.W)))))
    step = shortened(net, move, R)
    return Instance({
        "f": [Fraction(first and i == 0) for i in net.neurons], "m": [step.part(i) for i in net.neurons],
        "l": net.loss, "L": step.end.loss, "D": step.change}, len(net.W))


@entry(FACT, "what moves")
def what_moves(random: Random, daughters: int) -> Instance:
    """The output weights of an escape neuron rest, or its input weights do."""
    net = stationary(random, outputs=min(daughters, 3), idle=[0])
    move = random_move(random, net)
    if random.random() < 0.5:
        move = Move((multiple(0, move.h[0]), *move.h[1:]), move.W)
    else:
        move = Move(move.h, (multiple(0, move.W[0]), *move.W[1:]))
    step = shortened(net, move, net.short(move))
    _, t = step.tangential(0)
    return Instance({
        "u": list(step.v.h[0]), "g": list(net.g(0, t)), "G": net.G(0, t), "m": step.part(0),
    }, len(net.targets))


@dataclass(frozen=True)
class Singular:
    """Labels y_k = M x_k at (1, 1), (1, -1), M = s p r' + t P R', and a neuron with the parts a, b, c, d."""

    s: Fraction
    t: Fraction
    p: Row
    P: Row
    r: Row
    R: Row
    legs: tuple[Fraction, Fraction]

    def label(self, x: Row) -> Row:
        return combined(multiple(self.s * dot(self.r, x), self.p), self.t * dot(self.R, x), self.P)

    def at(self, a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> Kinked:
        X = ((ONE, ONE), (ONE, -ONE))
        h = combined(multiple(a, self.p), b, self.P)
        w = combined(multiple(c, self.r), d, self.R)
        return Kinked(*self.legs, X, tuple(map(self.label, X)), (h,), (w,))


def random_singular(random: Random) -> Singular:
    while True:
        p, r = unit(random, 2), unit(random, 2)
        t = Fraction(random.randint(1, 4), 2)
        s = t + Fraction(random.randint(1, 4), 2)
        if r[0] > abs(r[1]):
            P = multiple(random.choice([-1, 1]), (-p[1], p[0]))
            return Singular(s, t, p, P, r, (-r[1], r[0]), (ONE, Fraction(random.choice([0, -1, 2]), 3)))


def near_singular(random: Random, found: Singular) -> tuple[Kinked, list[Fraction]]:
    """A point near b = d = 0, a c = s, with both samples active and a c > t; a, b, c, d."""
    a, size = Fraction(random.randint(1, 4), 2), Fraction(1, 2)
    while True:
        moves = [size * Fraction(random.randint(-3, 3), 3) for _ in range(4)]
        at = [x + y for x, y in zip((a, ZERO, found.s / a, ZERO), moves, strict=True)]
        net = found.at(*at)
        if at[0] * at[2] > found.t and at[0] > 0 and all(z > 0 for z in net.pre(0)):
            return net, at
        size *= Fraction(9, 10)


@entry(RARE, "whitened loss")
def whitened_loss(random: Random, daughters: int) -> Instance:
    found = random_singular(random)
    net, at = near_singular(random, found)
    return Instance({
        **dict(zip("abcd", at, strict=True)), "s": found.s, "t": found.t, "x": list(times(net.X, found.r)),
        "X": list(times(net.X, found.R)), "N": Fraction(2), "L": net.loss, "p": found.p, "P": found.P,
        "f": list(net.residuals)}, 2)


@entry(RARE, "minimum")
def singular_minimum(random: Random, daughters: int) -> Instance:
    found = random_singular(random)
    net, at = near_singular(random, found)
    return Instance({
        **dict(zip("abcd", at, strict=True)), "s": found.s, "t": found.t, "i": 1 / (at[0] * at[2]),
        "N": Fraction(2), "l": found.at(ONE, ZERO, found.s, ZERO).loss, "L": net.loss})


@entry(RARE, "escape neuron")
def singular_escape(random: Random, daughters: int) -> Instance:
    found = random_singular(random)
    a = Fraction(random.randint(1, 4), 2)
    net = found.at(a, ZERO, found.s / a, ZERO)
    return Instance({
        "a": a, "s": found.s, "t": found.t, "x": list(times(net.X, found.r)),
        "X": list(times(net.X, found.R)), "c": found.s / a, "N": Fraction(2), "G": net.G(0, found.R),
        "p": found.p, "P": found.P, "f": list(net.residuals), "g": net.g(0, found.R),
    }, 2, lambda: [("G", net.slope_by_sympy(net.only(0, found.R)))])


@entry(RARE, "half of the labels")
def half_of_the_labels(random: Random, daughters: int) -> Instance:
    found = random_singular(random)
    y, z = found.at(ONE, ZERO, found.s, ZERO).y
    return Instance({
        "s": found.s, "t": found.t, "r1": found.r[0], "r2": found.r[1], "p": found.p, "P": found.P, "y": y,
        "z": z})


@entry(RARE, "without escape neuron")
def without_escape_neuron(random: Random, daughters: int) -> Instance:
    """d_1 = d_2 = 0 at a point without kinks: two samples that are no multiples of each other are fitted."""
    X = ((ONE, ONE), (ONE, -ONE))
    w = (Fraction(random.choice([-3, -1, 1, 3])), Fraction(random.choice([-4, -2, 2, 4])))
    net = Kinked(ONE, Fraction(random.choice([-1, 2]), 3), X, random_entries(random, 2, 2),
                 random_entries(random, 1, 2), (w,))
    net = net.fitted()
    assert not any(net.d(0, 0) + net.d(0, 1))
    (v, V), (m, n), (f, g) = net.slopes(0), net.hidden(0), net.residuals
    (y, z), (h, H) = net.y, net.h[0]
    return Instance({
        "v": v, "V": V, "i": 1 / v, "I": 1 / V, "f": f[0], "F": f[1], "g": g[0], "G": g[1], "y": y[0],
        "Y": y[1], "z": z[0], "Z": z[1], "h": h, "H": H, "m": m, "n": n})
