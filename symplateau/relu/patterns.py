"""Neurons of equal pattern, and the outputs at a stationary point of their sums (MATH section 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..arrays import Matrix, Vector
from .guesses import Guess, carriers, floats, least_squares
from .network import ReluNetwork
from .rational import from_flint, power_of_two, rounded, short_basis, solve, solve_chosen, to_flint
from .vectors import Integers, dot, sign


@dataclass(frozen=True)
class Pattern:
    """Neurons on the same sides: sides[k] the sign of w_i.x_k, slopes[k] that of rho there, 0 at the kink.

    basis: of {t : x_k.t = 0 at the kinks}, in which the input weights are written.
    """

    neurons: tuple[int, ...]
    sides: tuple[int, ...]
    slopes: Vector
    basis: tuple[Integers, ...]

    def coordinates(self, w: Vector) -> Vector:
        """Of a vector of the span near w, of few bits."""
        if not any(w):
            return (Fraction(0),) * len(self.basis)
        scale = power_of_two(max(map(abs, w)))
        found = least_squares(floats(self.basis).T, [x / scale for x in w])
        return tuple(x * scale for x in rounded(found))

    def holds(self, network: ReluNetwork) -> bool:
        """Whether its neurons have this pattern."""
        return all(tuple(map(sign, network.pre_activations[i])) == self.sides for i in self.neurons)


def patterns(network: ReluNetwork, guess: Guess) -> tuple[Pattern, ...] | None:
    """The active neurons, by equal pattern; None where the kinks leave a neuron no direction."""
    found: dict[tuple[int, ...], list[int]] = {}
    crossed = guess.crossed or ((),) * len(guess.active)
    for i, at_kink, other_side in zip(guess.active, guess.kinks, crossed, strict=True):
        sides = [sign(z) for z in network.pre_activations[i]]
        for k in other_side:
            sides[k] = -sides[k]
        for k in at_kink:
            sides[k] = 0
        found.setdefault(tuple(sides), []).append(i)
    groups = []
    for pattern, neurons in found.items():
        rows = [x for s, x in zip(pattern, network.X, strict=True) if not s and any(x)]
        basis = short_basis(rows, network.n_inputs)
        if not basis:
            return None
        slopes = tuple(network.slope(Fraction(s)) for s in pattern)
        groups.append(Pattern(tuple(neurons), pattern, slopes, basis))
    return tuple(groups)


def fitted_outputs(network: ReluNetwork, groups: Sequence[Pattern]) -> Matrix:
    """The outputs (n_samples, n_outputs) at which the loss is stationary in every sum U_g, and in the output
    bias where there is one: least squares."""
    columns = [tuple(s * dot(b, x) for s, x in zip(g.slopes, network.X, strict=True))
               for g in groups for b in g.basis]
    columns = [column for column in columns if any(column)]
    columns += [] if network.c is None else [(Fraction(1),) * network.n_samples]
    if not columns:
        return ((Fraction(0),) * network.n_outputs,) * network.n_samples
    table, targets = to_flint(columns, network.n_samples).transpose(), to_flint(network.Y, network.n_outputs)
    normal, right = table.transpose() * table, table.transpose() * targets
    basis = carriers(floats(columns).T)  # by floats: what they say is checked, or else not needed
    found = solve_chosen(normal, right, basis, basis)
    if found is None:
        plain = solve(from_flint(normal), from_flint(right))
        if plain is None:
            raise ArithmeticError("patterns: the normal equations of a least-squares problem have a solution")
        found = to_flint(plain, network.n_outputs)
    return from_flint(table * found)
