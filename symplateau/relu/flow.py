"""Gradient flow of a ReLU-like network of one hidden layer. In floats: it proposes, and proves nothing.

Between kinks the flow is smooth and goes to a solver of order 8 with the legs of rho held fixed; every time
at which a w_i.x_k changes its sign is located. Where the flow points to a kink from both of its sides, no
choice of rho'(0) has a solution: w_i then slides along x_k^perp, as in Filippov's solution.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import InputError, Undecided
from .training import Floats, State, Task

ON_KINK = 1e-11  # |w.x| / (|w| |x|) below which a neuron counts as on the kink
RELATIVE = 1e-10  # tolerances of the solver; the absolute ones are relative to a neuron's size
MOST_LEGS = 5_000  # pieces of one call
UP, DOWN, SLIDING = 1, -1, 0
Legs = npt.NDArray[np.int64]


@dataclass
class _Field:
    """The smooth vector field while every w_i.x_k stays on its leg. legs: (n_hidden, n_samples)."""

    task: Task
    legs: Legs

    def __post_init__(self) -> None:
        high, low = self.task.slopes
        self.slopes = np.select([self.legs == UP, self.legs == DOWN], [high, low], 0.0)
        self.sliding = (self.legs == SLIDING) & self.task.X.any(axis=1)
        # shares @ v: the coefficients in the sliding samples of the part of v that leaves the kinks.
        self.shares = np.zeros((*self.legs.shape, self.task.X.shape[1]))
        for i in np.flatnonzero(self.sliding.any(axis=1)):
            self.shares[i, self.sliding[i]] = np.linalg.pinv(self.task.X[self.sliding[i]].T)
        self.onto = np.eye(self.task.X.shape[1]) - self.task.X.T @ self.shares
        self.n_weights = len(self.legs) * self.task.X.shape[1]

    def unpack(self, y: Floats) -> State:
        """(n_hidden, n_inputs) and (n_hidden, n_outputs)."""
        n = len(self.legs)
        return y[: self.n_weights].reshape(n, -1), y[self.n_weights :].reshape(n, -1)

    def __call__(self, _: float, y: Floats) -> Floats:
        W, V = self.unpack(y)
        values = (W @ self.task.X.T) * self.slopes
        errors = values.T @ V - self.task.Y
        free = ((V @ errors.T) * self.slopes) @ self.task.X
        return -np.concatenate([(self.onto @ free[:, :, None]).ravel(), (values @ errors).ravel()])


def flow(task: Task, state: State, duration: float) -> State:
    """The parameters after gradient flow on eq. (2) for this time. The given ones are left alone.

    Raises InputError where SciPy is missing, Undecided where the solver gives up.
    """
    solver = _solver()
    W, H = state[0].copy(), state[1].copy()
    living = np.flatnonzero(~task.dead(W))
    if not living.size:
        return W, H
    y = np.concatenate([W[living].ravel(), H[:, living].T.ravel()])
    legs, time = np.sign(W[living] @ task.X.T).astype(np.int64), 0.0
    touching, pushed = _touching(task, W[living]), np.zeros(legs.shape, dtype=bool)
    for _ in range(MOST_LEGS):
        legs = _settle(task, y, legs, touching, pushed)
        field = _Field(task, legs)
        y, time, touching = _until_kink(field, _onto_kinks(field, y), time, duration, solver)
        pushed = touching & (legs == SLIDING)
        if time >= duration:
            W[living], V = field.unpack(y)
            H[:, living] = V.T
            return W, H
    raise Undecided("gradient flow: too many crossings of kinks", "follow it for a shorter time")


def _onto_kinks(field: _Field, y: Floats) -> Floats:
    """The state with every sliding neuron put exactly on its kinks, where rounding had it beside them."""
    W, V = field.unpack(y)
    return np.concatenate([(field.onto @ W[:, :, None]).ravel(), V.ravel()])


def _solver() -> Any:
    try:
        from scipy.integrate import DOP853
    except ImportError:
        extra = "SciPy, which the extra 'train' installs: pip install 'symplateau[train]'"
        raise InputError(None, "--flow", extra, "none", status=2) from None
    return DOP853


def _touching(task: Task, W: Floats) -> npt.NDArray[np.bool_]:
    """Which samples that are not zero lie on the kink of which neuron, up to rounding."""
    sizes = np.linalg.norm(W, axis=1)[:, None] * np.linalg.norm(task.X, axis=1)
    return np.asarray((np.abs(W @ task.X.T) <= ON_KINK * sizes) & task.X.any(axis=1))


def _settle(task: Task, y: Floats, legs: Legs, touching: npt.NDArray[np.bool_],
            pushed: npt.NDArray[np.bool_]) -> Legs:
    """The legs that the flow takes up where neurons touch kinks. A vanished neuron stays: all its legs do.

    pushed: samples that just ceased to slide, and do not slide on.
    """
    legs, touching = legs.copy(), touching | (legs == SLIDING)
    field = _Field(task, legs)
    W, V = field.unpack(y)
    errors = task.activations(W).T @ V - task.Y
    for i in np.flatnonzero(touching.any(axis=1) & W.any(axis=1)):
        legs[i] = _settled(task, errors @ V[i], legs[i], np.flatnonzero(touching[i]), pushed[i])
    return legs


def _settled(task: Task, pull: Floats, row: Legs, kinks: npt.NDArray[np.int64],
             pushed: npt.NDArray[np.bool_]) -> Legs:
    """Legs of one neuron: -dw = sum_k slope_k pull_k x_k, where on a kink the slope may be any between."""
    high, low = task.slopes
    X, best, slowest = task.X[kinks], row, -np.inf
    for choice in product(*(_choices(row[k], pushed[k]) for k in kinks)):
        trial = row.copy()
        trial[kinks] = choice
        slopes = np.select([trial == UP, trial == DOWN], [high, low], 0.0)
        slide = np.array(choice) == SLIDING
        free = -(slopes * pull) @ task.X
        shares = np.linalg.pinv(X[slide].T) @ free  # free = sum of shares times sliding x, plus motion
        motion = X[~slide] @ (free - shares @ X[slide])
        between = np.array(pull[kinks][slide])
        ends = np.sort(np.stack([between * high, between * low]), axis=0)
        possible = (ends[0] <= shares) & (shares <= ends[1])
        away = (motion * np.array(choice)[~slide]).min(initial=np.inf)
        if away > 0 and possible.all():
            return trial
        if away > slowest and possible.all():
            best, slowest = trial, away
    return best  # up to rounding it moves along a kink: the legs hardly matter


def _choices(leg: int, pushed: bool) -> tuple[int, ...]:
    """The legs to try, the present one first."""
    if leg == SLIDING:
        return (UP, DOWN) if pushed else (SLIDING, UP, DOWN)
    return (leg, -leg, SLIDING)


def _until_kink(field: _Field, y: Floats, time: float, end: float, solver: Any) -> Any:
    """Follow the smooth field until a sample changes its leg, or ceases to slide, or the time is over."""
    W, V = field.unpack(y)
    size = np.sqrt(np.square(W).sum(axis=1) + np.square(V).sum(axis=1))
    sizes = np.concatenate([np.repeat(size, W.shape[1]), np.repeat(size, V.shape[1])])
    run = solver(field, time, y, end, rtol=RELATIVE, atol=np.maximum(RELATIVE * sizes, 1e-300))
    nothing = np.zeros(field.legs.shape, dtype=bool)
    while run.status == "running":
        if (message := run.step()) and run.status == "failed":
            raise Undecided(f"gradient flow: {message}", "train by gradient descent")
        if _left(field, run.y).any():
            path = run.dense_output()
            moment = _first(field, path, run.t_old, run.t)
            return path(moment), moment, _left(field, path(moment))
    return run.y, run.t, nothing


def _first(field: _Field, path: Any, low: float, high: float) -> float:
    """The first time found, by bisection, at which some leg is left: then it just was."""
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (low, middle) if _left(field, path(middle)).any() else (middle, high)
    return high


def _left(field: _Field, y: Floats) -> npt.NDArray[np.bool_]:
    """Which samples have crossed the kink, or are pushed off it: (n_hidden, n_samples)."""
    W, V = field.unpack(y)
    z = W @ field.task.X.T
    found: npt.NDArray[np.bool_] = np.less(field.legs * z, 0)
    if found.any():
        found &= ~_touching(field.task, W)
    if field.sliding.any():
        pull = V @ ((z * field.slopes).T @ V - field.task.Y).T
        shares = -(field.shares @ ((pull * field.slopes) @ field.task.X)[:, :, None])[:, :, 0]
        ends = np.sort([slope * pull for slope in field.task.slopes], axis=0)  # what a kink can pull
        found |= field.sliding & ((shares < ends[0]) | (shares > ends[1])) & W.any(axis=1, keepdims=True)
    return found
