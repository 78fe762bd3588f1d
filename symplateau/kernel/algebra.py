"""Rules of algebra: statements valid in every ordered field, for every number of daughters and of samples.

Scalars and vectors are atoms. An *indexed* one has a value for each member of a finite family, which is
not empty: the daughters, or the samples; sum(...) adds over it, and a formula with an index free is meant
for every member. dot(u, v) is an inner product, expanded bilinearly. "x is not zero" is written "x**2 >
0", or "x*y = 1".
"""

import operator
import re
from collections import namedtuple
from functools import reduce
from typing import Any

from .format import array, fields, listed, numbered, rational, require
from .numbers import evaluate, pairs, total
from .polynomial import Polynomial, Reader, multiplied

RELATION, HOLDS = re.compile(r" (=|>=|>) "), {"=": operator.eq, ">=": operator.ge, ">": operator.gt}
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


Formula = namedtuple("Formula", "text relation difference")  # left relation right, and left - right


class Proof(Reader):
    """The atoms of a certificate, and what is established so far: hypotheses by name, steps as "#k"."""

    def __init__(self, scalars: Any, vectors: Any, indexed: Any, hypotheses: Any) -> None:
        names = [*listed(scalars), *listed(vectors)]
        require(all(type(x) is str and NAME.fullmatch(x) is not None for x in names), "names", names)
        require(len({*names, "sum", "dot"}) == len(names) + 2 and {*listed(indexed)} <= {*names}, "names")
        super().__init__({x: Polynomial.atom(x) for x in names}, {"sum(.)": self.sum, "dot(., .)": self.dot})
        self.vectors, self.indexed = frozenset(vectors), set(indexed)
        require("#" not in {name[:1] for name in hypotheses}, "names without #")
        self.known = {x: self.formula(text) for x, text in hypotheses.items()}

    # Whether an index is free in it.
    def free(self, polynomial: Polynomial) -> bool: return not self.indexed.isdisjoint(polynomial.atoms())

    def gathered(self, polynomial: Polynomial, names: Any, atom: Any) -> Polynomial:
        """Of each monomial, the factors with these names replaced by the atom made of them."""
        own = [tuple(f for f in monomial if f[0] in names) for monomial in polynomial.terms]
        terms = pairs(own, polynomial.terms.items())
        return Polynomial((multiplied(set(m) - set(inner), [(atom(inner), 1)]), x) for inner, (m, x) in terms)

    def scalar(self, polynomial: Polynomial) -> Polynomial:
        require(self.vectors.isdisjoint(polynomial.atoms()), "a scalar", polynomial)
        return polynomial

    def sum(self, p: Polynomial) -> Polynomial:
        """The sum over the index: linear, and what bears no index comes out."""
        return self.gathered(self.scalar(p), self.indexed, lambda own: f"sum({Polynomial([(own, 1)])})")

    def dot(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The inner product of two linear combinations of vectors: bilinear and symmetric."""
        counts = {sum(k for name, k in m if name in self.vectors) for m in (*left.terms, *right.terms)}
        require(counts <= {1}, "linear combinations of vectors", f"{left}, {right}")
        return self.gathered(self.times(left, right), self.vectors, self.product)

    def product(self, vectors: Any) -> str:
        """The atom of the inner product of two vectors, which bears an index if one of them does."""
        u, w = (name for name, power in vectors for _ in range(power))
        self.indexed |= set() if self.indexed.isdisjoint((u, w)) else {f"dot({u},{w})"}
        return f"dot({u},{w})"

    def formula(self, text: Any) -> Formula:
        found = RELATION.split(text) if type(text) is str else []
        require(len(found) == 3, "left = right, left >= right or left > right", text)
        left, right = map(self.scalar, map(self.read, found[::2]))
        return Formula(text, found[1], self.combined(operator.sub, left, right))

    def cited(self, key: Any, *relations: str) -> Formula:
        known = type(key) is str and key in self.known and self.known[key].relation in relations
        require(known, f"{' or '.join(relations)}: a hypothesis, or #k for an earlier step", key)
        return self.known[key]

    def accounts(self, goal: Formula, multipliers: Any, terms: list[Polynomial]) -> None:
        """left - right is the sum of the terms and of multiplier * (left - right) over the equations cited.

        A part with a free index serves a goal without one after it has been added over the index.
        """
        gap, whole = goal.difference, not self.free(goal.difference)
        found = [self.times(self.scalar(self.read(x)), self.cited(key, "=").difference)
                 for key, x in multipliers.items()]
        for part in [*found, *terms]:
            gap = self.combined(operator.sub, gap, self.sum(part) if whole and self.free(part) else part)
        require(not gap.terms, "left - right equal to what is cited, remainder 0", gap)

    def positive(self, goal: Formula, terms: Any) -> list[Polynomial]:
        """The terms of an inequality, which are >= 0 by form.

        A term is coefficient * product of earlier inequalities * square^2 (dot(square, square), if that is a
        vector), coefficient > 0. "left > right" needs one term that is > 0 by form: no square, all its
        inequalities strict, and no index free that the goal does not have.
        """
        parts, strict = [], goal.relation == ">="
        for term in listed(terms):
            fields(term, "coefficient", "factors square")
            facts = [self.cited(key, ">=", ">") for key in listed(term.get("factors", []))]
            root, weight = self.read(term.get("square", "1")), rational(term["coefficient"])
            require(weight > 0, "a positive coefficient", weight)
            square = (self.times if self.vectors.isdisjoint(root.atoms()) else self.dot)(root, root)
            factors = [Polynomial.constant(weight), *(fact.difference for fact in facts)]
            parts.append(reduce(self.times, factors, square))
            positive = "square" not in term and all(fact.relation == ">" for fact in facts)
            strict = strict or (positive and (self.free(goal.difference) or not self.free(parts[-1])))
        require(strict, "a term that is positive by form", goal.text)
        return parts

    def at(self, polynomial: Polynomial, values: dict[str, Any], size: int, member: int) -> Any:
        """The value of a polynomial at one member of a family of this size."""
        def atom(name: str) -> Any:
            if name.startswith("sum(") and name not in values:
                inner = self.read(name[4:-1])
                values[name] = total(self.at(inner, values, size, j) for j in range(size))
            if name.startswith("dot("):
                return total(map(operator.mul, *map(atom, name[4:-1].split(","))))
            found = values[name][member] if name in self.indexed else values[name]
            self.spend(len(repr(found)))
            return found
        return evaluate(polynomial, atom)

    def holds(self, text: Any, values: dict[str, Any], size: int) -> bool:
        formula = self.formula(text)
        members = range(size if self.free(formula.difference) else min(size, 1))
        return all(HOLDS[formula.relation](self.at(formula.difference, values, size, j), 0) for j in members)


def check_witness(proof: Proof, problem: dict[str, Any], values: Any) -> dict[str, Any]:
    """Values of the atoms that satisfy every hypothesis, and violate each of the conclusions.

    Vectors are lists, shorter ones continued by zeros; what is indexed is listed by the members of a family.
    """
    fields(values, " ".join(proof.names))
    depth = {x: 1 + (x in proof.vectors) + (x in proof.indexed) for x in values}
    known = {x: array([values[x]], *[None] * depth[x])[0] for x in values}
    [size] = {len(known[x]) for x in problem["indexed"]} or {1}
    false, given = problem["conclusions"], list(problem["hypotheses"].values())
    true = {x for x in [*given, *false] if proof.holds(x, known, size)}
    require(true == {*given} and true.isdisjoint(false) and false != [], "only the hypotheses to hold", true)
    says = {x: problem[x] for x in problem if x not in ("kind", "conclusions")} | {"fails": false}
    return {"kind": "witness", "says": says | {"values": values}, "rests_on": []}


def check_algebra(problem: Any, steps: list[Any], place: list[Any]) -> dict[str, Any]:
    """Check an algebraic certificate and return its statement. `place` is told the step and its rule."""
    fields(problem, "kind scalars vectors indexed hypotheses conclusions")
    proof = Proof(*(problem[x] for x in ("scalars", "vectors", "indexed", "hypotheses")))
    conclusions = listed(problem["conclusions"])
    for number, rule, given in numbered(steps, place):
        if rule == "witness" and len(steps) == 1:
            return check_witness(proof, problem, **given)
        goal = proof.formula(given["states"])
        name, more = ("combination", "") if goal.relation == "=" else ("bound", " terms")
        fields(given, "states multipliers" + more)
        require(rule == name, f"the rule {name}", rule)
        proof.accounts(goal, given["multipliers"], proof.positive(goal, given["terms"]) if more else [])
        proof.known[f"#{number}"] = goal
    stated = {formula.text for name, formula in proof.known.items() if name.startswith("#")}
    require(conclusions != [] and set(conclusions) <= stated, "a step for each conclusion", conclusions)
    return {"kind": "algebraic", "says": {x: problem[x] for x in problem if x != "kind"}, "rests_on": []}
