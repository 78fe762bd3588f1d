"""The perturbations that the paper constructs, as data: curves theta(t) - theta(0), polynomial in t, exact.

A polynomial is the tuple of its coefficients, lowest first, without trailing zeros: () is 0, (0, 0, 1) t**2.
Displacements count like `Network.theta`: under a `W_unit` those of W and b are in that unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from .arrays import read_vector
from .errors import InputError
from .kernel.polynomial import Polynomial
from .splitting import Coefficients, read_coefficients, require_neuron

if TYPE_CHECKING:
    from .network import Network

Powers = tuple[Fraction, ...]
Displacement = tuple[Powers, ...]


@dataclass(frozen=True)
class SplitCurve:
    """A curve that starts at a split point and moves the daughters of neuron r along one direction a.

    v_{r+j} = lam_j(t) v_r and w_{r+j} = w_r + c_j(t) a, where c_j(0) = 0 and, for all t, sum_j lam_j = 1 and
    sum_j lam_j c_j = 0. To first order the daughters cancel: the loss changes by M_2(t)/2 * a'H_r a and terms
    of higher order. Raises InputError unless these identities hold.

    lam, c: one polynomial per daughter. direction: a, of shape (n_inputs,), or one more with a hidden bias.
    equation: where in the paper the construction stands.
    """

    lam: tuple[Powers, ...]
    c: tuple[Powers, ...]
    direction: tuple[Fraction, ...]
    equation: str = ""

    def __post_init__(self) -> None:
        lengths = f"{len(self.lam)} and {len(self.c)}"
        _require(len(self.lam) == len(self.c) > 0, "lam and c: one polynomial per daughter", lengths)
        _require(self.moment(0) == (Fraction(1),), "sum of lam_j = 1 for all t", self.moment(0))
        _require(not any(c[0] for c in self.c if c), "c_j(0) = 0", self.c)
        _require(self.moment(1) == (), "sum of lam_j c_j = 0 for all t", self.moment(1))

    def moment(self, k: int) -> Powers:
        """M_k(t) = sum_j lam_j c_j**k."""
        total = Polynomial()
        for share, c in zip(self.lam, self.c, strict=True):
            total = total + prod([_polynomial(c)] * k, start=_polynomial(share))
        return _powers(total)

    @property
    def coefficients(self) -> tuple[Fraction, ...]:
        """The splitting coefficients at t = 0."""
        return tuple(share[0] if share else Fraction(0) for share in self.lam)

    @property
    def order(self) -> int | None:
        """The leading order of M_2; None when M_2 = 0."""
        return leading_order(self.moment(2))

    def displacement(self, network: "Network", neuron: int) -> Displacement:
        """theta(t) - theta(0) in the wide network, one polynomial per parameter. network: the narrow one."""
        require_neuron(network, neuron)
        length = network.n_inputs + (network.b is not None)
        _require(len(self.direction) == length, f"a direction of length {length}", len(self.direction))
        wide = [()] * neuron, [()] * (network.n_hidden - neuron - 1)
        outputs = [_scaled((Fraction(0), *share[1:]), network.v[neuron]) for share in self.lam]
        moved = [_scaled(c, a) for c in self.c for a in self.direction]
        still = [[()] * (len(rows) * length) for rows in wide]
        ends = [()] if network.c is not None else []
        return (*wide[0], *outputs, *wide[1], *still[0], *moved, *still[1], *ends)


def descent_curve(coefficients: Coefficients, sign_of_curvature: int,
                  direction: Iterable[Fraction | int]) -> SplitCurve | None:
    """The paper's curve along which the loss falls, for small t > 0, when a'H_r a has this sign.

    None when all lam_j > 0 (sign +1) or all but one lam_j < 0 (sign -1). The fall is of second order, or of
    third where it has to leave lam_j = 0 first. sign_of_curvature: +1 or -1. direction: a.
    """
    shares, a = read_coefficients(coefficients), read_vector(list(direction), "direction")
    _require(sign_of_curvature in (1, -1), "the sign +1 or -1 of a'H_r a", sign_of_curvature)
    order = sorted(range(len(shares)), key=lambda j: -shares[j])
    if sign_of_curvature > 0:
        if shares[order[-1]] < 0:
            return across(shares, a)
        return leave_across(shares, a, order[0], order[-1]) if shares[order[-1]] == 0 else None
    second = next((j for j in order[1:] if shares[j] >= 0), None)
    if second is None:
        return None
    return (apart if shares[second] > 0 else leave_apart)(shares, a, order[0], second)


def across(shares: Sequence[Fraction], a: tuple[Fraction, ...]) -> SplitCurve:
    """(132): daughters with lam_j >= 0 move by t/|S+| along a, those with lam_j < 0 by t/|S-|."""
    plus = sum((share for share in shares if share >= 0), Fraction(0))
    steps = [(0, 1 / plus) if share >= 0 else (0, 1 / (plus - 1)) for share in shares]
    return _curve([(share,) for share in shares], steps, a, "(132)")


def apart(shares: Sequence[Fraction], a: tuple[Fraction, ...], one: int, other: int) -> SplitCurve:
    """(143): two daughters with positive lam move apart, by t/lam and by -t/lam'."""
    got = f"{shares[one]} and {shares[other]}"
    _require(one != other and min(shares[one], shares[other]) > 0, "two positive coefficients", got)
    c: list[tuple[Fraction | int, ...]] = [()] * len(shares)
    c[one], c[other] = (0, 1 / shares[one]), (0, -1 / shares[other])
    return _curve([(share,) for share in shares], c, a, "(143)")


