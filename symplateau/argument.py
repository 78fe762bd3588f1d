"""An argument in the making: the kernel's rules tried one by one, and the certificate of those needed."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from .errors import ProofError, Undecided
from .kernel.certificate import RULES, check
from .kernel.format import FORMAT, Rejected, encode, load, seal
from .kernel.network import Fact, Problem
from .network import Network


class Argument:
    """Steps about one network. A step that the kernel rejects raises Rejected and leaves no trace.

    Raises Undecided when the network is too large for the kernel.
    """

    def __init__(self, network: Network) -> None:
        self.network, self.source = network, network.problem()
        try:
            self.problem = Problem(self.source)
        except Rejected as error:
            raise Undecided(
                "size: the kernel takes no such network: expected {}; found {}".format(*error.args),
                "ask about a smaller network, or fewer digits",
            ) from None
        self.steps: list[dict[str, Any]] = []
        self.facts: list[Fact] = []

    def step(self, rule: str, source: int | None = None, **given: Any) -> int:
        """Apply a rule to an earlier step, or to the network: the number of the new step. Raises Rejected."""
        fact = Fact(self.problem) if source is None else self.facts[source]
        try:
            fact = RULES[rule](fact, **given)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise Rejected("a well-formed step", error) from None
        # An alarm may strike between two lines: what counts is the shorter of the two lists.
        del self.facts[len(self.steps) :]
        self.facts.append(fact)
        self.steps.append({"rule": rule, **({} if source is None else {"from": source}), **given})
        return len(self.steps) - 1

    def certificate(self, *conclusions: int) -> dict[str, Any]:
        """The sealed certificate of some steps and of those that they rest on."""
        needed: set[int] = set()
        for number in conclusions:
            source: int | None = number
            while source is not None and source not in needed:
                needed.add(source)
                source = self.steps[source].get("from")
        order = {old: new for new, old in enumerate(sorted(needed))}
        steps = [
            step | ({"from": order[step["from"]]} if "from" in step else {})
            for step in (self.steps[old] for old in order)
        ]
        return seal({"format": FORMAT, "problem": self.source, "steps": steps})


def checked(certificate: dict[str, Any]) -> dict[str, Any]:
    """The statement that the kernel reads from the bytes of a certificate: nothing in memory is believed.

    Raises CheckError or Malformed; for a certificate that we made, either is an internal error.
    """
    return check(load(encode(certificate)))


def texts(values: Iterable[Any]) -> list[str]:
    """Rationals as a certificate writes them."""
    return [str(value) for value in values]


def polynomial(powers: tuple[Fraction, ...]) -> str:
    """A polynomial in t as a formula."""
    return " + ".join(f"{x}*t**{k}" if k else str(x) for k, x in enumerate(powers) if x != 0) or "0"


def small_enough(attempt: Callable[[str], int]) -> int:
    """The step for the largest t_0 among powers of two that goes through. Raises ProofError."""
    for k in range(3, 60):
        try:
            return attempt(f"1/{2**k}")
        except Rejected as error:
            last = error
    raise ProofError(f"no sign on any (0, t_0]: expected {last.args[0]}, found {last.args[1]}")
