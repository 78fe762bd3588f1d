"""Values to be refused or survived, ways to spoil a valid object, and JSON that no library writes."""

import json
import random
from collections.abc import Iterator
from typing import Any

# What would show that text was run: each makes the file that `CANARY` names, in the current folder.
CANARY = "canary"
PAYLOADS = (
    f"__import__('pathlib').Path('{CANARY}').touch()", f"__import__('os').system('touch {CANARY}')",
    f"open('{CANARY}','w').close()", f"exec(\"open('{CANARY}','w')\")", f"(lambda: open('{CANARY}','w'))()",
    f"[c for c in ().__class__.__base__.__subclasses__()][0]('{CANARY}')", f"$(touch {CANARY})",
    f"; touch {CANARY}", f"`touch {CANARY}`", f"| touch {CANARY}", f"{{open('{CANARY}','w')}}",
    f"%(open('{CANARY}','w'))s", f"!!python/object/apply:os.system ['touch {CANARY}']")

PATHS = ("", ".", "..", "/", "/dev/null", "/dev/full", "nowhere/x", "a" * 300, "x" * 5000, "~", "-", "--",
         "*",
         "a\nb", "a\tb", "\u202e", "\U0001f600", "\udc80", "con", "C:\\x", "x.npz/", "/proc/self/mem",
         "/etc/passwd",
         "../" * 50 + "x", "file:///etc/passwd", "http://localhost/x", "|cat", "x\x7f")

NUMBERS = (
    "NaN", "nan", "inf", "-inf", "Infinity", "-Infinity", "1e400", "-1e400", "1e-400", "1e999999999",
    "-1e999999999",
    "1e-999999999", "1E+4000", "9**9**9", "2**64", "0x10", "0b1", "0o7", "1_000", "٣", "３", "²", "½", "1/0",
    "0/0",
    "-0", "-0.0", "+0", "00", "01", "1/2/3", "1//2", " 1", "1 ", "1\n", "1\0", "", " ", "-", "+", ".", "e",
    "1e",
    "1e+", "1.", ".5", "1,5", "--1", "+-1", "1/-2", "-1/2", "2/4", "1/3", "0.1", "1j", "True", "None",
    "null", "true",
    "1e4000", "1e-4000", "1/1e5", "4.9e-324", "1.7976931348623157e308", "9" * 3999, "9" * 4001, "9" * 100_000,
    "1/" + "9" * 4000, "0." + "3" * 5000, "1e" + "9" * 5000, "0" * 4000 + "1", "\ufeff1", "1\u200b", "\udc80",
    "−1", "1/٢", "1e٣", "log(2)", "pi", "1+1", "0x1p-3", "1" + "0" * 3900 + "/" + "3" * 60)

FORMULAS = (
    "t", "t**2", "9**9**9", "9**9**9*t", "t**t", "t**-1", "t**64", "t**65", "t**10**10", "(t+1)**64",
    "((t+1)**64)**64", "(1+t+sin(t)+cos(t))**40", "(9**64)**64", "(" * 400 + "t" + ")" * 400,
    "(" * 90 + "t" + ")" * 90,
    "(" * 5000, ")" * 50, "-" * 900 + "t", "-" * 3000 + "t", "t" + "+t" * 400, "t" + "*t" * 60,
    "t" + "*t" * 400,
    "exp(" * 16 + "t" + ")" * 16, "exp(" * 90 + "t" + ")" * 90, "sin(" * 40 + "t" + ")" * 40, "inv(t)",
    "1/t", "1/0",
    "t/0", "inv(0)", "log(0)", "log(t)", "log(-1)", "sqrt(t)", "sqrt(-1)", "inv(t-t)", "0*inv(t)", "pos(t)",
    "pos2(t)",
    "pos3(t)", "pos3(t)**20", "exp(exp(exp(exp(exp(t)))))", "exp(10**60*t)", "exp(-10**60*t**2)",
    "tanh(9**60*t)",
    "sin(10**60*t)", "10**64", "logistic(10**9*t)", "erf(10**30*t)", "arctan(t)**64", "log(t)**9",
    "sqrt(sqrt(t))",
    "x", "t t", "t;t", "t=1", "t==t", "t if t else t", "lambda: t", "[t]", "{t}", "t[0]", "t.real",
    "t.__class__",
    "tanh", "tanh()", "tanh(t,t)", "tanh(*t)", "tanh(t=t)", "f(t)", "print(t)", "eval('t')", "t%2", "t//2",
    "t@t",
    "~t", "not t", "t<t", "t and t", "'t'", "f'{t}'", "1.5*t", "1e9*t", "1j*t", "0x10*t", "1_0*t", "٣*t",
    "ｔ",
    "t\n", "t\n+1", "t\0", "\\t", "#", "t # x", "", " ", "\t", "t\u00a0", "pi", "e*t", "Ellipsis", "...",
    "__debug__",
    "relu", "leaky_relu", "relu_like", "Tanh", "tanh ", "max(t,0)", "abs(t)", "t*" + "1" * 900, "1" * 990,
    "1/" * 400)

ATOMS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 64, 65, 10**4, 2**31, 2**32, 2**63, -2**63, 10**30, 10**400, -10**400,
    0.0, -0.0,
    0.5, 1e308, 5e-324, float("nan"), float("inf"), -float("inf"), [], {}, [[]], [[], []], [{}], [None],
    [[None]],
    [True], {"a": 1}, {"": {}}, [[[[[[[]]]]]]], ["1"], [["1"]], [["1"], ["1", "2"]], [[1, 2], [3]], "x",
    "\udc80",
    "\u0000", "\ufeff", "a" * 5000)


