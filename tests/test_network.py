"""Networks: shapes, exact numbers, the order of parameters, problems, floats against exact derivatives."""

import hashlib
import pickle
from fractions import Fraction as F
from typing import Any

import numpy as np
import pytest

from symplateau import arrays, formulas
from symplateau.activations import get
from symplateau.errors import InputError, ProofError, Undecided
from symplateau.formulas import ACTIVATIONS, check_activation
from symplateau.network import Network

# Two inputs, two neurons, both biases: every number differs, so that an order can be read off.
ARRAYS: dict[str, Any] = {
    "activation": "tanh", "X": [[1, 2], [3, 5], ["1/2", 0]], "y": [7, "0.125", -1],
    "v": [10, 20], "W": [[11, 12], [21, 22]], "b": [13, 23], "c": 30,
}


def small(**changes: Any) -> Network:
    return Network.from_arrays(**ARRAYS | changes)


def refused(field: str | None, **changes: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        small(**changes)
    assert caught.value.field == field
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


# Errors


def test_input_error_is_one_line_that_names_everything() -> None:
    error = InputError("net.json", "X[3]", "a number", "'a'")
    assert str(error) == "net.json: field 'X[3]': expected a number, found 'a'"
    assert error.status == 4
    assert str(InputError(None, None, "a number")) == "expected a number"


@pytest.mark.parametrize("hostile", ["a\nb", "a\r\x1b[31m", "\u2028x", "\ud800", "x" * 10**6])
def test_input_error_prints_hostile_values_on_one_line(hostile: str) -> None:
    line = str(InputError(hostile, hostile, "a name", hostile))
    assert line.isprintable() and len(line) < 1000


def test_errors_survive_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(InputError("f", "X", "a", "b", status=2)))
    assert (error.status, str(error)) == (2, "f: field 'X': expected a, found b")
    assert error.within("g").status == 2
    undecided = pickle.loads(pickle.dumps(Undecided("too close", "more bits")))
    assert (undecided.reason, undecided.next) == ("too close", "more bits")
    assert str(undecided) == "too close; next: more bits"
    assert str(ProofError("no")) == "no"


# Numbers


@pytest.mark.parametrize(("given", "meant"), [
    ("3/7", F(3, 7)), ("-6/14", F(-3, 7)), ("0.125", F(1, 8)), ("1e-3", F(1, 1000)), ("+2.5E2", F(250)),
    (".5", F(1, 2)), (5, F(5)), (F(2, 3), F(2, 3)), (0.1, F(3602879701896397, 2**55)), (-0.0, F(0)),
    (np.float64(0.5), F(1, 2)), (np.float32(0.1), F(13421773, 2**27)), (np.int64(-3), F(-3)),
    (np.array(4.0), F(4)),
])
def test_numbers_mean_exactly_what_they_denote(given: Any, meant: F) -> None:
    assert small(c=given).c == meant


@pytest.mark.parametrize("given", [
    True, np.True_, float("nan"), float("inf"), np.float64("-inf"), "nan", "inf", "", " 1", "1 ", "1_000",
    "0x10", "1/0", "1/-2", "--1", "1e", "1/2e3", "1.5/2", "\u0663", "log(2)", 1j, {}, [1, 2], [],
    np.longdouble(1), b"1", object(), "1e1000000000", "1e-1000000000", "1e99999", "1e9999", "9" * 4001,
    "1/" + "9" * 3999, 10**4000, F(1, 10**4000),
])
def test_anything_else_is_no_number(given: Any) -> None:
    refused("c", c=given)


def test_the_largest_numbers_fit_what_the_kernel_reads() -> None:
    largest = F(2**6499 - 1, 2**6500)
    assert len(str(small(c=largest).c)) <= 4000
    refused("c", c=largest / 4)


def test_texts_are_read_in_linear_time() -> None:
    """A pattern that goes back to try other ways to part a text would not end here."""
    for pattern in (arrays.RATIO, arrays.DECIMAL, formulas.WORDS):
        assert pattern.fullmatch("9" * 10**6 + "x") is None
    assert formulas.WORDS.fullmatch("a" * 10**5 + "!") is None


def test_numpy_arrays_and_lists_give_the_same_network() -> None:
    lists: dict[str, Any] = {"X": [[1.5, 2.0], [0.25, -1.0]], "y": [1.0, 2.0], "v": [0.5, 0.75],
                             "W": [[1.0, 2.0], [3.0, 4.0]]}
    arrays: dict[str, Any] = {name: np.array(value) for name, value in lists.items()}
    assert Network.from_arrays("tanh", **lists) == Network.from_arrays("tanh", **arrays)
    column = arrays | {"y": arrays["y"][:, None], "v": arrays["v"][None, :]}
    assert Network.from_arrays("tanh", **column) == Network.from_arrays("tanh", **lists)


