"""Looking into a point: is it stationary, is an exact stationary point near, of which type is it?

Everything here searches. What has been found is a step that the kernel's rule accepted, or a reason.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import isqrt
from typing import Any

from .argument import Argument, texts
from .curves import find_saddle
from .deadline import read_seconds, require_time, until
from .errors import InputError, Undecided
from .kernel.format import Rejected
from .kernel.network import Fact, Problem
from .network import Network
from .spectrum import diagonalize
from .stationary import PREC, certify_nondegenerate
from .verdicts import CODES, Reason, reason

EXACT_PARAMETERS = 30  # up to this many, the exact inertia of a rational Hessian is computed
MAX_PARAMETERS = 2_000  # more make Hessians that fill the memory
MAX_JACOBIAN = 4_000_000  # samples times parameters, likewise

HINTED = ("U1", "U2", "U3", "U5")
SAME = Fraction(1, 10**6)  # relative; only for a hint


@dataclass
class Investigation:
    """An argument about a network, and what has been found: `point` is the step that says most."""

    argument: Argument
    within: Fraction
    deadline: float
    point: int | None = None
    given: dict[str, Any] = field(default_factory=lambda: {"stationary": "undecided", "gradient": None})
    nearby: dict[str, Any] = field(default_factory=lambda: {"exists": None, "unique": None, "radius": None})
    distance: Fraction = Fraction(
        0
    )  # how far the exact point is at most from the given one, in the maximum norm
    reasons: list[Reason] = field(default_factory=list)
    exact: bool = False
    refuted: int | None = None  # the step that says that the given point is not stationary

    def attempt(self, rule: str, source: int | None = None, **given: Any) -> int | None:
        """A step, or None when the kernel rejects it. Raises Undecided when the time is over."""
        require_time(self.deadline)
        try:
            return self.argument.step(rule, source, **given)
        except Rejected:
            return None

    def undecided(self, error: Undecided) -> None:
        """Note a reason."""
        self.reasons.append(reason(error))

    @property
    def fact(self) -> Fact:
        """What is known of the point, or of the network's own parameters."""
        return Fact(self.argument.problem) if self.point is None else self.argument.facts[self.point]

    @property
    def far(self) -> bool:
        """Whether the point that was proved is farther away than was asked for."""
        return any(found["code"] == CODES["far"] for found in self.reasons)


def default_within(problem: Problem) -> Fraction:
    """10^-6 of the Euclidean norm of the parameters; 10^-6 for a norm below 2^-20."""
    square = sum((abs(x) ** 2 for x in problem.own(64)), Fraction(0))
    root = Fraction(isqrt(int(square * 4**20)), 2**20)
    return (root or Fraction(1)) / 10**6


def investigate(network: Network, within: Fraction | None = None, seconds: float = 60.0) -> Investigation:
    """Is the given point stationary; is there an exact stationary point near; of which type is it?

    within: how far the exact point may be (maximum norm). seconds: for the search; the kernel's re-check of
    what was found comes on top. Raises InputError, and Undecided for a network too large for the kernel.
    """
    if within is not None and within <= 0:
        raise InputError(None, "within", "a number > 0", within, status=2)
    deadline = read_seconds(seconds)
    require_size(network)
    argument = Argument(network)
    found = Investigation(argument, default_within(argument.problem) if within is None else within, deadline)
    try:
        with until(deadline):
            _look(found)
    except Undecided as error:
        found.undecided(error)
        _hint(found)
        _doubt_given(found)
    except Rejected as error:
        found.undecided(_undefined("loss", error))
    return found


def require_size(network: Network) -> None:
    """Raise Undecided for a network whose Hessian would not fit into the memory."""
    size = network.n_parameters
    if size > MAX_PARAMETERS or size * network.n_samples > MAX_JACOBIAN:
        raise Undecided(
            f"size: {size} parameters and {network.n_samples} samples; at most {MAX_PARAMETERS} parameters,"
            f" and {MAX_JACOBIAN} for samples times parameters, fit",
            "ask about a narrower network",
        )


def _look(found: Investigation) -> None:
    _given(found)
    if found.exact:
        _exact_type(found)
        return
    found.point = certify_nondegenerate(found.argument, found.within, deadline=found.deadline)
    fact = found.fact
    found.nearby = {"exists": True, "unique": True, "radius": fact.within}
    found.distance = max(map(abs, fact.center)) + fact.reach
    if found.distance > found.within:
        ask = f"{float(found.distance * 2):.0e}"
        raise Undecided(
            "far: an exact stationary point is proved, but farther away than --within",
            f"ask with --within {ask}, or train on",
        )


