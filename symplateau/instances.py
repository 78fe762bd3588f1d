"""Instances of the theorems: exact or enclosed networks, each with its certificate.

Those of paper A; those of paper B are made in `relu/instances.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import Any

from .argument import Argument, polynomial, small_enough, texts
from .designs import ACTIVATIONS, EXACT, NEURON, TARGETS, branch, narrow
from .errors import ProofError
from .paths import ascent, descent
from .perturbations import copied
from .plateaus import find_minimum
from .splitting import signs
from .stationary import PREC, diagonalize, floats


@dataclass(frozen=True)
class Instance:
    """A named instance. expansion: equation, order, measured and size-free coefficient as decimals, or
    None."""

    name: str
    certificate: dict[str, Any]
    expansion: dict[str, Any] | None = None


def saddle(
    label: str, target: str, coefficients: tuple[Fraction, ...], sign: int, bias: bool = False
) -> Instance:
    """A split point that is a saddle: its type, a descent and an ascent."""
    start, source = narrow(label, target, bias)
    argument = branch(start)
    split = argument.step("split", source, neuron=NEURON, coefficients=texts(coefficients))
    _demand(argument, split, "saddle")
    falls, found = descent(argument, source, coefficients, sign)
    rises = ascent(argument, split)
    return Instance(_name(label, target, coefficients, bias), argument.certificate(rises, falls), found)


def minimum(label: str, target: str, coefficients: tuple[Fraction, ...], bias: bool = False) -> Instance:
    """A split point that is a local minimum, with its radius."""
    start, source = narrow(label, target, bias)
    argument = branch(start)
    step = find_minimum(argument, source, NEURON, coefficients)
    if step is None:
        raise ProofError(f"no radius was found for {label}, {target}, {coefficients}")
    return Instance(_name(label, target, coefficients, bias), argument.certificate(step))


def _demand(argument: Argument, step: int, kind: str) -> None:
    if argument.facts[step].type != kind:
        raise ProofError(f"expected a {kind}, the kernel says {argument.facts[step].type}")


def _name(label: str, target: str, coefficients: tuple[Fraction, ...], bias: bool = False) -> str:
    words = signs(coefficients).replace("+", "p").replace("0", "z").replace("-", "n")
    return "-".join([label, *(["bias"] if bias else []), target, words])


def rationals(text: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(x) for x in text.split())


PLUS = tuple(
    map(
        rationals,
        (
            "2 -1",
            "1 0",
            "1/2 1/2 0",
            "3 -1 -1",
            "1 1 1 -1 -1",
            "0 1/3 2/3",
            "3/2 1/2 -1",
            "1 0 0",
            "5 -1 -1 -1 -1",
        ),
    )
)
MINUS = tuple(
    map(
        rationals,
        (
            "1/2 1/2",
            "1 0",
            "1/3 1/3 1/3",
            "2 1/2 -3/2",
            "1/5 1/5 1/5 1/5 1/5",
            "1 0 0",
            "1/4 3/4",
            "1 1 -1",
            "2 0 -1",
        ),
    )
)
BOTH = tuple(x for x in PLUS if x in MINUS or signs(x).count("+") >= 2 or "0" in signs(x))
POSITIVE = tuple(map(rationals, ("1/2 1/2", "1/3 1/3 1/3", "1/5 1/5 1/5 1/5 1/5", "1/8 7/8", "1/2 1/4 1/4")))
ONE_POSITIVE = tuple(map(rationals, ("2 -1", "3 -1 -1", "5 -1 -1 -1 -1", "5/4 -1/4", "10 -9")))


def _distinct(found: Iterator[Instance]) -> Iterator[Instance]:
    """The instances with a number behind each name."""
    for number, instance in enumerate(found, 1):
        yield Instance(f"{number:02d}-{instance.name}", instance.certificate, instance.expansion)


def _grid(
    targets: tuple[str, ...], coefficients: tuple[tuple[Fraction, ...], ...], sign: int
) -> Iterator[Instance]:
    shares = cycle(coefficients)
    for target in targets:
        for label in ACTIVATIONS:
            for _ in range(2):
                yield saddle(label, target, next(shares), sign)
    yield saddle("tanh", targets[0], next(shares), sign, bias=True)
    yield saddle("tanh", targets[-1], next(shares), sign, bias=True)


def lemma_4_1() -> Iterator[Instance]:
    """Some lambda_j <= 0, and a direction of positive inner curvature."""
    yield from _grid(("pd", "id"), PLUS, 1)
    for label, coefficients in zip(EXACT, PLUS[2:], strict=False):
        yield saddle(label, "psd", coefficients, 1)


def lemma_4_2_amended() -> Iterator[Instance]:
    """Two lambda_j >= 0, and a direction of negative inner curvature."""
    yield from _grid(("nd", "id"), MINUS, -1)
    for label, coefficients in zip(EXACT, MINUS[2:], strict=False):
        yield saddle(label, "nsd", coefficients, -1)


def theorem_1() -> Iterator[Instance]:
    """Definite inner Hessians: minima with a radius, and saddles; indefinite ones: saddles."""
    more, fewer = cycle(POSITIVE), cycle(ONE_POSITIVE)
    plus, minus, both = cycle(PLUS), cycle(MINUS), cycle((*POSITIVE, *ONE_POSITIVE, *PLUS))
    for label in ACTIVATIONS:
        yield minimum(label, "pd", next(more))
        yield minimum(label, "nd", next(fewer))
        yield saddle(label, "pd", next(plus), 1)
        yield saddle(label, "nd", next(minus), -1)
        coefficients = next(both)
        yield saddle(label, "id", coefficients, 1 if min(coefficients) <= 0 else -1)
    yield minimum("tanh", "pd", next(more), bias=True)


def theorem_2() -> Iterator[Instance]:
    """Inner Hessians that are not zero, semidefinite ones among them, on the surely-saddle region."""
    shares = cycle(BOTH)
    for target, sign in (("pd", 1), ("nd", -1)):
        for label in ACTIVATIONS:
            yield saddle(label, target, next(shares), sign)
    for target, sign in (("psd", 1), ("nsd", -1)):
        for label in ACTIVATIONS:
            yield saddle(label, target, next(shares), sign)
    yield saddle("logistic", "psd", next(shares), 1, bias=True)
    yield saddle("logistic", "nsd", next(shares), -1, bias=True)


def theorem_4() -> Iterator[Instance]:
    """Saddles of the narrow network, with a copied descent and a copied ascent (68)."""
    shares = cycle((*POSITIVE, *ONE_POSITIVE, *PLUS))
    for target, scale in (("nd", 400), ("id", 400), ("nsd", 900), ("nd", 1600)):
        for label in ACTIVATIONS:
            yield copied_saddle(*narrow(label, target, scale=scale), label, target, next(shares))


def copied_saddle(
    start: Argument, source: int, label: str, target: str, coefficients: tuple[Fraction, ...]
) -> Instance:
    """A split of a saddle: the lines of most negative and of most positive curvature, copied."""
    import numpy as np

    argument, fact = branch(start), start.facts[source]
    split = argument.step("split", source, neuron=NEURON, coefficients=texts(coefficients))
    _demand(argument, split, "saddle")
    matrix = floats(fact.state(PREC, 2).hessian())
    vectors = np.linalg.eigh((matrix + matrix.T) / 2)[1]
    step = split
    for column in (vectors[:, 0], vectors[:, -1]):
        line = tuple((Fraction(0), Fraction(round(float(x) * 64), 64)) for x in column)
        wide = [polynomial(x) for x in copied(start.network, NEURON, coefficients, line)]
        step = small_enough(
            lambda until, step=step, wide=wide: argument.step(  # type: ignore[misc]
                "curve", step, prec=PREC, order=2, until=until, displacement=wide
            )
        )
    if list(argument.facts[step].curves) != ["falls", "rises"]:
        raise ProofError("the copied lines do not fall and rise")
    return Instance(_name(label, target, coefficients), argument.certificate(step))


def proposition_1() -> Iterator[Instance]:
    """Exact stationary points, split at coefficients of every sign."""
    shares = cycle((*POSITIVE, *ONE_POSITIVE, *PLUS, *MINUS))
    for label in EXACT:
        for target in TARGETS:
            for _ in range(2):
                argument = Argument(narrow(label, target)[0].network)
                coefficients = next(shares)
                step = argument.step(
                    "split",
                    argument.step("stationary point"),
                    neuron=NEURON,
                    coefficients=texts(coefficients),
                )
                if any(argument.facts[step].state(None, 1).gradient()):
                    raise ProofError("the gradient of the wide network does not vanish")
                yield Instance(_name(label, target, coefficients), argument.certificate(step))


def inertia() -> Iterator[Instance]:
    """The inertia of the wide Hessian by the formula, and directly from that Hessian, exactly."""
    shares = cycle((*POSITIVE, *ONE_POSITIVE, *PLUS))
    for label in EXACT:
        for target in TARGETS:
            for _ in range(2 if target != "zero" else 0):
                start, source = narrow(label, target)
                argument, coefficients = branch(start), next(shares)
                step = argument.step("split", source, neuron=NEURON, coefficients=texts(coefficients))
                fact = argument.facts[step]
                _, found, null = diagonalize(fact.state(None, 2).hessian())
                direct = (found.count(1), len(null), found.count(-1))
                if fact.inertia != direct:
                    raise ProofError(
                        f"the formula gives the inertia {fact.inertia}, the Hessian has {direct}"
                    )
                yield Instance(_name(label, target, coefficients), argument.certificate(step))


INSTANCES: dict[str, Callable[[], Iterator[Instance]]] = {
    "A/proposition-1": proposition_1,
    "A/lemma-4.1": lemma_4_1,
    "A/lemma-4.2-amended": lemma_4_2_amended,
    "A/theorem-1": theorem_1,
    "A/theorem-2": theorem_2,
    "A/theorem-4": theorem_4,
    "S/inertia": inertia,
}


def instances(claim: str) -> list[Instance]:
    """The instances of a claim, about thirty of paper A; none for the claims that have no networks."""
    from .relu.instances import INSTANCES as of_relu

    if claim in of_relu:
        return list(_distinct(Instance(name, certificate) for name, certificate in of_relu[claim]()))
    return list(_distinct(INSTANCES[claim]())) if claim in INSTANCES else []
