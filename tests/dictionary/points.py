"""Our own claims: nondegenerate points, paths from split points, the inertia of the wide Hessian."""

from fractions import Fraction
from random import Random

import numpy as np

from .calculus import inner_hessian, loss_gradient, loss_hessian, output_gradient
from .entries import Instance, entry
from .networks import (
    CUBIC,
    EVERY,
    RATIONAL,
    Matrix,
    Net,
    Row,
    combined,
    dot,
    mean,
    random_net,
    random_row,
    random_shares,
    random_signs,
    solution,
    square,
    stationary_at,
    stationary_net,
    times,
)
from .splitting import place

POINT, PATH, INERTIA = "S/nondegenerate-point", "S/split-path", "S/inertia"


def basis(hessian: Matrix) -> tuple[Matrix, list[int]]:
    """Rows of S, and D, with S'HS near diag(D): by floating point, then rounded."""
    values, vectors = np.linalg.eigh(np.array([[float(x) for x in row] for row in hessian]))
    scaled = vectors / np.sqrt(abs(values))
    return (tuple(tuple(Fraction(round(x * 2**12), 2**12) for x in row) for row in scaled),
            [1 if value > 0 else -1 for value in values])


def defect(hessian: Matrix, S: Matrix, D: list[int]) -> Matrix:
    """E = S'HS - D."""
    columns = list(zip(*S, strict=True))
    return tuple(tuple(dot(x, times(hessian, y)) - D[i] * (i == j) for j, y in enumerate(columns))
                 for i, x in enumerate(columns))


def norm(matrix: Matrix) -> Fraction:
    return max(sum(map(abs, row), Fraction(0)) for row in matrix)


def point(random: Random) -> tuple[Net, Net, Matrix, list[int], Matrix, Fraction]:
    """A stationary point, a point nearby, S, D, E for the Hessian there, and its norm, below 1."""
    while True:
        net, _ = stationary_net(random, random.choice(RATIONAL), random.choice([-1, 1]), Fraction(1, 8))
        if abs(np.linalg.det(np.array([[float(x) for x in row] for row in net.hessian()]))) < 1e-6:
            continue
        S, D = basis(net.hessian())
        near = net.at(combined(net.theta(), 1, random_row(random, len(D), 10**4)))
        E = defect(near.hessian(), S, D)
        if norm(E) < 1:
            return net, near, S, D, E, norm(E)


@entry(POINT, "form")
def form(random: Random, daughters: int) -> Instance:
    _, near, S, D, E, Z = point(random)
    x = random_row(random, len(D))
    y = tuple(d * a for d, a in zip(D, x, strict=True))
    pairs = [(i, j) for i in range(len(D)) for j in range(len(D))]
    return Instance({
        "E": [E[i][j] for i, j in pairs], "n": [abs(E[i][j]) for i, j in pairs], "x": [x[i] for i, _ in pairs],
        "y": [y[j] for _, j in pairs], "Z": Z, "s": square(x), "q": dot(x, times(E, y)),
    }, len(pairs), lambda: [("q", dot(x, times(defect(loss_hessian(near), S, D), y)))])


@entry(POINT, "inertia")
def inertia(random: Random, daughters: int) -> Instance:
    _, near, S, D, E, Z = point(random)
    sign = random.choice(D)
    u = tuple(Fraction(random.choice([-2, -1, 1, 3])) * (d == sign) for d in D)
    H, Su = near.hessian(), times(S, u)
    return Instance({"Z": Z, "s": square(u), "q": sign * dot(u, times(E, u)), "a": sign * dot(Su, times(H, Su))},
                    derivatives=lambda: [("a", sign * dot(Su, times(loss_hessian(near), Su)))])


@entry(POINT, "margin")
def margin(random: Random, daughters: int) -> Instance:
    # One neuron, one input: the inner Hessian can be chosen so that an eigenvalue mu is rational.
    while True:
        net = random_net(random, random.choice(EVERY))
        if (len(net.v), len(net.X[0])) != (1, 1) or not (plain := stationary_at(random, net, 0, ((Fraction(0),),))):
            continue
        (A, B), (_, C) = plain.hessian()
        mu = Fraction(random.randint(-9, 9), 2)
        if mu in (0, A) or B == 0:
            continue
        found = stationary_at(random, net, 0, ((mu + B**2 / (A - mu) - C,),))
        if found is None:
            continue
        S, D = basis(found.hessian())
        E = defect(found.hessian(), S, D)
        u = solution(random, S, (B, mu - A))
        if u is None or norm(E) >= 1:
            continue
        Du = tuple(d * x for d, x in zip(D, u, strict=True))
        s = square(u)
        return Instance({
            "mu": mu, "n": abs(mu), "g": dot(times(S, Du), times(S, u)), "s": s, "i": 1 / s, "q": dot(Du, times(E, u)),
            "Z": norm(E), "F": max(Fraction(1), sum(map(square, S), Fraction(0))),
        }, derivatives=lambda: [("mu*g", dot(times(S, Du), times(loss_hessian(found), times(S, u))))])


