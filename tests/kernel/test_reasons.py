"""Each guard of the kernel says why: a certificate in which one condition fails, and the reason given.

Where a later step would stumble over the same fault, only the reason shows that the guard is there.
"""

from typing import Any

import pytest

from symplateau.kernel.numbers import Interval

from .pool import Certificate, algebra, extended, good, rejected, spoiled, without
from .relu_pool import CASES, ORIGIN, kink, move, path, problem, stationary
from .relu_pool import good as relu
from .test_algebra import GOOD, PROBLEM, bound, proof, term

Case = tuple[Certificate, str]
CITED = "a hypothesis, or #k for an earlier step"
REMAINDER = "left - right equal to what is cited, remainder 0"
CURVE = "sum lambda_j = 1, sum lambda_j c_j = 0, c_j(0) = 0"
SMALL = "a ratio and a radius > 0, small enough"


def given(text: Any) -> Certificate:
    """A good proof with one more hypothesis."""
    return spoiled(GOOD["a = 0"], "problem", "hypotheses", "more", to=text)


def last(name: str, field: str, to: Any) -> Certificate:
    """A good certificate with another field in its last step."""
    return spoiled(good(name), "steps", -1, field, to=to)


@pytest.mark.parametrize(("certificate", "expected"), [
    (spoiled(GOOD["a = 0"], "problem", "scalars", 0, to=5), "names"),
    (spoiled(GOOD["a = 0"], "problem", "scalars", 0, to="1a"), "names"),
    (spoiled(GOOD["a = 0"], "problem", "scalars", 0, to="b"), "names"),
    (spoiled(GOOD["a = 0"], "problem", "scalars", 0, to="sum"), "names"),
    (spoiled(GOOD["a = 0"], "problem", "indexed", 0, to="z"), "names"),
    *((spoiled(GOOD["a = 0"], "problem", name, to="abvix"), "a list") for name in ("scalars", "vectors")),
    (spoiled(proof("a = a"), "problem", "indexed", to={}), "a list"),
    (spoiled(GOOD["a = 0"], "problem", "conclusions", to={"a = 0": 1}), "a list"),
    (spoiled(GOOD["a = 0"], "problem", "hypotheses", "#0", to="a = 0"), "names without #"),
    *((given(x), "a scalar") for x in ("sum(w) = 1", "sum(u) = sum(u)", "sum(lam*w) = a")),
    *((given(x), "linear combinations of vectors")
      for x in ("dot(u*w, a) = 1", "dot(a, u) = 1", "dot(1, 1) = 0", "dot(u*w, u) = a")),
    *((given(x), "left = right, left >= right or left > right")
      for x in ("a = b = a", "a", "", 5, None, "a < b")),
    *((given(x), "a scalar") for x in ("u = w", "u = u", "w = 0", "a = u")),
    (given("a = 0.5"), "a formula in ASCII, of at most 4000 characters"),
])
def test_what_an_algebraic_problem_may_say(certificate: Certificate, expected: str) -> None:
    assert rejected(certificate, -1, "problem").expected == expected


@pytest.mark.parametrize("multiplier", ["u", "-u", "a*u", "u + w"])
def test_a_multiplier_is_a_scalar_even_of_what_is_0_by_itself(multiplier: str) -> None:
    for hypothesis in ("0 = 0", "a = a", "sum(lam) = sum(lam)"):
        start = proof("a = a", {"more": multiplier})
        certificate = spoiled(start, "problem", "hypotheses", "more", to=hypothesis)
        assert rejected(certificate).expected == "a scalar"


