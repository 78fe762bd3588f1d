"""Trains the shipped ReLU network: the data of section 4.1.1 of paper B, 500,000 epochs.

    python -m symplateau.data.line DIRECTORY

writes `relu_line.json` there. README.md says what came out.
"""

import sys
from pathlib import Path
from typing import Any

from ..relu.experiments import experiment
from ..relu.runs import run, settings
from ..writing import write_text
from .wine import shown

NAME, EXPERIMENT = "relu_line", "section-4.1.1"


def train(epochs: int | None = None) -> dict[str, Any]:
    """The content of the network file: the data as decimal text, the weights as binary64 numbers."""
    found = experiment(EXPERIMENT)
    end = run(found, settings(found, found.seed, epochs))
    return {"activation": "relu", "X": found.X, "y": [y for (y,) in found.Y],
            "W": end.W[-1].tolist(), "v": end.H[-1][0].tolist()}


def main(arguments: list[str]) -> int:
    """Train, and write the file into the directory named. Returns 2 on a wrong command line."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m symplateau.data.line DIRECTORY (one that exists)", file=sys.stderr)
        return 2
    path = Path(arguments[0], f"{NAME}.json")
    content = train()
    write_text(path, shown(content | {"X": [list(row) for row in content["X"]]}))
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
