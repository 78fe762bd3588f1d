"""Network files: what is read, and everything that is refused, with its field and in one line."""

import io
import json
import os
import threading
import zipfile
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symplateau import archives, files
from symplateau.errors import InputError
from symplateau.files import read_network, write_network
from symplateau.network import Network
from symplateau.relu.network import ReluNetwork

GOOD: dict[str, Any] = {
    "activation": "tanh", "X": [["3/7", 0.1], [1, -2]], "y": ["0.125", "1e-3"], "v": [1, 2],
    "W": [[1, 2], [3, 4]],
}
FEW_FIXTURES = settings(max_examples=120, deadline=None,
                        suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, content: Any) -> Network:
    """Read what is given: bytes and text as they stand, anything else as JSON."""
    file = path / "net.json"
    if not isinstance(content, (bytes, str)):
        content = json.dumps(content)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_network(file)


def refused(path: Path, field: str | None, content: Any, *words: str) -> None:
    with pytest.raises(InputError) as caught:
        read(path, content)
    check_refusal(caught.value, field, path / "net.json", *words)


def check_refusal(error: InputError, field: str | None, file: Path, *words: str) -> None:
    line = str(error)
    assert (error.field, error.file, error.status) == (field, str(file), 4)
    assert line.isprintable() and len(line) < 800
    assert ": expected " in line and ", found " in line
    for word in words:
        assert word in line


def text(**fields: str) -> str:
    """A JSON object of verbatim values: for what json.dumps would not write."""
    whole = {field: json.dumps(value) for field, value in GOOD.items()} | fields
    return "{" + ",".join(f'"{field}":{value}' for field, value in whole.items()) + "}"


# What is read


def test_a_file_means_exactly_what_it_says(tmp_path: Path) -> None:
    network = read(tmp_path, GOOD | {"b": [0, "1/3"], "c": 2, "W_unit": "log(3/2)", "loss": "mean",
                                     "penalty": 0})
    assert network == Network(
        activation="tanh", X=((F(3, 7), F(3602879701896397, 2**55)), (F(1), F(-2))), y=(F(1, 8), F(1, 1000)),
        v=(F(1), F(2)), W=((F(1), F(2)), (F(3), F(4))), b=(F(0), F(1, 3)), c=F(2), W_unit=F(3, 2),
        loss="mean",
    )


def test_one_row_of_H_is_v_and_one_column_of_y_is_y(tmp_path: Path) -> None:
    rest = {field: value for field, value in GOOD.items() if field != "v"}
    assert read(tmp_path, rest | {"H": [[1, 2]], "y": [["0.125"], ["1e-3"]]}) == read(tmp_path, GOOD)


def test_integers_and_floats_of_json_are_exact(tmp_path: Path) -> None:
    assert read(tmp_path, text(c=str(2**70 + 1))).c == 2**70 + 1
    assert read(tmp_path, text(c="1.0e2")).c == 100
    assert read(tmp_path, text(c="4.9e-324")).c == F(1, 2**1074)


@pytest.mark.parametrize("formula", ["t**2/3 + 1/7", "t*tanh(t)", "1/(1+exp(-t))"])
def test_formulas_are_activations(tmp_path: Path, formula: str) -> None:
    assert read(tmp_path, GOOD | {"activation": formula}).activation == formula


# Bytes that are no JSON


@pytest.mark.parametrize(("content", "word"), [
    (b"\xff\xfe{}", "UTF-8"), (b'{"activation": "\xed\xa0\x80"}', "UTF-8"), (b"", "JSON"), (b"{", "JSON"),
    (b"\xef\xbb\xbf{}", "JSON"), (b"{'X': 1}", "JSON"), (b"{} {}", "JSON"), (b"[" * 3, "JSON"),
    (b'"' + b'\\"' * 10**5, "JSON"), (b"[]", "an object"), (b"1", "an object"), (b"null", "an object"),
    (b'"X"', "an object"), (b"\x80\x04N.", "UTF-8"), (b"NaN", "an object"),
])
def test_files_that_are_not_an_object_are_refused(tmp_path: Path, content: bytes, word: str) -> None:
    refused(tmp_path, None, content, word)


