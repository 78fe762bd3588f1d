"""Values that satisfy hypotheses and violate conclusions."""

from itertools import zip_longest
from typing import Any

from flint import fmpq

from .polynomial import Atom, Polynomial, short
from .reading import rational, sequence
from .rejection import demand

Claim = tuple[Polynomial, str]  # a difference, and how it compares with 0
MAX_DIGITS = 2**17


def refute(scalars: list[str], vectors: list[str], indexed: list[str], values: Any,
           hypotheses: list[Claim], conclusions: list[Claim]) -> None:
    """Demand that at the values all hypotheses hold, and none of the conclusions."""
    model = Model(scalars, vectors, indexed, values)
    for claim in hypotheses:
        demand(model.holds(claim), "hypotheses that hold")
    for claim in conclusions:
        demand(not model.holds(claim), "conclusions that fail")


class Model:
    """A value of each name, for each member of the family."""

    def __init__(self, scalars: list[str], vectors: list[str], indexed: list[str], values: Any) -> None:
        demand(type(values) is dict and set(values) == {*scalars, *vectors}, "a value for every name")
        sizes = {len(sequence(values[x])) for x in indexed}
        demand(len(sizes) <= 1 and 0 not in sizes, "families of one length, not empty")
        self.members = sizes.pop() if sizes else 1
        self.values: dict[str, list[Any]] = {}
        for name, given in values.items():
            each = sequence(given) if name in indexed else [given] * self.members
            read = [[rational(x) for x in sequence(one)] for one in each] if name in vectors else [
                rational(one) for one in each]
            self.values[name] = read
        digits = sum(len(str(x)) for one in self.values.values() for x in one)
        demand(digits <= MAX_DIGITS, "fewer digits")

    def holds(self, claim: Claim) -> bool:
        """At every member; without a free index the member makes no difference."""
        difference, sign = claim
        found = [self.value(difference, member) for member in range(self.members)]
        if sign == "=":
            return all(x == 0 for x in found)
        return all(x > 0 or (x == 0 and sign == ">=") for x in found)

    def value(self, p: Polynomial, member: int) -> fmpq:
        found = fmpq(0)
        for monomial, c in p.terms.items():
            for atom, e in monomial:
                c = short(c * short(self.at(atom, member), e) ** e)
            found = short(found + c)
        return found

    def at(self, atom: Atom, member: int) -> fmpq:
        if atom.head == "sum":
            return sum((self.value(atom.arguments[0], k) for k in range(self.members)), fmpq(0))
        if atom.head == "dot":
            u, w = (self.values[str(next(iter(x.atoms())).text)][member] for x in atom.arguments)
            return sum((a * b for a, b in zip_longest(u, w, fillvalue=fmpq(0))), fmpq(0))
        found: fmpq = self.values[atom.text][member]
        return found
