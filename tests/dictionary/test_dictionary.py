"""What the goals say is true of real networks; what they do not say, the kernel does not prove."""

import ast
import re
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from symplateau.errors import ProofError

from . import (
    comparisons,
    gaps,
    lemmas,
    minima,
    neurons,
    overviews,
    plateaus,
    points,
    preliminaries,
    regions,
    splitting,
)
from .calculus import loss_gradient, loss_hessian
from .entries import ENTRIES, Instance
from .formulas import holds, is_free, sides, value
from .goals import STATEMENTS as ALL
from .goals import Statement
from .mutants import counterexample, turned
from .networks import EVERY, RAMP, Smooth, random_net, stationary_net

BUILDERS = (
    comparisons, gaps, lemmas, minima, neurons, overviews, plateaus, points, preliminaries, regions,
    splitting)
CASES = [(daughters, seed) for daughters in (2, 3, 5) for seed in (1, 2)]
DERIVATIVE = re.compile(r"derivative of|H_r|inner Hessian|[a-z] variation of|gradient of|grad L|S'HS")
PAPERS = "AS"  # by the letter of their claims: those whose bridges have entries
STATEMENTS = [x for x in ALL if x.key[0][0] in PAPERS]
each_statement = pytest.mark.parametrize("statement", STATEMENTS, ids=lambda x: " ".join(x.key))


@cache
def made(key: tuple[str, str], daughters: int, seed: int) -> Instance:
    return ENTRIES[key](Random(1000 * daughters + seed), daughters)


def instance(statement: Statement, daughters: int = 3, seed: int = 1) -> Instance:
    return made(statement.key, daughters, seed)


def failures(statement: Statement, found: Instance) -> list[str]:
    """The hypotheses and conclusions that do not hold."""
    says, indexed = statement.says, statement.indexed
    texts = {**says["hypotheses"], **{text: text for text in says["conclusions"]}}
    return [name for name, text in texts.items() if not holds(text, indexed, found.values, found.size)]


def test_every_statement_has_an_entry_and_no_entry_is_idle() -> None:
    assert {statement.key for statement in STATEMENTS} == set(ENTRIES)


@each_statement
def test_hypotheses_and_conclusions_hold_of_networks(statement: Statement) -> None:
    for daughters, seed in CASES:
        found = instance(statement, daughters, seed)
        assert set(found.values) == set(statement.atoms), "a missing atom, or one too many"
        assert failures(statement, found) == [], (daughters, seed)
        for atom in statement.indexed:
            assert len(found.values[atom]) == found.size > 0


@each_statement
def test_derivatives_are_those_of_sympy(statement: Statement) -> None:
    found = instance(statement, 2)
    compared = list(found.derivatives())
    if any(DERIVATIVE.search(bridge) for bridge in statement.content["bridges"].values()):
        assert compared, "a bridge is a derivative, and nothing is compared"
    for text, expected in compared:
        assert read(text, statement, found) == expected, text


def read(text: str, statement: Statement, found: Instance) -> Any:
    tree = ast.parse(text, mode="eval").body
    if is_free(tree, statement.indexed):
        return [value(tree, statement.indexed, found.values, found.size, j) for j in range(found.size)]
    return value(tree, statement.indexed, found.values, found.size, None)


@each_statement
def test_a_conclusion_turned_round_is_false_and_not_proved(statement: Statement) -> None:
    found = instance(statement)
    for text in statement.says["conclusions"]:
        false = [x for x in turned(text) if not holds(x, statement.indexed, found.values, found.size)]
        assert false, text
        for other in false:
            with pytest.raises(ProofError):
                statement.attempt({text: other})


@each_statement
def test_without_a_hypothesis_it_is_false_and_not_proved(statement: Statement) -> None:
    names = set(statement.says["hypotheses"])
    needed = {name for case in ((2, 1), (3, 2)) for name in names
              if counterexample(statement.says, instance(statement, *case), name)}
    assert needed, "no hypothesis was shown to be necessary"
    for name in names:
        with pytest.raises(ProofError):
            statement.attempt({}, dropped=name)


@each_statement
def test_the_proof_itself_goes_through(statement: Statement) -> None:
    """Or the two tests above would pass whatever the kernel did."""
    assert statement.attempt({}) == statement.goal.certificates[statement.number]


def test_a_missing_atom_is_noticed() -> None:
    for statement in STATEMENTS[:10]:
        found = instance(statement)
        for atom in statement.atoms:
            rest = {name: x for name, x in found.values.items() if name != atom}
            with pytest.raises(KeyError, match=atom):
                failures(statement, Instance(rest, found.size))


def test_a_wrong_derivative_is_noticed() -> None:
    [statement] = [x for x in STATEMENTS if x.key == ("A/proposition-1", "output weights")]
    found = instance(statement)
    wrong = Instance(found.values | {"g": found.values["g"] + 1}, found.size, found.derivatives)
    [_, (text, expected)] = wrong.derivatives()
    assert read(text, statement, wrong) == expected
    [(text, expected), _] = wrong.derivatives()
    assert read(text, statement, wrong) != expected
    assert failures(statement, wrong) == ["narrow", "G = g"]


@pytest.mark.parametrize("smooth", EVERY, ids=lambda x: x.name)
def test_networks_have_the_derivatives_of_sympy(smooth: Smooth) -> None:
    for seed in range(2):
        net = random_net(Random(seed), smooth)
        assert net.gradient() == loss_gradient(net)
        assert net.hessian() == loss_hessian(net)


def test_ramp_has_the_derivatives_of_sympy() -> None:
    net = random_net(Random(4), RAMP)
    assert net.gradient() == loss_gradient(net)


@pytest.mark.parametrize("sign", [1, -1])
def test_stationary_networks_are_stationary_and_definite(sign: int) -> None:
    for seed in range(6):
        net, r = stationary_net(Random(seed), EVERY[seed % 3], sign)
        inner = net.inner(r)
        assert not any(net.gradient()) and any(net.residual)
        assert sign * inner[0][0] > 0
        assert len(inner) == 1 or inner[0][0] * inner[1][1] > inner[0][1] ** 2


def test_formulas_are_read_as_written() -> None:
    half, third = Fraction(1, 2), Fraction(1, 3)
    values = {"a": half, "b": [third, half], "u": (half, third), "w": [(third, half), (half, half)]}
    indexed = {"b", "w"}

    def both(text: str) -> list[tuple[Fraction, Fraction]]:
        return [(found.left, found.right) for found in sides(text, indexed, values, 2)]

    assert both("sum(b) = a - -b") == [(half + third, half + third), (half + third, 1)]
    assert both("dot(w - 2*u, u) >= sum(1)/3") == [
        ((third - 1) * half + (half - 2 * third) * third, 2 * third),
        (-half * half + (half - 2 * third) * third, 2 * third)]
    [(left, _)] = both("a**2*sum(b*dot(w, u)) > 0")
    assert left == half**2 * (third * third + half * (half**2 + half * third))
    assert holds("b >= a - 1/6", indexed, values, 2) and not holds("b > a - 1/6", indexed, values, 2)
    with pytest.raises(TypeError):
        value(ast.parse("b", mode="eval").body, indexed, values, 2, None)
    with pytest.raises(ValueError, match="Lambda"):
        value(ast.parse("lambda: 1", mode="eval").body, indexed, values, 2, None)
