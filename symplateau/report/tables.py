"""The verdict table of the claims, and all that is known of one claim, as text."""

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .findings import steps, summary
from .statements import summary as statement_summary

if TYPE_CHECKING:
    from ..ledger import Verdict

LINE = 110
GAP = "  "
NARROWEST = 30  # of a column of prose


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of equally many cells, in columns; the last cell is prose, and goes on in its column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    start = sum(widths) + len(GAP) * len(widths)
    lines: list[str] = []
    for row in rows:
        prose = wrap(row[-1], max(LINE - start, NARROWEST)) or [""]
        lines.append(GAP.join([*map(str.ljust, row, widths), prose[0]]).rstrip())
        lines += [" " * start + line for line in prose[1:]]
    return lines


def verdict_table(verdicts: Sequence["Verdict"]) -> str:
    """What `check` prints: one row for each claim, then what is wrong with some, and the counts."""
    rows = [("claim", "verdict", "scope", "trust", "instances", "seconds", "")]
    rows += [
        (x.id, x.verdict, x.scope, x.trust, str(x.instances), f"{x.seconds:.1f}", x.title) for x in verdicts
    ]
    reasons = [line for x in verdicts for reason in x.reasons for line in _wrapped(f"{x.id}: {reason}", 0)]
    lines = [*table(rows), "", *reasons, *([""] if reasons else [])]
    again = sum(x.kept for x in verdicts)
    more = f"; {again} from certificates in the store, re-checked (--fresh: run their proofs)" * bool(again)
    return "\n".join([*lines, _counts([x.verdict for x in verdicts]) + more])


def ledger_table(content: dict[str, Any]) -> str:
    """What `ledger` prints without a claim: the papers, then one row for each claim."""
    papers = [f"{x['title']} ({x['id']}, version {x['version']})" for x in content["papers"]]
    rows = [("claim", "verdict", "scope", "instances", "")]
    for claim in content["claims"]:
        instances = str(len(claim["instances"]))
        rows.append((claim["id"], claim["verdict"], claim["scope"], instances, claim["title"]))
    counts = _counts([claim["verdict"] for claim in content["claims"]])
    return "\n".join([*papers, "", *table(rows), "", counts])


def steps_table(content: dict[str, Any]) -> str:
    """What `ledger --steps` prints: every printed label with its status, in the order of the paper."""
    rows = [(x["id"], x["status"], f"{x['place']}: {x['printed']}") for x in steps(content)]
    return "\n".join([*table([("step", "status", ""), *rows]), "", summary(content)])


def claim_page(claim: dict[str, Any]) -> str:
    """All that is known of one claim."""
    lines = [f"{claim['id']}  {claim['verdict']}  {claim['title']}", ""]
    lines += _wrapped(claim.get("says") or "", 2)
    lines += ["", f"  scope         {claim['scope']}", f"  trust         {claim['trust']}"]
    lines += _list("leans on", claim["depends_on"]) + _list("borrowed", claim["borrowed"])
    if claim["replaced_by"]:
        lines += [f"  replaced by   {claim['replaced_by']}"]
    lines += [f"  instances     {len(claim['instances'])}, each re-checked by the kernel"]
    lines += _search(claim) + _steps(claim["steps"]) + _goal(claim["goal"])
    if claim["bridges"]:
        lines += ["", "  what each atom of the goal is in a network:"]
        lines += [
            line for atom, meaning in claim["bridges"].items() for line in _wrapped(f"{atom}: {meaning}", 4)
        ]
    for reason in claim.get("reasons", []):
        lines += ["", *_wrapped(f"open, as {reason}", 2)]
    return "\n".join(lines)


def _search(claim: dict[str, Any]) -> list[str]:
    """What was searched, and whether each hypothesis is needed."""
    record, lines = claim["searched"], list[str]()
    if record is not None:
        met = sum(x["met"] for x in record["assertions"])
        found = f"{record['networks']} networks, hypotheses met {met} times: {record['result']}"
        lines += wrapped(f"  searched      {record.get('none', found)}")
    rows = []
    for x in claim["hypotheses"]:
        cases = f"in {x.get('searched')} cases"
        why = {"yes": f"by {x.get('by')}", "no": x.get("reason") or "", "not found": cases}
        rows.append((x["assertion"], x["hypothesis"], x["needed"], why[x["needed"]]))
    if rows:
        lines += ["", "  hypotheses, each dropped in turn: is it needed?"]
        lines += ["    " + line for line in table(rows)]
    return lines


def _steps(steps: Sequence[dict[str, Any]]) -> list[str]:
    """The steps that are not definitions, in columns."""
    rows = [(x["id"], x["status"], x["reason"] or "") for x in steps if x["kind"] != "definition"]
    return ["", "  steps of the printed proof:", *("    " + line for line in table(rows))] if rows else []


def _goal(statements: Sequence[dict[str, Any]]) -> list[str]:
    """The pinned statements: hypotheses and conclusions of the algebraic ones, the names of the others."""
    lines: list[str] = []
    for statement in statements:
        lines += ["", f"  goal {statement.get('name', '')}".rstrip() + ":"]
        if "witness" in statement:
            lines += _wrapped("a witness: " + statement_summary(statement["witness"]), 4)
        says = statement.get("says", {})
        for name, formula in says.get("hypotheses", {}).items():
            lines += _wrapped(f"{name}: {formula}", 4)
        lines += [line for formula in says.get("conclusions", []) for line in _wrapped(f"=> {formula}", 4)]
    return lines


def wrapped(line: str) -> list[str]:
    """A line that is too long, continued with its indent and a little more."""
    return _wrapped(line.strip(), len(line) - len(line.lstrip()))


def _list(label: str, items: Sequence[Any]) -> list[str]:
    return [f"  {label.ljust(14)}{', '.join(map(str, items)) or 'nothing'}"]


def _wrapped(text: str, indent: int) -> list[str]:
    margin = " " * indent
    return wrap(text, LINE, initial_indent=margin, subsequent_indent=margin + "  ", break_long_words=False)


def _counts(verdicts: Sequence[str]) -> str:
    counts = ", ".join(f"{number} {verdict}" for verdict, number in Counter(verdicts).most_common())
    return f"{len(verdicts)} claims: {counts}" if verdicts else "no claims"
