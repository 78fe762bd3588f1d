"""Every mutant that mutmut makes of the kernel: a test must notice.

python -m tests.campaigns mutations [FILE ...] [--sample N] [--seed S] [--json] [--record FILE]

The operators are those of mutmut; the tests run in a process that forks for each mutant. Mutants of the text
of a rejection are counted, not tried. Exit status 1 if no test notices one that is not listed as equivalent.
"""

from collections.abc import Sequence

from .edits import KERNEL
from .trials import finish, parser, trial


def main(arguments: Sequence[str] | None = None) -> int:
    from .variants import variants  # mutmut is needed here only

    given = parser("mutations", (__doc__ or "").splitlines()[0]).parse_args(arguments)
    edits = [x for file in given.files or KERNEL for x in variants(file)]
    return finish(trial("mutations", edits, given), given)
