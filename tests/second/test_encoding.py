"""The strict reading of the file: one value, one encoding."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symplateau.kernel import format as kernel_format
from symplateau.second import Malformed
from symplateau.second.encoding import Reader, read
from tests.kernel import relu_pool

GOOD = kernel_format.encode(relu_pool.good("stationary"))
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(),
                      lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_reads_what_is_canonical(value: object) -> None:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    reader = Reader(text)
    assert reader.value() == value and reader.at == len(text)


@given(VALUES, st.data())
def test_a_change_of_the_text_is_malformed_or_another_value(value: object, data: st.DataObject) -> None:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    place = data.draw(st.integers(0, len(text)))
    new = data.draw(st.sampled_from([*' "\\u0001-{}[],:.eE+tfn/', "\\u0041", "\\/", "\x7f", "00"]))
    changed = text[:place] + new + text[place + data.draw(st.integers(0, 1)):]
    reader = Reader(changed)
    try:
        found = reader.value()
    except Malformed:
        return
    if reader.at == len(changed):
        assert json.dumps(found, sort_keys=True, separators=(",", ":")) == changed


def test_a_good_one() -> None:
    problem, steps = read(GOOD)
    content = kernel_format.load(GOOD)
    assert (problem, steps) == (content["problem"], content["steps"])


@pytest.mark.parametrize(("old", "new"), [
    (b'{"format"', b'{ "format"'), (b"}\n", b"}"), (b"}\n", b"}\n\n"), (b'"kind"', b'"\\u006bind"'),
    (b"certificate 1", b"certificate 2"), (b'"problem"', b'"problex"'),
    (b'"W":[["1","0"]]', b'"W":[["1","1"]]'),
    (b'"rule"', b'"shares":[],"rule"'), (b'"format":', b'"extra":1,"format":'), (b"relu", b"rel\xc3\xbc")])
def test_a_file_that_is_none(old: bytes, new: bytes) -> None:
    assert old in GOOD
    changed = GOOD.replace(old, new)
    with pytest.raises(Malformed):
        read(changed)
    with pytest.raises(kernel_format.Malformed):
        kernel_format.load(changed)


@pytest.mark.parametrize("data", [
    b"", b"\n", b"[]\n", b"null\n", b'"\xff"\n', b"1.0\n", b"1e5\n", b"-0\n", b"NaN\n", b"[" * 5000,
    b"9" * 5000, b'{"a":1,"a":1}\n', b'{"b":1,"a":1}\n'], ids=lambda data: repr(data[:20]))
def test_nonsense(data: bytes) -> None:
    with pytest.raises(Malformed):
        read(data)


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(Malformed, match="more than"):
        read(b" " * (48 * 2**20 + 1))
    with pytest.raises(Malformed, match="lists"):
        read(b"[" * (2**21 + 1))
