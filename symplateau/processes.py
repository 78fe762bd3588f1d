"""Tasks in processes of their own, one at a time in each.

What ends a process (a signal, the system out of memory, FLINT, which aborts) costs the task that it was at:
the others are done, by another process. That is why this is no ProcessPoolExecutor, which breaks as a whole.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from .errors import Undecided
from .workers import begin

MEMORY = "out of memory"


@dataclass(frozen=True)
class Ended:
    """In place of what a task returns: its process ended, and how."""

    how: str

    def undecided(self, next: str) -> Undecided:
        """The reason, numbered in `verdicts`. next: what to try."""
        return Undecided(f"process: the process that worked on it ended: {self.how}", next)


class _Worker:
    """A process that does one task after another."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=_work, args=(function, theirs))
        self.process.start()
        theirs.close()  # else the end of the process would not be seen
        self.name = ""

    def give(self, name: str, arguments: tuple[Any, ...]) -> None:
        self.name = name
        with suppress(OSError):  # its process has ended; that is seen next
            self.connection.send(arguments)

    def answer(self) -> Any:
        """What the task returned. Raises what it raised."""
        try:
            done, value = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return Ended(_how(self.process.exitcode or 0))
        if not done:
            raise value
        return value

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.connection.close()


def _work(function: Callable[..., Any], connection: Connection) -> None:
    begin()
    while True:
        try:
            arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, function(*arguments)
        except MemoryError:
            answer = True, Ended(MEMORY)
        except Exception as error:
            answer = False, error
        connection.send(answer)


def _how(code: int) -> str:
    if code >= 0:
        return f"status {code}"
    with suppress(ValueError):
        name = signal.Signals(-code).name
        return f"{name}, as when memory runs out" if name in ("SIGKILL", "SIGABRT") else name
    return f"signal {-code}"


def each(function: Callable[..., Any], tasks: Mapping[str, tuple[Any, ...]],
         jobs: int) -> Iterator[tuple[str, Any]]:
    """The names of the tasks, as they are done, with what function(*task) returned, or Ended.

    jobs: how many at a time. Raises what a task raises; the processes then end.
    """
    waiting = deque(tasks.items())
    busy, idle = list[_Worker](), list[_Worker]()
    try:
        while waiting or busy:
            while waiting and len(busy) < jobs:
                worker = idle.pop() if idle else _Worker(function)
                busy.append(worker)
                worker.give(*waiting.popleft())
            ready = wait([worker.connection for worker in busy])
            for worker in [x for x in busy if x.connection in ready]:
                busy.remove(worker)
                idle.append(worker)
                answer = worker.answer()
                if not worker.process.is_alive():
                    idle.remove(worker)
                    worker.end()
                yield worker.name, answer
    finally:
        for worker in (*busy, *idle):
            worker.end()
