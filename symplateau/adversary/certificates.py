"""The certificates of steps of arguments, each step a conclusion."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..argument import Argument, checked
from ..kernel.format import encode


def certificates(proof: Iterable[tuple[Argument, int]]) -> tuple[dict[str, Any], ...]:
    """One for each argument, re-checked by the kernel from their bytes."""
    arguments: dict[int, tuple[Argument, list[int]]] = {}
    for argument, step in proof:
        steps = arguments.setdefault(id(argument), (argument, []))[1]
        if step not in steps:
            steps.append(step)
    return tuple(certificate(*entry) for entry in arguments.values())


def certificate(argument: Argument, steps: list[int]) -> dict[str, Any]:
    """The certificate of these steps, each of them a conclusion."""
    says: dict[bytes, int] = {}
    for step in steps:  # two steps may say the same
        fact = argument.facts[step]
        says.setdefault(encode({"kind": fact.kind, "says": fact.says()}), step)
    used = _ancestors(argument, says.values())
    numbers = [argument.step(**_given(argument.steps[x])) if x in used else x for x in says.values()]
    found = argument.certificate(*numbers)
    checked(found)
    return found


def _ancestors(argument: Argument, steps: Iterable[int]) -> set[int]:
    """The steps that these lean on."""
    found: set[int] = set()
    for step in steps:
        source = argument.steps[step].get("from")
        while source is not None:
            found.add(source)
            source = argument.steps[source].get("from")
    return found


def _given(step: Mapping[str, Any]) -> dict[str, Any]:
    return {"source" if name == "from" else name: value for name, value in step.items()}
