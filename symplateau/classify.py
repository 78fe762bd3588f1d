"""From a network to a verdict with its certificate: the type of a point, and of the plateau that a split makes.

Everything here searches and reports; each verdict is read off a statement that the kernel returned.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from time import monotonic
from typing import Any

from .argument import Argument, checked, texts
from .errors import InputError, Undecided
from .kernel.format import Rejected
from .kernel.fact import Fact
from .kernel.plateau import MAX_DAUGHTERS
from .network import Network
from .splitting import read_coefficients, require_neuron, signs
from .stationary import PREC, certify_nondegenerate, diagonalize, find_basis, floats, middle, power_of_two_below

EXACT_PARAMETERS = 30  # up to this many, the exact inertia of a rational Hessian is computed
WITHIN = 1e-6
CODES = {"newton": "U1", "singular": "U2", "degenerate": "U3", "far": "U4", "semidefinite": "U5", "zero": "U6",
         "radius": "U7", "time": "U8", "stationary": "U9"}
Reason = dict[str, str]


@dataclass
class Report:
    """What `classify` and `plateau` answer: `content` as JSON (DESIGN 5), and the certificate behind it, if any."""

    content: dict[str, Any]
    certificate: dict[str, Any] | None = None
    statement: dict[str, Any] | None = None

    @property
    def verdict(self) -> str:
        return str(self.content["verdict"])


@dataclass
class Investigation:
    """An argument about a network, and what has been found: `point` is the step that says most."""

    argument: Argument
    within: Fraction
    deadline: float
    point: int | None = None
    given: dict[str, Any] = field(default_factory=lambda: {"stationary": "undecided", "gradient": None})
    nearby: dict[str, Any] = field(default_factory=lambda: {"exists": None, "unique": None, "radius": None})
    reasons: list[Reason] = field(default_factory=list)
    exact: bool = False
    refuted: int | None = None  # the step that says that the given point is not stationary

    def attempt(self, rule: str, source: int | None = None, **given: Any) -> int | None:
        """A step, or None when the kernel rejects it."""
        if monotonic() > self.deadline:
            raise Undecided("time: the time allowed is used up", "allow more with --seconds")
        try:
            return self.argument.step(rule, source, **given)
        except Rejected:
            return None

    def undecided(self, error: Undecided) -> None:
        name, _, text = error.reason.partition(": ")
        self.reasons.append({"code": CODES.get(name, "U0"), "text": text or name, "next": error.next})

    @property
    def fact(self) -> Fact:
        """What is known of the point."""
        assert self.point is not None  # noqa: S101 -- callers have looked
        return self.argument.facts[self.point]


def default_within(network: Network) -> Fraction:
    """10^-6 of the Euclidean norm of the parameters."""
    return Fraction(WITHIN * math.sqrt(sum(float(x) ** 2 for x in network.theta())) or WITHIN)


def investigate(network: Network, within: Fraction | None = None, seconds: float = 60.0) -> Investigation:
    """Is the given point stationary; is there an exact stationary point near; of which type is it?"""
    found = Investigation(Argument(network), within or default_within(network), monotonic() + seconds)
    try:
        _given(found)
        if found.exact:
            _exact_type(found)
        else:
            found.point = certify_nondegenerate(found.argument)
            fact = found.fact
            found.nearby = {"exists": True, "unique": True, "radius": str(fact.within)}
            distance = max(map(abs, fact.center)) + fact.reach
            found.nearby["distance"] = decimal(distance, up=True)
            if distance > found.within:
                raise Undecided("far: an exact stationary point is proved, but farther away than --within",
                                f"ask with --within {decimal(distance, up=True)}, or train on")
    except Undecided as error:
        found.undecided(error)
    return found


def _given(found: Investigation) -> None:
    """The first of the three answers: whether the parameters as given are stationary."""
    argument = found.argument
    step = found.attempt("stationary point")
    if step is not None:
        found.exact, found.point = True, step
        found.given = {"stationary": "yes", "gradient": ["0", "0"]}
        found.nearby = {"exists": True, "unique": None, "radius": "0"}
        return
    for prec in (64, PREC, 4 * PREC):
        found.refuted = found.attempt("nonzero gradient", prec=prec)
        if found.refuted is not None:
            low, high = argument.facts[found.refuted].gradient
            found.given = {"stationary": "no", "gradient": [decimal(low), decimal(high, up=True)]}
            return


def _exact_type(found: Investigation) -> None:
    """The type of an exact stationary point, by the first rule that decides."""
    start = found.point
    try:
        found.point = certify_nondegenerate(found.argument, stationary=start)
        found.nearby["unique"] = True
    except Undecided as error:
        found.undecided(error)
        found.point = _exact_inertia(found, start) or start
    step = found.attempt("zero residual", found.point)
    if step is None and found.fact.type is None:
        step = found.attempt("local maximum", found.point, prec=PREC, around="1/1024")
    if step is not None:
        found.point = step
    if found.fact.type is not None:
        found.reasons.clear()


def _exact_inertia(found: Investigation, source: int | None, neuron: int | None = None) -> int | None:
    """The exact inertia of the Hessian, or of an inner Hessian, with its zero eigenvalues; None where not rational."""
    try:
        state = found.argument.facts[source or 0].state(None, 2)
        matrix = state.hessian() if neuron is None else state.inner_hessian(neuron)
    except Rejected:
        return None
    if len(matrix) > EXACT_PARAMETERS:
        return None
    basis, sign, null = diagonalize(matrix)
    given = {} if neuron is None else {"neuron": neuron}
    return found.attempt("inertia", source, basis=[texts(row) for row in basis], signs=sign,
                         null=[texts(column) for column in null], **given)


def classify(network: Network, within: Fraction | None = None, seconds: float = 60.0) -> Report:
    """The type of the stationary point at, or near, the parameters of a network.

    within: how far the exact point may be (maximum norm; default 10^-6 of the parameters' norm).
    """
    found = investigate(network, within, seconds)
    return _report(found, *_conclusion(found))


def _conclusion(found: Investigation) -> tuple[str, int | None]:
    """The verdict, and the step that says it. `verdict` is about the exact point only when that is near enough."""
    if found.point is not None and not any(reason["code"] == CODES["far"] for reason in found.reasons):
        return found.fact.type or "undecided", found.point
    return ("undecided" if found.refuted is None else "not stationary"), found.refuted


def _report(found: Investigation, verdict: str, step: int | None) -> Report:
    certificate = None if step is None else found.argument.certificate(step)
    statement = None if certificate is None else checked(certificate)
    return Report(_content(found, verdict, certificate), certificate, statement)


def _content(found: Investigation, verdict: str, certificate: dict[str, Any] | None) -> dict[str, Any]:
    fact = found.fact if found.point is not None else None
    about_exact = fact is not None and verdict != "not stationary"
    inertia = list(fact.inertia) if fact is not None and fact.inertia and about_exact else None
    return {
        "verdict": verdict,
        "about": "given point" if found.exact or not about_exact else "exact point within radius",
        "given": found.given,
        "nearby": found.nearby,
        "index": inertia,
        "strict_saddle": inertia[2] > 0 if inertia and verdict == "saddle" else None,
        "global": "global minimum" if fact is not None and fact.lowest else "unknown",
        "margin": None if fact is None or fact.margin is None or not about_exact else decimal(fact.margin),
        "trust": "exact" if found.exact and (fact is None or fact.margin is None) else "enclosed",
        "loss": enclose_loss(found),
        "reasons": found.reasons,
        "certificate": None if certificate is None else certificate["sha256"],
    }


def enclose_loss(found: Investigation) -> list[str]:
    """Decimal bounds of the loss at the point that the verdict is about (the given one when none is proved)."""
    point = found.fact if found.point is not None else Fact(found.argument.problem)
    total = sum((e * e for e in point.state(PREC, 0).e), 0) * (point.problem.factor / 2)
    return [decimal(Fraction(total.lo, 1 << PREC)), decimal(Fraction(total.hi, 1 << PREC), up=True)]


def decimal(value: Fraction, up: bool = False, digits: int = 12) -> str:
    """A rational in scientific notation with so many digits, rounded outward (down, or up)."""
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
    scaled = value / Fraction(10) ** (exponent - digits + 1)
    number = math.ceil(scaled) if up else math.floor(scaled)
    text = str(abs(number))
    exponent += len(text) - digits
    mantissa = f"{text[0]}.{text[1:].rstrip('0') or '0'}"
    return ("-" if number < 0 else "") + (mantissa if exponent == 0 else f"{mantissa}e{exponent}")


DEFINITENESS = {
    (True, False, False): "positive definite", (False, False, True): "negative definite",
    (True, True, False): "positive semidefinite", (False, True, True): "negative semidefinite",
    (False, True, False): "zero", (True, False, True): "indefinite", (True, True, True): "indefinite"}


def plateau(
    network: Network, neuron: int, coefficients: Any = None, daughters: int | None = None,
    within: Fraction | None = None, seconds: float = 60.0,
) -> Report:
    """What becomes of the stationary point when a neuron is split: on every sign pattern, and at given coefficients.

    coefficients: rationals that sum to 1, one for each daughter (their number is `daughters`, by default 2).
    Raises InputError.
    """
    require_neuron(network, neuron)
    shares = None if coefficients is None else read_coefficients(coefficients)
    size = len(shares) if shares is not None else daughters or 2
    if not 2 <= size <= MAX_DAUGHTERS:
        raise InputError(None, "coefficients", f"2 to {MAX_DAUGHTERS} daughters", size, status=2)
    found = investigate(network, within, seconds)
    verdict, step = _conclusion(found)
    original = _report(found, verdict, step)
    content: dict[str, Any] = {
        "original": original.content, "neuron": neuron,
        "inner_hessian": {"definiteness": "undecided", "inertia": None}, "plateau": "undecided", "regions": [],
        "coefficients": None if shares is None else texts(shares), "verdict": "undecided", "index": None,
        "radius": None, "trust": original.content["trust"], "reasons": list(found.reasons), "certificate": None}
    if found.point is None or step != found.point:
        if verdict == "not stationary":
            content |= {"plateau": "not stationary", "verdict": "not stationary"}
        return Report(content, original.certificate, original.statement)
    source = _inner_hessian(found, neuron)
    inner = found.argument.facts[source].inner
    if inner is not None:
        full = sum(inner[1]) == len(found.argument.problem.X[0])
        kind = DEFINITENESS[tuple(x > 0 for x in inner[1])] if full else "undecided"  # type: ignore[index]
        if inner[1][0] and inner[1][2]:
            kind = "indefinite"
        content["inner_hessian"] = {"definiteness": kind, "inertia": list(inner[1]) if full else None}
        if "prec" in found.argument.steps[source]:
            content["trust"] = "enclosed"
    try:
        _regions(found, content, source, neuron, size)
        conclusions = [found.point] if shares is None else [_split(found, content, source, neuron, shares)]
        conclusions[:] = [content.pop("map"), *(conclusions if shares is not None else [])]
    except Undecided as error:
        found.undecided(error)
        content.pop("map", None)
        content["reasons"] = list(found.reasons)
        return Report(content, original.certificate, original.statement)
    content["reasons"] = list(found.reasons)
    certificate = found.argument.certificate(*conclusions)
    content["certificate"] = certificate["sha256"]
    return Report(content, certificate, checked(certificate))


def _inner_hessian(found: Investigation, neuron: int) -> int:
    """The step that says most of the inner Hessian; the point itself when nothing can be said of it."""
    assert found.point is not None  # noqa: S101
    if found.exact:
        step = _exact_inertia(found, found.point, neuron)
        if step is not None:
            return step
    matrix = found.fact.state(PREC, 2).inner_hessian(neuron)
    for columns in _certain(matrix):
        try:
            basis, sign = find_basis(matrix, columns)
        except Undecided:
            continue
        step = found.attempt("inertia", found.point, neuron=neuron, prec=PREC, null=[], signs=sign,
                             basis=[texts(row) for row in basis])
        if step is not None:
            return step
    return found.point


def _certain(matrix: Any) -> list[list[int]]:
    """Which eigenvectors to try: all, then those whose eigenvalue exceeds ever larger parts of the largest."""
    import numpy as np

    approximate = floats(matrix)
    values = np.abs(np.linalg.eigvalsh((approximate + approximate.T) / 2))
    choices: list[list[int]] = []
    for part in (0.0, 1e-12, 1e-9, 1e-6, 1e-3, 1e-1):
        choice = [k for k, value in enumerate(values) if value > 0 and value >= part * values.max()]
        if choice and choice not in choices:
            choices.append(choice)
    return choices


def _regions(found: Investigation, content: dict[str, Any], source: int, neuron: int, size: int) -> None:
    """The map of the plateau over the sign patterns."""
    step = found.attempt("plateau map", source, neuron=neuron, daughters=size)
    assert step is not None  # noqa: S101 -- the rule applies to every stationary point
    regions = found.argument.facts[step].regions
    content["map"] = step
    content["regions"] = [{"signs": pattern, "verdict": kind or "undecided"} for pattern, kind in regions]
    kinds = {kind for _, kind in regions}
    names = {frozenset({"local minimum"}): "all local minima", frozenset({"saddle"}): "all saddles",
             frozenset({"local minimum", "saddle"}): "local minima and saddles"}
    content["plateau"] = names.get(frozenset(kinds), "undecided")
    if None in kinds:
        definiteness = content["inner_hessian"]["definiteness"]
        name = "zero" if definiteness == "zero" else "semidefinite"
        found.undecided(Undecided(
            f"{name}: on some sign patterns no theorem decides, as the inner Hessian is {definiteness} and the point "
            f"{found.fact.type or 'of unknown type'}", "ask for coefficients in a region that is decided"))


def _split(found: Investigation, content: dict[str, Any], source: int, neuron: int, shares: Sequence[Fraction]) -> int:
    """The type of the split point at given coefficients; a minimum with a radius where one can be proved."""
    given = {"neuron": neuron, "coefficients": texts(shares)}
    step = found.attempt("split", source, **given)
    assert step is not None  # noqa: S101
    if found.argument.facts[step].type == "local minimum":
        step = _minimum(found, source, given, shares) or step
    elif found.argument.facts[step].type is None:
        step = found.attempt("local maximum", step, prec=PREC, around="1/1024") or step
    fact = found.argument.facts[step]
    content |= {"verdict": fact.type or "undecided", "signs": signs(shares),
                "index": None if fact.inertia is None else list(fact.inertia),
                "radius": None if fact.ball is None else str(fact.ball)}
    if fact.ball is not None:
        content["trust"] = "enclosed"
    return step


def _minimum(found: Investigation, source: int, given: dict[str, Any], shares: Sequence[Fraction]) -> int | None:
    """Prove the local minimum on a ball: the largest power of two that goes through."""
    fact = found.argument.facts[source]
    if fact.ball is None:
        found.undecided(Undecided("radius: the local minimum is proved without a radius, as the original point is "
                                  "degenerate", "none is needed for the verdict"))
        return None
    # The curvature that the rule bounds is the inner Hessian itself, or -lambda_0 times it, without the loss's factor.
    weight = Fraction(1) if all(x > 0 for x in shares) else -max(shares)
    matrix = fact.state(PREC, 2).inner_hessian(given["neuron"])
    basis, _ = find_basis([[middle(x) * weight / found.argument.problem.factor for x in row] for row in matrix])
    radius = power_of_two_below(min(fact.ball, Fraction(1)))
    while radius > Fraction(1, 2**80):
        step = found.attempt("split minimum", source, **given, prec=PREC, radius=str(radius),
                             basis=[texts(row) for row in basis])
        if step is not None:
            return step
        radius /= 2
    return None

