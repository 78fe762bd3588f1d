"""The limits that CERTIFICATE.md states, section 2, and what it names."""

from dataclasses import fields
from fractions import Fraction

import pytest

from symplateau.kernel import certificate, format, network, numbers, polynomial, relu
from symplateau.kernel.format import FORMAT, STATEMENT_FORMAT, encode

from .pool import accepted, algebra, good, spoiled


def test_limits() -> None:
    assert (format.MAX_BYTES, format.MAX_LISTS) == (48 * 2**20, 2**21)
    assert (format.MAX_DIGITS, format.MAX_PREC) == (2000, 4096)
    assert (network.MAX_SIZE, network.MAX_ORDER, network.MAX_DAUGHTERS) == (4_000_000, 12, 64)
    assert (polynomial.MAX_TEXT, polynomial.MAX_POWER, polynomial.MAX_WORK) == (4000, 64, 2**17)
    assert (numbers.MAX_BITS, numbers.MAX_MULTIPLE, numbers.MAX_EXPONENT) == (2**15, 512, 2**20)
    assert (certificate.MAX_WORK, certificate.STEP_WORK, certificate.EXACT) == (2**38, 2**30, 2**10)
    assert (relu.MAX_WORK, relu.MAX_FALLING) == (2**25, 10)


def test_formats() -> None:
    assert (FORMAT, STATEMENT_FORMAT) == ("symplateau certificate 1", "symplateau statement 1")


def test_no_number_without_a_value_is_encoded() -> None:
    for x in (float("nan"), float("inf")):
        with pytest.raises(ValueError):
            encode({"a": x})


@pytest.mark.parametrize("unit", ["log(1/2)", "log(3)", "log(7/5)"])
def test_any_unit_but_1(unit: str) -> None:
    """f = tanh(0) = 0 = y, whatever the unit."""
    start = {"kind": "network", "activation": "tanh(t)", "X": [["1"]], "y": ["0"], "v": ["1"], "W": [["0"]],
             "W_unit": unit}
    accepted(algebra(start, {"rule": "zero residual"}))


def test_letters_of_both_cases_in_names() -> None:
    problem = {"kind": "algebra", "scalars": ["N", "m", "Zz_9"], "vectors": [], "indexed": [],
               "hypotheses": {"same": "N = m*Zz_9"}, "conclusions": ["2*N = 2*m*Zz_9"]}
    step = {"rule": "combination", "states": "2*N = 2*m*Zz_9", "multipliers": {"same": "2"}}
    accepted(algebra(problem, step))


def test_what_a_statement_rests_on() -> None:
    rests = {name: accepted(good(name))["rests_on"] for name in (
        "stationary point", "nondegenerate point", "split minimum", "split", "split path", "local maximum",
        "zero residual", "nonzero gradient", "effective neuron, split")}
    assert rests == {
        "stationary point": [], "nondegenerate point": ["S/nondegenerate-point"], "local maximum": [],
        "split minimum": ["S/inertia", "S/nondegenerate-point", "S/split-minimum"],
        "split": ["A/lemma-4.1", "S/inertia", "S/nondegenerate-point"], "zero residual": [],
        "nonzero gradient": [], "split path": ["A/proposition-1", "S/nondegenerate-point", "S/split-path"],
        "effective neuron, split": ["A/theorem-3.1", "S/nondegenerate-point"]}
    assert spoiled(good("split"), "problem", "kind", to="network") == good("split")


def test_at_first_nothing_is_known() -> None:
    start = {"kind": "network", "activation": "t", "X": [["1"]], "y": ["0"], "v": ["0"], "W": [["0"]]}
    known = {x.name: getattr(network.Fact(network.Problem(start)), x.name) for x in fields(network.Fact)}
    known.pop("problem")
    assert known == {
        "kind": "point", "within": None, "center": (), "reach": 0, "splits": (), "type": None,
        "inertia": None,
        "ball": None, "margin": None, "gradient": None, "stationary": False, "lowest": False, "rises": False,
        "inner": None, "effective": None, "regions": (), "path": None, "curves": {}, "rests_on": frozenset()}
    assert not [name for name, x in known.items() if x == 0 and type(x) not in (bool, Fraction)]
