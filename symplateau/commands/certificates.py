"""`verify`: certificates are re-checked by the kernel; with --both also by the second checker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..errors import InputError, one_line
from ..report.statements import summary
from .comparison import beside
from .statuses import OK, REFUSED, REJECTED, worst
from .terminal import complain, emit, emit_json, open_network

LONGEST_REASON = 500


@click.command(short_help="Re-check certificates.")
@click.argument("certificates", metavar="CERT...", nargs=-1, required=True)
@click.option("--about", metavar="NETWORK", help="Demand that the statements are about exactly this network.")
@click.option("--both", is_flag=True, help="Also by the second checker, and demand that they agree.")
@click.option("--show", is_flag=True, help="Print in words what each certificate proves.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(
    certificates: tuple[str, ...], about: str | None, both: bool, show: bool, as_json: bool
) -> int:
    """Re-check certificates by the kernel, and say what they prove.

    The kernel alone: python -I -m symplateau.kernel CERT... With --both, a second checker that shares no code
    with it must come to the same statement; where they disagree, both sides are shown, and the status is 1.
    """
    problem = None if about is None else open_network(about).problem()
    with checkers(both) as ask:
        results = [_verify(path, ask) for path in certificates]
    if about is not None:
        results = [_demand_about(result, problem, about) for result in results]
    for result in results:
        if result["error"] is not None:
            complain(f"{one_line(result['file'], 200)}: {result['verdict']}: {result['error']}")
        elif not as_json:
            emit(_accepted(result["file"], result["statement"], show, result.get("second")))
    if as_json:
        emit_json(
            {"certificates": [{k: x for k, x in result.items() if k != "status"} for result in results]}
        )
    return worst(result["status"] for result in results)


def _verify(path: str, ask: Callable[[bytes], dict[str, Any]]) -> dict[str, Any]:
    """What became of one certificate: file, verdict, statement, error, status."""
    result = {"file": path, "verdict": "refused", "statement": None, "error": None, "status": REFUSED}
    try:
        return result | ask(_read(path))
    except InputError as error:
        return result | {"error": _line(error)}


def by_kernel(data: bytes) -> dict[str, Any]:
    """Its verdict, statement or error, and the exit status."""
    from ..kernel.certificate import check
    from ..kernel.format import CheckError, Malformed, load

    try:
        return {"verdict": "accepted", "statement": check(load(data)), "status": OK}
    except Malformed as error:
        return {"verdict": "malformed", "error": _line(error), "status": REFUSED}
    except CheckError as error:
        return {"verdict": "rejected", "error": _line(error), "status": REJECTED}


@contextmanager
def checkers(both: bool) -> Iterator[Callable[[bytes], dict[str, Any]]]:
    """The kernel, or what the kernel and the second checker say beside each other."""
    if not both:
        yield by_kernel
        return
    from ..second.worker import worker

    with worker() as second:
        yield lambda data: beside(by_kernel(data), second.verdict(data))


def _demand_about(result: dict[str, Any], problem: dict[str, Any] | None, about: str) -> dict[str, Any]:
    """Rejected, where a statement that was accepted is about something else."""
    statement = result["statement"]
    if result["verdict"] != "accepted" or statement.get("about") == problem:
        return result
    other = _other(statement.get("about"), problem)
    error_text = f"expected a statement about {one_line(about, 200)}, found {other}"
    return result | {"verdict": "rejected", "statement": None, "error": error_text, "status": REJECTED}


def _other(found: dict[str, Any] | None, asked: dict[str, Any] | None) -> str:
    """What a statement is about, if not what was asked for: perhaps the exact point near a float one."""
    from ..relu.files import apart
    from ..verdicts import decimal

    if found is None:
        return "one about no network"
    distance = None if asked is None else apart(found, asked)
    if distance is None:
        return "one about another network"
    return f"one about a point of it that is {decimal(distance, up=True, digits=3)} away (largest difference)"


def _read(path: str) -> bytes:
    from ..kernel.format import MAX_BYTES

    try:
        with Path(path).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(None, None, "a readable file", getattr(error, "strerror", None) or error) from None


def _line(error: Exception) -> str:
    return one_line(" ".join(str(error).split()), LONGEST_REASON)


def _accepted(path: str, statement: dict[str, Any], show: bool, second: dict[str, Any] | None) -> str:
    """What was proved, in a few words or in full."""
    by = "accepted" if second is None else "accepted by both"
    head = f"{one_line(path, 200)}: {by}: {summary(statement)}"
    if second is not None:
        head += "".join(f"; {x['name']} {x['kernel']}, by the second checker {x['second']}"
                        for x in second["bounds"] if x["relation"] != "implied")
    if not show:
        return head
    from ..kernel.certificate import words

    return "\n".join([head, "", *("  " + line for line in words(statement).splitlines()), ""])
