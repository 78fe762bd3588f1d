"""Fields of objects: exactly those that are due, each of its kind."""

import re
from typing import Any

from flint import fmpq

from .rejection import Rejected, demand

RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(/[1-9][0-9]*)?")
MAX_DIGITS = 4000


def rational(value: Any) -> fmpq:
    """The rational that a text denotes, in its only spelling."""
    demand(type(value) is str and len(value) <= MAX_DIGITS and RATIONAL.fullmatch(value) is not None,
           "a rational")
    found = fmpq(value)
    demand(str(found) == value, "a rational in lowest terms")
    return found


def positive(value: Any) -> fmpq:
    found = rational(value)
    demand(found > 0, "a rational > 0")
    return found


def rationals(value: Any, length: int) -> list[fmpq]:
    return [rational(x) for x in sequence(value, length)]


def matrix(value: Any, rows: int, columns: int) -> list[list[fmpq]]:
    return [rationals(row, columns) for row in sequence(value, rows)]


def sequence(value: Any, length: int | None = None) -> list[Any]:
    """A list, of this length where one is given."""
    demand(type(value) is list and (length is None or len(value) == length),
           "a list" if length is None else f"a list of {length}")
    return list(value)


def rows(value: Any) -> list[list[fmpq]]:
    """At least one row, of one length that is not 0."""
    found = sequence(value)
    demand(len(found) > 0 and type(found[0]) is list and len(found[0]) > 0, "a table that is not empty")
    return matrix(found, len(found), len(found[0]))


def integer(value: Any, lowest: int, highest: int) -> int:
    demand(type(value) is int and lowest <= value <= highest, f"an integer from {lowest} to {highest}")
    return int(value)


def signs(value: Any) -> list[int]:
    found = sequence(value)
    demand(all(type(x) is int and x in (1, -1) for x in found), "signs 1 and -1")
    return found


def text(value: Any) -> str:
    demand(type(value) is str, "a text")
    return str(value)


def fields(value: Any, required: str, optional: str = "") -> dict[str, Any]:
    """An object with the required fields, perhaps some of the optional ones, and no others; none is null."""
    demand(type(value) is dict, "an object")
    due, may = set(required.split()), set(optional.split())
    if not due <= set(value) <= due | may:
        raise Rejected(f"expected the fields {sorted(due)}, perhaps {sorted(may)}, not {sorted(value)}"[:500])
    demand(all(x is not None for x in value.values()), "no null")
    return dict(value)


def plain(value: fmpq) -> str:
    """The text of a rational."""
    return str(value)
