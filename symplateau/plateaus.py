"""What a stationary point becomes when a neuron is split: on every sign pattern, at given coefficients."""

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

from .argument import Argument, checked, texts
from .classification import conclude, describe
from .deadline import until
from .errors import InputError, ProofError, Undecided
from .investigation import Investigation, exact_inertia, higher_order, investigate
from .kernel.format import Rejected
from .kernel.network import MAX_DAUGHTERS
from .network import Network
from .neurons import effects
from .spectrum import balance, eigen, find_basis, floats, middle
from .splitting import read_coefficients, require_neuron
from .stationary import PREC, power_of_two_below
from .verdicts import UNDECIDED, UNKNOWN, Report, decimal, reason, trust

# By whether there are positive, zero and negative eigenvalues.
DEFINITENESS = {
    (True, False, False): "positive definite",
    (False, False, True): "negative definite",
    (True, True, False): "positive semidefinite",
    (False, True, True): "negative semidefinite",
    (False, True, False): "zero",
    (True, False, True): "indefinite",
    (True, True, True): "indefinite",
}
WHOLE = {
    frozenset({"local minimum"}): "all local minima",
    frozenset({"saddle"}): "all saddles",
    frozenset({"local minimum", "saddle"}): "local minima and saddles",
}
PARTS = (0.0, 1e-12, 1e-9, 1e-6, 1e-3, 1e-1)
SMALLEST_RADIUS = Fraction(1, 2**80)
EFFECT_ORDERS = range(1, 7)  # of the derivatives of <e, sigma(X w)> that are looked at


def plateau(
    network: Network,
    neuron: int,
    coefficients: Any = None,
    daughters: int | None = None,
    within: Fraction | None = None,
    seconds: float = 60.0,
) -> Report:
    """What the stationary point becomes when a neuron is split: on every sign pattern, at given coefficients.

    coefficients: rationals that sum to 1, one for each daughter (their number is `daughters`, by default 2).
    within, seconds: as for `classify`. Raises InputError.
    """
    require_neuron(network, neuron)
    shares = None if coefficients is None else _coefficients(coefficients)
    size = _daughters(daughters, shares)
    content: dict[str, Any] = {
        "original": UNKNOWN,
        "neuron": neuron,
        "inner_hessian": {"definiteness": UNDECIDED, "inertia": None},
        "plateau": UNDECIDED,
        "regions": [],
        "coefficients": None if shares is None else texts(shares),
        "verdict": None if shares is None else UNDECIDED,
        "index": None,
        "radius": None,
        "trust": None,
        "reasons": [],
        "certificate": None,
    }
    try:
        found = investigate(network, within, seconds)
    except Undecided as error:
        return Report(
            content | {"original": UNKNOWN | {"reasons": [reason(error)]}, "reasons": [reason(error)]}
        )
    verdict, original = conclude(found)
    content["original"] = describe(found, verdict)
    conclusions = [] if original is None else [original]
    if original is not None and verdict != UNDECIDED:
        certificate = found.argument.certificate(original)
        content["original"] |= {"trust": trust(certificate), "certificate": certificate["sha256"]}
    if found.refuted is not None and original == found.refuted:
        content |= {"plateau": verdict, "verdict": None if shares is None else verdict}
    elif original is not None:
        try:
            with until(found.deadline):
                conclusions = _conclusions(found, content, shares, neuron, size)
        except Undecided as error:
            found.undecided(error)
    return _report(found, content, conclusions)


def _report(found: Investigation, content: dict[str, Any], conclusions: list[int]) -> Report:
    """The report, after the kernel has read the certificate; an `undecided` comes without one."""
    report = Report(
        content | {"reasons": found.reasons}, distance=found.distance if found.nearby["exists"] else None
    )
    if conclusions:
        certificate = found.argument.certificate(*conclusions)
        statement = checked(certificate)
        if report.verdict != UNDECIDED:
            report.certificate, report.statement = certificate, statement
            report.content |= {"trust": trust(certificate), "certificate": certificate["sha256"]}
    return report


