"""python -m tests.campaigns refute [CLAIM ...]: write what was searched, and the hypotheses' certificates.

python -m tests.campaigns mutants [CLAIM ...]: false neighbours of the assertions, and which are refuted.
python -m tests.campaigns algebra [CLAIM ...]: false neighbours of every algebraic statement.
python -m tests.campaigns corpus [FAMILY ...] [--json]: points with a type known by hand; 1 if any is wrong.
python -m tests.campaigns checkers [--cases N]: both checkers on good and forged certificates.
python -m tests.campaigns arithmetic [--cases N] [--seed S]: the arithmetic of both against exact values.
python -m tests.campaigns forgery [--each N] [--seed S]: spoiled certificates, and each about other problems.
python -m tests.campaigns curves [--cases N] [--seed S]: curves from degenerate points, by both checkers.
python -m tests.campaigns hostile [--cases N] [--seed S]: hostile inputs for every reader.
python -m tests.campaigns interrupted [--kills N] [--seed S]: long commands killed at random moments.
python -m tests.campaigns reproducible: the same bytes whatever the hash seed, processes, ground types, BLAS.
python -m tests.campaigns guards [FILE ...]: each guard of the kernel removed; 1 if no test notices.
python -m tests.campaigns mutations [FILE ...]: each mutant of the kernel, likewise.
python -m tests.campaigns signs [FILE ...]: each mutant of the sign and inertia code beside it, likewise.

Each takes --record FILE, which writes its figures as JSON.
"""

import sys
from importlib import import_module

# Each is in the module of its name. Those not run stay unloaded: some campaigns count what a process loads.
CAMPAIGNS = ("refute", "mutants", "algebra", "corpus", "checkers", "arithmetic", "forgery", "hostile",
             "guards", "mutations", "signs", "interrupted", "reproducible", "curves")

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CAMPAIGNS:
        sys.exit(import_module(f".{sys.argv[1]}", __package__).main(sys.argv[2:]))
    sys.exit("one of " + ", ".join(CAMPAIGNS))
