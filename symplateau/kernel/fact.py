"""Rules about networks: is a point stationary, and of which type? And what does splitting make of it, when a
neuron is replaced by daughters? Their coefficients lambda sum to 1; p, z, q count the positive, zero and
negative ones.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from .format import array, integer, rational, require
from .network import MAX_DAUGHTERS, MAX_ORDER, Coefficients, Fact, read_neuron, stationary
from .numbers import Interval, Vector, congruence, dot, enclose, evaluate, pairs
from .polynomial import Polynomial, in_time


def signs_of(shares: Coefficients) -> tuple[int, int, int]:
    """The numbers of positive, zero and negative coefficients."""
    return sum(x > 0 for x in shares), sum(x == 0 for x in shares), sum(x < 0 for x in shares)


def read_coefficients(texts: Any) -> Coefficients:
    coefficients: Coefficients = array(texts, None)
    require(len(coefficients) > 1 and sum(coefficients) == 1, "coefficients that sum to 1", sum(coefficients))
    return coefficients


def rounded(value: Fraction) -> Fraction:
    """value > 0 rounded down to about 16 significant bits."""
    unit = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length() - 16)
    return value // unit * unit


def typed(fact: Fact, **known: Any) -> Fact:
    """The fact with its inertia, and the type where that decides."""
    positive, zero, negative = known["inertia"]
    definite = "strict local minimum" if positive else "strict local maximum"
    kind = "saddle" if positive and negative else fact.type if zero else definite
    return replace(fact, **known, type=kind, rises=fact.rises or positive > 0)


def stationary_point(fact: Fact) -> Fact:
    """The network's own parameters, where the gradient vanishes in exact arithmetic."""
    require(not any(fact.state(None, 1).gradient()), "a gradient of zero")
    return replace(fact, stationary=True)


def nondegenerate_point(fact: Fact, *, prec: Any, within: Any, basis: Any, signs: Any,
                        center: Any = None) -> Fact:
    """The only stationary point with |theta - theta_0|_inf <= within; the Hessian's inertia on that box.

    S^T H S is within Z < 1 of D = diag(signs) on the box, so every Hessian there has the inertia of D,
    and two stationary points would make a mean Hessian singular. From x_0 = theta_0 + center the map u ->
    u - D S^T grad contracts |u|_inf <= rho = |S^T grad(x_0)|_inf / (1 - Z): a stationary point within
    reach = |S| rho of x_0. Without "center" an earlier step has shown that theta_0 itself is stationary.
    """
    radius, distance, rows = rational(within), Fraction(0), array(basis, fact.size(), fact.size())
    require(radius.numerator == 1 and radius.denominator.bit_count() == 1, "1, 1/2, 1/4, ...", within)
    require(fact == Fact(fact.problem, stationary=center is None), "the network's own parameters", fact.kind)
    gap, margin = congruence(fact.state(prec, 2, radius).hessian(), rows, signs)
    if center is not None:
        steps = array(center, fact.size())
        gradient = Vector(replace(fact, center=steps).state(prec, 1).gradient())
        rho = max(abs(dot(Vector(column), gradient)) for column in pairs(*rows)) / (1 - gap)
        reach = abs(enclose(max(sum(map(abs, row)) for row in rows) * rho, prec))
        distance = max(map(abs, steps)) + reach
        require(distance < radius, "a stationary point inside the box, at less than its radius", distance)
        fact = replace(fact, within=radius, center=steps, reach=reach, stationary=True)
    known = {"margin": rounded(margin), "ball": None if -1 in signs else rounded(radius - distance)}
    rests_on = fact.rests_on | {"S/nondegenerate-point"}
    return typed(fact, inertia=(signs.count(1), 0, signs.count(-1)), rests_on=rests_on, **known)


def nonzero_gradient(fact: Fact, *, prec: Any) -> Fact:
    """The network's own parameters are not a stationary point: a component of the gradient is not zero."""
    gradient = fact.state(prec, 1).gradient()
    least = Fraction(max(max(x.lo, -x.hi) for x in gradient), 1 << prec)
    require(fact == Fact(fact.problem) and least > 0, "a gradient that is certainly not zero", least)
    return replace(fact, type="not stationary", gradient=(least, max(map(abs, gradient))))


def zero_residual(fact: Fact) -> Fact:
    """The loss vanishes: a global minimum. An earlier step may have shown that it is strict."""
    require(fact.kind == "point" and not any(fact.state(None, 0).e), "a residual of zero")
    return replace(fact, stationary=True, lowest=True, type=fact.type or "local minimum")


