"""What a statement about a network says, against the loss itself: plain loops, 1500 bits, finite differences.

Nothing is shared with the program. What is found here contradicts a statement for good (all differences are
far larger than what the computation loses); where nothing is found, nothing is shown.
"""

import ast
import operator
import random
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any

import mpmath
from flint import arb, arb_mat, ctx, fmpq

BITS, STEP, NOISE, ZERO = 1500, 2**-300, arb(2) ** -700, arb(2) ** -200
Point = list[arb]


def logistic(x: arb) -> arb:
    return 1 / (1 + (-x).exp())


def positive(power: int) -> Callable[[arb], arb]:
    return lambda x: x**power if x > 0 else arb(0)


FUNCTIONS: dict[str, Any] = {
    "exp": arb.exp, "log": arb.log, "inv": lambda x: 1 / x, "sqrt": arb.sqrt, "sin": arb.sin, "cos": arb.cos,
    "tanh": arb.tanh, "arctan": arb.atan, "erf": arb.erf, "logistic": logistic,
    "softplus": lambda x: (1 + x.exp()).log(), "pos": positive(1), "pos2": positive(2), "pos3": positive(3)}


class Balls(ast.NodeTransformer):
    """Numbers become balls, and powers products: FLINT's power of a ball around 0 is not a number."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Call(ast.Name("N", ast.Load()), [node], [])

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        left = self.visit(node.left)
        if isinstance(node.op, ast.Pow):
            return ast.Call(ast.Name("P", ast.Load()), [left, node.right], [])
        return ast.BinOp(left, node.op, self.visit(node.right))


def power(x: arb, exponent: int) -> arb:
    return reduce(operator.mul, [x] * exponent, arb(1))


def formula(text: str) -> Callable[[Any], arb]:
    """A function of t. The formula has been accepted by the kernel: it is one."""
    tree = ast.fix_missing_locations(Balls().visit(ast.parse(text.strip(), mode="eval")))
    code = compile(tree, "formula", "eval")
    known = {"N": arb, "P": power, "pi": arb.pi(), "__builtins__": {}, **FUNCTIONS}
    return lambda t: arb(0) + eval(code, known, {"t": t})


class Smooth:
    """The loss of a network as a function of its parameters v, rows of W (with b), c."""

    def __init__(self, problem: dict[str, Any]) -> None:
        more = ["1"] if "b" in problem else []
        self.X = [[number(x) for x in (*row, *more)] for row in problem["X"]]
        self.y, self.bias = [number(x) for x in problem["y"]], "c" in problem
        self.sigma, self.d = formula(problem["activation"]), len(self.X[0])
        unit = number(problem["W_unit"][4:-1]).log() if "W_unit" in problem else arb(1)
        rows = [[*row, *([problem["b"][i]] if more else [])] for i, row in enumerate(problem["W"])]
        self.theta = [*map(number, problem["v"]), *(unit * number(x) for row in rows for x in row),
                      *([number(problem["c"])] if self.bias else [])]
        size = len(self.X)
        self.scale = {None: arb(1) / 2, "mean": arb(1) / size, "half_mean": arb(1) / (2 * size)}[
            problem.get("loss")]

    def width(self, theta: Point) -> int:
        return (len(theta) - self.bias) // (1 + self.d)

    def rows(self, theta: Point) -> list[Point]:
        m = self.width(theta)
        return [theta[m + i * self.d : m + (i + 1) * self.d] for i in range(m)]

    def residuals(self, theta: Point) -> Point:
        c, rows = theta[-1] if self.bias else arb(0), self.rows(theta)
        return [sum((v * self.sigma(inner(w, x)) for v, w in zip(theta, rows, strict=False)), c - y)
                for x, y in zip(self.X, self.y, strict=True)]

    def loss(self, theta: Point) -> arb:
        return self.scale * sum((e * e for e in self.residuals(theta)), arb(0))

    def gradient(self, theta: Point) -> Point:
        return [(self.loss(moved(theta, {p: STEP})) - self.loss(moved(theta, {p: -STEP}))) / (2 * STEP)
                for p in range(len(theta))]

    def hessian(self, theta: Point) -> list[Point]:
        size, h = len(theta), STEP
        full = [[arb(0)] * size for _ in range(size)]
        for p in range(size):
            for q in range(p + 1):
                corners = (self.loss(moved(theta, {p: a * h}, {q: b * h})) * (a * b)
                           for a in (1, -1) for b in (1, -1))
                full[p][q] = full[q][p] = sum(corners, arb(0)) / (4 * arb(h) ** 2)
        return full

    def inner_hessian(self, theta: Point, i: int) -> list[Point]:
        e, w, h = self.residuals(theta), self.rows(theta)[i], arb(STEP)
        bends = [(self.sigma(t + h) - 2 * self.sigma(t) + self.sigma(t - h)) / h**2
                 for t in (inner(w, x) for x in self.X)]
        weight = 2 * self.scale * theta[i]
        return [[weight * sum((r * s * x[a] * x[b] for r, s, x in zip(e, bends, self.X, strict=True)), arb(0))
                 for b in range(self.d)] for a in range(self.d)]

    def refined(self, theta: Point) -> Point:
        """The stationary point near theta, by Newton's method."""
        for _ in range(8):
            slopes = self.gradient(theta)
            change = arb_mat(self.hessian(theta)).solve(arb_mat([[x] for x in slopes]))
            theta = [middle(x - change[p, 0]) for p, x in enumerate(theta)]
            if all(abs(x) < ZERO**2 for x in slopes):
                break
        return theta

    def split(self, theta: Point, i: int, shares: Sequence[arb], moves: Sequence[Point] = ()) -> Point:
        """Neuron i replaced by daughters with these shares of v, at w, or moved from there."""
        m, rows = self.width(theta), self.rows(theta)
        daughters = [[a + b for a, b in zip(rows[i], x, strict=True)] for x in moves]
        daughters = daughters or [rows[i]] * len(shares)
        weights = [*theta[:i], *(x * theta[i] for x in shares), *theta[i + 1 : m]]
        found = [*rows[:i], *daughters, *rows[i + 1 :]]
        return [*weights, *(x for row in found for x in row), *theta[len(theta) - self.bias :]]


