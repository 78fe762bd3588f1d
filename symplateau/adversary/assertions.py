"""What a claim says about points, in a form that can be searched: hypotheses, a quantifier, a conclusion.

A file of assertions stands beside the goals, in the folder `asserts`. Each hypothesis is a word of a small
vocabulary about a scene: a narrow network, the neuron to split, coefficients, and the split point; or of the
vocabulary about ReLU-like networks.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from ..claims import pinned, proofs_folder
from ..errors import ProofError
from . import relu_words
from .answers import Finding
from .scene import Scene

FOR_ALL, EXISTS = "for all", "there is"
QUANTIFIERS = (FOR_ALL, EXISTS)


@dataclass(frozen=True)
class Assertion:
    """`quantifier` coefficients that satisfy the hypotheses about them: the conclusion holds.

    spared: hypotheses that are known not to be needed, each with the reason.
    """

    claim: str
    name: str
    hypotheses: tuple[str, ...]
    quantifier: str
    conclusion: str
    spared: Mapping[str, str] = field(compare=False, default_factory=dict)

    @property
    def splits(self) -> bool:
        """Whether it is about a split point, not about the narrow network alone."""
        return any(x.startswith(("lambda:", "wide:")) for x in (*self.hypotheses, self.conclusion))

    @property
    def words(self) -> tuple[frozenset[str], str, str]:
        """What is compared when two assertions are: name and claim do not count."""
        return frozenset(self.hypotheses), self.quantifier, self.conclusion

    def without(self, hypothesis: str) -> "Assertion":
        return replace(self, hypotheses=tuple(x for x in self.hypotheses if x != hypothesis))


@dataclass(frozen=True)
class Assertions:
    """A file of assertions. data: with the entries "claim", "assertions", and "none" (why there are none)."""

    file: Path
    data: Mapping[str, Any]
    pinned: bool

    @property
    def claim(self) -> str:
        return str(self.data["claim"])

    @cached_property
    def all(self) -> list[Assertion]:
        """Raises ProofError for a word that is not in the vocabulary."""
        return [_read(self.claim, entry, self.file.name) for entry in self.data["assertions"]]


def _read(claim: str, entry: Mapping[str, Any], file: str) -> Assertion:
    words = (*entry["if"], entry["then"])
    known = relu_words.PREDICATES if entry["then"] in relu_words.PREDICATES else PREDICATES
    unknown = [x for x in words if x not in known]
    unknown += [x for x in entry.get("not used", {}) if x not in entry["if"]]
    quantifiers = QUANTIFIERS if known is PREDICATES else (FOR_ALL,)
    if unknown or entry["quantifier"] not in quantifiers:
        word = unknown[0] if unknown else entry["quantifier"]
        raise ProofError(f"{file}, {entry['name']!r}: {word!r} is no word of the vocabulary, or idle here")
    return Assertion(claim, entry["name"], tuple(entry["if"]), entry["quantifier"], entry["then"],
                     entry.get("not used", {}))


def read_assertions(folder: Path | None = None) -> dict[str, Assertions]:
    """The files of assertions by claim. Raises ProofError when two are about one claim."""
    found: dict[str, Assertions] = {}
    for file in sorted((folder or proofs_folder()).glob("*/asserts/*.json")):
        data = file.read_bytes()
        entry = Assertions(file, json.loads(data), pinned(file, data, "ASSERTS.sha256"))
        if entry.claim in found:
            raise ProofError(f"{entry.claim}: two files of assertions, one of them {file.name}")
        found[entry.claim] = entry
    return found


# Regions of the coefficients, by the numbers of positive, zero and negative ones: (13), (53), Theorem 2.
Counts = tuple[int, int, int]
REGIONS: dict[str, Callable[[int, int, int], bool]] = {
    "PD": lambda p, z, q: z == q == 0,
    "ND": lambda p, z, q: p == 1 and z == 0,
    "not PD": lambda p, z, q: z + q > 0,
    "not ND": lambda p, z, q: p != 1 or z > 0,
    "saddle": lambda p, z, q: z + q > 0 and (p != 1 or z > 0),
    "plus": lambda p, z, q: z + q > 0,
    "minus": lambda p, z, q: p + z >= 2,
    "has a zero": lambda p, z, q: z > 0,
    "a negative entry": lambda p, z, q: q > 0,
    "two positive entries": lambda p, z, q: p >= 2,
    "two daughters": lambda p, z, q: p + z + q == 2,
    "three or more": lambda p, z, q: p + z + q > 2,
}
MOST_SIGNS = 6  # every predicate above tells apart only 0, 1, 2 and more: six daughters show all cases


@lru_cache
def sign_counts(smallest: int = 2, largest: int = MOST_SIGNS) -> tuple[Counts, ...]:
    """All numbers of positive, zero and negative coefficients with sum 1."""
    numbers = product(range(1, largest + 1), range(largest + 1), range(largest + 1))
    return tuple(x for x in numbers if smallest <= sum(x) <= largest)


def included(inner: Iterator[str] | frozenset[str], outer: str) -> bool:
    """Whether all sign patterns in all the inner regions lie in the outer one."""
    regions = [REGIONS[x] for x in inner]
    return all(REGIONS[outer](*x) for x in sign_counts() if all(region(*x) for region in regions))


# The vocabulary: for each word how a scene decides it.
PREDICATES: dict[str, Callable[[Scene], Finding]] = {
    "narrow: stationary": lambda s: s.narrow.stationary,
    "narrow: local minimum": lambda s: s.narrow.local_minimum,
    "narrow: not a local minimum": lambda s: ~s.narrow.local_minimum,
    "narrow: local maximum": lambda s: s.narrow.local_maximum,
    "narrow: not a local maximum": lambda s: ~s.narrow.local_maximum,
    "narrow: saddle": lambda s: s.narrow.saddle,
    "narrow: saddle or local maximum": lambda s: s.saddle_or_maximum(s.narrow),
    "narrow: locally constant": lambda s: s.narrow.constant,
    "narrow: nondegenerate": lambda s: s.narrow.nondegenerate,
    "narrow: loss not zero": lambda s: s.loss_not_zero,
    "narrow: some hidden value not zero": lambda s: s.hidden_value_not_zero,
    "narrow: all hidden values zero": lambda s: ~s.hidden_value_not_zero,
    "narrow: all output weights zero": lambda s: s.output_weights_zero,
    "H: positive definite": lambda s: s.inner(lambda a, b, c, d: None if a + b + c < d else a == d),
    "H: negative definite": lambda s: s.inner(lambda a, b, c, d: None if a + b + c < d else c == d),
    "H: indefinite": lambda s: s.inner(
        lambda a, b, c, d: True if a and c else None if a + b + c < d else False),
    "H: not zero": lambda s: s.inner(lambda a, b, c, d: True if a + c else None if b < d else False),
    "H: zero": lambda s: s.inner(lambda a, b, c, d: False if a + c else None if b < d else True),
    "H: has a positive eigenvalue": lambda s: s.inner(
        lambda a, b, c, d: True if a else None if a + b + c < d else False),
    "H: has a negative eigenvalue": lambda s: s.inner(
        lambda a, b, c, d: True if c else None if a + b + c < d else False),
    "H: has no positive eigenvalue": lambda s: s.inner(
        lambda a, b, c, d: False if a else None if a + b + c < d else True),
    "neuron: locally effective": lambda s: s.effective,
    "neuron: locally ineffective": lambda s: ~s.effective,
    "neuron: locally constant": lambda s: s.idle,
    "neuron: not locally constant": lambda s: ~s.idle,
    "neuron: output weight not zero": lambda s: ~s.output_weight_zero,
    "neuron: output weight zero": lambda s: s.output_weight_zero,
    "activation: straight at its zeros": lambda s: s.straight,
    "lambda: sum 1": lambda s: s.sum_one,
    "lambda: not all in one daughter": lambda s: s.spread,
    **{f"lambda: {name}": partial(Scene.region, holds=region) for name, region in REGIONS.items()},
    "wide: stationary": lambda s: s.wide.stationary,
    "wide: local minimum": lambda s: s.wide.local_minimum,
    "wide: local maximum": lambda s: s.wide.local_maximum,
    "wide: saddle": lambda s: s.wide.saddle,
    "wide: not a local minimum": lambda s: ~s.wide.local_minimum,
    "wide: not a local maximum": lambda s: ~s.wide.local_maximum,
    "wide: not a saddle": lambda s: ~s.wide.saddle,
    "wide: local minimum or saddle": lambda s: s.minimum_or_saddle(s.wide),
    "wide: locally constant": lambda s: s.wide.constant,
    "wide: same loss": lambda s: s.same_loss,
    "wide: another point": lambda s: s.another_point,
}

# What follows from a word alone: by the definitions, and (the last two) by the formula (11) of H.
FOLLOWS: dict[str, tuple[str, ...]] = {
    "{}: local minimum": ("{}: stationary",),
    "{}: local maximum": ("{}: stationary",),
    "{}: saddle": ("{}: stationary", "{}: not a local minimum", "{}: not a local maximum"),
    "{}: locally constant": ("{}: local minimum", "{}: local maximum"),
    "narrow: saddle": ("narrow: saddle or local maximum",),
    "narrow: local maximum": ("narrow: saddle or local maximum",),
    "wide: saddle": ("wide: local minimum or saddle",),
    "wide: local minimum": ("wide: local minimum or saddle", "wide: not a saddle"),
    "wide: local maximum": ("wide: not a saddle",),
    "H: positive definite": ("H: has a positive eigenvalue",),
    "H: negative definite": ("H: has a negative eigenvalue", "H: has no positive eigenvalue"),
    "H: indefinite": ("H: has a positive eigenvalue", "H: has a negative eigenvalue"),
    "H: has a positive eigenvalue": ("H: not zero",),
    "H: has a negative eigenvalue": ("H: not zero",),
    "H: not zero": ("narrow: loss not zero", "neuron: output weight not zero"),
    "neuron: locally effective": ("narrow: loss not zero",),
}


@lru_cache(maxsize=4096)
def closure(words: frozenset[str]) -> frozenset[str]:
    """All that follows from these words by the vocabulary alone."""
    found, before = set(words), set[str]()
    while found != before:
        before = set(found)
        for left, right in FOLLOWS.items():
            for subject in ("narrow", "wide"):
                if left.format(subject) in found:
                    found |= {x.format(subject) for x in right}
    regions = frozenset(x.removeprefix("lambda: ") for x in words) & set(REGIONS)
    found |= relu_words.closed(words)
    found |= {f"lambda: {x}" for x in REGIONS if regions and included(regions, x)}
    return frozenset(found)


def implies(stronger: Assertion, weaker: Assertion) -> bool:
    """Whether the vocabulary alone shows that the second follows from the first.

    Fewer hypotheses and a stronger conclusion; and "there is" from "for all" where the region is not empty.
    """
    given = closure(frozenset(weaker.hypotheses))
    if any(x not in given for x in stronger.hypotheses if not x.startswith("lambda:")):
        return False
    if weaker.conclusion not in closure(frozenset({stronger.conclusion})):
        return False
    inside, needed = (
        frozenset(x for x in a.hypotheses if x.startswith("lambda:")) for a in (weaker, stronger))
    if stronger.quantifier == FOR_ALL:
        # There are coefficients of each kind that some sign pattern has: the region is not empty.
        common = inside | needed if weaker.quantifier == EXISTS else inside
        return bool(patterns(common)) and needed <= closure(common)
    return weaker.quantifier == EXISTS and inside <= closure(needed)


def derived(assertion: Assertion, known: Iterable[Assertion]) -> list[Assertion]:
    """Known assertions that together imply this one: one alone, or one for each sign pattern. Else none."""
    candidates = list(known)
    alone = next((x for x in candidates if implies(x, assertion)), None)
    if alone is not None or assertion.quantifier == EXISTS or not assertion.splits:
        return [] if alone is None else [alone]
    used: list[Assertion] = []
    for counts in patterns(frozenset(x for x in assertion.hypotheses if x.startswith("lambda:"))):
        here = next((x for x in candidates if holds_at(x, assertion, counts)), None)
        if here is None:
            return []
        used.append(here)
    return list(dict.fromkeys(used))


def holds_at(stronger: Assertion, weaker: Assertion, counts: Counts) -> bool:
    """Whether, at these numbers of signs, the second follows from the first."""
    if stronger.quantifier != FOR_ALL:
        return False
    regions = {f"lambda: {name}" for name, region in REGIONS.items() if region(*counts)}
    there = replace(weaker, hypotheses=(*weaker.hypotheses, *sorted(regions)))
    return implies(stronger, there)


def patterns(words: frozenset[str]) -> list[Counts]:
    """The sign patterns that satisfy these words about coefficients."""
    regions = [REGIONS[x.removeprefix("lambda: ")] for x in words if x.removeprefix("lambda: ") in REGIONS]
    return [x for x in sign_counts() if all(region(*x) for region in regions)]
