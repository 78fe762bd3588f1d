"""The kernel and the second checker on the same certificates, good ones and forgeries.

python -m tests.campaigns checkers [--cases N] [--seed S] [--jobs N] [-o FILE] [--record FILE]

All good certificates: the shipped ones, and those of the tests. Then N forgeries of them: an entry changed at
random and the certificate sealed again; N with more steps at random; and N formulas, of which both have to
find the value. Both accept, with statements that agree, or both reject; or it is marginal: one rejects where
a step encloses, or the kernel reached a limit (with larger ones it accepts). Status 1 for anything else.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from symplateau.kernel.certificate import check as kernel_check
from symplateau.kernel.format import CheckError, Malformed, encode, load
from symplateau.second.agreement import bounds, disagreement
from symplateau.second.worker import verdict as second_verdict
from tests.forgery.changes import changes
from tests.forgery.spoilings import places
from tests.kernel import pool, relu_pool, test_algebra, test_witness

from .formulas import formula_case
from .growth import grown
from .limits import limited
from .record import figures, record, recorded

SHIPPED = Path(__file__).parents[2] / "proofs" / "certificates"
CASES, LISTED, CHUNK = 5000, 200, 250
FORGED = ["1/2", "2", "-1", "0", "1/1024", "t**2", "tanh(t)", "2/4", "01", "1.5", "", "#0", "9" * 3000,
          "1/" + "7" * 900]
AGREE = ("both accept", "both reject", "both malformed")
MARGINAL, LIMIT, WRONG = "marginal", "limit", "disagreement"


@cache
def certificates() -> dict[str, dict[str, Any]]:
    """The good ones, by name."""
    found = {f"pool: {name}": x for name, x in pool.pool().items()}
    found |= {f"relu: {name}": relu_pool.good(name) for name in relu_pool.CASES}
    found |= {f"algebra: {name}": x for name, x in test_algebra.GOOD.items()}
    found |= {"witness: values": test_witness.witness()}
    files = sorted(SHIPPED.rglob("*.json"))
    return found | {str(file.relative_to(SHIPPED)): json.loads(file.read_bytes()) for file in files}


@dataclass(frozen=True)
class Outcome:
    """name: the certificate, and how it was spoiled. verdict: one of AGREE, or MARGINAL, LIMIT, WRONG."""

    name: str
    verdict: str
    kernel: str
    second: str
    relations: tuple[str, ...] = ()
    seconds: tuple[float, float] = (0.0, 0.0)

    def line(self) -> dict[str, Any]:
        return {"certificate": self.name, "verdict": self.verdict, "kernel": self.kernel[:300],
                "second": self.second[:300]}


def kernel_verdict(data: bytes) -> dict[str, Any]:
    try:
        return {"verdict": "accepted", "statement": kernel_check(load(data)), "error": ""}
    except Malformed as error:
        return {"verdict": "malformed", "statement": None, "error": str(error)}
    except CheckError as error:
        return {"verdict": "rejected", "statement": None, "error": str(error), "step": error.step}


def outcome(name: str, certificate: dict[str, Any]) -> Outcome:
    """What both say of a certificate, encoded as it is."""
    data = encode(certificate)
    start = time.perf_counter()
    kernel = kernel_verdict(data)
    middle = time.perf_counter()
    second = second_verdict(data)
    spent = (middle - start, time.perf_counter() - middle)
    if kernel["verdict"] != second["verdict"]:
        kind = excuse(certificate, kernel, second)
        return Outcome(name, kind, text(kernel), text(second), (), spent)
    if kernel["statement"] is None:
        kind = AGREE[1 if kernel["verdict"] == "rejected" else 2]
        return Outcome(name, kind, text(kernel), text(second), (), spent)
    reason = disagreement(kernel["statement"], second["statement"])
    if reason:
        return Outcome(name, WRONG, json.dumps(kernel["statement"]["says"]),
                       json.dumps(second["statement"]["says"]), (), spent)
    relations = tuple(f"{x.name} {x.relation}" for x in bounds(kernel["statement"], second["statement"]))
    return Outcome(name, AGREE[0], "", "", relations, spent)


def text(result: dict[str, Any]) -> str:
    return result["verdict"] + (f": {result['error']}" if result["error"] else "")


def excuse(certificate: dict[str, Any], kernel: dict[str, Any], second: dict[str, Any]) -> str:
    """Why one may reject what the other accepts: a step that encloses, or a limit of the kernel."""
    if "malformed" in (kernel["verdict"], second["verdict"]):
        return WRONG
    if kernel["error"] and limited(certificate):
        return LIMIT
    error = kernel["error"] or second["error"]
    number = kernel["step"] if kernel["error"] else int(error.split()[1])
    steps = certificate["steps"]
    encloses = 0 <= number < len(steps) and type(steps[number]) is dict and "prec" in steps[number]
    return MARGINAL if encloses else WRONG


def forged(seed: int, number: int) -> tuple[str, dict[str, Any]]:
    """The forgery of that number: one entry of a certificate changed, and at times a second one, too."""
    draw = random.Random(f"{seed} {number}")
    names = sorted(certificates())
    by_hand = [name for name in names if ": " in name]
    name = draw.choice(by_hand if draw.random() < 0.6 else names)
    certificate, what = certificates()[name], list[str]()
    if draw.random() < 0.06:
        other = draw.choice(by_hand)
        return f"{name}, about the problem of {other}", pool.spoiled(
            certificate, "problem", to=certificates()[other]["problem"])
    for _ in range(2 if draw.random() < 0.25 else 1):
        inner = [x for x in places({key: certificate[key] for key in ("problem", "steps")
                                    if key in certificate}) if x != ("problem",)]
        place = draw.choice(inner)
        old = pool.entry(certificate, place)
        new = draw.choice([*(x for _, x in changes(old)), *random_changes(draw, old), "removed"])
        certificate = (pool.without(certificate, *place) if new == "removed"
                       else pool.spoiled(certificate, *place, to=lambda _old, new=new: new))
        what.append(f"{list(place)} -> {str(new)[:80]}")
    return f"{name}, {'; '.join(what)}", certificate


def random_changes(draw: random.Random, old: Any) -> Iterator[Any]:
    """Other values, of the kinds that a forger would try."""
    if type(old) is str:
        yield from (draw.choice(FORGED), old[:-1] + draw.choice("0123456789t)"), f" {old}", f"({old})")
    elif type(old) is list and old:
        shuffled = list(old)
        draw.shuffle(shuffled)
        yield from (shuffled, [*old, draw.choice(old)])
    elif type(old) is int:
        yield from (draw.randrange(-2, 100), 10**30, True)
    elif type(old) is dict:
        yield {key: x for key, x in old.items() if draw.random() < 0.7}
    yield draw.choice([[], [[]], {}, {"a": 1}, "0", 0, [None], [["0"]], False])


def chunk(seed: int, numbers: Sequence[int]) -> list[Outcome]:
    return [outcome(*forged(seed, number)) for number in numbers]


def grown_case(seed: int, number: int) -> tuple[str, dict[str, Any]]:
    """A good certificate about a network with more steps."""
    draw = random.Random(f"grown {seed} {number}")
    names = [x for x in sorted(certificates()) if certificates()[x]["problem"].get("kind") == "network"]
    by_hand = [name for name in names if ": " in name]
    name = draw.choice(by_hand if draw.random() < 0.7 else names)
    what, certificate = grown(draw, certificates()[name])
    return f"{name}, with {what}", certificate


def grown_chunk(seed: int, numbers: Sequence[int]) -> list[Outcome]:
    return [outcome(*grown_case(seed, number)) for number in numbers]


def formula_chunk(seed: int, numbers: Sequence[int]) -> list[Outcome]:
    return [outcome(*formula_case(seed, number)) for number in numbers]


def report(parts: dict[str, Sequence[Outcome]], seed: int) -> dict[str, Any]:
    """The figures; every outcome that is not an agreement, up to LISTED of each kind."""
    found: dict[str, Any] = {"seed": seed}
    for name, outcomes in parts.items():
        counts = Counter(x.verdict for x in outcomes)
        relations = sorted(Counter(y for x in outcomes for y in x.relations).items())
        found[name] = {"certificates": len(outcomes), "bounds": dict(relations),
                       **{x: counts[x] for x in (*AGREE, MARGINAL, LIMIT, WRONG)}}
    kernel, second = (sum(x.seconds[n] for x in parts["good"]) for n in (0, 1))
    found["seconds for the good"] = {"kernel": round(kernel, 2), "second": round(second, 2),
                                     "ratio": round(second / kernel, 2) if kernel else None}
    everything = [x for outcomes in parts.values() for x in outcomes]
    for kind in (WRONG, LIMIT, MARGINAL):
        found[kind] = [x.line() for x in everything if x.verdict == kind][:LISTED]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns checkers", description=about)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("-o", dest="output", type=Path)
    recorded(parser)
    given, start = parser.parse_args(arguments), time.monotonic()
    good = [outcome(name, certificate) for name, certificate in certificates().items()]
    parts = [range(n, min(n + CHUNK, given.cases)) for n in range(0, given.cases, CHUNK)]
    with ProcessPoolExecutor(given.jobs) as workers:
        seeds = [given.seed] * len(parts)
        found: dict[str, Sequence[Outcome]] = {
            name: [x for part in workers.map(one, seeds, parts) for x in part]
            for name, one in (("forgeries", chunk), ("grown", grown_chunk), ("formulas", formula_chunk))}
    content = report({"good": good, **found}, given.seed)
    text = json.dumps(content, indent=1) + "\n"
    if given.output is None:
        print(text, end="")
    else:
        given.output.write_text(text)
        print(json.dumps(figures(content)))
    record("checkers", figures(content) | {"seconds": round(time.monotonic() - start)}, given.record)
    return 1 if content[WRONG] else 0
