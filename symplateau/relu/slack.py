"""What holds at every point of a box of weights: sides of samples, slack at kinks; and the type of the point.

A saddle: the reduced loss has a direction of negative curvature; or a neuron with all weights 0 has a t with
g_j(t) != 0; or two parallel neurons of a tied pattern turn against each other, a_1 dh_1 + a_2 dh_2 = 0 and
b_1 t_1 + b_2 t_2 = 0. This moves no output at first order, and the loss at second order by
(1 + a_1 b_1 / (a_2 b_2)) dh_1.D t_1: of either sign where D is not 0, D being the residuals times the columns
of the pattern.

A local minimum: none of these possible. The loss changes by |dY|^2 / 2 + sum_i [G_i(t_i) + dh_i.g_i(t_i)].
For free patterns and at kinks with slack, the bracket is >= 0 for small moves, and it dominates what moves
across kinks add to dY. With the free patterns' part of dY projected off, what is left is the reduced loss.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, fmpq

from .network import ReluNetwork
from .passive import Kept
from .rankone import Balls, Layout
from .rational import to_flint
from .reduced import Enclosure
from .vectors import dot, null_space


def sides_hold(network: ReluNetwork, plan: Layout, balls: Balls) -> bool:
    """Whether every sample off the kinks of the tied neurons is on its side, in the whole box."""
    for tied in plan.tied:
        for i in tied.pattern.neurons:
            for side, x in zip(tied.pattern.sides, network.X, strict=True):
                height = _inner(balls.W[i], x)
                if (side > 0 and not height > 0) or (side < 0 and not height < 0):
                    return False
    return True


def has_slack(network: ReluNetwork, plan: Layout, balls: Balls) -> bool:
    """Whether G_i >= 0 with slack at the kinks, for every neuron and in the whole box."""
    return find_loose_kinks(network, plan, balls) == []


def find_loose_kinks(network: ReluNetwork, plan: Layout, balls: Balls) -> list[tuple[int, int, int]] | None:
    """The (neuron, sample, side) without slack at the kink, and the side to which G_i falls, if it does.

    Slack: l = -sum s_k c_k x_k with |s_k| < 1 and c_k > 0. l lies in the span of the kinks: the point is
    stationary on their complement. None where kinks are linearly dependent: the s_k are not unique then.
    """
    high, low = (arb(fmpq(s.numerator, s.denominator)) for s in network.slopes)
    loose: list[tuple[int, int, int]] = []
    for group in (*(t.pattern for t in plan.tied), *plan.free):
        at_kink = [k for k, s in enumerate(group.sides) if not s and any(network.X[k])]
        rows = [network.X[k] for k in at_kink]
        if not at_kink:
            continue
        if network.n_inputs - len(null_space(rows, network.n_inputs)) < len(rows):
            return None
        exact = to_flint(rows, network.n_inputs)
        solver = arb_mat((exact * exact.transpose()).inv() * exact)
        for i in group.neurons:
            errors = [_total(balls.H[j][i] * balls.errors[k, j] for j in range(network.n_outputs))
                      for k in range(network.n_samples)]
            slopes = [(high + low) / 2 if not s else high if s > 0 else low for s in group.sides]
            pulls = [a * e for a, e in zip(slopes, errors, strict=True)]
            linear = [_inner(pulls, column) for column in zip(*network.X, strict=True)]
            shares = (solver * arb_mat(len(linear), 1, linear)).entries()
            loose += [(i, k, -1 if share.mid() > 0 else 1) for share, k in zip(shares, at_kink, strict=True)
                      if not abs(share) < (high - low) / 2 * errors[k]]
    return loose


def decide_enclosed_type(given: ReluNetwork, plan: Layout, enclosure: Enclosure, balls: Balls,
                         kept: Sequence[Kept]) -> tuple[str, str]:
    """The verdict and its reason."""
    if enclosure.inertia[1]:
        return "saddle", "the reduced Hessian has a negative direction"
    small = [one.neuron for one in kept if one.how != "dead"]
    if any(_escapes(given, i, balls) for i in small):
        return "saddle", "a neuron with all weights 0 is an escape neuron"
    several = [t for t in plan.tied if len(t.pattern.neurons) > 1]
    for tied in several:
        pull = (arb_mat(tied.columns).transpose() * balls.errors).entries()
        sums = [a * b + c * d for p, (a, b) in enumerate(tied.shares) for c, d in tied.shares[:p] if b and d]
        if any(sums) and any(not x.contains(0) for x in pull):
            return "saddle", "two parallel neurons can turn against each other, and the loss falls"
    if small or several:
        return "undecided", "neurons of weight 0, or parallel ones, were not shown to lower the loss"
    return "local minimum", "the reduced Hessian is positive definite, with slack at every kink"


def _escapes(given: ReluNetwork, neuron: int, balls: Balls) -> bool:
    """Whether some g_j(t) != 0 for a t near w_i or one of the samples; for a neuron with all weights 0."""
    candidates = [given.W[neuron], *given.X, *(tuple(-x for x in row) for row in given.X)]
    for t in candidates:
        heights = [dot(t, x) for x in given.X]
        values = [given.slopes[z < 0] * z for z in heights]
        for j in range(given.n_outputs):
            column = [balls.errors[k, j] for k in range(given.n_samples)]
            if not _inner(column, values).contains(0):
                return True
    return False


def _inner(balls: Sequence[Any], vector: Sequence[Fraction]) -> Any:
    return _total(b * arb(fmpq(x.numerator, x.denominator)) for b, x in zip(balls, vector, strict=True))


def _total(entries: Any) -> Any:
    return sum(entries, arb(0))