@pytest.mark.parametrize(("certificate", "expected"), [
    (proof("a = 0", {"nothing": "1"}), f"=: {CITED}"),
    (proof("b = 0", {"positive": "1"}), f"=: {CITED}"),
    (proof("a = 0", {"#0": "1"}), f"=: {CITED}"),
    (bound("b >= 0", {"coefficient": "1", "factors": [["positive"]]}), f">= or >: {CITED}"),
    (bound("b >= 0", {"coefficient": "1", "factors": [0]}), f">= or >: {CITED}"),
    (bound("b >= 0", term("#1")), f">= or >: {CITED}"),
    (bound("v*a >= 0", term("stationary")), f">= or >: {CITED}"),
    (proof("a = 1", {"stationary": "i", "nonzero": "-a"}), REMAINDER),
    (bound("-b >= 0", term("positive")), REMAINDER),
    (bound("-a**2 >= 0", term(square="a", coefficient="-1")), "a positive coefficient"),
    (bound("-b > 0", term("positive", coefficient="-1")), "a positive coefficient"),
    (bound("b - b > 0", term("positive", coefficient="0")), "a positive coefficient"),
    (bound("0 > 0", term(coefficient="0")), "a positive coefficient"),
    (bound("a**2 > 0", term(square="a")), "a term that is positive by form"),
    (bound("lam > 0", term("shares")), "a term that is positive by form"),
    (spoiled(bound("a - a >= 0"), "steps", 0, "terms", to={}), "a list"),
    (bound("1 >= 0", {"coefficient": "1", "factors": {}}), "a list"),
    (bound("1 >= 0", {"coefficient": "1", "factors": ""}), "a list"),
    (spoiled(bound("1 >= 0", term()), "steps", 0, "rule", to="combination"), "the rule bound"),
    (spoiled(GOOD["a = 0"], "steps", 0, "rule", to="bound"), "the rule combination"),
])
def test_what_a_step_of_a_proof_wants(certificate: Certificate, expected: str) -> None:
    rule = certificate["steps"][0]["rule"]
    assert rejected(certificate, 0, rule).expected == expected


@pytest.mark.parametrize("conclusions", [[], ["a = b"], ["a = 0", "b > 0"]])
def test_a_conclusion_without_a_step(conclusions: list[str]) -> None:
    found = rejected(spoiled(GOOD["a = 0"], "problem", "conclusions", to=conclusions), 1, "conclusion")
    assert found.expected == "a step for each conclusion"


KNOWN = "a known rule, no null"


@pytest.mark.parametrize(("certificate", "expected"), [
    (spoiled(good("split"), "steps", to=[]), "steps, and a problem of a known kind"),
    (spoiled(good("split"), "problem", "kind", to="net"), "steps, and a problem of a known kind"),
    (spoiled(good("split"), "steps", to={}), "a list"),
    (spoiled(good("split"), "problem", "X", 0, to=["1"]), "X (n, d), W (m, d)"),
    (spoiled(good("split"), "problem", "W", 0, to=["1"]), "X (n, d), W (m, d)"),
    (spoiled(good("split"), "problem", "W_unit", to="log(1)"), "a unit log(q), q > 0, q != 1"),
    (spoiled(good("split"), "problem", "W_unit", to="log(-2)"), "a unit log(q), q > 0, q != 1"),
    (spoiled(good("split"), "problem", "W_unit", to="exp(2)"), "a unit log(q), q > 0, q != 1"),
    (spoiled(good("split"), "problem", "loss", to="sum"), "the loss mean or half_mean"),
    (spoiled(good("split"), "problem", "loss", to="half_sum"), "the loss mean or half_mean"),
    (spoiled(good("split"), "problem", "activation", to="tan(t)"), None),
    (algebra({"kind": "network", "activation": "t", "X": [["1"]] * 2001, "y": ["0"] * 2001, "v": ["0"] * 2000,
              "W": [["0"]] * 2000}, {"rule": "stationary point"}), "n * m * d <= 4000000"),
])
def test_what_a_problem_about_a_network_may_be(certificate: Certificate, expected: str | None) -> None:
    found = rejected(certificate, -1, "problem").expected
    assert found == expected or (expected is None and found.startswith("one of the calls ["))


