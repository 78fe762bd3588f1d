"""What may be an activation, decided before it is expanded: the kernel's reader has no bound on time."""

import ast
import math
import re
from functools import lru_cache

from .arrays import shown
from .errors import InputError
from .kernel.format import Rejected
from .kernel.polynomial import MAX_POWER, tower

# The registered names. Certificates bear the formulas; inv(u) is 1/u, posk(u) is max(u, 0)**k.
ACTIVATIONS = {
    "tanh": "tanh(t)",
    "sigmoid": "logistic(t)",
    "softplus": "softplus(t)",
    "silu": "t*logistic(t)",
    "gelu": "t*(1 + erf(t*sqrt(1/2)))/2",
    "erf": "erf(t)",
    "sin": "sin(t)",
    "exp": "exp(t)",
    "gaussian": "exp(-t**2)",
    "arctan": "arctan(t)",
    "square": "t**2",
    "cube": "t**3",
    "relu_cubed": "pos3(t)",
}
NAMES = {formula: name for name, formula in ACTIVATIONS.items()}

MAX_CHARACTERS = 1_000
MAX_CALLS = 16
MAX_EXPANSION = 4_000

PIECEWISE_LINEAR = ("relu", "leaky_relu", "relu_like")
WORDS = re.compile(r"(?: |[a-z][a-z0-9_]*+|[0-9]++(?![0-9a-z_.])|[-+*/()])++")
KNOWN = "one of " + " ".join((*ACTIVATIONS, *PIECEWISE_LINEAR)) + ", or a formula in t"


def check_activation(activation: object) -> None:
    """Raise InputError unless this is a registered name, or a formula in t of moderate size, and twice
    continuously differentiable where it is defined."""
    if not isinstance(activation, str):
        raise _refused(KNOWN, shown(activation))
    _check_text(activation)


@lru_cache(maxsize=256)
def _check_text(text: str) -> None:
    if text in PIECEWISE_LINEAR:
        raise _refused("a twice differentiable activation (for piecewise linear ones other theorems hold,"
                       " those of paper B: a network file has them, or a ReluNetwork)", shown(text))
    if len(text) > MAX_CHARACTERS:
        raise _refused(f"at most {MAX_CHARACTERS} characters", len(text))
    if text.isidentifier() and text not in {*ACTIVATIONS, "t", "pi"}:
        raise _refused(KNOWN, shown(text))
    if WORDS.fullmatch(text) is None:
        raise _refused("a formula in t of whole numbers, + - * / **, calls and brackets", shown(text))
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        if (calls := sum(map(_is_call, ast.walk(tree)))) > MAX_CALLS:
            raise _refused(f"at most {MAX_CALLS} calls and divisions", calls)
        _expansion(tree)
        tower(ACTIVATIONS.get(text, text), 2)
    except Rejected as error:
        expected, got = error.args
        raise _refused(expected, got or shown(text)) from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refused("a formula in t", shown(text)) from None


def _is_call(node: ast.AST) -> bool:
    """Whether this is a call f(u); a division by something that contains t is one too."""
    match node:
        case ast.BinOp(op=ast.Div(), right=right):
            return any(isinstance(part, ast.Name) for part in ast.walk(right))
    return isinstance(node, ast.Call)


def _expansion(node: ast.expr) -> tuple[int, int]:
    """Upper bounds for the number of terms, and of characters, of the expanded polynomial.

    A short text may stand for much: (1 + t + sin(t) + cos(t))**40 has 12,341 terms, (9**64)**64 3,909 digits.
    """
    match node:
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
            if power > MAX_POWER:
                raise _refused(f"exponents of at most {MAX_POWER}", "more")
            terms, size = _expansion(left)
            count = math.comb(terms + power - 1, power)
            return _small(count, count * power * size)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            (terms, size), (others, other_size) = _expansion(left), _expansion(right)
            return _small(terms * others, terms * other_size + others * size)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            (terms, size), (_, other_size) = _expansion(left), _expansion(right)
            return _small(terms, size + terms * other_size)
        case ast.BinOp(left=left, right=right):
            (terms, size), (others, other_size) = _expansion(left), _expansion(right)
            return _small(terms + others, size + other_size)
        case ast.UnaryOp(operand=operand):
            return _expansion(operand)
        case ast.Call(args=[argument]):
            return _small(1, 10 + _expansion(argument)[1])
    return _small(1, (node.end_col_offset or 0) - node.col_offset)


def _small(terms: int, size: int) -> tuple[int, int]:
    if size > MAX_EXPANSION:
        raise _refused(f"a formula that expands to at most {MAX_EXPANSION} characters", "more")
    return terms, size


def _refused(expected: str, got: object) -> InputError:
    return InputError(None, "activation", expected, got)
