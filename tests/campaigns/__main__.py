"""python -m tests.campaigns refute [CLAIM ...]: write what was searched, and the hypotheses' certificates.

python -m tests.campaigns mutants [CLAIM ...]: false neighbours of the assertions, and which are refuted.
"""

import sys

from . import mutants, refute

CAMPAIGNS = {"refute": refute.run, "mutants": mutants.run}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CAMPAIGNS:
        sys.exit(CAMPAIGNS[sys.argv[1]](sys.argv[2:]))
    sys.exit("one of " + ", ".join(CAMPAIGNS))
