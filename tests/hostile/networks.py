"""Network files, JSON, and what may become of them: a network, or a refusal in one line."""

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from symplateau import data
from symplateau.errors import InputError
from symplateau.files import read_network, write_network
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Problem
from symplateau.network import Network
from symplateau.relu.network import ReluNetwork

from .grammar import formula, number
from .values import PAYLOADS, Pairs, bytes_changed, hostile, spoiled, written

SMOOTH: dict[str, Any] = {
    "activation": "tanh", "X": [["3/7", 0.1], [1, -2]], "y": ["0.125", "1e-3"], "v": [1, 2],
    "W": [[1, 2], [3, 4]], "b": [0, "1/3"], "c": 2, "W_unit": "log(3/2)", "loss": "mean", "penalty": 0}
RELU: dict[str, Any] = {
    "activation": "leaky_relu", "slopes": [1, "1/100"], "X": [[1, 0], [0, 1]], "y": [[1, 0], [-1, "1/2"]],
    "W": [[1, 0]], "H": [[1], [0]], "b": [0], "c": [0, "1/2"], "loss": "half_mean"}
COLUMNS: dict[str, Any] = {
    "activation": "t*tanh(t)", "X": [[1], [2], [3]], "y": [[1], [2], [3]], "H": [[1, "1/2"]], "W": [[1],
                                                                                                    [-1]]}


class Wrong(Exception):
    """What a reader must not do: the outcome is not one that is documented."""


@cache
def shipped() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(Path(data.path(name)).read_bytes()) for name in data.NAMES)


def good(draw: random.Random) -> dict[str, Any]:
    """A valid file."""
    kind = draw.randrange(12)
    if kind == 0:
        return dict(draw.choice(shipped()))
    found = dict(draw.choice((SMOOTH, SMOOTH, RELU, COLUMNS)))
    for field in ("b", "c", "W_unit", "loss", "penalty"):
        if field in found and draw.random() < 0.3:
            del found[field]
    return found


def content(draw: random.Random) -> bytes:
    """The bytes of a file, spoiled in one of many ways."""
    value: Any = good(draw)
    kind = draw.randrange(20)
    if kind < 2:
        return bytes_changed(draw, written(value).encode("utf-8", "surrogatepass"))
    if kind == 2:  # a field twice, or an unknown one
        pairs = Pairs(value.items())
        name = draw.choice([*value, "", "X ", "x", "__class__", "\ud800", "\0", "a" * 3000, "é", *PAYLOADS])
        pairs.insert(draw.randrange(len(pairs) + 1), (name, hostile(draw)))
        value = pairs
    elif kind < 7:  # the whole of a field
        field = draw.choice(list(value))
        value[field] = hostile(draw, value[field])
    elif kind < 9:
        value["activation"] = formula(draw)
    elif kind == 9:
        value["W_unit"] = draw.choice((f"log({number(draw)})", f"log({formula(draw)})", number(draw)))
    elif kind == 10:
        value = spoiled(draw, value["X"]) if draw.random() < 0.5 else hostile(draw)
    elif kind < 14:
        place = draw.choice([field for field in ("X", "y", "v", "W", "H", "b") if field in value])
        rows = [list(x) if isinstance(x, list) else x for x in value[place]]
        at = draw.randrange(len(rows))
        row = rows[at]
        rows[at] = number(draw) if not isinstance(row, list) else [number(draw), *row[1:]]
        value[place] = rows
    else:
        value = spoiled(draw, value, draw.choice((1, 1, 2, 3)))
    return written(value).encode("utf-8", "surrogatepass")


def read(file: Path) -> str:
    """What becomes of the file; `Wrong` for what must not."""
    try:
        network = read_network(file)
    except InputError as error:
        return refusal(error, str(file))
    if isinstance(network, Network):
        try:
            Problem(network.problem())
        except Rejected as error:
            return f"accepted; not by the kernel: {error.args[0][:40]}"
    elif not isinstance(network, ReluNetwork):
        raise Wrong(f"a network of type {type(network).__name__}")
    again = file.with_suffix(".again")
    write_network(again, network)
    if read_network(again) != network:
        raise Wrong("what was written is read back as another network")
    return "accepted"


def refusal(error: InputError, file: str | None = None, status: int = 4) -> str:
    """That it is one printable line with the file, what was expected and what was found."""
    line = str(error)
    if not line.isprintable() or len(line) > 1000:
        raise Wrong(f"no short printable line: {line[:300]!r}")
    if "expected " not in line or ", found " not in line:
        raise Wrong(f"without what was expected and found: {line}")
    if file is not None and error.file != file:
        raise Wrong(f"another file: {error.file!r}")
    if error.status != status:
        raise Wrong(f"status {error.status}: {line}")
    return "refused"


def case(draw: random.Random, folder: Path) -> str:
    file = folder / "network.json"
    file.write_bytes(content(draw))
    return read(file)
