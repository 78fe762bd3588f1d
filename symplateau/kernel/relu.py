"""ReLU-like networks f(x) = H rho(W x) + c, exactly: rho(s) = a s for s >= 0 and b s for s < 0, a != b.

All is about the network's own parameters P. L is half the sum of squares, e_kj the residuals, z_ik = w_i.x_k;
r_ik(s) is a s, b s or rho(s) where z_ik is positive, negative, or zero: a kink. With g_ji(t) = sum_k e_kj
r_ik(x_k.t) and G_i = sum_j h_ji g_ji, where dL/dh = dL/dc = 0, and as long as no z_ik changes its sign,
L(P + D) - L(P) = |change of f|^2 / 2 + sum_i (G_i(dw_i) + sum_j dh_ji g_ji(dw_i)).
"""

from fractions import Fraction
from functools import partial, reduce
from itertools import product
from operator import add
from typing import Any

from .format import array, fields, integer, listed, rational, require
from .numbers import Vector, dot, pairs, total
from .polynomial import Polynomial, Reader, in_time

MAX_WORK, MAX_FALLING, ZERO, ONE = 2**25, 10, Fraction(0), Fraction(1)
constant = Polynomial.constant
TYPES = {  # what has to be shown of a point of each type; the first one counts
    "locally constant": {"minimum", "maximum"}, "local minimum": {"minimum"}, "local maximum": {"maximum"},
    "saddle": {"stationary", "falls", "rises"}, "not stationary": {"steep"}, "stationary": {"stationary"}}


