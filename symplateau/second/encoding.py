"""The canonical encoding: read without a JSON library, so that it is checked as it is read."""

import re
from hashlib import sha256
from typing import Any

from .rejection import Malformed

FORMAT = "symplateau certificate 1"
MAX_BYTES, MAX_LISTS = 48 * 2**20, 2**21
MAX_DEPTH, MAX_DIGITS = 100, 4300
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
PLAIN = re.compile(r'[ !#-\[\]-~]*')
SHORT = {'"': '"', "\\": "\\", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
UNIT = re.compile(r"u([0-9a-f]{4})")
WORDS = {"null": None, "true": True, "false": False}


class Reader:
    """A position in a text. spans: where each field of the outermost object begins, and ends."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.spans: dict[str, tuple[int, int]] = {}

    def fail(self) -> Malformed:
        return Malformed(f"no canonical encoding, at character {self.at}")

    def take(self, token: str) -> bool:
        """Whether the text goes on with this; if so it is read."""
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise self.fail()

    def value(self, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise Malformed("nested too deeply")
        if self.take("{"):
            return self.object(depth)
        if self.take("["):
            return self.list(depth)
        if self.take('"'):
            return self.string()
        for word, meaning in WORDS.items():
            if self.take(word):
                return meaning
        return self.integer()

    def integer(self) -> int:
        found = INTEGER.match(self.text, self.at)
        if found is None or found[0] == "-0":
            raise self.fail()
        if len(found[0]) > MAX_DIGITS:
            raise Malformed("a long integer")
        self.at = found.end()
        return int(found[0])

    def string(self) -> str:
        parts = []
        while True:
            found = PLAIN.match(self.text, self.at)
            if found is not None:
                parts.append(found[0])
                self.at = found.end()
            if self.take('"'):
                return "".join(parts)
            self.expect("\\")
            parts.append(self.escape())

    def escape(self) -> str:
        name = self.text[self.at:self.at + 1]
        if name in SHORT and name != "":
            self.at += 1
            return SHORT[name]
        first = self.unit()
        if 0xD800 <= first < 0xDC00 and self.text.startswith("\\u", self.at):
            back = self.at
            self.at += 1
            second = self.unit()
            if 0xDC00 <= second < 0xE000:
                return chr(0x10000 + (first - 0xD800) * 0x400 + second - 0xDC00)
            self.at = back
        if 0x20 <= first < 0x7F or chr(first) in SHORT.values():
            raise self.fail()
        return chr(first)

    def unit(self) -> int:
        found = UNIT.match(self.text, self.at)
        if found is None:
            raise self.fail()
        self.at = found.end()
        return int(found[1], 16)

    def list(self, depth: int) -> list[Any]:
        items: list[Any] = []
        if self.take("]"):
            return items
        while True:
            items.append(self.value(depth + 1))
            if self.take("]"):
                return items
            self.expect(",")

    def object(self, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        last: str | None = None
        if self.take("}"):
            return fields
        while True:
            start = self.at
            self.expect('"')
            key = self.string()
            if last is not None and not last < key:
                raise Malformed("keys are not in order, or occur twice")
            last = key
            self.expect(":")
            fields[key] = self.value(depth + 1)
            if depth == 0:
                self.spans[key] = (start, self.at)
            if self.take("}"):
                return fields
            self.expect(",")


def read(data: bytes) -> tuple[Any, Any]:
    """The problem and the steps of a certificate. Raises Malformed."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"a file of more than {MAX_BYTES} bytes")
    if data.count(b"[") + data.count(b"{") > MAX_LISTS:
        raise Malformed(f"more than {MAX_LISTS} lists and objects")
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Malformed("characters outside ASCII") from None
    reader = Reader(text)
    found = reader.value()
    reader.expect("\n")
    if reader.at != len(text):
        raise reader.fail()
    if type(found) is not dict or sorted(found) != ["format", "problem", "sha256", "steps"]:
        raise Malformed("expected an object with format, problem, sha256 and steps")
    if found["format"] != FORMAT:
        raise Malformed("another format")
    start, end = reader.spans["sha256"]  # "steps" follows, so that a comma goes with it
    if found["sha256"] != sha256((text[:start] + text[end + 1:]).encode()).hexdigest():
        raise Malformed("the digest is wrong")
    return found["problem"], found["steps"]
