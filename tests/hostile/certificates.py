"""Certificates, spoiled before or after they are sealed, for the kernel, `verify` and the second checker."""

import contextlib
import io
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from symplateau.commands.certificates import by_kernel
from symplateau.kernel.__main__ import answer
from symplateau.kernel.format import encode, seal
from symplateau.second.worker import verdict as second_verdict
from tests.campaigns import checkers
from tests.kernel import pool, test_algebra

from .grammar import formula, number
from .networks import Wrong
from .values import Raw, bytes_changed, spoiled, written

STATUSES = {"accepted": 0, "rejected": 1, "unreadable": 4}
VERDICTS = {"accepted": "accepted", "rejected": "rejected", "malformed": "unreadable"}


@cache
def bases() -> tuple[list[str], list[str]]:
    """The names of all good certificates, and of the small ones."""
    names = sorted(checkers.certificates())
    return names, [name for name in names if ": " in name]


def good(draw: random.Random) -> dict[str, Any]:
    names, small = bases()
    return checkers.certificates()[draw.choice(small if draw.random() < 0.8 else names)]


def sealed(value: Any) -> bytes:
    """The canonical encoding with the right digest; as far as that can be, of what has no encoding."""
    try:
        return encode(seal(value)) if isinstance(value,
                                                 dict) and not has_raw(value) else written(value).encode()
    except (ValueError, TypeError, RecursionError):
        return written(value).encode("utf-8", "surrogatepass")


def has_raw(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(has_raw, value.values()))
    return any(map(has_raw, value)) if isinstance(value, list) else isinstance(value, Raw)


def texts(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all texts."""
    if isinstance(value, str):
        return [place]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, x in items for found in texts(x, (*place, key))]


def content(draw: random.Random) -> bytes:
    """The bytes of a certificate that was spoiled."""
    found: Any = good(draw)
    kind = draw.randrange(10)
    if kind == 0:
        return bytes_changed(draw, encode(found))
    if kind == 1:
        text = json.dumps(found, indent=draw.choice((None, 1)), sort_keys=draw.random() < 0.5)
        return text.encode(draw.choice(("ascii", "utf-16", "utf-8-sig")))
    if kind == 2:
        text = encode(found).decode()
        at = draw.randrange(len(text))
        return (text[:at] + draw.choice(("[" * 10**5, "{\"a\":" * 10**4, "9" * 10**4, '"' * 99,
                                         "\\u0041")) + text[at:]
                ).encode()
    if kind < 6:  # a text elsewhere: a number or a formula
        places = [x for x in texts(found) if x[0] in ("problem", "steps")]
        for _ in range(draw.choice((1, 1, 2))):
            words = draw.choice((number, formula, formula))(draw)
            found = pool.spoiled(found, *draw.choice(places), to=lambda _old, words=words: words)
        return sealed(found)
    body = {key: found[key] for key in ("problem", "steps")}
    body = spoiled(draw, body, draw.choice((1, 1, 2, 3)))
    return sealed({**found, **body} if isinstance(body, dict) and draw.random() < 0.95 else body)


def read(file: Path, data: bytes) -> str:
    """What the three readers say of it; the kernel must say the same twice."""
    file.write_bytes(data)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = answer(str(file), show=True)
    text = out.getvalue()
    said = text[len(str(file)) + 2 :].split(":")[0]
    if STATUSES.get(said) != status or not text.isascii():
        raise Wrong(f"status {status}: {text[:300]!r}")
    if said != "accepted" and (text.count("\n") != 1 or not text[:-1].isprintable()):
        raise Wrong(f"no single printable line: {text[:300]!r}")
    result = by_kernel(data)
    if VERDICTS[result["verdict"]] != said:
        raise Wrong(f"{said} in one place, {result['verdict']} in the other")
    if result.get("error") is not None and not result["error"].isprintable():
        raise Wrong(f"no printable line: {result['error'][:300]!r}")
    second_verdict(data)
    return result["verdict"]


def case(draw: random.Random, folder: Path) -> str:
    return read(folder / "certificate", content(draw))


@cache
def frames() -> tuple[tuple[dict[str, Any], tuple[Any, ...]], ...]:
    """Certificates, and a place in each for a formula."""
    point = pool.good("nonzero gradient")
    path = pool.good("split path")
    bent = next(n for n, step in enumerate(path["steps"]) if step["rule"] == "split path")
    from tests.kernel import relu_pool

    curve = relu_pool.good("saddle")
    moved = next(n for n, step in enumerate(curve["steps"]) if step["rule"] == "path")
    equation, square = test_algebra.GOOD["a = 0"], test_algebra.GOOD["norm"]
    return ((point, ("problem", "activation")), (point, ("problem", "activation")),
            (path, ("steps", bent, "shifts", 0)), (curve, ("steps", moved, "moves", 0, "w", 0)),
            (equation, ("steps", 0, "multipliers", "stationary")), (equation, ("problem", "hypotheses",
                                                                               "stationary")),
            (square, ("steps", 0, "terms", 0, "square")))


def formula_case(draw: random.Random, folder: Path) -> str:
    """A formula where a certificate has one."""
    from .values import FORMULAS, PAYLOADS, noise

    frame, place = draw.choice(frames())
    old = pool.entry(frame, place)
    kind = draw.randrange(4)
    names = ("t", "t", "pi") if place[-1] != "square" else ("u", "w", "a", "x")
    text = (draw.choice((*FORMULAS, *PAYLOADS)) if kind == 0 else noise(draw, old) if kind == 1
            else formula(draw, names, draw.choice((2, 4, 7))))
    if place[-1] == "stationary" and place[0] == "problem":
        text += draw.choice((" = 0", "", " >= 0", " = 0 = 0", "=0", " > "))
    changed = pool.spoiled(frame, *place, to=lambda _old: text)
    return read(folder / "certificate", sealed(changed))
