"""The entries of the dictionary: for each statement of each goal, a maker of instances of its atoms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

# Expressions in the atoms, and what sympy.diff says that they are (a list where an index is free).
Derivatives = Callable[[], list[tuple[str, Any]]]


@dataclass(frozen=True)
class Instance:
    """Values of all atoms of a statement. size: of the family of the indices, 0 where there is none."""

    values: dict[str, Any]
    size: int = 0
    derivatives: Derivatives = field(default=list)


Builder = Callable[[Random, int], Instance]
ENTRIES: dict[tuple[str, str], Builder] = {}


def entry(claim: str, *statements: str) -> Callable[[Builder], Builder]:
    """Registers a builder. It takes a source of randomness and the number of daughters."""
    def register(builder: Builder) -> Builder:
        for statement in statements:
            assert (claim, statement) not in ENTRIES
            ENTRIES[claim, statement] = builder
        return builder

    return register


