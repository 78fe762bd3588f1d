"""Processes that work for another: they leave interrupts to it, and end when it ends."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import active_children, parent_process
from types import FrameType


def begin() -> None:
    """What a worker does first. One whose parent was killed would else wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all processes at once
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_follow, daemon=True).start()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)  # what is being written is then removed


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def ended_on_failure() -> Iterator[None]:
    """When the body fails or is interrupted, the processes that it started end at once."""
    before = set(active_children())
    try:
        yield
    except BaseException:
        for child in set(active_children()) - before:
            child.terminate()
        raise


def terminate_as_interrupt() -> None:
    """Let SIGTERM do what an interrupt does: files whole, what is finished kept, exit status 130."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, stop)
