"""What an embedding makes of the point at, or near, the parameters of a network: a certified verdict.

The exact point is embedded, where one was found near the given one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..arrays import read_matrix
from ..deadline import read_seconds, until
from ..errors import Undecided
from ..verdicts import UNDECIDED, Report, reason
from .classification import classify_relu
from .embeddings import REPLICATION, Embedding
from .network import ReluNetwork
from .preservation import Outcome, decide_outcome

NOWHERE = Fraction(1, 2**400)  # how far from the wide point another one may be that is spoken of instead
ABOUT_OTHERS = "U1"  # the code of a reason that says only that no other point is near


@dataclass
class EmbeddingReport(Report):
    """What `embed` answers: content as JSON, the certificate of the wide point, and what was embedded."""

    embedding: Embedding | None = None


def embed(network: ReluNetwork, make: Callable[[ReluNetwork], Embedding], within: Fraction | None = None,
          seconds: float = 60.0) -> EmbeddingReport:
    """The types of the original and of the wide point, and what the theorems say of the wide one.

    make: one of the embeddings, for a network at which it is to be performed. within, seconds: as `classify`
    has them; the time is for each of original, theorems and wide point. Raises InputError.
    """
    make(network)  # what is refused is refused before the search
    original = classify_relu(network, within, seconds)
    embedding = make(_judged(network, original))
    found, reasons = None, []
    try:
        with until(read_seconds(seconds)):
            found = decide_outcome(embedding)
    except Undecided as error:
        reasons.append(reason(error))
    wide = classify_relu(embedding.wide, NOWHERE, seconds)
    decided = wide.content["verdict"] != UNDECIDED
    reasons += [x for x in wide.content["reasons"]
                if x["code"] != ABOUT_OTHERS and not decided and x not in reasons]
    content = {
        "verdict": wide.content["verdict"],
        "embedding": describe(embedding),
        "original": original.content,
        "wide": wide.content,
        **_theory(found),
        "trust": wide.content["trust"],
        "reasons": reasons,
        "certificate": wide.content["certificate"],
    }
    return EmbeddingReport(content, wide.certificate, wide.statement, original.distance, embedding)


def _judged(network: ReluNetwork, report: Report) -> ReluNetwork:
    """The network whose type the report states: the given one, or the exact one near it."""
    if report.certificate is None or report.content["about"] == "given point":
        return network
    problem = report.certificate["problem"]
    return replace(network, W=read_matrix(problem["W"], "W"), H=read_matrix(problem["H"], "H"))


def describe(embedding: Embedding) -> dict[str, Any]:
    """What was done, as JSON: units are the new neurons of the wide network, W and H their weights."""
    wide, units = embedding.wide, embedding.units
    factors: dict[str, Any] = {"neuron": None, "beta": None, "gamma": None}
    if embedding.kind == REPLICATION:
        factors = {"neuron": embedding.neuron, "beta": [str(x) for x in embedding.beta],
                   "gamma": [str(x) for x in embedding.gamma]}
    return {"kind": embedding.kind, **factors, "units": list(units),
            "W": [[str(x) for x in wide.W[i]] for i in units],
            "H": [[str(row[i]) for i in units] for row in wide.H]}


def _theory(found: Outcome | None) -> dict[str, Any]:
    """theory: null where the theorems do not say. theorem_10: null for other embeddings than replication."""
    if found is None:
        return {"theory": None, "new_escape_neurons": None, "theorem_10": None}
    says, saddle = found.prediction, found.theorem_10
    flat = {True: "all zero", False: "not all zero", None: None}[says.flat]
    return {
        "theory": {
            "source": says.source, "stationary": says.stationary, "type_1": says.type_1,
            "minimum": says.minimum, "escape_neurons": None if says.escapes is None else list(says.escapes),
            "tangential_derivatives": flat, "reason": says.reason,
        },
        "new_escape_neurons": None if found.new_escapes is None else list(found.new_escapes),
        "theorem_10": None if found.embedding.kind != REPLICATION else {
            "applies": saddle.applies, "missing": list(saddle.missing),
            "saddle": saddle.descent is not None},
    }
