"""The words of a proof script: assume, state, qed.

A script builds, for each statement of its claim's goal, one algebraic certificate. Whatever it writes, the
kernel decides: `qed` returns only what the kernel has accepted.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .argument import checked
from .errors import ProofError
from .kernel.format import FORMAT, CheckError, seal

Term = dict[str, Any]


def term(*factors: str, coefficient: str = "1", square: str | None = None) -> Term:
    """A quantity that is >= 0 by form: coefficient * product of earlier inequalities * square^2.

    factors: what is cited, each of the form left >= right or left > right. square: a scalar, or a vector,
    for the inner product with itself.
    """
    found: Term = {"coefficient": coefficient}
    if factors:
        found["factors"] = list(factors)
    return found if square is None else found | {"square": square}


class Proof:
    """One statement in the making: names, hypotheses, steps.

    scalars, vectors: names, separated by blanks. indexed: those among them that have one value for each
    member of a finite family (the daughters, or the samples), over which sum(...) adds.
    """

    def __init__(self, scalars: str, vectors: str = "", indexed: str = "") -> None:
        self.problem: dict[str, Any] = {
            "kind": "algebra", "scalars": scalars.split(), "vectors": vectors.split(),
            "indexed": indexed.split(), "hypotheses": {}, "conclusions": []}
        self.steps: list[dict[str, Any]] = []

    def assume(self, name: str, formula: str) -> str:
        """A hypothesis; returns its name, by which steps cite it."""
        self.problem["hypotheses"][name] = formula
        return name

    def state(
        self, formula: str, using: Mapping[str, str] | None = None, terms: Sequence[Term] | None = None
    ) -> str:
        """A step: left = right as a combination of the equations cited in `using` (name -> multiplier), or an
        inequality as a sum of `terms` plus such a combination. Returns the name by which later steps cite
        it."""
        step: dict[str, Any] = {"states": formula, "multipliers": dict(using or {})}
        step |= {"rule": "combination"} if terms is None else {"rule": "bound", "terms": list(terms)}
        self.steps.append(step)
        return f"#{len(self.steps) - 1}"

    def qed(self, *conclusions: str) -> dict[str, Any]:
        """The certificate of the steps that are named. Raises ProofError where the kernel does not follow."""
        return self._sealed([self.steps[int(name[1:])]["states"] for name in conclusions], self.steps)

    def refuted(self, values: Mapping[str, Any], *formulas: str) -> dict[str, Any]:
        """The certificate of values that satisfy all hypotheses and violate each of the formulas.

        values: a text for a scalar, a list for a vector, a list of these by member for what is indexed.
        Raises ProofError where they do not.
        """
        return self._sealed([*formulas], [{"rule": "witness", "values": dict(values)}])

    def _sealed(self, formulas: list[str], steps: list[dict[str, Any]]) -> dict[str, Any]:
        problem = self.problem | {"conclusions": formulas}
        certificate = seal({"format": FORMAT, "problem": problem, "steps": steps})
        try:
            checked(certificate)
        except CheckError as error:
            raise ProofError(f"the proof does not go through: {error}") from None
        return certificate
