"""Rules of algebra: statements valid in every ordered field, for every number of daughters and of samples.

Scalars and vectors are atoms. An *indexed* one has a value for each daughter; sum(...) adds over the daughters, and a
hypothesis with an index free is meant for every daughter. dot(u, v) is an inner product, expanded bilinearly.
"x is not zero" is written "x**2 > 0", or by an inverse: "x*y = 1".
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .format import fields, rational, require
from .polynomial import Polynomial, Reader

RELATION = re.compile(r" (=|>=|>) ")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


@dataclass(frozen=True)
class Formula:
    """left relation right, as text and as left - right."""

    text: str
    relation: str
    difference: Polynomial
    indexed: bool


class Ring(Reader):
    """The atoms of one certificate, and the reader of its formulas."""

    def __init__(self, scalars: Any, vectors: Any, indexed: Any) -> None:
        require(all(type(names) is list for names in (scalars, vectors, indexed)), "lists of names")
        names = [*scalars, *vectors]
        require(all(type(x) is str and NAME.fullmatch(x) is not None for x in [*names, *indexed]), "names", names)
        require(len({*names, "sum", "dot"}) == len(names) + 2 and set(indexed) <= set(names), "distinct names", names)
        self.names, self.vectors, self.indexed = frozenset(names), frozenset(vectors), set(indexed)

    def name(self, name: str) -> Polynomial:
        require(name in self.names, "a declared name", name)
        return Polynomial.atom(name)

    def call(self, function: str, arguments: list[ast.expr]) -> Polynomial:
        require((function, len(arguments)) in (("sum", 1), ("dot", 2)), "sum(.) or dot(., .)", function)
        return {"sum": self.sum, "dot": self.dot}[function](*map(self.node, arguments))

    def free(self, polynomial: Polynomial) -> bool:
        """Whether an index is free in it."""
        return not self.indexed.isdisjoint(polynomial.atoms())

    def sum(self, polynomial: Polynomial) -> Polynomial:
        """The sum over the daughters: linear, and what bears no index comes out."""
        require(self.vectors.isdisjoint(polynomial.atoms()), "a sum of scalars", polynomial)
        total = Polynomial()
        for monomial, coefficient in polynomial.terms.items():
            inner = Polynomial([(tuple(x for x in monomial if x[0] in self.indexed), Fraction(1))])
            outer = tuple(x for x in monomial if x[0] not in self.indexed)
            total = total + Polynomial([(outer, coefficient)]) * Polynomial.atom(f"sum({inner})")
        return total

    def dot(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The inner product of two linear combinations of vectors."""
        total = Polynomial()
        for (m, x), (k, y) in ((p, q) for p in left.terms.items() for q in right.terms.items()):
            [u, w] = [[name for name, power in z for _ in range(power) if name in self.vectors] for z in (m, k)]
            require(len(u) == len(w) == 1, "linear combinations of vectors", f"{left}, {right}")
            name = f"dot({min(u[0], w[0])},{max(u[0], w[0])})"
            self.indexed |= set() if self.indexed.isdisjoint((*u, *w)) else {name}
            rest = Polynomial([(tuple(f for f in m if f[0] not in u), x)]) * Polynomial(
                [(tuple(f for f in k if f[0] not in w), y)])
            total = total + rest * Polynomial.atom(name)
        return total

    def formula(self, text: Any) -> Formula:
        found = RELATION.split(text) if type(text) is str else []
        require(len(found) == 3, "left = right, left >= right or left > right", text)
        difference = self.read(found[0]) - self.read(found[2])
        require(self.vectors.isdisjoint(difference.atoms()), "scalars on both sides", text)
        return Formula(text, found[1], difference, self.free(difference))


