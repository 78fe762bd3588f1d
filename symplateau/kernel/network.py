"""One-hidden-layer networks: f(x) = sum_i v_i sigma(w_i.x + b_i) + c, and L = s sum_k (f(x_k) - y_k)^2.

The same lines serve rationals and intervals. A hidden bias is an input that is constantly 1, so X and W
carry one more column where there is one. Parameters are ordered v, then the rows of W (each with its
bias), then c. A Fact is what a step of a certificate establishes about a point.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import comb
from operator import mul
from typing import Any

from .format import array, fields, integer, rational, require
from .numbers import Angle, Interval, Vector, call, composed, dot, enclose, evaluate, pairs, pi, times
from .polynomial import Reader, parts, tower

MAX_SIZE, MAX_ORDER, MAX_DAUGHTERS = 4_000_000, 12, 64
Coefficients = tuple[Fraction, ...]


class Problem:
    """A network with its data, all numbers rational. W is in units of log(unit) where there is one.

    theta: the parameters. width: the number of neurons. bias: whether there is an output bias c. factor:
    twice the factor s of the sum of squares. tower: sigma and its derivatives. meter: counts the work, about
    in nanoseconds, up to `limit`. Raises Rejected.
    """

    def __init__(self, source: Any, limit: int = 1 << 99) -> None:
        fields(source, "kind activation X y v W", "b c W_unit loss")
        X, W = array(source["X"], None, None), array(source["W"], None, None)
        y, v = array(source["y"], len(X)), array(source["v"], len(W))
        require(bool(X and W) and {len(row) for row in (*X, *W)} == {len(X[0])} - {0}, "X (n, d), W (m, d)")
        require(len(X) * len(v) * len(X[0]) <= MAX_SIZE, f"n * m * d <= {MAX_SIZE}")
        if "b" in source:
            W = tuple((*w, bias) for w, bias in pairs(W, array(source["b"], len(v))))
            X = tuple((*row, Fraction(1)) for row in X)
        unit, loss = source.get("W_unit", "log(2)"), source.get("loss", "half_sum")
        base, c = rational(str(unit)[4:-1]), [rational(source["c"])] if "c" in source else []
        require(unit == f"log({base})" and base > 0 and base != 1, "a unit log(q), q > 0, q != 1", unit)
        factors = {"half_sum": Fraction(1), "mean": Fraction(2, len(X)), "half_mean": Fraction(1, len(X))}
        require(loss in factors and source.get("loss") != "half_sum", "the loss mean or half_mean", loss)
        tower(source["activation"], 0)
        self.activation, self.X, self.y, self.width = source["activation"], X, y, len(v)
        self.theta, self.bias, self.factor = (*v, *(w for row in W for w in row), *c), bool(c), factors[loss]
        self.unit, self.meter = base if "W_unit" in source else None, Reader({}, {}, limit)
        self.tower: Any = lambda t, order: derivatives(self.activation, t, order, self.meter.spend)

    def own(self, prec: int | None) -> list[Any]:
        """The network's own parameters: in intervals, or exactly (prec None; W then in units of log q)."""
        if prec is None:
            return list(self.theta)
        unit = enclose(1, prec) if self.unit is None else call("log", enclose(self.unit, prec))
        start, end = self.width, len(self.theta) - self.bias
        return [unit * x if start <= k < end else enclose(x, prec) for k, x in enumerate(self.theta)]


def derivatives(activation: str, t: Any, order: int, spend: Any = id) -> list[Any]:
    """sigma(t), ..., sigma^(order)(t) at a Fraction, an Angle or an Interval. spend: is told of the work."""
    bits = 64 + (t.prec if isinstance(t, Interval) else 64)
    known = {"t": t, "pi": pi(t.prec)} if isinstance(t, Interval) else {} if type(t) is Angle else {"t": t}

    def atom(name: str) -> Any:
        spend(64 * bits if name in known else 4 * bits**2)
        if name not in known:
            require(name not in ("t", "pi"), "a rational value", name)
            function, inner = parts(name)
            angle = isinstance(t, Angle) and list(inner.terms) == [(("t", 1),)]
            value: Any = Angle(t[0] * sum(inner.terms.values()), t[1]) if angle else evaluate(inner, atom)
            known[name] = call(function, t.like(value) if isinstance(t, Interval) else value)
        return known[name]

    return [evaluate(polynomial, atom) for polynomial in tower(activation, order)]


