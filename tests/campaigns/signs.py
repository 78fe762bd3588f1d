"""Every mutant that mutmut makes of the sign and inertia code beside the kernel: a test must notice.

python -m tests.campaigns signs [FILE ...] [--sample N] [--seed S] [--json] [--record FILE]

What this code finds is multiplied out again; a mistake here would cost verdicts and not make false ones. The
tests are those of the two modules alone. Mutants of what is said when nothing was found are counted, not
tried. Exit status 1 if no test notices one that is not listed as equivalent.
"""

from collections.abc import Sequence

from .trials import finish, parser, trial

FILES = ("spectrum.py", "relu/quadratic.py")
TESTS = ("tests/test_spectrum.py", "tests/relu/test_quadratic.py")


def main(arguments: Sequence[str] | None = None) -> int:
    from .variants import variants  # mutmut is needed here only

    given = parser("signs", (__doc__ or "").splitlines()[0], TESTS, TESTS).parse_args(arguments)
    edits = [x for file in given.files or FILES for x in variants(file)]
    return finish(trial("signs", edits, given), given)
