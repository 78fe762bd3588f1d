"""Points near a split local minimum, and the narrow points that Theorem 1 compares them with."""

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from .networks import (
    CUBIC,
    RATIONAL,
    Net,
    Row,
    combined,
    dot,
    inertia,
    mean,
    random_row,
    random_shares,
    root_above,
    square,
    stationary_net,
)


@dataclass(frozen=True)
class Near:
    """A point `wide` near a split local minimum, and the narrow point it is compared with.

    positive: the first case, all coefficients positive; else one is.
    """

    net: Net
    r: int
    start: list[Fraction]
    wide: Net
    positive: bool

    @property
    def own(self) -> range:
        return range(self.r, self.r + len(self.start))

    @property
    def u(self) -> list[Fraction]:
        return [self.wide.v[i] for i in self.own]

    @property
    def v(self) -> Fraction:
        return sum(self.u, Fraction(0))

    @property
    def shares(self) -> list[Fraction]:
        return [x / self.v for x in self.u]

    @property
    def rows(self) -> list[Row]:
        return [self.wide.W[i] for i in self.own]

    @property
    def m(self) -> Row:
        return mean(self.shares, self.rows)

    @property
    def narrow(self) -> Net:
        """The point of comparison."""
        v, W, end = self.wide.v, self.wide.W, self.own.stop
        return Net(self.net.smooth, self.net.X, self.net.y, (*v[: self.r], self.v, *v[end:]),
                   (*W[: self.r], self.m, *W[end:]))

    @property
    def first(self) -> int:
        """The daughter with a positive coefficient (second case)."""
        return max(range(len(self.start)), key=self.start.__getitem__)

    @property
    def a(self) -> Fraction:
        return self.v if self.positive else -self.u[self.first]

    @property
    def weights(self) -> list[Fraction]:
        lead = self.shares[self.first]
        return self.shares if self.positive else [
            1 / lead if j == self.first else -x / lead for j, x in enumerate(self.shares)]

    @property
    def points(self) -> list[Row]:
        return self.rows if self.positive else [
            self.m if j == self.first else w for j, w in enumerate(self.rows)]

    @property
    def center(self) -> Row:
        return self.m if self.positive else self.rows[self.first]

    @property
    def D(self) -> Row:
        return combined(self.wide.outputs, -1, self.narrow.outputs)

    @property
    def Y(self) -> Row:
        return combined(self.narrow.outputs, -1, self.net.outputs)

    def values_at(self, w: Row, order: int = 0) -> Row:
        return tuple(self.net.smooth.tower(dot(w, x))[order] for x in self.net.X)

    @property
    def spread(self) -> Fraction:
        return dot(self.weights, [square(combined(p, -1, self.center)) for p in self.points])

    def bends(self, k: int) -> list[Fraction]:
        """sigma'' where Taylor's formula between center and point has it, at sample k."""
        x = self.net.X[k]
        t, s1, s2 = self.net.smooth.tower(dot(self.center, x))
        found = []
        for p in self.points:
            step = dot(combined(p, -1, self.center), x)
            rest = self.net.smooth.tower(dot(p, x))[0] - t - s1 * step
            found.append(2 * rest / step**2 if step else s2)
        return found

    def bound(self, k: int) -> Fraction:
        """A bound of |sigma''|: everywhere for t/(1 + t**2); for a cubic the largest at the ends."""
        ends = [self.net.smooth.tower(dot(p, self.net.X[k]))[2] for p in (self.center, *self.points)]
        return max(map(abs, ends)) if self.net.smooth is CUBIC else Fraction(3, 2)

    @property
    def K(self) -> Fraction:
        return root_above(square([self.bound(k) * square(x) for k, x in enumerate(self.net.X)]))

    @property
    def g(self) -> Row:
        slopes = self.values_at(self.center, 1)
        return mean([self.a * e * s for e, s in zip(self.net.residual, slopes, strict=True)], self.net.X)

    def curvatures(self) -> list[Fraction]:
        """c: twice what Taylor's formula of first order leaves of a <e, sigma>."""
        e, t, q, g = self.net.residual, self.values_at(self.center), self.center, self.g
        return [2 * (self.a * dot(e, combined(self.values_at(p), -1, t)) - dot(combined(p, -1, q), g))
                for p in self.points]

    @property
    def mu(self) -> Fraction:
        """Half a lower bound of the least eigenvalue of H_r (or -lambda_j H_r): determinant / trace."""
        factor = 1 if self.positive else -self.start[self.first]
        H = [[factor * x for x in row] for row in self.net.inner(self.r)]
        return H[0][0] / 2 if len(H) == 1 else (H[0][0] * H[1][1] - H[0][1] ** 2) / (H[0][0] + H[1][1]) / 2

    @property
    def is_near(self) -> bool:
        """Near enough for the theorem: every hypothesis of its statements holds."""
        signs = all(x * y > 0 for x, y in zip(self.start, self.shares, strict=True))
        if not signs or self.narrow.loss < self.net.loss or self.mu <= 0:
            return False
        bends = zip(self.curvatures(), self.points, strict=True)
        return self.mu >= root_above(square(self.Y)) * abs(self.a) * self.K and all(
            c >= self.mu * square(combined(p, -1, self.center)) for c, p in bends)


def near(random: Random, daughters: int) -> Near:
    """Either case, at random, by a strict local minimum: the narrow Hessian is positive definite."""
    positive = random.random() < 0.5
    while True:
        net, r = stationary_net(random, random.choice(RATIONAL), 1 if positive else -1, Fraction(1, 10**4))
        if inertia(net.hessian())[0] < len(net.theta()):
            continue
        signs = ["+"] * daughters if positive else random.sample(["+", *["-"] * (daughters - 1)], daughters)
        shares = random_shares(random, "".join(signs))
        split = net.split(r, shares)
        for size in (10**6, 10**9, 10**12):
            step = random_row(random, len(split.theta()), size)
            found = Near(net, r, shares, split.at(combined(split.theta(), 1, step)), positive)
            if found.is_near:
                return found


def near_second(random: Random, daughters: int) -> Near:
    while (found := near(random, daughters)).positive:
        pass
    return found
