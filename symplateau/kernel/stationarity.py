"""Rules about a point itself: is it stationary, and of which type?"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from .fact import Fact, read_neuron, stationary
from .format import array, rational, require
from .interval import enclose
from .network import derivatives, pairs
from .numbers import Vector, congruence, dot, magnitude

BITS = 16  # significant bits of the radii and margins in a statement


def rounded(value: Fraction) -> Fraction:
    """value > 0 rounded down to about BITS significant bits."""
    unit = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length() - BITS)
    return value // unit * unit


def typed(fact: Fact, **known: Any) -> Fact:
    """The fact with its inertia, and the type where that decides."""
    positive, zero, negative = known["inertia"]
    definite = "strict local minimum" if positive else "strict local maximum"
    kind = "saddle" if positive and negative else fact.type if zero else definite
    return replace(fact, **known, type=kind, falls=fact.falls or negative > 0, rises=fact.rises or positive > 0)


def stationary_point(fact: Fact) -> Fact:
    """The network's own parameters, where the gradient vanishes in exact arithmetic."""
    require(not any(fact.state(None, 1).gradient()), "a gradient of zero")
    return replace(fact, stationary=True)


def nondegenerate_point(fact: Fact, *, prec: Any, within: Any, basis: Any, signs: Any, center: Any = None) -> Fact:
    """The only stationary point with |theta - theta_0|_inf <= within, and the inertia of the Hessian on that box.

    S^T H S is within Z < 1 of D = diag(signs) on the box, so every Hessian there has the inertia of D, and two
    stationary points would make a mean Hessian singular. From x_0 = theta_0 + center the map u -> u - D S^T grad
    contracts |u|_inf <= rho = |S^T grad(x_0)|_inf / (1 - Z): a stationary point within reach = |S| rho of x_0.
    Without "center" an earlier step has shown that theta_0 itself is stationary.
    """
    radius, distance, rows = rational(within), Fraction(0), array(basis, fact.size(), fact.size())
    require(radius.numerator == 1 and radius.denominator.bit_count() == 1, "a power of two, at most 1", within)
    require(fact == Fact(fact.problem, stationary=center is None), "the network's own parameters", fact.kind)
    gap, margin = congruence(fact.state(prec, 2, radius).hessian(), rows, signs)
    if center is not None:
        steps = array(center, fact.size())
        gradient = Vector(replace(fact, center=steps).state(prec, 1).gradient())
        rho = max(dot(Vector(column), gradient).size() for column in pairs(*rows)) / (1 - gap)
        reach = enclose(max(sum(map(abs, row)) for row in rows) * rho, prec).size()
        distance = max(map(abs, steps)) + reach
        require(distance < radius, "a stationary point inside the box", f"distance {float(distance)}")
        fact = replace(fact, within=radius, center=steps, reach=reach, stationary=True)
    fact = typed(fact, inertia=(signs.count(1), 0, signs.count(-1)), margin=rounded(margin))
    ball = None if fact.falls else rounded(radius - distance)
    return replace(fact, ball=ball, rests_on=fact.rests_on | {"S/nondegenerate-point"})


def nonzero_gradient(fact: Fact, *, prec: Any) -> Fact:
    """The network's own parameters are not a stationary point: a component of the gradient is certainly not zero."""
    gradient = fact.state(prec, 1).gradient()
    least = Fraction(max(max(x.lo, -x.hi) for x in gradient), 1 << prec)
    require(fact == Fact(fact.problem) and least > 0, "a gradient that is certainly not zero", float(least))
    return replace(fact, type="not stationary", gradient=(least, max(map(magnitude, gradient))))


def zero_residual(fact: Fact) -> Fact:
    """The loss vanishes: a global minimum. An earlier step may have shown that it is strict."""
    require(fact.within is None and fact.kind == "point" and not any(fact.state(None, 0).e), "a residual of zero")
    kind = fact.type if fact.type == "strict local minimum" else "local minimum"
    return replace(fact, stationary=True, lowest=True, type=kind)


def local_maximum(fact: Fact, *, prec: Any, around: Any) -> Fact:
    """An exact stationary point where every neuron vanishes to second order and can only push towards the targets.

    sigma = sigma' = 0 at each t_ik, and v_i e_k sigma'' <= 0 for |t - t_ik| <= around, v_i and e_k not zero: nearby
    outputs f have f e_k <= 0 and |f| <= |e_k|, so the loss does not rise.
    """
    exact, enclosed, radius = stationary(fact).state(None, 1), fact.state(prec, 0), rational(around)
    require(not fact.problem.bias and radius > 0, "no output bias, and around > 0")
    require(not any(x for order in exact.sigma for neuron in order for x in neuron), "neurons 0, with slope 0")
    for v, w in pairs(exact.v, enclosed.W):
        for x, e in pairs(fact.problem.X, exact.e):
            t = dot(Vector(w), Vector(x)).widened(radius)
            bend = t.like(derivatives(fact.problem.activation, t, 2)[2] * (v * e))
            require(v * e != 0 and bend.hi <= 0, "v e sigma'' <= 0 nearby", bend)
    return replace(fact, type="local maximum")


def inertia(fact: Fact, *, basis: Any, signs: Any, null: Any, prec: Any = None, neuron: Any = None) -> Fact:
    """The inertia of the inner Hessian (11) of a neuron, or of the whole Hessian (no neuron), at a stationary point.

    S^T M S is within 1 of diag(signs) for S = basis (P, k), which counts k eigenvalues that are not zero. Exactly
    (no "prec"), M N = 0 for the columns of `null`, each 1 in a place where the others are 0: as many zeros. Of an
    inner Hessian k + z may be less than P, and the counts are lower bounds; the Hessian itself needs them all.
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
