"""Theorem 10 of Fukumizu et al. (2019), as appendix O of paper B describes it, and what is true beyond it.

Unit replication of a neuron with no sample at its kink, at a local minimum of a ReLU network, gives a strict
saddle if F != 0; column j of F is d_ji, eq. (41). At a stationary point F != 0 says that this is an escape
neuron (Lemma O.1, amended), and that is all that is needed: replicated into two daughters or more, an escape
neuron spoils every local minimum, with kinks, of any slopes, for all beta and gamma. Let G(t) = 0 != g_j(t),
and let daughters a, b move by
    dw_a = s t,  dh_ja = beta_b q,  dh_jb = -beta_a q.
The output weights change no output at first order, and the loss changes by
    s q beta_b g_j(t) + s^2 gamma_a^2 |h|^2 |(rho~(t.x_k))_k|^2 / 2
at second order and by nothing at first: of either sign, by that of q, for small s.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..arrays import Matrix
from ..errors import InputError
from .derivatives import d, moved_slopes
from .embeddings import REPLICATION, Embedding
from .escape import EscapeNeuron
from .expansion import Path, path
from .network import Direction, ReluNetwork
from .points import PointType
from .vectors import ZERO, dot

RELU = (Fraction(1), Fraction(0))


@dataclass(frozen=True)
class Theorem10:
    """missing: the hypotheses of the theorem that do not hold here; none: it says that the point is a saddle.

    F: shape (n_inputs, n_outputs); None where a sample is at the kink. descent, ascent: paths of second order
    from the wide point, also where only needless hypotheses are missing; None where there are none.
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
    """Whether the theorem applies to this embedding, and paths. original: the type of the narrow point."""
    network, i = embedding.narrow, embedding.neuron
    if embedding.kind != REPLICATION or i is None:
        return Theorem10(("the embedding is unit replication",))
    F = None if network.kink_samples(i) else slope_matrix(network, i)
    hypotheses = {
        "the activation is ReLU": network.slopes == RELU,
        "two daughters or more": len(embedding.units) > 1,
        "the original point is a local minimum": original.verdict in ("local minimum", "locally constant"),
        "no sample is at the kink of the neuron": F is not None,
        "F is not 0": F is None or any(any(row) for row in F),
    }
    missing = tuple(name for name, holds in hypotheses.items() if not holds)
    escape = next((escape for escape in original.escapes if escape.neuron == i), None)
    if escape is None or len(embedding.units) < 2:
        return Theorem10(missing, F)
    return Theorem10(missing, F, saddle_path(embedding, escape, -1), saddle_path(embedding, escape, 1))


def saddle_path(embedding: Embedding, escape: EscapeNeuron, sign: int) -> Path:
    """A path from the wide point on which the loss falls (sign -1) or rises (1) at second order.

    escape: the parent, of a stationary point. Assumes two daughters or more. s = min(1, beta_b |g| / z) makes
    the square at most half as large as the other term, z = gamma_a^2 |h|^2 |(rho~(t.x_k))_k|^2.
    """
    network, narrow, j = embedding.wide, embedding.narrow, escape.output
    a, b = embedding.units[:2]
    changes = [slope * dot(escape.t, x) for slope, x in
               zip(moved_slopes(narrow, escape.neuron, escape.t), narrow.X, strict=True)]
    h = narrow.output_weights(escape.neuron)
    square = embedding.gamma[0] ** 2 * dot(h, h) * dot(changes, changes)
    first = embedding.beta[1] * abs(escape.slope)
    step = min(Fraction(1), first / square) if square else Fraction(1)
    q = sign if escape.slope > 0 else -sign
    W = [(ZERO,) * network.n_inputs] * network.n_hidden
    W[a] = tuple(step * x for x in escape.t)
    H = [[ZERO] * network.n_hidden for _ in range(network.n_outputs)]
    H[j][a], H[j][b] = embedding.beta[1] * q, -embedding.beta[0] * q
    found = path(network, Direction(tuple(W), tuple(map(tuple, H))))
    if found is None or found.order != 2 or found.falls != (sign < 0):
        raise ArithmeticError("fukumizu: the path found does not change the loss as it should")
    return found
