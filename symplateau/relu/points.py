"""The type of a point of a ReLU-like network, exactly (paper B, Definition 3.5, Theorems 4.2 and D.1).

No local minimum with hidden neurons is strict: (w_i, h_i) -> (s w_i, h_i / s) keeps the loss, and so does,
where w_i = 0, every move of h_i. With an output bias c the formulas stay, as sum_k e_kj = 0.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from ..arrays import Vector
from ..errors import Undecided
from .blocks import find_descent
from .derivatives import tangential_slope
from .escape import EscapeNeuron, escape_path, find_escape_neurons
from .expansion import Path, path
from .network import Direction, ReluNetwork
from .piecewise import neuron_slopes
from .stationarity import NotStationary, Stationary, decide_stationarity
from .vectors import ZERO, dot
from .zeros import Ratio, find_ratio


@dataclass(frozen=True)
class PointType:
    """verdict: not stationary, local minimum, saddle, locally constant (minimum and maximum), undecided.

    stationarity: the certificates, or the violated condition. escapes: the escape neurons.
    kind: 1 for a local minimum without escape neurons, 2 for one with them, else None.
    is_global: whether the loss is zero, so that no point has a lower one; False says nothing.
    ratios: for kind 1, per neuron the C_i with |g_ji| <= C_i G_i; empty where they were not found.
    radius_squared: from these, of a ball on which the loss is not lower; with ratios, None means everywhere.
    descent, ascent: paths, straight or curved, on which the loss falls and rises, where shown.
    reason, next: what was not decided.
    """

    verdict: str
    stationarity: Stationary | NotStationary | None
    escapes: tuple[EscapeNeuron, ...] = ()
    kind: int | None = None
    is_global: bool = False
    radius_squared: Fraction | None = None
    ratios: tuple[Ratio, ...] = ()
    descent: Path | None = None
    ascent: Path | None = None
    reason: str = ""
    next: str = ""


def decide_type(network: ReluNetwork) -> PointType:
    """The type of the point, with what shows it; undecided, with a reason, where no way was found."""
    try:
        stationarity = decide_stationarity(network)
    except Undecided as error:
        return PointType("undecided", None, reason=error.reason, next=error.next)
    if isinstance(stationarity, NotStationary):
        return PointType("not stationary", stationarity, descent=path(network, stationarity.direction))
    is_global, ascent = network.loss == 0, find_ascent(network)
    try:
        escapes = find_escape_neurons(network)
        if escapes:
            return _with_escapes(network, stationarity, escapes, ascent)
    except Undecided as error:
        if is_global:
            return PointType("local minimum", stationarity, is_global=True, ascent=ascent)
        return PointType("undecided", stationarity, ascent=ascent, reason=error.reason, next=error.next)
    minimum = PointType("locally constant" if ascent is None else "local minimum", stationarity, kind=1,
                        is_global=is_global, ascent=ascent)
    try:
        slopes = [neuron_slopes(network, i) for i in range(network.n_hidden)]
        ratios = tuple(find_ratio(of_neuron.total, of_neuron.outputs) for of_neuron in slopes)
    except Undecided as error:
        return replace(minimum, reason=error.reason, next=error.next)
    worst = max((ratio.value for ratio in ratios), default=ZERO)
    return replace(minimum, ratios=ratios, radius_squared=radius_squared(network, worst))


def _with_escapes(network: ReluNetwork, stationarity: Stationary, escapes: tuple[EscapeNeuron, ...],
                  ascent: Path | None) -> PointType:
    """One output: a saddle. Several: what the form on the flat cone says, then higher orders along curves."""
    if network.n_outputs == 1:
        return PointType("saddle", stationarity, escapes, descent=escape_path(network, escapes[0]),
                         ascent=ascent)
    try:
        descent = find_descent(network, tuple(escape.neuron for escape in escapes))
    except Undecided as error:
        return PointType("undecided", stationarity, escapes, ascent=ascent, reason=error.reason,
                         next=error.next)
    if descent is None:
        return PointType("local minimum", stationarity, escapes, kind=2, ascent=ascent)
    return PointType("saddle", stationarity, escapes, descent=descent, ascent=ascent)


def radius_squared(network: ReluNetwork, ratio: Fraction) -> Fraction | None:
    """The square of min(|w_i.x_k| / |x_k| off the kinks, 1 / (C sqrt(n_outputs))); None: no bound.

    Assumes a stationary point with |g_ji| <= C G_i. On that closed ball the loss is not lower than at its
    centre: sum_j |dh_ji| |g_ji| <= sqrt(n_outputs) |dh_i| C G_i <= G_i in the formula of `flat`.
    """
    bounds = []
    for x, heights in zip(network.X, zip(*network.pre_activations, strict=True), strict=bool(network.W)):
        if (nearest := min((abs(z) for z in heights if z), default=None)) is not None:
            bounds.append(nearest * nearest / dot(x, x))
    if ratio:
        bounds.append(1 / (ratio * ratio * network.n_outputs))
    return min(bounds, default=None)


def find_ascent(network: ReluNetwork) -> Path | None:
    """A path on which the loss rises, from a stationary point; None where the loss is locally constant.

    Along an output bias, or an output weight where some rho(w_i.x_k) != 0 (Theorem D.1). Else w_i moves along
    +-x_k of a sample at its kink, an output weight by the sign of its g: L changes by
    G t + |g| t^2 + |output change|^2 / 2.
    """
    weight = (Fraction(1), *(ZERO,) * (network.n_outputs - 1))
    if network.c is not None:
        return _rising(network, Direction.of_output_bias(network, weight))
    for i, values in enumerate(network.activations):
        if any(values):
            return _rising(network, Direction.of_neuron(network, i, h=weight))
    for i in range(network.n_hidden):
        for k in network.kink_samples(i):
            if any(network.X[k]):
                side = 1 if network.slopes[0] else -1
                t: Vector = tuple(side * x for x in network.X[k])
                factor = -1 if tangential_slope(network, 0, i, t) < 0 else 1
                move = tuple(factor * x for x in weight)
                return _rising(network, Direction.of_neuron(network, i, w=t, h=move))
    return None


def _rising(network: ReluNetwork, direction: Direction) -> Path:
    found = path(network, direction)
    if found is None or found.falls:
        raise ArithmeticError("points: the direction found is not one of ascent")
    return found
