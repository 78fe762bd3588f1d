"""How the second checker says no."""


class Malformed(Exception):
    """The file is not a certificate at all."""


class Rejected(Exception):
    """A step does not prove what it states. step, rule: where, set by who walks the steps."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.step: int | None = None
        self.rule = ""

    def __str__(self) -> str:
        return self.reason if self.step is None else f"step {self.step} ({self.rule}): {self.reason}"


def demand(condition: bool, expected: str) -> None:
    """Reject unless the condition is True itself: a foreign truth value is none."""
    if condition is not True:
        raise Rejected(f"expected {expected}")
