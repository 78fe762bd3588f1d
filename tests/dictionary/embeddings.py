"""Section 4.3, appendices L to O: unit replication, units that add nothing, and what they preserve."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from .entries import Instance, entry
from .escapes import random_step, shortened, some_escapes
from .kinks import legs
from .networks import ONE, Row, combined, dot, mean, random_row, random_shares, random_signs, square
from .relu_networks import (
    LEGS,
    ZERO,
    Kinked,
    Move,
    escapes,
    is_stationary,
    length,
    multiple,
    outer,
    parts,
    random_entries,
    stationary,
    tangent,
    unit,
)

REPLICATION, ESCAPING = "B/proposition-4.9", "B/proposition-L.1"
ANY_TYPE = "B/section-4.3/local-minimality"
UNITS, IDLE = "B/appendix-m.1/orthogonal-units", "B/appendix-n/inactive-propagation"
NEGATIVE, DEAD = "B/proposition-M.1", "B/remark-M.2"
LEVEL, FUKUMIZU = "B/lemma-O.1-amended", "B/remark-4.11"


@dataclass(frozen=True)
class Replication:
    """Neuron i of a stationary point, its daughters with beta w and gamma h, and a tangential direction."""

    net: Kinked
    i: int
    beta: list[Fraction]
    gamma: list[Fraction]
    v: Row

    @property
    def wide(self) -> Kinked:
        h, w = self.net.h[self.i], self.net.W[self.i]
        return self.net.with_neurons(
            self.i, [multiple(c, h) for c in self.gamma], [multiple(s, w) for s in self.beta])

    def slopes(self, daughter: int) -> dict[str, Fraction]:
        """c = gamma_l, D of the parent, E of the daughter."""
        return {"c": self.gamma[daughter], "D": self.net.G(self.i, self.v),
                "E": self.wide.G(self.i + daughter, self.v)}

    def slope_by_sympy(self) -> Fraction:
        return self.net.slope_by_sympy(self.net.only(self.i, self.v))


def random_replication(random: Random, daughters: int, signs: str = "", **shape: Any) -> Replication:
    """Of a local minimum of type 1, unless the shape asks for an escape neuron. signs: those of all gamma.

    Where the shape has no kinks, the parent is flat; so it is at zero loss, with kinks or w = 0.
    """
    net = stationary(random, **shape)
    i = random.choice(net.neurons)
    if shape.get("kinks") == 0 and random.random() < 0.4:
        net = net.resting(i).fitted() if random.random() < 0.5 else net.fitted()
    shares = random_shares(random, signs or random_signs(random, daughters))
    beta = [Fraction(random.randint(1, 5), random.randint(1, 3)) for _ in shares]
    gamma = [share / s for share, s in zip(shares, beta, strict=True)]
    return Replication(net, i, beta, gamma, tangent(random, net.W[i]))


def steep_replication(random: Random, daughters: int, signs: str = "", **shape: Any) -> Replication:
    """With D(v) > 0."""
    while True:
        found = random_replication(random, daughters, signs, **shape)
        if found.net.G(found.i, found.v) > 0:
            return found


@entry(REPLICATION, "scaled")
def scaled(random: Random, daughters: int) -> Instance:
    """Pre-activations at moved weights, of the parent and of a daughter that moves beta times as far."""
    found = random_replication(random, daughters, **some_escapes(random))
    net, i, s, k = found.net, found.i, found.beta[0], random.choice(found.net.samples)
    u = Fraction(random.randint(0, 3), 4)
    parent = net.moved(net.only(i, found.v), u)
    wide = found.wide
    daughter = wide.moved(wide.only(i, found.v), s * u)
    (p, q), (P, Q) = parts(parent.pre(i)[k]), parts(daughter.pre(i)[k])
    assert daughter.hidden(i)[k] == net.a * P - net.b * Q
    return Instance({
        **legs(net), "s": s, "z": parent.pre(i)[k], "p": p, "q": q, "r": parent.hidden(i)[k], "P": P, "Q": Q})


@entry(REPLICATION, "same outputs")
def same_outputs(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, **some_escapes(random))
    net, i, k, j = found.net, found.i, random.choice(found.net.samples), random.choice(found.net.targets)
    return Instance({
        "s": found.beta, "c": found.gamma, "h": net.h[i][j], "r": net.hidden(i)[k],
        "rest": net.without(i, k, j), "f": net.outputs[k][j], "F": found.wide.outputs[k][j]}, daughters)


@entry(REPLICATION, "output weights")
def output_weights(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, **some_escapes(random))
    wide, i, one = found.wide, found.i, random.randrange(daughters)
    n = random_row(random, len(wide.targets))
    end = wide.moved(wide.only(i + one, g=n))
    return Instance({
        "s": found.beta[one], "r": list(found.net.hidden(i)), "l": found.net.loss, "L": end.loss,
        "e": list(found.net.residuals), "n": n}, len(wide.X))


@entry(REPLICATION, "input weights")
def input_weights(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, **some_escapes(random))
    net, wide, i, one = found.net, found.wide, found.i, random.randrange(daughters)
    s, u = found.beta[one], net.short(net.only(i, found.v))
    return Instance({
        "s": s, "c": found.gamma[one], "u": u, "r": list(net.rates(i, found.v)), "D": net.G(i, found.v),
        "l": net.loss, "N": net.moved(net.only(i, found.v), u).loss,
        "L": wide.moved(wide.only(i + one, found.v), s * u).loss, "e": list(net.residuals), "h": net.h[i],
    }, len(net.X), lambda: [("D", found.slope_by_sympy())])


@entry(REPLICATION, "not negative")
def not_negative(random: Random, daughters: int) -> Instance:
    signs = "+" * (daughters - 1) + random.choice("+0")
    found = random_replication(random, daughters, signs, **some_escapes(random))
    return Instance(found.slopes(random.randrange(daughters)))


@entry(REPLICATION, "flat")
def flat_parent(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, kinks=0)
    return Instance(found.slopes(random.randrange(daughters)))


@entry(REPLICATION, "falls")
def falls(random: Random, daughters: int) -> Instance:
    found = steep_replication(random, daughters, "-" + "+" * (daughters - 1))
    assert not is_stationary(found.wide, random)
    return Instance(found.slopes(0), 0, lambda: [
        ("E", found.wide.slope_by_sympy(found.wide.only(found.i, found.v)))])


@entry(REPLICATION, "level parent")
def level_parent(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, random.choice("+-") + "+" * (daughters - 1), kinks=0)
    return Instance(found.slopes(0) | {"i": 1 / found.gamma[0]})


@entry(REPLICATION, "idle")
def idle(random: Random, daughters: int) -> Instance:
    found = steep_replication(random, daughters, "0" + "+" * (daughters - 1))
    assert escapes(found.wide, found.i, found.v)
    return Instance(found.slopes(0))


def outputs_of(found: Replication, daughter: int) -> dict[str, Any]:
    """h, g and D of the parent, k of a daughter."""
    i, v = found.i, found.v
    return {"h": list(found.net.h[i]), "g": list(found.net.g(i, v)), "D": found.net.G(i, v),
            "k": list(found.wide.g(i + daughter, v))}


@entry(REPLICATION, "slopes")
def slopes(random: Random, daughters: int) -> Instance:
    found = random_replication(random, daughters, kinks=0, outputs=min(daughters, 3))
    values = outputs_of(found, 0)
    return Instance({name: values[name] for name in "hgD"}, len(values["h"]))


@entry(ESCAPING, "flat")
def flat_daughter(random: Random, daughters: int) -> Instance:
    values = outputs_of(random_replication(random, daughters, kinks=0), random.randrange(daughters))
    return Instance({"g": values["g"][0], "k": values["k"][0]})


@entry(ESCAPING, "active")
def active(random: Random, daughters: int) -> Instance:
    signs = random.choice("+-") + "+" * (daughters - 1)
    found = random_replication(random, daughters, signs, kinks=0, outputs=min(daughters, 3))
    return Instance({**outputs_of(found, 0), **found.slopes(0), "i": 1 / found.gamma[0]},
                    len(found.net.targets))


@entry(ESCAPING, "idle")
def idle_daughter(random: Random, daughters: int) -> Instance:
    found = steep_replication(random, daughters, "0" + "+" * (daughters - 1), outputs=min(daughters, 3))
    values = {**outputs_of(found, 0), **found.slopes(0)}
    return Instance({name: values[name] for name in "chkE"}, len(found.net.targets))


@entry(ESCAPING, "some output")
def some_output(random: Random, daughters: int) -> Instance:
    """All slopes are 0, so the parent is flat."""
    found = random_replication(random, daughters, kinks=0, outputs=min(daughters, 3))
    return Instance(outputs_of(found, random.randrange(daughters)), len(found.net.targets))


def negative_unit(random: Random, net: Kinked) -> Row:
    """w.x_k < 0 for all k, where the first input is positive everywhere."""
    w = (-Fraction(random.randint(1, 3)), *random_row(random, len(net.X[0]) - 1))
    while any(dot(w, x) >= 0 for x in net.X):
        w = (2 * w[0], *w[1:])
    return w


def with_negative_unit(random: Random) -> tuple[Kinked, Kinked]:
    """A local minimum of type 1, and the same with one more neuron, the last."""
    net = stationary(random, one_sided=True, legs=(random.choice([-2, 1, 3]), 0))
    return net, net.plus(random_entries(random, 1, len(net.targets))[0], negative_unit(random, net))


@entry(NEGATIVE, "same output")
def same_output(random: Random, daughters: int) -> Instance:
    net, wide = with_negative_unit(random)
    return Instance(narrow_and_wide(random, net, wide))


def narrow_and_wide(random: Random, net: Kinked, wide: Kinked) -> dict[str, Fraction]:
    """One output of the two, and the last neuron of the wide one."""
    k, j = random.choice(net.samples), random.choice(net.targets)
    return {"b": net.b, "h": wide.h[-1][j], "z": wide.pre(len(net.W))[k],
            "rest": wide.without(len(net.W), k, j), "f": net.outputs[k][j], "F": wide.outputs[k][j]}


@entry(NEGATIVE, "slopes")
def slopes_of_a_negative_unit(random: Random, daughters: int) -> Instance:
    _, wide = with_negative_unit(random)
    unit, j, v = len(wide.W) - 1, random.choice(wide.targets), random_row(random, len(wide.X[0]))
    assert is_stationary(wide, random)
    return Instance({
        "b": wide.b, "c": list(wide.slopes(unit, v)), "e": list(wide.residual(j)), "x": list(wide.X),
        "d": wide.d(unit, j, v), "u": random_row(random, len(v))}, len(wide.X))


def moved_negative_unit(random: Random) -> tuple[Kinked, Kinked, Kinked, Kinked]:
    """Narrow and wide, at the point and after a move so short that the unit's samples stay where they are."""
    net, wide = with_negative_unit(random)
    step = random_step(random, wide)
    t = ONE
    while True:
        move = shortened(wide, step.v, t).v
        end = wide.moved(move)
        moved = Kinked(net.a, net.b, net.X, net.y, end.h[:-1], end.W[:-1])
        if moved.loss >= net.loss:
            return net, wide, moved, end
        t /= 2


