"""Claims of sections 1 and 4, Table 1 and Figure 2: types of whole plateaus, other losses, twin samples."""

from dataclasses import replace
from fractions import Fraction
from random import Random

from .calculus import inner_hessian
from .entries import Instance, entry
from .networks import (
    EVERY,
    RATIONAL,
    Net,
    Smooth,
    combined,
    dot,
    random_net,
    random_row,
    random_shares,
    random_signs,
    square,
    stationary_at,
    times,
)
from .neurons import dead_net, positive_row, weighted
from .splitting import others

TYPES, LOSSES, LAW = "A/section-4/trichotomy-amended", "A/appendix-a.3/other-losses", "A/section-1/evolution"
ZERO, ONE = Fraction(0), Fraction(1)
SQUARE = Smooth("t**2", lambda t: (t**2, 2 * t, Fraction(2)))


@entry(TYPES, "extremes")
def extremes(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(EVERY))
    r, shares = random.randrange(len(net.v)), random_shares(random, random_signs(random, daughters))
    other = weighted(net, r, net.v[r] + Fraction(1, 7))
    return Instance({
        "l": net.loss, "k": other.loss, "L": net.split(r, shares).loss, "K": other.split(r, shares).loss})


@entry(TYPES, "silence")
def silence(random: Random, daughters: int) -> Instance:
    """The change t is twice the mean residual: with hidden values 1 one of the two losses would stay."""
    net, i = dead_net(random), random.randrange(2)
    while not (total := sum(net.residual)):
        net = dead_net(random)
    t = 2 * total / len(net.X)
    up, down = (weighted(net, i, net.v[i] + s * t) for s in (1, -1))
    return Instance({
        "t": t, "i": 1 / t**2, "k": net.loss, "P": up.loss, "Q": down.loss, "e": list(net.residual),
        "z": list(net.column(i, 0))}, len(net.X))


@entry(TYPES, "constant")
def constant(random: Random, daughters: int) -> Instance:
    return silent_outputs(random, "s")


@entry(LOSSES + "-amended", "outputs")
def outputs(random: Random, daughters: int) -> Instance:
    return silent_outputs(random, "z")


def silent_outputs(random: Random, hidden: str) -> Instance:
    net = dead_net(random)
    k = random.choice(net.samples)
    return Instance({
        "u": list(net.v), hidden: [net.tower(i, k)[0] for i in range(len(net.v))], "f": net.outputs[k]},
        len(net.v))


@entry(TYPES, "same loss")
def same_loss(random: Random, daughters: int) -> Instance:
    net = dead_net(random)
    return Instance({
        "f": list(net.outputs), "y": list(net.y), "L": net.loss, "l": square(net.y) / 2}, len(net.X))


def mixed(random: Random, net: Net, r: int, daughters: int) -> tuple[Net, list[Net]]:
    """A point near a split with positive coefficients, and the narrow points with its daughters' weights."""
    wide = net.split(r, random_shares(random, "+" * daughters))
    wide = wide.at(combined(wide.theta(), Fraction(1, 50), random_row(random, len(wide.theta()))))
    end = r + daughters
    total = sum(wide.v[r:end], ZERO)
    return wide, [replace(wide, v=(*wide.v[:r], total, *wide.v[end:]),
                          W=(*wide.W[:r], wide.W[j], *wide.W[end:])) for j in range(r, end)]


@entry(TYPES, "mixture")
def mixture(random: Random, daughters: int) -> Instance:
    net = random_net(random, random.choice(RATIONAL))
    r = random.randrange(len(net.v))
    wide, narrow = mixed(random, net, r, daughters)
    k, u, V = random.choice(net.samples), list(wide.v[r : r + daughters]), narrow[0].v[r]
    return Instance({
        "u": u, "T": [x.tower(r, k)[0] for x in narrow], "V": V, "i": 1 / V, "p": [x / V for x in u],
        "rest": others(narrow[0], r, k), "F": [x.outputs[k] for x in narrow], "g": wide.outputs[k]},
        daughters)


@entry(TYPES, "convexity")
def convexity(random: Random, daughters: int) -> Instance:
    """Squares without input weights, whose outputs can only rise, and labels above: a local maximum."""
    X = tuple(random_row(random, 2) for _ in range(4))
    net = Net(SQUARE, X, positive_row(random, 4), positive_row(random, 2), ((ZERO, ZERO),) * 2)
    r = random.randrange(2)
    wide, narrow = mixed(random, net, r, daughters)
    return Instance({
        "p": [x / narrow[0].v[r] for x in wide.v[r : r + daughters]], "F": [x.outputs for x in narrow],
        "g": wide.outputs, "y": net.y, "l": net.loss, "L": wide.loss}, daughters)


@entry(LOSSES, "depth")
def depth(random: Random, daughters: int) -> Instance:
    """t**2 in every layer, x = y = 1: as many layers as daughters."""
    value = Fraction(random.choice([-1, 1]), random.randint(2, 5))
    for _ in range(daughters):
        value = (value * Fraction(random.randint(3, 5), 4)) ** 2
    F = value * Fraction(random.randint(3, 5), 4)
    return Instance({"F": F, "L": (F - 1) ** 2 / 2, "l": Fraction(1, 2)})


