"""npz files whose headers lie, whose members are bombs, or pickles: network files and checkpoints."""

import io
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from . import networks
from .values import CANARY, PATHS, PAYLOADS, bytes_changed

DTYPES = ("<f8", ">f8", "<f4", "<f2", "<f16", "<i8", ">i2", "|i1", "|u1", "<u8", "|b1", "<c16", "|O", "|S5",
          "<U3",
          "<U4001", "<U0", "<M8[s]", "<m8", "|V8", "f8", "(2,)f8", "f8,f8", "x", "", "<f7", "<f999999999",
          "<U99999999999", "O8", "|f8", "=f8", "(1000000,1000000)f8", "<f8" * 300)
SHAPES = ("()", "(0,)", "(1,)", "(2,)", "(2, 2)", "(2, 2, 2)", "(1000000000,)", "(1000001,)", "(-1,)",
          "(1000000, 1000000)",
          "(2**40,)", "(0, 9223372036854775807)", "(9223372036854775807, 9223372036854775807)", "(1.5,)",
          "(True,)",
          "[2]", "2", "None", "((2,),)", "(" + "1," * 40 + ")", "(2, 0)", "(0, 2)", "(18446744073709551616,)")
HEADERS = ("", "{", "{}", "None", "[]", "()", "{'descr': '<f8'}", "{'descr': '<f8', 'shape': (2,)}",
           "9**9**9",
           "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'x': 1}", "[" * 3000, "(" * 9000,
           "-" * 9000 + "1",
           "{'descr': [('a', '<f8'), ('a', '<f8')], 'fortran_order': False, 'shape': (2,)}", "\xff" * 50,
           "\0" * 50,
           "{'descr': '<f8', 'fortran_order': 1, 'shape': (2,)}",
           "{'descr': 1, 'fortran_order': 0, 'shape': (2,)}",
           "{'descr': b'<f8', 'fortran_order': False, 'shape': (2,)}", "1L",
           "{'descr': '<f8', 'shape': (2L,)}",
           "{'descr': ('<f8', {'a': 1}), 'fortran_order': False, 'shape': (2,)}", "{[]: 1}", "{'descr': {}}",
           *PAYLOADS)
BOMB = 40 * 2**20


