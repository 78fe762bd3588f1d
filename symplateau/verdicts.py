"""Verdicts about points, as `classify` and `plateau` report them: JSON, numbered reasons, decimal bounds."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .errors import Undecided

# A reason is an Undecided whose text begins with one of these names. The numbers are part of the interface.
CODES = {
    "newton": "U1",  # no stationary point was reached
    "singular": "U2",  # an eigenvalue is not distinguishable from zero
    "degenerate": "U3",  # no box on which the Hessian keeps its signs
    "far": "U4",  # proved, but farther than --within
    "semidefinite": "U5",  # second order does not decide
    "zero": "U6",  # the inner Hessian is zero
    "radius": "U7",  # decided, but no radius was found
    "time": "U8",  # the time is used up
    "given": "U9",  # the gradient could not be told from zero
    "size": "U10",  # too large for the kernel
    "undefined": "U11",  # the activation cannot be evaluated there
    "overflow": "U12",  # beyond the range of floating point
    "nearby": "U1",  # ReLU-like: no stationary point was found near
    "patterns": "U13",  # ReLU-like: too many samples at a kink
    "generators": "U13",
    "flat cones": "U13",
    "ratio": "U13",
    "kernel": "U14",  # found, but outside the rules of the kernel
    "enclosed": "U15",  # ReLU-like: the exact point is irrational
    "process": "U16",  # the process that worked on it ended, as when memory runs out
}
Reason = dict[str, str]
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


def reason(error: Undecided) -> Reason:
    """The numbered reason that an Undecided stands for."""
    name, _, text = error.reason.partition(": ")
    return {"code": CODES.get(name, "U0"), "text": text or name, "next": error.next}


def trust(certificate: dict[str, Any]) -> str:
    """The level of trust in what a certificate proves: a step with a precision works with enclosures."""
    return "enclosed" if any("prec" in step for step in certificate["steps"]) else "exact"


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
