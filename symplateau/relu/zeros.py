"""The cone {G = 0} of a function G >= 0, and how other functions over the same kinks compare with G."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from ..arrays import Vector
from ..errors import Undecided
from ..simplex import Optimum, minimize
from .arrangement import Arrangement, arrangement
from .piecewise import PiecewiseLinear
from .positivity import Certificate, Violation, bending, decide_by_duals, decide_nonnegative, patterns
from .vectors import Integers, combination, dot, null_space

DOUBLINGS = 24


@dataclass(frozen=True)
class FlatDirection:
    """t with G(t) = 0 and g_output(t) = value != 0."""

    t: Vector
    output: int
    value: Fraction


def flat_generators(total: PiecewiseLinear) -> Arrangement:
    """Generators of the arrangement of all kinks with G = 0: cone by cone they generate {G = 0}.

    Assumes G >= 0. Raises Undecided where there are too many.
    """
    found = arrangement(total.kinks, total.normals, total.dimension)
    return Arrangement(found.lineality, tuple(r for r in found.rays if total(r) == 0))


def zero_cones(total: PiecewiseLinear) -> list[tuple[Integers, ...]]:
    """Cones {t : r.t >= 0 for all r} in the subspace, of which {G = 0} is the union. Assumes G >= 0.

    From any dual solution s of a pattern: G_sigma(t) = sum c_k (|x_k.t| - s_k x_k.t) over c_k > 0, with every
    term >= 0. Raises Undecided where there are too many patterns.
    """
    dual = decide_by_duals(total)
    if isinstance(dual, Violation):
        raise ValueError("zero_cones: the function has a negative value")
    cones = []
    for _, shares in zip(patterns(total), dual.shares, strict=True):
        rows: list[Integers] = []
        for s, c, x in zip(shares, total.coefficients, total.kinks, strict=True):
            rows += [tuple(sign * a for a in x) for sign in (1, -1) if c and s != -sign]
        cones.append(tuple(rows))
    return cones


def find_flat_direction(total: PiecewiseLinear, outputs: Sequence[PiecewiseLinear]) -> FlatDirection | None:
    """A t with G(t) = 0 != g_j(t), or None where every g_j vanishes on {G = 0}. Assumes G >= 0.

    An exact decision. Raises Undecided where both generators and sign patterns are too many.
    """
    if all(_factor(total, g) is not None for g in outputs):
        return None  # as with one output and h != 0: no generators are needed
    try:
        flat = flat_generators(total)
    except Undecided:
        return _flat_direction_by_duals(total, outputs)
    for t in (*flat.lineality, *flat.rays):
        for j, g in enumerate(outputs):
            if value := g(t):
                return FlatDirection(tuple(map(Fraction, t)), j, value)
    return None


def _flat_direction_by_duals(total: PiecewiseLinear,
                             outputs: Sequence[PiecewiseLinear]) -> FlatDirection | None:
    if total.is_zero:
        hit = next((j for j, g in enumerate(outputs) if not g.is_zero), None)
        return None if hit is None else FlatDirection(t := nonzero_point(outputs[hit]), hit, outputs[hit](t))
    others = [(j, g) for j, g in enumerate(outputs) if _factor(total, g) is None]
    for cone in dict.fromkeys(zero_cones(total)) if others else ():
        equations = tuple(r for r in cone if tuple(-x for x in r) in cone)
        if not null_space([*total.normals, *equations], total.dimension):
            continue  # the cone is the origin
        for j, g in others:
            for factor in (1, -1):
                found = decide_by_duals(_resolved(g, cone).times(factor), cone)
                if isinstance(found, Violation):
                    return FlatDirection(found.t, j, g(found.t))
    return None


def _resolved(g: PiecewiseLinear, cone: tuple[Integers, ...]) -> PiecewiseLinear:
    """g on the cone, where the kinks that the cone names have a known side: linear there."""
    linear, coefficients = g.linear, list(g.coefficients)
    for k, x in enumerate(g.kinks):
        side = next((s for s in (1, -1) if tuple(s * a for a in x) in cone), 0)
        if side:
            linear = tuple(a + side * coefficients[k] * b for a, b in zip(linear, x, strict=True))
            coefficients[k] = Fraction(0)
    return PiecewiseLinear(linear, tuple(coefficients), g.kinks, g.normals)


def nonzero_point(g: PiecewiseLinear) -> Vector:
    """A t of the subspace with g(t) != 0. Raises ValueError where g is zero everywhere.

    At a p on one kink x alone, g(p + s x) + g(p - s x) - 2 g(p) = 2 s |c| |x|^2 up to sign, for small s.
    """
    bends = bending(g)
    if not bends:
        if not any(g.linear):
            raise ValueError("nonzero_point: the function is zero")
        return g.linear
    x, basis = bends[0], null_space([*g.normals, bends[0]], g.dimension)
    for step in count(1):  # a curve of moments lies on no hyperplane but at finitely many points
        p = combination([step**n for n in range(len(basis))], basis, g.dimension)
        if all(dot(y, p) for y in bends[1:]):
            break
    small = min([Fraction(1), *(abs(dot(y, p) / dot(y, x)) for y in bends[1:] if dot(y, x))])
    points = [tuple(a + s * b for a, b in zip(p, x, strict=True)) for s in (small, -small, Fraction(0))]
    return next(t for t in points if g(t))


def _factor(total: PiecewiseLinear, g: PiecewiseLinear) -> Fraction | None:
    """f with g = f total; None where there is none."""
    pairs = list(zip((*total.linear, *total.coefficients), (*g.linear, *g.coefficients), strict=True))
    factor = next((b / a for a, b in pairs if a), Fraction(0))
    return factor if all(b == factor * a for a, b in pairs) else None


@dataclass(frozen=True)
class Ratio:
    """|g_j| <= value * G for all outputs. smallest: no smaller one does; if > 0 it is attained at t."""

    value: Fraction
    smallest: bool
    t: Vector | None = None


def find_ratio(total: PiecewiseLinear, outputs: Sequence[PiecewiseLinear]) -> Ratio:
    """The smallest C with |g_j| <= C G for all j, on generators; else one by linear programs.

    Assumes G >= 0, and every g_j zero where G is (no flat direction). Raises Undecided where none is found.
    """
    factors = [_factor(total, g) for g in outputs]
    if all(f is not None for f in factors):
        largest = max((abs(f) for f in factors if f is not None), default=Fraction(0))
        return Ratio(largest, True, nonzero_point(total) if largest else None)
    try:
        generators = arrangement(total.kinks, total.normals, total.dimension)
    except Undecided:
        return Ratio(max(map(_multiple, [total] * len(outputs), outputs)), False)
    best = Ratio(Fraction(0), True)
    for r in generators.rays:
        height = total(r)
        for g in outputs if height else ():
            if (value := abs(g(r)) / height) > best.value:
                best = Ratio(value, True, tuple(map(Fraction, r)))
    return best


def _multiple(total: PiecewiseLinear, g: PiecewiseLinear) -> Fraction:
    """Some C with |g| <= C G: the least if g is a multiple of G, else the least with C G +- g convex."""
    factor = _factor(total, g)
    if factor is not None:
        return abs(factor)
    try:
        return max(_convex_multiple(total, g), _convex_multiple(total, g.times(-1)))
    except Undecided:
        return _doubled(total, g)


def _doubled(total: PiecewiseLinear, g: PiecewiseLinear) -> Fraction:
    """A power of two as C, the least that is found. Raises Undecided where none is.

    Whatever holds for C holds for larger ones, too, for which fewer kinks bend downwards.
    """
    low, high = -DOUBLINGS, DOUBLINGS  # exponents: the answer is at most high if it is known to hold
    if not _dominates(total, g, high):
        raise Undecided("ratio: no multiple of the slope was found that dominates the slopes per output",
                        "remove samples at the kink, so that generators are few")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _dominates(total, g, middle) else (middle, high)
    return Fraction(2) ** high


def _dominates(total: PiecewiseLinear, g: PiecewiseLinear, exponent: int) -> bool:
    """Whether 2^exponent G +- g >= 0 is shown."""
    try:
        return not any(isinstance(decide_nonnegative(total.times(Fraction(2) ** exponent, g.times(side))),
                                  Violation) for side in (1, -1))
    except Undecided:
        return False


def _convex_multiple(total: PiecewiseLinear, g: PiecewiseLinear) -> Fraction:
    """The least C >= 0 with C G + g convex and >= 0: a linear program in C, z_k = (1 + s_k)(C c_k + f_k)."""
    size, lines = total.dimension, len(total.kinks)
    units = [tuple(int(a == b) for b in range(lines)) for a in range(lines)]
    # sum z_k x_k + C (linear - sum c_k x_k) = -linear_g + sum f_k x_k, and z_k + z'_k - 2 C c_k = 2 f_k.
    bends = combination(total.coefficients, total.kinks, size)
    rise = [a - b for a, b in zip(total.linear, bends, strict=True)]
    right = [b - a for a, b in zip(g.linear, combination(g.coefficients, g.kinks, size), strict=True)]
    columns: list[tuple[Fraction | int, ...]] = [
               (*rise, *(-2 * c for c in total.coefficients)),
               *((*x, *unit) for x, unit in zip(total.kinks, units, strict=True)),
               *(((0,) * size + unit) for unit in units)]
    found = minimize(columns, [*right, *(2 * f for f in g.coefficients)],
                     costs=[1] + [0] * (2 * lines))
    if not isinstance(found, Optimum):
        raise Undecided("ratio: no multiple of the slope dominates the slopes per output by convexity")
    return found.x[0]


def domination(total: PiecewiseLinear, outputs: Sequence[PiecewiseLinear],
               ratio: Fraction) -> tuple[Certificate, ...]:
    """Certificates of ratio * G + g_j >= 0 and ratio * G - g_j >= 0, by output. ValueError if false."""
    found = []
    for g in outputs:
        for factor in (1, -1):
            certificate = decide_nonnegative(total.times(ratio, g.times(factor)))
            if isinstance(certificate, Violation):
                raise ValueError("domination: the ratio is too small")
            found.append(certificate)
    return tuple(found)
