"""Power series of the loss along curves, and the rule that decides the sign of their first term."""

from fractions import Fraction as F
from typing import Any

import mpmath
import pytest

from symplateau.argument import Argument
from symplateau.kernel import fact as kernel_fact
from symplateau.kernel.certificate import RULES
from symplateau.kernel.format import Rejected
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import Interval, composed, times
from symplateau.kernel.polynomial import in_time
from symplateau.network import Network
from symplateau.taylor import approximate_taylor
from tests.campaigns import curves as campaign

from .pool import accepted, extended, good, rejected, spoiled, statement, until_rejected

CUBE, BIASED = "curves of third order", "curve with biases"


def fact_of(network: Network) -> Fact:
    return Fact(Problem(network.problem()), stationary=True)


def exact(network: Network, moves: list[str], order: int) -> list[F]:
    return fact_of(network).series(None, in_time(moves), F(0), order)


SQUARE = Network.from_arrays("square", [[1]], [1], [1], [[0]])


# The series


def test_a_loss_multiplied_out_by_hand() -> None:
    # L = (v w^2 - 1)^2 / 2 at v = 1 + t, w = t: (t^2 + t^3 - 1)^2 / 2 = 1/2 - t^2 - t^3 + t^4/2 + t^5 + t^6/2
    assert exact(SQUARE, ["t", "t"], 7) == [F(1, 2), 0, -1, -1, F(1, 2), 1, F(1, 2), 0]


def test_a_product_is_cut_and_not_wrapped() -> None:
    assert times([F(1), F(2), F(3)], [F(1), F(2), F(3)]) == [1, 4, 10]  # 1 + 4s + 10s^2 + ...


def test_a_composition_by_hand() -> None:
    # With f = 2, f' = 3, f'' = 10, f''' = 12 at x, and u = s + s^2: f(x + u) = 2 + 3u + 5u^2 + 2u^3 + ...
    assert composed([F(2), F(3), F(10), F(12)], [F(0), F(1), F(1), F(0)]) == [2, 3, 8, 12]


def test_the_remainder_is_enclosed_on_the_whole_interval() -> None:
    # The coefficient of s^2 of L(tau + s) for L = (w^2 - 1)^2 / 2, w = t: 3 tau^2 - 1.
    time = Interval(0, 1 << 62, 64)
    [_, _, second] = fact_of(SQUARE).series(64, in_time(["0", "t"]), time, 2)
    assert second.lo <= -(1 << 64) and (3 * (1 << 64)) // 16 - (1 << 64) <= second.hi < 0


def test_weights_in_units_of_a_logarithm_move_by_plain_numbers() -> None:
    # L = tanh(log 2 + t)^2 / 2 with tanh(log 2) = 3/5: tanh' = 16/25, tanh'' = -2 (3/5)(16/25) = -96/125, so
    # the coefficients are (3/5)^2/2, (3/5)(16/25) and ((16/25)^2 + (3/5)(-96/125)) / 2.
    network = Network.from_arrays("tanh", [[1]], [0], [1], [[1]], W_unit="log(2)")
    assert exact(network, ["0", "t"], 2) == [F(9, 50), F(48, 125), F(-16, 625)]


@pytest.mark.parametrize("activation", ["tanh", "softplus", "gelu", "silu", "erf", "sin",
                                        "t*tanh(t) + exp(-t**2)"])
def test_intervals_contain_the_expansion_of_the_loss(activation: str) -> None:
    rows = [[1, 2], [F(1, 3), -1], [0, 1]]
    network = Network.from_arrays(activation, rows, [1, F(1, 2), -1], [2, -1],
                                  [["1/2", "-1/3"], ["1/5", 1]], ["1/7", 0], "1/9")
    powers = ((F(0), F(1)), (F(0), F(0), F(-2)), (F(0), F(1), F(3)), (F(0),), (F(0), F(0), F(1)),
              (F(0), F(-1)), (F(0), F(1, 2)), (F(0), F(2)), (F(0), F(1), F(1)))
    moves = [" + ".join(f"{x}*t**{k}" for k, x in enumerate(row)) for row in powers]
    found = fact_of(network).series(200, in_time(moves), Interval(0, 0, 200), 5)
    with mpmath.workdps(50):
        for enclosed, value in zip(found, approximate_taylor(network, powers, 5, 50), strict=True):
            scaled = value * mpmath.mpf(2) ** 200
            slack = mpmath.mpf(2) ** 80 * (1 + abs(value))  # what fifty digits leave open
            assert enclosed.lo - slack <= scaled <= enclosed.hi + slack
            assert enclosed.hi - enclosed.lo < 2**90


# The rule


