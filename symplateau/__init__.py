"""Decides, with proof, what the stationary points of small neural networks are.

The public words, each loaded when it is first used. This file runs before the kernel and is trusted with it:
it only names where the words are.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import data as data
    from .classification import classify as classify
    from .errors import InputError as InputError
    from .errors import ProofError as ProofError
    from .errors import Undecided as Undecided
    from .files import read_network as read_network
    from .files import write_network as write_network
    from .network import Network as Network
    from .plateaus import plateau as plateau
    from .splitting import split as split
    from .verdicts import Report as Report

__version__ = "0.1.0"

MODULES = {
    "InputError": "errors",
    "Network": "network",
    "ProofError": "errors",
    "Report": "verdicts",
    "Undecided": "errors",
    "classify": "classification",
    "data": "data",
    "plateau": "plateaus",
    "read_network": "files",
    "split": "splitting",
    "write_network": "files",
}


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{MODULES[name]}")
    return module if MODULES[name] == name else getattr(module, name)


def __dir__() -> list[str]:
    return [*MODULES, "__version__"]