def local_extremum(sense: int, fact: Fact, *, prec: Any, around: Any) -> Fact:
    """An exact stationary point where neurons vanish to second order and can only push one way.

    sigma = sigma' = 0 at t_ik and sense * v_i e_k sigma'' >= 0 for |t - t_ik| <= around, v_i e_k not zero:
    nearby outputs f, 0 at the point, have sense * f e_k >= 0. That is a local minimum (sense 1), also with
    samples of e_k = 0; and a local maximum (sense -1), as |f| <= |e_k| outweighs f^2.
    """
    exact, enclosed, radius = stationary(fact).state(None, 1), fact.state(prec, 0), rational(around)
    require(not fact.problem.bias and radius > 0, "no output bias, and around > 0")
    for v, w, *sigma in pairs(exact.v, enclosed.W, *exact.sigma):
        for x, e, *values in pairs(fact.problem.X, exact.e, *sigma):
            t, push = dot(Vector(w), Vector(x)).widened(radius), v * e * sense
            bend = t.like(fact.problem.tower(t, 2)[2] * push)
            flat = push != 0 and not any(values) and bend.lo >= 0
            require(flat or (e == 0 and sense > 0), "neurons 0 of slope 0 that push one way", bend)
    return replace(fact, type="local minimum" if sense > 0 else "local maximum")


def inertia(fact: Fact, *, basis: Any, signs: Any, null: Any, prec: Any = None, neuron: Any = None) -> Fact:
    """The inertia at a stationary point: of the inner Hessian (11) of a neuron, or of the Hessian (none).

    S^T M S is within 1 of diag(signs) for S = basis (P, k), which counts k eigenvalues that are not zero.
    Exactly (no "prec"), M N = 0 for the columns of `null`, each 1 in a place where the others are 0: as
    many zeros. Of an inner Hessian k + z may be less than P, and the counts are lower bounds; the Hessian
    itself needs them all.
    """
    state = stationary(fact).state(prec, 2)
    matrix = state.hessian() if neuron is None else state.inner_hessian(read_neuron(fact, neuron))
    rows, columns = array(basis, len(matrix), None), array(null, None, len(matrix))
    congruence(matrix, rows, signs)
    require(not columns or prec is None, "exact arithmetic for zero eigenvalues")
    require(not any(dot(Vector(row), Vector(column)) for row in matrix for column in columns), "M N = 0")
    units = [place for place in pairs(*columns) if sorted(place) == [0] * (len(columns) - 1) + [1]]
    require({place.index(1) for place in units} == set(range(len(columns))), "independent null vectors")
    counts = signs.count(1), len(columns), signs.count(-1)
    if neuron is not None:
        return replace(fact, inner=(neuron, counts))
    require(sum(counts) == len(matrix), "as many signs and null vectors as parameters", counts)
    return typed(fact, inertia=counts)


def effective_neuron(fact: Fact, *, prec: Any, neuron: Any, order: Any, direction: Any) -> Fact:
    """A neuron is locally effective (Definition 2): F(w) = <e, sigma(X w)> is not 0 arbitrarily near.

    Along a direction a its derivative sum_k e_k sigma^(order)(w.x_k) (x_k.a)^order is not 0.
    """
    i, power = read_neuron(fact, neuron), integer(order, 1, MAX_ORDER)
    state, a = stationary(fact).state(prec, power), Vector(array(direction, len(fact.problem.X[0])))
    slopes = [dot(a, Vector(row)) ** power for row in fact.problem.X]
    change = dot(Vector(state.e), Vector([x * y for x, y in pairs(state.sigma[power][i], slopes)]))
    require(change.sign() != 0, "a derivative that is certainly not zero", change)
    return replace(fact, effective=i)