@entry(POINT, "row")
def row(random: Random, daughters: int) -> Instance:
    _, near, S, D, E, _ = point(random)
    i, x = random.randrange(len(D)), random_row(random, len(D))
    m = [-D[i] * entry_ for entry_ in E[i]]
    return Instance({
        "m": m, "n": [abs(z) for z in m], "x": list(x), "y": max(map(abs, x)), "Z": sum(map(abs, m), Fraction(0)),
        "T": dot(m, x),
    }, len(D), lambda: [("T", -D[i] * times(defect(loss_hessian(near), S, D), x)[i])])


@entry(POINT, "existence")
def existence(random: Random, daughters: int) -> Instance:
    Z = Fraction(1, 2)
    while True:
        net, _, S, D, _, _ = point(random)
        x0 = net.at(combined(net.theta(), 1, random_row(random, len(D), 10**6)))

        def T(u: Row, x0: Net = x0, S: Matrix = S, D: list[int] = D) -> Row:
            gradient = x0.at(combined(x0.theta(), 1, times(S, u))).gradient()
            pulls = [dot(column, gradient) for column in zip(*S, strict=True)]
            return tuple(a - d * g for a, d, g in zip(u, D, pulls, strict=True))

        start = T(tuple(Fraction(0) for _ in D))
        g = max(map(abs, start))
        r = g / (1 - Z)
        u = tuple(r * Fraction(random.randint(-3, 3), 3) for _ in D)
        image, i = T(u), random.randrange(len(D))
        if abs(image[i] - start[i]) <= Z * r:
            column = [line[i] for line in S]
            return Instance({"T": image[i], "t": start[i], "d": image[i] - start[i], "g": g, "r": r, "Z": Z},
                            derivatives=lambda: [("t", -D[i] * dot(column, loss_gradient(x0)))])


@entry(POINT, "uniqueness")
def uniqueness(random: Random, daughters: int) -> Instance:
    # Two stationary points in such a box are one, so their distance is 0: no other value satisfies the hypotheses.
    Z = point(random)[-1]
    return Instance({"y": Fraction(0), "Z": Z, "i": 1 / (1 - Z)})


@entry(POINT, "second order")
def second_order(random: Random, daughters: int) -> Instance:
    while True:
        net, _, _, D, _, _ = point(random)
        h = random_row(random, len(D), 10**4)
        moved = net.at(combined(net.theta(), 1, h))
        c, at_point = 2 * (moved.loss - net.loss), dot(h, times(net.hessian(), h))
        if at_point != 0 and c * at_point > 0:
            break
    return Instance({"c": c, "sense": Fraction(1 if at_point > 0 else -1), "l": net.loss, "L": moved.loss},
                    derivatives=lambda: [("0*c", sum(map(abs, loss_gradient(net)), Fraction(0)))])


def path(random: Random, daughters: int) -> tuple[list[Fraction], list[Fraction], int, Fraction]:
    """Coefficients and shifts at a time t, and n: (132), or (139) and then (132)."""
    t = Fraction(1, random.randint(10, 40))
    if random.random() < 0.5:
        shares = random_shares(random, random_signs(random, daughters, "+-"))
        plus = sum((x for x in shares if x >= 0), Fraction(0))
        return shares, [t / plus if x >= 0 else t / (plus - 1) for x in shares], 2, t
    shares = random_shares(random, "0" + "+" * (daughters - 1))
    return [-t, shares[1] + t, *shares[2:]], [t + t**2, *[t**2] * (daughters - 1)], 3, t


def walk(random: Random, daughters: int) -> tuple[Net, Net, Net, int, Row, list[Fraction], list[Fraction], Fraction]:
    """The narrow network, the split one and the one after the walk; the neuron, a, lambda(t), c(t), t**n."""
    net, r = stationary_net(random, random.choice(RATIONAL), 1)
    shares, c, n, t = path(random, daughters)
    a = random_row(random, len(net.X[0]))
    rows = [combined(net.W[r], x, a) for x in c]
    wide = net.with_daughters(r, [x * net.v[r] for x in shares], rows)
    return net, net.split(r, shares), wide, r, a, shares, c, t**n


def bends(net: Net, r: int, k: int, slope: Fraction, c: list[Fraction]) -> list[Fraction]:
    """sigma'' at the places of Taylor's formula; for a cubic they lie between the ends, where sigma'' is linear."""
    t = dot(net.W[r], net.X[k])
    (z, s1, s2), found = net.smooth.tower(t), []
    for x in c:
        step = x * slope
        value, _, end = net.smooth.tower(t + step)
        found.append(2 * (value - z - step * s1) / step**2 if step else s2)
        assert net.smooth is not CUBIC or min(s2, end) <= found[-1] <= max(s2, end)
    return found


