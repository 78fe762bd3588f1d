"""Random exact networks for the dictionary: stationary where asked, with a prescribed inner Hessian."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt, prod
from random import Random

from symplateau.network import Network

ONE = Fraction(1)
Row = tuple[Fraction, ...]
Matrix = tuple[Row, ...]


@dataclass(frozen=True)
class Smooth:
    """An activation and two derivatives, rational at rational t; with a unit q, at t * log q for whole t."""

    name: str
    tower: Callable[[Fraction], tuple[Fraction, Fraction, Fraction]]
    unit: Fraction | None = None


def _cubic(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    return t + t**2 / 2 - t**3 / 3, 1 + t - t**2, 1 - 2 * t


def _witch(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    r = 1 + t**2
    return t / r, (1 - t**2) / r**2, 2 * t * (t**2 - 3) / r**3


def _tanh(k: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    assert k.denominator == 1
    power = Fraction(4) ** int(k)
    value = (power - 1) / (power + 1)
    return value, 1 - value**2, -2 * value * (1 - value**2)


def _ramp(t: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    p = max(t, Fraction(0))
    return p**3, 3 * p**2, 6 * p


CUBIC = Smooth("t + t**2/2 - t**3/3", _cubic)
WITCH = Smooth("t/(1 + t**2)", _witch)
TANH = Smooth("tanh", _tanh, Fraction(2))
RAMP = Smooth("relu_cubed", _ramp)
RATIONAL = (CUBIC, WITCH)
EVERY = (CUBIC, WITCH, TANH)


@dataclass(frozen=True)
class Net:
    """f(x) = sum_i v_i sigma(w_i.x), data X (n, d) and y (n,), v (m,), W (m, d)."""

    smooth: Smooth
    X: Matrix
    y: Row
    v: Row
    W: Matrix

    def tower(self, i: int, k: int) -> tuple[Fraction, Fraction, Fraction]:
        """sigma, sigma', sigma'' of neuron i at sample k."""
        return self.smooth.tower(dot(self.W[i], self.X[k]))

    def column(self, i: int, order: int) -> Row:
        """The derivative of this order of neuron i, at all samples."""
        return tuple(self.tower(i, k)[order] for k in self.samples)

    @property
    def samples(self) -> range:
        return range(len(self.X))

    @property
    def inputs(self) -> range:
        return range(len(self.X[0]))

    @property
    def outputs(self) -> Row:
        hidden = [self.column(i, 0) for i in range(len(self.v))]
        return mean(self.v, hidden)

    @property
    def residual(self) -> Row:
        return tuple(f - y for f, y in zip(self.outputs, self.y, strict=True))

    @property
    def loss(self) -> Fraction:
        return square(self.residual) / 2

    def gradient_v(self, i: int) -> Fraction:
        return dot(self.residual, self.column(i, 0))

    def gradient_w(self, i: int, j: int) -> Fraction:
        return self.v[i] * self.pull(i, 1, j)

    def pull(self, i: int, order: int, *inputs: int) -> Fraction:
        """sum_k e_k sigma^(order)(w_i.x_k) times the entries of x_k at `inputs`."""
        return dot(self.residual, along(self, i, order, *inputs))

    def inner(self, i: int) -> Matrix:
        """The inner Hessian (11)."""
        return tuple(tuple(self.v[i] * self.pull(i, 2, j, q) for q in self.inputs) for j in self.inputs)

    def jacobian(self) -> Matrix:
        """Rows: samples. Columns: v, then the rows of W."""
        return tuple(self.output_gradient(k) for k in self.samples)

    def output_gradient(self, k: int) -> Row:
        towers = [self.tower(i, k) for i in range(len(self.v))]
        hidden = (v * z[1] * x for v, z in zip(self.v, towers, strict=True) for x in self.X[k])
        return (*(z[0] for z in towers), *hidden)

    def gradient(self) -> Row:
        return tuple(dot(self.residual, column) for column in zip(*self.jacobian(), strict=True))

    def hessian(self) -> Matrix:
        """All second derivatives of the loss, ordered as the gradient."""
        m, d, columns = len(self.v), len(self.X[0]), list(zip(*self.jacobian(), strict=True))
        full = [[dot(x, y) for y in columns] for x in columns]
        for i in range(m):
            inner = self.inner(i)
            for j in self.inputs:
                mixed, place = self.pull(i, 1, j), m + i * d + j
                full[i][place] += mixed
                full[place][i] += mixed
                for q in self.inputs:
                    full[place][m + i * d + q] += inner[j][q]
        return tuple(map(tuple, full))

    def theta(self) -> Row:
        return (*self.v, *(w for row in self.W for w in row))

    def at(self, theta: Sequence[Fraction]) -> "Net":
        m, d = len(self.v), len(self.X[0])
        rows = tuple(tuple(theta[start : start + d]) for start in range(m, len(theta), d))
        return replace(self, v=tuple(theta[:m]), W=rows)

    def split(self, r: int, shares: Sequence[Fraction]) -> "Net":
        """Definition 1, daughters in the parent's place."""
        copies = tuple(share * self.v[r] for share in shares)
        return self.with_daughters(r, copies, [self.W[r]] * len(shares))

    def with_daughters(self, r: int, v: Sequence[Fraction], W: Sequence[Row]) -> "Net":
        return replace(self, v=(*self.v[:r], *v, *self.v[r + 1 :]), W=(*self.W[:r], *W, *self.W[r + 1 :]))

    def network(self) -> Network:
        return Network(self.smooth.name, self.X, self.y, self.v, self.W, W_unit=self.smooth.unit)


def dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def square(x: Sequence[Fraction]) -> Fraction:
    return dot(x, x)


def times(matrix: Sequence[Sequence[Fraction]], x: Sequence[Fraction]) -> Row:
    return tuple(dot(row, x) for row in matrix)


def combined(x: Sequence[Fraction], factor: Fraction | int, y: Sequence[Fraction]) -> Row:
    """x + factor * y."""
    return tuple(a + factor * b for a, b in zip(x, y, strict=True))


def mean(weights: Sequence[Fraction], vectors: Sequence[Row]) -> Row:
    """sum weight * vector."""
    return tuple(dot(weights, column) for column in zip(*vectors, strict=True))


def root_above(x: Fraction) -> Fraction:
    """A rational that is at least the square root of x >= 0, by little."""
    scale = 4**40
    return Fraction(isqrt(int(x * scale)) + 1, 2**40)


def solution(random: Random, rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> Row | None:
    """A random solution of rows . x = right, or None."""
    work, pivots = [[*row, b] for row, b in zip(rows, right, strict=True)], list[int]()
    for column in range(len(rows[0])):
        lead = next((i for i in range(len(pivots), len(work)) if work[i][column] != 0), None)
        if lead is None:
            continue
        place = len(pivots)
        work[place], work[lead] = work[lead], work[place]
        work[place] = [x / work[place][column] for x in work[place]]
        for i, row in enumerate(work):
            if i != place:
                work[i] = [x - row[column] * y for x, y in zip(row, work[place], strict=True)]
        pivots.append(column)
    if any(row[-1] != 0 for row in work[len(pivots) :]):
        return None
    found = [Fraction(random.randint(-2, 2)) for _ in rows[0]]
    for row, column in zip(work, pivots, strict=False):
        found[column] = Fraction(0)
        found[column] = row[-1] - dot(row[:-1], found)
    return tuple(found)


def inertia(matrix: Matrix) -> tuple[int, int, int]:
    """The numbers of positive, zero and negative eigenvalues, by symmetric elimination."""
    form, signs = [list(row) for row in matrix], list[int]()
    while any(any(row) for row in form):
        pivot = next((i for i, row in enumerate(form) if row[i] != 0), None)
        if pivot is None:  # add basis vector j to i: the diagonal entry becomes twice form[i][j]
            pivot, other = next((i, j) for i, row in enumerate(form) for j, x in enumerate(row) if x != 0)
            form[pivot] = list(combined(form[pivot], 1, form[other]))
            for row in form:
                row[pivot] += row[other]
        head = form.pop(pivot)
        value = head.pop(pivot)
        signs.append(1 if value > 0 else -1)
        form = [list(combined(row, -row.pop(pivot) / value, head)) for row in form]
    return signs.count(1), len(matrix) - len(signs), signs.count(-1)


def random_net(random: Random, smooth: Smooth, samples: int | None = None) -> Net:
    """Any network, of random shape; weights on the lattice where the activation needs that."""
    m, d = random.choice([(1, 1), (2, 1), (1, 2), (2, 2), (3, 1)])
    n = samples or m * (1 + d) + d * (d + 1) // 2 + 2
    unit = 1 if smooth.unit else 2

    def entries(count: int, denominator: int) -> Row:
        return tuple(Fraction(random.choice([-3, -2, -1, 1, 2, 3]), denominator) for _ in range(count))

    X = tuple(entries(d, random.randint(1, unit)) for _ in range(n))
    W = tuple(entries(d, random.randint(1, unit)) for _ in range(m))
    return Net(smooth, X, entries(n, 1), entries(m, 2), W)


def stationary_at(
    random: Random, net: Net, r: int, inner: Matrix | None = None, scale: Fraction = ONE
) -> Net | None:
    """The same weights with labels that make them stationary, and with this inner Hessian of neuron r.

    Stationarity and (11) are linear in the residual, so there is a linear system to solve; None if it has no
    solution. scale: the residual, and so the inner Hessian, is multiplied by it.
    """
    rows = [net.column(i, 0) for i in range(len(net.v))]
    rows += [along(net, i, 1, j) for i in range(len(net.v)) for j in net.inputs]
    right = [Fraction(0)] * len(rows)
    if inner is not None:
        pairs = [(j, q) for j in net.inputs for q in range(j + 1)]
        rows += [along(net, r, 2, j, q) for j, q in pairs]
        right += [inner[j][q] / net.v[r] for j, q in pairs]
    residual = solution(random, rows, right)
    return replace(net, y=combined(net.outputs, -scale, residual)) if residual and any(residual) else None


def along(net: Net, i: int, order: int, *inputs: int) -> Row:
    """sigma^(order) of neuron i times the entries of x at these inputs, for every sample."""
    return tuple(s * prod(x[j] for j in inputs) for s, x in zip(net.column(i, order), net.X, strict=True))


def stationary_net(
    random: Random, smooth: Smooth, sign: int = 0, scale: Fraction = ONE
) -> tuple[Net, int]:
    """A stationary point and a neuron r of it. sign: 1 or -1 for a definite inner Hessian of r, 0 for any.

    For a small scale the point is mostly a strict local minimum.
    """
    while True:
        net = random_net(random, smooth)
        r = random.randrange(len(net.v))
        inner = tuple(tuple(Fraction(sign * (random.randint(3, 5) if j == q else 1)) for q in net.inputs)
                      for j in net.inputs) if sign else None
        if (found := stationary_at(random, net, r, inner, scale)) is not None:
            return found, r


def random_shares(random: Random, signs: str) -> list[Fraction]:
    """Coefficients with sum 1 and these signs, "++0-" for instance, with a "+" among them."""
    sizes = [Fraction(random.randint(1, 5), random.randint(1, 3)) for _ in signs]
    negative = sum((x for x, sign in zip(sizes, signs, strict=True) if sign == "-"), Fraction(0))
    positive = sum(x for x, sign in zip(sizes, signs, strict=True) if sign == "+")
    factor = {"+": (1 + negative) / positive, "0": Fraction(0), "-": Fraction(-1)}
    return [factor[sign] * x for x, sign in zip(sizes, signs, strict=True)]


def random_signs(random: Random, daughters: int, needed: str = "+") -> str:
    """Signs with the needed ones among them, in random order."""
    signs = [*needed, *(random.choice("+0-") for _ in range(daughters - len(needed)))]
    random.shuffle(signs)
    return "".join(signs)


def random_row(random: Random, length: int, denominator: int = 1) -> Row:
    """Not all zero."""
    while True:
        row = tuple(Fraction(random.randint(-3, 3), denominator) for _ in range(length))
        if any(row):
            return row
