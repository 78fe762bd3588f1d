"""The type of the stationary point at, or near, the parameters of a network: a verdict with its certificate.

Each verdict is read off a step that the kernel's rules accepted, and its certificate goes through the kernel
once more.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .argument import checked
from .deadline import until
from .errors import Undecided
from .investigation import Investigation, investigate, reason
from .kernel.format import Rejected
from .kernel.network import Fact
from .network import Network
from .stationary import PREC

UNDECIDED = "undecided"
UNKNOWN: dict[str, Any] = {
    "verdict": UNDECIDED,
    "about": "given point",
    "given": {"stationary": UNDECIDED, "gradient": None},
    "nearby": {"exists": None, "unique": None, "radius": None},
    "index": None,
    "strict_saddle": None,
    "global": "unknown",
    "margin": None,
    "trust": None,
    "loss": None,
    "reasons": [],
    "certificate": None,
}


@dataclass
class Report:
    """What `classify` and `plateau` answer: `content` as JSON, its certificate, and the statement proved.

    distance: at most so far is the exact point from the given one (maximum norm); None where none is proved.
    A verdict `undecided` has no certificate.
    """

    content: dict[str, Any]
    certificate: dict[str, Any] | None = None
    statement: dict[str, Any] | None = None
    distance: Fraction | None = None

    @property
    def verdict(self) -> str:
        """The answer; of `plateau` that at the coefficients, or on the whole plateau when none are given."""
        whole = self.content.get("plateau", UNDECIDED)
        return str(self.content["verdict"] or whole)


def classify(network: Network, within: Fraction | None = None, seconds: float = 60.0) -> Report:
    """The type of the stationary point at, or near, the parameters of a network.

    within: how far the exact point may be (maximum norm; default 10^-6 of the parameters' norm). seconds: for
    the search. Raises InputError.
    """
    try:
        found = investigate(network, within, seconds)
    except Undecided as error:
        return Report(UNKNOWN | {"reasons": [reason(error)]})
    verdict, step = conclude(found)
    distance = found.distance if found.nearby["exists"] else None
    if step is None or verdict == UNDECIDED:
        return Report(describe(found, verdict), distance=distance)
    certificate = found.argument.certificate(step)
    known = {"trust": trust(certificate), "certificate": certificate["sha256"]}
    return Report(describe(found, verdict) | known, certificate, checked(certificate), distance)


def trust(certificate: dict[str, Any]) -> str:
    """The level of trust in what a certificate proves: a step with a precision works with enclosures."""
    return "enclosed" if any("prec" in step for step in certificate["steps"]) else "exact"


def conclude(found: Investigation) -> tuple[str, int | None]:
    """The verdict, and the step that says it. It is about the exact point only when that is near enough."""
    if found.point is not None and not found.far:
        return found.fact.type or UNDECIDED, found.point
    return (UNDECIDED if found.refuted is None else "not stationary"), found.refuted


def describe(found: Investigation, verdict: str) -> dict[str, Any]:
    """The JSON of `classify`, but for the certificate and the trust in it."""
    given, nearby, proved = (
        found.given["gradient"],
        found.nearby["radius"],
        found.point is not None and not found.far,
    )
    fact = found.fact if proved else Fact(found.argument.problem)
    inertia = list(fact.inertia) if fact.inertia else None
    return UNKNOWN | {
        "verdict": verdict,
        "about": "exact point within radius" if proved and not found.exact else "given point",
        "given": found.given | {"gradient": given and [decimal(given[0]), decimal(given[1], up=True)]},
        "nearby": found.nearby | {"radius": None if nearby is None else decimal(nearby)},
        "index": inertia,
        "strict_saddle": inertia[2] > 0 if inertia and verdict == "saddle" else None,
        "global": "global minimum" if fact.lowest else "unknown",
        "margin": None if fact.margin is None else decimal(fact.margin),
        "loss": enclose_loss(fact, PREC if fact.within or not found.exact else None, found.deadline),
        "reasons": list(found.reasons),
    }


def enclose_loss(point: Fact, prec: int | None, deadline: float) -> list[str] | None:
    """Decimal bounds of the loss at a point, with the kernel's intervals or (prec None) exactly.

    None where it cannot be evaluated, or not in time.
    """
    try:
        with until(deadline):
            residuals = point.state(prec, 0).e
    except (Rejected, ArithmeticError, Undecided):
        return None
    total = sum((e**2 for e in residuals), 0) * (point.problem.factor / 2)
    if isinstance(total, Fraction):
        return [decimal(total), decimal(total, up=True)]
    unit = 1 << total.prec
    return [decimal(Fraction(total.lo, unit)), decimal(Fraction(total.hi, unit), up=True)]


def decimal(value: Fraction, up: bool = False, digits: int = 12) -> str:
    """A rational in scientific notation with so many digits, rounded down, or up.

    >>> decimal(Fraction(2, 3), digits=3), decimal(Fraction(2, 3), up=True, digits=3), decimal(Fraction(5))
    ('6.66e-1', '6.67e-1', '5.0')
    """
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
    scaled = value / Fraction(10) ** (exponent - digits + 1)
    number = math.ceil(scaled) if up else math.floor(scaled)
    text = str(abs(number))
    exponent += len(text) - digits
    mantissa = f"{text[0]}.{text[1:].rstrip('0') or '0'}"
    return ("-" if number < 0 else "") + (mantissa if exponent == 0 else f"{mantissa}e{exponent}")
