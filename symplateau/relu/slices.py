"""The loss near a stationary point on one choice of flat cones: a polynomial in coordinates, up to symmetry.

L(P + x) - L(P) = q(x) + c3(x) + c4(x), exactly: q = |D1 x|^2 / 2 + e.D2(x, x), c3 = D1 x.D2(x, x) and
c4 = |D2(x, x)|^2 / 2, D1 x the first-order change of the outputs, D2 the bilinear one, sum_i dh_i drho_i.

Moves that keep the loss span T: scalings; exchanges of neurons of one pattern without kinks, (H, W) ->
(H A, A^-1 W); moves of w_i that no sample sees. Their flows, started on a slice, an affine complement of T,
reach all points near P. So P is a minimum if it is one on the slice, which the coordinates span.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..arrays import Matrix, Vector
from .derivatives import moved_slopes
from .flat import Cone
from .hessian import decompose
from .network import Direction, ReluNetwork
from .vectors import ZERO, combination, dot, null_space, sign


@dataclass(frozen=True)
class Step:
    """A move of the parameters, and the rates of rho(w_i.x_k) along it, of shape (n_hidden, n_samples)."""

    move: Direction
    rates: Matrix


@dataclass(frozen=True)
class Slice:
    """The coordinates: steps, of which the first `free` take both signs, the others only x >= 0."""

    network: ReluNetwork
    steps: tuple[Step, ...]
    free: int

    def first(self, step: Step) -> Vector:
        """D1: one entry per sample and output."""
        values, H = self.network.activations, self.network.H
        return self._summed(lambda i, j, k: step.move.H[j][i] * values[i][k] + H[j][i] * step.rates[i][k])

    def second(self, a: Step, b: Step) -> Vector:
        """D2, polarized: D2(a, a) = sum_i dh_i drho_i."""
        return self._summed(lambda i, j, k: (a.move.H[j][i] * b.rates[i][k]
                                             + b.move.H[j][i] * a.rates[i][k]) / 2)

    def _summed(self, term: Callable[[int, int, int], Fraction]) -> Vector:
        neurons = range(self.network.n_hidden)
        return tuple(sum((term(i, j, k) for i in neurons), ZERO)
                     for k in range(self.network.n_samples) for j in range(self.network.n_outputs))

    @cached_property
    def firsts(self) -> tuple[Vector, ...]:
        return tuple(map(self.first, self.steps))

    @cached_property
    def form(self) -> Matrix:
        """2 q."""
        errors = [e for row in self.network.residuals for e in row]
        return tuple(tuple(dot(p, q) + 2 * dot(errors, self.second(a, b))
                           for p, a in zip(self.firsts, self.steps, strict=True))
                     for q, b in zip(self.firsts, self.steps, strict=True))

    def combined(self, x: Sequence[Fraction | int]) -> Step:
        """The step with these coordinates."""
        def summed(matrices: Sequence[Matrix]) -> Matrix:
            return tuple(combination(x, rows, len(rows[0])) for rows in zip(*matrices, strict=True))

        move = Direction(summed([s.move.W for s in self.steps]), summed([s.move.H for s in self.steps]))
        return Step(move, summed([s.rates for s in self.steps]))


def slice_at(network: ReluNetwork, choice: dict[int, Cone]) -> Slice:
    """The slice on a choice of a flat cone for each neuron. Assumes stationary, and no dead neuron."""
    outputs = [tuple(Fraction(int(j == own)) for j in range(network.n_outputs))
               for own in range(network.n_outputs)]
    lines, rays = [], []
    for i, (lineality, sided) in choice.items():
        lines += [step(network, Direction.of_neuron(network, i, h=h)) for h in outputs]
        lines += [_turn(network, i, t) for t in lineality]
        rays += [_turn(network, i, t) for t in sided]
    kept = [flattened(move) for move in loss_preserving(network)]
    products = [[dot(v, flattened(s.move)) for s in lines] for v in kept]
    whole = Slice(network, tuple(lines), len(lines))
    free = [whole.combined(x) for x in null_space(products, len(lines))]
    return Slice(network, (*free, *rays), len(free))


def step(network: ReluNetwork, move: Direction) -> Step:
    """The move with its rates."""
    slopes = [moved_slopes(network, i, w) for i, w in enumerate(move.W)]
    return Step(move, tuple(tuple(s * dot(w, x) for s, x in zip(row, network.X, strict=True))
                            for row, w in zip(slopes, move.W, strict=True)))


def _turn(network: ReluNetwork, neuron: int, t: Sequence[int]) -> Step:
    return step(network, Direction.of_neuron(network, neuron, w=tuple(map(Fraction, t))))


def flattened(move: Direction) -> Vector:
    return tuple(x for matrix in (move.W, move.H) for row in matrix for x in row)


def seen(network: ReluNetwork, neuron: int) -> tuple[int, ...]:
    """The samples at which small moves of w_i change rho(w_i.x_k)."""
    return tuple(k for k, (x, z) in enumerate(zip(network.X, network.pre_activations[neuron], strict=True))
                 if any(x) and (z == 0 or network.slope(z) != 0))


def loss_preserving(network: ReluNetwork) -> list[Direction]:
    """Moves tangent to flows that keep the loss, less their scalings: orthogonal to each w_i in W."""
    found = []
    for i in range(network.n_hidden):
        samples = [network.X[k] for k in seen(network, i)]
        for t in null_space(samples, network.n_inputs):
            found.append(_tangential(network, _turn(network, i, t).move))
    sides = [tuple(map(sign, row)) for row in network.pre_activations]
    smooth = [i for i in range(network.n_hidden)
              if not any(any(network.X[k]) for k in network.kink_samples(i))]
    for a in smooth:
        for b in smooth:
            if a != b and sides[a] == sides[b]:
                found.append(_tangential(network, _exchange(network, a, b)))
    return found


def _exchange(network: ReluNetwork, a: int, b: int) -> Direction:
    """dh_b = h_a, dw_a = -w_b."""
    turn = Direction.of_neuron(network, a, w=tuple(-x for x in network.W[b]))
    return Direction(turn.W, Direction.of_neuron(network, b, h=network.output_weights(a)).H)


def _tangential(network: ReluNetwork, move: Direction) -> Direction:
    """The move less the scalings c_i (w_i, -h_i) that it contains."""
    shares = [decompose(network, i, w) for i, w in enumerate(move.W)]
    H = tuple(tuple(x + shares[i][0] * h for i, (x, h) in enumerate(zip(*rows, strict=True)))
              for rows in zip(move.H, network.H, strict=True))
    return Direction(tuple(t for _, t in shares), H)