@pytest.mark.parametrize("content", [b"[" * 10**5, b"[" * 9, b'{"X":' * 10**5, b"]" * 10 + b"[" * 19])
def test_deep_nesting_is_refused_before_parsing(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path, None, content, "nested at most 8 deep")


def test_brackets_inside_texts_are_no_nesting(tmp_path: Path) -> None:
    refused(tmp_path, "activation", GOOD | {"activation": '[[[[[[{{{{"\\'})


def test_too_many_entries_are_refused_before_parsing(tmp_path: Path) -> None:
    refused(tmp_path, None, b'{"X":[' + b"0," * (files.MAX_COMMAS + 1) + b"0]}", str(files.MAX_ENTRIES))
    refused(tmp_path, None, b'"' * (2 * files.MAX_COMMAS + 1), "more texts")
    refused(tmp_path, None, b'{"X":[' + b"[]," * files.MAX_BRACKETS + b"0]}", str(files.MAX_SAMPLES))


def test_large_files_are_refused_without_reading_all(tmp_path: Path) -> None:
    sparse = tmp_path / "net.json"
    with open(sparse, "wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(InputError) as caught:
        read_network(sparse)
    check_refusal(caught.value, None, sparse, str(64 * 2**20))


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b", "x" * 5000])
def test_unreadable_paths_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_network(tmp_path / name)
    assert caught.value.field is None and str(caught.value).isprintable()


# Fields


@pytest.mark.parametrize("field", ["activation", "X", "y", "v", "W"])
def test_a_missing_field_is_refused(tmp_path: Path, field: str) -> None:
    refused(tmp_path, field, {name: value for name, value in GOOD.items() if name != field}, "found none")


@pytest.mark.parametrize("field", ["alpha", "x", "", "kind", "X\n", "\ud800", "a" * 5000, "__class__"])
def test_unknown_fields_are_refused(tmp_path: Path, field: str) -> None:
    refused(tmp_path, field, GOOD | {field: 1}, "unknown")


def test_duplicate_fields_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, "c", text(c='1,"c":1'), "once")
    refused(tmp_path, "c", text(c='1,"\\u0063":1'), "once")


def test_output_weights_come_once(tmp_path: Path) -> None:
    refused(tmp_path, "H", GOOD | {"H": [[1, 2]]}, "both")


def test_several_outputs_are_refused_as_not_supported(tmp_path: Path) -> None:
    rest = {field: value for field, value in GOOD.items() if field != "v"}
    refused(tmp_path, "H", rest | {"H": [[1, 2], [3, 4]]}, "not supported yet for smooth", "2 outputs")
    refused(tmp_path, "y", GOOD | {"y": [[1, 2, 3], [4, 5, 6]]}, "not supported yet for smooth", "3 outputs")
    refused(tmp_path, "H", rest | {"H": []})
    refused(tmp_path, "H", rest | {"H": [[1, 2, 3]]})


@pytest.mark.parametrize("field", ["activation", "X", "y", "v", "W", "b", "c", "W_unit", "loss", "penalty",
                                   "slopes"])
@pytest.mark.parametrize("value", [None, True, {}, [[["1"]]], "\ud800", "nonsense", [], [[]], "NaN",
                                   "1e40000"])
def test_values_of_the_wrong_kind_are_refused(tmp_path: Path, field: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, GOOD | {field: value})
    assert str(caught.value.field).split("[")[0] == field
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("literal", "word"), [
    ("NaN", "nan"), ("Infinity", "inf"), ("-Infinity", "-inf"), ("1e999", "inf"), ("true", "true"),
    ("null", "null"), ('"nan"', "nan"), ('"1/0"', "non-zero divisor"), ('"\\ud800"', "ud800"), ('""', "''"),
    ("[]", "length 0"), ("{}", "an object"), ('"1e1000000000"', "exponent"), ('"1e-1000000000"', "exponent"),
    ('"1e9999"', "bits"), ('"%s"' % ("9" * 5000), "4000"), ("9" * 5000, "4000"), ("-" + "9" * 10**6, "4000"),
    ('"1/%s"' % ("7" * 3990), "bits"), ('"0x1p3"', "0x1p3"), ('"1_0"', "1_0"),
])
def test_numbers_that_are_none_are_refused_where_they_stand(tmp_path: Path, literal: str, word: str) -> None:
    refused(tmp_path, "X[1][0]", text(X=f"[[1,2],[{literal},3]]"), word)
    refused(tmp_path, "y[1]", text(y=f"[1,{literal}]"), word)
    if literal != "[]":
        refused(tmp_path, "c", text(c=literal), "value" if literal == "null" else word)


