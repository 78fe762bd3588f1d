"""What an embedding makes of a point: the wide point's type, decided, and compared with the theorems."""

from dataclasses import dataclass

from ..errors import Undecided
from .embeddings import Embedding
from .fukumizu import Theorem10, theorem_10
from .points import PointType, decide_type
from .predictions import MINIMA, OTHERS, Prediction, predict
from .stationarity import Stationary


@dataclass(frozen=True)
class Outcome:
    """An embedding: the types of the narrow and of the wide point, what was predicted, and Theorem 10."""

    embedding: Embedding
    original: PointType
    wide: PointType
    prediction: Prediction
    theorem_10: Theorem10

    @property
    def new_escapes(self) -> tuple[int, ...] | None:
        """The new neurons that are escape neurons of the wide point; None where that is not known."""
        if self.wide.kind != 1 and not self.wide.escapes:
            return None
        found = {escape.neuron for escape in self.wide.escapes}
        return tuple(i for i in self.embedding.units if i in found)


def decide_outcome(embedding: Embedding) -> Outcome:
    """Decide both points, and compare the wide one with what the theorems say.

    Raises ArithmeticError where they disagree: the theorems are proved, so that is a bug.
    """
    original, wide = decide_type(embedding.narrow), decide_type(embedding.wide)
    saddle = theorem_10(embedding, original)
    try:
        prediction = predict(embedding, original)
    except Undecided as error:
        prediction = Prediction("none", f"{error}")
    found = Outcome(embedding, original, wide, prediction, saddle)
    if (wrong := contradiction(found)) is not None:
        raise ArithmeticError(f"preservation: {embedding.kind}: the theorems are wrong about {wrong}")
    return found


def contradiction(found: Outcome) -> str | None:
    """In what the wide point is not as the theorems say; None where it is, as far as both are known."""
    says, wide = found.prediction, found.wide
    pairs: list[tuple[str, object, object]] = []
    if wide.stationarity is not None:
        pairs.append(("stationarity", says.stationary, isinstance(wide.stationarity, Stationary)))
    if wide.kind is not None or wide.escapes or wide.verdict == "not stationary":
        pairs.append(("type 1", says.type_1, wide.kind == 1))
    if wide.verdict in MINIMA + OTHERS:
        pairs.append(("local minimality", says.minimum, wide.verdict in MINIMA))
    if found.new_escapes is not None:
        pairs.append(("escape neurons", says.escapes, found.new_escapes))
    return next((name for name, said, is_so in pairs if said is not None and said != is_so), None)
