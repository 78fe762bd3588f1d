"""Forgeries of every kind of certificate, sealed again; and every certificate about every other problem.

python -m tests.campaigns forgery [--each N] [--cross N] [--seed S] [--jobs N] [--json] [--record FILE]

Of each certificate N forgeries, spread evenly over what is spoiled and how (twice as many of those of the
tests, a sixth of those about networks otherwise; 0: all of them). Then N certificates of each kind with the
problems of N others. A forgery is rejected at what was spoiled (or where that is used), or another statement
comes out, which the second checker has to find, too, and which the loss itself, or values of the atoms, must
not contradict; or nothing but a hint was changed. Status 1 for anything else.
"""

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError, digest
from tests.forgery import sources
from tests.forgery.judgement import FAILED, MARGINAL, Verdict, judge
from tests.forgery.spoilings import Recipe, kind_of, put, sample
from tests.forgery.truth import contradictions

from .record import figures, record, recorded

EACH, CROSS, LISTED, EXAMINED = 250, 150, 100, 4  # of the statements accepted, one in so many is examined
COLUMNS = ("forged", "rejected", "another statement", "harmless", "failures")
PYTHON = re.compile(r"expected a well-formed step; got (\w+)")
Certificate = dict[str, Any]


@dataclass
class Tally:
    """rows: by what was spoiled. hows: by how. places: where rejected. failures: those found, with their
    names. examined: statements compared with exact or numerical knowledge. marginal: accepted, but rejected
    by the second checker where a step encloses."""

    rows: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    hows: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    python: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, str]] = field(default_factory=list)
    examined: int = 0
    marginal: int = 0

    def add(self, name: str, place: object, verdict: Verdict, subject: str | None = None) -> None:
        row = self.rows[subject or verdict.subject]
        outcome = {FAILED: "failures", "malformed": "rejected"}.get(verdict.outcome, verdict.outcome)
        row.update({"forged": 1, outcome: 1})
        self.hows[verdict.how] += 1
        self.marginal += verdict.detail == MARGINAL
        if outcome == "rejected":
            self.places[verdict.detail or "as no certificate"] += 1
            self.python.update(PYTHON.findall(verdict.error))
        if outcome == "failures":
            self.failures.append({"certificate": name, "place": str(place), "how": verdict.how,
                                  "what": verdict.detail, "error": verdict.error[:200]})

    def join(self, other: "Tally") -> None:
        for name, row in other.rows.items():
            self.rows[name].update(row)
        for mine, theirs in ((self.hows, other.hows), (self.places, other.places),
                             (self.python, other.python)):
            mine.update(theirs)
        self.failures += other.failures
        self.examined += other.examined
        self.marginal += other.marginal


@cache
def certificates(corpus: int) -> dict[str, Certificate]:
    """Every good one, by name, each once; so many points of each family of the corpus."""
    found, seen = dict[str, Certificate](), set[str]()
    more = (*sources.corpus(corpus), *sources.networks()) if corpus else ()
    for name, certificate in (*sources.by_hand(), *sources.shipped(), *more):
        if certificate["sha256"] not in seen:
            found[name] = certificate
            seen.add(certificate["sha256"])
    return found


