"""The record of a campaign: its figures in a small JSON file, for the page that shows them."""

import argparse
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from symplateau.writing import write_bytes


def recorded(parser: argparse.ArgumentParser) -> None:
    """Add the option --record FILE."""
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the figures there, as JSON")


def record(name: str, figures: Mapping[str, Any], file: Path | None) -> None:
    """Write {"campaign": name, "date": of today, figures...}, keys sorted. Without a file, nothing.

    figures: what JSON can hold, with "seed" where there is one, and "seconds". Raises InputError (status 2).
    """
    if file is not None:
        content = {"campaign": name, "date": datetime.now(UTC).date().isoformat(), **figures}
        write_bytes(file, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode("ascii"))


def figures(content: Mapping[str, Any]) -> dict[str, Any]:
    """What of a campaign's answer are figures: all but the lists of cases."""
    return {key: value for key, value in content.items() if type(value) is not list}
