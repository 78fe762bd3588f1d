"""A run of an experiment in words and columns, for the terminal."""

from typing import Any

from .tables import table, wrapped

MOST_GROUPS = 6
FAR = 0.25  # of the largest weight at the end: a point farther away is called far
PLATEAUS = ("plateau", "loss", "near", "dead", "small", "groups: neurons at angle")
POINTS = ("near", "distance", "escape neurons", "loss", "type")


def describe_run(content: dict[str, Any], files: list[str]) -> str:
    """The text for one experiment."""
    train = "gradient flow" if content["method"] == "flow" else "gradient descent"
    before, after = content["loss"]
    rows = content["plateaus"]
    head = [
        f"{content['experiment']} ({content['source']})",
        f"  {train}, seed {content['seed']}, {content['epochs']:,} epochs of step {content['step']:g}:"
        f" loss {before:.6g} -> {after:.6g}, {content['escapes']} escapes",
        f"  |w_i|^2 - |h_i|^2 changed by at most {content['drift']:.1e} of the largest |w_i|^2 + |h_i|^2",
        "  plateaus, and dead and small living neurons near the end of each:"]
    points = [row for row in rows if row["exact"]]
    tables = [f"    {line}" for line in table([PLATEAUS, *map(_plateau, rows)])]
    if points:
        tables += _points(points, content["largest_weight"])
    rest = [f"  near epoch {row['near']:,}: {row['reason']}" for row in rows if row["reason"]]
    if content["perturbations"]:
        rest.append(_perturbations(content["perturbations"]))
    rest += [f"  printed: {text}" for text in content["printed"]]
    rest += [f"  not printed: {text}" for text in content["not_printed"]]
    rest += [f"  written: {name}" for name in files]
    parts = [*(part for line in head for part in wrapped(line)), *tables,
             *(part for line in rest for part in wrapped(line))]
    return "\n".join(parts)


def _plateau(row: dict[str, Any]) -> tuple[str, ...]:
    first, last = row["epochs"]
    groups = [f"{g['neurons']} at {g['angle']:.2f}" for g in row["groups"][:MOST_GROUPS]]
    if (more := len(row["groups"]) - MOST_GROUPS) > 0:
        groups.append(f"{more} more group{'s' * (more > 1)}")
    return (f"{first:,}-{last:,}", f"{row['loss']:.6g}", f"{row['near']:,}", str(row["dead"]),
            str(row["small_living"]), ", ".join(groups))


def _points(rows: list[dict[str, Any]], largest: float) -> list[str]:
    """The table of exact points."""
    head = ["  exact stationary points where the network goes without its small living neurons; certified",
            f"  types; distances are from the trained network, of weights up to {largest:.2g} at the end:"]
    return head + [f"    {line}" for line in table([POINTS, *(_point(row, largest) for row in rows)])]


def _point(row: dict[str, Any], largest: float) -> tuple[str, ...]:
    exact = row["exact"]
    kind = f"{exact['verdict']}, type {exact['kind']}" if exact["kind"] else exact["verdict"]
    irrational = exact["trust"] != "exact"
    kind += f" (irrational: {exact['trust']})" * irrational
    far = exact["distance"] > FAR * largest
    escapes = "-" if exact["escape_neurons"] is None else str(len(exact["escape_neurons"]))
    loss = f"about {exact['loss']}" if irrational else _short(exact["loss"])
    return (f"{exact['near']:,}", f"{exact['distance']:.1e}", escapes, loss,
            ("global minimum" if exact["global"] else kind) + ", far" * far)


def _short(fraction: str) -> str:
    return fraction if len(fraction) <= 30 else f"{fraction[:27]}..."


def _perturbations(found: dict[str, Any]) -> str:
    return (f"  {found['count']:,} perturbations of +-{found['size']:g} (evidence in float64, no proof):"
            f" {found['falls']} lower the loss, changes from {found['least_change']:.2e} to"
            f" {found['largest_change']:.2e}; {found['crossings']:,} of them put a sample on another"
            f" leg (possible from +-{found['smooth_size']:.1e} on)")
