"""The rule `inertia`: good certificates spoiled one way at a time."""

from typing import Any

import pytest

from symplateau.argument import Argument
from symplateau.designs import branch, narrow
from symplateau.network import Network

from .pool import accepted, extended, good, rejected, spoiled, statement, step_of, without


def test_a_null_vector_that_is_not_in_the_kernel() -> None:
    for vector in (["0", "1"], ["1", "1"], ["1", "1/1000000000000"], ["0", "0"]):
        rejected(spoiled(good("inertia"), "steps", 1, "null", 0, to=vector))


@pytest.mark.parametrize("null", [
    ["1 0 0 0", "0 1 0 0", "0 0 1 0", "1 1 1 0"], ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 1 0"],
    ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 0"], ["1 1 0 0", "0 1 1 0", "0 0 1 1", "1 0 0 1"],
    ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", "1 0 0 0"], ["1 0 0 0", "0 1 0 0", "0 0 1 0"],
    ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 2"], ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 -1"]])
def test_null_vectors_that_are_dependent_or_too_few_or_too_many(null: list[str]) -> None:
    argument = Argument(Network.from_arrays("cube", [[1]], [1], [1, 2], [[0], [0]]))
    given: dict[str, Any] = {"basis": [[]] * 4, "signs": []}
    start = argument.step("stationary point")
    units = [["1" if i == k else "0" for i in range(4)] for k in range(4)]
    certificate = argument.certificate(argument.step("inertia", start, null=units, **given))
    found = accepted(certificate)
    assert found["says"]["inertia"] == [0, 4,
                                                              0] and found["says"]["type"] == "stationary"
    rejected(spoiled(certificate, "steps", 1, "null", to=[row.split() for row in null]))


def test_a_null_vector_of_an_enclosed_matrix() -> None:
    rejected(spoiled(good("inertia"), "steps", 1, "prec", to=64))
    assert statement(spoiled(good("inner Hessian enclosed"), "steps", 1, "null", to=[])) is not None
    rejected(spoiled(good("inner Hessian enclosed"), "steps", 1, "null", to=[["1"]]))
    rejected(spoiled(good("inner Hessian enclosed"), "steps", 1, "null", to=[["0"]]))


def test_an_inertia_that_counts_too_little() -> None:
    rejected(spoiled(good("inertia"), "steps", 1, "null", to=[]))
    certificate = spoiled(good("inertia"), "steps", 1, "signs", to=[])
    rejected(spoiled(certificate, "steps", 1, "basis", to=[[], []]))


def test_an_inner_hessian_of_which_less_is_counted_says_less() -> None:
    certificate = good("inner Hessian with a null vector")
    less = statement(spoiled(certificate, "steps", 2, "null", to=[]))
    full = accepted(certificate)
    assert full["says"]["inner Hessian"]["inertia"] == [1, 1, 0]
    assert less is not None and less["says"]["inner Hessian"]["inertia"] == [1, 0, 0]


def test_the_inner_hessian_of_another_neuron() -> None:
    certificate = good("inner Hessian")
    rejected(extended(certificate, certificate["steps"][2] | {"from": 2, "neuron": 0}))
    rejected(spoiled(good("inner Hessian with a null vector"), "steps", 2, "neuron", to=0))


def test_the_inner_hessian_in_place_of_the_hessian() -> None:
    rejected(without(good("inner Hessian"), "steps", 2, "neuron"))
    rejected(spoiled(good("inertia"), "steps", 1, "neuron", to=0))
    rejected(spoiled(good("inertia enclosed"), "steps", 1, "neuron", to=0))


def test_exactness_where_only_enclosures_are_known() -> None:
    rejected(without(good("inner Hessian enclosed"), "steps", 1, "prec"))


def test_an_indefinite_hessian_is_called_a_saddle_and_a_semidefinite_one_is_not_decided() -> None:
    for target, kind in (("id", "saddle"), ("pd", "strict local minimum")):
        start = narrow("tanh", target, scale=400 if target == "id" else 1)[0]
        argument = branch(start)
        step = argument.facts[step_of(argument, "nondegenerate point")]
        assert step.type == kind
    found = accepted(good("inertia"))
    assert (found["says"]["inertia"], found["says"]["type"]) == ([0, 1, 1],
        "stationary")
