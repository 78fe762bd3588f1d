"""The vocabulary about ReLU-like networks, at points that are worked out by hand; what follows from what."""

from fractions import Fraction

import pytest

from symplateau.adversary.assertions import FOR_ALL, PREDICATES, Assertion, closure, implies
from symplateau.adversary.relu_place import ReluPlace, level_generators
from symplateau.adversary.relu_scene import ReluScene, ReluSource
from symplateau.adversary.relu_variations import Replication, Unit, Variation, varied
from symplateau.adversary.relu_words import FOLLOWS, SUBJECTS, kind_of
from symplateau.adversary.relu_words import PREDICATES as WORDS
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.piecewise import PiecewiseLinear
from tests.relu.points_by_hand import CURVE_ONLY, THIRD

F = Fraction
net = ReluNetwork.from_arrays
CORNER = [[1, 0], [0, 1]]
# ReLU, w = (1, 0): the first sample is fitted, the second at the kink with residual 1: G = max(t_2, 0).
HELD = net(CORNER, [1, -1], [[1, 0]], [1])
# The residual is -1: G = -max(t_2, 0).
FALLING = net(CORNER, [1, 1], [[1, 0]], [1])
# h = 0: G = 0, but g = -max(t_2, 0).
ESCAPING = net(CORNER, [0, 1], [[1, 0]], [0])
# h max(w_2, 0) at h = 1, w = (1, 0), label 1: the loss falls where w_2 > 0, and stays elsewhere.
SUMMIT = net([[0, 1]], [1], [[1, 0]], [1])
# w.x = -1: no output changes.
DEAD = net([[1, 0]], [1], [[-1, 0]], [1])


def pair(error: int | str) -> ReluNetwork:
    """Samples (1, 1), (1, -1), h = (1, 0), w = (1, 0): g_1 = 0, g_2(t) = 2 error t_2.

    A minimum if error^2 < 1, a saddle if > 1: the form is h_1^2 + t_2^2 + h_2^2 + 2 error h_2 t_2.
    """
    return net([[1, 1], [1, -1]], [[1, -F(error)], [1, F(error)]], [[1, 0]], [[1], [0]])


def said(network: ReluNetwork, *words: str, variation: Variation = None) -> list[bool | None]:
    scene = ReluScene(ReluSource(network, 0), variation)
    return [WORDS[word](scene).value for word in words]


def vector(*numbers: int | str) -> tuple[Fraction, ...]:
    return tuple(map(F, numbers))


def replicated(network: ReluNetwork, beta: str, gamma: str, *words: str) -> list[bool | None]:
    return said(network, *words, variation=Replication(vector(*beta.split()), vector(*gamma.split())))


def extended(network: ReluNetwork, w: str, h: str, *words: str) -> list[bool | None]:
    return said(network, *words, variation=Unit(vector(*w.split()), vector(*h.split())))


def moved(network: ReluNetwork, w: str, h: int | str, *words: str) -> list[bool | None]:
    return said(network, *words, variation=Direction((vector(*w.split()),), (vector(h),)))


TYPES = ("point: stationary", "point: local minimum", "point: local maximum", "point: saddle",
         "point: type-1 minimum", "point: has an escape neuron")


@pytest.mark.parametrize(("network", "expected"), [
    (HELD, [True, True, False, False, True, False]),
    (FALLING, [False, False, False, False, False, False]),  # it rises as h grows
    (ESCAPING, [True, False, False, True, False, True]),
    (SUMMIT, [False, False, True, False, False, False]),
    (DEAD, [True, True, True, False, True, False]),
    (pair("1/2"), [True, True, False, False, False, True]),
    (pair(2), [True, False, False, True, False, True]),
])
def test_types(network: ReluNetwork, expected: list[bool | None]) -> None:
    assert said(network, *TYPES) == expected


def test_what_is_under_test_decides_nothing() -> None:
    barred = ReluPlace(HELD, frozenset({"B/theorem-4.2"}))
    assert barred.local_minimum.value is None and barred.type_1.value
    assert ReluPlace(ESCAPING, barred.barred).local_minimum.value is False
    assert ReluPlace(DEAD, barred.barred).local_minimum.value is True


def test_the_origin_sees_the_labels_or_not() -> None:
    words = ("point: the origin", "labels: seen from the origin", "point: local minimum", "point: zero loss")
    assert said(net([[1]], [1], [[0]], [0]), *words) == [True, True, False, False]
    assert said(net([[1], [1]], [1, -1], [[0]], [0]), *words) == [True, False, True, False]
    assert said(net([[1]], [0], [[0]], [0]), *words) == [True, False, True, True]


def test_a_neuron_off_the_kinks() -> None:
    words = ("neuron: no kinks", "neuron: d zero", "neuron: flat", "neuron: an escape neuron")
    assert said(pair("1/2"), *words) == [True, False, True, True]
    assert said(pair(0), *words) == [True, True, True, False]
    assert said(HELD, *words) == [False, True, False, False]


