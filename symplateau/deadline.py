"""A limit on the time of a search: when it is over, the answer is `undecided`."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from .errors import InputError, Undecided

LONGEST = 10.0**7  # seconds; the system's timers take no more
AGAIN = 0.5  # seconds; a search may take the first alarm for a case that it cannot decide, and try another


def read_seconds(seconds: float) -> float:
    """The point on the monotonic clock so many seconds from now. Raises InputError unless seconds > 0."""
    if not 0 < seconds <= LONGEST:
        raise InputError(None, "seconds", f"a number > 0 and at most {LONGEST:.0f}", seconds, status=2)
    return monotonic() + seconds


def require_time(deadline: float) -> None:
    """Raise Undecided when the deadline has passed."""
    if monotonic() > deadline:
        raise _over()


def _over() -> Undecided:
    return Undecided(
        "time: the time allowed for the search is used up",
        "allow more with --seconds, or ask about a smaller network",
    )


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


@contextmanager
def until(deadline: float) -> Iterator[None]:
    """Raise Undecided in the body when the deadline passes, wherever it is then.

    That takes a timer of the system, which only the main thread has and only one can use. Without it the body
    stops where it asks by `require_time`.
    """
    require_time(deadline)
    alone = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    if not alone or signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if not _importing(frame):  # a module that is imported by half stays broken; the alarm comes again
            raise _over()

    signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(deadline - monotonic(), 1e-6), AGAIN)
        yield
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
