"""Rules about a neuron that is split into daughters."""

from dataclasses import replace

from flint import arb, fmpq

from .congruence import congruence, magnitude
from .fact import LOCAL_MINIMA, Fact, Inertia
from .network import State, tube
from .range import ceiling, fraction
from .reading import integer, matrix
from .rejection import Rejected, demand
from .step import Step

MAX_DAUGHTERS = 64


def pattern(shares: list[fmpq]) -> Inertia:
    """How many are positive, zero and negative."""
    return (sum(x > 0 for x in shares), sum(x == 0 for x in shares), sum(x < 0 for x in shares))


def wide_inertia(fact: Fact, d: int, p: int, z: int, q: int) -> Inertia | None:
    """In(p, z, q): the inertia after a split, where it follows."""
    A, B, C = fact.inner_inertia()
    if fact.inertia is None or d != A + B + C or A + C == 0:
        return None
    a, b, c = fact.inertia
    return (a + (p - 1) * A + q * C, b + p + z + q - 1 + z * d + (p - 1 + q) * B, c + (p - 1) * C + q * A)


def wide_type(fact: Fact, d: int, p: int, z: int, q: int) -> tuple[str | None, str]:
    """Type(p, z, q), and the claim on which it rests."""
    A, _B, C = fact.inner_inertia()
    wide = wide_inertia(fact, d, p, z, q)
    if fact.type == "saddle":
        return "saddle", "A/theorem-4"
    if fact.type in LOCAL_MINIMA and ((d == A and z == q == 0) or (d == C and p == 1 and z == 0)):
        return "local minimum", "A/theorem-1"
    if A > 0 and z + q > 0:
        return "saddle", "A/lemma-4.1"
    if C > 0 and p + z >= 2 and (fact.rises or A > 0 or z + q > 0):
        return "saddle", "A/lemma-4.2-amended"
    if z > 0 and fact.effective is not None:
        return "saddle", "A/theorem-3.1"
    if wide is not None and wide[0] > 0 and wide[2] > 0:
        return "saddle", "S/inertia"
    return None, "A/proposition-1"


def split_once_more(source: Fact, neuron: int, shares: list[fmpq]) -> Fact:
    """The place split, and what survives that in any case."""
    place = replace(source.place, splits=(*source.place.splits, (neuron, tuple(shares))))
    return Fact(place, stationary=True, global_minimum=source.global_minimum, rests=source.rests)


def split(step: Step) -> Fact:
    source, i, shares, d = step.stationary(), step.neuron(), step.coefficients(), step.network.d
    source.about_neuron(i)
    kind, claim = wide_type(source, d, *pattern(shares))
    wide = wide_inertia(source, d, *pattern(shares))
    found = replace(split_once_more(source, i, shares), type=kind, inertia=wide,
                    rises=source.rises or kind == "saddle").resting(claim)
    return found if wide is None else found.resting("S/inertia")


def plateau_map(step: Step) -> Fact:
    source, i = step.stationary(), step.neuron()
    N = integer(step.given["daughters"], 2, MAX_DAUGHTERS)
    source.about_neuron(i)
    regions, claims = [], []
    for p in range(N, 0, -1):
        for z in range(N - p, -1, -1):
            kind, claim = wide_type(source, step.network.d, p, z, N - p - z)
            regions.append(("+" * p + "0" * z + "-" * (N - p - z), kind))
            claims.append(claim)
    return replace(source, inner=(i, source.inner_inertia()), regions=tuple(regions)).resting(*claims)


def above(x: arb) -> fmpq:
    """A rational that is no smaller than anything in the ball."""
    demand(x.is_finite(), "finite numbers")
    return fraction(ceiling(x))


def split_minimum(step: Step) -> Fact:
    source, i, shares, d = step.stationary(), step.neuron(), step.coefficients(), step.network.d
    source.about_neuron(i)
    p, z, q = pattern(shares)
    convex = z == q == 0 and source.inner_inertia() == (d, 0, 0)
    demand(convex or (p == 1 and z == 0 and source.inner_inertia() == (0, 0, d)),
           "coefficients that fit a definite inner Hessian")
    delta = step.number("radius")
    if source.ball is None:
        raise Rejected("expected a ball in which the narrow point is a minimum")
    with step.precision():
        narrow = step.enclosed()
        v, root = narrow.at.v[i], arb(len(shares)).sqrt()
        u = [share * v + arb(0, delta) for share in shares]
        V = v + arb(0, above(delta * root))
        demand(not any(x.contains(0) for x in [*u, V]), "output weights that stay away from 0")
        ratio = above(sum(((x / V).abs_upper() ** 2 for x in u), arb(0)).sqrt())
        R, r = delta * max(above(root), ratio), delta * max(fmpq(1), ratio)
        demand(source.ball >= R, "a ball large enough")
        a = V if convex else -next(x for x, share in zip(u, shares, strict=True) if share > 0)
        gap, K = curvature(step, narrow, i, r, a)
        wider = step.enclosed(R).jacobian()
        G = above(sum((x.abs_upper() ** 2 for row in wider for x in row), arb(0)).sqrt())
        demand(magnitude(a) * K * G * R <= gap, "a radius small enough")
    found = split_once_more(source, i, shares)
    return replace(found, type="local minimum", ball=delta, rises=source.rises,
                   inertia=wide_inertia(source, d, p, z, q)).resting("S/split-minimum", "S/inertia")


def curvature(step: Step, narrow: State, neuron: int, r: fmpq, a: arb) -> tuple[fmpq, fmpq]:
    """mu, the least eigenvalue of a times the inner Hessian's sum near the neuron; and K."""
    network, d = step.network, step.network.d
    weights, bound = [], arb(0)
    for e, t, norm in zip(narrow.residuals(), narrow.inner(neuron), network.norms(), strict=True):
        second = network.activation.enclose(2, tube(t, r * arb(norm).sqrt())).ball()
        weights.append(a * e * second)
        bound += (second.abs_upper() * norm) ** 2
    found = congruence(narrow.moments(weights), matrix(step.given["basis"], d, d), [1] * d)
    return found.gap, above(bound.sqrt())
