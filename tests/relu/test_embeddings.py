"""Embeddings: the outputs stay, and what becomes of the point, by the theorems, directly, and by search."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from symplateau.errors import InputError
from symplateau.relu import preservation
from symplateau.relu.embeddings import (
    Embedding,
    inactive_propagation,
    negative_units,
    orthogonal_units,
    positive_units,
    unit_replication,
)
from symplateau.relu.network import ReluNetwork
from symplateau.relu.piecewise import neuron_slopes
from symplateau.relu.points import decide_type
from symplateau.relu.predictions import is_flat, orthogonal_slopes, predict
from symplateau.relu.preservation import Outcome, contradiction, decide_outcome
from symplateau.relu.stationarity import Stationary, decide_stationarity
from symplateau.relu.vectors import dot
from symplateau.relu.zeros import find_flat_direction

from .embedded import (
    assert_falls,
    dead_unit,
    inactive,
    one_sided,
    orthogonal,
    replication,
    sample,
    second_type,
    stationary,
)
from .networks import F, at, corner, interpolated, plain_loss, random_direction

EACH = 100  # networks per kind of embedding
CHUNKS = range(5)
Make = Callable[[Random, ReluNetwork], Embedding]
MAKERS: dict[str, Make] = {"replication": replication, "orthogonal": orthogonal, "inactive": inactive}


def drawn(kind: str, number: int) -> Embedding:
    random = Random(f"{kind} {number}")
    if kind != "dead":
        return MAKERS[kind](random, stationary(random))
    while True:
        network = one_sided(random, stationary(random))
        if isinstance(decide_stationarity(network), Stationary):
            return dead_unit(random, network)


def in_chunk(kind: str, chunk: int) -> list[Embedding]:
    return [drawn(kind, number) for number in range(chunk, EACH, len(CHUNKS))]


# What is the same, and what the theorems say, on random exact networks


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("kind", [*MAKERS, "dead"])
def test_the_outputs_stay_and_the_theorems_agree_with_the_decision(kind: str, chunk: int) -> None:
    for embedding in in_chunk(kind, chunk):
        assert plain_loss(embedding.wide) == plain_loss(embedding.narrow)
        found = decide_outcome(embedding)
        assert contradiction(found) is None and found.prediction.stationary is not None
        assert found.new_escapes in (None, found.prediction.escapes)
        lost = found.prediction.escapes and (found.embedding.neuron is None or len(embedding.units) > 1)
        assert not lost or found.prediction.minimum is False


@pytest.mark.parametrize("kind", [*MAKERS, "dead"])
def test_the_theorems_agree_with_search(kind: str) -> None:
    """One-sided derivatives, falling paths and balls, by the loss as it is printed."""
    random = Random(kind)
    for embedding in in_chunk(kind, 0):
        found, wide = decide_outcome(embedding), embedding.wide
        says = found.prediction
        if says.stationary:
            for _ in range(5):
                move = random_direction(random, wide)
                assert interpolated(lambda t, w=wide, m=move: plain_loss(at(w, m, t)))[1] >= 0
        if says.stationary is False or (says.minimum is False and found.wide.descent is not None):
            assert_falls(wide, found.wide.descent)
        if says.type_1:
            assert_ball(random, wide, found.wide.radius_squared)


def assert_ball(random: Random, network: ReluNetwork, square: F | None) -> None:
    for _ in range(10):
        move, step = random_direction(random, network), F(4)
        length = sum((dot(r, r) for r in (*move.W, *move.H)), F(0))
        while square is not None and step * step * length > square:
            step /= 2
        assert plain_loss(at(network, move, step)) >= plain_loss(network)


def test_every_case_occurs() -> None:
    """For replication also a flat and a steep parent, each with gamma < 0, = 0 and > 0."""
    cases: Counter[Any] = Counter()
    for number in range(400):
        found = drawn("replication", number)
        least = min(found.gamma)
        cases["flat" if is_flat(found.narrow, found.neuron or 0) else "steep", (least > 0) - (least < 0)] += 1
    assert min(cases[kind, sign] for kind in ("flat", "steep") for sign in (-1, 0, 1)) >= 5
    for kind, most in (("replication", 4), ("orthogonal", 4), ("inactive", 4)):
        seen = {(p.stationary, p.type_1) for number in range(EACH)
                for p in [decide_outcome(drawn(kind, number)).prediction]}
        assert len(seen) == most - 1 and (True, True) in seen and (False, False) in seen


@pytest.mark.parametrize("chunk", CHUNKS)
def test_proposition_l_1_also_where_the_wide_point_is_not_stationary(chunk: int) -> None:
    """Its conditions on D and g, directly: of a daughter with gamma < 0 they are those of -D."""
    for embedding in in_chunk("replication", chunk):
        original = decide_type(embedding.narrow)
        found = []
        for unit, share in zip(embedding.units, embedding.gamma, strict=True):
            slopes = neuron_slopes(embedding.wide, unit)
            if find_flat_direction(slopes.total.times(-1 if share < 0 else 1), slopes.outputs) is not None:
                found.append(unit)
        assert predict(embedding, original).escapes == tuple(found)
        if original.kind == 1:
            flat = is_flat(embedding.narrow, embedding.neuron or 0)
            assert (not found) == (flat or 0 not in embedding.gamma)


def test_a_point_that_is_not_stationary_does_not_become_so() -> None:
    network = corner(1)  # the residual -1 makes t = (0, 1) fall
    for embedding in (unit_replication(network, 0, [1, 1], [3, -2]), inactive_propagation(network, [[0, 0]]),
                      orthogonal_units(network, [[0, 0]], [0])):
        found = decide_outcome(embedding)
        assert found.original.verdict == found.wide.verdict == "not stationary"
        assert found.prediction.stationary is found.prediction.minimum is False


# Unit replication, by hand


@pytest.mark.parametrize(("gamma", "verdict", "escapes"), [
    (["1/2", "1/2"], "local minimum", ()), ([2, -1], "not stationary", None), ([1, 0], "saddle", (1,)),
    ([0, 1], "saddle", (0,)), (["1/3", "1/3", "1/3"], "local minimum", ()),
    ([2, -1, 0], "not stationary", None)])
def test_a_steep_neuron(gamma: list[Any], verdict: str, escapes: tuple[int, ...] | None) -> None:
    """w = (1, 0), h = 1, kink sample (0, 1) with residual 1: G(t) = rho(t_2), not flat."""
    found = decide_outcome(unit_replication(corner(), 0, [1] * len(gamma), gamma))
    assert found.original.verdict == "local minimum" and found.prediction.flat is False
    assert found.wide.verdict == verdict and found.new_escapes == escapes
    assert found.prediction.minimum is (verdict == "local minimum")


@pytest.mark.parametrize("gamma", [[2, -1], [1, 0], ["1/2", "1/2"], [3, -2, 0]])
def test_a_flat_neuron(gamma: list[Any]) -> None:
    """Dead, or without kinks and residuals that it feels: kept whatever gamma is."""
    level = ReluNetwork.from_arrays([[1, 0], [0, -1]], [3, 5], [[1, 1]], [3])
    for network in (sample(), level):
        found = decide_outcome(unit_replication(network, 0, [1] * len(gamma), gamma))
        assert found.prediction.flat and found.prediction.type_1 and found.wide.kind == 1
        assert found.wide.verdict == found.original.verdict and network.loss > 0


@pytest.mark.parametrize(("beta", "gamma", "stationary"), [
    ([2, 3], ["1/4", "1/6"], True), ([2, 1], [1, -1], False)])
def test_no_input_weights_in_one_dimension(beta: list[Any], gamma: list[Any], stationary: bool) -> None:
    """d = 1, w = 0, residuals 1 at x = 1 and 2 at x = -1: G(t) = t for t > 0, -2 t for t < 0."""
    network = ReluNetwork.from_arrays([[1], [-1]], [-1, -2], [[0]], [1])
    found = decide_outcome(unit_replication(network, 0, beta, gamma))
    assert found.original.kind == 1 and found.prediction.flat is False
    assert found.prediction.stationary is stationary is isinstance(found.wide.stationarity, Stationary)


def test_one_dimension_with_input_weights_has_no_tangential_direction() -> None:
    network = ReluNetwork.from_arrays([[1], [0]], [2, 5], [[1]], [2])
    found = decide_outcome(unit_replication(network, 0, [1, 1], [5, -4]))
    assert found.prediction.flat and found.wide.verdict == "local minimum" and found.wide.kind == 1


def test_output_weights_0_with_slopes_make_an_escape_neuron_of_every_daughter() -> None:
    """The parent is flat, and an escape neuron itself: L.1 without its hypothesis."""
    network = ReluNetwork.from_arrays([[1, 1], [1, -1]], [-1, 1], [[1, 0]], [0])
    found = decide_outcome(unit_replication(network, 0, [1, 1], [1, 0]))
    assert found.prediction.flat and found.prediction.escapes == (0, 1) == found.new_escapes
    assert found.original.verdict == found.wide.verdict == "saddle"


def test_one_daughter_is_a_scaling() -> None:
    embedding = unit_replication(corner(), 0, ["2/3"], ["3/2"])
    wide = embedding.wide
    assert wide.W[0] == (F(2, 3), 0) and wide.H[0] == (F(3, 2),) and wide.n_hidden == 1
    assert decide_outcome(embedding).wide.verdict == "local minimum"
    second = decide_outcome(unit_replication(second_type(), 0, [3], ["1/3"]))
    assert second.prediction.minimum and second.wide.kind == 2 and not second.prediction.type_1


def test_the_daughters_stand_in_the_place_of_the_parent() -> None:
    network = ReluNetwork.from_arrays([[1, 2]], [0], [[1, 0], [0, 1], [1, 1]], [1, 2, 3])
    embedding = unit_replication(network, 1, [1, 2], [0, "1/2"])
    assert embedding.wide.W == ((1, 0), (0, 1), (0, 2), (1, 1)) and embedding.wide.H == ((1, 0, 1, 3),)
    assert embedding.units == (1, 2) and inactive_propagation(network, [[1, 1]]).units == (3,)


# Inactive units and inactive propagation, by hand: the examples of the ledger


@pytest.mark.parametrize(("h", "verdict"), [(1, "not stationary"), (0, "saddle"), (-1, "local minimum")])
def test_an_orthogonal_unit(h: int, verdict: str) -> None:
    """e = -1 at x = (1, 0): G(v) = -h rho(v_1), g(v) = -rho(v_1)."""
    found = decide_outcome(orthogonal_units(sample(), [[0, 1]], [h]))
    assert found.original.verdict == "locally constant" and found.wide.verdict == verdict
    assert found.prediction.minimum is (verdict == "local minimum")


def test_orthogonal_units_at_zero_loss_are_kept() -> None:
    found = decide_outcome(orthogonal_units(sample(0), [[0, 1], [0, 0]], [5, -7]))
    assert found.prediction.type_1 and found.wide.kind == 1 and "loss is 0" in found.prediction.reason


def test_orthogonal_units_where_samples_are_independent() -> None:
    """Each v.x_k takes any value: G >= 0 if and only if c_k alpha+ >= 0 >= c_k alpha-, c = sum_j h_j e_j."""
    seen = set()
    for seed in range(60):
        random = Random(seed)
        slopes = random.choice([(F(1), F(0)), (F(1), F(-1)), (F(1, 2), F(1, 3)), (F(0), F(-2))])
        Y = [[F(random.randint(-1, 1)) for _ in range(2)] for _ in range(2)]
        network = ReluNetwork.from_arrays([[1, 1, 0], [0, 1, 1]], Y, [[0, 0, 0]], [[0], [0]], slopes)
        h = [[random.randint(-1, 1)] for _ in range(2)]
        c = [-sum(h[j][0] * y[j] for j in range(2)) for y in Y]
        holds = all(x * slopes[0] >= 0 >= x * slopes[1] for x in c)
        embedding = orthogonal_units(network, [[1, -1, 1]], h)
        if isinstance(decide_stationarity(network), Stationary):
            assert predict(embedding, decide_type(network)).stationary is holds
            seen.add(holds)
        total = orthogonal_slopes(network, tuple(F(x[0]) for x in h)).total
        for v in ((1, 0, 0), (0, 0, 1), (-1, 0, 0), (0, 0, -1), (1, -1, 2)):
            z = [dot(v, x) for x in network.X]
            assert total(v) == sum(a * (slopes[0] * b if b >= 0 else slopes[1] * b)
                                   for a, b in zip(c, z, strict=True))
    assert seen == {True, False}


def test_negative_and_positive_units_are_dead() -> None:
    for slopes, side, make in (((1, 0), -1, negative_units), ((0, 1), 1, positive_units)):
        X, w = [[1, 1], [1, -1]], [[side * 2, 1]]
        network = ReluNetwork.from_arrays(X, [[2, 1], [2, -1]], [[-side, 0]], [[-2 * side], [0]], slopes)
        found = decide_outcome(make(network, w, [[7], [-5]]))
        assert found.embedding.wide.is_dead(1) and found.prediction.escapes == ()
        assert found.original.kind == found.wide.kind == 2 and found.prediction.minimum is True


@pytest.mark.parametrize(("w", "verdict", "reason"), [
    ((1, 0), "not stationary", "eq. (37)"), ((0, 0), "saddle", "w = 0"),
    ((-2, 0), "locally constant", "2 times that of neuron 0"),
    ((-1, 5), "locally constant", "0 at all samples"), ((0, 1), "saddle", "escape neuron")])
def test_inactive_propagation(w: tuple[int, int], verdict: str, reason: str) -> None:
    """e = -1 at x = (1, 0): w.d = -rho(w_1); g(v) = -rho(v_1) for v orthogonal to w if w_1 = 0, else 0."""
    found = decide_outcome(inactive_propagation(sample(), [w]))
    assert found.wide.verdict == verdict and reason in found.prediction.reason


@pytest.mark.parametrize("make", [lambda network: orthogonal_units(network, [[0, 0]], [[1], [0]]),
                                  lambda network: inactive_propagation(network, [[0, 0]]),
                                  lambda network: inactive_propagation(network, [[2, 0]])])
def test_several_outputs_too_lose_a_minimum_to_a_new_escape_neuron(make: Callable[..., Embedding]) -> None:
    """Residuals (0, -1), (0, 1): G = 0 and g_2(v) = rho(v.x_2) - rho(v.x_1), not 0 along (0, 1)."""
    found = decide_outcome(make(second_type()))
    assert found.prediction.stationary and found.prediction.escapes == (1,) == found.new_escapes
    assert found.prediction.minimum is False and found.wide.verdict == "saddle"


@pytest.mark.parametrize("chunk", CHUNKS)
def test_a_copy_is_the_replication_with_gamma_1_0(chunk: int) -> None:
    """Appendix N and Proposition 4.9 say the same of it."""
    for number in range(chunk, EACH, len(CHUNKS)):
        random = Random(f"copy {number}")
        network = stationary(random)
        i, beta = random.randrange(network.n_hidden), F(random.randint(1, 4), 3)
        original = decide_type(network)
        copied = unit_replication(network, i, [1, beta], [1, 0])
        added = inactive_propagation(network, [[beta * x for x in network.W[i]]])
        ours, theirs = predict(added, original), predict(copied, original)
        assert (ours.stationary, ours.type_1) == (theirs.stationary, theirs.type_1)
        assert ours.stationary and sorted(zip(*added.wide.H, strict=True)) == sorted(
            zip(*copied.wide.H, strict=True))


# What is refused


REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: unit_replication(corner(), 1, [1], [1]), "neuron", "from 0 to 0"),
    (lambda: unit_replication(corner(), True, [1], [1]), "neuron", "from 0 to 0"),
    (lambda: unit_replication(replace(corner(), W=(), H=((),)), 0, [1], [1]), "neuron", "hidden neurons"),
    (lambda: unit_replication(corner(), 0, [0, 1], [1, 1]), "beta[0]", "> 0"),
    (lambda: unit_replication(corner(), 0, [1, -1], [1, 0]), "beta[1]", "> 0"),
    (lambda: unit_replication(corner(), 0, [1, 1], [1, 1]), "gamma", "sum of 2"),
    (lambda: unit_replication(corner(), 0, [1, 1], [0, 0]), "gamma", "sum of 0"),
    (lambda: unit_replication(corner(), 0, [1, 1], [1]), "gamma", "2 and 1"),
    (lambda: unit_replication(corner(), 0, [], []), "gamma", "at least one"),
    (lambda: unit_replication(corner(), 0, ["x"], [1]), "beta[0]", "'x'"),
    (lambda: orthogonal_units(corner(), [[0, 1]], [1]), "W[0]", "0 is the only one"),
    (lambda: orthogonal_units(sample(), [[1, 0]], [1]), "W[0]", "w.x = 1 at sample 0"),
    (lambda: orthogonal_units(sample(), [[0, 1]], [1, 2]), "H[0]", "one per new neuron"),
    (lambda: orthogonal_units(sample(), [[0, 1]], [[1], [2]]), "H", "one per output"),
    (lambda: orthogonal_units(sample(), [[0, 1, 2]], [1]), "W[0]", "one per input"),
    (lambda: orthogonal_units(sample(), [], [[]]), "W", "at least one row"),
    (lambda: negative_units(sample(), [[0, 1]], [1]), "W[0]", "w.x = 0 at sample 0"),
    (lambda: negative_units(sample(), [[-1, 0], [1, 0]], [1, 1]), "W[1]", "w.x = 1 at sample 0"),
    (lambda: negative_units(replace(sample(), slopes=(F(1), F(1, 9))), [[-1, 0]], [1]), "slopes",
     "alpha- = 0"),
    (lambda: positive_units(sample(), [[1, 0]], [1]), "slopes", "alpha+ = 0"),
    (lambda: positive_units(replace(sample(), slopes=(F(0), F(1))), [[-1, 0]], [1]), "W[0]", "w.x = -1"),
    (lambda: negative_units(ReluNetwork.from_arrays([[0, 0]], [1], [[0, 0]], [1]), [[1, 1]], [1]), "W[0]",
     "w.x = 0"),
    (lambda: inactive_propagation(corner(), [[1]]), "W[0]", "one per input"),
]


@pytest.mark.parametrize(("make", "field", "text"), REFUSED)
def test_refusals(make: Callable[[], Any], field: str, text: str) -> None:
    with pytest.raises(InputError) as refusal:
        make()
    assert refusal.value.field == field and text in str(refusal.value)


def test_outputs_that_change_are_refused() -> None:
    with pytest.raises(ArithmeticError, match="changed the outputs"):
        Embedding("unit replication", corner(), replace(corner(), H=((F(2),),)), (0,))


# The comparison itself can fail


@pytest.mark.parametrize(("change", "about"), [
    ({"stationary": False}, "stationarity"), ({"type_1": False}, "type 1"),
    ({"minimum": False}, "local minimality"), ({"escapes": (1,)}, "escape neurons")])
def test_a_false_prediction_is_noticed(change: dict[str, Any], about: str,
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    embedding = unit_replication(corner(), 0, [1, 1], ["1/2", "1/2"])
    found = decide_outcome(embedding)
    assert contradiction(found) is None
    false = replace(found.prediction, **change)
    assert contradiction(replace(found, prediction=false)) == about
    monkeypatch.setattr(preservation, "predict", lambda *_: false)
    with pytest.raises(ArithmeticError, match=about):
        decide_outcome(embedding)


def test_the_criteria_of_the_print_are_needed() -> None:
    """Were gamma >= 0 enough for type 1, or gamma != 0 for stationarity, the comparison would notice."""
    for gamma, change in (([1, 0], {"type_1": True}), ([2, -1], {"stationary": True})):
        found: Outcome = decide_outcome(unit_replication(corner(), 0, [1, 1], gamma))
        assert contradiction(replace(found, prediction=replace(found.prediction, **change))) is not None


def test_too_many_kink_samples_leave_no_prediction() -> None:
    random = Random(3)
    X = [[random.randint(-9, 9) for _ in range(7)] for _ in range(40)]
    network = ReluNetwork.from_arrays(X, [(-1) ** k for k in range(40)], [], [])
    found = decide_outcome(orthogonal_units(network, [[0] * 7], [1]))
    assert found.wide.verdict == "undecided" and found.prediction.source == "none"
    assert found.prediction.stationary is None
