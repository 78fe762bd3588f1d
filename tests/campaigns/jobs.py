"""Long commands, what they keep while they run, and what they end in: to be killed by `interrupted`."""

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

TOP = Path(__file__).parents[2]
PROOFS = TOP / "proofs"
VOLATILE = ("seconds", "kept", "versions")  # of a JSON output: not the same in each run


@dataclass(frozen=True)
class Job:
    """arguments: of `counted`, PLACE standing for the folder. finished: the pieces that are kept, each with
    the number of computations that its keeping saves. share: of all kills. tree: whether it writes into the
    clone, of which it gets a copy. reads: a fixed output, to be compared."""

    name: str
    arguments: tuple[str, ...]
    finished: Callable[[Path], Counter[str]]
    share: int
    tree: bool = False
    outputs: Callable[[Path], Iterable[Path]] = lambda place: ()
    warm: bool = False


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def entries(top: Path) -> list[Path]:
    """The folders of whole entries: every file that the record names is there with its digest."""
    found = []
    for record in sorted(top.rglob("made-by")):
        try:
            named = json.loads(record.read_bytes())["files"]
            if all(digest(record.parent / name) == value for name, value in named.items()):
                found.append(record.parent)
        except (OSError, ValueError, KeyError):
            continue
    return found


def proofs(place: Path) -> Counter[str]:
    """The claims, and the files of steps, of which all certificates are in the store."""
    from symplateau.claims import read_claims
    from symplateau.steps import read_steps

    stems = {f"{x.goal_file.parent.name}/{x.stem}": f"proof {x.id}" for x in read_claims().values()}
    stems |= {f"{x.folder.parent.parent.name}/steps/{x.file.stem}": f"steps {x.claim}"
              for x in read_steps().values()}
    return Counter(stems[x.relative_to(place / "store").as_posix()] for x in entries(place / "store"))


def searches(place: Path) -> Counter[str]:
    """The networks that were done in searches that are not over, and the records that are made."""
    found = Counter[str]()
    for entry in entries(place / "store"):
        if (entry / "search.json").exists():
            found["network Smooth"] += json.loads((entry / "search.json").read_bytes())["done"]
        elif (entry / "record").exists():
            found["record " + json.loads((entry / "record").read_bytes())["claim"]] += 1
    return found


def families(place: Path) -> Counter[str]:
    return Counter("family " + json.loads((x / "result.json").read_bytes())["family"]
                   for x in entries(place / "store"))


def chunks(place: Path) -> Counter[str]:
    return Counter("chunk " + x.name.partition("-")[0] for x in entries(place / "store"))


def trainings(place: Path) -> Counter[str]:
    """The pieces of training in the checkpoints, and the experiments that are finished."""
    found = Counter[str]()
    for file in sorted((place / "out").glob("*.npz")):
        name = file.name.partition("-epochs")[0]
        with np.load(file) as archive:
            found.update(f"piece {name} {epoch}" for epoch in archive["epochs"][:-1].tolist())
    for record in sorted((place / "out").glob("*.made-by")):
        named = json.loads(record.read_bytes())["files"]
        if all((place / "out" / x).exists() and digest(place / "out" / x) == named[x] for x in named):
            found["report " + record.name.partition("-epochs")[0]] += 1
    return found


def nothing(place: Path) -> Counter[str]:
    return Counter()


def files(place: Path) -> Iterable[Path]:
    """What it wrote, without what a killed process left unfinished, which nothing reads."""
    return (x for top in ("store", "out") for x in (place / top).rglob("*")
            if x.is_file() and not x.name.startswith(".symplateau-"))


def _copied(place: Path) -> Iterable[Path]:
    return (x for kind in ("searched", "certificates")
            for x in (place / "tree/proofs" / kind).rglob("*.json"))


CHECK = ("check", "--paper", "relu-like", "--jobs", "2", "--store", "PLACE/store", "--json")
CAMPAIGN_STORE = ("--store", "PLACE/store")
JOBS = (
    Job("check", CHECK, proofs, 26, outputs=files),
    Job("check, one process", ("check", "B/theorem-4.2", "A/lemma-2", "A/lemma-3", "B/appendix-b", "--jobs",
                               "1", "--store", "PLACE/store", "--json"), proofs, 8, outputs=files),
    Job("check, warm store", CHECK, proofs, 8, outputs=files, warm=True),
    Job("refute", ("refute", "A/lemma-4.2", "--networks", "90", "--store", "PLACE/store", "--json", "-o",
                   "PLACE/out/witness.json"), searches, 12, outputs=files),
    Job("experiment", ("experiment", "all", "-o", "PLACE/out", "--epochs", "4000", "--json"), trainings, 14,
        outputs=files),
    Job("classify", ("classify", "wine_tanh_2", "-o", "PLACE/out/c.json", "--json"), nothing, 4,
        outputs=files),
    Job("plateau", ("plateau", "wine_tanh_2", "--neuron", "1", "--coefficients", "1/2,1/2", "-o",
                    "PLACE/out/c.json", "--json"), nothing, 4, outputs=files),
    Job("embed", ("embed", "relu_curve", "--replicate", "0", "--gamma", "1/2,1/2", "-o",
                  "PLACE/out/c.json", "--json"), nothing, 2, outputs=files),
    Job("ledger", ("ledger", "B/theorem-4.2", "--json"), nothing, 2),
    Job("campaign refute", ("campaign", "refute", "A/lemma-1-amended", "B/fact-4.6", "A/lemma-2",
                            *CAMPAIGN_STORE), searches, 6, tree=True, outputs=_copied),
    Job("campaign mutants", ("campaign", "mutants", "A/lemma-1-amended", "--networks", "80", *CAMPAIGN_STORE),
        searches, 5),
    Job("campaign corpus", ("campaign", "corpus", "--json", "minima/two", "minima/m", *CAMPAIGN_STORE),
        families, 5),
    Job("campaign arithmetic", ("campaign", "arithmetic", "--cases", "4000", "--jobs", "2", *CAMPAIGN_STORE),
        chunks, 4),
)


def prepared(job: Job, place: Path) -> Path:
    """The folder of a trial, made; where the command is to run."""
    for name in ("store", "out", "log"):
        (place / name).mkdir(parents=True, exist_ok=True)
    if not job.tree:
        return TOP
    tree = place / "tree"
    if not tree.exists():
        tree.mkdir()
        shutil.copytree(PROOFS, tree / "proofs", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("symplateau", "tests"):
            shutil.copytree(TOP / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "records"))
    return tree


def command(job: Job, place: Path, counter: Path) -> list[str]:
    return ["-m", "tests.campaigns.counted", str(counter),
            *(x.replace("PLACE", str(place)) for x in job.arguments)]


def result(job: Job, place: Path, out: bytes) -> dict[str, bytes]:
    """What it ends in: standard output without times, and files by their names below the place."""
    text = out.decode().replace(str(place), "PLACE")
    with suppress(ValueError):
        text = json.dumps(steady(json.loads(text)))
    return {"out": text.encode()} | {str(x.relative_to(place)): x.read_bytes() for x in job.outputs(place)}


def steady(content: Any) -> Any:
    """Without what differs from run to run."""
    if isinstance(content, dict):
        return {name: steady(x) for name, x in content.items() if name not in VOLATILE}
    return [steady(x) for x in content] if isinstance(content, list) else content
