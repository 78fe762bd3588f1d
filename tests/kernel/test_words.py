"""What is printed says all that a statement says."""

from collections.abc import Iterator
from typing import Any

import pytest

from symplateau.kernel.certificate import words
from symplateau.kernel.format import digest

from .pool import accepted, algebra, pool, statement
from .relu_pool import CASES
from .relu_pool import good as relu_certificate

SILENT = {"kind", "exact", "sense", "about"}  # what other words stand for


def leaves(value: Any) -> Iterator[str]:
    """Every number and text in a statement."""
    if isinstance(value, dict):
        for name, x in value.items():
            if name not in SILENT:
                yield from leaves(x)
    elif isinstance(value, list):
        for x in value:
            yield from leaves(x)
    elif value is not True:
        yield "stationary" if value is None else str(value)


@pytest.mark.parametrize("name", sorted(pool()))
def test_every_number_and_text_is_there(name: str) -> None:
    found = statement(pool()[name])
    assert found is not None
    text = words(found)
    for leaf in leaves({"says": found["says"], "rests_on": found["rests_on"]}):
        assert leaf in text
    assert digest(found["about"]) in text and found["about"]["activation"] in text


PROBLEM: dict[str, Any] = {
    "kind": "algebra",
    "scalars": ["a", "lam"],
    "vectors": ["u"],
    "indexed": ["lam"],
    "hypotheses": {"one": "sum(lam) = 1", "evil\nthen": "a >= 0"},
    "conclusions": ["sum(a*lam) = a", "a*dot(u, u) >= 0"],
}


def test_a_theorem_of_algebra_reads_as_one() -> None:
    found = statement(
        algebra(
            PROBLEM,
            {"rule": "combination", "states": "sum(a*lam) = a", "multipliers": {"one": "a"}},
            {
                "rule": "bound",
                "states": "a*dot(u, u) >= 0",
                "multipliers": {},
                "terms": [{"coefficient": "1", "factors": ["evil\nthen"], "square": "u"}],
            },
        )
    )
    assert found is not None
    assert words(found).splitlines() == [
        "For all scalars (a, lam), vectors (u), indexed (lam) (over a finite family, not empty),"
        " in every ordered field: if",
        "  a >= 0   ['evil\\nthen']",
        "  sum(lam) = 1   ['one']",
        "then",
        "  sum(a*lam) = a",
        "  a*dot(u, u) >= 0",
        "This rests on no other claim.",
    ]


def test_a_statement_about_a_point_reads_as_one() -> None:
    found = statement(pool()["split minimum near"])
    assert found is not None
    lines = words(found).splitlines()
    within, ball = found["says"]["location"]["within"], found["says"]["ball"]
    assert lines[0].startswith(
        "Network f(x) = sum_i v_i sigma(w_i.x), sigma(t) = softplus(t), with 1 neurons, 3 samples of 1 inputs"
    )
    assert lines[3:6] == [
        f"At the only stationary theta with |theta - theta_0|_inf <= {within},",
        "neuron 0 replaced by daughters v_j = lambda_j v, w_j = w, lambda = (3, -2),",
        "the point theta is: local minimum.",
    ]
    assert f"L is nowhere smaller within the Euclidean distance {ball} of theta." in lines
    assert lines[-1] == f"This rests on {', '.join(found['rests_on'])}."


def test_the_direction_of_a_path_is_said() -> None:
    found = accepted(pool()["split path"])
    path = found["says"]["path"]
    text = f"The loss {path['sense']} from theta to theta(t) for all 0 < t <= {path['until']}, where the"
    assert text in words(found)
    found = accepted(pool()["curves of third order"])
    for sense, move in (("falls", "t"), ("rises", "-t")):
        assert f"The loss {sense} like t**3 from theta to theta(t) for all 0 < t <= 1/4" in words(found)
        assert f"displacement: (0, {move})" in words(found)


@pytest.mark.parametrize("loss, factor", [(None, "1/2"), ("mean", "1/n"), ("half_mean", "1/(2n)")])
def test_the_loss_and_the_biases_are_said(loss: str | None, factor: str) -> None:
    found = statement(pool()["zero residual"])
    assert found is not None
    found["about"] |= {"b": ["0"], "c": "0"} | ({} if loss is None else {"loss": loss})
    text = words(found)
    assert f"L = {factor} sum_k" in text and "sigma(w_i.x + b_i) + c" in text and "in units of log(2)" in text


def test_what_has_no_words_is_not_passed_over() -> None:
    found = statement(pool()["zero residual"])
    assert found is not None
    found["says"]["moreover"] = "it is the only one"
    with pytest.raises(ValueError):
        words(found)


@pytest.mark.parametrize("name", list(CASES))
def test_all_of_a_statement_about_a_relu_network(name: str) -> None:
    statement = accepted(relu_certificate(name))
    text = words(statement)
    assert f"the point theta is: {statement['says']['type']}." in text
    assert "H rho(W x)" in text and digest(statement["about"]) in text
    for path in (statement["says"].get(sense) for sense in ("falls", "rises")):
        assert path is None or (f"like t**{path['order']} " in text and f"t <= {path['until']}," in text)
    with pytest.raises(ValueError, match="unknown"):
        words(statement | {"says": statement["says"] | {"unknown": "1"}})


def test_a_relu_network_in_words() -> None:
    assert words(accepted(relu_certificate("saddle, two outputs"))).splitlines()[:3] == [
        "Network f(x) = H rho(W x), rho(s) = 1 s for s >= 0, else 0 s,"
        " with 1 neurons, 2 samples of 2 inputs,",
        "L = 1/2 sum_k (f(x_k) - y_k)^2, and its own parameters theta_0,",
        f"hidden ones in units of 1. SHA-256 of all this: {digest(CASES['saddle, two outputs'][0])}."]
    found = words(accepted(relu_certificate("minimum")))
    assert "Escape neurons, with directions in which they leave (none, if there are none): ()." in found
    assert "L is nowhere smaller within the Euclidean distance 1 of theta." in found
    assert "H rho(W x) + c" in words(accepted(relu_certificate("bias")))