def _coefficients(coefficients: Any) -> tuple[Fraction, ...]:
    try:
        return read_coefficients(coefficients)
    except InputError as error:
        raise InputError(None, error.field, error.expected, error.got, status=2) from None


def _daughters(daughters: int | None, shares: Sequence[Fraction] | None) -> int:
    """The number of daughters. Raises InputError."""
    size = daughters if daughters is not None else 2 if shares is None else len(shares)
    if not 2 <= size <= MAX_DAUGHTERS:
        raise InputError(None, "daughters", f"2 to {MAX_DAUGHTERS}", size, status=2)
    if shares is not None and len(shares) != size:
        raise InputError(None, "coefficients", f"{size}, one for each daughter", len(shares), status=2)
    return size


def _conclusions(
    found: Investigation, content: dict[str, Any], shares: Sequence[Fraction] | None, neuron: int, size: int
) -> list[int]:
    """The steps that say what is asked, with what they say written into `content`. Raises Undecided."""
    source = find_effect(found, find_inner_hessian(found, neuron), neuron)
    inner = found.argument.facts[source].inner
    content["inner_hessian"] = describe_inertia(inner and inner[1], len(found.argument.problem.X[0]))
    steps = [_map(found, content, source, neuron, size)]
    if shares is not None:
        steps.append(_split(found, content, source, neuron, shares))
    elif content["plateau"] == UNDECIDED:
        _doubt(found, content, "on some sign patterns", "ask for coefficients in a region that is decided")
    return steps


def describe_inertia(inertia: Sequence[int] | None, size: int) -> dict[str, Any]:
    """The definiteness of an inner Hessian, and its inertia where all eigenvalues are counted."""
    if inertia is None or sum(inertia) < size:
        indefinite = inertia is not None and inertia[0] > 0 and inertia[2] > 0
        return {"definiteness": "indefinite" if indefinite else UNDECIDED, "inertia": None}
    positive, zero, negative = (count > 0 for count in inertia)
    return {"definiteness": DEFINITENESS[positive, zero, negative], "inertia": list(inertia)}


def find_inner_hessian(found: Investigation, neuron: int) -> int:
    """The step that says most of the inner Hessian; that of the point itself when nothing can be said."""
    if found.point is None:
        raise ProofError("no stationary point has been proved")
    if found.exact:
        step = exact_inertia(found, found.point, neuron)
        if step is not None:
            return step
    try:
        matrix = found.fact.state(PREC, 2).inner_hessian(neuron)
        choices = _certain(matrix)
    except (Rejected, Undecided):
        return found.point
    for columns in choices:
        basis, sign = find_basis(matrix, columns)
        step = found.attempt(
            "inertia",
            found.point,
            neuron=neuron,
            prec=PREC,
            null=[],
            signs=sign,
            basis=[texts(row) for row in basis],
        )
        if step is not None:
            return step
    return found.point


def find_effect(found: Investigation, source: int, neuron: int) -> int:
    """The step that says that the neuron is locally effective, if it is needed and can be shown; else source.

    It decides the splits with some lambda_j = 0, as do most inner Hessians that are not zero.
    """
    inner = found.argument.facts[source].inner
    if inner is not None and (inner[1][0] or inner[1][2]):
        return source
    with suppress(Rejected):
        for order, a in effects(found.argument.facts[source], neuron, PREC, EFFECT_ORDERS):
            given = {"prec": PREC, "neuron": neuron, "order": order, "direction": texts(a)}
            step = found.attempt("effective neuron", source, **given)
            if step is not None:
                return step
    return source


