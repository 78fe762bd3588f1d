"""Good certificates, at least one for each rule; and the ways to spoil one and seal it again."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from symplateau.argument import Argument, checked, texts
from symplateau.design import design
from symplateau.designs import NEURON, branch, narrow
from symplateau.instances import copied_saddle, minimum, rationals, saddle
from symplateau.investigation import investigate
from symplateau.kernel.format import FORMAT, CheckError, seal
from symplateau.network import Network
from symplateau.plateaus import find_inner_hessian, find_minimum
from symplateau.spectrum import diagonalize

Certificate = dict[str, Any]
Statement = dict[str, Any]
Place = tuple[str | int, ...]  # of an entry: ("steps", 1, "basis", 0, 2)


def step_of(argument: Argument, rule: str) -> int:
    """The first step by this rule."""
    return next(number for number, step in enumerate(argument.steps) if step["rule"] == rule)


def square(sign: int = 1) -> Argument:
    """v (w x)^2 with v = +-1, w = 0, x = y = 1: the residual is -1, the Hessian diag(0, -2 v)."""
    return Argument(Network.from_arrays("square", [[1]], [1], [sign], [[0]]))


def lattice(target: str = "3/5", **more: Any) -> Argument:
    """tanh(log 2) = 3/5, exactly."""
    return Argument(Network.from_arrays("tanh", [[1]], [target], [1], [[1]], W_unit="log(2)", **more))


@cache
def near(sign: int) -> tuple[Argument, int]:
    """softplus, one neuron with one input, a point that is only enclosed; the step that knows H_0."""
    start = Network.from_arrays("softplus", [[1], [2], [-1]], [0, 0, 0], [1], [["1/2"]])
    found = investigate(design(start, 0, [[sign]]))
    return found.argument, find_inner_hessian(found, 0)


def points() -> Iterator[tuple[str, Certificate]]:
    """A point itself."""
    tanh, soft = narrow("tanh", "pd")[0], near(1)[0]
    semidefinite, source = narrow("tanh", "psd")
    yield "stationary point", tanh.certificate(step_of(tanh, "stationary point"))
    yield "nondegenerate point", tanh.certificate(step_of(tanh, "nondegenerate point"))
    yield "nondegenerate point near", soft.certificate(step_of(soft, "nondegenerate point"))
    wild = narrow("tanh", "id", scale=400)[0]
    yield "nondegenerate saddle", wild.certificate(step_of(wild, "nondegenerate point"))
    yield "nonzero gradient", soft.certificate(step_of(soft, "nonzero gradient"))
    yield "inner Hessian", tanh.certificate(step_of(tanh, "inertia"))
    yield "inner Hessian enclosed", soft.certificate(step_of(soft, "inertia"))
    yield "inner Hessian with a null vector", semidefinite.certificate(source)
    for name, argument in (("zero residual", lattice()), ("zero residual with c", lattice("8/5", c=1))):
        yield name, argument.certificate(argument.step("zero residual"))
    argument = square()
    start = argument.step("stationary point")
    yield "local maximum", argument.certificate(argument.step("local maximum", start, prec=32, around="1/4"))
    low = square(-1)
    step = low.step("local minimum", low.step("stationary point"), prec=32, around="1/4")
    yield "local minimum", low.certificate(step)
    given: dict[str, Any] = {"basis": [["0"], ["2/3"]], "signs": [-1], "null": [["1", "0"]]}
    yield "inertia", argument.certificate(argument.step("inertia", start, **given))
    tanh = branch(tanh)
    box, start = (step_of(tanh, rule) for rule in ("nondegenerate point", "stationary point"))
    given = {name: tanh.steps[box][name] for name in ("prec", "basis", "signs")} | {"null": []}
    yield "inertia enclosed", tanh.certificate(tanh.step("inertia", start, **given))
    flat, source = narrow("tanh", "zero")
    flat = branch(flat)
    source = flat.step("effective neuron", source, neuron=NEURON, prec=64, order=3, direction=["1", "2"])
    yield "effective neuron", flat.certificate(source)
    split = flat.step("split", source, neuron=NEURON, coefficients=["1", "0"])
    yield "effective neuron, split", flat.certificate(split)


def splits() -> Iterator[tuple[str, Certificate]]:
    """What splitting makes of a point."""
    for name, target, shares in (("split", "pd", "2 -1"), ("split in three", "nd", "1/3 1/6 1/2")):
        start, source = narrow("tanh", target)
        argument = branch(start)
        step = argument.step("split", source, neuron=NEURON, coefficients=shares.split())
        yield name, argument.certificate(step)
        yield name + ", mapped", argument.certificate(
            argument.step("plateau map", source, neuron=NEURON, daughters=len(shares.split())))
    plain = Argument(narrow("logistic", "id")[0].network)
    twice = plain.step("split", plain.step("stationary point"), neuron=0, coefficients=["1/2", "1/2"])
    twice = plain.step("split", twice, neuron=1, coefficients=["3", "-2"])
    yield "split twice", plain.certificate(twice)
    basis, signs, null = diagonalize(plain.facts[twice].state(None, 2).hessian())
    given: dict[str, Any] = {"basis": [texts(row) for row in basis], "null": [texts(row) for row in null]}
    yield "split twice, inertia", plain.certificate(plain.step("inertia", twice, signs=signs, **given))
    yield "split minimum", minimum("tanh", "pd", rationals("1/3 2/3")).certificate
    yield "split minimum, negative definite", minimum("tanh", "nd", rationals("3 -2")).certificate
    soft = branch(near(-1)[0])
    step = find_minimum(soft, near(-1)[1], 0, rationals("3 -2")) or 0
    yield "split minimum near", soft.certificate(step)
    yield "minimum split twice", minimum_split_twice()


def minimum_split_twice() -> Certificate:
    """A split minimum, a daughter of which is split again to a minimum."""
    start, source = narrow("tanh", "pd")
    argument = branch(start)
    first = find_minimum(argument, source, NEURON, rationals("1/2 1/2"))
    basis = [[str(x) for x in row] for row in diagonalize(argument.facts[first or 0].state(None,
        2).inner_hessian(1))[0]]
    inner = argument.step("inertia", first, neuron=1, basis=basis, signs=[1, 1], null=[])
    second = find_minimum(argument, inner, 1, rationals("1/4 3/4"))
    return argument.certificate(second or 0)


def paths() -> Iterator[tuple[str, Certificate]]:
    """Curves on which the loss changes, and points that have several."""
    tanh, source = branch(narrow("tanh", "pd")[0]), narrow("tanh", "pd")[1]
    line = ["t", "0", "0", "0", "1/2*t", "0"]
    point = step_of(tanh, "stationary point")
    step = tanh.step("curve", point, prec=64, order=2, until="1/64", displacement=line)
    yield "curve", tanh.certificate(step)
    yield from bent_curves()
    given: dict[str, Any] = {"coefficients": ["2", "-1"], "shifts": ["t", "2*t"], "direction": ["1", "0"]}
    step = tanh.step("split path", source, prec=64, order=2, until="1/1024", neuron=NEURON, **given)
    yield "split path", tanh.certificate(step)
    yield "saddle", saddle("tanh", "pd", rationals("2 -1"), 1).certificate
    soft, source = branch(near(-1)[0]), near(-1)[1]
    given = {"coefficients": ["1/2", "1/2"], "shifts": ["t", "-t"], "direction": ["1"]}
    step = soft.step("split path", source, prec=64, order=2, until="1/1024", neuron=0, **given)
    split = soft.step("split", source, neuron=0, coefficients=["1/2", "1/2"])
    rise = soft.step("curve", split, prec=64, order=2, until="1/64", displacement=["t", "0", "0", "0"])
    yield "saddle near", soft.certificate(step, rise)
    yield "copied saddle", copied_saddle(*narrow("tanh", "id", scale=400), "tanh", "id",
                                         rationals("2 -1")).certificate


def bent_curves() -> Iterator[tuple[str, Certificate]]:
    """Points whose Hessian is singular; the second has e = (1, -1), and falls like -81/2 t^4."""
    cube = Argument(Network.from_arrays("cube", [["1"]], ["1"], ["1"], [["0"]]))
    start = cube.step("stationary point")  # L = (v w^3 - 1)^2 / 2 changes like -w^3
    falls = cube.step("curve", start, prec=32, order=3, until="1/4", displacement=["0", "t"])
    rises = cube.step("curve", falls, prec=32, order=3, until="1/4", displacement=["0", "-t"])
    yield "curves of third order", cube.certificate(rises)
    biased = Argument(Network.from_arrays("t**4", [["1"], ["-2"]], ["1", "3"], ["1"], [["0"]], b=["0"], c="2",
                                          loss="mean"))
    start = biased.step("stationary point")
    yield "curve with biases", biased.certificate(biased.step(
        "curve", start, prec=64, order=4, until="1/64", displacement=["0", "-t", "t + t**2", "0"]))


@cache
def _pool() -> Mapping[str, Certificate]:
    return dict([*points(), *splits(), *paths()])


def pool() -> dict[str, Certificate]:
    """All of them, by name; theirs to change."""
    return deepcopy(dict(_pool()))


def good(name: str) -> Certificate:
    return deepcopy(_pool()[name])


def entry(certificate: Certificate, place: Place) -> Any:
    found: Any = certificate
    for key in place:
        found = found[key]
    return found


def spoiled(certificate: Certificate, *place: str | int, to: Any) -> Certificate:
    """The certificate with another entry at this place, sealed again. to: it, or a function of the old."""
    changed = deepcopy(certificate)
    holder = entry(changed, place[:-1])
    old = holder.get(place[-1]) if isinstance(holder, dict) else holder[place[-1]]
    holder[place[-1]] = to(old) if callable(to) else to
    return seal(changed)


def without(certificate: Certificate, *place: str | int) -> Certificate:
    """The certificate without this entry, sealed again."""
    changed = deepcopy(certificate)
    del entry(changed, place[:-1])[place[-1]]
    return seal(changed)


def extended(certificate: Certificate, *steps: Mapping[str, Any]) -> Certificate:
    """The certificate with more steps, sealed again."""
    return spoiled(certificate, "steps", to=[*certificate["steps"], *map(dict, steps)])


def algebra(problem: Mapping[str, Any], *steps: Mapping[str, Any]) -> Certificate:
    return seal({"format": FORMAT, "problem": dict(problem), "steps": list(map(dict, steps))})


def seal_of(certificate: Certificate) -> str:
    """The digest that it has to bear."""
    return str(seal(certificate)["sha256"])


def statement(certificate: Certificate) -> Statement | None:
    """What the kernel makes of it: None for a rejection."""
    try:
        return checked(certificate)
    except CheckError:
        return None


def accepted(certificate: Certificate) -> Statement:
    """Demand that it is accepted."""
    return checked(certificate)


def until_rejected(name: str, step: int, field: str) -> int:
    """How often a number can be doubled before the kernel rejects it, in that step; all statements differ."""
    certificate, statements = good(name), list[Statement]()
    while (found := statement(certificate)) is not None:
        assert found not in statements and len(statements) < 200
        statements.append(found)
        certificate = spoiled(certificate, "steps", step, field, to=lambda x: str(2 * Fraction(x)))
    rejected(certificate, step)
    return len(statements)


def rejected(certificate: Certificate, step: int | None = None, rule: str | None = None) -> CheckError:
    """Demand a rejection, in this step and by this rule (by default the last one)."""
    with pytest.raises(CheckError) as found:
        checked(certificate)
    number = len(certificate["steps"]) - 1 if step is None else step
    expected = certificate["steps"][number]["rule"] if rule is None else rule
    assert (found.value.step, found.value.rule) == (number, expected)
    return found.value