@pytest.mark.parametrize(("field", "where", "value"), [
    ("X", "X", []), ("X", "X[0]", [[], []]), ("X", "X[1]", [[1, 2], [3]]), ("X", "X[1]", [[1, 2], 3]),
    ("X", "X[0]", [1, 2]), ("W", "W[0]", [[1], [2]]), ("W", "W[1]", [[1, 2], [1, 2, 3]]),
    ("W", "v", [[1, 2]]), ("y", "y", [1]), ("y", "y", [1, 2, 3]), ("y", "y[1]", [[1], []]),
    ("v", "v", [1, 2, 3]), ("b", "b", [1]), ("b", "b", 1), ("b", "b[0]", [[1], [2]]), ("c", "c", [1, 2]),
])
def test_shapes_that_disagree_are_refused(tmp_path: Path, field: str, where: str, value: Any) -> None:
    refused(tmp_path, where, GOOD | {field: value})


@pytest.mark.parametrize("formula", [
    "tanhh", "relu6", "pos(t)", "__import__('os').system('true')", "t**1000000000",
    "((9**64)**64)**64", "(1+t+sin(t)+cos(t))**64", "(" * 300 + "t" + ")" * 300,
    "sin(" * 150 + "t" + ")" * 150, "t" * 10**5, "", "open", "t.x",
])
def test_unknown_and_hostile_activations_are_refused(tmp_path: Path, formula: str) -> None:
    refused(tmp_path, "activation", GOOD | {"activation": formula})


@pytest.mark.parametrize("unit", ["log(1)", "log(0)", "log(-1/2)", "log(e)", "2", "log(2)*2", "exp(2)", 2,
                                  0.5, ["log(2)"]])
def test_units_other_than_log_q_are_refused(tmp_path: Path, unit: Any) -> None:
    refused(tmp_path, "W_unit", GOOD | {"W_unit": unit}, "log(")


def test_penalties_are_refused_with_the_reason(tmp_path: Path) -> None:
    for positive in (1e-4, "1/10000", 1):
        refused(tmp_path, "penalty", GOOD | {"penalty": positive}, "another loss", "splitting theorems")
    refused(tmp_path, "penalty", GOOD | {"penalty": -1}, "negative")
    for zero in (0, 0.0, "0", "0/5"):
        assert read(tmp_path, GOOD | {"penalty": zero}) == read(tmp_path, GOOD)


def test_an_unknown_loss_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "loss", GOOD | {"loss": "cross_entropy"}, "half_sum")


def test_sizes_over_the_limits_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, small in (("MAX_SAMPLES", 3), ("MAX_INPUTS", 4), ("MAX_HIDDEN", 5), ("MAX_ENTRIES", 10)):
        monkeypatch.setattr(files, limit, small)
    assert read(tmp_path, GOOD | {"X": [[1, 2, 3, 4]] * 2, "W": [[1, 2, 3, 4]] * 2}).n_inputs == 4
    refused(tmp_path, "X", GOOD | {"X": [[1, 2]] * 4}, "at most 3 entries", "found 4")
    refused(tmp_path, "y", GOOD | {"y": [1] * 4}, "at most 3")
    refused(tmp_path, "X", GOOD | {"X": [[1] * 5] * 2}, "at most 4 columns")
    refused(tmp_path, "X", GOOD | {"X": [[1] * 4] * 3}, "at most 10 entries", "found 12")
    refused(tmp_path, "W", GOOD | {"W": [[1, 2]] * 6}, "at most 5")
    refused(tmp_path, "v", GOOD | {"v": [1] * 6}, "at most 5")
    refused(tmp_path, "b", GOOD | {"b": [1] * 6}, "at most 5")
    rest = {field: value for field, value in GOOD.items() if field != "v"}
    refused(tmp_path, "H", rest | {"H": [[1] * 6]}, "at most 5")


