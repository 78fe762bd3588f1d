"""Certificates about networks with more steps, drawn at random: they follow from the others, or not."""

import random
from typing import Any

from tests.kernel.pool import Certificate, extended

SHARES = ["1/2 1/2", "1 0", "2 -1", "1/3 1/3 1/3", "3 -1 -1", "1 0 0", "1/2 1/2 0", "2 0 -1", "-1 2", "0 1",
          "1/2 1/3"]


def grown(draw: random.Random, certificate: Certificate) -> tuple[str, Certificate]:
    """One or two more steps, and what they are."""
    steps = list(certificate["steps"])
    count = len(steps)
    for _ in range(draw.randrange(1, 3)):
        steps.append(step(draw, steps, certificate["problem"]))
    added = steps[count:]
    return "; ".join(str(x)[:100] for x in added), extended(certificate, *added)


def step(draw: random.Random, steps: list[dict[str, Any]], problem: dict[str, Any]) -> dict[str, Any]:
    """A step of any rule, most often from the last ones; its matrices are those of an earlier step."""
    start = draw.choice([len(steps) - 1, len(steps) - 1, draw.randrange(len(steps))])
    known = [x["neuron"] for x in steps if "neuron" in x]
    neuron = draw.choice(known if known and draw.random() < 0.7 else [0, 1, 2])
    d = len(problem["X"][0]) + ("b" in problem)
    kind = draw.randrange(10)
    if kind < 3:
        shares = draw.choice(SHARES).split()
        return {"rule": "split", "from": start, "neuron": neuron, "coefficients": shares}
    if kind < 5:
        daughters = draw.choice([2, 2, 3, 4])
        return {"rule": "plateau map", "from": start, "neuron": neuron, "daughters": daughters}
    if kind == 5:
        return {"rule": draw.choice(["stationary point", "zero residual"]), "from": start}
    if kind == 6:
        return {"rule": "effective neuron", "from": start, "neuron": neuron, "prec": 64,
                "order": draw.randrange(1, 4), "direction": [str(draw.randrange(-1, 3)) for _ in range(d)]}
    if kind == 7:
        return {"rule": "split path", "from": start, "neuron": neuron, "prec": 64, "order": 2,
                "until": "1/4096", "coefficients": ["1/2", "1/2"], "shifts": ["t", "-t"],
                "direction": [str(draw.randrange(-1, 3)) for _ in range(d)]}
    again = dict(draw.choice(steps))
    if "from" in again:
        again["from"] = start
    if again["rule"] == "inertia" and "neuron" in again and draw.random() < 0.3:
        again["neuron"] = neuron
    if again["rule"] == "inertia" and draw.random() < 0.3:  # fewer eigenvalues are certain
        again |= {"basis": [row[:-1] for row in again["basis"]], "signs": again["signs"][:-1]}
    return again
