"""What a step establishes: a place, and what is known there."""

from dataclasses import dataclass, field, replace
from typing import Any

from flint import arb, fmpq

from .network import Network, Parameters, State
from .reading import plain
from .rejection import demand

LOCAL_MINIMA = ("local minimum", "strict local minimum")
GUARD = 64  # more bits than the certificate says suffice

Inertia = tuple[int, int, int]
Split = tuple[int, tuple[fmpq, ...]]


@dataclass(frozen=True)
class Place:
    """theta_0 (within is None), or the only stationary point within that box; then split."""

    within: fmpq | None = None
    center: tuple[fmpq, ...] = ()
    reach: fmpq = field(default_factory=lambda: fmpq(0))
    splits: tuple[Split, ...] = ()

    def exactly(self, network: Network) -> State:
        demand(self.within is None, "an exact place")
        at = Parameters(network.v, network.W, network.c)
        for neuron, shares in self.splits:
            at = at.split(neuron, shares)
        return State(network, at, True)

    def enclosed(self, network: Network, spread: fmpq | arb | int = 0) -> State:
        """At all points within the spread of the place (maximum norm, in terms of theta)."""
        at = theta_0(network)
        if self.within is not None:
            at = at.moved(lambda n, x: x + arb(self.center[n], self.reach))
        for neuron, shares in self.splits:
            at = at.split(neuron, shares)
        return State(network, at.moved(lambda _n, x: x + arb(0, spread)), False)


def theta_0(network: Network) -> Parameters:
    """The actual parameters of the problem, as balls."""
    unit = arb(1) if network.unit is None else arb(network.unit).log()
    return Parameters([arb(x) for x in network.v], [[unit * x for x in w] for w in network.W],
                      None if network.c is None else arb(network.c))


@dataclass(frozen=True)
class Fact:
    """None or False: not known."""

    place: Place = field(default_factory=Place)
    stationary: bool = False
    type: str | None = None
    inertia: Inertia | None = None
    ball: fmpq | None = None
    margin: fmpq | None = None
    gradient: tuple[fmpq, fmpq] | None = None
    global_minimum: bool = False
    rises: bool = False
    inner: tuple[int, Inertia] | None = None
    effective: int | None = None
    regions: tuple[tuple[str, str | None], ...] | None = None
    path: dict[str, Any] | None = None
    curves: dict[str, Any] = field(default_factory=dict)
    rests: frozenset[str] = frozenset()

    def kind(self) -> str:
        return "plateau" if self.regions is not None else "path" if self.path is not None else "point"

    def resting(self, *claims: str) -> "Fact":
        return replace(self, rests=self.rests | set(claims))

    def with_inertia(self, found: Inertia) -> "Fact":
        """T(a, b, c)."""
        a, b, c = found
        name = self.type
        if a > 0 and c > 0:
            name = "saddle"
        elif b == 0:
            name = "strict local minimum" if a > 0 else "strict local maximum"
        return replace(self, inertia=found, rises=self.rises or a > 0, type=name)

    def about_neuron(self, neuron: int) -> None:
        """Demand that what is known of a neuron is known of this one."""
        demand(self.inner is None or self.inner[0] == neuron, "the neuron of the inner Hessian")
        demand(self.effective is None or self.effective == neuron, "the effective neuron")

    def inner_inertia(self) -> Inertia:
        return (0, 0, 0) if self.inner is None else self.inner[1]

    def says(self) -> dict[str, Any]:
        """What a statement says of it."""
        place = self.place
        found: dict[str, Any] = {
            "location": {"exact": True} if place.within is None else {"within": plain(place.within)},
            "splits": [{"neuron": i, "coefficients": [plain(x) for x in shares]}
                       for i, shares in place.splits],
            "type": self.type or "stationary"}
        if self.global_minimum:
            found["global minimum"] = True
        if self.effective is not None:
            found["effective neuron"] = self.effective
        if self.inner is not None:
            found["inner Hessian"] = {"neuron": self.inner[0], "inertia": list(self.inner[1])}
        if self.inertia is not None:
            found["inertia"] = list(self.inertia)
        for name, bound in (("ball", self.ball), ("margin", self.margin)):
            if bound is not None:
                found[name] = plain(bound)
        if self.gradient is not None:
            found["gradient"] = [plain(x) for x in self.gradient]
        if self.regions is not None:
            found["regions"] = [{"signs": signs, "type": kind} for signs, kind in self.regions]
        if self.path is not None:
            found["path"] = self.path
        return found | self.curves
