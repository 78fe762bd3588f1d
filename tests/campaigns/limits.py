"""The kernel with larger limits: what it rejects only because the work would be much, it then accepts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError
from symplateau.kernel.polynomial import Reader, tower

FACTOR = 16
# What every checker rejects beyond.
FORMAT_ITSELF = {"MAX_BYTES", "MAX_LISTS", "MAX_DIGITS", "MAX_PREC", "MAX_FALLING"}
BRACKETS = 60  # Python's own parser ends at about 200 of them, of all kinds


@contextmanager
def larger(factor: int = FACTOR) -> Iterator[None]:
    """Every MAX_... of the kernel, and what a reader may cost, so many times as large."""
    modules = [x for name, x in sys.modules.items() if name.startswith("symplateau.kernel.")]
    found = [(x, name, value) for x in modules for name, value in vars(x).items()
             if name.startswith("MAX_") and name not in FORMAT_ITSELF]
    before: Any = Reader.__init__.__defaults__
    try:
        for module, name, value in found:
            setattr(module, name, value * factor)
        Reader.__init__.__defaults__ = tuple(x * factor for x in before)  # type: ignore[misc]
        tower.cache_clear()
        yield
    finally:
        for module, name, value in found:
            setattr(module, name, value)
        Reader.__init__.__defaults__ = before  # type: ignore[misc]
        tower.cache_clear()


def accepts(certificate: dict[str, Any]) -> bool:
    try:
        check(certificate)
    except CheckError:
        return False
    return True


def limited(certificate: dict[str, Any]) -> bool:
    """Whether nothing but a limit makes the kernel reject it."""
    if accepts(certificate):
        return False
    with larger():
        return accepts(certificate) or max(map(depth, texts(certificate)), default=0) > BRACKETS


def texts(value: Any) -> Iterator[str]:
    """All texts in it, keys too."""
    if isinstance(value, str):
        yield value
    for inner in value if isinstance(value, list) else (*value, *value.values()) if isinstance(
            value, dict) else ():
        yield from texts(inner)


def depth(text: str) -> int:
    """How deep its brackets are nested."""
    deepest = now = 0
    for letter in text:
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest
