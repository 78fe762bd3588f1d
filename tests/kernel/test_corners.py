"""More conditions at their edge, each by hand: ReLU-like networks, formulas, files, intervals."""

from fractions import Fraction
from pathlib import Path

import pytest

from symplateau.kernel import __main__ as program
from symplateau.kernel import format
from symplateau.kernel.format import Malformed, Rejected, encode, load
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import MAX_BITS, Interval, short
from symplateau.kernel.polynomial import Polynomial, Reader, tower

from .pool import accepted, algebra, good, rejected, spoiled
from .relu_pool import good as relu
from .relu_pool import move, path, problem
from .test_reasons import last


def test_g_as_large_as_g_may_be() -> None:
    """h = -1, e = (0, -1): g = -rho(t2), G = rho(t2), so with C = 1 one of C G + g and C G - g is 0."""
    start = problem("1 0, 0 1", "-1, 1", "1 0", "-1")
    step = {"rule": "local minimum", "ratio": "1", "radius": "1", "shares": [[[[]], [["-1"]]]]}
    assert accepted(algebra(start, step))["says"]["type"] == "local minimum"
    # With C < 1 the first is a negative multiple of rho, with no share at its kink, which bends downwards.
    small = step | {"ratio": "999/1000", "shares": [[[[], []], [["-1"]]]]}
    assert rejected(algebra(start, small)).expected == "shares that balance the slope"


def test_what_several_steps_rest_on() -> None:
    low, high = relu("constant")["steps"]
    names = ["B/lemma-3.2", "B/theorem-4.2", "S/relu-maximum"]
    assert accepted(algebra(relu("constant")["problem"], high, low))["rests_on"] == names
    start, [high] = relu("maximum")["problem"], relu("maximum")["steps"]
    for more in (path("1/2", move("t**2", "1")), path("1/2", move("t", "1"))):
        rests = accepted(algebra(start, high, more))["rests_on"]
        assert rests == (names[2:] if more["moves"][0]["w"] == ["t**2"] else [names[0], names[2]])


def test_every_name_may_be_indexed() -> None:
    about = {"kind": "algebra", "scalars": ["x"], "vectors": ["u"], "indexed": ["x", "u"], "hypotheses": {},
             "conclusions": ["x = x"]}
    accepted(algebra(about, {"rule": "combination", "states": "x = x", "multipliers": {}}))


@pytest.mark.parametrize("name", ["split path", "effective neuron"])
@pytest.mark.parametrize("direction", [["1"], ["1", "0", "0"], []])
def test_a_direction_has_an_entry_for_each_input(name: str, direction: list[str]) -> None:
    assert rejected(last(name, "direction", direction)).expected == "a list of length 2"


@pytest.mark.parametrize("data", [b'{"a":NaN}\n', b'{"a":Infinity}\n', b'{"a":-Infinity}\n', b'{"a":1.5}\n'])
def test_what_is_no_number_of_a_certificate(data: bytes) -> None:
    with pytest.raises(Malformed, match="the canonical encoding"):
        load(data)


def test_a_file_of_exactly_the_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    data = encode(good("stationary point"))
    file = tmp_path / "file"
    file.write_bytes(data)
    for limit, status in ((len(data), 0), (len(data) - 1, 4), (len(data) - 9, 4)):  # no more is read
        for module in (program, format):
            monkeypatch.setattr(module, "MAX_BYTES", limit)
        assert program.answer(str(file), False) == status
    assert capsys.readouterr().out.endswith(f"expected at most {limit} bytes, found {limit + 1}\n")


def test_the_radius_that_samples_allow() -> None:
    """|x| r <= |w.x| for w.x not 0: with x = (3, 4) and w = (1, 0) up to r = 3/5."""
    start = problem("3 4", "3", "1 0", "1")
    for radius, fits in (("3/5", True), ("3001/5000", False)):
        step = {"rule": "local minimum", "ratio": "1", "radius": radius, "shares": [[[[]], [[]]]]}
        if fits:
            assert accepted(algebra(start, step))["says"]["ball"] == radius
        else:
            assert rejected(algebra(start, step)).expected == "a ratio and a radius > 0, small enough"


def test_a_formula_of_the_greatest_length() -> None:
    reader = Reader({"t": Polynomial.atom("t")}, {})
    assert reader.read("t" + " " * 3999).terms == {(("t", 1),): 1}
    with pytest.raises(Rejected, match="of at most 4000 characters"):
        reader.read("t" + " " * 4000)


def test_the_square_of_an_interval_of_both_signs() -> None:
    """All four products of the ends count: [-2, 3] * [-5, 7] = [-15, 21], [-2, 3] * [-7, 5] = [-21, 15]."""
    for (a, b), (c, d), (low, high) in (((-2, 3), (-5, 7), (-15, 21)), ((-2, 3), (-7, 5), (-21, 15)),
                                        ((-3, 2), (-5, 7), (-21, 15)), ((-3, 2), (-7, 5), (-15, 21)),
                                        ((2, 3), (5, 7), (10, 21)), ((-3, -2), (5, 7), (-21, -10)),
                                        ((2, 3), (-7, -5), (-21, -10)), ((-3, -2), (-7, -5), (10, 21))):
        found = Interval(a, b, 0) * Interval(c, d, 0)
        assert (found.lo, found.hi) == (low, high)


def test_functions_that_are_defined_everywhere_may_cancel() -> None:
    for name in ("exp", "sin", "cos", "tanh", "logistic", "softplus", "arctan", "erf", "pos", "pos2", "pos3"):
        assert tower(f"t + {name}(t) - {name}(t)", 0)[0].terms == {(("t", 1),): 1}


def test_the_longest_number_of_exact_arithmetic() -> None:
    for x in (2**MAX_BITS - 1, 1 - 2**MAX_BITS, Fraction(1, 2**MAX_BITS - 1)):
        assert short(x) == x


def test_even_powers_are_not_negative() -> None:
    for exponent, (low, high) in {0: (1, 1), 1: (-2, 3), 2: (0, 9), 3: (-18, 27), 4: (0, 81)}.items():
        found = Interval(-2, 3, 0) ** exponent
        assert (found.lo, found.hi) == (low, high)


def test_a_state_on_a_box_is_wider_than_at_its_middle() -> None:
    """v = 1, w = 0 of (w x)^2: theta within 1/8 means v in [7/8, 9/8] and w in [-1/8, 1/8], and no less."""
    fact = Fact(Problem({"kind": "network", "activation": "t**2", "X": [["1"]], "y": ["0"], "v": ["1"],
                         "W": [["0"]]}))
    state, unit = fact.state(20, 2, Fraction(1, 8)), 1 << 17
    assert [(x.lo, x.hi) for x in (state.v[0], state.W[0][0])] == [(7 * unit, 9 * unit), (-unit, unit)]
    exact = fact.state(20, 2)
    assert (exact.v[0].lo, exact.v[0].hi, exact.W[0][0].lo, exact.W[0][0].hi) == (8 * unit, 8 * unit, 0, 0)


@pytest.mark.parametrize(("loss", "factor"), [(None, "1"), ("mean", "2/3"), ("half_mean", "1/3")])
def test_the_factor_of_a_loss(loss: str | None, factor: str) -> None:
    """Twice s of L = s sum (f - y)^2: 1/2, 1/n or 1/(2n), n = 3."""
    source = {"kind": "network", "activation": "t", "X": [["1"]] * 3, "y": ["0"] * 3, "v": ["1"],
              "W": [["0"]]} | ({} if loss is None else {"loss": loss})
    assert Problem(source).factor == Fraction(factor)


def test_without_an_index_there_is_one_member() -> None:
    about = {"kind": "algebra", "scalars": ["a"], "vectors": [], "indexed": [], "conclusions": ["a = 0"],
             "hypotheses": {"one": "sum(1) = 1", "a": "sum(a) = a"}}
    found = accepted(algebra(about, {"rule": "witness", "values": {"a": "5"}}))
    assert found["says"]["fails"] == ["a = 0"]
    about["hypotheses"] = {"two": "sum(1) = 2"}
    rejected(algebra(about, {"rule": "witness", "values": {"a": "5"}}))


def test_work_up_to_the_limit() -> None:
    reader = Reader({}, {}, 5)
    reader.spend(3)
    reader.spend(2)
    with pytest.raises(Rejected, match="less work"):
        reader.spend(1)


@pytest.mark.parametrize("direction", [["0"], ["0", "1", "0"], []])
def test_the_direction_of_an_escape(direction: list[str]) -> None:
    found = spoiled(relu("saddle, two outputs"), "steps", 1, "direction", to=direction)
    assert rejected(found, 1, "escape neuron").expected == "a list of length 2"


@pytest.mark.parametrize(("x", "y"), [("1/2", "1/2"), ("1/1000", "1/1000"), ("-1/2", "-3/2"),
                                      ("-1/1000", "-3/1000")])
def test_small_pre_activations_are_on_their_side(x: str, y: str) -> None:
    """rho(s) = s for s > 0 and 3 s for s < 0, w = h = 1: f(x) = x, or 3 x."""
    accepted(algebra(problem(x, y, "1", "1", "1 3"), {"rule": "zero residual"}))


def test_the_root_of_zero() -> None:
    found = Interval(0, 4, 2).sqrt()
    assert (found.lo, found.prec) == (0, 2) and 4 <= found.hi <= 5


def test_the_first_of_two_neurons_moves_alone() -> None:
    """The loss (h rho(w))^2 / 2 of the first, at h = 0, rises on h = t; the second, all 0, stays."""
    start = problem("1", "0", "1, 0", "0 0")
    found = accepted(algebra(start, path("1", move("1", "t")), {"rule": "zero residual"}))
    assert found["says"]["rises"]["moves"] == [move("1", "t")]
