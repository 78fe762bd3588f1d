"""The vocabulary about ReLU-like networks: for each word how a scene decides it, and what follows from it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from ..relu.derivatives import output_weight_derivative
from ..relu.network import ReluNetwork
from ..relu.piecewise import neuron_slopes
from ..relu.vectors import dot, zeros
from .answers import Finding, exactly
from .relu_experiments import (
    LINE,
    PLANE,
    SPACE,
    end_of_training,
    fits_three,
    has_data,
    in_dead_sector,
    second_plateau,
    unseeing,
    vanishes,
)
from .relu_moves import single
from .relu_place import ReluPlace
from .relu_scene import ReluScene, d_zero, flat, off_kinks, radii_flat, weights_flat
from .relu_variations import Unit

Words = dict[str, Callable[[ReluScene], Finding]]

# What the words about a variation begin with. All others are about the network and its neuron.
KINDS = {"move": "move", "replication": "replication", "replicated": "replication", "unit": "unit",
         "extended": "unit"}
STEPS = ("move: in the ball of Theorem 4.2", "move: loss not lower at its end")  # about the end, not the ray
APPENDIX = {(Fraction(1), Fraction(1)), (Fraction(1), Fraction(-1))}  # the samples of appendix F.2.1
RELU = (Fraction(1), Fraction(0))


def kind_of(words: Sequence[str]) -> str:
    """The kind of variation that these words are about; "" for none."""
    if not set(STEPS).isdisjoint(words):
        return "step"
    return next((KINDS[subject] for x in words if (subject := x.partition(":")[0]) in KINDS), "")


def _place(subject: str, of: Callable[[ReluScene], ReluPlace]) -> Words:
    """The words about one point: its type, its escape neurons."""
    words: Words = {
        "stationary": lambda s: of(s).stationary,
        "not stationary": lambda s: ~of(s).stationary,
        "local minimum": lambda s: of(s).local_minimum,
        "not a local minimum": lambda s: ~of(s).local_minimum,
        "local maximum": lambda s: of(s).local_maximum,
        "not a local maximum": lambda s: ~of(s).local_maximum,
        "saddle": lambda s: of(s).saddle,
        "type-1 minimum": lambda s: of(s).type_1,
        "not a type-1 minimum": lambda s: ~of(s).type_1,
        "type-2 minimum": lambda s: of(s).type_2,
        "has an escape neuron": lambda s: of(s).has_escape,
        "no escape neurons": lambda s: ~of(s).has_escape,
    }
    return {f"{subject}: {name}": decide for name, decide in words.items()}


def is_origin(network: ReluNetwork) -> bool:
    return not any(any(row) for rows in (network.W, network.H) for row in rows)


def kinks_at_zero_only(network: ReluNetwork) -> bool:
    """Whether w_i.x_k != 0 for all i and all k with x_k != 0."""
    return all(z or not any(x) for row in network.pre_activations
               for z, x in zip(row, network.X, strict=True))


def sees_labels(scene: ReluScene) -> Finding:
    """Whether sum_k y_kj rho(w.x_k) is not 0 for some w and j: the slopes of a neuron at the origin."""
    network = scene.network
    none = zeros(network.n_outputs, 1)
    origin = replace(network, W=zeros(1, network.n_inputs), H=none)
    return exactly(not all(g.is_zero for g in neuron_slopes(origin, 0).outputs), "the labels")


def pair(network: ReluNetwork) -> bool:
    """Whether there are two labels of two outputs."""
    return network.n_samples == network.n_outputs == 2


def independent(network: ReluNetwork) -> bool:
    return pair(network) and network.Y[0][0] * network.Y[1][1] != network.Y[0][1] * network.Y[1][0]


def appendix_data(network: ReluNetwork) -> bool:
    return pair(network) and set(network.X) == APPENDIX


def is_copy(network: ReluNetwork, unit: Unit) -> bool:
    """Whether w = beta w_i with beta > 0, w not 0: equality in the inequality of Cauchy and Schwarz."""
    return any((product := dot(unit.w, w)) > 0 and product**2 == dot(unit.w, unit.w) * dot(w, w)
               for w in network.W)


def seen(network: ReluNetwork, unit: Unit) -> list[int]:
    """The signs of w.x_k."""
    return [(z > 0) - (z < 0) for z in (dot(unit.w, x) for x in network.X)]


def new_weights_flat(scene: ReluScene) -> Finding:
    """Whether the derivatives in the output weights of the new neuron are 0."""
    network = scene.result.network
    return exactly(not any(output_weight_derivative(network, j, network.n_hidden - 1)
                           for j in range(network.n_outputs)), "the derivatives of Definition 3.3")


# The vocabulary.
PREDICATES: Words = {
    **_place("point", lambda s: s.point),
    **_place("replicated", lambda s: s.result),
    **_place("extended", lambda s: s.result),
    "point: zero loss": lambda s: s.numbers(lambda n: n.loss == 0),
    "point: some hidden value not zero": lambda s: s.numbers(lambda n: any(map(any, n.activations))),
    "point: all outputs zero": lambda s: s.numbers(lambda n: not any(map(any, n.outputs))),
    "point: no kinks": lambda s: s.numbers(lambda n: all(map(all, n.pre_activations))),
    "point: no kinks but at zero samples": lambda s: s.numbers(kinks_at_zero_only),
    "point: the origin": lambda s: s.numbers(is_origin),
    "point: derivatives in output weights zero": lambda s: s.numbers(weights_flat),
    "point: radial derivatives zero": lambda s: s.numbers(radii_flat),
    "point: some slope negative": lambda s: s.point.some_slope_negative,
    "point: falls at second order along a line": lambda s: s.point.second_order_line,
    "network: one output": lambda s: s.numbers(lambda n: n.n_outputs == 1),
    "network: one neuron": lambda s: s.numbers(lambda n: n.n_hidden == 1),
    "slopes: alpha- zero": lambda s: s.numbers(lambda n: n.slopes[1] == 0),
    "slopes: ReLU": lambda s: s.numbers(lambda n: n.slopes == RELU),
    "slopes: not zero": lambda s: s.numbers(lambda n: all(n.slopes)),
    "labels: seen from the origin": sees_labels,
    "labels: linearly independent": lambda s: s.numbers(independent),
    "labels: at an acute angle": lambda s: s.numbers(lambda n: pair(n) and dot(*n.Y) > 0),
    "labels: some nearby have no type-2 minimum": lambda s: ~s.point.persistent,
    "samples: (1, 1) and (1, -1)": lambda s: s.numbers(appendix_data),
    "data: section 4.1.1": lambda s: s.numbers(lambda n: has_data(n, LINE)),
    "data: appendix I.0.1": lambda s: s.numbers(lambda n: has_data(n, SPACE)),
    "data: appendix I.0.2": lambda s: s.numbers(lambda n: has_data(n, PLANE)),
    "point: second plateau of section 4.1.1": lambda s: s.numbers(second_plateau),
    "point: end of section 4.1.1": lambda s: s.numbers(end_of_training),
    "point: three samples fitted, the fourth not seen": lambda s: s.numbers(fits_three),
    "neuron: vanishes": lambda s: s.of_neuron(vanishes),
    "neuron: sees no sample": lambda s: s.of_neuron(unseeing),
    "neuron: between (10, -7) and (-1, -1)": lambda s: s.of_neuron(in_dead_sector),
    "neuron: no kinks": lambda s: s.of_neuron(off_kinks),
    "neuron: all samples positive": lambda s: s.of_neuron(
        lambda n, i: all(z > 0 for z in n.pre_activations[i])),
    "neuron: d zero": lambda s: s.of_neuron(d_zero),
    "neuron: d not zero": lambda s: ~s.of_neuron(d_zero),
    "neuron: flat": lambda s: s.of_neuron(flat),
    "neuron: not flat": lambda s: ~s.of_neuron(flat),
    "neuron: output weights not all zero": lambda s: s.of_neuron(lambda n, i: any(n.output_weights(i))),
    "neuron: an escape neuron": lambda s: s.escapes,
    "neuron: no escape neuron": lambda s: ~s.escapes,
    "replication: beta positive": lambda s: s.replication(lambda b, c: min(b) > 0),
    "replication: two daughters or more": lambda s: s.replication(lambda b, c: len(b) >= 2),
    "replication: sum 1": lambda s: s.replication(lambda b, c: dot(b, c) == 1),
    "replication: no gamma negative": lambda s: s.replication(lambda b, c: min(c) >= 0),
    "replication: a gamma negative": lambda s: s.replication(lambda b, c: min(c) < 0),
    "replication: all gamma positive": lambda s: s.replication(lambda b, c: min(c) > 0),
    "replication: a gamma not positive": lambda s: s.replication(lambda b, c: min(c) <= 0),
    "replication: no gamma zero": lambda s: s.replication(lambda b, c: all(c)),
    "replication: a gamma zero": lambda s: s.replication(lambda b, c: not all(c)),
    "replicated: same loss": lambda s: s.same_loss,
    "unit: all w.x negative": lambda s: s.unit(lambda n, u: max(seen(n, u)) < 0),
    "unit: all w.x zero": lambda s: s.unit(lambda n, u: not any(seen(n, u))),
    "unit: input weights zero": lambda s: s.unit(lambda n, u: not any(u.w)),
    "unit: output weights zero": lambda s: s.unit(lambda n, u: not any(u.h)),
    "unit: a positive multiple of an old neuron": lambda s: s.unit(is_copy),
    "unit: derivatives in output weights zero": new_weights_flat,
    "unit: tangential derivatives not negative": lambda s: s.new_slopes,
    "unit: no escape neuron": lambda s: ~s.new_escapes,
    "extended: same loss": lambda s: s.same_loss,
    "move: one output weight": lambda s: s.move(lambda n, m: single(n, m) == "output weight"),
    "move: one neuron radially": lambda s: s.move(lambda n, m: single(n, m) == "radially"),
    "move: one neuron tangentially": lambda s: s.move(lambda n, m: single(n, m) == "tangentially"),
    "move: slope of Lemma 3.2": lambda s: s.lemma,
    "move: slope zero": lambda s: s.first(lambda order, sign: order != 1),
    "move: slope not negative": lambda s: s.first(lambda order, sign: (order, sign) != (1, -1)),
    "move: loss falls": lambda s: s.first(lambda order, sign: sign < 0),
    "move: loss does not fall": lambda s: s.first(lambda order, sign: sign >= 0),
    "move: in the ball of Theorem 4.2": lambda s: s.move(s.in_ball),
    "move: loss not lower at its end": lambda s: s.move(s.not_lower),
    "move: keeps the escape neurons": lambda s: s.move(s.keeps_escapes),
    "move: input and output weights of an escape neuron": lambda s: s.move(s.moves_an_escape),
    "move: in the plane of an escape neuron": lambda s: s.move(s.in_escape_plane),
    "move: not below the constant of Corollary 4.4": lambda s: s.move(s.at_least_constant),
}

# What follows from a word alone; {} is any subject of `_place`. By definition, or by B/section-3.2 (3).
FOLLOWS: dict[str, tuple[str, ...]] = {
    "{}: type-1 minimum": ("{}: local minimum", "{}: no escape neurons"),
    "{}: type-2 minimum": ("{}: local minimum", "{}: has an escape neuron", "{}: not a type-1 minimum"),
    "{}: local minimum": ("{}: stationary",),
    "{}: saddle": ("{}: stationary", "{}: not a local minimum", "{}: not a local maximum"),
    "{}: not stationary": ("{}: not a local minimum",),
    "{}: not a local minimum": ("{}: not a type-1 minimum",),
    "{}: has an escape neuron": ("{}: not a type-1 minimum",),
    "{}: zero loss": ("{}: local minimum",),
    "point: stationary": ("point: derivatives in output weights zero",),
    "point: the origin": ("point: stationary", "point: all outputs zero"),
    "point: no kinks": ("neuron: no kinks", "point: no kinks but at zero samples"),
    "point: no escape neurons": ("neuron: no escape neuron",),
    "neuron: an escape neuron": ("point: has an escape neuron",),
    "neuron: all samples positive": ("neuron: no kinks",),
    "slopes: ReLU": ("slopes: alpha- zero",),
    "replication: all gamma positive": ("replication: no gamma negative", "replication: no gamma zero"),
    "replication: a gamma negative": ("replication: a gamma not positive",),
    "replication: a gamma zero": ("replication: a gamma not positive",),
    "unit: input weights zero": ("unit: all w.x zero",),
    "unit: all w.x zero": ("unit: derivatives in output weights zero",),
    "move: in the ball of Theorem 4.2": ("point: stationary", "point: no escape neurons"),
    "move: loss does not fall": ("move: slope not negative",),
    "move: slope zero": ("move: slope not negative",),
}
SUBJECTS = ("point", "replicated", "extended")


def closed(words: frozenset[str]) -> frozenset[str]:
    """All that follows from these words by the table alone."""
    found, before = set(words), set[str]()
    while found != before:
        before = set(found)
        for left, right in FOLLOWS.items():
            for subject in SUBJECTS if "{}" in left else ("",):
                if left.format(subject) in found:
                    found |= {x.format(subject) for x in right}
    return frozenset(found)
