"""Paths that the proofs construct, proved and expanded.

Three things that share no code must agree: mpmath's Taylor expansion of the loss itself, the size-free
coefficient M_2/2 a'H_r a, and the kernel's rigorous sign on (0, t_0].
"""

from fractions import Fraction
from typing import Any

from .argument import Argument, polynomial, small_enough, texts
from .designs import NEURON
from .errors import ProofError
from .perturbations import SplitCurve, descent_curve
from .stationary import PREC
from .taylor import approximate_leading

DIGITS = 60
AGREEMENT = 10.0**-40  # relative, between the expansion of the loss and the size-free coefficient


def direction(argument: Argument, source: int, sign: int) -> tuple[Fraction, ...]:
    """A unit vector on which the inner Hessian is certainly of this sign. Raises ProofError."""
    matrix = argument.facts[source].state(PREC, 2).inner_hessian(NEURON)
    for k, row in enumerate(matrix):
        if row[k].sign() == sign:
            return tuple(Fraction(int(j == k)) for j in range(len(matrix)))
    raise ProofError("no unit vector has an inner curvature of this sign")


def descent(
    argument: Argument, source: int, coefficients: tuple[Fraction, ...], sign: int
) -> tuple[int, dict[str, Any]]:
    """The path of the paper's construction, and its expansion. Raises ProofError unless all three agree."""
    curve = descent_curve(coefficients, sign, direction(argument, source, sign))
    if curve is None or curve.order is None:
        raise ProofError(f"no construction applies to {coefficients}")
    order = curve.order
    step = small_enough(
        lambda until: argument.step(
            "split path",
            source,
            prec=PREC,
            order=order,
            until=until,
            neuron=NEURON,
            coefficients=[polynomial(x) for x in curve.lam],
            shifts=[polynomial(x) for x in curve.c],
            direction=texts(curve.direction),
        )
    )
    return step, expansion(argument, source, curve, argument.facts[step].path or {})


def expansion(argument: Argument, source: int, curve: SplitCurve, path: dict[str, Any]) -> dict[str, Any]:
    """The leading coefficient of the loss along a curve: mpmath's, the size-free one, and the kernel's
    sign."""
    from mpmath import nstr

    fact, network = argument.facts[source], argument.network
    if fact.center:  # the expansion starts at the midpoint of the enclosure of the exact point
        network = network.with_theta([x + c for x, c in zip(network.theta(), fact.center, strict=True)])
    leading = approximate_leading(network, NEURON, curve, DIGITS)
    size = max(abs(leading.predicted), abs(leading.measured))
    if not leading.error <= AGREEMENT * size:
        raise ProofError(
            f"{curve.equation}: the expansion and the size-free coefficient differ by {leading.error}"
        )
    if (leading.measured < 0) != (path["sense"] == "falls"):
        raise ProofError(f"{curve.equation}: the expansion and the sign on (0, t_0] differ")
    return {
        "equation": curve.equation,
        "order": leading.order,
        "measured": nstr(leading.measured, 15),
        "size-free": nstr(leading.predicted, 15),
        "until": path["until"],
    }


def ascent(argument: Argument, split: int) -> int:
    """A path along which the loss rises: the output weight of neuron 0, on which the loss is a parabola."""
    move = ["t", *["0"] * (argument.facts[split].size() - 1)]
    return small_enough(
        lambda until: argument.step("curve", split, prec=PREC, order=2, until=until, displacement=move)
    )
