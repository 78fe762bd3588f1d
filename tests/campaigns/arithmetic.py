"""The arithmetic of the kernel and of the second checker, against each other and against exact values.

python -m tests.campaigns arithmetic [--cases N] [--seed S] [--jobs N] [-o FILE] [--record FILE]

Each case is drawn from the seed and its number: a function at a rational, on an interval, at a point where
its value is rational, or an activation with its derivatives. Both enclosures must contain the reference
(exact rationals, Arb at a far higher precision, now and then mpmath), and meet. Status 1 if one does not.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from flint import arb

from symplateau.kernel.format import Rejected as KernelRejected
from symplateau.kernel.network import derivatives
from symplateau.kernel.numbers import FUNCTIONS, Angle, Interval, enclose
from symplateau.second import range as second
from symplateau.second.activation import Activation
from symplateau.second.polynomial import WORK
from symplateau.second.rejection import Rejected
from symplateau.workers import begin, ended_on_failure

from .pieces import Pieces, add_store
from .record import figures, record, recorded
from .references import (
    ACTIVATIONS,
    LATTICE,
    REFERENCE,
    exact_arb,
    fraction,
    numerical,
    rational,
    rational_point,
    reference,
)

CASES, CHUNK, LISTED = 5000, 1000, 50
PRECISIONS = (16, 17, 24, 53, 64, 100, 128, 200, 256, 512)
LONG = (1024, 2048)
@dataclass(frozen=True)
class Finding:
    """kind: of the case. wrong: what is wrong, "" if nothing. refused: by whom."""

    kind: str
    case: str
    wrong: str = ""
    refused: str = ""


def span(low: Fraction, high: Fraction, prec: int) -> tuple[Interval, second.Range]:
    """An interval of each kind that contains both numbers."""
    theirs = Interval(enclose(low, prec).lo, enclose(high, prec).hi, prec)
    return theirs, second.hull([arb(rational(low)), arb(rational(high))])


def ends(x: Any, prec: int) -> tuple[arb, arb]:
    """The end points of what the kernel returns, exactly; for a rational, a ball around it."""
    if isinstance(x, Interval):
        unit = arb(2) ** -x.prec
        return exact_arb(x.lo, unit), exact_arb(x.hi, unit)
    return arb(rational(x)), arb(rational(x))


def outside(low: arb, high: arb, value: arb) -> bool:
    """Whether a value is certainly not in the interval."""
    return bool(value < low) or bool(value > high)


def judged(kind: str, case: str, theirs: Any, ours: second.Range, values: Sequence[arb],
           prec: int) -> Finding:
    """Both contain each value, and meet."""
    low, high = ends(theirs, prec)
    wrong = []
    if any(outside(low, high, x) for x in values):
        wrong.append("not in the kernel's enclosure")
    if any(outside(ours.low, ours.high, x) for x in values):
        wrong.append("not in the second checker's enclosure")
    if ours.high < low or high < ours.low:
        wrong.append("the enclosures do not meet")
    shown = f"{case}, prec {prec}: kernel [{low}, {high}], second {ours}"[:400] if wrong else ""
    return Finding(kind, shown, "; ".join(wrong))


def both(kind: str, case: str, theirs: Any, ours: Any) -> tuple[Any, Any] | Finding:
    """What both compute; a finding where one or both refuse."""
    found: list[Any] = []
    for compute, refusal in ((theirs, KernelRejected), (ours, Rejected)):
        try:
            found.append(compute())
        except (refusal, ZeroDivisionError):
            found.append(None)
    if found[0] is None or found[1] is None:
        names = [name for name, x in zip(("kernel", "second"), found, strict=True) if x is None]
        return Finding(kind, case, "", " and ".join(names))
    return found[0], found[1]


def function_case(draw: random.Random, prec: int, kind: str) -> Finding:
    """A function at a point, or on an interval, where it is compared at several points."""
    name = draw.choice(list(REFERENCE))
    low = fraction(draw)
    if name in ("log", "sqrt"):
        low = abs(low)
    width = Fraction(0) if kind == "point" else abs(fraction(draw, 3)) * draw.choice([1, Fraction(1, 2**30)])
    high = low + width
    case = f"{name} on [{low}, {high}]"
    x, y = span(low, high, prec)
    with second.precision(prec + 64):
        found = both(kind, case, lambda: FUNCTIONS[name](x), lambda: second.FUNCTIONS[name](y))
        if isinstance(found, Finding):
            return found
        shares = [0, 1, Fraction(draw.randrange(65), 64), Fraction(draw.randrange(65), 64)] if width else [0]
        values = [reference(draw, name, low + share * width, prec) for share in shares]
        return judged(kind, case, *found, values, prec)


def exact_case(draw: random.Random, prec: int, kind: str) -> Finding:
    """A point where the value is rational: the exact values are equal, and enclosed."""
    if kind == "lattice":
        name, base = draw.choice(list(LATTICE)), Fraction(draw.randrange(1, 20), draw.randrange(1, 20))
        k = draw.randrange(-12, 13)
        if base == 1:
            base = Fraction(2)
        value = Fraction(LATTICE[name](base**k))
        text, unit, t = f"{name}(t)", rational(base), Fraction(k)
        angle: Any = Angle(t, base) if k else t
        case = f"{name}({k} log {base})"
    else:
        text, t, value = rational_point(draw)
        unit, angle, case = None, t, f"{text} at {t}"
    found = both(kind, case, lambda: derivatives(text, angle, 0)[0],
                 lambda: Activation(text, unit).exact(0, rational(t)))
    if isinstance(found, Finding):
        return Finding(kind, case, "an exact value is refused", found.refused)
    if found[0] != value or found[1] != rational(value):
        return Finding(kind, f"{case}: {found}, not {value}"[:400], "another exact value")
    with second.precision(prec + 64):
        log = arb(unit).log() if unit is not None else arb(1)
        point = FUNCTIONS["log"](enclose(base, prec)) * t if unit is not None else enclose(t, prec)
        enclosed = both(kind, case, lambda: point.like(derivatives(text, point, 0)[0]),
                        lambda: Activation(text, None).enclose(0, second.of(log * rational(t))))
    if isinstance(enclosed, Finding):
        return enclosed
    with second.precision(2 * prec + 300):
        return judged(kind, case, *enclosed, [arb(rational(value))], prec)


def activation_case(draw: random.Random, prec: int, kind: str) -> Finding:
    """An activation with two or three derivatives on an interval, compared at points of it."""
    text, order = draw.choice(ACTIVATIONS), draw.randrange(3)
    low = fraction(draw, 5)
    high = low + abs(fraction(draw, 1)) * draw.choice([0, Fraction(1, 1000), Fraction(1, 2**40)])
    case = f"derivative {order} of {text} on [{low}, {high}]"
    x, y = span(low, high, prec)
    activation = Activation(text, None)
    with second.precision(prec + 64):
        found = both(kind, case, lambda: x.like(derivatives(text, x, order)[order]),
                     lambda: activation.enclose(order, y))
        if isinstance(found, Finding):
            return found
    with second.precision(2 * prec + 300):
        points = {low, high, low + Fraction(draw.randrange(65), 64) * (high - low)}
        values = [activation.enclose(order, second.of(rational(p))).ball() for p in points]
        if order and draw.random() < 0.05:
            values.append(numerical(text, order, low, prec))
        return judged(kind, case, *found, values, prec)


KINDS = {"point": function_case, "interval": function_case, "lattice": exact_case, "rational": exact_case,
         "activation": activation_case}
SHARES = (35, 30, 10, 10, 15)


def case(seed: int, number: int) -> Finding:
    """The case of that number."""
    draw = random.Random(f"arithmetic {seed} {number}")
    kind = draw.choices(list(KINDS), SHARES)[0]
    prec = draw.choice(LONG if draw.random() < 0.004 else PRECISIONS)
    WORK.reset()
    return KINDS[kind](draw, prec, kind)


def chunk(seed: int, numbers: Sequence[int]) -> tuple[Counter[str], list[dict[str, str]]]:
    """How many cases of each kind, refused ones apart, and those that are wrong."""
    counts, wrong = Counter[str](), list[dict[str, str]]()
    for number in numbers:
        found = case(seed, number)
        counts[found.kind + (f", refused by {found.refused}" if found.refused else "")] += 1
        if found.wrong:
            wrong.append({"number": str(number), "case": found.case, "wrong": found.wrong})
    return counts, wrong


def kept_chunk(pieces: Pieces | None, seed: int, numbers: range) -> tuple[Counter[str], list[dict[str, str]]]:
    """A chunk, as it was kept where it is finished."""
    if pieces is None:
        return chunk(seed, numbers)
    counts, wrong = pieces.result(f"{numbers.start}-{numbers.stop}", partial(chunk, seed, numbers))
    return Counter(counts), wrong


def run(cases: int, seed: int, jobs: int = 1, pieces: Pieces | None = None) -> dict[str, Any]:
    """The figures. pieces: where the finished chunks are kept."""
    parts = [range(n, min(n + CHUNK, cases)) for n in range(0, cases, CHUNK)]
    counts, wrong, start = Counter[str](), list[dict[str, str]](), time.monotonic()
    for part, bad in results(parts, seed, jobs, pieces):
        counts += part
        wrong += bad
    return {"seed": seed, "cases": counts.total(), "disagreements": len(wrong),
            "kinds": dict(sorted(counts.items())), "seconds": round(time.monotonic() - start),
            "wrong": wrong[:LISTED]}


def results(parts: list[range], seed: int, jobs: int,
            pieces: Pieces | None) -> Iterator[tuple[Counter[str], list[dict[str, str]]]]:
    if jobs == 1:
        yield from (kept_chunk(pieces, seed, part) for part in parts)
        return
    with ProcessPoolExecutor(jobs, initializer=begin) as workers, ended_on_failure():
        yield from workers.map(kept_chunk, [pieces] * len(parts), [seed] * len(parts), parts)


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns arithmetic", description=about)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("-o", dest="output", type=Path)
    add_store(parser)
    recorded(parser)
    given = parser.parse_args(arguments)
    pieces = Pieces(given.store, "arithmetic", given.seed)
    content = run(given.cases, given.seed, given.jobs, pieces)
    pieces.clear()
    text = json.dumps(content, indent=1) + "\n"
    print(text, end="")
    if given.output is not None:
        given.output.write_text(text)
    record("arithmetic", figures(content), given.record)
    return 1 if content["wrong"] else 0
