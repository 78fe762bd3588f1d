"""Steps in another order, lists of another length, and where enclosures begin: each by hand."""

from fractions import Fraction
from typing import Any

import pytest

from symplateau.instances import minimum, rationals
from symplateau.investigation import investigate
from symplateau.kernel.fact import rounded
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, derivatives
from symplateau.kernel.numbers import Angle, call
from symplateau.kernel.polynomial import Polynomial, tower
from symplateau.kernel.relu import Point
from symplateau.network import Network
from symplateau.plateaus import find_inner_hessian, find_minimum

from .pool import accepted, algebra, good, rejected, spoiled
from .relu_pool import ORIGIN, kink, move, path, problem, stationary
from .relu_pool import good as relu
from .test_reasons import last


def test_a_curve_is_enclosed_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, series = list[Any](), Fact.series

    def noting(self: Fact, prec: Any, moves: Any, time: Any, order: int) -> Any:
        seen.append((time, order))
        return series(self, prec, moves, time, order)

    monkeypatch.setattr(Fact, "series", noting)
    accepted(good("curve with biases"))
    [below, (time, order)] = seen
    assert below == (0, 3) and (time.lo, Fraction(time.hi, 1 << time.prec), order) == (0, Fraction(1, 64), 4)


def test_what_was_shown_before_a_zero_residual_stays() -> None:
    """w = -1 is dead and y = 0: the loss is 0 all around."""
    low, high = relu("constant")["steps"]
    start = problem("1", "0", "-1", "1")
    for steps in ([high, {"rule": "zero residual"}], [{"rule": "zero residual"}, high], [high, low]):
        assert accepted(algebra(start, *steps))["says"]["type"] == "locally constant"


def test_what_was_known_before_a_local_minimum_stays() -> None:
    start, (low, zero) = relu("bias")["problem"], relu("bias")["steps"]
    for steps in ([low, zero], [zero, low]):
        says = accepted(algebra(start, *steps))["says"]
        assert (says["global minimum"], says["ball"], says["escape neurons"]) == (True, "1", [])


@pytest.mark.parametrize(("name", "field", "rows", "expected"), [
    ("nondegenerate point near", "basis", [["1", "0"]], "a list of length 2"),
    ("nondegenerate point near", "basis", [["1"], ["0"]], "a list of length 2"),
    ("nondegenerate point near", "center", ["0"], "a list of length 2"),
    ("nondegenerate point near", "center", ["0", "0", "0"], "a list of length 2"),
    ("inertia", "basis", [["2/3"]], "a list of length 2"),
    ("inertia", "basis", [["0"], ["2/3"], ["0"]], "a list of length 2")])
def test_as_many_entries_as_parameters(name: str, field: str, rows: Any, expected: str) -> None:
    assert rejected(last(name, field, rows)).expected == expected


def test_a_list_of_shares_for_each_choice_of_signs() -> None:
    for rows in ([["-1"], ["-1"]], []):
        assert rejected(algebra(kink("-1"), stationary(rows))).expected == "a list of length 1"


def test_a_path_of_polynomials() -> None:
    assert rejected(algebra(ORIGIN, path("1", move("tanh(t)", "t")))).expected == "one of the calls []"


def test_a_constant_divisor_is_no_function() -> None:
    assert tower("t/2", 0)[0].terms == {(("t", 1),): Fraction(1, 2)}
    assert derivatives("tanh(t/2)", Angle(Fraction(2), Fraction(2)), 0) == [Fraction(3, 5)]
    with pytest.raises(Rejected, match="a constant divisor, not zero"):
        tower("t/0", 0)


def test_a_minimum_of_two_derivatives_is_split() -> None:
    """t + t^2 + max(t, 0)^3 has no third derivative; see test_edges for the point: H_0 = 4."""
    network = Network.from_arrays("t + t**2 + pos3(t)", [["1"], ["2"], ["3"]], ["-14", "26", "36"], ["1"],
                                  [["1"]])
    found = investigate(network)
    step = find_minimum(found.argument, find_inner_hessian(found, 0), 0, rationals("1/2 1/2"))
    assert step is not None
    certificate = found.argument.certificate(step)
    assert certificate["steps"][-1]["rule"] == "split minimum"
    assert accepted(certificate)["says"]["type"] == "local minimum"
    assert spoiled(certificate, "steps", -1, "rule", to="split minimum") == certificate


