"""npz archives, member by member: headers are judged before arrays are unpacked. Nothing through pickle."""

import io
import math
import sys
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

Shape = tuple[int, ...]
Judge = Callable[[str, Shape, "np.dtype[Any]"], None]

ENTRY = b"PK\x01\x02"  # begins each entry of the directory of an archive
MAX_ENTRIES = 1_000  # of the directory; more than any archive of ours by chance has


def read_archive(data: bytes, names: Sequence[str], judge: Judge) -> "dict[str, NDArray[Any]]":
    """The arrays of an npz file, by name.

    names: those that may occur, each once. judge: raises InputError for a shape and a type that are too much;
    only what the header declares is unpacked, once it was judged. Raises InputError.
    """
    if (entries := data.count(ENTRY)) > MAX_ENTRIES:
        raise InputError(None, None, f"at most {len(names)} arrays", entries)
    with _damage(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        fields = [member.filename.removesuffix(".npy") for member in members]
        if len(members) > len(names):
            raise InputError(None, None, f"at most {len(names)} arrays", len(members))
        for field, count in Counter(fields).items():
            if field not in names:
                raise InputError(None, field, "one of the arrays " + ", ".join(names), "an unknown field")
            if count > 1:
                raise InputError(None, field, "each field once", f"{count} times")
        found = {}
        for field, member in zip(fields, members, strict=True):
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise InputError(None, field, "an npz file as NumPy writes it", "another compression")
            with archive.open(member) as stream:
                found[field] = _read_npy(stream, field, judge)
    return found


@contextmanager
def _damage() -> "Iterator[None]":
    """Damaged archives raise a dozen types, some undocumented, and warn on standard error."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(None, None, "an npz file", f"{type(error).__name__}: {error}") from None


def _read_npy(stream: Any, field: str, judge: Judge) -> "NDArray[Any]":
    """An array. Raises InputError, or what NumPy raises.

    In format 2.0 the header itself may declare 4 GB; NumPy needs that for structured arrays only.
    """
    import numpy as np

    if (version := np.lib.format.read_magic(stream)) != (1, 0):
        raise InputError(None, field, "a NumPy array in format 1.0", version)
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.kind not in "iufU" or min(shape, default=0) < 0:
        raise InputError(None, field, "an array of numbers, or a text", f"{dtype} of shape {shape}")
    judge(field, shape, dtype)
    expected = math.prod(shape) * dtype.itemsize
    data = stream.read(expected + 1)
    if len(data) != expected:
        raise InputError(None, field, f"{expected} bytes, as the shape {shape} says", "another length")
    if dtype.kind == "U":  # NumPy makes a text of any numbers, at which Python later fails
        points = np.frombuffer(data, dtype=np.dtype("u4").newbyteorder(dtype.byteorder))
        if points.max(initial=0) > sys.maxunicode:
            raise InputError(None, field, "a text in Unicode", f"the code point {points.max()}")
    return np.frombuffer(data, dtype=dtype).reshape(shape, order="F" if by_columns else "C")
