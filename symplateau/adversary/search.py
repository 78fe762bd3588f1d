"""The adversary of a claim: scenes that meet its hypotheses, and a certificate where its conclusion fails.

Untrusted. What it finds counts because the kernel re-checks it; what it does not find is no proof.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import monotonic
from typing import Any

from ..argument import Argument, checked
from ..claims import Claim
from ..errors import Undecided
from ..kernel.format import Rejected, encode
from ..network import Network
from .answers import Finding, both
from .assertions import EXISTS, PREDICATES, REGIONS, Assertion, patterns, read_assertions
from .grid import COEFFICIENTS, OTHER_SUMS, Case, grid, labels
from .scene import Narrow, Scene

OPPOSED = {("saddle", "local minimum"), ("local minimum", "saddle")}
COSTLY = ("narrow: local m", "narrow: s", "narrow: not", "wide:")  # decided after everything else


@dataclass(frozen=True)
class Witness:
    """A scene at which an assertion fails, and what the kernel certifies of it, one certificate a network.

    arithmetic: what exact arithmetic on the numbers in the certificates shows beyond them.
    """

    assertion: Assertion
    network: Network
    neuron: int
    shares: tuple[Fraction, ...]
    certificates: tuple[dict[str, Any], ...]
    arithmetic: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int, int]:
        """What makes one smaller than another: parameters, then samples, then bytes."""
        network = self.network
        return (network.n_parameters, network.n_samples, sum(len(encode(x)) for x in self.certificates))


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
           progress: Callable[[str], None] = lambda text: None) -> Iterator[list[Tally]]:
    """Run assertions through the grid: yields the tallies after each network, the same objects throughout.

    networks, seconds: when to end. smallest: after a violation only smaller networks are looked at.
    """
    tallies = [Tally(x) for x in assertions]
    deadline = None if seconds is None else monotonic() + seconds
    for number, case in enumerate(grid(seed)):
        if number == networks or (deadline is not None and monotonic() > deadline):
            return
        wanted = [x for x in tallies if not smallest or _smaller(case.network, x.witness)]
        narrow = look(case, barred) if wanted else None
        progress(f"network {number + 1}")
        if narrow is not None:
            for tally in wanted:
                visit(tally, narrow)
        yield tallies


def _smaller(network: Network, found: Witness | None) -> bool:
    return found is None or (network.n_parameters, network.n_samples) < found.size[:2]


def look(case: Case, barred: frozenset[str]) -> Narrow | None:
    """The network of a case, examined; None where the activation cannot be evaluated there."""
    try:
        return Narrow(case.network, case.neuron, barred)
    except (Undecided, Rejected, ArithmeticError):
        return None


def visit(tally: Tally, narrow: Narrow) -> None:
    """One network, with all coefficients."""
    assertion = tally.assertion
    tally.networks += 1
    if assertion.quantifier == EXISTS:
        _visit_exists(tally, narrow)
        return
    for scene in scenes(assertion, narrow):
        tally.points += 1
        hypotheses = met(assertion, scene)
        tally.unclear += hypotheses.value is None
        if not hypotheses.value:
            continue
        conclusion = PREDICATES[assertion.conclusion](scene)
        tally.note(conclusion.value, (*labels(narrow), *_coefficient_labels(scene)))
        if conclusion.value is False:
            tally.keep(witness(assertion, scene, hypotheses, conclusion))


def _coefficient_labels(scene: Scene) -> tuple[str, ...]:
    shares = scene.shares
    found = ("boundary lambda",) if 0 in shares else ()
    return (*found, f"{len(shares)} daughters") if shares else ()


def scenes(assertion: Assertion, narrow: Narrow) -> Iterator[Scene]:
    """The narrow network alone, or with all coefficients; with other sums where 1 is not demanded."""
    if not assertion.splits:
        yield narrow.scene()
        return
    more = () if "lambda: sum 1" in assertion.hypotheses else OTHER_SUMS
    for shares in (*COEFFICIENTS, *more):
        yield narrow.scene(shares)


def met(assertion: Assertion, scene: Scene) -> Finding:
    """Whether all hypotheses hold, the cheap ones first."""
    ordered = sorted(assertion.hypotheses, key=lambda x: (x.startswith(COSTLY), x.startswith("wide:")))
    held: list[Finding] = []
    for word in ordered:
        held.append(PREDICATES[word](scene))
        if held[-1].value is False:
            return held[-1]
    return both(*held)


def _visit_exists(tally: Tally, narrow: Narrow) -> None:
    """One network: coefficients that do, or a proof that none do."""
    assertion = tally.assertion
    shares = tuple(x for x in assertion.hypotheses if x.startswith("lambda:"))
    inside = replace(assertion, hypotheses=shares)
    free = replace(assertion, hypotheses=tuple(x for x in assertion.hypotheses if x not in shares))
    hypotheses = met(free, narrow.scene(COEFFICIENTS[0]))
    tally.unclear += hypotheses.value is None
    if not hypotheses.value:
        return
    found = None
    for scene in scenes(assertion, narrow):
        if met(inside, scene).value:
            tally.points += 1
            if PREDICATES[assertion.conclusion](scene).value:
                found = True
                break
    against = None if found else nowhere(assertion, narrow)
    tally.note(False if against is not None and against.value else found, labels(narrow))
    if against is not None and against.value:
        tally.keep(witness(assertion, narrow.scene(), hypotheses, against))


def nowhere(assertion: Assertion, narrow: Narrow) -> Finding:
    """A proof that no split into two is what the conclusion says: by the map of the whole plateau.

    Or because all splits have the outputs of the narrow network, which are the best that any network has.
    """
    wanted, place = assertion.conclusion.removeprefix("wide: "), narrow.place
    regions = {patterns_text(*x) for x in patterns(frozenset(
        x for x in assertion.hypotheses if x.removeprefix("lambda: ") in REGIONS)) if sum(x) == 2}
    if wanted == "saddle" and place.start is not None and place.fits_means:
        return Finding(True, place.stationary.proof, ("the outputs are the mean labels of equal samples",))
    source = narrow.inner if narrow.inner is not None else place.start
    if source is None:
        return Finding(None)
    step = place.attempt("plateau map", source, neuron=narrow.neuron, daughters=2)
    if step is None:
        return Finding(None)
    types = dict(place.argument.facts[step].regions)
    opposed = all((wanted, (types[x] or "").removeprefix("strict ")) in OPPOSED for x in regions)
    return Finding(True if opposed and regions else None, ((place.argument, step),))


def patterns_text(p: int, z: int, q: int) -> str:
    return "+" * p + "0" * z + "-" * q


def witness(assertion: Assertion, scene: Scene, *findings: Finding) -> Witness:
    """The certificates of the steps, one for each network, re-checked by the kernel from their bytes."""
    arguments: dict[int, tuple[Argument, list[int]]] = {}
    for argument, step in (step for x in findings for step in x.proof):
        steps = arguments.setdefault(id(argument), (argument, []))[1]
        if step not in steps:
            steps.append(step)
    because = dict.fromkeys(text for x in findings for text in x.because if text != "the coefficients")
    return Witness(assertion, scene.source.network, scene.source.neuron, scene.shares,
                   tuple(certificate(*entry) for entry in arguments.values()), tuple(because))


def certificate(argument: Argument, steps: list[int]) -> dict[str, Any]:
    """The certificate of these steps, each of them a conclusion."""
    says: dict[bytes, int] = {}
    for step in steps:  # two steps may say the same
        fact = argument.facts[step]
        says.setdefault(encode({"kind": fact.kind, "says": fact.says()}), step)
    used = _ancestors(argument, says.values())
    numbers = [argument.step(**_given(argument.steps[x])) if x in used else x for x in says.values()]
    found = argument.certificate(*numbers)
    checked(found)
    return found


def _ancestors(argument: Argument, steps: Iterable[int]) -> set[int]:
    """The steps that these lean on."""
    found: set[int] = set()
    for step in steps:
        source = argument.steps[step].get("from")
        while source is not None:
            found.add(source)
            source = argument.steps[source].get("from")
    return found


def _given(step: Mapping[str, Any]) -> dict[str, Any]:
    return {"source" if name == "from" else name: value for name, value in step.items()}


def assertions_of(claim: str) -> list[Assertion]:
    """What is asserted; nothing for a claim that is not about points."""
    found = read_assertions().get(claim)
    return [] if found is None else found.all
