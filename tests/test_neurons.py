"""Locally effective, constant, or neither: known neurons, and F evaluated nearby by other means."""

from fractions import Fraction
from random import Random

import pytest

from symplateau.errors import InputError, Undecided
from symplateau.network import Network
from symplateau.neurons import CONSTANT, EFFECTIVE, NEITHER, decide

BENT = "1 + t - 2*t**2 + pos3(t - 1)"


def bent(t: Fraction) -> Fraction:
    return 1 + t - 2 * t**2 + max(t - 1, Fraction(0)) ** 3


def net(activation: str, X: object, y: object, v: object, W: object, **given: object) -> Network:
    return Network.from_arrays(activation, X=X, y=y, v=v, W=W, **given)  # type: ignore[arg-type]


def column(*numbers: object) -> list[list[object]]:
    return [[x] for x in numbers]


GAP = net(BENT, column(-3, -2, -1, 3, 4, 5), [-88, 168, -121, 31, -31, 30], [1, 1], column(0, 1))
WITH_RESIDUALS_1_AND_MINUS_1 = {"y": [-1, 1], "v": [0], "W": [["1/3"]]}


def test_the_neuron_of_the_gap_is_neither_and_its_neighbour_effective() -> None:
    assert decide(GAP, 0) == NEITHER
    assert decide(GAP, 1) == EFFECTIVE


def test_a_polynomial_neuron_with_inner_hessian_0_is_effective_at_third_order() -> None:
    found = net("1 + t + t**2 + t**3", column(-1, 0, 1, 2), [8, -2, 1, 16], [1], [[1]])
    assert decide(found, 0) == EFFECTIVE


@pytest.mark.parametrize("activation", ["t + t**2", "tanh", "softplus", "gelu", "exp(-t**2)", BENT])
def test_equal_samples_with_opposite_residuals_are_ineffective(activation: str) -> None:
    assert decide(net(activation, column(1, 1), **WITH_RESIDUALS_1_AND_MINUS_1), 0) == NEITHER
    assert decide(net(activation, column(1, 2), **WITH_RESIDUALS_1_AND_MINUS_1), 0) == EFFECTIVE


@pytest.mark.parametrize(("activation", "labels", "expected"), [
    ("tanh", [1, 1], NEITHER), ("tanh", [1, -1], EFFECTIVE),
    ("t**3 + t", [1, 1], NEITHER), ("t**3 + t", [1, -1], EFFECTIVE),
    ("cos", [1, -1], NEITHER), ("cos", [1, 1], EFFECTIVE),
    ("exp(-t**2)", [1, -1], NEITHER), ("exp(-t**2)", [1, 1], EFFECTIVE),
    ("exp", [1, 1], EFFECTIVE), ("exp", [1, -1], EFFECTIVE)])
def test_opposite_samples_of_odd_and_even_activations(
    activation: str, labels: list[int], expected: str
) -> None:
    formula = {"cos": "cos(t)", "exp": "exp(t)"}.get(activation, activation)
    assert decide(net(formula, column(1, -1), labels, [0], [[1]]), 0) == expected


def test_a_sample_at_the_origin_adds_a_constant() -> None:
    for activation, expected in (("tanh", NEITHER), ("exp(t)", EFFECTIVE), ("t**2", NEITHER)):
        assert decide(net(activation, column(0, 2, 2), [5, -1, 1], [0], [[1]]), 0) == expected


def test_dead_ramps_are_constant_and_living_ones_are_not() -> None:
    for activation in ("relu_cubed", "pos3(t) + 7"):
        assert decide(net(activation, [[1, 2], [2, 1]], [1, 2], [1], [[-1, -1]]), 0) == CONSTANT
        assert decide(net(activation, [[1, 2], [2, 1]], [3, 2], [1], [[-1, 1]]), 0) == EFFECTIVE
        assert decide(net(activation, [[0, 0]], [1], [1], [[-1, 1]]), 0) == CONSTANT
    # Only the first sample lives, and its residual is 0.
    assert decide(net("relu_cubed", [[1, 2], [2, 1]], [1, 2], [1], [[-1, 1]]), 0) == NEITHER
    assert decide(net("tanh", [[0, 0]], [1], [1], [[3, 1]]), 0) == CONSTANT
    assert decide(net("5", [[1, 2]], [1], [1], [[3, 1]]), 0) == CONSTANT
    assert decide(net("relu_cubed", [[1, 2]], [1], [1], [[-1, -1]], b=["1"]), 0) == CONSTANT
    assert decide(net("relu_cubed", [[1, 2]], [3], [1], [[-1, -1]], b=["4"]), 0) == EFFECTIVE


def test_kink_samples_on_one_line_cancel_across_it_or_do_not() -> None:
    """pos3(u) and pos3(-u) differ by u**3: the jumps of x and -x at w = 0 add with opposite signs."""
    cubes = "pos3(t)"
    assert decide(net(cubes, column(1, -1), [1, -1], [0], [[0]]), 0) == EFFECTIVE
    assert decide(net(cubes, column(1, 2), [8, -1], [0], [[0]]), 0) == NEITHER  # 8 u**3 - (2 u)**3
    assert decide(net(cubes, column(1, 2), [8, -1], [0], [[-1]]), 0) == CONSTANT
    assert decide(net(cubes, column(1, -2), [8, -1], [0], [[0]]), 0) == EFFECTIVE
    # u**3 = pos3(u) - pos3(-u): with the cubes themselves, three samples of either sign cancel.
    assert decide(net("pos3(t) - pos3(-t)", column(1, -2), [8, 1], [0], [[0]]), 0) == NEITHER


@pytest.mark.parametrize("seed", range(30))
def test_f_itself_agrees(seed: int) -> None:
    """F at exact places near w: not always 0 where the neuron is effective, always 0 where it is not."""
    random = Random(seed)
    inputs = random.choice([1, 2])
    X = [[Fraction(random.randint(-2, 2)) for _ in range(inputs)] for _ in range(random.choice([1, 2, 3]))]
    e = [Fraction(random.randint(-2, 2)) for _ in X]
    if random.random() < 0.5:
        X, e = X * 2, e + [-r for r in e]
    w = [Fraction(random.choice([0, 1, 1]), random.choice([1, 2])) for _ in range(inputs)]
    found = decide(net(BENT, X, [-r for r in e], [0], [w]), 0)
    values, hidden = set(), set()
    for _ in range(40):
        u = [x + Fraction(random.randint(-99, 99), 10**5) for x in w]
        z = [bent(sum((a * b for a, b in zip(u, x, strict=True)), Fraction(0))) for x in X]
        values.add(sum((a * b for a, b in zip(e, z, strict=True)), Fraction(0)))
        hidden.add(tuple(z))
    assert (found == EFFECTIVE) == (values != {0})
    assert (found == CONSTANT) == (len(hidden) == 1) or (found == EFFECTIVE)


def test_what_is_not_told_is_said() -> None:
    """tanh(2 t) = 2 tanh(t)/(1 + tanh(t)**2): an identity that no merging sees."""
    hidden = "tanh(2*t) - 2*tanh(t)*inv(1 + tanh(t)**2)"
    with pytest.raises(Undecided, match="not told from 0"):
        decide(net(hidden, [[1]], [1], [0], [["1/3"]]), 0)
    with pytest.raises(Undecided, match="kink"):
        decide(net("pos3(tanh(t))", [[1]], [1], [0], [["1/3"]]), 0)
    with pytest.raises(InputError):
        decide(GAP, 2)
