"""Network embedding: a wider network with the same outputs at the samples (paper B, section 4.3, L to N).

Unit replication, inactive units (orthogonal, negative, positive), and inactive propagation, as printed. What
they do to the point is decided in `preservation`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .. import arrays
from ..arrays import Matrix, Vector
from ..errors import InputError
from .network import ReluNetwork
from .vectors import dot, null_space, zeros

REPLICATION, ORTHOGONAL, NEGATIVE, POSITIVE, INACTIVE = KINDS = (
    "unit replication", "orthogonal units", "negative units", "positive units", "inactive propagation")


@dataclass(frozen=True)
class Embedding:
    """The narrow network, the wide one, and which neurons of the wide one are new.

    units: of unit replication the daughters, which stand in the place of their parent; else the last ones.
    neuron, beta, gamma: of unit replication, the parent in the narrow network and its daughters' factors.
    """

    kind: str
    narrow: ReluNetwork
    wide: ReluNetwork
    units: tuple[int, ...]
    neuron: int | None = None
    beta: Vector = ()
    gamma: Vector = ()

    def __post_init__(self) -> None:
        if self.wide.outputs != self.narrow.outputs:
            raise ArithmeticError(f"embeddings: {self.kind} has changed the outputs")


def unit_replication(network: ReluNetwork, neuron: int, beta: Any, gamma: Any) -> Embedding:
    """Daughters with input weights beta_l w and output weights gamma_l h, in the parent's place (Figure 5).

    beta, gamma: one rational per daughter. Raises InputError unless beta_l > 0 and sum beta_l gamma_l = 1.
    """
    _require_neuron(network, neuron)
    scales, shares = arrays.read_vector(beta, "beta"), arrays.read_vector(gamma, "gamma")
    if len(shares) != len(scales) or not shares:
        counts = f"{len(scales)} and {len(shares)}"
        raise InputError(None, "gamma", "as many entries as beta has, at least one", counts)
    for place, scale in enumerate(scales):
        if scale <= 0:
            expected = "a number > 0: only then has a daughter the kinks and tangents of its parent"
            raise InputError(None, f"beta[{place}]", expected, str(scale))
    if (total := dot(scales, shares)) != 1:
        expected = "sum beta_l gamma_l = 1, so that the outputs stay"
        raise InputError(None, "gamma", expected, f"a sum of {total}")
    w = network.W[neuron]
    rows = [tuple(scale * x for x in w) for scale in scales]
    W = (*network.W[:neuron], *rows, *network.W[neuron + 1 :])
    H = tuple((*row[:neuron], *(share * row[neuron] for share in shares), *row[neuron + 1 :])
              for row in network.H)
    units = tuple(range(neuron, neuron + len(shares)))
    return Embedding(REPLICATION, network, replace(network, W=W, H=H), units, neuron, scales, shares)


def orthogonal_units(network: ReluNetwork, W: Any, H: Any) -> Embedding:
    """More neurons, with w.x_k = 0 for all k, and any output weights (appendix M).

    W: (n_new, n_inputs). H: (n_outputs, n_new); with one output also (n_new,). Raises InputError.
    """
    rows = _input_weights(network, W)
    only_zero = not null_space(network.X, network.n_inputs)
    expected = "a vector orthogonal to all samples" + (
        ": they span the input space, so 0 is the only one" if only_zero else "")
    _require_signs(network, rows, lambda z: z == 0, expected)
    return _with_units(ORTHOGONAL, network, rows, _output_weights(network, H, len(rows)))


def negative_units(network: ReluNetwork, W: Any, H: Any) -> Embedding:
    """More neurons, with w.x_k < 0 for all k, where alpha- = 0, and any output weights (appendix M.2)."""
    _require_slope(network, 1, "alpha- = 0: elsewhere a unit with w.x_k < 0 changes the outputs")
    rows = _input_weights(network, W)
    _require_signs(network, rows, lambda z: z < 0, "a vector with w.x_k < 0 for all samples")
    return _with_units(NEGATIVE, network, rows, _output_weights(network, H, len(rows)))


def positive_units(network: ReluNetwork, W: Any, H: Any) -> Embedding:
    """More neurons, with w.x_k > 0 for all k, where alpha+ = 0, and any output weights (appendix M)."""
    _require_slope(network, 0, "alpha+ = 0: elsewhere a unit with w.x_k > 0 changes the outputs")
    rows = _input_weights(network, W)
    _require_signs(network, rows, lambda z: z > 0, "a vector with w.x_k > 0 for all samples")
    return _with_units(POSITIVE, network, rows, _output_weights(network, H, len(rows)))


def inactive_propagation(network: ReluNetwork, W: Any) -> Embedding:
    """More neurons, with any input weights, and output weights 0 (appendix N). W: (n_new, n_inputs)."""
    rows = _input_weights(network, W)
    return _with_units(INACTIVE, network, rows, zeros(network.n_outputs, len(rows)))


def _with_units(kind: str, network: ReluNetwork, rows: Matrix, H: Matrix) -> Embedding:
    weights = tuple((*old, *new) for old, new in zip(network.H, H, strict=True))
    wide = replace(network, W=(*network.W, *rows), H=weights)
    return Embedding(kind, network, wide, tuple(range(network.n_hidden, wide.n_hidden)))


def _require_neuron(network: ReluNetwork, neuron: object) -> None:
    if not network.n_hidden:
        raise InputError(None, "neuron", "a network with hidden neurons", "none", status=2)
    if type(neuron) is not int or not 0 <= neuron < network.n_hidden:
        expected = f"an index from 0 to {network.n_hidden - 1}"
        raise InputError(None, "neuron", expected, arrays.shown(neuron), status=2)


def _require_slope(network: ReluNetwork, leg: int, expected: str) -> None:
    if network.slopes[leg] != 0:
        raise InputError(None, "slopes", expected, str(network.slopes[leg]))


def _require_signs(network: ReluNetwork, rows: Matrix, fits: Callable[[Fraction], bool],
                   expected: str) -> None:
    for i, row in enumerate(rows):
        for k, x in enumerate(network.X):
            if not fits(z := dot(row, x)):
                raise InputError(None, f"W[{i}]", expected, f"w.x = {z} at sample {k}")


def _input_weights(network: ReluNetwork, W: Any) -> Matrix:
    rows = arrays.read_matrix(W, "W")
    arrays.require_matrix(rows, "W", columns=network.n_inputs)
    return rows


def _output_weights(network: ReluNetwork, H: Any, count: int) -> Matrix:
    items: Sequence[Any] = H.tolist() if hasattr(H, "tolist") else H
    flat = isinstance(items, (list, tuple)) and not any(isinstance(x, (list, tuple)) for x in items)
    rows = (arrays.read_vector(items, "H"),) if flat else arrays.read_matrix(items, "H")
    if len(rows) != network.n_outputs:
        raise InputError(None, "H", f"{network.n_outputs} rows (one per output)", len(rows))
    for j, row in enumerate(rows):
        arrays.require_vector(row, f"H[{j}]", count, "one per new neuron")
    return rows
