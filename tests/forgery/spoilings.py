"""Every way to spoil a certificate at one place: generated as recipes, carried out when they are wanted."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from symplateau.kernel import certificate, relu
from symplateau.kernel.format import digest, seal

from ..kernel.pool import Certificate, Place, entry
from .changes import changes

Step = dict[str, Any]
RULES = sorted({*certificate.RULES, *relu.RULES, "combination", "bound", "witness"})
MISSING = object()


@dataclass(frozen=True)
class Recipe:
    """how: what is done. place: where; ("steps", k) with k = the first step that changes, where several do;
    ("file",) for what belongs to no part. make: the forgery, from the certificate."""

    how: str
    place: Place
    make: Callable[[Certificate], Certificate]

    def group(self, original: Certificate) -> tuple[str, str]:
        """What it is a sample of: the rule or part that is spoiled, and how."""
        return subject(original, self.place), self.how


def kind_of(original: Certificate) -> str:
    return str(original["problem"]["kind"])


def subject(original: Certificate, place: Place) -> str:
    """The rule of the step that is spoiled, or the part."""
    if place[0] == "steps" and len(place) > 1:
        return f"{kind_of(original)}: {original['steps'][place[1]]['rule']}"
    return "the file" if place[0] == "file" else f"{kind_of(original)}: the problem"


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every entry of an object or a list, and of those in it."""
    entries: Any = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for key, inner in entries:
        yield (*place, key)
        yield from places(inner, (*place, key))


def put(place: Place, new: Any) -> Callable[[Certificate], Certificate]:
    """The certificate with another entry at this place, sealed again; without it for MISSING."""
    def make(original: Certificate) -> Certificate:
        changed = deepcopy(original)
        holder = entry(changed, place[:-1])
        if new is MISSING:
            del holder[place[-1]]
        else:
            holder[place[-1]] = new
        return seal(changed)
    return make


def recipes(original: Certificate, other: Certificate | None = None) -> Iterator[Recipe]:
    """All of them. other: a certificate of the same kind, whose steps are put among those of this one."""
    names = names_of(original)
    for place in places({key: original[key] for key in ("problem", "steps")}):
        if len(place) > 1:
            yield Recipe("missing", place, put(place, MISSING))
            yield from (Recipe(how, place, put(place, new)) for how, new in values(original, place, names))
    for how, first, steps in (*arrangements(original), *(mixtures(original, other) if other else ())):
        yield Recipe(how, ("steps", first), put(("steps",), steps))
    if kind_of(original) == "algebra":
        yield from (Recipe(f"scope: {how}", ("problem", field), put(("problem",), new))
                    for how, field, new in scopes(original["problem"]))
    yield from unsealed(original)


def names_of(original: Certificate) -> list[str]:
    """Names that formulas of the certificate may use."""
    problem = original["problem"]
    if kind_of(original) == "algebra":
        return [*problem["scalars"], *problem["vectors"]]
    return ["t", "pi", "tanh", "exp", "sin"]


