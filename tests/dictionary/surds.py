"""Numbers p + q sqrt(29), p and q rational, exactly: what the third saddle of appendix I.0.2 needs."""

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import Any

SQUARE = 29


@total_ordering
@dataclass(frozen=True, eq=False)
class Surd:
    """p + q sqrt(29). Arithmetic and order with rationals on either side."""

    p: Fraction
    q: Fraction = Fraction(0)

    @property
    def sign(self) -> int:
        """That of the larger of p and q sqrt(29) in size; they are equal only when both are 0."""
        larger = self.p if self.p**2 > SQUARE * self.q**2 else self.q
        return (larger > 0) - (larger < 0)

    def __add__(self, other: Any) -> "Surd":
        other = surd(other)
        return Surd(self.p + other.p, self.q + other.q)

    def __neg__(self) -> "Surd":
        return Surd(-self.p, -self.q)

    def __mul__(self, other: Any) -> "Surd":
        other = surd(other)
        return Surd(self.p * other.p + SQUARE * self.q * other.q, self.p * other.q + self.q * other.p)

    def __truediv__(self, other: Any) -> "Surd":
        other = surd(other)
        norm = other.p**2 - SQUARE * other.q**2
        return self * Surd(other.p / norm, -other.q / norm)

    def __pow__(self, power: int) -> "Surd":
        found = Surd(Fraction(1))
        for _ in range(power):
            found *= self
        return found

    def __sub__(self, other: Any) -> "Surd":
        return self + -surd(other)

    def __rsub__(self, other: Any) -> "Surd":
        return -self + other

    def __rtruediv__(self, other: Any) -> "Surd":
        return surd(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __bool__(self) -> bool:
        return self.sign != 0

    def __eq__(self, other: object) -> bool:
        return not self - other

    def __lt__(self, other: Any) -> bool:
        return (self - other).sign < 0

    def __hash__(self) -> int:
        return hash((self.p, self.q))


def surd(x: Any) -> Surd:
    return x if isinstance(x, Surd) else Surd(Fraction(x))
