"""Steps of the extension of Lemma 1 to other widths, depths and losses.

Source: paper A, section 4, below Lemma 1. What shows them are the claims named.
"""

from collections.abc import Callable
from typing import Any

PROOFS: dict[str, Callable[[], dict[str, Any]]] = {}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
