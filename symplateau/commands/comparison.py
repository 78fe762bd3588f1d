"""`verify --both`: what the second checker makes of certificates, beside the kernel."""

from typing import Any

from ..errors import one_line
from .statuses import REJECTED

LONGEST_SIDE = 400


def beside(kernel: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The result of the kernel, with that of the second checker as "second".

    A disagreement becomes the verdict, whatever the kernel said: one accepts what the other does not, or
    they accept different statements. bounds: the numbers that may differ, by CERTIFICATE.md 2.
    """
    from ..second.agreement import bounds, disagreement

    theirs, ours = kernel.get("statement"), second["statement"]
    reason, found = None, list[dict[str, Any]]()
    if kernel["verdict"] != second["verdict"]:
        reason = f"{kernel['verdict']} by the kernel, {second['verdict']} by the second checker"
    elif theirs is not None:
        reason = disagreement(theirs, ours)
        found = [] if reason else [{"name": x.name, "kernel": x.theirs, "second": x.ours,
                                    "relation": x.relation} for x in bounds(theirs, ours)]
    result = kernel | {"second": second | {"bounds": found}}
    if reason is None:
        return result
    error = f"{reason}; kernel: {side(kernel)}; second checker: {side(second)}"
    return result | {"verdict": "disagreement", "statement": None, "error": error, "status": REJECTED}


def side(result: dict[str, Any]) -> str:
    """Its reason, or what it says and rests on."""
    statement = result.get("statement")
    said = result["error"] if statement is None else {key: statement[key] for key in ("says", "rests_on")}
    return one_line(str(said), LONGEST_SIDE)
