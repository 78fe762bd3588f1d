"""What a step establishes: a fact about a stationary point of a network, or of what splitting makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .format import array, integer, require
from .network import Problem, State, pairs

Coefficients = tuple[Fraction, ...]
Inertia = tuple[int, int, int]  # the numbers of positive, zero and negative eigenvalues


@dataclass(frozen=True)
class Fact:
    """The stationary point with |theta - theta_0 - center|_inf <= reach, theta_0 the network's own parameters; split.

    within: None for theta_0 itself, else the radius (maximum norm) around it with no other stationary point.
    ball: Euclidean radius on which L >= L(point), when known. margin: lower bound of |eigenvalues| of the Hessian.
    falls, rises: whether points of smaller, of larger loss are known to lie arbitrarily near.
    inner: a neuron and the inertia of its inner Hessian (11), or a lower bound of each number in it.
    regions: a type (None: only stationary) for every sign pattern of the coefficients of a split of `inner`'s neuron.
    path: a curve from the point along which the loss falls, or rises.
    """

    problem: Problem
    within: Fraction | None = None
    center: Coefficients = ()
    reach: Fraction = Fraction(0)
    splits: tuple[tuple[int, Coefficients], ...] = ()
    type: str | None = None
    inertia: Inertia | None = None
    ball: Fraction | None = None
    margin: Fraction | None = None
    gradient: tuple[Fraction, Fraction] | None = None
    stationary: bool = False
    lowest: bool = False  # the loss is zero here
    falls: bool = False
    rises: bool = False
    inner: tuple[int, Inertia] | None = None
    regions: tuple[tuple[str, str | None], ...] = ()
    path: dict[str, Any] | None = None
    rests_on: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        return "plateau" if self.regions else "path" if self.path else "point"

    def state(self, prec: int | None, order: int, extra: Fraction = Fraction(0)) -> State:
        """The network there, exactly (prec None), or enclosed at all theta' with |theta' - point|_inf <= extra."""
        theta, m, d = self.problem.own(prec), self.problem.width, len(self.problem.X[0])
        theta = widened([x + y for x, y in pairs(theta, self.center)] if self.center else theta, self.reach)
        for i, coefficients in self.splits:
            start, more = m + i * d, len(coefficients) - 1
            weights = theta[start : start + d] * more
            theta = [*theta[:i], *(theta[i] * x for x in coefficients), *theta[i + 1 : start], *weights, *theta[start:]]
            m += more
        return State(self.problem, m, widened(theta, extra), order)

    def width(self) -> int:
        """The number of hidden neurons, after the splits."""
        return self.problem.width + sum(len(coefficients) - 1 for _, coefficients in self.splits)

    def size(self) -> int:
        """The number of parameters, after the splits."""
        return self.width() * (1 + len(self.problem.X[0])) + self.problem.bias

    def split(self, neuron: int, coefficients: Coefficients, *claims: str, **known: Any) -> "Fact":
        """The split point; only what `known` says is known of it."""
        return Fact(self.problem, self.within, self.center, self.reach, (*self.splits, (neuron, coefficients)), **known,
                    stationary=True, lowest=self.lowest, rests_on=self.rests_on | set(claims))

    def says(self) -> dict[str, Any]:
        place = {"exact": True} if self.within is None else {"within": str(self.within)}
        splits = [{"neuron": neuron, "coefficients": list(map(str, x))} for neuron, x in self.splits]
        gradient, inner = self.gradient, self.inner
        known = {"location": place, "splits": splits, "type": self.type or "stationary",
                 "inertia": self.inertia and list(self.inertia), "gradient": gradient and list(map(str, gradient)),
                 "ball": self.ball and str(self.ball), "margin": self.margin and str(self.margin),
                 "global minimum": self.lowest or None, "path": self.path,
                 "inner Hessian": inner and {"neuron": inner[0], "inertia": list(inner[1])},
                 "regions": [{"signs": x, "type": kind} for x, kind in self.regions] or None}
        return {name: value for name, value in known.items() if value is not None}


def widened(theta: list[Any], radius: Fraction) -> list[Any]:
    """All points within `radius` (maximum norm); only intervals can be widened."""
    return [x.widened(radius) for x in theta] if radius else theta


def signs_of(coefficients: Sequence[Fraction]) -> Inertia:
    """The numbers of positive, zero and negative coefficients."""
    signs = [(x > 0) - (x < 0) for x in coefficients]
    return signs.count(1), signs.count(0), signs.count(-1)


def stationary(fact: Fact) -> Fact:
    """The earlier step of a rule, if it is about a stationary point."""
    require(fact.stationary and fact.kind == "point", "an earlier step about a stationary point", fact.kind)
    return fact


def read_neuron(fact: Fact, neuron: Any) -> int:
    """A neuron of the point; the one whose inner Hessian is known, if one is."""
    require(fact.inner is None or fact.inner[0] == neuron, "the neuron of the inner Hessian", neuron)
    return integer(neuron, 0, fact.width() - 1)


def read_coefficients(texts: Any) -> Coefficients:
    coefficients: Coefficients = array(texts, None)
    require(len(coefficients) > 1 and sum(coefficients) == 1, "coefficients that sum to 1", sum(coefficients))
    return coefficients