def leave_across(shares: Sequence[Fraction], a: tuple[Fraction, ...], giver: int, zero: int) -> SplitCurve:
    """(139) and then (132), as one curve, for shares without a negative one and with lam = 0 at `zero`.

    `zero` goes to -t, `giver` takes t more; (132) with t**2 (1 + t) for its alpha. M_2 = -t**3 (1 + t).
    """
    lam: list[tuple[Fraction | int, ...]] = [(share,) for share in shares]
    lam[giver], lam[zero] = (shares[giver], 1), (0, -1)
    c: list[tuple[Fraction | int, ...]] = [(0, 0, 1)] * len(shares)
    c[zero] = (0, 1, 1)
    return _curve(lam, c, a, "(139)+(132)")


def leave_apart(shares: Sequence[Fraction], a: tuple[Fraction, ...], giver: int, zero: int) -> SplitCurve:
    """(149) and then (143), as one curve: `giver`, with lam > 0, gives t to `zero`, where lam = 0.

    (143) with t**2 (lam - t) for its beta. M_2 = lam t**3 (lam - t).
    """
    lam: list[tuple[Fraction | int, ...]] = [(share,) for share in shares]
    lam[giver], lam[zero] = (shares[giver], -1), (0, 1)
    c: list[tuple[Fraction | int, ...]] = [()] * len(shares)
    c[giver], c[zero] = (0, 0, 1), (0, -shares[giver], 1)
    return _curve(lam, c, a, "(149)+(143)")


def copied(network: "Network", neuron: int, coefficients: Coefficients, narrow: Displacement) -> Displacement:
    """(68): a displacement of the narrow network, copied into the wide one: the same loss values along it."""
    require_neuron(network, neuron)
    shares = read_coefficients(coefficients)
    _require(len(narrow) == network.n_parameters, f"{network.n_parameters} polynomials", len(narrow))
    m, each = network.n_hidden, network.n_inputs + (network.b is not None)
    outputs, parent = [_scaled(narrow[neuron], share) for share in shares], m + neuron * each
    neurons = narrow[m:parent], narrow[parent : parent + each] * len(shares), narrow[parent + each :]
    return (*narrow[:neuron], *outputs, *narrow[neuron + 1 : m], *neurons[0], *neurons[1], *neurons[2])


def output_move(network: "Network", neuron: int, sign: int = 1) -> Displacement:
    """(81): v_i + sign*t. The loss rises along it when z_i is not 0 and sign*<dy, z_i> >= 0."""
    return neuron_move(network, neuron, (0, sign), (0,) * (network.n_inputs + (network.b is not None)))


def neuron_move(network: "Network", neuron: int, output: Iterable[Fraction | int],
                direction: Iterable[Fraction | int]) -> Displacement:
    """(55) and (83): v_i + output(t), w_i + t*direction, the others as they are.

    Where v_i = 0, as in (55), or z_i = 0, as in (83), the loss changes by s**2 ||p||**2/2 + s <dy, p>, where
    s = v_i + output(t) and p = sigma(X w_i(t)).
    """
    require_neuron(network, neuron)
    m, a = network.n_hidden, read_vector(list(direction), "direction")
    each = network.n_inputs + (network.b is not None)
    _require(len(a) == each, f"a direction of length {each}", len(a))
    moved: list[Powers] = [()] * network.n_parameters
    moved[neuron] = _powers(_polynomial(output))
    _require(not moved[neuron] or moved[neuron][0] == 0, "an output move that starts at 0", moved[neuron])
    moved[m + neuron * each : m + (neuron + 1) * each] = [_powers(_polynomial((0, a_k))) for a_k in a]
    return tuple(moved)


def leading_order(powers: Powers) -> int | None:
    """The least power with a non-zero coefficient; None for 0."""
    return next((k for k, coefficient in enumerate(powers) if coefficient != 0), None)


def _curve(lam: Iterable[Iterable[Fraction | int]], c: Iterable[Iterable[Fraction | int]],
           a: tuple[Fraction, ...], equation: str) -> SplitCurve:
    shares, steps = (tuple(_powers(_polynomial(p)) for p in part) for part in (lam, c))
    return SplitCurve(shares, steps, a, equation)


def _polynomial(powers: Iterable[Fraction | int]) -> Polynomial:
    return Polynomial((((("t", k),) if k else ()), Fraction(x)) for k, x in enumerate(powers))


def _powers(polynomial: Polynomial) -> Powers:
    found = {(monomial[0][1] if monomial else 0): x for monomial, x in polynomial.terms.items()}
    return tuple(found.get(k, Fraction(0)) for k in range(max(found, default=-1) + 1))


def _scaled(powers: Powers, factor: Fraction) -> Powers:
    return _powers(_polynomial(factor * x for x in powers))


def _require(condition: bool, expected: str, got: object) -> None:
    if not condition:
        raise InputError(None, "curve", expected, str(got))
