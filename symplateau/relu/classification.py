"""The type of the stationary point at, or near, the parameters of a ReLU-like network, with its certificate.

Three answers are kept apart: is the given point stationary (Definition 3.3, decided exactly); is an exact
stationary point near; of which type is that point. A verdict is what the kernel read from a certificate; what
was found without one stands in the reasons.
"""

from dataclasses import dataclass, field
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
from .nearby import ExactPoint, find_exact_point
from .network import ReluNetwork
from .points import PointType, decide_type
from .stationarity import Stationary
from .vectors import dot

LIMITS = ("less work", "moderate length", "characters", "bend downwards")  # of the kernel, in its refusals


@dataclass
class Findings:
    """What has been found: `judged` is the network whose type is asked for, the given one or one near it."""

    given: ReluNetwork
    judged: ReluNetwork
    type: PointType | None = None
    stationary: str = UNDECIDED
    distance: Fraction | None = None
    certificate: dict[str, Any] | None = None
    statement: dict[str, Any] | None = None
    reasons: list[Reason] = field(default_factory=list)

    def note(self, error: Undecided) -> None:
        self.reasons.append(reason(error))


def classify_relu(network: ReluNetwork, within: Fraction | None = None, seconds: float = 60.0) -> Report:
    """The type of the stationary point at, or near, the parameters of a network.

    within: how far the exact point may be (maximum norm; default 10^-6 of the parameters' norm). seconds: for
    the search. Raises InputError.
    """
    if within is not None and within <= 0:
        raise InputError(None, "within", "a number > 0", within, status=2)
    deadline = read_seconds(seconds)
    found = Findings(network, network)
    try:
        with until(deadline):
            _look(found, default_within(network) if within is None else within)
    except Undecided as error:
        found.note(error)
    return Report(describe(found), found.certificate, found.statement, found.distance)


def default_within(network: ReluNetwork) -> Fraction:
    """10^-6 of the Euclidean norm of the parameters; 10^-6 for a norm below 2^-20."""
    square = sum((dot(row, row) for row in (*network.W, *network.H, network.c or ())), Fraction(0))
    root = Fraction(isqrt(int(square * 4**20)), 2**20)
    return (root or Fraction(1)) / 10**6


def _look(found: Findings, within: Fraction) -> None:
    given = decide_type(found.given)
    if given.stationarity is None:
        found.type = given
        raise Undecided(given.reason, given.next)
    if isinstance(given.stationarity, Stationary):
        found.stationary, found.distance, found.type = "yes", Fraction(0), given
        _certify(found, certify_type(found.given, given))
        return
    found.stationary = "no"
    if (ratio := find_maximum_ratio(found.given)) is not None:
        found.type = PointType("local maximum", given.stationarity, descent=given.descent)
        _certify(found, sealed(found.given, [maximum_step(found.given, ratio)]))
        return
    try:
        near = _near(found.given, within)
    except Undecided as error:
        found.note(error)
        found.type = given
        _certify(found, certify_type(found.given, given))
        return
    found.judged, found.distance, found.type = near.network, near.distance, decide_type(near.network)
    _certify(found, certify_type(found.judged, found.type))


def _near(network: ReluNetwork, within: Fraction) -> ExactPoint:
    """An exact stationary point within that distance. Raises Undecided."""
    return find_exact_point(network, within=within)


def _certify(found: Findings, certificate: dict[str, Any]) -> None:
    """Pass the certificate through the kernel. Raises Undecided where its limits do not allow that."""
    try:
        statement = checked(certificate)
    except CheckError as error:
        if error.step == -1 or any(limit in error.expected for limit in LIMITS):
            raise Undecided(f"size: the kernel takes no such certificate: expected {error.expected}",
                            "ask about a smaller network, or fewer digits") from None
        raise
    if found.type is None or statement["says"]["type"] != found.type.verdict:
        raise ArithmeticError("classification: the kernel read another verdict than was found")
    found.certificate, found.statement = certificate, statement


# The report


def describe(found: Findings) -> dict[str, Any]:
    """The JSON of `classify`, and what ReLU-like networks have besides.

    escape_neurons: of a stationary point; None where not decided. kind: 1 for a local minimum without escape
    neurons, 2 for one with them; without a verdict it is what was found and has no certificate. radius: of a
    ball on which the loss is not lower (Euclidean norm). nearby.radius: how far the exact point is at most.
    """
    point, proved = found.type, found.certificate is not None
    escapes = None
    if point and isinstance(point.stationarity, Stationary) and (point.escapes or point.verdict != UNDECIDED):
        escapes = [escape.neuron for escape in point.escapes]
    ball = found.statement["says"].get("ball") if found.statement else None
    loss, known = found.judged.scale * found.judged.loss, found.certificate
    return UNKNOWN | {
        "verdict": point.verdict if point and proved else UNDECIDED,
        "about": "given point" if found.judged is found.given else "exact point within radius",
        "given": {"stationary": found.stationary, "gradient": _gradient_bounds(found)},
        "nearby": _nearby(found),
        "strict_saddle": _falls_twice(point) if point and proved else None,
        "global": "global minimum" if proved and loss == 0 else "unknown",
        "trust": trust(known) if known else None,
        "loss": [decimal(loss), decimal(loss, up=True)],
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
    if found.distance is None:
        return {"exists": None, "unique": None, "radius": None}
    network = found.judged
    scales = any(any(network.W[i]) or any(network.output_weights(i)) for i in range(network.n_hidden))
    return {"exists": True, "unique": False if scales else None, "radius": decimal(found.distance, up=True)}


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
