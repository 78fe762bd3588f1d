"""Every certificate of a pool about every other problem: rejected, or another statement."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from symplateau.designs import NEURON, narrow
from symplateau.instances import (
    Instance,
    copied_saddle,
    inertia,
    minimum,
    proposition_1,
    rationals,
    saddle,
)
from symplateau.kernel.format import digest, encode

from .pool import Certificate, accepted, good, pool, spoiled, statement
from .test_algebra import GOOD

SOME = ("logistic", "polynomial")


def chosen() -> Iterator[Instance]:
    """Instances of several claims, of activations that are quickly evaluated."""
    yield from islice(proposition_1(), 0, 24, 4)
    yield from islice(inertia(), 0, 24, 4)
    for label in SOME:
        yield minimum(label, "pd", rationals("1/4 1/2 1/4"))
        yield minimum(label, "nd", rationals("5/4 -1/4"))
        yield saddle(label, "id", rationals("1 0"), 1)
        yield saddle(label, "nsd", rationals("1/3 2/3"), -1)
        yield copied_saddle(*narrow(label, "nd", scale=400), label, "nd", rationals("2 -1"))


@cache
def certificates() -> dict[str, Certificate]:
    """At least thirty certificates about networks, each once."""
    found = pool() | {f"{k}: {x.name}": x.certificate for k, x in enumerate(chosen())}
    return {name: x for name, x in found.items() if next(k for k, y in found.items() if x == y) == name}


@cache
def problems() -> dict[str, Certificate]:
    """The problems of the pool, each once."""
    return {digest(x["problem"]): x["problem"] for x in certificates().values()}


def test_the_pool_is_large_enough() -> None:
    assert len(certificates()) >= 30 and len(problems()) >= 15
    assert len({encode(x) for x in certificates().values()}) == len(certificates())
    assert all(statement(x) is not None for x in certificates().values())


@pytest.mark.parametrize("name", list(certificates()))
def test_a_certificate_about_every_other_problem(name: str) -> None:
    certificate, found = certificates()[name], statement(certificates()[name])
    for sha256, problem in problems().items():
        if sha256 != digest(certificate["problem"]):
            other = statement(spoiled(certificate, "problem", to=problem))
            assert other is None or (other["about"] == problem and other != found)


def test_the_statements_of_the_pool_differ() -> None:
    found = [statement(x) for x in certificates().values()]
    assert len({encode(x) for x in found}) == len(found)


@pytest.mark.parametrize("name", list(GOOD))
def test_a_proof_about_every_other_problem(name: str) -> None:
    found = statement(GOOD[name])
    for other in GOOD.values():
        if other["problem"] != GOOD[name]["problem"]:
            changed = statement(spoiled(GOOD[name], "problem", to=other["problem"]))
            assert changed is None or (changed != found
                                       and changed["says"]["conclusions"] == other["problem"]["conclusions"])


@pytest.mark.parametrize("target", ["nd", "id", "psd", "nsd", "zero"])
def test_the_same_network_with_other_targets(target: str) -> None:
    """Networks that differ in y alone, stationary all of them: what depends on y is rejected."""
    problem = narrow("tanh", target)[0].source
    assert {key for key in problem if problem[key] != good("split")["problem"][key]} == {"y"}
    split = statement(spoiled(good("split"), "problem", to=problem))
    assert split is None  # the inner Hessian is another
    stationary = accepted(spoiled(good("stationary point"), "problem", to=problem))
    assert stationary["about"] == problem and stationary["says"]["type"] == "stationary"
    assert NEURON == 1
