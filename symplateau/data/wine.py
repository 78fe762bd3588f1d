"""Two tanh networks trained on the wine recognition data: from the data to the shipped files.

    python -m symplateau.data.wine DIRECTORY

writes `wine_tanh_4.json` and `wine_tanh_2.json` there. Needs the extra `train`. README.md says what came out.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..writing import write_text

Floats = NDArray[np.float64]
NEWTON_STEPS = 8


@dataclass(frozen=True)
class Task:
    """What is fitted to what, by how many tanh neurons, and the seed of the start."""

    name: str
    inputs: tuple[str, ...]
    target: str
    width: int
    hidden_bias: bool
    seed: int


FIVE = ("alcohol", "ash", "alcalinity_of_ash", "flavanoids", "proline")
TASKS = (
    Task("wine_tanh_4", FIVE, "cultivar", width=4, hidden_bias=True, seed=10),
    Task("wine_tanh_2", ("ash", "flavanoids"), "total_phenols", width=2, hidden_bias=False, seed=0),
)


def load_columns() -> dict[str, Floats]:
    """The 13 measurements and the cultivar (0, 1 or 2), each of shape (178,)."""
    from sklearn.datasets import load_wine

    wine = load_wine()
    return {**dict(zip(wine.feature_names, wine.data.T, strict=True)), "cultivar": wine.target.astype(float)}


def standardise(column: Floats) -> list[str]:
    """Mean 0 and variance 1 but for the rounding to two decimals, as text: exact for every reader."""
    rounded = np.round((column - column.mean()) / column.std(), 2)
    return [f"{value + 0.0:.2f}" for value in rounded]  # + 0.0 makes 0.00 of a -0.00


class Fit:
    """The residuals of a task as a function of theta = (v; w_0[, b_0], w_1[, b_1], ...; c)."""

    def __init__(self, X: Floats, y: Floats, width: int, hidden_bias: bool) -> None:
        self.rows = np.column_stack([X, np.ones(len(X))]) if hidden_bias else X
        self.y, self.width = y, width
        self.n_parameters = width * (1 + self.rows.shape[1]) + 1

    def split(self, theta: Floats) -> tuple[Floats, Floats, float]:
        """v (width,); the weights, each row with its bias (width, n_inputs or one more); c."""
        return theta[: self.width], theta[self.width : -1].reshape(self.width, -1), float(theta[-1])

    def residual(self, theta: Floats) -> Floats:
        """Output minus target, shape (n_samples,)."""
        v, weights, c = self.split(theta)
        values: Floats = np.tanh(self.rows @ weights.T) @ v + c - self.y
        return values

    def jacobian(self, theta: Floats) -> Floats:
        """The derivative of the residual, shape (n_samples, n_parameters)."""
        v, weights, _ = self.split(theta)
        z = np.tanh(self.rows @ weights.T)
        by_neuron = ((1 - z**2) * v)[:, :, None] * self.rows[:, None, :]
        return np.hstack([z, by_neuron.reshape(len(z), -1), np.ones((len(z), 1))])

    def approximate_minimum(self, seed: int) -> Floats:
        """Where Levenberg-Marquardt ends from a standard normal start. Shape (n_parameters,)."""
        from scipy.optimize import least_squares

        start = np.random.default_rng(seed).normal(size=self.n_parameters)
        found = least_squares(
            self.residual, start, self.jacobian, method="lm", xtol=1e-13, ftol=1e-13, gtol=1e-13, max_nfev=400
        )
        theta: Floats = found.x
        return theta


def train(task: Task, columns: dict[str, Floats]) -> dict[str, Any]:
    """The content of a task's network file: the data as decimal text, the parameters as binary64 numbers."""
    X = [list(row) for row in zip(*(standardise(columns[name]) for name in task.inputs), strict=True)]
    y = standardise(columns[task.target])
    fit = Fit(np.array(X, dtype=float), np.array(y, dtype=float), task.width, task.hidden_bias)
    theta = fit.approximate_minimum(task.seed)

    def content(theta: Floats) -> dict[str, Any]:
        v, weights, c = fit.split(theta)
        weights, biases = weights[:, : len(task.inputs)], weights[:, len(task.inputs) :]
        b = {"b": biases[:, 0].tolist()} if task.hidden_bias else {}
        return {"activation": "tanh", "X": X, "y": y, "v": v.tolist(), "W": weights.tolist(), **b, "c": c}

    # Newton's method leaves nothing but rounding errors in the gradient.
    network = Network.from_arrays(**content(theta))
    for _ in range(NEWTON_STEPS):
        theta = theta - np.linalg.solve(network.float_hessian(theta), network.float_gradient(theta))
    return content(theta)


def shown(content: dict[str, Any]) -> str:
    """JSON with one line per field, in a matrix one per row."""
    fields = []
    for name, value in content.items():
        matrix = isinstance(value, list) and isinstance(value[0], list)
        text = "[\n    " + ",\n    ".join(map(json.dumps, value)) + "\n  ]" if matrix else json.dumps(value)
        fields.append(f"  {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(fields) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Train every task and write its file into the directory named. Returns 2 on a wrong command line."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m symplateau.data.wine DIRECTORY (one that exists)", file=sys.stderr)
        return 2
    columns = load_columns()
    for task in TASKS:
        path = Path(arguments[0], f"{task.name}.json")
        write_text(path, shown(train(task, columns)))
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
