"""Duals: why l.t + sum_k c_k |x_k.t| >= 0 for all t, in the form that certificates record.

The function is the least, over the signs sigma of the k with c_k < 0, of l.t + sum sigma_k c_k x_k.t +
sum_{c_k > 0} c_k |x_k.t|. Each of these is convex, and >= 0 if and only if l + sum s_k c_k x_k = 0 with
s_k = sigma_k where c_k < 0 and some |s_k| <= 1 where c_k > 0. Kinks are neither merged nor projected here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..arrays import Matrix, Vector
from ..errors import Undecided
from ..simplex import Optimum, minimize
from .balances import balances
from .network import ReluNetwork
from .rational import signed_sums, to_flint
from .vectors import ZERO, combination, dot, primitive

MAX_FALLING = 10
MANY = 8
Bends = tuple[tuple[Fraction, Vector], ...]


@dataclass(frozen=True)
class Slope:
    """The function linear.t + sum over (c, x) in bends of c |x.t|: no c is 0, no x is 0."""

    linear: Vector
    bends: Bends


def slope_of(network: ReluNetwork, neuron: int, factors: Sequence[Fraction]) -> Slope:
    """sum_j factors[j] g_ji(t), one bend per kink sample, in the order of the samples.

    factors = h_i gives G_i, C h_i + (0, .., 1, .., 0) gives C G_i + g_ji. It is the derivative for tangential
    t; for other t too where dL/dh_ji = 0 for all j with factors[j] != 0.
    """
    high, low = network.slopes
    slopes, at_kink = list(network.leg_slopes[neuron]), network.kink_samples(neuron)
    for k in at_kink:
        slopes[k] = (high + low) / 2
    pulls = [network.pull(j, slopes) for j in range(network.n_outputs)]
    bends = [((high - low) / 2 * dot(factors, network.residuals[k]), network.X[k]) for k in at_kink]
    return Slope(combination(factors, pulls, network.n_inputs), tuple(b for b in bends if b[0] and any(b[1])))


def find_dual(function: Slope) -> Matrix:
    """The dual of the function: see `dual_of`."""
    return dual_of(function.linear, function.bends)


def dual_of(linear: Vector, bends: Sequence[tuple[Fraction, Vector]]) -> Matrix:
    """A row of s_k (c_k > 0, in order) per sign pattern of the c_k < 0, in the order of itertools.product.

    Terms with c_k = 0 or x_k = 0 are left out. Raises Undecided where the function is not >= 0 everywhere, or
    where more than MAX_FALLING of the c_k are negative.
    """
    kept = [(c, x) for c, x in bends if c and any(x)]
    falling = [tuple(c * a for a in x) for c, x in kept if c < 0]
    if len(falling) > MAX_FALLING:
        raise Undecided(f"patterns: {len(falling)} kink samples bend the slope of one neuron downwards",
                        "remove samples at the kink")
    rising = _Lines([(c, x) for c, x in kept if c > 0])
    rests = signed_sums(linear, falling, list(product((1, -1), repeat=len(falling))))
    rising.propose(rests)
    found = tuple(rising.balance(rest) for rest in rests)
    if not proves(found, linear, kept):
        raise ArithmeticError("duals: the simplex method returned a solution that is none")
    return found


def proves(rows: Matrix, linear: Vector, bends: Sequence[tuple[Fraction, Vector]]) -> bool:
    """Whether these rows show the function to be >= 0 everywhere: every equation multiplied out once more."""
    kept = [(c, x) for c, x in bends if c and any(x)]
    patterns = list(product((1, -1), repeat=sum(c < 0 for c, _ in kept)))
    rising = sum(c > 0 for c, _ in kept)
    if len(rows) != len(patterns) or any(len(row) != rising or any(abs(s) > 1 for s in row) for row in rows):
        return False
    factors = []
    for row, signs in zip(rows, patterns, strict=True):
        shares, fixed = iter(row), iter(signs)
        factors.append([next(shares) if c > 0 else next(fixed) for c, _ in kept])
    terms = to_flint([[c * a for a in x] for c, x in kept], len(linear))
    sums = to_flint(factors, len(kept)) * terms + to_flint([linear] * len(rows), len(linear))
    return all(x == 0 for x in sums.entries())


class _Lines:
    """The rising bends, parallel ones together: one variable each in the linear programs."""

    def __init__(self, bends: Sequence[tuple[Fraction, Vector]]) -> None:
        self.places: list[tuple[int, int]] = []  # of each bend: its line, and its sign on it
        heights: dict[tuple[int, ...], Fraction] = {}
        for c, x in bends:
            line, factor = primitive(x)
            heights[line] = heights.get(line, ZERO) + c * abs(factor)
            self.places.append((list(heights).index(line), 1 if factor > 0 else -1))
        self.lines, self.heights = list(heights), list(heights.values())
        self.known: dict[Vector, Vector] = {}

    def propose(self, rests: Sequence[Vector]) -> None:
        """Balance many at once, as far as that goes."""
        if len(rests) >= MANY:
            found = zip(rests, balances(self.lines, self.heights, rests), strict=True)
            self.known.update({rest: shares for rest, shares in found if shares is not None})

    def balance(self, rest: Vector) -> Vector:
        """s with rest + sum s_k c_k x_k = 0, |s_k| <= 1. Raises Undecided where there is none."""
        if rest not in self.known:
            # With z_k = (1 + s_k) height_k: sum z_k line_k = -rest + sum height_k line_k, 0 <= z <= 2 height.
            full = combination(self.heights, self.lines, len(rest))
            found = minimize(self.lines, [b - a for a, b in zip(rest, full, strict=True)],
                             [2 * c for c in self.heights])
            if not isinstance(found, Optimum):
                raise Undecided("duals: the function is negative somewhere, so that there is none",
                                "decide its sign with positivity.decide_nonnegative")
            self.known[rest] = tuple(z / c - 1 for z, c in zip(found.x, self.heights, strict=True))
        shares = self.known[rest]
        return tuple(side * shares[line] for line, side in self.places)
