"""The command line: its commands, and the exit status of whatever happens."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from . import __version__
from .commands import certificates, claims, disputes, embedding, experiments, points, refutation
from .commands.statuses import INTERNAL, INTERRUPTED, OK, WRONG_USAGE
from .commands.terminal import complain
from .errors import InputError, ProofError, Undecided
from .workers import terminate_as_interrupt


class Program(click.Group):
    """The group of commands. A command returns its exit status, or raises: here that becomes a line and a
    status."""

    def main(self, args: Sequence[str] | None = None, *ignored: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a letter that the terminal lacks must not end the program
                stream.reconfigure(errors="replace")
        terminate_as_interrupt()
        sys.exit(self.status(args, **extra))

    def status(self, args: Sequence[str] | None, **extra: Any) -> int:
        """Run a command line; the exit status."""
        try:
            known = {"prog_name": "symplateau", "standalone_mode": False}
            status = super().main(args, **extra | known)
            sys.stdout.flush()
            return int(status or OK)
        except (KeyboardInterrupt, click.Abort):
            complain("interrupted")
            return INTERRUPTED
        except click.ClickException as error:
            return _wrong_usage(error)
        except (InputError, ProofError, Undecided) as error:
            complain(error)
            return error.status
        except MemoryError:
            complain("internal error: out of memory")
            return INTERNAL
        except Exception as error:
            return _internal(error)


def _wrong_usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "symplateau"
    complain(f"{error.format_message()} (see {path} --help)")
    return WRONG_USAGE


def _internal(error: Exception) -> int:
    if os.environ.get("SYMPLATEAU_DEBUG") == "1":
        traceback.print_exc()
    complain(f"internal error: {type(error).__name__}: {error} (SYMPLATEAU_DEBUG=1 shows where)")
    return INTERNAL


@click.group(
    cls=Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="symplateau", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> int:
    """Decides, with proof, what the stationary points of small neural networks are.

    \b
    Exit status: 0 verdicts reached (saddle, not stationary included);
    1 a certificate rejected, or a claim not as recorded; 2 wrong command line;
    3 undecided, or a claim asked for that is open; 4 an input file refused;
    5 nothing was checked; 70 internal error; 130 interrupted.
    Of several, the first of 130, 70, 4, 2, 1, 3, 5, 0.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        return WRONG_USAGE
    return OK


for command in (claims.check, claims.ledger, points.classify, points.plateau, embedding.embed,
                certificates.verify, refutation.refute, experiments.experiment, disputes.dispute):
    main.add_command(command)
