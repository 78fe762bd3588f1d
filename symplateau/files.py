"""Reading and writing network files, JSON or NumPy's npz. Whatever is wrong is refused before computing.

Nothing here runs what a file contains: formulas are read by a whitelist, npz members never through pickle.
"""

import json
import math
import os
import re
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from . import arrays
from .archives import read_archive
from .arrays import shown
from .errors import InputError
from .formulas import MAX_CHARACTERS as MAX_FORMULA
from .formulas import check_activation
from .network import Network
from .relu import files as relu
from .relu.network import ReluNetwork
from .writing import FilePath, write_text

MAX_BYTES = 64 * 2**20
MAX_SAMPLES = 100_000
MAX_INPUTS = 1_000
MAX_HIDDEN = 1_000
MAX_ENTRIES = 1_000_000
MAX_NESTING = 8

REQUIRED = ("activation", "X", "y", "W")
OPTIONAL = ("v", "H", "b", "c", "W_unit", "loss", "penalty", "slopes")
FIELDS = "the fields activation, X, y, v, W and, where needed, b, c, W_unit, slopes, loss, penalty"
TEXTS = ("activation", "W_unit", "loss")

# No more brackets and commas than the largest network has, counted outside strings, and no more quotes. The
# pattern of strings is possessive: without that, an unfinished string takes quadratic time.
MAX_BRACKETS = 2 * (2 * MAX_SAMPLES + 2 * MAX_HIDDEN + 10)
MAX_COMMAS = 2 * MAX_ENTRIES + 2 * MAX_SAMPLES + 4 * MAX_HIDDEN + 20
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NOT_A_MARK = bytes(set(range(256)) - set(b"[]{},"))
STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def read_network(path: FilePath) -> Network | ReluNetwork:
    """Read a network file, JSON or npz: its activation says whether it is ReLU-like (relu/files.py).

    Raises InputError, which names the file and the field.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(path, None, "a readable file", getattr(error, "strerror", None) or error) from None
    try:
        if len(data) > MAX_BYTES:
            raise InputError(None, None, f"a file of at most {MAX_BYTES} bytes", "more")
        packed = os.fspath(path).endswith(".npz") or data.startswith(b"PK\x03\x04")
        return _network(_read_npz(data) if packed else _read_json(data))
    except InputError as error:
        raise error.within(os.fspath(path)) from None


def _network(content: Mapping[str, Any]) -> Network | ReluNetwork:
    for field in content:
        if field not in REQUIRED + OPTIONAL:
            raise InputError(None, field, FIELDS, "an unknown field")
    if "v" in content and "H" in content:
        raise InputError(None, "H", "either v or H (both are output weights)", "both")
    for field in (*REQUIRED, "H" if "H" in content else "v"):
        if field not in content:
            raise InputError(None, field, FIELDS, "none")
    _check_options(content)
    _check_sizes(content)
    if content["activation"] in relu.NAMES:
        return relu.read_fields(content)
    if "slopes" in content:
        expected = "none: only the activations " + ", ".join(relu.NAMES[1:]) + " have slopes"
        raise InputError(None, "slopes", expected, shown(content["slopes"]))
    output = "H" if "H" in content else "v"
    weights = arrays.read_single_output(content[output], output, axis=0)
    known = {field: content[field] for field in ("activation", "X", "y", "W", "b", "c", "W_unit", "loss")
             if field in content}
    try:
        return Network.from_arrays(v=weights, **known)
    except InputError as error:
        place = output if error.field == "v" else error.field
        raise InputError(None, place, error.expected, error.got) from None


def _check_options(content: Mapping[str, Any]) -> None:
    if not isinstance(activation := content["activation"], str) or activation not in relu.NAMES:
        check_activation(activation)
    for field, value in content.items():
        # In from_arrays None means "not there"; in a file it means nothing, so it is refused.
        if value is None:
            raise InputError(None, field, "a value", "null")
    if "W_unit" in content and not isinstance(content["W_unit"], str):
        raise InputError(None, "W_unit", "text such as log(2)", shown(content["W_unit"]))
    penalty = arrays.read_scalar(content.get("penalty", 0), "penalty")
    if penalty < 0:
        raise InputError(None, "penalty", "0", "a negative number")
    if penalty > 0:
        raise InputError(None, "penalty", "0: a weight penalty makes another loss, for which neither the"
                         " splitting theorems nor those on ReLU-like networks hold (train without it;"
                         " scikit-learn: alpha=0)", "a positive one")


def _check_sizes(content: Mapping[str, Any]) -> None:
    """Refuse what is too large, looking at lengths only."""
    lengths_of = dict.fromkeys("Xy", MAX_SAMPLES) | dict.fromkeys("vHWbc", MAX_HIDDEN)
    for field, limit in lengths_of.items():
        value = content.get(field, [])
        if isinstance(value, list) and len(value) > limit:
            raise InputError(None, field, f"at most {limit} entries", len(value))
    for field, limit in (("X", MAX_INPUTS), ("W", MAX_INPUTS), ("H", MAX_HIDDEN), ("y", MAX_HIDDEN)):
        rows = content.get(field, [])
        lengths = [len(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
        if max(lengths, default=0) > limit:
            raise InputError(None, field, f"at most {limit} columns", max(lengths))
        if sum(lengths) > MAX_ENTRIES:
            raise InputError(None, field, f"at most {MAX_ENTRIES} entries", sum(lengths))


# JSON


def _read_json(data: bytes) -> dict[str, Any]:
    """The fields of a JSON file. NaN and Infinity become floats here, to be refused with their field."""
    _check_marks(data)
    try:
        content = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_unique,
            # Python refuses long integers without saying where. As text they are refused with their field.
            parse_int=lambda text: int(text) if len(text) <= arrays.MAX_CHARACTERS else text,
        )
    except UnicodeDecodeError as error:
        raise InputError(None, None, "UTF-8", f"byte 0x{data[error.start]:02x} at {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(None, None, "JSON", error) from None
    if not isinstance(content, dict):
        raise InputError(None, None, "an object with " + FIELDS, shown(content))
    return content


def _check_marks(data: bytes) -> None:
    """Refuse deep nesting and too many entries before anything is parsed."""
    if data.count(b'"') > 2 * MAX_COMMAS:
        raise InputError(None, None, f"at most {MAX_ENTRIES} numbers", "more texts")
    marks = STRING.sub(b"", data).translate(None, NOT_A_MARK)
    commas = marks.count(b",")
    brackets = marks.translate(None, b",")
    if commas > MAX_COMMAS or len(brackets) > MAX_BRACKETS:
        raise InputError(None, None, f"at most {MAX_ENTRIES} numbers, {MAX_SAMPLES} rows", "more of them")
    if max(accumulate(STEP[mark] for mark in brackets), default=0) > MAX_NESTING:
        raise InputError(None, None, f"brackets nested at most {MAX_NESTING} deep", "deeper ones")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for field, count in Counter(field for field, _ in pairs).items():
        if count > 1:
            raise InputError(None, field, "each field once", f"{count} times")
    return dict(pairs)


# npz


def _read_npz(data: bytes) -> dict[str, Any]:
    """The fields of an npz file, as nested lists."""
    found = read_archive(data, REQUIRED + OPTIONAL, _judge)
    return {field: array.tolist() for field, array in found.items()}


def _judge(field: str, shape: tuple[int, ...], dtype: Any) -> None:
    """Refuse what is neither an array of numbers nor a single text, or too large."""
    if field in TEXTS:
        if dtype.kind != "U" or shape != () or dtype.itemsize > 4 * MAX_FORMULA:
            found = f"{dtype} of shape {shape}"
            raise InputError(None, field, f"a single text of at most {MAX_FORMULA} characters", found)
    elif dtype.kind not in "iuf" or (dtype.kind == "f" and dtype.itemsize not in (4, 8)):
        raise InputError(None, field, "float64, float32 or integers", dtype)
    if len(shape) > 2 or math.prod(shape) > MAX_ENTRIES:
        raise InputError(None, field, f"at most 2 dimensions and {MAX_ENTRIES} entries", f"shape {shape}")


# Writing


def write_network(path: FilePath, network: Network | ReluNetwork) -> None:
    """Write a JSON file that `read_network` reads back equal: numbers as exact text. Raises InputError."""
    if os.fspath(path).endswith(".npz"):
        raise InputError(path, None, "a JSON file (npz holds floats, not exact numbers)", "npz", status=2)
    if isinstance(network, ReluNetwork):
        fields = relu.write_fields(network)
    else:
        fields = {field: value for field, value in network.problem().items() if field != "kind"}
        fields["activation"] = network.activation
    _network(fields)  # what could not be read back is not written
    lines = (f"  {json.dumps(field)}: {json.dumps(value)}" for field, value in fields.items())
    write_text(path, "{\n" + ",\n".join(lines) + "\n}\n")
