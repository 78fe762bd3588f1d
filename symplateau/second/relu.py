"""What the steps about a ReLU-like network establish."""

from collections.abc import Callable
from typing import Any

from .reading import fields, integer, positive, rationals, sequence
from .rejection import Rejected, demand
from .relu_network import ReluNetwork, dot
from .relu_path import loss_on

LEMMA = "B/lemma-3.2"


class Findings:
    """What the steps have established."""

    def __init__(self, network: ReluNetwork) -> None:
        self.network = network
        self.properties: set[str] = set()
        self.says: dict[str, Any] = {}
        self.rests: set[str] = set()

    def adds(self, properties: str, *claims: str) -> None:
        self.properties |= set(properties.split())
        self.rests |= set(claims)

    def type(self) -> str:
        for name, needed in TYPES:
            if set(needed.split()) <= self.properties:
                return name
        raise Rejected("expected a type that is known")


TYPES = (("locally constant", "minimum maximum"), ("local minimum", "minimum"), ("local maximum", "maximum"),
         ("saddle", "stationary falls rises"), ("not stationary", "steep"), ("stationary", "stationary"))


def stationary_point(found: Findings, given: dict[str, Any]) -> None:
    network = found.network
    demand(network.flat(), "output derivatives that are 0")
    for i, shares in enumerate(sequence(given["shares"], len(network.W))):
        network.dual(i, network.G(i), shares)
    found.adds("stationary", LEMMA)


def local_minimum(found: Findings, given: dict[str, Any]) -> None:
    network, ratio, radius = found.network, positive(given["ratio"]), positive(given["radius"])
    demand(network.flat(), "output derivatives that are 0")
    for i, shares in enumerate(sequence(given["shares"], len(network.W))):
        entries = iter(sequence(shares, 2 * network.J))
        for j in range(network.J):
            for sign in (1, -1):
                weights = [ratio * G + sign * g for G, g in zip(network.G(i), network.g(j), strict=True)]
                network.dual(i, weights, next(entries))
    for z in network.z:
        demand(all(s == 0 or radius**2 * dot(x, x) <= s**2 for s, x in zip(z, network.X, strict=True)),
               "a radius that reaches no kink")
    demand(radius**2 * ratio**2 * network.J <= 1, "a radius small enough for the ratio")
    found.adds("stationary minimum", LEMMA, "B/theorem-4.2")
    found.says |= {"ball": given["radius"], "escape neurons": []}


def local_maximum(found: Findings, given: dict[str, Any]) -> None:
    network, ratio = found.network, positive(given["ratio"])
    demand(network.c is None, "no output bias")
    demand(all(network.leg(s) in (None, 0) for z in network.z for s in z), "neurons that are 0, and flat")
    for i, shares in enumerate(sequence(given["shares"], len(network.W))):
        network.dual(i, [-G for G in network.G(i)], shares, ratio)
    found.adds("maximum", "S/relu-maximum")


def zero_residual(found: Findings, _given: dict[str, Any]) -> None:
    demand(all(x == 0 for e in found.network.e for x in e), "residuals that are 0")
    found.adds("stationary minimum")
    found.says["global minimum"] = True


def escape_neuron(found: Findings, given: dict[str, Any]) -> None:
    network = found.network
    demand("stationary" in found.properties, "a stationary point")
    i = integer(given["neuron"], 0, len(network.W) - 1)
    t = rationals(given["direction"], network.d)
    demand(network.at(i, network.G(i), t) == 0, "a tangential direction")
    demand(any(network.at(i, network.g(j), t) != 0 for j in range(network.J)), "a direction that escapes")
    found.says.setdefault("escape neurons", []).append({"neuron": i, "direction": given["direction"]})


def path(found: Findings, given: dict[str, Any]) -> None:
    order, rises = loss_on(found.network, given)
    sense = "rises" if rises else "falls"
    demand(sense not in found.properties, "no second path of this sense")
    steep = " steep" if sense == "falls" and order == 1 else ""
    found.adds(sense + steep, *([LEMMA] if order == 1 else []))
    found.says[sense] = {"order": order, **{name: x for name, x in given.items() if name != "rule"}}


RULES: dict[str, tuple[str, str, Callable[[Findings, dict[str, Any]], None]]] = {
    "stationary point": ("shares", "", stationary_point),
    "local minimum": ("ratio radius shares", "", local_minimum),
    "local maximum": ("ratio shares", "", local_maximum),
    "zero residual": ("", "", zero_residual),
    "escape neuron": ("neuron direction", "", escape_neuron),
    "path": ("until moves", "c", path)}


def relu_statement(problem: Any, steps: Any, trail: list[tuple[int, str]]) -> dict[str, Any]:
    found = Findings(ReluNetwork(problem))
    trail.append((0, ""))
    demand(len(sequence(steps)) > 0, "some steps")
    for number, given in enumerate(steps):
        rule = given.get("rule") if type(given) is dict else None
        trail.append((number, rule if type(rule) is str else ""))
        if type(rule) is not str or rule not in RULES:
            raise Rejected("expected a known rule")
        required, optional, establish = RULES[rule]
        fields(given, "rule " + required, optional)
        establish(found, given)
    trail.append((len(steps), "end"))
    says = {"location": {"exact": True}, "type": found.type(), **found.says}
    return {"kind": "point", "about": problem, "says": says, "rests_on": sorted(found.rests)}
