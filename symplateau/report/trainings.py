"""A run of an experiment in words and columns, for the terminal."""

from typing import Any

from .tables import table, wrapped

MOST_GROUPS = 4
COLUMNS = ("plateau", "loss", "near", "dead", "small", "exact point", "escape", "type; neurons at angle")


def describe_run(content: dict[str, Any], files: list[str]) -> str:
    """The text for one experiment."""
    train = "gradient flow" if content["method"] == "flow" else "gradient descent"
    before, after = content["loss"]
    head = [
        f"{content['experiment']} ({content['source']})",
        f"  {train}, seed {content['seed']}, {content['epochs']:,} epochs of step {content['step']:g}:"
        f" loss {before:.6g} -> {after:.6g}, {content['escapes']} escapes",
        f"  |w_i|^2 - |h_i|^2 changed by at most {content['drift']:.1e} of the largest |w_i|^2 + |h_i|^2"]
    rows = [f"  {line}" for line in table([COLUMNS, *map(_cells, content["plateaus"])])]
    rest = [f"  near epoch {row['near']:,}: {row['reason']}" for row in content["plateaus"] if row["reason"]]
    if content["perturbations"]:
        rest.append(_perturbations(content["perturbations"]))
    rest += [f"  printed: {text}" for text in content["printed"]]
    rest += [f"  not printed: {text}" for text in content["not_printed"]]
    rest += [f"  written: {name}" for name in files]
    parts = [*(part for line in head for part in wrapped(line)), *rows,
             *(part for line in rest for part in wrapped(line))]
    return "\n".join(parts)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    first, last = row["epochs"]
    groups = [f"{g['neurons']} at {g['angle']:.2f}" for g in row["groups"][:MOST_GROUPS]]
    groups += [f"{len(row['groups']) - MOST_GROUPS} groups more"] * (len(row["groups"]) > MOST_GROUPS)
    exact, where = row["exact"], ", ".join(groups)
    cells = (f"{first:,}-{last:,}", f"{row['loss']:.6g}", f"{row['near']:,}", str(row["dead"]),
             str(row["small_living"]))
    if exact is None:
        return (*cells, "not found", "", where)
    found = f"L = {_short(exact['loss'])} at {exact['distance']:.1e}"
    return (*cells, found, str(len(exact["escape_neurons"])), f"{_type(exact)}; {where}")


def _type(exact: dict[str, Any]) -> str:
    """In words."""
    if exact["global"]:
        return "global minimum"
    return f"{exact['verdict']}, type {exact['kind']}" if exact["kind"] else str(exact["verdict"])


def _short(fraction: str) -> str:
    return fraction if len(fraction) <= 14 else f"{fraction[:11]}..."


def _perturbations(found: dict[str, Any]) -> str:
    return (f"  {found['count']:,} perturbations of +-{found['size']:g} (evidence in float64, no proof):"
            f" {found['falls']} lower the loss, changes from {found['least_change']:.2e} to"
            f" {found['largest_change']:.2e}; {found['crossings']:,} of them cross a kink (none could up to"
            f" +-{found['smooth_size']:.1e})")
