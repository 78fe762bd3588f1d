"""The order of steps: what a step starts from, what is concluded, and about which network."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from symplateau.kernel.format import Malformed, encode, load

from .pool import Certificate, accepted, algebra, extended, good, pool, rejected, spoiled, statement, without

CITING = {"nondegenerate point", "local maximum", "inertia", "split", "plateau map", "split minimum",
          "curve", "split path", "local minimum"}


def citations() -> Iterator[tuple[str, int]]:
    for name, certificate in pool().items():
        for number, step in enumerate(certificate["steps"]):
            if "from" in step:
                yield name, number


@pytest.mark.parametrize(("name", "step"), list(citations()))
def test_from_itself_or_later_or_nowhere(name: str, step: int) -> None:
    certificate = good(name)
    wrong: list[Any] = [step, step + 1, len(certificate["steps"]), -1, -2, 2**64, False, True, "0", [0], {},
                        None]
    for source in wrong:
        rejected(spoiled(certificate, "steps", step, "from", to=source), step)
    rejected(without(certificate, "steps", step, "from"), step)


@pytest.mark.parametrize("rule", sorted(CITING))
@pytest.mark.parametrize("source", ["split path", "split, mapped"])
def test_from_a_path_or_a_plateau(rule: str, source: str) -> None:
    certificate = good(source)
    assert statement(certificate) is not None
    given = next(x for c in pool().values() for x in c["steps"] if x["rule"] == rule)
    rejected(extended(certificate, given | {"from": len(certificate["steps"]) - 1}))


def test_a_zero_residual_of_a_path_or_a_plateau() -> None:
    plateau = {"rule": "plateau map", "from": 0, "neuron": 0, "daughters": 2}
    rejected(extended(good("zero residual"), plateau, {"rule": "zero residual", "from": 1}))
    assert statement(extended(good("zero residual"), plateau)) is not None


def test_a_citation_of_the_future() -> None:
    certificate = good("split")
    steps = certificate["steps"]
    moved = [steps[3] | {"from": 1},
             *[x | ({"from": x["from"] + 1} if "from" in x else {}) for x in steps[:3]]]
    rejected(spoiled(certificate, "steps", to=moved), 0)


@pytest.mark.parametrize("name",
                         [name for name, certificate in pool().items() if len(certificate["steps"]) > 1])
def test_a_dropped_step(name: str) -> None:
    certificate, found = good(name), statement(good(name))
    for step in range(len(certificate["steps"])):
        assert statement(without(certificate, "steps", step)) != found


@pytest.mark.parametrize("name", list(pool()))
def test_a_duplicated_last_step(name: str) -> None:
    certificate = good(name)
    rejected(extended(certificate, certificate["steps"][-1]), len(certificate["steps"]) + 1, "conclusion")


@pytest.mark.parametrize("name", list(pool()))
def test_a_step_that_no_other_uses_is_a_conclusion(name: str) -> None:
    certificate, found = good(name), statement(good(name))
    first = certificate["steps"][0]
    other = statement(spoiled(certificate, "steps", to=[first, *[
        x | ({"from": x["from"] + 1} if "from" in x else {}) for x in certificate["steps"]]]))
    if len(certificate["steps"]) == 1 or not any(x.get("from") == 0 for x in certificate["steps"]):
        assert other is None  # twice the same conclusion
    else:
        assert found is not None and other is not None and other["kind"] == "witness" and other != found
        assert len(other["says"]["all"]) == 1 + len(found["says"].get("all", [0]))


@pytest.mark.parametrize("name",
                         [name for name, certificate in pool().items() if len(certificate["steps"]) > 1])
def test_steps_in_another_order(name: str) -> None:
    certificate, found = good(name), statement(good(name))
    for k in range(len(certificate["steps"]) - 1):
        steps = deepcopy(certificate["steps"])
        steps[k], steps[k + 1] = steps[k + 1], steps[k]
        other = statement(spoiled(certificate, "steps", to=steps))
        assert other is None or other != found


def test_a_witness_rests_on_what_all_its_conclusions_rest_on() -> None:
    found = accepted(good("saddle"))
    assert found["kind"] == "witness"
    assert found["rests_on"] == ["A/lemma-4.1", "A/proposition-1", "S/inertia", "S/nondegenerate-point",
                                 "S/split-path"]


def test_another_network_grafted_on_the_steps() -> None:
    for name in ("inner Hessian", "split", "split minimum", "split path", "nondegenerate point"):
        for other in ("inner Hessian with a null vector", "split in three", "nondegenerate saddle",
                      "copied saddle"):
            assert good(name)["problem"] != good(other)["problem"]
            changed = statement(spoiled(good(name), "problem", to=good(other)["problem"]))
            assert changed is None or changed["about"] == good(other)["problem"]


def test_a_certificate_that_says_what_it_wants() -> None:
    for field in ("statement", "says", "about", "rests_on", "kind"):
        with pytest.raises(Malformed):
            load(encode(spoiled(good("split"), field, to={})))


def damaged(certificate: Certificate) -> Iterator[bytes]:
    data = encode(certificate)
    yield from (b"", b"{}\n", b"null\n", b"[]\n", data[:-1], data + b"\n", b" " + data,
                data.replace(b'","', b'", "', 1))
    yield data.replace(b'"kind"', b'"k\\u0069nd"', 1)
    yield data.replace(b'{"format"', b'{"format":"symplateau certificate 1","format"', 1)
    yield data.replace(b"symplateau certificate 1", b"symplateau certificate 2")
    yield data.replace(b'"rule":', b'"rule":0.5,"rule":', 1)
    for number in (b"1.0", b"1e0", b"NaN", b"Infinity", b"-0", b"01", b"9" * 5000):
        yield data.replace(b'"neuron":1', b'"neuron":' + number)
    yield encode({**certificate, "sha256": "0" * 64})
    yield encode({**certificate, "sha256": certificate["sha256"].upper()})
    yield encode({key: value for key, value in certificate.items() if key != "sha256"})
    yield encode({**certificate, "steps": certificate["steps"][:-1]})
    yield b"[" * 100_000 + b"]" * 100_000 + b"\n"
    yield data.decode().encode("utf-16")
    yield b"\xef\xbb\xbf" + data


def test_bytes_that_are_no_certificate() -> None:
    certificate = good("split")
    assert load(encode(certificate)) == certificate
    for data in damaged(certificate):
        with pytest.raises(Malformed):
            load(data)


def test_a_problem_of_another_kind() -> None:
    steps = good("split")["steps"]
    problem: dict[str, Any] = {"kind": "algebra", "scalars": ["a"], "vectors": [], "indexed": [],
                               "hypotheses": {"h": "a = 0"},
                               "conclusions": ["a = 0"]}
    rejected(algebra(problem, *steps), 0)
    step = {"rule": "combination", "states": "a = 0", "multipliers": {"h": "1"}}
    assert statement(algebra(problem, step)) is not None
    rejected(spoiled(algebra(problem, step), "problem", to=good("split")["problem"]))