class Point:
    """What the steps have shown of the point, and what is known of it, in the words of a statement."""

    def __init__(self, source: Any) -> None:
        fields(source, "kind X Y W H slopes", "c")
        X, W, (a, b) = *(array(source[x], None, None) for x in "XW"), array(source["slopes"], 2)
        Y, H = array(source["Y"], len(X), None), array(source["H"], None, len(W))
        alike = len({len(x) for x in (*X, *W)}) == len({*map(len, Y), len(H)}) == 1 and bool(H and X[0])
        require(alike and a != b, "X (n, d), Y (n, J), W (m, d), H (J, m), slopes that differ")
        self.X, self.W, self.slopes = X, W, (a, b)
        self.shown, self.known, self.rests_on = set[str](), dict[str, Any](), set[str]()
        # All work, about in microseconds: products of numbers, counted more than once where they are long.
        self.meter, texts = Reader({"t": Polynomial.atom("t")}, {}, MAX_WORK), str(source).split("'")
        self.digits = 1 + max(map(len, texts)) // 64
        self.spend(len(X) * (1 + len(W)) * (len(X[0]) + len(H)))
        rows, bias = list(map(Vector, X)), [array(source["c"], len(H))] if "c" in source else []
        self.z = [[dot(w, x) for x in rows] for w in map(Vector, W)]
        # What each neuron, and after them the bias, sends on, and with which weights.
        self.sent = [[self.slope(z) * z for z in row] for row in self.z] + [[ONE] * len(X)] * len(bias)
        self.h = [*zip(*H, strict=True), *bias]
        self.e = [[total(h[j] * sent[k] for h, sent in pairs(self.h, self.sent)) - y
                   for j, y in enumerate(row)] for k, row in enumerate(Y)]

    def spend(self, products: int) -> None: self.meter.spend(products * self.digits)

    # The slope of rho at s; 0 at its kink.
    def slope(self, s: Fraction) -> Fraction: return self.slopes[s < 0] if s else ZERO

    def flat(self) -> None:
        """Require dL/dh = 0 and dL/dc = 0."""
        slopes = {dot(Vector(row), Vector(e)) for row in self.sent for e in pairs(*self.e)} - {0}
        require(slopes == set(), "no slope of the loss in an output weight or bias", max(slopes, default=0))

    def neurons(self, shares: Any) -> Any:
        """Of each neuron: output weights, linear parts of the g_j, kinks with the residuals, certificate."""
        columns, residuals = list(map(Vector, pairs(*self.X))), list(pairs(*self.e))
        for (z, found), h in zip(pairs(self.z, listed(shares)), self.h, strict=False):
            self.spend(len(self.X) * len(columns) * len(residuals))
            sums = [Vector([self.slope(s) * x for s, x in pairs(z, e)]) for e in residuals]
            linear = [Vector([dot(x, column) for x in sums]) for column in columns]
            kinks = [(Vector(e), x) for e, s, x in pairs(self.e, z, self.X) if s == 0 and any(x)]
            yield h, linear, kinks, found

    def rising(self, weights: Any, linear: Any, kinks: Any, rows: Any, least: Fraction = ZERO) -> None:
        """Require sum_j weights_j g_j(t) >= least sum_k |rho(x_k.t)| for all t, this sum over the kinks.

        At a kink the difference has the slope up where x_k.t > 0, else down. Where up < down it is the lesser
        of both; where up > down, at least what a slope between them gives, half of up + down + s (up - down)
        with a share |s| <= 1. So it is >= 0 if, for each choice of the former, shares make the sum 0.
        """
        (a, b), own = self.slopes, Vector(weights)
        pulls = [(dot(own, e), x) for e, x in kinks]
        legs = [(a * p - abs(a) * least, b * p + abs(b) * least, x) for p, x in pulls]
        falling, base = sum(up < down for up, down, _ in legs), [2 * dot(own, row) for row in linear]
        require(falling <= MAX_FALLING, f"at most {MAX_FALLING} kinks that bend downwards", falling)
        self.spend((len(legs) << falling) * (64 + 8 * len(linear)))
        signs, rising = list(product((ONE, -ONE), repeat=falling)), sum(up > down for up, down, _ in legs)
        for lower, upper in pairs(signs, array(rows, len(signs), rising)):
            require(all(abs(s) <= 1 for s in upper), "shares from -1 to 1")
            shares = {True: iter(lower), False: iter(upper)}
            sides = [next(shares[up < down]) if up != down else ZERO for up, down, _ in legs]
            push = [(up + down + s * (up - down), x) for s, (up, down, x) in pairs(sides, legs)]
            rest = [total([t, *(c * x[p] for c, x in push)]) for p, t in enumerate(base)]
            require(not any(rest), "shares that balance the slope")

    def stationary_point(self, *, shares: Any) -> None:
        """dL/dh = dL/dc = 0 and G_i >= 0: no directional derivative is negative (B, Definition 3.3)."""
        self.flat()
        for h, linear, kinks, rows in self.neurons(shares):
            self.rising(h, linear, kinks, rows)
        self.shown |= {"stationary"}
        self.rests_on |= {"B/lemma-3.2"}

    def local_minimum(self, *, ratio: Any, radius: Any, shares: Any) -> None:
        """|g_ji| <= C G_i: no escape neurons, and L is nowhere smaller within r of P (B, Theorem 4.2).

        There no z_ik changes its sign, and sum_j |dh_ji g_ji| <= sqrt(J) |dh_i| C G_i <= G_i.
        """
        C, r = rational(ratio), rational(radius)
        self.flat()
        for h, linear, kinks, duals in self.neurons(shares):
            for (j, sign), rows in pairs(product(range(len(h)), (1, -1)), listed(duals)):
                self.rising([C * x + sign * (j == n) for n, x in enumerate(h)], linear, kinks, rows)
        lengths = [r * r * dot(Vector(x), Vector(x)) for x in self.X]
        near = all(z == 0 or length <= z * z for row in self.z for length, z in pairs(lengths, row))
        small = C > 0 and r > 0 and (C * r) ** 2 * len(self.e[0]) <= 1
        require(near and small, "a ratio and a radius > 0, small enough")
        self.shown |= {"stationary", "minimum"}
        self.known |= {"ball": radius, "escape neurons": []}
        self.rests_on |= {"B/lemma-3.2", "B/theorem-4.2"}

    def local_maximum(self, *, ratio: Any, shares: Any) -> None:
        """Only kinks can change f, which is 0, and -G_i >= ratio sum_k |rho(x_k.t)|: near P that outweighs
        the square of the change of f, and what changes of h add (S/relu-maximum)."""
        moving, least = [z for row in self.z for z in row if z and self.slope(z)], rational(ratio)
        still = moving == [] and len(self.h) == len(self.W)
        require(still and least > 0, "outputs that only kinks change, and a ratio > 0")
        for h, linear, kinks, rows in self.neurons(shares):
            self.rising([-x for x in h], linear, kinks, rows, least)
        self.shown |= {"maximum"}
        self.rests_on |= {"S/relu-maximum"}

    def zero_residual(self) -> None:
        """The loss vanishes: a global minimum."""
        require(not any(map(any, self.e)), "a residual of zero")
        self.shown |= {"stationary", "minimum"}
        self.known |= {"global minimum": True}

    def escape_neuron(self, *, neuron: Any, direction: Any) -> None:
        """At a stationary point a direction t with G_i(t) = 0 but not all g_ji(t) = 0 (B, Definition 4.1)."""
        i, t = integer(neuron, 0, len(self.W) - 1), Vector(array(direction, len(self.X[0])))
        self.spend(16 * len(self.X) * (len(self.X[0]) + len(self.e[0])))
        sides = [dot(Vector(x), t) for x in self.X]
        moves = Vector([self.slope(z or s) * s for z, s in pairs(self.z[i], sides)])
        slopes = [dot(moves, Vector(e)) for e in pairs(*self.e)]
        escapes = any(slopes) and dot(Vector(self.h[i]), Vector(slopes)) == 0
        require(escapes and "stationary" in self.shown, "a stationary point, G(t) = 0 and g(t) != 0")
        self.known.setdefault("escape neurons", []).append({"neuron": i, "direction": direction})

    def path(self, *, until: Any, moves: Any, c: Any = None) -> None:
        """A curve on which the loss falls, or rises, on (0, until]: polynomials in t for some w_i, h_i, c."""
        end, parts = rational(until), [] if c is None else [(len(self.W), list[str](), c)]
        for move in listed(moves):
            fields(move, "neuron w h")
            parts.append((integer(move["neuron"], 0, len(self.W) - 1), move["w"], move["h"]))
        require(end > 0 and len({i for i, _, _ in parts}) == len(parts), "until > 0, and each neuron once")
        change, times = [[constant(0)] * len(e) for e in self.e], self.meter.times
        plus = partial(self.meter.combined, add)
        for i, *texts in parts:
            w, h = (in_time(x, self.meter) for x in texts)
            starts = [p.terms.get((), ZERO) for p in (*w, *h)]
            require(starts == [x for row in (*self.W[i : i + 1], self.h[i]) for x in row], "P(0) = P", starts)
            for k, x in enumerate(self.X):
                sent = constant(1)
                if i < len(self.W):
                    z = reduce(plus, (times(p, constant(s)) for p, s in pairs(w, x)))
                    sent = times(z, constant(self.slopes[first(z, end)[1] < 0]))
                start = [constant(q * self.sent[i][k]) for q in self.h[i]]
                change[k] = [plus(p, times(q, sent) - r) for p, q, r in pairs(change[k], h, start)]
        both = (pair for rows in pairs(change, self.e) for pair in pairs(*rows))
        order, sign = first(reduce(plus, (times(p, p + constant(2 * e)) for p, e in both)), end)
        sense = "falls" if sign < 0 else "rises"
        require(sign != 0 and sense not in self.known, "a change, and one path of each sense", sign)
        self.shown |= {sense, "steep"} if (order, sign) == (1, -1) else {sense}
        self.rests_on |= {"B/lemma-3.2"} if order == 1 else set()
        self.known[sense] = {"order": order, "until": until, "moves": moves} | ({} if c is None else {"c": c})

    def says(self) -> dict[str, Any]:
        """What a statement says of the point."""
        kinds = [name for name, needs in TYPES.items() if needs <= self.shown]
        require(kinds != [], "a type of the point")
        return {"location": {"exact": True}, "type": kinds[0], **self.known}


def first(p: Polynomial, end: Fraction) -> tuple[int, int]:
    """The order and the sign of the first term, which outweighs the others on (0, end]. Raises Rejected."""
    (order, x), *others = sorted((sum(k for _, k in m), x) for m, x in p.terms.items()) or [(0, ZERO)]
    require(x == 0 or abs(x) > total(abs(y) * end ** (k - order) for k, y in others), "until: smaller", end)
    return order, (x > 0) - (x < 0)


RULES: dict[str, Any] = {rule.__name__.replace("_", " "): rule for rule in (
    Point.stationary_point, Point.local_minimum, Point.local_maximum, Point.zero_residual,
    Point.escape_neuron, Point.path)}
