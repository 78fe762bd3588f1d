"""python -m tests.campaigns refute [CLAIM ...]: write what was searched, and the hypotheses' certificates.

python -m tests.campaigns mutants [CLAIM ...]: false neighbours of the assertions, and which are refuted.
python -m tests.campaigns algebra [CLAIM ...]: false neighbours of every algebraic statement.
"""

import sys

from . import algebra, mutants, refute

CAMPAIGNS = {"refute": refute.run, "mutants": mutants.run, "algebra": algebra.main}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CAMPAIGNS:
        sys.exit(CAMPAIGNS[sys.argv[1]](sys.argv[2:]))
    sys.exit("one of " + ", ".join(CAMPAIGNS))