def test_a_neuron_that_is_not_there() -> None:
    for number in (1, -1, 2):
        found = spoiled(relu("saddle"), "steps", 1, "neuron", to=number)
        assert rejected(found, 1, "escape neuron").expected == "an integer from 0 to 0"
        found = spoiled(relu("saddle"), "steps", 2, "moves", 0, "neuron", to=number)
        assert rejected(found, 2, "path").expected == "an integer from 0 to 0"


def test_sixteen_bits() -> None:
    """CERTIFICATE.md: a fraction of a and b bits is rounded down to a multiple of 2^(a - b - 16)."""
    for x, a, b in ((Fraction(1, 3), 1, 2), (Fraction(1000, 7), 10, 3), (Fraction(2), 2, 1)):
        unit = Fraction(2) ** (a - b - 16)
        assert rounded(x) == x // unit * unit and (rounded(x) == x) == (x == 2)
    assert rounded(Fraction(1, 3)) == Fraction(43690, 2**17)


def test_a_maximum_that_is_stationary_too() -> None:
    start, (_, high) = relu("constant")["problem"], relu("constant")["steps"]
    found = accepted(algebra(start, high, stationary([[]])))
    assert (found["says"]["type"], found["rests_on"]) == ("local maximum", ["B/lemma-3.2", "S/relu-maximum"])


def test_the_work_of_evaluating_a_relu_network() -> None:
    """At least a product for each sample, neuron, input and output."""
    assert Point(problem("1 0, 0 1, 1 1", "1, 1, 1", "1 0, 0 1", "1 1")).meter.work >= 3 * 2 * (2 + 1)


def test_a_ball_of_exactly_the_narrow_one() -> None:
    """N = 4: the root of 4, rounded up, is 2 + 2^-128; R = radius times that may be the whole ball."""
    certificate = minimum("tanh", "pd", rationals("1/4 1/4 1/4 1/4")).certificate
    ball = next(Fraction(x["within"]) for x in certificate["steps"] if "within" in x)
    root = 2 + Fraction(1, 2 ** certificate["steps"][-1]["prec"])
    for radius, fits in ((ball / root, True), (ball / root + Fraction(1, 2**300), False)):
        changed = spoiled(certificate, "steps", -1, "radius", to=str(radius))
        if fits:
            assert accepted(changed)["says"]["ball"] == str(radius)
        else:
            assert rejected(changed).expected == "C radius inside the narrow ball"


def test_far_multiples_are_refused_at_once() -> None:
    for k in (10**12, -(10**12)):
        with pytest.raises(Rejected, match="a rational value"):
            call("exp", Angle(Fraction(k), Fraction(3)))


def test_polynomials_as_texts() -> None:
    t, u = Polynomial.atom("t"), Polynomial.atom("u")
    assert [str(x) for x in (t, t * t, t * u, t + u, t - t, t - u)] == [
        "t", "t**2", "t*u", "t + u", "0", "t + -1*u"]


def test_what_bears_no_index_comes_out_of_a_sum() -> None:
    about: dict[str, Any] = {"kind": "algebra", "scalars": ["a", "x"], "vectors": ["u", "w"],
                             "indexed": ["x", "w"], "hypotheses": {}}
    for states in ("sum(dot(u, u)) = sum(1)*dot(u, u)", "sum(a*dot(u, w)*x) = a*sum(dot(u, w)*x)",
                   "sum(a + x) = a*sum(1) + sum(x)", "sum(sum(x)) = sum(1)*sum(x)"):
        step = {"rule": "combination", "states": states, "multipliers": {}}
        accepted(algebra(about | {"conclusions": [states]}, step))
    for states in ("sum(dot(w, w)) = sum(1)*dot(w, w)", "sum(a*x) = x*sum(a)"):
        step = {"rule": "combination", "states": states, "multipliers": {}}
        rejected(algebra(about | {"conclusions": [states]}, step))


@pytest.mark.parametrize(("hypothesis", "fits"), [("a >= 2", True), ("a >= 3", False), ("a > 1", True),
                                                  ("a > 2", False), ("a = 2", True), ("a = 3", False)])
def test_a_relation_holds_or_not(hypothesis: str, fits: bool) -> None:
    about = {"kind": "algebra", "scalars": ["a"], "vectors": [], "indexed": [], "conclusions": ["a = 0"],
             "hypotheses": {"one": hypothesis}}
    found = algebra(about, {"rule": "witness", "values": {"a": "2"}})
    assert accepted(found)["kind"] == "witness" if fits else rejected(found)
