"""The file format: one encoding for one value, and nothing else is read."""

import hashlib
import json
from fractions import Fraction
from typing import Any

import pytest

from symplateau.kernel import format as kernel_format
from symplateau.kernel.format import (
    FORMAT,
    MAX_DIGITS,
    CheckError,
    Malformed,
    Rejected,
    array,
    digest,
    encode,
    fields,
    integer,
    listed,
    load,
    rational,
    require,
    seal,
)

CONTENT: dict[str, Any] = {
    "format": FORMAT,
    "problem": {"kind": "algebra"},
    "steps": [{"rule": "a", "n": -3}],
}
GOOD = encode(seal(CONTENT))


def sealed(**changes: Any) -> bytes:
    return encode(seal({name: x for name, x in (CONTENT | changes).items() if x is not None}))


def test_a_sealed_certificate_is_read_as_it_was_written() -> None:
    assert load(GOOD) == seal(CONTENT)


def test_the_canonical_encoding_by_hand() -> None:
    value = {"b": [1, -20, True, None], "a": {"é\n\U0001f600": '"\\'}}
    assert encode(value) == b'{"a":{"\\u00e9\\n\\ud83d\\ude00":"\\"\\\\"},"b":[1,-20,true,null]}\n'


def test_the_digest_is_that_of_the_bytes_without_it() -> None:
    body = json.loads(GOOD)
    found = body.pop("sha256")
    text = json.dumps(body, sort_keys=True, separators=(",", ":")) + "\n"
    assert found == hashlib.sha256(text.encode()).hexdigest() == digest(body)


def test_sealing_twice_changes_nothing() -> None:
    assert seal(seal(CONTENT)) == seal(CONTENT)


DAMAGED = {
    "empty": b"",
    "no line feed at the end": GOOD[:-1],
    "two line feeds at the end": GOOD + b"\n",
    "a blank after a comma": GOOD.replace(b",", b", ", 1),
    "a blank at the start": b" " + GOOD,
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "bytes beyond ASCII": GOOD.replace(b"algebra", "algèbra".encode()),
    "an escape that is not needed": GOOD.replace(b"algebra", b"\\u0061lgebra"),
    "a solidus escaped": GOOD.replace(b'"rule"', b'"ru\\/le"'),
    "keys in another order": GOOD.replace(b'"n":-3,"rule":"a"', b'"rule":"a","n":-3'),
    "a duplicate key": GOOD.replace(b'"n":-3', b'"n":-3,"n":-3'),
    "a changed entry": GOOD.replace(b"-3", b"-4"),
    "an upper-case digest": GOOD[:-67] + GOOD[-67:].upper(),
    "a truncated file": GOOD[: len(GOOD) // 2],
    "a comment": GOOD + b"//",
    "a leading zero": GOOD.replace(b"-3", b"-03"),
    "minus zero": sealed(steps=[0]).replace(b"[0]", b"[-0]"),
    "a plus sign": GOOD.replace(b"-3", b"+3"),
    "a float": sealed(steps=[1.5]),
    "a float that is whole": sealed(steps=[2.0]),
    "a float with an exponent": sealed(steps=[1e300]),
    "a text in place of a float": sealed(steps=["1.5"]).replace(b'"1.5"', b"1.5"),
    "NaN": sealed(steps=["NaN"]).replace(b'"NaN"', b"NaN"),
    "infinity": sealed(steps=["-Infinity"]).replace(b'"-Infinity"', b"-Infinity"),
    "an integer of too many digits": sealed(steps=["1" * 5000]).replace(b'"1', b"1").replace(b'1"', b"1"),
    "nesting without end": b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "nesting without end, of objects": b'{"a":' * 100_000,
    "a list": encode([FORMAT]),
    "a list of the names": encode(["format", "problem", "sha256", "steps"]),
    "a text": encode("format"),
    "null": encode(None),
    "no problem": sealed(problem=None),
    "no steps": sealed(steps=None),
    "no format": sealed(format=None),
    "no digest": encode(CONTENT),
    "an unknown field": sealed(comment="trust me"),
    "another format": sealed(format="symplateau certificate 2"),
    "a format of another type": sealed(format=1),
    "a digest of another type": encode(CONTENT | {"sha256": 0}),
}


@pytest.mark.parametrize("title", DAMAGED)
def test_malformed(title: str) -> None:
    with pytest.raises(Malformed):
        load(DAMAGED[title])


def test_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_format, "MAX_BYTES", len(GOOD))
    assert load(GOOD)
    monkeypatch.setattr(kernel_format, "MAX_BYTES", len(GOOD) - 1)
    with pytest.raises(Malformed, match="at most"):
        load(GOOD)


