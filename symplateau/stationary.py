"""Finding stationary points, and proving that one is there: what is found carries no claim, the rules do."""

import math
from fractions import Fraction
from typing import Any

from .argument import Argument, texts
from .deadline import require_time
from .errors import Undecided
from .kernel.format import Rejected
from .kernel.network import Fact, Problem
from .kernel.numbers import congruence
from .spectrum import balance, find_basis, pseudoinverse
from .spectrum import diagonalize as diagonalize
from .spectrum import floats as floats
from .spectrum import middle as middle
from .spectrum import short as short

PREC = 128  # bits after the point in the kernel's intervals
NEWTON_STEPS = 40
FAR = Fraction(1, 4)  # a Newton correction beyond this is no polishing any more
FINE = Fraction(1, 2**90)


def find_center(
    problem: Problem, prec: int = PREC, far: Fraction = FAR, deadline: float = math.inf
) -> list[Fraction]:
    """Where Newton's method leads from the network's parameters: the displacement, rounded to FINE.

    Gradients at `prec` bits, Hessians in floating point, renewed while that helps. far: how far it may lead
    (maximum norm). Raises Undecided, or Rejected where the activation cannot be evaluated.
    """
    import numpy as np

    center = [Fraction(0)] * Fact(problem).size()
    inverse, scales, last = None, [Fraction(1)] * len(center), far * 2
    for _ in range(NEWTON_STEPS):
        require_time(deadline)
        state = Fact(problem, center=tuple(center)).state(prec, 2 if inverse is None else 1)
        if inverse is None:
            hessian = state.hessian()
            scales = balance(hessian)
            inverse = pseudoinverse(floats(hessian, scales))
        gradient = [middle(x) * s for x, s in zip(state.gradient(), scales, strict=True)]
        size = max(map(abs, gradient)) or Fraction(1)
        with np.errstate(all="ignore"):
            direction = inverse @ np.array([float(x / size) for x in gradient])
        if not np.all(np.isfinite(direction)):
            break
        steps = [short(Fraction(float(x)) * size * s, FINE) for x, s in zip(direction, scales, strict=True)]
        length = max(map(abs, steps))
        center = [x - s for x, s in zip(center, steps, strict=True)]
        if max(map(abs, center)) > far:
            break
        if length <= FINE * 2**10:
            return center
        inverse = None if length * 1000 > last else inverse
        last = length
    raise Undecided(
        "newton: no stationary point was reached from the given parameters",
        "train on until the gradient is smaller, or lower the learning rate",
    )


def certify_nondegenerate(
    argument: Argument, within: Fraction = FAR, stationary: int | None = None, deadline: float = math.inf
) -> int:
    """Prove the only stationary point near the network's parameters, and its inertia: a step of the argument.

    within: at most how far from the parameters (maximum norm) it may lie. stationary: the step that says that
    the parameters themselves are stationary, exactly. The box is the largest on which the rule goes through,
    up to a factor. Raises Undecided, or Rejected where the activation cannot be evaluated.
    """
    problem = argument.problem
    largest = power_of_two_below(min(max(within, FAR), Fraction(1)))
    center = (
        [Fraction(0)] * Fact(problem).size()
        if stationary is not None
        else find_center(problem, far=max(within, FAR), deadline=deadline)
    )
    distance = max(map(abs, center))
    hessian = Fact(problem, center=tuple(center)).state(PREC, 2).hessian()
    basis, signs = find_basis(hessian)
    given: dict[str, Any] = {"prec": PREC, "basis": [texts(row) for row in basis], "signs": signs}
    if stationary is None:
        given["center"] = texts(center)
    lowest = max(distance, Fraction(1, 2**100))
    radius = min(largest, _promising_radius(problem, basis, signs, largest))
    reason = f"a point was found {float(distance):.1e} away, farther than such a box reaches"
    while radius > lowest:
        require_time(deadline)
        try:
            return argument.step("nondegenerate point", stationary, within=str(radius), **given)
        except Rejected as error:
            reason = "expected {}; found {}".format(*error.args)
        radius /= 4
    raise Undecided(
        f"degenerate: no box was found on which the Hessian keeps its signs ({reason})",
        "train to a smaller gradient, remove redundant neurons, or ask for the plateau of a narrower network",
    )


def _promising_radius(problem: Problem, basis: Any, signs: Any, largest: Fraction) -> Fraction:
    """A guess of the largest power of two that will do: the gap grows about linearly with the radius.

    Raises Undecided when none will.
    """
    try:
        at_zero, _ = congruence(Fact(problem).state(PREC, 2).hessian(), basis, signs)
    except (Rejected, ArithmeticError):
        raise Undecided(
            "degenerate: the signs of the Hessian's eigenvalues cannot be told at the given parameters",
            "train to a smaller gradient, or remove redundant neurons and inputs",
        ) from None
    for small in (Fraction(1, 2**k) for k in (40, 60, 80)):
        try:
            at_small, _ = congruence(Fact(problem).state(PREC, 2, small).hessian(), basis, signs)
        except (Rejected, ArithmeticError):
            continue
        slope = (at_small - at_zero) / small
        return (
            largest
            if slope <= 0
            else power_of_two_below(min(largest, Fraction(3, 4) * (1 - at_zero) / slope))
        )
    return Fraction(1, 2**82)


def power_of_two_below(value: Fraction) -> Fraction:
    """The largest power of two that is at most value > 0."""
    power = Fraction(2) ** (value.numerator.bit_length() - value.denominator.bit_length())
    return power if power <= value else power / 2
