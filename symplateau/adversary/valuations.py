"""Search for exact values of the atoms of a statement that satisfy its hypotheses and violate a conclusion.

Untrusted: what is found becomes a certificate, which the kernel re-checks; what is not found shows nothing.
The unknowns are valued one by one. A hypothesis decides the last of its unknowns: an equation gives its value
(linear, or quadratic with rational roots), an inequality a boundary, to be tried with what lies beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from ..proof import Proof
from .evaluation import Says, Values
from .grounded import Cells, Frame, Order, Relation, plain, roots

POOL = [Fraction(p, q) for p in range(-4, 5) for q in (1, 1, 2, 3) if p % q or q == 1]
SMALL = [Fraction(s, q) for s in (1, -1) for q in (5, 10, 20, 100)]
LARGE = [s * k for s in (1, -1) for k in (5, 10, 30, 100)]
LADDER = [0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, 5, 10, 100]
ONE: dict[str, list[Sequence[Any]]] = {"zero": [[0]], "one": [[1]], "equal": [], "minus one": [[-1]]}
STYLES = ONE | {"bits": [[0, 1]], "signs": [[0, 1, -1]], "small": [SMALL], "random": [POOL], "more": [POOL],
                "wide": [SMALL, POOL, LARGE]}
SHAPES = ((2, 1), (1, 1), (3, 1), (2, 2), (3, 2), (3, 1))  # size of the family, dimension of the vectors
ORDERS, EFFORT = 3, 15  # orders tried for each shape; steps of an attempt, for each unknown


@dataclass(frozen=True)
class Search:
    """values: the smallest that were found, or None. tried: attempts; met: those that met all hypotheses."""

    values: dict[str, Any] | None
    tried: int
    met: int


@dataclass(frozen=True, eq=False)
class Model:
    """Values that satisfy the hypotheses of a statement."""

    frame: Frame
    cells: Cells

    def violated(self, conclusions: Sequence[str]) -> list[str]:
        """Those of the conclusions that do not hold."""
        return [text for text in conclusions
                if not all(found.holds(self.cells) for found in self.frame.relations(text))]

    def slack(self, conclusions: Sequence[str]) -> float:
        """How far the inequalities among them are from failing; 1 at most."""
        return min((found.slack(self.cells) for text in conclusions
                    for found in self.frame.relations(text) if found.sign != "="), default=1.0)

    @property
    def values(self) -> dict[str, Any]:
        return self.frame.values(self.cells)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Atoms that are not zero, size of the family, length of the numbers."""
        alive = {name for name, x in zip(self.frame.names, self.cells, strict=True) if x}
        size = self.frame.size * self.frame.dimension
        return len(alive), size, sum(len(str(x)) for x in self.cells)


