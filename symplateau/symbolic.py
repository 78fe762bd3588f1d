"""Exact loss expressions of small networks: gradient, Hessian, decomposition (12), symbolic coefficients.

The symbols are the weights themselves: under a `W_unit` they stand for W*log(q), not for W. `at` puts in the
network's own values, exactly: at w.x = k*log(q) the values of tanh, logistic and exp come out rational.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .activations import get
from .errors import InputError
from .splitting import require_neuron

if TYPE_CHECKING:
    from fractions import Fraction

    from .network import Network

Expression = Any  # a SymPy expression
Matrix = Any  # a SymPy matrix


class Decomposition(NamedTuple):
    """Equation (12) for one neuron, matrices over its weights (and its bias): whole = gauss_newton + inner.

    gauss_newton: factor * J'J, J the Jacobian of the outputs. inner: the inner Hessian, by (11).
    whole: the second derivatives of the loss itself, by differentiation of the expression. `factor` is 1 for
    half_sum, 2/n for mean and 1/n for half_mean.
    """

    gauss_newton: Matrix
    inner: Matrix
    whole: Matrix


class WideLoss(NamedTuple):
    """The loss of a wide network, and the plateau on which the narrow one lies in it.

    loss: in the wide `parameters`, named with capitals. coefficients: lambda_0, ..., the last one being
    1 minus the others. plateau: wide parameter -> its value in the narrow parameters and the coefficients;
    `expression.xreplace(plateau)` restricts an expression, a derivative for instance, to the plateau.
    """

    loss: Expression
    parameters: tuple[Expression, ...]
    coefficients: tuple[Expression, ...]
    plateau: dict[Expression, Expression]


def parameters(network: "Network") -> tuple[Expression, ...]:
    """One real symbol per parameter, in the order of theta: v0, ..., then w0_0, ..., b0 per neuron, c."""
    return _symbols(network, network.n_hidden, "v", "w", "b", "c")


def loss(network: "Network", parameters: Sequence[Expression] | None = None) -> Expression:
    """The loss on the network's data, with these parameters (default: symbols) in the order of theta."""
    return _factor(network) / 2 * sum(r**2 for r in residual(network, parameters))


def residual(network: "Network", parameters: Sequence[Expression] | None = None) -> list[Expression]:
    """f(x) - y for each sample."""
    sigma = get(network.activation)
    v, hidden, c = _layers(network, parameters)
    return [
        sum(v_i * sigma.expression(_dot(w, x)) for v_i, w in zip(v, hidden, strict=True)) + c - _exact(y)
        for x, y in zip(_inputs(network), network.y, strict=True)
    ]


def gradient(network: "Network") -> Matrix:
    """All first derivatives of the loss: a column, in the order of theta."""
    import sympy

    expression = loss(network)
    return sympy.Matrix([expression.diff(symbol) for symbol in parameters(network)])


def hessian(network: "Network") -> Matrix:
    """All second derivatives of the loss, in the order of theta (each found once: they commute)."""
    import sympy

    slopes, symbols = gradient(network), parameters(network)
    lower = {(i, j): slopes[i].diff(symbols[j]) for i in range(len(symbols)) for j in range(i + 1)}
    return sympy.Matrix(len(symbols), len(symbols), lambda i, j: lower[max(i, j), min(i, j)])


def inner_hessian(network: "Network", neuron: int) -> Matrix:
    """Equation (11): v <dy, z'' o x_j o x_l>, over the inputs and, where there is a hidden bias, an input 1.

    Times the `factor` of the loss (see Decomposition).
    """
    import sympy

    require_neuron(network, neuron)
    v, hidden, _ = _layers(network, None)
    t = sympy.Dummy("t", real=True)
    second = get(network.activation).expression(t).diff(t, 2)
    total = sympy.zeros(len(hidden[neuron]))
    for x, r in zip(_inputs(network), residual(network), strict=True):
        column = sympy.Matrix(x)
        total += r * second.xreplace({t: _dot(hidden[neuron], x)}) * column * column.T
    return _factor(network) * v[neuron] * total


def decomposition(network: "Network", neuron: int) -> Decomposition:
    """Both parts of (12) for one neuron, and the whole, each found in its own way."""
    import sympy

    require_neuron(network, neuron)
    weights = _layers(network, None)[1][neuron]
    jacobian = _jacobian(residual(network), weights)
    whole = _jacobian(sympy.Matrix([loss(network).diff(w) for w in weights]), weights)
    return Decomposition(_factor(network) * jacobian.T * jacobian, inner_hessian(network, neuron), whole)