def _certain(matrix: Any) -> list[list[int]]:
    """Which eigenvectors to try: all, then those whose eigenvalue exceeds some part of the largest."""
    values = abs(eigen(floats(matrix, balance(matrix)))[0])
    choices: list[list[int]] = []
    for part in PARTS:
        choice = [k for k, value in enumerate(values) if value > 0 and value >= part * values.max()]
        if choice and choice not in choices:
            choices.append(choice)
    return choices


def _map(found: Investigation, content: dict[str, Any], source: int, neuron: int, size: int) -> int:
    """The map of the plateau over the sign patterns."""
    step = _demanded(found, "plateau map", source, neuron=neuron, daughters=size)
    regions = found.argument.facts[step].regions
    content["regions"] = [{"signs": pattern, "verdict": kind or UNDECIDED} for pattern, kind in regions]
    content["plateau"] = WHOLE.get(frozenset(str(kind) for _, kind in regions), UNDECIDED)
    return step


def _split(
    found: Investigation, content: dict[str, Any], source: int, neuron: int, shares: Sequence[Fraction]
) -> int:
    """The type of the split point at given coefficients; a minimum with a radius where one can be proved."""
    step = _demanded(found, "split", source, neuron=neuron, coefficients=texts(shares))
    kind = found.argument.facts[step].type
    better = None
    if kind == "local minimum":
        better = find_minimum(found.argument, source, neuron, shares)
        if better is None:
            found.undecided(
                Undecided(
                    "radius: the local minimum is proved, but no radius was found",
                    "none is needed for the verdict; polish the network for a radius",
                )
            )
    elif kind is None:
        better = found.attempt("zero residual", step)
        if better is None:
            better = higher_order(found, step)
    step = step if better is None else better
    fact = found.argument.facts[step]
    content |= {
        "verdict": fact.type or UNDECIDED,
        "index": None if fact.inertia is None else list(fact.inertia),
        "radius": None if fact.ball is None else decimal(fact.ball),
    }
    if fact.type is None:
        _doubt(found, content, "at these coefficients", "ask for coefficients in a region that is decided")
    return step


def _demanded(found: Investigation, rule: str, source: int, **given: Any) -> int:
    """A step of a rule that applies to every stationary point. Raises ProofError."""
    step = found.attempt(rule, source, **given)
    if step is None:
        raise ProofError(f"the rule {rule!r} does not apply to a stationary point")
    return step


def _doubt(found: Investigation, content: dict[str, Any], where: str, next: str) -> None:
    """Why no theorem decides."""
    kind, original = content["inner_hessian"]["definiteness"], found.fact.type or "of unknown type"
    name = "zero" if kind == "zero" else "semidefinite"
    hessian = "could not be enclosed away from a singular one" if kind == UNDECIDED else f"is {kind}"
    found.undecided(
        Undecided(
            f"{name}: {where} no theorem decides, as the inner Hessian {hessian} and the original point is "
            f"{original}",
            next,
        )
    )


def find_minimum(argument: Argument, source: int, neuron: int, shares: Sequence[Fraction]) -> int | None:
    """Prove that a split is a local minimum on a ball, of the largest radius 2^-k found; None if none is.

    source: the step that knows the inner Hessian of the neuron.
    """
    fact = argument.facts[source]
    if fact.ball is None:
        return None
    # The curvature that the rule bounds is the inner Hessian itself, or -lambda_0 times it, without the
    # loss's factor.
    weight = (Fraction(1) if all(x > 0 for x in shares) else -max(shares)) / argument.problem.factor
    matrix = fact.state(PREC, 2).inner_hessian(neuron)
    basis, _ = find_basis([[middle(x) * weight for x in row] for row in matrix])
    radius = power_of_two_below(min(fact.ball, Fraction(1)))
    while radius > SMALLEST_RADIUS:
        try:
            return argument.step(
                "split minimum",
                source,
                neuron=neuron,
                coefficients=texts(shares),
                prec=PREC,
                radius=str(radius),
                basis=[texts(row) for row in basis],
            )
        except Rejected:
            radius /= 2
    return None
