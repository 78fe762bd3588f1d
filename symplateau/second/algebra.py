"""The problem `algebra`: proofs of relations between polynomials, and values that refute one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from .expression import expand
from .polynomial import Atom, Monomial, Polynomial, atomic, call, constant, name
from .reading import fields, positive, sequence, text
from .rejection import Rejected, demand
from .witness import refute

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
RELATION = re.compile(r"([^=>]*[^=> ]) +(=|>=|>) +([^=> ][^=>]*)")


@dataclass(frozen=True)
class Relation:
    """difference: left less right, expanded. sign: =, >= or >."""

    difference: Polynomial
    sign: str


class Language:
    """The declared names, and how formulas in them expand."""

    def __init__(self, problem: Any) -> None:
        self.scalars = [text(x) for x in sequence(problem["scalars"])]
        self.vectors = [text(x) for x in sequence(problem["vectors"])]
        declared = [*self.scalars, *self.vectors]
        demand(all(NAME.fullmatch(x) is not None and x not in ("sum", "dot") for x in declared), "names")
        demand(len(set(declared)) == len(declared), "distinct names")
        self.indexed = [text(x) for x in sequence(problem["indexed"])]
        demand(set(self.indexed) <= set(declared), "declared names that are indexed")

    def bears_index(self, atom: Atom) -> bool:
        if atom.head == "sum":
            return False
        if atom.head == "dot":
            return any(self.bears_index(x) for argument in atom.arguments for x in argument.atoms())
        return atom.text in self.indexed

    def free(self, p: Polynomial) -> bool:
        return any(self.bears_index(atom) for atom in p.atoms())

    def name(self, found: str) -> Polynomial:
        demand(found in self.scalars or found in self.vectors, "a declared name")
        return atomic(name(found))

    def call(self, function: str, arguments: list[Polynomial]) -> Polynomial:
        if function == "sum" and len(arguments) == 1:
            return self.total(self.scalar(arguments[0]))
        if function == "dot" and len(arguments) == 2:
            return self.dot(*arguments)
        raise Rejected("expected sum of one or dot of two arguments")

    def total(self, p: Polynomial) -> Polynomial:
        """Its sum over the family."""
        found = constant(0)
        for monomial, c in p.terms.items():
            inner = tuple(x for x in monomial if self.bears_index(x[0]))
            outer = tuple(x for x in monomial if not self.bears_index(x[0]))
            found = found + Polynomial({outer: c}) * atomic(call("sum", Polynomial({inner: fmpq(1)})))
        return found

    def dot(self, left: Polynomial, right: Polynomial) -> Polynomial:
        found = constant(0)
        for u, p in self.components(left):
            for w, q in self.components(right):
                pair = [atomic(x) for x in sorted((u, w))]
                found = found + p * q * atomic(call("dot", *pair))
        return found

    def components(self, p: Polynomial) -> Iterator[tuple[Atom, Polynomial]]:
        """A linear combination of vectors, vector by vector."""
        for monomial, c in p.terms.items():
            demand(self.vector_degree(monomial) == 1, "a linear combination of vectors")
            vector = next(atom for atom, _ in monomial if atom.text in self.vectors)
            yield vector, Polynomial({tuple(x for x in monomial if x[0] != vector): c})

    def vector_degree(self, monomial: Monomial) -> int:
        return sum(e for atom, e in monomial if atom.text in self.vectors)

    def scalar(self, p: Polynomial) -> Polynomial:
        demand(all(self.vector_degree(monomial) == 0 for monomial in p.terms), "a scalar")
        return p

    def formula(self, given: object) -> Polynomial:
        return expand(given, self.name, self.call)

    def relation(self, given: object) -> Relation:
        found = RELATION.fullmatch(given) if type(given) is str else None
        if found is None:
            raise Rejected("expected a relation: left = right, left >= right or left > right")
        left, right = (self.scalar(self.formula(side)) for side in (found[1], found[3]))
        return Relation(left - right, found[2])


class Proof:
    """What has been shown, by citation."""

    def __init__(self, language: Language, hypotheses: dict[str, Relation]) -> None:
        self.language = language
        self.shown = dict(hypotheses)

    def cite(self, citation: Any, *signs: str) -> Relation:
        demand(type(citation) is str and citation in self.shown, "a hypothesis or an earlier step")
        found = self.shown[citation]
        demand(found.sign in signs, f"a relation with {' or '.join(signs)}")
        return found

    def step(self, number: int, given: dict[str, Any]) -> None:
        rule = given["rule"]
        demand(rule in ("combination", "bound"), "a known rule")
        fields(given, "rule states multipliers" + (" terms" if rule == "bound" else ""))
        goal = self.language.relation(given["states"])
        demand(type(given["multipliers"]) is dict, "an object of multipliers")
        parts = [self.language.scalar(self.language.formula(multiplier)) * self.cite(citation, "=").difference
                 for citation, multiplier in given["multipliers"].items()]
        if rule == "combination":
            demand(goal.sign == "=", "an equation")
        else:
            demand(goal.sign != "=", "an inequality")
            terms = [self.term(x) for x in sequence(given["terms"])]
            parts += [value for value, _ in terms]
            if goal.sign == ">":
                free = self.language.free(goal.difference)
                demand(any(strict and (free or not self.language.free(value)) for value, strict in terms),
                       "a term that is positive by form")
        self.equal(goal.difference, parts)
        self.shown[f"#{number}"] = goal

    def term(self, given: Any) -> tuple[Polynomial, bool]:
        """Its value, which is not negative, and whether it is positive by form."""
        fields(given, "coefficient", "factors square")
        value = constant(positive(given["coefficient"]))
        strict = "square" not in given
        for citation in sequence(given.get("factors", [])):
            factor = self.cite(citation, ">=", ">")
            strict = strict and factor.sign == ">"
            value = value * factor.difference
        if "square" in given:
            root = self.language.formula(given["square"])
            vectors = any(self.language.vector_degree(monomial) for monomial in root.terms)
            value = value * (self.language.dot(root, root) if vectors else root * root)
        return value, strict

    def equal(self, goal: Polynomial, parts: list[Polynomial]) -> None:
        total = constant(0)
        for part in parts:
            summed = not self.language.free(goal) and self.language.free(part)
            total = total + (self.language.total(part) if summed else part)
        demand(total == goal, "both sides to be the same polynomial")


def algebraic(problem: Any, steps: Any, trail: list[tuple[int, str]]) -> dict[str, Any]:
    """The statement of a certificate about algebra. trail: where we are, for errors."""
    fields(problem, "kind scalars vectors indexed hypotheses conclusions")
    language = Language(problem)
    demand(type(problem["hypotheses"]) is dict, "an object of hypotheses")
    demand(not any(x.startswith("#") for x in problem["hypotheses"]), "names of hypotheses without #")
    hypotheses = {key: language.relation(x) for key, x in problem["hypotheses"].items()}
    conclusions = [text(x) for x in sequence(problem["conclusions"])]
    demand(len(conclusions) > 0, "some conclusions")
    proof = Proof(language, hypotheses)
    about = {key: x for key, x in problem.items() if key != "kind"}
    trail.append((0, ""))
    demand(len(sequence(steps)) > 0, "some steps")
    for number, given in enumerate(steps):
        rule = given.get("rule") if type(given) is dict else None
        trail.append((number, rule if type(rule) is str else ""))
        demand(type(rule) is str, "an object with a rule")
        if rule == "witness":
            demand(len(steps) == 1, "a witness alone")
            fields(given, "rule values")
            relations = [(x.difference, x.sign) for x in hypotheses.values()]
            against = [language.relation(x) for x in conclusions]
            refute(language.scalars, language.vectors, language.indexed, given["values"], relations,
                   [(x.difference, x.sign) for x in against])
            del about["conclusions"]
            says = {**about, "fails": conclusions, "values": given["values"]}
            return {"kind": "witness", "says": says, "rests_on": []}
        proof.step(number, given)
    trail.append((len(steps), "end"))
    stated = {given["states"] for given in steps}
    demand(set(conclusions) <= stated, "every conclusion stated")
    return {"kind": "algebraic", "says": about, "rests_on": []}
