"""Answers in three values: yes, no, undecided; with the steps that show them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..argument import Argument

Proof = tuple[tuple[Argument, int], ...]


class Finding(NamedTuple):
    """An answer, the steps that show it, and what exact arithmetic on the network adds to them."""

    value: bool | None
    proof: Proof = ()
    because: tuple[str, ...] = ()

    def __invert__(self) -> "Finding":
        return self._replace(value=None if self.value is None else not self.value)


UNKNOWN = Finding(None)


def both(*findings: Finding) -> Finding:
    """All of them hold: False as soon as one fails, None where one is undecided."""
    failed = next((x for x in findings if x.value is False), None)
    if failed is not None:
        return failed
    if any(x.value is None for x in findings):
        return UNKNOWN
    return Finding(True, tuple(step for x in findings for step in x.proof),
                   tuple(dict.fromkeys(text for x in findings for text in x.because)))


def either(*findings: Finding) -> Finding:
    """One of them holds, at least."""
    return ~both(*(~x for x in findings))


def exactly(value: bool | None, because: str) -> Finding:
    """An answer that exact arithmetic gives."""
    return Finding(value, because=(because,))


def shown(argument: Argument, step: int | None) -> Finding:
    """What a step shows; undecided without one."""
    return UNKNOWN if step is None else Finding(True, ((argument, step),))


def sign_or_zero(x: Any) -> int | None:
    """The sign of a rational, 0 only if it is 0; of an interval None (false) where it is not certain."""
    if not hasattr(x, "prec"):
        return int(x > 0) - int(x < 0)
    sign: int = x.sign()
    return (sign or None) if x.lo != x.hi or x.lo else 0


def decided(stationary: Finding, yes: Finding, no: Callable[[], Finding]) -> Finding:
    """A local minimum, say: shown by `yes`; denied by a path, or by a gradient."""
    if stationary.value is False:
        return Finding(False, stationary.proof)
    return yes if yes.value else ~no() if no().value else UNKNOWN
