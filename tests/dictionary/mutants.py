"""False neighbours of a statement: a conclusion turned round, or a hypothesis left out.

The dictionary shows that they are false; the kernel must not follow their proofs.
"""

import ast
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

from .entries import Instance
from .formulas import Says, holds, is_free, split_formula, tree, value

NEGATED = {" >= ": " > ", " > ": " >= "}


def turned(text: str) -> Iterator[str]:
    """The negation of an inequality; an equation with a changed sign, and with a changed constant."""
    left, relation, right = split_formula(text)
    if relation in NEGATED:
        yield f"{right}{NEGATED[relation]}{left}"
    else:
        yield f"{left} = -({right})"
        yield f"{left} = {right} + 1"


def counterexample(says: Says, instance: Instance, dropped: str) -> dict[str, Any] | None:
    """Values that satisfy all hypotheses but the dropped one, and violate a conclusion; near an instance.

    One atom is changed; atoms that a hypothesis defines ("atom = ...") follow.
    """
    indexed = set(says["indexed"])
    kept = {name: text for name, text in says["hypotheses"].items() if name != dropped}
    for atom in (*says["scalars"], *says["vectors"]):
        for changed in changes(instance.values[atom], atom in indexed):
            values = followed(kept, says, instance.values | {atom: changed}, instance.size)
            if values is None:
                continue
            if all(holds(text, indexed, values, instance.size) for text in kept.values()) and not all(
                holds(text, indexed, values, instance.size) for text in says["conclusions"]
            ):
                return values
    return None


def changes(old: Any, indexed: bool) -> Iterator[Any]:
    """Other values of an atom: of all members of a family, or of the first."""
    for factor, shift in ((1, 1), (1, -1), (-1, 0), (0, 0), (0, 1), (100, 10), (Fraction(1, 9), 0)):
        def moved(x: Any, factor: Any = factor, shift: Any = shift) -> Any:
            return (x[0] * factor + shift, *x[1:]) if isinstance(x, tuple) else x * factor + shift

        yield from ([moved(x) for x in old], [moved(old[0]), *old[1:]]) if indexed else (moved(old),)


@cache
def names(text: str) -> frozenset[str]:
    return frozenset(x.id for x in ast.walk(tree(text)) if isinstance(x, ast.Name))


def followed(
    hypotheses: dict[str, str], says: Says, values: dict[str, Any], size: int
) -> dict[str, Any] | None:
    """The values after every definition among the hypotheses has been applied, twice in order."""
    indexed, found = set(says["indexed"]), dict(values)
    for text in [*hypotheses.values()] * 2:
        left, relation, right = split_formula(text)
        if relation != " = " or left not in says["scalars"] or left in names(right):
            continue
        side = tree(right)
        if left in indexed:
            found[left] = [value(side, indexed, found, size, j) for j in range(size)]
        elif is_free(side, indexed):
            return None
        else:
            new = value(side, indexed, found, size, None)
            found[left] = Fraction(new) if isinstance(new, int) else new
    return found
