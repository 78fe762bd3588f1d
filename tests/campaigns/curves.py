"""Curves from degenerate points, drawn at random: both checkers, and the loss itself at 1,500 bits.

python -m tests.campaigns curves [--cases N] [--seed S] [--json] [--record FILE]

The points are exact: neurons at rest where the activation is flat, or whose output weights are 0; some are
split. The order claimed is most often that of the exact power series, with a length that may be too large;
often it is another. Status 1 if the checkers disagree, or the loss contradicts what the kernel accepts.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symplateau.argument import Argument
from symplateau.errors import Undecided
from symplateau.kernel.format import FORMAT, Rejected, seal
from symplateau.kernel.network import Fact
from symplateau.kernel.polynomial import in_time
from symplateau.network import Network
from tests.forgery.truth import contradictions

from .checkers import WRONG, outcome
from .growth import SHARES
from .record import record, recorded

FLAT = ("t**2", "t**3", "t**4", "t**2 + t**3", "t**3 - 2*t**4", "exp(t) - 1 - t", "1 - cos(t)", "t*tanh(t)",
        "log(1 + t**2)", "sqrt(1 + t**2) - 1", "t**2*inv(1 + t)", "pos3(t)", "pos3(t) + t**4", "tanh(t)**3")
STEEP = ("tanh(t)", "sin(t)", "t + t**2", "exp(t) - 1", "arctan(t)", "erf(t)", "t*exp(t)")
PIECES = ("0", "0", "t", "-t", "2*t", "t**2", "-t**2", "t + t**2", "1/3*t", "-1/2*t**3", "3*t - t**2")
COUNTS = ("both accept", "both reject", "marginal", "limit", WRONG)


def network(draw: random.Random) -> dict[str, Any]:
    """The problem of a certificate: a point that is stationary, most often."""
    m, d, n = draw.randrange(1, 4), draw.randrange(1, 3), draw.randrange(1, 5)
    flat = draw.random() < 0.7
    X = [[draw.randrange(-2, 3) for _ in range(d)] for _ in range(n)]
    y = [Fraction(draw.randrange(-3, 4), draw.choice((1, 1, 2))) for _ in X]
    v = [draw.choice((-2, -1, 1, 2, 0)) if flat else 0 for _ in range(m)]
    more: dict[str, Any] = {}
    if draw.random() < 0.3:
        more["c"] = str(sum(y, Fraction(0)) / n)  # the residuals add up to 0
    if draw.random() < 0.3:
        more["b"] = ["0"] * m
    if draw.random() < 0.3:
        more["loss"] = draw.choice(("mean", "half_mean"))
    if draw.random() < 0.2:
        more["W_unit"] = "log(2)"
    return {"kind": "network", "activation": draw.choice(FLAT if flat else STEEP), "X": texts(X),
            "y": [str(x) for x in y], "v": [str(x) for x in v], "W": texts([[0] * d] * m), **more}


def texts(rows: Sequence[Sequence[int]]) -> list[list[str]]:
    return [[str(x) for x in row] for row in rows]


def case(seed: int, number: int) -> dict[str, Any]:
    """A certificate: a stationary point, perhaps split, and one curve or two from there."""
    draw = random.Random(f"curves {seed} {number}")
    problem = network(draw)
    steps: list[dict[str, Any]] = [{"rule": "stationary point"}]
    if draw.random() < 0.3:
        steps.append({"rule": "split", "from": 0, "neuron": 0, "coefficients": draw.choice(SHARES).split()})
    fact = known(problem, steps)
    for _ in range(draw.choice((1, 1, 2))):
        size = len(problem["v"]) * (1 + len(problem["X"][0])) if fact is None else fact.size()
        moves = [draw.choice(PIECES) for _ in range(size)]
        order = draw.randrange(2, 7) if fact is None or draw.random() < 0.3 else first(fact, moves)
        until = Fraction(draw.choice((1, 1, 3)), 2 ** draw.randrange(0, 24))
        steps.append({"rule": "curve", "from": len(steps) - 1, "prec": draw.choice((32, 64, 128, 256)),
                      "order": order, "until": str(until), "displacement": moves})
    return seal({"format": FORMAT, "problem": problem, "steps": steps})


def known(problem: dict[str, Any], steps: Sequence[dict[str, Any]]) -> Fact | None:
    """What the steps so far establish, if they go through."""
    given = {name: x for name, x in problem.items() if name not in ("kind", "activation")}
    try:
        argument = Argument(Network.from_arrays(problem["activation"], **given))
        for step in steps:
            more = {name: x for name, x in step.items() if name not in ("rule", "from")}
            argument.step(step["rule"], step.get("from"), **more)
    except (Rejected, Undecided):
        return None
    return argument.facts[-1]


def first(fact: Fact, moves: Sequence[str]) -> int:
    """The order of the first term of the loss along a curve; 2 where there is none up to order 6."""
    try:
        series = fact.series(None, in_time(list(moves)), Fraction(0), 6)
    except Rejected:
        return 2
    return next((k for k in range(2, 7) if series[k]), 2)


def run(cases: int, seed: int) -> dict[str, Any]:
    """The figures; and all that must not be."""
    start, counts, orders, wrong = time.monotonic(), Counter[str](), Counter[str](), list[Any]()
    for number in range(cases):
        certificate = case(seed, number)
        found = outcome(f"curve {number}", certificate)
        counts[found.verdict] += 1
        wrong += [found.line()] if found.verdict == WRONG else []
        statement = accepted(certificate)
        if statement is not None:
            says = statement["says"]
            senses = [x for x in ("falls", "rises") if x in says]
            orders.update(f"{sense} at order {says[sense]['order']}" for sense in senses)
            orders["saddles"] += says["type"] == "saddle"
            against = contradictions(statement, number)
            counts["examined"] += against is not None
            wrong += [f"curve {number}: {x}" for x in against or ()]
    return {"seed": seed, "cases": cases, **{name: counts[name] for name in (*COUNTS, "examined")},
            "accepted": dict(sorted(orders.items())), "wrong": wrong,
            "seconds": round(time.monotonic() - start)}


def accepted(certificate: dict[str, Any]) -> dict[str, Any] | None:
    from symplateau.kernel.certificate import check
    from symplateau.kernel.format import CheckError

    try:
        return check(certificate)
    except CheckError:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns curves", description=about)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    recorded(parser)
    given = parser.parse_args(arguments)
    content = run(given.cases, given.seed)
    print(json.dumps(content, indent=1))
    record("curves", content, given.record)
    return 1 if content["wrong"] else 0
