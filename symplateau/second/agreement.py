"""Whether two statements agree: in all that a certificate determines, and where they state bounds."""

from dataclasses import dataclass
from json import dumps
from typing import Any

from flint import fmpq

Statement = dict[str, Any]
BOUNDS = ("ball", "margin", "gradient")


@dataclass(frozen=True)
class Bound:
    """A number that came out of an enclosure. ours: of the second checker. relation: see `relation`."""

    name: str
    theirs: Any
    ours: Any
    relation: str


def disagreement(theirs: Statement, ours: Statement) -> str | None:
    """What differs although the certificate determines it, or bounds that exclude each other; or None."""
    if dumps(outline(theirs), sort_keys=True) != dumps(outline(ours), sort_keys=True):
        return "the statements differ"
    excluded = [bound.name for bound in bounds(theirs, ours) if bound.relation == "excluded"]
    return f"the bounds exclude each other: {', '.join(excluded)}" if excluded else None


def outline(statement: Statement) -> Statement:
    """The statement without the values of bounds; which there are stays in it."""
    says = statement["says"]
    if "all" in says:
        return {**statement, "says": {"all": [{**part, "says": blank(part["says"])} for part in says["all"]]}}
    return {**statement, "says": blank(says)}


def blank(says: Statement) -> Statement:
    if "location" not in says:
        return says
    return {name: None if is_bound(says, name) else value for name, value in says.items()}


def is_bound(says: Statement, name: str) -> bool:
    """Whether it comes out of an enclosure: a ball only of a point that is itself enclosed, and not split."""
    enclosed = "within" in says["location"] and not says.get("splits")
    return name in BOUNDS and (name != "ball" or enclosed)


def bounds(theirs: Statement, ours: Statement) -> list[Bound]:
    """The bounds of two statements with the same outline, in order."""
    pairs = zip(parts(theirs), parts(ours), strict=True)
    return [Bound(name, x[name], y[name], relation(name, x, y))
            for x, y in pairs if "location" in x for name in BOUNDS if name in x and is_bound(x, name)]


def parts(statement: Statement) -> list[Statement]:
    """What is said, of each fact where there are several."""
    says = statement["says"]
    return [part["says"] for part in says["all"]] if "all" in says else [says]


def relation(name: str, theirs: Statement, ours: Statement) -> str:
    """Of their bound to ours: "implied" by ours, "sharper" so that ours does not imply it, or "excluded".

    ball, margin: lower bounds of something positive, the ball within the box. gradient: a lower and an upper
    bound of one number, which both contain.
    """
    if name != "gradient":
        x, y = fmpq(theirs[name]), fmpq(ours[name])
        if x <= 0 or (name == "ball" and x >= fmpq(theirs["location"]["within"])):
            return "excluded"
        return "implied" if x <= y else "sharper"
    (low, high), (least, most) = (map(fmpq, x["gradient"]) for x in (theirs, ours))
    if low > high or low > most or least > high:
        return "excluded"
    return "implied" if low <= least and most <= high else "sharper"