def number(text: str) -> arb:
    return arb(fmpq(text))


def middle(x: arb) -> arb:
    return x.mid()


def inner(x: Point, y: Point) -> arb:
    return sum((a * b for a, b in zip(x, y, strict=True)), arb(0))


def moved(theta: Point, *changes: dict[int, Any]) -> Point:
    found = list(theta)
    for change in changes:
        for p, x in change.items():
            found[p] = found[p] + x
    return found


def signs(matrix: list[Point]) -> tuple[list[int], Any]:
    """How many eigenvalues are positive, zero and negative; and the least absolute value."""
    with mpmath.workdps(120):
        values = mpmath.eigsy(mpmath.matrix([[mpmath.mpf(middle(x).str(110, radius=False)) for x in row]
                                             for row in matrix]), eigvals_only=True)
        found = [0 if abs(x) < mpmath.mpf(10) ** -50 else 1 if x > 0 else -1 for x in values]
        least = min((abs(x) for x in values), default=mpmath.mpf(0))
    return [found.count(1), found.count(0), found.count(-1)], least


def contradictions(problem: dict[str, Any], facts: Sequence[dict[str, Any]], seed: int = 0) -> Iterator[str]:
    """What the loss says against facts about a network."""
    before, ctx.prec = ctx.prec, BITS
    try:
        network = Smooth(problem)
        known: dict[bool, Point] = {}
        for says in facts:
            near = "within" in says["location"]
            if near not in known:
                known[near] = network.refined(network.theta) if near else network.theta
            yield from of_fact(network, known[near], says, random.Random(seed))
    finally:
        ctx.prec = before


def of_fact(network: Smooth, start: Point, says: dict[str, Any], draw: random.Random) -> Iterator[str]:
    theta = narrow = start
    if "within" in says["location"] and max(
            (abs(x - y) for x, y in zip(start, network.theta, strict=True)), default=arb(0)) > number(
                says["location"]["within"]):
        yield "no stationary point in the box"
    for split in says.get("splits", []):
        narrow = theta
        theta = network.split(theta, split["neuron"], [number(x) for x in split["coefficients"]])
    slope = max(abs(x) for x in network.gradient(theta))
    if says["type"] == "not stationary":
        least, most = map(number, says["gradient"])
        if slope < least * (1 - ZERO) or slope > most * (1 + ZERO):
            yield "another gradient"
        return
    if slope > ZERO:
        yield "not stationary"
    if "global minimum" in says and network.loss(theta) > NOISE:
        yield "a loss that is not zero"
    yield from of_hessian(network, theta, says)
    yield from of_type(network, theta, says["type"], says.get("ball"), draw)
    if "inner Hessian" in says:
        found, _ = signs(network.inner_hessian(theta, says["inner Hessian"]["neuron"]))
        if any(a < b for a, b in zip(found, says["inner Hessian"]["inertia"], strict=True)):
            yield f"an inner Hessian of inertia {found}"
    if "effective neuron" in says and not effective(network, theta, says["effective neuron"], draw):
        yield "an ineffective neuron"
    for region in says.get("regions", ()):
        shares = coefficients(region["signs"])
        wide = network.split(theta, says["inner Hessian"]["neuron"], shares)
        found = of_type(network, wide, region["type"], None, draw)
        yield from (f"region {region['signs']}: {x}" for x in found)
    yield from of_paths(network, narrow, theta, says)


