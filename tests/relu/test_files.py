"""Network files of ReLU-like networks: what they mean, and what is refused in one line."""

import json
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from symplateau.errors import InputError
from symplateau.files import read_network, write_network
from symplateau.network import Network
from symplateau.relu.network import ReluNetwork

GOOD: dict[str, Any] = {"activation": "relu", "X": [["3/7", 0.1], [1, -2]], "y": [["1", 2], [0, "1/8"]],
                        "H": [[1, 2, 3], [4, 5, 6]], "W": [[1, 2], [0, 0], [3, "-1/3"]]}
FLAT = {key: value for key, value in GOOD.items() if key != "H"} | {"y": [1, "1/8"], "v": [1, 2, 3]}


def read(folder: Path, content: dict[str, Any]) -> Any:
    file = folder / "net.json"
    file.write_text(json.dumps(content))
    return read_network(file)


def refused(folder: Path, field: str | None, content: dict[str, Any], *words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(folder, content)
    line = str(caught.value)
    assert (caught.value.field, caught.value.status) == (field, 4), line
    assert line.isprintable() and ": expected " in line and len(line) < 800
    for word in words:
        assert word in line


def test_several_outputs(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == ReluNetwork.from_arrays(
        [["3/7", 0.1], [1, -2]], [[1, 2], [0, "1/8"]], [[1, 2], [0, 0], [3, "-1/3"]], [[1, 2, 3], [4, 5, 6]])


def test_one_output_in_every_shape(tmp_path: Path) -> None:
    flat = read(tmp_path, FLAT)
    assert (flat.n_outputs, flat.H) == (1, ((1, 2, 3),))
    assert read(tmp_path, FLAT | {"y": [[1], ["0.125"]], "v": [[1, 2, 3]]}) == flat
    without = {key: value for key, value in FLAT.items() if key != "v"}
    assert read(tmp_path, without | {"H": [[1, 2, 3]]}) == read(tmp_path, without | {"H": [1, 2, 3]}) == flat
    assert read(tmp_path, FLAT | {"c": "1/3"}) == read(tmp_path, FLAT | {"c": ["1/3"]}) != flat


def test_a_hidden_bias_is_an_input_of_ones(tmp_path: Path) -> None:
    network = read(tmp_path, GOOD | {"b": [1, 0, "-1/2"], "c": [5, "1/7"]})
    assert list(network.X) == [(F(3, 7), F(0.1), 1), (1, -2, 1)] and network.c == (5, F(1, 7))
    assert list(network.W) == [(1, 2, 1), (0, 0, 0), (3, F(-1, 3), F(-1, 2))]
    # f(1, -2) by hand: z = 1 - 4 + 1 = -2, 0, 3 + 2/3 - 1/2 = 19/6.
    assert network.outputs[1] == (3 * F(19, 6) + 5, 6 * F(19, 6) + F(1, 7))


def test_slopes(tmp_path: Path) -> None:
    def slopes(name: str, *values: Any) -> Any:
        return read(tmp_path, GOOD | {"activation": name, "slopes": list(values)}).slopes

    assert read(tmp_path, GOOD).slopes == (1, 0)
    assert slopes("leaky_relu", 1, "1/100") == (1, F(1, 100))
    assert slopes("relu_like", "-1/2", 2) == (F(-1, 2), 2)
    assert slopes("relu_like", 1, 0) == slopes("leaky_relu", "1", 0) == (1, 0)


@pytest.mark.parametrize(("loss", "scale"), [("half_sum", F(1)), ("mean", F(2, 2)), ("half_mean", F(1, 2))])
def test_losses_differ_by_a_factor(tmp_path: Path, loss: str, scale: F) -> None:
    network = read(tmp_path, GOOD | {"loss": loss})
    assert network.scale == scale and network.loss == read(tmp_path, GOOD).loss
    assert network.problem() == read(tmp_path, GOOD).problem()


@pytest.mark.parametrize("changes", [
    {}, {"c": [1, "2/3"]}, {"b": [1, 2, 3]}, {"activation": "leaky_relu", "slopes": [1, "1/10"]},
    {"activation": "relu_like", "slopes": [0, 1], "loss": "half_mean"}, {"penalty": 0}, {"penalty": "0/3"},
    {"X": [[0, 0], [0, 0]]}, {"W": [[0, 0]] * 3},
])
def test_what_is_written_is_read_back_equal(tmp_path: Path, changes: dict[str, Any]) -> None:
    network = read(tmp_path, GOOD | changes)
    write_network(tmp_path / "again.json", network)
    assert read_network(tmp_path / "again.json") == network


def test_npz_means_the_floats_in_it(tmp_path: Path) -> None:
    fields = {"X": np.array([[0.1, 1.0], [2.0, 3.0]]), "y": np.array([[1.0, 2.0], [3.0, 4.0]]),
              "W": np.array([[1.0, 0.5]], dtype=np.float32), "H": np.array([[1], [2]]), "b": np.array([0.25]),
              "c": np.array([0.0, 1.0]), "slopes": np.array([1.0, 0.01]),
              "activation": np.array("leaky_relu")}
    np.savez(tmp_path / "net.npz", **fields)
    network = read_network(tmp_path / "net.npz")
    assert isinstance(network, ReluNetwork) and network.slopes == (1, F(0.01)) and network.X[0][0] == F(0.1)
    assert list(network.W) == [(1, F(1, 2), F(1, 4))] and network.c == (0, 1)


@pytest.mark.parametrize(("changes", "field", "words"), [
    ({"activation": "leaky_relu"}, "slopes", ["1/100"]),
    ({"activation": "relu_like"}, "slopes", ["t >= 0"]),
    ({"activation": "leaky_relu", "slopes": [2, 1]}, "slopes[0]", ["relu_like"]),
    ({"activation": "leaky_relu", "slopes": []}, "slopes[0]", ["none"]),
    ({"slopes": [1, 0]}, "slopes", ["relu_like"]),
    ({"activation": "relu_like", "slopes": ["1/2", 0.5]}, "slopes", ["linear", "twice 1/2"]),
    ({"activation": "relu_like", "slopes": [1, 2, 3]}, "slopes", ["found 3"]),
    ({"activation": "relu_like", "slopes": 1}, "slopes", ["a list"]),
    ({"activation": "relu_like", "slopes": [1, "NaN"]}, "slopes[1]", ["NaN"]),
    ({"activation": "tanh", "slopes": [1, 0]}, "slopes", ["leaky_relu"]),
    ({"activation": "leaky_relu(1/100)"}, "activation", []),
    ({"W_unit": "log(2)"}, "W_unit", ["rational without a unit"]),
    ({"penalty": 1e-4}, "penalty", ["ReLU-like", "another loss"]), ({"penalty": -1}, "penalty", ["negative"]),
    ({"loss": "sum"}, "loss", ["half_mean"]), ({"loss": 1}, "loss", []),
    ({"W": []}, "W", ["at least one hidden neuron"]), ({"W": [[1, 2], [1]]}, "W[1]", ["2 numbers"]),
    ({"W": [[1], [2], [3]]}, "W[0]", ["as in X"]), ({"W": 1}, "W", ["a list"]),
    ({"X": []}, "X", ["none"]), ({"X": [[1, 2], [3]]}, "X[1]", []),
    ({"X": [[1, 2], [3, None]]}, "X[1][1]", []),
    ({"X": [[1, 2], [3, float("inf")]]}, "X[1][1]", ["inf"]),
    ({"X": [[1, 2], [3, True]]}, "X[1][1]", ["true"]),
    ({"y": [[1, 2]]}, "y", ["2 rows", "found 1"]), ({"y": [[1, 2], [3]]}, "y[1]", []),
    ({"y": []}, "y", ["none"]), ({"y": [1, 2]}, "H", ["1 rows"]),
    ({"H": [[1, 2, 3]]}, "H", ["2 rows", "one per output"]),
    ({"H": [[1, 2, 3], [4, 5]]}, "H[1]", ["3 numbers"]), ({"H": [1, 2, 3]}, "H", ["2 rows"]),
    ({"H": [[1, 2, 3], [4, 5, "x"]]}, "H[1][2]", ["'x'"]), ({"H": []}, "H", []),
    ({"b": [1, 2]}, "b", ["3 numbers", "found 2"]), ({"b": [[1, 2, 3]]}, "b[0]", []),
    ({"b": None}, "b", ["null"]),
    ({"c": [1]}, "c", ["2 numbers", "found 1"]), ({"c": 1}, "c", ["2 numbers"]), ({"c": "x"}, "c", []),
    ({"c": [1, None]}, "c[1]", []),
])
def test_what_is_refused(tmp_path: Path, changes: dict[str, Any], field: str, words: list[str]) -> None:
    refused(tmp_path, field, GOOD | changes, *words)


def test_the_output_weights_keep_the_name_they_came_with(tmp_path: Path) -> None:
    refused(tmp_path, "v", FLAT | {"v": [1, 2]} | {"y": [[1, 2], [3, 4]]}, "2 rows")
    refused(tmp_path, "v[0]", FLAT | {"v": [1, 2]}, "3 numbers")
    refused(tmp_path, "H", FLAT | {"H": [[1, 2, 3]]}, "both")


def test_sizes_over_the_limits_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, field, size in (("MAX_SAMPLES", "X", 1), ("MAX_HIDDEN", "W", 2), ("MAX_INPUTS", "X", 1),
                               ("MAX_ENTRIES", "X", 3), ("MAX_HIDDEN", "y", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(f"symplateau.files.{limit}", size)
            content = GOOD | ({"W": [[1, 2]], "H": [[1]]} if field == "y" else {})
            refused(tmp_path, field, content, f"at most {size}")


def test_a_scale_that_no_loss_has_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="half_mean"):
        write_network(tmp_path / "net.json", replace(read(tmp_path, GOOD), scale=F(3)))


def test_smooth_networks_with_several_outputs_stay_refused(tmp_path: Path) -> None:
    refused(tmp_path, "H", GOOD | {"activation": "tanh"}, "one output")
    assert isinstance(read(tmp_path, FLAT | {"activation": "tanh"}), Network)
