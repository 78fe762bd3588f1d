"""Runs that are interrupted, resumed, and refused; perturbations at points of known type."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from symplateau.errors import InputError
from symplateau.relu import runs
from symplateau.relu.experiments import experiment
from symplateau.relu.perturbations import perturb, smooth_size
from symplateau.relu.runs import Settings, run, settings
from symplateau.relu.training import Task, descend, random_start

SMALL = replace(experiment("appendix-j"), epochs=400, n_hidden=6)


def short(method: str = "descent", **changes: object) -> Settings:
    return replace(settings(SMALL, 3, 400, method), every=10, **changes)


@pytest.mark.parametrize("method", ["descent", "flow"])
def test_an_interrupted_run_ends_in_the_same_numbers(method: str, tmp_path: Path) -> None:
    if method == "flow":
        pytest.importorskip("scipy")
    whole, file = run(SMALL, short(method)), tmp_path / "run.npz"

    def stop(epoch: int) -> None:
        if epoch == 170:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(SMALL, short(method), file, stop)
    seen: list[int] = []
    resumed = run(SMALL, short(method), file, seen.append)
    assert seen[0] == 170 and seen[-1] == 400  # what was done is not done again
    assert np.array_equal(resumed.epochs, whole.epochs) and np.array_equal(resumed.W, whole.W)
    assert np.array_equal(resumed.H, whole.H)
    assert list(tmp_path.iterdir()) == [file]


def test_a_run_is_descent_in_pieces() -> None:
    found = run(SMALL, short())
    task = runs.task_of(SMALL)
    W, _ = descend(task, random_start(task, 6, 8.75e-4, 3), 0.001, 400)
    assert np.array_equal(found.W[-1], W) and found.epochs.tolist() == list(range(0, 401, 10))


def test_checkpoints_are_written_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "SECONDS", 0.0)
    file, lengths = tmp_path / "run.npz", []

    def look(epoch: int) -> None:
        if epoch:
            with np.load(file) as archive:
                lengths.append(len(archive["epochs"]))

    run(SMALL, short(), file, look)
    assert lengths == [*range(2, 42)]  # a killed process would find all pieces before its last one


@pytest.mark.parametrize("change", [{"seed": 4}, {"step": 0.002}, {"method": "flow"}, {"every": 20}])
def test_the_checkpoint_of_another_run_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    run(SMALL, short(), tmp_path / "run.npz")
    with pytest.raises(InputError, match="a checkpoint of this run"):
        run(SMALL, replace(short(), **change), tmp_path / "run.npz")


@pytest.mark.parametrize("spoil", ["text", "cut", "array", "nan", "order", "pickle"])
def test_a_spoiled_checkpoint_is_refused(spoil: str, tmp_path: Path) -> None:
    file = tmp_path / "run.npz"
    run(SMALL, short(), file)
    with np.load(file) as archive:
        content = dict(archive)
    if spoil == "text":
        file.write_text("no")
    elif spoil == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    else:
        if spoil == "array":
            content["W"] = content["W"][:, :, :1]
        elif spoil == "nan":
            content["W"][3, 0, 0] = np.nan
        elif spoil == "order":
            content["epochs"] = content["epochs"][::-1]
        else:
            content["H"] = np.array([{}], dtype=object)
        np.savez(file, **content)
    with pytest.raises(InputError, match="checkpoint"):
        run(SMALL, short(), file)


@pytest.mark.parametrize("epochs", [0, -5, 10**9])
def test_lengths_out_of_range_are_refused(epochs: int) -> None:
    with pytest.raises(InputError, match="--epochs"):
        settings(SMALL, 0, epochs)


PARABOLA = Task.from_arrays([[1, 0], [0, 1]], [[1], [1]])
FITTED = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 1.0]])  # kinks at both, loss 0


def test_no_perturbation_of_a_global_minimum_lowers_the_loss() -> None:
    found = perturb(PARABOLA, FITTED, 1e-3, 1200, 0)
    assert len(found.changes) == 1200 and found.falls == 0 and found.changes.min() > 0
    assert found.crossings > 0 and found.smooth_size == 0


def test_some_perturbation_of_a_saddle_lowers_it() -> None:
    found = perturb(PARABOLA, (np.zeros((2, 2)), np.zeros((1, 2))), 1e-3, 1000, 0)
    assert 0 < found.falls < 1000


def test_up_to_the_smooth_size_no_leg_changes() -> None:
    W = np.array([[1.0, 0.5], [0.25, 2.0], [-1.0, -1.0]])
    assert smooth_size(PARABOLA, W) == 0.25  # the third neuron is dead and does not count
    state = W[:2], np.ones((1, 2))
    assert perturb(PARABOLA, state, 0.24, 2000, 1).crossings == 0
    assert perturb(PARABOLA, state, 0.4, 2000, 1).crossings > 0


def test_perturbations_are_those_of_their_seed() -> None:
    one, same, other = (perturb(PARABOLA, FITTED, 1e-3, 700, seed).changes for seed in (1, 1, 2))
    assert np.array_equal(one, same) and not np.array_equal(one, other)
