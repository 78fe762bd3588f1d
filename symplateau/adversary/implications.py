"""Why a changed statement is true all the same: short proofs from the proof of the original.

Untrusted: each is a certificate that the kernel accepts, or it is no reason. Tried are the proof as it is,
or with other coefficients; the old hypothesis derived from the new ones; the new conclusion derived from the
old steps; and a contradiction between the hypotheses.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

from ..kernel.algebra import Proof
from ..kernel.certificate import check
from ..kernel.format import CheckError, Rejected
from ..kernel.polynomial import Polynomial
from .mutants import Mutant, retold
from .retuning import retuned

Step = dict[str, Any]
Part = tuple[Polynomial, Step]  # what may be cited, and how: the name of an equation, or a term
ABSURD = "0 >= 1"
SAME, TUNED, HYPOTHESIS, CONCLUSION, EMPTY = (
    "the same proof", "the same proof with other coefficients",
    "the old hypothesis follows", "follows from the old steps", "contradictory hypotheses")


def accepted(certificate: Mapping[str, Any]) -> bool:
    """Whether the kernel accepts it."""
    try:
        check(dict(certificate))
    except CheckError:
        return False
    return True


def implied(original: Mapping[str, Any], mutant: Mutant, empty: bool = True) -> str | None:
    """The reason why the mutant is true, proved by the kernel; None where none was found.

    original: the certificate of the original statement. empty: whether to look for a contradiction.
    """
    told = retold(original, mutant)
    if accepted(told):
        return SAME
    if mutant.hypothesis is None:
        tries = [(CONCLUSION, _ends(original, told, mutant))]
    else:
        tries = [(HYPOTHESIS, _begins(original, told, mutant)), *([(EMPTY, _absurd(told))] if empty else [])]
    for reason, steps in [*tries, (TUNED, retuned(told))]:
        problem = told["problem"] | ({"conclusions": [ABSURD]} if reason == EMPTY else {})
        if steps and accepted(told | {"problem": problem, "steps": steps}):
            return reason
    return None


def _begins(original: Mapping[str, Any], told: Mapping[str, Any], mutant: Mutant) -> list[Step]:
    """The old hypothesis first, then the old proof, which cites it."""
    first = derived(mutant.before, told["problem"], [], mutant.hypothesis)

    def moved(name: str) -> str:
        return "#0" if name == mutant.hypothesis else f"#{int(name[1:]) + 1}" if name[0] == "#" else name

    return [first, *(_cited(step, moved) for step in original["steps"])] if first else []


def _cited(step: Mapping[str, Any], moved: Any) -> Step:
    using = {moved(name): x for name, x in step["multipliers"].items()}
    terms = [term | ({"factors": [moved(x) for x in term["factors"]]} if "factors" in term else {})
             for term in step.get("terms", [])]
    return {**step, "multipliers": using} | ({"terms": terms} if "terms" in step else {})


def _ends(original: Mapping[str, Any], told: Mapping[str, Any], mutant: Mutant) -> list[Step]:
    last = derived(str(mutant.after), told["problem"], original["steps"], None)
    return [*original["steps"], last] if last else []


def _absurd(told: Mapping[str, Any]) -> list[Step]:
    last = derived(ABSURD, told["problem"], [], None)
    return [last] if last else []


def derived(goal: str, problem: Mapping[str, Any], steps: Sequence[Step], first: str | None) -> Step | None:
    """A step that states the goal: left - right = c F(cited) + d X, X also cited, or positive by form.

    first: what to cite before all else.
    """
    try:
        proof = Proof(*(problem[x] for x in ("scalars", "vectors", "indexed", "hypotheses")))
        wanted = proof.formula(goal)
        for number, step in enumerate(steps):
            proof.known[f"#{number}"] = proof.formula(step["states"])
        whole = not proof.free(wanted.difference)
        parts = [(_added(proof, x, whole), how) for x, how in _parts(proof)]
    except Rejected:
        return None
    byform: dict[Any, list[Part]] = {_shape(Polynomial(())): [(Polynomial(()), {"name": None})]}
    for x, how in parts:
        byform.setdefault(_shape(x), []).append((x, how))
    cited = [part for part in parts if _name(part[1]) is not None and len(part[1].get("factors", "1")) == 1]
    cited.sort(key=lambda part: _name(part[1]) != first)
    sums = _sums(wanted.difference, wanted.relation == "=", cited, byform, 2 if goal == ABSURD else 1)
    return next((_step(goal, wanted.relation, found) for found in sums), None)


def _sums(rest: Polynomial, equation: bool, cited: list[Part], byform: Mapping[Any, list[Part]],
          depth: int) -> Iterator[list[tuple[Fraction, Step]]]:
    """The ways to write a polynomial as a sum of multiples: of `depth` things cited, and one more of any."""
    for x, how in byform.get(_shape(rest), []):
        c = _ratio(rest, x)
        if _allowed(c, how, equation):
            yield [(c, how)]
    for x, how in cited if depth else []:
        for c in _ratios(rest, x):
            if _allowed(c, how, equation):
                less = rest - Polynomial.constant(c) * x
                yield from ([(c, how), *more] for more in _sums(less, equation, cited, byform, depth - 1))


def _allowed(c: Fraction, how: Step, equation: bool) -> bool:
    """Equations count with any factor; inequalities with a positive one, and not for an equation."""
    return "name" in how or (c > 0 and not equation)


def _parts(proof: Proof) -> Iterator[Part]:
    """What may be cited: equations by name, and products of inequalities and squares of atoms."""
    signs: list[tuple[Polynomial, str]] = []
    yield Polynomial.constant(1), {"factors": []}
    for name, formula in proof.known.items():
        if formula.relation == "=":
            yield formula.difference, {"name": name}
        else:
            signs.append((formula.difference, name))
            yield formula.difference, {"factors": [name]}
    for atom in sorted(proof.names):
        square = proof.read(f"dot({atom}, {atom})" if atom in proof.vectors else f"{atom}**2")
        yield square, {"factors": [], "square": atom}
        yield from ((square * x, {"factors": [name], "square": atom}) for x, name in signs)
    simple = [part for part in signs if len(part[0].terms) == 1]
    for count, pool in ((2, signs), (3, simple)):
        for chosen in combinations_with_replacement(pool, count):
            product = Polynomial.constant(1)
            for x, _ in chosen:
                product = product * x
            yield product, {"factors": [name for _, name in chosen]}


def _added(proof: Proof, x: Polynomial, whole: bool) -> Polynomial:
    return proof.sum(x) if whole and proof.free(x) else x


def _shape(x: Polynomial) -> Any:
    """The same for all multiples of a polynomial."""
    terms = sorted(x.terms.items())
    return tuple((monomial, k / terms[0][1]) for monomial, k in terms)


def _ratio(x: Polynomial, y: Polynomial) -> Fraction:
    """x/y, for multiples of each other; 0 where both are zero."""
    return next((Fraction(k / y.terms[monomial]) for monomial, k in x.terms.items()), Fraction(0))


def _ratios(goal: Polynomial, x: Polynomial) -> list[Fraction]:
    """The factors of x that cancel a monomial of the goal."""
    return list(dict.fromkeys([k / x.terms[m] for m, k in goal.terms.items() if m in x.terms] or (
        [Fraction(0)] if not x.terms else [Fraction(1), Fraction(-1)])))


def _name(how: Step) -> str | None:
    return how["name"] if "name" in how else next(iter(how["factors"]), None)


def _step(goal: str, relation: str, parts: Sequence[tuple[Fraction, Step]]) -> Step:
    using: dict[str, Fraction] = {}
    for c, how in parts:
        if c and "name" in how:
            using[how["name"]] = using.get(how["name"], Fraction(0)) + c
    step: Step = {"states": goal, "multipliers": {name: str(c) for name, c in using.items()}}
    if relation == "=":
        return step | {"rule": "combination"}
    terms = [{"coefficient": str(c), **how} for c, how in parts if "name" not in how]
    return step | {"rule": "bound", "terms": terms}
