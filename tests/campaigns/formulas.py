"""Formulas at random, in certificates that both checkers accept only where they read them alike.

As an activation: the target is the value that the second checker finds. As a relation: the other side is the
expansion that it finds. On a curve: the loss changes by c(t)^2. As a multiplier of 0 = 0; and as a square,
which may be one of a vector.
"""

import random
from contextlib import suppress
from typing import Any

from symplateau.kernel.format import FORMAT, seal
from symplateau.second.activation import Activation, Exact
from symplateau.second.algebra import Language
from symplateau.second.polynomial import WORK, Polynomial
from symplateau.second.reading import rational
from symplateau.second.rejection import Rejected

FUNCTIONS = ["exp", "log", "inv", "sqrt", "tanh", "logistic", "sin", "cos", "softplus", "arctan", "erf",
             "pos", "pos2", "pos3"]
NAMES = {"activation": ["t", "t", "pi"], "relation": ["a", "b", "x", "y", "dot(u,w)", "dot(u, 2*w - a*u)"],
         "curve": ["t"], "multiplier": ["a", "x", "u", "w", "dot(u,w)"], "square": ["a", "x", "u", "w", "u"]}
NOISE = ["(", ")", "*", "**", "-", "/", " ", "0", "00", "007", "1", "t", "pi", ",", "+", "_", "2", "e5", "if"]
ALGEBRA: dict[str, Any] = {"kind": "algebra", "scalars": ["a", "b", "x", "y"], "vectors": ["u", "w"],
                           "indexed": ["x", "y", "w"], "hypotheses": {}}


def formula_case(seed: int, number: int) -> tuple[str, dict[str, Any]]:
    """The name and the certificate of that number."""
    WORK.reset()
    draw = random.Random(f"formula {seed} {number}")
    kind = draw.choice(["activation", "relation", "curve", "multiplier", "square"])
    text = written(draw, kind, draw.randrange(1, 4))
    if draw.random() < 0.25:
        place = draw.randrange(len(text) + 1)
        text = text[:place] + draw.choice(NOISE) + text[place + draw.randrange(2):]
    certificate = {"activation": as_activation, "relation": as_relation, "curve": as_curve,
                   "multiplier": as_multiplier, "square": as_square}[kind](draw, text)
    return f"{kind}: {text}", seal({"format": FORMAT, **certificate})


def written(draw: random.Random, kind: str, depth: int) -> str:
    """A well-formed formula."""
    if depth == 0 or draw.random() < 0.15:
        return draw.choice([*NAMES[kind], *NAMES[kind], str(draw.randrange(4)), str(draw.randrange(10**6))])
    shape = draw.randrange(8)
    left = written(draw, kind, depth - 1)
    if shape < 3:
        right, blank = written(draw, kind, depth - 1), draw.choice(["", " "])
        sign = draw.choice("+-*-+*/" if kind == "activation" else "+-*-+*")
        return f"{left}{blank}{sign}{blank}{right}"
    if shape == 3:
        return draw.choice([f"({left})/{draw.randrange(3)}", f"-({left})", f"-{left}", f"--{left}"])
    if shape == 4:
        return f"({left})**{draw.randrange(5)}"
    if shape == 5:
        return f"({left})*({written(draw, kind, depth - 1)})"
    function = "sum" if kind in ("relation", "multiplier", "square") else draw.choice(FUNCTIONS)
    call = draw.choice([f"{function}({left})"] * 9 + [f"({function})({left})", f"{function}({left},)",
                                                     f"{function} ( {left} )", f"{function}({left})**2"])
    return call if kind != "curve" or draw.random() < 0.2 else left


def as_activation(draw: random.Random, text: str) -> dict[str, Any]:
    """f(x) = sigma(k), or sigma(k log 2), is to be what the second checker says; its gradient counts, too."""
    k = draw.choice(["0", "1", "2", "-1", "4", "1/4", "9/4"])
    unit = rational("2") if draw.random() < 0.3 else None
    value = "0"
    with suppress(Rejected, RecursionError):
        value = str(Exact(rational(k), unit).value(Activation(text, unit).derivative(0)))
    problem = {"kind": "network", "activation": text, "X": [["1"]], "y": [value], "v": ["1"], "W": [[k]]}
    problem |= {} if unit is None else {"W_unit": "log(2)"}
    rule = draw.choice(["zero residual", "stationary point"])
    return {"problem": problem, "steps": [{"rule": rule}]}


def as_relation(_draw: random.Random, text: str) -> dict[str, Any]:
    other = "0"
    with suppress(Rejected, RecursionError):
        other = shown(Language(ALGEBRA).formula(text))
    states = f"{text} = {other}"
    steps = [{"rule": "combination", "states": states, "multipliers": {}}]
    return {"problem": {**ALGEBRA, "conclusions": [states]}, "steps": steps}


def as_multiplier(_draw: random.Random, text: str) -> dict[str, Any]:
    """Nothing is added to an equation; but only what is a scalar may be a multiplier."""
    steps = [{"rule": "combination", "states": "0 = 0", "multipliers": {"zero": text}}]
    return {"problem": {**ALGEBRA, "hypotheses": {"zero": "0 = 0"}, "conclusions": ["0 = 0"]}, "steps": steps}


def as_square(_draw: random.Random, text: str) -> dict[str, Any]:
    states = "1 >= 0"
    with suppress(Rejected, RecursionError):
        states = f"{shown(Language(ALGEBRA).formula(f'({text})**2'))} >= 0"
    with suppress(Rejected, RecursionError):
        states = f"{shown(Language(ALGEBRA).formula(f'dot({text}, {text})'))} >= 0"
    steps = [{"rule": "bound", "states": states, "multipliers": {},
              "terms": [{"coefficient": "1", "square": text}]}]
    return {"problem": {**ALGEBRA, "conclusions": [states]}, "steps": steps}


def shown(p: Polynomial) -> str:
    """The polynomial as a formula."""
    parts = ["*".join([f"({c})", *(f"{atom_text(a)}**{e}" for a, e in m)]) for m, c in p.terms.items()]
    return " + ".join(parts) or "0"


def atom_text(atom: Any) -> str:
    if not atom.arguments:
        return str(atom.text)
    return f"{atom.head}({', '.join(shown(x) for x in atom.arguments)})"


def as_curve(draw: random.Random, text: str) -> dict[str, Any]:
    """The loss of (c, c) for the targets (1, -1) changes by c^2; c starts where the formula does."""
    start = "0"
    with suppress(Rejected, RecursionError):
        start = str(Exact(rational("0"), None).value(Activation(text, None).derivative(0)))
    problem = {"kind": "relu network", "X": [["1"], ["1"]], "Y": [["1"], ["-1"]], "W": [], "H": [[]],
               "slopes": ["1", "0"], "c": [start]}
    until = draw.choice(["1/1024", "1", "1/1000000000"])
    steps: list[dict[str, Any]] = [{"rule": "stationary point", "shares": []}] if start == "0" else []
    return {"problem": problem, "steps": [*steps, {"rule": "path", "until": until, "moves": [], "c": [text]}]}
