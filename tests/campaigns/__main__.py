"""python -m tests.campaigns refute [CLAIM ...]: write what was searched, and the hypotheses' certificates.

python -m tests.campaigns mutants [CLAIM ...]: false neighbours of the assertions, and which are refuted.
python -m tests.campaigns algebra [CLAIM ...]: false neighbours of every algebraic statement.
python -m tests.campaigns corpus [FAMILY ...] [--json]: points with a type known by hand; 1 if any is wrong.
python -m tests.campaigns checkers [--cases N]: both checkers on good and forged certificates.
python -m tests.campaigns arithmetic [--cases N] [--seed S]: the arithmetic of both against exact values.
python -m tests.campaigns hostile [--cases N] [--seed S]: hostile inputs for every reader.
"""

import sys

from . import algebra, arithmetic, checkers, corpus, hostile, mutants, refute

CAMPAIGNS = {"refute": refute.run, "mutants": mutants.run, "algebra": algebra.main, "corpus": corpus.run,
             "checkers": checkers.main, "arithmetic": arithmetic.main, "hostile": hostile.main}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CAMPAIGNS:
        sys.exit(CAMPAIGNS[sys.argv[1]](sys.argv[2:]))
    sys.exit("one of " + ", ".join(CAMPAIGNS))