class Raw(str):
    """A piece of JSON to be written as it is."""


RAW = tuple(map(Raw, (
    "1e400", "-1e400", "1e-400", "1e999999999", "NaN", "Infinity", "-Infinity", "-0", "-0.0",
    "0.1e-999999999999",
    "9" * 4300, "9" * 4301, "9" * 100_000, "0." + "1" * 100_000, "1e" + "9" * 1000, "01", "+1", ".5", "1.",
    "0x1",
    '"\\ud800"', '"\\udc00"', '"\\ud800\\ud800"', '"\\u0000"', '"\\u', '"\\x41"', '"', "'a'", "[", "{", "]",
    "[1,]",
    '{"a":1,"a":2}', '{"a"}', "{1:2}", "[" * 7 + "]" * 7, "[" * 9 + "]" * 9, "[" * 100 + "]" * 100,
    "[" * 2000,
    "[" * 2000 + "]" * 2000, '{"a":' * 500 + "1" + "}" * 500, "tru", "nul", "undefined", "// x\n1", "/* */1",
    "\ufeff",
    "[" + "1," * 3000 + "1]", '["' + "x" * 3000 + '"]', '"' + "\\" * 1001 + '"')))


class Pairs(list[tuple[str, Any]]):
    """An object in which a field may occur twice."""


def written(value: Any) -> str:
    """JSON, with what is raw as it is."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{json.dumps(key)}:{written(x)}" for key, x in value) + "}"
    if isinstance(value, dict):
        return written(Pairs(value.items()))
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if type(value) is int and abs(value) >= 10**4000:
        return hex(value)
    return json.dumps(value)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of an object, itself first; of long lists the first and the last parts."""
    yield place
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
        items = items if len(items) < 6 else items[:3] + items[-2:]
    for key, x in items:
        yield from places(x, (*place, key))


def changed(value: Any, place: tuple[Any, ...], change: Any) -> Any:
    """The object with change(part) at a place; a change that returns `changed` itself takes the part out."""
    if not place:
        return change(value)
    key, rest = place[0], place[1:]
    copy = dict(value) if isinstance(value, dict) else list(value)
    new = changed(value[key], rest, change)
    if new is changed:
        del copy[key]
    else:
        copy[key] = new
    return copy


def hostile(draw: random.Random, old: Any = None) -> Any:
    """A value to stand where `old` stood."""
    kind = draw.randrange(8)
    if kind == 0 and isinstance(old, list):
        return _lists(draw, old)
    if kind == 1 and isinstance(old, str):
        return noise(draw, old)
    if kind == 2:
        return draw.choice(RAW)
    if kind == 3:
        return draw.choice(FORMULAS)
    if kind == 4:
        return draw.choice((*PAYLOADS, *PATHS))
    if kind == 5:
        return Raw(number) if json_like(number := draw.choice(NUMBERS)) and draw.random() < 0.5 else number
    if kind == 6:
        return [old] * draw.choice((1, 2, 70)) if draw.random() < 0.5 else {"x": old}
    return draw.choice(ATOMS)


def json_like(text: str) -> bool:
    return text != "" and text[0] in "-0123456789" and "\n" not in text


def _lists(draw: random.Random, old: list[Any]) -> list[Any]:
    other = list(old)
    draw.shuffle(other)
    return draw.choice(([], other, [*old, *old], old[:-1], [*old, old[-1] if old else 0], [old], old * 40,
                        [x for x in old if draw.random() < 0.5]))


def noise(draw: random.Random, text: str) -> str:
    """A text with a few characters changed, put in or taken out."""
    letters = list(text)
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(letters) + 1)
        letters[at : at + draw.randrange(2)] = draw.choice(
            "0123456789+-*/.,()eE_t \"\\\0\n\ud800é٣ \U0001f600[]{}")
    return "".join(letters)


def spoiled(draw: random.Random, value: Any, times: int = 1) -> Any:
    """The object with hostile values in some places, or parts taken out."""
    for _ in range(times):
        place = draw.choice(list(places(value)))
        if place and draw.random() < 0.08:
            value = changed(value, place, lambda _old: changed)
        else:
            value = changed(value, place, lambda old: hostile(draw, old))
    return value


def bytes_changed(draw: random.Random, data: bytes) -> bytes:
    """Bytes changed, cut off, doubled, put in front."""
    kind = draw.randrange(8)
    if kind == 0:
        return data[: draw.randrange(len(data) + 1)]
    if kind == 1:
        return draw.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b" ", b"\n", b"\x80\x04", b"PK\3\4",
                            b"#!")) + data
    if kind == 2:
        return data + draw.choice((b"\0", b"\n", b" ", b"{}", b"]", b"\x1a", data[:100]))
    if kind == 3:
        return bytes(draw.randrange(256) for _ in range(draw.randrange(200)))
    if kind == 4:
        text = data.decode("utf-8", "replace")
        return text.encode(draw.choice(("utf-16", "utf-32", "utf-7", "utf-8-sig")), "ignore")
    changed_bytes = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8)) if data else 0):
        at = draw.randrange(len(changed_bytes) + 1)
        new = bytes(draw.randrange(256) for _ in range(draw.randrange(3)))
        changed_bytes[at : at + draw.randrange(3)] = new
    return bytes(changed_bytes)
