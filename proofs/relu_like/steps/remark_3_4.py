"""The printed sentences of Remark 3.4: all of them rest on statements of claims.

Source: paper B, Remark 3.4.
"""

from collections.abc import Callable
from typing import Any

PROOFS: dict[str, Callable[[], dict[str, Any]]] = {}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
