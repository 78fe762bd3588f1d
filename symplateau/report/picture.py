"""The plateau as a picture: the types of the split points over the splitting coefficients."""

from collections.abc import Sequence
from fractions import Fraction
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..errors import InputError, one_line
from ..verdicts import UNDECIDED

FORMATS = (".png", ".svg", ".pdf")
DRAWABLE = (2, 3)  # daughters: a line, a plane
NEAR, FAR = Fraction(-1), Fraction(2)  # the range of the axes, unless the given coefficients lie outside
FARTHEST = 20  # coefficients beyond this are named, and not shown
LONGEST_NAME = 60
# Colours that the colour-blind can tell apart (Okabe and Ito), and hatches for those who print in grey.
STYLE = {
    "local minimum": ("#56B4E9", ""),
    "saddle": ("#E8A33D", "//"),
    "local maximum": ("#CC79A7", "\\\\"),
    "locally constant": ("#009E73", ".."),
    UNDECIDED: ("#DDDDDD", "xx"),
}


def require_drawable(path: str, daughters: int) -> None:
    """Raise InputError (status 2) unless a picture of so many daughters can be drawn into this file."""
    if Path(path).suffix.lower() not in FORMATS:
        raise InputError(path, None, "a picture file: " + ", ".join(FORMATS), Path(path).suffix, status=2)
    if daughters not in DRAWABLE:
        raise InputError(
            None, "--plot", "2 or 3 daughters, which have a line or a plane", daughters, status=2
        )
    if find_spec("matplotlib") is None:
        extra = "matplotlib, which the extra 'plot' installs: pip install 'symplateau[plot]'"
        raise InputError(None, "--plot", extra, "none", status=2)


def draw(path: str, content: dict[str, Any], name: str) -> None:
    """Draw the plateau into a file, whole or not at all.

    content: the JSON of `plateau`, with regions for 2 or 3 daughters. name: of the network. Raises
    InputError.
    """
    import io

    import matplotlib
    from matplotlib.figure import Figure

    from ..writing import write_bytes

    types = {region["signs"]: region["verdict"] for region in content["regions"]}
    daughters = len(next(iter(types)))
    figure = Figure(figsize=(7.0, 2.9) if daughters == 2 else (6.6, 6.9), layout="constrained")
    axes = figure.add_subplot()
    given = None if content["coefficients"] is None else [Fraction(x) for x in content["coefficients"]]
    shown = given if given and max(map(abs, given)) <= FARTHEST else None
    (_draw_line if daughters == 2 else _draw_plane)(axes, types, shown)
    split = f"neuron {content['neuron']} split in {daughters}: {content['plateau']}"
    axes.set_title(f"{_plain(Path(name).stem)}, {split}", pad=12)
    _legend(figure, axes, types, given, content["verdict"])
    stream = io.BytesIO()
    suffix = Path(path).suffix.lower()[1:]
    # Without a date and with a fixed salt, equal plateaus make equal files.
    with matplotlib.rc_context({"svg.hashsalt": "symplateau", "hatch.linewidth": 0.6}):
        stamp = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[suffix]
        figure.savefig(stream, format=suffix, dpi=160, metadata=stamp)
    write_bytes(path, stream.getvalue())


def _plain(text: str) -> str:
    """A text of moderate length in which matplotlib sees no formula."""
    return one_line(text, LONGEST_NAME).replace("$", "\\$")


def _draw_line(axes: Any, types: dict[str, str], given: Sequence[Fraction] | None) -> None:
    """The line lambda_0 + lambda_1 = 1 over lambda_0."""
    low, high = _range(given)
    ends = [low, Fraction(0), Fraction(1), high]
    for start, end in pairwise(ends):
        middle = (start + end) / 2
        colour, hatch = _style(types, (middle, 1 - middle))
        axes.axvspan(
            float(start), float(end), facecolor=colour, hatch=hatch, edgecolor="#00000055", linewidth=0
        )
        _label(axes, (float(middle), 0.5), (middle, 1 - middle))
    for corner in (Fraction(0), Fraction(1)):
        colour, _ = _style(types, (corner, 1 - corner))
        axes.axvline(float(corner), color="black", linewidth=1.2)
        axes.plot(float(corner), 0.5, "o", markersize=11, markerfacecolor=colour, markeredgecolor="black")
    axes.set(xlim=(float(low), float(high)), ylim=(0, 1), yticks=[], xlabel="$\\lambda_0$")
    other = axes.secondary_xaxis("top", functions=(lambda x: 1 - x, lambda x: 1 - x))
    other.set_xlabel("$\\lambda_1 = 1 - \\lambda_0$")
    if given is not None:
        axes.plot([float(given[0])], [0.2], "D", color="black", markersize=8, zorder=5)


