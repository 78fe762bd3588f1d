"""The data of the experiments against another writing of them, and what follows from them in closed form."""

from fractions import Fraction as F

import numpy as np
import pytest
from dictionary.experiments import ONE_OUTPUT, TWO_OUTPUTS

from symplateau.errors import InputError
from symplateau.relu.experiments import EXPERIMENTS, NAMES, experiment
from symplateau.relu.runs import settings, task_of
from symplateau.relu.training import random_start


def exact(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[F, ...], ...]:
    return tuple(tuple(map(F, row)) for row in rows)


@pytest.mark.parametrize(("name", "data"), [
    ("section-4.1.1", ONE_OUTPUT), ("appendix-j", ONE_OUTPUT), ("appendix-i.2", TWO_OUTPUTS)])
def test_samples_are_those_of_the_dictionary(name: str, data: object) -> None:
    found = experiment(name)
    assert (exact(found.X), exact(found.Y)) == data


# At the origin the loss is half the sum of the squared targets.
@pytest.mark.parametrize(("name", "loss"), [
    ("section-4.1.1", F(953, 10_000)), ("appendix-i.1", F(145, 200)), ("appendix-i.2", F(153, 100))])
def test_the_loss_at_the_origin(name: str, loss: F) -> None:
    targets = [y for row in exact(experiment(name).Y) for y in row]
    assert sum(y * y for y in targets) / 2 == loss


def test_the_inputs_of_the_first_appendix() -> None:
    # Column sums, by hand from the seven printed vectors.
    X = exact(experiment("appendix-i.1").X)
    assert [sum(column) for column in zip(*X, strict=True)] == [F(-3, 10), F(-7, 20), F(-17, 10)]
    assert [sum(map(abs, column)) for column in zip(*X, strict=True)] == [F(27, 10), F(71, 20), F(37, 10)]


def test_the_larger_start_is_that_of_section_4_times_175() -> None:
    assert F(experiment("appendix-j").scale) == 175 * F(experiment("section-4.1.1").scale)
    assert experiment("appendix-j").seed == experiment("section-4.1.1").seed


def test_sizes_steps_and_lengths() -> None:
    found = experiment("section-4.1.1")
    assert (found.n_hidden, found.step, found.epochs, F(found.scale)) == (50, "0.001", 500_000, F(5, 10**6))
    assert {F(experiment(name).scale) for name in ("appendix-i.1", "appendix-i.2")} == {F(951, 10**13)}
    assert all(one.n_hidden == 50 for one in EXPERIMENTS)


def test_the_mean_of_the_squares_has_a_smaller_gradient() -> None:
    # Five residuals: the mean of the squares is 2/5 of half their sum.
    found = experiment("section-4.1.1")
    assert settings(found, 0, mean_loss=True).step == pytest.approx(0.001 * 2 / 5)
    assert experiment("appendix-i.2").mean_factor == F(2, 8)


def test_starts_are_of_the_printed_size() -> None:
    for found in EXPERIMENTS:
        W, H = random_start(task_of(found), found.n_hidden, float(found.scale), found.seed)
        assert W.shape == (50, len(found.X[0])) and H.shape == (len(found.Y[0]), 50)
        assert np.std(W) == pytest.approx(float(found.scale), rel=0.3)


def test_names() -> None:
    assert len(set(NAMES)) == len(EXPERIMENTS)
    with pytest.raises(InputError, match=r"one of section-4.1.1.*found \.\./x"):
        experiment("../x")