@entry(PATH, "outputs")
def path_outputs(random: Random, daughters: int) -> Instance:
    net, split, wide, r, a, shares, c, p = walk(random, daughters)
    k = random.choice(net.samples)
    (z, s1, _), q, b = net.tower(r, k), dot(a, net.X[k]), bends(net, r, k, dot(a, net.X[k]), c)
    scaled = [x * y**2 / p for x, y in zip(shares, c, strict=True)]
    return Instance({
        "lam": shares, "c": c, "k": scaled, "b": b, "T": [wide.tower(r + j, k)[0] for j in range(daughters)],
        "v": net.v[r], "z": z, "s1": s1, "q": q, "p": p, "Y": wide.outputs[k] - split.outputs[k],
        "D": q**2 * dot(scaled, b) / 2,
    }, daughters, lambda: [("v*s1*q", dot(a, [output_gradient(net, k, place(net, r, j)) for j in net.inputs]))])


@entry(PATH, "losses")
def path_losses(random: Random, daughters: int) -> Instance:
    net, split, wide, r, a, shares, c, p = walk(random, daughters)
    D = []
    for k in net.samples:
        q = dot(a, net.X[k])
        D.append(q**2 * sum((x * y**2 / p * b for x, y, b in zip(shares, c, bends(net, r, k, q, c), strict=True)),
                            Fraction(0)) / 2)
    v = net.v[r]
    change = v * dot(net.residual, D) + v**2 * p * square(D) / 2
    return Instance({
        "e": list(split.residual), "Y": list(combined(wide.outputs, -1, split.outputs)), "D": D, "v": v, "p": p,
        "l": split.loss, "L": wide.loss, "change": change, "sense": Fraction(1 if change > 0 else -1)}, len(net.X))


def variation(random: Random, daughters: int) -> tuple[Net, Net, int, list[Fraction], Row, list[Fraction], list[Row], Row]:
    """A stationary point, its split, the neuron, the coefficients; a displacement of the wide network: all of it, the
    daughters' output weights and input weights, and the narrow displacement."""
    net, r = stationary_net(random, random.choice(EVERY), random.choice([-1, 1]))
    shares = random_shares(random, random_signs(random, daughters))
    wide = net.split(r, shares)
    step = wide.at(random_row(random, len(wide.theta())))
    own, end = range(r, r + daughters), r + daughters
    dv, w = [step.v[i] for i in own], [step.W[i] for i in own]
    narrow = Net(net.smooth, net.X, net.y, (*step.v[:r], sum(dv, Fraction(0)), *step.v[end:]),
                 (*step.W[:r], mean(shares, w), *step.W[end:]))
    return net, wide, r, shares, step.theta(), dv, w, narrow.theta()


@entry(INERTIA, "first variation")
def first_variation(random: Random, daughters: int) -> Instance:
    net, wide, r, shares, step, dv, w, narrow = variation(random, daughters)
    k = random.choice(net.samples)
    (z, s1, _), x = net.tower(r, k), net.X[k]
    V, m = sum(dv, Fraction(0)), mean(shares, w)
    d = dot(net.output_gradient(k), narrow)
    return Instance({
        "lam": shares, "dv": dv, "q": [dot(row, x) for row in w], "v": net.v[r], "z": z, "s1": s1, "V": V,
        "p": dot(m, x), "rest": d - V * z - net.v[r] * s1 * dot(m, x), "D": dot(wide.output_gradient(k), step), "d": d,
    }, daughters, lambda: [
        ("d", dot(narrow, [output_gradient(net, k, i) for i in range(len(narrow))])),
        ("D", dot(step, [output_gradient(wide, k, i) for i in range(len(step))]))])


@entry(INERTIA, "mixed terms")
def mixed_terms(random: Random, daughters: int) -> Instance:
    net, r = stationary_net(random, random.choice(EVERY), 1)
    j = random.choice(net.inputs)
    return Instance({"v": net.v[r], "i": 1 / net.v[r], "t": net.pull(r, 1, j)},
                    derivatives=lambda: [("v*t", loss_gradient(net)[place(net, r, j)])])


@entry(INERTIA, "second variation")
def second_variation(random: Random, daughters: int) -> Instance:
    net, wide, r, shares, step, dv, w, narrow = variation(random, daughters)
    H, m = net.inner(r), mean(shares, w)
    R = dot(narrow, times(net.hessian(), narrow))
    return Instance({
        "lam": shares, "dv": dv, "V": sum(dv, Fraction(0)), "rest": R - dot(m, times(H, m)),
        "Q": dot(step, times(wide.hessian(), step)), "R": R, "w": w, "G": [times(H, row) for row in w], "m": m,
        "M": times(H, m), "T": tuple(net.pull(r, 1, j) for j in net.inputs),
    }, daughters, lambda: [
        ("Q", dot(step, times(loss_hessian(wide), step))), ("R", dot(narrow, times(loss_hessian(net), narrow))),
        ("dot(m, M)", dot(m, times(inner_hessian(net, r), m)))])


@entry(INERTIA, "signature")
def signature(random: Random, daughters: int) -> Instance:
    shares = random_shares(random, random_signs(random, daughters))
    x, y = (list(random_row(random, daughters)) for _ in range(2))
    return Instance({"lam": shares, "x": x, "y": y, "m": dot(shares, x), "n": dot(shares, y)}, daughters)
