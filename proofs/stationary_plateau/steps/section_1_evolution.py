"""Steps of the abstract and of the plateau-type evolution law of the introduction.

Source: paper A, abstract, sections 1 and 2. What shows them are the claims named.
"""

from collections.abc import Callable
from typing import Any

PROOFS: dict[str, Callable[[], dict[str, Any]]] = {}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