def loss(problem: dict[str, Any], theta: list[F]) -> F:
    """The loss of a network whose activation is a power, by its definition."""
    power, X, y = int(problem["activation"].removeprefix("t**")), problem["X"], problem["y"]
    m, bias, total = len(problem["v"]), "b" in problem, F(0)
    rows = [[F(x) for x in row] + [F(1)] * bias for row in X]
    d = len(rows[0])
    for row, target in zip(rows, y, strict=True):
        z = [sum(w * x for w, x in zip(theta[m + i * d :], row, strict=False)) for i in range(m)]
        f = sum(v * s**power for v, s in zip(theta, z, strict=False)) + (theta[-1] if "c" in problem else 0)
        total += (f - F(target)) ** 2
    return total * (F(1, len(rows)) if problem.get("loss") == "mean" else F(1, 2))


@pytest.mark.parametrize(("name", "start", "moves"), [
    (CUBE, [F(1), F(0)], {"falls": lambda t: [1, t], "rises": lambda t: [1, -t]}),
    (BIASED, [F(1), F(0), F(0), F(2)], {"falls": lambda t: [1, -t, t + t * t, 2]})])
def test_the_loss_itself_along_the_curves(name: str, start: list[F], moves: dict[str, Any]) -> None:
    found = accepted(good(name))
    assert {"falls", "rises"} & set(found["says"]) == set(moves)
    for sense, move in moves.items():
        end = F(found["says"][sense]["until"])
        for t in (end, end / 2, end / 1000):
            change = loss(found["about"], move(t)) - loss(found["about"], start)
            assert (change > 0) == (sense == "rises") and change != 0


def test_two_curves_make_a_saddle_and_one_does_not() -> None:
    assert accepted(good(CUBE))["says"]["type"] == "saddle"
    certificate = good(CUBE)
    rejected(spoiled(certificate, "steps", 2, "displacement", to=["0", "t"]), 2)  # two that fall
    alone = statement(spoiled(certificate, "steps", to=certificate["steps"][:2]))
    assert alone is not None and alone["says"]["type"] == "stationary" and "rises" not in alone["says"]


@pytest.mark.parametrize(("sign", "kind"), [(1, "saddle"), (-1, None)])
def test_a_fall_where_the_loss_is_known_to_rise(sign: int, kind: str | None) -> None:
    # sigma(s) = sign s^2 (1 - s)^3 is flat at s = 0, where sigma'' = 2 sign, and at s = 1; e = -1. So the
    # Hessian is 2 sign in w_0, with v_0 = -1, and 0 otherwise; for w_1 = 1 -+ t the loss falls like t^3.
    network = Network.from_arrays(f"{sign}*t**2*(1 - t)**3", [[1]], [1], [-1, 1], [[0], [1]])
    argument = Argument(network)
    unit = [["0"] * k + ["1"] + ["0"] * (3 - k) for k in range(4)]
    known = argument.step("inertia", argument.step("stationary point"), signs=[sign],
                          basis=[["0"], ["0"], ["2/3"], ["0"]], null=[unit[0], unit[1], unit[3]])
    moves = ["0", "0", "0", "-t" if sign > 0 else "t"]
    fall = argument.step("curve", known, prec=64, order=3, until="1/64", displacement=moves)
    assert set(argument.facts[fall].curves) == {"falls"} and argument.facts[fall].type == kind


@pytest.mark.parametrize(("field", "value"), [
    ("order", 2), ("order", 4), ("order", 5), ("order", 1), ("order", 0), ("order", -3), ("order", 13),
    ("order", True), ("order", "3"), ("until", "0"), ("until", "-1/4"), ("until", "2"), ("until", "1000"),
    ("displacement", ["0", "0"]), ("displacement", ["t", "0"]), ("displacement", ["0", "t + 1"]),
    ("displacement", ["0", "t**2"]), ("displacement", ["0", "t + 1/1000000*t**0"]), ("displacement", ["0"]),
    ("displacement", ["0", "t", "0"]), ("displacement", ["0", "x"]), ("displacement", ["0", "sin(t)"]),
    ("displacement", ["0", "t/t"]), ("displacement", ["0", "1/t"]), ("displacement", ["0", "t**-1"]),
    ("displacement", ["0", "pi*t"]), ("displacement", [0, "t"]), ("displacement", "0"), ("displacement", [])],
    ids=repr)
def test_a_curve_that_is_none(field: str, value: Any) -> None:
    rejected(spoiled(good(CUBE), "steps", 1, field, to=value), 1)


@pytest.mark.parametrize("name", ["curve", CUBE, BIASED])
def test_a_curve_too_long(name: str) -> None:
    assert 1 <= until_rejected(name, 1, "until") < 20


def test_a_lower_order_however_small_is_seen() -> None:
    """(v (w^3 + w^2/10^30) - 1)^2/2 falls at second order; third order proves nothing, though larger."""
    certificate = spoiled(good(CUBE), "problem", "activation", to=f"t**3 + t**2/{10**30}")
    rejected(certificate, 1)
    start, step, _ = certificate["steps"]
    near = step | {"order": 2, "prec": 512, "until": f"1/{2**60}"}
    assert statement(spoiled(certificate, "steps", to=[start, near])) is not None


