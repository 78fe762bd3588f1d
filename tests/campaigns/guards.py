"""Every guard of the kernel removed in turn: a test must notice.

python -m tests.campaigns guards [FILE ...] [--sample N] [--seed S] [--json] [--record FILE]

Removed is each call of `require`, each single condition of one, each call that stands alone as a statement,
and each reading of a value that refuses some. Exit status 1 if no test notices one of them.
"""

from collections.abc import Sequence

from .edits import KERNEL
from .removals import removals
from .trials import finish, parser, trial


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser("guards", (__doc__ or "").splitlines()[0]).parse_args(arguments)
    edits = [x for file in given.files or KERNEL for x in removals(file)]
    return finish(trial("guards", edits, given), given)