class Proof:
    """Formulas established so far: hypotheses by name, steps as "#k"."""

    def __init__(self, ring: Ring, known: dict[str, Formula]) -> None:
        self.ring, self.known, self.used = ring, known, set[str]()

    def cited(self, key: Any, relations: tuple[str, ...]) -> Formula:
        require(type(key) is str and key in self.known, "a hypothesis, or #k for an earlier step", key)
        self.used.add(key)
        require(self.known[key].relation in relations, " or ".join(relations), self.known[key].text)
        return self.known[key]

    def serving(self, part: Polynomial, goal: Formula) -> Polynomial:
        """A part with a free index serves a goal without one after it has been added over the daughters."""
        return self.ring.sum(part) if self.ring.free(part) and not goal.indexed else part

    def accounts(self, goal: Formula, multipliers: Any, terms: Sequence[Polynomial]) -> None:
        """left - right is the sum of the terms and of multiplier * (left - right) over the equations cited."""
        require(type(multipliers) is dict, "multipliers by citation")
        gap = goal.difference
        for key, text in multipliers.items():
            gap = gap - self.serving(self.ring.read(text) * self.cited(key, ("=",)).difference, goal)
        for part in terms:
            gap = gap - self.serving(part, goal)
        require(not gap.terms, "left - right equal to what is cited", f"remainder {gap}")

    def combination(self, goal: Formula, *, multipliers: Any) -> None:
        """An equation that is a combination of earlier equations."""
        require(goal.relation == "=", "an equation", goal.text)
        self.accounts(goal, multipliers, ())

    def bound(self, goal: Formula, *, terms: Any, multipliers: Any) -> None:
        """An inequality whose left - right is a sum of terms >= 0, plus a combination of earlier equations.

        A term is coefficient * product of earlier inequalities * square^2 (dot(square, square), if that is a vector),
        coefficient > 0. "left > right" needs one term that is > 0 by form: no square, all its inequalities strict.
        """
        require(type(terms) is list and goal.relation != "=", "an inequality, and a list of terms", goal.text)
        parts, strict = [], goal.relation == ">="
        for term in terms:
            fields(term, "coefficient", "factors square")
            part = Polynomial.constant(rational(term["coefficient"]))
            require(part.value() > 0, "a positive coefficient", part)
            facts = [self.cited(key, (">=", ">")) for key in term.get("factors", [])]
            for fact in facts:
                part = part * fact.difference
            root = self.ring.read(term.get("square", "1"))
            part = part * (root**2 if self.ring.vectors.isdisjoint(root.atoms()) else self.ring.dot(root, root))
            positive = "square" not in term and all(fact.relation == ">" for fact in facts)
            strict = strict or positive and (goal.indexed or not self.ring.free(part))
            parts.append(part)
        require(strict, "a term that is positive by form", goal.text)
        self.accounts(goal, multipliers, parts)


def check_algebra(problem: Any, steps: Sequence[Any], place: list[Any]) -> dict[str, Any]:
    """Check an algebraic certificate and return its statement. `place` is told the step and its rule."""
    fields(problem, "kind scalars vectors indexed hypotheses conclusions")
    hypotheses, conclusions = problem["hypotheses"], problem["conclusions"]
    require(type(hypotheses) is dict and type(conclusions) is list and len(conclusions) > 0
            and not any(key.startswith("#") for key in hypotheses), "hypotheses by name, and a list of conclusions")
    ring, stated = Ring(problem["scalars"], problem["vectors"], problem["indexed"]), list[str]()
    proof = Proof(ring, {key: ring.formula(text) for key, text in hypotheses.items()})
    for number, step in enumerate(steps):
        place[:] = number, step.get("rule") if type(step) is dict else "?"
        require(place[1] in ("combination", "bound"), "the rule combination or bound", place[1])
        goal = ring.formula(step.get("states"))
        getattr(proof, place[1])(goal, **{key: value for key, value in step.items() if key not in ("rule", "states")})
        proof.known[f"#{number}"] = goal
        stated.append(goal.text)
    place[:] = len(steps), "conclusion"
    idle = [n for n, text in enumerate(stated) if f"#{n}" not in proof.used and text not in conclusions]
    require(set(conclusions) <= set(stated), "a step that states each conclusion", conclusions)
    require(not idle and len(set(stated)) == len(stated), "steps that are used, each stated once", idle)
    says = {key: value for key, value in problem.items() if key != "kind"}
    return {"kind": "algebraic", "says": says, "rests_on": []}
