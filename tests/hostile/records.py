"""Records of what was searched (`proofs/searched`), spoiled: a witness counts only when it is shown anew."""

import json
import os
import random
from functools import cache
from pathlib import Path
from typing import Any

from symplateau.adversary import records
from symplateau.claims import proofs_folder, read_claims
from symplateau.errors import InputError

from . import networks
from .values import bytes_changed, spoiled, written

CLAIM = "A/theorem-1"


@cache
def original() -> tuple[Path, dict[str, Any]]:
    file = records.file_of(read_claims()[CLAIM])
    return file.relative_to(proofs_folder()), json.loads(file.read_bytes())


def case(draw: random.Random, folder: Path) -> str:
    name, record = original()
    root = folder / "proofs"
    root.mkdir(exist_ok=True)
    for part in proofs_folder().iterdir():
        if part.name != name.parts[0] and not (root / part.name).exists():
            os.symlink(part, root / part.name)
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    short = record | {"hypotheses": draw.sample(record["hypotheses"], min(2, len(record["hypotheses"])))}
    data = written(short if draw.random() < 0.02 else spoiled(draw, short, draw.choice((1, 1, 2)))).encode(
        "utf-8", "surrogatepass")
    file.write_bytes(bytes_changed(draw, data) if draw.random() < 0.1 else data)
    try:
        records.searched(CLAIM, root)
        found = records.hypotheses(CLAIM, root)
    except InputError as error:
        return networks.refusal(error, str(file))
    return "needed" if any(x["needed"] == "yes" for x in found) else "nothing needed"
