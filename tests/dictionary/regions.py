"""The surely-saddle region of Theorem 2: coefficients near (1, 1, -1, 0, ...), and two daughters."""

from fractions import Fraction
from random import Random

from .entries import Instance, entry

REMARK = "A/section-4.1/positive-measure"


@entry(REMARK, "two daughters")
@entry(REMARK + "-amended", "two daughters")
def two_daughters(random: Random, daughters: int) -> Instance:
    return Instance({"l0": Fraction(1), "l1": Fraction(0)})


@entry(REMARK + "-amended", "ball")
def ball(random: Random, daughters: int) -> Instance:
    size = max(daughters, 3)
    places = random.sample(range(size), 3)
    d, D, E = ([Fraction(j == place) for j in range(size)] for place in places)
    center = [a + b - c for a, b, c in zip(d, D, E, strict=True)]
    steps = [Fraction(random.randint(-9, 9)) for _ in range(size - 1)]
    move = [*steps, -sum(steps, Fraction(0))]
    scale = sum(abs(x) for x in move) + 1  # the Euclidean norm is no larger
    lam = [c + x / scale for c, x in zip(center, move, strict=True)]
    l0, l1, l2 = (lam[place] for place in places)
    return Instance({"lam": lam, "c": center, "d": d, "D": D, "E": E, "l0": l0, "l1": l1, "l2": l2}, size)
