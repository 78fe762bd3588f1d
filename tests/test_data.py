"""The shipped networks are what their README says, by formulas of plain NumPy written here."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import symplateau.data
from symplateau import classify
from symplateau.claims import read_claims
from symplateau.data import line
from symplateau.errors import InputError
from symplateau.files import read_network

FOLDER = Path(symplateau.data.__file__).parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
SHAPES = {"wine_tanh_2": (178, 2, 2, 7), "wine_tanh_4": (178, 5, 4, 29)}
INNER_INERTIA = {
    "wine_tanh_2": [(0, 2), (2, 0)],
    "wine_tanh_4": [(2, 4), (3, 3), (3, 3), (2, 4)],
}
names = pytest.mark.parametrize("name", SHAPES)


def load(name):
    """The numbers of a file as arrays: X (n, d), y (n,), v (m,), W (m, d), b (m,) or None, c."""
    content = json.loads(symplateau.data.path(name).read_text(encoding="ascii"))
    assert content.pop("activation") == "tanh"
    return {"b": None} | {field: np.array(value, dtype=float) for field, value in content.items()}


def derivatives(X, y, v, W, b, c):
    """Gradient and Hessian of half the sum of squares in theta = (v; w_i[, b_i]; c), and the inner Hessians.

    With r the residual, g and Q the output's derivatives: the sums over samples of r g and of g g' + r Q.
    """
    rows, weights = (X, W) if b is None else (np.c_[X, np.ones(len(X))], np.c_[W, b])
    m, e = weights.shape
    size = m + m * e + 1
    gradient, hessian, inner = np.zeros(size), np.zeros((size, size)), np.zeros((m, e, e))
    for x, target in zip(rows, y, strict=True):
        t = weights @ x
        s, s1, s2 = np.tanh(t), 1 / np.cosh(t) ** 2, -2 * np.sinh(t) / np.cosh(t) ** 3
        r = v @ s + c - target
        g = np.concatenate([s, np.outer(v * s1, x).ravel(), [1.0]])
        Q = np.zeros((size, size))
        for i in range(m):
            own = np.arange(m + i * e, m + (i + 1) * e)
            Q[i, own] = Q[own, i] = s1[i] * x
            Q[np.ix_(own, own)] = v[i] * s2[i] * np.outer(x, x)
            inner[i] += r * Q[np.ix_(own, own)]
        gradient += r * g
        hessian += np.outer(g, g) + r * Q
    return gradient, hessian, inner


def shifted(network, field, index, step):
    """The network with one number moved by step."""
    moved = np.array(network[field])
    moved[index] += step
    return network | {field: moved}


@names
def test_the_shapes_are_those_that_the_readme_states(name):
    network, (n, d, m, size) = load(name), SHAPES[name]
    assert network["X"].shape == (n, d) and network["y"].shape == (n,)
    assert network["v"].shape == (m,) and network["W"].shape == (m, d) and network["c"].shape == ()
    assert (network["b"] is None) == (name == "wine_tanh_2")
    assert read_network(symplateau.data.path(name)).n_parameters == size
    assert f"| `{name}.json` | {n} | {d} | {m} | {size} |" in README


@names
def test_the_data_are_short_decimals_of_standardised_columns_and_the_parameters_are_numbers(name):
    content = json.loads(symplateau.data.path(name).read_text(encoding="ascii"))
    texts = [*content["y"], *(entry for row in content["X"] for entry in row)]
    assert all(re.fullmatch(r"-?[0-9]\.[0-9][0-9]", text) and text != "-0.00" for text in texts)
    weights = [w for row in content["W"] for w in row]
    parameters = [*content["v"], *weights, *content.get("b", []), content["c"]]
    assert all(type(parameter) is float for parameter in parameters)
    columns = np.c_[load(name)["X"], load(name)["y"]]
    assert np.abs(columns.mean(0)).max() < 0.005 and np.abs(columns.var(0) - 1).max() < 0.01


@names
def test_the_point_is_stationary_and_its_hessian_positive_definite(name):
    gradient, hessian, _ = derivatives(**load(name))
    assert np.abs(gradient).max() < 1e-9
    assert np.linalg.eigvalsh(hessian)[0] > 0.05


@names
def test_inner_hessians_are_nonsingular_with_the_stated_inertia(name):
    _, _, inner = derivatives(**load(name))
    eigenvalues = np.linalg.eigvalsh(inner)
    assert np.abs(eigenvalues).min() > 0.05
    found = [(int((row > 0).sum()), int((row < 0).sum())) for row in eigenvalues]
    assert found == INNER_INERTIA[name]


@names
def test_the_readme_prints_the_measured_eigenvalues(name):
    _, hessian, inner = derivatives(**load(name))
    spectrum = np.linalg.eigvalsh(hessian)
    assert f"{spectrum[0]:.4g} to {spectrum[-1]:.4g}" in README
    for i, row in enumerate(np.linalg.eigvalsh(inner)):
        assert f"| `{name}` | {i} | {', '.join(f'{value:.4g}' for value in row)} |" in README


@names
@pytest.mark.parametrize("field, index", [("v", 0), ("W", (1, 1)), ("c", ()), ("y", 3), ("X", (5, 0))])
def test_a_point_moved_in_the_sixth_decimal_is_not_stationary(name, field, index):
    gradient, _, _ = derivatives(**shifted(load(name), field, index, 1e-6))
    assert np.abs(gradient).max() > 1e-8


@names
def test_the_gradient_is_the_slope_of_the_loss(name):
    network = shifted(load(name), "W", (0, 1), 0.1)

    def loss(network):
        bias = 0 if network["b"] is None else network["b"]
        output = np.tanh(network["X"] @ network["W"].T + bias) @ network["v"] + network["c"]
        return ((output - network["y"]) ** 2).sum() / 2

    gradient, hessian, _ = derivatives(**network)
    at, h = len(network["v"]) + 1, 1e-4
    plus, minus = (loss(shifted(network, "W", (0, 1), step)) for step in (h, -h))
    assert (plus - minus) / (2 * h) == pytest.approx(gradient[at], rel=1e-5)
    assert (plus - 2 * loss(network) + minus) / h**2 == pytest.approx(hessian[at, at], rel=1e-4)


@names
def test_a_copy_of_a_neuron_leaves_the_hessian_singular(name):
    """The check of definiteness can fail: half the output weight on each of two copies is on a plateau."""
    network = load(name)
    halves = np.r_[network["v"][:1] / 2, network["v"][:1] / 2, network["v"][1:]]
    copied = {"W": np.r_[network["W"][:1], network["W"]]}
    if network["b"] is not None:
        copied["b"] = np.r_[network["b"][:1], network["b"]]
    gradient, hessian, _ = derivatives(**network | copied | {"v": halves})
    assert np.abs(gradient).max() < 1e-9
    assert np.linalg.eigvalsh(hessian)[0] < 1e-9


@pytest.mark.parametrize(
    "fact",
    ["CC BY 4.0", "10.24432/C5PC7J", "Aeberhard", "Forina", "load_wine", "python -m symplateau.data.wine"],
)
def test_the_readme_states_the_provenance(fact):
    assert fact in README


def test_the_names_are_those_of_the_files():
    files = sorted(file.stem for file in FOLDER.glob("*.json"))
    assert sorted(symplateau.data.NAMES) == files == sorted([*SHAPES, "relu_curve", "relu_line"])
    with pytest.raises(InputError, match="wine_tanh_4"):
        symplateau.data.path("../wine_tanh_4")


def test_training_again_ends_at_the_shipped_parameters(tmp_path, capsys):
    pytest.importorskip("sklearn", reason="needs the extra 'train'")
    from symplateau.data import wine

    assert wine.main([str(tmp_path)]) == 0
    for name in SHAPES:
        again = json.loads((tmp_path / f"{name}.json").read_text(encoding="ascii"))
        shipped = json.loads(symplateau.data.path(name).read_text(encoding="ascii"))
        assert again.keys() == shipped.keys()
        assert all(again[field] == shipped[field] for field in ("X", "y"))
        # Another linear algebra library rounds otherwise, and stops elsewhere in the last digits.
        for field in again.keys() & {"v", "W", "b", "c"}:
            np.testing.assert_allclose(again[field], shipped[field], rtol=0, atol=1e-9)


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["no such directory"]])
def test_training_refuses_a_wrong_command_line(arguments, capsys):
    from symplateau.data import wine

    assert wine.main(arguments) == 2
    assert "usage" in capsys.readouterr().err


def rows(field):
    return np.array([[float(entry) for entry in row] for row in field])


def test_the_trained_relu_network_is_what_the_readme_states():
    content = json.loads(symplateau.data.path("relu_line").read_text(encoding="ascii"))
    assert content["activation"] == "relu" and set(content) == {"activation", "X", "y", "W", "v"}
    X, W, v = rows(content["X"]), np.array(content["W"]), np.array(content["v"])
    y = np.array(content["y"], dtype=float)
    assert (X.shape, W.shape, W.size + v.size) == ((5, 2), (50, 2), 150)
    assert "| `relu_line.json` | 5 | 2 | 50 | 1 | 150 |" in README
    # As printed in section 4.1.1 of paper B.
    assert X[:, 0].tolist() == [-1, -0.6, -0.1, 0.3, 0.7] and X[:, 1].tolist() == [1] * 5
    assert y.tolist() == [0.28, -0.1, 0.03, 0.23, -0.22]

    pre = W @ X.T
    residual = v @ np.maximum(pre, 0) - y
    assert (residual**2).sum() / 2 == pytest.approx(0.0697149, abs=5e-8)
    by_v, by_W = np.maximum(pre, 0) @ residual, v[:, None] * ((pre > 0) * residual) @ X
    assert max(np.abs(by_v).max(), np.abs(by_W).max()) < 1e-13
    dead = (pre < 0).all(axis=1)
    assert dead.sum() == 25 and (pre[~dead] > 0).all()
    angles = np.arctan2(W[~dead, 1], W[~dead, 0])
    assert (np.abs(angles - 2.53) < 0.006).sum() == 16 and (np.abs(angles - 0.88) < 0.006).sum() == 9
    assert "about 2.53 rad (16) and 0.88 rad (9)" in README


def test_the_relu_network_by_hand_is_that_of_the_claim():
    content = json.loads(symplateau.data.path("relu_curve").read_text(encoding="ascii"))
    [witness] = [x["witness"] for x in read_claims()["S/relu-curve"].goal["statements"] if "witness" in x]
    about = {name: witness["about"][name] for name in ("X", "Y", "W", "H")}
    assert content == {"activation": "relu", "y": about.pop("Y"), **about}
    assert "| `relu_curve.json` | 4 | 2 | 2 | 2 | 8 |" in README


def test_training_the_relu_network_starts_as_the_experiment_does(tmp_path, capsys):
    content = line.train(epochs=2)
    assert np.shape(content["W"]) == (50, 2) and np.abs(content["W"]).max() < 5e-5
    assert line.main([]) == line.main([str(tmp_path / "none")]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("name, verdict", [("relu_line", "local minimum"), ("relu_curve", "saddle")])
def test_the_relu_networks_are_classified(name, verdict):
    assert classify(read_network(symplateau.data.path(name))).verdict == verdict
