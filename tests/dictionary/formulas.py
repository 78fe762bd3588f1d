"""What a formula of a goal says of given values: the evaluator that shares no line with the kernel."""

from symplateau.adversary.evaluation import (
    Says,
    Sides,
    Values,
    holds,
    is_free,
    sides,
    split_formula,
    tree,
    value,
)

__all__ = ["Says", "Sides", "Values", "holds", "is_free", "sides", "split_formula", "tree", "value"]
