"""Between effective and constant neurons: our claims about that gap, and section 4.1 of paper A."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from random import Random

from .entries import Instance, entry
from .networks import CUBIC, WITCH, Net, Row, Smooth, combined, dot, random_net, random_row, square
from .neurons import placed

ANALYTIC, GAP, WEAKER = "S/analytic-neuron", "S/ineffective-saddle", "A/section-4.1/strictly-weaker"
ZERO, HALF = Fraction(0), Fraction(1, 2)


def _bent(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    p = max(t - 1, Fraction(0))
    return 1 + t - 2 * t**2 + p**3, 1 - 4 * t + 3 * p**2, -4 + 6 * p


def _full_cubic(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    return 1 + t + t**2 + t**3, 1 + 2 * t + 3 * t**2, 2 + 6 * t


def _quadratic(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    return t + t**2, 1 + 2 * t, Fraction(2)


def line(*numbers: int) -> tuple[Row, ...]:
    """Numbers as rows of one entry."""
    return tuple((Fraction(x),) for x in numbers)


def row(*numbers: int) -> Row:
    return tuple(map(Fraction, numbers))


BENT = Net(Smooth("1 + t - 2*t**2 + pos3(t - 1)", _bent), line(-3, -2, -1, 3, 4, 5),
           row(-88, 168, -121, 31, -31, 30), row(1, 1), line(0, 1))
THIRD = Net(Smooth("1 + t + t**2 + t**3", _full_cubic), line(-1, 0, 1, 2), row(8, -2, 1, 16), row(1), line(1))
EQUAL = Net(Smooth("t + t**2", _quadratic), line(1, 1), row(1, 3), row(1), line(1))


def opposite(random: Random) -> tuple[Net, Net]:
    """A network whose samples come in equal pairs with opposite residuals, and any other on its data."""
    smooth = random.choice((CUBIC, WITCH))
    net, other = random_net(random, smooth), random_net(random, smooth)
    while len(other.X[0]) != len(net.X[0]):
        other = random_net(random, smooth)
    e = random_row(random, len(net.X))
    net = replace(net, X=net.X * 2, y=net.y * 2)
    net = replace(net, y=combined(net.outputs, -1, (*e, *combined(row(*[0] * len(e)), -1, e))))
    return net, replace(other, X=net.X, y=net.y)


@entry(ANALYTIC, "outputs")
def outputs(random: Random, daughters: int) -> Instance:
    net, other = opposite(random)
    return Instance({
        "v": list(other.v), "e": net.residual, "z": [other.column(i, 0) for i in range(len(other.v))],
        "U": other.outputs}, len(other.v))


@entry(ANALYTIC, "losses")
def losses(random: Random, daughters: int) -> Instance:
    net, other = opposite(random)
    return Instance({
        "l": net.loss, "L": other.loss, "e": net.residual, "Y": net.outputs, "U": other.outputs})


def moved_to(net: Net, u: Fraction) -> dict[str, Fraction]:
    """The hidden values of the first neuron with the input weight u, and F."""
    column = placed(net, 0, (u,)).column(0, 0)
    return {"u": u, "F": dot(net.residual, column)} | {f"T{k}": x for k, x in enumerate(column)}


@entry(GAP, "ineffective")
def ineffective(random: Random, daughters: int) -> Instance:
    return Instance(dict(moved_to(BENT, Fraction(random.choice([-2, -1, 1, 2]), 11))))


@dataclass(frozen=True)
class Parting:
    """Two daughters of the first neuron of BENT part, and the second neuron moves along."""

    shares: list[Fraction]
    b: Fraction
    g: int
    t: Fraction

    @property
    def c(self) -> list[Fraction]:
        return [self.b * self.shares[1], -self.b * self.shares[0], *[ZERO] * (len(self.shares) - 2)]

    @property
    def s(self) -> Fraction:
        return self.g * self.t**2

    @property
    def split(self) -> Net:
        return BENT.split(0, self.shares)

    @cached_property
    def moved(self) -> Net:
        wide = BENT.with_daughters(0, self.shares, [(self.t * c,) for c in self.c])
        return replace(wide, v=(*wide.v[:-1], 1 - 7 * self.s / 2), W=(*wide.W[:-1], (1 + self.s,)))


def parting(random: Random, daughters: int) -> Parting:
    first, b, g = random.choice([(row(3, -2), HALF, -1), (row(2, 3), 5 * HALF, 1)])
    rest = [Fraction(x) for x in (1, -1)[: daughters - 2] * 2][: daughters - 2]
    shares = [x / sum(first, ZERO) for x in first] + [x - sum(rest, ZERO) / len(rest) for x in rest]
    return Parting(shares, b, g, Fraction(1, random.randint(40, 60)))


def marks(length: int, index: int) -> list[Fraction]:
    return [Fraction(k == index) for k in range(length)]


@entry(GAP, "two daughters")
def two_daughters(random: Random, daughters: int) -> Instance:
    found = parting(random, daughters)
    return Instance({
        "lam": found.shares, "d": marks(daughters, 0), "D": marks(daughters, 1), "c": found.c,
        "l0": found.shares[0], "l1": found.shares[1], "b": found.b}, daughters)


@entry(GAP, "daughters")
def parted(random: Random, daughters: int) -> Instance:
    found, k = parting(random, daughters), random.choice(BENT.samples)
    return Instance({
        "lam": found.shares, "c": found.c, "t": found.t, "g": Fraction(found.g), "s": found.s,
        "x": BENT.X[k][0], "G": [found.moved.tower(j, k)[0] for j in range(daughters)]}, daughters)


@entry(GAP, "descent")
def descent(random: Random, daughters: int) -> Instance:
    found = parting(random, daughters)
    return Instance({
        "s": found.s, "o": found.moved.W[-1][0], "l": found.split.loss, "L": found.moved.loss,
    } | {f"f{k}": x for k, x in enumerate(found.moved.outputs)})


@entry(WEAKER, "third order")
def third_order(random: Random, daughters: int) -> Instance:
    assert not any(THIRD.gradient()) and square(THIRD.inner(0)[0]) == 0
    return Instance(dict(moved_to(THIRD, Fraction(random.randint(-9, 9), 7))))


@entry(WEAKER, "opposite residuals")
def opposite_residuals(random: Random, daughters: int) -> Instance:
    return Instance(dict(moved_to(EQUAL, Fraction(random.randint(-9, 9), 7))))
