"""Other values in place of one value of a certificate, each with the name of what was done."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

Change = tuple[str, Any]  # what was done, the new value
RATIONAL = re.compile(r"-?\d+(/\d+)?", re.ASCII)
RELATION = re.compile(r" (=|>=|>) ")
NAME, NUMBER = re.compile(r"[A-Za-z]\w*", re.ASCII), re.compile(r"\d+")
TINY = Fraction(1, 2**100)


def changes(value: Any, names: Sequence[str] = ()) -> Iterator[Change]:
    """Every change of a value. names: what may be put for a name in a formula."""
    kinds: dict[type, Any] = {int: of_integer, list: of_list, dict: of_object}
    if type(value) is str:
        found = of_rational(value) if RATIONAL.fullmatch(value) else of_formula(value, names)
    else:
        found = kinds[type(value)](value) if type(value) in kinds else iter(())
    for how, new in (*found, ("null", None), ("another type", [value]), ("another type", {"value": value})):
        if type(new) is not type(value) or new != value:
            yield how, new


def of_rational(text: str) -> Iterator[Change]:
    x = Fraction(text)
    p, q = x.numerator, x.denominator
    for how, y in (("plus 1", x + 1), ("minus 1", x - 1), ("a tiny more", x + TINY),
                   ("a tiny less", x - TINY), ("sign", -x), ("doubled", 2 * x), ("halved", x / 2),
                   ("zero", Fraction(0)),
                   ("reciprocal", 1 / x if x else Fraction(1))):
        yield how, str(y)
    for other in (f"{2 * p}/{2 * q}", f"{p}/{q}" if q == 1 else f"{-p}/{-q}", f"0{text}", f"+{text}",
                  f" {text}", f"{text} ", f"{text}.0", f"{text}e0", text.replace("-", "\u2212") + "\u0660"):
        yield "not canonical", other
    yield "a number for text", int(x)
    yield "a truth value", bool(x)


def of_integer(value: int) -> Iterator[Change]:
    yield from (("plus 1", value + 1), ("minus 1", value - 1), ("sign", -value), ("doubled", 2 * value),
                ("zero", 0), ("a truth value", bool(value)), ("text for a number", str(value)),
                ("not canonical", float(value)))


def of_formula(text: str, names: Sequence[str]) -> Iterator[Change]:
    """Formulas, relations and names."""
    parts = RELATION.split(text)
    if len(parts) == 3:
        left, relation, right = parts
        yield from (("another relation", f"{left} {x} {right}") for x in ("=", ">=", ">"))
        yield from (("sides exchanged", f"{right} {relation} {left}"),
                    ("sign", f"-({left}) {relation} {right}"), ("plus 1", f"{left} {relation} {right} + 1"),
                    ("minus 1", f"{left} {relation} {right} - 1"),
                    ("doubled", f"2*({left}) {relation} {right}"), ("zero", f"0 {relation} {right}"),
                    ("a tiny more", f"{left} {relation} {right} + 1/{2**100}"))
    else:
        yield from (("sign", f"-({text})"), ("plus 1", f"{text} + 1"), ("minus 1", f"{text} - 1"),
                    ("doubled", f"2*({text})"), ("zero", "0"), ("a tiny more", f"{text} + t/{2**100}"),
                    ("reciprocal", f"1/({text})"))
    for k, found in enumerate(NUMBER.finditer(text)):
        if k < 3:
            more = str(int(found[0]) + 1)
            yield "a number in it", text[:found.start()] + more + text[found.end():]
    for mark, other in (("+", "-"), ("-", "+"), ("*", "+"), ("(", " ("), ("**", "*")):
        if mark in text:
            yield "a sign in it", text.replace(mark, other, 1)
    yield from renamed(text, names)
    yield from (("not canonical", f" {text}"), ("not canonical", f"({text})"),
                ("not canonical", text.upper()), ("cut", text[:-1]), ("cut", text[1:]), ("cut", ""))


def renamed(text: str, names: Sequence[str]) -> Iterator[Change]:
    """One name in a formula replaced by another one."""
    places = list(NAME.finditer(text))
    for k, place in enumerate(places[:6]):
        for other in (*names[k:k + 3], "x"):
            yield "another name", text[:place.start()] + other + text[place.end():]
    for one, two in pairwise(places[:6]):
        swapped = text[:one.start()] + two[0] + text[one.end():two.start()] + one[0] + text[two.end():]
        yield "names exchanged", swapped


def of_list(value: list[Any]) -> Iterator[Change]:
    yield "emptied", []
    if value:
        yield from (("an entry twice", [*value, value[-1]]), ("an entry twice", [value[0], *value]),
                    ("an entry missing", value[1:]), ("an entry missing", value[:-1]),
                    ("reversed", value[::-1]), ("rotated", value[1:] + value[:1]))
    for k in range(len(value) - 1):
        yield "neighbours exchanged", [*value[:k], value[k + 1], value[k], *value[k + 2:]]


def of_object(value: dict[str, Any]) -> Iterator[Change]:
    yield "emptied", {}
    for name, more in (("unknown", "0"), ("prec", 64), ("neuron", 0), ("from", 0), ("square", "1"),
                       ("factors", []), ("c", "0"), ("loss", "mean"), ("b", []), ("#0", "1")):
        if name not in value:
            yield "a field more", {**value, name: more}
    keys = list(value)
    for one, two in pairwise(keys):
        yield "values exchanged", {**value, one: value[two], two: value[one]}
