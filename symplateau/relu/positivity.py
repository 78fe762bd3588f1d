"""Whether a piecewise linear function is >= 0 on its subspace or a cone in it, with a certificate either way.

Dual: G(t) = min over signs sigma of the k with c_k < 0 of G_sigma, which is convex. G_sigma >= 0 on a cone
{r.t >= 0} if and only if s_k in [-1, 1] (sigma_k where c_k < 0) and m >= 0 exist with
linear + sum s_k c_k x_k = sum m_r r (projected to the subspace): linear programming duality.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..arrays import Matrix, Vector
from ..errors import Undecided
from ..simplex import Infeasible, Optimum, minimize
from .arrangement import Arrangement, arrangement, ray_bound
from .balances import balances
from .piecewise import PiecewiseLinear, projected
from .rational import signed_sums
from .vectors import ZERO, Integers, combination, dot

MAX_PATTERNS = 1_024
FEW_PATTERNS = 16
FEW_BITS = 3


@dataclass(frozen=True)
class Dual:
    """Per sign pattern of the negative c_k, in the order of `patterns`: the s_k of all kinks, and the m_r."""

    shares: Matrix
    multipliers: Matrix

    def proves(self, function: PiecewiseLinear, cone: Sequence[Integers] = ()) -> bool:
        """Whether this shows function >= 0 on {t : r.t >= 0 for all r in cone}."""
        signs = list(patterns(function))
        if not len(self.shares) == len(self.multipliers) == len(signs):
            return False
        return all(_fits(function, cone, sigma, s, m)
                   for sigma, s, m in zip(signs, self.shares, self.multipliers, strict=True))


@dataclass(frozen=True)
class Rays:
    """The generators of the arrangement of kinks: the function is 0 on the first kind, >= 0 on the second."""

    generators: Arrangement

    def proves(self, function: PiecewiseLinear) -> bool:
        """Whether these are the generators, found once more, and the values are as stated."""
        kinks = bending(function)
        return (self.generators == arrangement(kinks, function.normals, function.dimension)
                and not any(function(t) for t in self.generators.lineality)
                and all(function(t) >= 0 for t in self.generators.rays))


@dataclass(frozen=True)
class Violation:
    """A t in the subspace (and cone) with function(t) = value < 0."""

    t: Vector
    value: Fraction


Certificate = Dual | Rays


def bending(function: PiecewiseLinear) -> tuple[Integers, ...]:
    """The kinks at which the function bends."""
    return tuple(x for x, c in zip(function.kinks, function.coefficients, strict=True) if c)


def patterns(function: PiecewiseLinear) -> "product[tuple[int, ...]]":
    """The sign patterns of the kinks with c_k < 0."""
    return product((1, -1), repeat=sum(c < 0 for c in function.coefficients))


def decide_nonnegative(function: PiecewiseLinear) -> Certificate | Violation:
    """Decide G >= 0 on the whole subspace. Raises Undecided where both ways are too long."""
    count = 1 << sum(c < 0 for c in function.coefficients)
    if count <= FEW_PATTERNS:
        return decide_by_duals(function)
    if ray_bound(bending(function), function.normals, function.dimension) > MAX_PATTERNS >= count:
        return decide_by_duals(function)
    return decide_by_rays(function)


def decide_by_rays(function: PiecewiseLinear) -> Rays | Violation:
    """The same on the generators of the arrangement. Raises Undecided where there are too many."""
    generators = arrangement(bending(function), function.normals, function.dimension)
    for t in (*generators.lineality, *(tuple(-x for x in r) for r in generators.lineality), *generators.rays):
        if function(t) < 0:
            return Violation(tuple(map(Fraction, t)), function(t))
    return Rays(generators)


def decide_by_duals(function: PiecewiseLinear, cone: Sequence[Integers] = ()) -> Dual | Violation:
    """The same by one linear program per sign pattern, also on a cone {t : r.t >= 0} of the subspace.

    Raises Undecided where there are too many patterns.
    """
    if (count := sum(c < 0 for c in function.coefficients)) > MAX_PATTERNS.bit_length() - 1:
        raise Undecided(f"patterns: {count} kink samples bend the slope of one neuron downwards",
                        "remove samples at the kink")
    shares, multipliers = [], []
    proposed = [None] * (1 << count) if cone or count < FEW_BITS else _proposed(function)
    for signs, proposal in zip(patterns(function), proposed, strict=True):
        found = _dual(function, cone, signs) if proposal is None else (proposal, ())
        if isinstance(found, Violation):
            return found
        shares.append(found[0])
        multipliers.append(found[1])
    return Dual(tuple(shares), tuple(multipliers))


def _proposed(function: PiecewiseLinear) -> list[Vector | None]:
    """Per pattern the shares of all kinks where they are found together, without a linear program."""
    terms = list(zip(function.coefficients, function.kinks, strict=True))
    rising, falling = [(c, x) for c, x in terms if c > 0], [(c, x) for c, x in terms if c < 0]
    sides = list(patterns(function))
    rests = signed_sums(function.linear, [[c * a for a in x] for c, x in falling], sides)
    found = balances([x for _, x in rising], [c for c, _ in rising], rests)
    return [None if row is None else _spread(function, row, signs)
            for row, signs in zip(found, sides, strict=True)]


def _spread(function: PiecewiseLinear, rising: Vector, signs: tuple[int, ...]) -> Vector:
    """The shares of all kinks from those with c_k > 0 and the signs of those with c_k < 0."""
    shares, fixed = iter(rising), iter(signs)
    return tuple(next(shares) if c > 0 else Fraction(next(fixed)) if c < 0 else ZERO
                 for c in function.coefficients)


def _dual(function: PiecewiseLinear, cone: Sequence[Integers],
          signs: tuple[int, ...]) -> tuple[Vector, Vector] | Violation:
    """s and m of one pattern, or a t in the cone with function(t) <= G_sigma(t) < 0."""
    size, pending = function.dimension, iter(signs)
    fixed = [Fraction(next(pending)) if c < 0 else ZERO for c in function.coefficients]
    signed = [s * c for s, c in zip(fixed, function.coefficients, strict=True)]
    bends = combination(signed, function.kinks, size)
    linear = [a + b for a, b in zip(function.linear, bends, strict=True)]
    free = [k for k, c in enumerate(function.coefficients) if c > 0]
    limits = [projected([Fraction(x) for x in r], function.normals) for r in cone]
    # With z_k = (1 + s_k) c_k: sum z_k x_k - sum m_r r = -linear + sum c_k x_k, 0 <= z_k <= 2 c_k.
    kinks = [function.kinks[k] for k in free]
    rises = [function.coefficients[k] for k in free]
    right = [b - a for a, b in zip(linear, combination(rises, kinks, size), strict=True)]
    found = minimize([*kinks, *(tuple(-x for x in r) for r in limits)], right,
                     [*(2 * c for c in rises), *(None for _ in limits)])
    if isinstance(found, Infeasible):
        t = projected(found.y, function.normals)
        if not function(t) < 0 or any(dot(r, t) < 0 for r in cone):
            raise ArithmeticError("the simplex method returned a violation that is none")
        return Violation(t, function(t))
    if not isinstance(found, Optimum):
        raise ArithmeticError("the simplex method found no bound of a cost 0")
    for k, z, c in zip(free, found.x, rises, strict=False):
        fixed[k] = z / c - 1
    s, m = tuple(fixed), found.x[len(free) :]
    if not _fits(function, cone, signs, s, m):
        raise ArithmeticError("the simplex method returned a solution that is none")
    return s, m


def _fits(function: PiecewiseLinear, cone: Sequence[Integers], signs: tuple[int, ...], shares: Vector,
          multipliers: Vector) -> bool:
    if len(shares) != len(function.kinks) or len(multipliers) != len(cone) or any(m < 0 for m in multipliers):
        return False
    pending = iter(signs)
    for s, c in zip(shares, function.coefficients, strict=True):
        if abs(s) > 1 or (c < 0 and s != next(pending)):
            return False
    bends = combination([s * c for s, c in zip(shares, function.coefficients, strict=True)], function.kinks,
                        function.dimension)
    limits = combination(multipliers, cone, function.dimension)
    rest = [a + b - c for a, b, c in zip(function.linear, bends, limits, strict=True)]
    return not any(projected(rest, function.normals))