def test_kinks_at_samples_that_are_zero_do_not_count() -> None:
    words = ("point: no kinks", "point: no kinks but at zero samples")
    assert said(net([[1], [0]], [1, 1], [[-1]], [1]), *words) == [False, True]
    assert said(HELD, *words) == [False, False] and said(DEAD, *words) == [True, True]


def test_labels_that_keep_their_type_2_minimum() -> None:
    assert said(pair("1/2"), "point: type-2 minimum", "labels: some nearby have no type-2 minimum") == [
        True, False]
    assert said(HELD, "labels: some nearby have no type-2 minimum") == [True]
    assert said(pair(1), "labels: some nearby have no type-2 minimum")[0] is not False  # the form is flat


# One input: hw at h = w = 1. Along h - w = const the slope is 0 and hw = 1 - t^2 / 2 + ...: the loss falls
# at second order exactly if the residual is positive.
def test_lines_of_second_order() -> None:
    word = "point: falls at second order along a line"
    assert [said(net([[1]], [y], [[1]], [1]), word)[0] for y in (0, 2)] == [True, False]
    assert [said(x, word)[0] for x in (HELD, ESCAPING, pair(2), pair("1/2"))] == [False, True, True, False]
    assert [said(x, word, "point: saddle") for x in (THIRD, CURVE_ONLY)] == [[False, True]] * 2


def test_slopes_of_definition_3_3() -> None:
    words = ("point: derivatives in output weights zero", "point: radial derivatives zero",
             "point: some slope negative")
    assert said(HELD, *words) == [True, True, False]
    assert said(FALLING, *words) == [True, True, True]
    assert said(net([[1]], [0], [[1]], [1]), *words) == [False, False, True]


def test_replication() -> None:
    words = ("replicated: same loss", "replicated: stationary", "replicated: type-1 minimum",
             "replicated: has an escape neuron", "replicated: local minimum")
    assert replicated(HELD, "1 2", "1/2 1/4", *words) == [True, True, True, False, True]
    assert replicated(HELD, "1 1", "1 0", *words) == [True, True, False, True, False]
    assert replicated(HELD, "1 1", "2 -1", *words) == [True, False, False, False, False]
    assert replicated(HELD, "1", "2", *words) == [False, False, False, False, False]
    assert replicated(pair("1/2"), "1 1", "1/2 1/2", *words)[1:] == [True, False, True, False]
    words = ("replication: two daughters or more", "neuron: d not zero")
    assert replicated(pair("1/2"), "2", "1/2", *words) == [False, True]
    assert replicated(pair(0), "1 1", "2 -1", *words) == [True, False]
    words = ("replication: sum 1", "replication: beta positive", "replication: all gamma positive",
             "replication: a gamma zero", "replication: a gamma negative")
    assert replicated(HELD, "1 1 0", "2 -1 0", *words) == [True, False, False, True, True]
    assert replicated(HELD, "1 1", "1/2 1", *words) == [False, True, True, False, False]


# One sample (1, 0) with label 1, not seen: residual -1, so a unit w = (0, 1) has G = -h max(v_1, 0).
def test_one_more_neuron() -> None:
    words = ("extended: stationary", "extended: type-1 minimum", "unit: tangential derivatives not negative",
             "unit: no escape neuron", "unit: all w.x zero")
    assert extended(DEAD, "0 1", "1", *words) == [False, False, False, True, True]
    assert extended(DEAD, "0 1", "0", *words) == [True, False, True, False, True]
    assert extended(DEAD, "0 1", "-1", *words) == [True, True, True, True, True]
    words = ("extended: stationary", "unit: derivatives in output weights zero", "unit: all w.x negative",
             "unit: a positive multiple of an old neuron", "extended: same loss")
    assert extended(DEAD, "1 0", "0", *words) == [False, False, False, False, True]
    assert extended(DEAD, "-2 0", "5", *words) == [True, True, True, True, True]
    assert extended(DEAD, "1 0", "1", *words)[-1] is False


def test_moves() -> None:
    words = ("move: slope of Lemma 3.2", "move: slope zero", "move: slope not negative", "move: loss falls")
    assert moved(HELD, "0 1", 0, *words) == [True, False, True, False]
    assert moved(FALLING, "0 1", 0, *words) == [True, False, False, True]
    assert moved(ESCAPING, "0 1", 1, *words) == [True, True, True, True]  # -t^2 + t^2/2 + ...
    words = ("move: one output weight", "move: one neuron radially", "move: one neuron tangentially")
    assert moved(HELD, "0 0", 2, *words) == [True, False, False]
    assert moved(HELD, "-1 0", 0, *words) == [False, True, False]
    assert moved(HELD, "0 -1", 0, *words) == [False, False, True]
    assert moved(HELD, "1 1", 0, *words) == moved(HELD, "0 1", 1, *words) == [False, False, False]


