"""The adversary of a claim: scenes that meet its hypotheses, and a certificate where its conclusion fails.

Untrusted. What it finds counts because the kernel re-checks it; what it does not find is no proof.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, islice
from time import monotonic
from typing import Any

from ..claims import Claim
from ..kernel.format import encode
from .answers import Finding, both
from .assertions import EXISTS, Assertion, read_assertions
from .checkpoints import Checkpoint
from .grid import COEFFICIENTS
from .scene import Narrow
from .stages import Stage, nowhere, stage_of


@dataclass(frozen=True)
class Witness:
    """A scene at which an assertion fails, and what the kernel certifies of it, one certificate a network.

    arithmetic: what exact arithmetic on the numbers in the certificates shows beyond them.
    """

    assertion: Assertion
    scene: Any
    certificates: tuple[dict[str, Any], ...]
    arithmetic: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        return stage_of(self.assertion)

    @property
    def network(self) -> Any:
        return self.scene.source.network

    @property
    def written(self) -> dict[str, Any]:
        """The scene as JSON."""
        return self.stage.written(self.scene)

    @property
    def size(self) -> tuple[int, int, int]:
        """What makes one smaller than another: parameters, then samples, then bytes."""
        return (*self.stage.size(self.network), sum(len(encode(x)) for x in self.certificates))


@dataclass
class Tally:
    """What was searched for one assertion. cases: how often hypotheses were met in each labelled case."""

    assertion: Assertion
    networks: int = 0
    points: int = 0
    met: int = 0
    unclear: int = 0  # one hypothesis, at least, could not be decided and none is known to fail
    confirmed: int = 0
    undecided: int = 0
    violated: int = 0
    cases: Counter[str] = field(default_factory=Counter)
    witness: Witness | None = None

    def note(self, value: bool | None, found: Iterable[str]) -> None:
        self.met += 1
        self.cases.update(found)
        name = {True: "confirmed", False: "violated", None: "undecided"}[value]
        setattr(self, name, getattr(self, name) + 1)

    def wants(self, network: Any) -> bool:
        """Whether a witness of this network may be smaller than the one that is kept."""
        size = stage_of(self.assertion).size(network)
        return self.witness is None or size <= self.witness.size[:2]

    def keep(self, witness: Witness) -> None:
        """The smallest witness is kept."""
        if self.witness is None or witness.size < self.witness.size:
            self.witness = witness

    def record(self) -> dict[str, Any]:
        """The counts as JSON; deterministic for a number of networks and a seed."""
        names = ("networks", "points", "met", "unclear", "confirmed", "undecided", "violated")
        counts = {name: getattr(self, name) for name in names}
        return {"name": self.assertion.name, **counts, "cases": dict(sorted(self.cases.items()))}


def dependents(name: str, claims: Mapping[str, Claim]) -> frozenset[str]:
    """A claim and all that lean on it: nothing used against it may rest on these."""
    found, before = {name}, set[str]()
    while found != before:
        before = set(found)
        found |= {x for x, claim in claims.items() if found & set(claim.goal["depends_on"])}
    return frozenset(found)


def search(assertions: Iterable[Assertion], barred: frozenset[str] = frozenset(), seed: int = 0,
           networks: int | None = None, seconds: float | None = None, smallest: bool = False,
           progress: Callable[[str], None] = lambda text: None,
           checkpoint: Checkpoint | None = None) -> Iterator[list[Tally]]:
    """Run assertions through the grid: yields the tallies after each network, the same objects throughout.

    networks, seconds: when to end. smallest: after a violation only smaller networks are looked at.
    checkpoint: from where it goes on, and what it leaves there; the time spent before counts.
    """
    tallies = [Tally(x) for x in assertions]
    streams = {x: x.grid(seed) for x in dict.fromkeys(stage_of(tally.assertion) for tally in tallies)}
    done, spent = 0, 0.0
    if checkpoint is not None:
        done, spent = checkpoint.resume(tallies), checkpoint.spent
    deadline = None if seconds is None else monotonic() + seconds - spent
    for stream in streams.values():
        next(islice(stream, done, done), None)
    if done:
        yield tallies
    for number in count(done):
        if checkpoint is not None:
            checkpoint.pass_by(tallies, number)
        if number == networks or (deadline is not None and monotonic() > deadline):
            return
        for stage, stream in streams.items():
            own = [x for x in tallies if stage_of(x.assertion) is stage]
            _try(stage, next(stream), own, barred, smallest)
        progress(f"network {number + 1}")
        yield tallies


def _try(stage: Stage, case: Any, tallies: list[Tally], barred: frozenset[str], smallest: bool) -> None:
    """One case, for the assertions that want it."""
    size = stage.size(case.network)
    wanted = [x for x in tallies if not smallest or x.witness is None or size < x.witness.size[:2]]
    source = stage.look(case, barred) if wanted else None
    for tally in wanted if source is not None else ():
        visit(tally, source)


def visit(tally: Tally, source: Any) -> None:
    """One network, in all scenes."""
    assertion, stage = tally.assertion, stage_of(tally.assertion)
    tally.networks += 1
    if assertion.quantifier == EXISTS:
        _visit_exists(tally, source)
        return
    for scene in stage.scenes(assertion, source):
        tally.points += 1
        hypotheses = met(assertion, scene)
        tally.unclear += hypotheses.value is None
        if not hypotheses.value:
            continue
        conclusion = stage.predicates[assertion.conclusion](scene)
        tally.note(conclusion.value, stage.labels(scene))
        if conclusion.value is False and tally.wants(scene.source.network):
            tally.keep(witness(assertion, scene, hypotheses, conclusion))


def met(assertion: Assertion, scene: Any) -> Finding:
    """Whether all hypotheses hold, the cheap ones first."""
    stage = stage_of(assertion)
    held: list[Finding] = []
    for word in sorted(assertion.hypotheses, key=stage.rank):
        held.append(stage.predicates[word](scene))
        if held[-1].value is False:
            return held[-1]
    return both(*held)


def _visit_exists(tally: Tally, narrow: Narrow) -> None:
    """One network: coefficients that do, or a proof that none do."""
    assertion, stage = tally.assertion, stage_of(tally.assertion)
    shares = tuple(x for x in assertion.hypotheses if x.startswith("lambda:"))
    inside = replace(assertion, hypotheses=shares)
    free = replace(assertion, hypotheses=tuple(x for x in assertion.hypotheses if x not in shares))
    hypotheses = met(free, narrow.scene(COEFFICIENTS[0]))
    tally.unclear += hypotheses.value is None
    if not hypotheses.value:
        return
    found = None
    for scene in stage.scenes(assertion, narrow):
        if met(inside, scene).value:
            tally.points += 1
            if stage.predicates[assertion.conclusion](scene).value:
                found = True
                break
    against = None if found else nowhere(assertion, narrow)
    tally.note(False if against is not None and against.value else found, stage.labels(narrow.scene()))
    if against is not None and against.value:
        tally.keep(witness(assertion, narrow.scene(), hypotheses, against))


def witness(assertion: Assertion, scene: Any, *findings: Finding) -> Witness:
    """With the certificates of what shows it, one for each network, re-checked by the kernel."""
    because = dict.fromkeys(text for x in findings for text in x.because if text != "the coefficients")
    return Witness(assertion, scene, stage_of(assertion).certificates(scene, findings), tuple(because))


def assertions_of(claim: str) -> list[Assertion]:
    """What is asserted; nothing for a claim that is not about points."""
    found = read_assertions().get(claim)
    return [] if found is None else found.all