def test_only_second_order_where_the_point_is_enclosed() -> None:
    certificate = good("nondegenerate point near")
    size = len(certificate["steps"][0]["center"])
    step = {"rule": "curve", "from": 0, "prec": 64, "order": 2, "until": "1/1024",
            "displacement": ["t", *["0"] * (size - 1)]}
    assert statement(extended(certificate, step)) is not None
    rejected(extended(certificate, step | {"order": 3}), 1)


def test_no_more_derivatives_than_the_activation_has() -> None:
    argument = Argument(Network.from_arrays("relu_cubed", [[1]], [1], [1], [[0]]))
    start = argument.step("stationary point")  # pos(w)^3 is flat at 0, and falls like -t^3 for w = t
    with pytest.raises(Rejected, match="more continuous derivatives"):
        argument.step("curve", start, prec=64, order=3, until="1/4", displacement=["0", "t"])


def test_a_displacement_of_the_narrow_network_at_the_wide_point() -> None:
    certificate = good("saddle")
    place = next(k for k, x in enumerate(certificate["steps"]) if x["rule"] == "curve")
    rejected(spoiled(certificate, "steps", place, "displacement", to=["t", *["0"] * 5]), place)
    # along the plateau the loss does not change
    rejected(spoiled(certificate, "steps", place, "displacement", to=["0", "t", "-t", *["0"] * 6]), place)


def test_a_call_that_cancels_is_no_polynomial() -> None:
    fact = fact_of(SQUARE)
    given: dict[str, Any] = {"prec": 64, "order": 2, "until": "1/4"}
    RULES["curve"](fact, displacement=["0", "t"], **given)
    with pytest.raises(Rejected, match="one of the calls"):
        RULES["curve"](fact, displacement=["0", "t + log(t - 5) - log(t - 5)"], **given)


def test_many_terms_of_high_order_are_too_much_work() -> None:
    """The work of a series grows with the cube of its order, and is bounded before it is done."""
    n = 50_000
    problem = {"kind": "network", "activation": "t**3", "X": [["1"]] * n, "y": ["1"] * n, "v": ["1"],
               "W": [["0"]]}
    certificate = spoiled(good(CUBE), "problem", to=problem)
    rejected(spoiled(certificate, "steps", 1, "order", to=12), 1)


def test_random_curves_by_both_checkers_and_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    found = campaign.run(60, 3)
    assert found["wrong"] == [] and found["examined"] > 5 and found["both reject"] > 5
    monkeypatch.setattr(kernel_fact, "sense", lambda change, until: "falls" if change.sign() > 0 else "rises")
    lies = campaign.run(60, 3)["wrong"]  # the second checker disagrees, and so does the loss
    assert any(type(x) is dict for x in lies) and any(type(x) is str for x in lies)


# Local minima without a curve


@pytest.mark.parametrize(("place", "value"), [
    (("problem", "v", 0), "1"), (("problem", "v", 0), "0"), (("problem", "y", 0), "-1"),
    (("problem", "activation"), "-t**2"), (("problem", "activation"), "t**3"),
    (("problem", "activation"), "t**2 + t"), (("problem", "activation"), "1 - t**2"), (("problem", "c"), "0"),
    (("steps", 1, "around"), "0"), (("steps", 1, "around"), "-1/4")], ids=str)
def test_a_point_where_the_loss_can_fall(place: tuple[str | int, ...], value: str) -> None:
    assert statement(spoiled(good("local minimum"), *place, to=value)) is None


def test_a_minimum_with_an_output_bias_that_can_pull_the_outputs_back() -> None:
    # y = +-1 and outputs 0: the bias is stationary, but can move the outputs.
    given: dict[str, Any] = {"activation": "pos3(t - 1)", "X": [[1], [2]], "y": [1, -1], "v": [1], "W": [[0]]}
    flat = Argument(Network.from_arrays(**given))
    flat.step("local minimum", flat.step("stationary point"), prec=64, around="1/8")
    argument = Argument(Network.from_arrays(**given, c=0))
    start = argument.step("stationary point")
    with pytest.raises(Rejected, match="no output bias"):
        argument.step("local minimum", start, prec=64, around="1/8")


def test_samples_without_a_residual_do_no_harm_to_a_minimum_and_spoil_a_maximum() -> None:
    given: dict[str, Any] = {"X": [["1"], ["2"]], "y": ["1", "0"], "W": [["0"]]}
    for v, rule in (("-1", "local minimum"), ("1", "local maximum")):
        certificate = good(rule)
        problem = certificate["problem"] | given | {"v": [v]}
        found = statement(spoiled(certificate, "problem", to=problem))
        assert (found is not None) == (rule == "local minimum")


def test_the_sense_of_an_extremum_cannot_be_given() -> None:
    for rule, sense in (("local minimum", -1), ("local maximum", 1)):
        certificate = good(rule)
        rejected(spoiled(certificate, "steps", 1, to=certificate["steps"][1] | {"sense": sense}), 1)
