"""Whether a statement is contradicted by what can be known without the checkers."""

from collections.abc import Iterator
from typing import Any

from symplateau.adversary.valuations import Searcher

from . import kinked, smooth

ATTEMPTS, LARGEST = 20, 40  # attempts at values; entries of theta, samples times neurons
FRAMES: dict[Any, Any] = {}


def contradictions(statement: dict[str, Any], seed: int = 0) -> list[str] | None:
    """What speaks against it; None where it was not examined, as that would take long."""
    about = statement.get("about")
    if about is None:
        return None if statement["kind"] == "witness" else list(of_algebra(statement["says"], seed))
    if "v" not in about:
        return list(kinked.contradictions(about, statement["says"], seed))
    says = statement["says"]
    facts = [part["says"] for part in says["all"]] if statement["kind"] == "witness" else [says]
    if max(map(size, facts), default=0) + len(about["v"]) * (1 + len(about["X"][0])) > LARGEST:
        return None
    return list(smooth.contradictions(about, facts, seed))


def size(says: dict[str, Any]) -> int:
    """How many daughters there are."""
    return sum(2 * len(x["coefficients"]) for x in says.get("splits", []))


def of_algebra(says: dict[str, Any], seed: int) -> Iterator[str]:
    """Values that satisfy the hypotheses, and violate a conclusion."""
    atoms = tuple(tuple(says[name]) for name in ("scalars", "vectors", "indexed"))
    searcher = Searcher(says, seed, FRAMES.setdefault(atoms, {}))
    for number in range(ATTEMPTS):
        try:
            model = searcher.attempt(number)
        except (ArithmeticError, LookupError, TypeError, ValueError):  # not made for any statement
            continue
        if model is not None and model.violated(says["conclusions"]):
            yield f"values that violate it: {model.values}"
            return
