"""Local maxima: all hidden values are 0, and whatever wakes a neuron up lowers the loss."""

from fractions import Fraction
from random import Random

from .entries import Instance, entry
from .networks import Row, combined, square
from .relu_networks import LEGS, ZERO, Kinked, Move, flat, multiple, random_move

CLAIM = "B/appendix-d/local-maxima"
SILENT = [legs for legs in LEGS if not all(legs)]


def silent(random: Random, neurons: int, rising: bool = False) -> Kinked:
    """Two inputs, W along (1, 0), two samples on the kink, two on the leg of slope 0.

    The output weights and labels have one sign for each output, so that r_ik(t) != 0 makes G_i(t) < 0; where
    rising, G_i(t) > 0.
    """
    a, b = random.choice(SILENT)

    def size() -> Fraction:
        return Fraction(random.randint(1, 5), random.randint(1, 3))

    signs = [random.choice([-1, 1]) for _ in range(random.randint(1, 3))]
    X = [(ZERO, size() * random.choice([-1, 1])) for _ in range(2)]
    X += [(size() * (-1 if a else 1), random.choice([-1, 0, 1]) * size()) for _ in range(2)]
    up = (1 if a + b > 0 else -1) * (1 if a else -1) * (-1 if rising else 1)
    net = Kinked(a, b, tuple(X), tuple(tuple(up * s * size() for s in signs) for _ in X),
                 tuple(tuple(s * size() for s in signs) for _ in range(neurons)),
                 tuple((size(), ZERO) for _ in range(neurons)))
    assert not any(flat(tuple(map(net.hidden, net.neurons))))
    return net


def waking(random: Random, net: Kinked, i: int) -> Row:
    """A direction along which neuron i wakes up."""
    while True:
        t = (Fraction(random.randint(-3, 3)), Fraction(random.choice([-2, -1, 1, 2]), 3))
        if any(net.rates(i, t)):
            return t


def steepness(net: Kinked) -> Fraction:
    """C: |r_ik(t)| <= -C G_i(t), as G_i is a sum of terms of one sign, one for each kink."""
    return 1 / min(abs(sum(h * e for h, e in zip(net.h[i], net.residuals[k], strict=True)))
                   for i in net.neurons for k in net.kinks(i))


@entry(CLAIM, "rises")
def rises(random: Random, daughters: int) -> Instance:
    net = silent(random, daughters, rising=True)
    i = random.choice(net.neurons)
    t = waking(random, net, i)
    s = net.short(net.only(i, t))
    return Instance({
        "s": s, "r": list(net.rates(i, t)), "G": net.G(i, t), "l": net.loss,
        "L": net.moved(Move(multiple_rows(0, net.h), net.only(i, t).W), s).loss, "e": list(net.residuals),
        "h": net.h[i]}, len(net.X))


def multiple_rows(factor: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(multiple(factor, row) for row in rows)


@entry(CLAIM, "cone")
def cone(random: Random, daughters: int) -> Instance:
    """The half-plane above or below the line of (1, 0)."""
    net = silent(random, daughters)
    i, k, one = random.choice(net.neurons), random.choice([0, 1]), Fraction(1)
    rays = [(one, ZERO), (-one, ZERO), (ZERO, one * random.choice([-1, 1]))]
    c = [Fraction(random.randint(0, 3), 2) for _ in rays]
    t = combined(multiple(c[0] - c[1], rays[0]), c[2], rays[2])
    return Instance({
        "c": c, "A": [net.G(i, v) for v in rays], "b": [net.rates(i, v)[k] for v in rays],
        "C": steepness(net), "G": net.G(i, t), "r": net.rates(i, t)[k]}, 3)


@entry(CLAIM, "kink")
def kink(random: Random, daughters: int) -> Instance:
    net = silent(random, 1)
    x = net.X[0]
    R, T = (net.rates(0, multiple(sign, x))[0] for sign in (1, -1))
    return Instance({"a": net.a, "b": net.b, "n": square(x), "R": R, "T": T})


@entry(CLAIM, "idle")
def idle(random: Random, daughters: int) -> Instance:
    net = silent(random, daughters)
    move = random_move(random, net)
    end = net.moved(Move(move.h, multiple_rows(0, net.W)))
    k, j = random.choice(net.samples), random.choice(net.targets)
    return Instance({
        "h": [h[j] for h in net.h], "u": [u[j] for u in move.h], "z": [net.hidden(i)[k] for i in net.neurons],
        "f": net.outputs[k][j], "F": end.outputs[k][j]}, daughters)