def _given(found: Investigation) -> None:
    """The first of the three answers: whether the parameters as given are stationary."""
    argument = found.argument
    step = found.attempt("stationary point")
    if step is not None:
        found.exact, found.point = True, step
        found.given = {"stationary": "yes", "gradient": (Fraction(0), Fraction(0))}
        found.nearby = {"exists": True, "unique": None, "radius": Fraction(0)}
        return
    for prec in (64, PREC, 4 * PREC, 16 * PREC):
        found.refuted = found.attempt("nonzero gradient", prec=prec)
        if found.refuted is not None:
            found.given = {"stationary": "no", "gradient": argument.facts[found.refuted].gradient}
            return


def _exact_type(found: Investigation) -> None:
    """The type of an exact stationary point, by the first rule that decides. Raises Undecided."""
    start, doubt = found.point, None
    try:
        found.point = certify_nondegenerate(found.argument, stationary=start, deadline=found.deadline)
        found.nearby["unique"] = True
    except Undecided as error:
        require_time(found.deadline)
        doubt = error
        step = exact_inertia(found, start)
        found.point = start if step is None else step
    except Rejected as error:
        doubt = _undefined("Hessian", error)
    step = found.attempt("zero residual", found.point)
    if step is None and found.fact.type is None:
        step = higher_order(found, found.point)
    if step is not None:
        found.point = step
    if found.fact.type is None and found.fact.inertia is not None:
        positive, zero, negative = found.fact.inertia
        counts = f"{positive} positive, {zero} zero and {negative} negative"
        doubt = Undecided(
            f"semidefinite: the Hessian has {counts} eigenvalues, which does not decide",
            "remove what the outputs do not depend on",
        )
    if found.fact.type is None and doubt is not None:
        raise doubt


def higher_order(found: Investigation, source: int | None) -> int | None:
    """The type of an exact stationary point, or split of one, that the Hessian does not decide: a step."""
    for rule in ("local minimum", "local maximum"):
        step = found.attempt(rule, source, prec=PREC, around="1/1024")
        if step is not None:
            return step
    return find_saddle(found.argument, source) if source is not None and found.exact else None


def _undefined(what: str, error: Rejected) -> Undecided:
    return Undecided(
        f"undefined: the {what} cannot be evaluated at the given parameters: "
        "expected {}; found {}".format(*error.args),
        "move the parameters into the activation's domain",
    )


def exact_inertia(found: Investigation, source: int | None, neuron: int | None = None) -> int | None:
    """The exact inertia of the Hessian, or of the inner Hessian of a neuron: a step.

    None where the entries are not rational, or too many.
    """
    fact = found.argument.facts[source or 0]
    if (fact.size() if neuron is None else len(fact.problem.X[0])) > EXACT_PARAMETERS:
        return None
    try:
        state = fact.state(None, 2)
        matrix = state.hessian() if neuron is None else state.inner_hessian(neuron)
    except Rejected:
        return None
    basis, sign, null = diagonalize(matrix)
    given = {} if neuron is None else {"neuron": neuron}
    return found.attempt(
        "inertia",
        source,
        basis=[texts(row) for row in basis],
        signs=sign,
        null=[texts(column) for column in null],
        **given,
    )


def _doubt_given(found: Investigation) -> None:
    if not found.exact and found.refuted is None and found.point is None:
        found.undecided(
            Undecided(
                "given: whether the gradient vanishes at the given parameters could not be told",
                "give weights that are exact, or rescale them",
            )
        )


def _hint(found: Investigation) -> None:
    """What is often behind a degenerate point: a plateau, seen by two neurons with the same input weights."""
    network = found.argument.network
    weights = [(*row, *(network.b or ())[i : i + 1]) for i, row in enumerate(network.W)]
    for i, k in combinations(range(len(weights)), 2):
        apart = max(abs(x - y) for x, y in zip(weights[i], weights[k], strict=True))
        if apart <= SAME * max(map(abs, weights[i])) and found.reasons[-1]["code"] in HINTED:
            found.reasons[-1]["next"] = (
                f"neurons {i} and {k} have about the same input weights, as after a split: "
                "replace them by one (adding their v), and ask for its plateau"
            )
            return
