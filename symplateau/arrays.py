"""Reading exact rationals, alone and in arrays, from ints, texts, floats, nested lists and NumPy arrays."""

import math
import re
from fractions import Fraction
from numbers import Rational
from typing import Any

from .errors import InputError
from .kernel.format import MAX_DIGITS

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]

# The kernel reads rationals of at most 2 * MAX_DIGITS = 4,000 characters; 13,000 bits in all never need more.
MAX_CHARACTERS = 2 * MAX_DIGITS
MAX_BITS = 13_000

RATIO = re.compile(r"[+-]?[0-9]++(/(?P<divisor>[0-9]++))?")
DECIMAL = re.compile(r"[+-]?([0-9]++\.?+[0-9]*+|\.[0-9]++)([eE](?P<exponent>[+-]?[0-9]++))?")
UNIT = re.compile(r"log\(([^()]*)\)")
NUMBER = "an exact number: an integer, a finite float, or text such as 3/7, 0.125, 1e-3"


def read_number(value: Any, field: str) -> Fraction:
    """The rational that an int, a Fraction, a text or a float denotes, exactly. Raises InputError."""
    if not isinstance(value, (str, int, float, Rational)) and hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, str):
        number = _read_text(value, field)
    elif isinstance(value, bool) or not isinstance(value, (int, float, Rational)):
        raise InputError(None, field, NUMBER, shown(value))
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(None, field, NUMBER, shown(value))
        number = Fraction(value)
    else:
        number = Fraction(int(value.numerator), int(value.denominator))
    if number.numerator.bit_length() + number.denominator.bit_length() > MAX_BITS:
        raise InputError(None, field, f"a numerator and denominator of {MAX_BITS} bits at most", "more")
    return number


def _read_text(text: str, field: str) -> Fraction:
    if len(text) > MAX_CHARACTERS:
        raise InputError(None, field, f"a number of at most {MAX_CHARACTERS} characters", f"{len(text)}")
    ratio, decimal = RATIO.fullmatch(text), DECIMAL.fullmatch(text)
    if ratio is None and decimal is None:
        raise InputError(None, field, NUMBER, shown(text))
    if ratio is not None and ratio["divisor"] is not None and not ratio["divisor"].strip("0"):
        raise InputError(None, field, "a number with a non-zero divisor", shown(text))
    # Fraction("1e1000000000") would compute the power: the exponent is judged while it is still text.
    if decimal is not None and len(exponent := (decimal["exponent"] or "0").lstrip("+-0")) > 4:
        raise InputError(None, field, "an exponent of at most 4 digits", exponent)
    return Fraction(text)


def read_vector(value: Any, field: str) -> Vector:
    """A tuple of rationals from a list, a tuple or a one-dimensional array. Raises InputError."""
    return tuple([read_number(x, f"{field}[{i}]") for i, x in enumerate(_items(value, field))])


def read_matrix(value: Any, field: str) -> Matrix:
    """A tuple of rows from nested lists or a two-dimensional array; the rows may still differ in length."""
    return tuple([read_vector(row, f"{field}[{i}]") for i, row in enumerate(_items(value, field))])


def read_single_output(value: Any, field: str, axis: int) -> Vector:
    """A vector, also from a matrix in which the given axis (of outputs) has length 1. Raises InputError."""
    items = _items(value, field)
    rows = [row.tolist() if hasattr(row, "tolist") else row for row in items]
    if not rows or not isinstance(rows[0], (list, tuple)):
        return read_vector(rows, field)
    outputs = len(rows) if axis == 0 else max(len(row) for row in rows if isinstance(row, (list, tuple)))
    if outputs > 1:
        expected = "one output: several are not supported yet for smooth activations"
        raise InputError(None, field, expected, f"{outputs} outputs")
    return read_vector(rows[0], f"{field}[0]") if axis == 0 else _read_column(rows, field)


def _read_column(rows: list[Any], field: str) -> Vector:
    for i, row in enumerate(rows):
        if not isinstance(row, (list, tuple)) or len(row) != 1:
            raise InputError(None, f"{field}[{i}]", "a list of one number, as in the other rows", shown(row))
    return tuple([read_number(row[0], f"{field}[{i}][0]") for i, row in enumerate(rows)])


def read_scalar(value: Any, field: str) -> Fraction:
    """A rational, also when it comes as a list or an array of length 1. Raises InputError."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    return read_number(value, field)


def read_unit(value: Any, field: str = "W_unit") -> Fraction:
    """The q of the unit log(q), from the text "log(q)" or from q itself (not as text). Raises InputError."""
    refused = InputError(None, field, "log(q) with q rational, q > 0 and q != 1", shown(value))
    match = UNIT.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, str) and match is None:
        raise refused
    try:
        q = read_number(match[1] if match else value, field)
    except InputError:
        raise refused from None
    if q <= 0 or q == 1:
        raise refused
    return q


def require_vector(value: Any, field: str, length: int, meaning: str) -> None:
    """Raise InputError unless value is a tuple of `length` Fractions."""
    _require_row(value, field)
    if len(value) != length:
        raise InputError(None, field, f"{length} numbers ({meaning})", len(value))


def require_matrix(value: Any, field: str, columns: int | None = None) -> None:
    """Raise InputError unless value is a non-empty tuple of equally long, non-empty tuples of Fractions."""
    if not isinstance(value, tuple) or not value:
        raise InputError(None, field, "at least one row", "none" if value == () else shown(value))
    for i, row in enumerate(value):
        _require_row(row, f"{field}[{i}]")
        if len(row) != (len(value[0]) if columns is None else columns):
            meaning = f"as in {field}[0]" if columns is None else "one per input, as in X"
            expected = f"{len(value[0]) if columns is None else columns} numbers ({meaning})"
            raise InputError(None, f"{field}[{i}]", expected, len(row))


def _require_row(row: Any, field: str) -> None:
    if not isinstance(row, tuple) or not row:
        raise InputError(None, field, "at least one number", "none" if row == () else shown(row))
    for i, x in enumerate(row):
        if type(x) is not Fraction:
            raise InputError(None, f"{field}[{i}]", "a Fraction", shown(x))


def _items(value: Any, field: str) -> list[Any]:
    value = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(value, (list, tuple)):
        raise InputError(None, field, "a list", shown(value))
    return list(value)


def shown(value: Any) -> str:
    """What was found, briefly: small scalars as JSON has them, everything large by its kind."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        return f"a list of length {len(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, str):
        return repr(value[:100])
    if isinstance(value, (int, Fraction)) and max(map(abs, value.as_integer_ratio())) < 10**30:
        return str(value)
    return repr(value) if isinstance(value, float) else type(value).__name__