class Pickled:
    """What pickle would run."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        import os

        return os.system, (f"touch {CANARY}",)


def array(value: Any, text: bool = False) -> bytes:
    stream = io.BytesIO()
    found = np.array(value) if text or not isinstance(value, list) else np.array(plain(value),
                                                                                 dtype=np.float64)
    np.lib.format.write_array(stream, found, version=(1, 0))
    return stream.getvalue()


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(x) for x in value]
    top, _, bottom = str(value).partition("/")
    return float(top) / float(bottom or 1)


def member(draw: random.Random, data: bytes) -> bytes:
    """An array as npy bytes, spoiled: its header, its length, its format."""
    kind = draw.randrange(9)
    if kind == 0:
        return data[: draw.randrange(len(data) + 1)]
    if kind == 1:
        return data + bytes(draw.choice((1, 8, 1000)))
    if kind == 2:
        return bytes_changed(draw, data)
    if kind == 3:
        import pickle

        pickled = pickle.dumps(np.array([Pickled()], dtype=object).tolist())
        return draw.choice((pickled, header("|O", "(1,)") + pickled, header("|O", "()") + pickled))
    if kind == 4:
        text = draw.choice(HEADERS).encode("latin1")
        length = draw.choice((len(text), len(text), 0, 65535))
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", min(length, 65535)) + text + data[-16:]
    if kind == 5:
        version = draw.choice(((0, 0), (1, 1), (2, 0), (3, 0), (255, 255)))
        length = draw.choice((10, 2**32 - 1, 2**31))
        return b"\x93NUMPY" + bytes(version) + struct.pack("<I", length) + data[10:]
    if kind == 6:
        special = [float("nan"), float("inf"), -0.0, 5e-324, 1.7e308, -1.0, 0.0]
        return array([draw.choice(special) for _ in range(draw.randrange(4))])
    if kind == 7 and draw.random() < 0.05:
        return header("<f8", draw.choice(SHAPES)) + bytes(BOMB)
    order = draw.choice(("False", "False", "True", "None"))
    body = bytes(draw.choice((0, 8, 16, 32, 64))) if draw.random() < 0.5 else b"\xff" * draw.choice((4, 12,
                                                                                                     16, 32))
    return header(draw.choice(DTYPES), draw.choice(SHAPES), order) + body


def header(dtype: str, shape: str, order: str = "False") -> bytes:
    text = f"{{'descr': '{dtype}', 'fortran_order': {order}, 'shape': {shape}, }}".encode()
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def packed(draw: random.Random, members: list[tuple[str, bytes]]) -> bytes:
    """The archive, at times not as zip files are."""
    stream = io.BytesIO()
    method = draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2,
                          zipfile.ZIP_LZMA)) if draw.random() < 0.3 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    found = stream.getvalue()
    return damaged(draw, found) if draw.random() < 0.3 else found


def damaged(draw: random.Random, data: bytes) -> bytes:
    """Wrong sizes, checksums, methods, flags and counts in the directory of the archive."""
    kind = draw.randrange(6)
    start = data.rfind(b"PK\x01\x02")
    if kind == 0 or start < 0:
        return bytes_changed(draw, data)
    changed = bytearray(data)
    if kind == 1:  # the flag of encryption, in both headers
        changed[start + 8] |= 1
        changed[data.rfind(b"PK\x03\x04") + 6] |= 1
    elif kind == 2:
        struct.pack_into("<H", changed, start + 10, draw.choice((0, 1, 9, 12, 14, 93, 99, 65535)))
    elif kind == 3:
        struct.pack_into("<I", changed, start + draw.choice((16, 20, 24, 42)), draw.choice((0, 1, 2**31,
                                                                                            2**32 - 1)))
    elif kind == 4:
        end = data.rfind(b"PK\x05\x06")
        struct.pack_into("<H", changed, end + draw.choice((4, 6, 8, 10, 20)), draw.choice((0, 1, 65535)))
    else:
        entry = data[start : data.rfind(b"PK\x05\x06")]
        end = data.rfind(b"PK\x05\x06")
        more = entry * draw.choice((3, 50, 2000))
        changed[end:end] = more
        size = struct.unpack_from("<I", data, end + 12)[0] + len(more)
        struct.pack_into("<I", changed, end + len(more) + 12, size)
    return bytes(changed)


def spoiled(draw: random.Random, members: list[tuple[str, bytes]], names: tuple[str, ...]) -> bytes:
    """The archive of these members, some of them spoiled, missing, renamed or twice."""
    for _ in range(draw.choice((0, 1, 1, 1, 2))):
        at = draw.randrange(len(members))
        name, data = members[at]
        kind = draw.randrange(8)
        if kind == 0:
            del members[at]
        elif kind == 1:
            members.append((name, member(draw, data)))
        elif kind == 2:
            path = draw.choice([x for x in PATHS if "\udc80" not in x] + [f"../{CANARY}",
                                                                          f"/tmp/{CANARY}.npy", "X"])
            members[at] = (draw.choice((path, path + ".npy", draw.choice(names))), data)
        else:
            members[at] = (name, member(draw, data))
        if not members:
            break
    return packed(draw, members)


def content(draw: random.Random) -> bytes:
    """An npz file of a network."""
    value = networks.good(draw)
    texts = {field: x for field, x in value.items() if isinstance(x, str)}
    members = [(f"{field}.npy", array(x, field in texts)) for field, x in value.items()]
    return spoiled(draw, members, ("X.npy", "W", "y.npy.npy", "penalty.npy"))


def case(draw: random.Random, folder: Path) -> str:
    file = folder / draw.choice(("network.npz", "network.npz", "network.json"))
    data = content(draw)
    file.write_bytes(data)
    return networks.read(file)