def of_hessian(network: Smooth, theta: Point, says: dict[str, Any]) -> Iterator[str]:
    kind, inertia = says["type"], says.get("inertia")
    found, least = signs(network.hessian(theta))
    if inertia is not None and found != inertia:
        yield f"an inertia of {found}"
    if "margin" in says and least < mpmath.mpf(number(says["margin"]).str(30, radius=False)) * (1 - 1e-20):
        yield "a smaller margin"
    if (kind.endswith("local minimum") and found[2]) or (kind.endswith("local maximum") and found[0]):
        yield f"an inertia of {found}"
    if kind == "saddle" and (found[0] == len(theta) or found[2] == len(theta)):
        yield "a definite Hessian"


def of_type(network: Smooth, theta: Point, kind: str | None, ball: str | None,
            draw: random.Random) -> Iterator[str]:
    """The loss at random points near, and in the ball."""
    if kind is None or not kind.endswith(("minimum", "maximum")):
        return
    sense, here, size = (1 if kind.endswith("minimum") else -1), network.loss(theta), len(theta)
    for k in range(24):
        steps = [arb(draw.randint(-9, 9)) * arb(2) ** (-70 * draw.choice((1, 1, 2))) for _ in range(size)]
        if ball is not None and k % 2:
            length = inner(steps, steps).sqrt()
            reach = number(ball) * draw.choice((1, fmpq(1, 2), fmpq(1, 64))) * (1 - ZERO)
            steps = [x * reach / length for x in steps] if length > 0 else steps
        if (network.loss([x + s for x, s in zip(theta, steps, strict=True)]) - here) * sense < -NOISE:
            yield f"no {kind}"
            return


def effective(network: Smooth, theta: Point, i: int, draw: random.Random) -> bool:
    e, w = network.residuals(theta), network.rows(theta)[i]
    for _ in range(8):
        near = [x + arb(draw.randint(-99, 99)) / 2**12 for x in w]
        if not abs(inner(e, [network.sigma(inner(near, x)) for x in network.X])) < NOISE:
            return True
    return False


def coefficients(pattern: str) -> list[arb]:
    """Some with these signs, whose sum is 1."""
    minus, plus = pattern.count("-"), pattern.count("+")
    return [arb(0) if x == "0" else arb(-1) / 3 if x == "-" else (1 + arb(minus) / 3) / plus for x in pattern]


def of_paths(network: Smooth, narrow: Point, theta: Point, says: dict[str, Any]) -> Iterator[str]:
    """The loss along the curves that are said to be known."""
    path = says.get("path")
    if path is not None:
        at = curve(network, narrow, path, says)
        yield from along(network, theta, path["sense"], path["until"], at)
    for sense in ("falls", "rises"):
        if sense in says:
            paths = [formula(x) for x in says[sense]["displacement"]]
            yield from along(network, theta, sense, says[sense]["until"], lambda t, paths=paths: [
                x + f(t) for x, f in zip(theta, paths, strict=True)])


def curve(network: Smooth, narrow: Point, path: dict[str, Any],
          says: dict[str, Any]) -> Callable[[arb], Point]:
    a = [number(x) for x in path["direction"]]
    shares, shifts = ([formula(x) for x in path[name]] for name in ("coefficients", "shifts"))
    i = says["splits"][-1]["neuron"]
    return lambda t: network.split(narrow, i, [f(t) for f in shares], [[f(t) * x for x in a] for f in shifts])


def along(network: Smooth, theta: Point, sense: str, until: str, at: Callable[[arb], Point]) -> Iterator[str]:
    here = network.loss(theta)
    for share in (arb(1), arb(1) / 2, arb(2) ** -10, arb(2) ** -20):
        change = network.loss(at(number(until) * share)) - here
        if not (change if sense == "rises" else -change) > NOISE:
            yield f"a path that does not say {sense}"
            return
