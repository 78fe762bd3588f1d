"""`experiment`: the trainings of paper B run again, and the exact points that they come near."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .statuses import OK
from .terminal import emit, emit_found, working

if TYPE_CHECKING:
    from ..relu.experiments import Experiment
    from ..relu.runs import Settings

ALL = "all"


@click.command(short_help="Run the trainings of paper B again.")
@click.argument("name", default=ALL, metavar="[NAME]")
@click.option("-o", "--output", default="experiments", show_default=True, metavar="DIR",
              help="The folder for pictures, reports and checkpoints.")
@click.option("--epochs", type=int, metavar="N", help="Fewer or more than printed.")
@click.option("--seed", type=int, metavar="N", help="Of the initial weights.  [default: 7]")
@click.option("--flow", is_flag=True, help="Follow the gradient flow instead; an epoch lasts one step.")
@click.option("--mean-loss", is_flag=True,
              help="Let the step be one of the mean of all squared residuals: the epochs printed for section"
              " 4.1.1 and appendix J fit that.")
@click.option("--plots/--no-plots", default=True, help="Whether to draw pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def experiment(name: str, output: str, epochs: int | None, seed: int | None, flow: bool, mean_loss: bool,
               plots: bool, as_json: bool) -> int:
    """Train as in section 4.1.1 of paper B (appendices H and P included), appendices I.0.1, I.0.2 and J.

    \b
    NAME: section-4.1.1, appendix-i.1, appendix-i.2, appendix-j or all.
    The same command goes on where an earlier one was interrupted. It then looks for
    the exact stationary point near each plateau, and decides its type.
    """
    from ..relu.experiments import EXPERIMENTS
    from ..relu.experiments import experiment as named
    from ..relu.runs import settings

    chosen = [(found, settings(found, found.seed if seed is None else seed, epochs,
                               "flow" if flow else "descent", mean_loss))
              for found in (EXPERIMENTS if name == ALL else (named(name),))]
    if plots:
        from ..report.trajectories import require_plots

        require_plots()
    folder = _folder(output)
    contents = []
    for found, options in chosen:
        content, files = _one(found, options, folder, plots)
        contents.append(content | {"files": files})
        if not as_json:
            from ..report.trainings import describe_run

            emit(describe_run(content, files))
    if as_json:
        emit_found({"experiments": contents})
    return OK


def _folder(output: str) -> Path:
    try:
        folder = Path(output)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    except (OSError, ValueError) as error:
        got = getattr(error, "strerror", None) or error
        raise InputError(output, None, "a folder to write to", got, status=2) from None


def _stem(found: "Experiment", options: "Settings") -> str:
    """The name of its files: that of the experiment, and what is not as by default."""
    from ..relu.runs import settings

    usual = settings(found, found.seed)
    parts = [found.name, *([options.method] if options.method != usual.method else [])]
    parts += [f"{name}-{getattr(options, name):g}" for name in ("seed", "step")
              if getattr(options, name) != getattr(usual, name)]
    parts += [f"epochs-{options.epochs}"] if options.epochs != usual.epochs else []
    return "-".join(parts)


def _one(found: "Experiment", options: "Settings", folder: Path,
         plots: bool) -> tuple[dict[str, Any], list[str]]:
    """Train, or go on with it; look at what came of it; write report and pictures. What is finished, and
    still as it was written, is not done again."""
    from ..store import kept, read, vouch

    stem = _stem(found, options)
    pictures = (("evolution", found.figure), *found.pictures) if plots else ()
    names = [f"{stem}.npz", f"{stem}.json", *(f"{stem}-figure-{figure}.png" for _, figure in pictures)]
    files, source, record = [str(folder / name) for name in names], _source(options), f"{stem}.made-by"
    finished = kept(folder, source, record)
    if finished is not None and set(names) <= set(finished):
        content: dict[str, Any] = json.loads(finished[names[1]])
        return content, files
    content = _made(found, options, files, [kind for kind, _ in pictures])
    vouch(folder / record, {name: read(folder / name) or b"" for name in names}, source)
    return content, files


def _source(options: "Settings") -> str:
    """The digest of what determines an experiment."""
    from ..claims import proofs_folder
    from ..store import program

    words = json.dumps([program(proofs_folder()), asdict(options)])
    return hashlib.sha256(words.encode()).hexdigest()


def _made(found: "Experiment", options: "Settings", files: list[str], kinds: list[str]) -> dict[str, Any]:
    """The report, written with the pictures of these kinds. files: checkpoint, report, pictures."""
    from ..relu.reports import report
    from ..relu.runs import run
    from ..writing import write_text

    with _bar(found.name, options.epochs) as progress:
        trajectory = run(found, options, files[0], progress)
    with working(found.name) as say:
        content, plateaus, noise = report(found, options, trajectory, say)
    write_text(files[1], json.dumps(content, indent=2) + "\n")
    for kind, file in zip(kinds, files[2:], strict=True):
        from ..report.trajectories import draw

        figure = file.removesuffix(".png").rpartition("-")[2]
        draw(kind, file, trajectory, plateaus, noise, f"{found.name}: {kind}, as in figure {figure}")
    return content


@contextmanager
def _bar(name: str, epochs: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, if that is a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield lambda epoch: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=epochs)
        yield lambda epoch: progress.update(task, completed=epoch)
