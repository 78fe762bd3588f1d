"""The type of the stationary point at, or near, the parameters of a ReLU-like network, with its certificate.

Three answers are kept apart: is the given point stationary (Definition 3.3, decided exactly); is an exact
stationary point near; of which type is that point. A verdict is what the kernel read from a certificate; what
was found without one stands in the reasons.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import isqrt
from typing import Any

from ..argument import checked
from ..arrays import Vector
from ..deadline import read_seconds, until
from ..errors import InputError, Undecided
from ..kernel.format import CheckError
from ..verdicts import UNDECIDED, UNKNOWN, Reason, Report, decimal, reason, trust
from .argument import certify_type, find_maximum_ratio, maximum_step, sealed
from .derivatives import output_bias_derivative, output_weight_derivative
from .duals import slope_of
from .enclosed import EnclosedPoint, find_nearest_point
from .network import ReluNetwork
from .points import PointType, decide_type
from .stationarity import Stationary
from .vectors import dot

LIMITS = ("less work", "moderate length", "characters", "bend downwards")  # of the kernel, in its refusals


@dataclass(frozen=True)
class Answer:
    """The network whose type is asked for, the given one or one near it.

    distance: from the given one, None where it is not stationary. certificate: of the type, where known.
    enclosed: that the network is not exactly that of the point, but near it.
    """

    network: ReluNetwork
    distance: Fraction | None = None
    type: PointType | None = None
    certificate: dict[str, Any] | None = None
    enclosed: bool = False


@dataclass
class Findings:
    """What has been found. An alarm may strike between two lines: the answer is replaced as a whole."""

    given: ReluNetwork
    answer: Answer
    stationary: str = UNDECIDED
    statement: dict[str, Any] | None = None
    reasons: list[Reason] = field(default_factory=list)

    def note(self, error: Undecided) -> None:
        self.reasons.append(reason(error))


def classify_relu(network: ReluNetwork, within: Fraction | None = None, seconds: float = 60.0) -> Report:
    """The type of the stationary point at, or near, the parameters of a network.

    within: how far the exact point may be (maximum norm; default 10^-6 of the parameters' norm). seconds: for
    the search; the kernel's check of what was found comes on top. Raises InputError.
    """
    if within is not None and within <= 0:
        raise InputError(None, "within", "a number > 0", within, status=2)
    deadline = read_seconds(seconds)
    found = Findings(network, Answer(network))
    try:
        with until(deadline):
            _look(found, default_within(network) if within is None else within)
    except Undecided as error:
        found.note(error)
    try:
        _check(found)
    except Undecided as error:
        found.note(error)
        found.answer = replace(found.answer, certificate=None)
    return Report(describe(found), found.answer.certificate, found.statement, found.answer.distance)


def default_within(network: ReluNetwork) -> Fraction:
    """10^-6 of the Euclidean norm of the parameters; 10^-6 for a norm below 2^-20."""
    square = sum((dot(row, row) for row in (*network.W, *network.H, network.c or ())), Fraction(0))
    root = Fraction(isqrt(int(square * 4**20)), 2**20)
    return (root or Fraction(1)) / 10**6


def _look(found: Findings, within: Fraction) -> None:
    """The three answers, as far as they go. Raises Undecided."""
    network = found.given
    given = decide_type(network)
    if given.stationarity is None:
        raise Undecided(given.reason, given.next)
    if isinstance(given.stationarity, Stationary):
        found.stationary = "yes"
        _answer(found, network, Fraction(0), given)
        return
    found.stationary = "no"
    _answer(found, network, None, given)
    if (ratio := find_maximum_ratio(network)) is not None:
        maximum = PointType("local maximum", given.stationarity, descent=given.descent)
        certificate = sealed(network, [maximum_step(network, ratio)])
        found.answer = Answer(network, None, maximum, certificate)
        return
    near = find_nearest_point(network, within=within)
    if isinstance(near, EnclosedPoint):
        found.answer = Answer(near.centre, near.distance, enclosed=True)
        raise _outside(near)
    found.answer = Answer(near.network, near.distance)
    _answer(found, near.network, near.distance, decide_type(near.network))


def _outside(point: EnclosedPoint) -> Undecided:
    """What is known of an irrational point, for which the kernel has no rule."""
    return Undecided("enclosed: the exact point is irrational, and the kernel has no rule for such a one; by"
                     f" ball arithmetic, {point.verdict}: {point.reason}", "")


def _answer(found: Findings, network: ReluNetwork, distance: Fraction | None, point: PointType) -> None:
    """A type, and then its certificate. Raises Undecided where there is none."""
    found.answer = Answer(network, distance, point)
    found.answer = replace(found.answer, certificate=certify_type(network, point))


def _check(found: Findings) -> None:
    """Pass the certificate through the kernel. Raises Undecided where its limits do not allow that."""
    answer = found.answer
    if answer.certificate is None:
        return
    try:
        statement = checked(answer.certificate)
    except CheckError as error:
        if error.step == -1 or any(limit in error.expected for limit in LIMITS):
            raise Undecided(f"size: the kernel takes no such certificate: expected {error.expected}",
                            "ask about a smaller network, or fewer digits") from None
        raise
    said = statement["says"]["type"]
    if answer.type is None or said != answer.type.verdict or statement["about"] != answer.network.problem():
        raise ArithmeticError("classification: the kernel read another verdict than was found")
    found.statement = statement


# The report


def describe(found: Findings) -> dict[str, Any]:
    """The JSON of `classify`, and what ReLU-like networks have besides.

    escape_neurons: of a stationary point; None where not decided. kind: 1 for a local minimum without escape
    neurons, 2 for one with them; without a verdict it is what was found and has no certificate. radius: of a
    ball on which the loss is not lower (Euclidean norm). nearby.radius: how far the exact point is at most.
    """
    answer, point, proved = found.answer, found.answer.type, found.answer.certificate is not None
    escapes = None
    if point and isinstance(point.stationarity, Stationary) and (point.escapes or point.verdict != UNDECIDED):
        escapes = [escape.neuron for escape in point.escapes]
    ball = found.statement["says"].get("ball") if found.statement else None
    loss, known = answer.network.scale * answer.network.loss, answer.certificate
    return UNKNOWN | {
        "verdict": point.verdict if point and proved else UNDECIDED,
        "about": "given point" if answer.network is found.given else "exact point within radius",
        "given": {"stationary": found.stationary, "gradient": _gradient_bounds(found)},
        "nearby": _nearby(found),
        "strict_saddle": _falls_twice(point) if point and proved else None,
        "global": "global minimum" if proved and loss == 0 else "unknown",
        "trust": trust(known) if known else None,
        "loss": None if answer.enclosed else [decimal(loss), decimal(loss, up=True)],
        "reasons": list(found.reasons),
        "certificate": known["sha256"] if known else None,
        "escape_neurons": escapes,
        "kind": point.kind if point else None,
        "radius": decimal(Fraction(ball)) if ball is not None else None,
    }


def _falls_twice(point: PointType) -> bool | None:
    """Of a saddle: whether the path that was found falls at second order; None: it did not, others may."""
    if point.verdict != "saddle" or point.descent is None:
        return None
    return True if point.descent.order == 2 else None


def _nearby(found: Findings) -> dict[str, Any]:
    """No point is alone: (w_i, h_i) -> (s w_i, h_i / s) keeps the loss, the stationarity and the type."""
    distance, network = found.answer.distance, found.answer.network
    if distance is None:
        return {"exists": None, "unique": None, "radius": None}
    scales = any(any(network.W[i]) or any(network.output_weights(i)) for i in range(network.n_hidden))
    return {"exists": True, "unique": False if scales else None, "radius": decimal(distance, up=True)}


def _gradient_bounds(found: Findings) -> list[str] | None:
    """Bounds of the largest entry of the gradient; None where the loss has none, at a kink."""
    if found.stationary == UNDECIDED:
        return None
    entries = gradient(found.given)
    if entries is None:
        return None
    largest = found.given.scale * max(map(abs, entries), default=Fraction(0))
    return [decimal(largest), decimal(largest, up=True)]


def gradient(network: ReluNetwork) -> Vector | None:
    """dL/dh_ji, dL/dc_j and dL/dw_i, in this order; None where a kink bends the loss at first order."""
    outputs = range(network.n_outputs)
    slopes = [slope_of(network, i, network.output_weights(i)) for i in range(network.n_hidden)]
    if any(slope.bends for slope in slopes):
        return None
    weights = [output_weight_derivative(network, j, i) for j in outputs for i in range(network.n_hidden)]
    biases = [output_bias_derivative(network, j) for j in outputs]
    return (*weights, *biases, *(x for slope in slopes for x in slope.linear))