def after_split(fact: Fact, p: int, z: int, q: int) -> tuple[str | None, str, tuple[int, int, int] | None]:
    """The type on a sign pattern (None: only stationary), the claim that says so, and the inertia.

    S/inertia: In(wide) = In(narrow) + (p-1) In(H) + q In(-H) + (0, N-1 + z d, 0), for known H, not zero.
    """
    plus, zero, minus = fact.inner[1] if fact.inner else (0, 0, 0)
    d, minimum, wide = len(fact.problem.X[0]), str(fact.type).endswith("local minimum"), None
    if stationary(fact).inertia and plus + zero + minus == d and plus + minus > 0:
        (a, b, c), idle = fact.inertia or (0, 0, 0), p + z + q - 1 + z * d + (p - 1 + q) * zero
        wide = a + (p - 1) * plus + q * minus, b + idle, c + (p - 1) * minus + q * plus
    definite = (plus == d and z + q == 0) or (minus == d and (p, z) == (1, 0))
    rows: Any = ((fact.type == "saddle", "saddle", "A/theorem-4"),
        (minimum and definite, "local minimum", "A/theorem-1"),
        (plus and z + q, "saddle", "A/lemma-4.1"),
        # Here the loss falls; it also rises unless all lambda_j > 0 and the narrow point is a local maximum.
        (minus and p + z >= 2 and (fact.rises or plus or z + q), "saddle", "A/lemma-4.2-amended"),
        (z and fact.effective is not None, "saddle", "A/theorem-3.1"),
        (wide and wide[0] and wide[2], "saddle", "S/inertia"), (True, None, "A/proposition-1"))
    kind, claim = next(found for applies, *found in rows if applies)
    return kind, claim, wide


def split(fact: Fact, *, neuron: Any, coefficients: Any) -> Fact:
    """A split of a stationary point: stationary by Proposition 1, of the type that the theorems give."""
    shares = read_coefficients(coefficients)
    kind, claim, inertia = after_split(fact, *signs_of(shares))
    claims, rises = [claim, *(["S/inertia"] if inertia else [])], kind == "saddle" or fact.rises
    return fact.split(read_neuron(fact, neuron), shares, *claims, type=kind, inertia=inertia, rises=rises)


def plateau_map(fact: Fact, *, neuron: Any, daughters: Any) -> Fact:
    """The type of the split point on every sign pattern of `daughters` coefficients, up to their order."""
    size, i = integer(daughters, 2, MAX_DAUGHTERS), read_neuron(fact, neuron)
    patterns = [(p, z, size - p - z) for p in range(size, 0, -1) for z in range(size - p, -1, -1)]
    found = [("+" * p + "0" * z + "-" * q, *after_split(fact, p, z, q)) for p, z, q in patterns]
    inner, rests_on = fact.inner or (i, (0, 0, 0)), fact.rests_on | {claim for _, _, claim, _ in found}
    return replace(fact, kind="plateau", inner=inner, regions=tuple(x[:2] for x in found), rests_on=rests_on)


# An upper bound of the square root of |value|.
def root(value: Any, prec: int) -> Fraction: return abs(enclose(abs(value), prec).sqrt())


def split_minimum(fact: Fact, *, neuron: Any, coefficients: Any, prec: Any, radius: Any, basis: Any) -> Fact:
    """A split point is a local minimum on a ball of this radius (S/split-minimum, Theorem 1 explicitly).

    Either all coefficients are positive and the inner Hessian is positive definite, or one is positive,
    the others negative, and it is negative definite. Wide parameters within `radius` come from narrow
    ones within C radius, in the narrow point's own ball; the least eigenvalue of weight * sum_k e_k
    sigma''(x_k.u) x_k x_k^T is at least `lower` for all u in question; and |weight| K A <= lower, K =
    (sum_k sup|sigma''|^2 |x_k|^4)^(1/2), A the largest move of the narrow outputs.
    """
    shares, delta, d = read_coefficients(coefficients), rational(radius), len(fact.problem.X[0])
    i, state, (p, z, q) = read_neuron(fact, neuron), stationary(fact).state(prec, 0), signs_of(shares)
    require(fact.ball is not None and delta > 0, "a minimum with a known ball, and radius > 0")
    convex, inner = z + q == 0, fact.inner and fact.inner[1]
    require((convex and inner == (d, 0, 0)) or ((p, z) == (1, 0) and inner == (0, 0, d)),
            "all coefficients > 0, H positive definite; or one > 0, others < 0, H negative definite", inner)

    v, many = state.v[i], root(len(shares), prec)
    daughters, weight = [(v * x).widened(delta) for x in shares], v.widened(delta * many)
    require(all(x.sign() != 0 for x in [weight, *daughters]), "a radius on which no v changes sign")
    norm = root(sum((x * weight.inv()) ** 2 for x in daughters), prec)
    reach, spread = delta * max(many, norm), delta * max(Fraction(1), norm)
    weight = weight if convex else -daughters[shares.index(max(shares))]
    require(reach <= (fact.ball or 0), "C radius inside the narrow ball", reach)

    rows = [Vector(row) for row in fact.problem.X]
    spots = [dot(Vector(state.W[i]), row).widened(spread * root(dot(row, row), prec)) for row in rows]
    bends = [t.like(fact.problem.tower(t, 2)[2]) for t in spots]
    fourth = sum(bend**2 * dot(row, row) ** 2 for bend, row in pairs(bends, rows))
    _, lower = congruence(state.bent(weight, bends), array(basis, d, d), [1] * d)
    slopes = sum(dot(x, x) for x in fact.state(prec, 1, reach).jacobian())
    bound = abs(weight) * root(fourth, prec) * root(slopes, prec) * reach
    require(bound <= lower, "|weight| K A <= lower", bound)
    return fact.split(i, shares, "S/split-minimum", "S/inertia", type="local minimum", ball=delta,
                      rises=fact.rises, inertia=after_split(fact, p, z, q)[2])