@entry(DEAD, "stays dead")
def stays_dead(random: Random, daughters: int) -> Instance:
    _, wide, _, end = moved_negative_unit(random)
    k, u = random.choice(wide.samples), combined(end.W[-1], -1, wide.W[-1])
    return Instance({"z": end.pre(len(end.W) - 1)[k], "w": wide.W[-1], "u": u, "x": wide.X[k]})


@entry(DEAD, "same output")
def same_moved_output(random: Random, daughters: int) -> Instance:
    _, _, moved, end = moved_negative_unit(random)
    return Instance(narrow_and_wide(random, moved, end))


@entry(DEAD, "minimum")
def minimum(random: Random, daughters: int) -> Instance:
    l0, L0, l1, L1 = (net.loss for net in moved_negative_unit(random))
    return Instance({"l0": l0, "l1": l1, "L0": L0, "L1": L1})


@dataclass(frozen=True)
class Added:
    """A stationary point, the same with one more neuron, and a direction v of its input weights."""

    net: Kinked
    wide: Kinked
    v: Row

    @property
    def unit(self) -> int:
        return len(self.net.W)

    def slope_by_sympy(self) -> Fraction:
        return self.wide.slope_by_sympy(self.wide.only(self.unit, self.v))


def random_orthogonal(random: Random, h: Row | None = None, fitted: bool = False) -> Added:
    """A unit with w.x_k = 0 for all k: samples in a plane of R^3, or w = 0. fitted: zero loss."""
    net = stationary(random, inputs=2, legs=random.choice(LEGS[:4]))
    net = net.fitted() if fitted else net
    w: Row = (ZERO, ZERO)
    if random.random() < 0.7:
        normal = unit(random, 3)
        p = tangent(random, normal)
        q = (normal[1] * p[2] - normal[2] * p[1], normal[2] * p[0] - normal[0] * p[2],
             normal[0] * p[1] - normal[1] * p[0])

        def placed(x: Row) -> Row:
            return combined(multiple(x[0], p), x[1], q)

        rows = tuple(combined(placed(old), random.randint(-2, 2), normal) for old in net.W)
        net, w = Kinked(net.a, net.b, tuple(map(placed, net.X)), net.y, net.h, rows), multiple(2, normal)
    wide = net.plus(h or random_entries(random, 1, len(net.targets))[0], w)
    assert wide.outputs == net.outputs and not any(wide.pre(len(net.W)))
    return Added(net, wide, tangent(random, w))