def values(original: Certificate, place: Place, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Other values at a place: all `changes`; of a rule, each other rule; of a citation, each other one."""
    old, count = entry(original, place), len(original["steps"])
    if place[-1] == "rule":
        yield from (("another rule", x) for x in (*RULES, "", "Split") if x != old)
    elif place[-1] == "from":
        for k in range(-1, count + 1):
            if k != old:
                yield {True: "circular", False: "another reference"}[k == place[1]] if (
                    k <= place[1]) else "forward", k
    elif len(place) > 4 and place[-2] == "factors":
        yield from (x for x in citations(original, place) if x[1] != old)
    elif place[-1] == "multipliers" and len(place) == 3:
        for how, name in citations(original, place):
            if name not in old:
                yield how, {**old, name: "1"}
                yield from ((how, {name if key == one else key: x for key, x in old.items()}) for one in old)
    elif place[0] == "steps" and len(place) == 2 and "from" not in old:
        yield from (("a reference more", {**old, "from": k}) for k in range(place[1] + 1))
    yield from changes(old, names)


def citations(original: Certificate, place: Place) -> Iterator[tuple[str, str]]:
    number = int(place[1])
    yield from (("another citation", name) for name in original["problem"]["hypotheses"])
    for k in range(len(original["steps"]) + 1):
        how = "another citation" if k < number else "circular" if k == number else "forward"
        yield how, f"#{k}"


Steps = tuple[str, int, list[Step]]


def arrangements(original: Certificate) -> Iterator[Steps]:
    """The steps dropped, repeated, exchanged and reversed; references renumbered, or not."""
    steps = original["steps"]
    size = len(steps)
    for k in range(size):
        order = [n for n in range(size) if n != k]
        yield "step missing", min(k, size - 1), [steps[n] for n in order]
        yield "step missing, renumbered", min(k, size - 1), numbered(steps, order)
        twice = [*range(k + 1), *range(k, size)]
        yield "step twice", k, [steps[n] for n in twice]
        yield "step twice, renumbered", k, numbered(steps, twice)
        yield "step again at the end", k, [*steps, steps[k]]
    for k in range(size - 1):
        order = [*range(k), k + 1, k, *range(k + 2, size)]
        yield "steps exchanged", k, [steps[n] for n in order]
        yield "steps exchanged, renumbered", k, numbered(steps, order)
    if size > 2:
        yield "steps reversed", 0, steps[::-1]
        yield "steps reversed, renumbered", 0, numbered(steps, list(range(size))[::-1])


def numbered(steps: Sequence[Step], order: Sequence[int]) -> list[Step]:
    """The steps in this order, with references to where they are now, or were if they are nowhere."""
    now = {old: new for new, old in enumerate(order)}

    def moved(value: Any, key: str = "") -> Any:
        if key == "from" and type(value) is int:
            return now.get(value, value)
        if key in ("multipliers", "factors") and type(value) is dict:
            return {cited(x): y for x, y in value.items()}
        if key in ("multipliers", "factors"):
            return [cited(x) for x in value]
        if type(value) is dict:
            return {x: moved(y, x) for x, y in value.items()}
        return [moved(x) for x in value] if type(value) is list else value

    def cited(name: str) -> str:
        return f"#{now.get(int(name[1:]), int(name[1:]))}" if name.startswith("#") else name

    return [moved(steps[n]) for n in order]


def mixtures(original: Certificate, other: Certificate) -> Iterator[Steps]:
    """Steps of another certificate in place of one's own, before them and after them."""
    steps, theirs = original["steps"], other["steps"]
    for k in range(len(steps)):
        for step in theirs[:4]:
            if step != steps[k]:
                same = step.get("rule") == steps[k]["rule"]
                yield ("step of another certificate, same rule" if same else "step of another certificate",
                       k, [*steps[:k], step, *steps[k + 1:]])
    yield "steps of another certificate", 0, theirs
    yield "steps of another certificate added", len(steps) - 1, [*steps, *theirs]


def scopes(problem: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Names that are declared as something else; hypotheses and conclusions that move."""
    for name in problem["scalars"]:
        rest = [x for x in problem["scalars"] if x != name]
        yield "a scalar as a vector", "scalars", problem | {
            "scalars": rest, "vectors": [*problem["vectors"], name]}
        yield "undeclared", "scalars", problem | {"scalars": rest}
    for name in problem["vectors"]:
        rest = [x for x in problem["vectors"] if x != name]
        yield "a vector as a scalar", "vectors", problem | {
            "vectors": rest, "scalars": [*problem["scalars"], name]}
    for name in (*problem["scalars"], *problem["vectors"]):
        indexed = problem["indexed"]
        if name in indexed:
            yield "no index", "indexed", problem | {"indexed": [x for x in indexed if x != name]}
        else:
            yield "an index", "indexed", problem | {"indexed": [*indexed, name]}
    for text in problem["conclusions"]:
        assumed = {**problem["hypotheses"], "assumed": text}
        yield "a conclusion assumed", "hypotheses", problem | {"hypotheses": assumed}
    for name, text in problem["hypotheses"].items():
        yield "a hypothesis concluded", "conclusions", problem | {
            "conclusions": [*problem["conclusions"], text]}
        rest = {x: y for x, y in problem["hypotheses"].items() if x != name}
        yield "another name for it", "hypotheses", problem | {"hypotheses": {**rest, "#0": text}}


def unsealed(original: Certificate) -> Iterator[Recipe]:
    """What is wrong with the file itself; also a digest that was not made anew."""
    def top(how: str, **more: Any) -> Recipe:
        return Recipe(how, ("file",), lambda x: {**deepcopy(x), **more})

    old = original["sha256"]
    yield from (top("hash", sha256=x) for x in (old.upper(), old[:-1], "0" * 64, old[::-1], None, [old]))
    yield top("hash of another content", problem={**original["problem"], "kind": "other"})
    yield top("hash of the problem", sha256=digest(original["problem"]))
    for version in ("symplateau certificate 2", "symplateau statement 1", "", 1, None):
        yield Recipe("format", ("file",), lambda x, to=version: seal({**x, "format": to}))  # type: ignore[misc]
    for name in ("statement", "says", "rests_on", "about"):
        yield Recipe("a field more", ("file",), lambda x, key=name: seal({**x, key: {}}))  # type: ignore[misc]
    for name in ("format", "problem", "steps"):
        yield Recipe("a field missing", ("file",), lambda x, key=name: seal(  # type: ignore[misc]
            {y: z for y, z in x.items() if y != key}))


def sample(draw: random.Random, original: Certificate, other: Certificate | None,
           size: int) -> list[Recipe]:
    """So many recipes, at most, spread evenly over what is spoiled and how; 0: all of them."""
    groups = defaultdict(list)
    for recipe in recipes(original, other):
        groups[recipe.group(original)].append(recipe)
    if not size:
        return [x for group in groups.values() for x in group]
    for group in groups.values():
        draw.shuffle(group)
    order, chosen = list(groups), list[Recipe]()
    while len(chosen) < size and order:
        draw.shuffle(order)
        chosen += [groups[name].pop() for name in order]
        order = [name for name in order if groups[name]]
    return chosen[:size]
