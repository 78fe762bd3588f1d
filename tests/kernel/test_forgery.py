"""The forgery sweep: every entry of a certificate changed, one at a time, and the certificate sealed again.

It is then rejected, or another statement comes out. The same statement is allowed only where nothing but a
hint has changed: HINTS, and INNER in steps that are no conclusions.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from .pool import Certificate, Place, entry, good, seal_of, spoiled, statement, without
from .relu_pool import CASES
from .relu_pool import good as relu_certificate
from .test_algebra import GOOD

SWEEP = 120  # forgeries per certificate, spread evenly over all there are; 0 for all of them
# By rule, the fields that no statement contains: hints. A path may start from any step that knows its place.
HINTS = {
    "nondegenerate point": {"prec", "basis", "center"}, "nonzero gradient": {"prec"},
    "inertia": {"prec", "basis", "null"}, "effective neuron": {"prec", "order", "direction"},
    "local maximum": {"prec", "around", "ratio", "shares"}, "stationary point": {"shares"},
    "local minimum": {"ratio", "shares"}, "split minimum": {"prec", "basis"}, "curve": {"prec"},
    "split path": {"prec", "from"}, "bound": {"terms"}}
INNER = {"within", "radius"}  # hints where the conclusion does not contain them
NAMES = ["stationary point", "nondegenerate point", "nondegenerate point near", "nonzero gradient",
         "inner Hessian",
         "inner Hessian enclosed", "inner Hessian with a null vector", "zero residual with c",
         "local maximum", "inertia", "effective neuron", "effective neuron, split",
         "inertia enclosed", "split", "split, mapped", "split twice", "split twice, inertia",
         "split minimum near",
         "split minimum, negative definite", "curve", "curves of third order", "curve with biases",
         "split path", "saddle near"]


def changes(value: Any) -> Iterator[Any]:
    """Other values in place of this one."""
    if type(value) is int:
        yield from (value + 1, value - 1, -value, 2 * value)
    elif type(value) is list:
        yield from ([*value, *value[-1:]], value[:-1], value[::-1], value[1:], [])
    elif type(value) is dict:
        yield from ({}, {**value, "unknown": "0"})
    elif type(value) is str and value.lstrip("-").replace("/", "", 1).isdigit():
        x = Fraction(value)
        yield from (str(y) for y in (x + 1, x + Fraction(1, 2**100), -x, x * 2, x / 2,
                                     x * (1 + Fraction(1, 10**6))))
    elif type(value) is str:
        yield from (value + " + t - t", value + "1", "-" + value, value.replace("+", "-"), value[:-1],
                    value.upper(), "t")
    yield None


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every entry of an object or a list, and of those in it."""
    entries: Any = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for key, inner in entries:
        yield (*place, key)
        yield from places(inner, (*place, key))


def forgeries(certificate: Certificate) -> Iterator[tuple[Place, Any, Certificate]]:
    for place in places({key: certificate[key] for key in ("problem", "steps")}):
        if len(place) > 1:
            old = entry(certificate, place)
            yield place, "removed", without(certificate, *place)
            yield from ((place, new,
                         spoiled(certificate, *place, to=new)) for new in changes(old) if new != old)


def is_hint(certificate: Certificate, place: Place) -> bool:
    if place[0] != "steps" or len(place) < 3:
        return False
    step = certificate["steps"][place[1]]
    hints = HINTS.get(step["rule"], set())
    concluded = not any(x.get("from") == place[1] for x in certificate["steps"])
    return place[2] in hints or (place[2] in INNER and not concluded)


def sweep(certificate: Certificate, size: int = SWEEP) -> tuple[Counter[str], list[tuple[Place, Any]]]:
    """How many are rejected, say something else, or say the same; and the last of these that are no hints."""
    found, counts, wrong = statement(certificate), Counter[str](), list[tuple[Place, Any]]()
    every = list(forgeries(certificate))
    assert found is not None and len(every) > 20
    for place, new, forgery in every[:: max(1, len(every) // size) if size else 1]:
        assert forgery["sha256"] == seal_of(forgery)
        other = statement(forgery)
        if other == found:
            counts["the same"] += 1
            wrong += [] if is_hint(certificate, place) else [(place, new)]
        else:
            counts["rejected" if other is None else "another"] += 1
    return counts, wrong


@pytest.mark.parametrize("name", NAMES)
def test_a_forged_network_certificate(name: str) -> None:
    counts, wrong = sweep(good(name))
    assert wrong == []
    assert counts["rejected"] > counts["the same"]


@pytest.mark.parametrize("name", list(CASES))
def test_a_forged_certificate_of_a_relu_network(name: str) -> None:
    counts, wrong = sweep(relu_certificate(name))
    assert wrong == []
    assert counts["rejected"] > counts["the same"]


@pytest.mark.parametrize("name", list(GOOD))
def test_a_forged_proof(name: str) -> None:
    counts, wrong = sweep(GOOD[name])
    assert wrong == []
    assert counts["rejected"] > counts["the same"]


def test_the_sweep_reaches_every_kind_of_entry() -> None:
    reached = {place[2] for name in NAMES for place in places(good(name)) if place[0] == "steps"
               and len(place) > 2}
    assert reached >= {"rule", "from", "prec", "basis", "signs", "null", "center", "within", "radius",
                       "until", "order", "neuron",
                       "coefficients", "shifts", "direction", "daughters", "around"}
