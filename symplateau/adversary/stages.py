"""What a search must know of a family of networks: vocabulary, grid, scenes. One stage a paper."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from ..argument import texts
from ..errors import Undecided
from ..kernel.format import Rejected, integer
from ..network import Network
from ..relu.network import Direction
from . import relu_words
from .answers import Finding
from .assertions import PREDICATES, REGIONS, Assertion, patterns
from .certificates import certificates
from .grid import COEFFICIENTS, OTHER_SUMS, Case, grid, labels
from .relu_grid import ReluCase, relu_grid, relu_labels
from .relu_scene import ReluScene, ReluSource
from .relu_variations import network_of, read, varied, written
from .scene import Narrow, Scene

OPPOSED = {("saddle", "local minimum"), ("local minimum", "saddle")}


class Stage(Protocol):
    """A source is a network, examined, with a neuron; its scenes vary it. Undecided is no answer.

    data: the names under which a record's network has its data, as a certificate about it must have them.
    networks: how many of the grid a record is about.
    """

    predicates: Mapping[str, Callable[[Any], Finding]]
    data: tuple[str, ...]
    networks: int

    def grid(self, seed: int) -> Iterator[Any]:
        """Cases, each with a `network` and a `neuron`: endless, the same for a seed."""

    def size(self, network: Any) -> tuple[int, int]:
        """Parameters, samples."""

    def look(self, case: Any, barred: frozenset[str]) -> Any:
        """The source of a case; None where it cannot be examined."""

    def scenes(self, assertion: Assertion, source: Any) -> Iterator[Any]:
        """All scenes of the source that an assertion is about."""

    def rank(self, word: str) -> Any:
        """The smaller, the earlier a hypothesis is decided: the cheap ones first."""

    def labels(self, scene: Any) -> tuple[str, ...]:
        """The cases that the scene belongs to."""

    def denies(self, scene: Any, word: str) -> bool:
        """Whether a dropped hypothesis is certainly false in a scene that shows that it is needed."""

    def certificates(self, scene: Any, findings: Sequence[Finding]) -> tuple[dict[str, Any], ...]:
        """What the kernel has accepted of what the findings say about the scene."""

    def written(self, scene: Any) -> dict[str, Any]:
        """The scene as JSON."""

    def read(self, entry: Mapping[str, Any]) -> Any:
        """The scene of a record. Raises InputError, LookupError, TypeError, ValueError, Undecided."""


class Smooth:
    """Smooth networks, one neuron of which is split (paper A)."""

    predicates: Mapping[str, Callable[[Any], Finding]] = PREDICATES
    data: tuple[str, ...] = ("activation", "X", "y")
    networks = 200
    costly = ("narrow: local m", "narrow: s", "narrow: not", "wide:")

    def grid(self, seed: int) -> Iterator[Case]:
        return grid(seed)

    def size(self, network: Network) -> tuple[int, int]:
        return network.n_parameters, network.n_samples

    def look(self, case: Case, barred: frozenset[str]) -> Narrow | None:
        """None where the activation cannot be evaluated there."""
        try:
            return Narrow(case.network, case.neuron, barred)
        except (Undecided, Rejected, ArithmeticError):
            return None

    def scenes(self, assertion: Assertion, source: Narrow) -> Iterator[Scene]:
        """The narrow network alone, or with all coefficients; with other sums where 1 is not demanded."""
        if not assertion.splits:
            yield source.scene()
            return
        more = () if "lambda: sum 1" in assertion.hypotheses else OTHER_SUMS
        for shares in (*COEFFICIENTS, *more):
            yield source.scene(shares)

    def rank(self, word: str) -> Any:
        return word.startswith(self.costly), word.startswith("wide:")

    def labels(self, scene: Scene) -> tuple[str, ...]:
        shares, found = scene.shares, tuple(labels(scene.source))
        found += ("boundary lambda",) if 0 in shares else ()
        return (*found, f"{len(shares)} daughters") if shares else found

    def denies(self, scene: Scene, word: str) -> bool:
        return PREDICATES[word](scene).value is False or not scene.shares

    def certificates(self, scene: Scene, findings: Sequence[Finding]) -> tuple[dict[str, Any], ...]:
        """The steps that show it, one certificate for each network."""
        return certificates(step for x in findings for step in x.proof)

    def written(self, scene: Scene) -> dict[str, Any]:
        return {"network": scene.source.network.problem(), "neuron": scene.source.neuron,
                "coefficients": texts(scene.shares)}

    def read(self, entry: Mapping[str, Any]) -> Scene:
        network = Network.from_problem(entry["network"])
        narrow = Narrow(network, integer(entry["neuron"], 0, network.n_hidden - 1))
        return narrow.scene(tuple(map(Fraction, entry["coefficients"])))


class Relu:
    """ReLU-like networks, varied by a move, by unit replication, or by one more neuron (paper B)."""

    predicates: Mapping[str, Callable[[Any], Finding]] = relu_words.PREDICATES
    data: tuple[str, ...] = ("slopes", "X", "Y")
    networks = 300

    def grid(self, seed: int) -> Iterator[ReluCase]:
        return relu_grid(seed)

    def size(self, network: Any) -> tuple[int, int]:
        return network.n_hidden * (network.n_inputs + network.n_outputs), network.n_samples

    def look(self, case: ReluCase, barred: frozenset[str]) -> ReluSource:
        return ReluSource(case.network, case.neuron, barred)

    def scenes(self, assertion: Assertion, source: ReluSource) -> Iterator[ReluScene]:
        yield from source.scenes(relu_words.kind_of((*assertion.hypotheses, assertion.conclusion)))

    def rank(self, word: str) -> Any:
        return word.startswith(("replicated:", "extended:"))

    def labels(self, scene: ReluScene) -> tuple[str, ...]:
        return tuple(relu_labels(scene.source))

    def denies(self, scene: ReluScene, word: str) -> bool:
        return relu_words.PREDICATES[word](scene).value is False

    def certificates(self, scene: ReluScene, findings: Sequence[Finding]) -> tuple[dict[str, Any], ...]:
        """The types of the point and of what is made of it."""
        grown = scene.variation is not None and not isinstance(scene.variation, Direction)
        found = [scene.point.certificate(), scene.result.certificate() if grown else None]
        return tuple(x for x in found if x is not None)

    def written(self, scene: ReluScene) -> dict[str, Any]:
        return {"network": scene.network.problem(), "neuron": scene.neuron, **written(scene.variation)}

    def read(self, entry: Mapping[str, Any]) -> ReluScene:
        network, variation = network_of(entry["network"]), read(entry)
        neuron = integer(entry["neuron"], 0, network.n_hidden - 1)
        varied(network, neuron, variation)  # raises where they do not fit
        return ReluScene(ReluSource(network, neuron), variation)


SMOOTH, RELU = Smooth(), Relu()


def stage_of(assertion: Assertion) -> Stage:
    """The stage of which it uses the vocabulary; the words of one are none of the other's."""
    return RELU if assertion.conclusion in relu_words.PREDICATES else SMOOTH


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