def test_transposed_arrays_are_read_by_their_indices() -> None:
    X = np.asfortranarray([[1.0, 2.0], [3.0, 5.0], [0.5, 0.0]])
    assert small(X=X) == small()


# Shapes


@pytest.mark.parametrize(("field", "changes"), [
    ("X", {"X": []}), ("X", {"X": 1}), ("X", {"X": "12"}), ("X[0]", {"X": [1, 2, 3]}),
    ("X[0]", {"X": [[], [], []]}), ("X[2]", {"X": [[1, 2], [3, 4], [5]]}),
    ("X[1][0]", {"X": [[1, 2], [None, 4], [5, 6]]}), ("X[0][0]", {"X": np.ones((3, 2, 1))}),
    ("X[0]", {"X": np.ones(3)}), ("y", {"y": [1, 2]}), ("y", {"y": []}),
    ("y", {"y": [[1, 2], [3, 4], [5, 6]]}), ("y[1]", {"y": [[1], [], [2]]}), ("y[2]", {"y": [[1], [2], 3]}),
    ("v", {"v": [1]}), ("v", {"v": [[1, 2], [3, 4]]}), ("v", {"v": 3}), ("W[0]", {"W": [[1], [2]]}),
    ("W[1]", {"W": [[1, 2], [3, 4, 5]]}), ("W", {"W": []}), ("v", {"W": [[1, 2]]}), ("b", {"b": [1, 2, 3]}),
    ("b[0]", {"b": [[1], [2]]}),
])
def test_shapes_that_disagree_are_refused(field: str, changes: dict[str, Any]) -> None:
    refused(field, **changes)


def test_the_constructor_takes_tuples_of_fractions_only() -> None:
    good: dict[str, Any] = {"activation": "tanh", "X": ((F(1),),), "y": (F(1),), "v": (F(1),),
                            "W": ((F(1),),)}
    assert Network(**good).n_parameters == 2
    spoiled = {"X": [[F(1)]], "y": (1,), "v": [F(1)], "W": ((0.5,),), "b": (F(1), F(2)), "c": 1,
               "W_unit": 2, "loss": "sum"}
    for field, value in spoiled.items():
        with pytest.raises(InputError) as caught:
            Network(**good | {field: value})
        assert str(caught.value.field).startswith(field)


@pytest.mark.parametrize("unit", ["log(0)", "log(1)", "log(-2)", "log(2/2)", "log(pi)", "log()",
                                  "log(log(2))", "ln(2)", "2", " log(2)", 0, 1, -1, True, "log(1e99999)"])
def test_units_other_than_the_log_of_a_rational_are_refused(unit: Any) -> None:
    refused("W_unit", W_unit=unit)


def test_units_are_read_as_q() -> None:
    for unit in ("log(3/2)", "log(1.5)", F(3, 2), 1.5):
        assert small(W_unit=unit).W_unit == F(3, 2)


def test_an_unknown_loss_is_refused() -> None:
    refused("loss", loss="sum")
    refused("loss", loss=["mean"])


# Activations


@pytest.mark.parametrize("activation", [
    *ACTIVATIONS, "t", "3", "t**2/3 - t/5 + 1", "1/(1 + exp(-t))", " tanh(2*t) ", "inv(sqrt(pi))*exp(-t**2)",
    " + ".join(f"{k}*t**{k}/7" for k in range(1, 60)),
])
def test_registered_names_and_formulas_are_activations(activation: str) -> None:
    check_activation(activation)


@pytest.mark.parametrize("activation", [
    "tanhh", "", " ", "relu", "leaky_relu", "pos(t)", "pos2(t)", "x", "t +", "t**-1", "t**65", "t**t",
    "0.5*t", "1/0", "__import__('os')", "t.real", "t[0]", "lambda: t", "tanh(t, t)", "tanh(x=t)", "max(t, 0)",
    "t\n+1", "\u00e9", "\ud800", "1if t else 2", "t if t else t", "t//2", "t@t", "a" * 10**6,
    "(" * 400 + "t" + ")" * 400, "-" * 999 + "+t", "((((9**64)**64)**64)**64)*t",
    "(1+t+sin(t)+cos(t)+exp(t))**64", "sin(" * 100 + "t" + ")" * 100,
    "*".join(f"sin({k}*t)" for k in range(60)), "exp((1+exp((1+t)**64))**64)", "t/t" * 300, 7, None, ["tanh"],
    b"tanh",
])
def test_other_activations_are_refused_at_once(activation: Any) -> None:
    with pytest.raises(InputError) as caught:
        check_activation(activation)
    assert caught.value.field == "activation" and len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("activation", "words"), [
    ("t+" * 500 + "t", "at most 1000 characters"), ("tanhh", "one of tanh"),
    ("t.x", "a formula in t of whole numbers"), ("1if t else 2", "a formula in t of whole numbers"),
    ("t**65", "exponents of at most 64"), ("t+", "a formula in t"),
    ("sin(t)*" * 16 + "cos(t)", "at most 16 calls"), ("(1+t)**60*(2+t)**60", "at most 4000 characters"),
    ("pos(t)", "more continuous derivatives"), (7, "one of tanh"),
])
def test_activations_are_refused_for_the_first_reason(activation: Any, words: str) -> None:
    assert words in str(refused("activation", activation=activation))


