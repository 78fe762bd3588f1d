"""What a fact says, all of it, and the sentence for each of its fields."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from symplateau.kernel.certificate import sentences, words
from symplateau.kernel.fact import local_extremum
from symplateau.kernel.format import CheckError, Rejected
from symplateau.kernel.network import Fact, Problem

from .pool import accepted, good
from .relu_pool import good as relu

PLAIN = Fact(Problem({"kind": "network", "activation": "t**2", "X": [["1"]], "y": ["1"], "v": ["1"],
                      "W": [["0"]]}), stationary=True)
HALF, CURVE = Fraction(1, 2), {"order": 3, "until": "1/4", "displacement": ["0", "t"]}
PATH = {"sense": "falls", "until": "1/8", "coefficients": ["2", "-1"], "shifts": ["t", "2*t"],
        "direction": ["1"]}


@pytest.mark.parametrize(("known", "says"), [
    ({}, {"type": "stationary"}), ({"type": "saddle"}, {"type": "saddle"}),
    ({"within": HALF}, {"location": {"within": "1/2"}, "type": "stationary"}),
    ({"splits": ((1, (Fraction(2), Fraction(-1))), (0, (HALF, HALF)))}, {"type": "stationary", "splits": [
        {"neuron": 1, "coefficients": ["2", "-1"]}, {"neuron": 0, "coefficients": ["1/2", "1/2"]}]}),
    ({"lowest": True}, {"type": "stationary", "global minimum": True}),
    ({"gradient": (HALF, Fraction(2))}, {"type": "stationary", "gradient": ["1/2", "2"]}),
    ({"inertia": (1, 2, 3)}, {"type": "stationary", "inertia": [1, 2, 3]}),
    ({"margin": HALF, "ball": Fraction(3)}, {"type": "stationary", "margin": "1/2", "ball": "3"}),
    ({"inner": (5, (1, 0, 2))},
     {"type": "stationary", "inner Hessian": {"neuron": 5, "inertia": [1, 0, 2]}}),
    ({"effective": 0}, {"type": "stationary", "effective neuron": 0}),
    ({"regions": (("++", "saddle"), ("+-", None))}, {"type": "stationary", "regions": [
        {"signs": "++", "type": "saddle"}, {"signs": "+-", "type": None}]}),
    ({"path": PATH}, {"type": "stationary", "path": PATH}),
    ({"curves": {"falls": CURVE, "rises": CURVE}}, {"type": "stationary", "falls": CURVE, "rises": CURVE}),
    ({"rises": True, "stationary": False, "center": (HALF,), "reach": HALF}, {"type": "stationary"})])
def test_what_a_fact_says(known: dict[str, Any], says: dict[str, Any]) -> None:
    found = replace(PLAIN, **known).says()
    expected = {"location": {"exact": True}, "splits": []} | says
    assert found == expected and found["location"].get("exact") in (True, None)


@pytest.mark.parametrize(("says", "sentence"), [
    ({"type": "saddle"}, "the point theta is: saddle."),
    ({"splits": [{"neuron": 1, "coefficients": ["2", "-1"]}]},
     "neuron 1 replaced by daughters v_j = lambda_j v, w_j = w, lambda = (2, -1),"),
    ({"global minimum": True}, "L is zero there, and nowhere smaller."),
    ({"gradient": ["1/2", "2"]}, "The maximum norm of its gradient lies between (1/2, 2)."),
    ({"inertia": [1, 2, 3]},
     "Its Hessian has so many positive, zero and negative eigenvalues: (1, 2, 3)."),
    ({"margin": "1/2"}, "No eigenvalue is nearer to zero than 1/2."),
    ({"ball": "3"}, "L is nowhere smaller within the Euclidean distance 3 of theta."),
    ({"inner Hessian": {"neuron": 5, "inertia": [1, 0, 2]}},
     "The inner Hessian of neuron 5 has at least so many of each: (1, 0, 2)."),
    ({"regions": [{"signs": "+-", "type": None}]},
     "That neuron split with lambda of the signs +-, in any order, gives: stationary."),
    ({"effective neuron": 0},
     "Neuron 0 is locally effective: <e, sigma(X w)> is not 0 arbitrarily near its w."),
    ({"path": PATH}, "The loss falls from theta to theta(t) for all 0 < t <= 1/8, where the daughters are"
     " v_j = coefficients_j v, w_j = w + shifts_j direction, namely sense: falls, until: 1/8,"
     " coefficients: (2, -1), shifts: (t, 2*t), direction: (1)."),
    ({"escape neurons": [{"neuron": 0, "direction": ["1"]}]},
     "Escape neurons, with directions in which they leave (none, if there are none):"
     " (neuron: 0, direction: (1))."),
    *(({sense: CURVE}, f"The loss {sense} like t**3 from theta to theta(t) for all 0 < t <= 1/4, namely"
       " order: 3, until: 1/4, displacement: (0, t).") for sense in ("falls", "rises"))])
def test_the_sentence_of_a_field(says: dict[str, Any], sentence: str) -> None:
    assert sentences({"location": {"exact": True}} | says) == ["At theta_0,", sentence]


def test_the_order_of_the_sentences() -> None:
    found = sentences({"location": {"within": "1/2"}, "ball": "1", "type": "local minimum", "splits": []})
    assert found == ["At the only stationary theta with |theta - theta_0|_inf <= 1/2,",
                     "the point theta is: local minimum.",
                     "L is nowhere smaller within the Euclidean distance 1 of theta."]


@pytest.mark.parametrize(("name", "kind"), [
    ("local maximum", "local maximum"), ("local minimum", "local minimum"),
    ("zero residual", "local minimum"),
    ("nonzero gradient", "not stationary"), ("nondegenerate saddle", "saddle"), ("split", "saddle"),
    ("nondegenerate point", "strict local minimum"), ("split minimum", "local minimum"),
    ("curves of third order", "saddle"), ("stationary point", "stationary")])
def test_the_type_that_is_said(name: str, kind: str) -> None:
    assert accepted(good(name))["says"]["type"] == kind


def test_the_sense_of_an_extremum() -> None:
    """v (w x)^2 at w = 0 with the residual -1: v = 1 only comes nearer to the target, v = -1 leaves."""
    low = replace(PLAIN, problem=Problem({"kind": "network", "activation": "t**2", "X": [["1"]], "y": ["1"],
                                          "v": ["-1"], "W": [["0"]]}))
    given = {"prec": 32, "around": "1/4"}
    assert local_extremum(-1, PLAIN, **given).type == "local maximum"
    assert local_extremum(1, low, **given).type == "local minimum"
    for sense, fact in ((1, PLAIN), (-1, low)):
        with pytest.raises(Rejected):
            local_extremum(sense, fact, **given)


def test_a_witness_in_words_says_all() -> None:
    found = words(accepted(good("saddle near"))).splitlines()
    assert sum(line.startswith("the point theta is: ") for line in found) == 2
    assert found[-1].startswith("This rests on A/lemma-4.2-amended, A/") and found[-1].endswith(".")
    assert words(accepted(relu("constant"))).splitlines()[-1] == (
        "This rests on B/lemma-3.2, B/theorem-4.2, S/relu-maximum.")


def test_a_rejection_says_what_was_found() -> None:
    assert Rejected("x").args == ("x", "") and Rejected("x", 5).args == ("x", "5")
    assert Rejected("x", Fraction(1, 3)).args == ("x", "0.333333333")
    assert Rejected("x", "a" * 300).args == ("x", "a" * 200)
    found = CheckError(3, "r" * 50, "less", "more")
    assert str(found) == f"step 3, rule '{'r' * 40}': expected less; got more"
    assert (found.step, found.rule, found.expected, found.got) == (3, "r" * 50, "less", "more")
    assert str(CheckError(-1, "problem", "a list")) == "step -1, rule 'problem': expected a list"
