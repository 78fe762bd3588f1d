"""Facts: what a step establishes about a stationary point, or about what splitting makes of it.

And the rules about a point itself: is it stationary, and of which type?
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .format import array, integer, rational, require
from .network import MAX_ORDER, Problem, State, derivatives
from .numbers import Vector, congruence, dot, enclose, pairs

Coefficients = tuple[Fraction, ...]


@dataclass(frozen=True)
class Fact:
    """The stationary point with |theta - theta_0 - center|_inf <= reach, theta_0 the network's own
    parameters.

    splits: what was then split, neuron by neuron; all that follows is about the wide point. within: None
    for theta_0 itself, else the radius (maximum norm) around it with no other stationary point. ball:
    Euclidean radius on which L >= L(point). margin: lower bound of |eigenvalues| of the Hessian.
    gradient: lower and upper bound of its maximum norm, at a point that is not stationary. rises: whether
    points of larger loss are known to lie arbitrarily near. inner: a neuron and the inertia of its inner
    Hessian (11), or a lower bound of each number in it. regions: a type (None: only stationary) for every
    sign pattern of the coefficients of a split of that neuron. path: a curve from the point along which
    the loss falls, or rises.
    """

    problem: Problem
    kind: str = "point"  # or "plateau", with regions, or "path"
    within: Fraction | None = None
    center: Coefficients = ()
    reach: Fraction = Fraction(0)
    splits: tuple[tuple[int, Coefficients], ...] = ()
    type: str | None = None
    inertia: tuple[int, int, int] | None = None
    ball: Fraction | None = None
    margin: Fraction | None = None
    gradient: tuple[Fraction, Fraction] | None = None
    stationary: bool = False
    lowest: bool = False  # the loss is zero here
    rises: bool = False
    inner: tuple[int, tuple[int, int, int]] | None = None
    effective: int | None = None
    regions: tuple[tuple[str, str | None], ...] = ()
    path: dict[str, Any] | None = None
    rests_on: frozenset[str] = frozenset()

    def state(self, prec: int | None, order: int, extra: Fraction = Fraction(0)) -> State:
        """The network there, exactly (prec None), or enclosed at all theta' with |theta' - point|_inf <=
        extra."""
        require(prec is not None or self.within is None, "a point that is known exactly")
        theta, m, d = self.problem.own(prec), self.problem.width, len(self.problem.X[0])
        if self.center:
            theta = [(x + y).widened(self.reach) for x, y in pairs(theta, self.center)]
        for i, coefficients in self.splits:
            start, more = m + i * d, len(coefficients) - 1
            weights, daughters = theta[start : start + d] * more, [theta[i] * x for x in coefficients]
            theta = [*theta[:i], *daughters, *theta[i + 1 : start], *weights, *theta[start:]]
            m += more
        return State(self.problem, m, [x.widened(extra) for x in theta] if extra else theta, order)

    # The number of hidden neurons, after the splits.
    def width(self) -> int: return self.problem.width + sum(len(x) - 1 for _, x in self.splits)

    # The number of parameters, after the splits.
    def size(self) -> int: return self.width() * (1 + len(self.problem.X[0])) + self.problem.bias

    def split(self, i: int, shares: Coefficients, *claims: str, **known: Any) -> "Fact":
        """The split point; only what `known` says is known of it."""
        return Fact(self.problem, "point", self.within, self.center, self.reach, (*self.splits, (i, shares)),
                    stationary=True, lowest=self.lowest, rests_on=self.rests_on | set(claims), **known)

    def says(self) -> dict[str, Any]:
        """What a statement says of it; what is not known is left out."""
        known = {
            "location": {"exact": True} if self.within is None else {"within": str(self.within)},
            "splits": [{"neuron": neuron, "coefficients": list(map(str, x))} for neuron, x in self.splits],
            "type": self.type or "stationary", "global minimum": self.lowest or None,
            "gradient": self.gradient and list(map(str, self.gradient)),
            "inertia": self.inertia and list(self.inertia), "margin": self.margin and str(self.margin),
            "ball": self.ball and str(self.ball), "path": self.path, "effective neuron": self.effective,
            "inner Hessian": self.inner and {"neuron": self.inner[0], "inertia": list(self.inner[1])},
            "regions": [{"signs": x, "type": kind} for x, kind in self.regions] or None,
        }
        return {name: value for name, value in known.items() if value is not None}


def signs_of(shares: Coefficients) -> tuple[int, int, int]:
    """The numbers of positive, zero and negative coefficients."""
    return sum(x > 0 for x in shares), sum(x == 0 for x in shares), sum(x < 0 for x in shares)


def stationary(fact: Fact) -> Fact:
    """The earlier step of a rule, if it is about a stationary point."""
    require(fact.stationary and fact.kind == "point", "an earlier step about a stationary point", fact.kind)
    return fact


def read_neuron(fact: Fact, neuron: Any) -> int:
    """A neuron of the point; the one of which something is known, if one is."""
    require({fact.inner and fact.inner[0], fact.effective} <= {neuron, None}, "the same neuron", neuron)
    return integer(neuron, 0, fact.width() - 1)


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
    """The only stationary point with |theta - theta_0|_inf <= within, and the inertia of the Hessian on
    that box.

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
        reach = enclose(max(sum(map(abs, row)) for row in rows) * rho, prec).size()
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


def local_maximum(fact: Fact, *, prec: Any, around: Any) -> Fact:
    """An exact stationary point where every neuron vanishes to second order and can only push towards the
    targets.

    sigma = sigma' = 0 at each t_ik, and v_i e_k sigma'' <= 0 for |t - t_ik| <= around, v_i and e_k not
    zero: nearby outputs f have f e_k <= 0 and |f| <= |e_k|, so the loss does not rise.
    """
    exact, enclosed, radius = stationary(fact).state(None, 1), fact.state(prec, 0), rational(around)
    require(not fact.problem.bias and radius > 0, "no output bias, and around > 0")
    require(not any(x for tower in exact.sigma for values in tower for x in values), "neurons 0 of slope 0")
    for v, w in pairs(exact.v, enclosed.W):
        for x, e in pairs(fact.problem.X, exact.e):
            t = dot(Vector(w), Vector(x)).widened(radius)
            bend = t.like(derivatives(fact.problem.activation, t, 2)[2] * (v * e))
            require(v * e != 0 and bend.hi <= 0, "v e sigma'' <= 0 nearby", bend)
    return replace(fact, type="local maximum")


def inertia(fact: Fact, *, basis: Any, signs: Any, null: Any, prec: Any = None, neuron: Any = None) -> Fact:
    """The inertia of the inner Hessian (11) of a neuron, or of the whole Hessian (no neuron), at a
    stationary point.

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
