"""`classify` and `plateau`: a network that was trained, and a certified answer about it."""

from typing import TYPE_CHECKING, Any

import click

from ..errors import InputError
from .statuses import OK, UNDECIDED
from .terminal import complain, emit, emit_found, open_network, read_option, require_writable, working

if TYPE_CHECKING:
    from ..network import Network
    from ..relu.network import ReluNetwork
    from ..verdicts import Report

NETWORK = click.argument("network", metavar="NETWORK")
WITHIN = click.option(
    "--within",
    metavar="R",
    help="How far from the given point the exact one may be, in the largest entry of the difference (a number"
    " such as 1/1000 or 1e-3).  [default: 1e-6 of the parameters' norm]",
)
SECONDS = click.option(
    "--seconds", type=float, default=60.0, show_default=True, metavar="S", help="Time for the search."
)
OUTPUT = click.option(
    "-o", "--output", metavar="CERT", help="Write the certificate of the verdict to this file."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command(short_help="The type of the stationary point of a network.")
@NETWORK
@WITHIN
@SECONDS
@OUTPUT
@JSON
def classify(network: str, within: str | None, seconds: float, output: str | None, as_json: bool) -> int:
    """The type of the stationary point at, or near, the parameters of NETWORK (a file, or the name of a
    shipped network)."""
    radius = read_within(within)
    if output is not None:
        require_writable(output, network)
    source = open_network(network)
    from ..classification import classify
    from ..report.points import describe_point

    with working("looking for a stationary point, and proving its type"):
        report = classify(source, radius, seconds)
    write_certificate(report, output)
    print_report(report, as_json, lambda: describe_point(network, report, output))
    return status_of(report)


@click.command(short_help="What splitting a neuron makes of it.")
@NETWORK
@click.option(
    "--neuron", type=int, required=True, metavar="I", help="The neuron that is split, counted from 0."
)
@click.option(
    "--coefficients", metavar="L0,L1,...", help="The splitting coefficients, with sum 1: 1/2,1/2 or 3,-2."
)
@click.option(
    "--daughters",
    type=int,
    metavar="N",
    help="Into how many the neuron is split.  [default: 2, or as coefficients]",
)
@WITHIN
@SECONDS
@click.option("--plot", metavar="FILE", help="Draw the plateau of 2 or 3 daughters: png, svg or pdf.")
@OUTPUT
@JSON
def plateau(
    network: str,
    neuron: int,
    coefficients: str | None,
    daughters: int | None,
    within: str | None,
    seconds: float,
    plot: str | None,
    output: str | None,
    as_json: bool,
) -> int:
    """What splitting a neuron makes of the stationary point of NETWORK: the inner Hessian, the type on every
    sign pattern of the coefficients, and the verdict at given ones."""
    from ..plateaus import plateau
    from ..report.picture import draw, require_drawable
    from ..report.points import describe_plateau

    radius, shares = read_within(within), _coefficients(coefficients)
    if output is not None:
        require_writable(output, network)
    if plot is not None:
        require_writable(plot, network, output)
        require_drawable(plot, daughters or len(shares or (0, 0)))
    source = _smooth(open_network(network), network)
    with working("proving the stationary point and its inner Hessian"):
        report = plateau(source, neuron, shares, daughters, radius, seconds)
    write_certificate(report, output)
    if plot is not None and report.content["regions"]:
        draw(plot, report.content, network)
    elif plot is not None:
        complain(f"{plot}: not drawn, as no stationary point was proved")
        plot = None
    print_report(report, as_json, lambda: describe_plateau(network, report, output, plot))
    return status_of(report)


def _smooth(network: "Network | ReluNetwork", name: str) -> "Network":
    """Refuse a ReLU-like network, whose neurons paper B embeds in other ways."""
    from ..network import Network

    if isinstance(network, Network):
        return network
    expected = "a twice differentiable activation (symplateau embed splits neurons of a ReLU-like network)"
    raise InputError(name, "activation", expected, "one that is ReLU-like")


def read_within(text: str | None) -> Any:
    if text is None:
        return None
    radius = read_option(text, "--within")
    if radius <= 0:
        raise InputError(None, "--within", "a number > 0", text, status=2)
    return radius


def _coefficients(text: str | None) -> Any:
    return None if text is None else [read_option(part, "--coefficients") for part in text.split(",")]


def write_certificate(report: "Report", output: str | None) -> None:
    """Write the certificate where one exists; say so where none does."""
    from ..kernel.format import encode
    from ..writing import write_bytes

    if output is not None and report.certificate is not None:
        write_bytes(output, encode(report.certificate))
    elif output is not None:
        complain(f"{output}: not written, as the verdict 'undecided' has no certificate")


def print_report(report: "Report", as_json: bool, text: Any) -> None:
    if as_json:
        emit_found(report.content)
    else:
        emit(text())


def status_of(report: "Report") -> int:
    return UNDECIDED if report.certificate is None else OK
