"""A step about a network: its fields, read, and the fact that it starts from."""

from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from .congruence import Congruence, congruence
from .fact import GUARD, Fact
from .network import Matrix, Network, State
from .range import precision
from .reading import integer, matrix, positive, rational, rationals, sequence, signs
from .rejection import demand

MIN_BITS, MAX_BITS = 16, 4096


@dataclass(frozen=True)
class Step:
    """given: its fields. source: the fact from which it starts, an unknown theta_0 without `from`."""

    network: Network
    given: dict[str, Any]
    source: Fact

    def has(self, name: str) -> bool:
        return name in self.given

    def stationary(self) -> Fact:
        """The source, which must be a stationary point."""
        demand(self.has("from") and self.source.stationary and self.source.kind() == "point",
               "a stationary point to start from")
        return self.source

    def precision(self) -> precision:
        """The working precision: the hint and a guard."""
        return precision(integer(self.given["prec"], MIN_BITS, MAX_BITS) + GUARD)

    def exactly(self) -> State:
        return self.source.place.exactly(self.network)

    def enclosed(self, spread: fmpq | arb | int = 0) -> State:
        return self.source.place.enclosed(self.network, spread)

    def neurons(self) -> int:
        return len(self.network.v) + sum(len(shares) - 1 for _, shares in self.source.place.splits)

    def parameters(self) -> int:
        """How many the network has at the place."""
        return self.neurons() * (1 + self.network.d) + (self.network.c is not None)

    def neuron(self) -> int:
        return integer(self.given["neuron"], 0, self.neurons() - 1)

    def number(self, name: str) -> fmpq:
        return positive(self.given[name])

    def direction(self, length: int) -> list[fmpq]:
        return rationals(self.given["direction"], length)

    def coefficients(self) -> list[fmpq]:
        """At least two, of sum 1."""
        found = [rational(x) for x in sequence(self.given["coefficients"])]
        demand(len(found) >= 2 and sum(found, fmpq(0)) == 1, "at least two coefficients of sum 1")
        return found

    def basis(self, rows: int) -> list[list[fmpq]]:
        """As many columns as there are signs."""
        return matrix(self.given["basis"], rows, len(self.signs()))

    def signs(self) -> list[int]:
        return signs(self.given["signs"])

    def congruent(self, M: Matrix, rows: int) -> Congruence:
        """C(M, basis, signs)."""
        return congruence(M, self.basis(rows), self.signs())
