"""The findings: everything in a paper that does not hold as it is printed, one entry each."""

import re
from collections import Counter
from textwrap import wrap
from typing import Any

LINE = 110
REFUTED = ("refuted", "repaired")
DEGREES = {"error": "errors", "gap": "gaps", "misprint": "misprints"}
MEANING = {
    "error": "what is printed is false, or does not follow",
    "gap": "it holds, but not for the reason given, or under an assumption that is not stated there",
    "misprint": "a slip of the pen, evident from what stands around it",
}


def findings(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Refuted claims, then the steps with a defect, in the order of the paper.

    content: what `ledger` returns. An entry: id, degree ("claim", "error", "gap", "misprint"), place,
    printed, true, consequence, witness, repair.
    """
    claims = [_claim(x) for x in content["claims"] if x["verdict"] in REFUTED]
    return claims + [_step(x) for x in steps(content) if "defect" in x]


def paper_order(name: str) -> tuple[Any, ...]:
    """Paper by paper: equations by number; what has no number comes after them, by name."""
    found = re.fullmatch(r"[A-Z]/eq-(\d+)(.*)", name)
    return (name[:1], 0, int(found[1]), found[2]) if found else (name[:1], 1, 0, name)


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    witnesses = [witness(x["witness"]) for x in claim["goal"] if "witness" in x]
    return {"id": claim["id"], "degree": "claim", "place": claim["source"], "printed": claim["says"],
            "status": claim["verdict"], "true": claim["true"] or "", "consequence": "",
            "witness": "; ".join(witnesses), "repair": [claim["replaced_by"]] if claim["replaced_by"] else []}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    shown = {"id": step["id"], "degree": step["defect"]["degree"], "place": step["place"],
             "printed": step["printed"], "status": step["status"], "true": step["defect"]["true"],
             "consequence": step["defect"]["consequence"]}
    found = "; ".join(map(witness, step["witness"] or []))
    return shown | {"witness": found, "repair": step["evidence"].get("repair", [])}


def witness(statement: dict[str, Any]) -> str:
    """A witness in one line: the network, or the values."""
    if "about" in statement:
        about = statement["about"]
        names = ("X", "Y", "W", "H", "c") if "slopes" in about else ("X", "y", "v", "W", "b", "c")
        shown = ", ".join(f"{name} = {plain(about[name])}" for name in names if name in about)
        rho = f"slopes {plain(about['slopes'])}" if "slopes" in about else f"sigma(t) = {about['activation']}"
        return f"{rho}, {shown}"
    says = statement.get("says", statement)
    if "values" in says:
        values = ", ".join(f"{name} = {plain(value)}" for name, value in says["values"].items())
        return f"{values}: not {' and not '.join(says['fails'])}"
    return "for all values: " + " and ".join(says.get("conclusions", []))


def plain(value: Any) -> str:
    return str(value).translate({91: "(", 93: ")", 39: None})


def text(content: dict[str, Any]) -> str:
    """The findings as `ledger --findings` prints them."""
    found = findings(content)
    lines: list[str] = []
    for entry in found:
        lines += ["", f"{entry['id']}  {entry['degree']}  {entry['place']}"]
        for label, name in (("printed", "printed"), ("true", "true"), ("witness", "witness"),
                            ("so", "consequence")):
            if entry[name]:
                lines += _wrapped(label, entry[name])
        if entry["repair"]:
            lines += _wrapped("repair", ", ".join(entry["repair"]))
    return "\n".join([summary(content), *lines])


def summary(content: dict[str, Any]) -> str:
    """How many steps hold, fail and are unchecked; how many defects there are of each degree."""
    printed = steps(content)
    states = Counter(x["status"] for x in printed)
    degrees = Counter(x["degree"] for x in findings(content))
    kinds = ", ".join(f"{states[x]} {x}" for x in ("holds", "fails", "unchecked"))
    defects = [f"{degrees[x]} {name}" for x, name in DEGREES.items()]
    return f"{len(printed)} printed steps: {kinds}; {degrees['claim']} claims refuted, {', '.join(defects)}"


def _wrapped(label: str, sentence: str) -> list[str]:
    start = f"  {label:<8} "
    margin = " " * len(start)
    return wrap(sentence, LINE, initial_indent=start, subsequent_indent=margin, break_long_words=False)


def of_paper(content: dict[str, Any], letter: str) -> dict[str, Any]:
    """The part of the ledger that is about one paper, by the letter of its claims."""
    return content | {"claims": [x for x in content["claims"] if x["id"].startswith(f"{letter}/")]}


def markdown(content: dict[str, Any]) -> str:
    """The findings as a section of the README: the refuted claims, then the steps by degree."""
    found = findings(content)
    lines = [f"{summary(content)}.", ""]
    for entry in found:
        if entry["degree"] == "claim":
            repair = f" Repaired by `{entry['repair'][0]}`." if entry["repair"] else ""
            lines += [f"* **`{entry['id']}`** ({entry['place']}), {entry['status']}. {entry['true']}{repair}"]
    for degree, name in DEGREES.items():
        rows = [x for x in found if x["degree"] == degree]
        if rows:
            lines += ["", f"**{name.capitalize()}** ({MEANING[degree]}):", ""]
            lines += [_item(x) for x in rows]
    return "\n".join(lines) + "\n"


def _item(entry: dict[str, Any]) -> str:
    return f"* `{entry['id']}`: {_sentence(entry['true'])} *Consequence:* {_sentence(entry['consequence'])}"


def _sentence(words: str) -> str:
    return words if not words or words.endswith(".") else words + "."


def steps(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every printed step, in the order of the paper."""
    found = [x for claim in content["claims"] for x in claim["steps"]]
    return sorted(found, key=lambda x: paper_order(x["id"]))
