"""python -m tests.readme: writes the generated sections of README.md, findings of both papers and trust."""

from pathlib import Path
from typing import Any

from symplateau.ledger import ledger
from symplateau.report.findings import markdown, of_paper
from tests import trust

README = Path(__file__).parent.parent / "README.md"
PAPERS = "AB"


def section(content: dict[str, Any], letter: str) -> str:
    """What stands in README.md about one paper, with the marks around it. content: what `ledger` returns."""
    return f"{begin(letter)}{markdown(of_paper(content, letter))}{end(letter)}"


def begin(letter: str) -> str:
    return f"<!-- findings {letter} -->\n"


def end(letter: str) -> str:
    return f"<!-- end of findings {letter} -->"


def replaced(text: str, first: str, last: str, section: str) -> str:
    """The text with another section between two marks, and with these."""
    before, rest = text.split(first)
    _, after = rest.split(last)
    return before + section + after


def main() -> None:
    """Replace what stands between the marks."""
    content, text = ledger(), README.read_text()
    for letter in PAPERS:
        text = replaced(text, begin(letter), end(letter), section(content, letter))
    README.write_text(replaced(text, trust.BEGIN, trust.END, trust.section()))


if __name__ == "__main__":
    main()
