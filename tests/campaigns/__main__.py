"""python -m tests.campaigns refute [CLAIM ...]: write what was searched, and the hypotheses' certificates.

python -m tests.campaigns mutants [CLAIM ...]: false neighbours of the assertions, and which are refuted.
python -m tests.campaigns algebra [CLAIM ...]: false neighbours of every algebraic statement.
python -m tests.campaigns corpus [FAMILY ...] [--json]: points with a type known by hand; 1 if any is wrong.
python -m tests.campaigns checkers [--cases N]: both checkers on good and forged certificates.
python -m tests.campaigns arithmetic [--cases N] [--seed S]: the arithmetic of both against exact values.
python -m tests.campaigns guards [FILE ...]: each guard of the kernel removed; 1 if no test notices.
python -m tests.campaigns mutations [FILE ...]: each mutant of the kernel, likewise.
"""

import sys

from . import algebra, arithmetic, checkers, corpus, guards, mutants, mutations, refute

CAMPAIGNS = {"refute": refute.run, "mutants": mutants.run, "algebra": algebra.main, "corpus": corpus.run,
             "checkers": checkers.main, "arithmetic": arithmetic.main, "guards": guards.main,
             "mutations": mutations.main}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CAMPAIGNS:
        sys.exit(CAMPAIGNS[sys.argv[1]](sys.argv[2:]))
    sys.exit("one of " + ", ".join(CAMPAIGNS))
