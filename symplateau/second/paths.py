"""Rules about curves along which the loss changes."""

from dataclasses import replace
from math import comb
from typing import Any

from flint import arb, fmpq, fmpq_poly

from .activation import curve
from .congruence import magnitude
from .fact import Fact
from .points import MAX_ORDER
from .range import between, ceiling, floor, hull
from .reading import integer, sequence
from .rejection import Rejected, demand
from .series import loss_series
from .splits import split_once_more
from .step import Step


def bent_curve(step: Step) -> Fact:
    """The loss along place + D(t): no term below the order at t = 0, and one of that order of one sign."""
    source, until, order = step.stationary(), step.number("until"), integer(step.given["order"], 2, MAX_ORDER)
    moves = [curve(x) for x in sequence(step.given["displacement"], step.parameters())]
    demand(all(p[0] == 0 for p in moves), "a displacement that starts at 0")
    if order > 2:
        start = [[p[j] for p in moves] for j in range(order)]
        below = loss_series(step.network, step.exactly().at, start, True)
        demand(all(below[j] == 0 for j in range(1, order)), "no change of a lower order")
    with step.precision():
        later = [[hull([arb(y) for y in span(coefficient(p, j), until)]).ball() for p in moves]
                 for j in range(order + 1)]
        sense = sense_of(loss_series(step.network, step.enclosed().at, later, False)[order])
    demand(sense not in source.curves, "one curve of each sense")
    found = source.curves | {sense: {name: step.given[name] for name in ("order", "until", "displacement")}}
    rises = source.rises or sense == "rises"
    kind = "saddle" if rises and "falls" in found else source.type
    return replace(source, curves=found, rises=rises, type=kind)


def coefficient(p: fmpq_poly, j: int) -> fmpq_poly:
    """In t, the coefficient of s^j of p(t + s)."""
    return fmpq_poly([comb(k, j) * p[k] for k in range(j, p.degree() + 1)])


def sense_of(low: arb, high: arb | None = None) -> str:
    """Of what lies between the least of one ball and the largest of another."""
    if low.is_finite() and low > 0:
        return "rises"
    if low.is_finite() and (low if high is None else high) < 0:
        return "falls"
    raise Rejected("expected a change of one sign")


def split_path(step: Step) -> Fact:
    source, i, until = step.stationary(), step.neuron(), step.number("until")
    source.about_neuron(i)
    order = integer(step.given["order"], 1, MAX_ORDER)
    shares = [curve(x) for x in sequence(step.given["coefficients"])]
    shifts = [curve(x) for x in sequence(step.given["shifts"], len(shares))]
    demand(len(shares) >= 2, "at least two daughters")
    demand(sum(shares, fmpq_poly()) == fmpq_poly([1]), "coefficients of sum 1")
    products = [a * b for a, b in zip(shares, shifts, strict=True)]
    demand(sum(products, fmpq_poly()) == fmpq_poly(), "shifts of mean 0")
    demand(all(x[0] == 0 for x in shifts), "shifts that start at 0")
    squares = [a * b for a, b in zip(products, shifts, strict=True)]
    demand(all(x[k] == 0 for x in squares for k in range(order)), "a change of that order")
    quotients = [fmpq_poly(x.coeffs()[order:]) for x in squares]
    with step.precision():
        sense = changes(step, i, until, order, list(zip(quotients, shifts, strict=True)))
    found = split_once_more(source, i, [x[0] for x in shares])
    path: dict[str, Any] = {"sense": sense, **{name: step.given[name]
                            for name in ("until", "coefficients", "shifts", "direction")}}
    return replace(found, path=path).resting("A/proposition-1", "S/split-path")


def changes(step: Step, neuron: int, until: fmpq, order: int,
            daughters: list[tuple[fmpq_poly, fmpq_poly]]) -> str:
    """The sense of v sum e_k D_k + v^2 t^n/2 sum D_k^2."""
    state, activation = step.enclosed(), step.network.activation
    direction = step.direction(step.network.d)
    v, first, second = state.at.v[neuron], arb(0), arb(0)
    for e, t, x in zip(state.residuals(), state.inner(neuron), step.network.X, strict=True):
        along = sum((a * b for a, b in zip(x, direction, strict=True)), fmpq(0))
        D = arb(0)
        for quotient, shift in daughters:
            near = between(t, t) + hull([arb(0), *(arb(y * along) for y in span(shift, until))])
            D += hull([arb(y) for y in span(quotient, until)]).ball() * activation.enclose(2, near).ball()
        D = D * along**2 / 2
        first += e * D
        second += magnitude(D) ** 2
    least = v * first
    most = least + v * v * until**order * second / 2
    return sense_of(arb(floor(least)), arb(ceiling(most)))


def span(p: fmpq_poly, until: fmpq) -> tuple[fmpq, fmpq]:
    """Bounds of a polynomial on [0, until]: the least and the largest of its Bernstein coefficients."""
    n = max(0, p.degree())
    scaled = [p[k] * until**k for k in range(n + 1)]
    bernstein = [sum((fmpq(comb(j, k), comb(n, k)) * scaled[k] for k in range(j + 1)), fmpq(0))
                 for j in range(n + 1)]
    return min(bernstein), max(bernstein)