@pytest.mark.parametrize(("certificate", "expected"), [
    (last("split", "rule", "unknown"), KNOWN), (last("split", "rule", "path"), KNOWN),
    (last("split", "from", None), "a known rule, no null"),
    *((last("split", "from", x), "an integer from 0 to 2") for x in (3, 4, -1)),
    (last("inertia enclosed", "neuron", None), KNOWN), (last("inertia enclosed", "prec", None), KNOWN),
    (last("inertia enclosed", "prec", 15), "an integer from 16 to 4096"),
    (last("inertia enclosed", "prec", 4097), "an integer from 16 to 4096"),
    (last("inertia enclosed", "prec", "64"), "an integer from 16 to 4096"),
    (last("split", "coefficients", ["1"]), "coefficients that sum to 1"),
    (last("split", "coefficients", ["1", "1"]), "coefficients that sum to 1"),
    (last("split", "neuron", 0), "the same neuron"),
    (spoiled(good("stationary point"), "problem", "y", 0, to="7"), "a gradient of zero"),
    (last("nondegenerate point near", "within", "3/4"), "1, 1/2, 1/4, ..."),
    (last("nondegenerate point near", "within", "2"), "1, 1/2, 1/4, ..."),
    (last("nondegenerate point near", "within", "1/3"), "1, 1/2, 1/4, ..."),
    (last("nondegenerate point near", "signs", [-1, -1]), "a matrix within 1 of its signs"),
    (last("nondegenerate point near", "signs", [1, 2]), "signs +1 or -1"),
    (last("nondegenerate point near", "signs", [1, True]), "signs +1 or -1"),
    (last("nondegenerate point near", "signs", {}), "a list"),
    (last("nondegenerate point near", "signs", [1]), "a basis (P, k)"),
    (last("nondegenerate point near", "center", ["1", "1"]),
     "a stationary point inside the box, at less than its radius"),
    (without(good("nondegenerate point near"), "steps", -1, "center"), "the network's own parameters"),
    (extended(good("stationary point"), {"rule": "nonzero gradient", "prec": 64}),
     "a gradient that is certainly not zero"),
    (extended(good("nonzero gradient"), {"rule": "nonzero gradient", "prec": 64, "from": 0}),
     "a gradient that is certainly not zero"),
    (spoiled(good("zero residual"), "problem", "y", 0, to="1/2"), "a residual of zero"),
    (extended(good("split path"), {"rule": "zero residual", "from": 0}), "a residual of zero"),
    (last("local maximum", "around", "0"), "no output bias, and around > 0"),
    (last("local maximum", "around", "-1/4"), "no output bias, and around > 0"),
    (extended(good("stationary point"), {"rule": "local maximum", "prec": 32, "around": "1/4", "from": 0}),
     "neurons 0 of slope 0 that push one way"),
    (last("inertia enclosed", "null", [["1"] * 6]), None),
    (last("inner Hessian with a null vector", "null", [["1", "1"]]), "M N = 0"),
    (last("inertia", "null", [["1", "0"], ["1", "0"]]), "independent null vectors"),
    (last("inertia", "null", [["2", "0"]]), "independent null vectors"),
    (last("inertia", "null", []), "as many signs and null vectors as parameters"),
    (last("effective neuron", "direction", ["0", "0"]), "a derivative that is certainly not zero"),
    (last("split minimum", "radius", "0"), "a minimum with a known ball, and radius > 0"),
    (last("split minimum", "coefficients", ["2", "-1"]),
     "all coefficients > 0, H positive definite; or one > 0, others < 0, H negative definite"),
    (last("split minimum", "radius", "1000"), "a radius on which no v changes sign"),
    *((last(name, "until", x), "until > 0, and a change of certain sign")
      for name in ("curve", "split path") for x in ("0", "-1/64")),
    (last("curve", "displacement", ["0"] * 6), "until > 0, and a change of certain sign"),
    (last("curve", "displacement", ["t"] * 5), "moves that start at 0"),
    (last("curve", "displacement", ["t"] * 5 + ["1 + t"]), "moves that start at 0"),
    (last("curves of third order", "displacement", ["0", "t"]), "one curve of each sense"),
    (last("curve", "order", 3), "no change of a lower order"),
    (last("curve", "order", 1), "an integer from 2 to 12"),
    (last("curve", "order", 13), "an integer from 1 to 12"),
    (last("split path", "shifts", ["t"]), "a shift for each coefficient, two or more"),
    (last("split path", "coefficients", ["1", "-1"]), CURVE),
    (last("split path", "shifts", ["t", "t"]), CURVE),
    (last("split path", "shifts", ["1 + t", "2 + 2*t"]), CURVE),
    (last("split path", "order", 0), "an integer from 1 to 12"),
    (last("split path", "order", 13), "an integer from 1 to 12"),
    (last("split, mapped", "daughters", 1), "an integer from 2 to 64"),
    (last("split, mapped", "daughters", 65), "an integer from 2 to 64"),
    (extended(good("nonzero gradient"),
              {"rule": "split", "from": 0, "neuron": 0, "coefficients": ["2", "-1"]}),
     "an earlier step about a stationary point"),
])
def test_what_a_step_about_a_network_wants(certificate: Certificate, expected: str | None) -> None:
    found = rejected(certificate).expected
    assert found == (expected or "exact arithmetic for zero eigenvalues")


