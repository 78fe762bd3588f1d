"""Locally effective, locally constant, or neither: Definitions 2 and 3 of paper A, decided for one neuron.

With e the residuals, F(u) = sum_k e_k sigma(u.x_k). A neuron with input weights w is locally effective when
F does not vanish on any ball around w, locally constant when sigma(u.x_k) is constant near w for every k. A
hidden bias is an input that is constantly 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, zip_longest
from math import comb, prod
from operator import mul
from typing import Any

from .arrays import Vector
from .errors import Undecided
from .kernel.format import Rejected
from .kernel.network import MAX_ORDER, Fact, Problem
from .kernel.polynomial import Polynomial, parts, tower
from .network import Network
from .parity import parity
from .splitting import require_neuron

EFFECTIVE, CONSTANT, NEITHER = "locally effective", "locally constant", "locally ineffective, not constant"
PREC = 256  # bits after the point, where values are only enclosed
MAX_PRODUCTS = 2_000_000  # monomials times samples
ZERO, T = Fraction(0), (("t", 1),)
Powers = list[Fraction]  # of a polynomial in one variable, the lowest first


def decide(network: Network, neuron: int) -> str:
    """EFFECTIVE, CONSTANT or NEITHER, exactly. Raises Undecided.

    Always decided where sigma is a polynomial, or one in pieces, and the residuals are rational. Otherwise:
    ineffective when equal samples (up to sign, where sigma is odd or even) have residuals that cancel,
    effective when a Taylor coefficient of F of order at most MAX_ORDER is not zero.
    """
    require_neuron(network, neuron)
    sigma = tower(Problem(network.problem()).activation, 0)[0]
    X = network.X if network.b is None else tuple((*x, Fraction(1)) for x in network.X)
    kinks = set(filter(is_kink, sigma.atoms()))
    if sigma.atoms() <= {"t", *kinks} and (not kinks or network.W_unit is None):
        return in_pieces(network, neuron, sigma, X)
    if "pos" in str(sigma):
        raise Undecided("a kink whose place is not rational", "weights without a unit, kinks at rationals")
    return analytic(network, neuron, sigma, X)


def residuals(network: Network) -> Vector:
    """Exactly; neurons with output weight 0 are left out. Raises Undecided."""
    alive = [i for i, v in enumerate(network.v) if v != 0]
    if not alive:
        return tuple((network.c or ZERO) - y for y in network.y)
    try:
        return tuple(Fact(Problem(network.with_neurons(alive).problem())).state(None, 0).e)
    except Rejected:
        next = "weights in units of log(q), or a polynomial activation"
        raise Undecided("the residuals are not rational", next) from None


# Polynomials in pieces.

def is_kink(atom: str) -> bool:
    """Whether an atom is max(a t + b, 0)**m."""
    if atom in ("t", "pi"):
        return False
    function, inner = parts(atom)
    return function.startswith("pos") and set(inner.terms) <= {(), T}


def parts_of(atom: str) -> tuple[int, Fraction, Fraction]:
    """(m, a, b) of such an atom."""
    function, inner = parts(atom)
    return int(function[3:] or 1), inner.terms.get(T, ZERO), inner.terms.get((), ZERO)


def in_pieces(network: Network, neuron: int, sigma: Polynomial, X: Sequence[Vector]) -> str:
    """Near w F is a polynomial on each side of the hyperplanes of the kink samples; it vanishes when the
    jumps across each of them do, and the polynomial on one side."""
    w = network.W[neuron] if network.b is None else (*network.W[neuron], network.b[neuron])
    # A polynomial is expanded at 0: what it is near w it is everywhere.
    places = [ZERO if sigma.atoms() <= {"t"} else dot(w, x) for x in X]
    sides = [(expanded(sigma, t, -1), expanded(sigma, t, 1)) for t in places]
    if all(not any(x) or not any(left[1:] + right[1:]) for x, (left, right) in zip(X, sides, strict=True)):
        return CONSTANT
    e = residuals(network)
    base, jumps = [], defaultdict[Vector, Powers](lambda: [ZERO] * len(sides[0][0]))
    for x, r, (left, right) in zip(X, e, sides, strict=True):
        lead = next((entry for entry in x if entry != 0), Fraction(1))
        base.append([r * c for c in (left if lead > 0 else right)])
        line = jumps[tuple(entry / lead for entry in x)]
        for p, (before, after) in enumerate(zip(left, right, strict=True)):
            line[p] += r * (after - before) * lead**p * (1 if lead > 0 else -1)
    flat = not any(any(direction) and any(powers) for direction, powers in jumps.items())
    return NEITHER if flat and vanishes(base, X) else EFFECTIVE


def expanded(sigma: Polynomial, place: Fraction, side: int) -> Powers:
    """The powers of s in sigma(place + s), for small s of the sign `side`."""
    total = [ZERO]
    for monomial, coefficient in sigma.terms.items():
        term = [coefficient]
        for atom, power in monomial:
            m, a, b = (1, Fraction(1), ZERO) if atom == "t" else parts_of(atom)
            value = a * place + b
            alive = atom == "t" or value > 0 or (value == 0 and a * side > 0)
            for _ in range(m * power):
                term = product(term, [value, a] if alive else [ZERO, ZERO])
        total = [x + y for x, y in zip_longest(total, term, fillvalue=ZERO)]
    return total


def product(x: Powers, y: Powers) -> Powers:
    found = [ZERO] * (len(x) + len(y) - 1)
    for i, a in enumerate(x):
        for j, b in enumerate(y):
            found[i + j] += a * b
    return found


def vanishes(base: Sequence[Powers], X: Sequence[Vector]) -> bool:
    """Whether sum_k base_k(a.x_k) is 0 for every a: monomial by monomial. Raises Undecided."""
    d = len(X[0])
    for p in range(len(base[0])):
        if comb(d + p - 1, p) * len(X) > MAX_PRODUCTS:
            raise Undecided(f"size: too many monomials of degree {p} in {d} inputs", "fewer inputs")
        for chosen in combinations_with_replacement(range(d), p):
            if sum(c[p] * prod(x[j] for j in chosen) for c, x in zip(base, X, strict=True)) != 0:
                return False
    return True


# Analytic activations.

def analytic(network: Network, neuron: int, sigma: Polynomial, X: Sequence[Vector]) -> str:
    """Equal samples are merged; then Taylor coefficients of F at w, along integer directions."""
    if not any(map(any, X)):
        return CONSTANT
    try:
        e: Vector | None = residuals(network)
    except Undecided:
        e = None
    if e is not None and cancels(parity(sigma), e, X):
        return NEITHER
    reason = "not rational"
    for prec in (None, PREC):
        try:
            if any(effects(Fact(Problem(network.problem())), neuron, prec, range(MAX_ORDER + 1))):
                return EFFECTIVE
        except Rejected as error:
            reason = "expected {}; found {}".format(*error.args)
    raise Undecided(
        f"the Taylor coefficients of F up to order {MAX_ORDER} were not told from 0 ({reason})",
        "look for samples that are equal up to sign, and for identities of the activation")


def effects(fact: Fact, neuron: int, prec: int | None,
            orders: Iterable[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Orders and integer directions of derivatives of F at w that are certainly not 0.

    prec: bits of the enclosure; None: exactly. Raises Rejected where an order cannot be evaluated.
    """
    X = fact.problem.X
    for order in orders:
        state = fact.state(prec, order)
        weights = [r * s for r, s in zip(state.e, state.sigma[order][neuron], strict=True)]
        for a in directions(len(X[0])):
            if nonzero(sum((w * dot(a, x) ** order for w, x in zip(weights, X, strict=True)), ZERO)):
                yield order, a


def cancels(kind: str | None, e: Vector, X: Sequence[Vector]) -> bool:
    """Whether the residuals of samples with the same sigma(u.x) for all u cancel. kind: the parity."""
    total = defaultdict[Vector, Fraction](Fraction)
    for r, x in zip(e, X, strict=True):
        flipped = kind is not None and next((entry for entry in x if entry != 0), ZERO) < 0
        total[tuple(-entry for entry in x) if flipped else x] += -r if flipped and kind == "odd" else r
    return not any(r for x, r in total.items() if kind != "odd" or any(x))


def directions(d: int) -> Iterable[tuple[int, ...]]:
    """Some integer vectors: no homogeneous polynomial of low degree vanishes on all powers of a number."""
    yield from (tuple(int(j == i) for j in range(d)) for i in range(d))
    yield from (tuple(base**j for j in range(d)) for base in (1, -1, 2, -2, 3, -3))


def dot(a: Sequence[int] | Vector, x: Vector) -> Fraction:
    return sum(map(mul, a, x), ZERO)


def nonzero(value: Any) -> bool:
    """Whether a number is certainly not 0: a Fraction, or an interval."""
    return bool(value != 0) if isinstance(value, (int, Fraction)) else value.lo > 0 or value.hi < 0
