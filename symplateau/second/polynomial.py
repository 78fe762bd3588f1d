"""Polynomials over the rationals in atoms: names, and calls of functions of other polynomials."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Any

from flint import fmpq

from .rejection import demand

MAX_WORK = 2**19  # terms that are added or multiplied, about ten microseconds each
MAX_DEGREE = 64
MAX_BITS = 2**17  # of a number


class Work:
    """What has been spent since the last reset: a certificate may spend MAX_WORK."""

    def __init__(self) -> None:
        self.spent = 0

    def reset(self) -> None:
        self.spent = 0

    def spend(self, terms: int) -> None:
        self.spent += terms
        demand(self.spent <= MAX_WORK, "formulas that are shorter when expanded")


WORK = Work()


def short(x: fmpq, power: int = 1) -> fmpq:
    """The number itself, whose power is not too long to compute with."""
    demand(x.height_bits() * power <= MAX_BITS, "shorter numbers")
    return x


@total_ordering
@dataclass(frozen=True)
class Atom:
    """A name (no arguments), or a call. Two with the same text are the same."""

    text: str
    head: str = field(compare=False)
    arguments: tuple["Polynomial", ...] = field(compare=False, default=())

    def __lt__(self, other: "Atom") -> bool:
        return self.text < other.text


Monomial = tuple[tuple[Atom, int], ...]  # atoms in order, exponents > 0


def name(text: str) -> Atom:
    return Atom(text, text)


def call(head: str, *arguments: "Polynomial") -> Atom:
    return Atom(f"{head}({','.join(str(x) for x in arguments)})", head, arguments)


class Polynomial:
    """terms: monomial to a coefficient that is not 0."""

    def __init__(self, terms: dict[Monomial, fmpq]) -> None:
        self.terms = {m: c for m, c in terms.items() if c != 0}

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        """A text that determines it."""
        parts = [str(c) + "".join(f"*{a.text}^{e}" for a, e in m) for m, c in self.terms.items()]
        return "+".join(sorted(parts))

    def __add__(self, other: "Polynomial") -> "Polynomial":
        WORK.spend(len(self.terms) + len(other.terms))
        found = dict(self.terms)
        for monomial, c in other.terms.items():
            found[monomial] = found.get(monomial, fmpq(0)) + c
        return Polynomial(found)

    def __sub__(self, other: "Polynomial") -> "Polynomial":
        return self + other.times(fmpq(-1))

    def times(self, factor: fmpq) -> "Polynomial":
        return Polynomial({m: c * factor for m, c in self.terms.items()})

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        WORK.spend(len(self.terms) * len(other.terms))
        found: dict[Monomial, fmpq] = {}
        for left, c in self.terms.items():
            for right, e in other.terms.items():
                monomial = product(left, right)
                found[monomial] = found.get(monomial, fmpq(0)) + short(c * e)
        return Polynomial(found)

    def __pow__(self, exponent: int) -> "Polynomial":
        found = constant(1)
        for _ in range(exponent):
            found = found * self
        return found

    def value(self) -> fmpq | None:
        """The number that it is, if it is one."""
        if not self.terms:
            return fmpq(0)
        return self.terms.get(()) if len(self.terms) == 1 else None

    def atoms(self) -> Iterator[Atom]:
        """Those that occur in it, not inside other atoms."""
        yield from {atom: None for monomial in self.terms for atom, _ in monomial}


def constant(value: fmpq | int) -> Polynomial:
    return Polynomial({(): fmpq(value)})


def atomic(atom: Atom) -> Polynomial:
    return Polynomial({((atom, 1),): fmpq(1)})


def product(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, e in right:
        exponents[atom] = exponents.get(atom, 0) + e
    demand(sum(exponents.values()) <= MAX_DEGREE, f"a degree of at most {MAX_DEGREE}")
    return tuple(sorted(exponents.items()))