class State:
    """A network of some width, evaluated at theta: towers as sigma[o][i][k] = sigma^(o)(w_i.x_k),
    residual e[k]."""

    def __init__(self, problem: Problem, width: int, theta: list[Any], order: int) -> None:
        self.problem, d = problem, len(problem.X[0])
        self.v, self.W = theta[:width], [theta[width + i * d : width + (i + 1) * d] for i in range(width)]
        rows, self.columns = [Vector(x) for x in problem.X], [Vector(x) for x in pairs(*problem.X)]
        towers = [[problem.tower(self.angle(dot(w, x)), order) for x in rows] for w in map(Vector, self.W)]
        self.sigma = [[[values[o] for values in neuron] for neuron in towers] for o in range(order + 1)]
        c = theta[-1] if problem.bias else Fraction(0)
        self.e = [sum(map(mul, self.v, z), c - y) for z, y in pairs(pairs(*self.sigma[0]), problem.y)]

    def angle(self, t: Any) -> Any:
        """The pre-activation that the sum w.x stands for."""
        return Angle(t, self.problem.unit) if self.problem.unit and type(t) is Fraction and t != 0 else t

    def jacobian(self) -> list[Vector]:
        """The columns of the Jacobian of the outputs f(x_k), in the order of the parameters."""
        pushes = [[v * s for s in slope] for v, slope in pairs(self.v, self.sigma[1])]
        columns = [Vector(map(mul, push, column.values)) for push in pushes for column in self.columns]
        return [*map(Vector, self.sigma[0]), *columns, *[Vector([1] * len(self.e))] * self.problem.bias]

    # The gradient of L in the order of the parameters.
    def gradient(self) -> Any: return [dot(x, Vector(self.e)) * self.problem.factor for x in self.jacobian()]

    def bent(self, weight: Any, bend: list[Any]) -> list[list[Any]]:
        """weight * sum_k e_k bend_k x_kj x_kl; with weight v_i and bend sigma''_i the inner Hessian (11)."""
        pull = list(map(mul, self.e, bend))
        rows = [Vector(map(mul, pull, column.values)) for column in self.columns]
        return [[weight * dot(row, column) for column in self.columns] for row in rows]

    # (11), in the units of the loss.
    def inner_hessian(self, i: int) -> Any: return self.bent(self.v[i]*self.problem.factor, self.sigma[2][i])

    def hessian(self) -> list[list[Any]]:
        """The Hessian of L: the Gauss-Newton part plus the part linear in the residual, as in (12)."""
        m, d, columns = len(self.v), len(self.columns), self.jacobian()
        full = [[dot(x, y) for y in columns[: p + 1]] for p, x in enumerate(columns)]
        for i, (v, slope, bend) in enumerate(pairs(self.v, *self.sigma[1:3])):
            start, weight, inner = m + i * d, Vector(map(mul, self.e, slope)), self.bent(v, bend)
            for j, column in enumerate(self.columns):
                row = full[start + j]
                row[i] += dot(weight, column)
                row[start:] = [x + y for x, y in pairs(row[start:], inner[j][: j + 1])]
        size = range(len(columns))
        return [[full[max(p, q)][min(p, q)] * self.problem.factor for q in size] for p in size]


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
    curves: dict[str, Any] = field(default_factory=dict)
    rests_on: frozenset[str] = frozenset()

    def theta(self, prec: int | None) -> list[Any]:
        """The parameters of the point, exactly (prec None) or enclosed."""
        require(prec is not None or self.within is None, "a point that is known exactly")
        theta, m, d = self.problem.own(prec), self.problem.width, len(self.problem.X[0])
        if self.center:
            theta = [(x + y).widened(self.reach) for x, y in pairs(theta, self.center)]
        for i, coefficients in self.splits:
            start, more = m + i * d, len(coefficients) - 1
            weights, daughters = theta[start : start + d] * more, [theta[i] * x for x in coefficients]
            theta = [*theta[:i], *daughters, *theta[i + 1 : start], *weights, *theta[start:]]
            m += more
        return theta

    def state(self, prec: int | None, order: int, extra: Fraction = Fraction(0)) -> State:
        """The network there, exactly (prec None), or enclosed at all theta' with |theta' - point|_inf <=
        extra."""
        theta = [x.widened(extra) for x in self.theta(prec)] if extra else self.theta(prec)
        return State(self.problem, self.width(), theta, order)

    def series(self, prec: int | None, moves: Any, time: Any, order: int) -> list[Any]:
        """The power series of L at the point + D(time + s) in s, up to an order; polynomials D in `moves`."""
        problem, m, d, loss = self.problem, self.width(), len(self.problem.X[0]), [Fraction(0)] * (order + 1)
        powers = [[(sum(k for _, k in monomial), x) for monomial, x in p.terms.items()] for p in moves]
        theta = [[sum((x * time ** (k - j) * comb(k, j) for k, x in p if k >= j), Fraction(0))
                  for p in powers] for j in range(order + 1)]
        theta[0] = [x + y for x, y in pairs(self.theta(prec), theta[0])]
        state = State(problem, m, theta[0], order)
        for k, x in enumerate(map(Vector, problem.X)):
            e = [row[-1] * problem.bias for row in theta]
            for i, start in enumerate(range(m, m + m * d, d)):
                step = [Fraction(0), *(dot(Vector(row[start : start + d]), x) for row in theta[1:])]
                sent = times([row[i] for row in theta], composed([o[i][k] for o in state.sigma], step))
                e = [x + y for x, y in pairs(e, sent)]
            e[0] = state.e[k]
            loss = [x + y for x, y in pairs(loss, times(e, e))]
        return [x * (problem.factor / 2) for x in loss]

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
        known = {"location": {"exact": True} if self.within is None else {"within": str(self.within)},
            "splits": [{"neuron": neuron, "coefficients": list(map(str, x))} for neuron, x in self.splits],
            "type": self.type or "stationary", "global minimum": self.lowest or None,
            "gradient": self.gradient and list(map(str, self.gradient)),
            "inertia": self.inertia and list(self.inertia), "margin": self.margin and str(self.margin),
            "ball": self.ball and str(self.ball), "path": self.path, "effective neuron": self.effective,
            "inner Hessian": self.inner and {"neuron": self.inner[0], "inertia": list(self.inner[1])},
            "regions": [{"signs": x, "type": kind} for x, kind in self.regions] or None} | self.curves
        return {name: value for name, value in known.items() if value is not None}


def stationary(fact: Fact) -> Fact:
    """The earlier step of a rule, if it is about a stationary point."""
    require(fact.stationary and fact.kind == "point", "an earlier step about a stationary point", fact.kind)
    return fact


def read_neuron(fact: Fact, neuron: Any) -> int:
    """A neuron of the point; the one of which something is known, if one is."""
    require({fact.inner and fact.inner[0], fact.effective} <= {neuron, None}, "the same neuron", neuron)
    return integer(neuron, 0, fact.width() - 1)
