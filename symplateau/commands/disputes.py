"""`dispute`: what is needed to look into an answer that may be wrong, in one file."""

import click

from ..errors import InputError
from .certificates import checkers
from .statuses import OK
from .terminal import emit, require_writable


@click.command(short_help="Pack what a report about a wrong answer needs.")
@click.argument("files", metavar="FILE|CLAIM...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to write the archive (zip).")
@click.option("--note", default="", metavar="TEXT", help="What you expected, and why.")
def dispute(files: tuple[str, ...], output: str, note: str) -> int:
    """Pack networks, certificates and claims into one file, for a report that an answer is wrong.

    With them go what both checkers say of each certificate now, and the versions of what they say it with.
    Nothing is sent. The files go in unchanged: data that must not be shown does not belong here.
    """
    from .. import data
    from ..dispute import MAX_NOTE, collect, contents, pack
    from ..writing import write_bytes

    if len(note) > MAX_NOTE:
        raise InputError(None, "--note", f"at most {MAX_NOTE} characters", len(note), status=2)
    require_writable(output, *files)
    found = collect(list(files), {name: data.path(name) for name in data.NAMES})
    with checkers(both=True) as ask:
        described = contents(found, note, ask)
    write_bytes(output, pack(found, described))
    verdicts = [x["checkers"]["verdict"] for x in described["files"] if "checkers" in x]
    counts = ", ".join(f"{verdicts.count(x)} {x}" for x in sorted(set(verdicts))) or "none"
    emit(f"{output}: {len(found)} file(s); certificates: {counts}")
    return OK
