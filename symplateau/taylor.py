"""Taylor coefficients of the loss along a curve, at any precision: they cross-check, and prove nothing.

The loss is computed from its definition and differentiated numerically by mpmath: no derivative tower, jet or
bracket of those that prove things elsewhere. The precision is that of each call, in decimal digits.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from .activations import get
from .errors import InputError, Undecided
from .perturbations import Displacement, SplitCurve, leading_order
from .splitting import split

if TYPE_CHECKING:
    from .network import Network

Real = Any  # an mpmath number
GUARD_DIGITS = 10


class LeadingCoefficient(NamedTuple):
    """The first coefficient that the curve lets be non-zero, found in two ways.

    order: of M_2. coefficients: of the loss along the curve, up to that order. predicted: half the leading
    coefficient of M_2 times a'H_r a, from the brackets <dy, z'' o x o x>, whatever the number of daughters.
    """

    order: int
    coefficients: tuple[Real, ...]
    predicted: Real

    @property
    def measured(self) -> Real:
        return self.coefficients[self.order]

    @property
    def error(self) -> Real:
        """The distance of the two, or of a lower coefficient from 0; relative if the prediction is not 0."""
        lower = map(abs, self.coefficients[1 : self.order])
        return max(abs(self.measured - self.predicted), *lower) / (abs(self.predicted) or 1)


def approximate_loss(network: "Network", theta: Sequence[Real] | None = None) -> Real:
    """The loss at theta (in the order and units of `Network.theta`), at the precision of mpmath's context."""
    import mpmath

    sigma = get(network.activation).mp
    values = _reals(network.theta()) if theta is None else list(theta)
    each, unit = network.n_inputs + (network.b is not None), _unit(network)
    width = (len(values) - (network.c is not None)) // (1 + each)
    rows = [values[start : start + each] for start in range(width, width + width * each, each)]
    bias = values[-1] if network.c is not None else mpmath.mpf(0)
    total = mpmath.mpf(0)
    for x, y in zip(_samples(network), _reals(network.y), strict=True):
        output = sum(v * sigma(mpmath.fdot(row, x) * unit) for v, row in zip(values, rows, strict=False))
        total += (output + bias - y) ** 2
    return total * _scale(network) / 2


def approximate_taylor(network: "Network", displacement: Displacement, order: int,
                       digits: int = 50) -> tuple[Real, ...]:
    """The Taylor coefficients at t = 0, up to t**order, of the loss at theta + displacement(t).

    displacement: a polynomial per parameter of `network`. The activation must be smooth enough for that order
    along the curve. Raises InputError.
    """
    import mpmath

    if len(displacement) != network.n_parameters:
        raise InputError(None, "displacement", f"{network.n_parameters} polynomials", len(displacement))
    base = network.theta()

    def along(t: Real) -> Real:
        moved = [_horner(powers, t) for powers in displacement]
        return approximate_loss(network, [x + d for x, d in zip(_reals(base), moved, strict=True)])

    with mpmath.workdps(digits + GUARD_DIGITS):
        return tuple(mpmath.taylor(along, 0, order, chop=False))


def approximate_curvature(network: "Network", neuron: int, direction: Sequence[Fraction],
                          digits: int = 50) -> Real:
    """a'H_r a: the inner Hessian (11) along a, in the units of W, from the brackets <dy, z'' o x o x>."""
    import mpmath

    sigma = get(network.activation).mp
    with mpmath.workdps(digits + GUARD_DIGITS):
        unit, samples = _unit(network), _samples(network)
        rows = [[*_reals(row), *(() if network.b is None else _reals((network.b[i],)))]
                for i, row in enumerate(network.W)]
        outputs, c = _reals(network.v), _reals((network.c or Fraction(0),))[0]
        total, a = mpmath.mpf(0), _reals(direction)
        for x, y in zip(samples, _reals(network.y), strict=True):
            places = [mpmath.fdot(row, x) * unit for row in rows]
            residual = mpmath.fdot(outputs, map(sigma, places)) + c - y
            total += residual * mpmath.diff(sigma, places[neuron], 2) * (mpmath.fdot(a, x) * unit) ** 2
        return total * outputs[neuron] * _scale(network)


def approximate_leading(network: "Network", neuron: int, curve: SplitCurve,
                        digits: int = 50) -> LeadingCoefficient:
    """The leading coefficient of the loss along a split curve: measured, and predicted size-free.

    network: the narrow one; it need not be stationary. Raises Undecided when M_2 does not lead.
    """
    import mpmath

    order = curve.order
    orders = [leading_order(curve.moment(k)) for k in range(3, 1 + (order or 0))]
    if order is None or any(other is not None and other <= order for other in orders):
        raise Undecided("the second moment does not lead along this curve", "use approximate_taylor")
    wide = split(network, neuron, curve.coefficients)
    measured = approximate_taylor(wide, curve.displacement(network, neuron), order, digits)
    curvature = approximate_curvature(network, neuron, curve.direction, digits)
    with mpmath.workdps(digits + GUARD_DIGITS):
        predicted = curvature * _reals((curve.moment(2)[order] / 2,))[0]
    return LeadingCoefficient(order, measured, predicted)


def _samples(network: "Network") -> list[list[Real]]:
    """The inputs, with an input 1 where there is a hidden bias."""
    return [_reals((*x, *(() if network.b is None else (Fraction(1),)))) for x in network.X]


def _unit(network: "Network") -> Real:
    import mpmath

    return mpmath.mpf(1) if network.W_unit is None else mpmath.log(_reals((network.W_unit,))[0])


def _scale(network: "Network") -> Real:
    """Twice the factor of the sum of squares."""
    import mpmath

    n = mpmath.mpf(network.n_samples)
    return {"half_sum": n / n, "mean": 2 / n, "half_mean": 1 / n}[network.loss]


def _horner(powers: Sequence[Fraction], t: Real) -> Real:
    value = 0 * t
    for coefficient in reversed(_reals(powers)):
        value = value * t + coefficient
    return value


def _reals(values: Sequence[Fraction]) -> list[Real]:
    import mpmath

    return [mpmath.mpf(x.numerator) / x.denominator for x in values]
