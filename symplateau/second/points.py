"""Rules about a point itself."""

from dataclasses import replace

from flint import arb, fmpq

from .congruence import Congruence, magnitude, rounded
from .fact import Fact, Place, theta_0
from .network import Network, State, tube
from .range import floor, fraction
from .reading import integer, matrix, rationals, sequence
from .rejection import demand
from .step import Step

MAX_ORDER = 12


def stationary_point(step: Step) -> Fact:
    demand(all(x == 0 for x in step.exactly().gradient()), "a gradient that is 0")
    return replace(step.source, stationary=True)


def nondegenerate_point(step: Step) -> Fact:
    """A congruence that holds on all of the box; with a center, Newton's map contracts there."""
    network, within, P = step.network, read_within(step), step.parameters()
    demand(step.has("center") != step.has("from"), "either a center, or a fact to start from")
    demand(step.has("center") or step.source == Fact(stationary=True), "a stationary point at theta_0")
    with step.precision():
        box = theta_0(network).moved(lambda _n, x: x + arb(0, within))
        demand(len(step.signs()) == P, "as many signs as parameters")
        found = step.congruent(State(network, box, False).hessian(), P)
        place, distance = Place(), fmpq(0)
        if step.has("center"):
            center = rationals(step.given["center"], P)
            reach = newton(network, center, step.basis(P), found)
            distance = max(abs(x) for x in center) + reach
            demand(distance < within, "a stationary point inside the box")
            place = Place(within, tuple(center), reach)
    plus, minus = step.signs().count(1), step.signs().count(-1)
    fact = Fact(place, stationary=True, margin=rounded(found.gap),
                ball=None if minus else rounded(within - distance)).with_inertia((plus, 0, minus))
    return fact.resting("S/nondegenerate-point")


def read_within(step: Step) -> fmpq:
    """1, or a power of 1/2."""
    within = step.number("within")
    demand(within.p == 1 and int(within.q).bit_count() == 1, "1 or 1/2^k")
    return within


def newton(network: Network, center: list[fmpq], basis: list[list[fmpq]], found: Congruence) -> fmpq:
    """How far from theta_0 + center the stationary point can be."""
    start = State(network, theta_0(network).moved(lambda n, x: x + center[n]), False)
    gradient = start.gradient()
    image = [sum((row[j] * g for row, g in zip(basis, gradient, strict=True)), arb(0))
             for j in range(len(gradient))]
    residue = max(magnitude(x) for x in image) / (1 - found.Z)
    return residue * max(sum((abs(x) for x in row), fmpq(0)) for row in basis)


def nonzero_gradient(step: Step) -> Fact:
    with step.precision():
        gradient = step.enclosed().gradient()
        demand(all(x.is_finite() for x in gradient), "finite numbers")
        lower = max(fraction(floor(x.abs_lower())) for x in gradient)
        upper = max(magnitude(x) for x in gradient)
    demand(lower > 0, "a component of the gradient that is certainly not 0")
    return Fact(type="not stationary", gradient=(lower, upper))


def zero_residual(step: Step) -> Fact:
    demand(step.source.kind() == "point", "a point to start from")
    demand(all(e == 0 for e in step.exactly().residuals()), "residuals that are 0")
    return replace(step.source, stationary=True, global_minimum=True,
                   type=step.source.type or "local minimum")


def local_maximum(step: Step) -> Fact:
    demand(all(v * e != 0 for v in step.exactly().at.v for e in step.exactly().residuals()),
           "residuals and output weights that are not 0")
    return one_sided(step, -1, "local maximum")


def local_minimum(step: Step) -> Fact:
    demand(all(v != 0 for v in step.exactly().at.v) or not any(step.exactly().residuals()),
           "output weights that are not 0, or no residual")
    return one_sided(step, 1, "local minimum")


def one_sided(step: Step, sense: int, name: str) -> Fact:
    """Where there is a residual, the neurons are 0, flat, and bend the output to one side of it."""
    source, network, exact = step.stationary(), step.network, step.exactly()
    demand(network.c is None, "no output bias")
    exact.require(1)
    with step.precision():
        radius, box = step.number("around"), step.enclosed()
        for i, v in enumerate(exact.at.v):
            flat = [s == 0 == slope for s, slope in zip(exact.sigma(0, i), exact.sigma(1, i), strict=True)]
            for e, t, is_flat in zip(exact.residuals(), box.inner(i), flat, strict=True):
                demand(e == 0 or is_flat, "neurons that are 0, flat")
                curvature = network.activation.enclose(2, tube(t, arb(radius)))
                one_way = curvature.low >= 0 if v * e * sense > 0 else curvature.high <= 0
                demand(e == 0 or one_way, "one-sided curvature")
    return replace(source, type=name)


def effective_neuron(step: Step) -> Fact:
    source, i = step.stationary(), step.neuron()
    order = integer(step.given["order"], 1, MAX_ORDER)
    along = step.direction(step.network.d)
    with step.precision():
        state = step.enclosed()
        state.require(order)
        total = arb(0)
        for e, s, x in zip(state.residuals(), state.sigma(order, i), step.network.X, strict=True):
            total += e * s * sum((a * b for a, b in zip(x, along, strict=True)), fmpq(0)) ** order
        demand(total.is_finite() and not total.contains(0), "a derivative that is certainly not 0")
    source.about_neuron(i)
    return replace(source, effective=i)


def inertia(step: Step) -> Fact:
    source = step.stationary()
    i = step.neuron() if step.has("neuron") else None
    size = step.parameters() if i is None else step.network.d
    nulls = matrix(step.given["null"], len(sequence(step.given["null"])), size)
    if step.has("prec"):
        demand(not nulls, "no null vectors of an enclosed matrix")
        with step.precision():
            state = step.enclosed()
            step.congruent(state.hessian() if i is None else state.inner_hessian(i), size)
    else:
        state = step.exactly()
        M = state.hessian() if i is None else state.inner_hessian(i)
        step.congruent(M, size)
        for null in nulls:
            demand(all(x == 0 for x in (M * state.matrix([[x] for x in null])).entries()), "null vectors")
        independent(nulls)
    found = (step.signs().count(1), len(nulls), step.signs().count(-1))
    if i is None:
        demand(sum(found) == size, "all eigenvalues")
        return source.with_inertia(found)
    source.about_neuron(i)
    return replace(source, inner=(i, found))


def independent(nulls: list[list[fmpq]]) -> None:
    """Each has a 1 in some place where all others have 0."""
    for number, null in enumerate(nulls):
        others = [row for other, row in enumerate(nulls) if other != number]
        demand(any(x == 1 and all(row[place] == 0 for row in others) for place, x in enumerate(null)),
               "null vectors with a 1 where all others have 0")

