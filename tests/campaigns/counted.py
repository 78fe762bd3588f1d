"""python -m tests.campaigns.counted FILE [campaign] ARGS: a command that notes in a file what it computes.

Each computation of a piece appends one line, when it begins; what is only taken from a store appends none.
So an observer counts without the program's own word. Checkpoints are made more often than usual.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

EVERY = 0.2  # seconds between checkpoints


def noted(file: str, kind: str, name: Callable[..., str], real: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which first appends a line."""

    def noting(*given: Any, **more: Any) -> Any:
        number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(number, f"{kind} {name(*given)}\n".encode())
        os.close(number)
        return real(*given, **more)

    return noting


def install(file: str) -> None:
    """Note proofs, scripts of steps, pieces of training, reports, networks searched, pieces of campaigns."""
    from symplateau import ledger, steps
    from symplateau.adversary import checkpoints, search
    from symplateau.commands import experiments
    from symplateau.relu import runs
    from tests.campaigns import arithmetic, corpus, refute

    places: list[tuple[Any, str, str, Callable[..., str]]] = [
        (ledger, "produce", "proof", lambda claim: claim.id),
        (steps.Steps, "produce", "steps", lambda found: found.claim),
        (runs, "_next", "piece", lambda task, chosen, last: f"{chosen.experiment} {last[0]}"),
        (experiments, "_made", "report", lambda found, *rest: found.name),
        (search, "_try", "network", lambda *given: given[0].__class__.__name__),
        (refute, "searched", "record", lambda name, *rest: name),
        (corpus, "examine", "family", lambda family, seconds: family.name),
        (arithmetic, "chunk", "chunk", lambda seed, numbers: str(numbers.start)),
    ]
    for place, attribute, kind, name in places:
        setattr(place, attribute, noted(file, kind, name, getattr(place, attribute)))
    checkpoints.SECONDS = runs.SECONDS = EVERY


def main(arguments: list[str]) -> int:
    install(arguments[0])
    if arguments[1] == "campaign":
        from importlib import import_module

        return int(import_module(f"tests.campaigns.{arguments[2]}").main(arguments[3:]))
    from symplateau.cli import main as program

    program.main(arguments[1:])  # raises SystemExit
    return 70


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
