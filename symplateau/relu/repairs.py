"""Better guesses, from what was wrong with one: a sample that crossed a kink is held there, one that
a descent leads away from it is let go. Only guesses: what they lead to is decided anew.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from .guesses import Guess
from .network import ReluNetwork
from .patterns import Pattern
from .piecewise import neuron_slopes
from .stationarity import NotStationary
from .vectors import dot, sign

Samples = Sequence[tuple[int, ...]]  # per neuron


def held(given: ReluNetwork, network: ReluNetwork, guess: Guess, groups: Sequence[Pattern]) -> Guess | None:
    """Of each neuron, the sample that leaves its side first on the way from the given weights is held."""
    sides = {i: group.sides for group in groups for i in group.neurons}
    kinks: list[tuple[int, ...]] = []
    for i, at_kink in zip(guess.active, guess.kinks, strict=True):
        heights = zip(given.pre_activations[i], network.pre_activations[i], strict=True)
        times = [(_time(start, end), k) for k, (side, (start, end)) in
                 enumerate(zip(sides.get(i, ()), heights, strict=i in sides)) if side and sign(end) != side]
        kinks.append(tuple(sorted({*at_kink, min(times)[1]})) if times else at_kink)
    return replace(guess, kinks=tuple(kinks), crossed=_without(guess.crossed, kinks))


def released(given: ReluNetwork, network: ReluNetwork, guess: Guess, found: NotStationary) -> Guess | None:
    """The neurons whose slope along the direction found is negative let go of the kinks that it leaves."""
    if found.output is not None or found.neuron not in guess.active:
        return None
    t = found.direction.W[found.neuron]
    same = network.kink_samples(found.neuron)
    loose = [(i, k, side) for i, at_kink in zip(guess.active, guess.kinks, strict=True)
             if network.kink_samples(i) == same and neuron_slopes(network, i).total(t) < 0
             for k in at_kink if (side := sign(dot(t, given.X[k])))]
    return let_go(given, guess, loose)


def let_go(given: ReluNetwork, guess: Guess, loose: Sequence[tuple[int, int, int]]) -> Guess:
    """The guess without these (neuron, sample) at the kink, the sample on the given side."""
    kinks, crossed = list(guess.kinks), list(guess.crossed or ((),) * len(guess.active))
    for i, k, side in loose:
        place = guess.active.index(i)
        kinks[place] = tuple(x for x in kinks[place] if x != k)
        if side != sign(given.pre_activations[i][k]):
            crossed[place] = tuple(sorted({*crossed[place], k}))
    return replace(guess, kinks=tuple(kinks), crossed=tuple(crossed))


def _without(crossed: Samples, kinks: Samples) -> tuple[tuple[int, ...], ...]:
    """A sample held at the kink is on neither side."""
    return tuple(tuple(k for k in some if k not in at_kink)
                 for some, at_kink in zip(crossed, kinks, strict=bool(crossed)))


def _time(start: Fraction, end: Fraction) -> Fraction:
    """When a height that falls from start to end, of other signs, is 0; 0 where it is so at once."""
    return abs(start) / (abs(start) + abs(end)) if start else Fraction(0)
