"""Stationary points with escape neurons and several outputs: decided block by block.

Neurons that see no common sample add to the loss apart, so that the point is a minimum if and only if it is
one for each block. A block without escape neurons is one (Theorem 4.2), and so is one with q > 0 on its
flat cone (`flat`). So is a block of one neuron with q >= 0: with the best h for w the loss grows with c
|rho(X w)|^2 - |Y^T rho(X w)|^2, with c so that it is 0 at P, a quadratic form on each cone. At w + y + z, y
in the flat cone and z beyond it, that is y^T M y plus a multiple of |z|, less o(|z|). What is left:
`degenerate`.
"""

from dataclasses import replace

from ..errors import Undecided
from .curve import curve_path
from .degenerate import decide_degenerate
from .expansion import Path
from .flat import decide_form
from .network import Direction, ReluNetwork
from .slices import seen
from .vectors import ZERO


def find_descent(network: ReluNetwork, escaping: tuple[int, ...]) -> Path | None:
    """A path on which the loss falls, a curve where no straight line was found; None: a local minimum.

    Assumes a stationary point with these escape neurons. Raises Undecided where neither was shown.
    """
    if network.c is not None:
        return _with_bias(network, escaping)
    missing: Undecided | None = None
    for block in blocks(network):
        inner = [block.index(i) for i in block if i in escaping]
        try:
            moves = _falling(restricted(network, block), inner) if inner else None
        except Undecided as error:
            moves, missing = None, missing or error
        if moves is not None:
            return _descent(network, tuple(spread(network, block, move) for move in moves))
    if missing is not None:
        raise missing
    return None


def _descent(network: ReluNetwork, moves: tuple[Direction, ...]) -> Path:
    found = curve_path(network, moves)
    if found is None or not found.falls:
        raise ArithmeticError("blocks: the path found is not one of descent")
    return found


def _with_bias(network: ReluNetwork, escaping: tuple[int, ...]) -> Path | None:
    """The same with an output bias, which joins all blocks: the form; else paths that keep the bias.

    These are paths, but where there is none the bias might still join in a curve.
    """
    form = decide_form(network, escaping)
    if form == "positive":
        return None
    if isinstance(form, Direction):
        return _descent(network, (form,))
    targets = tuple(tuple(y - c for y, c in zip(row, network.c or (), strict=True)) for row in network.Y)
    found = find_descent(replace(network, Y=targets, c=None), escaping)
    if found is None:
        raise Undecided("degenerate: there are escape neurons, and the output bias may join in a curve",
                        "ask about the network without an output bias")
    return found


def _falling(network: ReluNetwork, escaping: list[int]) -> tuple[Direction, ...] | None:
    form = decide_form(network, escaping)
    if isinstance(form, Direction):
        return (form,)
    return None if form == "positive" or network.n_hidden == 1 else decide_degenerate(network)


def blocks(network: ReluNetwork) -> list[tuple[int, ...]]:
    """The living neurons, parted so that neurons of different blocks see no common sample."""
    found: list[tuple[set[int], set[int]]] = []
    for i in range(network.n_hidden):
        samples = set(seen(network, i))
        if samples:
            joined = [b for b in found if b[1] & samples]
            found = [b for b in found if not b[1] & samples]
            found.append(({i}.union(*(b[0] for b in joined)), samples.union(*(b[1] for b in joined))))
    return [tuple(sorted(neurons)) for neurons, _ in found]


def restricted(network: ReluNetwork, block: tuple[int, ...]) -> ReluNetwork:
    """The neurons of a block, on the samples that they see, where the others have output 0."""
    samples = sorted({k for i in block for k in seen(network, i)})
    return replace(network, X=tuple(network.X[k] for k in samples), Y=tuple(network.Y[k] for k in samples),
                   W=tuple(network.W[i] for i in block),
                   H=tuple(tuple(h[i] for i in block) for h in network.H))


def spread(network: ReluNetwork, block: tuple[int, ...], move: Direction) -> Direction:
    """A move of the block alone, as one of the whole network."""
    place, neurons = {i: n for n, i in enumerate(block)}, range(network.n_hidden)
    W = tuple(move.W[place[i]] if i in place else (ZERO,) * network.n_inputs for i in neurons)
    H = tuple(tuple(row[place[i]] if i in place else ZERO for i in neurons) for row in move.H)
    return Direction(W, H)
