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
    embeddings,
    escapes,
    experiments,
    gaps,
    kinks,
    lemmas,
    maxima,
    minima,
    neurons,
    overviews,
    plateaus,
    points,
    preliminaries,
    regions,
    replicas,
    silence,
    splitting,
)
from .calculus import loss_gradient, loss_hessian
from .entries import ENTRIES, Instance
from .formulas import holds, is_free, sides, value
from .goals import STATEMENTS, Statement
from .mutants import counterexample, turned
from .networks import EVERY, ONE, RAMP, Smooth, dot, random_net, random_row, stationary_net
from .relu_networks import (
    LEGS,
    flat,
    is_stationary,
    random_kinked,
    random_move,
    stationary,
    tangent,
)
from .relu_networks import escapes as escapes_along
from .surds import Surd

BUILDERS = (
    comparisons, embeddings, escapes, experiments, gaps, kinks, lemmas, maxima, minima, neurons, overviews,
    plateaus, points, preliminaries, regions, replicas, silence, splitting)
CASES = [(daughters, seed) for daughters in (2, 3, 5) for seed in (1, 2)]
DERIVATIVE = re.compile(r"derivative of|H_r|inner Hessian|[a-z] variation of|gradient of|grad L|S'HS")
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


@pytest.mark.parametrize("legs", LEGS)
def test_relu_networks_have_the_slopes_of_sympy(legs: tuple[Fraction, Fraction]) -> None:
    for seed in range(3):
        random = Random(seed)
        net = random_kinked(random, legs=legs, neurons=2)
        net = net.resting(1) if seed else net
        move = random_move(random, net)
        assert net.slope_by_sympy(move) == dot(flat(net.residuals), net.coefficients(move)[0])
        for i in net.neurons:
            v, n = tangent(random, net.W[i]), random_row(random, len(net.targets))
            assert net.slope_by_sympy(net.only(i, v)) == net.G(i, v)
            assert net.slope_by_sympy(net.only(i, g=n)) == sum(x * net.push(i, j) for j, x in enumerate(n))


@pytest.mark.parametrize("escaping", [
    {}, {"idle": [0]}, {"zero": [0]}, {"shared": [0], "outputs": 2, "kinks": 0}])
def test_relu_networks_are_stationary_and_escape_where_asked(escaping: dict[str, Any]) -> None:
    for seed in range(4):
        random = Random(seed)
        net = stationary(random, **escaping)
        assert is_stationary(net, random) and net.loss > 0
        assert bool(net.kinks(0)) is (escaping.get("kinks") != 0)
        found = {i for i in net.neurons for _ in range(6) if escapes_along(net, i, tangent(random, net.W[i]))}
        assert found == ({0} if escaping else set())


def test_a_relu_network_that_is_not_stationary_is_noticed() -> None:
    random = Random(1)
    net = stationary(random, neurons=1)
    assert not is_stationary(net.with_residuals(tuple(tuple(-x for x in e) for e in net.residuals)), random)
    v = tangent(random, net.W[0])
    assert not is_stationary(net.moved(net.only(0, v), net.short(net.only(0, v))), random)


@pytest.mark.parametrize("flat_parent", [False, True])
def test_replication_keeps_stationarity_as_proposition_4_9_says(flat_parent: bool) -> None:
    """And makes no escape neuron but as Proposition L.1 says: both ways, on networks."""
    for seed, sign in enumerate("+0-" * 3):
        random = Random(seed)
        shape = {"kinks": 0} if flat_parent else {}
        found = embeddings.random_replication(random, 3, sign + "++", inputs=2, **shape)
        assert is_stationary(found.wide, random) is (flat_parent or sign != "-")
        escaping = {i for i in found.wide.neurons for _ in range(4)
                    if escapes_along(found.wide, i, tangent(random, found.wide.W[i]))}
        assert escaping == (set() if flat_parent or sign != "0" else {found.i})


def test_the_third_saddle_is_stationary_and_its_first_neuron_escapes() -> None:
    """Exactly, in the field of the rationals with the root of 29."""
    net, random = experiments.rank_one(), Random(1)
    assert not any(net.hidden(0)[2:] + net.residuals[2]) and is_stationary(net, random)
    assert net.loss == Fraction(161, 200) - Fraction(464, 625) * experiments.ROOT
    assert [net.G(0, v) for v in ((Fraction(1), Fraction(2)), (Fraction(-2), Fraction(1)))] == [0, 0]
    assert escapes_along(net, 0, (Fraction(1), Fraction(2)))
    assert not is_stationary(net.with_residuals(((ONE, ONE),) * 4), random)


def test_surds_are_a_field_with_the_order_of_the_reals() -> None:
    root, random = Surd(Fraction(0), Fraction(1)), Random(2)
    assert root**2 == 29 and Fraction(5385, 1000) < root < Fraction(5386, 1000) and not root - root
    for _ in range(60):
        x, y = (Surd(*(Fraction(random.randint(-9, 9), 4) for _ in range(2))) for _ in range(2))
        assert (x < y, x > y) == (float(x.p) + float(x.q) * 29**0.5 < float(y.p) + float(y.q) * 29**0.5,
                                  float(x.p) + float(x.q) * 29**0.5 > float(y.p) + float(y.q) * 29**0.5)
        assert (x - y) * (x + y) == x**2 - y**2 and (not y or x / y * y == x)
        assert 2 - x == -(x - 2) and (not x or 1 / x * x == 1)


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
