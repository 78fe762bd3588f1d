"""The certificate of what `decide_type` found: steps for the kernel's rules on ReLU-like networks.

Nothing here is believed: the kernel checks every step from the numbers of the problem. What has no rule there
raises Undecided.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from ..argument import texts
from ..arrays import Matrix, Vector
from ..errors import Undecided
from ..kernel.format import FORMAT, seal
from .duals import Slope, find_dual, slope_of
from .escape import EscapeNeuron
from .expansion import Path
from .network import ReluNetwork
from .piecewise import PiecewiseLinear, neuron_slopes
from .points import PointType, radius_squared
from .positivity import Violation, decide_nonnegative
from .vectors import ZERO, combination, dot
from .zeros import find_flat_direction, find_ratio

Step = dict[str, Any]
BITS = 24  # of a radius, at least


def certify_type(network: ReluNetwork, found: PointType) -> dict[str, Any]:
    """The sealed certificate of the verdict. Raises Undecided where the kernel has no rule that says it."""
    if found.verdict == "not stationary" and found.descent is not None:
        steps = [path_step(network, found.descent)]
    elif found.verdict == "saddle" and found.descent is not None and found.ascent is not None:
        escapes = [escape_step(escape) for escape in found.escapes]
        paths = [path_step(network, path) for path in (found.descent, found.ascent)]
        steps = [stationary_step(network), *escapes, *paths]
    elif found.verdict in ("local minimum", "locally constant"):
        steps = _minimum_steps(network, found)
        if found.verdict == "locally constant":
            steps.append(maximum_step(network, Fraction(1)))
    else:
        raise Undecided(f"{found.reason or found.verdict}", found.next)
    return sealed(network, steps)


def sealed(network: ReluNetwork, steps: Sequence[Step]) -> dict[str, Any]:
    """The certificate of these steps."""
    return seal({"format": FORMAT, "problem": network.problem(), "steps": list(steps)})


def _minimum_steps(network: ReluNetwork, found: PointType) -> list[Step]:
    lowest = [{"rule": "zero residual"}] if found.is_global else []
    if found.kind == 2:
        raise Undecided("kernel: a local minimum with escape neurons, by the second-order form on the flat"
                        " cone, for which the kernel has no rule", "ask about a point without escape neurons")
    if len(found.ratios) == network.n_hidden:
        return [minimum_step(network, max((ratio.value for ratio in found.ratios), default=ZERO)), *lowest]
    if lowest:
        return lowest
    raise Undecided(f"radius: {found.reason}", found.next)


def stationary_step(network: ReluNetwork) -> Step:
    """dL/dh = dL/dc = 0, and duals of the G_i. Raises Undecided where these are too many."""
    shares = [_dual(slope_of(network, i, network.output_weights(i))) for i in range(network.n_hidden)]
    return {"rule": "stationary point", "shares": shares}


def minimum_step(network: ReluNetwork, ratio: Fraction) -> Step:
    """|g_ji| <= ratio G_i, and the radius of the ball on which the loss is not lower.

    Where all g_ji vanish any ratio will do: one that does not limit the radius is taken.
    """
    square = radius_squared(network, ratio)
    radius = Fraction(1) if square is None else root_below(square)
    factor = ratio or 1 / (network.n_outputs * radius)
    units = [tuple(sign * (j == own) for own in range(network.n_outputs))
             for j in range(network.n_outputs) for sign in (1, -1)]
    shares = []
    for i in range(network.n_hidden):
        h = network.output_weights(i)
        shares.append(_duals(network, i, [[factor * x + u for x, u in zip(h, unit, strict=True)]
                                          for unit in units]))
    return {"rule": "local minimum", "ratio": str(factor), "radius": str(radius), "shares": shares}


def _duals(network: ReluNetwork, neuron: int, many: Sequence[Sequence[Fraction]]) -> list[list[list[str]]]:
    """Of sum_j factors[j] g_ji(t) for each of many factors. Those of a positive multiple are the same."""
    known: dict[Vector, list[list[str]]] = {}
    sizes = [max(map(abs, factors)) or Fraction(1) for factors in many]
    shapes = [tuple(x / size for x in factors) for factors, size in zip(many, sizes, strict=True)]
    for shape in shapes:
        if shape not in known:
            known[shape] = _dual(slope_of(network, neuron, shape))
    return [known[shape] for shape in shapes]


def root_below(square: Fraction) -> Fraction:
    """A dyadic number r > 0 with r^2 <= square, short and near to equality.

    >>> root_below(Fraction(2)), root_below(Fraction(9, 4))
    (Fraction(11863283, 8388608), Fraction(3, 2))
    """
    size = square.numerator.bit_length() - square.denominator.bit_length()
    shift = BITS - size // 2  # so that the root of square * 4^shift has about BITS bits
    scaled = square.numerator << 2 * shift if shift > 0 else square.numerator
    divisor = square.denominator << -2 * shift if shift < 0 else square.denominator
    return isqrt(scaled // divisor) * Fraction(2) ** -shift


def maximum_step(network: ReluNetwork, ratio: Fraction) -> Step:
    """-G_i >= ratio sum_k |rho(x_k.t)| over the kinks. Raises Undecided where this is false."""
    shares = [_dual(_excess(network, i, ratio)) for i in range(network.n_hidden)]
    return {"rule": "local maximum", "ratio": str(ratio), "shares": shares}


def find_maximum_ratio(network: ReluNetwork) -> Fraction | None:
    """A ratio > 0 for `maximum_step`; None where the outputs are not 0 near the point but for kinks, or where
    some G_i is not < 0 wherever a kink sends something on. Raises Undecided where there are too many kinks.
    """
    if network.c is not None or any(map(any, network.activations)):
        return None
    worst = Fraction(0)
    for i in range(network.n_hidden):
        fall, sent = neuron_slopes(network, i).total.times(-1), _sent(network, i)
        if isinstance(decide_nonnegative(fall), Violation) or find_flat_direction(fall, [sent]) is not None:
            return None
        worst = max(worst, find_ratio(fall, [sent]).value)
    return 1 / worst if worst else Fraction(1)


def _sent(network: ReluNetwork, neuron: int) -> PiecewiseLinear:
    """sum_k |rho(x_k.t)| over the kinks, with |rho(s)| = (|a+| + |a-|)/2 |s| + (|a+| - |a-|)/2 s."""
    high, low = map(abs, network.slopes)
    kinks = [network.X[k] for k in network.kink_samples(neuron)]
    linear = combination([(high - low) / 2] * len(kinks), kinks, network.n_inputs)
    return PiecewiseLinear.merged(linear, [(high + low) / 2] * len(kinks), kinks, [network.W[neuron]])


def _excess(network: ReluNetwork, neuron: int, ratio: Fraction) -> Slope:
    """-G - ratio sum_k |rho(x_k.t)|, one bend per kink sample."""
    (high, low), (a, b) = map(abs, network.slopes), network.slopes
    at_kink = [k for k in network.kink_samples(neuron) if any(network.X[k])]
    pulls = {k: -dot(network.output_weights(neuron), network.residuals[k]) for k in at_kink}
    factors = [(a + b) / 2 * pulls[k] - (high - low) / 2 * ratio for k in at_kink]
    bends = [(((a - b) * pulls[k] - (high + low) * ratio) / 2, network.X[k]) for k in at_kink]
    return Slope(combination(factors, [network.X[k] for k in at_kink], network.n_inputs),
                 tuple((c, x) for c, x in bends if c))


def escape_step(escape: EscapeNeuron) -> Step:
    """A tangential t with G_i(t) = 0 and g_ji(t) != 0 for some j."""
    return {"rule": "escape neuron", "neuron": escape.neuron, "direction": texts(escape.t)}


def path_step(network: ReluNetwork, path: Path) -> Step:
    """The path, up to a power of two at which first terms still outweigh the later ones."""
    moves: list[Step] = []
    for i in range(network.n_hidden):
        w = [move.W[i] for move in path.moves]
        h = [tuple(row[i] for row in move.H) for move in path.moves]
        if any(map(any, (*w, *h))):
            moves.append({"neuron": i, "w": _formulas(network.W[i], w),
                          "h": _formulas(network.output_weights(i), h)})
    step: Step = {"rule": "path", "until": str(_until(network, path)), "moves": moves}
    biases = [move.c or (ZERO,) * network.n_outputs for move in path.moves]
    if network.c is not None and any(map(any, biases)):
        step["c"] = _formulas(network.c, biases)
    return step


def _until(network: ReluNetwork, path: Path) -> Fraction:
    """1, 1/2, 1/4, ...: the first at which the first term of each polynomial outweighs all the others."""
    polynomials: list[Vector] = [path.expansion.coefficients[1:]]
    for i, row in enumerate(network.pre_activations):
        moves = [move.W[i] for move in path.moves]
        if any(map(any, moves)):
            polynomials += {(z, *(dot(w, x) for w in moves)) for z, x in zip(row, network.X, strict=True)}
    end = Fraction(1)
    for polynomial in polynomials:
        while not _dominated(polynomial, end):
            end /= 2
    return end


def _dominated(polynomial: Vector, end: Fraction) -> bool:
    order = next((n for n, x in enumerate(polynomial) if x), None)
    if order is None:
        return True
    later = sum((abs(x) * end ** (n - order) for n, x in enumerate(polynomial) if n > order), ZERO)
    return abs(polynomial[order]) > later


def _formulas(starts: Sequence[Fraction], moves: Sequence[Sequence[Fraction]]) -> list[str]:
    """start + move_1 t + move_2 t^2 + ..., entry by entry."""
    powers = ("", "*t", *(f"*t**{n}" for n in range(2, len(moves) + 1)))
    return [" + ".join(f"{x}{power}" for n, (x, power) in enumerate(zip(terms, powers, strict=True))
                       if x or n == 0) for terms in zip(starts, *moves, strict=True)]


def _dual(function: Slope) -> list[list[str]]:
    rows: Matrix = find_dual(function)
    return [texts(row) for row in rows]
