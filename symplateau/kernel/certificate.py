"""check(certificate) -> statement: the rule table, and the loop that applies it."""

from typing import Any

from . import fact, plateau, relu
from .algebra import check_algebra
from .format import MAX_PREC, STATEMENT_FORMAT, CheckError, Rejected, encode, integer, listed, require
from .network import Problem

# The work of a step is counted as bits of precision times (samples + parameters) parameters^2, about a
# nanosecond each; exact arithmetic counts as EXACT bits, and the step itself as STEP_WORK.
MAX_WORK, STEP_WORK, EXACT, MAX_READING = 2**38, 2**30, 2**10, 2**28

# A step names its rule by the words of the function, and gives its keyword arguments: all of them, no others.
RULES: dict[str, Any] = {rule.__name__.replace("_", " "): rule for rule in (
    fact.stationary_point, fact.nondegenerate_point, fact.nonzero_gradient,
    fact.zero_residual, fact.local_maximum, fact.inertia, fact.effective_neuron,
    plateau.split, plateau.split_minimum, plateau.plateau_map, plateau.line_path, plateau.split_path)}


def check(certificate: dict[str, Any]) -> dict[str, Any]:
    """Check a certificate that `load` has read, and return its statement. Raises CheckError."""
    place: list[Any] = [-1, "problem"]
    try:
        problem, steps = certificate["problem"], listed(certificate["steps"])
        require(steps != [] and problem["kind"] in CHECKS, "steps, and a problem of a known kind")
        return CHECKS[problem["kind"]](problem, steps, place) | {"format": STATEMENT_FORMAT}
    except Exception as error:  # whatever it is, nothing is proved
        found = error if isinstance(error, Rejected) else Rejected("a well-formed step", repr(error))
        raise CheckError(*place, *found.args) from None


def check_network(source: dict[str, Any], steps: list[Any], place: list[Any]) -> dict[str, Any]:
    """Apply the steps. What no later step uses is the conclusion; several are a witness: all of them hold."""
    problem, facts, used, work = Problem(source), list[fact.Fact](), set[int](), 0
    for number, step in enumerate(steps):
        place[:] = number, step["rule"]
        given = {name: value for name, value in step.items() if name not in ("rule", "from")}
        require(step["rule"] in RULES and None not in given.values(), "a known rule, no null", step["rule"])
        prec = integer(given.get("prec", EXACT), 16, MAX_PREC)
        found = facts[integer(step["from"], 0, number - 1)] if "from" in step else fact.Fact(problem)
        used |= {step["from"]} if "from" in step else set()
        work += STEP_WORK + prec * (len(problem.y) + found.size()) * found.size() ** 2
        require(work <= MAX_WORK, "less work", work)
        facts.append(RULES[step["rule"]](found, **given))
    place[:] = len(steps), "conclusion"
    last = [{"kind": found.kind, "says": found.says()} for n, found in enumerate(facts) if n not in used]
    require(len(set(map(encode, last))) == len(last), "distinct conclusions")
    rests_on = {"rests_on": sorted(set().union(*(found.rests_on for found in facts))), "about": source}
    return rests_on | (last[0] if len(last) == 1 else {"kind": "witness", "says": {"all": last}})


def check_relu(source: dict[str, Any], steps: list[Any], place: list[Any]) -> dict[str, Any]:
    """Apply the steps, which are all about one point and add up.

    The work of a step is that of reading the problem once per neuron, and the step once per input.
    """
    reading = len(encode(source)) * (1 + len(source["W"])) * (1 + len(steps))
    reading += len(encode(steps)) * len(source["X"][0])
    require(reading <= MAX_READING, "less work", reading)
    point = relu.Point(source)
    for number, step in enumerate(steps):
        place[:] = number, step["rule"]
        given = {name: value for name, value in step.items() if name != "rule"}
        known = step["rule"] in relu.RULES and None not in given.values()
        require(known, "a known rule, no null", step["rule"])
        relu.RULES[step["rule"]](point, **given)
    place[:] = len(steps), "conclusion"
    return {"kind": "point", "about": source, "says": point.says(), "rests_on": sorted(point.rests_on)}


CHECKS = {"algebra": check_algebra, "network": check_network, "relu network": check_relu}
