"""`check`: the steps of a certificate, one after the other, and the statement that comes out."""

from collections.abc import Callable
from typing import Any

from .algebra import algebraic
from .encoding import read
from .fact import Fact
from .network import Network
from .paths import bent_curve, split_path
from .points import (
    effective_neuron,
    inertia,
    local_maximum,
    local_minimum,
    nondegenerate_point,
    nonzero_gradient,
    stationary_point,
    zero_residual,
)
from .polynomial import WORK
from .reading import fields, integer, sequence
from .rejection import Rejected, demand
from .relu import relu_statement
from .splits import plateau_map, split, split_minimum
from .step import Step

STATEMENT = "symplateau statement 1"
MAX_STEPS = 256
# By rule: the fields that it must have, those that it may have, and what it does.
RULES: dict[str, tuple[str, str, Callable[[Step], Fact]]] = {
    "stationary point": ("", "from", stationary_point),
    "nondegenerate point": ("prec within basis signs", "from center", nondegenerate_point),
    "nonzero gradient": ("prec", "", nonzero_gradient),
    "zero residual": ("", "from", zero_residual),
    "local maximum": ("from prec around", "", local_maximum),
    "local minimum": ("from prec around", "", local_minimum),
    "effective neuron": ("from prec neuron order direction", "", effective_neuron),
    "inertia": ("from basis signs null", "prec neuron", inertia),
    "split": ("from neuron coefficients", "", split),
    "plateau map": ("from neuron daughters", "", plateau_map),
    "split minimum": ("from neuron coefficients prec radius basis", "", split_minimum),
    "split path": ("from prec order until neuron coefficients shifts direction", "", split_path),
    "curve": ("from prec order until displacement", "", bent_curve)}


def check(data: bytes) -> dict[str, Any]:
    """The statement that a certificate proves. Raises Malformed or Rejected."""
    problem, steps = read(data)
    WORK.reset()
    trail: list[tuple[int, str]] = [(-1, "problem")]
    try:
        demand(type(problem) is dict and type(problem.get("kind")) is str, "a problem with a kind")
        kind = problem["kind"]
        demand(kind in KINDS, "a known kind of problem")
        return {"format": STATEMENT, **KINDS[kind](problem, steps, trail)}
    except Rejected as error:
        error.step, error.rule = trail[-1]
        raise
    except (RecursionError, OverflowError, ZeroDivisionError) as error:
        found = Rejected(f"expected numbers that can be evaluated, found {type(error).__name__}")
        found.step, found.rule = trail[-1]
        raise found from None


def network_statement(problem: Any, steps: Any, trail: list[tuple[int, str]]) -> dict[str, Any]:
    network = Network(problem)
    facts: list[Fact] = []
    used: set[int] = set()
    for number, given in walk(steps, trail):
        demand(trail[-1][1] in RULES, "a known rule")
        required, optional, rule = RULES[trail[-1][1]]
        fields(given, "rule " + required, optional)
        source = Fact()
        if "from" in given:
            start = integer(given["from"], 0, number - 1)
            source = facts[start]
            used.add(start)
        facts.append(rule(Step(network, given, source)))
    trail.append((len(facts), "end"))
    return conclude(problem, [fact for number, fact in enumerate(facts) if number not in used], facts)


def walk(steps: Any, trail: list[tuple[int, str]]) -> Any:
    """Each step that is an object with a rule, by number; the trail says where we are."""
    trail.append((0, ""))
    demand(0 < len(sequence(steps)) <= MAX_STEPS, "some steps, not too many")
    for number, given in enumerate(steps):
        rule = given.get("rule") if type(given) is dict else None
        trail.append((number, rule if type(rule) is str else ""))
        demand(type(rule) is str, "an object with a rule")
        yield number, given


def conclude(problem: Any, ends: list[Fact], facts: list[Fact]) -> dict[str, Any]:
    """The conclusions: what no other step uses."""
    rests = sorted(set().union(*(fact.rests for fact in facts)))
    said = [{"kind": fact.kind(), "says": fact.says()} for fact in ends]
    demand(all(one not in said[:number] for number, one in enumerate(said)), "no conclusion twice")
    found = said[0] if len(said) == 1 else {"kind": "witness", "says": {"all": said}}
    return {**found, "about": problem, "rests_on": rests}


KINDS: dict[str, Callable[[Any, Any, list[tuple[int, str]]], dict[str, Any]]] = {
    "network": network_statement, "algebra": algebraic, "relu network": relu_statement}
