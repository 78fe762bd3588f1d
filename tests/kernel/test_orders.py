"""Steps in another order, lists of another length, and where enclosures begin: each by hand."""

from fractions import Fraction
from typing import Any

import pytest

from symplateau.instances import rationals
from symplateau.investigation import investigate
from symplateau.kernel.fact import rounded
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, derivatives
from symplateau.kernel.numbers import Angle
from symplateau.kernel.polynomial import tower
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
