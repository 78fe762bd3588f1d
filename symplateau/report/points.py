"""What was found about a point, or a plateau, as a short text."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..errors import one_line
from ..verdicts import UNDECIDED, decimal

if TYPE_CHECKING:
    from ..verdicts import Report

WIDTH = 15  # of the column of labels
LONGEST_NAME = 200
ALIKE = 5  # digits that must agree for a number to be shown by its digits alone
TRUST = {
    "exact": "exact: rational arithmetic in the kernel",
    "enclosed": "enclosed: the kernel's own intervals",
}
GIVEN = {
    "yes": "exactly stationary",
    "no": "not stationary",
    UNDECIDED: "undecided: the gradient could not be told from zero",
}
Lines = list[str]


def describe_point(name: str, report: "Report", output: str | None) -> str:
    """The verdict of `classify`, and what it rests on."""
    content = report.content
    head = [f"{_name(name)}: {content['verdict']}", ""]
    return "\n".join(head + _point(report) + _reasons(content["reasons"]) + _proof(report, output))


def describe_plateau(name: str, report: "Report", output: str | None, plot: str | None) -> str:
    """The verdict of `plateau`: inner Hessian, sign patterns, and the split point at given coefficients."""
    content, original = report.content, report.content["original"]
    lines = [f"{_name(name)}, neuron {content['neuron']}: {content['plateau']}", ""]
    lines += _line("original", f"{original['verdict']} ({_about(report, original)})")
    inner = content["inner_hessian"]
    counts = "" if inner["inertia"] is None else f"; {_inertia(inner['inertia'])}"
    lines += _line("inner Hessian", inner["definiteness"] + counts)
    if content["regions"]:
        width = max(len("signs of λ"), len(content["regions"][0]["signs"])) + 3
        lines += ["", "  " + "signs of λ".ljust(width) + "split point"]
        lines += [
            "  " + region["signs"].ljust(width) + region["verdict"] for region in content["regions"]
        ] + [""]
    if content["coefficients"] is not None:
        lines += _line("λ", f"{_name(', '.join(content['coefficients']))}: {content['verdict']}")
        if content["index"] is not None:
            lines += _line("index", _inertia(content["index"]) + " of the Hessian there")
        if content["radius"] is not None:
            radius = _short(content["radius"])
            lines += _line("radius", f"no smaller loss within {radius} of the split point (Euclidean norm)")
    lines += _reasons(content["reasons"]) + _proof(report, output)
    return "\n".join(lines + ([] if plot is None else _line("picture", _name(plot))))


def describe_embedding(name: str, report: "Report", output: str | None) -> str:
    """The verdict of `embed`: original and wide point, what the theorems say, and why."""
    content = report.content
    done, theory = content["embedding"], content["theory"]
    lines = [f"{_name(name)}, {_what(done)}: {content['verdict']}", ""]
    lines += _line("original", _type(content["original"]))
    lines += _line("wide point", _type(content["wide"]))
    lines += _line("new neurons", _weights(done))
    if theory is not None:
        lines += _line("theorem", f"{theory['source']}: {_said(theory)}") + _line("because", theory["reason"])
    if content["new_escape_neurons"] is not None:
        names = ", ".join(map(str, content["new_escape_neurons"]))
        lines += _line("escape neurons", f"{names} of the new ones" if names else "none of the new ones")
    if content["theorem_10"] is not None:
        lines += _line("Theorem 10", _theorem_10(content["theorem_10"]))
    return "\n".join(lines + _reasons(content["reasons"]) + _proof(report, output))


def _what(done: dict[str, Any]) -> str:
    if done["neuron"] is None:
        return str(done["kind"])
    factors = "; ".join(f"{field} {', '.join(done[field])}" for field in ("beta", "gamma"))
    return f"{done['kind']} of neuron {done['neuron']} ({factors})"


def _type(content: dict[str, Any]) -> str:
    kind = {1: " of type 1", 2: " of type 2"}.get(content["kind"], "")
    if content["verdict"] == UNDECIDED and kind:
        return f"undecided: a local minimum{kind}, without a certificate"
    near = "" if content["about"] == "given point" else ", the exact point near the given one"
    return f"{content['verdict']}{kind if content['verdict'] == 'local minimum' else ''}{near}"


def _weights(done: dict[str, Any]) -> str:
    """Each new neuron with its weights."""
    columns = zip(*done["H"], strict=True)
    rows = zip(done["units"], done["W"], columns, strict=True)
    return "; ".join(f"{i}: w = ({', '.join(w)}), h = ({', '.join(h)})" for i, w, h in rows)


def _said(theory: dict[str, Any]) -> str:
    """What the theorems say of the wide point."""
    if theory["stationary"] is not True:
        return "they do not say" if theory["stationary"] is None else "the wide point is not stationary"
    if theory["minimum"] is not None:
        return "stationary, and " + ("a local minimum" if theory["minimum"] else "no local minimum") + (
            " of type 1" if theory["type_1"] else "")
    known = ", and no local minimum of type 1; of others they do not say" if theory["type_1"] is False else ""
    return "stationary" + (known or "; whether it is a local minimum they do not say")


def _theorem_10(found: dict[str, Any]) -> str:
    """That of Fukumizu et al. (2019), in the form of appendix O."""
    if found["applies"]:
        return "of Fukumizu et al. (2019) applies: a strict saddle"
    more = "; its conclusion holds all the same: a strict saddle" if found["saddle"] else ""
    return f"of Fukumizu et al. (2019) does not apply; missing: {'; '.join(found['missing'])}{more}"


def _point(report: "Report") -> Lines:
    content = report.content
    given, nearby, gradient = content["given"], content["nearby"], content["given"]["gradient"]
    size = ""
    if given["stationary"] == "no" and gradient is not None:
        low, high = _short(gradient[0]), _short(gradient[1], up=True)
        exact = gradient[0] == gradient[1] and low == high
        size = ": the largest entry of the gradient is " + (low if exact else f"between {low} and {high}")
    lines = _line("given point", GIVEN[given["stationary"]] + size)
    lines += _line("exact point", _nearby(report, nearby, content["index"]))
    if content["index"] is not None:
        strict = {True: "; a strict saddle", False: "; not a strict saddle", None: ""}[
            content["strict_saddle"]
        ]
        lines += _line("index", _inertia(content["index"]) + " of the Hessian" + strict)
    if content.get("escape_neurons") is not None:
        lines += _line("escape neurons", ", ".join(map(str, content["escape_neurons"])) or "none")
    if content["margin"] is not None:
        lines += _line("margin", f"all eigenvalues are at least {_short(content['margin'])} away from zero")
    ball = (report.statement or {}).get("says", {}).get("ball")
    if ball is not None:
        radius = decimal(Fraction(ball), digits=3)
        lines += _line("radius", f"no smaller loss within {radius} of the point (Euclidean norm)")
    if content["loss"] is not None:
        lowest = ", a global minimum" if content["global"] == "global minimum" else ""
        lines += _line("loss", _digits(*content["loss"]) + lowest)
    return lines


def _nearby(report: "Report", nearby: dict[str, Any], index: list[int] | None) -> str:
    if not nearby["exists"]:
        return "none was proved"
    if report.content["given"]["stationary"] == "yes":
        isolated = ", isolated" if index is not None and index[1] == 0 else ""
        return "the given one" + isolated
    distance = decimal(report.distance or Fraction(0), up=True, digits=3)
    if nearby["unique"] is not True:
        return f"within {distance} of the given one (largest entry of the difference)"
    radius = _short(nearby["radius"])
    return (
        f"within {distance} of the given one, and no other within {radius} (largest entry of the difference)"
    )


def _about(report: "Report", original: dict[str, Any]) -> str:
    if original["about"] == "given point":
        return "the given point"
    distance = decimal(report.distance or Fraction(0), up=True, digits=3)
    return f"the exact point within {distance} of the given one"


def _proof(report: "Report", output: str | None) -> Lines:
    if report.certificate is None:
        return _line("certificate", "none, as nothing was decided")
    place = "" if output is None else f", written to {_name(output)}"
    digest = report.certificate["sha256"][:16]
    return _line("trust", TRUST[report.content["trust"]]) + _line(
        "certificate", f"{digest}…, re-checked by the kernel{place}"
    )


def _reasons(reasons: list[dict[str, str]]) -> Lines:
    lines: Lines = []
    for reason in reasons:
        lines += _line(f"reason {reason['code']}", reason["text"])
        lines += _line("next", reason["next"]) if reason["next"] else []
    return lines


def _line(label: str, text: str) -> Lines:
    return [f"  {label.ljust(WIDTH)}{text}"]


def _inertia(counts: list[int]) -> str:
    return "{} positive, {} zero, {} negative eigenvalues".format(*counts)


def _name(path: str) -> str:
    return one_line(path, LONGEST_NAME)


def _short(text: str, up: bool = False) -> str:
    """Three digits of a decimal bound, rounded down, or up."""
    return decimal(Fraction(text), up, digits=3)


def _digits(low: str, high: str) -> str:
    """A number between two decimal bounds: the digits that both begin with, or the bounds themselves."""
    lower, upper = (f"{Decimal(text):f}" for text in (low, high))
    if low == high:
        return lower if len(lower) <= 2 * WIDTH else low
    lower, upper = (text if "." in text else text + "." for text in (lower, upper))
    size = max(len(lower), len(upper))
    lower, upper = lower.ljust(size, "0"), upper.ljust(size, "0")
    shared = next(k for k in range(size) if lower[k] != upper[k])
    if size <= 2 * WIDTH and shared > ALIKE and "." in lower[:shared]:
        return lower[:shared] + "…"
    return f"between {low} and {high}"