def test_the_stated_limits() -> None:
    limits = (files.MAX_SAMPLES, files.MAX_INPUTS, files.MAX_HIDDEN, files.MAX_ENTRIES, files.MAX_BYTES)
    assert limits == (100_000, 1_000, 1_000, 1_000_000, 67_108_864)


# npz


def npz(path: Path, **changes: Any) -> Path:
    arrays: dict[str, Any] = {
        "activation": "tanh", "X": np.array([[0.1, 2.0], [1.0, -2.0]]), "y": np.array([1.0, 2.0]),
        "v": np.array([1, 2]), "W": np.array([[1, 2], [3, 4]], dtype=np.float32),
    }
    np.savez_compressed(path / "net.npz", **arrays | changes)
    return path / "net.npz"


def raw_npz(path: Path, field: str, member: bytes) -> Path:
    file = npz(path)
    with zipfile.ZipFile(file) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | {field + ".npy": member}).items():
            archive.writestr(name, content)
    return file


def refused_npz(file: Path, field: str | None, *words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_network(file)
    check_refusal(caught.value, field, file, *words)


def test_npz_means_the_floats_in_it(tmp_path: Path) -> None:
    assert read_network(npz(tmp_path)) == Network.from_arrays("tanh", [[0.1, 2], [1, -2]], [1, 2], [1, 2],
                                                              [[1, 2], [3, 4]])
    fortran = np.asfortranarray([[0.1, 2.0], [1.0, -2.0]])
    assert read_network(npz(tmp_path, X=fortran)) == read_network(npz(tmp_path))
    big_endian = npz(tmp_path, X=fortran.astype(">f8"), y=[[1], [2]], v=[[1, 2]])
    assert read_network(big_endian) == read_network(npz(tmp_path))
    full = read_network(npz(tmp_path, b=[1.0, 2.0], c=0.5, W_unit="log(2)", loss="mean", penalty=0.0))
    assert (full.b, full.c, full.W_unit, full.loss) == ((F(1), F(2)), F(1, 2), F(2), "mean")


def test_npz_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    file = npz(tmp_path)
    assert read_network(file.rename(tmp_path / "net")) == read_network(npz(tmp_path))


@pytest.mark.parametrize(("field", "where", "value"), [
    ("X", "X", np.array([[1, 2], [3, 4]], dtype=object)), ("X", "X", np.array([[1, 2j], [3, 4]])),
    ("X", "X", np.array([[True, False], [True, True]])), ("X", "X", np.array([["1", "2"], ["3", "4"]])),
    ("X", "X", np.ones((2, 2), dtype=np.float16)), ("X", "X", np.ones((2, 2), dtype=np.longdouble)),
    ("X", "X", np.ones((2, 2), dtype="M8[s]")), ("X", "X", np.zeros(2, dtype=[("a", float)])),
    ("X", "X", np.ones((2, 2, 2))), ("X", "X[1][0]", np.array([[1, 2], [np.nan, 4]])),
    ("y", "y[0]", np.array([np.inf, 0])), ("X", "X", np.ones((0, 2))), ("X", "X[0]", np.ones((2, 0))),
    ("X", "X", np.array(1.0)), ("X", "X[0]", np.ones(2)), ("y", "y", np.ones((2, 2))), ("v", "v", np.ones(3)),
    ("W", "W[0]", np.ones((2, 3))), ("activation", "activation", np.array(["tanh"])),
    ("activation", "activation", np.array(b"tanh")), ("activation", "activation", 1.0),
    ("activation", "activation", "relu6"), ("activation", "activation", "t" * 1001), ("loss", "loss", "sum"),
    ("W_unit", "W_unit", 2.0), ("penalty", "penalty", 1e-4), ("alpha", "alpha", 1.0),
    ("H", "H", np.ones((1, 2))), ("c", "c", np.ones(2)),
])
def test_npz_arrays_of_the_wrong_kind_are_refused(tmp_path: Path, field: str, where: str, value: Any) -> None:
    refused_npz(npz(tmp_path, **{field: value}), where)


def test_npz_pickles_are_never_loaded(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> Any:
            return (os.mkdir, (str(tmp_path / "ran"),))

    refused_npz(npz(tmp_path, X=np.array([[Bomb(), 1]], dtype=object)), "X", "object")
    assert not (tmp_path / "ran").exists()


def test_a_large_array_hidden_in_a_small_npz_is_not_unpacked(tmp_path: Path) -> None:
    file = npz(tmp_path, X=np.zeros((13_000_000, 1)))
    assert file.stat().st_size < 200_000
    refused_npz(file, "X", "1000000")


def header(shape: str = "(2, 2)", descr: str = "'<f8'", version: bytes = b"\x01\x00") -> bytes:
    content = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + version + len(content).to_bytes(2 if version[0] == 1 else 4, "little") + content


@pytest.mark.parametrize(("field", "member"), [
    ("X", header() + bytes(31)), ("X", header() + bytes(33)), ("X", header("(10**9, 1)") + bytes(32)),
    ("X", header("(-1,)")), ("X", header("(-1, -1)") + bytes(8)), ("X", header("(1000001,)")),
    ("X", header(version=b"\x02\x00") + bytes(32)), ("X", header(descr="'|O'") + b"\x80\x04N."),
    ("X", header(descr="'<U1'") + bytes(16)), ("X", b""), ("X", b"garbage"),
    ("X", header("(0, 99999999999999999999)")), ("X", header(descr="('<f8', (1000,))")),
    ("X", header("__import__('os')")), ("activation", header("()", "'<U2'") + b"\xff" * 8),
    ("activation", header("()", "'<U1'") + b"\x00\xd8\x00\x00"),
])
def test_spoiled_npy_members_are_refused(tmp_path: Path, field: str, member: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_network(raw_npz(tmp_path, field, member))
    assert caught.value.field in (field, None) and str(caught.value).isprintable()


def test_npy_headers_are_refused_for_the_right_reason(tmp_path: Path) -> None:
    # A header of format 2.0 may declare 4 GB of itself, a text any length.
    refused_npz(raw_npz(tmp_path, "X", header(version=b"\x02\x00") + bytes(32)), "X", "format 1.0")
    refused_npz(npz(tmp_path, activation="t" * 1001), "activation", "a single text of at most 1000")
    refused_npz(npz(tmp_path, W_unit=np.array(["log(2)"])), "W_unit", "a single text", "(1,)")


def test_duplicate_and_foreign_members_are_refused(tmp_path: Path) -> None:
    file = npz(tmp_path)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("X", archive.read("X.npy"))
    refused_npz(file, "X", "once")
    file = npz(tmp_path)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../escape.npy", b"")
    refused_npz(file, "../escape", "unknown")
    file = npz(tmp_path)
    with zipfile.ZipFile(file, "a") as archive:
        for k in range(20):
            archive.writestr(str(k), b"")
    refused_npz(file, None, "at most 12 arrays")


def test_a_directory_of_many_entries_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A million entries, each of 47 bytes in the file, are half a gigabyte when they are read."""
    file = npz(tmp_path)
    data = file.read_bytes()
    start, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    file.write_bytes(data[:end] + data[start:end] * 5000 + data[end:])
    refused_npz(file, None, "at most 12 arrays", "50")


def test_other_compressions_are_refused(tmp_path: Path) -> None:
    file = npz(tmp_path)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("c.npy", header("()") + bytes(8))
    refused_npz(file, "c", "another compression")


def test_damaged_npz_files_are_refused(tmp_path: Path) -> None:
    good = npz(tmp_path).read_bytes()
    for content in (b"", b"PK", good[:100], good[:-10], b"PK\x03\x04" + bytes(100),
                    good.replace(b"X.npy", b"X.npz")):
        (tmp_path / "net.npz").write_bytes(content)
        with pytest.raises(InputError):
            read_network(tmp_path / "net.npz")


# Fuzz


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5),
                    st.sampled_from(["1/2", "0.1", "1e5", "tanh", "t**2", "log(2)", "mean", "NaN",
                                    "1e99999999", "relu", "leaky_relu", "relu_like"]))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
RELU = GOOD | {"activation": "relu_like", "slopes": [1, "-1/2"]}
CONTENTS = st.dictionaries(st.sampled_from([*files.REQUIRED, *files.OPTIONAL, "z"]), VALUES)


def reads_or_refuses(file: Path) -> None:
    try:
        assert isinstance(read_network(file), Network | ReluNetwork)
    except InputError as error:
        assert str(error).isprintable() and error.file == str(file)


@FEW_FIXTURES
@given(content=st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("a.json", "a.npz"):
        (tmp_path / name).write_bytes(content)
        reads_or_refuses(tmp_path / name)


@FEW_FIXTURES
@given(content=CONTENTS, base=st.sampled_from([{}, GOOD, RELU]))
def test_arbitrary_json_is_read_or_refused(tmp_path: Path, content: dict[str, Any],
                                           base: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(base | content))
    reads_or_refuses(tmp_path / "a.json")


@FEW_FIXTURES
@given(place=st.integers(0, 10**9), value=st.integers(0, 255), in_json=st.booleans())
def test_files_with_one_wrong_byte_are_read_or_refused(tmp_path: Path, place: int, value: int,
                                                       in_json: bool) -> None:
    content = bytearray(json.dumps(GOOD).encode() if in_json else npz(tmp_path).read_bytes())
    content[place % len(content)] = value
    (tmp_path / "spoiled.npz").write_bytes(content)
    (tmp_path / "spoiled.json").write_bytes(content)
    reads_or_refuses(tmp_path / ("spoiled.json" if in_json else "spoiled.npz"))


# Writing


@pytest.mark.parametrize("changes", [{}, {"b": ["1/3", 0.1], "c": "-7/9"},
                                     {"W_unit": "log(3/2)", "loss": "half_mean"},
                                     {"c": "1/" + "9" * 3900}, {"activation": "t**2/3 + sin(t)"}])
def test_written_networks_are_read_back_equal(tmp_path: Path, changes: dict[str, Any]) -> None:
    network = read(tmp_path, GOOD | changes)
    write_network(tmp_path / "out.json", network)
    again = read_network(tmp_path / "out.json")
    assert again == network and again.sha256() == network.sha256()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@FEW_FIXTURES
@given(numbers=st.lists(st.one_of(st.fractions(), st.floats(allow_nan=False, allow_infinity=False)),
                        min_size=6, max_size=6))
def test_all_numbers_come_back_exactly(tmp_path: Path, numbers: list[Any]) -> None:
    network = Network.from_arrays("tanh", [numbers[:2]], numbers[2:3], numbers[3:4], [numbers[4:]])
    write_network(tmp_path / "out.json", network)
    assert read_network(tmp_path / "out.json") == network


def test_networks_that_could_not_be_read_back_are_not_written(tmp_path: Path,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    network = read(tmp_path, GOOD)
    with pytest.raises(InputError) as caught:
        write_network(tmp_path / "out.npz", network)
    assert caught.value.status == 2
    monkeypatch.setattr(files, "MAX_HIDDEN", 1)
    with pytest.raises(InputError):
        write_network(tmp_path / "out.json", network)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net.json"]


def test_networks_are_read_from_pipes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(json.dumps(GOOD),))
    writer.start()
    assert read_network(pipe).n_hidden == 2
    writer.join()


def test_members_are_streamed_not_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO(header("(3,)") + bytes(10**6))
    with pytest.raises(InputError, match="24 bytes"):
        archives._read_npy(stream, "y", files._judge)
    assert stream.tell() < 200
