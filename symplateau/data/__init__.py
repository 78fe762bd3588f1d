"""The shipped networks: JSON files. README.md says on which data, how, and what they are."""

from pathlib import Path

from ..errors import InputError

NAMES = ("wine_tanh_2", "wine_tanh_4", "relu_line", "relu_curve")


def path(name: str) -> Path:
    """Where the network file of this name lies, in a clone and in an installed package. Raises InputError."""
    if name not in NAMES:
        raise InputError(None, "name", "one of " + ", ".join(NAMES), name, status=2)
    return Path(__file__).with_name(f"{name}.json")
