"""The ways in which this program says no. Each `status` is the exit status of the command line."""

LONGEST_FILE = 200
LONGEST_VALUE = 160
LONGEST_REASON = 300


class InputError(Exception):
    """Something the user supplied is refused: which file, which field, what was expected and what was found.

    file, field: None where there is none. got: "" where the expectation says it all. status: 4 for what a
    file contains, 2 for the command line (options, output paths). `str` is one printable line in every case.
    """

    def __init__(self, file: object, field: str | None, expected: str, got: object = "", *,
                 status: int = 4) -> None:
        super().__init__(file, field, expected, got)
        self.file, self.field, self.status = str(file) if file else None, field, status
        self.expected, self.got = expected, str(got)

    def __str__(self) -> str:
        file = "" if self.file is None else one_line(self.file, LONGEST_FILE) + ": "
        field = "" if self.field is None else f"field '{one_line(self.field, LONGEST_VALUE)}': "
        found = f", found {one_line(self.got, LONGEST_VALUE)}" if self.got else ""
        return f"{file}{field}expected {one_line(self.expected, LONGEST_REASON)}{found}"

    def within(self, file: object) -> "InputError":
        """The same refusal, with the file in which it was met."""
        return InputError(file, self.field, self.expected, self.got, status=self.status)


class Undecided(Exception):
    """No answer was proved: why not, and the next thing to try."""

    status = 3

    def __init__(self, reason: str, next: str = "") -> None:
        super().__init__(reason, next)
        self.reason, self.next = reason, next

    def __str__(self) -> str:
        return f"{self.reason}; next: {self.next}" if self.next else self.reason


class ProofError(Exception):
    """A proof does not go through: a step does not follow, or the statement is not the goal."""

    status = 1


def one_line(text: str, longest: int) -> str:
    """The text cut to `longest`, and everything unprintable escaped: line ends, controls, lone surrogates."""
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
