"""What an embedding makes of a point of a ReLU-like network, as a short text."""

from typing import Any

from ..errors import one_line
from ..relu.embedded_points import EmbeddingReport
from ..verdicts import UNDECIDED
from .points import LONGEST_NAME, Lines, _line, _proof, _reasons

KEPT = {True: "yes", False: "no", None: "the theorems do not say"}


def describe_embedding(name: str, report: EmbeddingReport, output: str | None) -> str:
    """The verdict of `embed`: original and wide point, what the theorems say, and why."""
    content = report.content
    done, theory = content["embedding"], content["theory"]
    head = one_line(name, LONGEST_NAME)
    lines = [f"{head}, {_what(done)}: {content['verdict']}", ""]
    lines += _line("original", _type(content["original"]))
    lines += _line("wide point", _type(content["wide"]))
    lines += _line("new neurons", _weights(done))
    if theory is not None:
        lines += _line("theorem", theory["source"])
        lines += _line("stationary", KEPT[theory["stationary"]])
        lines += _line("type 1", KEPT[theory["type_1"]])
        lines += _line("local minimum", KEPT[theory["minimum"]])
        lines += _line("because", theory["reason"])
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


def _theorem_10(found: dict[str, Any]) -> str:
    """That of Fukumizu et al. (2019), in the form of appendix O."""
    if found["applies"]:
        return "of Fukumizu et al. (2019) applies: a strict saddle"
    more = "; its conclusion holds all the same: a strict saddle" if found["saddle"] else ""
    return f"of Fukumizu et al. (2019) does not apply; missing: {'; '.join(found['missing'])}{more}"
