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


class Near:
    """A short move of everything: the bounds of the claim."""

    def __init__(self, random: Random, neurons: int) -> None:
        self.net, self.C = silent(random, neurons), ZERO
        self.C = steepness(self.net)
        move = random_move(random, self.net)
        t = self.net.short(move)
        while True:
            self.move = Move(*(tuple(multiple(t, row) for row in x) for x in (move.h, move.W)))
            if 1 - self.k - self.N * self.S / 2 >= 0:
                break
            t /= 3

    @property
    def end(self) -> Kinked:
        return self.net.moved(self.move)

    @property
    def A(self) -> list[Fraction]:
        return [-self.net.G(i, self.move.W[i]) for i in self.net.neurons]

    @property
    def S(self) -> Fraction:
        return sum(self.A, ZERO)

    @property
    def B(self) -> Fraction:
        return max(map(abs, flat(self.end.h)))

    @property
    def D(self) -> Row:
        return combined(flat(self.end.outputs), -1, flat(self.net.outputs))

    @property
    def N(self) -> Fraction:
        return (self.C * self.B) ** 2 * len(flat(self.net.y))

    @property
    def d(self) -> Fraction:
        return max(map(abs, flat(self.move.h)))

    @property
    def k(self) -> Fraction:
        return self.d * self.C * sum(map(abs, flat(self.net.residuals)))

    def part(self, i: int) -> Fraction:
        return sum((x * y for x, y in zip(
            flat(self.net.residuals), self.net.part(i, self.end), strict=True)), ZERO)


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


@entry(CLAIM, "sum of products")
def sum_of_products(random: Random, daughters: int) -> Instance:
    x = Near(random, daughters)
    j = random.choice(x.net.targets)
    if random.random() < 0.5:
        k = random.choice(x.net.samples)
        return Instance({
            "f": [h[j] for h in x.end.h], "r": [x.end.hidden(i)[k] for i in x.net.neurons],
            "B": [x.B] * daughters, "T": [x.C * A for A in x.A], "D": x.end.outputs[k][j]}, daughters)
    i, e = random.choice(x.net.neurons), x.net.residual(j)
    return Instance({
        "f": list(e), "r": list(x.end.hidden(i)), "B": list(map(abs, e)), "T": [x.C * x.A[i]] * len(e),
        "D": x.net.g(i, x.move.W[i])[j]}, len(e))


@entry(CLAIM, "squares")
def squares(random: Random, daughters: int) -> Instance:
    x = Near(random, daughters)
    return Instance({
        "E": x.C * x.B, "S": x.S, "D": list(x.D), "Q": square(x.D), "N": x.N}, len(x.D))


@entry(CLAIM, "part of a neuron")
def part_of_a_neuron(random: Random, daughters: int) -> Instance:
    x = Near(random, daughters)
    i = random.choice(x.net.neurons)
    W = [x.C * x.A[i] * sum(map(abs, x.net.residual(j))) for j in x.net.targets]
    return Instance({
        "A": x.A[i], "u": list(x.move.h[i]), "g": list(x.net.g(i, x.move.W[i])), "W": W, "d": x.d, "k": x.k,
        "m": x.part(i)}, len(W))


@entry(CLAIM, "maximum")
def maximum(random: Random, daughters: int) -> Instance:
    x = Near(random, daughters)
    return Instance({
        "l": x.net.loss, "L": x.end.loss, "Q": square(x.D), "m": [x.part(i) for i in x.net.neurons],
        "A": x.A, "k": x.k, "N": x.N, "S": x.S}, daughters)


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
