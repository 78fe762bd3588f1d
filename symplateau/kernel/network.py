"""One-hidden-layer networks: f(x) = sum_i v_i sigma(w_i.x + b_i) + c, and L = s sum_k (f(x_k) - y_k)^2.

The same lines serve rationals and intervals. A hidden bias is an input that is constantly 1, so X and W
carry one more column where there is one. Parameters are ordered v, then the rows of W (each with its
bias), then c.
"""

from fractions import Fraction
from operator import mul
from typing import Any

from .format import array, fields, rational, require
from .numbers import Angle, Interval, Vector, call, dot, enclose, evaluate, pairs, pi
from .polynomial import parts, tower

MAX_SIZE, MAX_ORDER, MAX_DAUGHTERS = 4_000_000, 12, 64


class Problem:
    """A network with its data, all numbers rational. W is in units of log(unit) where there is one.

    theta: the parameters. width: the number of neurons. bias: whether there is an output bias c. factor:
    twice the factor s of the sum of squares. Raises Rejected.
    """

    def __init__(self, source: Any) -> None:
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
        self.unit = base if "W_unit" in source else None

    def own(self, prec: int | None) -> list[Any]:
        """The network's own parameters: in intervals, or exactly (prec None; W then in units of log q)."""
        if prec is None:
            return list(self.theta)
        unit = enclose(1, prec) if self.unit is None else call("log", enclose(self.unit, prec))
        start, end = self.width, len(self.theta) - self.bias
        return [unit * x if start <= k < end else enclose(x, prec) for k, x in enumerate(self.theta)]


def derivatives(activation: str, t: Any, order: int) -> list[Any]:
    """sigma(t), ..., sigma^(order)(t) at a Fraction, an Angle or an Interval."""
    known = {"t": t, "pi": pi(t.prec)} if isinstance(t, Interval) else {} if type(t) is Angle else {"t": t}

    def atom(name: str) -> Any:
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
        angles = [[self.angle(dot(w, x)) for x in rows] for w in map(Vector, self.W)]
        towers = [[derivatives(problem.activation, t, order) for t in neuron] for neuron in angles]
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
