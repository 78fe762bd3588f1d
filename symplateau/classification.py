"""The type of the stationary point at, or near, the parameters of a network: a verdict with its certificate.

Each verdict is read off a step that the kernel's rules accepted, and its certificate goes through the kernel
once more.
"""

from fractions import Fraction
from typing import Any

from .argument import checked
from .deadline import until
from .errors import Undecided
from .investigation import Investigation, investigate
from .kernel.format import Rejected
from .kernel.network import Fact
from .network import Network
from .relu.classification import classify_relu
from .relu.network import ReluNetwork
from .stationary import PREC
from .verdicts import UNDECIDED, UNKNOWN, Report, decimal, reason, trust


def classify(network: Network | ReluNetwork, within: Fraction | None = None,
             seconds: float = 60.0) -> Report:
    """The type of the stationary point at, or near, the parameters of a network.

    within: how far the exact point may be (maximum norm; default 10^-6 of the parameters' norm). seconds: for
    the search. Raises InputError.
    """
    if isinstance(network, ReluNetwork):
        return classify_relu(network, within, seconds)
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