@entry(UNITS, "unit")
def orthogonal_unit(random: Random, daughters: int) -> Instance:
    found = random_orthogonal(random)
    wide, t = found.wide, Fraction(random.randint(1, 5), 3)
    n = random_row(random, len(wide.targets))
    end = wide.moved(wide.only(found.unit, multiple(t, found.v), n))
    y = wide.rates(found.unit, found.v)
    return Instance({
        "t": t, "y": list(y), "D": wide.G(found.unit, found.v),
        "C": dot(n, wide.g(found.unit, found.v)), "l": found.net.loss, "L": end.loss,
        "e": list(wide.residuals), "h": wide.h[-1], "n": n,
    }, len(y), lambda: [("D", found.slope_by_sympy())])


@entry(UNITS, "zero loss")
def zero_loss(random: Random, daughters: int) -> Instance:
    found = random_orthogonal(random, fitted=True)
    wide, j = found.wide, random.choice(found.wide.targets)
    return Instance({
        "e": list(wide.residual(j)), "y": list(wide.rates(found.unit, found.v)),
        "g": wide.g(found.unit, found.v)[j]}, len(wide.X))


@entry(UNITS, "no output")
def orthogonal_without_output(random: Random, daughters: int) -> Instance:
    found = random_orthogonal(random)
    wide = found.net.plus(multiple(0, found.wide.h[-1]), found.wide.W[-1])
    return no_output(Added(found.net, wide, found.v))


