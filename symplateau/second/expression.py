"""Formulas: Python's grammar of sums, products, powers and calls, read by recursive descent and expanded."""

import re
from collections.abc import Callable
from keyword import iskeyword

from flint import fmpq, fmpz

from .polynomial import MAX_DEGREE, Polynomial, constant
from .rejection import Rejected, demand

MAX_CHARACTERS = 4000
MAX_DEPTH = 150
CHARACTERS = re.compile(r"[A-Za-z0-9_ ()*/+,-]*")
TOKEN = re.compile(r" *(?:([0-9]+)|([A-Za-z_][A-Za-z0-9_]*)|(\*\*|[()*/+,-]))")

Name = Callable[[str], Polynomial]
Call = Callable[[str, list[Polynomial]], Polynomial]
Quotient = Callable[[Polynomial, Polynomial], Polynomial]


def no_call(function: str, _arguments: list[Polynomial]) -> Polynomial:
    raise Rejected(f"expected no call, found one of {function}")


def by_constant(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    value = divisor.value()
    if value is None or value == 0:
        raise Rejected("expected a division by a constant that is not 0")
    return dividend.times(1 / value)


class Expression:
    """A text that is being read, and what its names, calls and quotients mean."""

    def __init__(self, text: str, names: Name, calls: Call, quotient: Quotient) -> None:
        self.names, self.calls, self.quotient = names, calls, quotient
        self.tokens = tokens(text)
        self.at = self.depth = 0

    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        """The next token if it is one of these, else nothing."""
        found = self.next()
        if found not in wanted:
            return ""
        self.at += 1
        return found

    def expect(self, wanted: str) -> None:
        demand(self.take(wanted) == wanted, f"'{wanted}'")

    def sum(self) -> Polynomial:
        self.depth += 1
        demand(self.depth <= MAX_DEPTH, "fewer brackets")
        found = self.product()
        while sign := self.take("+", "-"):
            found = found + self.product() if sign == "+" else found - self.product()
        self.depth -= 1
        return found

    def product(self) -> Polynomial:
        found = self.signed()
        while sign := self.take("*", "/"):
            other = self.signed()
            found = found * other if sign == "*" else self.quotient(found, other)
        return found

    def signed(self) -> Polynomial:
        negative = False
        while self.take("-"):
            negative = not negative
        found = self.power()
        return found.times(fmpq(-1)) if negative else found

    def power(self) -> Polynomial:
        base = self.primary()
        if not self.take("**"):
            return base
        brackets = 0
        while self.take("("):
            brackets += 1
        exponent = self.next()
        demand(exponent.isdigit() and len(exponent) < 5 and int(exponent) <= MAX_DEGREE,
               f"a whole number up to {MAX_DEGREE} as exponent")
        self.at += 1
        for _ in range(brackets):
            self.expect(")")
        demand(self.next() != "**", "a whole number as exponent, not a power")
        return base ** int(exponent)

    def primary(self) -> Polynomial:
        found = self.atom()
        demand(self.next() != "(", "a name before a call")
        return found

    def atom(self) -> Polynomial:
        function = self.callee()
        if function:
            return self.calls(function, self.arguments())
        if self.take("("):
            inner = self.sum()
            self.expect(")")
            return inner
        token = self.next()
        self.at += 1
        if token.isdigit():
            return constant(fmpq(fmpz(token)))
        demand(is_name(token), "a formula")
        return self.names(token)

    def callee(self) -> str:
        """The name of a function, perhaps in brackets, if it and an opening bracket come next."""
        start = self.at
        while self.tokens[start:start + 1] == ["("]:
            start += 1
        end = start + 1
        for _ in range(start - self.at):
            if self.tokens[end:end + 1] != [")"]:
                return ""
            end += 1
        name = self.tokens[start] if start < len(self.tokens) else ""
        if not is_name(name) or self.tokens[end:end + 1] != ["("]:
            return ""
        self.at = end + 1
        return name

    def arguments(self) -> list[Polynomial]:
        found = [self.sum()]
        while self.take(","):
            if self.next() == ")":
                break
            found.append(self.sum())
        self.expect(")")
        return found


def is_name(token: str) -> bool:
    return (token[:1].isalpha() or token[:1] == "_") and not iskeyword(token)


def tokens(text: str) -> list[str]:
    demand(len(text) <= MAX_CHARACTERS and CHARACTERS.fullmatch(text) is not None, "a formula")
    found, at = [], 0
    text = text.rstrip(" ")
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise Rejected("expected a formula")
        token = match[0].lstrip(" ")
        demand(not token.isdigit() or set(token) == {"0"} or token[0] != "0", "no leading zeros")
        found.append(token)
        at = match.end()
    return found


def expand(text: object, names: Name, calls: Call = no_call, quotient: Quotient = by_constant) -> Polynomial:
    """The polynomial that a formula denotes."""
    if type(text) is not str:
        raise Rejected("expected a formula")
    reader = Expression(text, names, calls, quotient)
    found = reader.sum()
    demand(reader.at == len(reader.tokens), "a formula, and nothing after it")
    return found
