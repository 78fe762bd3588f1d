"""The second checker in a process of its own: FLINT ends the process where memory runs out."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any

from .certificate import check
from .rejection import Malformed, Rejected

if sys.platform != "win32":
    import resource

MEMORY = 2**31  # bytes
SECONDS = 900  # of processor time, for a certificate


def limited() -> None:
    """A worker that ends with its parent, and leaves interrupts to it. What exceeds its memory ends it, not
    the program."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow, daemon=True).start()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def limited_verdict(data: bytes) -> dict[str, Any]:
    """The verdict in a worker, whose time is limited from now on."""
    if sys.platform != "win32":
        spent = resource.getrusage(resource.RUSAGE_SELF)
        until = int(spent.ru_utime + spent.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return verdict(data)


def verdict(data: bytes) -> dict[str, Any]:
    """{"verdict": accepted, rejected or malformed, "statement", "error"}."""
    try:
        return {"verdict": "accepted", "statement": check(data), "error": None}
    except Malformed as error:
        return {"verdict": "malformed", "statement": None, "error": str(error)}
    except Rejected as error:
        return {"verdict": "rejected", "statement": None, "error": str(error)}
    except MemoryError:
        return {"verdict": "rejected", "statement": None, "error": "out of memory"}


class Worker:
    """A process that checks one certificate after another, replaced when it dies."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None

    def verdict(self, data: bytes) -> dict[str, Any]:
        """As above; {"verdict": "died"} where the process ended."""
        if self.pool is None:
            self.pool = ProcessPoolExecutor(1, get_context("spawn"), limited)
        try:
            return self.pool.submit(limited_verdict, data).result()
        except BrokenProcessPool:
            self.close()
            error = "its process ended: out of memory or time"
            return {"verdict": "died", "statement": None, "error": error}

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown()
            self.pool = None


@contextmanager
def worker() -> Iterator[Worker]:
    found = Worker()
    try:
        yield found
    finally:
        found.close()
