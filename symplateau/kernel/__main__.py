"""python -I -m symplateau.kernel [--show] FILE...: which of these certificates are accepted, and what
they prove.

One line for each file; with --show the statement follows in words. Exit status: 4 if a file cannot be
read or is no certificate, else 1 if one is rejected, else 0; 2 for a wrong command line.
"""

import signal
import sys

from .certificate import check, words
from .format import MAX_BYTES, CheckError, Malformed, load


def answer(name: str, show: bool) -> int:
    """Check one file and print the answer; returns the exit status."""
    try:
        with open(name, "rb") as stream:
            statement = check(load(stream.read(MAX_BYTES + 1)))
        status, text = 0, f"accepted: {statement['kind']}, resting on {statement['rests_on']}"
        text += "\n" + words(statement) if show else ""
    except (OSError, Malformed, CheckError) as error:
        status = 1 if isinstance(error, CheckError) else 4
        text = f"{'rejected' if status == 1 else 'unreadable'}: {ascii(str(error))[1:-1]}"
    print(f"{ascii(name)[1:-1]}: {text}")
    return status


def main(arguments: list[str]) -> int:
    """Check the files and print the answers; returns the exit status."""
    files = [name for name in arguments if name != "--show"]
    if not files or any(name.startswith("-") for name in files):
        sys.stderr.write(__doc__)
        return 2
    return max(answer(name, "--show" in arguments) for name in files)


if __name__ == "__main__":
    for number in (signal.SIGINT, getattr(signal, "SIGPIPE", signal.SIGINT)):  # end quietly
        signal.signal(number, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
