"""Steps of section 4 from the types of stationary points to the three classes of plateaus.

Source: paper A, section 4, before and after Lemma 1. What shows them are the claims named.
"""

from collections.abc import Callable
from typing import Any

PROOFS: dict[str, Callable[[], dict[str, Any]]] = {}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
