"""What a result was found with: beside certificates, never in them, as they are the same everywhere."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from . import __version__

PACKAGES = ("sympy", "mpmath", "numpy", "python-flint")


def versions() -> dict[str, str]:
    """By name: this program, Python, the machine, the libraries that propose, SymPy's ground types.

    Imports none of the libraries. One that is not installed is "none".
    """
    return {
        "symplateau": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{platform.system()} {platform.machine()}",
        **{name: _installed(name) for name in PACKAGES},
        "sympy ground types": _ground_types(),
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _ground_types() -> str:
    """As SymPy says, where it is at work; else as it was asked."""
    loaded = sys.modules.get("sympy.external.gmpy")
    return str(getattr(loaded, "GROUND_TYPES", "")) or ground_types_asked()


def ground_types_asked() -> str:
    """The ground types that SymPy was asked to choose, "auto" where it was not asked."""
    return os.environ.get("SYMPY_GROUND_TYPES") or "auto"
