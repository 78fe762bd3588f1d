"""What the kernel says of a forgery, and whether it may: rejected where it was spoiled, or something else.

A rejection has to name the step that was spoiled and its rule, or a later step that uses it, or the end;
where the problem was spoiled, the problem or any step, as all use it. The same statement may come out where
nothing but a hint was changed. Whatever is accepted, the second checker has to accept, as the same statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError, Malformed, encode, load
from symplateau.second.agreement import disagreement
from symplateau.second.worker import verdict as second_verdict

from ..kernel.pool import Certificate, Place, Statement
from .spoilings import Recipe, kind_of, subject

# By rule, the fields that no statement contains: hints. What proves an algebraic statement is in none either.
HINTS: dict[str, set[str]] = {
    "nondegenerate point": {"prec", "basis", "center"}, "nonzero gradient": {"prec"},
    "inertia": {"prec", "basis", "null"}, "effective neuron": {"prec", "order", "direction"},
    "local maximum": {"prec", "around", "ratio", "shares"}, "stationary point": {"shares"},
    "local minimum": {"prec", "around", "ratio", "shares"}, "split minimum": {"prec", "basis"},
    "curve": {"prec"}, "split path": {"prec"}, "combination": {"multipliers"},
    "bound": {"multipliers", "terms"}}
# Hints where no conclusion contains them: of an enclosed point, of a split; an intermediate relation.
INNER = {"nondegenerate point": {"within", "signs"}, "split minimum": {"radius"}, "local minimum": {"radius"},
         "combination": {"states"}, "bound": {"states", "rule"}}
# What a path starts from, which must be stationary; that and an index of a conclusion are all that it uses.
SOURCES = {"split path", "split", "zero residual", "curve", "plateau map", "effective neuron"}
FROM_ANYWHERE = {"stationary point", "zero residual"}  # they look at the place alone
# Other arrangements of the same steps, by the kind of problem: independent steps may stand in any order; the
# steps about a ReLU-like network add up; relations of algebra may remain unused.
ARRANGED = {"network": ("steps exchanged, renumbered", "steps reversed, renumbered"),
            "relu network": ("step", "steps"), "algebra": ("step", "steps")}
ALLOWED = ("rejected", "malformed", "another statement", "harmless")
FAILED, MARGINAL = "failure", "marginal"
UNREADABLE = {"KeyError", "TypeError", "AttributeError", "ValueError", "IndexError"}


@dataclass(frozen=True)
class Verdict:
    """outcome: one of ALLOWED, or FAILED. detail: where it was rejected, or what is wrong."""

    subject: str
    how: str
    outcome: str
    detail: str
    statement: Statement | None = None
    error: str = ""


def judge(original: Certificate, statement: Statement, recipe: Recipe) -> Verdict:
    """Spoil a certificate, whose statement is given, and judge what the kernel makes of it."""
    forgery = recipe.make(original)

    def verdict(outcome: str, detail: str, found: Statement | None = None, error: str = "") -> Verdict:
        return Verdict(subject(original, recipe.place), recipe.how, outcome, detail, found, error)

    try:
        found = check(load(encode(forgery)))
    except Malformed as error:
        return verdict("malformed", "") if is_malformed(recipe) else verdict(FAILED, "malformed", None,
                                                                             str(error))
    except CheckError as error:
        wrong = misplaced(original, forgery, recipe, error)
        return verdict(FAILED if wrong else "rejected", wrong or where(forgery, recipe.place, error), None,
                       str(error))
    except Exception as error:
        return verdict(FAILED, "a foreign error", None, repr(error))
    if recipe.place == ("file",):
        return verdict(FAILED, "a spoiled file is accepted", found)
    if found != statement:
        wrong = unconfirmed(forgery, found)
        return verdict("another statement" if wrong in ("", MARGINAL) else FAILED, wrong, found)
    if not is_harmless(original, forgery, recipe):
        return verdict(FAILED, "the same statement", found)
    wrong = unconfirmed(forgery, found)
    return verdict("harmless" if wrong in ("", MARGINAL) else FAILED, wrong, found)


def is_malformed(recipe: Recipe) -> bool:
    """Whether there must be no certificate at all: the file itself is spoiled, or a number is no integer."""
    return recipe.place == ("file",) or recipe.how == "not canonical"


def misplaced(original: Certificate, forgery: Certificate, recipe: Recipe, error: CheckError) -> str:
    """What is wrong with where a certificate was rejected, or with why; "" if nothing."""
    number, steps, place = error.step, forgery.get("steps"), recipe.place
    if error.expected == "a well-formed step" and error.got.split("(")[0] not in UNREADABLE:
        return "a foreign error inside a rule"
    if type(number) is not int or type(steps) is not list:
        return "" if (number, error.rule) == (-1, "problem") else "no such step"
    if number == -1:
        fits = error.rule == "problem" and (place[0] == "problem" or len(place) == 1 or place[1] == 0)
        return "" if fits else "the problem, which was not spoiled"
    if number == len(steps):
        return "" if error.rule == "conclusion" else "no such rule"
    if rule_of(steps[number]) != error.rule:
        return "another rule than that of the step"
    if place[0] == "problem" or len(place) == 1:
        return ""
    first = int(place[1])
    alone = not recipe.how.startswith("step") and (len(place) > 2 or recipe.how != "missing")
    reached = affected(kind_of(original), steps, first, alone)
    return "" if number in reached else "a step that does not use what was spoiled"


def rule_of(step: Any) -> Any:
    return step["rule"] if type(step) is dict and "rule" in step else "no rule"


def affected(kind: str, steps: list[Any], first: int, alone: bool) -> set[int]:
    """The step, and those that use it. alone: whether only it has changed; else all later ones have."""
    if not alone or kind == "relu network":
        return set(range(first, len(steps)))
    found = {first}
    for number in range(first + 1, len(steps)):
        if used(steps[number]) & found:
            found.add(number)
    return found


def used(step: Any) -> set[Any]:
    """The numbers of the steps that one refers to."""
    if type(step) is not dict:
        return set()
    names = [*step["multipliers"]] if type(step.get("multipliers")) is dict else []
    for term in step["terms"] if type(step.get("terms")) is list else []:
        names += term.get("factors", []) if type(term) is dict else []
    cited = {int(x[1:]) for x in names if type(x) is str and x[:1] == "#" and x[1:].isdigit()}
    return cited | ({step["from"]} if type(step.get("from")) is int else set())


def where(forgery: Certificate, place: Place, error: CheckError) -> str:
    """In which part it was rejected, of those that it may be in."""
    if error.step == -1:
        return "at the problem"
    if error.step == len(forgery["steps"]):
        return "at the end"
    if place[0] == "problem":
        return "at a step"
    return "there" if len(place) > 1 and error.step == place[1] else "at a step that uses it"


def is_harmless(original: Certificate, forgery: Certificate, recipe: Recipe) -> bool:
    """Whether the same statement may come out: a hint was changed, or steps stand in another order."""
    place, steps = recipe.place, original["steps"]
    if place[0] != "steps":
        return False
    if recipe.how.startswith("step"):
        return recipe.how.startswith(ARRANGED[kind_of(original)]) or alike(original, forgery["steps"])
    if len(place) < 3:
        return unused(kind_of(original), forgery["steps"][place[1]], steps[place[1]])
    rule, field = steps[place[1]]["rule"], place[2]
    if field == "rule":  # what vanishes exactly is stationary, and a later step says the rest
        other = rule_of(forgery["steps"][place[1]])
        return type(other) is str and {rule, other} == FROM_ANYWHERE
    inner = not concluded(original, int(place[1])) and field in INNER.get(rule, set())
    return inner or field in HINTS.get(rule, set()) or (field == "from" and rule in SOURCES)


def alike(original: Certificate, steps: Any) -> bool:
    """Whether steps are those of a certificate but for hints: another proof of the same."""
    same = type(steps) is list and len(steps) == len(original["steps"])
    return same and all(unused(kind_of(original), new, old)
                        for new, old in zip(steps, original["steps"], strict=True))


def unused(kind: str, new: Any, old: Mapping[str, Any]) -> bool:
    """Whether a whole step differs in hints only."""
    if type(new) is not dict or new.get("rule") != old["rule"]:
        return False
    hints = HINTS.get(old["rule"], set()) | ({"states"} if kind == "algebra" else set())
    if "from" not in old and old["rule"] in FROM_ANYWHERE:
        hints = hints | {"from"}
    return all(new.get(x) == old.get(x) for x in {*new, *old} - hints)


def concluded(original: Certificate, number: int) -> bool:
    """Whether what a step establishes stands in the statement as it is."""
    if kind_of(original) == "algebra":
        return original["steps"][number]["states"] in original["problem"]["conclusions"]
    if kind_of(original) == "relu network":
        return True
    return not any(step.get("from") == number for step in original["steps"])


def unconfirmed(forgery: Certificate, found: Statement) -> str:
    """What the second checker has against a statement; "" if nothing. MARGINAL: a step that encloses."""
    second = second_verdict(encode(forgery))
    if second["statement"] is None:
        return MARGINAL if margin(forgery, second["error"]) else f"second checker: {second['error']}"
    return disagreement(found, second["statement"]) or ""


def margin(forgery: Certificate, error: str) -> bool:
    """Whether it rejects a step that encloses, which each checker may do in its own way."""
    words = error.split()
    number = int(words[1]) if words[:1] == ["step"] and words[1].isdigit() else -1
    steps = forgery["steps"]
    return 0 <= number < len(steps) and "prec" in steps[number]
