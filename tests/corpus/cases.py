"""A point whose type is known by hand, the answers that are true of it, and how an answer is judged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symplateau.classification import classify
from symplateau.network import Network
from symplateau.plateaus import plateau
from symplateau.relu.network import ReluNetwork

MINIMUM, STRICT, SADDLE, MAXIMUM = "local minimum", "strict local minimum", "saddle", "local maximum"
CONSTANT, MOVING, UNDECIDED = "locally constant", "not stationary", "undecided"
# What may truly be said of a point of each type. A strict minimum is a minimum; where the loss is locally
# constant, each point is a minimum and a maximum. A maximum of the loss of a ReLU-like network may be not
# stationary in the sense of paper B: the loss falls at first order on every side.
TRUE = {
    MINIMUM: {MINIMUM},
    STRICT: {STRICT, MINIMUM},
    SADDLE: {SADDLE},
    MAXIMUM: {MAXIMUM},
    CONSTANT: {CONSTANT, MINIMUM, MAXIMUM},
    MOVING: {MOVING},
    "maximum with a kink": {MAXIMUM, MOVING},
}


@dataclass(frozen=True)
class Case:
    """A point, and its type found by hand.

    at: a neuron and the coefficients of its split, about which is asked then; truth is the type of the split
    point. regions: the types on the sign patterns of such splits. fitted: whether the loss is 0. inertia: of
    the Hessian, where it is known by hand. falls, rises: steps of all parameters (in the order of theta; of a
    split point its own) to where the loss is lower, higher: of a saddle that is not seen at second order.
    """

    name: str
    network: Network | ReluNetwork
    truth: str
    at: tuple[int, tuple[str, ...]] | None = None
    regions: dict[str, str] = field(default_factory=dict)
    fitted: bool = False
    inertia: tuple[int, int, int] | None = None
    within: Fraction | None = None
    falls: tuple[Fraction, ...] | None = None
    rises: tuple[Fraction, ...] | None = None


@dataclass(frozen=True)
class Family:
    """Points that have their type for the same reason, which is the docstring of their generator."""

    name: str
    cases: Callable[[], Iterator[Case]]

    @property
    def reason(self) -> str:
        return " ".join((self.cases.__doc__ or "").split())


@dataclass(frozen=True)
class Outcome:
    """fate: right, undecided or wrong. wrong: what was said that is false. codes: of the reasons given."""

    case: Case
    verdict: str
    wrong: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether the type is in a reason, found without a rule of the kernel for it (U14)."""
        return self.fate == UNDECIDED and "U14" in self.codes

    @property
    def fate(self) -> str:
        return "wrong" if self.wrong else "undecided" if self.verdict == UNDECIDED else "right"


def ask(case: Case, seconds: float = 60.0) -> Outcome:
    """What the program says of a point, judged."""
    if case.at is None:
        content = classify(case.network, case.within, seconds).content
    else:
        assert isinstance(case.network, Network)
        content = plateau(case.network, case.at[0], list(case.at[1]), seconds=seconds).content
    codes = tuple(dict.fromkeys(reason["code"] for reason in content["reasons"]))
    return Outcome(case, content["verdict"], tuple(lies(case, content)), codes)


def lies(case: Case, content: dict[str, Any]) -> Iterator[str]:
    """What an answer says that is not true."""
    verdict = content["verdict"]
    if verdict != UNDECIDED and verdict not in TRUE[case.truth]:
        yield f"verdict {verdict}"
    for region in content.get("regions", ()):
        kind = case.regions.get(region["signs"])
        if kind and region["verdict"] != UNDECIDED and region["verdict"] not in TRUE[kind]:
            yield f"region {region['signs']}: {region['verdict']}"
    for reason in content.get("reasons", ()):
        for kind in (SADDLE, MINIMUM):  # found, but outside the rules of the kernel
            if reason["text"].startswith(f"a {kind}") and kind not in TRUE[case.truth]:
                yield f"a reason that speaks of a {kind}"
    if content.get("global") == "global minimum" and not case.fitted:
        yield "a loss of 0"
    if case.inertia and content.get("index") not in (None, list(case.inertia)):
        yield f"inertia {content['index']}"
    strict, known = content.get("strict_saddle"), case.inertia
    if strict is not None and known and strict != (known[2] > 0):
        yield f"strict saddle: {strict}"