def no_output(found: Added) -> Instance:
    wide, i = found.wide, found.unit
    return Instance({
        "h": list(wide.h[i]), "g": list(wide.g(i, found.v)), "D": wide.G(i, found.v),
    }, len(wide.targets), lambda: [("D", found.slope_by_sympy())])


@entry(UNITS, "both kept")
def both_kept(random: Random, daughters: int) -> Instance:
    """The example: ReLU, a dead neuron, and the unit (0, 1)."""
    old = (Fraction(random.randint(-3, 3)),)
    net = Kinked(ONE, ZERO, ((ONE, ZERO),), ((ONE,),), (old, (-ONE,)), ((-ONE, ZERO), (ZERO, ONE)))
    v = tangent(random, net.W[1])
    assert is_stationary(net, random) and net.loss > 0
    return Instance({
        "e": net.residuals[0][0], "h": net.h[1][0], "y": net.rates(1, v)[0], "D": net.G(1, v),
        "g": net.g(1, v)[0]}, 0, lambda: [("D", net.slope_by_sympy(net.only(1, v)))])


def inactive(random: Random, outputs: int | None = None, w: Row | None = None) -> Added:
    """A unit with output weights 0 and any input weights; v is radial or tangential."""
    net = stationary(random, outputs=outputs)
    if w is None:
        w = multiple(random.randint(1, 3), unit(random, len(net.X[0])))
    u = multiple(1 / length(w), w) if any(w) else w
    v = random.choice([tangent(random, w), u])
    return Added(net, net.plus(multiple(0, net.h[0]), w), v)


