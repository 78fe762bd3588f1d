"""What the theorems say that an embedding does to a stationary point (paper B, section 4.3, L to O).

Propositions 4.9, L.1, M.1, Remark M.2, appendices M.1, N, and Theorem 10, as the ledger has proved or amended
them. They look at the narrow point only.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from ..errors import Undecided
from .embeddings import INACTIVE, ORTHOGONAL, REPLICATION, Embedding
from .fukumizu import theorem_10
from .network import ReluNetwork
from .piecewise import NeuronSlopes, PiecewiseLinear, neuron_slopes
from .points import PointType
from .positivity import Violation, decide_nonnegative
from .stationarity import NotStationary
from .vectors import combination, dot, primitive
from .zeros import find_flat_direction

MINIMA = ("local minimum", "locally constant")
OTHERS = ("saddle", "not stationary")


@dataclass(frozen=True)
class Prediction:
    """What the theorems say of the wide point; None where they do not say.

    source: the statement. reason: why, in one sentence. stationary: Definition 3.3. type_1: a local minimum
    without escape neurons. minimum: a local minimum of any type. escapes: the new neurons with a tangential v
    along which D(v) = 0 and some d_j^v.v != 0; of unit replication also if the wide point is not stationary
    (the reading of B/proposition-L.1). flat: of unit replication, whether the parent is tangentially flat.
    """

    source: str
    reason: str
    stationary: bool | None = None
    type_1: bool | None = None
    minimum: bool | None = None
    escapes: tuple[int, ...] | None = None
    flat: bool | None = None


def predict(embedding: Embedding, original: PointType) -> Prediction:
    """What the theorems say. original: the type of the narrow point.

    Raises Undecided where it is not known whether the narrow point is stationary, and where a new neuron has
    too many samples at its kink.
    """
    if original.stationarity is None:
        raise Undecided(original.reason, original.next)
    if isinstance(original.stationarity, NotStationary):
        reason = "the original point is not stationary: each of its moves is one of the wide network too"
        return Prediction("section 4.3", reason, False, False, False)
    if embedding.kind == REPLICATION:
        found = _replicated(embedding, original)
    elif embedding.kind == ORTHOGONAL:
        found = _orthogonal(embedding, original)
    elif embedding.kind == INACTIVE:
        found = _inactive(embedding, original)
    else:
        reason = "all samples lie off the kinks of the new neurons, where rho is 0: moves change nothing"
        found = Prediction("Proposition M.1, Remark M.2", reason, True, _is_type_1(original),
                           _is_minimum(original), ())
    return _concluded(found, embedding, original)


def _concluded(found: Prediction, embedding: Embedding, original: PointType) -> Prediction:
    """Whether the wide point is a local minimum, where that follows from the rest.

    Moves of the narrow network are moves of the wide one, so none becomes one. Local minima are stationary,
    and with one output of type 1 (Theorem 4.2). With several, an escape neuron with g = g_j(t) != 0 excludes
    one if h = 0 or all rho(w.x_k) = 0: along s (dw = a t, dh_j = -b sgn(g)) the loss changes at order s^2 by
    -a b |g| and b^2 |V_h|^2 / 2, or a^2 |h|^2 |(rho(t.x_k))_k|^2 / 2, which is less for small b, or small a.
    """
    if found.minimum is not None:
        return found
    if found.type_1 or embedding.narrow.loss == 0:
        return replace(found, minimum=True)
    idle = any(not any(embedding.wide.output_weights(i)) or not any(embedding.wide.activations[i])
               for i in found.escapes or ())
    lost = found.stationary is False or _is_minimum(original) is False
    if lost or idle or (found.type_1 is False and embedding.narrow.n_outputs == 1):
        return replace(found, minimum=False)
    return found


def _is_type_1(original: PointType) -> bool | None:
    """Of a stationary point; None where its escape neurons are not known."""
    return True if original.kind == 1 else False if original.escapes else None


def _is_minimum(original: PointType) -> bool | None:
    return True if original.verdict in MINIMA else False if original.verdict in OTHERS else None


# Unit replication.


def is_flat(network: ReluNetwork, neuron: int) -> bool:
    """Whether all tangential derivatives of the neuron are 0 (condition 1 of Proposition 4.9)."""
    return neuron_slopes(network, neuron).total.is_zero


def _replicated(embedding: Embedding, original: PointType) -> Prediction:
    """Propositions 4.9, L.1; for local minima of any type B/section-4.3/local-minimality, Theorem 10."""
    i, gamma = embedding.neuron or 0, embedding.gamma
    flat = is_flat(embedding.narrow, i)
    type_1 = _is_type_1(original) if flat or min(gamma) > 0 else False
    reason, lost = _replication_reason(embedding, flat), not flat and min(gamma) <= 0
    minimum = _is_minimum(original) if len(gamma) == 1 else False if lost else None  # one: a mere scaling
    if theorem_10(embedding, original).descent is not None:
        reason, minimum = f"{reason}; but neuron {i} is an escape neuron: its daughters can move apart", False
    return Prediction("Proposition 4.9", reason, flat or min(gamma) >= 0, type_1, minimum,
                      _escaping_daughters(embedding, original, flat), flat)


def _replication_reason(embedding: Embedding, flat: bool) -> str:
    i, gamma = embedding.neuron, embedding.gamma
    if flat:
        return f"all tangential derivatives of neuron {i} are 0, and so are those of its daughters"
    head = f"neuron {i} has a positive tangential derivative, and "
    if min(gamma) > 0:
        return head + "its daughters have gamma_l > 0 times as large ones"
    unit = embedding.units[gamma.index(min(gamma))]
    if min(gamma) < 0:
        return head + f"daughter {unit} has {min(gamma)} times that: the loss falls at first order"
    return head + f"daughter {unit}, with gamma = 0, is an escape neuron along the same direction"


def _escaping_daughters(embedding: Embedding, original: PointType, flat: bool) -> tuple[int, ...] | None:
    """With gamma != 0: if the parent is one. With gamma = 0: if it has slopes (type 1: is not flat)."""
    if (type_1 := _is_type_1(original)) is None:
        return None
    i = embedding.neuron or 0
    active = any(escape.neuron == i for escape in original.escapes)
    idle = not flat if type_1 else any(not g.is_zero for g in neuron_slopes(embedding.narrow, i).outputs)
    return tuple(unit for unit, share in zip(embedding.units, embedding.gamma, strict=True)
                 if (active if share else idle))


# Orthogonal units.


def orthogonal_slopes(network: ReluNetwork, h: tuple[Fraction, ...]) -> NeuronSlopes:
    """Of a unit with w.x_k = 0 for all k: g_j(v) = sum_k e_kj rho(v.x_k) and G = sum_j h_j g_j (eq. (35)).

    On all of R^n_inputs: the part of v along w changes nothing.
    """
    high, low = network.slopes
    outputs = []
    for j in range(network.n_outputs):
        errors = [e[j] for e in network.residuals]
        linear = combination([(high + low) / 2 * e for e in errors], network.X, network.n_inputs)
        outputs.append(PiecewiseLinear.merged(linear, [(high - low) / 2 * e for e in errors], network.X))
    total = outputs[0].times(0)
    for share, g in zip(h, outputs, strict=True):
        total = g.times(share, total)
    return NeuronSlopes(total, tuple(outputs))


def _orthogonal(embedding: Embedding, original: PointType) -> Prediction:
    """Appendix M.1: stationary if and only if G >= 0, of type 1 if moreover all g_j are 0 where G is."""
    network, source, escaping = embedding.narrow, "appendix M.1", []
    for unit in embedding.units:
        slopes = orthogonal_slopes(network, embedding.wide.output_weights(unit))
        if isinstance(decide_nonnegative(slopes.total), Violation):
            reason = f"sum_k (sum_j h_j e_kj) rho(v.x_k) is negative for some v, h those of neuron {unit}"
            return Prediction(source, reason, False, False)
        if find_flat_direction(slopes.total, slopes.outputs) is not None:
            escaping.append(unit)
    idle = all(not any(embedding.wide.output_weights(unit)) for unit in embedding.units)
    if network.loss == 0:
        reason = "the loss is 0, so that there are no slopes"
    elif idle:
        reason = "the new neurons have output weights 0, so tangential derivatives 0"
    else:
        reason = "sum_k (sum_j h_j e_kj) rho(v.x_k) >= 0 for all v, h those of a new neuron"
    return _added(source, reason, original, tuple(escaping))


def _added(source: str, reason: str, original: PointType, escaping: tuple[int, ...]) -> Prediction:
    """Of new neurons that keep the point stationary."""
    if escaping:
        names = ", ".join(map(str, escaping))
        reason += f"; some slope per output is not 0 where that of neuron {names} is: an escape neuron"
    return Prediction(source, reason, True, False if escaping else _is_type_1(original), None, escaping)


# Inactive propagation.


def _inactive(embedding: Embedding, original: PointType) -> Prediction:
    """Appendix N: stationary if and only if w.d_j = 0, (37); of type 1 if moreover d_j^v.v = 0 for all v."""
    network, wide, source = embedding.narrow, embedding.wide, "appendix N"
    for unit in embedding.units:
        for j in range(network.n_outputs):
            slope = dot([e[j] for e in network.residuals], wide.activations[unit])
            if slope:
                reason = f"the derivative in the output weight {j} of neuron {unit} is {slope} (eq. (37))"
                return Prediction(source, reason, False, False)
    escaping = tuple(unit for unit in embedding.units
                     if any(not g.is_zero for g in neuron_slopes(wide, unit).outputs))
    why = ", ".join(sorted({_why_level(embedding, unit) for unit in embedding.units}))
    reason = f"the derivatives in the new output weights are 0: {why}"
    return _added(source, reason, original, escaping)


def _why_level(embedding: Embedding, unit: int) -> str:
    """Why w.d_j = 0: the two choices that appendix N names, and others."""
    network, w = embedding.narrow, embedding.wide.W[unit]
    if not any(w):
        return "w = 0"
    for i, other in enumerate(network.W):
        (line, factor), (known, size) = primitive(w), primitive(other)
        if line == known and factor * size > 0:
            return f"w is {factor / size} times that of neuron {i}"
    if network.loss == 0:
        return "the loss is 0"
    if not any(embedding.wide.activations[unit]):
        return "the new neuron is 0 at all samples"
    return "eq. (37) vanishes"