def test_more_lists_and_objects_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    count = GOOD.count(b"[") + GOOD.count(b"{")
    assert GOOD.count(b"[") > 0 < GOOD.count(b"{")
    monkeypatch.setattr(kernel_format, "MAX_LISTS", count)
    assert load(GOOD)
    monkeypatch.setattr(kernel_format, "MAX_LISTS", count - 1)
    with pytest.raises(Malformed, match=f"at most {count - 1} lists"):
        load(GOOD)


@pytest.mark.parametrize("text", ["0", "-1", "12", "1/2", "-22/7", "1/3", "9" * MAX_DIGITS])
def test_rationals(text: str) -> None:
    assert rational(text) == Fraction(text)


BAD_RATIONALS = [
    "",
    "-0",
    "+1",
    "01",
    "1/1",
    "2/4",
    "0/5",
    "1/0",
    "1/-2",
    "-1/-2",
    "1/02",
    "1.5",
    "1e3",
    "1E3",
    " 1",
    "1 ",
    "1\n",
    "--1",
    "1/2/3",
    "0x1",
    "1_000",
    "١",
    "１",
    "½",
    "nan",
    "inf",
    "1" * (2 * MAX_DIGITS + 1),
    1,
    0,
    True,
    None,
    1.5,
    ["1"],
    {"1": 1},
    b"1",
    Fraction(1, 2),
]


@pytest.mark.parametrize("text", BAD_RATIONALS, ids=lambda x: repr(x)[:20])
def test_not_a_rational(text: object) -> None:
    with pytest.raises(Rejected):
        rational(text)


def test_a_hostile_exponent_is_not_expanded() -> None:
    with pytest.raises(Rejected):
        rational("1e1000000000")


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, [1], 0, 4, -(10**30)], ids=repr)
def test_not_an_integer_from_1_to_3(value: object) -> None:
    with pytest.raises(Rejected):
        integer(value, 1, 3)


def test_integers() -> None:
    assert [integer(x, 1, 3) for x in (1, 2, 3)] == [1, 2, 3]


def test_arrays() -> None:
    assert array(["1", "1/2"], 2) == (1, Fraction(1, 2))
    assert array([["1"], ["2"]], None, 1) == ((1,), (2,))
    assert array([], None) == ()


@pytest.mark.parametrize(
    "value, shape",
    [
        (["1"], (2,)),
        (["1", "2"], (1,)),
        ([["1"], ["1", "2"]], (None, 1)),
        ([["1"]], (1, 2)),
        (["1"], (1, 1)),
        ([["1"]], (1,)),
        ("12", (2,)),
        ({"1": "2"}, (1,)),
        (("1",), (1,)),
        (None, (None,)),
        ([1], (1,)),
        ([None], (1,)),
        ([[]], (1, 1)),
        (["1", ["2"]], (2,)),
    ],
    ids=repr,
)
def test_not_an_array_of_this_shape(value: object, shape: tuple[int | None, ...]) -> None:
    with pytest.raises(Rejected):
        array(value, *shape)


@pytest.mark.parametrize(
    "value", [{"a": 1}, {"a": 1, "b": 2, "c": 3, "d": 4}, {}, ["a", "b"], "a b", None, 1], ids=repr
)
def test_other_fields(value: object) -> None:
    with pytest.raises(Rejected):
        fields(value, "a b", "c")


def test_fields() -> None:
    fields({"a": 1, "b": None}, "a b", "c")
    fields({"a": 1, "b": None, "c": 3}, "a b", "c")


@pytest.mark.parametrize("value", [(), "ab", {"a": 1}, None, 0], ids=repr)
def test_not_a_list(value: object) -> None:
    with pytest.raises(Rejected):
        listed(value)


class Lying:
    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.parametrize("condition", [False, None, 1, "true", [0], Lying()], ids=lambda x: type(x).__name__)
def test_only_true_itself_is_true(condition: object) -> None:
    with pytest.raises(Rejected):
        require(condition, "the truth")


def test_a_rejection_says_what_was_expected_and_found() -> None:
    error = CheckError(3, "split", "a", "b")
    assert (error.step, error.rule, error.expected, error.got) == (3, "split", "a", "b")
    assert str(error) == "step 3, rule 'split': expected a; got b"
    assert str(CheckError(3, "split", "a")) == "step 3, rule 'split': expected a"


def test_a_rejection_is_short() -> None:
    assert len(str(CheckError(3, "x" * 10**6, *Rejected("a", "y" * 10**6).args))) < 400
