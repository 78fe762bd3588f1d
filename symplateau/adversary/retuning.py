"""An algebraic proof with other rational coefficients, found by exact linear algebra.

Untrusted: the kernel re-checks what comes of it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..kernel.algebra import Formula, Proof
from ..kernel.format import Rejected
from ..kernel.polynomial import Polynomial
from ..simplex import Optimum, minimize

Step = dict[str, Any]
Row = dict[int, Fraction]  # a linear equation: coefficients by unknown, and the right side under RIGHT
RIGHT = -1


def retuned(certificate: Mapping[str, Any]) -> list[Step] | None:
    """Steps that state the same by the same citations and terms, each with a new coefficient; or None."""
    problem = certificate["problem"]
    steps: list[Step] = []
    try:
        proof = Proof(*(problem[x] for x in ("scalars", "vectors", "indexed", "hypotheses")))
        for number, step in enumerate(certificate["steps"]):
            goal = proof.formula(step["states"])
            found = _step(proof, goal, step)
            if found is None:
                return None
            steps.append(found)
            proof.known[f"#{number}"] = goal
    except Rejected:
        return None
    return steps


def _step(proof: Proof, goal: Formula, step: Mapping[str, Any]) -> Step | None:
    whole = not proof.free(goal.difference)

    def column(x: Polynomial) -> Polynomial:
        return proof.sum(x) if whole and proof.free(x) else x

    monomials = [(name, Polynomial([(m, Fraction(1))])) for name, text in step["multipliers"].items()
                 for m in proof.read(text).terms]
    free = [column(m * proof.cited(name, "=").difference) for name, m in monomials]
    terms = [] if goal.relation == "=" else _terms(proof, step["terms"])
    signed = [column(_product(proof, term)) for term in terms]
    for first, weight in _strict(proof, goal, terms):
        rest = goal.difference - (Polynomial.constant(weight) * signed[first] if weight else Polynomial(()))
        found = combination(rest, free, signed)
        if found is not None:
            if weight:
                found[len(free) + first] += weight
            return _told(goal, monomials, terms, found)
    return None


def _terms(proof: Proof, given: Sequence[Step]) -> list[Step]:
    """Those of the proof, what is left of them without a factor, each inequality, and a constant."""
    found: list[Step] = [{"factors": []} | {key: x[key] for key in ("factors", "square") if key in x}
                         for x in given]
    found += [{**x, "factors": x["factors"][:k] + x["factors"][k + 1 :]} for x in found
              for k in range(len(x["factors"]))]
    found += [{"factors": [name]} for name, formula in proof.known.items() if formula.relation != "="]
    found.append({"factors": []})
    return [x for k, x in enumerate(found) if x not in found[:k]]


def _product(proof: Proof, term: Step) -> Polynomial:
    root = proof.read(term.get("square", "1"))
    product = proof.times(root, root) if proof.vectors.isdisjoint(root.atoms()) else proof.dot(root, root)
    for name in term["factors"]:
        product = proof.times(product, proof.cited(name, ">=", ">").difference)
    return product


def _strict(proof: Proof, goal: Formula, terms: Sequence[Step]) -> list[tuple[int, Fraction]]:
    """What to count at least, for a strict goal: a term that is positive, and its coefficient."""
    if goal.relation != ">":
        return [(0, Fraction(0))]
    positive = [k for k, term in enumerate(terms) if "square" not in term
                and all(proof.known[name].relation == ">" for name in term["factors"])]
    return [(k, Fraction(1, weight)) for k in positive[:6] for weight in (1, 2, 16)]


def _told(goal: Formula, monomials: Sequence[tuple[str, Polynomial]], terms: Sequence[Step],
          found: Sequence[Fraction]) -> Step:
    using: dict[str, Polynomial] = {}
    for (name, m), c in zip(monomials, found, strict=False):
        using[name] = using.get(name, Polynomial(())) + Polynomial.constant(c) * m
    step: Step = {"states": goal.text, "multipliers": {name: str(x) for name, x in using.items() if x.terms}}
    if goal.relation == "=":
        return step | {"rule": "combination"}
    weights = found[len(monomials) :]
    return step | {"rule": "bound", "terms": [
        {"coefficient": str(c), **term} for term, c in zip(terms, weights, strict=True) if c]}


def combination(
    goal: Polynomial, free: Sequence[Polynomial], signed: Sequence[Polynomial]
) -> list[Fraction] | None:
    """Coefficients with goal = sum c_j free_j + sum d_k signed_k, all d_k >= 0: the c_j, then the d_k.

    None where there are none.
    """
    columns = [*free, *signed]
    rows: dict[Any, Row] = {m: {RIGHT: Fraction(x)} for m, x in goal.terms.items()}
    for k, column in enumerate(columns):
        for m, x in column.terms.items():
            rows.setdefault(m, {})[k] = Fraction(x)
    left, pivots = list(rows.values()), dict[int, Row]()
    for k in range(len(free)):
        pivot = next((row for row in left if k in row), None)
        if pivot is not None:
            left = [row for row in left if row is not pivot]
            pivots[k] = {j: x / pivot[k] for j, x in pivot.items()}
            left = [_less(row, k, pivots[k]) for row in left]
            pivots = {j: row if j == k else _less(row, k, pivots[k]) for j, row in pivots.items()}
    weights = nonnegative([row for row in left if row], range(len(free), len(columns)))
    if weights is None:
        return None
    found = [weights.get(k, Fraction(0)) for k in range(len(columns))]
    for k, row in pivots.items():
        found[k] = row.get(RIGHT, Fraction(0)) - sum(
            (x * found[j] for j, x in row.items() if j >= len(free)), Fraction(0))
    return found


def _less(row: Row, k: int, pivot: Row) -> Row:
    """The row without unknown k, of which the pivot has coefficient 1."""
    if k not in row:
        return row
    zero = Fraction(0)
    both = {j: row.get(j, zero) - row[k] * pivot.get(j, zero) for j in row.keys() | pivot.keys()}
    return {j: x for j, x in both.items() if x}


def nonnegative(rows: Sequence[Row], unknowns: Sequence[int]) -> dict[int, Fraction] | None:
    """A solution of linear equations in numbers >= 0, those that are not 0; None where there is none."""
    zero = Fraction(0)
    columns = [[row.get(k, zero) for row in rows] for k in unknowns]
    found = minimize(columns, [row.get(RIGHT, zero) for row in rows])
    if not isinstance(found, Optimum):
        return None
    return {k: x for k, x in zip(unknowns, found.x, strict=True) if x}
