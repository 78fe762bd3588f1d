"""Rules about splitting: what a stationary point becomes when a neuron is replaced by daughters.

Coefficients lambda sum to 1; p, z, q count the positive, zero and negative ones.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from .activation import Formulas
from .fact import Fact, Inertia, read_coefficients, read_neuron, signs_of, stationary
from .format import array, integer, rational, require
from .interval import Interval, enclose
from .network import derivatives, pairs
from .numbers import Vector, congruence, dot, evaluate
from .polynomial import Polynomial

MAX_DAUGHTERS, MAX_ORDER = 64, 12
MINIMA = ("strict local minimum", "local minimum", "locally constant")


def split_inertia(fact: Fact, p: int, z: int, q: int) -> Inertia | None:
    """S/inertia: In(wide) = In(narrow) + (p-1) In(H) + q In(-H) + (0, N-1 + z d, 0), when H is known and not zero."""
    plus, zero, minus = fact.inner[1] if fact.inner else (0, 0, 0)
    if fact.inertia is None or plus + zero + minus < len(fact.problem.X[0]) or plus + minus == 0:
        return None
    idle = p + z + q - 1 + z * (plus + zero + minus) + (p - 1 + q) * zero
    a, b, c = fact.inertia
    return a + (p - 1) * plus + q * minus, b + idle, c + (p - 1) * minus + q * plus


def region(fact: Fact, p: int, z: int, q: int) -> tuple[str | None, str]:
    """The type on a sign pattern (None: only stationary), and the claim that says so."""
    positive, _, negative = fact.inner[1] if fact.inner else (0, 0, 0)
    size = len(fact.problem.X[0])
    if fact.type == "saddle":
        return "saddle", "A/theorem-4"
    if fact.type in MINIMA and (positive == size and z + q == 0 or negative == size and (p, z) == (1, 0)):
        return "local minimum", "A/theorem-1"
    if positive and z + q:
        return "saddle", "A/lemma-4.1"
    # Here the loss falls; that it also rises is no part of the lemma and must come from the point itself.
    if negative and p + z >= 2 and (fact.rises or positive):
        return "saddle", "A/lemma-4.2-amended"
    found = split_inertia(fact, p, z, q)
    return ("saddle", "S/inertia") if found and found[0] and found[2] else (None, "A/proposition-1")


def split(fact: Fact, *, neuron: Any, coefficients: Any) -> Fact:
    """A split of a stationary point: stationary by Proposition 1, of the type that the theorems give."""
    shares = read_coefficients(coefficients)
    found, (kind, claim) = split_inertia(fact, *signs_of(shares)), region(stationary(fact), *signs_of(shares))
    saddle = kind == "saddle"
    return fact.split(read_neuron(fact, neuron), shares, claim, *(["S/inertia"] if found else []), type=kind,
                      inertia=found, falls=saddle, rises=saddle or fact.rises)


def plateau_map(fact: Fact, *, neuron: Any, daughters: Any) -> Fact:
    """The type of the split point on every sign pattern of `daughters` coefficients, up to their order."""
    size = integer(daughters, 2, MAX_DAUGHTERS)
    patterns = [(p, z, size - p - z) for p in range(size, 0, -1) for z in range(size - p, -1, -1)]
    found = [("+" * p + "0" * z + "-" * q, *region(stationary(fact), p, z, q)) for p, z, q in patterns]
    inner = fact.inner or (read_neuron(fact, neuron), (0, 0, 0))
    return replace(fact, inner=(read_neuron(fact, neuron), inner[1]), regions=tuple((x, kind) for x, kind, _ in found),
                   rests_on=fact.rests_on | {claim for _, _, claim in found})


def split_minimum(
    fact: Fact, *, neuron: Any, coefficients: Any, prec: Any, radius: Any, basis: Any
) -> Fact:
    """A split point is a local minimum on a ball of the given radius (S/split-minimum; Theorem 1 made explicit).

    Either all coefficients are positive and the inner Hessian is positive definite, or one is positive, the others
    negative, and it is negative definite. Wide parameters within `radius` come from narrow ones within C radius, in
    the narrow point's own ball; the least eigenvalue of weight * sum_k e_k sigma''(x_k.u) x_k x_k^T is at least
    `lower` for all u in question; and |weight| K A <= lower, K = (sum_k sup|sigma''|^2 |x_k|^4)^(1/2), A the largest
    move of the narrow outputs.
    """
    delta, shares, i, d = rational(radius), read_coefficients(coefficients), read_neuron(fact, neuron), len(fact.problem.X[0])
    state, (p, z, _) = stationary(fact).state(prec, 0), signs_of(shares)
    require(fact.ball is not None and delta > 0, "a minimum with a known ball, and radius > 0")
    convex, inner = p == len(shares), fact.inner and fact.inner[1]
    require(convex and inner == (d, 0, 0) or (p, z) == (1, 0) and inner == (0, 0, d),
            "all coefficients > 0 and H positive definite, or one > 0, the others < 0 and H negative definite", inner)

    v, root = state.v[i], enclose(len(shares), prec).sqrt().size()
    daughters, weight = [(v * x).widened(delta) for x in shares], v.widened(delta * root)
    require(all(x.sign() != 0 for x in [weight, *daughters]), "a radius on which no output weight changes sign")
    constant, spread = root, delta
    if not convex:
        perturbed = Vector([x * weight.inv() for x in daughters])
        norm = dot(perturbed, perturbed).sqrt().size()
        constant, spread = max(root, norm), delta * max(1, norm)
        weight = -daughters[shares.index(max(shares))]
    require(constant * delta <= (fact.ball or 0), "C radius inside the narrow ball", float(constant * delta))

    bends, fourth = list[Interval](), enclose(0, prec)
    for row in map(Vector, fact.problem.X):
        length = enclose(dot(row, row), prec).sqrt()
        t = dot(Vector(state.W[i]), row).widened(spread * length.size())
        bends.append(t.like(derivatives(fact.problem.activation, t, 2)[2]))
        fourth = fourth + bends[-1] ** 2 * length**4
    _, lower = congruence(state.bent(weight, bends), array(basis, d, d), [1] * d)
    outputs = sum((dot(x, x) for x in fact.state(prec, 1, constant * delta).jacobian()), enclose(0, prec))
    bounds = [weight.size(), *(enclose(x.size(), prec).sqrt().size() for x in (fourth, outputs)), constant * delta]
    require(bounds[0] * bounds[1] * bounds[2] * bounds[3] <= lower, "|weight| K A <= lower", [float(x) for x in bounds])
    return fact.split(i, shares, "S/split-minimum", "S/inertia", type="local minimum", ball=delta, rises=fact.rises,
                      inertia=split_inertia(fact, *signs_of(shares)))


def changing(fact: Fact, change: Interval, until: Any, **curve: Any) -> Fact:
    """The path along which the loss changes by `change` times a power of t, for 0 < t <= until."""
    require(rational(until) > 0 and change.sign() != 0, "until > 0, and a change of certain sign", change)
    return replace(fact, path={"sense": "rises" if change.sign() > 0 else "falls", "until": until, **curve})


def line_path(fact: Fact, *, prec: Any, until: Any, direction: Any) -> Fact:
    """From a stationary point along a line: d^T H d has one sign on the box that the line can reach."""
    steps = array(direction, fact.size())
    hessian = stationary(fact).state(prec, 2, abs(rational(until)) * max(map(abs, steps))).hessian()
    image = Vector([dot(Vector(row), Vector(steps)) for row in hessian])
    return changing(fact, dot(Vector(steps), image), until, direction=direction)


def split_path(
    fact: Fact, *,
    prec: Any, order: Any, until: Any, neuron: Any, coefficients: Any, shifts: Any, direction: Any
) -> Fact:
    """From a split point, exact or not: v_j = lambda_j(t) v, w_j = w + c_j(t) a for the daughters.

    sum lambda_j = 1 and sum lambda_j c_j = 0 identically, so the outputs move by v t^order D_k with
    D_k = (x_k.a)^2 / 2 sum_j (lambda_j c_j^2 / t^order) sigma''(w.x_k + xi_j x_k.a), xi_j between 0 and c_j (Taylor
    with Lagrange's remainder), and the loss by v t^order (<e, D> + v t^order |D|^2 / 2).
    """
    i, a, reader = read_neuron(fact, neuron), Vector(array(direction, len(fact.problem.X[0]))), Formulas("t")
    state, time = stationary(fact).state(prec, 0), Interval(0, enclose(rational(until), prec).hi, prec)
    require(integer(order, 1, MAX_ORDER) > 0 and len(coefficients) == len(shifts) > 1, "a shift for each coefficient")
    shares, moves = [reader.read(text) for text in coefficients], [reader.read(text) for text in shifts]
    total, mean, weights = Polynomial.constant(-1), Polynomial(), []
    for share, move in pairs(shares, moves):
        require(share.atoms() | move.atoms() <= {"t"} and () not in move.terms, "polynomials in t, shifts from 0")
        total, mean = total + share, mean + share * move
        weights.append(time.like(evaluate((share * move * move).lowered("t", order), lambda _: time)))
    require(total.terms == mean.terms == {}, "sum lambda_j = 1, sum lambda_j c_j = 0")
    shifted, push = [time.like(evaluate(move, lambda _: time)) for move in moves], []
    for row in map(Vector, fact.problem.X):
        t, slope = dot(Vector(state.W[i]), row), dot(a, row)
        bends = [derivatives(fact.problem.activation, t + c * slope, 2)[2] for c in shifted]
        push.append(sum((x * y for x, y in pairs(weights, bends)), enclose(0, prec)) * (slope**2 / 2))
    v, moved = state.v[i], Vector(push)
    change = v * dot(Vector(state.e), moved) + v**2 * time**order * dot(moved, moved) * Fraction(1, 2)
    start = tuple(x.terms.get((), Fraction(0)) for x in shares)
    place = fact.split(i, start, "A/proposition-1", "S/split-path")
    return changing(place, change, until, coefficients=coefficients, shifts=shifts, direction=direction)
