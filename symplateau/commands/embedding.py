"""`embed`: a network is made wider with the same outputs, and what becomes of its stationary point."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from .points import (
    JSON,
    NETWORK,
    OUTPUT,
    SECONDS,
    WITHIN,
    print_report,
    read_within,
    status_of,
    write_certificate,
)
from .terminal import open_network, read_option, require_writable, working

if TYPE_CHECKING:
    from ..relu.embeddings import Embedding
    from ..relu.network import ReluNetwork

Make = Callable[["ReluNetwork"], "Embedding"]
Rows = list[list[Fraction]]
UNITS = ("orthogonal", "negative", "positive", "inactive")


def _units(kind: str, text: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    return click.option(f"--{kind}", multiple=True, metavar="W0,W1,...", help=text)


@click.command(short_help="What embedding a ReLU-like network in a wider one makes of its point.")
@NETWORK
@click.option("--replicate", type=int, metavar="I", help="Replicate this neuron, counted from 0.")
@click.option("--beta", metavar="B0,B1,...", help="Factors > 0 of the daughters' input weights (default 1).")
@click.option("--gamma", metavar="G0,G1,...",
              help="Factors of their output weights: the sum of B*G must be 1.")
@_units("orthogonal",
        "Add a neuron with these input weights (the hidden bias last), orthogonal to all samples.")
@_units("negative", "Add a neuron with negative pre-activations, where the slope there is 0.")
@_units("positive", "Add a neuron with positive pre-activations, where the slope there is 0.")
@_units("inactive", "Add a neuron with these input weights and output weights 0.")
@click.option("--weights", multiple=True, metavar="H0,...",
              help="The output weights of an added neuron, one per output; once per neuron, in their order.")
@WITHIN
@SECONDS
@OUTPUT
@JSON
def embed(network: str, replicate: int | None, beta: str | None, gamma: str | None, weights: tuple[str, ...],
          within: str | None, seconds: float, output: str | None, as_json: bool,
          **units: tuple[str, ...]) -> int:
    """What unit replication, inactive units or inactive propagation (paper B, section 4.3) make of the
    stationary point of NETWORK, a ReLU-like network: what the theorems say, and the type of the wide point.

    The options that add a neuron may be given several times, one kind at a time.
    """
    radius = read_within(within)
    make = _replication(replicate, beta, gamma, units, weights) or _added(units, weights)
    if output is not None:
        require_writable(output, network)
    source = _relu_like(network)
    from ..relu.embedded_points import embed
    from ..report.points import describe_embedding

    with working("deciding the original point and the wide one"):
        report = embed(source, make, radius, seconds)
    write_certificate(report, output)
    print_report(report, as_json, lambda: describe_embedding(network, report, output))
    return status_of(report)


def _replication(replicate: int | None, beta: str | None, gamma: str | None,
                 units: dict[str, tuple[str, ...]], weights: tuple[str, ...]) -> Make | None:
    """The replication that the options describe; None where they describe something else."""
    from ..relu.embeddings import unit_replication

    chosen = [f"--{kind}" for kind in UNITS if units[kind]] + ["--replicate"] * (replicate is not None)
    if len(chosen) != 1:
        known = ", ".join(["--replicate", *(f"--{kind}" for kind in UNITS)])
        found = " and ".join(chosen) or "none"
        raise click.UsageError(f"expected one of {known}, found {found}", click.get_current_context())
    if replicate is None:
        if beta is not None or gamma is not None:
            refused = f"--beta and --gamma belong to --replicate, not to {chosen[0]}"
            raise click.UsageError(refused, click.get_current_context())
        return None
    if weights:
        raise InputError(None, "--weights", "none: daughters have those of their parent", "some", status=2)
    if gamma is None:
        raise InputError(None, "--gamma", "a factor per daughter", "none", status=2)
    shares = _numbers(gamma, "--gamma")
    scales = [Fraction(1)] * len(shares) if beta is None else _numbers(beta, "--beta")
    return _usage(lambda network: unit_replication(network, replicate, scales, shares))


def _added(units: dict[str, tuple[str, ...]], weights: tuple[str, ...]) -> Make:
    """New neurons, of the one kind that was chosen."""
    from ..relu import embeddings

    kind = next(kind for kind in UNITS if units[kind])
    rows = [_numbers(text, f"--{kind}") for text in units[kind]]
    if kind == "inactive":
        if weights:
            raise InputError(None, "--weights", "none: inactive propagation has 0", "some", status=2)
        return _usage(lambda network: embeddings.inactive_propagation(network, rows))
    if len(weights) != len(rows):
        raise InputError(None, "--weights", f"{len(rows)}, one per --{kind}", len(weights), status=2)
    columns = [_numbers(text, "--weights") for text in weights]
    if len({len(column) for column in columns}) > 1:
        raise InputError(None, "--weights", "equally many numbers per neuron", "different ones", status=2)
    H = [list(row) for row in zip(*columns, strict=True)]
    make = {"orthogonal": embeddings.orthogonal_units, "negative": embeddings.negative_units,
            "positive": embeddings.positive_units}[kind]
    return _usage(lambda network: make(network, rows, H))


def _numbers(text: str, option: str) -> list[Fraction]:
    return [read_option(part, option) for part in text.split(",")]


def _usage(make: Make) -> Make:
    """The same, where what is refused was asked for on the command line."""
    def made(network: "ReluNetwork") -> "Embedding":
        try:
            return make(network)
        except InputError as error:
            raise InputError(error.file, error.field, error.expected, error.got, status=2) from None
    return made


def _relu_like(name: str) -> "ReluNetwork":
    """The network in a file. Raises InputError where its activation is smooth."""
    from ..relu.network import ReluNetwork

    network = open_network(name)
    if isinstance(network, ReluNetwork):
        return network
    expected = "a ReLU-like one (symplateau plateau splits neurons of a smooth network)"
    raise InputError(name, "activation", expected, network.activation)
