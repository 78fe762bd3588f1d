"""Points where the form q on the flat cone is only semidefinite: orders 3 and 4, along curves.

Let x be a null direction of q in a slice (`slices`). The curve s x + s^2 y has the terms c3(x)
s^3 and, if c3(x) = 0, at best kappa s^4: kappa = min of q(y) + c3'(x).y + c4(x) over the y that the cone
allows at x, with q(x, y) = 0. Negative: the loss falls. If the null directions are finitely many rays, each
with c3 > 0 or c3 = 0 < kappa, the point is a minimum: q grows like the squared distance from the rays, so a
sequence to P with a loss no higher is s_n (x + s_n y_n) with y_n bounded, and the change over s_n^4 has a
limit >= kappa or grows. Off the flat cone, at t + t', G_i(t') >= c |t'| outweighs all else that depends on
t'.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

from ..arrays import Matrix, Vector
from ..errors import Undecided
from ..simplex import Optimum, minimize
from .flat import MAX_CONES, flat_cones
from .network import Direction, ReluNetwork
from .quadratic import MAX_SIGNED
from .slices import Slice, slice_at
from .vectors import ZERO, combination, dot, null_space

# Of a kernel of dimension 2 to MAX_KERNEL, combinations of one or two vectors are tried, MAX_GUESSES in all.
GRID = (-2, -1, 0, 1, 2)
MAX_KERNEL, MAX_GUESSES = 4, 200


@dataclass(frozen=True)
class NullRay:
    """x with q(x) = 0: third is c3(x); if that is 0, fourth is kappa, reached by bend, the y above."""

    x: Vector
    third: Fraction
    fourth: Fraction | None = None
    bend: Vector = ()


def decide_degenerate(network: ReluNetwork) -> tuple[Direction, ...] | None:
    """D_1, or D_1 and D_2, of a curve on which the loss falls; None: a local minimum.

    Assumes a stationary point, q >= 0 on the flat cone, no dead neuron. Raises Undecided where neither was
    shown.
    """
    cones = [flat_cones(network, i) for i in range(network.n_hidden)]
    if prod(map(len, cones)) > MAX_CONES:
        raise Undecided("flat cones: too many combinations of cones of kinks over the neurons",
                        "remove samples at the kinks")
    reason, guesses = "", iter(range(MAX_GUESSES))
    for choice in product(*cones):
        part = slice_at(network, dict(enumerate(choice)))
        for ray in null_rays(part, guesses):
            if isinstance(ray, str):
                reason = reason or ray
            elif ray.third < 0:
                return (part.combined(ray.x).move,)
            elif ray.fourth is not None and ray.fourth < 0:
                return (part.combined(ray.x).move, part.combined(ray.bend).move)
            elif ray.fourth == 0:
                reason = reason or "the terms of order 3 and 4 vanish along a curve"
    if reason:
        raise Undecided(f"degenerate: there are escape neurons, and {reason}",
                        "remove redundant neurons, or compute terms of higher order")
    return None


def null_rays(part: Slice, guesses: Iterable[int] = range(MAX_GUESSES)) -> Iterator[NullRay | str]:
    """The null directions of q, by the one-sided coordinates in them; a reason where not all are named.

    Inside a face a null direction is a minimum of q there: in the kernel of the form on the face. Where the
    kernel has more dimensions, some of its vectors are tried, and each takes one of the guesses.
    """
    size, sided, guesses = len(part.steps), range(part.free, len(part.steps)), iter(guesses)
    if len(sided) > MAX_SIGNED:
        yield f"a form with {len(sided)} coordinates bounded on one side"
        return
    for length in range(len(sided) + 1):
        for support in combinations(sided, length):
            face = (*range(part.free), *support)
            kernel = null_space([[part.form[a][b] for b in face] for a in face], len(face))
            spread = [tuple(v[face.index(a)] if a in face else 0 for a in range(size)) for v in kernel]
            yield from _of_face(part, support, spread, guesses)


def _of_face(part: Slice, support: tuple[int, ...], kernel: list[tuple[int, ...]],
             guesses: Iterable[int]) -> Iterator[NullRay | str]:
    if len(kernel) == 1:
        found = [tuple(s * Fraction(a) for a in kernel[0]) for s in (1, -1)]
    elif kernel and _meets(support, kernel):
        yield f"the form has a kernel of dimension {len(kernel)} besides the moves that keep the loss"
        factors = product(GRID, repeat=len(kernel)) if len(kernel) <= MAX_KERNEL else ()
        few = (f for f in factors if 1 <= sum(map(bool, f)) <= 2)
        found = [combination(f, kernel, len(part.steps)) for f, _ in zip(few, guesses, strict=False)]
    else:
        return
    for x in found:
        if all(x[r] > 0 for r in support):
            yield null_ray(part, x)


def _meets(support: tuple[int, ...], kernel: list[tuple[int, ...]]) -> bool:
    """Whether a combination of the kernel is > 0 on the support: >= 1 up to a factor."""
    columns = [[s * v[r] for r in support] for v in kernel for s in (1, -1)]
    slack = [[-int(a == b) for b in support] for a in support]
    return not support or isinstance(minimize([*columns, *slack], [1] * len(support)), Optimum)


def null_ray(part: Slice, x: Vector) -> NullRay:
    """c3 and kappa of a null direction."""
    step = part.combined(x)
    change, bent = part.first(step), part.second(step, step)
    third = dot(change, bent)
    if third:
        return NullRay(x, third)
    slope = [dot(first, bent) + 2 * dot(change, part.second(step, s))
             for first, s in zip(part.firsts, part.steps, strict=True)]
    fourth, bend = _least(part, x, slope)
    return NullRay(x, third, dot(bent, bent) / 2 + fourth, bend)


def _least(part: Slice, x: Vector, slope: list[Fraction]) -> tuple[Fraction, Vector]:
    """The least q(y) + slope.y, and y: on the face of y where it lies inside, the gradient is 0.

    y is 0 at one coordinate of x: along x itself nothing changes.
    """
    pivot = next(a for a, value in enumerate(x) if value)
    inner = [a for a in range(len(x)) if a != pivot and (a < part.free or x[a])]
    sided = [a for a in range(part.free, len(x)) if not x[a] and not dot(part.form[a], x)]
    best = (ZERO, (ZERO,) * len(x))
    for length in range(len(sided) + 1):
        for subset in combinations(sided, length):
            face = [*inner, *subset]
            found = solved([[part.form[a][b] for b in face] for a in face], [-slope[a] for a in face])
            if found is not None and all(found[face.index(a)] >= 0 for a in subset):
                y = tuple(found[face.index(a)] if a in face else ZERO for a in range(len(x)))
                best = min(best, (dot(slope, y) / 2, y))
    return best


def solved(matrix: list[list[Fraction]] | Matrix, right: list[Fraction]) -> Vector | None:
    """The solution of a square system; None where the matrix is singular."""
    rows = [[*row, -b] for row, b in zip(matrix, right, strict=True)]
    kernel = null_space(rows, len(right) + 1)
    if len(kernel) != 1 or not kernel[0][-1]:
        return None
    return tuple(Fraction(v, kernel[0][-1]) for v in kernel[0][:-1])
