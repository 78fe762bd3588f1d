"""`verify`: certificates are re-checked by the kernel, and by nothing else."""

from pathlib import Path
from typing import Any

import click

from ..errors import InputError, one_line
from ..report.statements import summary
from .statuses import OK, REFUSED, REJECTED, worst
from .terminal import complain, emit, emit_json, open_network

LONGEST_REASON = 500


@click.command(short_help="Re-check certificates.")
@click.argument("certificates", metavar="CERT...", nargs=-1, required=True)
@click.option("--about", metavar="NETWORK", help="Demand that the statements are about exactly this network.")
@click.option("--show", is_flag=True, help="Print in words what each certificate proves.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(certificates: tuple[str, ...], about: str | None, show: bool, as_json: bool) -> int:
    """Re-check certificates by the kernel, and say what they prove.

    The kernel alone: python -I -m symplateau.kernel CERT...
    """
    problem = None if about is None else open_network(about).problem()
    results = [_verify(path, problem, about) for path in certificates]
    for result in results:
        if result["error"] is not None:
            complain(f"{one_line(result['file'], 200)}: {result['verdict']}: {result['error']}")
        elif not as_json:
            emit(_accepted(result["file"], result["statement"], show))
    if as_json:
        emit_json(
            {"certificates": [{k: x for k, x in result.items() if k != "status"} for result in results]}
        )
    return worst(result["status"] for result in results)


def _verify(path: str, problem: dict[str, Any] | None, about: str | None) -> dict[str, Any]:
    """What became of one certificate: file, verdict, statement, error, status."""
    from ..kernel.certificate import check
    from ..kernel.format import CheckError, Malformed, load

    result: dict[str, Any] = {
        "file": path,
        "verdict": "accepted",
        "statement": None,
        "error": None,
        "status": OK,
    }
    try:
        statement = check(load(_read(path)))
    except InputError as error:
        return result | {"verdict": "refused", "error": _line(error), "status": REFUSED}
    except Malformed as error:
        return result | {"verdict": "malformed", "error": _line(error), "status": REFUSED}
    except CheckError as error:
        return result | {"verdict": "rejected", "error": _line(error), "status": REJECTED}
    if about is not None and statement.get("about") != problem:
        other = _other(statement.get("about"), problem)
        error_text = f"expected a statement about {one_line(about, 200)}, found {other}"
        return result | {"verdict": "rejected", "error": error_text, "status": REJECTED}
    return result | {"statement": statement}


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


def _accepted(path: str, statement: dict[str, Any], show: bool) -> str:
    """What was proved, in a few words or in full."""
    head = f"{one_line(path, 200)}: accepted: {summary(statement)}"
    if not show:
        return head
    from ..kernel.certificate import words

    return "\n".join([head, "", *("  " + line for line in words(statement).splitlines()), ""])
