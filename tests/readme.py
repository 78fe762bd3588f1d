"""python -m tests.readme: writes the generated section of README.md, the findings about paper A."""

from pathlib import Path

from symplateau.ledger import ledger
from symplateau.report.findings import markdown, of_paper

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- findings -->\n", "<!-- end of findings -->"


def main() -> None:
    """Replace what stands between the two marks."""
    before, rest = README.read_text().split(BEGIN)
    _, after = rest.split(END)
    README.write_text(before + BEGIN + markdown(of_paper(ledger(), "A")) + END + after)


if __name__ == "__main__":
    main()
