"""Checkpoints of `experiment` that are damaged, lie, or belong to another run."""

import io
import json
import random
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import numpy as np

from symplateau.errors import InputError, Undecided
from symplateau.relu import runs
from symplateau.relu.experiments import EXPERIMENTS

from . import archives, networks
from .values import bytes_changed, hostile, spoiled, written

EPOCHS = 3


@cache
def start() -> tuple[runs.Settings, bytes]:
    """The settings of a short run, and its checkpoint after the first epoch."""
    chosen = runs.settings(EXPERIMENTS[0], 7, EPOCHS)
    stream = Path("first.npz")
    runs.run(EXPERIMENTS[0], chosen, stream)
    data = stream.read_bytes()
    stream.unlink()
    return chosen, data


def content(draw: random.Random) -> bytes:
    chosen, data = start()
    kind = draw.randrange(10)
    if kind == 0:
        return bytes_changed(draw, data)
    if kind == 1:
        return archives.damaged(draw, data)
    with np.load(io.BytesIO(data)) as archive:
        members = {name: archive[name] for name in archive.files}
    cut = draw.randrange(1, EPOCHS + 1)
    arrays = {name: x if x.ndim == 0 else x[:cut].copy() for name, x in members.items()}
    packed = {name: archives.array(x, text=True) for name, x in arrays.items()}
    if kind == 2:
        settings = spoiled(draw, asdict(replace(chosen)))
        packed["settings"] = archives.array(written(settings).encode("utf-8", "replace").decode(), text=True)
    elif kind == 3:
        packed["settings"] = archives.array(json.dumps(asdict(chosen)) * draw.choice((2, 50)), text=True)
    elif kind == 4:
        text = written(hostile(draw)).encode("utf-8", "replace").decode()
        packed["settings"] = archives.array(text, text=True)
    elif kind == 5:
        name = draw.choice(("epochs", "W", "H"))
        number = draw.choice((float("nan"), float("inf"), -1, 0, 1e300, 10**6))
        with np.errstate(all="ignore"):
            fits = arrays[name].dtype.kind == "f" or abs(number) < 1e18
            arrays[name].flat[draw.randrange(arrays[name].size)] = number if fits else -5
        packed[name] = archives.array(arrays[name], text=True)
    elif kind == 6:
        name = draw.choice(("epochs", "W", "H"))
        shapes = [arrays[name][:0], arrays[name][:1], arrays[name].ravel(), arrays[name][None],
                  arrays[name].T,
                  arrays[name].astype(draw.choice(("f4", "i2", "U4", "c16", "?", ">f8")))]
        packed[name] = archives.array(draw.choice(shapes), text=True)
    members_of = [(f"{name}.npy", x) for name, x in packed.items()]
    return archives.spoiled(draw, members_of, ("W.npy", "x.npy")) if kind > 6 else archives.packed(draw,
                                                                                                   members_of)


def case(draw: random.Random, folder: Path) -> str:
    """Going on from it: the whole run, the same as without it, or a refusal."""
    chosen, _ = start()
    file = folder / "checkpoint.npz"
    file.write_bytes(content(draw))
    try:
        found = runs.run(EXPERIMENTS[0], chosen, file)
    except InputError as error:
        return networks.refusal(error, str(file))
    except Undecided as error:
        return f"undecided: {error.reason[:30]}"
    if len(found.epochs) == 0 or found.epochs[-1] != EPOCHS:
        raise networks.Wrong(f"a run of the epochs {found.epochs}")
    return "accepted"
