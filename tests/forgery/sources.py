"""Good certificates of every kind that the program writes, and those of the tests; some of them small."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from symplateau.classification import classify
from symplateau.data import NAMES, path
from symplateau.files import read_network
from symplateau.network import Network
from symplateau.plateaus import plateau
from symplateau.relu.embedded_points import embed
from symplateau.relu.embeddings import unit_replication
from symplateau.relu.network import ReluNetwork
from tests.kernel import pool, relu_pool, test_algebra, test_witness

from ..corpus import FAMILIES
from ..corpus.cases import Case

Named = Iterator[tuple[str, dict[str, Any]]]
SHIPPED = Path(__file__).parents[2] / "proofs" / "certificates"


def by_hand() -> Named:
    """Those of the tests: each rule, with all its fields."""
    for name, found in pool.pool().items():
        yield f"pool: {name}", found
    for name in relu_pool.CASES:
        yield f"relu: {name}", relu_pool.good(name)
    for name, found in test_algebra.GOOD.items():
        yield f"algebra: {name}", found
    yield "witness: values", test_witness.witness()


def shipped() -> Named:
    """Claims, steps of printed proofs, instances, what `refute` found: the files of proofs/certificates."""
    for file in sorted(SHIPPED.rglob("*.json")):
        yield str(file.relative_to(SHIPPED)), json.loads(file.read_bytes())


def corpus(each: int, seconds: float = 20) -> Named:
    """What `classify` and `plateau` write of some points of every family."""
    for family in FAMILIES:
        cases = list(family.cases())
        for case in Random(family.name).sample(cases, min(each, len(cases))):
            found = asked(case, seconds)
            if found is not None:
                yield f"corpus: {family.name}: {case.name}", found


def asked(case: Case, seconds: float) -> dict[str, Any] | None:
    if case.at is None:
        return classify(case.network, case.within, seconds).certificate
    assert isinstance(case.network, Network)
    return plateau(case.network, case.at[0], list(case.at[1]), seconds=seconds).certificate


def networks() -> Named:
    """What `classify`, `plateau` and `embed` write of the shipped networks, where they are not too large."""
    for name in NAMES:
        network = read_network(path(name))
        if isinstance(network, ReluNetwork):
            found = classify(network).certificate
            report = embed(network, lambda x: unit_replication(x, 0, ["1/2", "1/2"], ["1", "1"]))
            written = {"classify": found, "embed": report.certificate}
        else:
            written = {"classify": classify(network, seconds=20).certificate}
        yield from ((f"{command}: {name}", x) for command, x in written.items() if x is not None)