@entry(LOSSES, "convex loss")
def convex_loss(random: Random, daughters: int) -> Instance:
    v, w = Fraction(random.randint(3, 5), 4), Fraction(random.choice([-1, 1]), random.randint(2, 5))
    samples = ((ONE, ONE), (ZERO, -ONE))
    f, g = (v * (1 + (w * x) ** 2) for x, _ in samples)
    loss = sum((-y * v * (1 + (w * x) ** 2) for x, y in samples), ZERO)
    return Instance({"v": v, "w": w, "f": f, "g": g, "L": loss})


@entry(LOSSES + "-amended", "midpoint")
def midpoint(random: Random, daughters: int) -> Instance:
    """The loss (f - y)**4 at a point whose neurons are silent."""
    net, i, t = dead_net(random), random.randrange(2), Fraction(random.choice([-2, 1, 3]), 5)

    def losses(at: Net) -> list[Fraction]:
        return [(f - y) ** 4 for f, y in zip(at.outputs, at.y, strict=True)]

    k, P, Q = (losses(weighted(net, i, net.v[i] + s * t)) for s in (0, 1, -1))
    return Instance({
        "k": k, "P": P, "Q": Q, "d": [p + q - 2 * x for x, p, q in zip(k, P, Q, strict=True)],
        "L": sum(k, ZERO), "U": sum(P, ZERO), "D": sum(Q, ZERO)}, len(k))


def twin_net(random: Random) -> tuple[Net, list[Fraction]]:
    """Every input twice, with labels c below and above the output."""
    net = random_net(random, random.choice(EVERY))
    c = [Fraction(random.randint(2, 4)) for _ in net.X]
    labels = [f + s * x for s in (1, -1) for f, x in zip(net.outputs, c, strict=True)]
    return replace(net, X=(*net.X, *net.X), y=tuple(labels)), c


def wider(random: Random, net: Net, daughters: int) -> Net:
    """Another network, whose outputs are close to those of a split."""
    r = random.randrange(len(net.v))
    wide = net.split(r, random_shares(random, random_signs(random, daughters)))
    return weighted(wide, r, wide.v[r] + Fraction(1, 100))


@entry(LAW, "twins")
def twins(random: Random, daughters: int) -> Instance:
    while True:
        net, c = twin_net(random)
        wide, half = wider(random, net, daughters), len(c)
        a, f = list(net.outputs[:half]), list(wide.outputs[:half])
        if sum(f) != sum(a):
            return Instance({
                "a": a, "f": f, "c": c, "y": list(net.y[:half]), "z": list(net.y[half:]), "l": net.loss,
                "L": wide.loss}, half)


@entry(LAW + "-amended", "orthogonal")
def orthogonal(random: Random, daughters: int) -> Instance:
    net, _ = twin_net(random)
    other = wider(random, net, daughters)
    return Instance({
        "u": list(other.v), "P": [dot(net.residual, other.column(i, 0)) for i in range(len(other.v))],
        "p": dot(net.residual, other.outputs)}, len(other.v))


@entry(LAW + "-amended", "lowest")
def lowest(random: Random, daughters: int) -> Instance:
    net, _ = twin_net(random)
    other = wider(random, net, daughters)
    return Instance({
        "e": list(net.residual), "f": list(net.outputs), "F": list(other.outputs), "l": net.loss,
        "L": other.loss}, len(net.X))


@entry("A/figure-2", "zero matrix")
def zero_matrix(random: Random, daughters: int) -> Instance:
    while True:
        net = random_net(random, random.choice(EVERY))
        r, d = random.randrange(len(net.v)), len(net.X[0])
        found = stationary_at(random, net, r, ((ZERO,) * d,) * d)
        if found is not None:
            break
    a, inner = random_row(random, d), found.inner(r)
    b = times(inner, a)
    return Instance({"a": list(a), "b": list(b), "h": dot(a, b)}, d, lambda: [
        ("b", list(times(inner_hessian(found, r), a))), ("h", dot(a, times(inner_hessian(found, r), a)))])


@entry("A/table-1", "same sign")
def same_sign(random: Random, daughters: int) -> Instance:
    l0, l1 = random_shares(random, "++")
    return Instance({"l0": l0, "l1": l1})


@entry("A/table-1", "ends")
def ends(random: Random, daughters: int) -> Instance:
    l0, l1 = random_shares(random, "0+")
    return Instance({"l0": l0, "l1": l1})


@entry("A/table-1-amended", "region")
def region(random: Random, daughters: int) -> Instance:
    count = max(3, daughters)
    c = [ONE, ONE, -ONE, *[ZERO] * (count - 3)]
    random.shuffle(c)
    first, second = (j for j, x in enumerate(c) if x == 1)
    shift = Fraction(random.randint(-4, 4), 9)
    lam = [x + shift * ((j == first) - (j == second)) for j, x in enumerate(c)]
    return Instance({
        "lam": lam, "c": c, "d": [Fraction(j == first) for j in range(count)],
        "D": [Fraction(j == second) for j in range(count)], "n": [Fraction(x == -1) for x in c]}, count)
