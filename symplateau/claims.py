"""Claims and their pinned goals, as they lie beside the proof scripts."""

import difflib
import hashlib
import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from .errors import InputError, ProofError
from .kernel.format import STATEMENT_FORMAT, encode

Certificates = dict[str, bytes]  # by name: goal-1, goal-2, ...; instance-...


def proofs_folder() -> Path:
    """Where the proofs are: inside an installed package, or at the top of a clone."""
    package = Path(__file__).parent
    return package / "_proofs" if (package / "_proofs").is_dir() else package.parent / "proofs"


@dataclass(frozen=True)
class Claim:
    """A claim and its goal, as the goal file beside its script has it."""

    goal_file: Path
    goal: Mapping[str, Any]
    pinned: bool  # whether the goal file is the one whose digest is recorded beside it

    @property
    def id(self) -> str:
        return str(self.goal["claim"])

    @property
    def script(self) -> Path:
        return self.goal_file.with_name(self.stem + ".py")

    @property
    def stem(self) -> str:
        return self.goal_file.name.removesuffix(".goal.json")

    @property
    def certificates(self) -> Path:
        """The folder of the shipped certificates."""
        return self.goal_file.parent.parent / "certificates" / self.goal_file.parent.name / self.stem

    @cached_property
    def expected(self) -> list[bytes]:
        """The statements that the kernel must return, encoded, in order."""
        return [statement_of(x) for x in self.goal["statements"]]

    def shipped(self) -> Certificates:
        """The certificates that came with the program."""
        return {path.stem: path.read_bytes() for path in sorted(self.certificates.glob("*.json"))}

    def module(self) -> ModuleType:
        """The proof script, imported from its file."""
        return load_script(self.script)


def statement_of(entry: Mapping[str, Any]) -> bytes:
    """The statement that a goal or a file of steps pins, as the kernel must return it, encoded."""
    if "witness" in entry:
        return encode(entry["witness"])
    return encode(
        {"format": STATEMENT_FORMAT, "kind": "algebraic", "rests_on": [], "says": entry["says"]}
    )


def pinned(file: Path, data: bytes, pins: str = "GOALS.sha256") -> bool:
    """Whether the file is the one whose digest is recorded beside it."""
    recorded = file.with_name(pins)
    pin = f"{hashlib.sha256(data).hexdigest()}  {file.name}"
    return recorded.exists() and pin in recorded.read_text().splitlines()


def load_script(script: Path) -> ModuleType:
    """A proof script, imported from its file. Raises ProofError."""
    name = "_proof_" + "_".join(script.with_suffix("").parts[-3:])
    spec = importlib.util.spec_from_file_location(name, script)
    if spec is None or spec.loader is None or not script.exists():
        raise ProofError(f"the script {script.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_claims(folder: Path | None = None) -> dict[str, Claim]:
    """All claims by id, of a folder of proofs or of the program's own. Raises ProofError when two have one
    id."""
    claims: dict[str, Claim] = {}
    for file in sorted((folder or proofs_folder()).glob("*/*.goal.json")):
        data = file.read_bytes()
        claim = Claim(file, json.loads(data), pinned(file, data))
        if claim.id in claims:
            raise ProofError(f"{claim.id}: two goals, {claims[claim.id].goal_file.name} and {file.name}")
        claims[claim.id] = claim
    return claims


def select(claims: Mapping[str, Claim], ids: Iterable[str], paper: str | None) -> list[str]:
    """The claims asked for: by id, by paper, or all. Raises InputError."""
    chosen = [name for name in claims if paper is None or claims[name].goal["paper"] == paper]
    if not chosen:
        known = ", ".join(sorted({str(claim.goal["paper"]) for claim in claims.values()}))
        raise InputError(None, "--paper", f"one of {known}", paper, status=2)
    wanted = list(dict.fromkeys(ids))
    for name in wanted:
        if name not in claims:
            near = difflib.get_close_matches(name, claims, 3)
            expected = " or ".join(near) if near else "one of those that `symplateau ledger` lists"
            raise InputError(None, "claim", expected, name, status=2)
    return [name for name in wanted if name in chosen] if wanted else chosen
