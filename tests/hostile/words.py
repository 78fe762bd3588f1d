"""Texts that are read on their own: activations, units, numbers."""

import random
from pathlib import Path
from typing import Any

from symplateau import arrays
from symplateau.commands.points import read_within
from symplateau.commands.terminal import read_option
from symplateau.errors import InputError
from symplateau.formulas import check_activation
from symplateau.kernel import format as kernel
from symplateau.kernel.polynomial import tower
from symplateau.second import reading
from symplateau.second.rejection import Rejected

from .grammar import formula, number
from .networks import Wrong, refusal
from .values import ATOMS, FORMULAS, NUMBERS, PAYLOADS, noise


def activation_case(draw: random.Random, folder: Path) -> str:
    """A text as an activation: what is accepted must be expanded, and be differentiable twice, at once."""
    kind = draw.randrange(5)
    text: Any = formula(draw, depth=draw.choice((2, 3, 5, 7)))
    if kind == 0:
        text = draw.choice((*FORMULAS, *PAYLOADS, *NUMBERS, *ATOMS))
    elif kind == 1:
        text = noise(draw, draw.choice(FORMULAS)[:200])
    try:
        check_activation(text)
    except InputError as error:
        return refusal(error)
    from symplateau.formulas import ACTIVATIONS

    tower(ACTIVATIONS.get(text, text), 2)
    return "accepted"


def number_case(draw: random.Random, folder: Path) -> str:
    """A text, or a value, as a number: of a network file, of an option, of a certificate, of a unit."""
    kind = draw.randrange(5)
    text: Any = number(draw)
    if kind == 0:
        text = draw.choice((*NUMBERS, *PAYLOADS, *ATOMS))
    elif kind == 1:
        text = noise(draw, draw.choice(NUMBERS)[:6000])
    found = [attempt(lambda: arrays.read_number(text, "x"), 4), attempt(lambda: arrays.read_unit(text), 4)]
    if isinstance(text, str):
        found += [attempt(lambda: read_option(text, "--x"), 2), attempt(lambda: read_within(text), 2),
                  attempt(lambda: arrays.read_unit(f"log({text})"), 4)]
    by_kernel = attempt(lambda: kernel.rational(text), 4)
    by_second = attempt(lambda: reading.rational(text), 4)
    if by_kernel != by_second:
        raise Wrong(f"{text!r:.80}: a rational for one of the checkers only")
    if by_kernel == "accepted" and found[0] != "accepted" and len(text) < 1000:
        raise Wrong(f"{text!r:.80}: a rational for the kernel, but not for network files")
    return "accepted" if "accepted" in found else "refused"


def attempt(read: Any, status: int) -> str:
    try:
        read()
    except InputError as error:
        return refusal(error, status=status)
    except (kernel.Rejected, Rejected):
        return "refused"
    return "accepted"
