"""python -m tests.readme: writes the generated sections of README.md, the findings about both papers."""

from pathlib import Path
from typing import Any

from symplateau.ledger import ledger
from symplateau.report.findings import markdown, of_paper

README = Path(__file__).parent.parent / "README.md"
PAPERS = "AB"


def section(content: dict[str, Any], letter: str) -> str:
    """What stands in README.md about one paper, with the marks around it. content: what `ledger` returns."""
    return f"{begin(letter)}{markdown(of_paper(content, letter))}{end(letter)}"


def begin(letter: str) -> str:
    return f"<!-- findings {letter} -->\n"


def end(letter: str) -> str:
    return f"<!-- end of findings {letter} -->"


def main() -> None:
    """Replace what stands between the marks of each paper."""
    content, text = ledger(), README.read_text()
    for letter in PAPERS:
        before, rest = text.split(begin(letter))
        _, after = rest.split(end(letter))
        text = before + section(content, letter) + after
    README.write_text(text)


if __name__ == "__main__":
    main()
