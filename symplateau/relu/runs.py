"""Running an experiment: from its start to its last epoch, with a checkpoint from which it can go on.

A checkpoint is an npz file, written whole or not at all, of everything that was computed. Training goes in
pieces from one time kept to the next, and a piece depends on nothing but the parameters at its start: a run
that was interrupted ends in the same numbers as one that was not.
"""

import io
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np

from ..archives import read_archive
from ..errors import InputError
from ..writing import FilePath, write_bytes
from .experiments import Experiment
from .flow import flow
from .training import State, Task, descend, random_start
from .trajectory import Trajectory

TIMES = 2_000  # kept of a full run, at equal distances
SECONDS = 2.0  # between checkpoints
MOST_EPOCHS = 100_000_000
MOST_BYTES = 64 * 2**20
MOST_CHARACTERS = 10_000
ARRAYS = ("settings", "epochs", "W", "H")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Settings:
    """What determines a run. method: descent or flow. step: binary64. every: epochs between times kept."""

    experiment: str
    method: str
    seed: int
    step: float
    epochs: int
    every: int


def settings(experiment: Experiment, seed: int, epochs: int | None = None, method: str = "descent",
             mean_loss: bool = False) -> Settings:
    """Of a run of this length; without one, of the full length. Raises InputError (status 2).

    mean_loss: the step is one of the mean of all squared residuals, in place of eq. (2).
    """
    length = experiment.epochs if epochs is None else epochs
    if not 1 <= length <= MOST_EPOCHS:
        raise InputError(None, "--epochs", f"a number from 1 to {MOST_EPOCHS}", length, status=2)
    step = float(experiment.step) * (float(experiment.mean_factor) if mean_loss else 1)
    return Settings(experiment.name, method, seed, step, length, max(length // TIMES, 1))


def task_of(experiment: Experiment) -> Task:
    """Its data, in binary64."""
    return Task.from_arrays(experiment.X, experiment.Y)


def run(experiment: Experiment, chosen: Settings, checkpoint: FilePath | None = None,
        progress: Progress = lambda epoch: None) -> Trajectory:
    """The trajectory of the whole run, from where the checkpoint ends. progress is told the epochs done.

    Raises InputError for a checkpoint that is not of this run or cannot be written, and what training raises;
    what was done until then, or until an interrupt, is in the checkpoint.
    """
    task = task_of(experiment)
    start = random_start(task, experiment.n_hidden, float(experiment.scale), chosen.seed)
    states: list[tuple[int, Any, Any]] = [(0, *start)]
    if checkpoint is not None and os.path.exists(checkpoint):
        states = _read(checkpoint, chosen, start)
    saved, written = time.monotonic(), len(states)
    try:
        while states[-1][0] < chosen.epochs:
            progress(states[-1][0])
            states.append(_next(task, chosen, states[-1]))
            if checkpoint is not None and time.monotonic() - saved > SECONDS:
                _write(checkpoint, chosen, states)
                saved, written = time.monotonic(), len(states)
    finally:
        if checkpoint is not None and len(states) > written:
            _write(checkpoint, chosen, states)
    progress(chosen.epochs)
    return Trajectory.of(task, states)


def _next(task: Task, chosen: Settings, last: tuple[int, Any, Any]) -> tuple[int, Any, Any]:
    epoch, *parameters = last
    piece = min(chosen.every, chosen.epochs - epoch)
    state: State = (parameters[0], parameters[1])
    if chosen.method == "flow":
        return (epoch + piece, *flow(task, state, chosen.step * piece))
    return (epoch + piece, *descend(task, state, chosen.step, piece))


def _write(checkpoint: FilePath, chosen: Settings, states: list[tuple[int, Any, Any]]) -> None:
    epochs, W, H = zip(*states, strict=True)
    stream = io.BytesIO()
    np.savez(stream, settings=json.dumps(asdict(chosen)), epochs=np.array(epochs, dtype=np.int64),
             W=np.array(W), H=np.array(H))
    write_bytes(checkpoint, stream.getvalue())


def _read(checkpoint: FilePath, chosen: Settings, start: State) -> list[tuple[int, Any, Any]]:
    """What a checkpoint holds. Raises InputError unless it is one of this run."""
    try:
        with open(checkpoint, "rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(checkpoint, None, "a checkpoint of `experiment`", error.strerror) from None
    if len(data) > MOST_BYTES:
        raise InputError(checkpoint, None, f"a checkpoint of at most {MOST_BYTES} bytes", "more")
    try:
        found = read_archive(data, ARRAYS, partial(_judge, start))
        if missing := [name for name in ARRAYS if name not in found]:
            raise InputError(None, missing[0], "an array of a checkpoint", "none")
    except InputError as error:
        expected = f"a checkpoint of `experiment`: {error.expected}"
        raise InputError(checkpoint, error.field, expected, error.got) from None
    _demand_settings(checkpoint, str(found["settings"]), chosen)
    epochs, W, H = found["epochs"].tolist(), found["W"], found["H"]
    due = [min(n * chosen.every, chosen.epochs) for n in range(len(epochs))]
    if not (0 < len(epochs) == len(W) == len(H) and epochs == sorted({*due})
            and np.array_equal(W[0], start[0]) and np.array_equal(H[0], start[1])
            and np.isfinite(W).all() and np.isfinite(H).all()):
        expected = "a whole checkpoint that this version began; remove the file to begin again"
        raise InputError(checkpoint, None, expected, "another content")
    return list(zip(epochs, W, H, strict=True))


def _judge(start: State, field: str, shape: tuple[int, ...], dtype: Any) -> None:
    """Refuse what no checkpoint of a run with this start holds, and what is too large."""
    expected: tuple[Any, ...] = {"settings": (), "epochs": (TIMES,), "W": (TIMES, *start[0].shape),
                                 "H": (TIMES, *start[1].shape)}[field]
    kind = {"settings": "U", "epochs": "i"}.get(field, "f")
    small = dtype.kind == kind and dtype.itemsize <= (4 * MOST_CHARACTERS if kind == "U" else 8)
    times = shape[0] if shape else 0
    if not small or len(shape) != len(expected) or shape[1:] != expected[1:] or times > 2 * TIMES + 1:
        known = f"an array as a checkpoint of this run has it, of a shape like {expected}"
        raise InputError(None, field, known, f"{dtype} of shape {shape}")


def _demand_settings(checkpoint: FilePath, text: str, chosen: Settings) -> None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(checkpoint, "settings", "JSON", error) from None
    if not isinstance(found, dict):
        raise InputError(checkpoint, "settings", "an object", type(found).__name__)
    other = [f"{name} {found.get(name)}" for name, value in asdict(chosen).items()
             if found.get(name) != value]
    if other:
        expected = "a checkpoint of this run; remove the file, or choose another folder with -o"
        raise InputError(checkpoint, None, expected, "one of a run with " + ", ".join(other))
