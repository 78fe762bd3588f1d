"""What a statement about a ReLU-like network says, against the loss itself: plain loops, exact rationals."""

import random
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

Parameters = dict[tuple[str, int, int], Fraction]
TINY = Fraction(1, 2**200)
NUMBER = re.compile(r"(?<!\*\*)(?<!\*\* )\b\d+\b")


def formula(text: str) -> Callable[[Fraction], Fraction]:
    code = compile(NUMBER.sub(r"N(\g<0>)", text.strip()), "formula", "eval")
    return lambda t: Fraction(eval(code, {"N": Fraction, "__builtins__": {}}, {"t": t}))


class Kinked:
    """The loss of a network as a function of its parameters."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.X, self.Y = ([[Fraction(x) for x in row] for row in problem[name]] for name in "XY")
        self.high, self.low = map(Fraction, problem["slopes"])
        self.m, self.d, self.J = len(problem["W"]), len(self.X[0]), len(self.Y[0])
        self.own: Parameters = {
            **{("w", i, p): Fraction(x) for i, row in enumerate(problem["W"]) for p, x in enumerate(row)},
            **{("h", i, j): Fraction(x) for j, row in enumerate(problem["H"]) for i, x in enumerate(row)},
            **{("c", 0, j): Fraction(x) for j, x in enumerate(problem.get("c", []))}}

    def rho(self, s: Fraction) -> Fraction:
        return self.high * s if s >= 0 else self.low * s

    def residuals(self, at: Parameters) -> list[list[Fraction]]:
        found = []
        for x, y in zip(self.X, self.Y, strict=True):
            sent = [self.rho(sum((at["w", i, p] * x[p] for p in range(self.d)), Fraction(0)))
                    for i in range(self.m)]
            start = [at.get(("c", 0, j), Fraction(0)) - y[j] for j in range(self.J)]
            found.append([sum((at["h", i, j] * s for i, s in enumerate(sent)), start[j])
                          for j in range(self.J)])
        return found

    def loss(self, at: Parameters) -> Fraction:
        return sum((e * e for row in self.residuals(at) for e in row), Fraction(0)) / 2

    def moved(self, steps: Parameters) -> Parameters:
        return {name: x + steps.get(name, 0) for name, x in self.own.items()}


def contradictions(problem: dict[str, Any], says: dict[str, Any], seed: int = 0) -> Iterator[str]:
    """What the loss says against a fact about a ReLU-like network."""
    network, draw = Kinked(problem), random.Random(seed)
    here, kind = network.loss(network.own), says["type"]
    if says.get("global minimum") and here != 0:
        yield "a loss that is not zero"
    tiny, inside = steps_near(network, draw, TINY), steps_inside(network, draw, says.get("ball"))
    changes = [network.loss(network.moved(steps)) - here for steps in tiny]
    within = [network.loss(network.moved(steps)) - here for steps in inside]
    if kind in ("local minimum", "locally constant") and min([*changes, *within], default=0) < 0:
        yield "no minimum"
    if kind in ("local maximum", "locally constant") and max(changes, default=Fraction(0)) > 0:
        yield "no maximum"
    if kind in ("stationary", "saddle", "local minimum") and min(changes, default=0) < -TINY / 2**60:
        yield "a slope downwards"
    for sense, sign in (("falls", -1), ("rises", 1)):
        if sense in says:
            yield from along(network, here, says[sense], sense, sign)
    for escape in says.get("escape neurons", []):
        yield from escaping(network, escape)


def steps_near(network: Kinked, draw: random.Random, size: Fraction) -> list[Parameters]:
    names = list(network.own)
    single = [{name: sign * size} for name in names for sign in (1, -1)]
    return single + [{name: size ** draw.choice((1, 1, 2)) * draw.randint(-9, 9) for name in names}
                     for _ in range(24)]


def steps_inside(network: Kinked, draw: random.Random, ball: str | None) -> list[Parameters]:
    """Steps of at most the radius, in the Euclidean norm."""
    if ball is None or not network.own:
        return []
    names, found = list(network.own), list[Parameters]()
    for k in range(24):
        size = Fraction(ball) / (len(names) if k % 2 else 100 * len(names))
        found.append({name: size * draw.randint(-8, 8) / 8 for name in names})
    return found + [{name: sign * Fraction(ball)} for name in names for sign in (1, -1)]


def along(network: Kinked, here: Fraction, path: dict[str, Any], sense: str, sign: int) -> Iterator[str]:
    """The loss along the curve, and the order of its change at 0."""
    curves = {(letter, move["neuron"], p): formula(text) for move in path["moves"] for letter in "wh"
              for p, text in enumerate(move[letter])}
    curves |= {("c", 0, j): formula(text) for j, text in enumerate(path.get("c", []))}
    until, found = Fraction(path["until"]), []
    for share in (1, Fraction(1, 2), Fraction(1, 1000), Fraction(1, 2**80), Fraction(1, 2**100)):
        at = network.own | {name: f(until * share) for name, f in curves.items()}
        found.append(network.loss(at) - here)
    if any(x * sign <= 0 for x in found):
        yield f"a path that does not say {sense}"
    elif abs(found[-2] / found[-1] / 2 ** (20 * path["order"]) - 1) > Fraction(1, 2):
        yield "another order"


def escaping(network: Kinked, escape: dict[str, Any]) -> Iterator[str]:
    i, t = escape["neuron"], [Fraction(x) for x in escape["direction"]]
    slopes = [Fraction(0)] * network.J
    for x, e in zip(network.X, network.residuals(network.own), strict=True):
        z = sum((network.own["w", i, p] * x[p] for p in range(network.d)), Fraction(0))
        s = sum((a * b for a, b in zip(x, t, strict=True)), Fraction(0))
        moved = network.rho(s) if z == 0 else s * (network.high if z > 0 else network.low)
        slopes = [g + r * moved for g, r in zip(slopes, e, strict=True)]
    along_t = sum((network.own["h", i, j] * g for j, g in enumerate(slopes)), Fraction(0))
    if along_t != 0 or not any(slopes):
        yield "no escape neuron"