@entry(IDLE, "no output")
def inactive_slopes(random: Random, daughters: int) -> Instance:
    return no_output(inactive(random, min(daughters, 3)))


@entry(IDLE, "output weights")
def inactive_output_weights(random: Random, daughters: int) -> Instance:
    found = inactive(random)
    wide, i, t = found.wide, found.unit, Fraction(random.randint(1, 5), 3)
    n = random_row(random, len(wide.targets))
    move = wide.only(i, g=n)
    return Instance({
        "t": t, "r": list(wide.hidden(i)), "l": found.net.loss, "L": wide.moved(move, t).loss,
        "e": list(wide.residuals), "n": n,
    }, len(wide.X), lambda: [("sum(dot(n, e)*r)", wide.slope_by_sympy(move))])


@entry(IDLE, "no input")
def inactive_without_input(random: Random, daughters: int) -> Instance:
    net = stationary(random)
    wide, j = net.plus(multiple(0, net.h[0]), multiple(0, net.W[0])), random.choice(net.targets)
    return Instance({
        "e": list(wide.residual(j)), "r": list(wide.hidden(len(net.W))), "D": wide.push(len(net.W), j),
    }, len(net.X))


@entry(IDLE, "copy")
def copy(random: Random, daughters: int) -> Instance:
    net, s = stationary(random), Fraction(random.randint(1, 5), 3)
    i, j, new = random.choice(net.neurons), random.choice(net.targets), len(net.W)
    wide = net.plus(multiple(0, net.h[0]), multiple(s, net.W[i]))
    return Instance({
        "e": list(wide.residual(j)), "r": list(wide.hidden(new)), "R": list(wide.hidden(i)), "s": s,
        "D": dot(wide.W[new], wide.d(new, j))}, len(net.X))


@entry(LEVEL, "both ways")
def both_ways(random: Random, daughters: int) -> Instance:
    """An escape neuron, or not."""
    shape: dict[str, Any] = random.choice([{}, {"shared": [0], "outputs": 2}, {"idle": [0]}])
    net = stationary(random, kinks=0, **shape)
    total = tuple(map(sum, zip(*(multiple(h, net.d(0, j)) for j, h in enumerate(net.h[0])), strict=True)))
    return Instance({"G": total, "v": tangent(random, net.W[0])})


@entry(LEVEL, "length")
def length_of_d(random: Random, daughters: int) -> Instance:
    """d is 0, so v may be tangential, or not."""
    net = stationary(random, kinks=0)
    i, j = random.choice(net.neurons), random.choice(net.targets)
    d, w = net.d(i, j), net.W[i]
    v = tangent(random, w) if daughters == 2 else unit(random, len(w))
    return Instance({"n": length(d), "w": w, "d": d, "v": v})


@entry(LEVEL, "one output")
def one_output(random: Random, daughters: int) -> Instance:
    net = stationary(random, kinks=0, outputs=1)
    i = random.choice(net.neurons)
    h = net.h[i][0]
    return Instance({"h": h, "i": 1 / h, "d": net.d(i, 0), "v": tangent(random, net.W[i])}, 0, lambda: [
        ("h*dot(d, v)", 0)])


