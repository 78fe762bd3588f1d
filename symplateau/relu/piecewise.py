"""Functions G(t) = linear.t + sum_k c_k |x_k.t| on a subspace, over a list of kinks x_k."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..arrays import Vector
from .network import ReluNetwork
from .vectors import ZERO, Integers, combination, dot, primitive, whole


@dataclass(frozen=True)
class PiecewiseLinear:
    """G(t) = linear.t + sum_k coefficients[k] |kinks[k].t| for t orthogonal to all normals.

    kinks: primitive, not parallel, not zero, orthogonal to the normals. linear: orthogonal to the normals,
    which are orthogonal to each other.
    """

    linear: Vector
    coefficients: Vector
    kinks: tuple[Integers, ...]
    normals: tuple[Integers, ...] = ()

    @classmethod
    def merged(cls, linear: Vector, coefficients: Sequence[Fraction], kinks: Sequence[Vector],
               normals: Sequence[Vector] = ()) -> "PiecewiseLinear":
        """Parallel kinks merged, zero kinks dropped, everything projected to the subspace."""
        across = _orthogonal(normals)
        total: dict[Integers, Fraction] = {}
        for c, kink in zip(coefficients, kinks, strict=True):
            line, factor = primitive(projected(kink, across))
            if factor:
                total[line] = total.get(line, ZERO) + c * abs(factor)
        lines = tuple(sorted(total))
        return cls(projected(linear, across), tuple(total[x] for x in lines), lines, across)

    @property
    def dimension(self) -> int:
        """That of the ambient space."""
        return len(self.linear)

    def __call__(self, t: Sequence[Fraction | int]) -> Fraction:
        (point, divisor), (factors, other) = whole(t), self._whole
        if len(point) != self.dimension:
            raise ValueError(f"a vector of {self.dimension} entries is wanted")
        total = sum(map(int.__mul__, factors, point))  # the kinks' coefficients are behind the linear part
        for c, x in zip(factors[self.dimension :], self.kinks, strict=True):
            total += c * abs(sum(map(int.__mul__, x, point)))
        return Fraction(total, divisor * other)

    @cached_property
    def _whole(self) -> tuple[Integers, int]:
        return whole((*self.linear, *self.coefficients))

    def times(self, factor: Fraction | int, other: "PiecewiseLinear | None" = None) -> "PiecewiseLinear":
        """factor * self, plus other: over the same kinks and normals."""
        rest = other or PiecewiseLinear((ZERO,) * self.dimension, (ZERO,) * len(self.kinks), self.kinks)
        return PiecewiseLinear(
            tuple(factor * a + b for a, b in zip(self.linear, rest.linear, strict=True)),
            tuple(factor * a + b for a, b in zip(self.coefficients, rest.coefficients, strict=True)),
            self.kinks, self.normals)

    @property
    def is_zero(self) -> bool:
        """Whether it is 0 everywhere: functions |x_k.t| of lines that are not parallel are independent."""
        return not any(self.linear) and not any(self.coefficients)


def _orthogonal(normals: Sequence[Vector]) -> tuple[Integers, ...]:
    found: list[Integers] = []
    for normal in normals:
        line, factor = primitive(projected(normal, found))
        if factor:
            found.append(line)
    return tuple(found)


def projected(vector: Sequence[Fraction], normals: Sequence[Integers]) -> Vector:
    """The vector without its parts along the normals, which are orthogonal to each other."""
    shares = [dot(vector, n) / dot(n, n) for n in normals]
    return tuple(x - y for x, y in zip(vector, combination(shares, normals, len(vector)), strict=True))


@dataclass(frozen=True)
class NeuronSlopes:
    """Of one neuron on its tangent space: g_j per output, and G = sum_j h_ji g_j, all over the same kinks."""

    total: PiecewiseLinear
    outputs: tuple[PiecewiseLinear, ...]


def neuron_slopes(network: ReluNetwork, neuron: int) -> NeuronSlopes:
    """g_j(t) = sum_k e_kj rho~(t.x_k) for t orthogonal to w_i, any t for w_i = 0 (paper B, Lemma 3.2).

    At a kink rho(s) = (a+ + a-)/2 s + (a+ - a-)/2 |s|.
    """
    key = ("neuron_slopes", neuron)
    if key not in network.memory:
        network.memory[key] = _neuron_slopes(network, neuron)
    found: NeuronSlopes = network.memory[key]
    return found


def _neuron_slopes(network: ReluNetwork, neuron: int) -> NeuronSlopes:
    high, low = network.slopes
    slopes, at_kink = list(network.leg_slopes[neuron]), network.kink_samples(neuron)
    for k in at_kink:
        slopes[k] = (high + low) / 2
    kinks = [network.X[k] for k in at_kink]
    outputs = []
    for j in range(network.n_outputs):
        bends = [(high - low) / 2 * network.residuals[k][j] for k in at_kink]
        outputs.append(PiecewiseLinear.merged(network.pull(j, slopes), bends, kinks, [network.W[neuron]]))
    total = outputs[0].times(0)
    for h, g in zip(network.output_weights(neuron), outputs, strict=True):
        total = g.times(h, total)
    return NeuronSlopes(total, tuple(outputs))