def test_piecewise_linear_activations_are_refused_with_the_reason() -> None:
    assert "paper B" in str(refused("activation", activation="relu"))


# Parameters and problems


def test_the_order_of_the_parameters_by_hand() -> None:
    assert list(small().theta()) == [10, 20, 11, 12, 13, 21, 22, 23, 30]
    assert list(small(b=None).theta()) == [10, 20, 11, 12, 21, 22, 30]
    assert list(small(b=None, c=None, W_unit="log(2)").theta()) == [10, 20, 11, 12, 21, 22]
    network = small()
    assert (network.n_samples, network.n_inputs, network.n_hidden, network.n_parameters) == (3, 2, 2, 9)


@pytest.mark.parametrize("changes", [{}, {"b": None}, {"c": None},
                                     {"b": None, "c": None, "W_unit": "log(2)"}])
def test_parameters_come_back_where_they_were(changes: dict[str, Any]) -> None:
    network = small(**changes)
    assert network.with_theta(network.theta()) == network
    other = [F(k, 3) for k in range(network.n_parameters)]
    assert network.with_theta(iter(other)).theta() == tuple(other)
    assert network.with_theta(np.arange(network.n_parameters)).theta() == tuple(range(network.n_parameters))
    for wrong in (other[1:], [*other, F(0)]):
        with pytest.raises(InputError, match="theta"):
            network.with_theta(wrong)


def test_the_problem_of_a_network_by_hand() -> None:
    assert small(loss="mean", W_unit="log(1/2)").problem() == {
        "kind": "network", "activation": "tanh(t)", "X": [["1", "2"], ["3", "5"], ["1/2", "0"]],
        "y": ["7", "1/8", "-1"], "v": ["10", "20"], "W": [["11", "12"], ["21", "22"]], "b": ["13", "23"],
        "c": "30", "W_unit": "log(1/2)", "loss": "mean",
    }
    assert set(small(b=None, c=None).problem()) == {"kind", "activation", "X", "y", "v", "W"}


@pytest.mark.parametrize("changes", [{}, {"b": None}, {"c": None}, {"W_unit": "log(2)"},
                                     {"loss": "half_mean"}])
def test_problems_come_back_as_the_same_network(changes: dict[str, Any]) -> None:
    network = small(**changes)
    assert Network.from_problem(network.problem()) == network


