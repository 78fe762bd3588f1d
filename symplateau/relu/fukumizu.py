"""Theorem 10 of Fukumizu et al. (2019), as appendix O of paper B describes it, and what is true beyond it.

Unit replication of a neuron with no sample at its kink, at a local minimum of a ReLU network, gives a strict
saddle if F != 0; column j of F is d_ji, eq. (41). Beyond: the proof below needs neither ReLU nor a minimum.
Let daughters a, b have factors beta, gamma. The move
    w_a: gamma_b t,  w_b: -gamma_a t,  h_a: beta_b q,  h_b: -beta_a q
leaves the outputs as they are at first order, and changes the loss at second order by q.F^T t times
beta_a gamma_a + beta_b gamma_b. As sum beta_l gamma_l = 1, that is not 0 for some pair of the two or more.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from ..arrays import Matrix, Vector
from ..errors import InputError
from .derivatives import d
from .embeddings import REPLICATION, Embedding
from .expansion import Path, path
from .network import Direction, ReluNetwork
from .points import PointType
from .vectors import ZERO

RELU = (Fraction(1), Fraction(0))


@dataclass(frozen=True)
class Theorem10:
    """missing: the hypotheses of the theorem that do not hold here; none: it says that the point is a saddle.

    F: shape (n_inputs, n_outputs); None where a sample is at the kink. descent, ascent: paths of second order
    that show a strict saddle, also where only a hypothesis is missing that the proof does not need.
    """

    missing: tuple[str, ...]
    F: Matrix | None = None
    descent: Path | None = None
    ascent: Path | None = None

    @property
    def applies(self) -> bool:
        return not self.missing


def slope_matrix(network: ReluNetwork, neuron: int) -> Matrix:
    """F of eq. (41): column j is d_ji. Shape (n_inputs, n_outputs). InputError if a sample is at the kink."""
    if network.kink_samples(neuron):
        raise InputError(None, "neuron", "no sample at its kink (eq. (40))", network.kink_samples(neuron)[0])
    columns = [d(network, j, neuron) for j in range(network.n_outputs)]
    return tuple(zip(*columns, strict=True))


def is_level(network: ReluNetwork, neuron: int) -> bool:
    """Whether F = 0: of a stationary point, if and only if this is no escape neuron (Lemma O.1, amended).

    As it is printed the lemma claims F = 0 at every stationary point; that can fail where h_i = 0, and with
    several outputs. Raises InputError if a sample is at the kink.
    """
    return not any(any(row) for row in slope_matrix(network, neuron))


def theorem_10(embedding: Embedding, original: PointType) -> Theorem10:
    """Whether the theorem applies to this embedding. original: the type of the narrow point."""
    network, i = embedding.narrow, embedding.neuron
    if embedding.kind != REPLICATION or i is None:
        return Theorem10(("the embedding is unit replication",))
    missing = []
    if network.slopes != RELU:
        missing.append("the activation is ReLU")
    if len(embedding.units) < 2:
        missing.append("two daughters or more")
    if original.verdict not in ("local minimum", "locally constant"):
        missing.append("the original point is a local minimum")
    if network.kink_samples(i):
        return Theorem10((*missing, "no sample is at the kink of the neuron"))
    F = slope_matrix(network, i)
    if is_level(network, i):
        return Theorem10((*missing, "F is not 0"), F)
    if len(embedding.units) < 2:
        return Theorem10(tuple(missing), F)
    falling, rising = (saddle_path(embedding, F, sign) for sign in (-1, 1))
    return Theorem10(tuple(missing), F, falling, rising)


def saddle_path(embedding: Embedding, F: Matrix, sign: int) -> Path:
    """A path from the wide point on which the loss falls (sign -1) or rises (1) at second order.

    Assumes F != 0, no sample at the kink of the parent, and two daughters or more.
    """
    network = embedding.wide
    a, b = next((a, b) for a, b in combinations(range(len(embedding.units)), 2) if _weight(embedding, a, b))
    columns = list(zip(*F, strict=True))
    j = next(j for j, column in enumerate(columns) if any(column))
    q = Fraction(sign if _weight(embedding, a, b) > 0 else -sign)
    W = [(ZERO,) * network.n_inputs] * network.n_hidden
    H = [[ZERO] * network.n_hidden for _ in range(network.n_outputs)]
    for here, there, side in ((a, b, 1), (b, a, -1)):
        unit = embedding.units[here]
        W[unit] = _multiple(side * embedding.gamma[there], columns[j])
        H[j][unit] = side * embedding.beta[there] * q
    found = path(network, Direction(tuple(W), tuple(map(tuple, H))))
    if found is None or found.order != 2 or found.falls != (sign < 0):
        raise ArithmeticError("fukumizu: the path found does not change the loss as it should")
    return found


def _weight(embedding: Embedding, a: int, b: int) -> Fraction:
    return embedding.beta[a] * embedding.gamma[a] + embedding.beta[b] * embedding.gamma[b]


def _multiple(factor: Fraction, vector: Vector) -> Vector:
    return tuple(factor * x for x in vector)
