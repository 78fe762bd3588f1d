"""The ledger of the shipped claims, made once in a process: it re-checks every certificate."""

from functools import cache
from typing import Any

from symplateau.ledger import ledger


@cache
def content() -> dict[str, Any]:
    return ledger()
