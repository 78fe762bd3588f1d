"""The graph of the claims: which leans on which, in the DOT language of Graphviz."""

from typing import Any

COLOURS = {"proved": "palegreen", "certified": "palegreen", "refuted": "tomato", "repaired": "orange",
           "open": "lightgrey"}


def dot(content: dict[str, Any]) -> str:
    """One node for each claim, coloured by its verdict; an arrow to every claim that it leans on.

    A dashed arrow leads from a refuted claim to the one that replaces it. content: what `ledger` returns.
    """
    lines = ["digraph claims {", "  rankdir=LR; node [shape=box, style=filled];"]
    for claim in content["claims"]:
        label = f"{claim['id']}\\n{claim['verdict']}"
        lines.append(f'  "{claim["id"]}" [label="{label}", fillcolor={COLOURS[claim["verdict"]]}];')
    for claim in content["claims"]:
        lines += [f'  "{claim["id"]}" -> "{other}";' for other in claim["depends_on"]]
        if claim["replaced_by"]:
            lines.append(f'  "{claim["id"]}" -> "{claim["replaced_by"]}" [style=dashed];')
    return "\n".join([*lines, "}"])
