"""Splitting a neuron, and the regions of the splitting coefficients.

The regions depend on the signs of the coefficients alone: every predicate takes either the coefficients or
their signs, a text of "+", "0" and "-", one per daughter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from .arrays import read_vector
from .errors import InputError

if TYPE_CHECKING:
    from .network import Network

Coefficients = Sequence[Fraction | int | str]


def split(network: "Network", neuron: int, coefficients: Coefficients) -> "Network":
    """Definition 1: daughters in the parent's place, with its input weights and lambda_j times its v.

    neuron: from 0; the neurons after it move up. Raises InputError unless the coefficients sum to 1 exactly.
    """
    require_neuron(network, neuron)
    shares = read_coefficients(coefficients)
    return replicate(network, neuron, shares)


def replicate(network: "Network", neuron: int, shares: Sequence[Fraction]) -> "Network":
    """Definition 1 as it is printed: also for coefficients whose sum is not 1."""
    daughters = range(neuron, neuron + len(shares))
    kept = [*range(neuron), *(neuron for _ in shares), *range(neuron + 1, network.n_hidden)]
    wide = network.with_neurons(kept)
    v = list(wide.v)
    v[daughters.start : daughters.stop] = [share * network.v[neuron] for share in shares]
    return replace(wide, v=tuple(v))


def read_coefficients(coefficients: Coefficients) -> tuple[Fraction, ...]:
    """The coefficients as Fractions. Raises InputError unless there is at least one and their sum is 1."""
    shares = read_vector(list(coefficients), "coefficients")
    if not shares or sum(shares) != 1:
        total = f"a sum of {sum(shares)}" if shares else "none"
        raise InputError(None, "coefficients", "at least one, with sum 1 exactly", total)
    return shares


def require_neuron(network: "Network", neuron: object) -> None:
    """Raise InputError unless this is the index of a hidden neuron, counted from 0."""
    if type(neuron) is not int or not 0 <= neuron < len(network.v):
        raise InputError(None, "neuron", f"an index from 0 to {len(network.v) - 1}", str(neuron), status=2)


def signs(coefficients: Coefficients) -> str:
    """The signs of the coefficients, "++0-" for instance. Raises InputError as `split` does.

    >>> signs(["3/2", 0, "-1/2"])
    '+0-'
    """
    if not isinstance(coefficients, str):
        shares = read_coefficients(coefficients)
        return "".join("+" if share > 0 else "-" if share < 0 else "0" for share in shares)
    if not set(coefficients) <= set("+0-") or "+" not in coefficients:
        raise InputError(None, "signs", "'+', '0', '-', and at least one '+' (the sum is 1)", coefficients)
    return coefficients


def is_in_pd(coefficients: Coefficients) -> bool:
    """(13a), Lambda_PD: all positive."""
    return set(signs(coefficients)) == {"+"}


def is_in_nd(coefficients: Coefficients) -> bool:
    """(13b), Lambda_ND: one positive, all others negative."""
    pattern = signs(coefficients)
    return pattern.count("+") == 1 and "0" not in pattern


def is_in_plus(coefficients: Coefficients) -> bool:
    """(53a), Lambda_+: some lambda_j <= 0. A positive eigenvalue of the inner Hessian makes a saddle here."""
    return not set(signs(coefficients)) <= {"+"}


def is_in_minus(coefficients: Coefficients) -> bool:
    """(53b), Lambda_-: two lambda_j >= 0. A negative eigenvalue of the inner Hessian makes a saddle here."""
    pattern = signs(coefficients)
    return pattern.count("+") + pattern.count("0") >= 2


def is_in_saddle(coefficients: Coefficients) -> bool:
    """Theorem 2, Lambda_saddle: in neither Lambda_PD nor Lambda_ND."""
    return not is_in_pd(coefficients) and not is_in_nd(coefficients)


def sign_patterns(daughters: int) -> Iterator[str]:
    """All signs of so many coefficients with sum 1, up to order: "+" first, then "0", then "-".

    >>> list(sign_patterns(2))
    ['++', '+0', '+-']
    """
    if type(daughters) is not int or daughters < 1:
        raise InputError(None, "daughters", "a whole number, at least 1", str(daughters), status=2)
    return ("+" + "".join(rest) for rest in combinations_with_replacement("+0-", daughters - 1))


def example_coefficients(pattern: str) -> tuple[Fraction, ...]:
    """Coefficients with these signs: -1 for each "-", equal shares of the rest for each "+".

    >>> [str(x) for x in example_coefficients("+0-")]
    ['2', '0', '-1']
    """
    share = Fraction(1 + pattern.count("-"), signs(pattern).count("+"))
    return tuple({"+": share, "0": Fraction(0), "-": Fraction(-1)}[sign] for sign in pattern)
