"""Residuals with given moments, and one-input networks reduced to one variable, in exact rationals."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb

from symplateau.network import Network

Row = list[Fraction]


def solve(rows: Sequence[Sequence[Fraction | int]], right: Sequence[Fraction | int]) -> Row:
    """A solution of a linear system, its free unknowns 0. Raises ValueError if there is none."""
    from sympy import Matrix, Rational

    def rational(x: Fraction | int) -> Rational:
        return Rational(Fraction(x).numerator, Fraction(x).denominator)

    found, free = Matrix([list(map(rational, row)) for row in rows]).gauss_jordan_solve(
        Matrix(list(map(rational, right)))
    )
    return [Fraction(int(x.p), int(x.q)) for x in found.subs(dict.fromkeys(free, 0))]


def residual_of_forms(X: Sequence[Sequence[int]], forms: dict[int, Sequence[Fraction | int]]) -> Row:
    """e with sum_k e_k (w.x_k)^p = sum_j c_j w_1^(p-j) w_2^j for each p and its coefficients c_0, ..., c_p.

    X: samples with two inputs, enough of them.
    """
    rows, right = [], []
    for p, coefficients in forms.items():
        for j, c in enumerate(coefficients):
            rows.append([comb(p, j) * x[0] ** (p - j) * x[1] ** j for x in X])
            right.append(c)
    return solve(rows, right)


def flat_start(activation: str, X: Sequence[Sequence[int]], e: Row, v: Fraction | int = 1) -> Network:
    """One neuron with w = 0, where sigma(0) = 0: all outputs are 0, and the residuals are e."""
    return Network.from_arrays(activation, X, [-x for x in e], [v], [[0] * len(X[0])])


class Reduced:
    """One neuron, one input, sigma(t) = sum_p powers_p t^p at w = v = 1, with residuals e.

    For fixed w the loss is a convex parabola in v (some sigma(w x_k) is not 0), with its minimum at a v(w)
    that is continuous. So the type is decided by R(w) = min_v L = (|y|^2 - <y, z>^2 / |z|^2) / 2, z =
    sigma(w x): a strict minimum of R is one of L; where R falls, so does L, while L always rises in v: a
    saddle."""

    def __init__(self, powers: Sequence[int], X: Sequence[int], e: Sequence[Fraction]) -> None:
        self.powers, self.X, self.e = powers, X, list(e)
        self.y = [self._sigma(x)[0] - r for x, r in zip(X, e, strict=True)]

    def _sigma(self, x: int) -> Row:
        """sigma((1 + s) x) as a polynomial in s."""
        size = len(self.powers)
        return [
            sum((Fraction(c * x**p * comb(p, k)) for p, c in enumerate(self.powers)), Fraction(0))
            for k in range(size)
        ]

    def series(self, order: int) -> Row:
        """R(1 + s) - R(1) up to s^order."""
        z = [self._sigma(x) for x in self.X]
        inner = [sum(y * row[k] for y, row in zip(self.y, z, strict=True)) for k in range(len(self.powers))]
        norm = [Fraction(0)] * (2 * len(self.powers) - 1)
        for row in z:
            norm = [x + y for x, y in zip(norm, product(row, row), strict=True)]
        found = quotient(product(inner, inner), norm, order)
        return [Fraction(0)] + [-x / 2 for x in found[1:]]

    def lowest(self, order: int = 8) -> tuple[int, Fraction]:
        """The order of the first term of R(1 + s) - R(1), and its coefficient."""
        return next((k, x) for k, x in enumerate(self.series(order)) if x)

    def network(self) -> Network:
        formula = " + ".join(f"{c}*t**{p}" for p, c in enumerate(self.powers) if c)
        return Network.from_arrays(formula, [[x] for x in self.X], self.y, [1], [[1]])


def product(a: Row, b: Row) -> Row:
    found = [Fraction(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            found[i + j] += x * y
    return found


def quotient(a: Row, b: Row, order: int) -> Row:
    """The power series of a / b, b_0 not 0, up to that order."""
    found: Row = []
    for k in range(order + 1):
        left = a[k] if k < len(a) else Fraction(0)
        left -= sum((b[j] * found[k - j] for j in range(1, min(k, len(b) - 1) + 1)), Fraction(0))
        found.append(left / b[0])
    return found


def residual_of_moments(X: Sequence[int], moments: dict[int, Fraction | int]) -> Row:
    """e with sum_k e_k x_k^p = moments[p]."""
    return solve([[x**p for x in X] for p in moments], list(moments.values()))
