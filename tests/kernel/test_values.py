"""Values, senses and words that nothing else looks at: each by hand."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import pytest

from symplateau.kernel.__main__ import answer
from symplateau.kernel.fact import split
from symplateau.kernel.format import encode
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import Angle, Interval, call, series
from symplateau.kernel.polynomial import Polynomial, Reader
from symplateau.kernel.relu import Point

from .pool import accepted, algebra, good, rejected, spoiled
from .relu_pool import CASES, kink, move, path
from .relu_pool import good as relu

HALF = Fraction(1, 2)


@pytest.mark.parametrize(("function", "value"), [
    ("exp", 1), ("cos", 1), ("logistic", HALF), ("tanh", 0), ("sin", 0), ("arctan", 0), ("erf", 0),
    ("pos", 0), ("pos2", 0), ("pos3", 0)])
def test_at_zero(function: str, value: Any) -> None:
    assert call(function, Fraction(0)) == value


@pytest.mark.parametrize(("function", "x", "value"), [
    ("inv", "2", "1/2"), ("inv", "-3/4", "-4/3"), ("pos", "3/2", "3/2"), ("pos", "-3/2", "0"),
    ("pos2", "3/2", "9/4"), ("pos2", "-3/2", "0"), ("pos3", "3/2", "27/8"), ("pos3", "-1", "0"),
    ("sqrt", "9/4", "3/2"), ("sqrt", "1", "1")])
def test_rational_values(function: str, x: str, value: str) -> None:
    assert call(function, Fraction(x)) == Fraction(value)


@pytest.mark.parametrize(("function", "k", "q", "value"), [
    ("exp", 2, "3", "9"), ("exp", -1, "3", "1/3"), ("logistic", 1, "2", "2/3"), ("logistic", -1, "3", "1/4"),
    ("tanh", 1, "2", "3/5"), ("tanh", 2, "2", "15/17"), ("tanh", -1, "3", "-4/5"),
    ("exp", 512, "2", str(2**512)), ("exp", -512, "2", f"1/{2**512}")])
def test_values_at_multiples_of_a_logarithm(function: str, k: int, q: str, value: str) -> None:
    """exp(k log q) = q^k, logistic = q^k / (1 + q^k), tanh = (q^2k - 1) / (q^2k + 1)."""
    assert call(function, Angle(Fraction(k), Fraction(q))) == Fraction(value)


def test_a_divisor_that_the_radius_reaches() -> None:
    """v = 1, N = 2: V = v + [-radius sqrt 2, radius sqrt 2] holds 0 from 1/sqrt 2 = 0.7071 on."""
    for radius, expected in (("7/10", "C radius inside the narrow ball"),
                             ("71/100", "a radius on which no v changes sign")):
        certificate = spoiled(good("split minimum near"), "steps", -1, "radius", to=radius)
        assert certificate["problem"]["v"] == ["1"] and rejected(certificate).expected == expected
    # The daughters are 3 and -2: without V, that one would change its sign from 2 on.
    far = spoiled(good("split minimum near"), "steps", -1, "radius", to="2")
    assert rejected(far).expected == "a radius on which no v changes sign"


def number(x: str) -> mpmath.mpf:
    return mpmath.mpf(Fraction(x).numerator) / Fraction(x).denominator


def change(certificate: Any, t: Fraction) -> mpmath.mpf:
    """How the loss changes along a split path, at its time t, in units of log 2, with 60 digits."""
    about, step = certificate["problem"], certificate["steps"][-1]
    i, rows = step["neuron"], [[number(x) for x in row] for row in about["X"]]
    v, W = ([number(x) for x in about["v"]], [[number(x) * mpmath.log(2) for x in row] for row in about["W"]])
    at = {"t": number(str(t))}
    values = {name: [eval(x, {}, at) for x in step[name]] for name in ("coefficients", "shifts")}
    wide_v = [x for k, x in enumerate(v) if k != i] + [x * v[i] for x in values["coefficients"]]
    wide_w = [x for k, x in enumerate(W) if k != i] + [
        [w + c * number(a) for w, a in zip(W[i], step["direction"], strict=True)] for c in values["shifts"]]

    def loss(vs: Any, ws: Any) -> mpmath.mpf:
        total = mpmath.mpf(0)
        for row, y in zip(rows, about["y"], strict=True):
            f = sum(a * mpmath.tanh(sum(p * x for p, x in zip(w, row, strict=True)))
                    for a, w in zip(vs, ws, strict=True))
            total += (f - number(y)) ** 2 / 2
        return total

    return loss(wide_v, wide_w) - loss(v, W)


@pytest.mark.parametrize("shifts", [
    ["t", "2*t"], ["t + t**2", "2*t + 2*t**2"], ["t - 3*t**2", "2*t - 6*t**2"]])
def test_the_loss_itself_along_a_split_path(shifts: list[str]) -> None:
    certificate = spoiled(good("split path"), "steps", -1, "shifts", to=shifts)
    assert certificate["problem"]["W_unit"] == "log(2)"
    assert certificate["problem"]["activation"] == "tanh(t)"
    says = accepted(certificate)["says"]["path"]
    assert (says["shifts"], says["until"]) == (shifts, "1/1024")
    with mpmath.workdps(60):
        for part in (1, 2, 1000):
            assert (change(certificate, Fraction(1, 1024 * part)) > 0) == (says["sense"] == "rises")


def test_an_output_bias_that_moves_is_told() -> None:
    assert accepted(relu("bias that rises"))["says"]["rises"] == {
        "order": 2, "until": "5", "moves": [], "c": ["t"]}
    assert accepted(relu("not stationary"))["says"]["falls"] == {
        "order": 1, "until": "1", "moves": [move("1 t", "1")]}


def test_reading_the_formulas_of_a_path_is_counted() -> None:
    """The same curve, written at length."""
    work = []
    for text in ("t", "t+t-t+t-t+t-t"):
        point = Point(kink("1"))
        point.path(**{name: x for name, x in path("1/2", move(f"1 {text}", "1")).items() if name != "rule"})
        work.append(point.meter.work)
    assert work[1] >= work[0] + 12


def test_the_answers_of_the_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    step = {"rule": "combination", "states": "a = a", "multipliers": {}}
    problem = {"kind": "algebra", "scalars": ["a"], "vectors": [], "indexed": [], "hypotheses": {},
               "conclusions": ["a = a"]}
    file = tmp_path / "file"
    for content, show, status, said in (
            (encode(algebra(problem, step)), False, 0, "accepted: algebraic, resting on []\n"),
            (encode(algebra(problem, step)), True, 0,
             "accepted: algebraic, resting on []\nFor all scalars (a), "),
            (encode(algebra(problem | {"conclusions": []}, step)), False, 1,
             "rejected: step 1, rule 'conclusion': expected a step for each conclusion; got []\n"),
            (b"{}", False, 4, "unreadable: expected the canonical encoding")):
        file.write_bytes(content)
        assert answer(str(file), show) == status
        assert capsys.readouterr().out.startswith(f"{file}: {said}")
    assert set(CASES) >= {"bias that rises"}


@pytest.mark.parametrize(("name", "kind"), [
    ("stationary", "stationary"), ("stationary, a kink bends down", "stationary"),
    ("minimum", "local minimum"),
    ("not stationary", "not stationary"), ("saddle", "saddle"), ("saddle, two outputs", "saddle"),
    ("maximum", "local maximum"), ("constant", "locally constant"), ("zero residual", "local minimum"),
    ("bias", "local minimum"), ("bias that rises", "stationary")])
def test_the_type_of_a_relu_point(name: str, kind: str) -> None:
    says = accepted(relu(name))["says"]
    assert (says["type"], says["location"]) == (kind, {"exact": True})
    assert says.get("global minimum") == (True if name in ("zero residual", "bias") else None)
    step = relu(name)["steps"][0]
    assert says.get("ball") == (step["radius"] if step["rule"] == "local minimum" else None)


def test_the_allowance_of_a_relu_certificate() -> None:
    assert Point(kink("1")).meter.limit == 2**25


@pytest.mark.parametrize(("name", "said"), [
    ("curve", {"rises": {"order": 2, "until": "1/64", "displacement": ["t", "0", "0", "0", "1/2*t", "0"]}}),
    ("curves of third order", {sense: {"order": 3, "until": "1/4", "displacement": ["0", move]}
                               for sense, move in (("falls", "t"), ("rises", "-t"))}),
    ("curve with biases", {"falls": {"order": 4, "until": "1/64",
                                     "displacement": ["0", "-t", "t + t**2", "0"]}})])
def test_what_is_said_of_a_curve(name: str, said: dict[str, Any]) -> None:
    says = accepted(good(name))["says"]
    assert {sense: says[sense] for sense in ("falls", "rises") if sense in says} == said


def test_a_split_that_is_a_saddle_rises() -> None:
    """So a second split of it knows a rise: from lemma 4.2, which needs one where all lambda are positive."""
    start = Fact(Problem(good("split")["problem"]), stationary=True, inner=(0, (0, 0, 1)))
    assert split(start, neuron=0, coefficients=["2", "-1"]).type is None
    known = split(replace(start, rises=True), neuron=0, coefficients=["1/2", "1/2"])
    assert (known.type, known.rises) == ("saddle", True)
    found = split(replace(start, inner=(0, (1, 0, 1))), neuron=0, coefficients=["1", "0"])
    assert (found.type, found.rises) == ("saddle", True)
    assert split(start, neuron=0, coefficients=["1/2", "1/2"]).rises is False


def test_the_longest_path_of_a_square() -> None:
    """f = sum_j v_j (w_j x)^2 with v_j = 1/2, w_j = t, -t: L = (t^2 - 1)^2 / 2 is below 1/2 up to sqrt 2."""
    about = {"kind": "network", "activation": "t**2", "X": [["1"]], "y": ["1"], "v": ["1"], "W": [["0"]]}
    curve = {"rule": "split path", "from": 0, "prec": 64, "order": 2, "neuron": 0, "direction": ["1"],
             "coefficients": ["1/2", "1/2"], "shifts": ["t", "-t"]}
    start = {"rule": "stationary point"}
    assert accepted(algebra(about, start, curve | {"until": "7/5"}))["says"]["path"]["sense"] == "falls"
    assert rejected(algebra(about, start, curve | {"until": "10/7"})).expected == (
        "until > 0, and a change of certain sign")
    other = curve | {"coefficients": ["2", "-1"], "shifts": ["t", "2*t"], "until": "9"}  # f = -2 t^2
    assert accepted(algebra(about, start, other))["says"]["path"]["sense"] == "rises"


def test_the_highest_power() -> None:
    reader = Reader({"t": Polynomial.atom("t")}, {})
    assert reader.read("t**64").terms == {(("t", 64),): 1} and reader.read("t**0").terms == {(): 1}
    assert reader.read("t**32*t**32").terms == {(("t", 64),): 1}


def test_enclosures_that_are_as_small_as_they_say() -> None:
    """A series of zeros has a tail of at most one unit; exp is between 0 and one unit far to the left."""
    zero = series(Interval(0, 0, 20), Interval(0, 0, 20), lambda n: 1)
    assert (zero.lo, zero.hi, zero.prec) == (-1, 1, 20)
    small = call("exp", Interval(-(1 << 30), -(1 << 30), 20))
    assert (small.lo, small.hi, small.prec) == (0, 1, 20)
    for sign in (1, -1):
        far = call("erf", Interval(sign << 25, sign << 25, 20))
        assert (far.lo, far.hi) == ((sign << 20) - 1, (sign << 20) + 1)
