"""Random formulas and numbers: mostly of the grammar, of any size, sometimes not."""

import random

FUNCTIONS = ("tanh", "exp", "log", "inv", "sqrt", "sin", "cos", "logistic", "softplus", "arctan", "erf",
             "pos", "pos2",
             "pos3", "dot", "sum", "max", "abs", "f", "__import__")
DIGITS = "0123456789" * 3 + "+-/.eE_ ,x٣"


def formula(draw: random.Random, names: tuple[str, ...] = ("t", "pi"), depth: int = 4) -> str:
    """A formula in these names."""
    kind = draw.randrange(9) if depth else 0
    if kind <= 1:
        return draw.choice((*names, *names, str(draw.choice((0, 1, 2, 3, 7, 64, 10**9, 10**40)))))
    first = formula(draw, names, depth - 1)
    if kind == 2:
        return f"{draw.choice(FUNCTIONS)}({first})"
    if kind == 3:
        return f"({first})**{draw.choice((0, 1, 2, 3, 5, 8, 16, 40, 64, 65, 10**9))}"
    if kind == 4:
        return "(" * (n := draw.randrange(1, 30)) + first + ")" * n
    if kind == 5:
        return "-" * draw.randrange(1, 5) + first
    second = formula(draw, names, depth - 1)
    return f"{first}{draw.choice((' + ', '-', '*', '/', '*', ','))}{second}"


def number(draw: random.Random) -> str:
    """Digits and signs."""
    length = draw.choice((1, 2, 3, 5, 8, 20, 300, 4000, 4001))
    if draw.random() < 0.5:
        return "".join(draw.choice(DIGITS) for _ in range(min(length, 30)))
    digits = "".join(draw.choice("0123456789") for _ in range(length))
    tail = draw.choice(("", "/3", "/" + digits, ".5", f"e{draw.randrange(-9999, 9999)}", "e99999", "/0",
                        "/00"))
    return draw.choice(("", "-", "+")) + digits + tail