def wide_loss(network: "Network", neuron: int, daughters: int) -> WideLoss:
    """The loss after so many daughters replaced the neuron, with the plateau for symbolic coefficients."""
    import sympy

    require_neuron(network, neuron)
    if type(daughters) is not int or daughters < 1:
        raise InputError(None, "daughters", "at least 1", daughters)
    v, hidden, c = _layers(network, None)
    free = sympy.symbols(f"lambda:{daughters - 1}", real=True)
    coefficients = (*free, sympy.Integer(1) - sum(free))
    wide = _symbols(network, network.n_hidden + daughters - 1, "V", "W", "B", "C")
    values = [*v[:neuron], *(share * v[neuron] for share in coefficients), *v[neuron + 1 :]]
    for row in (*hidden[:neuron], *[hidden[neuron]] * daughters, *hidden[neuron + 1 :]):
        values += row
    values += [] if network.c is None else [c]
    return WideLoss(loss(network, wide), wide, coefficients, dict(zip(wide, values, strict=True)))


def at(expression: Expression, network: "Network") -> Expression:
    """An expression (or matrix) in the network's parameter symbols, at the network's own values, exactly.

    tanh is rewritten in exponentials, so that values on a lattice come out rational.
    """
    import sympy

    values = dict(zip(parameters(network), _values(network), strict=True))

    def settle(entry: Expression) -> Expression:
        return entry.xreplace(values).replace(sympy.tanh, lambda u: 1 - 2 / (sympy.exp(2 * u) + 1))

    return expression.applyfunc(settle) if isinstance(expression, sympy.MatrixBase) else settle(expression)


def _values(network: "Network") -> list[Expression]:
    """The network's parameters as SymPy numbers: those under a unit log(q) are multiplied by it."""
    import sympy

    values = [_exact(value) for value in network.theta()]
    if network.W_unit is not None:
        hidden = slice(network.n_hidden, len(values) - (network.c is not None))
        values[hidden] = [value * sympy.log(_exact(network.W_unit)) for value in values[hidden]]
    return values


def _symbols(network: "Network", width: int, v: str, w: str, b: str, c: str) -> tuple[Expression, ...]:
    import sympy

    names = [f"{v}{i}" for i in range(width)]
    for i in range(width):
        names += [f"{w}{i}_{j}" for j in range(network.n_inputs)] + ([] if network.b is None else [f"{b}{i}"])
    names += [] if network.c is None else [c]
    return tuple(sympy.Symbol(name, real=True) for name in names)


def _layers(
    network: "Network", theta: Sequence[Expression] | None
) -> tuple[list[Expression], list[list[Expression]], Expression]:
    """v, per neuron its weights followed by its bias, and c (0 when there is none)."""
    values = list(parameters(network) if theta is None else theta)
    each = network.n_inputs + (network.b is not None)
    width, rest = divmod(len(values) - (network.c is not None), 1 + each)
    if rest or width < 1:
        raise InputError(None, "parameters", f"{1 + each} per neuron, and c if there is one", len(values))
    rows = [values[start : start + each] for start in range(width, width + width * each, each)]
    return values[:width], rows, 0 if network.c is None else values[-1]


def _inputs(network: "Network") -> list[list[Expression]]:
    """The samples, with an input 1 where there is a hidden bias."""
    return [[*map(_exact, x), *([] if network.b is None else [_exact(1)])] for x in network.X]


def _factor(network: "Network") -> Expression:
    import sympy

    n = sympy.Integer(network.n_samples)
    return {"half_sum": n / n, "mean": 2 / n, "half_mean": 1 / n}[network.loss]


def _jacobian(functions: Sequence[Expression], variables: Sequence[Expression]) -> Matrix:
    import sympy

    return sympy.Matrix([[function.diff(variable) for variable in variables] for function in functions])


def _dot(weights: Sequence[Expression], x: Sequence[Expression]) -> Expression:
    return sum(w * x_j for w, x_j in zip(weights, x, strict=True))


def _exact(value: "Fraction | int") -> Expression:
    import sympy

    return sympy.Rational(value.numerator, value.denominator)