def sense(change: Interval, until: Any) -> str:
    """Whether the loss, which changes by `change` times a power of t on (0, until], rises or falls there."""
    require(rational(until) > 0 and change.sign() != 0, "until > 0, and a change of certain sign", change)
    return "rises" if change.sign() > 0 else "falls"


def curve(fact: Fact, *, prec: Any, order: Any, until: Any, displacement: Any) -> Fact:
    """From a stationary point along theta + D(t), D(0) = 0: the loss changes by t^order a(xi), 0 <= xi <= t,
    a(xi) a Taylor coefficient at time xi (Lagrange), as those below are 0 at time 0."""
    power, end, paths = integer(order, 2, MAX_ORDER), enclose(rational(until), prec).hi, in_time(displacement)
    require(len(paths) == fact.size() and not any(() in p.terms for p in paths), "moves that start at 0")
    below = fact.series(None, paths, Fraction(0), power - 1)[1:] if power > 2 else []
    require(not any(below), "no change of a lower order", below)
    way = sense(stationary(fact).series(prec, paths, Interval(0, end, prec), power)[power], until)
    require(way not in fact.curves, "one curve of each sense", way)
    curves = fact.curves | {way: {"order": power, "until": until, "displacement": displacement}}
    rises, falls = fact.rises or "rises" in curves, "falls" in curves
    return replace(fact, curves=curves, rises=rises, type="saddle" if rises and falls else fact.type)


def split_path(fact: Fact, *, prec: Any, order: Any, until: Any, neuron: Any, coefficients: Any, shifts: Any,
               direction: Any) -> Fact:
    """From a split point, exact or not: v_j = lambda_j(t) v, w_j = w + c_j(t) a for the daughters.

    sum lambda_j = 1 and sum lambda_j c_j = 0 identically, so the outputs move by v t^order D_k with
    D_k = (x_k.a)^2 / 2 sum_j (lambda_j c_j^2 / t^order) sigma''(w.x_k + xi_j x_k.a), xi_j between 0 and c_j
    (Taylor with Lagrange's remainder), and the loss by v t^order (<e, D> + v t^order |D|^2 / 2).
    """
    i, power, d = read_neuron(fact, neuron), integer(order, 1, MAX_ORDER), len(fact.problem.X[0])
    a = Vector(array(direction, d))
    state, time = stationary(fact).state(prec, 0), Interval(0, enclose(rational(until), prec).hi, prec)
    shares, moves = in_time(coefficients), in_time(shifts)
    require(len(shares) == len(moves) > 1, "a shift for each coefficient, two or more")
    products, still = [x * move for x, move in pairs(shares, moves)], not any(() in x.terms for x in moves)
    sums = [str(sum(found, Polynomial())) for found in (shares, products)]
    require(sums == ["1", "0"] and still, "sum lambda_j = 1, sum lambda_j c_j = 0, c_j(0) = 0", sums)
    lowered = Polynomial([((("t", -power),), Fraction(1))])
    weights = [evaluate(x * move * lowered, lambda _: time) for x, move in pairs(products, moves)]
    shifted, push = [evaluate(move, lambda _: time) for move in moves], []
    for row in map(Vector, fact.problem.X):
        t, slope = dot(Vector(state.W[i]), row), dot(a, row)
        bends = [fact.problem.tower(t + c * slope, 2)[2] for c in shifted]
        push.append(sum(x * y for x, y in pairs(weights, bends)) * (slope**2 / 2))
    v, moved = state.v[i], Vector(push)
    change = v * dot(Vector(state.e), moved) + v**2 * time**power * dot(moved, moved) * Fraction(1, 2)
    start = tuple(x.terms.get((), Fraction(0)) for x in shares)
    place = fact.split(i, start, "A/proposition-1", "S/split-path")
    path = {"until": until, "coefficients": coefficients, "shifts": shifts, "direction": direction}
    return replace(place, kind="path", path={"sense": sense(change, until), **path})