# G = g = max(t_2, 0): C = 1. The nearest change of a leg is at the distance |w.x_1|/|x_1| = 1. So R = 1.
def test_the_ball_of_theorem_4_2() -> None:
    words = ("move: in the ball of Theorem 4.2", "move: loss not lower at its end")
    assert moved(HELD, "0 3/5", "4/5", *words) == [True, True]
    assert moved(HELD, "0 3/5", "-4/5", *words) == [True, True]
    assert moved(HELD, "0 1", "1/10", *words)[0] is False
    # h = -1, w = (-1, 5/4): the outputs are 0 and -5/4, the losses 1/2 and 1/32; before it was 1/2.
    assert moved(HELD, "-2 1/2", -2, *words) == [False, True]
    assert moved(HELD, "0 1/4", -2, *words)[0] is False
    assert moved(ESCAPING, "0 1/100", "1/100", *words) == [False, False]


def test_moves_of_escape_neurons() -> None:
    words = ("move: keeps the escape neurons", "move: input and output weights of an escape neuron",
             "move: in the plane of an escape neuron")
    assert moved(ESCAPING, "0 1", 1, *words) == [False, True, True]
    assert moved(ESCAPING, "0 -1", 1, *words) == [False, True, False]  # g is 0 on that side
    assert moved(ESCAPING, "0 0", 1, *words) == [False, False, False]
    assert moved(HELD, "0 1", 1, *words) == [True, False, False]


# |z| = 1, q = 1: C = (1 - sqrt(5))/4 = -0.30901... The line (k, b) = (3/5, 1) has -21/68 = -0.3088...
def test_the_constant_of_corollary_4_4() -> None:
    assert moved(ESCAPING, "0 1", "3/5", "move: not below the constant of Corollary 4.4") == [True]
    scene = ReluScene(ReluSource(ESCAPING, 0), None)
    assert [scene._above(F(c), 0, vector(0, 1)) for c in ("-309/1000", "-310/1000")] == [True, False]


def test_level_generators_of_functions_of_both_signs() -> None:
    saddle = PiecewiseLinear.merged(vector(0, 0), vector(1, -1), [vector(1, 0), vector(0, 1)])
    found = {tuple(map(int, t)) for t in level_generators(saddle)}  # |a| - |b|
    assert found >= {(1, 1), (1, -1), (-1, 1), (-1, -1)} and not any(saddle(t) for t in found)
    plane = PiecewiseLinear.merged(vector(1, -2), (), [])
    assert any(t[0] == 2 * t[1] != 0 for t in level_generators(plane))


def test_variations() -> None:
    wide = varied(HELD, 0, Replication(vector(2, 3), vector(5, 7)))
    assert [*wide.W] == [vector(2, 0), vector(3, 0)] and [*wide.H] == [vector(5, 7)]
    wide = varied(pair(1), 0, Unit(vector(4, 5), vector(6, 7)))
    assert (wide.W[1], wide.H) == (vector(4, 5), (vector(1, 6), vector(0, 7)))


def test_the_two_vocabularies_share_no_word_and_every_consequence_is_a_word() -> None:
    assert not set(WORDS) & set(PREDICATES)
    for left, right in FOLLOWS.items():
        for word in (left, *right):
            assert any(word.format(subject) in WORDS for subject in SUBJECTS), word


def test_kinds() -> None:
    assert kind_of(("point: stationary",)) == ""
    assert kind_of(("point: stationary", "move: loss falls")) == "move"
    assert kind_of(("replicated: saddle",)) == "replication" and kind_of(("extended: saddle",)) == "unit"
    assert kind_of(("move: loss falls", "move: loss not lower at its end")) == "step"


def test_what_follows() -> None:
    assert {"point: local minimum", "point: stationary", "neuron: no escape neuron"} <= closure(
        frozenset({"point: type-1 minimum"}))
    assert "point: local minimum" not in closure(frozenset({"point: stationary", "point: no escape neurons"}))
    strong = Assertion("X/x", "x", ("point: stationary",), FOR_ALL, "replicated: type-1 minimum")
    weak = Assertion("X/x", "y", ("point: saddle",), FOR_ALL, "replicated: local minimum")
    assert implies(strong, weak) and not implies(weak, strong)


# The consequences of the table, at every scene of some networks: none is contradicted.
@pytest.mark.parametrize("network", [HELD, FALLING, ESCAPING, SUMMIT, DEAD, pair("1/2"), pair(2), pair(0)])
def test_what_follows_holds(network: ReluNetwork) -> None:
    source = ReluSource(network, 0)
    for kind in ("", "step", "replication", "unit"):
        for scene in source.scenes(kind):
            words = [x for x in WORDS if kind_of((x,)) in ("", kind, kind.replace("step", "move"))]
            true = [x for x in words if WORDS[x](scene).value]
            for word in true:
                for other in closure(frozenset({word})):
                    assert WORDS[other](scene).value is not False, (scene.variation, word, other)
