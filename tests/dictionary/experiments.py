"""Section 4.1.1 and appendix I: ReLU networks on the data of the experiments."""

from fractions import Fraction
from random import Random
from typing import Any

import sympy

from .entries import Instance, entry
from .networks import ONE, Row, combined, dot
from .relu_networks import ZERO, Kinked, flat, is_stationary, multiple, parts
from .surds import Surd

LINE, PLANE = "B/section-4.1.1", "B/appendix-i.2"
ROOT: Any = Surd(ZERO, Fraction(25, 232))  # 25/sqrt(1856)


def rows(*found: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(tuple(map(Fraction, row)) for row in found)


# Inputs, labels.
ONE_OUTPUT = (
    rows(("-1", "1"), ("-0.6", "1"), ("-0.1", "1"), ("0.3", "1"), ("0.7", "1")),
    rows(("0.28",), ("-0.1",), ("0.03",), ("0.23",), ("-0.22",)))
TWO_OUTPUTS = (
    rows(("-0.3", "0.5"), ("1", "1"), ("-0.6", "-1"), ("0.4", "-0.4")),
    rows(("0.6", "-0.5"), ("0.5", "-1"), ("-0.4", "0.6"), ("0.8", "0.2")))
# Output and input weights of the network of loss 17/50 in the claim about appendix I.0.2.
FITTED = (
    rows(("29/114", "-8/57"), ("1/6", "-1/3"), ("-2/19", "3/19")),
    rows(("-3", "2"), ("1", "2"), ("-3", "-2")))


def relu(data: tuple[tuple[Row, ...], tuple[Row, ...]], *neurons: tuple[Row, Row]) -> Kinked:
    """The network with these output weights and input weights."""
    h, W = zip(*neurons, strict=True)
    return Kinked(ONE, ZERO, *data, h, W)


def origin(data: tuple[tuple[Row, ...], tuple[Row, ...]], *first: tuple[Row, Row]) -> Kinked:
    """The first neurons, and one that vanishes."""
    return relu(data, *first, (multiple(0, data[1][0]), (ZERO, ZERO)))


def seen(random: Random, net: Kinked, *samples: int) -> Row:
    """A direction along which exactly these samples are active."""
    while True:
        v = tuple(Fraction(random.randint(-20, 20), 10) for _ in range(2))
        if [k for k, x in enumerate(net.X) if dot(v, x) > 0] == list(samples) and all(
                dot(v, x) for x in net.X):
            return v


def numbered(name: str, values: Row) -> dict[str, Fraction]:
    return {f"{name}{p}": x for p, x in enumerate(values, 1)}


@entry(LINE, "origin")
def origin_of_the_line(random: Random, daughters: int) -> Instance:
    net = origin(ONE_OUTPUT, ((ZERO,), (ZERO, ZERO)))
    t = seen(random, net, 0, 1, 2, 3, 4)
    return Instance({**numbered("t", t), "g": net.g(0, t)[0], "L": net.loss})


def group_1(random: Random, size: int, a: Fraction) -> list[tuple[Row, Row]]:
    """Neurons c_i (-10, 7) with h_i > 0 and sum h_i c_i = a."""
    shares, c = [Fraction(random.randint(1, 5)) for _ in range(size)], [
        Fraction(random.randint(1, 5), 7) for _ in range(size)]
    return [((a * share / sum(shares) / s,), (-10 * s, 7 * s)) for share, s in zip(shares, c, strict=True)]


@entry(LINE, "second")
def second(random: Random, daughters: int) -> Instance:
    a = Fraction(231, 26900)
    net = origin(ONE_OUTPUT, *group_1(random, daughters, a))
    assert is_stationary(net, random)
    slopes = [net.g(0, (Fraction(7), Fraction(10))), net.g(0, (Fraction(-7), Fraction(-10)))]
    return Instance({
        "a": a, **numbered("e", net.residual(0)), "u": slopes[0][0], "d": slopes[1][0],
        "z": net.g(daughters, (ZERO, ONE))[0], "L": net.loss})


def last_plateau(random: Random, daughters: int) -> tuple[Kinked, Fraction, Row]:
    """Group 1, two neurons of group 2, a dead one; a, and sum h_i w_i over group 2."""
    a = Fraction(random.randint(1, 9), 100)
    r, s = 10 * a - Fraction(693, 4630), Fraction(1067, 46300) - 7 * a
    net = relu(
        ONE_OUTPUT, *group_1(random, daughters, a), ((2 * r,), (ONE / 2, ONE)), ((s - 2 * r,), (ZERO, ONE)),
        ((Fraction(random.randint(-3, 3)),), (Fraction(random.randint(-2, 2), 4), -ONE)))
    assert is_stationary(net, random) and not any(net.hidden(daughters + 2))
    return net, a, (r, s)


@entry(LINE, "last")
def last(random: Random, daughters: int) -> Instance:
    net, a, (r, s) = last_plateau(random, daughters)
    return Instance({"a": a, "r": r, "s": s, **numbered("e", net.residual(0)), "L": net.loss})


@entry(LINE, "slopes")
def slopes(random: Random, daughters: int) -> Instance:
    """Of a neuron of group 1, or of one of group 2 with a positive output weight."""
    net, *_ = last_plateau(random, daughters)
    i = random.choice([i for i in range(daughters + 2) if net.h[i][0] > 0])
    size = Fraction(random.choice([-2, -1, 1, 2]), 5)
    t = (7 * size, 10 * size) if i < daughters else (size, size + random.randint(-1, 1))
    (p, q), x = parts(dot(t, net.X[4])), dot(t, net.X[4])
    (p, q) = (p, q) if i < daughters else (x, ZERO)
    return Instance({
        **numbered("t", t), "p": p, "q": q, **numbered("e", net.residual(0)), "g": net.g(i, t)[0],
        "G": net.G(i, t), "h": net.h[i][0],
    }, 0, lambda: [("G", net.slope_by_sympy(net.only(i, t)))])


@entry(LINE, "example")
def example(random: Random, daughters: int) -> Instance:
    a = Fraction(1, 50)
    r, s = 10 * a - Fraction(693, 4630), Fraction(1067, 46300) - 7 * a
    net = relu(ONE_OUTPUT, *group_1(random, 1, a), ((-ONE,), (-r, -s)))
    assert is_stationary(net, random) and all(z > 0 for z in net.pre(1))
    return Instance({"a": a, "r": r, "s": s, **numbered("w", net.W[1])})


@entry(LINE, "dead sector")
def dead_sector(random: Random, daughters: int) -> Instance:
    p, q = Fraction(random.randint(0, 4), 3), Fraction(random.randint(1, 4), 3)
    w = (10 * p - q, -7 * p - q)
    net = relu(ONE_OUTPUT, ((ONE,), w))
    assert not any(net.hidden(0))
    z = net.pre(0)
    return Instance({**numbered("w", w), "m": -z[0], "n": -z[4]})


@entry(LINE + "/group-1-amended", "attracting")
def attracting(random: Random, daughters: int) -> Instance:
    net = origin(ONE_OUTPUT, ((ZERO,), (ZERO, ZERO)))
    w = seen(random, net, 0, 1, 2, 3, 4)
    m = tuple(dot((Fraction(-7), Fraction(5)), x) for x in net.X)
    return Instance({**numbered("w", w), "g": net.g(0, w)[0], **numbered("m", m)})


@entry(PLANE, "origin")
def origin_of_the_plane(random: Random, daughters: int) -> Instance:
    return Instance({"L": origin(TWO_OUTPUTS).loss})


@entry(PLANE, "splitting")
def splitting(random: Random, daughters: int) -> Instance:
    """Two neurons that see samples 1 and 2, with parallel weights, for one output and the labels of it."""
    X, y = TWO_OUTPUTS
    w = seen(random, origin(TWO_OUTPUTS), 0, 1)
    a, A, c, C = (Fraction(random.randint(1, 5), 3) for _ in range(4))
    j, H = random.choice([0, 1]), Fraction(random.choice([-2, -1, 1, 2]), 5)
    data = X[:2], tuple((row[j],) for row in y[:2])
    net = relu(data, ((a * H,), multiple(c, w)), ((A * H,), multiple(C, w)))
    e, v = net.residual(0), tuple(Fraction(random.randint(1, 5)) for _ in range(2))
    D = tuple(dot(v, x) for x in X[:2])
    g, t = dot(e, D), Fraction(1, 2)
    while True:
        u = -t if g > 0 else t
        m = (a * c + A * C) * u * t
        end = relu(data, ((a * H + C * u,), combined(net.W[0], A * t, v)),
                   ((A * H - c * u,), combined(net.W[1], -a * t, v)))
        if all(z > 0 for z in end.pre(0) + end.pre(1)) and -2 * m * g > m**2 * dot(D, D):
            break
        t /= 2
    return Instance({
        "a": a, "A": A, "c": c, "C": C, "H": H, "z": [dot(w, x) for x in X[:2]], "d": list(D), "t": t, "u": u,
        "N": list(flat(end.outputs)), "m": m, "g": g, "l": net.loss, "L": end.loss, "e": e, "D": D}, 2)


@entry(PLANE, "turned away")
def turned_away(random: Random, daughters: int) -> Instance:
    w1 = Fraction(random.randint(-5, 5), 3)
    w = (w1, w1 + Fraction(random.randint(1, 5), 4))
    return Instance({**numbered("w", w), "m": dot(w, TWO_OUTPUTS[0][3])})


@entry(PLANE, "fitted")
def fitted(random: Random, daughters: int) -> Instance:
    """The neurons of the example, each with its weights scaled."""
    scales = [Fraction(random.randint(1, 5), 3) for _ in range(3)]
    net = relu(TWO_OUTPUTS, *(
        (multiple(1 / s, h), multiple(s, w)) for s, h, w in zip(scales, *FITTED, strict=True)))
    assert is_stationary(net, random)
    i, j, v = random.choice(net.neurons), random.choice([0, 1]), seen(random, net, 0, 1)
    return Instance({
        "e": list(net.residual(j)), "s": list(net.slopes(i, v)), "L": net.loss, "x": list(net.X),
        "d": net.d(i, j, v), "u": seen(random, net, 2, 3)}, 4)


def turning(net: Kinked, i: int, v: Row, samples: tuple[int, int]) -> Instance:
    """g_1, g_2 as v turns; the samples that it sees stay the same."""
    turned, angle = (-v[1], v[0]), sympy.Symbol("angle")
    g, D = net.g(i, v), tuple(dot(net.d(i, j, v), turned) for j in (0, 1))

    def derivative() -> Fraction:
        def turn(x: Row) -> Any:
            """The product with v, at an angle from it."""
            p, q = (sympy.Rational(y.numerator, y.denominator) for y in (dot(v, x), dot(turned, x)))
            return p * sympy.cos(angle) + q * sympy.sin(angle)

        slopes = [sum(sympy.Rational(str(net.residuals[k][j])) * turn(net.X[k]) for k in samples)
                  for j in (0, 1)]
        found = sympy.diff((slopes[0] ** 2 + slopes[1] ** 2) / 2, angle).subs(angle, 0)
        return Fraction(int(found.p), int(found.q))

    return Instance({
        **numbered("v", v), **numbered("g", g), **numbered("D", D), "D": dot(g, D),
    }, 0, lambda: [("D", derivative())])


@entry(PLANE + "/angle-1-amended", "turning")
def first_angle(random: Random, daughters: int) -> Instance:
    net = origin(TWO_OUTPUTS)
    return turning(net, 0, seen(random, net, 0, 1), (0, 1))


def second_saddle(random: Random) -> Kinked:
    """A neuron that sees samples 1 and 2, and one that vanishes: the outputs at samples 3 and 4 are 0."""
    h = (Fraction(random.randint(-5, 5), 9), Fraction(random.randint(-5, 5), 9))
    return origin(TWO_OUTPUTS, (h, seen(random, origin(TWO_OUTPUTS), 0, 1)))


@entry(PLANE + "/angle-2-amended", "turning")
def second_angle(random: Random, daughters: int) -> Instance:
    net = second_saddle(random)
    return turning(net, 1, seen(random, net, 2, 3), (2, 3))


@entry(PLANE + "/slope-1-amended", "slope")
def first_slope(random: Random, daughters: int) -> Instance:
    net = origin(TWO_OUTPUTS)
    v = seen(random, net, 0, 1)
    return Instance({**numbered("v", v), "m": dot(v, net.X[0]), "n": dot(v, net.X[1]), "g": net.g(0, v)[0]})


@entry(PLANE + "/slope-2-amended", "slope")
def second_slope(random: Random, daughters: int) -> Instance:
    net, v = second_saddle(random), (Fraction("-0.65"), Fraction("-0.76"))
    return Instance({**numbered("v", v), "m": dot(v, net.X[2]), "n": dot(v, net.X[3]), "g": net.g(1, v)[0]})


@entry(PLANE + "/third-saddle-amended", "sign")
def sign(random: Random, daughters: int) -> Instance:
    net = origin(TWO_OUTPUTS)
    net = relu(TWO_OUTPUTS, ((ONE, -ONE), seen(random, net, 0, 1)))
    z, f = net.hidden(0), Fraction(random.randint(1, 5), 7)
    net = net.with_residuals(((ONE, -f * z[1] / z[0]), (ONE, f), (ONE, ONE), (ONE, ONE)))
    assert net.push(0, 1) == 0
    return Instance({"e": net.residuals[0][1], "f": f, "z1": z[0], "z2": z[1], "i": 1 / z[0]})


@entry(PLANE + "/third-saddle-amended", "numbers")
def numbers(random: Random, daughters: int) -> Instance:
    """A neuron with the printed weights, at labels that leave the printed residuals."""
    net = relu(TWO_OUTPUTS, *zip(rows(("0.37", "-0.53")), rows(("-0.12", "0.63")), strict=True))
    net = net.with_residuals(rows(("-0.18", "-0.12"), ("0.12", "0.08"), ("0", "0"), ("-0.8", "-0.2")))
    [v] = rows(("0.98", "0.19"))
    a, d = net.d(0, 0), net.d(0, 1)
    return Instance({
        "e": net.residuals[0][1], "f": net.residuals[1][1], **numbered("v", v), **numbered("a", a),
        **numbered("d", d), "g": net.g(0, v)[0], "k": net.g(0, v)[1], "G": net.G(0, v), "c": net.push(0, 0),
        "m": net.push(0, 1)}, 0, lambda: [("G", net.slope_by_sympy(net.only(0, v)))])


def rank_one() -> Kinked:
    """The third saddle, exactly: one neuron of group 1, and one that fits sample 3. r = 25/sqrt(1856)."""
    f = (26 * ROOT / 125 + Fraction(3, 10), -Fraction(1, 4) - 16 * ROOT / 25)
    z = (ONE, (16 * ROOT / 25 + Fraction(1, 4)) / f[0])
    w = combined(multiple(z[0], (Fraction(-5, 4), Fraction(5, 4))), z[1], (Fraction(5, 8), Fraction(3, 8)))
    first = relu(TWO_OUTPUTS, (f, w), ((ZERO, ZERO), (Fraction(-3), Fraction(-2))))
    size = first.hidden(1)[2]
    return relu(TWO_OUTPUTS, (f, w), (multiple(1 / size, TWO_OUTPUTS[1][2]), first.W[1]))


@entry(PLANE, "third saddle")
def third_saddle(random: Random, daughters: int) -> Instance:
    net = rank_one()
    values = {f"{name}{k + 1}{j + 1}": found[k][j] for name, found in (
        ("e", net.residuals), ("f", net.outputs)) for k in (0, 1) for j in (0, 1)}
    return Instance({"r": ROOT, "L": net.loss, **values})
