"""The certificate file: a strict loader, a canonical writer, and the two ways in which a certificate can fail.

A certificate is the canonical JSON encoding of one object (see CERTIFICATE.md). The loader re-encodes what it read and
demands the very same bytes, so duplicate keys, escapes and white space need no rule of their own.
"""

import hashlib
import json
import re
from fractions import Fraction
from typing import Any

FORMAT, STATEMENT_FORMAT = "symplateau certificate 1", "symplateau statement 1"
MAX_BYTES, MAX_DIGITS, MAX_PREC = 64 * 2**20, 2000, 4096
RATIONAL = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)


class Malformed(Exception):
    """The bytes are not a certificate at all."""


class Rejected(Exception):
    """A condition of a rule does not hold: what was expected, what was found. CheckError adds where."""

    def __init__(self, expected: str, got: object = "") -> None:
        super().__init__(expected, str(got)[:200])


class CheckError(Exception):
    """A certificate was rejected: in which step, by which rule, what was expected and what was found."""

    def __init__(self, step: object, rule: str, expected: str, got: str) -> None:
        super().__init__(f"step {step}, rule {rule!r}: expected {expected}" + (f"; got {got}" if got else ""))
        self.step, self.rule, self.expected, self.got = step, rule, expected, got


def require(condition: object, expected: str, got: object = "") -> None:
    """Raise Rejected unless condition is the truth value True itself (a foreign truth value fails closed)."""
    if condition is not True:
        raise Rejected(expected, got)


def encode(value: Any) -> bytes:
    """The canonical encoding: sorted keys, no white space, ASCII, one final newline."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def digest(value: Any) -> str:
    """SHA-256 of the canonical encoding, in hexadecimal."""
    return hashlib.sha256(encode(value)).hexdigest()


def seal(content: dict[str, Any]) -> dict[str, Any]:
    """The content with its own digest: it catches damage, not forgery."""
    body = {key: value for key, value in content.items() if key != "sha256"}
    return body | {"sha256": digest(body)}


def load(data: bytes) -> dict[str, Any]:
    """Read a certificate. Raises Malformed unless `data` is the canonical encoding of an object of this format."""
    try:
        require(len(data) <= MAX_BYTES, f"at most {MAX_BYTES} bytes", len(data))
        value = json.loads(data.decode("ascii"), parse_float=_no_float, parse_constant=_no_float)
        require(encode(value) == data, "the canonical encoding (sorted unique keys, no white space)", "another")
        fields(value, "format problem sha256 steps")
        require(value["format"] == FORMAT, f"the format {FORMAT!r}", value["format"])
        require(seal(value) == value, "the digest of the content in 'sha256'", "another: the file is damaged")
    except Rejected as error:
        raise Malformed("expected {}, found {}".format(*error.args)) from None
    except (ValueError, RecursionError) as error:
        raise Malformed(f"expected canonical JSON, found {str(error)[:120] or type(error).__name__}") from None
    return value  # type: ignore[no-any-return]


def _no_float(text: str) -> None:
    raise Rejected("no floating-point number", text)


def fields(value: Any, required: str, optional: str = "") -> None:
    """`value` must be an object with all `required` and only known fields (names separated by blanks)."""
    require(type(value) is dict, "an object", type(value).__name__)
    names = set(required.split())
    require(names <= set(value) <= names | set(optional.split()), f"fields {required} [{optional}]", sorted(value))


def rational(text: Any) -> Fraction:
    """Read a rational in canonical form: an integer, or p/q in lowest terms with q > 1."""
    require(type(text) is str and len(text) <= 2 * MAX_DIGITS and RATIONAL.fullmatch(text) is not None,
            f"a rational as text of at most {2 * MAX_DIGITS} characters", repr(text)[:60])
    require(str(Fraction(text)) == text, "a rational in lowest terms", text[:60])
    return Fraction(text)


def integer(value: Any, low: int, high: int) -> int:
    """An integer (not a truth value) with low <= value <= high."""
    require(type(value) is int and low <= value <= high, f"an integer from {low} to {high}", repr(value)[:60])
    return value  # type: ignore[no-any-return]


def array(value: Any, *shape: int | None) -> Any:
    """Nested tuples of rationals of the given shape; None stands for any length."""
    require(type(value) is list and shape[0] in (None, len(value)), f"a list of length {shape[0] or 'n'}")
    return tuple(rational(x) if len(shape) == 1 else array(x, *shape[1:]) for x in value)
