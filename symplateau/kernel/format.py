"""The certificate file: a strict loader, a canonical writer, and the ways in which a certificate can fail.

A certificate is the canonical JSON encoding of one object (see CERTIFICATE.md). The loader re-encodes
what it read and demands the very same bytes, so duplicate keys, escapes and white space need no rule of
their own.
"""

import hashlib
import json
import re
from fractions import Fraction
from typing import Any

FORMAT, STATEMENT_FORMAT, LARGE = "symplateau certificate 1", "symplateau statement 1", Fraction(10**300)
MAX_BYTES, MAX_LISTS, MAX_DIGITS, MAX_PREC = 48 * 2**20, 2**21, 2000, 4096
RATIONAL = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)


# About x / 2**bits, for messages; floats have no room for what is larger.
def near(x: Any, bits: int = 0) -> Any: return float(sorted([Fraction(x, 1 << bits), -LARGE, LARGE])[1])


class Malformed(Exception):
    """The bytes are not a certificate at all."""


class Rejected(Exception):
    """A condition of a rule does not hold: what was expected, what was found. CheckError adds where."""

    def __init__(self, expected: str, got: object = "") -> None:
        super().__init__(expected, f"{near(got):.9g}" if isinstance(got, Fraction) else str(got)[:200])


class CheckError(Exception):
    """A certificate was rejected: in which step, by which rule, what was expected and what was found."""

    def __init__(self, step: object, rule: str, expected: str, got: str = "") -> None:
        where, found = f"step {step}, rule {str(rule)[:40]!r}", f"; got {got}" if got else ""
        super().__init__(f"{where}: expected {expected}{found}")
        self.step, self.rule, self.expected, self.got = step, rule, expected, got


def require(condition: object, expected: str, got: object = "") -> None:
    """Raise Rejected unless condition is the truth value True itself (a foreign truth value fails closed)."""
    if condition is not True:
        raise Rejected(expected, got)


def encode(value: Any) -> bytes:
    """The canonical encoding: sorted keys, no white space, ASCII, one final newline."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"


# SHA-256 of the canonical encoding, in hexadecimal.
def digest(value: Any) -> str: return hashlib.sha256(encode(value)).hexdigest()


def seal(content: dict[str, Any]) -> dict[str, Any]:
    """The content with its own digest: it catches damage, not forgery."""
    body = {key: value for key, value in content.items() if key != "sha256"}
    return body | {"sha256": digest(body)}


def load(data: bytes) -> dict[str, Any]:
    """Read a certificate. Raises Malformed unless `data` is the canonical encoding of one in this format.

    Floating-point numbers are read as texts, and so are not what was written.
    """
    try:
        require(len(data) <= MAX_BYTES, f"at most {MAX_BYTES} bytes", len(data))
        require(sum(map(data.count, (b"[", b"{"))) <= MAX_LISTS, f"at most {MAX_LISTS} lists", "more")
        value: Any = json.loads(data.decode("ascii"), parse_float=str, parse_constant=str)
        require(encode(value) == data, "the canonical encoding (keys sorted, no blanks, no floats)")
        fields(value, "format problem sha256 steps")
        require(value["format"] == FORMAT, f"the format {FORMAT!r}", value["format"])
        require(seal(value) == value, "the digest of the content in 'sha256'", "another: the file is damaged")
        return dict(value)
    except (Rejected, ValueError, RecursionError) as error:
        found = error.args if isinstance(error, Rejected) else ("JSON", repr(error)[:150])
        raise Malformed("expected {}, found {}".format(*found)) from None


def fields(value: Any, required: str, optional: str = "") -> None:
    """`value` must be an object with all `required` and only known fields (names separated by blanks)."""
    require(type(value) is dict, "an object", type(value).__name__)
    names, more = set(required.split()), set(optional.split())
    require(names <= set(value) <= names | more, f"fields {required} [{optional}]", sorted(value))


def listed(value: Any) -> list[Any]:
    require(type(value) is list, "a list", type(value).__name__)
    return list(value)


def numbered(steps: Any, place: list[Any]) -> Any:
    """The number, the rule and the other fields of each step. `place` is told where it is."""
    for number, step in enumerate(listed(steps)):
        place[:] = number, step.get("rule", "no rule") if type(step) is dict else "no rule"
        yield *place, {name: value for name, value in step.items() if name != "rule"}
    place[:] = len(steps), "conclusion"


def integer(value: Any, low: int, high: int) -> int:
    """An integer (not a truth value) with low <= value <= high."""
    require(type(value) is int and low <= value <= high, f"an integer from {low} to {high}", value)
    return int(value)


def rational(text: Any) -> Fraction:
    """Read a rational in canonical form: an integer, or p/q in lowest terms with q > 1."""
    require(type(text) is str and len(text) <= 2 * MAX_DIGITS and RATIONAL.fullmatch(text) is not None
            and str(Fraction(text)) == text, "a rational as text, in lowest terms, of moderate length", text)
    return Fraction(text)


def array(value: Any, *shape: int | None) -> Any:
    """Nested tuples of rationals of the given shape; None stands for any length."""
    require(shape[0] in (None, len(listed(value))), f"a list of length {shape[0]}")
    return tuple(rational(x) if len(shape) == 1 else array(x, *shape[1:]) for x in value)