@pytest.mark.parametrize(("field", "spoiled"), [
    ("kind", {"kind": "plateau"}), ("c", {"c": "2/4"}), ("c", {"c": 0.5}), ("c", {"c": None}),
    ("y", {"y": [7, "1/8", "-1"]}), ("loss", {"loss": "half_sum"}), ("W_unit", {"W_unit": "2"}),
    ("W_unit", {"W_unit": "log(2/1)"}), (None, {"extra": 1}), ("v", {"v": [["10", "20"]]}),
    ("X[0]", {"X": ["1", "2", "3"]}),
])
def test_problems_not_in_canonical_form_are_refused(field: str | None, spoiled: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        Network.from_problem(small().problem() | spoiled)
    assert caught.value.field == field


@pytest.mark.parametrize("missing", ["kind", "activation", "X", "y", "v", "W"])
def test_problems_with_a_missing_field_are_refused(missing: str) -> None:
    with pytest.raises(InputError, match=missing):
        Network.from_problem({field: value for field, value in small().problem().items() if field != missing})


def test_digests_tell_networks_apart() -> None:
    networks = [small(), small(c=None), small(b=None), small(loss="mean"), small(W_unit="log(2)"),
                small(y=[7, 0, -1])]
    assert len({network.sha256() for network in networks}) == len(networks)
    assert small().sha256() == small(y=[7, 0.125, "-1"]).sha256()
    # The canonical encoding of a smallest network, written out by hand.
    text = '{"W":[["1"]],"X":[["1"]],"activation":"t","kind":"network","v":["1"],"y":["0"]}\n'
    tiny = Network.from_arrays("t", [[1]], [0], [1], [[1]])
    assert tiny.sha256() == hashlib.sha256(text.encode()).hexdigest()


# Floats


def exact_loss(network: Network) -> F:
    """The loss of a network with sigma(t) = t**3 and no unit, straight from its definition."""
    total = F(0)
    for x, target in zip(network.X, network.y, strict=True):
        output = network.c or F(0)
        for i in range(network.n_hidden):
            bias = network.b[i] if network.b else F(0)
            output += network.v[i] * (sum((w * z for w, z in zip(network.W[i], x, strict=True)), bias)) ** 3
        total += (output - target) ** 2
    n = network.n_samples
    return total * {"half_sum": F(1, 2), "mean": F(1, n), "half_mean": F(1, 2 * n)}[network.loss]


def cubic(**changes: Any) -> Network:
    arrays: dict[str, Any] = {
        "X": [[1, "1/2"], ["-1/3", 1], ["1/4", "-3/4"], [0, 1]], "y": ["1/3", -1, "1/2", 2],
        "v": ["3/2", "-1/2"],
        "W": [["1/2", "-1/3"], ["2/3", "1/5"]], "b": ["1/7", "-1/4"], "c": "2/5",
    }
    return Network.from_arrays("t**3", **arrays | changes)


VARIANTS: list[dict[str, Any]] = [{}, {"b": None}, {"c": None}, {"b": None, "c": None, "loss": "mean"},
                                  {"loss": "half_mean"}]


@pytest.mark.parametrize("changes", VARIANTS)
def test_float_derivatives_agree_with_exact_central_differences(changes: dict[str, Any]) -> None:
    network, h = cubic(**changes), F(1, 10**7)
    theta = network.theta()

    def moved(*steps: tuple[int, int]) -> F:
        point = list(theta)
        for place, sign in steps:
            point[place] += sign * h
        return exact_loss(network.with_theta(point))

    # In exact arithmetic only the truncation, of order h**2, remains.
    places = range(network.n_parameters)
    gradient = [float((moved((i, 1)) - moved((i, -1))) / (2 * h)) for i in places]
    hessian = [[float(sum(a * b * moved((i, a), (j, b)) for a in (1, -1) for b in (1, -1)) / (4 * h * h))
                for j in places]
               for i in places]
    assert network.float_loss() == pytest.approx(float(exact_loss(network)), rel=1e-12)
    np.testing.assert_allclose(network.float_gradient(), gradient, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(network.float_hessian(), hessian, rtol=1e-10, atol=1e-10)


def test_a_hessian_by_hand() -> None:
    # L = (v*w**2 - 1)**2 / 2 at v = 2, w = 3: residual 17, dL = 17*(9, 12), ddL = (81, 108+17*6; , 144+17*4).
    network = Network.from_arrays("square", [[1]], [1], [2], [[3]])
    assert network.float_loss() == 144.5
    assert network.float_gradient().tolist() == [153, 204]
    assert network.float_hessian().tolist() == [[81, 210], [210, 212]]


def test_a_unit_multiplies_weights_and_hidden_biases() -> None:
    log2 = np.log(2.0)
    W, b, chain = np.array([[1, 0], [0, -1]]), np.array([0, 1]), np.array([1, 1, *[log2] * 6, 1])
    # exp(log(2)*k) = 2**k: the output at (1, 2) is 10*2**1 + 20*2**(1 - 2) + 30 = 60.
    one = Network.from_arrays("exp", [[1, 2]], [0], [10, 20], W, b, 30, W_unit="log(2)")
    assert one.float_loss() == pytest.approx(1800)
    unit = small(activation="exp", W_unit="log(2)", W=W, b=b)
    plain = small(activation="exp", W=W * log2, b=b * log2)
    np.testing.assert_allclose(unit.float_gradient(), chain * plain.float_gradient(), rtol=1e-12)
    squares = np.outer(chain, chain)
    np.testing.assert_allclose(unit.float_hessian(), squares * plain.float_hessian(), rtol=1e-12)


def test_floats_at_another_point_are_those_of_the_network_there() -> None:
    network = cubic()
    theta = np.linspace(-1, 1, network.n_parameters)
    other = network.with_theta(theta)
    assert network.float_loss(theta) == other.float_loss() != network.float_loss()
    assert np.array_equal(network.float_gradient(theta), other.float_gradient())
    assert np.array_equal(network.float_hessian(theta), other.float_hessian())
    with pytest.raises(InputError, match="theta"):
        network.float_loss(theta[1:])


def test_floats_leave_equality_hash_and_pickles_alone() -> None:
    network, untouched = cubic(), cubic()
    network.float_loss()
    assert network == untouched and hash(network) == hash(untouched)
    assert pickle.loads(pickle.dumps(network)) == untouched


def test_the_tower_used_is_that_of_the_activation() -> None:
    assert [a.item() for a in get("t**3").numpy(np.array(2.0), 2)] == [8, 12, 12]
