"""Lemmas 2 and 3: points near a split point, and the narrow points that they are compared with."""

from fractions import Fraction
from random import Random
from typing import Any

from . import minima
from .calculus import inner_hessian, output_gradient
from .entries import Instance, entry
from .nearby import Near, near, near_second
from .networks import Row, combined, dot, random_row, root_above, square, times
from .splitting import others, place

POSITIVE, NEGATIVE = "A/lemma-2", "A/lemma-3"


def near_first(random: Random, daughters: int) -> Near:
    while not (found := near(random, daughters)).positive:
        pass
    return found


def second(n: Near) -> int:
    """The daughter with the negative coefficient, of two."""
    return 1 - n.first


@entry(POSITIVE, "shares")
def shares(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    k = random.choice(n.net.samples)
    return Instance({
        "b": n.shares, "u": n.u, "V": n.v, "i": 1 / n.v, "S": [n.wide.tower(i, k)[0] for i in n.own],
        "t": n.narrow.tower(n.r, k)[0], "rest": others(n.narrow, n.r, k), "f": n.narrow.outputs[k],
        "F": n.wide.outputs[k]}, daughters)


def moves(n: Near, name: str) -> Instance:
    """How lambda' moves with the output weights."""
    v = n.net.v[n.r]
    x = [u / v - share for u, share in zip(n.u, n.start, strict=True)]
    T = sum(x, Fraction(0))
    return Instance({
        "lam": n.start, "a": [abs(share) for share in n.start], name: n.shares, "x": x, "T": T,
        "c": max(map(abs, [*x, T])), "i": 1 / (1 + T)}, len(x))


@entry(POSITIVE, "near shares")
def near_shares(random: Random, daughters: int) -> Instance:
    return moves(near_first(random, daughters), "b")


@entry(NEGATIVE, "near shares")
def near_shares_of_two(random: Random, daughters: int) -> Instance:
    return moves(near_second(random, 2), "L")


@entry(POSITIVE, "close mean")
def close_mean(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    o = n.net.W[n.r]
    d = root_above(max(square(combined(w, -1, o)) for w in n.rows))
    return Instance({"b": n.shares, "d": d, "w": n.rows, "m": n.m, "o": o}, daughters)


@entry(POSITIVE, "remainder")
def remainder(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    k = random.choice(n.net.samples)
    minima.between(n, k)
    return Instance({
        "V": n.v, "b": n.shares, "T": [n.values_at(w)[k] for w in n.rows], "t": n.values_at(n.m)[k],
        "s1": n.values_at(n.m, 1)[k], "c": n.bends(k), "D": n.D[k], "w": n.rows, "m": n.m, "x": n.net.X[k],
    }, daughters, lambda: [("V*s1*dot(x, x)", dot(n.net.X[k], [
        output_gradient(n.narrow, k, place(n.narrow, n.r, j)) for j in n.net.inputs]))])


@entry(POSITIVE, "bound per sample")
def bound_per_sample(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    k = random.choice(n.net.samples)
    return Instance({
        "V": n.v, "A": abs(n.v), "b": n.shares, "c": n.bends(k), "M": n.bound(k), "spread": n.spread,
        "D": n.D[k], "w": n.rows, "m": n.m, "x": n.net.X[k]}, daughters)


def norm(n: Near) -> Instance:
    return Instance({
        "A": abs(n.a), "M": [n.bound(k) * square(x) for k, x in enumerate(n.net.X)], "K": n.K,
        "spread": n.spread, "D": list(n.D), "E": abs(n.a) * n.K * n.spread / 2}, len(n.net.X))


@entry(POSITIVE, "bound")
def bound(random: Random, daughters: int) -> Instance:
    return norm(near_first(random, daughters))


@entry(NEGATIVE, "bound")
def bound_of_two(random: Random, daughters: int) -> Instance:
    return norm(near_second(random, 2))


def sizes(n: Near) -> dict[str, Any]:
    """What (40a) and (49a) have in common; eps as small as the statement allows."""
    R, A = root_above(square(n.Y)), abs(n.a)
    return {"A": A, "K": n.K, "R": R, "E": A * n.K * n.spread / 2, "eps": 2 * R * A * n.K, "Y": n.Y, "D": n.D}


@entry(POSITIVE, "first inequality")
def first_inequality(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    return Instance(sizes(n) | {"lam": n.start, "b": n.shares, "w": n.rows, "m": n.m}, daughters)


def least(n: Near) -> Fraction:
    """A positive lower bound of the least eigenvalue of H_r or of -lambda_0 H_r."""
    return 2 * n.mu


def bending(random: Random, n: Near, sign: int) -> dict[str, Any]:
    """The form of (100) or (124) at the split point and at a place near it. sign: of a in the form."""
    start, a = (n.net.v[n.r], n.v) if n.positive else (n.net.v[n.r] * n.start[n.first], n.u[n.first])
    u, p, e = random.choice(n.points), random_row(random, len(n.m)), n.net.residual
    s, S = ([sign * x * y for y in n.values_at(w, 2)] for x, w in ((start, n.net.W[n.r]), (a, u)))
    q, y = times(n.net.X, p), [abs(x) for x in e]
    h, H = (sum((a * b * c**2 for a, b, c in zip(e, z, q, strict=True)), Fraction(0)) for z in (s, S))
    return {"e": list(e), "y": y, "s": s, "S": S, "t": max(abs(a - b) for a, b in zip(s, S, strict=True)),
            "K": dot(y, [square(x) for x in n.net.X]), "h": h, "H": H, "x": list(n.net.X), "p": p}


@entry(POSITIVE, "curvature")
def curvature(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    values = bending(random, n, 1) | {"l": least(n)}
    return Instance(values, len(n.net.X), lambda: [
        ("h", dot(values["p"], times(inner_hessian(n.net, n.r), values["p"])))])


@entry(NEGATIVE, "curvature")
def curvature_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    lead = n.start[n.first]
    values = bending(random, n, -1) | {"l0": lead, "l": least(n) / lead}
    return Instance(values, len(n.net.X), lambda: [
        ("-h/l0", dot(values["p"], times(inner_hessian(n.net, n.r), values["p"])))])


def gradient_of_g(n: Near) -> Fraction:
    """|g|**2 by sympy: a neuron of output weight a at the center."""
    net = n.net.with_daughters(n.r, [n.a], [n.center])
    return square([dot(n.net.residual, [output_gradient(net, k, place(net, n.r, j)) for k in net.samples])
                   for j in net.inputs])


@entry(POSITIVE, "second inequality")
def second_inequality(random: Random, daughters: int) -> Instance:
    n = near_first(random, daughters)
    return Instance({
        "V": n.v, "lam": n.start, "b": n.shares, "c": n.curvatures(), "l": least(n), "e": n.net.residual,
        "D": n.D, "T": [n.values_at(w) for w in n.rows], "t": n.values_at(n.m), "w": n.rows, "m": n.m,
        "g": n.g,
    }, daughters, lambda: [("dot(g, g)", gradient_of_g(n))])


def weights_of_two(n: Near) -> dict[str, Fraction]:
    lead, other = n.shares[n.first], n.shares[second(n)]
    return {"L0": lead, "L1": other, "B0": 1 / lead, "B1": -other / lead}


def old_weights(n: Near) -> dict[str, Fraction]:
    lead, other = n.start[n.first], n.start[second(n)]
    return {"b0": 1 / lead, "b1": -other / lead}


def steps_of_two(n: Near) -> dict[str, Row]:
    """u_0 and u_1 of (48)."""
    return {"u0": combined(n.m, -1, n.center), "u1": combined(n.rows[second(n)], -1, n.center)}


@entry(NEGATIVE, "shares")
def two_shares(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    k = random.choice(n.net.samples)
    return Instance(weights_of_two(n) | {
        "v0": n.u[n.first], "v1": n.u[second(n)], "V": n.v, "i": 1 / n.v,
        "S0": n.values_at(n.center)[k], "S1": n.values_at(n.rows[second(n)])[k], "s": n.values_at(n.m)[k],
        "rest": others(n.narrow, n.r, k), "f": n.narrow.outputs[k], "F": n.wide.outputs[k]})


@entry(NEGATIVE, "near weights")
def near_weights(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    return Instance(weights_of_two(n) | old_weights(n) | {"l0": n.start[n.first], "l1": n.start[second(n)]})


def displacements(n: Near) -> dict[str, Row]:
    """What the first and the second daughter move by."""
    o = n.net.W[n.r]
    return {"p": combined(n.center, -1, o), "q": combined(n.rows[second(n)], -1, o)}


@entry(NEGATIVE, "close mean")
def close_mean_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    moved, weights = displacements(n), weights_of_two(n)
    return Instance(moved | {
        "L0": weights["L0"], "L1": weights["L1"], "l0": n.start[n.first],
        "d": root_above(sum(map(square, moved.values()), Fraction(0)))})


@entry(NEGATIVE, "center")
def center(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    moved, weights = displacements(n), weights_of_two(n)
    mean = combined(combined(moved["q"], -1, moved["q"]), weights["L0"], moved["p"])
    assert combined(combined(mean, weights["L1"], moved["q"]), -1, moved["p"]) == steps_of_two(n)["u0"]
    return Instance(moved | weights | {"x": random_row(random, len(n.m))})


def bent(n: Near, found: list[Fraction]) -> dict[str, Fraction]:
    """What Near has by point: at the place of the first daughter it has the narrow one."""
    return {"c0": found[n.first], "c1": found[second(n)]}


def two_weights(n: Near) -> dict[str, Fraction]:
    """beta' alone."""
    weights = weights_of_two(n)
    return {"B0": weights["B0"], "B1": weights["B1"]}


@entry(NEGATIVE, "remainder")
def remainder_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    k, a = random.choice(n.net.samples), n.u[n.first]
    minima.between(n, k)
    return Instance(two_weights(n) | steps_of_two(n) | bent(n, n.bends(k)) | {
        "a": a, "T0": n.values_at(n.m)[k], "T1": n.values_at(n.rows[second(n)])[k],
        "t": n.values_at(n.center)[k], "s1": n.values_at(n.center, 1)[k], "D": n.D[k], "x": n.net.X[k],
    }, derivatives=lambda: [("a*s1*dot(x, x)", dot(n.net.X[k], [
        output_gradient(n.wide, k, place(n.wide, n.r + n.first, j)) for j in n.net.inputs]))])


@entry(NEGATIVE, "bound per sample")
def bound_per_sample_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    k, a = random.choice(n.net.samples), n.u[n.first]
    return Instance(two_weights(n) | steps_of_two(n) | bent(n, n.bends(k)) | {
        "a": a, "A": abs(a), "M": n.bound(k), "spread": n.spread, "D": n.D[k], "x": n.net.X[k]})


@entry(NEGATIVE, "first inequality")
def first_inequality_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    return Instance(sizes(n) | two_weights(n) | old_weights(n) | steps_of_two(n))


@entry(NEGATIVE, "second inequality")
def second_inequality_of_two(random: Random, daughters: int) -> Instance:
    n = near_second(random, 2)
    lead = n.start[n.first]
    return Instance(two_weights(n) | old_weights(n) | steps_of_two(n) | bent(n, n.curvatures()) | {
        "a": n.u[n.first], "l0": lead, "l": least(n) / lead, "e": n.net.residual, "D": n.D,
        "T0": n.values_at(n.m), "T1": n.values_at(n.rows[second(n)]), "t": n.values_at(n.center), "g": n.g,
    }, derivatives=lambda: [("dot(g, g)", gradient_of_g(n))])