@entry(FUKUMIZU + "-amended", "column")
def column(random: Random, daughters: int) -> Instance:
    net = stationary(random, kinks=0, legs=(1, 0))
    i, j = random.choice(net.neurons), random.choice(net.targets)
    m = [Fraction(z > 0) for z in net.pre(i)]
    F = mean([s * e for s, e in zip(m, net.residual(j), strict=True)], net.X)
    return Instance({
        **legs(net), "m": m, "e": list(net.residual(j)), "x": list(net.X), "F": F, "d": net.d(i, j),
        "u": random_row(random, len(F))}, len(m))


def two_outputs(h: tuple[Row, ...], W: tuple[Row, ...]) -> Kinked:
    """ReLU, the samples (1, 1), (1, -1) with labels (2, 1), (2, -1)."""
    two = Fraction(2)
    return Kinked(ONE, ZERO, ((ONE, ONE), (ONE, -ONE)), ((two, ONE), (two, -ONE)), h, W)


@entry(FUKUMIZU, "minimum")
@entry(ANY_TYPE, "second type")
def second_type(random: Random, daughters: int) -> Instance:
    """Near h = (2, 0), w = (1, 0)."""
    while True:
        p, q, u, w = (x + Fraction(random.randint(-9, 9), 20) for x in (2, 0, 1, 0))
        if p * u >= 1 and u > abs(w):
            net = two_outputs(((p, q),), ((u, w),))
            return Instance({"p": p, "q": q, "u": u, "w": w, "k": 1 / (p * u), "L": net.loss})


@entry(ANY_TYPE, "copied")
def copied(random: Random, daughters: int) -> Instance:
    """Both daughters of h = (1, 0), w = (1, 0), which move by t apart."""
    t = Fraction(random.randint(1, 9), 10)
    start = two_outputs(((ONE, ZERO),) * 2, ((ONE, ZERO),) * 2)
    end = start.moved(Move(((ZERO, ONE), (ZERO, -ONE)), ((ZERO, ONE), (ZERO, -ONE))), t)
    assert start.loss == 1 and is_stationary(start, random)
    return Instance({"t": t, "L": end.loss})


@entry(ANY_TYPE, "negative")
def negative(random: Random, daughters: int) -> Instance:
    found = steep_replication(random, daughters, "-" + "+" * (daughters - 1))
    wide, i, E = found.wide, found.i, found.slopes(0)["E"]
    Q = square(outer(wide.rates(i, found.v), wide.h[i])) / 2
    t = min(wide.short(wide.only(i, found.v)), -E / Q / 2)
    return Instance({
        "t": t, "E": E, "Q": Q, "l": wide.loss, "L": wide.moved(wide.only(i, found.v), t).loss,
    }, 0, lambda: [("E", wide.slope_by_sympy(wide.only(i, found.v)))])


@entry(ANY_TYPE, "idle")
def idle_falls(random: Random, daughters: int) -> Instance:
    """The daughter with gamma = 0 moves by t v, and gets the output weights -t^2 h."""
    found = steep_replication(random, daughters, "0" + "+" * (daughters - 1))
    net, wide, i, s = found.net, found.wide, found.i, found.beta[0]
    h, r, y, D = net.h[i], net.hidden(i), net.rates(i, found.v), net.G(i, found.v)
    t = wide.short(wide.only(i, found.v))
    while t * square(h) * square(combined(multiple(s, r), t, y)) >= 2 * D:
        t /= 2
    end = wide.moved(wide.only(i, multiple(t, found.v), multiple(-t**2, h)))
    return Instance({
        "s": s, "t": t, "v": t**2, "r": list(r), "y": list(y), "D": D, "l": net.loss, "L": end.loss,
        "e": list(net.residuals), "h": h,
    }, len(r), lambda: [("D", found.slope_by_sympy())])
