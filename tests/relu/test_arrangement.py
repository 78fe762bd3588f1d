"""Generators of arrangements: independent kinks by their dual basis, others by cuts."""

from itertools import combinations
from random import Random

import pytest

from symplateau.errors import Undecided
from symplateau.relu import arrangement as arrangements
from symplateau.relu.arrangement import arrangement
from symplateau.relu.vectors import dot, null_space, primitive

from .networks import F, row


def rays_by_definition(kinks: list, normals: list, size: int) -> set:
    """The lines that some kinks leave over, beyond the lineality space."""
    lineality = null_space([*normals, *kinks], size)
    found = set()
    for count in range(len(kinks) + 1):
        for chosen in combinations(kinks, count):
            left = null_space([*normals, *lineality, *chosen], size)
            if len(left) == 1:
                found |= {left[0], tuple(-x for x in left[0])}
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_rays_are_those_of_the_definition(seed: int) -> None:
    random = Random(seed)
    size = random.randint(1, 5)
    normals = [primitive([F(1), *row(random, size - 1)])[0]] if seed % 3 == 0 else []
    lines = {primitive(row(random, size))[0] for _ in range(random.randint(0, 6))}
    inside = []
    for line in sorted(lines):
        x = [F(a) for a in line]
        for n in normals:
            x = [a - dot(line, n) / dot(n, n) * b for a, b in zip(x, n, strict=True)]
        if any(x):
            inside.append(primitive(x)[0])
    kinks = tuple(sorted(set(inside)))
    found = arrangement(kinks, tuple(normals), size)
    assert set(found.rays) == rays_by_definition(list(kinks), normals, size)
    assert list(found.lineality) == null_space([*normals, *kinks], size)


def test_independent_kinks_have_two_rays_each_and_one_more_has_many() -> None:
    units = tuple(tuple(int(a == b) for b in range(8)) for a in range(8))
    assert len(arrangement(units, (), 8).rays) == 16
    assert len(arrangement((*units, (1,) * 8), (), 8).rays) == 2 * 36  # all but two of nine kinks vanish
    assert arrangement((), (), 2).rays == () and len(arrangement((), (), 2).lineality) == 2


def test_a_lower_limit_is_kept_although_the_answer_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    arrangement(((0, 1), (1, 0)), (), 2)
    monkeypatch.setattr(arrangements, "MAX_RAYS", 3)
    with pytest.raises(Undecided, match="up to 4 rays"):
        arrangement(((0, 1), (1, 0)), (), 2)
