"""Bounds of the rules about networks, held against their formulas: not too small, and not far too large."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from symplateau.instances import minimum, rationals
from symplateau.kernel import fact as rules
from symplateau.kernel import network
from symplateau.kernel.fact import rounded
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import Interval

from .pool import Certificate, accepted, good, rejected, spoiled

SPLITS = [("pd", "1/2 1/2"), ("pd", "1/3 2/3"), ("pd", "1/4 1/4 1/4 1/4"), ("nd", "3 -2"), ("nd", "9/8 -1/8")]


def growth(certificate: Certificate, v: float, radius: float) -> tuple[float, float]:
    """R / radius and r / radius of S/split-minimum, in floating point."""
    shares = [float(Fraction(x)) for x in certificate["steps"][-1]["coefficients"]]
    many = sqrt(len(shares))
    low = abs(v) - radius * many
    norm = sqrt(sum((abs(x * v) + radius) ** 2 for x in shares)) / low
    return max(many, norm), max(1.0, norm)


def parent(certificate: Certificate) -> float:
    return float(Fraction(certificate["problem"]["v"][certificate["steps"][-1]["neuron"]]))


def within(certificate: Certificate) -> Fraction:
    return next(Fraction(x["within"]) for x in certificate["steps"] if "within" in x)


@pytest.mark.parametrize(("target", "shares"), SPLITS)
def test_the_ball_of_a_split_ends_where_the_narrow_one_does(target: str, shares: str) -> None:
    """R is at most the radius of the narrow ball, which at an exact point is `within`."""
    certificate = minimum("tanh", target, rationals(shares)).certificate
    ball, v = within(certificate), parent(certificate)
    for factor, fits in ((Fraction(999, 1000), True), (Fraction(1001, 1000), False)):
        radius = ball
        for _ in range(4):
            times = Fraction(growth(certificate, v, float(radius))[0]).limit_denominator(10**9)
            radius = ball * factor / times
        changed = spoiled(certificate, "steps", -1, "radius", to=str(radius))
        if fits:
            assert accepted(changed)["says"]["ball"] == str(radius)
        else:
            assert rejected(changed).expected == "C radius inside the narrow ball"


@pytest.mark.parametrize(("target", "shares"), SPLITS)
def test_where_the_bends_are_enclosed(target: str, shares: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """sigma'' is enclosed at all t with |t - w.x_k| <= r |x_k|, r = radius max(1, |u / V|)."""
    certificate, seen = minimum("tanh", target, rationals(shares)).certificate, list[Interval]()
    derivatives = network.derivatives

    def noting(activation: str, t: Interval, order: int, spend: Any) -> Any:
        seen.extend([t] if order == 2 else [])
        return derivatives(activation, t, order, spend)

    monkeypatch.setattr(network, "derivatives", noting)
    accepted(certificate)
    rows = [[float(Fraction(x)) for x in row] for row in certificate["problem"]["X"]]
    radius = float(Fraction(certificate["steps"][-1]["radius"]))
    spread = radius * growth(certificate, parent(certificate), radius)[1]
    # The last step needs second derivatives nowhere else.
    for t, row in zip(seen[-len(rows):], rows, strict=True):
        half = (t.hi - t.lo) / 2 / (1 << t.prec)
        assert 0.999 <= half / (spread * sqrt(sum(x * x for x in row))) <= 1.002


@pytest.mark.parametrize(("target", "shares"), SPLITS)
def test_the_slopes_are_enclosed_on_the_narrow_box(target: str, shares: str,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    """The Jacobian is taken within R of the narrow parameters, R = radius max(sqrt N, |u / V|)."""
    certificate, seen = minimum("tanh", target, rationals(shares)).certificate, list[float]()
    state = Fact.state

    def noting(self: Fact, prec: Any, order: int, extra: Fraction = Fraction(0)) -> Any:
        seen.append(float(extra) if order == 1 and extra else 0.0)
        return state(self, prec, order, extra)

    monkeypatch.setattr(Fact, "state", noting)
    accepted(certificate)
    radius = float(Fraction(certificate["steps"][-1]["radius"]))
    assert 0.9999 <= max(seen) / (radius * growth(certificate, parent(certificate), radius)[0]) <= 1.0001


def test_an_enclosed_point_is_where_the_step_says() -> None:
    certificate = good("nondegenerate point near")
    step = certificate["steps"][0] | {"center": ["1/1024", "-1/2048"]}
    given = {name: x for name, x in step.items() if name != "rule"}
    found = rules.nondegenerate_point(Fact(Problem(certificate["problem"])), **given)
    assert found.center == (Fraction(1, 1024), Fraction(-1, 2048)) and found.stationary
    assert found.within == Fraction(step["within"]) and 0 < found.reach < found.within
    # The ball ends at the box: within - |center| - reach, rounded down to 16 bits.
    rest = found.within - max(map(abs, found.center)) - found.reach
    assert found.ball == rounded(rest) and rest * Fraction(2**15 - 1, 2**15) < found.ball <= rest


@pytest.mark.parametrize("name", ["nondegenerate point", "nondegenerate point near"])
def test_the_ball_of_a_point_is_its_box(name: str) -> None:
    certificate = good(name)
    ball, box = Fraction(accepted(certificate)["says"]["ball"]), within(certificate)
    assert ball == box if name == "nondegenerate point" else box / 2 < ball < box


def test_the_hessian_is_enclosed_on_the_whole_box(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, seen, state = good("nondegenerate point"), list[Any](), Fact.state

    def noting(self: Fact, prec: Any, order: int, extra: Fraction = Fraction(0)) -> Any:
        seen.append((order, extra))
        return state(self, prec, order, extra)

    monkeypatch.setattr(Fact, "state", noting)
    accepted(certificate)
    assert (2, within(certificate)) in seen


def test_the_gradient_lies_between_its_bounds() -> None:
    certificate = good("nonzero gradient")
    low, high = (Fraction(x) for x in accepted(certificate)["says"]["gradient"])
    fact = Fact(Problem(certificate["problem"]))
    values = [abs(x) for x in fact.state(1500, 1).gradient()]  # far sharper than the step
    assert 0 < low <= max(values) <= high < low * Fraction(1001, 1000)


def test_a_number_is_rounded_down_to_sixteen_bits() -> None:
    for value in map(Fraction, ("1/3", "1000000007", "1", "3/1000000000000", f"{2**70}/{3**40}")):
        found = rounded(value)
        assert value * (1 - Fraction(1, 2**14)) < found <= value
        assert (found.numerator * found.denominator).bit_length() <= 80 and rounded(found) <= found
    assert replace(Fact(Problem(good("split")["problem"])), ball=Fraction(1)).ball == 1
