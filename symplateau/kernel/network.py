"""One-hidden-layer networks: f(x) = sum_i v_i sigma(w_i.x + b_i) + c, and L = s sum_k (f(x_k) - y_k)^2.

The same lines serve rationals and intervals. A hidden bias is an input that is constantly 1, so X and W carry one more
column where there is one. Parameters are ordered v, then the rows of W (each with its bias), then c.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from .activation import parts, tower
from .format import array, fields, rational, require
from .interval import Interval, enclose, pi
from .numbers import Angle, Vector, call, dot, evaluate

MAX_SIZE, pairs = 4_000_000, partial(zip, strict=True)


@dataclass(frozen=True)
class Problem:
    """A network with its data, all numbers rational. W is in units of log(unit) when there is one."""

    activation: str
    X: tuple[tuple[Fraction, ...], ...]
    y: tuple[Fraction, ...]
    width: int
    theta: tuple[Fraction, ...]
    bias: bool  # whether there is an output bias c
    unit: Fraction | None
    factor: Fraction  # twice the factor s of the sum of squares

    def own(self, prec: int | None) -> list[Any]:
        """The network's own parameters: in intervals, or exactly (prec None; then W stays in units of log q)."""
        if prec is None:
            return list(self.theta)
        unit = enclose(1, prec) if self.unit is None else call("log", enclose(self.unit, prec))
        start, end = self.width, len(self.theta) - self.bias
        return [unit * x if start <= k < end else enclose(x, prec) for k, x in enumerate(self.theta)]


def read_problem(source: Any) -> Problem:
    """The network that a certificate is about. Raises Rejected."""
    fields(source, "kind activation X y v W", "b c W_unit loss")
    X, W = array(source["X"], None, None), array(source["W"], None, None)
    y, v, c = array(source["y"], len(X)), array(source["v"], len(W)), [source[x] for x in source if x == "c"]
    require(bool(X and X[0] and W) and {len(row) for row in (*X, *W)} == {len(X[0])}, "X (n, d), W (m, d) that agree")
    require(len(X) * len(v) * len(X[0]) <= MAX_SIZE, f"n * m * d <= {MAX_SIZE}")
    if "b" in source:
        W = tuple((*w, bias) for w, bias in pairs(W, array(source["b"], len(v))))
        X = tuple((*row, Fraction(1)) for row in X)
    unit, factors = source.get("W_unit", "log(2)"), {"mean": Fraction(2, len(X)), "half_mean": Fraction(1, len(X))}
    require(type(unit) is str and unit[:4] == "log(" and unit[-1:] == ")", "a unit log(q)", unit)
    base, loss = rational(unit[4:-1]), source.get("loss")
    require(base > 0 and base != 1, "q > 0, q != 1 in the unit log(q)", unit)
    require("loss" not in source or type(loss) is str and loss in factors, "the loss mean or half_mean", loss)
    tower(source["activation"], 0)
    theta = (*v, *(w for row in W for w in row), *map(rational, c))
    known = base if "W_unit" in source else None, factors.get(loss, Fraction(1))
    return Problem(source["activation"], X, y, len(v), theta, bool(c), *known)


def derivatives(activation: str, t: Any, order: int) -> list[Any]:
    """sigma(t), ..., sigma^(order)(t) at a Fraction, an Angle or an Interval."""
    known: dict[str, Any] = {"t": t} | ({"pi": pi(t.prec)} if isinstance(t, Interval) else {})

    def atom(name: str) -> Any:
        if name not in known:
            require(name != "pi", "a rational value", name)
            function, argument = parts(name)
            value = evaluate(argument, atom)
            known[name] = call(function, t.like(value) if isinstance(t, Interval) else value)
        return known[name]

    values = [evaluate(polynomial, atom) for polynomial in tower(activation, order)]
    require(not any(isinstance(value, Angle) for value in values), "a rational value of the activation", activation)
    return values


def times(x: list[Any], y: list[Any]) -> list[Any]:
    return [a * b for a, b in pairs(x, y)]


class State:
    """A network of some width, evaluated at theta: towers as sigma[o][i][k] = sigma^(o)(w_i.x_k), residual e[k]."""

    def __init__(self, problem: Problem, width: int, theta: list[Any], order: int) -> None:
        self.problem, d = problem, len(problem.X[0])
        self.v, self.W = theta[:width], [theta[width + i * d : width + (i + 1) * d] for i in range(width)]
        rows, hidden = [Vector(row) for row in problem.X], [Vector(w) for w in self.W]
        towers = [[derivatives(problem.activation, self.angle(dot(w, x)), order) for x in rows] for w in hidden]
        self.sigma = [[[values[o] for values in neuron] for neuron in towers] for o in range(order + 1)]
        self.columns, c = [Vector(column) for column in pairs(*problem.X)], theta[-1] if problem.bias else 0
        self.e = [sum((v * z[k] for v, z in pairs(self.v, self.sigma[0])), c - y) for k, y in enumerate(problem.y)]

    def angle(self, t: Any) -> Any:
        """The pre-activation that the sum w.x stands for."""
        return t if self.problem.unit is None or isinstance(t, Interval) or t == 0 else Angle(t, self.problem.unit)

    def jacobian(self) -> list[Vector]:
        """The columns of the Jacobian of the outputs f(x_k), in the order of the parameters."""
        columns = [Vector(z) for z in self.sigma[0]]
        for v, slope in pairs(self.v, self.sigma[1]):
            push = [v * s for s in slope]
            columns += [Vector(times(push, column.values)) for column in self.columns]
        return columns + [Vector([Fraction(1)] * len(self.e))] * self.problem.bias

    def gradient(self) -> list[Any]:
        """The gradient of L in the order of the parameters."""
        return [dot(column, Vector(self.e)) * self.problem.factor for column in self.jacobian()]

    def bent(self, weight: Any, bend: list[Any]) -> list[list[Any]]:
        """weight * sum_k e_k bend_k x_kj x_kl; with weight v_i and bend sigma''_i the inner Hessian (11)."""
        pull = times(self.e, bend)
        rows = [Vector(times(pull, column.values)) for column in self.columns]
        return [[weight * dot(row, column) for column in self.columns] for row in rows]

    def inner_hessian(self, i: int) -> list[list[Any]]:
        """(11), in the units of the loss."""
        return self.bent(self.v[i] * self.problem.factor, self.sigma[2][i])

    def hessian(self) -> list[list[Any]]:
        """The Hessian of L: the Gauss-Newton part plus the part linear in the residual, as in (12)."""
        m, d, columns = len(self.v), len(self.columns), self.jacobian()
        full = [[dot(x, y) for y in columns[: p + 1]] for p, x in enumerate(columns)]
        for i in range(m):
            weight, inner = Vector(times(self.e, self.sigma[1][i])), self.bent(self.v[i], self.sigma[2][i])
            for j in range(d):
                row, start = full[m + i * d + j], m + i * d
                row[i] += dot(weight, self.columns[j])
                row[start : start + j + 1] = [x + y for x, y in pairs(row[start : start + j + 1], inner[j][: j + 1])]
        size = range(len(columns))
        return [[full[max(p, q)][min(p, q)] * self.problem.factor for q in size] for p in size]
