"""The goals as the tests read them: plain JSON, each with the script beside it."""

import importlib.util
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from symplateau.proof import Proof

PROOFS = Path(__file__).parents[2] / "proofs"
FILES = sorted(PROOFS.glob("*/*.goal.json"))


@dataclass(frozen=True)
class Goal:
    file: Path

    @cached_property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.file.read_bytes()))

    @property
    def claim(self) -> str:
        return str(self.content["claim"])

    @property
    def script(self) -> Path:
        return self.file.with_name(self.file.name.replace(".goal.json", ".py"))

    @cached_property
    def module(self) -> Any:
        name = f"proof_of_{self.script.parent.name}_{self.script.stem}"
        spec = importlib.util.spec_from_file_location(name, self.script)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    @cached_property
    def certificates(self) -> list[dict[str, Any]]:
        return list(self.module.prove())


@dataclass(frozen=True)
class Statement:
    """An algebraic statement of a goal, and the certificate that its script makes of it."""

    goal: Goal
    number: int

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.goal.content["statements"][self.number])

    @property
    def key(self) -> tuple[str, str]:
        return self.goal.claim, self.content["name"]

    @property
    def says(self) -> dict[str, Any]:
        return dict(self.content["says"])

    @property
    def atoms(self) -> list[str]:
        return [*self.says["scalars"], *self.says["vectors"]]

    @property
    def indexed(self) -> set[str]:
        return set(self.says["indexed"])

    def attempt(self, renamed: dict[str, str], dropped: str | None = None) -> dict[str, Any]:
        """The proof once more, with other formulas or without a hypothesis. Raises ProofError, one hopes."""
        certificate, says = self.goal.certificates[self.number], self.says
        proof = Proof(*(" ".join(says[kind]) for kind in ("scalars", "vectors", "indexed")))
        for name, text in says["hypotheses"].items():
            if name != dropped:
                proof.assume(name, text)
        found = []
        for step in certificate["steps"]:
            using = {name: x for name, x in step["multipliers"].items() if name != dropped}
            terms = [without(term, dropped) for term in step["terms"]] if "terms" in step else None
            found.append(proof.state(renamed.get(step["states"], step["states"]), using, terms))
        names = {step["states"]: name for name, step in zip(found, certificate["steps"], strict=True)}
        return proof.qed(*(names[text] for text in says["conclusions"]))


def without(term: dict[str, Any], name: str | None) -> dict[str, Any]:
    """A term of a bound, without a factor."""
    return term | {"factors": [x for x in term["factors"] if x != name]} if "factors" in term else term


GOALS = [Goal(file) for file in FILES]
STATEMENTS = [
    Statement(goal, number)
    for goal in GOALS
    for number, statement in enumerate(goal.content["statements"])
    if "says" in statement
]