class Searcher:
    """Attempts at values of a statement's atoms; frames and hypotheses are read once.

    frames: shared between statements about the same atoms.
    """

    def __init__(self, says: Says, seed: int, frames: dict[Any, Frame] | None = None) -> None:
        self.random, self.hypotheses = Random(seed), list(says["hypotheses"].values())
        shapes = {(size if says["indexed"] else 1, dimension if says["vectors"] else 1): None
                  for size, dimension in SHAPES}
        known = {} if frames is None else frames
        for shape in shapes:
            if shape not in known:
                known[shape] = Frame.of(says, *shape)
        self.frames = [known[shape] for shape in shapes]
        self.orders: dict[Frame, list[Order]] = {}

    def order(self, frame: Frame) -> Order:
        found = self.orders.setdefault(frame, [])
        if len(found) < ORDERS:
            relations = [x for text in self.hypotheses for x in frame.relations(text)]
            found.append(Order(frame, relations, self.random))
            return found[-1]
        return self.random.choice(found)

    def attempt(self, number: int) -> Model | None:
        """Degenerate values first, in the first shape and the last by turns; then random ones."""
        styles, first = [*STYLES], number < len(STYLES)
        frame = self.frames[-(number % 2)] if first else self.random.choice(self.frames)
        style = styles[number] if first else self.random.choice(styles[len(ONE) :])
        return self.fill(frame, self.order(frame), self.wishes(frame, style))

    def wishes(self, frame: Frame, style: str) -> list[Any]:
        """A value for each unknown, to be taken where it is free."""
        draw = self.random.choice
        if style == "equal":
            shared = {name: draw(POOL) for name in frame.names}
            return [plain(shared[name]) for name in frame.names]
        return [plain(draw(draw(STYLES[style]))) for _ in frame.names]

    def descend(self, model: Model, conclusions: Sequence[str], steps: int) -> Model | None:
        """Change values one by one, such that an inequality among the conclusions comes closer to failing."""
        frame, random = model.frame, self.random
        best = model.slack(conclusions)
        for _ in range(0 if all(" = " in text for text in conclusions) else steps):
            wishes = list(model.cells)
            for number in random.sample(range(len(wishes)), min(len(wishes), random.choice((1, 1, 2)))):
                old = wishes[number]
                near = (0, -old, old + 1, old - 1, 2 * old, 5 * old, Fraction(old) / 2, Fraction(old) / 5)
                wishes[number] = plain(random.choice(near))
            other = self.fill(frame, self.order(frame), wishes, edgy=0.1)
            if other is None:
                continue
            if other.violated(conclusions):
                return other
            if other.slack(conclusions) <= best:
                model, best = other, other.slack(conclusions)
        return None

    def fill(self, frame: Frame, order: Order, wishes: Sequence[Any], edgy: float = 0.5) -> Model | None:
        """Value the unknowns in their order; where none is left for one, go back to what it depends on.

        edgy: how often the boundary of an inequality goes before the wish.
        """
        cells: Cells = [None] * len(frame.names)
        choices: list[Iterator[Any]] = []
        blame: list[set[int]] = []
        at, budget = 0, EFFORT * len(cells)
        while at < len(cells):
            number, due = order.unknowns[at], order.due[at]
            if len(choices) == at:
                choices.append(iter(self.choices(number, due, cells, wishes[number], edgy)))
                blame.append({order.position[x] for relation in due for x in relation.degrees} - {at})
            for x in choices[at]:
                budget -= 1
                cells[number] = x
                if all(relation.holds(cells) for relation in due):
                    at += 1
                    break
            else:
                cells[number] = None
                if not blame[at] or budget < 0:
                    return None
                back = max(blame[at])
                blame[back] |= blame[at] - {back}
                for undone in range(back, at):
                    cells[order.unknowns[undone]] = None
                del choices[back + 1 :], blame[back + 1 :]
                at = back
        return Model(frame, cells)

    def choices(
        self, number: int, due: Sequence[Relation], cells: Cells, wish: Any, edgy: float
    ) -> Iterator[Any]:
        """Values to try for an unknown; those that follow from an equation, if there is one."""
        equations = [x for x in due if x.sign == "="]
        for relation in sorted(equations, key=lambda x: x.defined != number):
            found = [plain(relation.right(cells))] if relation.defined == number else roots(
                relation, number, cells)
            if found is not None:
                self.random.shuffle(found)
                yield from found
                return
        edges = sorted({x for relation in due if relation.sign != "="
                        for x in roots(relation, number, cells) or []})
        beside = [x for edge in edges for x in (edge, edge + 1, edge - 1)]
        beside += [plain(Fraction(low + high) / 2) for low, high in pairwise(edges)]
        if self.random.random() < edgy:
            yield from edges
        yield wish
        self.random.shuffle(beside)
        yield from beside
        yield from (plain(x) for x in (self.random.choice(POOL) for _ in range(3)))
        yield from self.random.sample(SMALL, 3)
        if any(relation.degrees[number] > 1 for relation in due):
            yield from LADDER


def refute_statement(says: Says, attempts: int = 200, seed: int = 0) -> Search:
    """Search values that satisfy every hypothesis and violate a conclusion.

    says: scalars, vectors, indexed, hypotheses, conclusions, as a goal has them. Not finding them proves
    nothing. The smallest of those found: fewest atoms that are not zero, then the smallest family, then the
    shortest numbers.
    """
    searcher, conclusions = Searcher(says, seed), says["conclusions"]
    found = [model for k in range(attempts) if (model := searcher.attempt(k))]
    false = [model for model in found if model.violated(conclusions)]
    best = min(false, key=lambda x: x.weight, default=None)
    if best is None and found:
        best = searcher.descend(min(found, key=lambda x: x.slack(conclusions)), conclusions, attempts)
    values = None if best is None else smaller(searcher, best, conclusions).values
    return Search(values, attempts, len(found))


def smaller(searcher: Searcher, model: Model, conclusions: Sequence[str]) -> Model:
    """The same with as many atoms put to 0, or to 1, as still serve."""
    frame, found = model.frame, True
    while found:
        found = False
        for name in dict.fromkeys(frame.names):
            for x in (0, 1):
                wishes = [x if other == name else old
                          for other, old in zip(frame.names, model.cells, strict=True)]
                other = searcher.fill(frame, searcher.order(frame), wishes)
                if other and other.weight < model.weight and other.violated(conclusions):
                    model, found = other, True
    return model


def certificate(says: Says, values: Values, fails: Sequence[str]) -> dict[str, Any]:
    """The sealed certificate, accepted by the kernel, of values that violate each of these conclusions.

    Raises ProofError where the kernel does not agree.
    """
    proof = Proof(*(" ".join(says[kind]) for kind in ("scalars", "vectors", "indexed")))
    for name, text in says["hypotheses"].items():
        proof.assume(name, text)
    return proof.refuted(as_text(values), *fails)


def as_text(values: Any) -> Any:
    """Rationals as a certificate writes them, in lists."""
    if isinstance(values, Mapping):
        return {name: as_text(x) for name, x in values.items()}
    return [as_text(x) for x in values] if isinstance(values, list | tuple) else str(values)