def share(name: str, certificate: Certificate, each: int) -> int:
    """How many forgeries of a certificate: those about networks take longest."""
    if ": " in name and name.split(":")[0] in ("pool", "relu", "algebra", "witness"):
        return 2 * each
    return max(1, each // 6) if each and kind_of(certificate) == "network" else each


def forged(corpus: int, each: int, seed: int, names: Sequence[str]) -> Tally:
    """The forgeries of some certificates."""
    tally, known = Tally(), certificates(corpus)
    for name in names:
        certificate, draw = known[name], random.Random(f"forgery {seed} {name}")
        others = [x for x, y in known.items() if x != name and kind_of(y) == kind_of(certificate)]
        statement = check(certificate)
        other = known[draw.choice(others)]
        for recipe in sample(draw, certificate, other, share(name, certificate, each)):
            one(tally, draw, name, certificate, statement, recipe)
    return tally


def one(tally: Tally, draw: random.Random, name: str, certificate: Certificate, statement: Certificate,
        recipe: Recipe, subject: str | None = None) -> None:
    """Judge one forgery; now and then the statement that comes out, as well."""
    verdict = judge(certificate, statement, recipe)
    if verdict.outcome == "another statement" and not draw.randrange(EXAMINED):
        assert verdict.statement is not None
        found = contradictions(verdict.statement, draw.randrange(2**32))
        tally.examined += found is not None
        if found:
            detail = f"a false statement: {'; '.join(found)[:200]}"
            verdict = Verdict(verdict.subject, verdict.how, FAILED, detail, verdict.statement)
    tally.add(name, recipe.place, verdict, subject)


def crossed(corpus: int, size: int, seed: int, names: Sequence[str]) -> Tally:
    """Some certificates about the problems of others, of the same kind."""
    tally, known = Tally(), certificates(corpus)
    for name in names:
        certificate, draw = known[name], random.Random(f"cross {seed} {name}")
        statement, kind = check(certificate), kind_of(certificate)
        for other in chosen(corpus, kind, size, seed):
            problem = known[other]["problem"]
            if problem != certificate["problem"]:
                recipe = Recipe("the problem of another", ("problem",), put(("problem",), problem))
                one(tally, draw, f"{name}, about {other}", certificate, statement, recipe,
                    f"{kind}: every other problem")
    return tally


@cache
def chosen(corpus: int, kind: str, size: int, seed: int) -> list[str]:
    """So many certificates of a kind with different problems, in turn by the rules that they use."""
    known, groups, problems = certificates(corpus), defaultdict(list), set[str]()
    names = [x for x, y in known.items() if kind_of(y) == kind]
    random.Random(f"{seed} {kind}").shuffle(names)
    for name in names:
        of = digest(known[name]["problem"])
        if of not in problems:
            problems.add(of)
            groups[tuple(sorted({x["rule"] for x in known[name]["steps"]}))].append(name)
    found = list[str]()
    while len(found) < size and any(groups.values()):
        found += [group.pop() for group in groups.values() if group]
    return found[:size]


def run(corpus: int, each: int, cross: int, seed: int, jobs: int) -> dict[str, Any]:
    """The figures, and the failures."""
    known, start, tally = certificates(corpus), time.monotonic(), Tally()
    kinds = sorted({kind_of(x) for x in known.values()})
    across = [name for kind in kinds for name in chosen(corpus, kind, cross, seed)]
    for part in (*results(forged, (corpus, each, seed), list(known), jobs),
                 *results(crossed, (corpus, cross, seed), across, jobs)):
        tally.join(part)
    totals = sum(tally.rows.values(), Counter[str]())
    return {
        "seed": seed, "each": each, "certificates": len(known), "certificates in the product": len(across),
        **{x: totals[x] for x in COLUMNS}, "statements examined": tally.examined,
        "rejected by place": dict(tally.places), "rejected by a type error": dict(tally.python),
        "table": {x: {y: tally.rows[x][y] for y in COLUMNS} for x in sorted(tally.rows)},
        "marginal": tally.marginal, "ways": len(tally.hows),
        "by way": dict(sorted(tally.hows.items())), "seconds": round(time.monotonic() - start),
        "found": tally.failures[:LISTED]}


def results(act: Any, options: Sequence[Any], names: list[str], jobs: int) -> Iterator[Tally]:
    parts = [names[k::max(1, len(names) // 8)] for k in range(max(1, len(names) // 8))]
    if jobs == 1:
        yield from (act(*options, part) for part in parts)
        return
    with ProcessPoolExecutor(jobs) as workers:
        yield from workers.map(act, *([x] * len(parts) for x in options), parts)


def show(content: dict[str, Any]) -> None:
    print(f"{'what is spoiled':42}" + "".join(f"{x:>18}" for x in COLUMNS))
    for name, row in content["table"].items():
        print(f"{name:42}" + "".join(f"{row[x]:>18}" for x in COLUMNS))
    for name in ("certificates", *COLUMNS, "statements examined", "marginal", "rejected by place",
                 "rejected by a type error", "ways", "seconds"):
        print(f"{name}: {content[name]}")
    for failure in content["found"]:
        print("FAILURE", json.dumps(failure))


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns forgery", description=about)
    parser.add_argument("--each", type=int, default=EACH, help="forgeries of a certificate; 0: all")
    parser.add_argument("--cross", type=int, default=CROSS, help="certificates of each kind, and problems")
    parser.add_argument("--corpus", type=int, default=3, help="points of each family of the corpus")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    recorded(parser)
    given = parser.parse_args(arguments)
    try:
        content = run(given.corpus, given.each, given.cross, given.seed, given.jobs)
    except CheckError as error:
        raise SystemExit(f"a good certificate is rejected: {error}") from error
    if given.json:
        print(json.dumps(content, indent=1))
    else:
        show(content)
    record("forgery", figures(content), given.record)
    return 1 if content["failures"] else 0