@pytest.mark.parametrize(("start", "steps", "expected"), [
    (ORIGIN, [stationary([[]]), {"rule": "split"}], KNOWN),
    (ORIGIN, [path("1", move("t", "t"), c=None)], KNOWN),
    (kink("-1"), [stationary([["2"]])], "shares from -1 to 1"),
    (kink("-1"), [stationary([["1"]])], "shares that balance the slope"),
    (kink("-1"), [CASES["minimum"][1][0] | {"ratio": "2", "shares": [[[["0"]], [["0"]]]]}],
     "shares that balance the slope"),
    (CASES["constant"][0], [CASES["constant"][1][0] | {"ratio": "0"}], SMALL),
    (CASES["maximum"][0], [CASES["maximum"][1][0] | {"ratio": "0", "shares": [[["0"]]]}],
     "outputs that only kinks change, and a ratio > 0"),
    (kink("1"), [{"rule": "zero residual"}], "a residual of zero"),
    (ORIGIN, [{"rule": "escape neuron", "neuron": 0, "direction": ["1"]}],
     "a stationary point, G(t) = 0 and g(t) != 0"),
    (ORIGIN, [path("0", move("t", "t"))], "until > 0, and each neuron once"),
    (ORIGIN, [path("-1", move("t", "t"))], "until > 0, and each neuron once"),
    (ORIGIN, [path("1/2", move("t", "t"), move("t", "t"))], "until > 0, and each neuron once"),
    (ORIGIN, [path("1", move("1+t", "t"))], "P(0) = P"),
    (ORIGIN, [path("1", move("t", "0"))], "a change, and one path of each sense"),
    (ORIGIN, [path("1", move("t", "t"))] * 2, "a change, and one path of each sense"),
])
def test_what_a_step_about_a_relu_network_wants(start: Any, steps: Any, expected: str) -> None:
    assert rejected(algebra(start, *steps)).expected == expected


SHAPES = "X (n, d), Y (n, J), W (m, d), H (J, m), slopes that differ"


@pytest.mark.parametrize("start", [
    problem("1", "1", "1", "1", "1 1"), problem("1 1", "1", "1", "1"), problem("1", "1 1", "1", "1"),
    problem("1, 1 1", "1, 1", "1", "1"), problem("", "1", "", "1")])
def test_the_shape_of_a_relu_network(start: Any) -> None:
    assert rejected(algebra(start, {"rule": "zero residual"}), -1, "problem").expected == SHAPES


def test_one_conclusion_twice() -> None:
    certificate = good("stationary point")
    twice = spoiled(certificate, "steps", to=certificate["steps"] * 2)
    assert rejected(twice, 2, "conclusion").expected == "distinct conclusions"


def test_a_relu_certificate_that_is_good_is_the_start() -> None:
    assert rejected(spoiled(relu("stationary"), "steps", 0, "rule", to="x")).expected == KNOWN
    assert PROBLEM["kind"] == "algebra"


@pytest.mark.parametrize("entry", [f"1{'0' * 200}", f"-1{'0' * 200}", f"1{'0' * 3000}"])
def test_numbers_that_floats_have_no_room_for_have_the_reason_of_all_others(entry: str) -> None:
    for name, row in (("inertia", 1), ("inertia enclosed", 0)):
        found = rejected(spoiled(good(name), "steps", -1, "basis", row, 0, to=entry))
        assert (found.expected, found.got) == ("a matrix within 1 of its signs", "1e+300")


def test_an_interval_that_floats_have_no_room_for() -> None:
    assert repr(Interval(-(1 << 4000), 1 << 4000, 64)) == "[-1e+300, 1e+300]"
    assert repr(Interval(-3, 5, 1)) == "[-1.5, 2.5]"