def _draw_plane(axes: Any, types: dict[str, str], given: Sequence[Fraction] | None) -> None:
    """The plane lambda_0 + lambda_1 + lambda_2 = 1 over lambda_0 and lambda_1."""
    low, high = _range(given[:2] if given else None)
    box = [(low, low), (high, low), (high, high), (low, high)]
    for pattern in ("+++", "++-", "+-+", "-++", "+--", "-+-", "--+"):
        corners = box
        for coordinate, sign in enumerate(pattern):
            corners = _clipped(corners, coordinate, sign)
        if len(corners) > 2:
            centre = tuple(sum(x) / len(corners) for x in zip(*corners, strict=True))
            place = (centre[0], centre[1], 1 - centre[0] - centre[1])
            colour, hatch = _style(types, place)
            points = [(float(x), float(y)) for x, y in corners]
            axes.fill(
                *zip(*points, strict=True), facecolor=colour, hatch=hatch, edgecolor="#00000055", linewidth=0
            )
            _label(axes, _beside(centre, given, high - low), place)
    for start, end in _edges(low, high):
        place = tuple((x + y) / 2 for x, y in zip(start, end, strict=True))
        colour, _ = _style(types, place)
        line = [[float(start[k]), float(end[k])] for k in (0, 1)]
        axes.plot(*line, color="black", linewidth=4.6, solid_capstyle="butt")
        axes.plot(*line, color=colour, linewidth=2.6, solid_capstyle="butt")
    for corner in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        colour, _ = _style(types, tuple(map(Fraction, corner)))
        axes.plot(corner[0], corner[1], "o", markersize=11, markerfacecolor=colour, markeredgecolor="black")
    limits = (float(low), float(high))
    axes.set(xlim=limits, ylim=limits, xlabel="$\\lambda_0$", ylabel="$\\lambda_1$", aspect="equal")
    if given is not None:
        axes.plot([float(given[0])], [float(given[1])], "D", color="black", markersize=8, zorder=5)


def _range(given: Sequence[Fraction] | None) -> tuple[Fraction, Fraction]:
    """The range of the axes: at least [-1, 2], with room around the given coefficients."""
    inside = [NEAR, FAR, *(given or ())]
    low, high = min(inside), max(inside)
    return (low if low == NEAR else low * 6 / 5), (high if high == FAR else high * 6 / 5)


def _signs(place: Sequence[Fraction]) -> str:
    return "".join("+" if x > 0 else "-" if x < 0 else "0" for x in place)


def _style(types: dict[str, str], place: Sequence[Fraction]) -> tuple[str, str]:
    """The colour and the hatch at these coefficients."""
    return STYLE[types["".join(sorted(_signs(place), key="+0-".index))]]


def _label(axes: Any, point: tuple[float, float], place: Sequence[Fraction]) -> None:
    """The sign pattern, in the order of the coefficients."""
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}
    text = " ".join(_signs(place)).replace("-", "\N{MINUS SIGN}")
    axes.text(*point, text, ha="center", va="center", fontsize=12, bbox=box)


def _beside(
    centre: Sequence[Fraction], given: Sequence[Fraction] | None, size: Fraction
) -> tuple[float, float]:
    """Where the label of a region goes: into its centre, or below the marker that is there."""
    hidden = given is not None and all(abs(x - y) < size / 12 for x, y in zip(centre, given, strict=False))
    return float(centre[0]), float(centre[1] - (size / 15 if hidden else 0))


def _clipped(corners: Sequence[Any], coordinate: int, sign: str) -> list[Any]:
    """The part of a convex polygon on which a coefficient has this sign (or is zero)."""
    factor = 1 if sign == "+" else -1
    values = [factor * (x, y, 1 - x - y)[coordinate] for x, y in corners]
    kept: list[Any] = []
    for k, (point, value) in enumerate(zip(corners, values, strict=True)):
        before, earlier = corners[k - 1], values[k - 1]
        if value * earlier < 0:
            part = earlier / (earlier - value)
            kept.append(tuple(p + part * (q - p) for p, q in zip(before, point, strict=True)))
        if value >= 0:
            kept.append(point)
    return kept


def _edges(low: Fraction, high: Fraction) -> list[Any]:
    """The lines on which a coefficient is 0, in the pieces that the corners of the triangle cut."""
    pieces = []
    for zero in range(3):
        one, two = (k for k in range(3) if k != zero)
        stops = (
            [1 - high, Fraction(0), Fraction(1), high]
            if zero == 2
            else [low, Fraction(0), Fraction(1), 1 - low]
        )
        points = []
        for stop in stops:
            point = [Fraction(0)] * 3
            point[one], point[two] = stop, 1 - stop
            points.append(point)
        pieces += list(pairwise(points))
    return pieces


def _legend(
    figure: Any, axes: Any, types: dict[str, str], given: Sequence[Fraction] | None, verdict: str | None
) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="black", label=kind)
        for kind, (colour, hatch) in STYLE.items()
        if kind in types.values()
    ]
    if given is not None:
        label = f"λ = ({_plain(', '.join(map(str, given)))}): {verdict}"
        marker = "D" if max(map(abs, given)) <= FARTHEST else "none"
        handles.append(
            Line2D([], [], color="black", marker=marker, linestyle="none", markersize=8, label=label)
        )
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
