"""Instances of the claims of paper B: exact networks, each with the kernel's certificate of its type."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from ..argument import checked
from ..arrays import Matrix
from ..errors import ProofError
from .argument import certify_type, find_maximum_ratio, maximum_step, sealed
from .network import ReluNetwork
from .points import decide_type

Named = tuple[str, dict[str, Any]]


def rows(text: str) -> Matrix:
    """A matrix of rationals: its rows are parted by semicolons, their entries by blanks."""
    return tuple(tuple(map(Fraction, row.split())) for row in text.split(";"))


# Inputs and labels of sections 4.1.1 and I.0.2, and of the type-2 minimum of B/section-4.3/local-minimality.
LINE = rows("-1 1; -0.6 1; -0.1 1; 0.3 1; 0.7 1"), rows("0.28; -0.1; 0.03; 0.23; -0.22")
PLANE = rows("-0.3 0.5; 1 1; -0.6 -1; 0.4 -0.4"), rows("0.6 -0.5; 0.5 -1; -0.4 0.6; 0.8 0.2")
TWICE = rows("1 1; 1 -1"), rows("2 1; 2 -1")
FITTED = rows("-3 2; 1 2; -3 -2"), rows("29/114 1/6 -2/19; -8/57 -1/3 3/19")  # W, H
LAST = rows("-10 7; -233/4630 1083/9260"), rows("1/50 -1")


def network(
    data: tuple[Matrix, Matrix], W: str | Matrix, H: str | Matrix, slopes: str = "1 0"
) -> ReluNetwork:
    """data: inputs and labels. W, H: as texts, or as they are."""
    W, H = (rows(x) if isinstance(x, str) else x for x in (W, H))
    high, low = rows(slopes)[0]
    return ReluNetwork(*data, W, H, (high, low))


def instance(name: str, point: ReluNetwork, verdict: str) -> Named:
    """The point and its certificate. Raises ProofError unless it is of this type."""
    found = decide_type(point)
    if found.verdict != verdict:
        raise ProofError(f"{name}: expected {verdict}, found {found.verdict}")
    certificate = certify_type(point, found)
    checked(certificate)
    return name, certificate


def maximum(name: str, point: ReluNetwork) -> Named:
    """A local maximum, stationary or not. Raises ProofError."""
    ratio = find_maximum_ratio(point)
    if ratio is None:
        raise ProofError(f"{name}: no local maximum")
    certificate = sealed(point, [maximum_step(point, ratio)])
    checked(certificate)
    return name, certificate


def replicated(W: str, H: str, gamma: str, data: tuple[Matrix, Matrix]) -> ReluNetwork:
    """A network of one neuron, replicated with beta = 1 and these gamma."""
    (w,), h = rows(W), rows(H)
    factors = rows(gamma)[0]
    return network(data, tuple(w for _ in factors), tuple(tuple(c * x for c in factors) for (x,) in h))


KINKED = rows("1 0"), rows("-1")  # with h = 1, w = (0, 1): a minimum at a kink, not tangentially flat


def theorem_4_2() -> Iterator[Named]:
    yield instance("kink", network(KINKED, "0 1", "1"), "local minimum")
    yield instance("line-last", network(LINE, *LAST), "local minimum")
    yield instance("plane-fitted", network(PLANE, *FITTED), "local minimum")
    yield instance("idle-escape", network((rows("1 0"), rows("1")), "0 1", "0"), "saddle")
    yield instance("leaky-origin", network(LINE, "0 0", "0", "1 1/10"), "saddle")


def section_4_1_1() -> Iterator[Named]:
    yield instance("origin", network(LINE, "0 0; 0 0", "0 0"), "saddle")
    yield instance("second", network(LINE, "-10 7; 0 0", "231/26900 0"), "saddle")
    yield instance("last", network(LINE, *LAST), "local minimum")


def appendix_i_2() -> Iterator[Named]:
    yield instance("origin", network(PLANE, "0 0", "0; 0"), "saddle")
    yield instance("end", network(PLANE, *FITTED), "local minimum")


def proposition_4_9() -> Iterator[Named]:
    for gamma, verdict in (("1/2 1/2", "local minimum"), ("1 0", "saddle"), ("2 -1", "not stationary"),
                           ("1/3 1/3 1/3", "local minimum"), ("3/2 -1/2 0", "not stationary")):
        yield instance(verdict.replace(" ", "-"), replicated("0 1", "1", gamma, KINKED), verdict)


def replicated_saddle() -> Iterator[Named]:
    for gamma in ("1/2 1/2", "2 -1", "1 0", "1/3 1/3 1/3"):
        yield instance("saddle", replicated("1 0", "2; 0", gamma, TWICE), "saddle")


def local_maxima() -> Iterator[Named]:
    yield maximum("relu", network((rows("0 1"), rows("1")), "1 0", "1"))
    yield maximum("absolute-value", network((rows("1 0; 0 1"), rows("1; 1")), "0 0", "1", "1 -1"))
    yield instance("constant", network((rows("0 1"), rows("1")), "0 -1", "1"), "locally constant")


INSTANCES: dict[str, Callable[[], Iterator[Named]]] = {
    "B/theorem-4.2": theorem_4_2,
    "B/section-4.1.1": section_4_1_1,
    "B/appendix-i.2": appendix_i_2,
    "B/proposition-4.9": proposition_4_9,
    "B/appendix-o/replicated-saddle": replicated_saddle,
    "B/appendix-d/local-maxima": local_maxima,
}
