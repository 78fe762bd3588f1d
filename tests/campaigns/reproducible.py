"""The same certificates, byte for byte, whatever the hash seed, the processes, the ground types and the BLAS.

python -m tests.campaigns reproducible [--claims PART] [--record FILE]

Each run makes all certificates anew in an empty folder: `check` with an empty store, `classify`, `plateau`
and `embed` of the shipped networks, and points of the corpus. Status 1 if any file differs from the first.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .kills import TOP
from .record import record, recorded


class Variant(NamedTuple):
    """What is different from the first run: the environment, and how many processes check."""

    name: str
    environment: dict[str, str]
    jobs: int = 2


VARIANTS = (
    Variant("as it is", {"PYTHONHASHSEED": "0"}),
    Variant("again", {"PYTHONHASHSEED": "0"}),
    Variant("another hash seed", {"PYTHONHASHSEED": "1"}),
    Variant("a third hash seed, one process", {"PYTHONHASHSEED": "4242"}, 1),
    Variant("four processes", {}, 4),
    Variant("SymPy on Python's integers", {"SYMPY_GROUND_TYPES": "python"}),
    Variant("SymPy on FLINT's integers", {"SYMPY_GROUND_TYPES": "flint"}),
    Variant("BLAS for Sandybridge", {"OPENBLAS_CORETYPE": "Sandybridge"}),
    Variant("BLAS for Prescott, two threads", {"OPENBLAS_CORETYPE": "Prescott", "OMP_NUM_THREADS": "2"}),
)
COMMANDS = (
    ("classify", "wine_tanh_2"), ("classify", "wine_tanh_4"), ("classify", "relu_line"),
    ("classify", "relu_curve"), ("plateau", "wine_tanh_2", "--neuron", "1", "--coefficients", "1/2,1/2"),
    ("plateau", "wine_tanh_4", "--neuron", "0"),
    ("embed", "relu_line", "--replicate", "0", "--gamma", "1/3,2/3"),
    ("embed", "relu_curve", "--replicate", "0", "--gamma", "1/2,1/2"))


def main(arguments: Sequence[str] | None = None) -> int:
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns reproducible", description=about)
    parser.add_argument("--claims", nargs="*", default=[], metavar="CLAIM", help="check only these")
    parser.add_argument("--corpus", type=int, default=2, help="points of each family")
    parser.add_argument("--runs", type=int, default=len(VARIANTS), help="of the variants, the first so many")
    parser.add_argument("--into", type=Path, help="make the certificates there, and do no more")
    recorded(parser)
    given = parser.parse_args(arguments)
    if given.into is not None:
        make(given.into, given.corpus)
        return 0
    content = compare(VARIANTS[: given.runs], given.claims, given.corpus)
    print(json.dumps(content, indent=1))
    record("reproducible", content, given.record)
    return 1 if content["wrong"] else 0


def compare(variants: Sequence[Variant], claims: Sequence[str], corpus: int,
            commands: int = len(COMMANDS)) -> dict[str, Any]:
    """The figures, and the files that differ."""
    start, wrong, first = time.monotonic(), list[str](), dict[str, str]()
    with tempfile.TemporaryDirectory() as folder:
        for number, variant in enumerate(variants):
            found = files(variant, Path(folder) / str(number), claims, corpus, commands)
            first = first or found
            names = sorted(first.keys() | found.keys())
            wrong += [f"{variant.name}: {x}" for x in names if first.get(x) != found.get(x)]
    return {"runs": len(variants), "variants": [x.name for x in variants], "files": len(first),
            "wrong": wrong, "seconds": round(time.monotonic() - start)}


def files(variant: Variant, place: Path, claims: Sequence[str], corpus: int,
          commands: int) -> dict[str, str]:
    """The digests of all certificates by their places, made in processes of this variant."""
    (place / "out").mkdir(parents=True)
    program = ["-c", "from symplateau.cli import main; main()"]
    runs = [[*program, "check", *claims, "--jobs", str(variant.jobs), "--store", str(place / "store")]]
    runs += [[*program, *words, "-o", str(place / "out" / f"{number}.json")]
             for number, words in enumerate(COMMANDS[:commands])]
    more = ["--corpus", str(corpus), "--into", str(place / "corpus")]
    runs += [["-m", "tests.campaigns", "reproducible", *more]]
    for words in runs:
        subprocess.run([sys.executable, *words], cwd=TOP, env=os.environ | variant.environment, check=True,
                       stdout=subprocess.DEVNULL)
    return {str(x.relative_to(place)): hashlib.sha256(x.read_bytes()).hexdigest()
            for x in place.rglob("*.json")}


def make(place: Path, corpus: int) -> None:
    """The certificates of some points of each family of the corpus."""
    from itertools import islice

    from symplateau.classification import classify
    from symplateau.kernel.format import encode
    from symplateau.writing import made, write_bytes
    from tests.corpus import FAMILIES

    for family in FAMILIES:
        for number, case in enumerate(islice(family.cases(), corpus)):
            report = classify(case.network)
            if report.certificate is not None:
                write_bytes(made(place / family.name) / f"{number}.json", encode(report.certificate))
