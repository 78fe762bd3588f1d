"""The exit statuses."""

from collections.abc import Iterable

OK, REJECTED, WRONG_USAGE, UNDECIDED, REFUSED, NOTHING, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 5, 70, 130
ORDER = (INTERRUPTED, INTERNAL, REFUSED, WRONG_USAGE, REJECTED, UNDECIDED, NOTHING, OK)


def worst(statuses: Iterable[int]) -> int:
    """The exit status of several things: the first in ORDER; of none, that nothing was done."""
    return min(statuses, key=ORDER.index, default=NOTHING)
