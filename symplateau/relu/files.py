"""The fields of a network file whose activation is ReLU-like, as a network, and back.

activation: "relu"; "leaky_relu" with `slopes` [1, "1/100"]; "relu_like" with any `slopes` [alpha+, alpha-]
(t >= 0, t < 0). y: (n_samples,) or (n_samples, n_outputs). v: (n_hidden,), or H: (n_outputs, n_hidden).
b: (n_hidden,), which becomes an input that is constantly 1. c: (n_outputs,), with one output also a number.
loss: half_sum, mean or half_mean, which differ by a positive factor.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .. import arrays
from ..arrays import Matrix, shown
from ..errors import InputError
from ..network import LOSSES
from .network import ReluNetwork

RELU = (Fraction(1), Fraction(0))
NAMES = ("relu", "leaky_relu", "relu_like")


def read_fields(content: Mapping[str, Any]) -> ReluNetwork:
    """The network of the fields of a file, of known names and moderate size. Raises InputError."""
    if "W_unit" in content:
        raise InputError(None, "W_unit", "none: outputs of a ReLU-like network are rational without a unit,"
                         " and a factor of W may be moved to v", shown(content["W_unit"]))
    slopes = _read_slopes(content)
    if isinstance(content["W"], (list, tuple)) and not content["W"]:
        raise InputError(None, "W", "at least one hidden neuron: without one there is no point to ask about",
                         "none")
    inputs, W = _with_bias(content)
    output = "H" if "H" in content else "v"
    try:
        network = ReluNetwork.from_arrays(inputs, content["y"], W, content[output], slopes, content.get("c"))
    except InputError as error:
        raise _renamed(error, {"Y": "y", "H": output}) from None
    return replace(network, scale=_scale(content.get("loss", "half_sum"), network.n_samples))


def write_fields(network: ReluNetwork) -> dict[str, Any]:
    """The fields from which `read_fields` makes the same network. Raises InputError for an unknown scale."""
    problem = network.problem()
    slopes = {} if network.slopes == RELU else {"slopes": problem["slopes"]}
    loss = next((name for name in LOSSES if _scale(name, network.n_samples) == network.scale), None)
    if loss is None:
        raise InputError(None, "scale", "that of one of the losses " + ", ".join(LOSSES), network.scale)
    return {"activation": "relu_like" if slopes else "relu", **slopes, "X": problem["X"], "y": problem["Y"],
            "W": problem["W"], "H": problem["H"], **({"c": problem["c"]} if "c" in problem else {}),
            **({} if loss == "half_sum" else {"loss": loss})}


def apart(problem: Mapping[str, Any], other: Mapping[str, Any]) -> Fraction | None:
    """The largest difference of two points of one ReLU-like network, as problems; None for other problems."""
    if problem.get("kind") != "relu network" or set(problem) != set(other):
        return None
    own, others = (_entries(each) for each in (problem, other))
    if len(own) != len(others) or any(problem[name] != other[name] for name in ("kind", "X", "Y", "slopes")):
        return None
    return max((abs(a - b) for a, b in zip(own, others, strict=True)), default=Fraction(0))


def _entries(problem: Mapping[str, Any]) -> list[Fraction]:
    rows = [*problem["W"], *problem["H"], problem.get("c", [])]
    return [Fraction(x) for row in rows for x in row]


def _read_slopes(content: Mapping[str, Any]) -> Any:
    name, slopes = content["activation"], content.get("slopes")
    if name == "relu":
        if slopes is not None:
            raise InputError(None, "slopes", "none, as relu has 1 and 0 (others belong to relu_like)",
                             shown(slopes))
        return RELU
    if slopes is None:
        raise InputError(None, "slopes", 'the slopes for t >= 0 and for t < 0, such as [1, "1/100"]', "none")
    found = arrays.read_vector(slopes, "slopes")
    if name == "leaky_relu" and found[:1] != (Fraction(1),):
        raise InputError(None, "slopes[0]", "1, as leaky_relu has it (others belong to relu_like)",
                         str(found[0]) if found else "none")
    return found


def _with_bias(content: Mapping[str, Any]) -> tuple[Matrix, Matrix]:
    """X and W, with the hidden bias as weights of a last input that is 1."""
    inputs, W = arrays.read_matrix(content["X"], "X"), arrays.read_matrix(content["W"], "W")
    arrays.require_matrix(inputs, "X")
    arrays.require_matrix(W, "W", columns=len(inputs[0]))
    if "b" not in content:
        return inputs, W
    b = arrays.read_vector(content["b"], "b")
    arrays.require_vector(b, "b", len(W), "one per hidden neuron, as in W")
    ones = tuple((*x, Fraction(1)) for x in inputs)
    return ones, tuple((*w, bias) for w, bias in zip(W, b, strict=True))


def _scale(loss: Any, samples: int) -> Fraction:
    """Of half the sum of squares."""
    factors = {"half_sum": Fraction(1), "mean": Fraction(2, samples), "half_mean": Fraction(1, samples)}
    if not isinstance(loss, str) or loss not in factors:
        raise InputError(None, "loss", "one of " + ", ".join(LOSSES), shown(loss))
    return factors[loss]


def _renamed(error: InputError, names: Mapping[str, str]) -> InputError:
    """The same refusal with the name that the field has in a file."""
    field = error.field or ""
    place = names.get(field[:1], field[:1]) + field[1:] if field not in ("slopes", "W", "X") else field
    return InputError(None, place, error.expected, error.got)
