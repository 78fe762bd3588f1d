"""check(certificate) -> statement: the rule table, and the loop that applies it."""

from collections.abc import Mapping, Sequence
from typing import Any

from .algebra import check_algebra
from .fact import Fact
from .format import MAX_PREC, STATEMENT_FORMAT, CheckError, Rejected, integer, require
from .network import read_problem
from .plateau import line_path, plateau_map, split, split_minimum, split_path
from .stationarity import (
    inertia, local_maximum, nondegenerate_point, nonzero_gradient, stationary_point, zero_residual)

# A step names its rule by the words of the function, and gives its keyword arguments: no others, none missing.
RULES: Mapping[str, Any] = {rule.__name__.replace("_", " "): rule for rule in (
    stationary_point, nondegenerate_point, nonzero_gradient, zero_residual, local_maximum, inertia,
    split, split_minimum, plateau_map, line_path, split_path)}


def check(certificate: Mapping[str, Any]) -> dict[str, Any]:
    """Check a loaded certificate (format.load) and return its statement. Raises CheckError with step and rule."""
    place: list[Any] = [-1, "problem"]
    try:
        problem, steps = certificate["problem"], certificate["steps"]
        require(type(steps) is list and len(steps) > 0, "a list of steps, not empty")
        require(type(problem) is dict and problem.get("kind") in ("network", "algebra"), "a network or algebra")
        run = check_algebra if problem["kind"] == "algebra" else check_network
        return run(problem, steps, place) | {"format": STATEMENT_FORMAT}
    except Rejected as error:
        raise CheckError(*place, *error.args) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as error:
        raise CheckError(*place, "a well-formed step", f"{type(error).__name__}: {error}"[:200]) from None


def check_network(source: dict[str, Any], steps: Sequence[Any], place: list[Any]) -> dict[str, Any]:
    """Apply the steps. What no later step uses is the conclusion; several of those are a witness: all of them hold."""
    problem, facts, used = read_problem(source), list[Fact](), set[int]()
    for number, step in enumerate(steps):
        place[:] = number, step.get("rule") if type(step) is dict else "?"
        require(type(step) is dict and type(step.get("rule")) is str and step["rule"] in RULES, "a known rule", place[1])
        given = {name: value for name, value in step.items() if name not in ("rule", "from")}
        require(None not in given.values() and "fact" not in given, "fields that are not null", given)
        if "prec" in given:
            integer(given["prec"], 16, MAX_PREC)
        if "from" in step:
            used.add(integer(step["from"], 0, number - 1))
        facts.append(RULES[step["rule"]](facts[step["from"]] if "from" in step else Fact(problem), **given))
    place[:] = len(steps), "conclusion"
    last = [{"kind": fact.kind, "says": fact.says()} for n, fact in enumerate(facts) if n not in used]
    require(all(last.count(x) == 1 for x in last), "distinct conclusions")
    rests_on = {"rests_on": sorted(set().union(*(fact.rests_on for fact in facts))), "about": source}
    return rests_on | (last[0] if len(last) == 1 else {"kind": "witness", "says": {"all": last}})
