"""A command line that ran in this process: the fixture `run` of conftest.py makes them."""

from collections.abc import Callable
from typing import NamedTuple


class Answer(NamedTuple):
    """The exit status, standard output and standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]
