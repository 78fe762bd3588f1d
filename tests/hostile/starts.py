"""The real command line, and the kernel on its own, in a process of their own with a limit of time."""

import os
import random
import subprocess
import sys
from pathlib import Path

import symplateau

from . import certificates, lines
from .networks import Wrong

TOP = Path(symplateau.__file__).parent.parent
SECONDS = 60  # of the clock; of the processor time that `watch` allows there is less
CALL = "from symplateau.cli import main; main()"


def case(draw: random.Random, folder: Path) -> str:
    if draw.random() < 0.2:
        file = folder / "certificate"
        file.write_bytes(certificates.content(draw))
        command = ["-I", "-c", f"import sys; sys.path.insert(0, {str(TOP)!r}); import runpy;"
                   " runpy.run_module('symplateau.kernel', run_name='__main__')"]
        given = draw.sample(["--show", str(file), draw.choice([x for x in lines.PATHS if x])], 2)
        status, out, err = started(command, given, folder)
        if status not in (0, 1, 2, 4) or "Traceback" in err or (err and status != 2):
            raise Wrong(f"status {status}: {err[-300:]!r}")
        return f"kernel, status {status}"
    given = [x.replace("\0", "0") for x in lines.arguments(draw, folder)]
    status, out, err = started(["-c", CALL], given, folder)
    return lines.check(given or [""], status, out, err, folder)


def started(command: list[str], given: list[str], folder: Path) -> tuple[int, str, str]:
    """Exit status and streams. A number below 0 is the signal that ended it."""
    environment = os.environ | {"PYTHONPATH": str(TOP), "XDG_CACHE_HOME": str(folder / "cache")}
    try:
        found = subprocess.run([sys.executable, *command, *given], capture_output=True, cwd=folder,
                               env=environment,
                               timeout=SECONDS, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:  # more than the system takes
        return 2, "", f"symplateau: {error.strerror}"
    except subprocess.TimeoutExpired:
        raise Wrong(f"not ended after {SECONDS} s") from None
    return found.returncode, *(x.decode("utf-8", "replace") for x in (found.stdout, found.stderr))
